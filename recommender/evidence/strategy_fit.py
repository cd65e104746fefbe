"""Fit what strategies add: from published comparisons to the content of `catalog/calibration/strategy.yaml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.evidence.comparisons import Comparison
from recommender.evidence.strategy_terms import (
    ADAPTED,
    ENCODERS,
    EXAMPLES_WITHOUT_CLASSES,
    LOW_SPEECH_SCORE,
    MOST_PER_CLASS,
    TYPICAL_PER_CLASS,
    TYPICAL_SHOTS,
    Terms,
    Way,
    adapted,
    kind_of,
    log_odds,
    rival_strength,
    score_of,
    strategy_terms,
)

Floats = NDArray[np.float64]
HOLD = 0.3
"""Overall strength of the pull to zero, times the factor of each term: shared terms are free, narrow ones held tight."""
HOLD_OF = {
    "any": 0.1, "trained": 0.3, "examples": 0.1, "base": 0.1, "base_of_other": 0.3, "best_prompt": 0.3,
    "few_shot:retrieved": 1.0, "look_up:holds": 1.0, "look_up:partly": 1.0, "look_up:lacks": 1.0, "look_up:private": 1.0,
}  # fmt: skip
HOLD_NARROW, HOLD_OWN, HOLD_KIND_OF_TUNING = 3.0, 1.0, 0.3
KNOWN_BEFORE = {"best_prompt:year": 0.5}
"""What a term is held near, if not zero. Prompted models gained about 0.7 logits on the label and passage benchmarks of
EuroEval from 2023 to 2026 (`quality.yaml`: 2.6 of capability at loadings of 0.2 to 0.5), and a tuned method's own quality does
not fall when its rival improves; two thirds of that gain is what a rival's score tells about the task, so 0.5 must be its year."""
HOLD_KNOWN = 20.0
STUDY_SHARE = 0.6
"""A study with n rows weighs n to the power 1 - 0.6: more than one row, far less than n."""
HUBER_LOGITS = 1.0
ROUNDS = 8
MOST_LOGITS = 3.0
DEFAULT_SHOTS = 5.0
MOST_COMPARED_SHOTS = 2000.0
OWN_RIVALS = frozenset(("own_prompt", "own_one_shot", "own_few_shot", "rag"))
KEEPS_THE_SHOTS = frozenset(("rag", "rag_finetune", "rag_finetune_raw", "long_context", "continued_pretraining"))
"""Compared with a few-shot prompt, these are asked with the same shots: the shots cancel."""


@dataclass(frozen=True)
class StrategyFit:
    """Coefficients of the terms."""

    coefficients: dict[str, float]

    def gain(self, comparison: Comparison) -> float:
        """Points a comparison should show; never above zero where the engine holds so by construction."""
        terms = comparison_terms(comparison)
        logits = sum(self.coefficients.get(name, 0.0) * value for name, value in terms.items())
        gain = float(score_of(log_odds(comparison.rival_score) + logits)) - comparison.rival_score
        return min(gain, 0.0) if _never_gains(comparison) else gain


def between_strategies(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Those with another strategy, or other amounts of examples, on either side.

    A small encoder against a large one, or one recipe of tuning against another on the same examples (rival `other`), says
    nothing about strategies.
    """

    def names(word: str) -> str:
        return ENCODERS.get(word, word)

    return tuple(
        one
        for one in comparisons
        if one.rival == "full_data" or (one.rival != "other" and names(one.rival) != names(one.strategy))
    )


def fit_strategies(comparisons: Sequence[Comparison]) -> StrategyFit:
    """Robust ridge regression of log-odds differences on term differences, weighted by study.

    References:
        [1] P. J. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35, 1964.
            https://doi.org/10.1214/aoms/1177703732, read 2026-11-24.
    """
    rows = [comparison_terms(comparison) for comparison in comparisons]
    names = sorted({name for row in rows for name in row})
    design = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    target = np.clip([observed_logits(comparison) for comparison in comparisons], -MOST_LOGITS, MOST_LOGITS)
    by_study = study_weights(comparisons)
    held = np.diag([HOLD * _hold(name) for name in names])
    near = np.array([KNOWN_BEFORE.get(name, 0.0) for name in names])
    weights, found = by_study.copy(), near
    for _ in range(ROUNDS):
        pull = design.T @ (weights * target) + held @ near
        found = np.linalg.solve(design.T @ (design * weights[:, None]) + held, pull)
        surprise = np.abs(target - design @ found) / HUBER_LOGITS
        weights = by_study / np.maximum(1, surprise)
    return StrategyFit(dict(zip(names, (float(value) for value in found), strict=True)))


def observed_logits(comparison: Comparison) -> float:
    """Gain on the log-odds scale."""
    return float(log_odds(comparison.strategy_score) - log_odds(comparison.rival_score))


def study_weights(comparisons: Sequence[Comparison]) -> Floats:
    """A row's weight: studies count, not rows."""
    rows_of = Counter(comparison.study for comparison in comparisons)
    return np.array([rows_of[comparison.study] ** -STUDY_SHARE for comparison in comparisons])


def comparison_terms(comparison: Comparison) -> dict[str, float]:
    """Terms of the strategy minus terms of the rival, with the pull of the rival's level."""
    kind = kind_of(comparison.family)
    found = _plus(_strategy_side(comparison, kind), _rival_side(comparison, kind))
    if _adds_nothing(comparison):
        return found
    level = -float(log_odds(comparison.rival_score)) / 2
    if comparison.strategy in ADAPTED:
        level *= float(adapted(comparison.strategy, _per_class(comparison)))
    if comparison.strategy != "pretrained_as_is" or comparison.rival not in OWN_RIVALS:
        found["base" if comparison.rival in OWN_RIVALS else "base_of_other"] = level
    return found


def _adds_nothing(comparison: Comparison) -> bool:
    """Passages without the answers leave nothing to learn: a low score has no reason to rise."""
    return comparison.corpus == "lacks"


def _never_gains(comparison: Comparison) -> bool:
    """A corpus without the answers never helps, and a student does not pass its own teacher."""
    return _adds_nothing(comparison) or comparison.rival == "teacher"


def _strategy_side(comparison: Comparison, kind: str) -> Terms:
    shots = _per_class_of(comparison, comparison.examples or DEFAULT_SHOTS)
    is_private = comparison.knowledge == "private"
    terms = strategy_terms(comparison.strategy, kind, _per_class(comparison), shots, comparison.corpus, is_private)
    if kind == "speech" and comparison.rival_score < LOW_SPEECH_SCORE:
        terms["speech_not_yet_spoken"] = 1.0
    return terms


def _rival_side(comparison: Comparison, kind: str) -> Terms:
    rival = comparison.rival
    if rival == "own_few_shot" and comparison.strategy in KEEPS_THE_SHOTS:
        return {}
    if rival == "best_prompt":
        return rival_strength(kind, comparison.rival_year)
    if rival == "own_one_shot":
        return strategy_terms("few_shot", kind, TYPICAL_PER_CLASS, _per_class_of(comparison, 1.0), "", False)
    if rival == "own_few_shot":
        shots = min(comparison.examples or DEFAULT_SHOTS, MOST_COMPARED_SHOTS)
        shown = shots if comparison.strategy in ("few_shot_retrieved", "finetune_llm") else DEFAULT_SHOTS
        return strategy_terms("few_shot", kind, TYPICAL_PER_CLASS, _per_class_of(comparison, shown), "", False)
    is_private = comparison.knowledge == "private"
    word, per_class = rival, _per_class(comparison)
    if rival == "full_data":
        word, per_class = comparison.strategy if comparison.strategy in ADAPTED else rival, MOST_PER_CLASS
    return strategy_terms(word, kind, per_class, TYPICAL_SHOTS, comparison.corpus, is_private)


def _per_class(comparison: Comparison) -> float:
    """Examples per class; without classes, ten examples count as one; of speech hours, as for the engine."""
    if comparison.hours:
        return comparison.hours
    if comparison.per_class:
        return comparison.per_class
    return comparison.examples / EXAMPLES_WITHOUT_CLASSES if comparison.examples else TYPICAL_PER_CLASS


def _per_class_of(comparison: Comparison, shots: float) -> float:
    """Shots per class; without classes, ten count as one."""
    if comparison.per_class and comparison.examples:
        return shots * comparison.per_class / comparison.examples
    return shots / EXAMPLES_WITHOUT_CLASSES


def _plus(strategy: Terms, rival: Terms) -> dict[str, float]:
    names = [*strategy, *(name for name in rival if name not in strategy)]
    return {name: float(strategy.get(name, 0.0)) - float(rival.get(name, 0.0)) for name in names}


def _hold(name: str) -> float:
    if name in KNOWN_BEFORE:
        return HOLD_KNOWN
    if name.startswith("finetune_llm:"):
        return HOLD_KIND_OF_TUNING
    return HOLD_OF.get(name, HOLD_NARROW if ":" in name else HOLD_OWN)


def strategy_calibration(
    fit: StrategyFit, comparisons: Sequence[Comparison], widths_logits: Mapping[Way, float]
) -> dict[str, Any]:
    """What the engine reads, in plain values ready to be written."""
    studies: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for comparison in comparisons:
        studies.setdefault(comparison.strategy, set()).add(comparison.study)
        kinds.setdefault(comparison.strategy, set()).add(kind_of(comparison.family))
    return {
        "newest_rival_year": max(comparison.rival_year for comparison in comparisons),
        "width_logits": {way: round(width, 3) for way, width in widths_logits.items()},
        "terms": {name: round(value, 3) for name, value in sorted(fit.coefficients.items())},
        "kinds": {strategy: sorted(names) for strategy, names in sorted(kinds.items())},
        "studies": {strategy: sorted(names) for strategy, names in sorted(studies.items())},
    }
