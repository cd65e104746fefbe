"""People's own units: known answers, with their arithmetic."""

from __future__ import annotations

import pytest
from recommender_form.asking import units

MEETINGS = units.Each(audio_minutes=30.0, pages=2.0, characters=400.0)


@pytest.mark.parametrize(
    ("amount", "unit", "requests"),
    [
        (12, "per_month", 12),
        (100, "per_day", 100 * 365 / 12),
        (1, "per_hour", 365 / 12 * 24),
        (2, "per_second", 2 * 365 / 12 * 86_400),
        (1200, "per_year", 100),
        (2000, "audio_hours_per_month", 4000),  # 2,000 hours of 60 minutes, 30 minutes each
        (3, "audio_hours_per_day", 6 * 365 / 12),
        (500, "pages_per_month", 250),  # two pages each
        (40_000, "characters_per_month", 100),  # 400 characters each
        (7500, "words_per_month", 100),  # 7,500 words are 10,000 tokens, or 40,000 characters
        (50, "users", 50 * 10 * 21),  # ten requests a working day, 21 of them
    ],
)
def test_a_volume_becomes_requests_a_month(amount: float, unit: str, requests: float) -> None:
    assert units.requests_per_month(amount, unit, MEETINGS) == pytest.approx(requests)


def test_live_calls_are_sized_by_streams_and_single_runs_by_items() -> None:
    assert units.workload_of(20, "simultaneous", MEETINGS) == {"mode": "streaming", "concurrent_streams": 20}
    # 400 hours in pieces of 5 minutes are 4,800 requests, and stay 400 hours only with the 5 minutes beside them.
    five = units.Each(audio_minutes=5.0)
    assert units.workload_of(400, "audio_hours_per_month", five) == {"requests_per_month": 4800.0, "audio_minutes": 5.0}
    assert units.workload_of(9000, "once", MEETINGS) == {"mode": "one_off", "total_requests": 9000}


def test_a_unit_that_makes_no_sense_for_the_task_is_not_offered_and_means_nothing() -> None:
    assert "pages_per_day" not in units.volume_units(units.Each())
    assert units.workload_of(5, "pages_per_day", units.Each()) == {}


def test_lengths_and_times() -> None:
    assert units.LENGTHS_TOKENS["pages"] == pytest.approx(2000 / 3)  # 500 words, four thirds of a token each
    assert units.CORPUS_TOKENS["megabytes"] == 250_000  # a million characters, four to a token
    assert units.best_unit(90_000.0, units.TIMES_MS) == (90.0, "seconds")
    assert units.best_unit(250.0, units.TIMES_MS) == (250.0, "milliseconds")


@pytest.mark.parametrize(
    ("text", "machines"),
    [
        ("16 GB MacBook", ({"accelerator": "16gb macbook"},)),
        ("no GPU", ({"accelerator": "cpu"},)),
        ("sin GPU", ({"accelerator": "cpu"},)),
        ("2x RTX 4090, cpu only", ({"accelerator": "rtx 4090", "count": 2}, {"accelerator": "cpu"})),
        ("H100 × 8", ({"accelerator": "h100", "count": 8},)),
        ("  ", ()),
    ],
)
def test_machines_as_people_name_them(text: str, machines: tuple[dict[str, object], ...]) -> None:
    assert units.machines(text) == machines
    assert units.machines(units.machines_text(machines)) == machines
