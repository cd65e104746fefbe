"""What a sync would change, one row each: where, what stands there, what the list says, and why."""

from __future__ import annotations

import datetime
from typing import Any, Literal, TypeAlias

from recommender.domain.record import record

Verdict: TypeAlias = Literal["append", "fill", "update", "confirm", "conflict", "review", "refused", "kept", "gone"]
WRITTEN: tuple[Verdict, ...] = ("append", "fill", "update", "confirm", "conflict")
MEANING: dict[Verdict, str] = {
    "append": "new dated prices",
    "fill": "facts that were unknown",
    "update": "facts that the same list has changed",
    "confirm": "facts that a second list confirms",
    "conflict": "conflicts to mark: the old value stays, the note names the other",
    "review": "to review: nothing is written until somebody decides",
    "refused": "turned away by a gate",
    "kept": "overrides that differ from the list: never touched",
    "gone": "no longer on the list they came from",
}


@record
class Edit:
    """One place of one file: `set` a value, `append` to a list, or `insert` an offer at its place in the alphabet."""

    file: str
    path: tuple[str | int, ...]
    value: Any
    how: Literal["set", "append", "insert"] = "set"


@record
class Change:
    """One row of the diff. `edits` are what applying it writes; for a review row, what accepting it writes."""

    verdict: Verdict
    file: str
    record: str
    field: str
    old: Any
    new: Any
    why: str
    edits: tuple[Edit, ...]

    def is_written(self, accepted: frozenset[str]) -> bool:
        """Whether applying writes it: the safe ones, and reviews that somebody accepted by name."""
        return self.verdict in WRITTEN or (self.verdict == "review" and self.record in accepted and bool(self.edits))


@record
class Origin:
    """The list a value comes from, and the day of the copy."""

    source: str
    as_of: datetime.date


def shown(value: Any) -> str:
    """A value as one reads it in the diff."""
    if value is None:
        return "unknown"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {shown(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return "[" + ", ".join(shown(one) for one in value) + "]"
    return str(value)
