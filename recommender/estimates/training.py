"""What tuning and training take: accelerator hours and what they cost."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.units import GIGA, SECONDS_PER_HOUR, TERA

Quantity = float | NDArray[np.float64]
FULL_FLOPS, LORA_FLOPS = 6.0, 4.0


def training_hours(
    active_b: Quantity, tokens: Quantity, tflops: Quantity, mfu: Quantity, flops: float = FULL_FLOPS
) -> Quantity:
    """Accelerator hours to see a number of tokens. [h]

    hours = flops * parameters * tokens / (speed * mfu * 3600)

    Args:
        flops: 6 for full training, 4 where only adapters are updated. [FLOP per parameter and token]

    References:
        [1] Kaplan et al., arXiv:2001.08361, section 2.1 (6 N D).
        [2] Hu et al., "LoRA", arXiv:2106.09685.
    """
    return flops * active_b * GIGA * tokens / (tflops * TERA * mfu * SECONDS_PER_HOUR)
