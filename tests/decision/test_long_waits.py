"""A wait far beyond what is long at the task is said where nobody stated a limit."""

from __future__ import annotations

from typing import Any

from recommender import Catalog, recommend

SEEN: dict[str, Any] = {
    "task": "visual_question_answering",
    "workload": {"requests_per_month": 10_000.0, "images": 1.0},
    "budget": {"monthly_usd": 100.0},
    "privacy": {"boundary": "on_premises"},
}
LONG = "where 20 s is long already"


def cautions(needs: dict[str, Any], catalog: Catalog) -> str:
    winner = recommend(needs, catalog, draws=0, detail="answer").winner
    assert winner is not None
    return " ".join(winner.cautions)


def test_forty_minutes_for_a_question_about_a_picture_are_said(catalog: Catalog) -> None:
    assert LONG in cautions(SEEN, catalog)


def test_a_stated_limit_and_work_that_can_wait_are_taken_as_they_are(catalog: Catalog) -> None:
    assert LONG not in cautions({**SEEN, "latency": {"p95_ms": 3_000_000.0}}, catalog)
    assert LONG not in cautions({**SEEN, "workload": {**SEEN["workload"], "mode": "batch"}}, catalog)


def test_usual_waits_are_not_remarked_on(catalog: Catalog) -> None:
    assert "is long already" not in cautions({"task": "chat"}, catalog)
