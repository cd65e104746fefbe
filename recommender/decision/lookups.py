"""Facts of what a candidate may or may not have: an offer, a machine."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.columns import Ints


def looked_up(values: NDArray[Any], places: Ints, otherwise: float) -> NDArray[Any]:
    """Values at places; `otherwise` where a place is -1, so also where a catalog has none of them at all."""
    if not len(values):
        return np.full(len(places), otherwise)
    return np.where(places >= 0, values[np.maximum(places, 0)], otherwise)
