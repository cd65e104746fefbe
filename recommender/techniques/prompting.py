"""Prompting: an instruction in front of every input."""

from __future__ import annotations

import numpy as np

from recommender.domain.demand import Demand
from recommender.domain.situation import Quantity, Situation

CLASSES_IN_AN_INSTRUCTION = 10.0  # that the assumed length of an instruction has room for


def demand(situation: Situation) -> Demand:
    """A fixed instruction [tokens, the same each time], and the days to write it."""
    return Demand(
        prefix_tokens=situation["instruction_tokens"] + _class_list(situation),
        build_days=situation["build_days_prompting"],
        upkeep_days=situation["upkeep_days_hosted"],
    )


def _class_list(situation: Situation) -> Quantity:
    """What is chosen from must be named in every prompt. [tokens]"""
    return np.asarray(np.maximum(situation.classes - CLASSES_IN_AN_INSTRUCTION, 0.0) * situation["tokens_per_class"])


def demand_when_tuned(situation: Situation) -> Demand:
    """A tuned model has learned the instruction and the classes: only a tenth of it is left, and it needs little writing."""
    return Demand(
        prefix_tokens=situation["instruction_tokens"] * 0.1,
        build_days=situation["build_days_prompting"] * 0.5,
        upkeep_days=situation["upkeep_days_hosted"],
    )
