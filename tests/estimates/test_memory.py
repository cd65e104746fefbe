"""Memory: what one token leaves in the cache of published models, what weights take, what fits."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Catalog
from recommender.estimates.memory import (
    kv_bytes_per_token,
    kv_gb,
    latent_kv_bytes_per_token,
    memory_per_accelerator_gb,
    most_sequences,
    room_for_cache_gb,
    weights_gb,
    windowed_kv_values,
)
from recommender.validation.known import Known

# Bytes per token at 16 bits, from the layers, key/value heads and head width that the makers publish.
PUBLISHED = {
    "meta-llama/Llama-3.1-8B-Instruct": 131_072,  # 2 * 32 * 8 * 128 * 2
    "meta-llama/Llama-3.1-70B-Instruct": 327_680,  # 2 * 80 * 8 * 128 * 2
    "meta-llama/Llama-3.1-405B-Instruct": 516_096,  # 2 * 126 * 8 * 128 * 2
    "Qwen/Qwen3-32B": 262_144,  # 2 * 64 * 8 * 128 * 2
    "Qwen/Qwen3-30B-A3B": 98_304,  # 2 * 48 * 4 * 128 * 2
    "microsoft/phi-4": 204_800,  # 2 * 40 * 10 * 128 * 2
    "mistralai/Mistral-7B-Instruct-v0.3": 131_072,  # 2 * 32 * 8 * 128 * 2
    "Qwen/Qwen3.5-397B-A17B": 30_720,  # a quarter of 60 layers sees everything: 2 * 15 * 2 * 256 * 2
    "deepseek-ai/DeepSeek-R1": 70_272,  # latent: 61 * (512 + 64) * 2
}


@pytest.mark.parametrize("name, expected", PUBLISHED.items())
def test_a_published_model_leaves_this_much_per_token(name: str, expected: int, catalog: Catalog) -> None:
    assert Known(catalog.columns).model(name).kv_values * 2 == pytest.approx(expected)


def test_formulas_give_the_published_sizes() -> None:
    assert kv_bytes_per_token(32, 8, 128) == 131_072  # Llama 3.1 8B, as vLLM's planner prints it
    assert kv_bytes_per_token(32, 32, 128) == 524_288  # Llama 2 7B, every head its own keys: 2 * 32 * 32 * 128 * 2
    assert latent_kv_bytes_per_token(61, 512, 64, 1.0) == 35_136  # DeepSeek R1 at 8 bits


@pytest.mark.parametrize("tokens, expected", [(512, 253_952.0), (1024, 253_952.0), (8192, 67_584.0)])
def test_layers_with_a_window_stop_growing(tokens: int, expected: float, catalog: Catalog) -> None:
    model = Known(catalog.columns).model("google/gemma-3-27b-it")
    # 40,960 values see everything; 212,992 see 1,024 tokens: at 8,192 tokens 40,960 + 212,992 / 8
    values = windowed_kv_values(model.kv_values, model.window_values, model.window_tokens, float(tokens))
    assert values == pytest.approx(expected)


def test_weights_of_common_formats() -> None:
    assert weights_gb(8.03, 16.0) == pytest.approx(16.06)
    assert weights_gb(8.03, 4.894) == pytest.approx(4.912, abs=0.001)  # Q4_K_M: 8.03 * 4.894 / 8; llama.cpp lists 4.58 GiB
    assert weights_gb(671.0, 8.0) == pytest.approx(671.0)


def test_concurrency_of_a_70b_model_on_two_h100() -> None:
    room = room_for_cache_gb(80.0, 2.0, weights_gb(70.6, 8.0))  # 0.9 * 160 - 1.05 * 70.6 - 1.56 * 2 = 66.75 GB
    each = kv_gb(327_680.0, 1500.0, 1.0)  # 0.4915 GB
    assert room == pytest.approx(66.75)
    assert most_sequences(room, each) == 135  # 66.75 / 0.4915 = 135.8


def test_latent_attention_keeps_its_cache_on_every_accelerator() -> None:
    once = memory_per_accelerator_gb(80.0, 16.0, 8.0)  # 1.05 * 80 / 8 + 16 / 8 + 1.56 = 14.06
    assert once == pytest.approx(14.06)
    assert memory_per_accelerator_gb(80.0, 16.0, 8.0, cache_copies=8.0) == pytest.approx(28.06)  # 10.5 + 16 + 1.56


def test_unknown_weights_fit_nothing() -> None:
    assert np.isnan(room_for_cache_gb(80.0, 1.0, np.nan))
