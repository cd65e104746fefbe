"""What an answer says of the examples that it learns from, and of the classes that it chooses from."""

from __future__ import annotations

import numpy as np

from recommender.domain.method import StrategySpec
from recommender.domain.situation import Situation
from recommender.explanation.numbers import plain
from recommender.techniques.prompting import are_looked_up
from recommender.techniques.tuning import COME_WITH_THE_DATA, labels_to_make


def of_examples(situation: Situation) -> str:
    """How many examples there are to learn from; where they are assumed, for what share the work to label them is counted."""
    number = f"about {plain(float(np.asarray(situation.labels)))} examples to learn from"
    to_make = float(np.asarray(labels_to_make(situation)))
    if to_make > 0:
        return _with_those_made(situation, to_make)
    if situation.labels_are_stated:
        return f" You have {number}."
    if situation.spec.family in COME_WITH_THE_DATA:
        return f" It is assumed that you have {number}."
    share = 100.0 * float(np.asarray(situation["unspoken_labels_made_share"]))
    return f" It is assumed that there are {number}; the days to label {plain(share)} % of them are counted."


def _with_those_made(situation: Situation, to_make: float) -> str:
    at_hand = float(np.asarray(situation.labels_at_hand))
    if at_hand == 0 and not situation.labels_are_stated:
        return f" No examples are taken to be at hand; {to_make:,.0f} are made first, and the days for them are counted."
    if at_hand == 0:
        return f" You have no examples to learn from; {to_make:,.0f} are made first, and the days for them are counted."
    return f" You have {plain(at_hand)} examples to learn from; {to_make:,.0f} more are made first, and the days for them are counted."


def of_classes(situation: Situation, strategy: StrategySpec) -> tuple[str, ...]:
    """Where there are more classes than a prompt has room for, which of them stand in it."""
    if "prompting" not in strategy.techniques or not np.all(are_looked_up(situation)):
        return ()
    shown = plain(float(np.asarray(situation["classes_shortlisted"])))
    return (
        f"Of {plain(situation.classes)} classes the {shown} nearest to each text stand in its prompt; they are looked up first.",
    )
