"""Going on with pre-training, and training from nothing."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Quantity, Situation

AUDIO_TOKENS_PER_HOUR = 90_000.0


def continued_demand(situation: Situation) -> Demand:
    """The raw corpus read once, and the months of work. [tokens, days]"""
    return Demand(raw_tokens=raw_tokens(situation), tuning_days=situation["build_days_pretraining"])


def scratch_demand(situation: Situation) -> Demand:
    """The raw corpus and all labelled pairs, and a team for a year. [tokens, days]"""
    return Demand(raw_tokens=raw_tokens(situation), tuning_days=situation["build_days_scratch"], upkeep_days=10.0)


def raw_tokens(situation: Situation) -> Quantity:
    """Raw material at hand, audio counted at 25 frames a second; pictures that come with texts teach no words. [tokens]"""
    data = situation.requirements.data
    spoken = (data.unlabelled_hours or 0.0) * AUDIO_TOKENS_PER_HOUR
    pairs = situation.labels * (situation.input_tokens - situation.wordless_tokens + situation.output_tokens)
    return (data.unlabelled_tokens or 0.0) + spoken + pairs
