"""Voices by listeners' votes: those that nobody scored, other languages, tuned voices."""

from __future__ import annotations

from typing import Any

from recommender import Catalog, Option, recommend

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


def test_what_tuning_does_to_votes_is_not_known(catalog: Catalog) -> None:
    needs = {**MUSEUM, "data": {"labelled_hours": 8}, "team": {"skills": "ml"}, "only": ["hexgrad/kokoro-82m"]}
    found = {one.strategy.id: one.estimates["quality"] for one in options(needs, catalog)}
    assert found["finetune_specialist"].mid is None and found["finetune_specialist"].grade == "none"
    assert found["pretrained_as_is"].grade == "measured"
