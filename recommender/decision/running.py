"""Running the answer-giving model: at a vendor, on own machines, on a device. Money, time, machines, memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.decision.alike import first_of_each, numbered
from recommender.decision.estimation import (
    DEVICE,
    OWN_CLOUD,
    OWN_SITE,
    VENDOR,
    Array,
    Rows,
    Running,
)
from recommender.decision.free_amounts import saved_by_free_amounts
from recommender.decision.lookups import are_of, known_or
from recommender.decision.part_machines import accelerators_beside
from recommender.decision.running_hosted import hosted
from recommender.decision.running_language import language_on_own_machines
from recommender.decision.running_small import small_on_own_machines
from recommender.domain.columns import Ints
from recommender.domain.parameters import Physics
from recommender.domain.record import record
from recommender.domain.units import HOURS_PER_MONTH, MS_PER_SECOND, SECONDS_PER_HOUR, SECONDS_PER_MONTH, Quantity
from recommender.domain.words import LANGUAGE_MODELS
from recommender.estimates.self_hosting_cost import power_usd_per_month, purchase_usd

SMALL_WATTS = 70.0  # a definition: boards and small computers, which stand on a shelf, stay below it, servers above


def running(rows: Rows, fitted: Physics, speech_seconds: Quantity = 0.0) -> Running:
    """Every candidate's running, each by the formula of its place and type.

    Args:
        speech_seconds: of one accelerator that speech models on own machines take per request. [s]
    """
    at_vendor = rows.candidates.place == VENDOR
    is_llm = are_of(rows.columns.models.types, *LANGUAGE_MODELS)[rows.candidates.model]
    groups = (
        (at_vendor, hosted),
        (~at_vendor & is_llm, lambda part: _once_per_machine(part, fitted)),
        (~at_vendor & ~is_llm, lambda part: small_on_own_machines(part, fitted)),
    )
    merged: dict[str, Array] = {} if len(rows.candidates) else dict(hosted(rows))
    for mask, formula in groups:
        places = np.flatnonzero(mask)  # many columns are cut: places are found once, not once a column
        if len(places):
            _scatter(merged, places, formula(rows.only(places)), len(rows.candidates))
    return _with_machines(rows, merged, _beside(rows, merged, speech_seconds))


def _once_per_machine(rows: Rows, fitted: Physics) -> dict[str, Array]:
    """Language models on own machines; strategies that ask the same of the same machines are computed once."""
    if rows.has_draws:
        return language_on_own_machines(rows, fitted)
    machine = rows.deployments.machine[rows.candidates.deployment]
    strategies, strategy = first_of_each(rows.candidates.strategy)
    demand = rows.demand
    read = (
        demand.prompt_tokens, demand.prefix_tokens, demand.answer_tokens, demand.extra_calls, demand.step_tokens, demand.extra_ms,
        demand.retrievals,
    )  # fmt: skip
    asked = numbered(*(np.asarray(values)[strategies] for values in read))[strategy]
    first, place = first_of_each(asked * (int(machine.max(initial=0)) + 1) + machine)
    found = language_on_own_machines(rows.only(first), fitted)
    return {name: values[place] for name, values in found.items()}


def _scatter(whole: dict[str, Array], places: Ints, part: dict[str, Array], size: int) -> None:
    """A group's results into the columns of all candidates."""
    for name, values in part.items():
        if name not in whole:
            whole[name] = np.full((size, *np.shape(values)[1:]), np.nan)
        whole[name][places] = values


def _in_time_on_a_device(rows: Rows, latency_ms: Array) -> NDArray[np.bool_]:
    """Whether one device gets through work that can wait by its deadline, or within a month."""
    situation = rows.situation
    hours = situation.requirements.workload.deadline_hours
    limit = SECONDS_PER_MONTH if hours is None else hours * SECONDS_PER_HOUR
    needed = latency_ms / MS_PER_SECOND * situation.requests_per_month
    return np.asarray(~rows.at(DEVICE) | (not situation.is_offline) | (needed <= limit), bool)


@record
class _Beside:
    """Accelerators for speech beside the language model's, and their hours in a month; 0 where there are none."""

    accelerators: Array
    hours: Array


def _beside(rows: Rows, found: dict[str, Array], speech_seconds: Quantity) -> _Beside:
    """What speech models take of more machines of the same kind, after what the language model leaves idle."""
    if not np.any(speech_seconds):
        none = np.zeros(1)
        return _Beside(none, none)
    situation, busy = rows.situation, np.asarray(speech_seconds, float)
    is_owned = rows.of_deployment(rows.deployments.is_owned) > 0
    spare = np.where(is_owned | situation.is_offline, 0.0, np.round(situation["spare_replicas"]))
    used = situation.peak_requests_per_second * found["busy_seconds"] / situation["utilisation_limit"]
    idle = np.maximum(found["replicas"] - spare - used, 0.0) * rows.of_deployment(rows.deployments.count)
    more = np.where(rows.at(VENDOR), 0.0, accelerators_beside(rows, busy, known_or(idle, 0.0)))
    worked = situation.requests_per_month * busy / SECONDS_PER_HOUR
    return _Beside(more, np.where(rows.at(VENDOR), 0.0, worked if situation.is_offline else more * HOURS_PER_MONTH))


def _with_machines(rows: Rows, found: dict[str, Array], beside: _Beside) -> Running:
    situation, deployments = rows.situation, rows.deployments
    count = rows.of_deployment(deployments.count)
    rented = (found["machine_hours"] * count + beside.hours) * rows.of_deployment(deployments.hourly_usd)
    if deployments.is_spot.any():
        rented = rented * np.where(rows.of_deployment(deployments.is_spot) > 0, situation["spot_rework"], 1.0)
    accelerators = count * found["replicas"] + beside.accelerators
    owned = rows.of_deployment(deployments.is_owned) > 0
    enough = ~owned | (accelerators <= rows.of_deployment(deployments.owned_count)) | rows.at(DEVICE)
    enough = enough & _in_time_on_a_device(rows, found["latency_ms"])
    bought = purchase_usd(rows.of_deployment(deployments.purchase_usd), accelerators, situation["machine_share"])
    watts = rows.of_hardware(rows.columns.hardware.power_w)
    power = power_usd_per_month(
        watts,
        accelerators,
        situation["power_usd_per_kwh"],
        situation["power_overhead"],
    )
    room = np.where(watts < SMALL_WATTS, situation["small_machine_room"], 1.0) * situation["hosting_usd_per_machine_month"]
    upkeep = power + room * found["replicas"]
    on_site = rows.at(OWN_SITE)
    monthly = np.where(rows.at(OWN_CLOUD), rented, np.where(on_site, upkeep, found["monthly_usd"]))
    free = saved_by_free_amounts(rows, monthly)
    monthly[free.rows] -= free.monthly_usd
    return Running(
        monthly_usd=monthly,
        label="running",
        latency_ms=found["latency_ms"],
        first_token_ms=found["first_token_ms"],
        latency_p95_ms=found["latency_p95_ms"],
        first_token_p95_ms=found["first_token_p95_ms"],
        replicas=found["replicas"],
        beside=np.broadcast_to(beside.accelerators, np.shape(monthly)),
        memory_gb=found["memory_gb"],
        fits=found["fits"] * enough,
        free=free,
        bought_usd=np.where(on_site, bought, 0.0),
        power_usd=np.where(on_site, upkeep, 0.0),
        full_power_seconds=found["full_power_seconds"],
        busy_seconds=found["busy_seconds"],
    )
