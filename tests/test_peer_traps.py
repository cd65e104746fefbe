"""Ten failures measured in other tools on 2026-11-23: each set up again here, and what must happen instead."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "properties"))

from catalogs import catalog_of, only

from recommender import Catalog, Option, Recommendation, recommend
from recommender.catalog.library import Library
from recommender.domain.records import Offer

WHISPER = "openai/whisper-large-v3"


def options(answer: Recommendation) -> list[Option]:
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


def changed_offers(records: Library, model: str, change: Any) -> Library:
    """A catalog with every offer of one model changed."""
    providers = {
        name: provider.model_copy(
            update={"offers": tuple(change(one) if one.model == model else one for one in provider.offers)}
        )
        for name, provider in records.providers.items()
    }
    return replace(records, providers=providers)


def test_what_nobody_measured_never_beats_what_was_measured() -> None:
    """unknown-beats-measured, unknown-price-is-zero: an offer without a price is neither free nor chosen."""

    def without_price(offer: Offer) -> Offer:
        return offer.model_copy(update={"prices": tuple(one.model_copy(update={"input_usd_per_mtok": None, "output_usd_per_mtok": None}) for one in offer.prices)})  # fmt: skip

    records = only({"openai/gpt-4.1", "openai/gpt-4.1-mini"})
    unpriced = changed_offers(records, "openai/gpt-4.1-mini", without_price)
    answer = recommend({"task": "chat", "budget": {"monthly_usd": 1000}}, catalog_of(unpriced))
    assert {one.model.id for one in options(answer)} == {"openai/gpt-4.1"}
    for one in options(recommend({"task": "chat"}, catalog_of(unpriced))):
        if one.model.id == "openai/gpt-4.1-mini":
            assert one.estimates["monthly_cost_usd"].mid is None
            assert one.estimates["monthly_cost_usd"].basis == "unknown"
            assert one.rank is not None and one.rank > 1


def test_a_limit_nobody_meets_is_never_dropped_silently() -> None:
    """hard-filter-silently-dropped: nothing fits, each limit is named, and a relaxation is offered."""
    needs = {"task": "chat", "latency": {"p95_ms": 20}, "budget": {"monthly_usd": 0.001}, "languages": ["ar"], "quality": {"bar": "best"}}  # fmt: skip
    answer = recommend(needs, catalog_of(only({"openai/gpt-4.1", "openai/gpt-4.1-mini", "mistralai/mistral-large-2512"})))
    assert answer.status == "nothing_fits"
    assert answer.binding
    assert {one.verdict for one in answer.excluded} >= {"fail"}


def test_a_hopeless_option_more_changes_no_winner() -> None:
    """irrelevant-alternative-flips-winner."""
    few = {"openai/gpt-4.1", "openai/gpt-4.1-mini"}
    before = recommend({"task": "chat"}, catalog_of(only(few)))
    after = recommend({"task": "chat"}, catalog_of(only(few | {"openai/gpt-4"})))
    assert before.winner is not None and after.winner is not None
    assert after.winner.id == before.winner.id
    assert after.winner.score == before.winner.score


def test_a_capability_is_never_read_out_of_a_name() -> None:
    """name-substring-capability: a language model whose name says Whisper is no candidate for speech."""
    records = only({WHISPER, "openai/gpt-4.1-mini"})
    impostor = records.models["openai/gpt-4.1-mini"].model_copy(update={"name": "ShellWhisperer audio transcription"})
    named = replace(records, models={**records.models, "openai/gpt-4.1-mini": impostor})
    answer = recommend({"task": "speech_to_text"}, catalog_of(named))
    assert {one.model.id for one in (*options(answer), *answer.if_confirmed)} == {WHISPER}


SUPPORT_BOT = {
    "task": "chat",
    "workload": {"requests_per_month": 262_000},
    "knowledge": {"documents": 500},
    "budget": {"monthly_usd": 200},
}


def test_a_small_budget_is_answered_with_what_it_buys(catalog: Catalog) -> None:
    """minimum-context-ignores-budget: 0.1 requests a second for 200 USD a month is hosted, not two accelerators."""
    answer = recommend(SUPPORT_BOT, catalog, alternatives=50)
    assert answer.winner is not None and answer.winner.deployment.hosting == "api"
    assert all((one.estimates["monthly_cost_usd"].mid or 0.0) <= 200 for one in options(answer))
    assert any("budget" in one.because for one in answer.excluded)


def test_a_tiny_load_gets_no_fleet(catalog: Catalog) -> None:
    """tiny-load-huge-fleet: a few requests a minute on own machines take a handful of accelerators, not 32."""
    needs = {
        "task": "text_generation",
        "workload": {"requests_per_month": 40_000, "input_tokens": 4096, "output_tokens": 300},
        "privacy": {"boundary": "own_tenant"},
        "latency": {"p95_ms": 30_000},
    }
    for one in options(recommend(needs, catalog)):
        if one.deployment.count is not None:
            assert one.deployment.count * (one.deployment.replicas or 1) <= 8


def test_what_goes_in_and_out_without_a_task_asks_for_the_task(catalog: Catalog) -> None:
    """low-confidence-answered-anyway."""
    needs = {
        "modalities": {"input": ["audio"], "output": ["text"]},
        "privacy": {"boundary": "on_premises", "residency": ["eu"]},
    }
    answer = recommend(needs, catalog)
    assert answer.status == "needs_answers"
    assert answer.open_questions[0].requirement == "task"
    assert answer.winner is not None and answer.winner.model.type == "asr"


def test_every_quality_number_says_where_it_comes_from(catalog: Catalog) -> None:
    """placeholder-quality: no number without a grade, a source and a date; and they are not all alike."""
    answer = recommend({"task": "summarization"}, catalog, alternatives=200)
    seen = set()
    for one in options(answer):
        quality = one.estimates["quality"]
        if quality.mid is None:
            assert quality.grade == "none" and quality.basis == "unknown"
            continue
        seen.add(quality.mid)
        assert quality.grade in ("measured", "self_reported", "predicted")
        assert quality.sources and re.search(r"\d{4}-\d\d-\d\d", " ".join(quality.sources))
    assert len(seen) > 20


@pytest.mark.parametrize("field", ["budget", "latency", "privacy"])
def test_a_missing_input_is_open_and_not_a_match(catalog: Catalog, field: str) -> None:
    """missing-input-empty-answer: no rule about a limit speaks where no limit was stated."""
    answer = recommend({"task": "classification"}, catalog)
    assert answer.winner is not None
    words = {"budget": "above your budget", "latency": "longer than you allow", "privacy": "You asked that data stay"}[field]
    assert not [one for one in answer.excluded if words in one.because]
