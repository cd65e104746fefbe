"""Tools: a model calls programs in a loop; every step carries the whole conversation again."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation
from recommender.domain.units import MS_PER_SECOND
from recommender.techniques import retrieval


def demand(situation: Situation) -> Demand:
    """Further model calls, what each leaves for the later ones to read, and the tools' own time. [calls, tokens, ms, days]

    Over documents, one of the tools is a search: its index is built, kept and paid for as in retrieval. Code is searched by name,
    in the files themselves.
    """
    is_code, again = situation.task == "code_generation", situation.model_calls - 1.0
    tools = Demand(
        extra_calls=again,
        step_tokens=situation["code_tool_result_tokens" if is_code else "tool_result_tokens"] + situation["tool_call_tokens"],
        answer_tokens=again * situation["tool_call_tokens"],
        extra_ms=again * situation["code_tool_seconds" if is_code else "tool_seconds"] * MS_PER_SECOND,
        build_days=situation["build_days_tool_calls"],
        upkeep_days=situation["upkeep_days_tools"],
    )
    is_prose = "code" not in situation.spec.output and situation.requirements.knowledge.source in (None, "documents")
    return tools + retrieval.demand(situation) if situation.rests_on_a_corpus and is_prose else tools
