"""The command line as people and programs use it: exit statuses, one line per fault, nothing written."""

from __future__ import annotations

import errno
import json
import socket
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
    "thousands of digits": (
        b"task: chat\nworkload: {requests_per_month: " + b"9" * 5000 + b"}\n",
        ":2: a number has 5,000 digits; write one of at most 300",
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


@pytest.mark.parametrize("today", ["{model: gpt-99}", "{model: gpt-99, provider: openai}", "{provider: klippa}"])
def test_what_runs_today_and_is_in_no_catalog_is_accepted_and_told_in_a_brief_answer_too(
    root: Path, capsys: pytest.CaptureFixture[str], today: str
) -> None:
    file = str(root / "examples" / "shop-support.yaml")
    assert main(["recommend", file, "--brief", "--set", f"incumbent={today}"]) == 0
    assert "is not in the catalog, so staying could not be compared.\n" in capsys.readouterr().out


def test_a_setting_without_a_value_sign_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", str(root / "examples" / "shop-support.yaml"), "--set", "budget"]) == 2
    assert "is not path=value" in capsys.readouterr().err


def test_a_value_that_is_no_text_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", str(root / "examples" / "shop-support.yaml"), "--set", "name=x\udcff"]) == 2, (
        "a byte that is not UTF-8, as a shell hands it over"
    )
    assert "this is not UTF-8 text" in capsys.readouterr().err


@pytest.mark.parametrize(
    "setting, words",
    [
        ("budget.monthly=3", "--set budget.monthly: 'monthly' is not a field; did you mean 'monthly_usd'?"),
        ("budget.monthly_usd=lots", "--set budget.monthly_usd: budget.monthly_usd: 'lots': must be a number"),
        ("budget=3", "--set budget: budget: 3: must be fields with their values, not one value"),
    ],
)
def test_a_fault_of_a_setting_names_the_setting_not_a_line_of_the_file(
    setting: str, words: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", str(root / "examples" / "shop-support.yaml"), "--set", setting]) == 2
    err = capsys.readouterr().err
    assert err.startswith(words) and err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["recommend"], "recommender recommend: the following arguments are required: FILE"),
        (["recommend", "needs.yaml", "--draw", "3"], "unrecognized arguments: --draw 3"),
        ([], "recommender: the following arguments are required: COMMAND"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_a_way_on(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    err = capsys.readouterr().err
    assert ended.value.code == 2 and words in err and "--help" in err and err.count("\n") == 1


def test_evidence_with_a_number_of_thousands_of_digits_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "evidence.json"
    file.write_text('{"task": "chat",\n"results": ' + "9" * 5000 + "}", encoding="utf-8")
    assert main(["recommend", "examples/shop-support.yaml", "--evidence", str(file)]) == 2
    assert capsys.readouterr().err.startswith(f"{file}:2: a number has 5,000 digits; ")


@pytest.mark.parametrize("name, words", [("x.yaml", "x.yaml: cannot be read: "), (None, "the answer could not be written: ")])
def test_what_cannot_be_read_is_not_called_unwritten(
    name: str | None, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: object, **named: object) -> None:
        raise OSError(errno.EIO, "Input/output error", name)

    monkeypatch.setattr("recommender.engine.recommend", refused)
    monkeypatch.setattr("recommender.cli._drop_output", lambda: None)
    assert main(["recommend", "examples/shop-support.yaml"]) == 2
    assert capsys.readouterr().err.startswith(f"{words}Input/output error; ")


def test_a_taken_port_is_told_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["ui", "--address", "127.0.0.1", "--port", str(port)]) == 2
    err = capsys.readouterr().err
    assert f"127.0.0.1:{port}: cannot be served on" in err and "PORT=8600 make run" in err


def test_catalog_check_reports_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "check"]) == 0
    assert "0 faults" in capsys.readouterr().out


def test_catalog_show_suggests_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "openai/gpt-5.4-mni"]) == 2
    assert "openai/gpt-5.4-mini" in capsys.readouterr().err


def test_stopping_from_the_keyboard_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("recommender.engine.recommend", stopped)
    assert main(["recommend", "examples/shop-support.yaml"]) == 130
    assert capsys.readouterr() == ("", "stopped\n")


@pytest.mark.parametrize(
    "option",
    [["--seed", "-5"], ["--seed", "9" * 23], ["--concurrency", "0"], ["--shots", "-3"], ["--shots", "0"], ["--shots", "x"]],
)
def test_a_trial_counts_what_can_be_counted(option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["trial", str(tmp_path / "needs.yaml"), str(tmp_path / "examples.csv"), *option])
    said = capsys.readouterr().err
    assert stopped.value.code == 2 and said.count("\n") == 1 and "is no whole number from" in said
