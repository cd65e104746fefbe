"""Every model as one row that can be searched and filtered. Built once from the library; unknown stays None."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

import streamlit as st

from recommender.catalog.library import Library
from recommender.domain.records import Model, Offer, Price, Provider
from recommender_form import facts

SMALL_B, LARGE_B = 4.0, 40.0
NEW_DAYS = 365
EUROPE = frozenset(("eu", "uk", "ch"))
COLLECTIONS = (
    "open", "proprietary", "hosted", "self_host", "small", "middle", "large", "european", "in_europe", "new", "reasoning",
    "many_languages", "tunable", "non_commercial", "retired",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One model, with what its offers add."""

    id: str
    name: str
    type: str
    maker: str
    weights: str
    licence: str
    licence_name: str
    commercial_use: bool | None
    tasks: frozenset[str]
    inputs: frozenset[str]
    outputs: frozenset[str]
    capabilities: frozenset[str]
    context_tokens: int | None
    parameters_b: float | None
    released: datetime.date | None
    input_usd_per_mtok: float | None
    output_usd_per_mtok: float | None
    other_price: tuple[tuple[str, float], ...]
    providers: frozenset[str]
    regions: frozenset[str]
    certifications: frozenset[str]
    collections: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Filters:
    """What the visitor asked for; empty means anything."""

    text: str = ""
    tasks: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    weights: str | None = None
    licences: tuple[str, ...] = ()
    commercial_only: bool = False
    providers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    most_usd_per_mtok: float | None = None
    least_context: float | None = None


@st.cache_resource(show_spinner=False)
def rows() -> tuple[Row, ...]:
    """Every model, by name."""
    return build(facts.library(), facts.catalog().columns.as_of)


def build(library: Library, today: datetime.date) -> tuple[Row, ...]:
    """The index of a library as of a day."""
    offered: dict[str, list[tuple[str, Provider, Offer]]] = {}
    for provider_id, provider in library.providers.items():
        for offer in provider.offers:
            offered.setdefault(offer.model, []).append((provider_id, provider, offer))
    european = _european_labs(library)
    found = (_row(name, model, library, offered.get(name, []), today, european) for name, model in library.models.items())
    return tuple(sorted(found, key=lambda row: row.name.lower()))


def _european_labs(library: Library) -> frozenset[str]:
    """Labs whose own service has its seat in Europe."""
    makers = (one for one in library.providers.values() if one.kind == "maker" and one.headquarters in EUROPE)
    return frozenset(offer.model.split("/")[0] for maker in makers for offer in maker.offers)


def _row(
    name: str,
    model: Model,
    library: Library,
    offered: list[tuple[str, Provider, Offer]],
    today: datetime.date,
    european: frozenset[str],
) -> Row:
    licence = library.licences.get(model.licence)
    prices = [current_price(offer, today) for _, _, offer in offered]
    regions = frozenset(region for _, provider, offer in offered for region in regions_of(provider, offer))
    row = Row(
        id=name,
        name=model.name,
        type=model.type,
        maker=model.maker or name.split("/")[0],
        weights=model.weights,
        licence=model.licence,
        licence_name=licence.name if licence else model.licence,
        commercial_use=licence.commercial_use if licence else None,
        tasks=frozenset(model.tasks),
        inputs=frozenset(model.input),
        outputs=frozenset(model.output),
        capabilities=frozenset(model.capabilities),
        context_tokens=model.context_tokens,
        parameters_b=model.parameters_b,
        released=model.released,
        input_usd_per_mtok=_least(price.input_usd_per_mtok for price in prices if price),
        output_usd_per_mtok=_least(price.output_usd_per_mtok for price in prices if price),
        other_price=_other_prices(prices),
        providers=frozenset(provider_id for provider_id, _, _ in offered),
        regions=regions,
        certifications=frozenset(one for _, provider, offer in offered for one in certifications_of(provider, offer)),
    )
    return _with_collections(row, model, today, european)


def current_price(offer: Offer, today: datetime.date) -> Price | None:
    """The price that holds on a day; None before the first."""
    held = [price for price in offer.prices if price.since <= today]
    return held[-1] if held else None


def regions_of(provider: Provider, offer: Offer) -> tuple[str, ...]:
    """Where an offer is known to run."""
    own = offer.privacy.inference_regions if offer.privacy else None
    return offer.regions or own or provider.privacy.inference_regions or ()


def certifications_of(provider: Provider, offer: Offer) -> tuple[str, ...]:
    """Certificates documented for an offer."""
    own = offer.privacy.certifications if offer.privacy else None
    return own or provider.privacy.certifications or ()


UNITS = (
    "audio_input_usd_per_minute", "audio_output_usd_per_minute", "usd_per_million_characters", "usd_per_image", "usd_per_page",
    "usd_per_video_second", "usd_per_thousand_searches",
)  # fmt: skip


def _other_prices(prices: list[Price | None]) -> tuple[tuple[str, float], ...]:
    """The lowest price per unit other than tokens."""
    found = ((unit, _least(getattr(price, unit) for price in prices if price)) for unit in UNITS)
    return tuple((unit, value) for unit, value in found if value is not None)


def _least(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return min(known) if known else None


def _with_collections(row: Row, model: Model, today: datetime.date, european: frozenset[str]) -> Row:
    size = model.parameters_b
    is_in = {
        "open": model.weights == "open",
        "proprietary": model.weights == "proprietary",
        "hosted": bool(row.providers),
        "self_host": model.weights == "open" and size is not None,
        "small": size is not None and size <= SMALL_B,
        "middle": size is not None and SMALL_B < size <= LARGE_B,
        "large": size is not None and size > LARGE_B,
        "european": row.id.split("/")[0] in european,
        "in_europe": bool(row.regions & EUROPE),
        "new": model.released is not None and (today - model.released).days <= NEW_DAYS,
        "reasoning": model.reasoning in ("optional", "always") or "reasoning" in model.capabilities,
        "many_languages": "multilingual" in (model.languages or ()),
        "tunable": bool(model.card.tunable_with) or "fine_tunable" in model.capabilities,
        "non_commercial": row.commercial_use is False,
        "retired": model.retired is not None and model.retired <= today,
    }
    found = frozenset(name for name in COLLECTIONS if is_in[name])
    return Row(**{**row.__dict__, "collections": found})


def matching(index: Iterable[Row], wanted: Filters) -> tuple[Row, ...]:
    """The rows that have everything asked for. What is not known does not match: a filter never lets an unknown pass."""
    return tuple(row for row in index if _has_words(row, wanted) and _has_sets(row, wanted) and _within(row, wanted))


def _has_words(row: Row, wanted: Filters) -> bool:
    text = f"{row.name} {row.id} {row.maker} {row.licence_name}".lower()
    return all(word in text for word in wanted.text.lower().split())


def _has_sets(row: Row, wanted: Filters) -> bool:
    needed = (
        (wanted.tasks, row.tasks),
        (wanted.modalities, row.inputs | row.outputs),
        (wanted.certifications, row.certifications),
        (wanted.collections, row.collections),
    )
    any_of = (
        (wanted.types, {row.type}),
        (wanted.licences, {row.licence}),
        (wanted.providers, row.providers),
        (wanted.regions, row.regions),
    )
    return all(set(asked) <= has for asked, has in needed) and all(not asked or set(asked) & has for asked, has in any_of)


def _within(row: Row, wanted: Filters) -> bool:
    if wanted.weights and row.weights != wanted.weights:
        return False
    if wanted.commercial_only and row.commercial_use is not True:
        return False
    price, context = wanted.most_usd_per_mtok, wanted.least_context
    if price is not None and (row.input_usd_per_mtok is None or row.input_usd_per_mtok > price):
        return False
    return context is None or (row.context_tokens is not None and row.context_tokens >= context)
