"""Estimates into scores: anchored value functions, weighted and added up."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from recommender.decision.costing import Estimates
from recommender.decision.criteria import (
    CRITERIA,
    Anchors,
    carbon_value,
    cost_value,
    effort_value,
    latency_value,
    normalised,
    quality_value,
    quality_zero,
    risk_value,
    weights_of,
)
from recommender.decision.estimation import Array
from recommender.decision.model_quality import Quality
from recommender.decision.usual_waits import SIZES_THAT_COST, latency_anchors, times_the_usual
from recommender.domain.method import Profile
from recommender.domain.record import record
from recommender.domain.requirements import BenchmarkBar
from recommender.domain.situation import Situation

PEOPLE_ALLOWANCE_DAYS = (4.0, 120.0)  # days of people's work inside the cost anchors
LEAST_OF_ALLOWANCE = 0.25  # of the larger of the two, where hardly any requests come: work that is seldom used pays less
ONCE_DAYS = 25.0  # invoices at the start that everybody minds, in day rates, where no budget for them is larger
FLOOR_OF_ONCE = 0.08  # of them, what nobody minds
LEAST_DAY_RATE_USD = 1e-6  # people who cost nothing must not divide by zero
QUALITY_BEYOND = 0.02  # of the slope, where no bar was set: of two that are good enough and cost the same, the better one
QUALITY_PAST_THE_BAR = (
    0.002  # where one was: worth less than a hundredth of the cost, but no worse one stands first by its name
)
FLOOR_OF_BUDGET = 0.005  # of a year's invoices with a monthly budget, what nobody minds; far below it, or a wide budget would count money for nothing


@record
class Preferences:
    """Weights that sum to one, and whether quality aspires to the bar or to the best."""

    weights: dict[str, float]
    aspires_to: str
    name: str


def preferences_of(situation: Situation, profiles: Mapping[str, Profile]) -> Preferences:
    """The team's own weights, a named profile, or the balanced one."""
    given = situation.requirements.preferences
    if isinstance(given, dict):
        return Preferences(normalised({str(name): weight for name, weight in given.items()}), "bar", "own weights")
    name = given or "balanced"
    return Preferences(weights_of(profiles[name]), profiles[name].aspires_to, name)


def anchors_of(situation: Situation, preferences: Preferences) -> Anchors:
    """Where value functions begin and end: at stated limits, else at the task's own anchors."""
    levels, usual = situation.spec.levels, situation.spec.anchors
    bar = situation.requirements.quality.bar
    stated = None if bar is None or isinstance(bar, BenchmarkBar) else bar
    aspiration = levels.best if preferences.aspires_to == "best" else getattr(levels, stated or "best")
    latency = latency_anchors(situation)
    larger = max(times_the_usual(situation, SIZES_THAT_COST), 1.0)
    people, invoices = _cost_anchors(situation, (usual.cost_usd_per_1k[0] * larger, usual.cost_usd_per_1k[1] * larger))
    return Anchors(
        quality_zero=min(quality_zero(levels), aspiration - levels.noise_floor / 2.0 - 5.0),
        quality_aspiration=aspiration,
        quality_noise=levels.noise_floor,
        quality_beyond=QUALITY_BEYOND if stated is None else QUALITY_PAST_THE_BAR,
        cost_floor=people[0] + invoices[0],
        cost_limit=people[1] + invoices[1],
        invoice_floor=invoices[0],
        invoice_limit=invoices[1],
        latency_aspiration=latency[0],
        latency_limit=latency[1],
    )


def _cost_anchors(situation: Situation, per_1k: tuple[float, float]) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Floor and limit of people's work and of invoices over the first year. [USD]

    The fewer requests come than is usual at the task, the less of people's work pays. Invoices have two halves, what comes each month
    and what comes once: what is stated of one says nothing of the other. A budget for the start never makes what keeps it look dearer.
    With a monthly budget the task's own prices play no part, so that scaling all prices and the budget together changes nothing.
    """
    rate, months = np.maximum(np.asarray(situation.day_rate_usd, float), LEAST_DAY_RATE_USD), situation.months_per_year
    low_days, high_days = PEOPLE_ALLOWANCE_DAYS
    volume = np.asarray(situation.requests_per_month, float) / 1000.0 * months
    budget = situation.requirements.budget
    once = np.maximum(budget.one_time_usd or 0.0, rate * ONCE_DAYS)
    if budget.monthly_usd is None:
        floor, limit = volume * per_1k[0] + once * FLOOR_OF_ONCE, volume * per_1k[1] + once
    else:
        limit = budget.monthly_usd * months + once + 0.0 * volume
        floor = limit * FLOOR_OF_BUDGET
    fewer = np.asarray(situation.requests_per_month, float) / situation.spec.workload.requests_per_month.mid
    pays = np.clip(np.sqrt(fewer), LEAST_OF_ALLOWANCE, 1.0)
    return (low_days * rate, high_days * pays * rate), (floor, limit)


def values_of(estimates: Estimates, quality: Quality, risk: Array, anchors: Anchors) -> dict[str, Array]:
    """Each criterion's value for every candidate (and draw)."""
    wide = np.broadcast_to(risk if risk.ndim == quality.mid.ndim else risk[:, None], quality.mid.shape)
    return {
        "quality": quality_value(quality.mid, anchors),
        "cost": cost_value(estimates.first_year_cost_usd, estimates.first_year_invoices_usd, anchors),
        "latency": latency_value(estimates.latency_p95_ms, anchors),
        "effort": effort_value(estimates.days_in_first_year, anchors),
        "risk": risk_value(wide),
        "carbon": carbon_value(estimates.gco2e_per_1k_requests, anchors),
    }


def parts_of_score(values: Mapping[str, Array], weights: Mapping[str, float]) -> dict[str, Array]:
    """Contributions that add up to the score."""
    return {name: values[name] * weights[name] for name in CRITERIA}
