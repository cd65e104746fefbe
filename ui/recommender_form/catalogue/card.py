"""One model's facts as rows: what is known, where it was read, when, and how many sources agree."""

from __future__ import annotations

from typing import Any

from recommender.catalog.compile_free import free_amount_of
from recommender.catalog.library import Library
from recommender.domain.records import FreeAmount, Model, Offer, Price, Privacy, Provider
from recommender_form.catalogue.index import UNITS, certifications_of, current_price, regions_of
from recommender_form.figures import number
from recommender_form.words import or_plain, say

SHOWN = (
    "type", "architecture", "maker", "weights", "parameters_b", "active_parameters_b", "context_tokens", "max_input_tokens",
    "max_output_tokens", "embedding_dimensions", "input", "output", "languages", "capabilities", "lacks", "reasoning",
    "released", "knowledge_cutoff", "retired", "successor", "repository",
)  # fmt: skip
VOCABULARY = {"type": "type", "architecture": "architecture", "weights": "weights"}
LISTS = {
    "input": "modality",
    "output": "modality",
    "capabilities": "capability",
    "lacks": "capability",
    "languages": "language",
}
TOKEN_PRICES = ("input_usd_per_mtok", "output_usd_per_mtok", "cache_read_usd_per_mtok")


def fact_rows(model: Model, library: Library) -> list[dict[str, str]]:
    """Every fact, the unknown ones too."""
    rows = []
    for name in SHOWN:
        value = getattr(model, name)
        known = value is not None and value != ()
        origin = model.provenance.get(name) or model.provenance.get("default")
        source = library.sources.get(origin.source) if origin and known else None
        rows.append(
            {
                say("card.fact"): say(f"card.facts.{name}"),
                say("card.value"): _value(name, value) if known else say("unknown"),
                say("card.source"): source.title if source else "",
                say("card.date"): origin.as_of.isoformat() if origin and known else "",
                say("card.status"): say(f"card.statuses.{origin.status}") if origin and known else "",
            }
        )
    return rows


def _value(name: str, value: Any) -> str:
    if name in VOCABULARY:
        return or_plain(f"{VOCABULARY[name]}.{value}", str(value))
    if name in LISTS:
        return ", ".join(or_plain(f"{LISTS[name]}.{one}", str(one)) for one in value)
    if name == "reasoning":
        return say(f"card.reasonings.{value}")
    if isinstance(value, int | float):
        return number(float(value), 4)
    return str(value)


def offers_of(name: str, library: Library) -> list[tuple[str, Provider, Offer]]:
    """Who offers a model, by the provider's name."""
    found = [
        (provider_id, provider, offer)
        for provider_id, provider in library.providers.items()
        for offer in provider.offers
        if offer.model == name
    ]
    return sorted(found, key=lambda one: one[1].name.lower())


def offer_row(provider: Provider, offer: Offer, today: Any) -> dict[str, str]:
    """One offer: today's price and the terms on data."""
    price = current_price(offer, today)
    privacy = terms_of(provider, offer)
    return {
        say("card.provider"): provider.name,
        say("card.price"): price_text(price),
        say("card.free_amount"): free_text(free_amount_of(provider, offer, today)),
        say("card.since"): price.since.isoformat() if price and price.since.year > 2020 else "",
        say("card.window"): number(float(offer.window.context_tokens), 6) if offer.window else "",
        say("card.regions"): ", ".join(or_plain(f"region.{one}", one) for one in regions_of(provider, offer)) or say("unknown"),
        say("card.trains"): say(f"card.training.{privacy.trains_on_customer_data}")
        if privacy.trains_on_customer_data
        else say("unknown"),
        say("card.retention"): say("unknown")
        if privacy.retention_days is None
        else say("card.days", days=number(privacy.retention_days)),
        say("card.certifications"): ", ".join(
            or_plain(f"certification.{one}", one) for one in certifications_of(provider, offer)
        )
        or say("unknown"),
        say("card.terms_read"): privacy.checked.isoformat() if privacy.checked else say("card.not_read"),
    }


def terms_of(provider: Provider, offer: Offer) -> Privacy:
    """The offer's own terms on data, else its provider's."""
    return offer.privacy or provider.privacy


def free_text(free: FreeAmount | None) -> str:
    """What a paying account gets for free each month; nothing where no such amount was read."""
    if free is None or not free.per_month:
        return ""
    amount, unit = number(free.per_month, 4), say(f"card.free_unit.{free.unit}")
    if free.first_months:
        return say("card.free_at_first", amount=amount, unit=unit, months=free.first_months)
    return say("card.free_monthly", amount=amount, unit=unit)


def price_text(price: Price | None) -> str:
    """A price in words: every unit it is asked in."""
    if price is None:
        return say("unknown")
    if price.is_free:
        return say("card.free")
    parts = [
        f"{number(value)} {say(f'price_unit.{unit}')}"
        for unit in (*TOKEN_PRICES, *UNITS)
        if (value := getattr(price, unit)) is not None
    ]
    return ", ".join(parts) or say("unknown")


def price_points(offers: list[tuple[str, Provider, Offer]]) -> list[dict[str, Any]]:
    """Prices over time, of offers whose price has changed. [USD per million tokens, or the offer's own unit]"""
    return [
        {"provider": provider.name, "since": price.since.isoformat(), "unit": say(f"price_unit.{unit}"), "price": value}
        for _, provider, offer in offers
        if len(offer.prices) > 1
        for price in offer.prices
        for unit in (*TOKEN_PRICES[:2], *UNITS)
        if (value := getattr(price, unit)) is not None
    ]


def tuning_rows(offers: list[tuple[str, Provider, Offer]]) -> list[dict[str, str]]:
    """Where it can be fine-tuned as a service."""
    return [
        {
            say("card.provider"): provider.name,
            say("card.training_price"): say("unknown")
            if tuning.training_usd_per_mtok is None
            else f"{number(tuning.training_usd_per_mtok)} {say('price_unit.training')}",
            say("card.ends"): tuning.ends.isoformat() if tuning.ends else "",
            say("card.date"): tuning.as_of.isoformat(),
        }
        for _, provider, offer in offers
        if (tuning := offer.fine_tuning) is not None
    ]


def memory_rows(model: Model) -> list[dict[str, str]]:
    """Memory of the weights alone at usual precisions. [GB]

    memory = parameters * bits / 8
    """
    if model.parameters_b is None or model.weights != "open":
        return []
    return [
        {say("card.precision"): say("card.bits", bits=bits), say("card.memory"): f"{number(model.parameters_b * bits / 8)} GB"}
        for bits in (16, 8, 4)
    ]
