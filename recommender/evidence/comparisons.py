"""Published comparisons of strategies, read from the catalog's records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommender.errors import Fault, InputError


@dataclass(frozen=True)
class Comparison:
    """One strategy measured against one rival on one task. Scores from 0 to 100, higher is better.

    `strategy` and `rival` are words of `strategy_terms`; `corpus` is holds, partly, lacks or empty; None is unknown.
    """

    study: str
    paper: str
    rival_year: int
    task: str
    family: str
    strategy: str
    rival: str
    carrier: str
    size_b: float | None
    examples: float | None
    per_class: float | None
    hours: float | None
    corpus: str
    knowledge: str
    rival_score: float
    strategy_score: float

    @property
    def gain(self) -> float:
        """Points won (or lost)."""
        return self.strategy_score - self.rival_score


def read_comparisons(records: Mapping[str, Mapping[str, Any]], *, held_aside: bool = False) -> tuple[Comparison, ...]:
    """The comparisons among the records of `catalog/evidence/` that are fitted, or those held aside, by study and in the order
    written."""
    found: list[Comparison] = []
    for name, record in sorted(records.items()):
        if record.get("kind") == "quantisation" or record.get("held_aside", False) != held_aside:
            continue
        try:
            about = (record["id"], record["reference"]["url"], record["rival_year"])
            found += [Comparison(*about, *row) for row in record["comparisons"]]
        except (KeyError, TypeError) as error:
            fault = Fault(name, f"not a study: {error}", "compare with a neighbouring file")
            raise InputError([fault]) from None
    return tuple(found)
