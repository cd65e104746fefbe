"""Which options no other option beats: the Pareto frontier over any criteria, and how surely an option lies on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender.decision.costing import Estimates
from recommender.decision.decide import Decision
from recommender.decision.estimation import Array
from recommender.decision.robustness import Draws
from recommender.domain.columns import Floats, Ints, Mask
from recommender.domain.situation import Situation

TRADED = ("quality", "cost", "latency")  # what a team trades against each other
DIGITS = 4
MORE_IS_BETTER = frozenset(("quality",))
UNITS = {
    "quality": "points of 100",
    "cost": "USD in the first year, people included",
    "invoices": "USD of invoices in the first year",
    "latency": "ms for 95 of 100 answers",
    "effort": "days of work in the first year",
    "risk": "risk, from 0 to 1",
    "carbon": "gCO2e per 1,000 requests",
}
UNITS_OF_WORK_DONE_ONCE = {
    "cost": "USD in all, people included",
    "invoices": "USD of invoices in all",
    "effort": "days of work in all",
}


def unit_of(name: str, situation: Situation) -> str:
    """A criterion's unit: work that is done once has no first year."""
    once = UNITS_OF_WORK_DONE_ONCE if situation.mode == "one_off" else {}
    return once.get(name, UNITS[name])


def on_frontier(gains: Floats, asked: Ints) -> Mask:
    """Whether no other option equals or beats an option in everything and beats it in something.

    Args:
        gains: one row per option, one column per criterion (and, behind it, one per draw); more is better, -inf is unknown,
            so what is unknown never pushes anything off the frontier.
        asked: places of the options asked about.

    Returns: one value per option asked about (and draw).

    References:
        [1] Ehrgott, "Multicriteria Optimization", 2nd ed., Springer 2005, definition 2.1 (efficient solutions).
    """
    found = [(gains >= gains[row]).all(axis=1) & (gains > gains[row]).any(axis=1) for row in asked]
    shape = (len(asked), *gains.shape[2:])
    return ~np.array([beaten.any(axis=0) for beaten in found], bool).reshape(shape)


def frontier(decision: Decision, ranks: Ints, criteria: Sequence[str] = TRADED) -> Mask:
    """Whether options lie on the frontier of all that compete, at the middle of every assumption; no last resort does.

    Args:
        ranks: places in the decision's order, from 0.
        criteria: two or more of the keys of UNITS.
    """
    competing = decision.competing
    gains = np.stack([_gain(as_told(measured(decision, name)[competing]), name) for name in criteria], axis=1)
    lies_on = np.zeros(len(ranks), bool)
    lies_on[ranks < len(competing)] = on_frontier(gains, ranks[ranks < len(competing)])
    return lies_on


def as_told(values: Array) -> Floats:
    """Four significant digits, as people read them: what reads alike is alike, so a cent pushes nothing off the frontier."""
    size = np.abs(np.where(np.isfinite(values) & (values != 0), values, 1.0))
    exponent = np.floor(np.log10(size)) - (DIGITS - 1)
    unit = 10.0 ** np.abs(exponent)
    return np.asarray(np.where(exponent > 0, np.round(values / unit) * unit, np.round(values * unit) / unit))


def frontier_shares(decision: Decision, draws: Draws, rows: Sequence[int], criteria: Sequence[str] = TRADED) -> Array:
    """Share of draws in which each option lies on the frontier of those drawn; NaN where it was not drawn. [share]"""
    columns = [_gain(measured_in(decision, draws, name)[: draws.counted], name) for name in criteria]
    places = [draws.place_of(row) for row in rows]
    known = np.array([place for place in places if place is not None and place < draws.counted], np.int64)
    shares = dict(zip(known.tolist(), on_frontier(np.stack(columns, axis=1), known).mean(axis=1).tolist(), strict=True))
    return np.array([shares.get(-1 if place is None else place, np.nan) for place in places], float)


def measured(decision: Decision, name: str) -> Array:
    """A criterion's measure for every candidate, in its unit."""
    return decision.risk if name == "risk" else _measure(decision.estimates, decision.quality.mid, name)


def measured_in(decision: Decision, draws: Draws, name: str) -> Array:
    """The same in every draw; the risk is judged, not drawn."""
    found = decision.risk[draws.rows][:, None] if name == "risk" else _measure(draws.estimates, draws.quality.mid, name)
    return np.broadcast_to(found, draws.totals.shape)


def _measure(estimates: Estimates, quality: Array, name: str) -> Array:
    if name == "effort":
        return estimates.days_in_first_year
    columns = {
        "quality": quality,
        "cost": estimates.first_year_cost_usd,
        "invoices": estimates.first_year_invoices_usd,
        "latency": estimates.latency_p95_ms,
        "carbon": estimates.gco2e_per_1k_requests,
    }
    return columns[name]


def _gain(values: Array, name: str) -> Floats:
    gain = values if name in MORE_IS_BETTER else -values
    return np.where(np.isnan(gain), -np.inf, gain)
