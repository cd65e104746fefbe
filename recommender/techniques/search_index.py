"""An index over one's own items, that finds the nearest ones."""

from __future__ import annotations

import numpy as np

from recommender.domain.demand import Demand
from recommender.domain.situation import Quantity, Situation
from recommender.estimates.retrieval import Chunking, chunk_count, search_ms

CHUNKING = Chunking(512.0, 64.0)
REFRESHED_SHARE = 0.1  # of the corpus, each time that it changes, assumed
MOST_REFRESHED = 3.0  # times the corpus each month, assumed: what changes by the hour is a smaller part each time


def demand(situation: Situation) -> Demand:
    """All items embedded once and as they change, and the days to build the search around them. [tokens, ms, days]"""
    return Demand(
        corpus_tokens=situation.corpus_tokens,
        refreshed_tokens_per_month=refreshed_tokens(situation),
        extra_ms=index_ms(situation),
        build_days=situation["build_days_search"],
        upkeep_days=situation["upkeep_days_retrieval"] * 0.5,
    )


def refreshed_tokens(situation: Situation) -> Quantity:
    """What is embedded again each month as the corpus changes. [tokens per month]"""
    return np.asarray(situation.corpus_tokens * np.minimum(REFRESHED_SHARE * situation.refreshes_per_month, MOST_REFRESHED))


def index_ms(situation: Situation) -> Quantity:
    """Time of one search in an index over the corpus. [ms]"""
    vectors = chunk_count(situation.corpus_tokens, CHUNKING)
    return search_ms(vectors, situation["search_base_ms"], situation["search_ms_per_tenfold"])
