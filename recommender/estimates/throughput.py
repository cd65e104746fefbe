"""Models that are not generative text: items per second and time per item from arithmetic work, on GPU and CPU."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.units import GIGA, TERA

Quantity = float | NDArray[np.float64]


def forward_seconds(active_b: Quantity, tokens: Quantity, tflops: Quantity, efficiency: Quantity) -> Quantity:
    """One forward pass over one item. [s]

    time = 2 * parameters * tokens / (speed * efficiency)

    References:
        [1] Kaplan et al., arXiv:2001.08361, section 2.1.
        [2] Reimers and Gurevych, sentence-transformers speed table (sentences per second on V100), read 2026-11-23:
            sentences/s times parameters is constant within 1.6 times.
    """
    return 2.0 * active_b * GIGA * tokens / (tflops * TERA * efficiency)


def machines_for(peak_per_second: Quantity, item_seconds: Quantity, most_load: float) -> Quantity:
    """Accelerators that carry the busiest second. [accelerators]

    machines = ceil(peak * time per item / load)

    References:
        [1] Little, "A Proof for the Queuing Formula L = lambda W", Operations Research 9, 1961.
    """
    return np.maximum(1.0, np.ceil(peak_per_second * item_seconds / most_load - 1e-9))


def speech_seconds(audio_minutes: Quantity, real_time_factor: Quantity) -> Quantity:
    """Machine time for a recording. [s]

    time = minutes * 60 / factor

    References:
        [1] Open ASR Leaderboard, RTFx: seconds of audio per second of machine, read 2025-11.
    """
    return audio_minutes * 60.0 / real_time_factor


def diffusion_seconds(denoiser_b: Quantity, steps: Quantity, tokens: Quantity, tflops: Quantity) -> Quantity:
    """One picture by diffusion with guidance, decoder included. [s]

    time = steps * 2 * 2 * parameters * tokens / (speed * 0.388) + 0.577

    References:
        [1] Fitted on ml-energy/leaderboard text-to-image runs, read 2026-11-23; refit within 27 % at the median.
    """
    return steps * 4.0 * denoiser_b * GIGA * tokens / (tflops * TERA * 0.388) + 0.577
