"""What comes with texts: pictures and films of which only the kind is stated are read, paid for and judged with care."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import Catalog, recommend
from recommender.engine import decided
from recommender.techniques.pretraining import raw_tokens

FROM_TEXTS = "What is known of quality at this task comes from texts"


def taking(task: str, *kinds: str, **more: Any) -> dict[str, Any]:
    return {"task": task, "modalities": {"input": list(kinds)}, **more}


@pytest.mark.parametrize(
    ("kind", "tokens"),
    [
        ("image", 1 * 800),  # a picture with each request
        ("video", 90 * 220),  # a minute and a half of film
    ],
)
@pytest.mark.parametrize("task", ["chat", "agentic", "summarization"])
def test_what_comes_with_a_text_is_read_by_hand(catalog: Catalog, task: str, kind: str, tokens: float) -> None:
    alone, beside = (decided(taking(task, *kinds), catalog, None).situation for kinds in (("text",), ("text", kind)))
    assert beside.input_tokens - alone.input_tokens == pytest.approx(tokens)
    assert beside.wordless_tokens == pytest.approx(tokens)


def test_it_is_paid_for(catalog: Catalog) -> None:
    bills = [
        recommend({**taking("moderation", *kinds), "only": ["openai/gpt-6-luna"]}, catalog, draws=0, detail="answer").winner
        for kinds in (("text",), ("text", "image"))
    ]
    without, beside = (one.estimates["monthly_cost_usd"].mid or 0.0 for one in bills if one is not None)
    assert beside > 2 * without


def test_stated_pictures_take_the_place_of_assumed_ones(catalog: Catalog) -> None:
    told = {"workload": {"images": 2}}
    only_told, both = ({"task": "chat", **told}, taking("chat", "text", "image", **told))
    first, second = (decided(one, catalog, None).situation.input_tokens for one in (only_told, both))
    assert first == second


def test_pictures_are_no_raw_text_to_go_on_training_with(catalog: Catalog) -> None:
    many = {"data": {"labelled_examples": 1_000_000}}
    found = [
        raw_tokens(decided(taking("classification", *kinds, **many), catalog, None).situation)
        for kinds in (("text",), ("text", "image"))
    ]
    assert found[0] == pytest.approx(found[1])


@pytest.mark.parametrize("task", ["classification", "moderation"])
def test_trees_are_given_no_pictures_to_tell_apart(catalog: Catalog, task: str) -> None:
    needs = taking(task, "text", "image", data={"labelled_examples": 100_000}, privacy={"boundary": "on_premises"})
    decision = decided(needs, catalog, None)
    types = np.array([decision.columns.models.ids[one].startswith("classical/") for one in decision.candidates.model])
    assert decision.fits.any() and not (decision.fits & types).any()


def test_the_answer_says_that_quality_was_measured_on_texts(catalog: Catalog) -> None:
    winners = [
        recommend(taking("moderation", *kinds), catalog, draws=0, detail="answer").winner
        for kinds in (("text",), ("text", "image"))
    ]
    told = [any(one.startswith(FROM_TEXTS) for one in winner.cautions) for winner in winners if winner is not None]
    assert told == [False, True]
