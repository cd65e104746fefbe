"""genai-prices: one list of providers, each with models and prices that hold from a day, above a length, at an hour."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from pydantic import Field

from recommender.catalog.upkeep.listing import Facts, ListedPrice, Listing, day_in, listing, rounded
from recommender.catalog.upkeep.shapes import Amount, Row, Text
from recommender.catalog.upkeep.source_files import read_json


class Step(Row):
    """The price above a length."""

    start: Amount
    price: Amount


class Stepped(Row):
    """A price that rises with the length of the input."""

    base: Amount
    tiers: list[Step]


class Conditional(Row):
    """Prices, and the day from which or the hours in which they hold."""

    prices: dict[str, Amount | Stepped]
    constraint: dict[str, Any] | None = None


class Variant(Row):
    """Prices of another way to call the model."""

    when: dict[str, Any]
    prices: dict[str, Amount | Stepped] = Field(default_factory=dict)


class ModelRow(Row):
    """One model of a provider."""

    id: Text
    prices: dict[str, Amount | Stepped] | list[Conditional]
    price_variants: list[Variant] = Field(default_factory=list)


class ProviderRow(Row):
    """One provider."""

    id: Text
    models: list[ModelRow]


TOKENS = {
    "input_mtok": "input_usd_per_mtok",
    "output_mtok": "output_usd_per_mtok",
    "cache_read_mtok": "cache_read_usd_per_mtok",
    "cache_write_mtok": "cache_write_usd_per_mtok",
}
OTHERS = {  # their unit: our field, and how many of ours are in one of theirs
    "input_audio_hours": ("audio_input_usd_per_minute", 60),
    "input_mchars": ("usd_per_million_characters", 1),
    "input_document_kpages": ("usd_per_page", 1000),
}
IN_TIERS = ("input_usd_per_mtok", "output_usd_per_mtok", "cache_read_usd_per_mtok")


def read(path: Path) -> Listing:
    """Every price of every provider, dated ones apart."""
    rows: list[ProviderRow] = read_json(path, list[ProviderRow])
    return listing(prices=tuple(one for row in rows for model in row.models for one in _prices(row.id, model)))


def _prices(seller: str, model: ModelRow) -> list[ListedPrice]:
    given = model.prices if isinstance(model.prices, list) else [Conditional(prices=model.prices)]
    batch = _batch_multiplier(given[-1].prices, model.price_variants) if given else None
    found = []
    for one in given:
        if one.constraint and "start_date" not in one.constraint:
            continue  # dearer hours of the day: the plain price is the one that holds most of the time
        prices = _normalised(one.prices)
        if batch is not None and one is given[-1]:
            prices["batch_multiplier"] = batch
        found.append(ListedPrice(seller, model.id, prices, _since(one), {}))
    return found


def _since(one: Conditional) -> datetime.date | None:
    return day_in(str(one.constraint["start_date"])) if one.constraint else None


def _normalised(given: dict[str, Amount | Stepped]) -> Facts:
    found: Facts = {ours: _base(given[theirs]) for theirs, ours in TOKENS.items() if theirs in given}
    for theirs, (ours, parts) in OTHERS.items():
        if theirs in given:
            found[ours] = rounded(_base(given[theirs]) / parts)
    tiers = _tiers({ours: given[theirs] for theirs, ours in TOKENS.items() if theirs in given and ours in IN_TIERS})
    if found and "input_usd_per_mtok" in found:
        found["tiers"] = tiers
    return found


def _base(price: Amount | Stepped) -> float:
    return rounded(price.base if isinstance(price, Stepped) else price)


def _tiers(prices: dict[str, Amount | Stepped]) -> tuple[Facts, ...]:
    starts = sorted({step.start for one in prices.values() if isinstance(one, Stepped) for step in one.tiers})
    return tuple(
        {"above_input_tokens": int(start), **{field: _above(price, start) for field, price in prices.items()}}
        for start in starts
    )


def _above(price: Amount | Stepped, start: float) -> float:
    if not isinstance(price, Stepped):
        return rounded(price)
    return rounded(max((step for step in price.tiers if step.start <= start), key=lambda step: step.start).price)


def _batch_multiplier(plain: dict[str, Amount | Stepped], variants: list[Variant]) -> float | None:
    """What a batch costs of the plain price, where it is the same share of input and output."""
    for variant in variants:
        if variant.when == {"processing": "batch"} and variant.prices:
            shares = {
                round(_base(variant.prices[field]) / _base(plain[field]), 4)
                for field in ("input_mtok", "output_mtok")
                if field in variant.prices and field in plain and _base(plain[field])
            }
            if len(shares) == 1 and 0 < min(shares) <= 1:
                return shares.pop()
    return None
