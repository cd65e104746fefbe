"""Speech that is awaited: live streams that must be kept up with, and short recordings that nobody waits a minute for."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, compare, recommend
from recommender.domain.words import CAPABILITIES
from recommender.engine import decided

ON_A_PI = {"privacy": {"boundary": "on_device"}, "hardware": {"owned": [{"accelerator": "raspberry pi 5", "count": 1}]}}
LIVE = {"mode": "streaming", "concurrent_streams": 1}


def test_what_is_slower_than_speech_is_no_answer_to_live_speech(catalog: Catalog) -> None:
    wish = {"task": "speech_to_text", "languages": ["en"], **ON_A_PI}
    live = decided({**wish, "workload": {**LIVE, "audio_minutes": 5.0}}, catalog, None)
    waits = live.estimates.whole_ms[live.fits]
    assert len(waits) and (waits <= 5 * 60_000).all(), "nor is an unknown wait"
    later = decided({**wish, "workload": {"audio_minutes": 5.0, "requests_per_month": 3_000}}, catalog, None)
    assert (later.estimates.latency_p50_ms[later.fits] > 5 * 60_000).any(), "else there is nothing to keep out"


def test_why_a_slow_recogniser_is_out_is_said(catalog: Catalog) -> None:
    wish = {"task": "speech_to_text", "languages": ["en"], "workload": LIVE, **ON_A_PI}
    (slow,) = compare(wish, ["pretrained_as_is/coherelabs/cohere-transcribe-03-2026"], catalog, draws=0).compared
    assert slow.option is None and any("Live speech does not wait" in one for one in slow.because)


def test_nobody_waits_a_minute_for_six_seconds_of_speech(catalog: Catalog) -> None:
    """No time is stated: the task's own limit, two minutes for five minutes of speech, shrinks by the square root of 50, to 17 s."""
    wish: dict[str, Any] = {"task": "speech_to_text", "languages": ["en"], **ON_A_PI}
    short = {**wish, "workload": {"audio_minutes": 0.1, "requests_per_month": 3_000}}
    assert decided(short, catalog, None).anchors.latency_limit == pytest.approx(120_000 / 50**0.5)
    winner = recommend(short, catalog, detail="answer", draws=0).winner
    assert winner is not None and (winner.estimates["latency_p50_ms"].mid or 1e9) < 17_000


def test_what_does_not_write_as_it_hears_is_given_pieces(catalog: Catalog) -> None:
    """Eight seconds of speech are waited for and then written down; within two seconds only what is documented to write at once does."""
    wish: dict[str, Any] = {
        "task": "speech_to_text",
        "languages": ["en"],
        "workload": {"mode": "streaming", "concurrent_streams": 5},
    }
    (offline,) = compare(wish, ["nvidia/parakeet-tdt-0.6b-v3"], catalog, draws=0).compared
    assert offline.option is not None
    first = offline.option.estimates["first_token_p95_ms"].mid or 0.0
    assert 8_000 < first < 16_000
    decision = decided({**wish, "latency": {"first_token_p95_ms": 2_000}}, catalog, None)
    assert decision.fits.any()
    streaming = CAPABILITIES.index("streaming")
    members = decision.columns.models.capabilities.members[decision.candidates.model[decision.fits], streaming]
    assert (members == 1).all()
    recorded = {**wish, "workload": {"requests_per_month": 5_000}}
    (later,) = compare(recorded, ["nvidia/parakeet-tdt-0.6b-v3"], catalog, draws=0).compared
    assert later.option is not None
    estimates = later.option.estimates
    assert estimates["first_token_p95_ms"].mid == estimates["latency_p95_ms"].mid, "no live speech, no pieces"


def test_live_speech_is_judged_by_its_first_words_and_told_by_them(catalog: Catalog) -> None:
    """Between 1 and 10 s, whatever the recordings last: what takes pieces of eight seconds falls behind what writes as it hears."""
    wish: dict[str, Any] = {"task": "speech_to_text", "workload": {"mode": "streaming", "concurrent_streams": 20}}
    decision = decided(wish, catalog, None)
    assert (decision.anchors.latency_aspiration, decision.anchors.latency_limit) == (1_000, 10_000)
    answer = recommend(wish, catalog, draws=0)
    assert answer.winner is not None and answer.winner.is_live
    models = decision.columns.models
    streaming = models.capabilities.members[models.ids.index(answer.winner.model.id), CAPABILITIES.index("streaming")]
    assert streaming == 1
    first = answer.winner.estimates["first_token_p95_ms"].mid or 0.0
    assert first < 2_000
    assert answer.winner.estimates["latency_p95_ms"].mid == first, "a limit on the whole answer is one on the lag"
    assert any(one.startswith("In 95 of 100 cases what is said stands written within ") for one in answer.winner.reasons)


def test_a_tighter_limit_never_brings_the_words_later(catalog: Catalog) -> None:
    wish: dict[str, Any] = {
        "task": "speech_to_text",
        "languages": ["en"],
        "workload": {"mode": "streaming", "concurrent_streams": 20},
    }
    free = recommend(wish, catalog, draws=0, detail="answer").winner
    held = recommend({**wish, "latency": {"p95_ms": 2_000}}, catalog, draws=0, detail="answer").winner
    assert free is not None and held is not None
    assert held.id == free.id
    assert (held.estimates["latency_p50_ms"].mid or 1e9) < (held.estimates["latency_p95_ms"].mid or 0.0) < 2_000
