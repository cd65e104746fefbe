"""What somebody who tried to break it found: each with the input that showed it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from recommender import Catalog, recommend
from recommender.domain.columns import SetColumn


def _answer(needs: dict[str, Any], catalog: Catalog, **more: Any) -> Any:
    return recommend(needs, catalog, **{"detail": "answer", "draws": 0, **more})


def _vendors(catalog: Catalog, residency: str) -> set[str]:
    needs = {"task": "summarization", "privacy": {"residency": [residency], "sensitivity": "regulated"}}
    answer = _answer(needs, catalog, alternatives=300)
    found = (answer.winner, *answer.alternatives)
    return {one.deployment.provider for one in found if one is not None and one.deployment.place == "vendor"}


def _kept(catalog: Catalog, provider: str, verdict: int) -> Catalog:
    """The same catalog in which one vendor keeps requests in every region (1), in none of them (0), or nobody knows where (-1)."""
    offers = catalog.columns.offers
    members = offers.stored.members.copy()
    members[np.array([offers.provider_ids[one] == provider for one in offers.provider])] = verdict
    stored = SetColumn(members, offers.stored.vocabulary)
    return replace(catalog, columns=replace(catalog.columns, offers=replace(offers, stored=stored)), kept={})


def test_where_requests_are_kept_counts_as_much_as_where_they_are_processed(catalog: Catalog) -> None:
    assert "mistral" in _vendors(_kept(catalog, "mistral", 1), "eu")
    assert "mistral" not in _vendors(_kept(catalog, "mistral", 0), "eu")
    assert "mistral" not in _vendors(_kept(catalog, "mistral", -1), "eu"), "what is not documented is barred"


def test_a_looser_limit_on_the_first_words_bars_nothing(catalog: Catalog) -> None:
    needs = {
        "task": "chat", "only": ["qwen/qwen3-8b"], "knowledge": {"documents": 300}, "privacy": {"boundary": "on_premises"},
        "workload": {"requests_per_month": 10_000_000},
    }  # fmt: skip
    fits = [
        _answer({**needs, "latency": {"first_token_p95_ms": limit}}, catalog).winner is not None
        for limit in range(200, 420, 10)
    ]
    assert any(fits) and fits == sorted(fits)


def test_work_done_once_has_no_number_of_requests_a_month_to_ask_or_to_tip(catalog: Catalog) -> None:
    answer = recommend({"task": "classification", "workload": {"total_requests": 770_000}}, catalog, draws=0)
    assert "workload.requests_per_month" not in [one.requirement for one in (*answer.open_questions, *answer.tipping_points)]


def test_what_is_free_in_the_first_months_is_free_for_work_done_once(catalog: Catalog) -> None:
    needs = {
        "task": "text_to_speech", "only": ["amazon/polly-standard"], "budget": {"monthly_usd": 1},
        "workload": {"total_requests": 1000, "characters": 1000},
    }  # fmt: skip
    winner = _answer(needs, catalog).winner
    assert winner is not None and winner.estimates["monthly_cost_usd"].mid == 0.0


def test_what_is_not_sold_yet_is_not_tuned_yet(catalog: Catalog) -> None:
    answer = _answer(
        {"task": "classification", "data": {"labelled_examples": 300}, "only": ["openai"]}, catalog, as_of="1990-01-01"
    )
    assert answer.winner is None


@pytest.mark.parametrize("boundary", ["on_premises", "air_gapped"])
def test_tuning_behind_closed_doors_is_paid_in_power_alone(boundary: str, catalog: Catalog) -> None:
    needs = {
        "task": "translation",
        "data": {"labelled_examples": 4000},
        "team": {"skills": "ml"},
        "privacy": {"boundary": boundary},
    }
    answer = _answer(needs, catalog, alternatives=60)
    tuned = [one for one in (answer.winner, *answer.alternatives) if one is not None and one.strategy.id == "finetune_llm"]
    labels = [line.label for one in tuned for line in one.bill if line.label.startswith("Tuning runs")]
    assert labels and all("on your own" in label for label in labels)


def test_a_budget_for_work_done_once_pays_for_all_of_it(catalog: Catalog) -> None:
    """Machines for 240 USD stood beside invoices of 40 USD under a budget of 100 USD for the whole job."""
    recordings = {"mode": "one_off", "total_requests": 500, "audio_minutes": 60}
    needs = {"task": "speech_to_text", "languages": ["de"], "workload": recordings, "privacy": {"boundary": "on_premises"}}
    options = _answer({**needs, "budget": {"monthly_usd": 2000}}, catalog, alternatives=60)
    spent = [
        sum(one.estimates[name].mid for name in ("monthly_cost_usd", "one_time_cost_usd"))
        for one in (options.winner, *options.alternatives)
        if one is not None
    ]
    assert max(spent) > 100, "machines are bought"
    assert all(usd <= 2000 for usd in spent)
    tight = _answer({**needs, "budget": {"monthly_usd": 100}}, catalog, alternatives=60)
    assert all(one.estimates["one_time_cost_usd"].mid <= 100 for one in (tight.winner, *tight.alternatives) if one is not None)


def test_what_is_said_of_everything_else_counts_last_resorts_too(catalog: Catalog) -> None:
    """Three boards with a model that is no draft come before a good one on users' devices, which nobody spoke of: but then it is
    not true that nothing else is good enough, or as good in all that counts."""
    needs = {"task": "summarization", "privacy": {"boundary": "air_gapped"}, "budget": {"monthly_usd": 100}}
    answer = recommend(needs, catalog, draws=20)
    assert answer.winner is not None
    draft, quality = catalog.columns.tasks["summarization"].levels.draft, answer.winner.estimates["quality"].mid
    devices = [one for one in answer.alternatives if one.deployment.place == "device"]
    assert quality is not None and quality < draft and any((one.estimates["quality"].mid or 0) >= draft for one in devices)
    assert "Its expected quality is below what counts as a draft for this task." in answer.winner.cautions
    assert any("nothing but a last resort is at least as good" in one for one in answer.winner.reasons)
