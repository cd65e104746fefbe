"""What cannot be had at once: the options that no other beats over the criteria a person names, and how surely."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import numpy as np

from recommender.catalog.loading import Catalog
from recommender.decision.decide import Decision, with_intervals
from recommender.decision.frontier import TRADED, UNITS, as_told, frontier_shares, measured, measured_in, unit_of
from recommender.decision.frontier import frontier as lies_on
from recommender.decision.robustness import BEST, Draws, drawn, spreads_of
from recommender.domain.recommendation import Shown
from recommender.domain.requirements import Requirements
from recommender.engine import decided, listed, whole
from recommender.errors import Fault, InputError
from recommender.explanation.options import option_id

LEAST, MOST = 2, 3


class Measure(Shown):
    """One criterion of one option; null where unknown."""

    low: float | None
    mid: float | None
    high: float | None
    unit: str


class OnFrontier(Shown):
    """One option that no other beats. `share`: of the draws in which that holds among the best hundred; null if not drawn."""

    option: str
    rank: int
    measures: dict[str, Measure]
    share: float | None


class Frontier(Shown):
    """Every option on the frontier, in the order of the recommendation."""

    criteria: tuple[str, ...]
    options: tuple[OnFrontier, ...]


def frontier(
    requirements: Requirements | dict[str, Any],
    criteria: Sequence[str] = TRADED,
    catalog: Catalog | None = None,
    *,
    as_of: datetime.date | str | None = None,
    seed: int = 0,
    draws: int = 200,
) -> Frontier:
    """The Pareto frontier over two or three criteria, of all that fits; last resorts do not compete.

    Args:
        requirements: what the team needs, or a plain dict of it.
        criteria: of quality, cost, invoices, latency, effort, risk, carbon.

    Raises:
        InputError: for criteria that are none, and with every fault of the requirements.
    """
    names = _checked(criteria)
    whole(draws=draws, seed=seed)
    decision = decided(requirements, catalog, as_of)
    ranks = np.arange(len(decision.competing))
    chosen = ranks[lies_on(decision, ranks, names)]
    rows = decision.order[chosen]
    best = min(BEST, len(ranks))
    on_view = np.concatenate([decision.order[:best], rows[chosen >= best]])
    decision = with_intervals(decision, on_view)
    shown = drawn(decision, on_view, draws, seed, counted=best)
    shares = frontier_shares(decision, shown, rows.tolist(), names) if best else np.zeros(0)
    options = tuple(
        OnFrontier(
            option=option_id(decision, row),
            rank=rank + 1,
            measures={name: _measure(decision, shown, row, name) for name in names},
            share=None if np.isnan(share) or not draws else round(share, 4),
        )
        for rank, row, share in zip(chosen.tolist(), rows.tolist(), shares.tolist(), strict=True)
    )
    return Frontier(criteria=names, options=options)


def _checked(criteria: Sequence[str]) -> tuple[str, ...]:
    listed("criteria", criteria, '["quality", "cost"]', may_be_empty=True)
    names = tuple(one.strip().lower() for one in criteria)
    faults = [Fault("criteria", f"'{one}' is no criterion", f"use of {', '.join(UNITS)}") for one in names if one not in UNITS]
    if not faults and (len(set(names)) != len(names) or not LEAST <= len(names) <= MOST):
        faults = [Fault("criteria", f"{', '.join(names) or 'none'} given", "name two or three different ones")]
    if faults:
        raise InputError(faults)
    return names


def _measure(decision: Decision, shown: Draws, row: int, name: str) -> Measure:
    mid, unit = float(measured(decision, name)[row]), unit_of(name, decision.situation)
    place = shown.place_of(row)
    if np.isnan(mid) or place is None:
        return Measure(low=None, mid=None if np.isnan(mid) else _kept(mid), high=None, unit=unit)
    low, high = _bounds(decision, shown, row, name)
    return Measure(low=_kept(min(low, mid)), mid=_kept(mid), high=_kept(max(high, mid)), unit=unit)


def _bounds(decision: Decision, shown: Draws, row: int, name: str) -> tuple[float, float]:
    """The 80 % interval that every other answer shows: of quality the evidence's own, which draws only sample from."""
    if name == "quality":
        return float(decision.quality.low[row]), float(decision.quality.high[row])
    low, high = spreads_of(measured_in(decision, shown, name)[shown.rows == row][:1])
    return float(low[0]), float(high[0])


def _kept(value: float) -> float:
    """As people read it."""
    return float(as_told(np.asarray(value)))


def text(found: Frontier) -> str:
    """A table for a terminal."""
    from recommender.explanation.numbers import plain, with_range

    if not found.options:
        return "Nothing fits, so there is nothing to trade."
    lines = [f"No other option is at least as good in {', '.join(found.criteria)} and better in one of them:"]
    for one in found.options:
        told = [
            f"{with_range(m.mid, m.low, m.high)} {m.unit}"
            for m in one.measures.values()
            if m.mid is not None and m.low is not None and m.high is not None
        ]
        sure = "" if one.share is None else f"; holds in {plain(100 * one.share)} of 100 draws"
        lines.append(f"{one.rank}. {one.option}: {', '.join(told)}{sure}")
    return "\n".join(lines)
