"""The volume above which own machines cost less than paying a vendor per request: a stair and a line, in closed form."""

from __future__ import annotations

import math

import numpy as np

from recommender.decision.costing import PER_REQUEST
from recommender.decision.decide import Decision
from recommender.decision.machines import DEVICE, OWN_CLOUD, VENDOR
from recommender.domain.columns import Floats, Ints, Mask
from recommender.domain.record import record
from recommender.domain.units import MONTHS_PER_YEAR, SECONDS_PER_MONTH
from recommender.estimates.self_hosting_cost import break_even_requests, stepped_break_even

YEARS = 3.0  # that a bought machine's price is spread over, as in the three-year total


@record
class Crossing:
    """Where the lines cross [requests per month], the row on own machines, and the row that an option is held against."""

    requests_per_month: float
    own: int
    rival: int


def break_even_at(decision: Decision, row: int) -> Crossing | None:
    """An option against the cheapest fitting one of the other hosting that does the same as well; None where they do not cross, or only above what machines
    at hand carry. Users' own devices have no bill to cross, and machines rented for the hours of work no fixed price; machines
    for speech beside a language model come and go on either side."""
    order, place = decision.competing, decision.candidates.place
    if decision.situation.spec.hears or decision.situation.spec.speaks:
        return None
    if place[row] == DEVICE or not len(order) or not float(np.asarray(decision.situation.requests_per_month)) > 0:
        return None
    is_other = (place[order] == VENDOR) != (place[row] == VENDOR)
    others = order[is_other & (place[order] != DEVICE) & _as_good(decision, row, order)]
    monthly = _monthly_usd(decision, others)
    mine = float(_monthly_usd(decision, np.array([row]))[0])
    if not (monthly > 0).any() or math.isnan(mine):
        return None
    cheapest = int(np.argmin(np.where(monthly > 0, monthly, np.inf)))
    rival, its = int(others[cheapest]), float(monthly[cheapest])
    hosted, own = (row, rival) if place[row] == VENDOR else (rival, row)
    if place[own] == OWN_CLOUD and decision.situation.is_offline:
        return None
    volume = _crossing(decision, hosted, own, *((its, mine) if hosted == row else (mine, its)))
    return Crossing(volume, own, rival) if volume > 0 else None


def _as_good(decision: Decision, row: int, others: Ints) -> Mask:
    """Options by the same strategy that are no worse by more than the noise, or good enough for the task as well."""
    quality, levels, strategy = decision.quality.mid, decision.situation.spec.levels, decision.candidates.strategy
    least = np.fmin(quality[row] - levels.noise_floor, levels.good)
    return np.asarray((strategy[others] == strategy[row]) & (quality[others] >= least), bool)


def _monthly_usd(decision: Decision, rows: Ints) -> Floats:
    """Invoices a month, the price of bought machines spread over their years. [USD per month]"""
    bought = decision.estimates.running.bought_usd[rows] / (YEARS * MONTHS_PER_YEAR)
    return np.asarray(decision.estimates.monthly_cost_usd[rows] + bought)


def _crossing(decision: Decision, hosted: int, own: int, own_usd: float, hosted_usd: float) -> float:
    """Where fixed + price * volume - free stays above the stair of machines; NaN where the vendor asks nothing per request."""
    estimates, requests = decision.estimates, float(np.asarray(decision.situation.requests_per_month))
    roles = {part.role for part in estimates.parts}
    paid = sum(float(line.usd[hosted]) for line in estimates.lines if line.label in PER_REQUEST or line.label in roles)
    paid += estimates.running.free.of(hosted)[0]
    if not paid > 0:
        return math.nan
    fleet = _fleet(decision, own)
    fixed = own_usd - fleet.usd * fleet.machines - (hosted_usd - paid)
    if math.isinf(fleet.requests):
        return float(break_even_requests(fixed + fleet.usd * (1.0 + fleet.spare), paid / requests))
    found = float(stepped_break_even(fixed, fleet.usd, fleet.spare, paid / requests, fleet.requests))
    return found if found <= fleet.most * fleet.requests else math.nan


@record
class _Fleet:
    """Machines that serve and stand by today, what one costs [USD per month] and carries [requests per month] with the same ups
    and downs, how many stand by, and how many can serve at most."""

    machines: float
    usd: float
    requests: float
    spare: float
    most: float


def _fleet(decision: Decision, own: int) -> _Fleet:
    running, situation, deployment = decision.estimates.running, decision.situation, decision.candidates.deployment[own]
    is_owned = bool(decision.deployments.is_owned[deployment])
    spare = 0.0 if is_owned or situation.is_offline else float(np.round(situation["spare_replicas"]))
    machines = max(1.0, float(running.replicas[own]))
    usd = float(running.monthly_usd[own] + running.bought_usd[own] / (YEARS * MONTHS_PER_YEAR)) / machines
    at_hand = decision.deployments.owned_count[deployment] // max(1, int(decision.deployments.count[deployment]))
    swing = float(np.asarray(situation.peak_requests_per_second / situation.monthly_mean_per_second))
    seconds = SECONDS_PER_MONTH * float(np.asarray(situation["utilisation_limit"])) / max(swing, 1.0)
    busy = float(running.busy_seconds[own])
    carried = seconds / busy if busy != 0.0 else math.inf
    return _Fleet(machines, usd, carried, spare, float(at_hand) if is_owned else math.inf)
