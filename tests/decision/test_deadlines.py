"""A deadline that is stated holds: for the tariff that a vendor's answers are billed at, and for a single answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import Catalog, Recommendation, Requirements, compare, recommend
from recommender.engine import decider

RECORDING: dict[str, Any] = {
    "task": "speech_to_text",
    "workload": {"mode": "one_off", "total_requests": 1, "audio_minutes": 60},
    "hardware": {"owned": [{"accelerator": "raspberry pi 5", "count": 4}]},
    "only": ["openai/whisper-small"],
}


def _calls_usd(catalog: Catalog, workload: dict[str, Any]) -> tuple[float, float]:
    """What calls cost, added up over all offers at half the price in batches, and over those without a batch tariff; of those that end,
    only work that is done once may use some. [USD]"""
    needs = Requirements.model_validate({"task": "summarization", "workload": workload, "only": ["zero_shot"]})
    found = decider(catalog)(needs)
    multiplier = found.columns.offers.batch_multiplier[found.candidates.offer]
    lasts = np.isnan(found.columns.offers.ends[found.candidates.offer])
    hosted, usd = (found.candidates.offer >= 0) & lasts, found.estimates.running.monthly_usd
    has_discount = hosted & (multiplier == 0.5)
    return float(np.nansum(usd[has_discount])), float(np.nansum(usd[hosted & np.isnan(multiplier)]))


@pytest.mark.parametrize("hours, share", [(1.0, 1.0), (23.9, 1.0), (24.0, 0.5), (48.0, 0.5), (None, 0.5)])
@pytest.mark.parametrize("mode", ["one_off", "batch"])
def test_a_batch_tariff_counts_only_where_its_day_is_within_the_deadline(
    mode: str, hours: float | None, share: float, catalog: Catalog
) -> None:
    volume = {"total_requests": 2_000_000} if mode == "one_off" else {"requests_per_month": 2_000_000}
    work = {"input_tokens": 3000, "output_tokens": 200, **volume}
    at_once = _calls_usd(catalog, {**work, "mode": "one_off", "total_requests": 2_000_000, "deadline_hours": 0.1})
    found = _calls_usd(catalog, {**work, "mode": mode, **({} if hours is None else {"deadline_hours": hours})})
    assert found[0] == pytest.approx(at_once[0] * share, rel=0.02) and at_once[0] > 0  # free amounts differ little
    assert found[1] == pytest.approx(at_once[1], rel=0.02)


def _runs_on(catalog: Catalog, hours: float | None, boundary: str) -> tuple[set[str | None], Recommendation]:
    """Machines of all options for one long recording."""
    work = {**RECORDING["workload"], **({} if hours is None else {"deadline_hours": hours})}
    needs = {**RECORDING, "workload": work, "privacy": {"boundary": boundary}}
    answer = recommend(needs, catalog, draws=0, alternatives=100)
    return {one.deployment.accelerator for one in (answer.winner, *answer.alternatives) if one is not None}, answer


@pytest.mark.parametrize("hours, fits", [(0.5, False), (24.0, True), (None, True)])
def test_one_answer_that_takes_longer_than_the_deadline_does_not_pass(
    hours: float | None, fits: bool, catalog: Catalog
) -> None:
    # A Raspberry Pi 5 needs nearly an hour for an hour of sound.
    machines, answer = _runs_on(catalog, hours, "on_premises")
    assert ("raspberry-pi-5-8gb" in machines) is fits
    assert ("one-answer-keeps-the-deadline" in {one.rule for one in answer.excluded}) is not fits


def test_where_only_the_deadline_bars_it_is_named_and_loosened(catalog: Catalog) -> None:
    _, answer = _runs_on(catalog, 0.5, "on_device")
    assert answer.winner is None and "workload.deadline_hours" in answer.binding
    loosened = [
        change for one in answer.relaxations for change in one.changes if change.requirement == "workload.deadline_hours"
    ]
    assert loosened and all(float(str(one.to_value)) >= 1.0 for one in loosened)


def test_a_time_limit_of_less_than_a_day_pays_for_answers_at_once(catalog: Catalog) -> None:
    needs = {"task": "summarization", "workload": {"requests_per_month": 100_000, "mode": "batch"}}

    def monthly(**more: object) -> float:
        (found,) = compare({**needs, **more}, ["zero_shot/openai/gpt-6-luna/openai"], catalog, draws=0).compared
        assert found.option is not None
        return float(found.option.estimates["monthly_cost_usd"].mid or 0.0)

    assert monthly() == pytest.approx(0.5 * monthly(latency={"p95_ms": 60_000}), rel=0.02), "vendors' batch tariff is half"
    assert monthly() == monthly(latency={"p95_ms": 100_000_000})
