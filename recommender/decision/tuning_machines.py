"""Where tuning runs: on machines at hand; else on the cheapest rented one that holds the run; else, or where data may not leave,
on the option's own. One look-up per size of model, none per candidate unless it hangs on what that runs on."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import OWN_SITE, Array, Rows
from recommender.decision.lookups import are_of, known_or, looked_up
from recommender.decision.machine_names import owned_machine
from recommender.decision.part_machines import are_processors
from recommender.decision.price_terms import allowed_rentals
from recommender.domain.columns import Columns, Floats, Ints, Mask
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.words import LANGUAGE_MODELS
from recommender.estimates.memory import weights_gb
from recommender.estimates.self_hosting_cost import power_usd_per_hour, start_hours
from recommender.estimates.training import training_memory_gb

AT_HOME = ("on_premises", "air_gapped", "on_device")  # boundaries within which nothing is rented
ADAPTER_SHARE = 0.01  # of a language model's parameters that tuning updates; small models are updated whole
FROZEN_BITS = 16.0
FROZEN_BITS_AT_HOME = 4.5  # on the machine that serves a language model, adapters are tuned over its rounded weights (QLoRA)
USABLE_SHARE = 0.8  # of the memory: the rest is for activations
MOST_PER_RUN = 8


@record
class TuningMachines:
    """The accelerator and its rental, -1 where none is known; what an hour of it costs [USD per hour] and its dense 16-bit speed
    [TFLOP/s], per draw where there are draws, assumed where no machine is known; the parameters of the model that is tuned
    [billions]; what it costs until a run begins [USD]; own accelerators that work on it at once. `of` tells each candidate's place in them."""

    of: Ints
    active_b: Array
    hardware: Ints
    rental: Ints
    usd_per_hour: Array
    tflops: Array
    usd_per_start: Array
    accelerators: Array


def tuning_machines(rows: Rows) -> TuningMachines:
    """The machine that each candidate is tuned on: one place per model, or per candidate where it hangs on what that runs on."""
    columns, situation, at_home = rows.columns, rows.situation, stays_home(rows.situation.requirements)
    needed, at_home_gb = _needed_gb(columns, FROZEN_BITS), _needed_gb(columns, FROZEN_BITS_AT_HOME)
    offered = np.zeros(0, np.int64) if at_home else _rentals_that_train(rows)
    rentals = _cheapest_rental(columns, offered, needed)
    on_site = rows.candidates.place == OWN_SITE
    by_candidate = at_home or rows.has_draws or bool((on_site & (rentals[rows.candidates.model] < 0)).any())
    model = rows.candidates.model if by_candidate else np.arange(len(needed))
    rental = rentals[model]
    hardware = looked_up(columns.rentals.hardware, rental, -1)
    hardware = np.where(rental < 0, _of_the_option(rows, at_home_gb), hardware) if by_candidate else hardware
    at_hand, count = (one[model] for one in _at_hand(columns, situation.requirements, needed))
    beside = rows.deployments.count[rows.candidates.deployment] if by_candidate else np.ones(len(model))
    hardware, rental = np.where(at_hand >= 0, at_hand, hardware), np.where(at_hand >= 0, -1, rental)
    rented = rows.wide(looked_up(columns.rentals.hourly_usd, rental, np.nan))
    watts = rows.wide(looked_up(columns.hardware.power_w, hardware, np.nan))
    power = power_usd_per_hour(watts, situation["power_usd_per_kwh"], situation["power_overhead"])
    known = np.where(np.isnan(rented), power, rented)
    tflops = rows.wide(looked_up(columns.hardware.tflops_16, hardware, np.nan))
    is_llm = are_of(columns.models.types[model], *LANGUAGE_MODELS)
    homeless = on_site & is_llm if by_candidate else False  # what is small, any workstation tunes
    # Where machines are for rent, what none of them holds has no price that can be told.
    dear = homeless | ((len(offered) > 0) & ~(on_site if by_candidate else False))
    is_too_large = np.isfinite(needed[model]) & (hardware < 0) & dear
    hourly = np.where(
        rows.wide(is_too_large) > 0, np.nan, np.where(np.isnan(known), situation["tuning_usd_per_gpu_hour"], known)
    )
    return TuningMachines(
        of=np.arange(len(model)) if by_candidate else rows.candidates.model,
        active_b=rows.wide(columns.models.active_b[model]),
        hardware=np.asarray(hardware, np.int64),
        rental=np.asarray(rental, np.int64),
        usd_per_hour=hourly,
        tflops=np.where(np.isnan(known), situation["tuning_gpu_tflops"], tflops),
        usd_per_start=hourly * _hours_until_it_begins(rows, model) * rows.wide(_accelerators(columns, hardware, needed[model])),
        accelerators=np.maximum(np.where(at_hand >= 0, count, beside), 1).astype(float),
    )


def _hours_until_it_begins(rows: Rows, model: Ints) -> Array:
    """Until a machine is there with the model's weights in memory. [h]"""
    situation = rows.situation
    loaded = rows.wide(np.asarray(weights_gb(rows.columns.models.parameters_b[model], FROZEN_BITS)))
    return np.asarray(
        start_hours(known_or(np.asarray(loaded), 0.0), situation["machine_start_minutes"], situation["load_gb_per_second"])
    )


def _accelerators(columns: Columns, hardware: Ints, needed_gb: Floats) -> Floats:
    """How many of a machine's accelerators hold a run; one where either is not known."""
    each = looked_up(_capacity_gb(columns, np.arange(len(columns.hardware.ids)), 1), hardware, np.nan)
    return np.asarray(np.maximum(known_or(np.ceil(needed_gb / each), 1.0), 1.0))


def stays_home(requirements: Requirements) -> bool:
    """Whether nothing may be rented to tune on."""
    needs = requirements.privacy
    return needs.boundary in AT_HOME and needs.boundary_is == "must"


def _needed_gb(columns: Columns, frozen_bits: float) -> Floats:
    """Memory that tuning each model takes; NaN where its size is not known. [GB]"""
    models = columns.models
    tuned = np.where(are_of(models.types, *LANGUAGE_MODELS), ADAPTER_SHARE, 1.0) * models.parameters_b
    return np.asarray(training_memory_gb(models.parameters_b, tuned, frozen_bits))


def _capacity_gb(columns: Columns, hardware: Ints, count: Ints | int) -> Floats:
    """Memory for one run on some accelerators of one machine. [GB]"""
    machines = columns.hardware
    usable = machines.memory_gb * known_or(machines.usable_share, 1.0)
    return np.asarray(usable[hardware] * np.minimum(count, MOST_PER_RUN) * USABLE_SHARE)


def _can_train(columns: Columns) -> Mask:
    """Accelerators whose speed and power are known; processors, and boards that have nothing else, take days for what these do in
    minutes."""
    machines = columns.hardware
    return np.asarray((are_processors(columns) < 1) & ~np.isnan(machines.tflops_16) & ~np.isnan(machines.power_w), bool)


def _rentals_that_train(rows: Rows) -> Ints:
    """Rentals that may be used, with an hourly price, of accelerators that train."""
    columns, rentals = rows.columns, rows.columns.rentals
    usable = allowed_rentals(columns, rows.situation.requirements) & _can_train(columns)[rentals.hardware]
    return np.flatnonzero(usable & ~np.isnan(rentals.hourly_usd))


def _cheapest_rental(columns: Columns, offered: Ints, needed_gb: Floats) -> Ints:
    """Per model the rental that does the work for the least money and holds the run; -1 where there is none."""
    machine = columns.rentals.hardware[offered]
    usd_per_work = columns.rentals.hourly_usd[offered] / columns.hardware.tflops_16[machine]
    order = np.argsort(usd_per_work, kind="stable")
    most = np.maximum.accumulate(_capacity_gb(columns, machine[order], columns.hardware.per_machine[machine[order]]))
    first = np.searchsorted(most, needed_gb)  # the first that is large enough is the cheapest that is
    return np.append(offered[order], -1)[first]


def _at_hand(columns: Columns, requirements: Requirements, needed_gb: Floats) -> tuple[Ints, Ints]:
    """Per model the machine at hand that is through soonest with the run and holds it, and how many accelerators of it there are; -1 and 1
    where there is none."""
    best, work, there = np.full(len(needed_gb), -1), np.zeros(len(needed_gb)), np.ones(len(needed_gb), np.int64)
    for (machine, memory), number in _counted(columns, requirements).items():
        count = min(number, int(columns.hardware.per_machine[machine]), MOST_PER_RUN)
        speed = columns.hardware.tflops_16[machine] * number
        better = (needed_gb <= memory * count * USABLE_SHARE) & (speed > work)
        best, work, there = np.where(better, machine, best), np.where(better, speed, work), np.where(better, number, there)
    return best, there


def _counted(columns: Columns, requirements: Requirements) -> dict[tuple[int, float], int]:
    """Accelerators at hand that train, by kind and memory [GB]: the same one stated twice is there twice."""
    found: dict[tuple[int, float], int] = {}
    for item in requirements.hardware.owned or ():
        machine, memory = owned_machine(columns.hardware, item.accelerator)
        if machine is not None and _can_train(columns)[machine]:
            found[machine, memory] = found.get((machine, memory), 0) + max(int(item.count), 1)
    return found


def _of_the_option(rows: Rows, needed_gb: Floats) -> Ints:
    """The machine on one's own site that a candidate runs on, where it holds the run; -1 elsewhere."""
    columns, deployment = rows.columns, rows.candidates.deployment
    hardware = rows.deployments.hardware[deployment]
    capacity = _capacity_gb(columns, hardware, rows.deployments.count[deployment])
    holds = needed_gb[rows.candidates.model] <= capacity
    fits = holds & (rows.candidates.place == OWN_SITE) & (hardware >= 0) & _can_train(columns)[hardware]
    return np.where(fits, hardware, -1)
