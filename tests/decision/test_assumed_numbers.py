"""Assumed numbers are the catalog's: whoever changes one there changes what is computed from it, by known arithmetic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender import Catalog, recommend
from recommender.catalog.cards import with_assumptions
from recommender.decision.decide import Decision
from recommender.engine import decided

SOURCE = Path(__file__).parents[2] / "recommender"
NAMED_BY_PART = ("grid_grams_per_kwh_", "private_knowledge_share_", "stale_share_")
CASE = {"task": "classification", "data": {"labelled_examples": 2000, "classes": 10}}


def both(catalog: Catalog, needs: dict[str, Any], **changed: float) -> tuple[Decision, Decision]:
    """Decided with the catalog's own middles, and with others."""
    return decided(needs, catalog, None), decided(needs, with_assumptions(catalog, changed), None)


def of(decision: Decision, strategy: str) -> np.ndarray:
    names = [one.id for one in decision.columns.strategies]
    return np.flatnonzero(decision.candidates.strategy == names.index(strategy))


def test_twice_the_tuning_runs_cost_twice_as_much(catalog: Catalog) -> None:
    before, after = both(catalog, CASE, tuning_runs=8)
    one, two = (next(line.usd for line in it.estimates.lines if line.label == "tuning runs") for it in (before, after))
    paid = np.flatnonzero(one > 0)
    assert len(paid) and two[paid] == pytest.approx(2.0 * one[paid])
    again = [next(line.usd for line in it.estimates.lines if "tuning again" in line.label) for it in (before, after)]
    assert again[1][paid] == pytest.approx(again[0][paid]), "one run each time, however many the first took"


def test_marking_edits_loses_what_is_assumed(catalog: Catalog) -> None:
    needs = {"task": "rewriting", "data": {"labelled_examples": 200_000}}
    before, after = both(catalog, needs, marked_edits_loss=10)
    rows = of(before, "finetune_encoder")
    assert len(rows) and before.quality.mid[rows] - after.quality.mid[rows] == pytest.approx(10.0 - 6.0)


def test_a_language_between_well_served_and_rare_loses_its_share(catalog: Catalog) -> None:
    # Bengali is of class 3, Swahili of class 2, which loses the whole.
    facts = with_assumptions(catalog, {"rare_language_share_class_3": 0.8})
    french, bengali, swahili = (decided({"task": "chat", "languages": [tag]}, facts, None) for tag in ("fr", "bn", "sw"))
    lost = [
        french.quality.mid[of(french, "zero_shot")[0]] - it.quality.mid[of(it, "zero_shot")[0]] for it in (bengali, swahili)
    ]
    assert [it.candidates.model[of(it, "zero_shot")[0]] for it in (bengali, swahili)] == [
        french.candidates.model[of(french, "zero_shot")[0]]
    ] * 2
    assert lost[1] > 0 and lost[0] == pytest.approx(0.8 * lost[1])


def test_hearing_at_a_vendor_takes_as_long_as_is_assumed(catalog: Catalog) -> None:
    # 350 to 1,000 ms: 650 in the middle, and 650 x 1.3 for the slowest in twenty.
    before, after = both(catalog, {"task": "speech_to_speech"}, hosted_ms_hearing=1000)
    heard = next(part for part in before.estimates.parts if part.role == "speech input")
    rows = np.flatnonzero(heard.applies & (heard.offer >= 0))
    middle, slow = (
        getattr(after.estimates, name) - getattr(before.estimates, name) for name in ("latency_p50_ms", "latency_p95_ms")
    )
    assert len(rows) and middle[rows] == pytest.approx(650.0) and slow[rows] == pytest.approx(845.0)


def test_streams_are_open_as_long_as_is_assumed(catalog: Catalog) -> None:
    # Ten streams of three minutes, open half the time: 10 x 30.4 x 1,440 x 0.5 / 3 requests a month.
    needs = {"task": "speech_to_speech", "workload": {"concurrent_streams": 10, "audio_minutes": 3}}
    _, after = both(catalog, needs, stream_open_share=0.5)
    assert after.situation.requests_per_month == pytest.approx(72_960)


def test_of_a_collection_a_share_is_taken_to_be_labelled_and_told_with_its_range(catalog: Catalog) -> None:
    # A twentieth, from a fiftieth to four tenths, of 1,000 documents.
    needs = {"task": "classification", "team": {"skills": "ml"}, "knowledge": {"documents": 1000}}
    found = recommend(needs, with_assumptions(catalog, {"labelled_share": 0.05}), detail="answer", draws=0)
    told = next(one for one in found.assumed if one.name == "data.labelled_examples")
    assert (told.value, told.high) == (50.0, 400.0) and told.low <= 20.0


def test_every_assumption_is_read_somewhere(catalog: Catalog) -> None:
    text = "".join(path.read_text() for path in SOURCE.rglob("*.py"))
    assert [
        name for name in catalog.columns.assumptions if f'"{name}"' not in text and not name.startswith(NAMED_BY_PART)
    ] == []
