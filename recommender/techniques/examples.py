"""Few-shot: solved examples in every prompt, looked up by likeness."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation


def demand(situation: Situation) -> Demand:
    """Examples as long as the work itself. [tokens per request, days]"""
    each = situation.input_tokens + situation.output_tokens
    return Demand(
        prompt_tokens=situation["few_shot_examples"] * each,
        build_days=situation["build_days_examples"],
        labels_checked=situation["few_shot_examples"] * 5.0,
    )
