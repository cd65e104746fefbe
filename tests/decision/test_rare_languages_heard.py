"""Recognisers in languages with few recordings: worse the rarer the language, and worse the smaller the model."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, compare, recommend

AT_HOME: dict[str, Any] = {
    "task": "speech_to_text",
    "workload": {"requests_per_month": 1000.0, "audio_minutes": 30.0},
    "privacy": {"boundary": "on_premises"},
    "hardware": {"owned": [{"accelerator": "rtx 4090"}]},
}


def quality(catalog: Catalog, language: str, size: str) -> float:
    needs = {**AT_HOME, "languages": [language]}
    option = compare(needs, [f"pretrained_as_is/openai/whisper-{size}/rtx-4090-16-bit"], catalog, draws=0).compared[0].option
    assert option is not None and option.estimates["quality"].mid is not None
    return option.estimates["quality"].mid


@pytest.mark.parametrize("language", ["cy", "ne", "my", "si", "so", "sw"])
def test_the_smallest_is_never_preferred_where_all_are_bad(language: str, catalog: Catalog) -> None:
    answer = recommend({**AT_HOME, "languages": [language]}, catalog, draws=0, detail="answer")
    shown = [one.model.id for one in ((answer.winner,) if answer.winner else ()) + answer.alternatives]
    whispers = [name for name in shown if name.startswith("openai/whisper-")]
    assert shown[0] != "openai/whisper-tiny" and whispers[0] == "openai/whisper-large-v3"


def test_smaller_ones_hear_worse(catalog: Catalog) -> None:
    for language in ("en", "et", "cy"):
        found = [quality(catalog, language, size) for size in ("large-v3", "medium", "small", "base", "tiny")]
        assert found == sorted(found, reverse=True), language


def test_the_rarer_the_language_the_worse(catalog: Catalog) -> None:
    """Major, class 4, class 3, class 2, class 1: 0, 0.25, 0.5, 1 and 1.5 times 20 points."""
    found = [quality(catalog, language, "large-v3") for language in ("de", "eu", "et", "sw", "cy")]
    lost = [found[0] - one for one in found]
    assert lost == pytest.approx([0.0, 5.0, 10.0, 20.0, 30.0], abs=0.05)
