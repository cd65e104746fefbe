"""Whatever a copy of a list holds: one clear line, exit status 2, and no file of the catalog changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.catalog.library import digest_of
from recommender.catalog.upkeep.sources import READERS
from recommender.cli import main

TABLES = {
    "epoch-models": "Model,Parameters,Publication date\nGPT-4,1e12,2023-03-14\n",
    "epoch-hardware": "Hardware name,Memory (bytes)\nH100,8e10\n",
    "gpuhunt": "vendor,name,memory_gb\nNvidia,A10,24\n",
    "skypilot-catalog": "provider,gpu,gpus,usd_per_gpu_hour\nnebius,H100,1,2.95\n",
}
JSON = sorted(set(READERS) - set(TABLES) - {"public-scores"})  # which is a folder of our own
HUGE = "x" * 10_000_000
HOSTILE_JSON = {
    "empty": (b"", "not valid JSON"),
    "truncated": (b'[{"id": "example", "models": [{"id": "mi', "not valid JSON"),
    "malformed": (b"{id: example}", "not valid JSON"),
    "a text of ten megabytes": (json.dumps([HUGE]).encode(), "a text of 10,000,000 letters"),
    "a key of ten megabytes": (json.dumps({HUGE: 1}).encode(), "a text of 10,000,000 letters"),
    "nested a hundred thousand deep": (b"[" * 100_000 + b"]" * 100_000, "nested more than 30 levels deep"),
    "nested forty deep": (b"[" * 40 + b"]" * 40, "nested more than 30 levels deep"),
    "not a number": (b'{"a": NaN}', "NaN is not a finite number"),
    "infinite": (b'{"a": -Infinity}', "-Infinity is not a finite number"),
    "too large to be a number": (b'{"a": 1e999}', "a number is too large to be one"),
    "too many digits": (b'{"a": ' + b"9" * 5000 + b"}", "not valid JSON"),
    "a doubled key": (b'{"a": 1, "a": 2}', "'a' is given twice"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\xff", "this is not UTF-8 text"),
    "another shape": (b"17", "the file: 17: input should be a valid"),
}
WRONG_TYPES = {
    "genai-prices": [{"id": "example", "models": [{"id": "mini", "prices": {"input_mtok": "cheap"}}]}],
    "litellm": {"mini": {"litellm_provider": "example", "input_cost_per_token": "cheap"}},
    "models-dev": {"example": {"models": {"mini": {"cost": {"input": [1]}}}}},
    "models-dev-metadata": {"example/mini": {"limit": {"context": "long"}}},
    "llmfit": [{"name": "example/mini", "parameters_raw": "many"}],
    "mteb": [{"name": 5}],
    "hf-hardware": {"NVIDIA_SKUS": {"H100": {"power": "strong"}}, "AMD_GPU_SKUS": {}, "SKUS": {}},
}
HOSTILE_TABLE = {
    "a row too short": ("provider,gpu,gpus,usd_per_gpu_hour\nnebius,H100\n", "row 2 does not have as many cells as the head"),
    "a text of ten megabytes": ("Model,Note\nGPT-4," + HUGE + "\n", "field larger than field limit"),
    "another table": ("a,b\n1,2\n", "a row without '"),
    "an open quote": ('Model,Note\n"GPT-4,1\n', "not a valid CSV table"),
}
WRONG_NUMBERS = {
    "epoch-models": "Model,Parameters\nGPT-4,many\n",
    "epoch-hardware": "Hardware name,TDP (W)\nH100,nan\n",
    "gpuhunt": "vendor,name,memory_gb\nNvidia,A10,inf\n",
    "skypilot-catalog": "provider,gpu,gpus,usd_per_gpu_hour\nnebius,H100,1,-3\n",
}


def refused(source: str, raw: bytes, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error; asserts exit status 2, nothing printed and nothing changed."""
    copy = tmp_path / "copy_2026-11-20.dat"
    copy.write_bytes(raw)
    before = digest_of((folder,))
    assert main(["catalog", "sync", source, str(copy), "--catalog", str(folder), "--apply"]) == 2
    assert digest_of((folder,)) == before
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert len(printed.err) < 600
    return printed.err


@pytest.mark.parametrize("source", JSON)
@pytest.mark.parametrize("raw, words", HOSTILE_JSON.values(), ids=HOSTILE_JSON.keys())
def test_a_hostile_copy_is_one_line(
    source: str, raw: bytes, words: str, small_catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(source, raw, small_catalog, tmp_path, capsys)


@pytest.mark.parametrize("source", JSON)
def test_a_wrong_type_is_one_line(source: str, small_catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = refused(source, json.dumps(WRONG_TYPES[source]).encode(), small_catalog, tmp_path, capsys)
    assert "input should be a valid" in line


@pytest.mark.parametrize("source", TABLES)
@pytest.mark.parametrize("raw, words", HOSTILE_TABLE.values(), ids=HOSTILE_TABLE.keys())
def test_a_hostile_table_is_one_line(
    source: str, raw: str, words: str, small_catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(source, raw.encode(), small_catalog, tmp_path, capsys)


@pytest.mark.parametrize("source", TABLES)
def test_a_cell_that_is_no_number_is_one_line(
    source: str, small_catalog: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = refused(source, WRONG_NUMBERS[source].encode(), small_catalog, tmp_path, capsys)
    assert "is not a number at or above zero" in line


@pytest.mark.parametrize("source", TABLES)
def test_a_table_as_it_should_be_is_read(source: str, tmp_path: Path) -> None:
    copy = tmp_path / "table.csv"
    copy.write_text(TABLES[source], encoding="utf-8")
    listing = READERS[source](copy)
    assert len(listing.models) + len(listing.machines) == 1


def test_a_copy_that_is_not_there_is_one_line(small_catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "sync", "litellm", "no/such_2026-11-20.json", "--catalog", str(small_catalog)]) == 2
    assert capsys.readouterr().err == "no/such_2026-11-20.json: cannot be read: No such file or directory; check the path\n"


def test_a_copy_without_a_day_is_one_line(small_catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "sync", "litellm", "prices.json", "--catalog", str(small_catalog)]) == 2
    assert "its name does not say of which day the copy is; add --as-of YYYY-MM-DD" in capsys.readouterr().err


def test_a_list_nobody_reads_is_one_line(small_catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "sync", "litelm", "a_2026-11-20.json", "--catalog", str(small_catalog)]) == 2
    assert "'litelm' is not a list it can read; did you mean 'litellm'?" in capsys.readouterr().err
