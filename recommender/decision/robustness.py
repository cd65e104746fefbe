"""How well the order holds: the best hundred again, at seeded draws of every assumption, quality and weight.

Shared assumptions move together, because every candidate of a draw sees the same ones. Draws inform; they never reorder.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import field, fields, replace
from functools import cached_property, lru_cache

import numpy as np

from recommender.decision.appraisal import anchors_of, values_of
from recommender.decision.candidates import Candidates
from recommender.decision.costing import Estimates, estimates_of
from recommender.decision.criteria import CRITERIA, UNKNOWN_VALUE
from recommender.decision.decide import Decision
from recommender.decision.defaults import Ledger
from recommender.decision.estimation import Array, Rows, rows_of
from recommender.decision.model_quality import Quality
from recommender.decision.quality import AS_IT_IS, quality_of
from recommender.decision.risk import risk_of
from recommender.decision.situations import situation_of
from recommender.domain.columns import Ints
from recommender.domain.method import Assumption
from recommender.domain.record import record
from recommender.domain.situation import Quantity

BEST = 100
MOST_NORMALS = 4096
ESTIMATED = tuple(one.name for one in fields(Estimates) if one.name not in ("lines", "parts", "index", "running"))
Z80 = 1.2816  # a normal's distance from its middle to its 90th percentile
MOST_Z = 2.0
LOGISTIC_OF_NORMAL = 1.702  # times a normal's deviate, a logistic curve follows its distribution within a hundredth
LEAST_DRAWS_TO_TELL = 20  # fewer say nothing of what moves a lead
NO_SPREAD = 1e-12
LEAST_USD = 0.01  # a month, below which bills are alike
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
    kept: dict[int, dict[str, tuple[float, float]]] = field(default_factory=dict)

    @cached_property
    def _places(self) -> dict[int, int]:
        rows: list[int] = self.rows.tolist()
        return {row: place for place, row in reversed(tuple(enumerate(rows)))}

    def place_of(self, row: int) -> int | None:
        """Where a candidate stands among the rows drawn."""
        return self._places.get(row)

    def interval(self, name: str, row: int) -> tuple[float, float] | None:
        """80 % interval of an estimate, or of a line of the bill by its label; None where it is not known."""
        place = self.place_of(row)
        if place is None:
            return None
        if place not in self.kept:
            self.kept[place] = self._intervals(place)
        return self.kept[place].get(name)

    def _intervals(self, place: int) -> dict[str, tuple[float, float]]:
        """Every interval of a row at once: one sort of a table costs little more than one of a line."""
        columns = {name: getattr(self.estimates, name) for name in ESTIMATED}
        columns |= {line.label: line.usd for line in reversed(self.estimates.lines)}
        table = np.empty((len(columns), self.totals.shape[1]))
        for line, values in zip(table, columns.values(), strict=True):
            line[:] = values[place]
        low, high = spreads_of(table)
        bounds = zip(columns, low.tolist(), high.tolist(), strict=True)
        return {name: (below, above) for name, below, above in bounds if below == below}

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
        return self._moved_most(np.zeros(1) if first is None or second is None else self.totals[first] - self.totals[second])

    def what_moves_the_bill(self, row: int) -> tuple[str, float] | None:
        """What is uncertain and moves an option's monthly invoices most, in proportion; None where nothing does. Where a draw tells none,
        they count as the highest that any tells."""
        place = self.place_of(row)
        usd = np.zeros(1) if place is None else self.estimates.monthly_cost_usd[place]
        if np.isnan(usd).all():
            return None
        return self._moved_most(np.log(np.maximum(np.where(np.isnan(usd), np.nanmax(usd), usd), LEAST_USD)))

    def _moved_most(self, values: Array) -> tuple[str, float] | None:
        """What moves a number that each draw has most, with its correlation."""
        if len(values) < LEAST_DRAWS_TO_TELL or float(values.std()) < NO_SPREAD:
            return None
        names, table = self._standardised
        values = values - values.mean()
        found = table @ values / np.maximum(np.linalg.norm(values), NO_SPREAD)
        most = int(np.argmax(np.abs(found)))
        return names[most], float(found[most])

    @cached_property
    def _standardised(self) -> tuple[list[str], Array]:
        """Everything uncertain by name, each about nothing and of length one."""
        names = sorted(self.moved)
        table = np.stack([self.moved[name] for name in names])
        table = table - table.mean(axis=1, keepdims=True)
        return names, table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), NO_SPREAD)


def spreads_of(values: Array) -> tuple[Array, Array]:
    """80 % interval of each row over the draws in which it is known; NaN where it never is.

    With two draws, which are the ends, those are the interval. `numpy.nanquantile` costs ten times as much.
    """
    ordered = np.sort(values, axis=1)  # unknown comes last
    last = np.maximum((~np.isnan(ordered)).sum(axis=1) - 1, 0)
    share = np.where(last < 2, 0.0, 0.1)
    return _between(ordered, share * last, last), _between(ordered, (1.0 - share) * last, last)


def _between(ordered: Array, place: Array, last: Ints) -> Array:
    """Between the two nearest ordered values of each row, in proportion."""
    rows = np.arange(len(ordered))
    below = place.astype(np.int64)
    first, second = ordered[rows, below], ordered[rows, np.minimum(below + 1, last)]
    return np.asarray(first + (second - first) * (place - below))


def drawn(decision: Decision, rows: Ints, draws: int, seed: int, counted: int | None = None) -> Draws:
    """Rows evaluated at draws; with none asked for, at the two ends of every assumption.

    Args:
        counted: how many of the rows compete for the first place; None for all. The rest are only given their intervals.
    """
    normal = _Normals(draws, seed)
    if not len(rows):
        return Draws(rows, np.zeros((0, max(draws, 2))), decision.estimates, decision.quality, np.zeros(0), {}, 0)
    assumptions = normal.assumptions(decision.columns.assumptions)
    ledger = Ledger(lambda name, values: normal.spread(name, values.low, values.mid, values.high))
    situation = situation_of(decision.requirements, decision.columns, assumptions, ledger)
    situation = replace(situation, parts=decision.situation.parts, spec=decision.situation.spec)
    candidates = decision.candidates.only(rows)
    drawn_rows = rows_of(decision.columns, decision.deployments, candidates, situation, has_draws=True)
    estimates = estimates_of(drawn_rows)
    quality, totals = _scored(decision, drawn_rows, estimates, normal) if draws else _as_it_stands(decision, rows)
    wins = np.zeros(len(rows))
    competing = len(rows) if counted is None else counted
    wins[:competing] = first_places(totals[:competing]) if competing else 0.0
    return Draws(rows, totals, estimates, quality, wins, normal.seen, competing)


def _scored(decision: Decision, rows: Rows, estimates: Estimates, normal: _Normals) -> tuple[Quality, Array]:
    """Quality and score of every row in every draw."""
    quality = _moved(quality_of(rows), decision, rows.candidates, normal)
    anchors = anchors_of(rows.situation, decision.preferences)
    values = values_of(estimates, quality, risk_of(rows, quality.grades, estimates), anchors)
    values["quality"] = _guessed(values["quality"], quality, decision, rows.candidates, normal)
    weights = normal.weights(decision.preferences.weights)
    return quality, np.asarray(sum(values[name] * weights[name] for name in CRITERIA), float)


def _guessed(value: Array, quality: Quality, decision: Decision, candidates: Candidates, normal: _Normals) -> Array:
    """Values of quality, where it is not known spread evenly between the limit and as far below: between two unknown ones nobody
    can tell the better."""
    unknown = np.flatnonzero(np.isnan(quality.mid).all(axis=1))
    if not len(unknown):
        return value
    names = decision.columns.models.ids
    moves = _per(candidates.model[unknown], lambda model: normal.standard("quality of " + names[model]))
    found = value.copy()
    found[unknown] = 2.0 * UNKNOWN_VALUE / (1.0 + np.exp(LOGISTIC_OF_NORMAL * moves))
    return found


def _as_it_stands(decision: Decision, rows: Ints) -> tuple[Quality, Array]:
    """Without draws nobody competes: the score as it was decided, and the two ends of quality beside those of the assumptions."""
    whole = decision.quality
    ends = np.stack([whole.low[rows], whole.high[rows]], axis=1)
    quality = Quality(whole.low[rows][:, None], ends, whole.high[rows][:, None], whole.grades[rows])
    return quality, np.repeat(decision.total[rows][:, None], 2, axis=1)


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


@lru_cache(maxsize=MOST_NORMALS)
def _standard(name: str, draws: int, seed: int) -> Array:
    """Standard normals that depend on nothing but these three; kept, because the next answer wants the same ones."""
    if draws == 0:
        return np.array([-Z80, Z80])
    generator = np.random.default_rng([seed, zlib.crc32(name.encode())])
    found = np.clip(generator.standard_normal(draws), -MOST_Z, MOST_Z)
    found.setflags(write=False)
    return found


def _spread(normal: Array, low: Quantity, mid: Quantity, high: Quantity) -> Array:
    """Normals stretched to three points, and never below half of the least."""
    z = normal / Z80
    return np.maximum(mid + np.where(z > 0, high - mid, mid - low) * z, np.minimum(low, mid) * 0.5)


class _Normals:
    """Standard normals by name, so that adding one assumption leaves all others as they were."""

    def __init__(self, draws: int, seed: int) -> None:
        self.draws = draws
        self.seed = seed
        self.seen: dict[str, Array] = {}

    def standard(self, name: str) -> Array:
        if name not in self.seen:
            self.seen[name] = _standard(name, self.draws, self.seed)
        return self.seen[name]

    def spread(self, name: str, low: float, mid: float, high: float) -> Quantity:
        """Draws of one value from its three points."""
        return _spread(self.standard(name), low, mid, high)

    def assumptions(self, given: Mapping[str, Assumption]) -> dict[str, Quantity]:
        """Draws of every assumption."""
        if not given:
            return {}
        points = np.array([[one.low, one.mid, one.high] for one in given.values()]).T[:, :, None]
        return dict(zip(given, _spread(np.stack([self.standard(name) for name in given]), *points), strict=True))

    def weights(self, weights: dict[str, float]) -> dict[str, Array]:
        if self.draws == 0:
            return {name: np.full(2, weight) for name, weight in weights.items()}
        moved = {name: weight * np.exp(WEIGHT_SPREAD * self.standard("weight " + name)) for name, weight in weights.items()}
        total = sum(moved.values())
        return {name: value / total for name, value in moved.items()}
