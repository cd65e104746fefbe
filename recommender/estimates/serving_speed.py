"""Serving a language model on one's own accelerators: how fast, at which batch, on how many replicas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recommender.domain.parameters import FirstTokenParameters, ServingParameters, StepParameters
from recommender.domain.record import record
from recommender.domain.units import HOURS_PER_MONTH, Quantity
from recommender.estimates.decode_step import Device, ModelGeometry, StepTerms, arithmetic_share, step_seconds, step_terms
from recommender.estimates.memory import kv_gb, memory_in_use_gb, most_sequences, room_for_cache_gb, weights_gb

__all__ = ["Device", "Load", "ModelGeometry", "ServingPlan", "first_token_seconds", "serving_plan"]

LARGEST_BATCH_POWER = 9  # 512 sequences: the largest batch in the measured rows
SEARCH_ROUNDS = 4  # halvings that find one of ten powers of two
SETTLE_ROUNDS = 2
TAIL = 1.5  # 95th percentile over median under such a load; assumed

Column = NDArray[np.float64]


@record
class Load:
    """What must be carried. Rates in requests per second, lengths in tokens, limits in seconds (NaN or infinite: none).

    `cached_share` of the input need not be read again; `spare_replicas` stand by for a failure; a replica is loaded up to
    `most_load` of its speed, above which queues grow faster than they drain. Of an answer that is used as it comes, such as one
    that is spoken, only `awaited_tokens` are waited for; whoever answers is busy with all of it.
    """

    peak_per_second: Quantity
    mean_per_second: Quantity
    input_tokens: Quantity
    output_tokens: Quantity
    answer_limit_s: Quantity
    first_token_limit_s: Quantity
    cached_share: Quantity = 0.0
    spare_replicas: Quantity = 0.0
    most_load: Quantity = 0.7
    awaited_tokens: Quantity = np.inf


@record
class ServingPlan:
    """How the load is carried. Times in seconds, memory in GB of one replica, accelerator hours per month; the share
    of a step in which arithmetic is busy; NaN: unknown."""

    fits: NDArray[np.bool_]
    batch: Column
    replicas: Column
    token_s: Column
    first_token_s: Column
    answer_s: Column
    answer_p95_s: Column
    first_token_p95_s: Column
    tokens_per_second: Column
    memory_gb: Column
    utilisation: Column
    accelerator_hours_per_month: Column
    arithmetic_share: Column


@record
class _Waits:
    """The two times a user feels, as functions of the batch."""

    terms: StepTerms
    log_first: Quantity
    floor_s: Quantity
    further_tokens: Quantity
    fitted: FirstTokenParameters

    def at(self, batch: Quantity) -> tuple[Quantity, Quantity, Quantity]:
        step = step_seconds(self.terms, batch)
        wait = np.exp(self.log_first + self.fitted.step * np.log(step) + self.fitted.batch * np.log(batch))
        first = np.maximum(wait, self.floor_s)
        return step, first, first + self.further_tokens * step


def first_token_seconds(
    terms: StepTerms, batch: Quantity, input_tokens: Quantity, fitted: FirstTokenParameters, factor: Quantity = 1.0
) -> Quantity:
    """Wait for the first token under load. [s]

    wait = scale * factor * step^a * batch^b * input^c * prefill^d, at least the prefill

    A fit, not physics: measured waits are scheduling, seventeen decode steps at the median, and prefill alone is a floor
    twenty times too low. Holds for inputs of 1,000 to 8,192 tokens and batches of 4 to 512.

    References:
        [1] ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0), read 2026-11-23.
    """
    return _waits(terms, input_tokens, 1.0, fitted, factor).at(batch)[1]


def _waits(
    terms: StepTerms, input_tokens: Quantity, output_tokens: Quantity, fitted: FirstTokenParameters, factor: Quantity
) -> _Waits:
    prompt = np.maximum(input_tokens, 1.0)
    log_first = np.log(fitted.scale * factor * prompt**fitted.input * np.maximum(terms.prefill_s, 1e-9) ** fitted.prefill)
    return _Waits(terms, log_first, terms.prefill_s, np.maximum(output_tokens - 1.0, 0.0), fitted)


def serving_plan(model: ModelGeometry, device: Device, load: Load, fitted: ServingParameters) -> ServingPlan:
    """The largest batch that keeps the time limits, and the replicas that carry the peak with it. [s, GB, replicas]

    replicas = ceil(peak * output / (most load * batch / step)) + spare; times hold for the busiest second, with as many sequences
    in flight as Little's law says, never more than the batch. More load therefore never shortens them.

    References:
        [1] Kwon et al., "PagedAttention", SOSP 2023 (continuous batching over the memory that is left).
        [2] Little, "A Proof for the Queuing Formula L = lambda W", Operations Research 9, 1961.
    """
    weights = weights_gb(model.parameters_b, device.bits)
    room = room_for_cache_gb(device.memory_gb, device.count, weights)
    each = kv_gb(model.kv_bytes_per_token, load.input_tokens + load.output_tokens, model.cache_copies)
    read = load.input_tokens * (1.0 - load.cached_share)
    terms = _terms(model, device, load, read, fitted.step)
    waits = _waits(terms, read, load.output_tokens, fitted.first_token, device.first_token_factor)
    felt = replace(waits, further_tokens=np.maximum(np.minimum(load.output_tokens, load.awaited_tokens) - 1.0, 0.0))
    batch = np.minimum(np.maximum(most_sequences(room, each), 1.0), _batch_in_time(felt, load))
    speed = batch / step_seconds(terms, batch)
    carried = speed * load.most_load / np.maximum(load.output_tokens, 1.0)
    serving = np.maximum(1.0, np.ceil(load.peak_per_second / carried - 1e-9))
    in_flight = _in_flight(waits, batch, load.peak_per_second)
    token, first, answer = felt.at(in_flight)
    replicas = np.where(room >= each, serving + load.spare_replicas, np.nan)
    busy = load.mean_per_second * np.maximum(load.output_tokens, 1.0) / (speed * replicas)
    return _as_columns(
        fits=room >= each, batch=in_flight, replicas=replicas, token_s=token, first_token_s=first, answer_s=answer,
        answer_p95_s=answer * TAIL, first_token_p95_s=first * TAIL, tokens_per_second=speed,
        memory_gb=memory_in_use_gb(weights, each * in_flight, device.count), utilisation=busy,
        accelerator_hours_per_month=replicas * device.count * HOURS_PER_MONTH,
        arithmetic_share=arithmetic_share(terms, batch),
    )  # fmt: skip


def _terms(model: ModelGeometry, device: Device, load: Load, read: Quantity, fitted: StepParameters) -> StepTerms:
    """The step's parts with only the uncached input to read; its keys and values are in memory all the same."""
    terms = step_terms(model, device, read, load.output_tokens, fitted)
    known = model.kv_bytes_per_token * (load.input_tokens - read) / (device.count * device.bandwidth_gbps * fitted.mbu_kv * 1e9)
    return replace(terms, per_sequence_s=terms.per_sequence_s + known)


def _batch_in_time(waits: _Waits, load: Load) -> Quantity:
    """The largest power of two whose 95th percentiles keep both limits; one sequence is the least."""
    answer_limit = np.where(np.isnan(load.answer_limit_s), np.inf, load.answer_limit_s)
    first_limit = np.where(np.isnan(load.first_token_limit_s), np.inf, load.first_token_limit_s)
    if np.all(np.isinf(answer_limit)) and np.all(np.isinf(first_limit)):
        return 2.0**LARGEST_BATCH_POWER
    low: Quantity = 0.0
    high: Quantity = LARGEST_BATCH_POWER + 1.0
    for _ in range(SEARCH_ROUNDS):
        middle = np.floor((low + high) / 2.0)
        _, first, answer = waits.at(np.exp2(middle))
        in_time = (answer * TAIL <= answer_limit) & (first * TAIL <= first_limit)
        low, high = np.where(in_time, middle, low), np.where(in_time, high, middle)
    return np.exp2(low)


def _in_flight(waits: _Waits, batch: Quantity, peak_per_second: Quantity) -> Quantity:
    """Sequences served at once at the peak, never more than the batch; iterated down from it, so it grows with the load."""
    in_flight = batch
    for _ in range(SETTLE_ROUNDS):
        answer = waits.at(in_flight)[2]
        in_flight = np.minimum(batch, np.maximum(1.0, peak_per_second * answer))
    return in_flight


def _as_columns(fits: bool | NDArray[np.bool_], **columns: Quantity) -> ServingPlan:
    return ServingPlan(fits=np.asarray(fits, bool), **{name: np.asarray(one, float) for name, one in columns.items()})
