"""Facts that do not go together are told, and names of languages that are none are refused."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from recommender import Catalog, InputError, recommend


def cautions(wish: dict[str, Any], catalog: Catalog, **options: Any) -> tuple[str, ...]:
    answer = recommend(wish, catalog, detail="answer", draws=0, **options)
    assert answer.winner is not None
    return answer.winner.cautions


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (
            {"task": "summarization", "workload": {"input_tokens": 5000, "max_input_tokens": 100}},
            "You gave a longest input of 100 tokens, below the usual one of 5,000: the larger one was used.",
        ),
        (  # 10 million requests in 2,628,000 seconds are 3.8 a second
            {"task": "summarization", "workload": {"requests_per_month": 1e7, "peak_requests_per_second": 0.01}},
            "You gave a peak of 0.01 requests a second, below the mean of 3.8: the larger one was used.",
        ),
        (
            {"task": "time_series_forecasting", "data": {"series": 3, "history": 6, "horizon": 12}},
            "You have 6 steps of history and want to foresee 12: any forecast of that is little more than a guess.",
        ),
        (
            {"task": "speech_to_text", "modalities": {"input": ["text"]}},
            "You gave text as what goes in, but this task has audio there: check which you mean.",
        ),
        (
            {"task": "summarization", "privacy": {"residency": ["eu", "pe"]}},
            "You asked that data stay in 'pe', where the catalog knows of no service and no machine for rent: only machines of your own "
            "can keep them there.",
        ),
    ],
)
def test_what_does_not_go_together_is_told(wish: dict[str, Any], told: str, catalog: Catalog) -> None:
    assert told in cautions(wish, catalog)


def test_the_larger_of_two_lengths_counts(catalog: Catalog) -> None:
    odd = {"task": "summarization", "workload": {"input_tokens": 5000, "max_input_tokens": 100}}
    even = {"task": "summarization", "workload": {"input_tokens": 5000, "max_input_tokens": 5000}}
    first, second = (recommend(one, catalog, detail="answer", draws=0).winner for one in (odd, even))
    assert first is not None and second is not None
    assert (first.id, first.estimates) == (second.id, second.estimates)


def test_a_stated_longest_input_bounds_the_assumed_usual_one(catalog: Catalog) -> None:
    short = recommend({"task": "summarization", "workload": {"max_input_tokens": 50}}, catalog, detail="answer", draws=0)
    free = recommend({"task": "summarization"}, catalog, detail="answer", draws=0)
    assert short.winner is not None and free.winner is not None
    costs = [one.winner.estimates["monthly_cost_usd"].mid for one in (short, free) if one.winner]
    assert costs[0] is not None and costs[1] is not None and costs[0] < costs[1]


def test_a_day_long_after_the_catalog_is_told(catalog: Catalog) -> None:
    own = catalog.columns.edition_day
    late = own + datetime.timedelta(days=93)
    told = f"You asked as of {late}, but nothing is known of prices and models after {own}."
    assert told in cautions({"task": "summarization"}, catalog, as_of=late)
    assert told not in cautions({"task": "summarization"}, catalog, as_of=own + datetime.timedelta(days=92))


@pytest.mark.parametrize("language", ["english", "xx", "e", "en_us"])
def test_a_language_that_is_none_is_refused(language: str, catalog: Catalog) -> None:
    with pytest.raises(InputError, match="is no language code"):
        recommend({"task": "summarization", "languages": [language]}, catalog)


@pytest.mark.parametrize("language", ["en", " EN ", "pt-BR", "swh", "multilingual"])
def test_a_language_is_taken_in_any_case(language: str, catalog: Catalog) -> None:
    assert recommend({"task": "summarization", "languages": [language]}, catalog, detail="answer", draws=0).winner is not None


def test_one_wrong_bar_is_one_fault(catalog: Catalog) -> None:
    for bar in ("superb", {"benchmark": "mmlu"}):
        with pytest.raises(InputError) as caught:
            recommend({"task": "summarization", "quality": {"bar": bar}}, catalog)
        assert len(caught.value.faults) == 1
    with pytest.raises(InputError) as caught:
        recommend({"task": "summarization", "preferences": "cheap"}, catalog)
    assert len(caught.value.faults) == 1
