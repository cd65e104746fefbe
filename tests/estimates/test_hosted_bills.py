"""Hosted bills, worked by hand from the vendors' price rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from recommender import Catalog
from recommender.estimates.token_cost import (
    TokenPrices,
    Tokens,
    UnitPrices,
    Units,
    after_free_allowance,
    bill_multiplier,
    billed_output_tokens,
    token_cost,
    unit_cost,
)

FILE = Path(__file__).parent.parent / "cases" / "estimates" / "hosted-bills.yaml"
BILLS = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _offer(catalog: Catalog, provider: str, model: str) -> int:
    offers, models = catalog.columns.offers, catalog.columns.models
    place = models.ids.index(model), offers.provider_ids.index(provider)
    return int(np.flatnonzero((offers.model == place[0]) & (offers.provider == place[1]))[0])


def _token_usd(catalog: Catalog, bill: dict[str, Any], offer: int) -> float:
    offers = catalog.columns.offers
    multiplier = bill_multiplier(bill.get("batch_discount", 0.0), bill.get("regional_uplift", 0.0))
    prices = TokenPrices(
        offers.input_price[offer], offers.output_price[offer], offers.cache_read_price[offer], offers.tier_above[offer],
        offers.tier_input_price[offer], offers.tier_output_price[offer], multiplier, offers.cache_write_price[offer],
    )  # fmt: skip
    told = bill["tokens"]
    output = billed_output_tokens(told["output"], bill.get("reasoning_multiplier", 0.0))
    return float(token_cost(prices, Tokens(told["input"], told.get("cached", 0.0), output, told.get("written", 0.0))))


def _unit_usd(catalog: Catalog, bill: dict[str, Any], offer: int) -> float:
    offers = catalog.columns.offers
    prices = UnitPrices(
        audio_minute=offers.audio_input_price[offer], million_characters=offers.character_price[offer],
        image=offers.image_price[offer], page=offers.page_price[offer], video_second=offers.video_price[offer],
    )  # fmt: skip
    return float(unit_cost(prices, Units(**bill["units"])))


@pytest.mark.parametrize("bill", BILLS, ids=[bill["name"] for bill in BILLS])
def test_a_bill_is_what_the_vendor_would_write(bill: dict[str, Any], catalog: Catalog) -> None:
    offer = _offer(catalog, *bill["offer"])
    usd = _token_usd(catalog, bill, offer) if "tokens" in bill else _unit_usd(catalog, bill, offer)
    assert usd == pytest.approx(bill["usd"], rel=1e-9)


def test_a_unit_that_the_vendor_does_not_sell_makes_the_bill_unknown() -> None:
    assert np.isnan(unit_cost(UnitPrices(page=0.002), Units(pages=1.0, audio_minutes=1.0)))
    assert unit_cost(UnitPrices(page=0.002), Units(pages=1.0)) == pytest.approx(0.002)


def test_a_free_allowance_is_free_and_not_a_credit() -> None:
    assert after_free_allowance(900.0, 1000.0, 0.01) == 0.0
    assert after_free_allowance(1500.0, 1000.0, 0.01) == pytest.approx(5.0)  # 500 * 0.01
