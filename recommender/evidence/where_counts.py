"""Where a benchmark's scores count: at the tasks whose mix or start names it, in how capable a model is, or nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from recommender.evidence.benchmarks import mode_of
from recommender.evidence.factor import LEAST_SCORES
from recommender.evidence.score_table import GENERAL_AXES, PLACING_AXES
from recommender.evidence.starts import STARTS
from recommender.evidence.task_mixes import FAITHFULNESS, TASK_MIXES

MIXES = (*TASK_MIXES.values(), FAITHFULNESS)
OF_STARTS = frozenset(("detection", "picture_classes", "tuned_encoders"))  # axes of what STARTS reads
AXES = GENERAL_AXES | OF_STARTS | {mix.axis for mix in MIXES} - {"none"}
"""Every ability that a benchmark may be of: no other is read anywhere."""
NAMED = frozenset(name for mix in MIXES for part in mix.parts for name in part.benchmarks) | {
    start.benchmark for starts in STARTS.values() for start in starts
}
NAMED_IN = "recommender/evidence/task_mixes.py"


def counting_nowhere(records: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Benchmarks that move no model's quality at any task, each with its ability."""
    return tuple(f"{record['id']} ({record['axis']})" for record in _unnamed(records) if not _places(record))


def only_placing(records: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Benchmarks that only say how capable a model is."""
    return tuple(str(record["id"]) for record in _unnamed(records) if _places(record))


def unnamed_notes(records: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """What is to be said of benchmarks that no task reads, one line each."""
    records = tuple(records)
    nowhere, placing = counting_nowhere(records), only_placing(records)
    told = []
    if nowhere:
        told.append(f"these benchmarks move no quality, as {NAMED_IN} does not name them: {', '.join(nowhere)}")
    if placing:
        told.append(f"these only say how capable a model is, as {NAMED_IN} does not name them: {', '.join(placing)}")
    return tuple(told)


def _unnamed(records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (record for record in records if "scores" in record and record["id"] not in NAMED)


def _places(record: Mapping[str, Any]) -> bool:
    """Whether the factor behind all benchmarks reads it."""
    placed = {(row[0], mode_of(str(row[0]), str(row[1]))) for row in record["scores"]}
    return record["axis"] in PLACING_AXES and len(placed) >= LEAST_SCORES
