"""`recommender trial` as people use it: from files to a report and to evidence that the next answer rests on."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import pytest
from scripted import endpoint

from recommender.cli import main

NEEDS = "task: classification\ndata: {labelled_examples: 60, classes: 3}\n"
LABELS = ("alpha", "beta", "gamma")
GPT = "zero_shot/openai/gpt-4o-mini"
UNPRICED = "google/flan-t5-base"  # nobody offers it by the token


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-test")
    (tmp_path / "needs.yaml").write_text(NEEDS, encoding="utf-8")
    rows = "".join(
        f"{place},note {place} about {LABELS[place % 3][::-1]} {place % 7},{LABELS[place % 3]}\n" for place in range(60)
    )
    (tmp_path / "mine.csv").write_text("id,input,expected\n" + rows, encoding="utf-8")
    return tmp_path


def trial(files: Path, *more: str, examples: str = "mine.csv") -> int:
    return main(["trial", str(files / "needs.yaml"), str(files / examples), *more])


def test_offline_baselines_become_evidence(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = files / "evidence.json"
    assert trial(files, "--out", str(out)) == 0
    told = capsys.readouterr().out
    assert "classical_ml/classical/linear (TF-IDF + linear): macro-F1 100.0" in told and "the bar of" in told
    assert "answer before: " in told and "answer with what was measured: " in told
    (result,) = json.loads(out.read_text(encoding="utf-8"))["results"]
    assert (result["strategy"], result["model"], result["examples"]) == ("classical_ml", "classical/linear", 60)
    assert main(["recommend", str(files / "needs.yaml"), "--json", "--brief", "--evidence", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["winner"]


def _knows(request: dict[str, Any]) -> str:
    """The label whose reverse stands in the input."""
    text = request["messages"][-1]["content"]
    return next(label for label in LABELS if label[::-1] in text)


def test_an_endpoint_is_measured_beside_the_baseline(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with endpoint(answer=lambda request: _knows(request).upper() + ".") as (url, script):
        assert (
            trial(files, "--candidate", GPT, "--candidate", GPT.replace("zero", "few"), "--endpoint", url, "--shots", "2") == 0
        )
    told = capsys.readouterr()
    assert f"{GPT}: macro-F1 100.0" in told.out and "few_shot/openai/gpt-4o-mini (2 examples, keywords)" in told.out
    assert "of at most 120 answers" in told.err
    assert {len(call["messages"]) for call in script.calls} == {2, 2 + 4}
    assert "sk-of-the-test" not in told.out + told.err


def test_examples_shown_never_hold_the_one_that_is_asked(files: Path) -> None:
    with endpoint(answer=_knows) as (url, script):
        assert (
            trial(
                files,
                "--candidate",
                GPT.replace("zero", "few"),
                "--endpoint",
                url,
                "--pick",
                "both",
                "--embedder",
                "e",
                "--price",
                "1,1",
            )
            == 0
        )
    chats = [call["messages"] for call in script.calls if "messages" in call]
    assert len(chats) == 60 and all(one[-1] not in one[:-1] and len(one) == 18 for one in chats)


def test_retrieval_and_long_context_rest_on_the_documents(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = files / "documents"
    folder.mkdir()
    (folder / "a.md").write_text("The colour of ahpla is alpha. " * 100 + "zebra", encoding="utf-8")
    (folder / "b.txt").write_text("The colour of ammag is gamma.", encoding="utf-8")
    names = ("--candidate", "rag/openai/gpt-4o-mini", "--candidate", "long_context/openai/gpt-4o-mini")
    with endpoint(answer=_knows) as (url, script):
        assert trial(files, *names, "--endpoint", url, "--documents", str(folder), "--cap", "5") == 0
    told = [call["messages"][0]["content"] for call in script.calls]
    assert any("zebra" in one for one in told) and all("<passage>" in one for one in told)
    assert "rag/openai/gpt-4o-mini (5 passages, keywords): macro-F1 100.0" in capsys.readouterr().out


def test_a_private_model_of_an_overlay_is_tried(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = files / "ours" / "models" / "ours"
    ours.mkdir(parents=True)
    (ours / "assistant.yaml").write_text(
        "name: Our assistant\ntype: decoder_llm\nweights: proprietary\nlicence: proprietary\ntasks: [classification]\n"
        "input: [text]\noutput: [text]\nprovenance: {default: {source: published-cards, as_of: 2026-11-24}}\n",
        encoding="utf-8",
    )
    out, name = files / "evidence.json", "zero_shot/ours/assistant"
    with endpoint(answer=_knows) as (url, _):
        told = ("--candidate", name, "--endpoint", url, "--price", "0,0", "--overlay", str(files / "ours"), "--out", str(out))
        assert trial(files, *told) == 0
    assert f"{name}: macro-F1 100.0" in capsys.readouterr().out
    assert "ours/assistant" in {one["model"] for one in json.loads(out.read_text(encoding="utf-8"))["results"]}


def test_nothing_that_a_stranger_may_have_put_on_an_index_is_named(root: Path) -> None:
    """`pip install recommender` would fetch whatever bears that name: texts name the checkout."""
    for path in (*(root / "docs").rglob("*.md"), root / "README.md", *(root / "recommender").rglob("*.py")):
        assert "pip install 'recommender[" not in path.read_text(encoding="utf-8"), path


def test_a_judge_rates_both_orders(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "needs.yaml").write_text("task: chat\n", encoding="utf-8")
    rows = "".join(f"question {place} is good?,good answer {place}\n" for place in range(20))
    (files / "chat.csv").write_text("input,expected\n" + rows, encoding="utf-8")

    def answer(request: dict[str, Any]) -> str:
        return "A" if "<answer_a>" in request["messages"][-1]["content"] else "my answer"

    more = ("--candidate", GPT, "--endpoint", "URL", "--judge", "the-judge", "--price", "1,1")
    with endpoint(answer=answer) as (url, script):
        assert trial(files, *(url if one == "URL" else one for one in more), examples="chat.csv") == 0
    assert "judged acceptable 50.0" in capsys.readouterr().out  # it always says A, so it has changed its mind each time
    assert len(script.calls) == 60


def test_speech_is_transcribed_and_priced_by_the_minute(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from recommender.trial.calling import minutes_of

    sound = files / "a.wav"
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        file.writeframes(b"\x00\x00" * 8000 * 6)
    assert minutes_of(sound) == pytest.approx(0.1)
    (files / "b.mp3").write_bytes(b"\xff" * 60_000)
    assert minutes_of(files / "b.mp3") == pytest.approx(1.0)


@pytest.mark.parametrize(
    "more, words",
    [
        (("--candidate", GPT), "give --endpoint URL"),
        (
            ("--candidate", "zero_shot/lab/nobody", "--endpoint", "http://x/v1"),
            "zero_shot/lab/nobody: 'lab/nobody' is not in the catalog",
        ),
        (("--candidate", "zero_shot/openai/gpt-4o-mnii", "--endpoint", "http://x/v1"), "did you mean 'openai/gpt-4o-mini'?"),
        (("--candidate", "zero_shot", "--endpoint", "http://x/v1"), "zero_shot: names no model; write STRATEGY/LAB/MODEL"),
        (("--candidate", f"zero_shot/{UNPRICED}", "--endpoint", "http://x/v1"), f"{UNPRICED}: no price is known"),
        (("--candidate", "finetune_llm/openai/gpt-4o-mini", "--endpoint", "http://x/v1"), "cannot be tried by prompts alone"),
        (("--candidate", "guess/openai/gpt-4o-mini", "--endpoint", "http://x/v1"), "'guess' is not a strategy"),
        (("--candidate", "rag/openai/gpt-4o-mini", "--endpoint", "http://x/v1"), "give a folder with --documents"),
        (("--candidate", GPT, "--endpoint", "http://x/v1", "--price", "free"), "is not two prices"),
        (("--import", "csv"), "no column strategy, model, example, score, date"),
        (("--import", "csv", "--name", "x"), "is not NAME=VALUE"),
    ],
)
def test_what_is_wrong_is_one_line(more: tuple[str, ...], words: str, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trial(files, *more) == 2
    err = capsys.readouterr().err
    assert words in err and err.count("\n") == 1


def test_every_wrong_candidate_is_told_before_anything_is_stored(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(files.iterdir())
    names = ("foo/bar", "rag/openai/gpt-4o-mini", GPT)
    asked = [word for name in names for word in ("--candidate", name)]
    assert trial(files, *asked, "--endpoint", "http://x/v1", "--price", "0,0") == 2
    told = [line.partition(";")[0] for line in capsys.readouterr().err.splitlines()]
    assert told == [
        "foo/bar: 'bar' is not in the catalog",
        "foo/bar: 'foo' is not a strategy",
        "rag/openai/gpt-4o-mini: rests on documents, and none are given",
    ]
    assert sorted(files.iterdir()) == before


def test_free_text_needs_a_candidate(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "needs.yaml").write_text("task: summarization\n", encoding="utf-8")
    assert trial(files) == 2
    assert "no offline baseline" in capsys.readouterr().err


def test_a_dead_port_is_one_clear_line(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with endpoint() as (url, _):
        pass  # its port is free again
    assert trial(files, "--candidate", GPT, "--endpoint", url) == 2
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert line.startswith(f"--endpoint {url}: nobody answers there") and "correct the address" in line


def test_a_trial_that_measured_nothing_writes_no_evidence(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "needs.yaml").write_text("task: chat\n", encoding="utf-8")
    with endpoint(fault=lambda number, request: "401") as (url, _):
        assert trial(files, "--candidate", GPT, "--endpoint", url, "--out", str(files / "evidence.json")) == 0
    told = capsys.readouterr().out
    assert "the key was refused" in told and "nothing was measured: no evidence is written" in told
    assert not (files / "evidence.json").exists()


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([], "evidence.results: is empty: nothing was measured; run the trial again"),
        ([{"date": "2999-01-01"}], "results.0.date: 2999-01-01 is still to come"),
    ],
)
def test_evidence_of_nothing_or_of_tomorrow_is_refused(
    results: list[dict[str, str]], words: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = {
        "strategy": "zero_shot", "model": "openai/gpt-4o-mini", "quality": 80, "standard_error": 2, "examples": 100,
        "metric": "macro_f1", "source": "own trial",
    }  # fmt: skip
    told = {"task": "classification", "results": [{**whole, **one} for one in results]}
    (files / "evidence.json").write_text(json.dumps(told), encoding="utf-8")
    assert main(["recommend", str(files / "needs.yaml"), "--brief", "--evidence", str(files / "evidence.json")]) == 2
    assert words in capsys.readouterr().err


def test_imported_runs_of_tomorrow_are_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"zero_shot,openai/gpt-4o-mini,{place},{place % 2},2999-01-01\n" for place in range(30))
    (files / "runs.csv").write_text("strategy,model,example,score,date\n" + rows, encoding="utf-8")
    assert trial(files, "--import", "csv", examples="runs.csv") == 2
    assert "runs.csv: results.0.date: 2999-01-01 is still to come" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["recommend", "--brief"], ["compare", "rag", "zero_shot"], ["frontier"]])
def test_a_day_after_the_catalogs_own_is_answered_with_a_warning(
    command: list[str], files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command[0], str(files / "needs.yaml"), *command[1:], "--as-of", "2040-01-01"]) in (0, 1)
    assert "warning: --as-of 2040-01-01 is later than what is known; the catalog ends on 20" in capsys.readouterr().err
