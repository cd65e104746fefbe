"""What an answer says of the examples that it learns from."""

from __future__ import annotations

import numpy as np

from recommender.domain.situation import Situation
from recommender.explanation.numbers import plain
from recommender.techniques.tuning import COME_WITH_THE_DATA


def of_examples(situation: Situation) -> str:
    """How many examples there are to learn from; where they are assumed, for what share the work to label them is counted."""
    number = f"about {plain(float(np.asarray(situation.labels)))} examples to learn from"
    if situation.labels_are_stated:
        return f" You have {number}."
    if situation.spec.family in COME_WITH_THE_DATA:
        return f" It is assumed that you have {number}."
    share = 100.0 * float(np.asarray(situation["unspoken_labels_made_share"]))
    return f" It is assumed that there are {number}; the days to label {plain(share)} % of them are counted."
