"""What lowers a quality, what bars a strategy, what would have to give way: each is said in words, with its numbers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from recommender import Catalog, Recommendation, compare, recommend
from recommender.engine import decided
from recommender.explanation import report
from recommender.explanation.numbers import duration, plain
from recommender.explanation.probes import probes

SUPPORT: dict[str, Any] = {
    "task": "chat",
    "languages": ["en"],
    "workload": {"requests_per_month": 6000, "input_tokens": 400, "output_tokens": 200},
    "latency": {"first_token_p95_ms": 2000},
    "budget": {"monthly_usd": 200},
    "knowledge": {"documents": 300, "updates": "weekly", "answers_in_corpus": True},
    "team": {"skills": "software", "people": 1},
}
ASK_OF_LANGUAGES = "Not known, so ask: How good is the model in the languages you need?"


def verdict(answer: Recommendation, strategy: str) -> Any:
    return next(one for one in answer.by_strategy if one.strategy == strategy)


@pytest.mark.parametrize("strategy", ["long_context", "tool_agent"])
def test_a_strategy_is_out_for_what_bars_its_nearest_candidate_as_a_comparison_says(strategy: str, catalog: Catalog) -> None:
    out = verdict(recommend(SUPPORT, catalog, draws=0, detail="answer"), strategy)
    assert out.option is None
    assert (out.why,) == compare(SUPPORT, (strategy,), catalog, draws=0).compared[0].because
    freed = SUPPORT | {"latency": {"first_token_p95_ms": 10_000}}
    assert "first words" in out.why and verdict(recommend(freed, catalog, draws=0, detail="answer"), strategy).option


def test_a_quality_lowered_by_actions_that_words_cannot_take_says_so(catalog: Catalog) -> None:
    acting = recommend(SUPPORT | {"capabilities": ["tool_calling"]}, catalog, draws=0, detail="answer").winner
    assert acting is not None and acting.strategy.id == "rag"
    told = "of 100 requests 50 are taken to need an action that it cannot take, and there it is worth 20 points."  # the assumptions' middles
    assert any(told in one for one in acting.reasons)
    only_answering = recommend(SUPPORT, catalog, draws=0)
    assert only_answering.winner is not None and not any("need an action" in one for one in only_answering.winner.reasons)
    (asked,) = (one.why for one in only_answering.open_questions if one.requirement == "capabilities")
    assert asked.endswith("since of 100 requests 50 are taken to need an action that it cannot take.")


def test_a_limit_that_is_asked_about_never_reads_as_the_answers_own_time(catalog: Catalog) -> None:
    decision = decided({"task": "object_detection", "only": ["ultralytics/yolo11n"]}, catalog, None)
    own = float(decision.estimates.latency_p95_ms[decision.winner])
    assert 100 < own < 105, "the task's own mark of 100 ms reads the same"
    (values,) = (values for path, values in probes(decision) if path == "latency.p95_ms")
    assert all(duration(value) != duration(own) for value, _ in values)


def test_what_ones_own_material_takes_off_a_measured_quality_is_said(catalog: Catalog) -> None:
    winner = recommend({"task": "speech_to_text", "languages": ["en"]}, catalog, draws=0, detail="answer").winner
    assert winner is not None and winner.estimates["quality"].grade == "measured"
    (told,) = (one for one in winner.reasons if one.startswith("Expected quality"))
    found = re.search(r"Benchmarks say ([\d.]+): 2 points less are expected on your own material\.", told)
    columns, mid = catalog.columns, winner.estimates["quality"].mid
    measured = columns.quality.mid[tuple(columns.tasks).index("speech_to_text")][columns.models.ids.index(winner.model.id)]
    assert found is not None and found[1] == plain(measured) and mid == pytest.approx(measured - 2)


def test_nobody_asks_about_english_where_quality_was_measured_in_english(catalog: Catalog) -> None:
    only = {"task": "speech_to_text", "only": ["elevenlabs/scribe_v2"]}  # its maker's list of languages was not read
    english, german = (
        recommend({**only, "languages": [tag]}, catalog, draws=0, detail="answer").winner for tag in ("en", "de")
    )
    assert english is not None and ASK_OF_LANGUAGES not in english.cautions
    assert german is not None and ASK_OF_LANGUAGES in german.cautions


def test_what_else_would_have_to_give_way_is_named_beside_a_conflict_of_one_field(catalog: Catalog) -> None:
    answer = recommend({"task": "chat", "latency": {"p95_ms": 0}, "team": {"weeks_to_launch": 0}}, catalog, draws=0)
    assert answer.binding == ("team.weeks_to_launch",)
    told = report.conflict(answer)
    assert told[:2] == [
        "This cannot be had, whatever else gives way: the weeks until it must run.",
        "Beside that, this would have to give way as well: the longest wait for 95 of 100 answers.",
    ]
