"""Speech on processors and boards: known answers, and every measured row."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest

from recommender import Catalog
from recommender.decision.part_machines import SpeechMachine, SpeechModel, are_processors, real_time_factors
from recommender.engine import decided
from recommender.estimates.audio import processor_real_time_factor, real_time_tflops

TABLE = Path(__file__).parents[1] / "cases/physics/speech_on_processors.csv"
ALONE: dict[str, Any] = {"task": "text_to_speech", "workload": {"characters": 80}, "privacy": {"boundary": "on_device"}}


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def speeds(catalog: Catalog, model: str, machine: str, *, speaks: bool, size: float | None = None) -> tuple[float, float]:
    """Alone and in batches; of a model of another size, if one is given, that nobody measured."""
    columns = catalog.columns
    place, hardware = columns.models.ids.index(model), columns.hardware.ids.index(machine)
    measured = (
        [columns.models.real_time_factor[place], columns.models.real_time_tflops[place]] if size is None else [np.nan] * 2
    )
    parts = [np.array([one]) for one in (*measured, columns.models.active_b[place] if size is None else size)]
    speech = SpeechModel(*parts, speaks)
    runs_on = SpeechMachine(np.array([columns.hardware.tflops_16[hardware]]), np.array([are_processors(columns)[hardware] > 0]))
    middles = {name: one.mid for name, one in columns.assumptions.items()}
    alone, batched = real_time_factors(middles, speech, runs_on)  # type: ignore[arg-type]
    return float(alone[0]), float(batched[0])


def test_a_processor_keeps_up_where_it_is_fast_enough() -> None:
    assert real_time_tflops(0.082, 2.1) == pytest.approx(0.1722)  # 2.1 * 0.082
    assert real_time_tflops(0.002, 2.1) == pytest.approx(0.042)  # as of twenty million
    assert processor_real_time_factor(0.3, 0.1722) == pytest.approx(1.742, abs=0.001)


def test_what_was_measured_elsewhere_carries_over_in_proportion(catalog: Catalog) -> None:
    # Piper: 0.05 / 2.801 = 0.0179, 0.15 / 7.88 = 0.0190, 0.6 / 24.6 = 0.0244 TFLOP/s keep up; a Pi 5 has 0.1.
    assert speeds(catalog, "rhasspy/piper", "raspberry-pi-5-8gb", speaks=True)[0] == pytest.approx(0.1 / 0.0190355, rel=1e-4)
    # Kokoro: the median is the EPYC's, 0.3 / 2.132.
    assert speeds(catalog, "hexgrad/kokoro-82m", "raspberry-pi-5-8gb", speaks=True)[0] == pytest.approx(0.1 * 2.132 / 0.3)


def test_what_nobody_measured_goes_by_its_size(catalog: Catalog) -> None:
    alone, _ = speeds(catalog, "facebook/mms-tts-eng", "cpu-4", speaks=True)
    assert alone == pytest.approx(0.3 / (2.1 * 0.0363))
    alone, _ = speeds(catalog, "openai/whisper-base", "cpu-8", speaks=False)
    assert alone == pytest.approx(0.6 / (0.4 * 0.074))


def test_one_voice_keeps_eight_cores_busy_and_many_keep_them_all(catalog: Catalog) -> None:
    alone, batched = speeds(catalog, "rhasspy/piper", "cpu-32", speaks=True)
    assert (alone, batched) == (pytest.approx(0.6 / 0.0190355, rel=1e-4), pytest.approx(2.5 / 0.0190355, rel=1e-4))


def test_on_accelerators_batches_are_as_fast_as_before(catalog: Catalog) -> None:
    assert speeds(catalog, "hexgrad/kokoro-82m", "a100-80gb", speaks=True) == (pytest.approx(15 / 0.082),) * 2
    alone, batched = speeds(catalog, "nvidia/parakeet-tdt-0.6b-v3", "a100-80gb", speaks=False)
    assert (alone, batched) == (pytest.approx(3332.74 * 0.15), pytest.approx(3332.74))


def test_boards_without_an_accelerator_and_processors_are_told_apart_from_the_rest(catalog: Catalog) -> None:
    columns = catalog.columns
    found = {name for name, one in zip(columns.hardware.ids, are_processors(columns), strict=True) if one > 0}
    assert found == {"cpu-4", "cpu-8", "cpu-32", "raspberry-pi-5-8gb"}


def test_piper_speaks_a_sentence_on_a_raspberry_pi_within_a_second_and_a_half(catalog: Catalog) -> None:
    """80 characters are 5.6 s of speech; it makes 5.3 of them a second, a sentence of 5 s at a time."""
    needs = {**ALONE, "hardware": {"owned": [{"accelerator": "raspberry pi 5", "count": 1}]}, "only": ["rhasspy/piper"]}
    decision = decided(needs, catalog, None)
    slow = decision.estimates.first_token_p95_ms
    assert decision.winner is not None and 900.0 < slow[decision.winner] < 1500.0


def test_every_measured_row_is_foreseen_within_what_the_page_says() -> None:
    """docs/estimates.md: voices by size within 2.0 times in the median, from other machines within 1.1; recognisers 2.3 and 1.7."""
    for speaks, by_size, by_model in (("true", 2.1, 1.1), ("false", 2.4, 1.8)):
        mine = [one for one in rows() if one["speaks"] == speaks]
        needed = [float(one["tflops"]) / float(one["real_time_factor"]) for one in mine]
        size = [max(float(one["params_b"]), 0.02) for one in mine]
        models = dict.fromkeys(one["model"] for one in mine)
        each = {
            name: median(n / s for n, s, one in zip(needed, size, mine, strict=True) if one["model"] == name) for name in models
        }
        others = [median(value for name, value in each.items() if name != one["model"]) for one in mine]
        off = [abs(np.log(other * s / n)) for other, s, n in zip(others, size, needed, strict=True)]
        assert np.exp(np.median(off)) <= by_size
        again = []
        for place, one in enumerate(mine):
            rest = [n for at, n in enumerate(needed) if mine[at]["model"] == one["model"] and at != place]
            again += [abs(np.log(median(rest) / needed[place]))] if rest else []
        assert np.exp(np.median(again)) <= by_model
