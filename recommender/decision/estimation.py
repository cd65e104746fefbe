"""Demand and deployments into estimates: money, time, memory, effort, risk, carbon for every candidate at once."""

from __future__ import annotations

from dataclasses import field, fields

import numpy as np
from numpy.typing import NDArray

from recommender.decision.alike import first_of_each
from recommender.decision.candidates import Candidates
from recommender.decision.deployments import Deployments
from recommender.decision.lookups import are_of, looked_up
from recommender.decision.machines import DEVICE, OWN_CLOUD, OWN_SITE, VENDOR
from recommender.domain.columns import Columns, Ints
from recommender.domain.demand import Demand
from recommender.domain.record import record
from recommender.domain.situation import Quantity, Situation
from recommender.domain.words import LANGUAGE_MODELS
from recommender.techniques.table import total_demand

Array = NDArray[np.float64]
DEMAND_FIELDS = tuple(one.name for one in fields(Demand))


@record
class Line:
    """One line of every candidate's bill. [USD]"""

    label: str
    usd: Array
    when: str
    kind: str


@record
class Saved:
    """What vendors' free amounts save: of which candidates, each month for good [USD per month], and in all in the first months
    [USD]."""

    rows: Ints
    monthly_usd: Array
    at_first_usd: Array

    def of(self, row: int) -> tuple[float, float]:
        """What one candidate saves each month, and at first."""
        place = int(np.searchsorted(self.rows, row))
        if place == len(self.rows) or self.rows[place] != row:
            return 0.0, 0.0
        return float(self.monthly_usd[place]), float(self.at_first_usd[place])

    def off(self, totals: Array) -> Array:
        """Totals without what is free at first. [USD]"""
        totals[self.rows] -= self.at_first_usd
        return totals


@record
class Running:
    """What running the answer-giving model takes: money a month, what is free for good taken off; time, machines. One value per
    candidate (and draw)."""

    monthly_usd: Array
    label: str
    latency_ms: Array
    first_token_ms: Array
    latency_p95_ms: Array
    first_token_p95_ms: Array
    replicas: Array
    beside: Array
    memory_gb: Array
    fits: Array
    free: Saved
    bought_usd: Array
    power_usd: Array
    full_power_seconds: Array
    busy_seconds: Array


@record
class Rows:
    """The candidates with what formulas read of them, shaped to broadcast over draws."""

    columns: Columns
    deployments: Deployments
    candidates: Candidates
    situation: Situation
    has_draws: bool
    demand: Demand = field(default_factory=Demand)

    def wide(self, values: NDArray[np.generic]) -> Array:
        """A value per candidate, with an axis for draws where there are draws."""
        found = np.asarray(values, float)
        return found[:, None] if self.has_draws else found

    def of_model(self, values: NDArray[np.generic]) -> Array:
        """A model's fact per candidate."""
        return self.wide(values[self.candidates.model])

    def of_deployment(self, values: NDArray[np.generic]) -> Array:
        """A deployment's fact per candidate."""
        return self.wide(values[self.candidates.deployment])

    def of_offer(self, values: NDArray[np.generic]) -> Array:
        """An offer's fact per candidate; NaN on own machines."""
        return self.wide(looked_up(values, self.candidates.offer, np.nan))

    def of_hardware(self, values: NDArray[np.generic]) -> Array:
        """An accelerator's fact per candidate; NaN at a vendor."""
        place = self.deployments.hardware[self.candidates.deployment]
        return self.wide(looked_up(values, place, np.nan))

    def only(self, places: Ints) -> Rows:
        """Some of the candidates."""
        demand = {name: np.asarray(getattr(self.demand, name))[places] for name in DEMAND_FIELDS}
        chosen = self.candidates.only(places)
        return Rows(self.columns, self.deployments, chosen, self.situation, self.has_draws, Demand(**demand))

    def without_demand(self, places: Ints) -> Rows:
        """Some of the candidates, for formulas that read no demand."""
        return Rows(self.columns, self.deployments, self.candidates.only(places), self.situation, self.has_draws)

    def is_type(self, *kinds: str) -> NDArray[np.bool_]:
        """Whether each candidate's model is of one of some types."""
        found = are_of(self.columns.models.types, *kinds)[self.candidates.model]
        return np.asarray(found[:, None] if self.has_draws else found, bool)

    def at(self, place: int) -> NDArray[np.bool_]:
        """Whether each candidate runs at a place."""
        found = self.candidates.place == place
        return np.asarray(found[:, None] if self.has_draws else found, bool)

    @property
    def is_llm(self) -> NDArray[np.bool_]:
        """Whether the model writes text token by token."""
        return self.is_type(*LANGUAGE_MODELS)


def rows_of(
    columns: Columns,
    deployments: Deployments,
    candidates: Candidates,
    situation: Situation,
    *,
    has_draws: bool,
    asked: tuple[str, ...] = DEMAND_FIELDS,
) -> Rows:
    """Candidates with the demand of their strategies, or with the parts of it that are asked for."""
    first, place = first_of_each(candidates.strategy)
    met = candidates.strategy[first].tolist()
    demands = [total_demand(columns.strategies[strategy].techniques, situation) for strategy in met] or [Demand()]
    stacked = {name: _table([getattr(demand, name) for demand in demands], has_draws)[place] for name in asked}
    return Rows(columns, deployments, candidates, situation, has_draws, Demand(**stacked))


def _table(values: list[Quantity], has_draws: bool) -> Array:
    """A demand per strategy met, one column per draw where it was drawn."""
    if not has_draws:
        return np.asarray(values, float)
    table = np.empty((len(values), max(np.size(value) for value in values)))
    for row, value in zip(table, values, strict=True):
        row[:] = value
    return table


__all__ = ["DEVICE", "OWN_CLOUD", "OWN_SITE", "VENDOR", "Array", "Line", "Rows", "Running", "Saved", "rows_of"]
