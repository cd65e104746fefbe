"""A requirements file that is wrong: every fault at once, each with its line, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalog.requests import read_requirements
from recommender.cli import main
from recommender.errors import CatalogError, InputError

FIELDS = "must be fields with their values, not one value; leave the field out if it is unknown"
WRONG = {
    "two parts without fields": (
        "task: chat\nworkload:\nprivacy: ~\n",
        [f"2: workload: None: {FIELDS}", f"3: privacy: None: {FIELDS}"],
    ),
    "two numbers for fields": (
        "task: chat\nworkload: 5\nlatency: 7\n",
        [f"2: workload: 5: {FIELDS}", f"3: latency: 7: {FIELDS}"],
    ),
    "a wrong word and a part without fields": (
        "task: chat\nworkload: {mode: 1}\nlatency: ~\n",
        [
            "2: workload.mode: 1 is not known here; use one of interactive, streaming, batch, one_off",
            f"3: latency: None: {FIELDS}",
        ],
    ),
    "fields for a word, and a text for a number": (
        "task: chat\nworkload:\n  mode: {is: batch}\n  images: few\n",
        [
            "3: workload.mode: {'is': 'batch'} is not known here; use one of interactive, streaming, batch, one_off",
            "4: workload.images: 'few': must be a number; leave the field out if it is unknown",
        ],
    ),
    "a word that may be fields is told about as a word, and only so": (
        "task: chat\nquality: {bar: fine}\n",
        ["2: quality.bar: 'fine' is not known here; use one of draft, good, high, best"],
    ),
    "fields that may be a word are told about as fields, and only so": (
        "task: chat\nquality: {bar: {benchmark: mmlu}}\n",
        ["2: quality.bar: {'benchmark': 'mmlu'}: give either at_least or at_most"],
    ),
    "weights of nothing, under another field": (
        "task: chat\npreferences: {}\n",
        ["2: preferences: {}: at least one weight must be above zero"],
    ),
    "weights of zero": (
        "task: chat\npreferences:\n  cost: 0\n",
        ["2: preferences: {'cost': 0}: at least one weight must be above zero"],
    ),
    "the name of a language where a list of codes belongs": (
        "task: chat\nlanguages: english\n",
        ["2: languages: 'english': must be a list; write codes, not names, in brackets, such as [en]"],
    ),
    "a name where a list belongs": (
        "task: chat\nonly: mistral/*\n",
        [
            "2: only: 'mistral/*': must be a list; write it in brackets, even a single one, or leave the field out if it is unknown"
        ],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_all_faults_of_a_file_are_told_at_once(name: str, tmp_path: Path) -> None:
    text, told = WRONG[name]
    file = tmp_path / "q.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_requirements(file)
    assert [str(fault) for fault in caught.value.faults] == [f"{file}:{line}" for line in told]


@pytest.mark.parametrize("kind", [InputError, CatalogError])
def test_an_error_of_input_without_a_fault_cannot_be_made(kind: type[InputError]) -> None:
    with pytest.raises(ValueError, match="at least one fault"):
        kind(())


UNKNOWN = """task: classification
only: [mistrall/*]
exclude:
  - openai/*
  - opnai
hardware:
  owned: [{accelerator: rtx 9999}]
privacy:
  residency: [us, europe]
quality:
  bar: {benchmark: mmlux, at_least: 3}
"""
TOLD = (
    "2: only.0: 'mistrall/*' matches nothing in the catalog; did you mean 'mistral'?",
    "5: exclude.1: 'opnai' is not in the catalog; did you mean 'openai'?",
    "7: hardware.owned.0.accelerator: 'rtx 9999' is not in the catalog; did you mean",
    "9: privacy.residency.1: 'europe' is not a region; write two letters: eu, us, uk, ch, jp",
    "11: quality.bar.benchmark: 'mmlux' is not in the catalog; did you mean 'mmlu'?",
)


@pytest.mark.parametrize(
    "command",
    [
        "recommend FILE --brief",
        "frontier FILE",
        "compare FILE zero_shot rag",
        "recipe FILE zero_shot --out OUT",
        "catalog diff CATALOG CATALOG --examples FOLDER",
        "trial FILE EXAMPLES",
    ],
)
def test_names_that_the_catalog_does_not_have_are_told_at_their_lines(
    command: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, examples = tmp_path / "q.yaml", tmp_path / "examples.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    examples.write_text("text,expected\n" + "".join(f"{word} {n},{word}\n" for n in range(40) for word in ("good", "bad")))
    stands_for = {"FILE": file, "FOLDER": tmp_path, "OUT": tmp_path / "out", "CATALOG": root / "catalog", "EXAMPLES": examples}
    assert main([str(stands_for.get(word, word)) for word in command.split()]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(TOLD)
    assert all(line.startswith(f"{file}:{told}") for line, told in zip(lines, TOLD, strict=True)), lines


def test_a_name_that_was_set_from_outside_is_told_by_its_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "q.yaml"
    file.write_text("task: chat\nonly: [openai/*]\n", encoding="utf-8")
    assert main(["recommend", str(file), "--brief", "--set", "exclude=[opnai]"]) == 2
    assert capsys.readouterr().err == "--set exclude: exclude.0: 'opnai' is not in the catalog; did you mean 'openai'?\n"
