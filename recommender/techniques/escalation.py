"""Cascade: what the small model is unsure of goes to a large one as well."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation


def demand(situation: Situation) -> Demand:
    """The share of requests that a large model answers too. [share, days]"""
    return Demand(
        escalations=situation["escalation_share"],
        build_days=situation["build_days_escalation"] + situation["build_days_component"],
        labels_checked=200.0,
    )
