"""Distillation: a large model labels, a small one learns."""

from __future__ import annotations

import numpy as np

from recommender.domain.demand import Demand
from recommender.domain.situation import Quantity, Situation

TAUGHT_PER_CLASS = 64.0  # that a student needs of every class
MOST_TAUGHT = 1_000_000.0  # items that a teacher labels at most


def demand(situation: Situation) -> Demand:
    """Items the teacher labels, the student's training, and 200 items labelled by people to check both.

    Looked after like a tuned model, and its teacher, which labels again as things change, like a hosted one. [days]
    """
    items = taught(situation)
    each = situation.input_tokens + situation.output_tokens
    return Demand(
        taught_items=items,
        tuned_examples=items,
        tuning_tokens=items * each * 2.0,
        labels_checked=200.0,
        tuning_days=situation["build_days_distillation"],
        upkeep_days=situation["upkeep_days_tuned"] + situation["upkeep_days_hosted"],
    )


def taught(situation: Situation) -> Quantity:
    """Items that the teacher labels: the usual number, more where there are many classes. [items]"""
    usual = situation["examples_per_teacher_run"]
    return np.maximum(usual, np.minimum(TAUGHT_PER_CLASS * situation.classes, MOST_TAUGHT))
