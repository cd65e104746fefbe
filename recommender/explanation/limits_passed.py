"""Stated limits that an option keeps at the middle of every assumption and passes in unfavourable cases."""

from __future__ import annotations

from collections.abc import Callable

from recommender.decision.decide import Decision
from recommender.decision.robustness import Draws
from recommender.explanation.numbers import beyond, counted, duration, money


def of_limits(decision: Decision, draws: Draws, row: int) -> tuple[str, ...]:
    """A sentence for each; of weeks that usually pass a rule has spoken already."""
    found = []
    for name, limit, label, said in _stated_limits(decision):
        bounds, middle = draws.interval(name, row), float(getattr(decision.estimates, name)[row])
        if bounds is not None and bounds[1] > limit >= middle:
            found.append(f"In unfavourable cases {label} of {said(limit)} is passed{beyond(bounds[1], limit, said)}.")
    return tuple(found)


def _weeks(value: float) -> str:
    return counted(value, "week")


def _stated_limits(decision: Decision) -> list[tuple[str, float, str, Callable[[float], str]]]:
    """An estimate, its limit, what this is called and how its amounts are said."""
    needs = decision.requirements
    running = "the budget" if decision.situation.mode == "one_off" else "the monthly budget"
    stated = (
        ("monthly_cost_usd", needs.budget.monthly_usd, running, money),
        ("one_time_cost_usd", needs.budget.one_time_usd, "the one-time budget", money),
        ("latency_p95_ms", needs.latency.p95_ms, "the time limit", duration),
        ("first_token_p95_ms", needs.latency.first_token_p95_ms, "the limit for the first words", duration),
        ("weeks_to_launch", needs.team.weeks_to_launch, "the time to launch", _weeks),
    )
    return [(name, float(limit), label, said) for name, limit, label, said in stated if limit is not None]
