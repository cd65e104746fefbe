"""Decisions in processes of their own: the same answers and faults, without them too, and none left behind by a killed server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

BEGIN = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from recommender import InputError, recommend
from recommender_form import facts, workers
facts.catalog()
workers.start()
import multiprocessing
children = [one.pid for one in multiprocessing.active_children()]
print(*children, flush=True)
"""
COMPARES = """
needs, how = {"task": "chat"}, {"detail": "answer", "draws": 20}
assert bool(children) == (sys.platform == "linux")  # elsewhere nothing is copied, and the server answers itself
assert workers.count() == max(len(children), 1)
here, there = recommend(needs, facts.catalog(), **how), workers.answer(needs, facts.catalog(), **how)
assert here.model_dump_json() == there.model_dump_json()
try:
    workers.answer({"task": "chta"}, facts.catalog())
except InputError as error:
    assert "did you mean 'chat'" in str(error.faults[0]), error.faults
else:
    raise AssertionError("no fault")
for child in children:
    os.kill(child, signal.SIGKILL)
assert workers.answer(needs, facts.catalog(), **how).model_dump_json() == here.model_dump_json()
assert workers.count() == 1
print("done", flush=True)
"""
WAITS = "import time; time.sleep(60)"


def _started(root: Path, rest: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BEGIN + rest, str(root / "ui")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _is_there(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_other_processes_answer_the_same_and_a_killed_one_is_done_without(root: Path) -> None:
    with _started(root, COMPARES) as process:
        told, faults = process.communicate(timeout=120)
    assert process.returncode == 0, faults
    assert told.splitlines()[-1] == "done"


def test_a_killed_server_leaves_no_process_behind(root: Path) -> None:
    with _started(root, WAITS) as process:
        assert process.stdout is not None
        children = [int(word) for word in process.stdout.readline().split()]
        assert bool(children) == (sys.platform == "linux") and all(map(_is_there, children))
        os.kill(process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while any(map(_is_there, children)) and time.monotonic() < deadline:
            time.sleep(0.1)
        process.communicate()
    assert not any(map(_is_there, children))
