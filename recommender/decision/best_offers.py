"""Each vendor's best offer for a purpose: what stands beside the answer-giving model is bought where that is bought."""

from __future__ import annotations

import numpy as np

from recommender.decision.lookups import are_of
from recommender.domain.columns import Columns, Floats, Ints, Mask


def best_offers(columns: Columns, kinds: tuple[str, ...], measure: Floats, left_out: Mask, barred: Mask | None = None) -> Ints:
    """Each provider's offer of some types with the least measure; -1 where it has none, and in one place more than providers.

    Args:
        left_out: models that may not be taken.
        barred: offers that may not be taken.
    """
    offers = columns.offers
    usable = (
        are_of(columns.models.types, *kinds)[offers.model] & offers.is_offered & ~np.isnan(measure) & ~left_out[offers.model]
    )
    found = np.flatnonzero(usable if barred is None else usable & ~barred)
    dearest_first = found[np.lexsort((-found, -measure[found]))]
    best = np.full(len(offers.provider_ids) + 1, -1)
    best[offers.provider[dearest_first]] = dearest_first
    return best


def large_of_vendors(columns: Columns, quality: Floats, usable: Mask) -> Ints:
    """Each provider's offer that a cascade escalates to: its best language model with a price that may be used for the case by
    itself; -1 where it has none, and in one place more than providers.

    Args:
        quality: of each model at the task. [points]
        usable: offers that no rule takes out.
    """
    offers = columns.offers
    measure = np.where(np.isnan(offers.output_price) | ~usable, np.nan, -quality[offers.model])
    return best_offers(columns, ("decoder_llm", "vlm"), measure, np.zeros(len(columns.models.ids), bool))


def of_vendor(columns: Columns, providers: Ints, offer: Ints) -> Ints:
    """A provider's offer for each offer of the same provider; -1 where the provider has none, or on own machines."""
    provider = np.append(columns.offers.provider, len(providers) - 1)[offer]
    return np.asarray(np.where(offer >= 0, providers[provider], -1), np.int64)
