"""Machines at hand: having more never makes the answer worse, and what is meant by a phrase is found or refused."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, InputError, recommend

CLINIC: dict[str, Any] = {"task": "summarization", "languages": ["de"], "privacy": {"boundary": "air_gapped"}}


def best(wish: dict[str, Any], catalog: Catalog) -> float:
    winner = recommend(wish, catalog, detail="answer", draws=0).winner
    assert winner is not None
    return winner.score.total


@pytest.mark.parametrize("accelerator", ["cpu-32", "rtx-4090", "raspberry-pi-5-8gb", "16gb macbook"])
def test_having_a_machine_never_makes_the_answer_worse(accelerator: str, catalog: Catalog) -> None:
    owning = {**CLINIC, "hardware": {"owned": [{"accelerator": accelerator}]}}
    assert best(owning, catalog) >= best(CLINIC, catalog) - 1e-9


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
