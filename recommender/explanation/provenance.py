"""What each estimate rests on and where its numbers come from."""

from __future__ import annotations

from typing import Any

import numpy as np

from recommender.decision.decide import Decision

MONEY = ("monthly_cost_usd", "one_time_cost_usd", "first_year_cost_usd", "three_year_cost_usd")
EFFORT = ("build_days", "upkeep_days_per_month", "weeks_to_launch")


def basis_of(decision: Decision, row: int, name: str) -> Any:
    """What an estimate rests on, in one of the contract's words."""
    offer = int(decision.candidates.offer[row])
    if name in EFFORT:
        return "assumed"
    if name.startswith(("latency", "first_token")):
        if offer < 0:
            is_met = not np.isnan(decision.deployments.speed_ratio[decision.candidates.deployment[row]])
            return "interpolated" if is_met else "computed"
        return "measured" if not np.isnan(decision.columns.offers.tokens_per_second[offer]) else "assumed"
    if name == "gco2e_per_1k_requests" and offer >= 0:
        return "assumed"
    return "computed"


def sources_of(decision: Decision, row: int, name: str) -> tuple[str, ...]:
    """Where the numbers behind an estimate come from."""
    columns, deployments = decision.columns, decision.deployments
    offer = int(decision.candidates.offer[row])
    deployment = int(decision.candidates.deployment[row])
    if name in EFFORT:
        return ("assumptions/effort.yaml",)
    if name in MONEY:
        return tuple(dict.fromkeys(one for one in (*_price_sources(decision, row), "assumptions/services.yaml") if one))
    if offer >= 0:
        return ("ecologits (2026-03-01)",) if basis_of(decision, row, name) == "measured" else ("assumptions/services.yaml",)
    machine = columns.hardware.ids[deployments.hardware[deployment]]
    return (f"hardware/{machine}", "assumptions/services.yaml")


def _price_sources(decision: Decision, row: int) -> tuple[str, ...]:
    columns, deployments = decision.columns, decision.deployments
    offer = int(decision.candidates.offer[row])
    deployment = int(decision.candidates.deployment[row])
    if offer >= 0:
        return (columns.offers.price_source[offer],)
    rental = int(deployments.rental[deployment])
    if rental >= 0:
        return (columns.rentals.sources[rental],)
    return (columns.hardware.purchase_source[deployments.hardware[deployment]],)
