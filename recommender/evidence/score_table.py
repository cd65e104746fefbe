"""Scores as a table: one row per (model, direct or reasoning), one column per benchmark of general capability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.evidence.benchmarks import Benchmark
from recommender.evidence.scales import bent_back, straightened

Floats = NDArray[np.float64]
TELLS_NOTHING_BACK = frozenset(("moderation", "pictures named"))
"""Axes that general capability says something of, a little, and that say too little of it to move it: one mark more or less on what
counts as harmful, or on breeds of dogs, would move a model on every task."""
LINKS_TRANSLATORS = "translated sentences"
"""The axis of tables that hold trained translators beside language models: they say how capable the translators are; language models,
all near the top there, are judged by what asks more of them."""
GENERAL_AXES = frozenset(("general", "vision", "documents", LINKS_TRANSLATORS)) | TELLS_NOTHING_BACK
PLACING_AXES = GENERAL_AXES - TELLS_NOTHING_BACK
"""Axes whose benchmarks say how capable a model is, or one that stands apart; of any other, only the mixes of tasks read scores."""
SAME_VOTES = {"lmarena": "arena", "arena_ai": "arena"}
BEST_OF_MODES = frozenset(("bfcl",))
Entity = tuple[str, str]


@dataclass(frozen=True)
class ScoreTable:
    """Scores in each benchmark's own unit; NaN where there is none."""

    entities: tuple[Entity, ...]
    benchmarks: tuple[Benchmark, ...]
    values: Floats

    @property
    def straight(self) -> Floats:
        """The same scores on scales that are straight in ability."""
        columns = [straightened(benchmark, self.values[:, j]) for j, benchmark in enumerate(self.benchmarks)]
        return np.column_stack(columns)

    @property
    def sources(self) -> tuple[str, ...]:
        """The source of each column; the two editions of one arena count as one."""
        return tuple(SAME_VOTES.get(benchmark.source, benchmark.source) for benchmark in self.benchmarks)

    @property
    def tells(self) -> NDArray[np.bool_]:
        """Which columns say how capable a model is, beside being said something of by it."""
        return np.array([benchmark.axis not in (*TELLS_NOTHING_BACK, LINKS_TRANSLATORS) for benchmark in self.benchmarks])

    @property
    def links(self) -> NDArray[np.bool_]:
        """Which columns say how capable those are that stand apart (prior.STAND_APART), and nothing of the others."""
        return np.array([benchmark.axis == LINKS_TRANSLATORS for benchmark in self.benchmarks])

    def in_own_unit(self, column: int, straight: Floats) -> Floats:
        """Straight values of one column in the benchmark's own unit."""
        return bent_back(self.benchmarks[column], straight)


def score_table(benchmarks: Sequence[Benchmark]) -> ScoreTable:
    """The table of all benchmarks that general capability carries."""
    kept = tuple(benchmark for benchmark in benchmarks if benchmark.axis in GENERAL_AXES)
    entities = tuple(sorted({score.entity for benchmark in kept for score in benchmark.scores}))
    place = {entity: i for i, entity in enumerate(entities)}
    values = np.full((len(entities), len(kept)), np.nan)
    for j, benchmark in enumerate(kept):
        for entity, value in scores_by_entity(benchmark).items():
            values[place[entity], j] = value
    return ScoreTable(entities, kept, values)


def scores_by_entity(benchmark: Benchmark) -> dict[Entity, float]:
    """One score per model and mode: the median over efforts; where ways to call differ, the better one."""
    found: dict[Entity, list[float]] = {}
    for score in benchmark.scores:
        found.setdefault(score.entity, []).append(score.value)
    joined = max if benchmark.source in BEST_OF_MODES else np.median
    return {entity: float(joined(values)) for entity, values in found.items()}
