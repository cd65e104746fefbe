"""What answers in words alone are worth where the team says that tools must be called. [points]"""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Rows
from recommender.decision.learning import Ends
from recommender.domain.situation import Quantity, Situation
from recommender.domain.words import CONVERSATIONS

TOOL_CALLING = "tool_calling"
# Elsewhere a call is only the form of an answer (fields that are extracted), or the task is measured with its tools.
CALLS_TOOLS = frozenset(("tool_agent", "pretrained_as_is"))  # the latter are voice models, which call tools by themselves
LEARNS_TO_CALL = frozenset(
    ("finetune_llm", "rag_finetune", "distillation")
)  # from examples at hand, whose answers hold the calls


def as_far_as_words_go(rows: Rows, strategy: str, ends: Ends) -> Ends:
    """A strategy's quality where a share of the requests needs an action, which only those that call tools can take."""
    share, told = share_not_acted_on(rows.situation, strategy), rows.situation["quality_without_the_action"]
    if not np.any(share):
        return ends
    low, mid, high = (np.asarray((1.0 - share) * end + share * np.minimum(end, told)) for end in ends)
    return low, mid, high


def share_not_acted_on(situation: Situation, strategy: str) -> Quantity:
    """The share of the requests that need an action which a strategy cannot take; none where nobody asked for actions. [0-1]"""
    asks = TOOL_CALLING in (situation.requirements.capabilities or ())
    if not asks or situation.task not in CONVERSATIONS or strategy in CALLS_TOOLS:
        return 0.0
    return situation["requests_that_need_an_action"] * _untaught(situation, strategy)


def _untaught(situation: Situation, strategy: str) -> Quantity:
    """The share of the actions that a strategy has not learned to take. Examples that somebody made to be learned from show them."""
    if strategy not in LEARNS_TO_CALL or not situation.labels_are_stated:
        return 1.0
    half = situation["half_calling_examples"]
    return np.asarray(half / (half + situation.labels_at_hand), float)
