"""What users found: bills and waits that hung on nothing of the option they stood under."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare


def _option(catalog: Catalog, asked: str, **needs: Any) -> Option:
    (found,) = compare(needs, [asked], catalog, draws=0).compared
    assert found.option is not None, found.because
    return found.option


@pytest.mark.parametrize(("seller", "usd_per_mtok"), [("fireworks", 0.10), ("nebius", 0.01)])
def test_a_search_is_indexed_at_its_own_embeddings_price(catalog: Catalog, seller: str, usd_per_mtok: float) -> None:
    """400,000 documents of 800 tokens, read in passages of 512 that share 64: 512 / 448 of them are embedded."""
    asked = f"embedding_search/qwen/qwen3-embedding-8b/{seller}"
    option = _option(catalog, asked, task="semantic_search", knowledge={"documents": 400_000})
    (indexing,) = (line for line in option.bill if line.label == "Indexing the documents")
    assert indexing.mid == pytest.approx(400_000 * 800 * 512 / 448 * usd_per_mtok / 1e6, rel=0.02)


def test_a_voice_that_sends_sound_as_it_makes_it_is_heard_early(catalog: Catalog) -> None:
    needs = {"task": "text_to_speech", "workload": {"characters": 1500}}
    streams = _option(catalog, "pretrained_as_is/elevenlabs/eleven_flash_v2_5", **needs)
    first, whole = (streams.estimates[name].mid for name in ("first_token_p95_ms", "latency_p95_ms"))
    assert first is not None and whole is not None and first < 1000 < whole
    waits = _option(catalog, "pretrained_as_is/minimax/speech-2.6-hd", **needs)
    assert waits.estimates["first_token_p95_ms"].mid == waits.estimates["latency_p95_ms"].mid


def test_speakers_are_told_apart_slowly_without_an_accelerator(catalog: Catalog) -> None:
    """What is added by speaker labels to six minutes: at 40 times real time 9 s on a card, at about twice real time minutes on cores."""
    added = {}
    for machine in ("a30-16-bit", "cpu-4-16-bit"):
        asked = f"pretrained_as_is/openai/whisper-small/{machine}"
        needs = {"task": "speech_to_text", "languages": ["en"], "workload": {"audio_minutes": 6, "mode": "batch"}}
        alone, labelled = (
            _option(catalog, asked, **needs, **more).estimates["latency_p50_ms"].mid
            for more in ({}, {"capabilities": ["diarization"]})
        )
        assert alone is not None and labelled is not None
        added[machine] = labelled - alone
    assert added["a30-16-bit"] == pytest.approx(9000, rel=0.1)
    assert added["cpu-4-16-bit"] > 60_000
