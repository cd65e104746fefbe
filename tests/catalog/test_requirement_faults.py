"""A requirements file that is wrong: every fault at once, each with its line, what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.catalog.requests import read_requirements
from recommender.errors import CatalogError, InputError

FIELDS = "must be fields with their values, not one value; leave the field out if it is unknown"
WRONG = {
    "two parts without fields": (
        "task: chat\nworkload:\nprivacy: ~\n",
        [f"2: workload: None: {FIELDS}", f"3: privacy: None: {FIELDS}"],
    ),
    "two numbers for fields": ("task: chat\nworkload: 5\nlatency: 7\n", [f"2: workload: 5: {FIELDS}", f"3: latency: 7: {FIELDS}"]),
    "a wrong word and a part without fields": (
        "task: chat\nworkload: {mode: 1}\nlatency: ~\n",
        ["2: workload.mode: 1 is not known here; use one of interactive, streaming, batch, one_off", f"3: latency: None: {FIELDS}"],
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
