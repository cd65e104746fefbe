"""How well a quality is known, in words."""

from __future__ import annotations

import math

from recommender.decision.decide import Decision
from recommender.decision.trialled import measured_sources
from recommender.domain.words import GRADES
from recommender.explanation.plain_words import GRADE_WORDS


def is_measured_by_oneself(decision: Decision, row: int) -> bool:
    """Whether one's own trial speaks for an option."""
    strategy, model = decision.candidates.strategy[row], decision.candidates.model[row]
    columns = decision.columns
    found = measured_sources(columns, decision.situation.task, columns.strategies[strategy].id, columns.models.ids[model])
    return bool(found)


def how_known(decision: Decision, row: int) -> str:
    """What an option's quality rests on."""
    if math.isnan(float(decision.quality.mid[row])):
        return GRADE_WORDS[None]
    stated = decision.requirements.incumbent
    if decision.candidates.is_incumbent[row] and stated is not None and stated.quality is not None:
        return "as you state it"
    if is_measured_by_oneself(decision, row):
        return "with what you measured on your own examples"
    return GRADE_WORDS[GRADES[int(decision.quality.grades[row])]]
