"""The most that accelerators can produce when nobody waits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.domain.parameters import ServingParameters
from recommender.domain.units import Quantity
from recommender.estimates.decode_step import Device, ModelGeometry, step_seconds, step_terms
from recommender.estimates.memory import kv_gb, most_sequences, room_for_cache_gb, weights_gb


def offline_batch(
    model: ModelGeometry, device: Device, input_tokens: Quantity, output_tokens: Quantity, fitted: ServingParameters
) -> Quantity:
    """Sequences in flight when the memory is full; NaN where not even one fits. [sequences]

    batch = min(1024 * accelerators, room for the cache / cache of a sequence in the middle of its answer)

    References:
        [1] Kwon et al., "PagedAttention", SOSP 2023, section 3.
    """
    room = room_for_cache_gb(device.memory_gb, device.count, weights_gb(model.parameters_b, device.bits))
    each = kv_gb(model.kv_bytes_per_token, input_tokens + output_tokens / 2.0, 1.0)
    held = most_sequences(room, each)
    batch = np.minimum(held, fitted.offline.sequences * device.count)
    return np.where(batch >= 1.0, batch, np.nan)


def offline_tokens_per_second(
    model: ModelGeometry, device: Device, input_tokens: Quantity, output_tokens: Quantity, fitted: ServingParameters
) -> Quantity:
    """Output tokens of all sequences when the memory is full. [tokens/s]

    speed = batch / step(batch), with less scheduling per sequence than under interactive load

    References:
        [1] NVIDIA/TensorRT-LLM docs/source/performance/perf-overview.md v1.0 (Apache-2.0), fitted; read 2026-11-23.
    """
    batch = offline_batch(model, device, input_tokens, output_tokens, fitted)
    relaxed = replace(fitted.step, sequence_us=fitted.offline.sequence_us)
    return batch / step_seconds(step_terms(model, device, input_tokens, output_tokens, relaxed), batch)
