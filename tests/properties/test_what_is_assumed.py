"""Whoever states what an answer lists as assumed gets the same answer: stating takes away doubt, and moves no middle.

Three things are no exception but knowledge. Examples that nobody spoke of are taken to be made for a part (an assumption of its own,
set to nothing here). What the team can do is a word, for which a factor on the days is assumed. And a limit is never judged on a
guess: what a stated number takes out was in before.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

sys.path.insert(0, str(Path(__file__).parent))

from answers import with_field
from requirements import needs

from recommender import Catalog, load_catalog, recommend
from recommender.decision.decide import Decision
from recommender.domain.words import TASKS
from recommender.engine import decided
from recommender.explanation.options import option_id

MIDDLES = (
    "monthly_cost_usd", "one_time_cost_usd", "first_year_cost_usd", "build_days", "latency_p95_ms", "memory_gb",
)  # fmt: skip
NO_NUMBER = frozenset(("team.skills",))
ON_DEVICE = {"privacy": {"boundary": "on_device"}}
OF_A_TASK: tuple[dict[str, Any], ...] = (
    *({"task": task, **ON_DEVICE} for task in ("chat", "classification", "extraction", "time_series_forecasting")),
    {"task": "question_answering", **ON_DEVICE, "hardware": {"owned": [{"accelerator": "h100"}]}},
    {"task": "agentic", **ON_DEVICE, "hardware": {"memory_in_use_gb": 2}},
    *({"task": task, "data": {"labels_obtainable": False}} for task in ("chat", "summarization", "reranking")),
    *({"task": task, "data": {"images": 100}} for task in ("code_generation", "speech_to_text")),
    *({"task": task, "workload": {"images": 2}} for task in ("chat", "visual_question_answering", "image_classification")),
    {"task": "document_extraction", "workload": {"pages": 1}},
    {"task": "extraction", "modalities": {"input": ["image"]}},
    *({"task": task, "workload": {"max_input_tokens": 500}} for task in ("chat", "summarization", "visual_question_answering")),
    *({"task": task, "workload": {"output_tokens": 20}} for task in ("translation", "document_extraction")),
    *({"task": "agentic", "workload": {"output_tokens": count}} for count in (20, 400)),
    {"task": "code_generation", "workload": {"model_calls": 30}},
    *({"task": task, "workload": {"video_seconds": 30}} for task in ("video_understanding", "video_generation")),
    *({"task": task, "workload": {"concurrent_streams": 5}} for task in ("speech_to_text", "chat")),
    {"task": "classification", "workload": {"peak_requests_per_second": 5}},
    {"task": "classification", "knowledge": {"documents": 500}, "workload": {"mode": "one_off"}},
)


def _without_labels_to_make() -> Catalog:
    loaded = load_catalog()
    assumptions = loaded.columns.assumptions
    none = replace(assumptions["unspoken_labels_made_share"], low=0.0, mid=0.0, high=0.0)
    columns = replace(loaded.columns, assumptions={**assumptions, "unspoken_labels_made_share": none})
    return replace(loaded, columns=columns, kept={})


CATALOG = _without_labels_to_make()


def told(decision: Decision) -> dict[str, list[float]]:
    """Every option that fits, best first: its middles, its quality and its score."""
    found, quality, total = decision.estimates, decision.quality.mid, decision.total
    return {
        option_id(decision, row): [*(float(getattr(found, name)[row]) for name in MIDDLES), quality[row], total[row]]
        for row in decision.order.tolist()
    }


def assert_nothing_changes(wish: dict[str, Any]) -> None:
    """Each assumed value of an answer, stated."""
    unstated = decided(wish, CATALOG, None)
    for one in unstated.defaults:
        if one.name not in NO_NUMBER:
            assert_same(unstated, wish, one.name, one.range.mid)


def assert_same(unstated: Decision, wish: dict[str, Any], field: str, value: float) -> None:
    """What fits stands in the same order, with the same middles, and nothing is added."""
    before, after = told(unstated), told(decided(with_field(wish, field, value), CATALOG, None))
    kept = [name for name in before if name in after]
    assert list(after) == kept, f"{field} = {value}"
    assert before.keys() - after.keys() <= _beyond_their_makers_limits(before, field)
    for name in kept:
        assert after[name] == pytest.approx(before[name], nan_ok=True), f"{field} = {value}: {name}"


def _beyond_their_makers_limits(options: dict[str, Any], field: str) -> set[str]:
    """What a stated number of rows may take out: models made for few of them."""
    return {name for name in options if field == "data.labelled_examples" and "tabpfn" in name}


@pytest.mark.parametrize("wish", [*({"task": task} for task in TASKS), *OF_A_TASK], ids=str)
def test_stating_what_is_assumed_changes_nothing(wish: dict[str, Any]) -> None:
    assert_nothing_changes(wish)


@given(needs())
def test_nor_does_it_beside_whatever_else_is_stated(wish: dict[str, Any]) -> None:
    assert_nothing_changes(wish)


@pytest.mark.parametrize(("field", "assumption"), [("team.people", "team_people"), ("team.day_rate_usd", "day_rate_usd")])
def test_nor_does_it_for_what_is_listed_by_another_name(field: str, assumption: str) -> None:
    wish = {"task": "classification", "data": {"labelled_examples": 3000}}
    assert_same(decided(wish, CATALOG, None), wish, field, CATALOG.columns.assumptions[assumption].mid)


@pytest.mark.parametrize("task", TASKS)
def test_what_is_assumed_about_a_field_can_be_stated(task: str) -> None:
    """Every name with a dot in it is a field, and can be set to what is assumed of it."""
    listed = recommend({"task": task}, CATALOG, detail="answer", draws=0).assumed
    for one in listed:
        if "." in one.name and one.name not in NO_NUMBER:
            stated = with_field({"task": task}, one.name, one.value)
            answer = recommend(stated, CATALOG, detail="answer", draws=0, alternatives=0)
            assert one.name not in {another.name for another in answer.assumed}
