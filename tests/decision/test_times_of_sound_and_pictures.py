"""How long sound and pictures take on one's own machines: all of a sound, unless it is used while it comes."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, compare
from recommender.decision.running_small import patches_seen

KOKORO = "pretrained_as_is/hexgrad/kokoro-82m/{}-16-bit"


def middles(catalog: Catalog, needs: dict[str, Any], option: str) -> dict[str, float]:
    """The estimates' middles of one option."""
    found = compare(needs, [option], catalog, draws=0).compared[0].option
    assert found is not None, option
    return {name: one.mid for name, one in found.estimates.items() if one.mid is not None}


def spoken(catalog: Catalog, characters: float, machine: str = "a30", **more: Any) -> dict[str, float]:
    work = {"requests_per_month": 1000.0, "characters": characters}
    needs = {"task": "text_to_speech", "languages": ["en"], "workload": work, **more}
    return middles(catalog, needs, KOKORO.format(machine))


def test_a_longer_text_takes_longer_to_be_spoken_and_no_longer_to_be_heard(catalog: Catalog) -> None:
    short, long = (spoken(catalog, characters) for characters in (2_000.0, 500_000.0))
    assert long["latency_p50_ms"] == pytest.approx(250.0 * short["latency_p50_ms"], rel=0.02)
    # 500,000 characters are about 9.6 hours: nobody speaks them in 15 ms
    assert long["latency_p50_ms"] > 60_000.0
    assert long["first_token_p95_ms"] < 1.5 * short["first_token_p95_ms"] < 100.0


def test_a_device_is_never_faster_than_an_accelerator(catalog: Catalog) -> None:
    on_device = spoken(catalog, 500_000.0, "jetson-orin-nano-8gb", privacy={"boundary": "on_device"})
    rented = spoken(catalog, 500_000.0)
    for name in ("latency_p50_ms", "latency_p95_ms", "first_token_p95_ms"):
        assert on_device[name] > rented[name], name


def test_half_of_the_answers_never_come_later_than_most(catalog: Catalog) -> None:
    for characters in (80.0, 2_000.0, 500_000.0):
        found = spoken(catalog, characters)
        assert found["first_token_p95_ms"] <= found["latency_p95_ms"] and found["latency_p50_ms"] <= found["latency_p95_ms"]


def test_who_has_less_time_than_the_speech_lasts_hears_it_as_it_comes(catalog: Catalog) -> None:
    """300 characters are about 21 s of speech: within a second they can only begin."""
    assert spoken(catalog, 300.0, "jetson-orin-nano-8gb", privacy={"boundary": "on_device"})["latency_p95_ms"] > 1_000.0
    limited = spoken(catalog, 300.0, "jetson-orin-nano-8gb", privacy={"boundary": "on_device"}, latency={"p95_ms": 1_000.0})
    assert limited["latency_p95_ms"] < 1_000.0


def cleaned(catalog: Catalog, minutes: float, **work: Any) -> dict[str, float]:
    needs = {"task": "audio_enhancement", "workload": {"requests_per_month": 5000.0, "audio_minutes": minutes, **work}}
    return middles(catalog, needs, "pretrained_as_is/classical/spectral-noise-reduction/cpu-4-16-bit")


def test_a_recording_is_cleaned_when_all_of_it_is_and_a_call_frame_by_frame(catalog: Catalog) -> None:
    one, thirty = (cleaned(catalog, minutes)["latency_p50_ms"] for minutes in (1.0, 30.0))
    assert thirty == pytest.approx(30.0 * one, rel=0.02) and one > 1_000.0
    live = [cleaned(catalog, minutes, mode="streaming")["latency_p50_ms"] for minutes in (1.0, 30.0)]
    assert live[0] == live[1] < 20.0


def test_things_are_found_in_larger_pictures_than_are_sorted(catalog: Catalog) -> None:
    """YOLO11m: 20.1 million parameters, 68 GFLOPs at 640 pixels; 2 * 20.1e6 * 200 * (640 / 224)^2 = 65.6 GFLOPs."""
    assert 2 * 20.1e6 * patches_seen("object_detection") == pytest.approx(68e9, rel=0.05)
    assert 2 * 86e6 * patches_seen("image_classification") == pytest.approx(35e9, rel=0.05)  # ViT-B at 224 pixels
