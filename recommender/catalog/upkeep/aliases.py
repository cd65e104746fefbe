"""What a list calls our records: explicit tables in `catalog/aliases/`, never likeness.

Without an alias two names are one only where they are the same text: an offer's `api_id` (after the list's prefix for the
seller), a model's `repository`, a model's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from recommender.catalog.library import Library
from recommender.catalog.strict_yaml import Document, read_for_judging
from recommender.catalog.validation import suggestion, validated
from recommender.domain.catalog_record import Record
from recommender.domain.records import Model, Offer
from recommender.errors import CatalogError, Fault


class SellerAlias(Record):
    """Which sellers of the list are one provider of ours, and what the list puts before the name of a model."""

    sellers: tuple[str, ...]
    prefixes: tuple[str, ...] = ("",)


class Aliases(Record):
    """One list's names. Keys are our ids, except of `wrong`, whose keys are the list's own names.

    `unlike`: offers that must not be joined although the text is the same, and why; `allowed_dear`: offers that may pass
    the gates on dear prices, and why; `wrong`: rows known to be wrong, and why; `regions`: our region of a cloud's place.
    """

    providers: dict[str, SellerAlias] = Field(default_factory=dict)
    offers: dict[str, dict[str, str]] = Field(default_factory=dict)
    models: dict[str, str] = Field(default_factory=dict)
    machines: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    unlike: dict[str, dict[str, str]] = Field(default_factory=dict)
    allowed_dear: dict[str, dict[str, str]] = Field(default_factory=dict)
    wrong: dict[str, str] = Field(default_factory=dict)
    regions: dict[str, str] = Field(default_factory=dict)


def read_aliases(folder: Path, source: str) -> tuple[Aliases, Document | None]:
    """The aliases of a list in a catalog folder; none where there is no file.

    Raises:
        InputError: with every fault of the file.
    """
    path = folder / "aliases" / f"{source}.yaml"
    if not path.is_file():
        return Aliases(), None
    document = read_for_judging(path.read_bytes(), f"{folder.name}/aliases/{path.name}")
    aliases, faults = validated(document, Aliases)
    if faults:
        raise CatalogError(faults)
    return aliases, document


def alias_faults(aliases: Aliases, document: Document, library: Library) -> Iterator[Fault]:
    """Aliases of records that are not there."""
    known: dict[str, Mapping[str, object]] = {
        "providers": library.providers,
        "offers": library.providers,
        "models": library.models,
        "machines": {one.id: one for vendor in library.hardware.values() for one in vendor.accelerators},
        "unlike": library.providers,
    }
    for part, there in known.items():
        for name in getattr(aliases, part):
            if name not in there:
                where = document.where((part, name))
                yield Fault(where, f"'{name}' is not in the catalog", suggestion(name, there))
    for provider, names in aliases.offers.items():
        for model in names:
            if model not in library.models:
                where = document.where(("offers", provider, model))
                yield Fault(where, f"model '{model}' is not in the catalog", suggestion(model, library.models))


def offer_names(aliases: Aliases, provider: str, offer: Offer) -> tuple[tuple[str, str], ...]:
    """Every (seller, name) under which the list may hold an offer, the likeliest first."""
    alias = aliases.providers.get(provider)
    if alias is None:
        return ()
    given = aliases.offers.get(provider, {}).get(offer.model)
    if given is not None:
        return tuple((seller, given) for seller in alias.sellers)
    if offer.api_id is None or offer.model in aliases.unlike.get(provider, {}):
        return ()
    return tuple((seller, prefix + offer.api_id) for prefix in alias.prefixes for seller in alias.sellers)


def model_names(aliases: Aliases, name: str, model: Model) -> tuple[str, ...]:
    """Every name under which the list may hold a model as such."""
    if name in aliases.models:
        return (aliases.models[name],)
    return (model.repository, name) if model.repository else (name,)
