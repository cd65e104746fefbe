"""Further models on own machines, beside a language model: the speed of what hears and speaks, and the machines they take.

At a vendor that sells them too they are calls with a price (`components.py`). Elsewhere open models stand in: beside a language
model on own machines speech runs on accelerators of the same kind, first on what that leaves idle, and search costs next to nothing;
beside a hosted one both need a machine that is rented.
"""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import DEVICE, VENDOR, Array, Rows
from recommender.decision.lookups import known_or, looked_up
from recommender.decision.price_terms import allowed_rentals
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.record import record
from recommender.domain.situation import Quantity, Situation
from recommender.domain.units import HOURS_PER_MONTH, MS_PER_SECOND, SECONDS_PER_HOUR
from recommender.estimates.audio import (
    processor_real_time_factor,
    real_time_tflops,
    scaled_real_time_factor,
    speech_seconds,
)
from recommender.estimates.encoder import forward_seconds
from recommender.estimates.memory import weights_gb
from recommender.estimates.self_hosting_cost import rented_usd_per_month

A100_TFLOPS = 312.0  # on which speech models were measured
SMALL_TFLOPS = 20.0  # below it one item keeps the whole machine busy
SMALLEST_B = 0.002
SLOWEST_ACCELERATOR_TFLOPS = 1.0  # a board below it has a processor alone
SLOWEST_FACTOR = 1e-6
FIRST_SPOKEN_MINUTES = 1.0 / 60.0  # a voice starts with its first second
SPOKEN_TURN_MINUTES = 5.0 / 60.0  # one turn of a conversation
WORKING_SHARE, WORKING_GB = 1.3, 0.3  # of the weights, and beside them: assumed
LEAST_GB = 8.0  # that a pair of speech models finds room in


@record
class SpeechModel:
    """What the speed of a model that hears or speaks hangs on, per candidate; NaN where nobody measured it."""

    on_accelerators: Array  # on an A100, in batches [times real time]
    keeps_up_tflops: Array  # of a processor that just keeps up [TFLOP/s]
    parameters_b: Array
    speaks: Mask | bool


@record
class SpeechMachine:
    """What it runs on. `is_processor` where there is no accelerator."""

    tflops: Array
    is_processor: Mask


def real_time_factors(situation: Situation, model: SpeechModel, machine: SpeechMachine) -> tuple[Array, Array]:
    """Speed with one recording or voice at a time, and with as many as the machine holds. [times real time]"""
    batched = _on_accelerators(situation, model, machine.tflops)
    alone = batched * _single_stream_share(situation, model, machine.tflops)
    needed = _keeps_up_tflops(situation, model)
    one = processor_real_time_factor(np.minimum(machine.tflops, situation["speech_stream_tflops"]), needed)
    many = processor_real_time_factor(machine.tflops, needed)
    return np.where(machine.is_processor, one, alone), np.where(machine.is_processor, many, batched)


def _on_accelerators(situation: Situation, model: SpeechModel, tflops: Array) -> Array:
    """Measured on an A100 and scaled by the machine's speed, else assumed."""
    heard = situation["asr_real_time_factor"] * 1.5
    assumed = np.where(model.speaks, situation["tts_real_time_factor"], heard) / np.maximum(model.parameters_b, SMALLEST_B)
    return np.asarray(scaled_real_time_factor(known_or(model.on_accelerators, assumed), A100_TFLOPS, tflops))


def _single_stream_share(situation: Situation, model: SpeechModel, tflops: Array) -> Array:
    """What is left of that speed with one recording at a time. [share]"""
    return np.where(np.asarray(model.speaks) | (tflops < SMALL_TFLOPS), 1.0, situation["asr_single_stream_share"])


def _keeps_up_tflops(situation: Situation, model: SpeechModel) -> Array:
    """Speed of a processor that just keeps up: measured, else by the model's size. [TFLOP/s]"""
    per_b = np.where(model.speaks, situation["tts_tflops_per_b"], situation["asr_tflops_per_b"])
    by_size = np.asarray(real_time_tflops(model.parameters_b, per_b))
    return np.asarray(known_or(model.keeps_up_tflops, by_size) * situation["speech_processor_error"])


def part_seconds(rows: Rows, model: Ints, minutes: Quantity, first_minutes: float, *, speaks: bool) -> tuple[Array, Array]:
    """A speech model on own machines: until its first piece is through, and its share of an accelerator per request. [s]"""
    models, situation = rows.columns.models, rows.situation

    def fact(values: Array) -> Array:
        return rows.wide(looked_up(values, model, np.nan))

    parameters = known_or(fact(models.active_b), 0.001)
    part = SpeechModel(fact(models.real_time_factor), fact(models.real_time_tflops), parameters, speaks)
    alone, batched = real_time_factors(situation, part, _speech_machine(rows))
    first = speech_seconds(np.minimum(first_minutes, minutes), np.maximum(alone, SLOWEST_FACTOR))
    return np.asarray(first), np.asarray(speech_seconds(minutes, batched))


def small_model_gb(parameters_b: Array) -> Array:
    """Memory of a model that takes one piece at a time, in 16 bits with what it works on. [GB]"""
    return np.asarray(weights_gb(parameters_b, 16.0) * WORKING_SHARE + WORKING_GB)


def are_processors(columns: Columns) -> Array:
    """Which machines have no accelerator: processors, and boards that hold nothing else. [0 or 1]"""
    kinds = np.array(columns.hardware.kinds)
    is_bare_board = (kinds == "board") & (columns.hardware.tflops_16 < SLOWEST_ACCELERATOR_TFLOPS)
    return np.asarray((kinds == "cpu") | is_bare_board, float)


def own_machine(rows: Rows) -> SpeechMachine:
    """The option's own machines."""
    return SpeechMachine(rows.of_hardware(rows.columns.hardware.tflops_16), rows.of_hardware(are_processors(rows.columns)) > 0)


def _speech_machine(rows: Rows) -> SpeechMachine:
    """What speech models run on: the option's own machines, or what is rented beside a vendor, which is an accelerator."""
    own, rental = own_machine(rows), speech_rental(rows)
    columns = rows.columns
    beside = np.nan if rental < 0 else float(columns.hardware.tflops_16[columns.rentals.hardware[rental]])
    return SpeechMachine(np.where(rows.at(VENDOR), beside, own.tflops), own.is_processor)


def speech_rental(rows: Rows) -> int:
    """The rental of an accelerator that does the most speech for its price; -1 where none may be rented."""
    columns, rentals = rows.columns, rows.columns.rentals
    tflops = columns.hardware.tflops_16[rentals.hardware]
    usable = allowed_rentals(columns, rows.situation.requirements) & (tflops >= SMALL_TFLOPS)
    usable &= columns.hardware.memory_gb[rentals.hardware] >= LEAST_GB
    found = np.flatnonzero(usable & ~np.isnan(rentals.hourly_usd))
    if not len(found):
        return -1
    work = np.minimum(tflops[found] / A100_TFLOPS, 2.0)
    return int(found[np.argmin(rentals.hourly_usd[found] / work)])


def accelerators_beside(rows: Rows, busy_seconds: Array, idle: Array) -> Array:
    """Whole accelerators for speech in the busiest second, above what is idle; none on a device, which does both. [accelerators]

    Args:
        busy_seconds: of one accelerator, per request. [s]
        idle: accelerators that serve the language model and have nothing to do. [accelerators]
    """
    situation = rows.situation
    needed = situation.peak_requests_per_second * busy_seconds / situation["utilisation_limit"]
    whole = np.ceil(np.maximum(needed - np.maximum(idle, 0.0), 0.0) - 1e-9)
    return np.where(rows.at(DEVICE) | (busy_seconds <= 0), 0.0, whole)


def rent_beside_a_vendor(rows: Rows, busy_seconds: Array) -> Array:
    """Rent of accelerators for speech beside a hosted language model; unknown where none may be rented. [USD per month]"""
    situation, rental = rows.situation, speech_rental(rows)
    if rental < 0:
        return np.where(rows.at(VENDOR) & (busy_seconds > 0), np.nan, 0.0)
    spare = 0.0 if situation.is_offline else np.round(situation["spare_replicas"])
    serving = np.maximum(accelerators_beside(rows, busy_seconds, np.zeros(1)), 1.0) + spare
    worked = situation.requests_per_month * busy_seconds / SECONDS_PER_HOUR
    hours = worked if situation.is_offline else serving * HOURS_PER_MONTH
    usd = rented_usd_per_month(float(rows.columns.rentals.hourly_usd[rental]), 1.0, hours)
    return np.where(rows.at(VENDOR) & (busy_seconds > 0), usd, 0.0)


def search_rental(rows: Rows) -> int:
    """The cheapest machine that may be rented, a processor where there is one; -1 where none may be."""
    columns, rentals = rows.columns, rows.columns.rentals
    usable = allowed_rentals(columns, rows.situation.requirements) & ~np.isnan(rentals.hourly_usd)
    is_processor = np.array([kind == "cpu" for kind in columns.hardware.kinds], bool)[rentals.hardware]
    found = np.flatnonzero(usable & (is_processor if (usable & is_processor).any() else usable))
    return int(found[np.argmin(rentals.hourly_usd[found])]) if len(found) else -1


def rent_for_search(rows: Rows, model: Ints, retrievals: Array) -> Array:
    """Rent of the machines that turn questions into vectors beside a vendor; unknown where none may be rented. [USD per month]"""
    columns, situation, rental = rows.columns, rows.situation, search_rental(rows)
    if rental < 0:
        return np.full(np.shape(retrievals), np.nan)
    tflops = float(columns.hardware.tflops_16[columns.rentals.hardware[rental]])
    parameters = known_or(rows.wide(looked_up(columns.models.passed_b, model, np.nan)), 0.1)
    each = forward_seconds(parameters, situation.input_tokens, tflops, situation["encoder_efficiency_cpu"])
    busy = (each + situation["encoder_fixed_ms"] / MS_PER_SECOND) * retrievals
    needed = np.ceil(situation.peak_requests_per_second * busy / situation["utilisation_limit"] - 1e-9)
    return np.asarray(rented_usd_per_month(float(columns.rentals.hourly_usd[rental]), np.maximum(needed, 1.0)))
