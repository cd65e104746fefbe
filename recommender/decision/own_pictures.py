"""Classes of pictures that are only named: what models were measured at are ImageNet's, what a team has are its own."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.domain.situation import Quantity, Situation

NAMED = "image_classification"
LOSS = "own_pictures_loss"


def on_ones_own_pictures(situation: Situation, points: Quantity) -> Quantity:
    """What a model that is only told the classes gets right of one's own pictures. [points]"""
    return points - situation[LOSS] if situation.task == NAMED else points


def doubt_of_ones_own_pictures(rows: Rows) -> tuple[Array, Array]:
    """How much more and less that may cost what is not trained on them, at the ends of the assumption. [points]"""
    is_untrained = np.array([not one.changes_weights for one in rows.columns.strategies])[rows.candidates.strategy]
    counts = is_untrained if rows.situation.task == NAMED else np.zeros_like(is_untrained)
    told = rows.columns.assumptions[LOSS]
    return np.where(counts, told.high - told.mid, 0.0), np.where(counts, told.mid - told.low, 0.0)
