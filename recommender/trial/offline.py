"""The offline part of a trial: every baseline that the examples can carry, with its learning curve."""

from __future__ import annotations

import math
from collections.abc import Sequence

from recommender.domain.words import LEARNABLE
from recommender.errors import Fault, InputError, MissingExtra
from recommender.trial.baselines import (
    LEAST_EXAMPLES,
    MOST_CLASSES_OF_TREES,
    MOST_DISTINCT,
    Baseline,
    Table,
    baselines_for,
    cross_validated,
    table_of,
)
from recommender.trial.curve import learning_curve
from recommender.trial.examples import Example
from recommender.trial.results import Standing
from recommender.trial.vectors import Encoder, with_vectors

MOST_CLASSES = 1000
MOST_CLASS_SHARE = 0.5  # with more distinct answers than this share of the examples, the answers are no labels


def can_be_learned(examples: Sequence[Example], task: str) -> bool:
    """Whether the answers are labels or quantities that a classical model could learn."""
    if task not in LEARNABLE or len(examples) < LEAST_EXAMPLES:
        return False
    distinct = {one.expected for one in examples}
    if task == "tabular_prediction" and len(distinct) > MOST_DISTINCT and all(map(_is_number, distinct)):
        return True
    return len(distinct) <= min(MOST_CLASS_SHARE * len(examples), MOST_CLASSES)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def offline_standings(
    examples: Sequence[Example],
    task: str,
    seed: int = 0,
    encoders: Sequence[Encoder] = (),
    trees_up_to: int = MOST_CLASSES_OF_TREES,
) -> tuple[Standing, ...]:
    """Every baseline measured by cross-validation; on texts also a linear one on the vectors of each encoder.

    Args:
        examples: what to learn from and to be measured on.
        task: what they are of.
        seed: of the folds.
        encoders: models on disk that make vectors.
        trees_up_to: so many classes; their work grows with each.

    Raises:
        InputError: when all answers are the same.
        MissingExtra: without scikit-learn.
    """
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise MissingExtra("A trial", "trial") from None
    if len({one.expected for one in examples}) < 2:
        raise InputError([Fault("expected", "all examples have the same answer", "nothing can be learned; give others too")])
    table = table_of(examples, task)
    pairs = [(baseline, table) for baseline in baselines_for(table, trees_up_to)]
    pairs += [with_vectors(table, encoder) for encoder in encoders if table.is_text]
    return tuple(_standing(baseline, shaped, examples, seed) for baseline, shaped in pairs)


def _standing(baseline: Baseline, table: Table, examples: Sequence[Example], seed: int) -> Standing:
    found = cross_validated(baseline, table, seed)
    names = [f"{place}:{one.id}" for place, one in enumerate(examples)]
    return Standing(
        strategy="classical_ml",
        model=baseline.model,
        name=f"classical_ml/{baseline.model} ({baseline.name})",
        measured=found.measured,
        scores=dict(zip(names, found.scores.tolist(), strict=True)),
        curve=learning_curve(baseline, table, found, seed),
        usd=0.0,
    )
