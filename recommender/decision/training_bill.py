"""What tuning and pre-training cost, and how long one's own machines are busy with it."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import VENDOR, Array, Rows
from recommender.decision.lookups import known_or
from recommender.decision.tuning_machines import stays_home, tuning_machines
from recommender.domain.columns import Mask
from recommender.domain.parameters import ProgrammeParameters
from recommender.domain.record import record
from recommender.domain.units import HOURS_PER_WEEK
from recommender.estimates.self_hosting_cost import rented_usd_per_month
from recommender.estimates.training import failed_runs_hours, hosted_tuning_usd, lora_hours, programme_hours

LEAST_INVOICE = 0.002  # of a day rate: about a dollar, assumed
HOPPER = 1.0  # what is rented for tuning


@record
class TuningBill:
    """All runs until one is kept [USD], and how long one's own machines work on them where none may be rented [weeks]: elsewhere whoever
    is in a hurry rents as many as it takes."""

    usd: Array
    weeks: Array


def tuning_bill(rows: Rows) -> TuningBill:
    """Several runs until one is kept: a vendor's price per token, or adapters on the machine that holds them, paid for from when it is
    asked for; small models are tuned within minutes."""
    situation, demand = rows.situation, rows.demand
    needed = np.asarray(demand.tuned_examples > 0)
    if not np.any(needed):
        nothing = np.zeros((len(rows.candidates), *situation.draws))
        return TuningBill(nothing, nothing)
    runs, small = situation["tuning_runs"], situation["epochs"] * situation["tokens_per_small_example"]
    hosted = hosted_tuning_usd(demand.tuning_tokens, runs, rows.of_offer(rows.columns.offers.tuning_price))
    tokens = np.where(rows.is_llm, demand.tuning_tokens, demand.tuned_examples * small)
    machine = tuning_machines(rows)
    hours_per_token = known_or(np.asarray(lora_hours(machine.active_b, 1.0, machine.tflops, situation["tuning_mfu"])), 0.0)
    usd_per_token = np.asarray(rented_usd_per_month(machine.usd_per_hour, 1.0, hours_per_token))
    own = (usd_per_token[machine.of] * tokens + machine.usd_per_start[machine.of]) * runs
    is_own = (machine.rental < 0) & ((machine.hardware >= 0) | stays_home(situation.requirements))
    at_hand = rows.wide(is_own[machine.of].astype(float)) > 0
    own = worth_an_invoice(rows, own, at_hand)
    at_vendor = rows.at(VENDOR) & rows.is_llm
    usd = np.where(needed, np.where(at_vendor, hosted, own), 0.0)
    if not stays_home(situation.requirements):
        return TuningBill(usd, np.zeros_like(usd))
    busy = (hours_per_token / rows.wide(machine.accelerators))[machine.of] * tokens * runs / HOURS_PER_WEEK
    return TuningBill(usd, np.where(needed & ~at_vendor, busy, 0.0))


def worth_an_invoice(rows: Rows, usd: Array, is_power: Mask) -> Array:
    """Cents of power that one's own machines take are on no invoice of their own; cents of rent are."""
    return np.where(is_power & (usd < LEAST_INVOICE * np.asarray(rows.situation.day_rate_usd)), 0.0, usd)


def pretraining_usd(rows: Rows, fitted: ProgrammeParameters) -> Array:
    """A whole programme of training on raw data, failed runs included. [USD]"""
    situation = rows.situation
    if not np.any(rows.demand.raw_tokens > 0):
        return np.zeros((len(rows.candidates), *situation.draws))
    parameters = rows.of_model(rows.columns.models.active_b)
    hours = programme_hours(parameters, rows.demand.raw_tokens, situation["tuning_gpu_tflops"], HOPPER, fitted)
    paid = failed_runs_hours(hours * situation["training_time_error"], situation["failed_runs"])
    usd = rented_usd_per_month(situation["tuning_usd_per_gpu_hour"], 1.0, paid)
    return np.where(rows.demand.raw_tokens > 0, usd, 0.0)
