"""It asks where an answer hangs on something unsaid, and rarely where the deciding facts are given."""

from __future__ import annotations

import random
from typing import Any

from recommender import Catalog, Requirements, recommend
from recommender.decision.decide import Decision
from recommender.engine import decider, status_of
from recommender.explanation.full import Asked, asked_of
from recommender.explanation.options import option_id

TASKS = ("chat", "question_answering", "classification", "extraction", "summarization", "translation", "code_generation")
SAMPLE = 40


def stating_the_five(order: random.Random) -> dict[str, Any]:
    """The task, and where data may go, volume, time, labels and knowledge."""
    knows = order.choice([None, {"documents": 3000, "updates": "weekly", "tokens": 2e6}])
    needs: dict[str, Any] = {
        "task": order.choice(TASKS),
        "privacy": {"boundary": order.choice(["any_cloud", "own_tenant", "on_premises"])},
        "workload": {"requests_per_month": order.choice([1e3, 1e5, 1e7])},
        "latency": {"p95_ms": order.choice([2e3, 1e4, 6e4])},
        "data": {"labelled_examples": order.choice([0.0, 200.0, 2e4]), "labels_obtainable": order.choice([True, False])},
        "knowledge": knows or {"updates": "static", "documents": 100},
    }
    return needs


def asked(wish: dict[str, Any], catalog: Catalog) -> tuple[Decision, Asked]:
    """The decision and what it asks, without what a full answer seeks beside it."""
    needs, decide = Requirements.model_validate(wish), decider(catalog)
    decision = decide(needs)
    return decision, asked_of(needs, decision, decide)


def share_that_asks(wishes: list[dict[str, Any]], catalog: Catalog) -> float:
    """Share of answerable wishes whose answer waits for one of the team's."""
    fitting = [(decision, asks) for decision, asks in (asked(wish, catalog) for wish in wishes) if decision.winner is not None]
    assert len(fitting) > len(wishes) / 2
    return sum(status_of(*one) == "needs_answers" for one in fitting) / len(fitting)


def test_with_the_five_deciding_facts_it_rarely_asks(catalog: Catalog) -> None:
    order = random.Random(1)
    assert share_that_asks([stating_the_five(order) for _ in range(SAMPLE)], catalog) <= 0.10


def test_with_a_task_alone_it_mostly_asks(catalog: Catalog) -> None:
    assert share_that_asks([{"task": task} for task in TASKS], catalog) >= 0.5


def test_an_open_field_that_would_change_the_winner_is_asked_for(catalog: Catalog) -> None:
    """Probe 21: what is tried and would change the answer stands among the questions."""
    order = random.Random(2)
    for _ in range(8):
        wish = stating_the_five(order)
        open_wish = {**wish, "privacy": {}}
        before, asks = asked(open_wish, catalog)
        if before.winner is None:
            continue
        inside = {**open_wish, "privacy": {"boundary": "on_premises"}}
        then = recommend(inside, catalog, detail="answer", draws=0, alternatives=0)
        if then.winner is not None and then.winner.id != option_id(before, before.winner):
            assert "privacy.boundary" in [one.requirement for one in asks.questions]
