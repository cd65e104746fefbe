"""A question tells the gravest of what the tried values would bring, beside what is likelier."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Requirements, recommend
from recommender.engine import decider
from recommender.explanation.changes import changed
from recommender.explanation.conflicts import winner_of
from recommender.explanation.full import asked_of
from recommender.explanation.plain_words import STRATEGY_WORDS

NOTHING = "nothing would fit."
WISHES: tuple[dict[str, Any], ...] = (
    {"task": "chat", "budget": {"monthly_usd": 50}},
    {"task": "translation", "quality": {"bar": "best"}},
    {"task": "code_generation", "budget": {"monthly_usd": 50}},
    {"task": "classification", "data": {"labels_obtainable": False}},
    {"task": "extraction", "privacy": {"boundary": "on_premises"}},
)


@pytest.mark.parametrize("wish", WISHES, ids=lambda one: str(one["task"]))
def test_no_tried_value_brings_anything_graver_than_what_is_told(wish: dict[str, Any], catalog: Catalog) -> None:
    needs, decide = Requirements.model_validate(wish), decider(catalog)
    decision = decide(needs)
    today = winner_of(decision).strategy
    for question in asked_of(needs, decision, decide).questions:
        others = [decide(changed(needs, question.requirement, value)) for value in question.values]
        if any(one.winner is None for one in others):
            assert NOTHING in question.why
        elif others and all(STRATEGY_WORDS[winner_of(one).strategy] not in question.why for one in others):
            assert {winner_of(one).strategy for one in others} == {today}


def test_a_milder_and_likelier_change_is_told_beside_it(catalog: Catalog) -> None:
    answer = recommend(WISHES[0], catalog, draws=0)
    why = next(one.why for one in answer.open_questions if one.requirement == "latency.p95_ms")
    gravest, likelier = why.split(". If ")[1:]
    assert gravest.startswith("95 of 100 answers had to come within 1.5 s") and gravest.endswith("nothing would fit")
    assert likelier.startswith("95 of 100 answers had to come within 4.7 s, the answer would be: ")


def test_one_consequence_is_told_once(catalog: Catalog) -> None:
    answer = recommend({"task": "summarization"}, catalog, draws=0)
    assert answer.open_questions
    for question in answer.open_questions:
        parts = question.why.split(". ")
        assert len(parts) == len(set(parts)) <= 3
