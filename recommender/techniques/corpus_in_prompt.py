"""Long context: the whole corpus in every prompt, the same each time, so that the provider's cache applies."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation
from recommender.techniques.retrieval import gathering_days


def demand(situation: Situation) -> Demand:
    """The corpus. [tokens per request, days]"""
    days = situation["build_days_corpus_in_prompt"] + gathering_days(situation)
    return Demand(prefix_tokens=situation.corpus_tokens, build_days=days)
