"""The cheapest measurement that would settle the top two, or a near tie."""

from __future__ import annotations

import math

from recommender.decision.decide import Decision
from recommender.domain.recommendation import Pilot
from recommender.domain.words import LEARNABLE, LEAST_PER_CLASS, PICTURE_SEARCH
from recommender.explanation.how_known import how_known
from recommender.explanation.numbers import counted
from recommender.explanation.options import option_id

CONFIDENCE = 0.8
Z = 0.8416  # one-sided 80 %
LEAST, MOST = 50, 2000
MOST_OF_CLASSES = 4000  # examples that a trial of many classes may take
ACCEPTED = "the share of answers that your own people accept, judged blind"
METRICS = {
    "classification": "the share of right labels (macro-F1 where classes are unequal)",
    "speech_to_text": "the word error rate on your own recordings",
    "semantic_search": "how often the right item is among the first ten",
    PICTURE_SEARCH: "how often the right picture comes first",
    "time_series_forecasting": "the error of forecasts of the last periods you know (mean absolute scaled error)",
    "tabular_prediction": "the error on rows that were kept aside",
    "reranking": "how high the right items stand (nDCG at 10)",
}


def _apart(one: float, other: float, gap: float) -> str:
    if math.isnan(one) or math.isnan(other):
        return "How far the two are apart is not known."
    if abs(one - other) < gap:
        return f"The two are expected within {counted(gap, 'point')} of each other, which is what this tells apart."
    return f"The two are expected to differ by {counted(gap, 'point')}."


def _of_classes(decision: Decision, told_apart: int) -> tuple[int, str]:
    """Examples that the stated classes need, and a sentence where they are more than tell the two apart."""
    classes = decision.requirements.data.classes
    if classes is None or decision.situation.task not in LEARNABLE:
        return 0, ""
    needed = LEAST_PER_CLASS * int(classes)
    if needed > MOST_OF_CLASSES:
        return (
            0,
            f" Of {int(classes):,} classes no trial sees enough of each: take examples as they come and count right answers.",
        )
    if needed <= told_apart:
        return needed, ""
    return needed, f" Each of the {int(classes)} classes needs {LEAST_PER_CLASS} examples: fewer say little of it."


def pilot_of(decision: Decision, rival: int | None = None) -> Pilot | None:
    """What to measure, on how many examples, to tell the winner from its rival, else from the next best, at 80 % confidence.

    Examples of a paired comparison: n = (z / gap)^2 * 2 p (1 - p) (1 - r), with half the errors shared (r = 0.5); where classes are
    stated, as many of each as a trial does not call doubtful.
    """
    if len(decision.competing) < 2:
        return None
    first, second = int(decision.competing[0]), int(decision.competing[1]) if rival is None else rival
    one, other = float(decision.quality.mid[first]), float(decision.quality.mid[second])
    known = not (math.isnan(one) or math.isnan(other))
    noise = decision.situation.spec.levels.noise_floor
    gap = max(abs(one - other), noise) if known else 5.0
    share = min(max((one if known else 70.0) / 100.0, 0.05), 0.95)
    needed = (Z / (gap / 100.0)) ** 2 * 2.0 * share * (1.0 - share) * 0.5
    told_apart = int(min(max(math.ceil(needed), LEAST), MOST))
    of_classes, why_more = _of_classes(decision, told_apart)
    return Pilot(
        compare=(option_id(decision, first), option_id(decision, second)),
        measure=METRICS.get(decision.situation.scale, ACCEPTED),
        examples=max(told_apart, of_classes),
        confidence=CONFIDENCE,
        why=f"{_apart(one, other, gap)}{why_more} The first one's quality is {how_known(decision, first)}.",
    )
