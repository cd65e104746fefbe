"""When models end that somebody named: that they are retired says little without the day."""

from __future__ import annotations

import datetime

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.facts import HALF_A_YEAR
from recommender.decision.patterns import matching

STILL_OFFERED = "is-still-offered"
MOST_NAMED = 3


def ends_of_what_was_named(decision: Decision, rule: str) -> str:
    """The days on which the models end that `only` names, to follow what the rule says; nothing where it names none of them."""
    models, patterns = decision.columns.models, decision.requirements.only or ()
    if rule != STILL_OFFERED or not patterns:
        return ""
    named = np.any([matching(models.ids, one) for one in patterns], axis=0)
    ends = np.flatnonzero(named & (models.retired <= decision.columns.as_of.toordinal() + HALF_A_YEAR))[:MOST_NAMED]
    days = (datetime.date.fromordinal(int(models.retired[one])) for one in ends)
    return "".join(f" {models.ids[one]} ends on {day}." for one, day in zip(ends, days, strict=True))
