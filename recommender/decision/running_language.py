"""Language models on own machines: the batch, the replicas, the time; one stream on a device."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import DEVICE, Array, Rows
from recommender.decision.lookups import known_or
from recommender.decision.offline_work import offline_hours
from recommender.decision.request_tokens import (
    SKIPPED_OF_CACHED,
    awaited_tokens,
    calls_before_a_word,
    remembered_tokens,
    request_tokens,
)
from recommender.domain.parameters import LocalParameters, Physics, ServingParameters
from recommender.domain.units import HOURS_PER_MONTH, MS_PER_SECOND, Quantity
from recommender.estimates.decode_step import SPARSE_SHARE
from recommender.estimates.energy import power_share
from recommender.estimates.engines import launch_factor
from recommender.estimates.local_speed import LocalDevice, LocalModel, local_seconds_per_token
from recommender.estimates.memory import kv_bytes_per_token, latent_kv_bytes_per_token, windowed_kv_values
from recommender.estimates.serving_speed import TAIL, Device, Load, ModelGeometry, serving_plan
from recommender.estimates.token_cost import Tokens

DEFAULT_LAYERS, DEFAULT_KV_HEADS, DEFAULT_HEAD_DIM, DEFAULT_ROPE_DIM = 32.0, 8.0, 128.0, 64.0
ENGINE = "vllm"  # the engine whose speed is estimated: the commonest open one
LEAST_LIMIT_MS = 1.0
DEVICE_PEAK = 0.0  # one person asks one question at a time: nothing is served beside it


def language_on_own_machines(rows: Rows, fitted: Physics) -> dict[str, Array]:
    """Money is what machines cost, so only hours and machines are told here; times in milliseconds, memory in GB."""
    situation, demand = rows.situation, rows.demand
    tokens = request_tokens(rows)
    calls = 1.0 + demand.extra_calls
    on_device = rows.at(DEVICE)
    load = _load(rows, tokens, calls)
    model, machine = _geometry(rows, load.input_tokens + load.output_tokens), _device(rows, fitted.serving)
    plan = serving_plan(model, machine, load, fitted.serving)
    alone = _alone_seconds(rows, model, machine, fitted.local)
    awaited = np.minimum(load.output_tokens, load.awaited_tokens)
    whole = np.where(on_device, alone * awaited + plan.first_token_s, plan.answer_s)
    before = calls_before_a_word(rows)
    tail = np.where(on_device, 1.0, TAIL)
    error = np.where(on_device, situation["local_time_error"], situation["serving_time_error"])
    scale = error * MS_PER_SECOND
    local, first_local = (situation["local_network_ms"] + demand.extra_ms * part for part in (1.0, before / calls))
    busy = tokens.output / plan.tokens_per_second * situation["serving_time_error"]
    replicas = np.where(on_device, 1.0, plan.replicas)
    hours = np.where(situation.is_offline, offline_hours(rows, busy, replicas), replicas * HOURS_PER_MONTH)
    found: dict[str, Array] = {
        "monthly_usd": np.zeros(()),
        "latency_ms": whole * scale * calls + local,
        "first_token_ms": plan.first_token_s * scale * before + first_local,
        "latency_p95_ms": whole * tail * scale * calls + local,
        "first_token_p95_ms": plan.first_token_s * tail * scale * before + first_local,
        "machine_hours": hours,
        "replicas": replicas,
        "memory_gb": plan.memory_gb,
        "fits": plan.fits.astype(float),
        "full_power_seconds": busy * power_share(plan.arithmetic_share, fitted.energy),
        "busy_seconds": busy,
    }
    shape = np.broadcast_shapes(*(np.shape(value) for value in found.values()))
    return {name: np.broadcast_to(value, shape) for name, value in found.items()}


def _load(rows: Rows, tokens: Tokens, calls: Quantity) -> Load:
    """What must be carried per call. What all requests share is held once, what an agent has read before is its own; one replica stands by for a failure, except for work that can wait and for machines
    that are there already, of which there are only so many."""
    situation = rows.situation
    is_owned = rows.of_deployment(rows.deployments.is_owned) > 0
    needs_spare = ~is_owned & ~rows.at(DEVICE) & (not situation.is_offline)
    remembered = remembered_tokens(rows)
    held = (tokens.input - SKIPPED_OF_CACHED * (tokens.cached - remembered)) / calls
    return Load(
        peak_per_second=np.where(rows.at(DEVICE), DEVICE_PEAK, situation.peak_requests_per_second) * calls,
        mean_per_second=situation.monthly_mean_per_second * calls,
        input_tokens=held,
        cached_share=SKIPPED_OF_CACHED * remembered / calls / np.maximum(held, 1.0),
        output_tokens=np.maximum(tokens.output / calls, 1.0),
        awaited_tokens=awaited_tokens(rows),
        answer_limit_s=_limit_of_a_call(rows, "p95_ms", calls, calls),
        first_token_limit_s=_limit_of_a_call(rows, "first_token_p95_ms", calls_before_a_word(rows), calls),
        most_load=situation["utilisation_limit"],
        spare_replicas=np.where(needs_spare, np.round(situation["spare_replicas"]), 0.0),
    )


def _limit_of_a_call(rows: Rows, name: str, counted: Quantity, calls: Quantity) -> Quantity:
    """What a stated limit leaves each of the calls that count for it, after the network, their tools and look-ups with their vectors;
    without one, no limit. [s]"""
    stated = getattr(rows.situation.requirements.latency, name)
    if stated is None:
        return float("inf")
    searched = rows.situation["encoder_fixed_ms"] * rows.demand.retrievals * rows.situation["parts_tail_factor"]
    others = rows.situation["local_network_ms"] + rows.demand.extra_ms * counted / calls + searched
    return np.asarray(np.maximum(stated - others, LEAST_LIMIT_MS) / MS_PER_SECOND, float) / counted


def _geometry(rows: Rows, context: Quantity) -> ModelGeometry:
    """Shapes per candidate; the cache as a sequence of that length leaves it per token."""
    models = rows.columns.models
    found_layers = rows.of_model(models.layers)
    layers = np.where(np.isnan(found_layers), DEFAULT_LAYERS, found_layers)
    rank = rows.of_model(models.kv_lora_rank)
    is_latent = ~np.isnan(rank)
    heads = kv_bytes_per_token(
        layers,
        rows.of_model(known_or(models.kv_heads, DEFAULT_KV_HEADS)),
        rows.of_model(known_or(models.head_dim, DEFAULT_HEAD_DIM)),
    )
    latent = latent_kv_bytes_per_token(layers, rank, rows.of_model(known_or(models.rope_dim, DEFAULT_ROPE_DIM)))
    every = np.where(is_latent, latent, heads)
    full = rows.of_model(known_or(models.full_attention_share, 1.0))
    window = rows.of_model(known_or(models.window_tokens, 0.0))
    return ModelGeometry(
        parameters_b=rows.of_model(models.parameters_b),
        active_b=rows.of_model(models.active_b),
        layers=found_layers,
        kv_bytes_per_token=windowed_kv_values(every * full, every * (1.0 - full), window, context),
        experts=rows.of_model(models.experts),
        experts_active=rows.of_model(models.experts_active),
        hidden=rows.of_model(models.hidden),
        cache_copies=np.where(is_latent, rows.of_deployment(rows.deployments.count), 1.0),
    )


def _device(rows: Rows, fitted: ServingParameters) -> Device:
    """Accelerators per candidate; where they have no arithmetic at a model's bits, their 16-bit one works."""
    hardware, deployments = rows.columns.hardware, rows.deployments
    bits = rows.of_deployment(deployments.bits)
    half, eighth, fourth = (rows.of_hardware(speed) for speed in (hardware.tflops_16, hardware.tflops_8, hardware.tflops_4))
    small = np.where(bits < 8.0, fourth, eighth)
    return Device(
        memory_gb=rows.of_deployment(deployments.memory_gb),
        bandwidth_gbps=rows.of_hardware(hardware.bandwidth_gbps),
        tflops=np.where((bits > 8.0) | np.isnan(small), half, small),
        count=rows.of_deployment(deployments.count),
        bits=bits,
        launch_factor=launch_factor(ENGINE, (~np.isnan(fourth)).astype(float), fitted.step),
        measured_ratio=known_or(rows.of_deployment(rows.deployments.speed_ratio), 1.0),
    )


def _alone_seconds(rows: Rows, model: ModelGeometry, machine: Device, fitted: LocalParameters) -> Array:
    """Time per token of a single stream. [s]"""
    is_mixture = np.where(model.active_b < SPARSE_SHARE * model.parameters_b, 1.0, 0.0)
    light = LocalModel(model.parameters_b, model.active_b, machine.bits, is_mixture)
    return np.asarray(local_seconds_per_token(light, LocalDevice(machine.memory_gb, machine.bandwidth_gbps), fitted))
