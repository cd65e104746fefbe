"""Few-shot: solved examples in every prompt, looked up by likeness where there are many."""

from __future__ import annotations

import numpy as np

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation

MANY_EXAMPLES = 50.0  # above which the best to show depends on the input


def demand(situation: Situation) -> Demand:
    """Examples as long as the work itself, and one look-up for the nearest of many. [tokens per request, days]"""
    each = situation.input_tokens + situation.output_tokens
    return Demand(
        prompt_tokens=situation["few_shot_examples"] * each,
        retrievals=np.where(np.asarray(situation.labels_at_hand) >= MANY_EXAMPLES, 1.0, 0.0),
        build_days=situation["build_days_examples"],
        labels_checked=situation["few_shot_examples"] * 5.0,
    )
