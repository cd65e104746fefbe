"""Recommender: a decision engine for choosing AI models.

Everything public is here, and nowhere else: requirements in, a reasoned recommendation out. Each name is imported when it is
first used, so that `import recommender` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recommender.catalog.loading import Catalog, load_catalog
    from recommender.comparing import compare
    from recommender.domain.recommendation import Option, Recommendation
    from recommender.domain.requirements import Requirements
    from recommender.domain.trial_evidence import TrialEvidence, TrialResult
    from recommender.engine import recommend
    from recommender.errors import CatalogError, InputError, MissingExtra, RecommenderError
    from recommender.trade_offs import frontier

_HOME = {
    "Catalog": "catalog.loading",
    "CatalogError": "errors",
    "InputError": "errors",
    "MissingExtra": "errors",
    "Option": "domain.recommendation",
    "Recommendation": "domain.recommendation",
    "RecommenderError": "errors",
    "Requirements": "domain.requirements",
    "TrialEvidence": "domain.trial_evidence",
    "TrialResult": "domain.trial_evidence",
    "compare": "comparing",
    "frontier": "trade_offs",
    "load_catalog": "catalog.loading",
    "recommend": "engine",
}

__all__ = [
    "Catalog",
    "CatalogError",
    "InputError",
    "MissingExtra",
    "Option",
    "Recommendation",
    "RecommenderError",
    "Requirements",
    "TrialEvidence",
    "TrialResult",
    "compare",
    "frontier",
    "load_catalog",
    "recommend",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'recommender' has no attribute '{name}'")
    return getattr(import_module(f"recommender.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
