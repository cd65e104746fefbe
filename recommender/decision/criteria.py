"""Criteria and their value functions: anchored on the wish, never on the other candidates.

A value is 1 at the aspiration and 0 at the limit. Beyond the aspiration it goes on with a small share of the slope, so that better is
always better, but being far better than needed earns little; money, waiting and bad quality go on past their limit as they hurt.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from recommender.domain.columns import Floats
from recommender.domain.method import Levels, Profile
from recommender.domain.record import record
from recommender.domain.situation import Quantity

CRITERIA: tuple[str, ...] = ("quality", "cost", "latency", "effort", "risk", "carbon")
BEYOND = 0.1  # slope outside the anchors, as a share of the slope inside
UNKNOWN_VALUE = -0.5  # unknown is worse than the limit, never best
LEAST_COUNTED = 0.1  # of what nobody minds, below which saving earns nothing
WORST_QUALITY = -1.0  # from where on worse quality hurts less
BELOW_THE_WORST = 0.3  # of the slope: of two that are both far too bad, the better one still leads
WORST_COST = -2.0  # where money stops getting worse; what an unknown cost counts as


@record
class Anchors:
    """Where each value function begins and ends for the case at hand.

    quality [points], cost [USD over the first year], latency [ms], effort [days over the first year], carbon [gCO2e/1k].
    """

    quality_zero: float
    quality_aspiration: float
    quality_noise: float
    quality_beyond: float
    cost_floor: Quantity
    cost_limit: Quantity
    invoice_floor: Quantity
    invoice_limit: Quantity
    latency_aspiration: float
    latency_limit: float
    effort_floor: float = 3.0
    effort_limit: float = 250.0
    carbon_floor: float = 0.1
    carbon_limit: float = 1000.0


def _extended(value: Floats) -> Floats:
    """Inside 0 to 1 as it is; outside with a tenth of the slope."""
    inside = np.minimum(np.maximum(value, 0.0), 1.0)
    return np.asarray(inside + (value - inside) * BEYOND)


def _known(value: Floats, quantity: Floats) -> Floats:
    return np.where(np.isnan(quantity), UNKNOWN_VALUE, value)


def quality_value(points: Floats, anchors: Anchors) -> Floats:
    """Linear in log-odds up to the aspiration, which is reached half a noise floor below it; beyond with a share of the slope. [1]

    Log-odds, because from 86 to 91 points a third of the errors go, from 56 to 61 a ninth. Below its zero it goes on with its full
    slope: what is known to be bad is worse than what nobody has measured.
    """
    least, most = _quality_ends(anchors)
    value = (_log_odds(points) - least) / (most - least)
    above = np.maximum(value - 1.0, 0.0) * anchors.quality_beyond
    below = np.minimum(value - WORST_QUALITY, 0.0) * BELOW_THE_WORST
    return _known(np.clip(value, WORST_QUALITY, 1.0) + above + below, points)


def points_worth(value: float, anchors: Anchors) -> float:
    """The quality that has a value between 0 and 1: the inverse of `quality_value`. [points]"""
    least, most = _quality_ends(anchors)
    return float(100.0 / (1.0 + np.exp(-(least + value * (most - least)))))


def _quality_ends(anchors: Anchors) -> tuple[Floats, Floats]:
    """Log-odds of a value of 0 and of 1: a score that tests could not tell from the aspiration has reached it. [1]"""
    return _log_odds(anchors.quality_zero), _log_odds(anchors.quality_aspiration - anchors.quality_noise / 2.0)


def _log_odds(points: Quantity) -> Floats:
    """Log-odds of a quality, which never quite reaches 0 or 100. [1]"""
    share = np.clip(np.asarray(points, float), 1.0, 99.0) / 100.0
    return np.asarray(np.log(share / (1.0 - share)), float)


def cost_value(usd: Floats, invoices_usd: Floats, anchors: Anchors) -> Floats:
    """Log-linear between the floor and the limit; half for the first year with people, half for its invoices alone. [1]

    People's days would otherwise hide every difference between invoices, and invoices alone would make building look free.
    """
    whole = _log_linear(usd, anchors.cost_floor, anchors.cost_limit)
    invoices = _log_linear(invoices_usd, anchors.invoice_floor, anchors.invoice_limit)
    return np.where(np.isnan(usd), WORST_COST, (whole + invoices) / 2.0)


def _log_linear(amount: Floats, floor: Quantity, limit: Quantity) -> Floats:
    """Money goes on with its full slope past the limit: each doubling hurts as much as the one before."""
    least = np.asarray(floor) * LEAST_COUNTED
    value = np.log(limit / np.maximum(amount, least)) / np.log(np.asarray(limit) / floor)
    return np.maximum(np.where(value < 0.0, value, _extended(value)), WORST_COST)


def latency_value(milliseconds: Floats, anchors: Anchors) -> Floats:
    """Linear between the aspiration and the limit; past it, each doubling of the wait hurts as much as the one before. [1]"""
    value = (anchors.latency_limit - milliseconds) / (anchors.latency_limit - anchors.latency_aspiration)
    too_long = np.maximum(milliseconds / anchors.latency_limit, 1.0)
    past = -np.log(too_long) / np.log(anchors.latency_limit / anchors.latency_aspiration)
    return _known(np.where(value < 0.0, past, _extended(value)), milliseconds)


def effort_value(days: Floats, anchors: Anchors) -> Floats:
    """Log-linear in days of work over the first year. [1]"""
    span = np.log(anchors.effort_limit / anchors.effort_floor)
    return _known(_extended(np.log(anchors.effort_limit / np.maximum(days, 1e-9)) / span), days)


def risk_value(risk: Floats) -> Floats:
    """One minus the risk. [1]"""
    return _known(_extended(1.0 - risk), risk)


def carbon_value(grams: Floats, anchors: Anchors) -> Floats:
    """Log-linear in grams of CO2 equivalent per thousand requests. [1]"""
    span = np.log(anchors.carbon_limit / anchors.carbon_floor)
    return _known(_extended(np.log(anchors.carbon_limit / np.maximum(grams, 1e-9)) / span), grams)


def weights_of(profile: Profile) -> dict[str, float]:
    """A profile's weights, scaled to sum to one."""
    return normalised({name: getattr(profile, name) for name in CRITERIA})


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights scaled to sum to one, in the criteria's order."""
    total = sum(weights.values())
    return {name: weights.get(name, 0.0) / total for name in CRITERIA}


def quality_zero(levels: Levels) -> float:
    """As far below draft as high is above good: what is worse than that is all the same. [points]"""
    return max(0.0, levels.draft - 1.5 * (levels.good - levels.draft))
