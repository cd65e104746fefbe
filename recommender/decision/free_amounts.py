"""What a vendor gives a paying account for free each month, taken off its bill: for good, or in the first months alone."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows, Saved
from recommender.decision.lookups import looked_up
from recommender.decision.request_tokens import request_tokens, specialist_tokens
from recommender.domain.columns import Columns, FreeColumns, Ints, Mask
from recommender.domain.requirements import Requirements
from recommender.domain.situation import Situation
from recommender.domain.units import MONTHS_PER_YEAR, Quantity
from recommender.estimates.token_cost import after_free_allowance


def saved_by_free_amounts(rows: Rows, monthly_usd: Array) -> Saved:
    """The part of every candidate's monthly bill that its vendor's free amount covers. What runs already has had its first
    months."""
    free = rows.columns.offers.free
    place = looked_up(free_of_offers(rows.columns, rows.situation.requirements), rows.candidates.offer, -1)
    found = np.flatnonzero(place >= 0)
    if not len(found):
        return Saved(found, monthly_usd[found], monthly_usd[found])
    part, place, bill = rows.only(found), place[found], monthly_usd[found]
    saved = bill - _left_to_pay(part, place, bill)
    is_once = (rows.situation.months_per_year <= 1.0) & ~part.candidates.is_incumbent  # then the first month is all there is
    lasts = part.wide(np.isinf(free.first_months[place]) | is_once) > 0
    counted = np.minimum(free.first_months[place], _counted_months(rows.situation)) * ~part.candidates.is_incumbent
    return Saved(found, np.where(lasts, saved, 0.0), np.where(lasts, 0.0, saved * part.wide(counted)))


def free_of_offers(columns: Columns, requirements: Requirements) -> Ints:
    """For every offer the place of the free amount that counts; -1 where there is none."""
    free = columns.offers.free
    counted = np.flatnonzero(_counts(free, requirements))
    place = np.full(len(columns.offers.model), -1)
    place[free.offer[counted]] = counted
    return place


def _counts(free: FreeColumns, requirements: Requirements) -> Mask:
    """Amounts whose own terms let the vendor train on what is sent are for public data alone; where nothing may be kept, one
    with terms of its own, which nobody read for that, is for nothing."""
    needs = requirements.privacy
    trains, has_own_terms = free.trains_on_customer_data == 1, free.trains_on_customer_data >= 0
    is_public = needs.sensitivity == "public" and not needs.no_training
    return np.asarray((~trains | is_public) & ~(has_own_terms & bool(needs.zero_retention)), bool)


def _counted_months(situation: Situation) -> float:
    """Of the first year, in which there is something to pay."""
    return MONTHS_PER_YEAR if situation.months_per_year > 1.0 else 1.0


def _left_to_pay(rows: Rows, place: Ints, bill: Array) -> Array:
    """A month's bill for what goes beyond the free amount. [USD per month]"""
    free = rows.columns.offers.free
    used = np.zeros_like(bill)
    for unit in sorted({free.units[one] for one in place.tolist()}):
        counts_in = np.array([one == unit for one in free.units])[place]
        used = np.where(rows.wide(counts_in) > 0, bill if unit == "usd" else _used(rows, unit), used)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = after_free_allowance(used, rows.wide(free.per_month[place]), bill / used)
    return np.where(used > 0, left, bill)


def _used(rows: Rows, unit: str) -> Quantity:
    """How much of a unit a month's requests take."""
    situation = rows.situation
    if unit == "tokens":
        sent = request_tokens(rows)
        each = np.where(rows.is_llm, sent.input + sent.output, specialist_tokens(situation))
        return each * situation.requests_per_month
    amounts: dict[str, Quantity] = {
        "audio_minutes": situation.audio_minutes,
        "characters": situation.characters,
        "images": situation.images,
        "pages": np.maximum(situation.pages, situation.images),
        "requests": 1.0,
    }
    return amounts[unit] * situation.requests_per_month
