"""One stream on a device: consumer GPU, Apple computer, processor."""

from __future__ import annotations

import numpy as np

from recommender.domain.parameters import LocalParameters
from recommender.domain.record import record
from recommender.domain.units import MS_PER_SECOND, Quantity
from recommender.estimates.memory import weights_gb


@record
class LocalModel:
    """A model as it lies on a device: parameters [billions], bits per weight, whether it is a mixture of experts (0 or 1)."""

    parameters_b: Quantity
    active_b: Quantity
    bits: Quantity
    is_mixture: Quantity


@record
class LocalDevice:
    """Memory [GB] and bandwidth [GB/s] of each accelerator; how many hold the model, how many read at the same time."""

    memory_gb: Quantity
    bandwidth_gbps: Quantity
    count: Quantity = 1.0
    reading: Quantity = 1.0


def share_on_accelerator(model: LocalModel, device: LocalDevice, fitted: LocalParameters) -> Quantity:
    """Share of the weights that the accelerator holds; the host's memory holds the rest. [share]

    share = min(1, (memory - reserve) * count / weights)

    References:
        [1] ggml-org/llama.cpp README: layers beyond the accelerator's memory run on the processor, read 2026-11-23.
    """
    room = np.maximum(device.memory_gb - fitted.reserve_gb, 0.0) * device.count
    return np.minimum(1.0, room / weights_gb(model.parameters_b, model.bits))


def local_seconds_per_token(model: LocalModel, device: LocalDevice, fitted: LocalParameters) -> Quantity:
    """Time per token of a single stream. [s]

    time = active weights * (share / (bandwidth * reached) + (1 - share) / host bandwidth) + fixed

    References:
        [1] Fitted on AlexsJones/llmfit llmfit-core/data/benchmark_cache.json (MIT), community runs, read 2026-11-23.
    """
    is_mixture = np.asarray(model.is_mixture) > 0
    reached = np.where(is_mixture, fitted.expert_share, fitted.dense_share)
    fixed = np.where(is_mixture, fitted.expert_ms, fitted.dense_ms) / MS_PER_SECOND
    share = share_on_accelerator(model, device, fitted)
    active = weights_gb(model.active_b, model.bits)
    near = share / (device.bandwidth_gbps * device.reading * reached)
    return active * (near + (1.0 - share) / fitted.host_gbps) + fixed


def local_speed(model: LocalModel, device: LocalDevice, fitted: LocalParameters, speculates: Quantity = 0.0) -> Quantity:
    """Tokens per second of a single stream. [tokens/s]

    speed = 1 / time per token, times 1.7 with speculative decoding

    References:
        [1] As `local_seconds_per_token`.
    """
    gain = np.where(np.asarray(speculates) > 0, fitted.speculation, 1.0)
    return gain / local_seconds_per_token(model, device, fitted)
