"""Speech that goes into tasks for texts: a recogniser writes it down, and whatever reads texts reads that."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare, recommend
from recommender.engine import decided

SPOKEN: dict[str, Any] = {"modalities": {"input": ["audio"]}}
BESIDE: dict[str, Any] = {"modalities": {"input": ["text", "audio"]}}


def winner_of(needs: dict[str, Any], catalog: Catalog) -> Option:
    found = recommend(needs, catalog, draws=0, detail="answer").winner
    assert found is not None
    return found


def recogniser_of(option: Option) -> str:
    (found,) = [one.model.type for one in option.components if one.role == "speech input"]
    return found


@pytest.mark.parametrize("task", ["summarization", "chat", "agentic", "extraction", "translation", "moderation"])
@pytest.mark.parametrize("heard", [SPOKEN, BESIDE], ids=["alone", "beside texts"])
def test_a_recogniser_stands_before_what_reads_texts(catalog: Catalog, task: str, heard: dict[str, Any]) -> None:
    assert recogniser_of(winner_of({"task": task, **heard}, catalog)) == "asr"


def test_on_own_premises_an_open_one_does(catalog: Catalog) -> None:
    """Sixty minutes to sum up where nothing may leave: a recogniser and a language model on cards of a PC, not on bought servers."""
    needs = {"task": "summarization", **SPOKEN, "workload": {"audio_minutes": 60}, "privacy": {"boundary": "on_premises"}}
    option = winner_of(needs, catalog)
    assert recogniser_of(option) == "asr"
    assert option.deployment.place != "vendor"
    assert all(one.deployment.place != "vendor" for one in option.components)
    assert (option.estimates["one_time_cost_usd"].mid or 1e9) < 20_000


@pytest.mark.parametrize(
    ("needs", "minutes", "tokens"),
    [
        ({"task": "summarization", **SPOKEN, "workload": {"audio_minutes": 60}}, 60, 60 * 200),
        ({"task": "summarization", **SPOKEN}, 3_000 / 200, 3_000),  # as long as the usual text takes to say
        ({"task": "summarization", **BESIDE}, 1, 3_000 + 200),
        ({"task": "chat", **SPOKEN, "workload": {"input_tokens": 500}}, 1, 500 + 200),  # a turn, and what was said before it
    ],
)
def test_what_is_said_is_read_by_hand(catalog: Catalog, needs: dict[str, Any], minutes: float, tokens: float) -> None:
    situation = decided(needs, catalog, None).situation
    assert situation.audio_minutes == pytest.approx(minutes)
    assert situation.input_tokens == pytest.approx(tokens)


def test_labels_are_learned_from_what_was_written_down(catalog: Catalog) -> None:
    option = winner_of({"task": "classification", **BESIDE, "data": {"labelled_examples": 5_000}}, catalog)
    assert option.strategy.id == "finetune_encoder" and recogniser_of(option) == "asr"


def test_hearing_is_paid_and_waited_for(catalog: Catalog) -> None:
    needs: dict[str, Any] = {"task": "summarization", "only": ["openai/gpt-6-luna"]}
    read, heard = (winner_of({**needs, **more}, catalog) for more in ({}, SPOKEN))
    for name in ("monthly_cost_usd", "latency_p95_ms", "build_days"):
        assert (heard.estimates[name].mid or 0.0) > (read.estimates[name].mid or 0.0)


def test_sound_of_which_nobody_said_that_it_goes_in_is_read_by_nobody(catalog: Catalog) -> None:
    without, beside = (winner_of({"task": "chat", "workload": work}, catalog) for work in ({}, {"audio_minutes": 50}))
    assert without.estimates["monthly_cost_usd"].mid == beside.estimates["monthly_cost_usd"].mid


def test_a_table_alone_is_no_text_to_put_into_classes(catalog: Catalog) -> None:
    needs = {
        "task": "classification",
        "modalities": {"input": ["tabular"]},
        "data": {"labelled_examples": 20_000, "classes": 2},
    }
    assert winner_of(needs, catalog).model.type in ("gbdt", "linear", "tabular")


def test_speech_is_no_slip_and_its_own_doubt_is_told(catalog: Catalog) -> None:
    cautions = winner_of({"task": "summarization", **SPOKEN}, catalog).cautions
    assert not [one for one in cautions if one.startswith("You gave audio")]
    assert [one for one in cautions if one.endswith("how what is said counts must be measured.")]


def test_the_recogniser_takes_room_beside_what_reads(catalog: Catalog) -> None:
    """Parakeet's 0.6 billion parameters: 1.2 GB in 16 bits, a third more to work with and 0.3 GB. Fifteen minutes are the usual text."""
    needs: dict[str, Any] = {
        "task": "summarization",
        "privacy": {"boundary": "on_device"},
        "hardware": {"device_memory_gb": 16},
    }
    read, heard = (
        compare({**needs, **more}, ["zero_shot/qwen/qwen3-4b"], catalog, draws=0).compared[0].option for more in ({}, SPOKEN)
    )
    assert read is not None and heard is not None
    models = catalog.columns.models
    (recogniser,) = [models.ids.index(one.model.id) for one in heard.components]
    more = (heard.estimates["memory_gb"].mid or 0.0) - (read.estimates["memory_gb"].mid or 0.0)
    assert more == pytest.approx(float(models.parameters_b[recogniser]) * 2.0 * 1.3 + 0.3, rel=0.01)
    none = recommend({**needs, **SPOKEN, "hardware": {"device_memory_gb": 2}}, catalog, draws=0, detail="answer")
    assert none.winner is None, "parakeet and the smallest language model together hold more"
