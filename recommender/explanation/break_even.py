"""The volume above which own machines cost less than paying a vendor per request: two straight lines, in closed form."""

from __future__ import annotations

import math

import numpy as np

from recommender.decision.costing import PER_REQUEST
from recommender.decision.decide import Decision
from recommender.decision.deployments import DEVICE, OWN_CLOUD, VENDOR
from recommender.domain.columns import Floats, Ints
from recommender.domain.record import record
from recommender.domain.units import MONTHS_PER_YEAR, SECONDS_PER_MONTH
from recommender.estimates.self_hosting_cost import break_even_requests, reachable_break_even

YEARS = 3.0  # that a bought machine's price is spread over, as in the three-year total


@record
class Crossing:
    """Where the lines cross [requests per month], the row on own machines, and the row that an option is held against."""

    requests_per_month: float
    own: int
    rival: int


def break_even_at(decision: Decision, row: int) -> Crossing | None:
    """An option against the cheapest fitting one of the other hosting; None where the lines do not cross, or only above what the
    same machines carry. Users' own devices have no bill to cross, and machines rented for the hours of work no fixed price."""
    order, place = decision.competing, decision.candidates.place
    if place[row] == DEVICE or not len(order) or not float(np.asarray(decision.situation.requests_per_month)) > 0:
        return None
    is_other = (place[order] == VENDOR) != (place[row] == VENDOR)
    others = order[is_other & (place[order] != DEVICE)]
    monthly = _monthly_usd(decision, others)
    mine = float(_monthly_usd(decision, np.array([row]))[0])
    if not (monthly > 0).any() or math.isnan(mine):
        return None
    cheapest = int(np.argmin(np.where(monthly > 0, monthly, np.inf)))
    rival, its = int(others[cheapest]), float(monthly[cheapest])
    hosted, own = (row, rival) if place[row] == VENDOR else (rival, row)
    if place[own] == OWN_CLOUD and decision.situation.is_offline:
        return None
    volume = _crossing(decision, hosted, *((its, mine) if hosted == row else (mine, its)))
    volume = float(reachable_break_even(volume, _most_requests(decision, own)))
    return Crossing(volume, own, rival) if volume > 0 else None


def _monthly_usd(decision: Decision, rows: Ints) -> Floats:
    """Invoices a month, the price of bought machines spread over their years. [USD per month]"""
    bought = decision.estimates.running.bought_usd[rows] / (YEARS * MONTHS_PER_YEAR)
    return np.asarray(decision.estimates.monthly_cost_usd[rows] + bought)


def _crossing(decision: Decision, hosted: int, own_usd: float, hosted_usd: float) -> float:
    """fixed + price * volume - free = own; NaN where the vendor asks nothing per request."""
    estimates, requests = decision.estimates, float(np.asarray(decision.situation.requests_per_month))
    roles = {part.role for part in estimates.parts}
    paid = sum(float(line.usd[hosted]) for line in estimates.lines if line.label in PER_REQUEST or line.label in roles)
    paid += estimates.running.free.of(hosted)[0]
    if not paid > 0:
        return math.nan
    return float(break_even_requests(own_usd - (hosted_usd - paid), paid / requests))


def _most_requests(decision: Decision, own: int) -> float:
    """What the machines carry in a month of the same ups and downs. [requests per month]"""
    running, situation = decision.estimates.running, decision.situation
    is_owned = bool(decision.deployments.is_owned[decision.candidates.deployment[own]])
    spare = 0.0 if is_owned or situation.is_offline else float(np.round(situation["spare_replicas"]))
    serving = max(1.0, float(running.replicas[own]) - spare)
    swing = float(np.asarray(situation.peak_requests_per_second / situation.mean_requests_per_second))
    seconds = SECONDS_PER_MONTH * float(np.asarray(situation["utilisation_limit"])) / max(swing, 1.0)
    busy = float(running.busy_seconds[own])
    return serving * seconds / busy if busy != 0.0 else math.inf
