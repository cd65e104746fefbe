"""A winner whose kind of answer comes first in few draws is said to be tied, up front, and the pilot measures what would decide."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest

from recommender import Catalog, Option, Recommendation, Requirements, recommend
from recommender.explanation import report
from recommender.explanation.decision_record import decision_record
from recommender.explanation.html_report import html
from recommender.explanation.plain_words import NEAR_TIE, STRATEGY_WORDS
from recommender.recipes.writing import recipe

ALL = 150  # alternatives: more than the hundred that are drawn
TIED: dict[str, Any] = {"task": "extraction", "data": {"labelled_examples": 800, "classes": 3}, "languages": ["en"]}
FAR_DOWN: dict[str, Any] = {"task": "extraction", "data": {"labelled_examples": 3_000}}
APART: dict[str, Any] = {"task": "image_classification", "data": {"labelled_examples": 141_500, "classes": 2}}
CLEAR: dict[str, Any] = {"task": "summarization", "workload": {"requests_per_month": 1_000}}
MANY_RIVALS: dict[str, Any] = {
    "task": "classification",
    "workload": {"mode": "one_off", "total_requests": 10_000_000, "deadline_hours": 24, "input_tokens": 300},
    "budget": {"monthly_usd": 200},
    "data": {"labelled_examples": 0},
}
LOPSIDED: dict[str, Any] = {"task": "extraction", "languages": ["de"]}
WISHES = (
    MANY_RIVALS,
    LOPSIDED,
    TIED,
    CLEAR,
    FAR_DOWN,
    APART,
    {
        "task": "classification",
        "workload": {"requests_per_month": 100_000},
        "data": {"labelled_examples": 3_000, "classes": 10},
    },
    {"task": "text_to_sql", "workload": {"requests_per_month": 20_000}},
    {"task": "time_series_forecasting", "data": {"series": 5_000, "history": 730, "horizon": 28}},
    {"task": "chat", "knowledge": {"documents": 3_000}, "workload": {"requests_per_month": 200_000}},
)


def options_of(answer: Recommendation) -> tuple[Option, ...]:
    assert answer.winner is not None
    return (answer.winner, *answer.alternatives)


def kind(option: Option) -> tuple[str, bool]:
    return option.strategy.family, option.deployment.hosting == "api"


def told(answer: Recommendation) -> tuple[str, ...]:
    return report.near_tie(options_of(answer)[0])


@pytest.mark.parametrize("wish", WISHES, ids=lambda one: f"{one['task']}-{len(str(one))}")
def test_a_tie_is_told_exactly_where_the_kinds_first_places_say_so(wish: dict[str, Any], catalog: Catalog) -> None:
    answer = recommend(wish, catalog, detail="answer", alternatives=ALL)
    shares: dict[tuple[str, bool], float] = defaultdict(float)
    for option in options_of(answer):
        shares[kind(option)] += option.win_share or 0.0
    assert sum(shares.values()) == pytest.approx(1.0)
    mine = kind(options_of(answer)[0])
    rival = max((one for one in shares if one != mine), key=lambda one: shares[one], default=mine)
    best = next(one for one in options_of(answer) if kind(one) == rival)
    gap = options_of(answer)[0].score.total - best.score.total
    assert (shares[mine] < 0.5 - 1e-9 and gap <= 0.05) is bool(told(answer))
    if told(answer):
        expected = f"{NEAR_TIE} {best.model.name} "
        assert told(answer)[0].startswith(expected) and f"({STRATEGY_WORDS[best.strategy.id]}):" in told(answer)[0]
        said = re.findall(r"comes first in ([\d.]+) of 100, and this one's in ([\d.]+)\.", told(answer)[0])
        assert [float(one) for one in said[0]] == pytest.approx([100 * shares[rival], 100 * shares[mine]], abs=0.51)
        assert ("comes first less often" in told(answer)[0]) is (shares[rival] > shares[mine] + 1e-9)


@pytest.mark.parametrize(
    ("wish", "leads", "why"),
    [
        (MANY_RIVALS, r"0\.\d\d against 0\.\d\d; .* ahead in [5-9]\d of 100", "and in each draw the luckiest comes first."),
        (LOPSIDED, r"; against that very one it is ahead in [1-4]\d of 100", "since the ranges are lopsided."),
    ],
    ids=["many_rivals", "lopsided"],
)
def test_why_a_winner_leads_that_comes_first_less_often_is_said(
    wish: dict[str, Any], leads: str, why: str, catalog: Catalog
) -> None:
    (tie,) = told(recommend(wish, catalog, detail="answer"))
    assert "This one comes first less often and is named because it leads" in tie and re.search(leads, tie) and why in tie


def test_there_are_both_ties_and_clear_answers_among_the_wishes(catalog: Catalog) -> None:
    found = {bool(told(recommend(wish, catalog, detail="answer"))) for wish in WISHES}
    assert found == {True, False}


@pytest.mark.parametrize("wish", [TIED, FAR_DOWN], ids=["near", "far_down"])
def test_the_pilot_compares_the_winner_with_the_rival_of_the_tie(wish: dict[str, Any], catalog: Catalog) -> None:
    answer = recommend(wish, catalog)
    winner, *others = options_of(answer)
    assert answer.pilot is not None and answer.pilot.compare[0] == winner.id
    rival = next(one for one in others if one.id == answer.pilot.compare[1])
    assert kind(rival) != kind(winner) and told(answer)[0].startswith(f"{NEAR_TIE} {rival.model.name} ")
    measured = f"try both on {answer.pilot.examples} examples of your own and measure {answer.pilot.measure}."
    assert told(answer)[0].endswith(measured)
    (line,) = report.pilot(answer)
    number = "the first two" if rival.rank == 2 else f"number 1 and number {rival.rank} ({rival.model.name})"
    assert line.startswith(f"Try {number} on {answer.pilot.examples} examples")


def test_without_a_tie_the_pilot_compares_the_first_two(catalog: Catalog) -> None:
    answer = recommend(CLEAR, catalog)
    assert told(answer) == () and answer.pilot is not None
    assert answer.pilot.compare == tuple(one.id for one in options_of(answer)[:2])


def test_the_rival_of_a_tie_is_shown_where_others_are(catalog: Catalog) -> None:
    answer = recommend(FAR_DOWN, catalog, alternatives=1)
    assert answer.pilot is not None and answer.pilot.compare[1] in [one.id for one in answer.alternatives]
    ranks = [one.rank for one in options_of(answer)]
    assert ranks == sorted(set(ranks), key=lambda rank: rank or 0) and ranks[:2] == [1, 2]
    rival = next(one for one in answer.alternatives if one.id == answer.pilot.compare[1])
    quality = rival.estimates["quality"]
    assert quality.low is not None and quality.high is not None and quality.low < quality.high
    assert recommend(FAR_DOWN, catalog, alternatives=0, detail="answer").alternatives == ()


def test_the_line_after_the_headline_says_it_and_no_report_says_it_twice(catalog: Catalog) -> None:
    answer = recommend(TIED, catalog)
    (tie,) = told(answer)
    assert report.brief(answer).splitlines()[1] == tie
    record = decision_record(Requirements.model_validate(TIED), answer)
    for page in (report.text(answer), report.markdown(answer), html(answer), record):
        assert page.count(NEAR_TIE) == 1
    assert report.markdown(answer).index(NEAR_TIE) < report.markdown(answer).index("## Why")


def test_a_kind_of_many_options_that_lies_apart_is_no_tie(catalog: Catalog) -> None:
    """Its luckiest option comes first in most draws, eleven hundredths of a score behind."""
    answer = recommend(APART, catalog, detail="answer", alternatives=ALL)
    first = kind(options_of(answer)[0])
    assert sum(one.win_share or 0.0 for one in options_of(answer) if kind(one) == first) < 0.5
    assert told(answer) == ()


def test_without_draws_nothing_is_said_of_a_tie(catalog: Catalog) -> None:
    answer = recommend(TIED, catalog, draws=0)
    assert told(answer) == () and answer.pilot is not None
    assert answer.pilot.compare == tuple(one.id for one in options_of(answer)[:2])


def test_only_the_winner_is_said_to_be_tied(catalog: Catalog) -> None:
    answer = recommend(TIED, catalog, detail="answer")
    assert [bool(report.near_tie(one)) for one in options_of(answer)] == [True] + [False] * len(answer.alternatives)


def test_an_evaluation_plan_tells_the_winner_from_the_rival_of_the_tie(catalog: Catalog) -> None:
    answer = recommend(TIED, catalog)
    assert answer.pilot is not None
    for mine, other in (answer.pilot.compare, answer.pilot.compare[::-1]):
        plan = recipe(Requirements.model_validate(TIED), mine, catalog)["evaluation-plan.md"]
        assert f"enough to tell this option from `{other}`" in plan
