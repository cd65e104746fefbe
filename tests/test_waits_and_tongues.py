"""What answers say of a wait that a batch tariff promises, of small gaps between scores, and of a model that knows English alone."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare, recommend
from recommender.explanation.comparison import Compared, compared_with_words
from recommender.explanation.html_report import html
from recommender.explanation.numbers import finely
from recommender.explanation.report import headline
from recommender.explanation.spoken import ENGLISH_ALONE

BOOKS: dict[str, Any] = {
    "task": "translation",
    "target_languages": ["de"],
    "workload": {"requests_per_month": 400, "input_tokens": 40000, "mode": "batch"},
}
AGENT: dict[str, Any] = {"task": "agentic", "workload": {"requests_per_month": 2000, "model_calls": 1}}
CALLS: dict[str, Any] = {
    "task": "speech_to_text",
    "workload": {"requests_per_month": 30000, "audio_minutes": 12},
    "privacy": {"sensitivity": "regulated", "boundary": "on_premises"},
    "capabilities": ["diarization"],
}
AT_TARIFF = "Calls to the model, batch tariff"


def won(needs: dict[str, Any], catalog: Catalog) -> Option:
    found = recommend(needs, catalog, detail="answer", draws=0, alternatives=0).winner
    assert found is not None
    return found


def labels(option: Option) -> set[str]:
    return {line.label for line in option.bill if line.label.startswith("Calls to the model")}


def test_a_batch_tariff_is_named_and_its_promise_stands_for_the_wait(catalog: Catalog) -> None:
    answer = recommend(BOOKS, catalog, detail="answer", draws=0)
    option = answer.winner
    assert option is not None
    assert labels(option) == {AT_TARIFF} and option.waits_a_day
    assert ", answers within a day, quality " in headline(option)
    (told,) = [one for one in option.reasons if "It could run in about" in one]
    assert told.startswith("Answers come within a day, which is all that the batch tariff promises.")
    assert not any("the time shown is typical" in one for one in option.unknowns)
    assert "<td>within a day</td>" in html(answer)


def test_only_offers_that_name_a_tariff_are_told_to_wait_for_it(catalog: Catalog) -> None:
    answer = recommend(BOOKS, catalog, detail="answer", draws=0, alternatives=200)
    offers = catalog.columns.offers
    names = {
        f"{catalog.columns.models.ids[offers.model[one]]}/{offers.provider_ids[offers.provider[one]]}": one
        for one in range(len(offers.model))
    }
    hosted = [one for one in answer.alternatives if one.deployment.place == "vendor" and one.model.type == "decoder_llm"]
    assert {one.waits_a_day for one in hosted} == {True, False}
    for one in hosted:
        offer = names[f"{one.model.id}/{one.deployment.provider}"]
        assert one.waits_a_day == bool(offers.batch_multiplier[offer] < 1.0), one.id
    assert not any(one.waits_a_day for one in answer.alternatives if one.deployment.place != "vendor")


@pytest.mark.parametrize(
    "workload",
    [{"mode": "interactive"}, {"mode": "batch", "deadline_hours": 12}],
    ids=str,
)
def test_work_that_cannot_wait_pays_for_answers_at_once(workload: dict[str, Any], catalog: Catalog) -> None:
    option = won({**BOOKS, "workload": {**BOOKS["workload"], **workload}}, catalog)
    assert AT_TARIFF not in labels(option) and not option.waits_a_day
    assert "for 95 of 100 answers" in headline(option)


def test_calls_of_an_agent_follow_one_another_and_get_no_tariff(catalog: Catalog) -> None:
    option = won({"task": "agentic", "workload": {"requests_per_month": 2000, "mode": "batch"}}, catalog)
    assert option.strategy.id == "tool_agent" and not option.waits_a_day and AT_TARIFF not in labels(option)


@pytest.mark.parametrize(("stated", "tariff", "waits"), [("latency_p95_ms", True, False), ("monthly_usd", False, False)])
def test_what_the_team_states_of_what_runs_stands_above_the_tariff(
    stated: str, tariff: bool, waits: bool, catalog: Catalog
) -> None:
    today = {"strategy": "zero_shot", "model": "openai/gpt-6-luna", "provider": "openai", "quality": 95, stated: 5}
    option = won({**BOOKS, "incumbent": today}, catalog)
    assert option.is_incumbent
    assert ((AT_TARIFF in labels(option)), option.waits_a_day) == (tariff, waits)


def test_a_lower_score_is_never_for_nothing(catalog: Catalog) -> None:
    answer = recommend(AGENT, catalog, detail="answer", draws=0)
    assert answer.winner is not None
    ids = [answer.winner.id, *(one.id for one in answer.alternatives)]
    told = compare(AGENT, ids, catalog, draws=0).differences
    assert len(told) == len(ids) - 1
    assert not any("loses on nothing" in one or "scores 0 less" in one for one in told)
    (luna,) = [one for one in told if one.startswith("tool_agent/openai/gpt-6-luna")]
    assert "it loses a little on risk." in luna


def test_equal_scores_are_said_to_be_equal(catalog: Catalog) -> None:
    first = won(AGENT, catalog)
    same = first.model_copy(update={"id": f"{first.id}-again"})
    compared = tuple(Compared(asked=one.id, option=one) for one in (first, same))
    (told,) = compared_with_words(compared).differences
    assert f"{same.id} scores the same as {first.id}: it loses on nothing that tells in the score." in told


@pytest.mark.parametrize(("gap", "said"), [(0.000001, "0.000001"), (0.0000349, "0.000035"), (0.0024, "0.0024"), (0.5, "0.5")])
def test_small_gaps_are_written_with_digits_enough(gap: float, said: str) -> None:
    assert finely(gap) == said


def test_english_alone_is_said_where_no_language_was(catalog: Catalog) -> None:
    answer = recommend(CALLS, catalog, detail="answer", draws=0, alternatives=10)
    shown = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    cautioned = {one.model.id: ENGLISH_ALONE in one.cautions for one in shown}
    assert cautioned["nvidia/parakeet-tdt-0.6b-v2"]
    assert not cautioned["openai/whisper-large-v3"] and not cautioned["nvidia/parakeet-tdt-0.6b-v3"]


@pytest.mark.parametrize("stated", [{"languages": ["en"]}, {"target_languages": ["en"]}], ids=str)
def test_who_names_a_language_is_not_told(stated: dict[str, Any], catalog: Catalog) -> None:
    answer = recommend({**CALLS, **stated}, catalog, detail="answer", draws=0, alternatives=10)
    shown = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    assert shown and not any(ENGLISH_ALONE in one.cautions for one in shown)


@pytest.mark.parametrize("task", ["image_classification", "tabular_prediction", "time_series_forecasting"])
def test_where_no_words_go_in_or_out_no_language_is_missed(task: str, catalog: Catalog) -> None:
    answer = recommend({"task": task}, catalog, detail="answer", draws=0, alternatives=50)
    shown = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    assert shown and not any(ENGLISH_ALONE in one.cautions for one in shown)
