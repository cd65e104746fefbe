"""How long an offline trial takes, and how much memory: rows of text, and tables of twenty columns, with few and many labels.

python benchmarks/trial_speed.py [ROWS [KIND]]      # KIND as in KINDS; one at a time tells its own peak of memory
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.words import Task
from recommender.trial.doubts import doubts_about
from recommender.trial.examples import reading_of
from recommender.trial.offline import offline_standings
from recommender.trial.report import text
from recommender.trial.results import best_first
from recommender.trial.source import on_disk


def texts(rows: int, subjects: int) -> str:
    """Sentences of twenty words that lean to one of some subjects."""
    generator = np.random.default_rng(0)
    labels = generator.integers(0, subjects, rows)
    own, shared = generator.integers(0, 40, (rows, 5)), generator.zipf(1.3, (rows, 15)) % 20_000
    lines = (
        " ".join([*(f"w{label}x{one}" for one in mine), *(f"s{one}" for one in others)]) + f",label {label}"
        for label, mine, others in zip(labels, own, shared, strict=True)
    )
    return "input,expected\n" + "\n".join(lines) + "\n"


def table(rows: int, labels: int) -> str:
    """Twenty columns, the answer whichever of the labels has the largest of as many noisy sums."""
    generator = np.random.default_rng(1)
    columns = generator.standard_normal((rows, 20)).round(4)
    sums = columns @ generator.standard_normal((20, labels)) + 2.0 * generator.gumbel(size=(rows, labels))
    return as_csv(columns, sums.argmax(axis=1))


def quantities(rows: int) -> str:
    """Twenty columns, the answer a noisy sum of some."""
    generator = np.random.default_rng(1)
    columns = generator.standard_normal((rows, 20)).round(4)
    return as_csv(columns, (columns[:, :5].sum(axis=1) + generator.standard_normal(rows)).round(4))


def as_csv(columns: NDArray[np.float64], answers: NDArray[Any]) -> str:
    """Columns c0, c1, ... and the answer."""
    head = ",".join(f"c{place}" for place in range(columns.shape[1])) + ",expected\n"
    lines = (",".join([*map(str, row), str(answer)]) for row, answer in zip(columns, answers, strict=True))
    return head + "\n".join(lines) + "\n"


KINDS: dict[str, tuple[Task, Callable[[int], str]]] = {
    "text": ("classification", partial(texts, subjects=8)),
    "text-2": ("classification", partial(texts, subjects=2)),
    "text-40": ("classification", partial(texts, subjects=40)),
    "table": ("tabular_prediction", partial(table, labels=2)),
    "table-10": ("tabular_prediction", partial(table, labels=10)),
    "table-40": ("tabular_prediction", partial(table, labels=40)),
    "quantities": ("tabular_prediction", quantities),
}


def write(path: Path, make: Callable[[int], str], rows: int) -> None:
    """In a process of its own, so that making the examples does not count as memory of the trial."""
    with ProcessPoolExecutor(1) as pool:
        pool.submit(_write, path, make, rows).result()


def _write(path: Path, make: Callable[[int], str], rows: int) -> None:
    path.write_text(make(rows), encoding="utf-8")


def main(rows: int, kinds: tuple[str, ...]) -> None:
    for name in kinds:
        task, make = KINDS[name]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "examples.csv"
            write(path, make, rows)
            begin, busy = time.perf_counter(), time.process_time()
            reading = reading_of(on_disk(path))
            examples = reading.examples
            read = time.perf_counter() - begin
            standings = best_first(offline_standings(examples, task))
            print(text(standings, 90.0, doubts_about(examples, task)))
            took, worked = time.perf_counter() - begin, time.process_time() - busy
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name}: {rows:,} rows ({len(examples):,} measured) in {took:.1f} s ({worked:.1f} s of work, reading {read:.2f} s), at most {peak:.0f} MB\n",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, tuple(sys.argv[2:]) or tuple(KINDS))
