"""How good an option is expected to be, on which scale, and what was taken off for this case."""

from __future__ import annotations

import math

import numpy as np

from recommender.decision.acting import share_not_acted_on
from recommender.decision.decide import Decision
from recommender.domain.words import GRADES, SCALES
from recommender.explanation.how_known import how_known
from recommender.explanation.numbers import counted, plain, span
from recommender.explanation.options import is_stated
from recommender.explanation.plain_words import GRADE_WORDS

MEASURED = ("measured", "self_reported")
READY_MADE = "pretrained_as_is"
ALIKE = 0.05  # points


def why_quality(decision: Decision, row: int) -> str:
    """The middle and its range, what it rests on, the scale; then what lowers it."""
    quality, levels = decision.quality, decision.situation.spec.levels
    mid = float(quality.mid[row])
    if math.isnan(mid):
        return "Its quality at this task has not been published: no evidence. Measure it before you rely on it."
    bounds = span(float(quality.low[row]), float(quality.high[row]), "points of 100")
    told = (
        f"Expected quality is {plain(mid)} ({bounds}), {how_known(decision, row)};"
        f" 'good' for this task begins at {plain(levels.good)}.",
        *_less_for_ones_own_material(decision, row),
        *_not_acted_on(decision, row),
        f"What the points are: {levels.scale}.",
    )
    return " ".join(told)


def _less_for_ones_own_material(decision: Decision, row: int) -> tuple[str, ...]:
    """What a specialist was measured at, where its expected quality is that less what one's own material costs it."""
    strategy = decision.columns.strategies[decision.candidates.strategy[row]].id
    grade = GRADES[int(decision.quality.grades[row])]
    if strategy != READY_MADE or grade not in MEASURED or how_known(decision, row) != GRADE_WORDS[grade]:
        return ()
    model = decision.candidates.model[row]
    was = float(decision.columns.quality.mid[SCALES.index(decision.situation.scale)][model])
    lost = float(np.asarray(decision.situation["own_material_loss"]))
    if not abs(was - float(decision.quality.mid[row]) - lost) < ALIKE:
        return ()
    off = counted(lost, "point")
    return (f"Benchmarks say {plain(was)}: {off} less are expected on your own material.",)


def _not_acted_on(decision: Decision, row: int) -> tuple[str, ...]:
    """What is taken of requests that need an action, where answers in words cannot take it."""
    strategy = decision.columns.strategies[decision.candidates.strategy[row]].id
    share = float(np.asarray(share_not_acted_on(decision.situation, strategy)))
    if share <= 0 or is_stated(decision, row):
        return ()
    worth = float(np.asarray(decision.situation["quality_without_the_action"]))
    return (
        f"You asked that it act: of 100 requests {plain(100.0 * share)} are taken to need an action that it cannot take, and there it is"
        f" worth {plain(worth)} points.",
    )
