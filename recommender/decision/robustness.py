"""How well the order holds: the best hundred again, at seeded draws of every assumption, quality and weight.

Shared assumptions move together, because every candidate of a draw sees the same ones. Draws inform; they never reorder.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np

from recommender.decision.appraisal import anchors_of, values_of
from recommender.decision.candidates import Candidates
from recommender.decision.costing import Estimates, estimates_of
from recommender.decision.criteria import CRITERIA
from recommender.decision.decide import Decision
from recommender.decision.estimation import Array, rows_of
from recommender.decision.model_quality import Quality, model_quality
from recommender.decision.quality import AS_IT_IS, quality_of
from recommender.decision.risk import risk_of
from recommender.decision.situations import Ledger, situation_of
from recommender.domain.columns import Ints
from recommender.domain.method import Assumption
from recommender.domain.record import record
from recommender.domain.situation import Quantity

BEST = 100
Z80 = 1.2816  # a normal's distance from its middle to its 90th percentile
MOST_Z = 2.0
LEAST_DRAWS_TO_TELL = 20  # fewer say nothing of what moves a lead
NO_SPREAD = 1e-12
WEIGHT_SPREAD = 0.25  # of the logarithm: a weight is uncertain by about a quarter


@record
class Draws:
    """The best rows at every draw. `totals` has shape (rows, draws); `rows` are places among the decision's candidates.

    The first `counted` rows compete for ranks; the rest only have intervals. `moved` holds the standard draws of everything
    uncertain by name, for asking afterwards which of them mattered.
    """

    rows: Ints
    totals: Array
    estimates: Estimates
    quality: Quality
    wins: Array
    moved: dict[str, Array]
    counted: int

    def place_of(self, row: int) -> int | None:
        """Where a candidate stands among the rows drawn."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None

    def interval(self, name: str, row: int) -> tuple[float, float] | None:
        """80 % interval of an estimate."""
        place = self.place_of(row)
        return None if place is None else spread_of(np.atleast_1d(getattr(self.estimates, name)[place]))

    def ranks(self, row: int) -> tuple[int, int] | None:
        """80 % interval of a candidate's rank among the rows drawn, from 1."""
        place = self.place_of(row)
        if place is None:
            return None
        found = np.sort(1 + (self.totals[: self.counted] > self.totals[place]).sum(axis=0))
        return int(found[int(0.1 * (len(found) - 1))]), int(found[int(np.ceil(0.9 * (len(found) - 1)))])

    def what_moves(self, row: int, rival: int) -> tuple[str, float] | None:
        """What is uncertain and moves the lead of one row over another most, with its correlation; None where nothing does."""
        first, second = self.place_of(row), self.place_of(rival)
        lead = np.zeros(1) if first is None or second is None else self.totals[first] - self.totals[second]
        if len(lead) < LEAST_DRAWS_TO_TELL or float(lead.std()) < NO_SPREAD:
            return None
        names = sorted(self.moved)
        table = np.stack([self.moved[name] for name in names])
        table = table - table.mean(axis=1, keepdims=True)
        lead = lead - lead.mean()
        found = table @ lead / np.maximum(np.linalg.norm(table, axis=1) * np.linalg.norm(lead), NO_SPREAD)
        most = int(np.argmax(np.abs(found)))
        return names[most], float(found[most])


def spread_of(values: Array) -> tuple[float, float] | None:
    """80 % interval over the draws in which the value is known; None where it never is."""
    known = np.sort(values[~np.isnan(values)])
    if not len(known):
        return None
    return (_quantile(known, 0.1), _quantile(known, 0.9)) if len(known) > 2 else (float(known[0]), float(known[-1]))


def _quantile(ordered: Array, share: float) -> float:
    """Between the two nearest ordered values, in proportion; `numpy.quantile` costs five times as much for a few hundred."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def drawn(decision: Decision, rows: Ints, draws: int, seed: int, counted: int | None = None) -> Draws:
    """Rows evaluated at draws; with none asked for, at the two ends of every assumption.

    Args:
        counted: how many of the rows compete for the first place; None for all. The rest are only given their intervals.
    """
    normal = _Normals(draws, seed)
    if not len(rows):
        return Draws(rows, np.zeros((0, max(draws, 2))), decision.estimates, decision.quality, np.zeros(0), {}, 0)
    assumptions = {name: normal.assumption(name, one) for name, one in decision.columns.assumptions.items()}
    ledger = Ledger(lambda name, values: normal.spread(name, values.low, values.mid, values.high))
    situation = situation_of(decision.requirements, decision.columns, assumptions, ledger)
    candidates = decision.candidates.only(rows)
    drawn_rows = rows_of(decision.columns, decision.deployments, candidates, situation, has_draws=True)
    estimates = estimates_of(drawn_rows, model_quality(decision.columns, situation.task))
    quality = _moved(quality_of(drawn_rows), decision, candidates, normal)
    values = values_of(estimates, quality, risk_of(drawn_rows, quality.grades), anchors_of(situation, decision.preferences))
    weights = normal.weights(decision.preferences.weights)
    totals = np.asarray(sum(values[name] * weights[name] for name in CRITERIA), float)
    wins = np.zeros(len(rows))
    competing = len(rows) if counted is None else counted
    wins[:competing] = first_places(totals[:competing]) if competing else 0.0
    return Draws(rows, totals, estimates, quality, wins, normal.seen, competing)


def first_places(totals: Array) -> Array:
    """Share of draws in which each option comes first; a tie goes to the earlier row.

    Args:
        totals: scores, one row per option, one column per draw.

    References:
        [1] R. Lahdelma and P. Salminen, "SMAA-2: Stochastic multicriteria acceptability analysis for group decision making",
            Operations Research 49(3), 2001, equation 6 (first rank acceptability). https://doi.org/10.1287/opre.49.3.444.11220
    """
    return np.asarray(np.bincount(np.argmax(totals, axis=0), minlength=len(totals)) / totals.shape[1], float)


def _moved(quality: Quality, decision: Decision, candidates: Candidates, normal: _Normals) -> Quality:
    """Quality moved within its interval, half by the model, alike in every strategy, and half by the strategy, alike for
    every model; a model used as it is moves by itself alone."""
    names = decision.columns.models.ids
    of_model = _per(candidates.model, lambda model: normal.standard("quality of " + names[model]))
    strategies = decision.columns.strategies
    of_strategy = _per(candidates.strategy, lambda place: normal.standard("gain of " + strategies[place].id))
    as_it_is = np.array([one.id in AS_IT_IS for one in strategies])[candidates.strategy][:, None]
    moves = np.where(as_it_is, of_model, (of_model + of_strategy) / np.sqrt(2.0))
    width = np.where(moves > 0, quality.high - quality.mid, quality.mid - quality.low)
    return Quality(quality.low, np.clip(quality.mid + moves / Z80 * width, 0, 100), quality.high, quality.grades)


def _per(places: Ints, draw: Callable[[int], Array]) -> Array:
    """One row of draws per candidate, the same for candidates with the same place."""
    unique, back = np.unique(places, return_inverse=True)
    return np.stack([draw(int(place)) for place in unique])[back]


class _Normals:
    """Standard normals by name, so that adding one assumption leaves all others as they were."""

    def __init__(self, draws: int, seed: int) -> None:
        self.draws = draws
        self.seed = seed
        self.seen: dict[str, Array] = {}

    def standard(self, name: str) -> Array:
        if name not in self.seen:
            self.seen[name] = self._drawn(name)
        return self.seen[name]

    def _drawn(self, name: str) -> Array:
        if self.draws == 0:
            return np.array([-Z80, Z80])
        generator = np.random.default_rng([self.seed, zlib.crc32(name.encode())])
        return np.clip(generator.standard_normal(self.draws), -MOST_Z, MOST_Z)

    def spread(self, name: str, low: float, mid: float, high: float) -> Quantity:
        z = self.standard(name) / Z80
        return np.maximum(np.where(z > 0, mid + (high - mid) * z, mid + (mid - low) * z), min(low, mid) * 0.5)

    def assumption(self, name: str, one: Assumption) -> Quantity:
        return self.spread(name, one.low, one.mid, one.high)

    def weights(self, weights: dict[str, float]) -> dict[str, Array]:
        if self.draws == 0:
            return {name: np.full(2, weight) for name, weight in weights.items()}
        moved = {name: weight * np.exp(WEIGHT_SPREAD * self.standard("weight " + name)) for name, weight in weights.items()}
        total = sum(moved.values())
        return {name: value / total for name, value in moved.items()}
