"""Where a model is called: the vendor's own address, or what has to be set. Data and keys never fall back on another vendor's."""

from __future__ import annotations

import re
from typing import Any

from recommender.catalog.library import Library
from recommender.domain.recommendation import Option
from recommender.domain.records import Provider

TOLD = ("openai_compatible", "own")  # LiteLLM takes these for OpenAI itself, where nobody tells it an address
NATIVE = {  # whose own package knows where to go
    "vertex": "Vertex AI in your own project: set GOOGLE_CLOUD_PROJECT and GOOGLE_CLOUD_LOCATION",
    "bedrock": "Amazon Bedrock in your own account: set AWS_DEFAULT_REGION",
}


def variable_of(provider: str | None, what: str) -> str:
    """The environment variable for something of a provider: its key, its address."""
    return re.sub(r"[^A-Z0-9]+", "_", (provider or "model").upper()) + "_" + what


def address_values(option: Option, library: Library, residency: tuple[str, ...] | None, own_url: str) -> dict[str, Any]:
    """What templates say of the address of an option's model, by the names that they use.

    Args:
        option: what is to be built.
        library: the catalog's records.
        residency: where the data must be; a vendor may have another address there.
        own_url: of the server on one's own machine, where that answers.
    """
    if option.deployment.hosting != "api":
        words = f"{own_url} (your own server)"
        return {"address": own_url, "address_variable": "MODEL_URL", "address_words": words, "litellm_base": own_url}
    provider = library.providers[option.deployment.provider or ""]
    shape = provider.api or "own"
    url, variable = address_of(provider, residency), variable_of(option.deployment.provider, "API_BASE")
    return {
        "address": None if shape == "own" else url,
        "address_variable": variable,
        "address_words": NATIVE.get(shape)
        or url
        or f"not known to the catalog: set {variable} to what {provider.name} gives you",
        "litellm_base": litellm_base(option.deployment.provider, provider, residency),
    }


def address_of(provider: Provider, residency: tuple[str, ...] | None = None) -> str | None:
    """The vendor's address, by region where one is asked for; None where the catalog does not know it."""
    if provider.address is None:
        return None
    regional = (provider.address.by_region.get(region) for region in residency or ())
    return next((url for url in regional if url), provider.address.url)


def litellm_base(name: str | None, provider: Provider, residency: tuple[str, ...] | None = None) -> str | None:
    """What LiteLLM is told; None where its own package for the vendor knows it. Where nobody knows it, a name that leads
    nowhere: left out, or read from a variable that is not set, it would be OpenAI's."""
    shape = provider.api or "own"
    if shape not in TOLD:
        return None
    known = address_of(provider, residency) if shape == "openai_compatible" else None
    return known or f"https://set-the-address-of-{re.sub(r'[^a-z0-9]+', '-', (name or 'model').casefold())}.invalid/v1"
