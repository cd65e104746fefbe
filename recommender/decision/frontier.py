"""Which options no other option beats: the Pareto frontier over any criteria, and how surely an option lies on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.robustness import Draws
from recommender.domain.columns import Floats, Ints, Mask

TRADED = ("quality", "first_year_cost_usd", "latency_p95_ms")  # what a team trades against each other
MORE_IS_BETTER = frozenset(("quality",))


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
    """
    competing = decision.competing
    gains = np.stack([_gain(decision, name)[competing] for name in criteria], axis=1)
    lies_on = np.zeros(len(ranks), bool)
    lies_on[ranks < len(competing)] = on_frontier(gains, ranks[ranks < len(competing)])
    return lies_on


def frontier_share(draws: Draws, row: int, criteria: Sequence[str] = TRADED) -> float | None:
    """Share of draws in which an option lies on the frontier of those drawn; None where it was not drawn. [share]"""
    place = draws.place_of(row)
    if place is None:
        return None
    columns = [np.broadcast_to(_gain(draws, name), draws.totals.shape) for name in criteria]
    return float(on_frontier(np.stack(columns, axis=1), np.array([place])).mean())


def _gain(evaluated: Decision | Draws, name: str) -> Floats:
    values = evaluated.quality.mid if name == "quality" else getattr(evaluated.estimates, name)
    gain = values if name in MORE_IS_BETTER else -values
    return np.where(np.isnan(gain), -np.inf, gain)
