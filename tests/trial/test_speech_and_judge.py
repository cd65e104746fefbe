"""Recordings transcribed and priced by the minute; a judge held against people who rated a sample of the same answers."""

from __future__ import annotations

import csv
import json
import sqlite3
import wave
from pathlib import Path
from typing import Any

import pytest
from scripted import endpoint

from recommender import InputError
from recommender.cli import main
from recommender.trial.ratings import COLUMNS, read_ratings

GPT = "zero_shot/openai/gpt-4o-mini"
WHISPER = "pretrained_as_is/openai/whisper-large-v3"
SPOKEN = 12


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Six seconds of silence each, and what is said in them."""
    (tmp_path / "needs.yaml").write_text("task: speech_to_text\n", encoding="utf-8")
    rows = []
    for place in range(SPOKEN):
        with wave.open(str(tmp_path / f"call{place}.wav"), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
            file.writeframes(bytes([place, 0]) * 48_000)
        rows.append(f"call{place}.wav,one two three four {place}\n")
    (tmp_path / "calls.csv").write_text("input,expected\n" + "".join(rows), encoding="utf-8")
    return tmp_path


def heard(request: dict[str, Any]) -> str:
    """All words, but for the even recordings the last of them."""
    place = int(request["file"].removeprefix("call").removesuffix(".wav"))
    return "One, two three four" + (f" {place}." if place % 2 else "")


def transcribed(folder: Path, url: str, *more: str) -> int:
    command = ["trial", str(folder / "needs.yaml"), str(folder / "calls.csv"), "--endpoint", url, "--candidate", WHISPER]
    return main([*command, "--minute-price", "0.006", "--cap", "1", "--out", str(folder / "evidence.json"), *more])


def test_recordings_are_transcribed_and_their_words_counted(recordings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fault(number: int, request: dict[str, Any]) -> str | None:
        return {2: "500", 5: "429"}.get(number)

    with endpoint(answer=heard, fault=fault) as (url, script):
        assert transcribed(recordings, url) == 0
        assert transcribed(recordings, url) == 0
    assert len(script.calls) == SPOKEN + 2, "two failed and were tried again; the second trial asked nothing"
    assert "100 minus word error rate 90.0" in capsys.readouterr().out  # 6 of 60 words are missing
    (result,) = json.loads((recordings / "evidence.json").read_text(encoding="utf-8"))["results"]
    assert (result["metric"], result["quality"], result["examples"]) == ("wer", 90.0, SPOKEN)
    store = sqlite3.connect(recordings / "calls.csv.trial.sqlite")
    (paid,) = store.execute("SELECT SUM(cost) FROM calls").fetchone()
    store.close()
    assert paid == SPOKEN * 600  # a tenth of a minute at 0.006 USD: 600 millionths each


def test_a_recording_that_is_not_there_is_told(recordings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (recordings / "call3.wav").unlink()
    with endpoint(answer=heard) as (url, _):
        assert transcribed(recordings, url, "--concurrency", "1") == 2
    err = capsys.readouterr().err
    assert "call3.wav: cannot be read" in err and "Traceback" not in err


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    (tmp_path / "needs.yaml").write_text("task: chat\n", encoding="utf-8")
    rows = "".join(f"question {place} is good?,good answer {place}\n" for place in range(30))
    (tmp_path / "chat.csv").write_text("input,expected\n" + rows, encoding="utf-8")
    return tmp_path


def served(request: dict[str, Any]) -> str:
    """Answers to odd questions are good, and the judge sees it in either order."""
    asked = request["messages"][-1]["content"]
    if "<answer_a>" not in asked:
        number = int(asked.split("question ")[1].split()[0])
        return f"=good {number}" if number % 2 else f"bad {number}"
    first, second = asked.split("<answer_a>")[1].split("<answer_b>")
    return "B" if "bad" in first else "A" if "bad" in second else "TIE"


def judged(folder: Path, url: str, *more: str) -> int:
    command = ["trial", str(folder / "needs.yaml"), str(folder / "chat.csv"), "--endpoint", url, "--candidate", GPT]
    return main([*command, "--judge", "the-judge", "--price", "1,1", "--cap", "5", *more])


def rated(path: Path, wrong: int = 0, other: int = 0) -> None:
    """A person fills in the sample: good is acceptable; `wrong` ratings the other way, `other` of another answer."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for place, row in enumerate(rows):
        row["acceptable"] = "yes" if ("good" in row["answer"]) != (place < wrong) else "no"
        row["answer"] += " (old)" if len(rows) - place <= other else ""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)


def test_a_judge_is_held_against_people(chats: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = chats / "rate.csv"
    with endpoint(answer=served) as (url, script):
        assert judged(chats, url, "--to-rate", str(sample)) == 0
        told = capsys.readouterr().out
        assert "judged acceptable 50.0" in told and "changed its mind with the order in 0% of 30 answers" in told
        assert "the judge was not held against people" in told and f"{sample}, 30 answers to rate" in told
        written = sample.read_text(encoding="utf-8")
        assert ",'=good" in written and ",=good" not in written, "no spreadsheet computes with an answer"
        asked = len(script.calls)
        rated(sample)
        assert judged(chats, url, "--human", str(sample)) == 0
        assert "agrees with people well (Cohen's kappa 1.00 on 30 answers)" in capsys.readouterr().out
        rated(sample, wrong=15)
        assert judged(chats, url, "--human", str(sample)) == 0
        assert "agrees with people hardly: do not rest on this judge" in capsys.readouterr().out
        rated(sample, other=8)
        assert judged(chats, url, "--human", str(sample)) == 0
        assert "on 22 answers; 8 ratings are of other answers" in capsys.readouterr().out
        assert len(script.calls) == asked, "holding it against people asks nothing anew"


@pytest.mark.parametrize(
    "raw, words",
    [
        (b"candidate,example\n", ":1: no column answer, acceptable"),
        (b"candidate,example,answer,acceptable\na,b,c,perhaps\n", ":2: 'perhaps' is not a rating; write yes or no"),
        (b"candidate,example,answer,acceptable\n\xff\xfe,b,c,yes\n", "is not CSV in UTF-8"),
    ],
)
def test_ratings_that_are_none_are_refused(raw: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "rate.csv"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_ratings(path)
    assert words in str(caught.value)


def test_too_few_ratings_are_said(chats: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (chats / "rate.csv").write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    with endpoint(answer=served) as (url, _):
        assert judged(chats, url, "--human", str(chats / "rate.csv")) == 2
    assert "0 examples were rated by people and by the judge; rate at least 10" in capsys.readouterr().err
