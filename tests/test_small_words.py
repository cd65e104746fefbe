"""Words of an answer that people stumble over: work done once, what runs already, ids, classes of a pilot, names of tasks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from recommender import Catalog, InputError, Recommendation, recommend
from recommender.domain.words import TASKS
from recommender.explanation.html_report import html
from recommender.explanation.report import text

ONCE: dict[str, Any] = {
    "task": "classification",
    "workload": {"mode": "one_off", "total_requests": 200_000},
    "data": {"labelled_examples": 2000, "classes": 30},
    "budget": {"monthly_usd": 30},
}
TODAY = {"model": "openai/gpt-5.4-mini", "strategy": "zero_shot", "provider": "openai", "quality": 97.0}
STAYS: dict[str, Any] = {"task": "chat", "workload": {"requests_per_month": 10_000}, "incumbent": TODAY}


@pytest.fixture(scope="module")
def once(catalog: Catalog) -> Recommendation:
    return recommend(ONCE, catalog, draws=60)


@pytest.fixture(scope="module")
def stays(catalog: Catalog) -> Recommendation:
    return recommend(STAYS, catalog, draws=60)


def test_work_done_once_has_no_first_year_and_no_monthly_budget(once: Recommendation) -> None:
    assert once.winner is not None
    said = " ".join(
        sentence for one in (once.winner, *once.alternatives) for sentence in (*one.reasons, *one.cautions)
    ) + " ".join(one.why for one in once.by_strategy)
    assert "with people's time all of it comes to about" in said
    assert re.search(r"first[ -]year|monthly budget|monthly invoices", said + text(once) + html(once)) is None


def test_a_limit_on_work_done_once_is_the_budget(catalog: Catalog) -> None:
    close = recommend({**ONCE, "budget": {"monthly_usd": 2.5}, "only": ["classical_ml", "zero_shot"]}, catalog, draws=60)
    cautions = [said for one in (close.winner, *close.alternatives) if one is not None for said in one.cautions]
    assert any(said.startswith("In unfavourable cases the budget of 2.5 USD is passed") for said in cautions)


def test_a_stated_quality_is_told_alike_in_headline_and_reasons(stays: Recommendation) -> None:
    winner = stays.winner
    assert winner is not None and winner.is_incumbent
    head, *_ = text(stays).splitlines()
    assert head.endswith("quality 97 of 100 (as you state it)")
    assert any("as you state it" in reason for reason in winner.reasons)
    assert winner.estimates["quality"].sources == ("stated by you",)


def test_what_runs_today_takes_no_weeks(stays: Recommendation) -> None:
    assert stays.winner is not None
    said = " ".join(stays.winner.reasons)
    assert "It runs already." in said and "It could run in" not in said


def test_a_break_even_names_the_other_by_model_and_place(catalog: Catalog) -> None:
    needs = {"task": "speech_to_text", "workload": {"requests_per_month": 100_000}}
    answer = recommend(needs, catalog, draws=0, alternatives=30)
    turning = [one for one in (answer.winner, *answer.alternatives) if one is not None and one.break_even is not None]
    assert turning
    for one in turning:
        assert one.break_even is not None and "/" in one.break_even.against
        assert "/" not in one.break_even.against_name
        alone = answer.model_copy(update={"winner": one})
        costs = next(line for line in text(alone).splitlines() if "always costs less than" in line)
        assert one.break_even.against_name in costs and one.break_even.against not in costs


def test_a_rule_stands_once_under_ruled_out_with_both_counts(once: Recommendation) -> None:
    both = {one.because for one in once.excluded if one.verdict == "unknown"} & {
        one.because for one in once.excluded if one.verdict == "fail"
    }
    assert both
    said = text(once)
    for because in both:
        every = sum(one.candidates for one in once.excluded if one.because == because)
        unknown = sum(one.candidates for one in once.excluded if one.because == because and one.verdict == "unknown")
        assert said.count(because) == 1
        assert f"- {every:,} options: {because} For {unknown:,} of them it is not known." in said


def test_the_whole_text_ends_with_the_ids_that_recipe_and_compare_take(once: Recommendation) -> None:
    assert once.winner is not None
    told = text(once).partition("Ids, for recommender recipe and recommender compare\n")[2].splitlines()
    options = (once.winner, *once.alternatives)
    assert [line.strip() for line in told[: len(options)]] == [f"{one.rank}. {one.id}" for one in options]


@pytest.mark.parametrize(("classes", "least"), [(30, 240), (300, 2400), (2, 50)])
def test_a_pilot_has_eight_examples_of_each_stated_class(classes: int, least: int, catalog: Catalog) -> None:
    answer = recommend({"task": "classification", "data": {"labelled_examples": 9000, "classes": classes}}, catalog, draws=0)
    pilot = answer.pilot
    assert pilot is not None and pilot.examples >= least
    told = f"Each of the {classes} classes needs 8 examples: fewer say little of it."
    assert (told in pilot.why) == (pilot.examples == 8 * classes)


def test_classes_count_in_no_pilot_of_another_task(catalog: Catalog) -> None:
    answer = recommend({"task": "extraction", "data": {"classes": 300}}, catalog, draws=0)
    assert answer.pilot is not None and "classes needs" not in answer.pilot.why


@pytest.mark.parametrize(
    ("word", "task"),
    [
        ("captioning", "visual_question_answering"), ("OCR", "document_extraction"), ("transcription", "speech_to_text"),
        ("asr", "speech_to_text"), ("stt", "speech_to_text"), ("tts", "text_to_speech"), ("ner", "extraction"),
        ("sentiment", "classification"), ("Sentiment analysis", "classification"), ("summarisation", "summarization"),
        ("code", "code_generation"), ("embeddings", "semantic_search"), ("detection", "object_detection"),
        ("forecasting", "time_series_forecasting"), ("chatbot", "chat"), ("rag", "question_answering"),
        ("agent", "agentic"), ("sql", "text_to_sql"), ("regression", "tabular_prediction"), ("chatting", "chat"),
    ],
)  # fmt: skip
def test_what_people_call_a_task_leads_to_it(word: str, task: str) -> None:
    with pytest.raises(InputError, match=rf"did you mean '{task}'\?"):
        recommend({"task": word})


@pytest.mark.parametrize("word", ["astrology", "positioning", "xyz"])
def test_a_word_that_is_near_no_task_is_answered_with_all_of_them(word: str) -> None:
    with pytest.raises(InputError) as caught:
        recommend({"task": word})
    assert f"use one of {', '.join(TASKS)}" in str(caught.value)
