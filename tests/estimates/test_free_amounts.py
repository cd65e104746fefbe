"""Free amounts in hosted bills: for good, in the first months alone, and where privacy forbids to count them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from recommender import Catalog, Option, Recommendation, recommend
from recommender.domain.columns import FreeColumns

SPEECH: dict[str, Any] = {
    "task": "text_to_speech",
    "workload": {"requests_per_month": 10_000, "characters": 300},
    "only": ["aws"],
}
NEURAL = "pretrained_as_is/amazon/polly-neural/aws"
UNTIL = "first 12 months"


def _answer(needs: dict[str, Any], catalog: Catalog) -> Recommendation:
    return recommend(needs, catalog, detail="answer", draws=0, alternatives=40)


def _option(needs: dict[str, Any], catalog: Catalog, name: str = NEURAL) -> Option:
    answer = _answer(needs, catalog)
    return next(one for one in (answer.winner, *answer.alternatives) if one is not None and one.id == name)


def _usd(option: Option, name: str) -> float:
    found = option.estimates[name].mid
    assert found is not None
    return found


def _with_free(catalog: Catalog, **changes: Any) -> Catalog:
    """The same catalog in which Polly's neural voice alone has a free amount."""
    columns = catalog.columns
    model = columns.models.ids.index("amazon/polly-neural")
    offer = np.flatnonzero(columns.offers.model == model)
    amount: dict[str, Any] = {
        "offer": offer, "units": ("characters",), "per_month": np.array([1e6]), "first_months": np.array([12.0]),
        "trains_on_customer_data": np.array([-1], np.int8), "sources": ("a page (2026-10-07)",),
    }  # fmt: skip
    free = FreeColumns(**(amount | changes))
    return replace(catalog, columns=replace(columns, offers=replace(columns.offers, free=free)), kept={})


def _without_free(catalog: Catalog) -> Catalog:
    none = np.zeros(0, np.int64)
    empty = np.zeros(0)
    return _with_free(
        catalog, offer=none, units=(), per_month=empty, first_months=empty, trains_on_customer_data=none, sources=()
    )


def test_an_amount_that_ends_lowers_the_first_year_and_not_the_month(catalog: Catalog) -> None:
    with_it, without = _option(SPEECH, catalog), _option(SPEECH, _without_free(catalog))
    # 10,000 requests of 300 characters are 3 million a month; at 16 USD a million, 48 USD.
    assert _usd(with_it, "monthly_cost_usd") == _usd(without, "monthly_cost_usd") == pytest.approx(48.0)
    # 1 of the 3 million is free for 12 months: 16 USD * 12 = 192 USD, in the first year and so in three years, once.
    for name in ("first_year_cost_usd", "three_year_cost_usd"):
        assert _usd(without, name) - _usd(with_it, name) == pytest.approx(192.0)
    assert any(UNTIL in one and "1,000,000 characters" in one for one in with_it.reasons)
    assert "pricing-readings (2026-10-07)" in with_it.estimates["first_year_cost_usd"].sources


def test_an_amount_that_lasts_lowers_every_month(catalog: Catalog) -> None:
    lasting = _with_free(catalog, first_months=np.array([np.inf]))
    with_it, without = _option(SPEECH, lasting), _option(SPEECH, _without_free(catalog))
    assert _usd(with_it, "monthly_cost_usd") == pytest.approx(32.0)  # 2 of 3 million characters at 16 USD
    assert _usd(without, "three_year_cost_usd") - _usd(with_it, "three_year_cost_usd") == pytest.approx(36 * 16.0)
    bill = {line.label: line.mid for line in with_it.bill}
    assert bill["Calls to the model, beyond what is free"] == pytest.approx(32.0)


def test_what_stays_within_the_free_amount_costs_nothing(catalog: Catalog) -> None:
    little = {**SPEECH, "workload": {"requests_per_month": 1000, "characters": 300}}
    assert _usd(_option(little, _with_free(catalog, first_months=np.array([np.inf]))), "monthly_cost_usd") == 0.0
    saved = _usd(_option(little, _without_free(catalog)), "first_year_cost_usd") - _usd(
        _option(little, catalog), "first_year_cost_usd"
    )
    assert saved == pytest.approx(0.3 * 16 * 12)  # no more than the bill itself


def test_work_that_is_done_once_gets_one_month_of_it(catalog: Catalog) -> None:
    once = {**SPEECH, "workload": {"mode": "one_off", "total_requests": 10_000, "characters": 300}}
    saved = _usd(_option(once, _without_free(catalog)), "first_year_cost_usd") - _usd(
        _option(once, catalog), "first_year_cost_usd"
    )
    assert saved == pytest.approx(16.0)  # 1 million characters, once


def test_what_runs_already_has_had_its_first_months(catalog: Catalog) -> None:
    runs = {**SPEECH, "incumbent": {"model": "amazon/polly-neural", "strategy": "pretrained_as_is", "provider": "aws"}}
    stays, never_free = _option(runs, catalog), _option(runs, _without_free(catalog))
    assert stays.is_incumbent
    assert _usd(stays, "first_year_cost_usd") == _usd(never_free, "first_year_cost_usd")
    assert not any(UNTIL in one for one in stays.reasons)


@pytest.mark.parametrize(
    "trains, privacy, is_counted",
    [
        (-1, {"no_training": True, "zero_retention": None}, True),  # the terms of the paid account, which rules have judged
        (1, {}, False),  # nobody said that the data are public
        (1, {"sensitivity": "internal"}, False),
        (1, {"sensitivity": "public"}, True),
        (1, {"sensitivity": "public", "no_training": True}, False),
        (0, {"sensitivity": "confidential"}, True),
    ],
)
def test_privacy_fails_closed(trains: int, privacy: dict[str, Any], is_counted: bool, catalog: Catalog) -> None:
    from recommender import Requirements
    from recommender.decision.free_amounts import free_of_offers

    columns = _with_free(catalog, trains_on_customer_data=np.array([trains], np.int8)).columns
    needs = Requirements.model_validate({**SPEECH, "privacy": privacy})
    assert bool((free_of_offers(columns, needs) >= 0).any()) is is_counted


def test_where_nothing_may_be_kept_terms_of_their_own_count_for_nothing(catalog: Catalog) -> None:
    from recommender import Requirements
    from recommender.decision.free_amounts import free_of_offers

    needs = Requirements.model_validate({**SPEECH, "privacy": {"zero_retention": True}})
    for trains, is_counted in ((-1, True), (0, False), (1, False)):
        columns = _with_free(catalog, trains_on_customer_data=np.array([trains], np.int8)).columns
        assert bool((free_of_offers(columns, needs) >= 0).any()) is is_counted


def test_a_monthly_sum_of_money_covers_whatever_is_asked(catalog: Catalog) -> None:
    chat = {"task": "chat", "workload": {"requests_per_month": 100_000, "input_tokens": 500, "output_tokens": 200}}
    needs = {**chat, "only": ["cloudflare"]}
    name = "zero_shot/zai-org/glm-5.2/cloudflare"
    with_it, without = _option(needs, catalog, name), _option(needs, _without_free(catalog), name)
    # 10,000 neurons a day, 30.4 days, 0.011 USD per 1,000: 3.344 USD a month.
    assert _usd(without, "monthly_cost_usd") - _usd(with_it, "monthly_cost_usd") == pytest.approx(3.344, rel=1e-3)


@given(requests=some.floats(1, 1e7), more=some.floats(1, 10), free=some.floats(0, 1e9), larger=some.floats(1, 10))
def test_more_use_never_costs_less_and_a_larger_free_amount_never_costs_more(
    requests: float, more: float, free: float, larger: float, catalog: Catalog
) -> None:
    def total(volume: float, amount: float) -> float:
        changed = _with_free(catalog, per_month=np.array([amount]))
        needs = {**SPEECH, "only": ["amazon/polly-neural"], "workload": {"requests_per_month": volume, "characters": 300}}
        return _usd(_option(needs, changed), "first_year_cost_usd")

    first = total(requests, free)
    assert total(requests * more, free) >= first * (1 - 1e-9)
    assert total(requests, free * larger) <= first * (1 + 1e-9)


@pytest.mark.parametrize("unit", ["tokens", "audio_minutes", "characters", "images", "pages", "requests", "usd"])
def test_every_unit_can_be_free(unit: str, catalog: Catalog) -> None:
    changed = _with_free(catalog, units=(unit,), per_month=np.array([1e12]), first_months=np.array([np.inf]))
    work = {"requests_per_month": 10_000, "characters": 300, "input_tokens": 80, "audio_minutes": 0.3}
    option = _option({**SPEECH, "workload": work}, changed)
    is_used = unit not in ("images", "pages")  # an amount of what is not used makes nothing free
    assert _usd(option, "monthly_cost_usd") == (0.0 if is_used else pytest.approx(48.0))
