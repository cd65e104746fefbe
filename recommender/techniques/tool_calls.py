"""Tools: a model calls programs in a loop; every step carries the whole conversation again."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation
from recommender.techniques import retrieval


def demand(situation: Situation) -> Demand:
    """Extra model calls with their tokens, and the tools' own time. [calls, tokens, ms, days]

    Over documents, one of the tools is a search: its index is built, kept and paid for as in retrieval. Code is searched by name,
    in the files themselves.
    """
    steps, is_code = situation["tool_steps"], situation.task == "code_generation"
    tools = Demand(
        extra_calls=steps - 1.0,
        prompt_tokens=(steps - 1.0) * (situation.input_tokens + situation["instruction_tokens"]),
        answer_tokens=(steps - 1.0) * 60.0,
        extra_ms=(steps - 1.0) * situation["code_tool_seconds" if is_code else "tool_seconds"] * 1000.0,
        build_days=situation["build_days_tool_calls"],
        upkeep_days=situation["upkeep_days_tools"],
    )
    is_prose = "code" not in situation.spec.output and situation.requirements.knowledge.source in (None, "documents")
    return tools + retrieval.demand(situation) if situation.rests_on_a_corpus and is_prose else tools
