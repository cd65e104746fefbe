"""Where an option that is shown is expected to be better and no slower at no higher cost, the winner says what decided all the same."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, recommend
from recommender.explanation.beaten import with_what_is_beaten
from recommender.explanation.plain_words import LAST_RESORT

SERIES: dict[str, Any] = {
    "task": "time_series_forecasting",
    "data": {"history": 650, "horizon": 90, "series": 2_000_000},
    "privacy": {"sensitivity": "confidential"},
    "team": {"skills": "research"},
    "workload": {"requests_per_month": 20_000_000},
}
BEATS = {"quality": 1.2, "latency_p95_ms": 0.5, "first_year_cost_usd": 0.9}


def said(options: tuple[Option, ...]) -> list[str]:
    return [one for one in with_what_is_beaten(options)[0].reasons if "ranks below because" in one]


@pytest.fixture(scope="module")
def first(catalog: Catalog) -> Option:
    found = recommend({"task": "summarization"}, catalog, detail="answer", draws=0, alternatives=0).winner
    assert found is not None
    return found


def other(first: Option, times: dict[str, float | None], parts: dict[str, float] | None = None, **more: Any) -> Option:
    """The first option ranked second, with some estimates multiplied and some contributions to the score lowered."""
    estimates = dict(first.estimates)
    for name, factor in times.items():
        mid = first.estimates[name].mid
        assert mid is not None
        estimates[name] = estimates[name].model_copy(update={"mid": None if factor is None else mid * factor})
    lowered = {name: part - (parts or {"risk": 0.1}).get(name, 0.0) for name, part in first.score.parts.items()}
    score = first.score.model_copy(update={"parts": lowered})
    return first.model_copy(update={"rank": 2, "estimates": estimates, "score": score, **more})


def test_a_better_and_faster_option_ranks_below_for_what_is_known_of_it(catalog: Catalog) -> None:
    answer = recommend(SERIES, catalog, detail="answer")
    assert answer.winner is not None
    (told,) = [one for one in answer.winner.reasons if "ranks below because" in one]
    second = answer.alternatives[0]
    for name, better in (("quality", 1), ("latency_p95_ms", -1), ("first_year_cost_usd", -1)):
        mine, its = answer.winner.estimates[name].mid, second.estimates[name].mid
        assert mine is not None and its is not None and (its - mine) * better > 0
    assert told.startswith(f"Number 2, {second.model.name} on machines you rent (")
    assert told.endswith("because its quality is less well known (predicted, not measured), which counts as a risk.")
    gaps = {name: part - second.score.parts[name] for name, part in answer.winner.score.parts.items()}
    assert max(gaps, key=lambda name: gaps[name]) == "risk"


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        ("cost", "its invoices are higher"),
        ("effort", "it takes more work"),
        ("risk", "more can go wrong with it"),
        ("carbon", "it emits more carbon"),
    ],
)
def test_the_criterion_with_the_widest_gap_is_named(criterion: str, words: str, first: Option) -> None:
    parts = {"cost": 0.01, "effort": 0.01, "risk": 0.01, criterion: 0.02}
    (told,) = said((first, other(first, BEATS, parts)))
    assert told.endswith(f"at no higher first-year cost; it ranks below because {words}.")


@pytest.mark.parametrize(
    "times",
    [
        {**BEATS, "quality": 0.99},
        {**BEATS, "quality": 1.0},
        {**BEATS, "quality": None},
        {**BEATS, "latency_p95_ms": 1.2},
        {**BEATS, "latency_p95_ms": None},
        {**BEATS, "first_year_cost_usd": 1.001},
        {**BEATS, "first_year_cost_usd": None},
    ],
    ids=str,
)
def test_what_is_no_better_in_one_of_the_three_is_not_told(times: dict[str, float | None], first: Option) -> None:
    assert said((first, other(first, times))) == []


def test_the_same_first_year_cost_is_no_higher(first: Option) -> None:
    assert len(said((first, other(first, {**BEATS, "first_year_cost_usd": 1.0})))) == 1


def test_what_is_as_fast_is_told_so(first: Option) -> None:
    (told,) = said((first, other(first, {**BEATS, "latency_p95_ms": 1.0})))
    assert " of 100), as fast, at no higher first-year cost; it ranks below because more can go wrong with it." in told
    assert "against" not in told.partition("as fast")[2]


@pytest.mark.parametrize("criterion", ["latency", "quality"])
def test_no_reason_is_made_up_where_the_wait_or_the_quality_decided(criterion: str, first: Option) -> None:
    same = {**BEATS, "latency_p95_ms": 1.0}
    assert said((first, other(first, same, {"risk": 0.01, criterion: 0.02}))) == []


def test_waits_that_a_tariff_promises_are_alike_and_longer_than_any_time(first: Option) -> None:
    waits = first.model_copy(update={"waits_a_day": True})
    (alike,) = said((waits, other(waits, {**BEATS, "latency_p95_ms": 1.5})))
    (sooner,) = said((waits, other(first, {**BEATS, "latency_p95_ms": 1.5})))
    assert ", as fast, at" in alike and " against 24 hours) at" in sooner
    assert said((first, other(waits, BEATS))) == []


def test_a_better_option_on_the_same_wait_is_told_of_documents(catalog: Catalog) -> None:
    needs = {"task": "document_extraction", "workload": {"requests_per_month": 8000, "pages": 2}}
    answer = recommend(needs, catalog, detail="answer", draws=0)
    assert answer.winner is not None
    (told,) = [one for one in answer.winner.reasons if "ranks below because" in one]
    second = next(one for one in answer.alternatives if f"Number {one.rank}, {one.model.name} " in told)
    gaps = {name: part - second.score.parts[name] for name, part in answer.winner.score.parts.items()}
    assert ", as fast, at no higher first-year cost" in told
    assert max(gaps, key=lambda name: gaps[name]) == "risk" and told.endswith("more can go wrong with it.")


def test_a_last_resort_stands_below_for_that(first: Option) -> None:
    last = other(first, BEATS, {"quality": -0.1}, cautions=(f"{LAST_RESORT}: it stands behind everything else.",))
    (told,) = said((first, last))
    assert told.endswith("it ranks below because it is a last resort.")


def test_the_best_of_several_is_told_in_one_sentence(first: Option) -> None:
    worse = other(first, {**BEATS, "latency_p95_ms": 2.0}, rank=2)
    options = (first, worse, other(first, BEATS, rank=3), other(first, BEATS, rank=4))
    (told,) = said(options)
    assert told.startswith("Number 3, ")
    assert with_what_is_beaten(options)[1:] == options[1:] and with_what_is_beaten(()) == ()
