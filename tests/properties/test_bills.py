"""What may never happen to a bill, a memory or a time, on the whole path from requirements to estimates."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

sys.path.insert(0, str(Path(__file__).parent))

from answers import fitting, with_field
from catalogs import Names, catalog_of, catalogs, dearer, library, only, with_machines, with_offers
from requirements import needs

from recommender import Catalog, Requirements
from recommender.domain.columns import Floats
from recommender.engine import decider
from recommender.explanation.options import candidate_id

Found = dict[tuple[str, int], float]
TIMES = some.sampled_from([1.01, 1.5, 4.0, 50.0])
LOADS = some.sampled_from([300.0, 1e4, 1e6, 1e8])


def _estimates(wish: dict[str, Any], catalog: Catalog, *names: str) -> dict[str, Found]:
    """Estimates of every candidate that no early rule failed, by its id and how many accelerators a replica has."""
    decision = decider(catalog)(Requirements.model_validate(wish))
    count = decision.deployments.count[decision.candidates.deployment]
    keys = [(candidate_id(decision, decision.candidates, row), int(count[row])) for row in range(len(decision.candidates))]
    columns: dict[str, Floats] = {name: getattr(decision.estimates, name) for name in names}
    return {name: dict(zip(keys, map(float, column), strict=True)) for name, column in columns.items()}


def _check_never_less(before: Found, after: Found) -> None:
    """No candidate that both know has a smaller value after. What was unknown stays so; what fits no longer becomes unknown."""
    for key in before.keys() & after.keys():
        less, more = before[key], after[key]
        assert np.isnan(more) or more >= less * (1.0 - 1e-9) - 1e-9, (key, less, more)


@given(needs(), catalogs(), some.sampled_from(["input_tokens", "output_tokens"]), some.sampled_from([20.0, 900.0, 5e3]), TIMES)
def test_more_tokens_never_cost_less(wish: dict[str, Any], names: Names, field: str, tokens: float, factor: float) -> None:
    catalog = catalog_of(names)
    few, many = (
        _estimates(with_field(wish, f"workload.{field}", amount), catalog, "monthly_cost_usd", "first_year_cost_usd")
        for amount in (tokens, tokens * factor)
    )
    for name, before in few.items():
        _check_never_less(before, many[name])


@given(needs(), catalogs(), LOADS, TIMES)
def test_more_requests_never_cost_less_or_come_sooner(wish: dict[str, Any], names: Names, load: float, factor: float) -> None:
    catalog = catalog_of(names)
    asked = ("monthly_cost_usd", "three_year_cost_usd", "latency_p50_ms", "latency_p95_ms", "first_token_p95_ms")
    few, many = (
        _estimates(with_field(wish, "workload.requests_per_month", amount), catalog, *asked) for amount in (load, load * factor)
    )
    for name, before in few.items():
        _check_never_less(before, many[name])


@given(needs(), catalogs(), some.sampled_from(["interactive", "batch"]), TIMES)
def test_a_dearer_price_never_costs_less(wish: dict[str, Any], names: Names, mode: str, factor: float) -> None:
    wish = with_field(wish, "workload.mode", mode)
    records = only(names)
    before = _estimates(wish, catalog_of(records), "monthly_cost_usd", "first_year_cost_usd")
    for dear in (with_offers(records, lambda offer: dearer(offer, factor)), with_machines(records, factor)):
        after = _estimates(wish, catalog_of(dear), "monthly_cost_usd", "first_year_cost_usd")
        for name, cheap in before.items():
            _check_never_less(cheap, after[name])


@given(needs(), catalogs(12, 40), some.integers(1, 4), some.integers(2, 4))
def test_more_accelerators_at_hand_never_fit_less(wish: dict[str, Any], names: Names, count: int, factor: int) -> None:
    catalog = catalog_of(names)
    wish = with_field(wish, "privacy.boundary", "on_premises")
    few, many = (
        fitting(with_field(wish, "hardware.owned", [{"accelerator": "l40s", "count": held}]), catalog)
        for held in (count, count * factor)
    )
    assert few <= many


@pytest.mark.parametrize("spot", [0.1, 0.9, 1.7, 1.77, 2.2])
def test_a_lower_spot_price_never_costs_more(spot: float) -> None:
    wish = {"task": "chat", "workload": {"requests_per_month": 1e6, "mode": "batch"}, "licence": {"open_weights": True}}
    names = tuple(sorted(name for name in library().models if name.startswith("qwen/qwen3-")))
    dear = _estimates(wish, catalog_of(with_machines(only(names), 1.0, spot * 1.1)), "monthly_cost_usd")
    cheap = _estimates(wish, catalog_of(with_machines(only(names), 1.0, spot)), "monthly_cost_usd")
    _check_never_less(cheap["monthly_cost_usd"], dear["monthly_cost_usd"])
