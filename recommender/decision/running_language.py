"""Language models on own machines: the batch, the replicas, the time."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import (
    DEVICE,
    Array,
    Rows,
)
from recommender.decision.request_tokens import offline_hours, request_tokens
from recommender.domain.parameters import ServingParameters
from recommender.domain.units import HOURS_PER_MONTH, MS_PER_SECOND
from recommender.estimates.memory import kv_bytes_per_token, latent_kv_bytes_per_token
from recommender.estimates.serving_speed import Device, Load, ModelGeometry, serving_plan

DEFAULT_LAYERS, DEFAULT_KV_HEADS, DEFAULT_HEAD_DIM = 32.0, 8.0, 128.0


def language_on_own_machines(rows: Rows, fitted: ServingParameters) -> dict[str, Array]:
    situation, demand = rows.situation, rows.demand
    tokens = request_tokens(rows)
    calls = 1.0 + demand.extra_calls
    on_device = rows.at(DEVICE)
    peak = np.where(on_device, 1e-3, situation.peak_requests_per_second)
    load = Load(
        peak_per_second=peak * calls,
        mean_per_second=situation.mean_requests_per_second * calls,
        input_tokens=(tokens.input - 0.9 * tokens.cached) / calls,
        output_tokens=np.maximum(tokens.output / calls, 1.0),
        answer_limit_s=_limit(rows, "p95_ms") / calls,
        first_token_limit_s=_limit(rows, "first_token_p95_ms") / calls,
    )
    plan = serving_plan(_geometry(rows), _device(rows), load, fitted)
    error = situation["serving_time_error"]
    local = situation["local_network_ms"] + demand.extra_ms
    busy = tokens.output / plan.tokens_per_second * error
    replicas = np.where(on_device, 1.0, plan.replicas)
    hours = np.where(situation.is_offline, offline_hours(rows, busy), replicas * HOURS_PER_MONTH)
    shape = np.shape(plan.answer_s + local + hours)
    return {
        "monthly_usd": np.zeros(shape),
        "latency_ms": plan.answer_s * error * MS_PER_SECOND * calls + local,
        "first_token_ms": plan.first_token_s * error * MS_PER_SECOND * calls + local,
        "latency_p95_ms": plan.answer_p95_s * error * MS_PER_SECOND * calls + local,
        "first_token_p95_ms": plan.first_token_p95_s * error * MS_PER_SECOND * calls + local,
        "machine_hours": np.broadcast_to(hours, shape),
        "replicas": np.broadcast_to(replicas, shape),
        "memory_gb": np.broadcast_to(plan.memory_gb, shape),
        "fits": np.broadcast_to(plan.fits.astype(float), shape),
        "busy_seconds": np.broadcast_to(busy, shape),
    }


def _limit(rows: Rows, name: str) -> float:
    """A stated limit in seconds, else none."""
    stated = getattr(rows.situation.requirements.latency, name)
    return float("inf") if stated is None else stated / MS_PER_SECOND


def _geometry(rows: Rows) -> ModelGeometry:
    models = rows.columns.models
    layers = rows.of_model(models.layers)
    layers = np.where(np.isnan(layers), DEFAULT_LAYERS, layers)
    heads = rows.of_model(models.kv_heads)
    width = rows.of_model(models.head_dim)
    grouped = kv_bytes_per_token(
        layers, np.where(np.isnan(heads), DEFAULT_KV_HEADS, heads), np.where(np.isnan(width), DEFAULT_HEAD_DIM, width)
    )
    rank = rows.of_model(models.kv_lora_rank)
    latent = latent_kv_bytes_per_token(layers, rank, rows.of_model(np.nan_to_num(models.rope_dim, nan=64.0)))
    return ModelGeometry(
        parameters_b=rows.of_model(models.parameters_b),
        active_b=rows.of_model(models.active_b),
        layers=layers,
        kv_bytes_per_token=np.where(np.isnan(rank), grouped, latent),
        experts=rows.of_model(models.experts),
        experts_active=rows.of_model(models.experts_active),
    )


def _device(rows: Rows) -> Device:
    hardware, deployments = rows.columns.hardware, rows.deployments
    bits = rows.of_deployment(deployments.bits)
    half, eighth = rows.of_hardware(hardware.tflops_16), rows.of_hardware(hardware.tflops_8)
    return Device(
        memory_gb=rows.of_deployment(deployments.memory_gb),
        bandwidth_gbps=rows.of_hardware(hardware.bandwidth_gbps),
        tflops=np.where((bits == 8.0) & ~np.isnan(eighth), eighth, half),
        count=rows.of_deployment(deployments.count),
        bits=bits,
    )
