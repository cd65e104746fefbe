"""Decisions in processes of their own, one per core: one Python computes for one visitor at a time, and twenty may ask at once.

The processes are copies of the server made before it serves anybody, so they share its facts and start with all of them read.
Where processes cannot be copied, everything is computed in the server itself, as it is for facts that a visitor changed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from recommender import Catalog, Recommendation, recommend
from recommender_form import facts

MOST = 4
LOOK_EVERY_SECONDS = 1.0
_pools: list[ProcessPoolExecutor] = []


def start() -> None:
    """Copy this process once per core. Only while it has a single thread: a copy of a held lock would stay held for ever."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return
    count = min(os.cpu_count() or 1, MOST)
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_end_with, initargs=(os.getpid(),))
    for done in [pool.submit(facts.catalog) for _ in range(count)]:
        done.exception()
    _pools.append(pool)


def count() -> int:
    """How many decisions are computed at the same time."""
    return len(multiprocessing.active_children()) if _pools else 1


def answer(needs: dict[str, Any], catalog: Catalog, **how: Any) -> Recommendation:
    """`recommend`, in another process where there is one that has the same facts.

    Raises:
        InputError: with every fault of the requirements.
    """
    if not _pools or catalog is not facts.catalog():
        return recommend(needs, catalog, **how)
    try:
        return _pools[0].submit(_answer, needs, how).result()
    except BrokenProcessPool:
        _pools.clear()
        print(
            "a process that decides was ended: from now on the server decides itself; start it again for more", file=sys.stderr
        )
        return recommend(needs, catalog, **how)


def _answer(needs: dict[str, Any], how: dict[str, Any]) -> Recommendation:
    return recommend(needs, facts.catalog(), **how)


def _end_with(server: int) -> None:
    """A copy ends when the server does, even if that was killed and could not say so."""

    def watch() -> None:
        while os.getppid() == server:
            time.sleep(LOOK_EVERY_SECONDS)
        os._exit(0)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard stops the server, and the server these
    threading.Thread(target=watch, daemon=True).start()
