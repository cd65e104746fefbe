"""Recommender: a decision engine for choosing AI models.

Everything public is here, and nowhere else: requirements in, a reasoned recommendation out.
"""

from __future__ import annotations

from recommender.catalog.loading import Catalog, load_catalog
from recommender.domain.recommendation import Option, Recommendation
from recommender.domain.requirements import Requirements
from recommender.engine import recommend
from recommender.errors import CatalogError, InputError, MissingExtra, RecommenderError

__all__ = [
    "Catalog",
    "CatalogError",
    "InputError",
    "MissingExtra",
    "Option",
    "Recommendation",
    "RecommenderError",
    "Requirements",
    "load_catalog",
    "recommend",
]
