"""Retrieval: the passages nearest to the question, put before it."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Quantity, Situation
from recommender.techniques.search_index import index_ms, refreshed_tokens


def demand(situation: Situation) -> Demand:
    """One look-up and its passages per request; the corpus embedded once and as it changes. [tokens, days]"""
    return Demand(
        retrievals=1.0,
        prompt_tokens=situation["passages"] * situation["passage_tokens"],
        extra_ms=situation["retrieval_ms"] + index_ms(situation),
        corpus_tokens=situation.corpus_tokens,
        refreshed_tokens_per_month=refreshed_tokens(situation),
        build_days=situation["build_days_retrieval"] + gathering_days(situation),
        upkeep_days=situation["upkeep_days_retrieval"],
    )


def gathering_days(situation: Situation) -> Quantity:
    """Documents that nobody spoke of have to be found, cleaned and opened first. [days]"""
    return 0.0 if situation.corpus_is_stated else situation["build_days_gathering"]
