"""What a measurement moves: by its weight, only the measured candidate, and in both directions."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Requirements, TrialEvidence
from recommender.trial.effect import Effect, effect_of

LINEAR = "classical/linear"
TABLE = {"task": "tabular_prediction", "data": {"labelled_examples": 2000, "features": 20}}
LABELS = {"task": "classification", "data": {"labelled_examples": 4000, "classes": 8}}


def moved(catalog: Catalog, needs: dict[str, Any], **result: Any) -> Effect:
    told = {
        "strategy": "classical_ml", "model": LINEAR, "quality": 60.0, "standard_error": 1.2, "examples": 600, "metric": "macro_f1",
        "source": "own trial", "date": "2026-11-20", **result,
    }  # fmt: skip
    evidence = TrialEvidence.model_validate({"task": needs["task"], "results": [told]})
    return effect_of(Requirements.model_validate(needs), catalog, evidence)


@pytest.mark.parametrize("needs", [TABLE, LABELS], ids=["a table", "labels"])
@pytest.mark.parametrize("error, least, most", [(1.2, 0.9, 1.0), (30.0, 0.0, 0.3)])
def test_many_examples_move_a_lot_and_few_a_little(
    catalog: Catalog, needs: dict[str, Any], error: float, least: float, most: float
) -> None:
    (one,) = moved(catalog, needs, standard_error=error).moved
    assert one.weight is not None and least <= one.weight <= most
    assert one.was is not None and one.now == pytest.approx(one.was + one.weight * (60.0 - one.was))


def test_a_good_measurement_wins_and_is_told(catalog: Catalog) -> None:
    found = moved(catalog, LABELS, quality=97.0, standard_error=0.5)
    assert found.changes_winner and found.after.winner is not None and found.after.winner.model.id == LINEAR
    assert found.before.winner is not None and found.before.winner.model.id != LINEAR


def test_what_is_no_option_is_told_as_such(catalog: Catalog) -> None:
    (one,) = moved(catalog, {**LABELS, "exclude": [LINEAR]}).moved
    assert (one.was, one.now, one.weight) == (None, None, None)
