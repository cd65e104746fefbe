"""Tools: a model calls programs in a loop; every step carries the whole conversation again."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation


def demand(situation: Situation) -> Demand:
    """Extra model calls with their tokens, and the tools' own time. [calls, tokens, ms, days]"""
    steps = situation["tool_steps"]
    return Demand(
        extra_calls=steps - 1.0,
        prompt_tokens=(steps - 1.0) * (situation.input_tokens + situation["instruction_tokens"]),
        answer_tokens=(steps - 1.0) * 60.0,
        extra_ms=(steps - 1.0) * situation["tool_seconds"] * 1000.0,
        build_days=situation["build_days_tool_calls"],
        upkeep_days=situation["upkeep_days_tools"],
    )
