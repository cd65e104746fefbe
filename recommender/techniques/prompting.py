"""Prompting: an instruction in front of every input."""

from __future__ import annotations

import numpy as np

from recommender.domain.columns import Mask
from recommender.domain.demand import Demand
from recommender.domain.situation import Situation
from recommender.domain.words import LABELLED

CLASSES_IN_AN_INSTRUCTION = 10.0  # that the assumed length of an instruction has room for


def demand(situation: Situation) -> Demand:
    """A fixed instruction [tokens, the same each time], and the days to write it. What is chosen from must be named in every prompt:
    all of it, or of very many classes those nearest to the text, which are looked up."""
    is_looked_up = are_looked_up(situation)
    listed = np.maximum(situation.classes - CLASSES_IN_AN_INSTRUCTION, 0.0)
    return Demand(
        prefix_tokens=situation["instruction_tokens"] + np.where(is_looked_up, 0.0, listed) * situation["tokens_per_class"],
        prompt_tokens=np.where(is_looked_up, situation["classes_shortlisted"], 0.0) * situation["tokens_per_class"],
        retrievals=np.where(is_looked_up, 1.0, 0.0),
        build_days=situation["build_days_prompting"] + np.where(is_looked_up, situation["build_days_component"], 0.0),
        upkeep_days=situation["upkeep_days_hosted"],
    )


def are_looked_up(situation: Situation) -> Mask:
    """Whether a prompt has no room for all classes. Only texts are looked up: pictures have no words to find a class's name by."""
    return np.asarray(
        (situation.task in LABELLED)
        & (situation.classes > situation["classes_in_a_prompt"])
        & ("text" in situation.spec.input),
        bool,
    )


def demand_when_tuned(situation: Situation) -> Demand:
    """A tuned model has learned the instruction and the classes: only a tenth of it is left, and it needs little writing."""
    return Demand(
        prefix_tokens=situation["instruction_tokens"] * 0.1,
        build_days=situation["build_days_prompting"] * 0.5,
        upkeep_days=situation["upkeep_days_hosted"],
    )
