"""What a list says, in the catalog's own words and units, before anything is compared or believed."""

from __future__ import annotations

import datetime
from typing import Any, TypeAlias

from recommender.domain.record import record

Facts: TypeAlias = dict[str, Any]
UNIT_PRICES = (
    "audio_input_usd_per_minute", "audio_output_usd_per_minute", "usd_per_million_characters", "usd_per_image",
    "usd_per_page", "usd_per_video_second", "usd_per_thousand_searches",
)  # fmt: skip
TOKEN_PRICES = ("input_usd_per_mtok", "output_usd_per_mtok", "cache_read_usd_per_mtok", "cache_write_usd_per_mtok")


@record
class ListedPrice:
    """One seller's price of one model, in US dollars.

    `seller` and `name` are the list's own words. `since` is the day the list itself gives, if any. `prices` has the
    fields of a catalog price that the list states; `facts` has `retires` and whatever else belongs to the offer.
    """

    seller: str
    name: str
    prices: Facts
    since: datetime.date | None
    facts: Facts


@record
class ListedModel:
    """What a list says of a model itself, under its own name for it."""

    name: str
    facts: Facts


@record
class ListedMachine:
    """What a list says of an accelerator or a whole machine; `rentals` are hourly prices by provider and region."""

    name: str
    facts: Facts
    purchase_usd: float | None
    rentals: tuple[Facts, ...]


@record
class Listing:
    """Everything one list says."""

    prices: tuple[ListedPrice, ...]
    models: tuple[ListedModel, ...]
    machines: tuple[ListedMachine, ...]


def listing(
    prices: tuple[ListedPrice, ...] = (), models: tuple[ListedModel, ...] = (), machines: tuple[ListedMachine, ...] = ()
) -> Listing:
    """A listing of what there is."""
    return Listing(prices, models, machines)


def rounded(value: float) -> float:
    """A price without the dust of multiplying: ten significant digits are more than any seller prints."""
    return float(f"{value:.10g}")


def day_in(text: str | None) -> datetime.date | None:
    """A day, or the first of a month or year where a list gives no more; None where it gives none."""
    if not text:
        return None
    parts = [*text.split("-"), "01", "01"][:3] if len(text) < 10 else text[:10].split("-")
    try:
        return datetime.date(*(int(part) for part in parts))
    except (TypeError, ValueError):
        return None
