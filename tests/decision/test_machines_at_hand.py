"""Machines at hand: having more never makes the answer worse, and what is meant by a phrase is found or refused."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, InputError, Option, recommend
from recommender.decision.machines import OWN_SITE
from recommender.engine import decided

CLINIC: dict[str, Any] = {"task": "summarization", "languages": ["de"], "privacy": {"boundary": "air_gapped"}}


@pytest.mark.parametrize("accelerator", ["cpu-32", "rtx-4090", "raspberry-pi-5-8gb", "16gb macbook"])
def test_having_a_machine_takes_nothing_away(accelerator: str, catalog: Catalog) -> None:
    """What could be done without it still can, and scores no less: only its place in the order may change."""
    owning = decided({**CLINIC, "hardware": {"owned": [{"accelerator": accelerator}]}}, catalog, None)
    without = decided(CLINIC, catalog, None)
    assert owning.fits.sum() >= without.fits.sum()
    assert owning.total[owning.fits].max() >= without.total[without.fits].max() - 1e-9


def on_a_16gb_card(catalog: Catalog, **more: Any) -> Option:
    wish = {
        "task": "code_generation",
        "workload": {"requests_per_month": 5_000},
        "privacy": {"boundary": "on_premises"},
        "hardware": {"owned": [{"accelerator": "gpu 16gb"}]},
        **more,
    }
    winner = recommend(wish, catalog, detail="answer", draws=0).winner
    assert winner is not None
    return winner


def test_who_names_machines_for_work_on_the_premises_is_not_told_to_buy_others(catalog: Catalog) -> None:
    winner = on_a_16gb_card(catalog)
    assert winner.deployment.accelerator == "rtx-4080"
    told = [one for one in winner.reasons if one.startswith("On a machine that you would have to buy, the best is")]
    assert len(told) == 1 and "points of quality more for" in told[0] and "USD more in the first year" in told[0]


def test_who_has_money_for_the_start_may_be(catalog: Catalog) -> None:
    winner = on_a_16gb_card(catalog, budget={"one_time_usd": 60_000})
    assert winner.deployment.accelerator != "rtx-4080"
    assert any(one.startswith("On the machines you have, the best is") for one in winner.reasons)


def test_what_is_there_is_no_answer_where_it_brings_no_first_draft(catalog: Catalog) -> None:
    winner = on_a_16gb_card(catalog, task="translation", hardware={"owned": [{"accelerator": "raspberry pi 5"}]})
    assert winner.deployment.place == "own_site"
    levels = catalog.as_of(None).columns.tasks["translation"].levels
    assert (winner.estimates["quality"].mid or 0) >= levels.draft


def test_a_machine_that_stands_takes_a_quarter_of_the_days_of_one_that_is_bought(catalog: Catalog) -> None:
    """8 days to set up and 1.5 a month to look after, on top of what any server takes; a quarter where it stands already."""
    wish = {"task": "classification", "privacy": {"boundary": "on_premises"}, "only": ["finetune_encoder"]}
    both = decided(
        {**wish, "data": {"labelled_examples": 5_000}, "hardware": {"owned": [{"accelerator": "cpu-8"}]}}, catalog, None
    )
    on_site = both.candidates.place == OWN_SITE
    owned = on_site & both.deployments.is_owned[both.candidates.deployment]
    others = on_site & ~owned
    days, kept = both.estimates.build_days, both.estimates.upkeep_days_per_month
    assert days[others].min() - days[owned].min() == pytest.approx(0.75 * 8)
    assert kept[others].min() - kept[owned].min() == pytest.approx(0.75 * 1.5 * 0.6), (
        "small models take six tenths of a large one's care"
    )


def test_an_accelerator_is_found_within_a_phrase(catalog: Catalog) -> None:
    answers = [
        recommend({**CLINIC, "hardware": {"owned": [{"accelerator": words}]}}, catalog, detail="answer", draws=0).winner
        for words in ("rtx 4090", "a PC with an RTX 4090")
    ]
    assert answers[0] is not None and answers[1] is not None
    assert answers[0].id == answers[1].id
    assert answers[0].deployment.accelerator == "rtx-4090"


@pytest.mark.parametrize("words", ["2x RTX 3090", "PC with two RTX 3090", "a mainframe"])
def test_what_cannot_be_read_is_refused_with_what_to_write(words: str, catalog: Catalog) -> None:
    with pytest.raises(InputError, match="Several of one kind are written as its name and `count`"):
        recommend({**CLINIC, "hardware": {"owned": [{"accelerator": words}]}}, catalog)


def test_an_answer_away_from_the_machines_at_hand_tells_their_best(catalog: Catalog) -> None:
    wish = {"task": "code_generation", "hardware": {"owned": [{"accelerator": "rtx 3060"}]}}
    winner = recommend(wish, catalog, detail="answer", draws=0).winner
    assert winner is not None and winner.deployment.place == "vendor"
    assert any(one.startswith("On the machines you have, the best is") for one in winner.reasons)


def test_streams_of_text_are_answers_being_written_not_requests_a_second(catalog: Catalog) -> None:
    # Eight people at once, each waiting some seconds for an answer: well below eight requests a second.
    wish = {"task": "chat", "privacy": {"boundary": "on_premises"}, "workload": {"concurrent_streams": 8}}
    winner = recommend(wish, catalog, detail="answer", draws=0).winner
    assert winner is not None
    told = next(one for one in winner.reasons if "at the peak" in one)
    assert "and 8 at the peak" not in told


def test_no_documents_are_no_corpus(catalog: Catalog) -> None:
    for nothing in ({"documents": 0}, {"tokens": 0}):
        winner = recommend({"task": "summarization", "knowledge": nothing}, catalog, detail="answer", draws=0).winner
        assert winner is not None and winner.strategy.id not in ("rag", "long_context", "rag_finetune")


def test_work_that_can_wait_is_not_asked_how_long_an_answer_may_take(catalog: Catalog) -> None:
    answer = recommend({"task": "document_extraction", "workload": {"mode": "batch"}}, catalog, draws=0)
    assert "latency.p95_ms" not in [one.requirement for one in answer.open_questions]


@pytest.mark.parametrize("task", ["tabular_prediction", "time_series_forecasting", "audio_enhancement"])
@pytest.mark.parametrize("boundary", ["any_cloud", "on_premises"])
def test_trees_rules_and_filters_take_no_accelerator(task: str, boundary: str, catalog: Catalog) -> None:
    hardware = catalog.columns.hardware
    kinds = dict(zip(hardware.ids, hardware.kinds, strict=True))
    answer = recommend({"task": task, "privacy": {"boundary": boundary}}, catalog, detail="answer", draws=0, alternatives=300)
    programs = [
        option
        for option in (answer.winner, *answer.alternatives)
        if option is not None and option.model.type in ("linear", "gbdt", "rules", "signal_processing")
    ]
    on = {kinds[one.deployment.accelerator] for one in programs if one.deployment.accelerator is not None}
    assert programs and on <= {"cpu", "board", "phone", "apple"}


@pytest.mark.parametrize("words, accelerator", [("16 GB MacBook", "m1-16gb"), ("raspberry pi 5", "raspberry-pi-5-8gb")])
def test_on_the_device_means_on_the_device_that_was_named(words: str, accelerator: str, catalog: Catalog) -> None:
    needs = {"task": "summarization", "privacy": {"boundary": "on_device"}, "hardware": {"owned": [{"accelerator": words}]}}
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=100)
    assert answer.winner is not None
    assert {one.deployment.accelerator for one in (answer.winner, *answer.alternatives)} == {accelerator}
