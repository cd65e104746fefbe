"""Names that people and tables write: sizes in them, models and accelerators behind them."""

from __future__ import annotations

import math

import pytest

from recommender import Catalog
from recommender.domain.model_names import sizes_in, words_of
from recommender.validation.known import Known


@pytest.fixture(scope="module")
def known(catalog: Catalog) -> Known:
    return Known(catalog.columns)


@pytest.mark.parametrize(
    "name, parameters, active",
    [
        ("Qwen3-235B-A22B", 235.0, 22.0),
        ("unsloth/Qwen3.6-35B-A3B-GGUF", 35.0, 3.0),
        ("somebody/New-Model-8B-Instruct", 8.0, math.nan),
        ("MPT-350m", 0.35, math.nan),
        ("google/gemma-4-E2B-it", math.nan, 2.2),
        ("LiquidAI/LFM2-8B-A1B", 8.0, 1.0),
        ("MiniMax-M2.5", math.nan, math.nan),
    ],
)
def test_sizes_are_read_from_a_name(name: str, parameters: float, active: float) -> None:
    found = sizes_in(name)
    assert found.parameters_b == pytest.approx(parameters, nan_ok=True)
    assert found.active_b == pytest.approx(active, nan_ok=True)


def test_formats_and_makers_do_not_tell_models_apart() -> None:
    assert words_of("unsloth/Qwen3-8B-GGUF") == words_of("Qwen/Qwen3-8B") == ("qwen3", "8b")


@pytest.mark.parametrize(
    "name, parameters, layers",
    [
        ("llama-3.1-70b", 70.6, 80),
        ("meta-llama/Llama-3.1-70B-Instruct-FP8", 70.6, 80),
        ("glm-5", 744.0, 78),
        ("zai-org/GLM-4.5-Air", 110.47, 46),
        ("qwen3-coder-480b-a35b", 480.0, 62),
        ("someone/Qwen3.6-27B-abliterated-NVFP4", 27.78, 64),
    ],
)
def test_a_model_is_found_by_what_people_call_it(name: str, parameters: float, layers: int, known: Known) -> None:
    found = known.model(name)
    assert found.parameters_b == pytest.approx(parameters, rel=1e-3)
    assert found.layers == layers


def test_a_model_that_nobody_knows_has_what_its_name_says(known: Known) -> None:
    found = known.model("new-lab/Unheard-120B-A6B")
    assert (found.parameters_b, found.active_b) == (120.0, 6.0) and math.isnan(found.layers)
    assert math.isnan(known.model("new-lab/unheard").parameters_b)


@pytest.mark.parametrize(
    "name, bandwidth",
    [
        ("h100_sxm", 3350.0), ("H100", 3350.0), ("NVIDIA H100 SXM5 80GB", 3350.0), ("b200_sxm", 7700.0), ("GB200", 8000.0),
        ("RTX 3090", 936.0), ("NVIDIA GeForce RTX 4090", 1008.0), ("A100-SXM4-80GB", 2039.0),
    ],
)  # fmt: skip
def test_an_accelerator_is_found_by_what_people_call_it(name: str, bandwidth: float, known: Known) -> None:
    assert known.accelerator(name).bandwidth_gbps == bandwidth


def test_a_similar_name_is_not_the_same_accelerator(known: Known) -> None:
    assert math.isnan(known.accelerator("H20").bandwidth_gbps)
    assert math.isnan(known.accelerator("Ascend 910B").bf16_tflops)
    assert math.isnan(known.accelerator("").bf16_tflops)
