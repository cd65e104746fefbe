"""Ready-made translation services: each has an API of its own, which no proxy for language models speaks.

Read on 2026-11-30: developers.deepl.com/api-reference/translate; learn.microsoft.com/azure/ai-services/translator (base addresses,
text translate v3.0); docs.cloud.google.com/translate/docs/advanced; docs.aws.amazon.com/translate (TranslateText)."""

from __future__ import annotations

from typing import Any

from recommender.catalog.library import Library
from recommender.domain.recommendation import Option
from recommender.domain.requirements import Requirements
from recommender.recipes.addresses import address_of, variable_of

SPEAKS = {"aws": "amazon", "azure-ai-services": "azure", "deepl": "deepl", "google-cloud-translation": "google"}  # by provider
KEYED = ("azure", "deepl")  # by a key of the service; the others by the credentials of one's account
AZURE = "https://api.cognitive.microsofttranslator.com"  # whichever data centre is nearest
AZURE_WITHIN = {
    "eu": "https://api-eur.cognitive.microsofttranslator.com",
    "us": "https://api-nam.cognitive.microsofttranslator.com",
}


def api_of(option: Option) -> str | None:
    """The API that a hosted translator answers by; None where it is no such service."""
    if option.deployment.hosting != "api" or option.model.type != "translation":
        return None
    return SPEAKS.get(option.deployment.provider or "")


def translating_values(needs: Requirements, option: Option, library: Library) -> dict[str, Any]:
    """What the call of a translation service names; nothing for every other option."""
    api, provider = api_of(option), option.deployment.provider
    if api is None:
        return {}
    url = _address(api, option, library, needs.privacy.residency)
    variable = variable_of(provider, "API_BASE")
    words = "Amazon Translate in your own account: set AWS_DEFAULT_REGION" if api == "amazon" else url
    return {
        "translator": api,
        "key_variable": variable_of(provider, "API_KEY") if api in KEYED else None,
        "region_variable": variable_of(provider, "REGION"),
        "address": url,
        "address_variable": variable,
        "address_words": words or f"not known to the catalog for where data must stay: set {variable}",
        "translated_from": _source(needs.languages),
        "translated_into": _named(needs.target_languages),
    }


def _address(api: str, option: Option, library: Library, residency: tuple[str, ...] | None) -> str | None:
    """Where it is called; None where data must stay in a region whose address we do not know, or its package knows it."""
    if api == "amazon":
        return None
    if api != "azure":
        return address_of(library.providers[option.deployment.provider or ""], residency)
    return next((AZURE_WITHIN.get(one) for one in residency), None) if residency else AZURE


def _source(languages: tuple[str, ...] | None) -> str | None:
    """The language of the texts, without its region, as services read a source; None where several may come: then they find it out."""
    named = {one.split("-")[0] for one in _named(languages)}
    is_one = len(named) == 1 and "multilingual" not in (languages or ())
    return named.pop() if is_one else None


def _named(languages: tuple[str, ...] | None) -> list[str]:
    """Languages by the codes that were stated; `multilingual` names none."""
    return [one for one in languages or () if one != "multilingual"]
