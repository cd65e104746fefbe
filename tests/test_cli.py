"""The command line as people and programs use it: exit statuses, one line per fault, nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.cli import main

BAD = {
    "empty": (b"", "the file is empty"),
    "binary": (b"\x00\x01\x02", "this is a binary file"),
    "wrong type": (b"task: chat\nbudget: {monthly_usd: a lot}\n", ":2: budget.monthly_usd: 'a lot': must be a number"),
    "negative": (b"task: chat\nbudget: {monthly_usd: -5}\n", ":2: budget.monthly_usd: -5"),
    "not a number": (b"task: chat\nbudget: {monthly_usd: .nan}\n", ":2: '.nan' is not a finite number"),
    "infinite": (b"task: chat\nbudget: {monthly_usd: .inf}\n", ":2: '.inf' is not a finite number"),
    "absurdly large": (
        b"task: chat\nworkload: {requests_per_month: 99999999999999999999}\n",
        ":2: workload.requests_per_month",
    ),
    "unknown field": (b"task: chat\nbudgett: {}\n", ":2: 'budgett' is not a field; did you mean 'budget'?"),
    "unknown id": (b"task: chat\nonly: [gtp-5]\n", "'gtp-5' is not in the catalog"),
    "a list": (b"- chat\n", "is not a list of fields"),
    "large": (b"task: chat\nnotes: '" + b"x" * 50_000_000 + b"'\n", "the file has 50,000,021 bytes"),
}


@pytest.mark.parametrize("raw, words", BAD.values(), ids=BAD.keys())
def test_bad_input_is_one_clear_line_and_status_2(
    raw: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "needs.yaml"
    file.write_bytes(raw)
    assert main(["recommend", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err and err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [file]


def test_json_is_the_whole_answer(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", str(root / "examples" / "shop-support.yaml"), "--json", "--brief"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["winner"]["strategy"]["id"] in ("rag", "long_context")


def test_markdown_has_the_bill_as_a_table(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", str(root / "examples" / "shop-support.yaml"), "--markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# ") and "| item | USD (range) | when | kind |" in out and "## Why" in out


def test_a_setting_changes_one_requirement(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(root / "examples" / "shop-support.yaml")
    assert main(["recommend", file, "--brief", "--set", "latency.p95_ms=0.1"]) == 1
    assert "Nothing fits" in capsys.readouterr().out


def test_a_setting_without_a_value_sign_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", str(root / "examples" / "shop-support.yaml"), "--set", "budget"]) == 2
    assert "is not path=value" in capsys.readouterr().err


def test_catalog_check_reports_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "check"]) == 0
    assert "0 faults" in capsys.readouterr().out


def test_catalog_show_suggests_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "openai/gpt-5.4-mni"]) == 2
    assert "openai/gpt-5.4-mini" in capsys.readouterr().err
