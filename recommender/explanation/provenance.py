"""What each estimate rests on and where its numbers come from."""

from __future__ import annotations

from typing import Any

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.free_amounts import free_of_offers
from recommender.domain.record import record
from recommender.explanation.terms import rent_source

MONEY = ("monthly_cost_usd", "one_time_cost_usd", "first_year_cost_usd", "three_year_cost_usd")
EFFORT = ("build_days", "upkeep_days_per_month", "weeks_to_launch")
TIME = ("latency_p50_ms", "latency_p95_ms", "first_token_p95_ms")
SERVICES, SPEEDS = "assumptions/services.yaml", "ecologits (2026-03-01)"


@record
class Origin:
    """One of the contract's words for what an estimate rests on, and the sources of its numbers."""

    basis: Any
    sources: tuple[str, ...]


def origins_of(decision: Decision, row: int) -> dict[str, Origin]:
    """The origin of every estimate of an option but its quality, by the estimate's name."""
    prices = tuple(source for source in _price_sources(decision, row) if source)
    return {
        **dict.fromkeys(MONEY, Origin("computed", (*prices, SERVICES))),
        **dict.fromkeys(EFFORT, Origin("assumed", ("assumptions/effort.yaml",))),
        **(_on_a_machine(decision, row) if decision.candidates.offer[row] < 0 else _at_a_vendor(decision, row)),
    }


def _on_a_machine(decision: Decision, row: int) -> dict[str, Origin]:
    deployments, place = decision.deployments, decision.candidates.deployment[row]
    sources = (f"hardware/{decision.columns.hardware.ids[deployments.hardware[place]]}", SERVICES)
    is_met = not np.isnan(deployments.speed_ratio[place])
    computed = Origin("computed", sources)
    times = dict.fromkeys(TIME, Origin("interpolated" if is_met else "computed", sources))
    return {**times, "memory_gb": computed, "gco2e_per_1k_requests": computed}


def _at_a_vendor(decision: Decision, row: int) -> dict[str, Origin]:
    is_met = not np.isnan(decision.columns.offers.tokens_per_second[decision.candidates.offer[row]])
    times = dict.fromkeys(TIME, Origin("measured", (SPEEDS,)) if is_met else Origin("assumed", (SERVICES,)))
    return {
        **times,
        "memory_gb": Origin("computed", (SERVICES,)),
        "gco2e_per_1k_requests": Origin("assumed", (SERVICES,)),
    }


def _price_sources(decision: Decision, row: int) -> tuple[str, ...]:
    columns, deployments = decision.columns, decision.deployments
    offer, place = int(decision.candidates.offer[row]), int(decision.candidates.deployment[row])
    if offer >= 0:
        return (columns.offers.price_source[offer], *_free_sources(decision, row, offer))
    rental = int(deployments.rental[place])
    if rental < 0:
        return (columns.hardware.purchase_source[deployments.hardware[place]],)
    return (rent_source(decision, rental, int(deployments.committed_years[place])),)


def _free_sources(decision: Decision, row: int, offer: int) -> tuple[str, ...]:
    """Of a free amount that the bill counts."""
    if sum(decision.estimates.running.free.of(row)) <= 0:
        return ()
    return (decision.columns.offers.free.sources[free_of_offers(decision.columns, decision.requirements)[offer]],)
