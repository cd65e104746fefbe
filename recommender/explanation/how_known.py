"""What an option's quality rests on, in words."""

from __future__ import annotations

import math

from recommender.decision.decide import Decision
from recommender.decision.trialled import measured_sources
from recommender.domain.words import GRADES
from recommender.explanation.options import is_stated
from recommender.explanation.plain_words import BY_ONESELF, BY_STATEMENT, GRADE_WORDS


def how_known(decision: Decision, row: int) -> str:
    """One's own word and one's own trial before what anybody else says."""
    if math.isnan(float(decision.quality.mid[row])):
        return GRADE_WORDS[None]
    if is_stated(decision, row):
        return BY_STATEMENT
    if _is_measured_by_oneself(decision, row):
        return BY_ONESELF
    return GRADE_WORDS[GRADES[int(decision.quality.grades[row])]]


def _is_measured_by_oneself(decision: Decision, row: int) -> bool:
    """Whether one's own trial speaks for an option."""
    strategy, model = decision.candidates.strategy[row], decision.candidates.model[row]
    columns = decision.columns
    found = measured_sources(columns, decision.situation.task, columns.strategies[strategy].id, columns.models.ids[model])
    return bool(found)
