"""Prices that hang on what the work allows and where it must run: the spot market, and a vendor's surcharge for a region."""

from __future__ import annotations

import numpy as np

from recommender.decision.lookups import known_or, looked_up
from recommender.decision.situations import task_of
from recommender.domain.columns import Columns, Floats, Ints, Mask
from recommender.domain.requirements import Requirements

OFFLINE = ("batch", "one_off")
LEAST_HOURS = 24.0  # of a deadline, below which work is not trusted to machines that may be taken away


def may_stop(columns: Columns, requirements: Requirements) -> bool:
    """Whether machines may be taken away for a while: answers may wait for hours, and no deadline falls within a day."""
    work = requirements.workload
    mode = work.mode or columns.tasks[task_of(requirements)].workload.mode
    return mode in OFFLINE and (work.deadline_hours is None or work.deadline_hours >= LEAST_HOURS)


def hourly_prices(columns: Columns, *, may_stop: bool) -> tuple[Floats, Mask]:
    """Every rental's price, and whether it is the spot market's. [USD per hour]

    The spot market is taken where it stays the cheaper even if as much work is lost as is assumed at most: so a lower price
    never makes a longer bill.
    """
    rentals = columns.rentals
    if not may_stop:
        return rentals.hourly_usd, np.zeros(len(rentals.hourly_usd), bool)
    with np.errstate(invalid="ignore"):
        is_spot = np.asarray(rentals.spot_usd * columns.assumptions["spot_rework"].high < rentals.hourly_usd, bool)
    return np.where(is_spot, rentals.spot_usd, rentals.hourly_usd), is_spot


def regional_surcharge(columns: Columns, requirements: Requirements, offer: Ints) -> Floats:
    """What each offer asks on top for keeping requests inside a region, where a region is asked for. [share]

    None where the offer names none: its price holds in all its regions.
    """
    if not requirements.privacy.residency:
        return np.zeros(len(offer))
    uplift = looked_up(columns.offers.regional_uplift, offer, 1.0)
    return np.asarray(known_or(uplift, 1.0) - 1.0)
