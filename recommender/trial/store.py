"""Every call of a trial in one SQLite file: what was set aside, what it cost, what came back. Never a key.

A call is named by its content, so a trial that is started again pays for no answer twice. A call that was under way when the
process ended may have been paid for: it stays counted at all that was set aside for it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

from recommender.domain.record import record
from recommender.errors import Fault, InputError

TABLE = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, status TEXT NOT NULL, reserved INTEGER NOT NULL, cost INTEGER NOT NULL,
    answer TEXT, input_tokens INTEGER, output_tokens INTEGER, latency_ms REAL, first_token_ms REAL, fault TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS one_answer ON calls (key) WHERE status = 'done';
"""


@record
class Reply:
    """What an endpoint answered; tokens are None where it did not say."""

    text: str
    input_tokens: int | None
    output_tokens: int | None
    latency_ms: float
    first_token_ms: float | None = None


def key_of(call: Any) -> str:
    """A call's name: a digest of all that its answer depends on."""
    return hashlib.sha256(json.dumps(call, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Store:
    """The file. One connection, one thread at a time; every change is on disk before the next step."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(path, timeout=0, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # two trials on one file would not share one cap
            self._connection.execute(
                "PRAGMA journal_mode = WAL"
            )  # a killed process loses nothing, and no call waits for the disk
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(TABLE)
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            remedy = "wait for the other trial to end" if "locked" in str(error) else "name another with --store"
            raise InputError([Fault(str(path), f"cannot be used as a trial's file: {error}", remedy)]) from None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def spent(self) -> int:
        """All that was paid or may have been. [millionths of a USD]"""
        query = "SELECT COALESCE(SUM(CASE status WHEN 'under way' THEN reserved ELSE cost END), 0) FROM calls"
        return int(self._run(query)[0][0])

    def answer(self, key: str) -> tuple[Reply, int] | None:
        """What came back for a call earlier, and what it cost."""
        query = "SELECT answer, input_tokens, output_tokens, latency_ms, first_token_ms, cost FROM calls WHERE key = ? AND status = 'done'"
        rows = self._run(query, key)
        return (Reply(*rows[0][:5]), int(rows[0][5])) if rows else None

    def begin(self, key: str, reserved: int) -> int:
        """Note a call before it is made."""
        query = "INSERT INTO calls (key, status, reserved, cost) VALUES (?, 'under way', ?, 0) RETURNING id"
        return int(self._run(query, key, reserved)[0][0])

    def done(self, number: int, reply: Reply, cost: int) -> None:
        """Note its answer."""
        told = (reply.text, reply.input_tokens, reply.output_tokens, reply.latency_ms, reply.first_token_ms)
        self._run(
            "UPDATE calls SET status = 'done', cost = ?, answer = ?, input_tokens = ?, output_tokens = ?, latency_ms = ?, "
            "first_token_ms = ? WHERE id = ?",
            cost, *told, number,
        )  # fmt: skip

    def failed(self, number: int, fault: str, cost: int) -> None:
        """Note why there is none, and what it may have cost."""
        self._run("UPDATE calls SET status = 'failed', cost = ?, fault = ? WHERE id = ?", cost, fault, number)

    def _run(self, query: str, *values: Any) -> list[Any]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()
