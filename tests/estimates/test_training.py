"""Training: hours and dollars of known runs."""

from __future__ import annotations

import pytest

from recommender import Catalog
from recommender.domain.parameters import physics_of
from recommender.estimates.training import (
    FULL_FLOPS,
    chinchilla_tokens,
    failed_runs_hours,
    hosted_tuning_usd,
    lora_hours,
    programme_hours,
    qlora_slowdown,
    training_hours,
    training_memory_gb,
)


def test_a_small_model_from_scratch() -> None:
    # 6 * 1e9 * 20e9 / (989e12 * 0.3 * 3600) = 1.2e20 / 1.06812e18 = 112.3 h
    assert training_hours(1.0, 20e9, 989.0, 0.3) == pytest.approx(112.35, abs=0.01)


def test_a_7b_model_on_the_tokens_that_suit_it() -> None:
    assert chinchilla_tokens(7.0) == pytest.approx(140e9)  # 20 * 7e9
    # 6 * 7e9 * 140e9 / (989e12 * 0.3 * 3600) = 5.88e21 / 1.06812e18 = 5,505 h
    assert training_hours(7.0, 140e9, 989.0, 0.3, FULL_FLOPS) == pytest.approx(5505.0, abs=1.0)


def test_llama_2_7b_reached_39_percent_of_its_accelerators() -> None:
    # 6 * 6.74e9 * 2e12 / (312e12 * 0.3907 * 3600) = 8.088e22 / 4.388e17 = 184,320 h, the model card's own figure
    assert training_hours(6.74, 2e12, 312.0, 0.39067) == pytest.approx(184_320.0, rel=1e-4)


def test_adapters_of_an_8b_model_on_a_thousand_examples() -> None:
    # 1,000 examples * 600 tokens * 3 epochs = 1.8e6 tokens; 4 * 8.03e9 * 1.8e6 / (312e12 * 0.05 * 3600) = 1.03 h
    assert lora_hours(8.03, 1.8e6, 312.0, 0.05) == pytest.approx(1.0295, abs=0.001)
    # 4-bit weights between 6.74 and 13.02 billion: 1.56 + 0.44 * ln(8.03 / 6.74) / ln(13.02 / 6.74) = 1.677
    assert qlora_slowdown(8.03) == pytest.approx(1.677, abs=0.001)
    assert lora_hours(8.03, 1.8e6, 312.0, 0.05, qlora_slowdown(8.03)) == pytest.approx(1.0295 * 1.677, abs=0.002)


def test_a_vendors_tuning() -> None:
    assert hosted_tuning_usd(2e6, 3.0, 25.0) == pytest.approx(150.0)  # 2 million tokens * 3 epochs * 25 USD per million


def test_memory_of_full_tuning_and_of_adapters() -> None:
    assert training_memory_gb(8.0, 8.0, 16.0) == pytest.approx(144.0)  # 8 * 2 bytes + 8 * 16 bytes
    assert training_memory_gb(8.0, 0.04, 4.5) == pytest.approx(5.14)  # 8 * 4.5 / 8 + 0.04 * 16


@pytest.mark.parametrize(
    "active_b, tokens, tflops, is_hopper, hours",
    [
        (68.98, 2e12, 312.0, 0.0, 1_720_320.0),  # Llama 2 70B
        (70.6, 15e12, 989.0, 1.0, 6_400_000.0),  # Llama 3 70B
        (40.0, 1e12, 312.0, 0.0, 552_960.0),  # Falcon 40B
        (17.0, 40e12, 989.0, 1.0, 5_000_000.0),  # Llama 4 Scout
    ],
)
def test_published_programmes_within_a_factor_of_two(
    active_b: float, tokens: float, tflops: float, is_hopper: float, hours: float, catalog: Catalog
) -> None:
    fitted = physics_of(catalog.columns.calibration).programme
    assert 0.5 < programme_hours(active_b, tokens, tflops, is_hopper, fitted) / hours < 2.0


def test_failed_runs_are_paid_too() -> None:
    assert failed_runs_hours(5505.0, 2.0) == 11_010.0
