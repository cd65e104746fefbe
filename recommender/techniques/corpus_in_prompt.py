"""Long context: the whole corpus in every prompt, the same each time, so that the provider's cache applies."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation


def demand(situation: Situation) -> Demand:
    """The corpus. [tokens per request, days]"""
    return Demand(prefix_tokens=situation.corpus_tokens, build_days=situation["build_days_corpus_in_prompt"])
