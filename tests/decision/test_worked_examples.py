"""Weighted sums, dominance and rank acceptability against published examples, and against scikit-criteria on random tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray

from recommender.decision.appraisal import parts_of_score
from recommender.decision.criteria import CRITERIA
from recommender.decision.frontier import on_frontier
from recommender.decision.robustness import first_places

FOLDER = Path(__file__).parent.parent / "cases" / "mcda"
PUBLISHED = yaml.safe_load((FOLDER / "worked-examples.yaml").read_text(encoding="utf-8"))
RECORDED = yaml.safe_load((FOLDER / "scikit-criteria.yaml").read_text(encoding="utf-8"))
Floats = NDArray[np.float64]


def weighted_sum(table: Floats, weights: list[float]) -> Floats:
    """Our weighted sum over the first criteria; the rest are zero."""
    wide = np.zeros((len(table), len(CRITERIA)))
    wide[:, : table.shape[1]] = table
    by_name = {name: wide[:, place] for place, name in enumerate(CRITERIA)}
    given = dict(zip(CRITERIA, [*weights, *[0.0] * (len(CRITERIA) - len(weights))], strict=True))
    return np.asarray(sum(parts_of_score(by_name, given).values()), float)


def values_of(example: dict[str, Any]) -> Floats:
    """Values as they stand, or raw ones scaled by the best of each column."""
    if "raw" not in example:
        return np.array(example["values"], float)
    raw, falls = np.array(example["raw"], float), np.array(example["less_is_better"])
    return np.where(falls, raw.min(axis=0) / raw, raw / raw.max(axis=0))


@pytest.mark.parametrize("example", PUBLISHED["weighted_sums"], ids=lambda one: one["name"])
def test_a_published_weighted_sum_is_reproduced(example: dict[str, Any]) -> None:
    found = weighted_sum(values_of(example), example["weights"])
    assert found == pytest.approx(example["scores"], abs=example["tolerance"])
    if "order" in example:
        assert np.argsort(-found).tolist() == example["order"]


@pytest.mark.parametrize("example", PUBLISHED["dominance"], ids=lambda one: one["name"])
def test_a_published_dominance_is_reproduced(example: dict[str, Any]) -> None:
    gains = np.array(example["values"], float) * np.where(example["less_is_better"], -1.0, 1.0)
    assert np.flatnonzero(on_frontier(gains, np.arange(len(gains)))).tolist() == example["undominated"]


@pytest.mark.parametrize("example", PUBLISHED["acceptability"], ids=lambda one: one["name"])
def test_shares_of_first_places_meet_the_closed_form(example: dict[str, Any]) -> None:
    weights = (np.arange(10_000) + 0.5) / 10_000
    table = np.array(example["values"])
    totals = table[:, :1] * weights + table[:, 1:] * (1.0 - weights)
    assert first_places(totals) == pytest.approx(example["shares"], abs=2e-4)


@pytest.mark.parametrize("case", RECORDED, ids=range(len(RECORDED)))
def test_random_tables_agree_with_scikit_criteria(case: dict[str, Any]) -> None:
    table = np.array(case["table"], float)
    assert weighted_sum(table, case["weights"]) == pytest.approx(case["scores"], abs=1e-8)
    assert np.flatnonzero(on_frontier(table, np.arange(len(table)))).tolist() == case["undominated"]
