"""An index over one's own items, that finds the nearest ones."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation

REFRESHED_SHARE = 0.1  # of the corpus, each time that it changes, assumed


def demand(situation: Situation) -> Demand:
    """All items embedded once and as they change, and the days to build the search around them. [tokens, ms, days]"""
    return Demand(
        corpus_tokens=situation.corpus_tokens,
        refreshed_tokens_per_month=situation.corpus_tokens * REFRESHED_SHARE * situation.refreshes_per_month,
        extra_ms=situation["retrieval_ms"] * 0.05,
        build_days=situation["build_days_search"],
        upkeep_days=situation["upkeep_days_retrieval"] * 0.5,
    )
