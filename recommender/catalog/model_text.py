"""One model's facts as lines that people read: its file, then who offers it, at what price on its day, with what for free."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from recommender.catalog.compile import price_on
from recommender.catalog.compile_free import free_amount_of
from recommender.catalog.library import Library
from recommender.domain.records import FreeAmount, Offer, Price, Provider
from recommender.unseen import in_one_line

SINCE_EVER = 2020  # stands for a day that nobody recorded
ORIGIN = ("source", "as_of", "since", "status", "note")


def lines_of_model(library: Library, name: str) -> Iterator[str]:
    """A model's fields as its file names them, then its offers."""
    for field, value in library.models[name].model_dump(exclude_unset=True).items():
        if isinstance(value, dict):
            yield f"{field}:"
            yield from (f"  {key}: {_said(inner)}" for key, inner in value.items())
        else:
            yield f"{field}: {_said(value)}"
    for provider_id, provider in sorted(library.providers.items()):
        for offer in provider.offers:
            if offer.model == name and offer.prices:
                yield from _offer(provider_id, provider, offer, library.edition.as_of)


def _offer(provider_id: str, provider: Provider, offer: Offer, day: datetime.date) -> Iterator[str]:
    """What an offer costs on a day, with what for free, and the prices that begin later."""
    price = price_on(offer.prices, day)
    if price is None:
        yield f"offered by {provider_id}: no price yet"
    else:
        since = f", since {price.since}" if price.since.year > SINCE_EVER else ""
        yield from _price(f"offered by {provider_id}", price, since)
    free = free_amount_of(provider, offer, day)
    if free is not None and free.per_month > 0:
        yield f"  free: {_free(free)}"
    if offer.window is not None:
        yield f"  window: {_said(offer.window.context_tokens)} tokens ({offer.window.source}, {offer.window.as_of})"
    for later in offer.prices:
        if later.since > day:
            yield from _price(f"  from {later.since}", later, "")


def _price(begins: str, price: Price, since: str) -> Iterator[str]:
    told = price.model_dump(exclude_unset=True, exclude=set(ORIGIN))
    status = f", {price.status}" if price.status != "single" else ""
    yield f"{begins}: {_said(told)}{since} ({price.source}, {price.as_of}{status})"
    if price.note:
        yield f"  note: {_said(price.note)}"


def _free(free: FreeAmount) -> str:
    lasts = f" in the first {free.first_months} months" if free.first_months else ""
    return f"{_said(free.per_month)} {free.unit.replace('_', ' ')} a month{lasts} ({free.source}, {free.as_of})"


def _said(value: Any) -> str:
    """A value without the marks of a programming language."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        between = "; " if any(isinstance(one, dict) for one in value) else ", "
        return between.join(map(_said, value)) or "none"
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return "unknown" if value is None else in_one_line(str(value).strip())
