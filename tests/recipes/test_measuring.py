"""The evaluation plan: a command that runs, one number of examples, two significant digits."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from recipe_files import files
from scripted import endpoint

from recommender import Catalog, Option, Requirements, recommend
from recommender.catalog.library import Library
from recommender.cli import main
from recommender.recipes.writing import option_named, rendered

SHOP: dict[str, Any] = {"task": "chat", "languages": ["en"], "knowledge": {"documents": 300}, "budget": {"monthly_usd": 200}}


def _made(catalog: Catalog, library: Library, name: str, needs: dict[str, Any]) -> tuple[Option, dict[str, str]]:
    wanted = Requirements.model_validate(needs)
    option = option_named(wanted, name, catalog)
    return option, rendered(wanted, option, recommend(wanted, catalog, draws=0, alternatives=30), catalog, library)


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("rag", {**SHOP, "only": ["mistral"]}),
        ("rag", {**SHOP, "only": ["google"], "exclude": ["google-vertex", "google-cloud"]}),
        ("rag", {**SHOP, "only": ["azure"]}),
        ("long_context", {**SHOP, "privacy": {"boundary": "on_premises"}, "budget": {}}),
        ("classical_ml", {"task": "classification", "data": {"labelled_examples": 60, "classes": 3}, "only": ["classical/*"]}),
    ],
)
def test_the_plans_trial_runs(
    catalog: Catalog, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, needs: dict[str, Any]
) -> None:
    _, made = _made(catalog, library, name, needs)
    (line,) = [one.strip() for one in made["evaluation-plan.md"].splitlines() if one.strip().startswith("recommender trial")]
    told = shlex.split(line)[1:]
    (tmp_path / "NEEDS.yaml").write_text(
        "task: " + needs["task"] + "\n" + ("data: {labelled_examples: 60, classes: 3}\n" if "data" in needs else ""),
        encoding="utf-8",
    )
    labels = ("alpha", "beta", "gamma")
    rows = "".join(f"note {place} is {labels[place % 3]},{labels[place % 3]}\n" for place in range(60))
    (tmp_path / "EXAMPLES.csv").write_text("input,expected\n" + rows, encoding="utf-8")
    (tmp_path / "DOCUMENTS").mkdir()
    (tmp_path / "DOCUMENTS" / "a.md").write_text("Help with orders.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    if "--key-variable" in told:
        monkeypatch.setenv(told[told.index("--key-variable") + 1], "of-the-test")
    with endpoint() as (url, script):
        if "--endpoint" in told:
            told[told.index("--endpoint") + 1] = url
        assert main(told) == 0
    assert (tmp_path / "evidence.json").is_file() and bool(script.calls) is ("--endpoint" in told)


def test_one_number_of_examples_in_plan_and_readme(made: list[tuple[Option, dict[str, str]]]) -> None:
    for option, texts in made:
        (count,) = re.findall(r"Collect (\d+) examples", texts["evaluation-plan.md"])
        assert f"Examples in all: {count} " in texts["README.md"]
        stepped = [int(one) for step in option.next_steps for one in re.findall(r"\b(\d+) (?:real|of your own|examples)", step)]
        assert int(count) >= max(stepped, default=0)


def test_the_wait_is_three_times_the_middle(catalog: Catalog, library: Library) -> None:
    option, made = _made(catalog, library, "rag", {**SHOP, "only": ["mistral"]})
    p95 = option.estimates["latency_p95_ms"]
    (seconds,) = re.findall(r"TIMEOUT_S = (\d+)", made["hosted/client.py"])
    assert p95.mid and p95.high and p95.high > 1.2 * p95.mid
    assert int(seconds) == max(-int(-3 * p95.mid // 1000), 5)


def test_estimates_have_two_significant_digits(made: list[tuple[Option, dict[str, str]]]) -> None:
    for _, path, text in files(made, "evaluation-plan.md", "compose.yaml", "litellm.yaml"):
        for number in re.findall(r"(?<![\w./-])\d+\.\d+(?![\w./-])", text):
            assert len(number.replace(".", "").strip("0")) <= 2, (path, number)


def test_what_was_stated_is_not_rounded(catalog: Catalog, library: Library) -> None:
    _, made = _made(
        catalog, library, "rag", {**SHOP, "budget": {"monthly_usd": 1234}, "latency": {"p95_ms": 12345}, "only": ["mistral"]}
    )
    assert "at most 1,234 |" in made["evaluation-plan.md"] and "within 12,345 |" in made["evaluation-plan.md"]
