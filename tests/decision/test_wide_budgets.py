"""A budget many times wider than what the work costs never buys a worse and dearer answer."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, recommend

NOISE = 2.0  # points that no test could tell apart
REPAIRS: dict[str, Any] = {
    "task": "code_generation",
    "capabilities": ["tool_calling"],
    "workload": {"requests_per_month": 2000.0, "model_calls": 40.0},
    "quality": {"bar": "high"},
}
# With the budget [USD per month] of which a worse and dearer answer was once made.
ASKED: tuple[tuple[dict[str, Any], float], ...] = (
    (REPAIRS, 5e4),
    ({"task": "agentic", "quality": {"bar": "good"}}, 1e6),
    ({"task": "semantic_search", "quality": {"bar": "good"}}, 2e5),
    ({"task": "chat"}, 1e6),
    ({"task": "translation", "quality": {"bar": "good"}}, 2e5),
    ({"task": "summarization", "quality": {"bar": "good"}}, 2e5),
    ({"task": "question_answering", "quality": {"bar": "good"}}, 2e5),
)


def quality_and_cost(needs: dict[str, Any], budget: float, catalog: Catalog) -> tuple[float, float]:
    """Of the answer: expected quality [points], first year with people's time [USD]."""
    winner = recommend({**needs, "budget": {"monthly_usd": budget}}, catalog, draws=0, detail="answer", alternatives=0).winner
    assert winner is not None
    quality, cost = (winner.estimates[name].mid for name in ("quality", "first_year_cost_usd"))
    assert quality is not None and cost is not None
    return quality, cost


@pytest.mark.parametrize(("needs", "wide"), ASKED, ids=[needs["task"] for needs, _ in ASKED])
def test_a_wider_budget_never_buys_a_worse_and_dearer_answer(needs: dict[str, Any], wide: float, catalog: Catalog) -> None:
    answers = [quality_and_cost(needs, budget, catalog) for budget in (5e3, wide)]
    (before, paid), (after, pays) = answers
    assert after >= before - NOISE or pays <= paid, answers
