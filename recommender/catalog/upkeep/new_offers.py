"""Offers that an alias names and the catalog lacks: one line in the alias table brings them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recommender.catalog.library import Library
from recommender.catalog.upkeep.aliases import Aliases
from recommender.catalog.upkeep.changes import Change, Edit, Origin
from recommender.catalog.upkeep.gates import Offered, allowed_reason, refusal
from recommender.catalog.upkeep.judge_prices import COMPARED
from recommender.catalog.upkeep.listing import Facts, ListedPrice


def new_offers(
    library: Library, aliases: Aliases, prices: Mapping[tuple[str, str], list[ListedPrice]], origin: Origin
) -> Iterator[Change]:
    """Every offer that the alias table names, the list prices, and the provider's file does not have."""
    for name, models in aliases.offers.items():
        known = {offer.model for offer in library.providers[name].offers}
        sellers = aliases.providers[name].sellers if name in aliases.providers else ()
        for model, row in models.items():
            listed = next((prices[(seller, row)] for seller in sellers if (seller, row) in prices), None)
            if model not in known and listed:
                yield _new(name, model, row, listed, library, aliases, origin)


def _new(
    provider: str, model: str, row: str, listed: list[ListedPrice], library: Library, aliases: Aliases, origin: Origin
) -> Change:
    begun = [one for one in listed if one.since is None or one.since <= origin.as_of]
    one = (begun or listed)[-1]
    reason = refusal(
        Offered(
            prices=one.prices,
            held={},
            model_type=library.models[model].type,
            is_free=False,
            allowed=allowed_reason(aliases.allowed_dear, provider, model),
            wrong=aliases.wrong.get(row),
        )
    )
    file, record = f"offers/{provider}.yaml", f"{provider}/{model}"
    stated = {field: value for field, value in one.prices.items() if field in COMPARED}
    if reason is not None or not stated:
        return Change("refused", file, record, "offer", None, stated, reason or "it states no price", ())
    price: Facts = {"since": one.since or origin.as_of, **stated}
    if one.prices.get("tiers"):
        price["tiers"] = one.prices["tiers"]
    price |= {"source": origin.source, "as_of": origin.as_of}
    offer: Facts = {"model": model, "api_id": row, "prices": [price]}
    if one.facts.get("retires"):
        offer["retires"] = one.facts["retires"]
    return Change(
        "fill", file, record, "offer", None, stated, "named in the alias table", (Edit(file, ("offers",), offer, "insert"),)
    )
