"""Serving: expert coverage, batches that meet a limit, replicas, and what must never happen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from machines import EIGHT_H100, GPT_OSS_120B, H100, LLAMA_8B, LLAMA_70B, UNKNOWN, load

from recommender import Catalog
from recommender.domain.parameters import ServingParameters, physics_of
from recommender.estimates.decode_step import ModelGeometry, routed_b, step_seconds, step_terms, weights_read_b
from recommender.estimates.memory import fits, weights_gb
from recommender.estimates.offline_speed import offline_tokens_per_second
from recommender.estimates.serving_speed import first_token_seconds, serving_plan

MODELS = {"llama-8b": LLAMA_8B, "llama-70b": LLAMA_70B, "gpt-oss-120b": GPT_OSS_120B}
any_model = st.sampled_from(tuple(MODELS.values()))
any_peak = st.floats(0.001, 500.0)


@pytest.fixture(scope="module")
def fitted(catalog: Catalog) -> ServingParameters:
    return physics_of(catalog.columns.calibration).serving


def test_a_batch_reads_more_and_more_experts() -> None:
    # routed = (116.8 - 5.1) / (1 - 4/128) = 115.303; of them 1 - (124/128)^batch are read
    assert routed_b(GPT_OSS_120B) == pytest.approx(115.303, abs=0.001)
    assert weights_read_b(GPT_OSS_120B, 1.0) == pytest.approx(5.1)  # one token reads what is at work
    assert weights_read_b(GPT_OSS_120B, 32.0) == pytest.approx(75.05, abs=0.01)  # 1.497 + 115.303 * (1 - 0.96875^32)
    assert weights_read_b(GPT_OSS_120B, 4096.0) == pytest.approx(116.8)  # in the end all of them
    assert weights_read_b(LLAMA_8B, 1.0) == weights_read_b(LLAMA_8B, 512.0) == 8.03


def test_a_mixture_whose_experts_are_untold_is_no_dense_model() -> None:
    untold = ModelGeometry(108.6, 17.0, 48.0, 1e5, UNKNOWN, UNKNOWN)
    assert 17.0 <= weights_read_b(untold, 1.0) < weights_read_b(untold, 64.0) <= 108.6


def test_a_plan_meets_the_limit_or_serves_one_at_a_time(fitted: ServingParameters) -> None:
    strict = serving_plan(LLAMA_70B, EIGHT_H100, load(5.0, limit_s=12.0), fitted)
    relaxed = serving_plan(LLAMA_70B, EIGHT_H100, load(5.0), fitted)
    assert strict.answer_p95_s <= 12.0
    assert strict.batch <= relaxed.batch and strict.replicas >= relaxed.replicas


def test_a_spare_replica_stands_by(fitted: ServingParameters) -> None:
    needed = serving_plan(LLAMA_8B, H100, load(3.0), fitted)
    spared = serving_plan(LLAMA_8B, H100, replace(load(3.0), spare_replicas=1.0), fitted)
    assert spared.replicas == needed.replicas + 1
    assert spared.utilisation < needed.utilisation


def test_what_does_not_fit_has_no_replicas_and_what_is_unknown_no_time(fitted: ServingParameters) -> None:
    too_large = serving_plan(LLAMA_70B, replace(H100, bits=16.0), load(1.0), fitted)
    assert not too_large.fits and np.isnan(too_large.replicas)
    unknown = serving_plan(replace(LLAMA_8B, parameters_b=UNKNOWN, active_b=UNKNOWN), H100, load(1.0), fitted)
    assert not unknown.fits and np.isnan(unknown.answer_s)


@given(any_model, any_peak, st.floats(1.0, 20.0))
def test_a_higher_load_never_lowers_latency(catalog: Catalog, model: ModelGeometry, peak: float, times: float) -> None:
    fitted = physics_of(catalog.columns.calibration).serving
    low, high = (serving_plan(model, EIGHT_H100, load(one), fitted) for one in (peak, peak * times))
    assert high.answer_s >= low.answer_s * (1 - 1e-9)
    assert high.first_token_p95_s >= low.first_token_p95_s * (1 - 1e-9)
    assert high.replicas >= low.replicas


@given(any_model, st.floats(1.0, 16.0), st.floats(1.0, 4.0), st.floats(0.0, 400.0))
def test_more_accelerators_never_fit_less(model: ModelGeometry, count: float, times: float, cache: float) -> None:
    weights = weights_gb(model.parameters_b, 8.0)
    assert fits(80.0, count * times, weights, cache) >= fits(80.0, count, weights, cache)


@given(any_model, st.floats(1.0, 512.0), st.floats(1.0, 4.0), st.floats(100.0, 8000.0))
def test_a_longer_input_or_a_larger_batch_never_shortens_a_step(
    catalog: Catalog, model: ModelGeometry, batch: float, times: float, tokens: float
) -> None:
    fitted = physics_of(catalog.columns.calibration).serving
    short, long = (step_terms(model, EIGHT_H100, one, 500.0, fitted.step) for one in (tokens, tokens * times))
    assert step_seconds(long, batch) >= step_seconds(short, batch)
    assert step_seconds(short, batch * times) >= step_seconds(short, batch)
    waits = [
        first_token_seconds(terms, batch, one, fitted.first_token) for terms, one in ((short, tokens), (long, tokens * times))
    ]
    assert waits[1] >= waits[0]


def test_plans_take_numbers_and_columns_alike(fitted: ServingParameters) -> None:
    names = ("parameters_b", "active_b", "layers", "kv_bytes_per_token", "experts", "experts_active", "hidden")
    together = ModelGeometry(**{name: np.array([getattr(one, name) for one in MODELS.values()]) for name in names})
    plan = serving_plan(together, EIGHT_H100, load(4.0, limit_s=20.0), fitted)
    speed = offline_tokens_per_second(together, EIGHT_H100, 1000.0, 1000.0, fitted)
    for place, model in enumerate(MODELS.values()):
        alone = serving_plan(model, EIGHT_H100, load(4.0, limit_s=20.0), fitted)
        for name in ("batch", "replicas", "token_s", "answer_p95_s", "memory_gb", "utilisation"):
            assert getattr(plan, name)[place] == pytest.approx(float(getattr(alone, name)), rel=1e-12)
        assert speed[place] == pytest.approx(float(offline_tokens_per_second(model, EIGHT_H100, 1000.0, 1000.0, fitted)))
