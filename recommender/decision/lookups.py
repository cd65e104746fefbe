"""Facts of what a candidate may or may not have: an offer, a machine; and whether its model is of some type."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.columns import Floats, Ints, Mask
from recommender.domain.words import MODEL_TYPES


def looked_up(values: NDArray[Any], places: Ints, otherwise: float) -> NDArray[Any]:
    """Values at places; `otherwise` where a place is -1, so also where a catalog has none of them at all."""
    return np.asarray(np.append(values, otherwise)[places])  # place -1 is the last


def known_or(values: NDArray[Any], otherwise: float | Floats) -> Floats:
    """Values, and `otherwise` where they are not known. `numpy.nan_to_num` takes several times as long on short columns."""
    return np.where(np.isnan(values), otherwise, values)


def are_of(types: Ints, *kinds: str) -> Mask:
    """Which of some models' types are among these kinds."""
    flags = np.zeros(len(MODEL_TYPES), bool)
    flags[[MODEL_TYPES.index(kind) for kind in kinds]] = True
    return np.asarray(flags[types], bool)
