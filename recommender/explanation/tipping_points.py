"""Where the answer tips: the nearest value of each quantity at which something else wins."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from recommender.decision.decide import Decision
from recommender.domain.recommendation import TippingPoint, WinnerRef
from recommender.domain.requirements import Requirements
from recommender.explanation.changes import changed, largest, value_at
from recommender.explanation.conflicts import Decide, winner_of
from recommender.explanation.numbers import rounded
from recommender.explanation.probes import is_counted_in_all

WinnerAt = Callable[[float], WinnerRef | None]
SCALES = (
    "workload.requests_per_month", "data.labelled_examples", "latency.p95_ms", "latency.first_token_p95_ms", "budget.monthly_usd",
    "budget.one_time_usd", "knowledge.tokens", "team.weeks_to_launch",
)  # fmt: skip
FACTORS = (10.0, 0.1)
HALVINGS = 4


def tipping_points(requirements: Requirements, decision: Decision, decide: Decide) -> tuple[TippingPoint, ...]:
    """For each stated or assumed quantity, the nearest value upwards and downwards at which another answer wins, and where that is
    the same strategy once more, the nearest at which another strategy does."""
    today, found = winner_of(decision), []
    for path in SCALES:
        start = _start(requirements, decision, path)
        if not start or start > largest(path):  # a rate that was stated may stand for more than anybody may state of the volume
            continue
        winner_at = _winners(requirements, path, decide)
        for factor in FACTORS:
            far = _where_something_fits(winner_at, start, min(rounded(start * factor), largest(path)))
            found += [
                TippingPoint(requirement=path, from_value=start, to_value=value, winner=winner)
                for value, winner in _turns(winner_at, start, far, today)
            ]
    return tuple(found)


def _start(requirements: Requirements, decision: Decision, path: str) -> float | None:
    stated = value_at(requirements, path)
    if stated is not None:
        return float(stated)
    situation = decision.situation
    if is_counted_in_all(decision):
        return None
    assumed: dict[str, Any] = {"workload.requests_per_month": situation.requests_per_month}
    return float(np.asarray(assumed[path])) if path in assumed else None


def _winners(requirements: Requirements, path: str, decide: Decide) -> WinnerAt:
    """What wins with the field set to a value; every value is decided once."""

    @cache
    def winner_at(value: float) -> WinnerRef | None:
        other = decide(changed(requirements, path, value))
        return None if other.winner is None else winner_of(other)

    return winner_at


def _where_something_fits(winner_at: WinnerAt, start: float, far: float) -> float:
    """A value as far away as anything still fits there: a tenth of a limit is often kept by nothing, a half of it by another answer."""
    for _ in range(HALVINGS):
        if winner_at(far) is not None:
            break
        far = rounded(float(np.sqrt(start * far)))
    return far


def _turns(winner_at: WinnerAt, start: float, far: float, today: WinnerRef) -> list[tuple[float, WinnerRef]]:
    """Where another option wins, and where another strategy does if the first is not one."""
    first = _nearest(winner_at, start, far, lambda one: _what(one) != _what(today))
    if first is None or first[1].strategy != today.strategy:
        return [] if first is None else [first]
    second = _nearest(winner_at, start, far, lambda one: one.strategy != today.strategy)
    return [first] if second is None else [first, second]


def _what(option: WinnerRef) -> tuple[str, str, str]:
    return option.strategy, option.model, option.hosting


def _nearest(
    winner_at: WinnerAt, start: float, far: float, is_another: Callable[[WinnerRef], bool]
) -> tuple[float, WinnerRef] | None:
    """Where another wins far away, halve the way back to the nearest such value."""
    best, near = winner_at(far), start
    if best is None or not is_another(best):
        return None
    for _ in range(HALVINGS):
        middle = rounded(float(np.sqrt(near * far)))
        if middle in (near, far):
            break
        other = winner_at(middle)
        if other is None or not is_another(other):
            near = middle
        else:
            best, far = other, middle
    return far, best
