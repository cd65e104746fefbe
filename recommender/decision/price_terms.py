"""Prices that hang on what the work allows and where it must run: the spot market, a commitment for years, and a
vendor's surcharge for a region."""

from __future__ import annotations

import numpy as np

from recommender.decision.lookups import known_or, looked_up
from recommender.decision.patterns import companies_matching
from recommender.decision.situations import mode_of, task_of
from recommender.domain.columns import TERMS_YEARS, Columns, Floats, Ints, Mask
from recommender.domain.record import record
from recommender.domain.requirements import Requirements

OFFLINE = ("batch", "one_off")
YEARS_OF = {"one_year": 1, "three_years": 3}
LEAST_HOURS = 24.0  # of a deadline, below which work is not trusted to machines that may be taken away


def may_stop(columns: Columns, requirements: Requirements) -> bool:
    """Whether machines may be taken away for a while: answers may wait for hours, and no deadline falls within a day."""
    deadline = requirements.workload.deadline_hours
    return _mode(columns, requirements) in OFFLINE and (deadline is None or deadline >= LEAST_HOURS)


def committed_years(columns: Columns, requirements: Requirements) -> int | None:
    """For how many years machines are reserved; None where nobody said so, and for work that rents them only while there is
    something to do: whoever commits pays for every hour."""
    is_offline = _mode(columns, requirements) in OFFLINE
    return None if is_offline else YEARS_OF.get(requirements.hardware.commitment or "")


def _mode(columns: Columns, requirements: Requirements) -> str:
    return mode_of(requirements, columns.tasks[task_of(requirements)])


@record
class HourlyPrices:
    """Every rental's price [USD per hour], whether it is the spot market's, and the years it commits to (0: none)."""

    usd: Floats
    is_spot: Mask
    years: Ints


def hourly_prices(columns: Columns, *, may_stop: bool, years: int | None = None) -> HourlyPrices:
    """Every rental's price under the terms that the work allows and the team accepts.

    The spot market is taken where it stays the cheaper even if as much work is lost as is assumed at most, and a commitment
    only where it is below the price without one: so a lower price never makes a longer bill.
    """
    rentals = columns.rentals
    none = np.zeros(len(rentals.hourly_usd), bool)
    with np.errstate(invalid="ignore"):
        spot = rentals.spot_usd * columns.assumptions["spot_rework"].high if may_stop else np.full(len(none), np.nan)
        is_spot = np.asarray(spot < rentals.hourly_usd, bool)
        committed = none if years is None else rentals.committed_usd[:, TERMS_YEARS.index(years)]
        is_committed = none if years is None else np.asarray(committed < rentals.hourly_usd, bool) & ~is_spot
    usd = np.where(is_spot, rentals.spot_usd, np.where(is_committed, committed, rentals.hourly_usd))
    return HourlyPrices(usd, is_spot, np.where(is_committed, years or 0, 0))


def clouds_named(columns: Columns, patterns: tuple[str, ...] | None) -> tuple[str, ...]:
    """Of the patterns in `only` or `exclude` those that name clouds which rent out machines."""
    clouds = tuple(dict.fromkeys(columns.rentals.providers)) if patterns else ()
    return tuple(pattern for pattern in patterns or () if companies_matching(clouds, pattern).any())


def allowed_rentals(columns: Columns, requirements: Requirements) -> Mask:
    """Rentals in a region where the data may be, of clouds that nobody ruled out; never of a machine that current software no
    longer carries."""
    wanted = requirements.privacy.residency
    rentals, regions = columns.rentals, columns.rentals.regions
    allowed = ~columns.hardware.is_unsupported[rentals.hardware]
    for pattern in clouds_named(columns, requirements.exclude):
        allowed &= ~companies_matching(rentals.providers, pattern)
    wanted_clouds = [companies_matching(rentals.providers, pattern) for pattern in clouds_named(columns, requirements.only)]
    if wanted_clouds:
        allowed &= np.any(wanted_clouds, axis=0)
    if not wanted:
        return np.asarray(allowed, bool)
    places = [regions.vocabulary.index(region) for region in wanted if region in regions.vocabulary]
    return np.asarray(allowed & (regions.members[:, places] == 1).any(axis=1), bool)


def regional_surcharge(columns: Columns, requirements: Requirements, offer: Ints) -> Floats:
    """What each offer asks on top for keeping requests inside a region, where a region is asked for. [share]

    None where the offer names none: its price holds in all its regions.
    """
    if not requirements.privacy.residency:
        return np.zeros(len(offer))
    uplift = looked_up(columns.offers.regional_uplift, offer, 1.0)
    return np.asarray(known_or(uplift, 1.0) - 1.0)
