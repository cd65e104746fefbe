"""Real processes that are really killed in the middle of a trial, and started again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from scripted import endpoint

from recommender.catalog.trial_files import read_evidence

LABELS = ("alpha", "beta", "gamma")


@pytest.mark.parametrize("calls", [1, 7, 23])
def test_killed_and_started_again_to_the_same_evidence(calls: int, tmp_path: Path) -> None:
    (tmp_path / "needs.yaml").write_text("task: classification\n", encoding="utf-8")
    rows = "".join(f"number {place} is {LABELS[place % 3]} here,{LABELS[place % 3]}\n" for place in range(30))
    (tmp_path / "mine.csv").write_text("input,expected\n" + rows, encoding="utf-8")
    running: list[subprocess.Popen[bytes]] = []

    def deadly(number: int, request: dict[str, object]) -> None:
        if number == calls and running:
            os.kill(running[0].pid, signal.SIGKILL)

    with endpoint(fault=deadly) as (url, script):
        out = tmp_path / "evidence.json"
        command = [
            sys.executable, "-m", "recommender", "trial", str(tmp_path / "needs.yaml"), str(tmp_path / "mine.csv"), "--out", str(out),
            "--candidate", "zero_shot/openai/gpt-4o-mini", "--endpoint", url, "--concurrency", "2",
        ]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
            running.append(first)
            assert first.wait() == -signal.SIGKILL
        assert not out.exists()
        running.clear()
        assert subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
        assert len(script.calls) <= 30 + 2  # what was under way is all that is asked again
    found = {one.strategy: one for one in read_evidence(out).results}
    assert found["zero_shot"].quality == 100.0 and found["zero_shot"].examples == 30
    with sqlite3.connect(tmp_path / "mine.csv.trial.sqlite") as store:
        done, kept = store.execute("SELECT SUM(status = 'done'), COUNT(*) FROM calls").fetchone()
    store.close()
    assert (
        done == 30 and len(script.calls) <= kept <= len(script.calls) + 2
    )  # noted before it is made; a killed one may not have been
