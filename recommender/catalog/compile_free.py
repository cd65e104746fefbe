"""Free amounts of offers as columns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from recommender.catalog.compile_columns import numbers, truths
from recommender.domain.columns import FreeColumns
from recommender.domain.records import FreeAmount, Offer, Provider


def compiled_free(pairs: Sequence[tuple[Provider, int, Offer]], day: datetime.date) -> FreeColumns:
    """Each offer's amount as of a day, where it has one."""
    begun = [(place, free_amount_of(provider, offer, day)) for place, (provider, _, offer) in enumerate(pairs)]
    found = [(place, amount) for place, amount in begun if amount is not None and amount.per_month > 0]
    amounts = [amount for _, amount in found]
    return FreeColumns(
        offer=np.array([place for place, _ in found], np.int64),
        units=tuple(amount.unit for amount in amounts),
        per_month=numbers(amount.per_month for amount in amounts),
        first_months=np.array([amount.first_months or np.inf for amount in amounts], float),
        trains_on_customer_data=truths(_trains(amount) for amount in amounts),
        sources=tuple(f"{amount.source} ({amount.as_of.isoformat()})" for amount in amounts),
    )


def free_amount_of(provider: Provider, offer: Offer, day: datetime.date) -> FreeAmount | None:
    """The last amount of an offer that had begun; its own stand before its provider's."""
    amounts = offer.free if "free" in offer.model_fields_set else provider.free
    begun = [amount for amount in amounts if amount.since <= day]
    return begun[-1] if begun else None


def _trains(amount: FreeAmount) -> bool | None:
    """Only what the amount's own terms say; absent, those of the paid offer hold."""
    return None if amount.trains_on_customer_data is None else amount.trains_on_customer_data in ("default", "opt_out")
