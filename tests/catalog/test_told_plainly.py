"""Whatever stands in a file in place of what should, the fault is told in words that need no programming language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender.cases import read_cases
from recommender.catalog.requests import read_requirements
from recommender.catalog.trial_files import read_evidence
from recommender.errors import InputError

VALUES = ("", "[]", "{}", "[1, a]", "{a: 1}", "abc", '""', "-5", "1.5", "true", "2026-01-01", "[[1]]", "9" * 30)
FIELDS = (
    "task", "budget", "budget.monthly_usd", "modalities.input", "languages", "incumbent", "incumbent.model", "exclude", "quality.bar",
    "quality.bar.benchmark", "data.multi_label", "preferences", "hardware.owned", "team.people", "privacy.boundary_is",
)  # fmt: skip
CASE = {"id": "a", "requirements": "{task: chat}", "stated": "{task: chat}", "acceptable": "[rag]", "weight": "1"}
RESULT = {
    "strategy": "rag", "model": "openai/gpt-4o-mini", "examples": "30", "quality": "50", "standard_error": "3", "source": "x",
    "date": "2026-11-01",
}  # fmt: skip
OF_PYTHON = re.compile(
    r"\b(None|NoneType|dict|dictionary|str|string|int|integer|tuple|bool|boolean|float|True|False|instance|iterable|datetime|pars(e|ing)|"
    r"after validation|[Ii]nput should|valid)\b"
)


def told(read: object, file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    try:
        read(file)  # type: ignore[operator]
    except InputError as error:
        return [str(fault) for fault in error.faults]
    return []


def flat(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in fields.items()) + "}"


@pytest.mark.parametrize("value", VALUES)
def test_no_fault_speaks_python(value: str, tmp_path: Path) -> None:
    found = []
    for field in FIELDS:
        text = value
        for part in reversed(field.split(".")):
            text = f"{{{part}: {text}}}"
        found += told(read_requirements, tmp_path / "f.yaml", text)
    for name in CASE:
        found += told(read_cases, tmp_path / "f.yaml", f"cases: [{flat({**CASE, name: value})}]")
    for name in RESULT:
        found += told(read_evidence, tmp_path / "f.yaml", f"{{task: chat, results: [{flat({**RESULT, name: value})}]}}")
    assert found and [one for one in found if OF_PYTHON.search(one)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("task:\nbudget:", "f.yaml:2: budget: (empty): must be fields with their values, not one value; leave the field out"),
        ("task: true", "f.yaml:1: task: true is not known here; use one of chat"),
        ("incumbent: {model: 4}", "f.yaml:1: incumbent.model: 4: must be text; put it in quotes, or leave the field out"),
        ("incumbent: {model: ''}", "f.yaml:1: incumbent.model: '': must not be empty; leave the field out"),
        ("workload: {characters: 2026-01-01}", "workload.characters: 2026-01-01: must be a number; leave the field out"),
        ("languages: {a: [b, true, '7', c d]}", "languages: {a: [b, true, '7', 'c d']}: must be a list; write codes"),
    ],
)
def test_a_value_is_shown_as_a_file_writes_it(text: str, words: str, tmp_path: Path) -> None:
    assert any(words in one for one in told(read_requirements, tmp_path / "f.yaml", text))
