"""Serving a language model on one's own accelerators: how fast, at which batch, on how many replicas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.domain.parameters import ServingParameters
from recommender.domain.units import BITS_PER_BYTE, GIGA, MS_PER_SECOND, TERA
from recommender.estimates.memory import kv_gb, room_for_cache_gb, weights_gb

Quantity = float | NDArray[np.float64]
MOST_BATCH = 512.0
MOST_LOAD = 0.70  # of a replica's speed: above it queues grow faster than they drain
TAIL = 1.5  # 95th percentile over median under such a load
BATCH_ROUNDS = 7  # halvings from the largest batch until the time limits hold


@dataclass(frozen=True)
class ModelGeometry:
    """What speed follows from. Parameters in billions; NaN where unknown."""

    parameters_b: Quantity
    active_b: Quantity
    layers: Quantity
    kv_bytes_per_token: Quantity
    experts: Quantity
    experts_active: Quantity


@dataclass(frozen=True)
class Device:
    """One replica's accelerators: memory [GB] and bandwidth [GB/s] each, dense TFLOP/s each, how many, bits per weight."""

    memory_gb: Quantity
    bandwidth_gbps: Quantity
    tflops: Quantity
    count: Quantity
    bits: Quantity


@dataclass(frozen=True)
class Load:
    """What must be carried. Rates in requests per second, lengths in tokens, limits in seconds (NaN: none)."""

    peak_per_second: Quantity
    mean_per_second: Quantity
    input_tokens: Quantity
    output_tokens: Quantity
    answer_limit_s: Quantity
    first_token_limit_s: Quantity


@dataclass(frozen=True)
class ServingPlan:
    """How the load is carried. Times in seconds, memory in GB of one replica."""

    fits: NDArray[np.bool_]
    batch: NDArray[np.float64]
    replicas: NDArray[np.float64]
    token_s: NDArray[np.float64]
    first_token_s: NDArray[np.float64]
    answer_s: NDArray[np.float64]
    answer_p95_s: NDArray[np.float64]
    first_token_p95_s: NDArray[np.float64]
    tokens_per_second: NDArray[np.float64]
    memory_gb: NDArray[np.float64]


def weights_read_b(model: ModelGeometry, batch: Quantity) -> Quantity:
    """Parameters that one decode step reads, as a batch covers more and more experts. [billions]

    read = dense + routed * (1 - (1 - k/E)^batch), routed = (total - active) / (1 - k/E)

    References:
        [1] Derived from the public totals of mixtures of experts; checked on 2,563 measured rows of
            ai-dynamo/aiconfigurator and ml-energy/leaderboard, read 2026-11-23.
    """
    share = np.where(np.isnan(model.experts), 1.0, model.experts_active / model.experts)
    routed = np.where(share < 1.0, (model.parameters_b - model.active_b) / np.maximum(1.0 - share, 1e-9), 0.0)
    dense = model.parameters_b - routed
    return dense + routed * (1.0 - (1.0 - share) ** batch)


def step_seconds(model: ModelGeometry, device: Device, load: Load, batch: Quantity, fitted: ServingParameters) -> Quantity:
    """Time of one decode step, which is the time per output token of every sequence in the batch. [s]

    step = layers * launch + batch * scheduling + bytes read / bandwidth + FLOPs / speed + prefills in between

    References:
        [1] Pope et al., "Efficiently Scaling Transformer Inference", arXiv:2211.05102, section 2.
        [2] Parameters fitted on ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0), read 2026-11-23.
    """
    bandwidth = device.count * device.bandwidth_gbps
    compute = device.count * device.tflops * TERA
    is_mixture = ~np.isnan(model.experts)
    launch = fitted.layer_us * np.where(is_mixture, fitted.expert_factor, 1.0) + np.where(
        np.asarray(device.count) > 1, fitted.layer_parallel_us, 0.0
    )
    layers = np.where(np.isnan(model.layers), 32.0, model.layers)
    context = load.input_tokens + load.output_tokens / 2.0
    weights = weights_read_b(model, batch) * device.bits / BITS_PER_BYTE / (bandwidth * fitted.mbu)
    cache = kv_gb(model.kv_bytes_per_token, context, batch) / (bandwidth * fitted.mbu_kv)
    decode = 2.0 * model.active_b * GIGA * batch / (compute * fitted.mfu)
    prefill = batch / np.maximum(load.output_tokens, 1.0) * prefill_seconds(model, device, load, fitted)
    return layers * launch * 1e-6 + fitted.sequence_us * 1e-6 * batch + weights + cache + decode + prefill


def prefill_seconds(model: ModelGeometry, device: Device, load: Load, fitted: ServingParameters) -> Quantity:
    """Time to read one prompt, nothing else running. A floor: never shown as a wait. [s]

    prefill = 2 * active * input / (count * speed * mfu)

    References:
        [1] Kaplan et al., "Scaling Laws for Neural Language Models", arXiv:2001.08361, section 2.1 (2 FLOPs a parameter).
    """
    return 2.0 * model.active_b * GIGA * load.input_tokens / (device.count * device.tflops * TERA * fitted.mfu_prefill)


def serving_plan(model: ModelGeometry, device: Device, load: Load, fitted: ServingParameters) -> ServingPlan:
    """The largest batch that keeps the time limits, and the replicas that carry the peak with it. [s, GB, replicas]

    The first token waits for its prefill and for about seventeen decode steps of the running batch.

    References:
        [1] Measured waits against decode steps in ai-dynamo/aiconfigurator (Apache-2.0), read 2026-11-23.
    """
    weights = weights_gb(model.parameters_b, device.bits)
    room = room_for_cache_gb(device.memory_gb, device.count, weights)
    each = kv_gb(model.kv_bytes_per_token, load.input_tokens + load.output_tokens, 1.0)
    fits = np.asarray(room >= each)
    most = np.clip(np.floor(room / np.maximum(each, 1e-9)), 1.0, MOST_BATCH)
    batch = _batch_in_time(model, device, load, fitted, most)
    token, first, answer = _times(model, device, load, fitted, batch)
    speed = batch / token
    needed = load.peak_per_second * load.output_tokens / (speed * MOST_LOAD)
    replicas = np.where(fits, np.maximum(1.0, np.ceil(needed - 1e-9)), np.nan)
    in_flight = np.minimum(batch, np.maximum(1.0, load.peak_per_second * answer / np.maximum(replicas, 1.0)))
    token, first, answer = _times(model, device, load, fitted, in_flight)
    return ServingPlan(
        fits=fits,
        batch=np.asarray(in_flight, float),
        replicas=np.asarray(replicas, float),
        token_s=np.asarray(token, float),
        first_token_s=np.asarray(first, float),
        answer_s=np.asarray(answer, float),
        answer_p95_s=np.asarray(answer * TAIL, float),
        first_token_p95_s=np.asarray(first * TAIL, float),
        tokens_per_second=np.asarray(speed, float),
        memory_gb=np.asarray(1.05 * weights + 1.56 * device.count + each * in_flight, float),
    )


def _times(
    model: ModelGeometry, device: Device, load: Load, fitted: ServingParameters, batch: Quantity
) -> tuple[Quantity, Quantity, Quantity]:
    token = step_seconds(model, device, load, batch, fitted)
    waited = np.minimum(fitted.first_token_steps, 3.0 + batch)
    first = prefill_seconds(model, device, load, fitted) + waited * token
    return token, first, first + np.maximum(load.output_tokens - 1.0, 0.0) * token


def _batch_in_time(
    model: ModelGeometry, device: Device, load: Load, fitted: ServingParameters, most: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Halve the batch until both time limits hold at the 95th percentile; one sequence is the least."""
    useful = np.maximum(1.0, 2.0 * load.peak_per_second * np.maximum(load.output_tokens, 1.0) * 0.1)
    batch = np.minimum(most, np.maximum(useful, 8.0))
    for _ in range(BATCH_ROUNDS):
        _, first, answer = _times(model, device, load, fitted, batch)
        late = (answer * TAIL > load.answer_limit_s) | (first * TAIL > load.first_token_limit_s)
        batch = np.where(late, np.maximum(1.0, np.floor(batch / 2.0)), batch)
    return np.asarray(batch, float)


def milliseconds(seconds: Quantity) -> Quantity:
    """Seconds as milliseconds. [ms]

    References:
        [1] SI prefixes.
    """
    return seconds * MS_PER_SECOND
