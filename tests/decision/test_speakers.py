"""Who speaks: told by the recogniser itself, or by a further model beside it on own machines, never by assumption."""

from __future__ import annotations

from typing import Any

from recommender import Catalog, Option, recommend

HOSPITAL: dict[str, Any] = {
    "task": "speech_to_text",
    "languages": ["de"],
    "workload": {"requests_per_month": 40_000, "audio_minutes": 6},
    "privacy": {"boundary": "on_premises", "sensitivity": "regulated"},
}


def options(needs: dict[str, Any], catalog: Catalog) -> list[Option]:
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=40)
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


def roles(option: Option) -> dict[str, str]:
    return {part.role: part.deployment.place for part in option.components}


def test_on_premises_a_further_model_tells_speakers_apart(catalog: Catalog) -> None:
    found = options({**HOSPITAL, "capabilities": ["diarization"]}, catalog)
    assert found
    for one in found:
        assert roles(one) == {"speaker labels": "own_site"}, one.id
        assert one.components[0].model.id.startswith("pyannote/")


def test_it_takes_time_and_is_there_only_when_asked_for(catalog: Catalog) -> None:
    asked = {
        one.id: one.estimates["latency_p50_ms"].mid for one in options({**HOSPITAL, "capabilities": ["diarization"]}, catalog)
    }
    plain = {one.id: one for one in options(HOSPITAL, catalog)}
    both = sorted(set(asked) & set(plain))
    assert both and not any(roles(plain[name]) for name in both)
    for name in both:
        before, after = plain[name].estimates["latency_p50_ms"].mid, asked[name]
        # 6 minutes at 40 times real time are 9 seconds
        assert before is not None and after is not None and abs(after - before - 9_000) < 1.0


def test_at_a_vendor_the_recogniser_must_do_it_itself(catalog: Catalog) -> None:
    hosted = [
        one
        for one in options({"task": "speech_to_text", "capabilities": ["diarization"]}, catalog)
        if one.deployment.place == "vendor"
    ]
    assert hosted
    names = catalog.columns.models.ids
    ability = catalog.columns.models.capabilities
    column = ability.vocabulary.index("diarization")
    for one in hosted:
        assert not roles(one) and ability.members[names.index(one.model.id), column] == 1


def test_without_that_model_nothing_on_premises_fits(catalog: Catalog) -> None:
    needs = {**HOSPITAL, "capabilities": ["diarization"], "exclude": ["pyannote/*"]}
    assert recommend(needs, catalog, detail="answer", draws=0).winner is None
