"""Models' own quality at a task, before any strategy."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array
from recommender.domain.columns import Columns, Floats
from recommender.domain.record import record
from recommender.domain.words import TASKS

RIVAL_QUANTILE = 0.95


@record
class Quality:
    """Quality of every candidate with its 80 % interval, and the weakest grade it rests on (place in GRADES)."""

    low: Array
    mid: Array
    high: Array
    grades: Array


def model_quality(columns: Columns, task: str) -> Floats:
    """Each model's own quality at a task. [points]"""
    return np.asarray(columns.quality.mid[TASKS.index(task)], float)


def rival_quality(columns: Columns, task: str) -> float:
    """The best prompted model's quality, not thrown by one outlier; NaN where no language model is scored."""
    types = [0, 1, 2]
    scores = model_quality(columns, task)[np.isin(columns.models.types, types)]
    known = scores[~np.isnan(scores)]
    return float(np.quantile(known, RIVAL_QUANTILE)) if len(known) else float("nan")
