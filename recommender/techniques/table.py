"""The one table of techniques: the word a strategy names, and the function that says what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from operator import add

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation
from recommender.techniques import (
    corpus_in_prompt,
    distillation,
    escalation,
    examples,
    pretraining,
    prompting,
    ready_made,
    retrieval,
    search_index,
    tool_calls,
    tuning,
)

TECHNIQUES: dict[str, Callable[[Situation], Demand]] = {
    "prompting": prompting.demand,
    "prompting_tuned": prompting.demand_when_tuned,
    "examples": examples.demand,
    "corpus_in_prompt": corpus_in_prompt.demand,
    "tool_calls": tool_calls.demand,
    "escalation": escalation.demand,
    "retrieval": retrieval.demand,
    "llm_tuning": tuning.llm_demand,
    "encoder_tuning": tuning.encoder_demand,
    "specialist_tuning": tuning.specialist_demand,
    "distillation": distillation.demand,
    "pretraining": pretraining.continued_demand,
    "scratch": pretraining.scratch_demand,
    "classical": ready_made.classical_demand,
    "as_is": ready_made.as_is_demand,
    "search": search_index.demand,
    "handwritten_rules": ready_made.handwritten_demand,
}


def total_demand(techniques: Iterable[str], situation: Situation) -> Demand:
    """The sum of what techniques ask for."""
    asked = [TECHNIQUES[name](situation) for name in techniques]
    return reduce(add, asked) if asked else Demand()
