"""Everybody who sells answers, to be left out where rented machines are what is looked at."""

from __future__ import annotations

from recommender import Catalog


def sellers(catalog: Catalog) -> list[str]:
    """Every vendor by its name; Google by its models, since its name is its machines' too."""
    return [one for one in catalog.columns.offers.provider_ids if one != "google"] + ["google/gemini*"]
