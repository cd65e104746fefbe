"""Distillation: a large model labels, a small one learns."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation


def demand(situation: Situation) -> Demand:
    """Items the teacher labels, the student's training, and 200 items labelled by people to check both.

    Looked after like a tuned model, and its teacher, which labels again as things change, like a hosted one. [days]
    """
    items = situation["examples_per_teacher_run"]
    each = situation.input_tokens + situation.output_tokens
    return Demand(
        taught_items=items,
        tuned_examples=items,
        tuning_tokens=items * each * 2.0,
        labels_checked=200.0,
        tuning_days=situation["build_days_distillation"],
        upkeep_days=situation["upkeep_days_tuned"] + situation["upkeep_days_hosted"],
    )
