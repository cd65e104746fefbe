"""A wider budget never buys a worse and dearer answer."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, recommend

ASKED: tuple[dict[str, Any], ...] = (
    {
        "task": "code_generation",
        "capabilities": ["tool_calling"],
        "workload": {"requests_per_month": 2000.0, "model_calls": 40.0},
        "quality": {"bar": "high"},
    },
    {"task": "agentic", "quality": {"bar": "good"}},
    {"task": "semantic_search", "quality": {"bar": "good"}},
    {"task": "chat"},
    {"task": "translation", "quality": {"bar": "good"}},
    {"task": "summarization", "quality": {"bar": "good"}},
    {"task": "question_answering", "quality": {"bar": "good"}},
)


def quality_and_cost(needs: dict[str, Any], budget: float, catalog: Catalog) -> tuple[float, float]:
    """Of the answer: expected quality [points], first year with people's time [USD]."""
    winner = recommend({**needs, "budget": {"monthly_usd": budget}}, catalog, draws=0, detail="answer", alternatives=0).winner
    assert winner is not None
    quality, cost = (winner.estimates[name].mid for name in ("quality", "first_year_cost_usd"))
    assert quality is not None and cost is not None
    return quality, cost


@pytest.mark.parametrize("needs", ASKED, ids=lambda needs: needs["task"])
def test_a_wider_budget_never_buys_a_worse_and_dearer_answer(needs: dict[str, Any], catalog: Catalog) -> None:
    answers = [quality_and_cost(needs, budget, catalog) for budget in (5e3, 5e4, 2e5, 1e6)]
    for (before, paid), (after, pays) in zip(answers, answers[1:], strict=False):
        assert after >= before or pays <= paid, answers
