"""Models' own quality at a task, before any strategy."""

from __future__ import annotations

import numpy as np

from recommender.domain.columns import Columns, Floats
from recommender.domain.record import record
from recommender.domain.words import TASKS


@record
class Quality:
    """Quality of every candidate with its 80 % interval, and the weakest grade it rests on (place in GRADES)."""

    low: Floats
    mid: Floats
    high: Floats
    grades: Floats


def model_quality(columns: Columns, task: str) -> Floats:
    """Each model's own quality at a task. [points]"""
    return np.asarray(columns.quality.mid[TASKS.index(task)], float)


def rival_quality(columns: Columns, task: str) -> float:
    """The best prompted models' quality; NaN where language models are not what a task is about. [points]"""
    return float(columns.quality.rivals[TASKS.index(task)])
