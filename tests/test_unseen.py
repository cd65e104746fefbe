"""What steers a terminal is written out wherever somebody else's names are told, and one fault stays one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.cli import main
from recommender.errors import Fault
from recommender.unseen import UNSEEN, in_one_line, written_out

RED = "\x1b[31mred"
NEEDS = "examples/shop-support.yaml"


@given(st.text())
def test_a_fault_is_one_line_without_unseen_characters(text: str) -> None:
    told = str(Fault(text, text, text))
    assert not UNSEEN.search(told) and len(told.splitlines()) <= 1
    assert in_one_line(told) == told


def test_characters_are_written_as_python_writes_them_and_letters_of_all_scripts_stay() -> None:
    assert in_one_line("a\x1b[31m\n\t\x9b\u202e") == r"a\x1b[31m\n\t\x9b\u202e"
    assert written_out("one\n\ttwo\x07") == "one\n\ttwo\\x07"
    assert in_one_line("Größe 値 \u00a0 →") == "Größe 値 \u00a0 →"


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", NEEDS, f"{RED}\nx", "few_shot"],
        ["compare", NEEDS, f"rag/{RED}\nx", "few_shot"],
        ["catalog", "show", f"{RED}\nx"],
        ["recommend", f"{RED}\nx.yaml"],
        ["recommend", NEEDS, "--catalog", f"{RED}\nx"],
        ["recommend", NEEDS, "--as-of", f"{RED}\nx"],
        ["recommend", NEEDS, "--set", f"{RED}\nx=3"],
        ["frontier", NEEDS, "--over", f"cost,{RED}\nx"],
        ["recipe", NEEDS, f"{RED}\nx", "--out", "nowhere/at/all"],
        ["validate", f"{RED}\nx", "table.csv"],
    ],
    ids=" ".join,
)
def test_names_of_the_command_line_are_told_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and r"\x1b[31mred\nx" in err and "\x1b" not in err and err.count("\n") == 1


def test_a_wrong_argument_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["recommend", NEEDS, f"--{RED}\nx"])
    err = capsys.readouterr().err
    assert r"--\x1b[31mred\nx; see recommender" in err and err.count("\n") == 1


def test_names_that_compare_tells_of_are_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", NEEDS, "rag", "rag\n", "\trules"]) == 0
    out = capsys.readouterr().out
    assert r"The best option of 'rag\n' is also that of 'rag': it stands here once." in out
    assert r"- \trules" in out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r'"\e[31mx": 3', r"needs.yaml:2: '\x1b[31mx' holds characters that nobody sees; write it on one line"),
        (r'"a\nb": 3', r"needs.yaml:2: 'a\nb' holds characters that nobody sees; write it on one line"),
        (r'exclude: ["a\nb"]', r"needs.yaml:2: exclude.0: 'a\nb' is not in the catalog"),
        (r'incumbent: {model: "a\nb"}', "needs.yaml:2: 'model' has a line break; write it on one line"),
    ],
)
def test_text_of_a_requirements_file_is_told_in_one_line(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "needs.yaml"
    file.write_text(f"task: chat\n{text}\n", encoding="utf-8")
    assert main(["recommend", str(file)]) == 2
    err = capsys.readouterr().err
    assert words in err and "\x1b" not in err and all(line.startswith(str(file)) for line in err.splitlines())


def test_a_name_given_in_code_steers_no_terminal_either() -> None:
    from recommender import recommend

    answer = recommend({"task": "chat", "incumbent": {"model": "a\n\x1b[31mb"}}, detail="answer", draws=0)
    assert answer.winner is not None
    assert any(r"What runs today ('a\n\x1b[31mb') is not in the catalog" in one for one in answer.winner.unknowns)


def test_a_model_whose_file_has_such_a_name_is_a_fault(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "own" / "models" / "evil" / f"{RED}\n.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes((root / "catalog/models/openai/gpt-5.4-mini.yaml").read_bytes())
    assert main(["catalog", "show", "--overlay", str(tmp_path / "own")]) == 2
    err = capsys.readouterr().err
    assert err == "own/models/evil/\\x1b[31mred\\n.yaml: its name holds characters that nobody sees; rename it\n"


def test_line_breaks_in_a_models_texts_are_shown_as_such(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own" / "models" / "openai" / "gpt-5.4-mini.yaml"
    file.parent.mkdir(parents=True)
    text = (root / "catalog/models/openai/gpt-5.4-mini.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace('limits: "', 'limits: "one\\nlicence: mit '), encoding="utf-8")
    assert main(["catalog", "show", "openai/gpt-5.4-mini", "--overlay", str(tmp_path / "own")]) == 0
    out = capsys.readouterr().out
    assert "\\nlicence: mit Invents facts" in out and "\nlicence: mit" not in out and "\nlicence: proprietary\n" in out


def test_json_stays_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", NEEDS, "rag", "rules\x9b", "--json"]) == 2
    assert main(["compare", NEEDS, "rag", "\trules", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["compared"][-1]["asked"] == "\trules"
