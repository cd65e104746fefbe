"""Every field of a requirements file has one sentence; the schema and the page that show them are current, and the page's file runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from recommender import Catalog, recommend
from recommender.catalog.requests import read_yaml_file
from recommender.catalog.requirement_fields import FIELDS
from recommender.catalog.requirement_page import described, fields_of, page_text
from recommender.catalog.schemas import schema_text
from recommender.cli import main
from recommender.decision.devices import DEVICE_GB_UNSTATED
from recommender.domain.requirements import Part, Requirements
from recommender.explanation.named import unknown_names
from recommender.techniques.pretraining import AUDIO_TOKENS_PER_HOUR

SCHEMA = Requirements.model_json_schema()
MACHINES = ("rtx 4090", "raspberry pi 5", "gpu 16gb", "mac 32gb", "cpu")
LITERALS = (*MACHINES, "pt-br", "pt", "eu", "us", "ch", "openai/*", "mistral/*")


def test_every_field_has_a_sentence_and_every_sentence_a_field() -> None:
    assert set(FIELDS) == {path for path, _ in fields_of(SCHEMA)}


def test_the_fields_are_those_of_every_part() -> None:
    """Counted from the classes, so that none hides in a form that the schema's reader does not know."""
    assert len(FIELDS) == sum(len(part.model_fields) for part in Part.__subclasses__())


@pytest.mark.parametrize("path", FIELDS)
def test_a_sentence_is_one(path: str) -> None:
    sentence = FIELDS[path]
    assert re.fullmatch(r"[A-Z][^.|\n]*(\.[^ ][^.|\n]*)*\.", sentence), sentence
    assert len(sentence) <= 260, len(sentence)


def test_sentences_quote_only_words_and_fields_that_there_are() -> None:
    words = (
        set(re.findall(r'"([^"]+)"', json.dumps(SCHEMA)))
        | set(FIELDS)
        | set(LITERALS)
        | {"true", "false", "catalog/benchmarks/"}
    )
    for path, sentence in FIELDS.items():
        assert set(re.findall(r"`([^`]+)`", sentence)) <= words, path


def test_what_sentences_give_as_examples_is_understood(catalog: Catalog) -> None:
    needs = {
        "task": "chat",
        "languages": ["pt-br", "pt"],
        "privacy": {"residency": ["eu", "us", "ch"]},
        "hardware": {"owned": [{"accelerator": name} for name in MACHINES]},
        "exclude": ["openai/*"],
        "only": ["mistral/*"],
    }
    assert unknown_names(Requirements.model_validate(needs), catalog.columns) == ()


def test_a_part_without_a_sentence_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FIELDS, "workload.pages")
    with pytest.raises(KeyError, match=r"workload\.pages"):
        described(Requirements.model_json_schema())


def test_the_schema_has_every_sentence() -> None:
    found = {path: field.get("description") for path, field in fields_of(json.loads(schema_text("requirements")))}
    assert found == FIELDS


def test_sentences_change_nothing_else_of_the_schema() -> None:
    schema = json.loads(schema_text("requirements"))
    for _, field in fields_of(schema):
        del field["description"]
    assert schema == json.loads(json.dumps(SCHEMA))


def test_the_page_is_current(root: Path) -> None:
    """`python -m recommender.catalog.schemas` writes it."""
    assert (root / "docs" / "requirements.md").read_text(encoding="utf-8") == page_text()


def test_every_field_stands_in_the_page_once() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| .+ \| (.+) \|$", page_text(), re.M)
    inside = [path for path in FIELDS if f"## `{path}`" not in page_text()]
    assert sorted(rows) == sorted((path.split(".", 1)[-1], FIELDS[path]) for path in inside)


def test_the_links_of_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^## (.+)$", page_text(), re.M)
    anchors = {re.sub(r"[^a-z0-9_ -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\(#([^)]+)\)", page_text())) == {"words-for-task", "words-for-incumbentstrategy"} <= anchors


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The page's file, as a reader would copy it."""
    (block,) = re.findall(r"```yaml\n(.*?)```", page_text(), re.S)
    file = tmp_path / "requirements.yaml"
    file.write_text(block, encoding="utf-8")
    return file


def test_the_file_of_the_page_runs(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", str(example), "--brief"]) == 0
    assert capsys.readouterr().out.startswith("First answer: ")
    jsonschema.Draft202012Validator(json.loads(schema_text("requirements"))).validate(read_yaml_file(example).value)


def test_with_what_the_page_says_to_state_first_nothing_is_left_to_ask(example: Path, catalog: Catalog) -> None:
    answer = recommend(read_yaml_file(example).value, catalog, draws=0)
    assert answer.status == "recommended"
    assert answer.open_questions == ()


def test_numbers_in_sentences_are_those_in_use() -> None:
    assert f"{DEVICE_GB_UNSTATED:g} GB" in FIELDS["hardware.device_memory_gb"]
    assert f"{AUDIO_TOKENS_PER_HOUR:,.0f} tokens" in FIELDS["data.unlabelled_hours"]


def test_nothing_that_answers_imports_the_sentences(root: Path) -> None:
    code = (
        "import sys; from recommender.cli import main; main(['recommend', 'examples/shop-support.yaml', '--brief']); "
        "print([name for name in sys.modules if 'requirement_' in name or name.endswith('.schemas')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True)
    assert ran.stdout.splitlines()[-1] == "[]"
