"""A whole trial against a real server with a real model of random weights: every answer counted, paid once, kept through fifty ends."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from openai import OpenAI
from tiny_model import NAME, TinyModel
from tiny_server import Book, tiny_server

from recommender.catalog.trial_files import read_evidence
from recommender.cli import main

MODEL = f"qwen/qwen3.5-9b={NAME}"
LABELS = ("alpha", "beta", "gamma")
EXAMPLES = 40
PRICE = "0.10,0.40"  # USD per million tokens


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "needs.yaml").write_text("task: classification\n", encoding="utf-8")
    rows = "".join(f"number {place} is about {LABELS[place % 3][::-1]},{LABELS[place % 3]}\n" for place in range(EXAMPLES))
    (tmp_path / "mine.csv").write_text("input,expected\n" + rows, encoding="utf-8")
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "a.txt").write_text("ahpla means alpha. ateb means beta. ammag means gamma.", encoding="utf-8")
    return tmp_path


def command(files: Path, url: str, *more: str) -> list[str]:
    named = ("--candidate", f"zero_shot/{MODEL}", "--candidate", f"few_shot/{MODEL}", "--shots", "2", "--all")
    out = ("--out", str(files / "evidence.json"), "--endpoint", url, "--price", PRICE, "--cap", "1")
    return ["trial", str(files / "needs.yaml"), str(files / "mine.csv"), *named, *out, *more]


def paid(book: Book) -> float:
    """What the server would put on the bill, to the millionth. [USD]"""
    return (book.read * 0.10 + book.written * 0.40) / 1e6


def store(files: Path) -> tuple[int, int, int]:
    """Calls kept, answers among them, and all that was paid. [count, count, millionths of a USD]"""
    opened = sqlite3.connect(files / "mine.csv.trial.sqlite")
    found = opened.execute(
        "SELECT COUNT(*), SUM(status = 'done'), SUM(CASE status WHEN 'under way' THEN reserved ELSE cost END) FROM calls"
    )
    row = found.fetchone()
    opened.close()
    return int(row[0]), int(row[1]), int(row[2])


def test_the_model_is_one_and_its_weights_are_random() -> None:
    one, other = TinyModel(seed=0), TinyModel(seed=1)
    assert one.answer("a question", 12) == TinyModel(seed=0).answer("a question", 12) != other.answer("a question", 12)
    whole, kept = one.states(list(b"one by one"), []), []
    again = [one.states([byte], kept)[0] for byte in b"one by one"]
    assert max(float(abs(a - b).max()) for a, b in zip(whole, again, strict=True)) < 1e-3


def test_a_trial_is_answered_counted_and_paid_once(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with tiny_server() as (url, book):
        assert [one.id for one in OpenAI(base_url=url, api_key="none").models.list()] == [NAME]
        assert main(command(files, url)) == 0
        told, served = capsys.readouterr().out, book.chats
        assert served == 2 * EXAMPLES and f"few_shot/{MODEL.split('=')[0]} (2 examples, keywords): macro-F1" in told
        first = read_evidence(files / "evidence.json")
        assert main(command(files, url)) == 0
        assert book.chats == served, "what was answered is not asked again"
        again = capsys.readouterr().out
    calls, done, micro = store(files)
    assert calls == done == 2 * EXAMPLES
    assert 0 <= micro / 1e6 - paid(book) <= calls * 1e-6  # each call is rounded up to a millionth
    assert told.split("\n\n")[0] == again.split("\n\n")[0] and first == read_evidence(files / "evidence.json")
    found = {one.strategy: one for one in first.results}
    assert found["zero_shot"].examples == EXAMPLES and found["zero_shot"].quality < 20.0, "random weights know no labels"
    assert found["zero_shot"].latency_p50_ms and found["zero_shot"].latency_p95_ms >= found["zero_shot"].latency_p50_ms
    assert found["classical_ml"].quality > 90.0


def test_retrieval_by_its_own_vectors_and_a_judge_that_babbles(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ("--candidate", f"rag/{MODEL}", "--documents", str(files / "documents"), "--search", "both", "--embedder", NAME)
    with tiny_server() as (url, book):
        assert main(command(files, url, *more)) == 0
        assert f"rag/{MODEL.split('=')[0]} (5 passages, both): macro-F1" in capsys.readouterr().out
        assert book.calls > book.chats == 3 * EXAMPLES
        (files / "needs.yaml").write_text("task: chat\n", encoding="utf-8")
        assert main(command(files, url, "--judge", NAME)) == 0
    told = capsys.readouterr().out
    assert "not measured" in told and "not A, B or TIE" in told


def test_another_name_is_refused_and_costs_nothing(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with tiny_server() as (url, book):
        assert main([one.replace(NAME, "no-such-model") for one in command(files, url)]) == 0
    assert "there is no such model or address" in capsys.readouterr().out and book.chats == 0
    assert store(files)[2] == 0


def test_killed_at_fifty_random_moments_and_resumed_to_the_same_result(files: Path, tmp_path: Path) -> None:
    generator, running, until = random.Random(0), list[subprocess.Popen[bytes]](), [0]

    def deadly(number: int) -> None:
        if running and number >= until[0]:
            os.kill(running[0].pid, signal.SIGKILL)

    kills = 0
    with tiny_server(deadly) as (url, book):
        whole = [sys.executable, "-m", "recommender", *command(files, url, "--concurrency", "2")]
        while kills < 50:
            until[0] = book.calls + generator.randint(1, 2)
            with subprocess.Popen(whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                running[:] = [process]
                code = process.wait()
                running.clear()
            if code == 0:
                break
            assert code == -signal.SIGKILL
            kills += 1
        assert kills == 50, "the trial ended before its fiftieth end"
        assert subprocess.run(whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
        killed, (calls, done, micro) = read_evidence(files / "evidence.json"), store(files)
        assert done == 2 * EXAMPLES and book.chats <= done + 2 * kills and micro / 1e6 >= paid(book)
        (files / "mine.csv.trial.sqlite").unlink()
        assert subprocess.run(whole, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
    plain = read_evidence(files / "evidence.json")
    same = [(one.strategy, one.quality, one.standard_error, one.examples) for one in plain.results]
    assert [(one.strategy, one.quality, one.standard_error, one.examples) for one in killed.results] == same
    assert calls <= done + 2 * kills
