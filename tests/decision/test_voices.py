"""Voices by listeners' votes: those that nobody scored, other languages, tuned voices."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, recommend
from recommender.explanation.report import brief

MUSEUM: dict[str, Any] = {
    "task": "text_to_speech",
    "languages": ["en"],
    "workload": {"requests_per_month": 1000, "characters": 600},
}


def options(needs: dict[str, Any], catalog: Catalog) -> list[Option]:
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=60)
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


def test_a_voice_that_nobody_scored_is_not_known_and_stands_below_every_scored_one(catalog: Catalog) -> None:
    found = options(MUSEUM, catalog)
    unknown = [one for one in found if one.estimates["quality"].mid is None]
    known = [one for one in found if one.estimates["quality"].mid is not None]
    assert {one.estimates["quality"].grade for one in unknown} == {"none"}
    assert {one.model.id for one in unknown} >= {"amazon/polly-standard", "amazon/polly-neural"}
    assert {one.model.id for one in known} >= {"elevenlabs/eleven_flash_v2_5", "hexgrad/kokoro-82m"}
    places = {one.id: place for place, one in enumerate(found)}
    usable = [
        one for one in known if one.model.id != "funaudiollm/cosyvoice2-0.5b"
    ]  # a quarter of votes is too little to count
    assert max(places[one.id] for one in usable) < min(places[one.id] for one in unknown)


def test_a_bar_is_not_met_by_what_nobody_scored(catalog: Catalog) -> None:
    found = options({**MUSEUM, "quality": {"bar": "draft"}}, catalog)
    assert found and all(one.estimates["quality"].grade == "measured" for one in found)


def test_votes_on_english_say_less_of_other_languages(catalog: Catalog) -> None:
    def flash(language: str) -> Any:
        found = options({**MUSEUM, "languages": [language]}, catalog)
        return next(one.estimates["quality"] for one in found if one.model.id == "elevenlabs/eleven_flash_v2_5")

    english, dutch = flash("en"), flash("nl")
    assert (english.grade, dutch.grade) == ("measured", "predicted")
    assert dutch.mid == english.mid and dutch.high - dutch.low > english.high - english.low


def tuned(catalog: Catalog, hours: float, model: str = "resembleai/chatterbox", language: str = "en") -> dict[str, Any]:
    """Quality by strategy of one voice, with some hours of recordings."""
    needs = {**MUSEUM, "languages": [language], "data": {"labelled_hours": hours}, "team": {"skills": "ml"}, "only": [model]}
    return {one.strategy.id: one.estimates["quality"] for one in options(needs, catalog)}


def test_a_voice_tuned_in_a_language_it_speaks_ends_where_it_stood(catalog: Catalog) -> None:
    found = tuned(catalog, 8)
    own, ready = found["finetune_specialist"], found["pretrained_as_is"]
    assert (own.mid, own.grade, ready.grade) == (ready.mid, "predicted", "measured")  # both lose own_material_loss
    assert own.low < ready.low


def test_few_recordings_cost_votes_by_their_number(catalog: Catalog) -> None:
    enough, six_minutes = (tuned(catalog, hours)["finetune_specialist"].mid for hours in (1.0, 0.1))
    assert six_minutes == pytest.approx(enough - 6.0, abs=0.01)  # one factor of ten below an hour: voice_few_recordings_loss
    curve = [tuned(catalog, hours)["finetune_specialist"].mid for hours in (0.06, 0.1, 0.3, 0.9, 2.0, 100.0)]
    assert curve == sorted(curve)


def test_what_a_voice_reaches_in_a_language_it_does_not_speak_is_not_known(catalog: Catalog) -> None:
    assert tuned(catalog, 8, language="lt")["finetune_specialist"].grade == "none"


def test_a_voice_that_nobody_ranked_is_not_known_after_tuning_either(catalog: Catalog) -> None:
    assert tuned(catalog, 8, "rhasspy/piper")["finetune_specialist"].mid is None


def test_what_nobody_published_a_way_to_tune_is_not_tuned(catalog: Catalog) -> None:
    needs = {**MUSEUM, "data": {"labelled_hours": 8}, "team": {"skills": "ml"}, "only": ["hexgrad/kokoro-82m"]}
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=60)
    assert {one.strategy.id for one in (answer.winner, *answer.alternatives) if one} == {"pretrained_as_is"}
    assert "there-is-a-way-to-tune-it" in {one.rule for one in answer.excluded}


RARE: dict[str, Any] = {"task": "text_to_speech", "languages": ["mi", "haw"], "privacy": {"boundary": "on_device"}}


def test_where_no_voice_speaks_the_language_recordings_are_asked_for(catalog: Catalog) -> None:
    answer = recommend(RARE, catalog, draws=0)
    assert (answer.status, answer.winner) == ("needs_answers", None)
    assert [one.requirement for one in answer.open_questions] == ["data.labelled_hours"]
    assert "hours of recordings" in brief(answer)
    given = {**RARE, "data": {"labelled_hours": answer.open_questions[0].values[1]}}
    assert recommend(given, catalog, draws=0, detail="answer").winner is not None  # true when executed


def test_who_says_that_there_are_none_is_not_asked_again(catalog: Catalog) -> None:
    answer = recommend({**RARE, "data": {"labelled_hours": 0}}, catalog, draws=0)
    assert (answer.status, answer.open_questions) == ("nothing_fits", ())
