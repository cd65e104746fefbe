"""Prompting: an instruction in front of every input."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation


def demand(situation: Situation) -> Demand:
    """A fixed instruction [tokens, the same each time], and the days to write it."""
    return Demand(
        prefix_tokens=situation["instruction_tokens"],
        build_days=situation["build_days_prompting"],
        upkeep_days=situation["upkeep_days_hosted"],
    )


def demand_when_tuned(situation: Situation) -> Demand:
    """A tuned model has learned the instruction: only a tenth of it is left, and it needs little writing."""
    return Demand(
        prefix_tokens=situation["instruction_tokens"] * 0.1,
        build_days=situation["build_days_prompting"] * 0.5,
        upkeep_days=situation["upkeep_days_hosted"],
    )
