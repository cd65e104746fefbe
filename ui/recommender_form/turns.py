"""Whose turn it is to compute: as many decisions as there are processes, each short; a search only while nobody waits for one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Shared by all visits. Interleaved, twenty decisions would all end late; in turn, half of them end early.

    Args:
        at_once: how many decisions are computed at the same time.
    """

    def __init__(self, at_once: int = 1) -> None:
        self._changed = threading.Condition()
        self._at_once = at_once
        self._waiting = 0
        self._deciding = 0
        self._is_searching = False

    @contextmanager
    def decision(self) -> Iterator[None]:
        """A turn for a decision."""
        with self._changed:
            self._waiting += 1
            self._changed.wait_for(lambda: self._deciding < self._at_once)
            self._waiting -= 1
            self._deciding += 1
        try:
            yield
        finally:
            with self._changed:
                self._deciding -= 1
                self._changed.notify_all()

    def give_way(self, seconds: float) -> None:
        """Wait while others wait for a decision, but not for ever: what is drawn next can come later, their answers should not."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._deciding), timeout=seconds)

    @contextmanager
    def search(self) -> Iterator[None]:
        """A turn for a search."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._waiting or self._deciding or self._is_searching))
            self._is_searching = True
        try:
            yield
        finally:
            with self._changed:
                self._is_searching = False
                self._changed.notify_all()
