"""What a price rests on: a vendor's free amount, the spot market, a commitment for years."""

from __future__ import annotations

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.free_amounts import free_of_offers
from recommender.decision.machines import OWN_CLOUD
from recommender.decision.price_terms import allowed_rentals, committed_years
from recommender.domain.columns import TERMS_YEARS
from recommender.estimates.self_hosting_cost import commitment_break_even
from recommender.explanation.numbers import hourly, money

FREE_WORDS = {
    "tokens": "tokens", "audio_minutes": "minutes of sound", "characters": "characters", "images": "pictures", "pages": "pages",
    "requests": "requests", "usd": "USD of use",
}  # fmt: skip
LEAST_USD = 0.005


def of_free_amounts(decision: Decision, row: int) -> tuple[str, ...]:
    """What the vendor gives for free, for how long, and what that saves."""
    offer, (monthly, at_first) = int(decision.candidates.offer[row]), decision.estimates.running.free.of(row)
    if max(monthly, at_first) < LEAST_USD:
        return ()
    free = decision.columns.offers.free
    place = int(free_of_offers(decision.columns, decision.requirements)[offer])
    if monthly < LEAST_USD and np.isinf(free.first_months[place]):
        return ()  # what lasts and saves nothing a month saves nothing
    amount = f"{round(float(free.per_month[place]), 3):,} {FREE_WORDS[free.units[place]]}".replace(".0 ", " ")
    if decision.situation.mode == "one_off":
        return (
            f"The vendor gives {amount} a month for free ({free.sources[place]}): {money(max(monthly, at_first))} less, taken off above.",
        )
    if monthly > 0:
        return (
            f"The vendor gives {amount} a month for free ({free.sources[place]}): {money(monthly)} a month less, taken off above.",
        )
    months = f"{free.first_months[place]:.0f}"
    return (
        f"In the first {months} months the vendor gives {amount} a month for free ({free.sources[place]}): {money(at_first)} less"
        " in the first year; the monthly bill is the one after that.",
    )


def of_machines(decision: Decision, row: int) -> list[str]:
    """What to mind of machines."""
    hardware = int(decision.deployments.hardware[decision.candidates.deployment[row]])
    if hardware >= 0 and decision.columns.hardware.is_unsupported[hardware]:
        name = decision.columns.hardware.names[hardware]
        return [f"Current builds of what runs models no longer carry {name}: it needs older ones, which get no more mends."]
    return _of_rented_machines(decision, row)


def _of_rented_machines(decision: Decision, row: int) -> list[str]:
    """What to mind of rented machines."""
    found, deployment = [], int(decision.candidates.deployment[row])
    rental = int(decision.deployments.rental[deployment])
    if rental >= 0:
        listed = rent_source(decision, rental, int(decision.deployments.committed_years[deployment]))
        where, each = decision.columns.rentals.providers[rental], hourly(float(decision.deployments.hourly_usd[deployment]))
        found.append(f"Rented from {where} at {each} for each accelerator, as {listed} lists it: look up today's price first.")
    if decision.deployments.is_spot[deployment]:
        found.append(
            "Priced on the spot market: the machines may be taken away at any time, so the work must be able to go on later."
        )
    if rental >= 0:
        found += _of_commitments(decision, deployment)
    if decision.candidates.place[row] == OWN_CLOUD and decision.requirements.privacy.sensitivity == "regulated":
        found.append("Rented machines need a data-processing agreement with whoever rents them out.")
    return found


def rent_source(decision: Decision, rental: int, years: int) -> str:
    """The list that a rent was read in, and its day; of the commitment where there is one."""
    rentals = decision.columns.rentals
    return (rentals.committed_sources[rental][TERMS_YEARS.index(years)] if years else "") or rentals.sources[rental]


def _without_commitment(decision: Decision) -> list[str]:
    """Why a commitment that the team would make changes nothing."""
    if decision.requirements.hardware.commitment is None:
        return []
    if committed_years(decision.columns, decision.requirements) is None:
        return ["A commitment saves nothing here: these machines are rented only while there is work."]
    return ["No price with a commitment is known for this machine that is below the one without: ask whoever rents it out."]


def _of_commitments(decision: Decision, deployment: int) -> list[str]:
    """Money that is owed whatever happens, and how busy machines must be for that to pay."""
    years, rental = int(decision.deployments.committed_years[deployment]), int(decision.deployments.rental[deployment])
    rentals = decision.columns.rentals
    if not years:
        return _without_commitment(decision)
    same = allowed_rentals(decision.columns, decision.requirements) & (rentals.hardware == rentals.hardware[rental])
    on_demand = float(np.min(rentals.hourly_usd[same]))
    share = commitment_break_even(float(decision.deployments.hourly_usd[deployment]), on_demand)
    term = f"{years} year{'s' if years > 1 else ''}"
    found = [
        f"Priced with a commitment of {term}: the rent is owed to its end, even if the load goes away.",
        f"It pays off against {hourly(on_demand)} without one if the machines are needed more than {share:.0%} of that time.",
    ]
    if rentals.is_paid_at_start[rental, TERMS_YEARS.index(years)]:
        found.append(f"The rent of all {term} is paid at the start.")
    return found
