"""How well the order holds: the best hundred again, at seeded draws of every assumption, quality and weight.

Shared assumptions move together, because every candidate of a draw sees the same ones. Draws inform; they never reorder.
"""

from __future__ import annotations

import zlib

import numpy as np

from recommender.decision.appraisal import anchors_of, values_of
from recommender.decision.costing import Estimates, estimates_of
from recommender.decision.criteria import CRITERIA
from recommender.decision.decide import Decision
from recommender.decision.estimation import Array, rows_of
from recommender.decision.model_quality import Quality, model_quality
from recommender.decision.quality import quality_of
from recommender.decision.risk import risk_of
from recommender.decision.situations import Ledger, situation_of
from recommender.domain.columns import Ints
from recommender.domain.method import Assumption
from recommender.domain.parameters import ServingParameters
from recommender.domain.record import record
from recommender.domain.situation import Quantity

BEST = 100
Z80 = 1.2816  # a normal's distance from its middle to its 90th percentile
MOST_Z = 2.0
WEIGHT_SPREAD = 0.25  # of the logarithm: a weight is uncertain by about a quarter


@record
class Draws:
    """The best rows at every draw. `totals` has shape (rows, draws); `rows` are places among the decision's candidates."""

    rows: Ints
    totals: Array
    estimates: Estimates
    quality: Quality
    wins: Array

    def place_of(self, row: int) -> int | None:
        """Where a candidate stands among the rows drawn."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None

    def interval(self, name: str, row: int) -> tuple[float, float] | None:
        """80 % interval of an estimate."""
        place = self.place_of(row)
        return None if place is None else spread_of(np.atleast_1d(getattr(self.estimates, name)[place]))


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


def drawn(decision: Decision, rows: Ints, draws: int, seed: int) -> Draws:
    """Rows evaluated at draws; with none asked for, at the two ends of every assumption."""
    normal = _Normals(draws, seed)
    if not len(rows):
        return Draws(rows, np.zeros((0, max(draws, 2))), decision.estimates, decision.quality, np.zeros(0))
    assumptions = {name: normal.assumption(name, one) for name, one in decision.columns.assumptions.items()}
    ledger = Ledger(lambda name, values: normal.spread(name, values.low, values.mid, values.high))
    situation = situation_of(decision.requirements, decision.columns, assumptions, ledger)
    candidates = decision.candidates.only(rows)
    drawn_rows = rows_of(decision.columns, decision.deployments, candidates, situation, has_draws=True)
    estimates = estimates_of(drawn_rows, ServingParameters(), model_quality(decision.columns, situation.task))
    quality = _moved(quality_of(drawn_rows), decision, candidates.model, normal)
    values = values_of(estimates, quality, risk_of(drawn_rows, quality.grades), anchors_of(situation, decision.preferences))
    weights = normal.weights(decision.preferences.weights)
    totals = np.asarray(sum(values[name] * weights[name] for name in CRITERIA), float)
    wins = np.bincount(np.argmax(totals, axis=0), minlength=len(rows)) / totals.shape[1]
    return Draws(rows, totals, estimates, quality, wins)


def _moved(quality: Quality, decision: Decision, models: Ints, normal: _Normals) -> Quality:
    """Quality moved within its interval; the same model moves alike in every strategy."""
    unique, back = np.unique(models, return_inverse=True)
    moves = np.stack([normal.standard("model " + decision.columns.models.ids[model]) for model in unique])[back]
    half = (quality.high - quality.low) / 2.0
    return Quality(quality.low, np.clip(quality.mid + moves / Z80 * half, 0, 100), quality.high, quality.grades)


class _Normals:
    """Standard normals by name, so that adding one assumption leaves all others as they were."""

    def __init__(self, draws: int, seed: int) -> None:
        self.draws = draws
        self.seed = seed

    def standard(self, name: str) -> Array:
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
