"""Generated catalogs: a handful of the shipped models with their offers, and changes made to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import strategies as some
from pydantic import BaseModel

from recommender import Catalog, load_catalog
from recommender.catalog.compile import compiled
from recommender.catalog.library import Library
from recommender.domain.machine_records import Accelerator
from recommender.domain.method import Assumption
from recommender.domain.records import FreeAmount, Offer, Price

Names = tuple[str, ...]
MONEY = tuple(name for name in Price.model_fields if "usd" in name)


@cache
def library() -> Library:
    """The shipped records, read once."""
    return load_catalog().library()


def catalogs(least: int = 4, most: int = 24) -> some.SearchStrategy[Names]:
    """Names of some of the shipped models; hand-made rules and trees are always among them."""
    names = sorted(library().models)
    always = {name for name in names if name.startswith("classical/")}
    return some.sets(some.sampled_from(names), min_size=least, max_size=most).map(lambda chosen: tuple(sorted(chosen | always)))


def only(chosen: Iterable[str], of: Library | None = None) -> Library:
    """The same catalog with some of its models alone."""
    whole = of or library()
    kept = set(chosen)
    providers = {
        name: provider.model_copy(update={"offers": tuple(one for one in provider.offers if one.model in kept)})
        for name, provider in whole.providers.items()
    }
    return replace(whole, models={name: whole.models[name] for name in whole.models if name in kept}, providers=providers)


def catalog_of(records: Library | Names) -> Catalog:
    """Records, or the shipped ones of some models, compiled without a cache."""
    whole = only(records) if isinstance(records, tuple) else records
    return Catalog(compiled(whole, "generated", None), ())


def with_offers(records: Library, change: Callable[[Offer], Offer]) -> Library:
    """Every offer changed."""
    providers = {
        name: provider.model_copy(update={"offers": tuple(change(one) for one in provider.offers)})
        for name, provider in records.providers.items()
    }
    return replace(records, providers=providers)


def dearer(offer: Offer, factor: float) -> Offer:
    """The same offer with every price times a factor."""

    def scaled(price: Price) -> Price:
        stated = {name: getattr(price, name) for name in MONEY}
        return price.model_copy(update={name: value * factor for name, value in stated.items() if isinstance(value, float)})

    return offer.model_copy(update={"prices": tuple(scaled(price) for price in offer.prices)})


def with_machines(records: Library, factor: float, spot_usd: float | None = None) -> Library:
    """Every rental and purchase times a factor; where a spot price is given, all rentals have it."""

    def changed(machine: Accelerator) -> Accelerator:
        rentals = tuple(
            one.model_copy(
                update={
                    "usd_per_hour": one.usd_per_hour * factor,
                    "spot_usd_per_hour": spot_usd or (one.spot_usd_per_hour and one.spot_usd_per_hour * factor),
                }
            )
            for one in machine.rentals
        )
        purchases = tuple(one.model_copy(update={"usd": one.usd * factor}) for one in machine.purchases)
        return machine.model_copy(update={"rentals": rentals, "purchases": purchases})

    hardware = {
        name: vendor.model_copy(update={"accelerators": tuple(changed(one) for one in vendor.accelerators)})
        for name, vendor in records.hardware.items()
    }
    return replace(records, hardware=hardware)


def money_scaled(records: Library, factor: float) -> Library:
    """Every price of every kind times a factor: tokens, machines, labour, storage; and what vendors give of them in money."""

    def scaled(value: Any, name: str = "") -> Any:
        if isinstance(value, BaseModel):
            fields = {one: scaled(getattr(value, one), one) for one in sorted(value.model_fields_set)}
            if isinstance(value, FreeAmount) and value.unit == "usd":
                fields["per_month"] = value.per_month * factor
            return value.model_copy(update=fields)
        if isinstance(value, tuple):
            return tuple(scaled(one, name) for one in value)
        return value * factor if "usd" in name and isinstance(value, float) else value

    return replace(
        records,
        providers={name: scaled(one) for name, one in records.providers.items()},
        hardware={name: scaled(one) for name, one in records.hardware.items()},
        assumptions={name: _assumption_scaled(one, factor) for name, one in records.assumptions.items()},
    )


def _assumption_scaled(one: Assumption, factor: float) -> Assumption:
    if not one.unit.startswith("USD"):
        return one
    low, mid, high = (end * factor for end in (one.low, one.mid, one.high))
    return replace(one, low=low, mid=mid, high=high)
