"""Energy and carbon of answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.units import JOULES_PER_KWH

Quantity = float | NDArray[np.float64]
POWER_SHARE = 0.866  # of the rated power, fitted


def grams_per_1k(power_w: Quantity, busy_seconds: Quantity, overhead: Quantity, grams_per_kwh: Quantity) -> Quantity:
    """Carbon of a thousand requests on own machines. [gCO2e per 1,000 requests]

    grams = 0.866 * power * seconds * 1000 / 3.6e6 * overhead * grid

    References:
        [1] mlco2/ecologits, data/electricity_mixes.csv, read 2026-11-23.
        [2] ml-energy/leaderboard, measured power against rated power, read 2026-11-23.
    """
    return POWER_SHARE * power_w * busy_seconds * 1000.0 / JOULES_PER_KWH * overhead * grams_per_kwh
