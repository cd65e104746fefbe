"""The formulas that calculators usually use, on the same rows: what ours are compared with. Our own writing of their rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from recommender.domain.units import BITS_PER_BYTE, GIGA, JOULES_PER_KWH, MS_PER_SECOND, TERA
from recommender.estimates.training import training_hours
from recommender.validation.others import Drawn, OnDevice, Programme, Trained
from recommender.validation.serving import Served
from recommender.validation.table import Floats

MBU, PREFILL_MFU, MFU, LOCAL_SHARE = 0.8, 0.5, 0.4, 0.55
ECOLOGITS = (1.1665273170451914e-06, -0.011205921025579175, 4.052928146734005e-05)  # Wh per token, by batch and size
ECOLOGITS_GPU_GB, ECOLOGITS_MARGIN = 80.0, 1.2


def token_ms(row: Served) -> Floats:
    """Active weights, keys and values over 80 % of the bandwidth. [ms]"""
    weights = row.model.active_b * row.device.bits / BITS_PER_BYTE
    cache = row.model.kv_bytes_per_token * (row.input_tokens + row.output_tokens / 2.0) * row.batch / GIGA
    return np.asarray((weights + cache) / (row.device.count * row.device.bandwidth_gbps * MBU) * MS_PER_SECOND)


def first_token_ms(row: Served) -> Floats:
    """Two FLOPs per active parameter and input token, at half of the peak. [ms]"""
    work = 2.0 * row.model.active_b * GIGA * row.input_tokens
    return np.asarray(work / (row.device.count * row.device.tflops * TERA * PREFILL_MFU) * MS_PER_SECOND)


def throughput_tok_s(row: Served) -> Floats:
    """Two FLOPs per active parameter and output token, at 40 % of the peak. [tokens/s]"""
    return np.asarray(row.device.count * row.device.tflops * TERA * MFU / (2.0 * row.model.active_b * GIGA))


def token_joules(row: Served) -> Floats:
    """EcoLogits' regression of energy per token and accelerator, times the accelerators that it counts. [J]

    References:
        [1] mlco2/ecologits@242523d, ecologits/impacts/llm.py, constants of gpu_energy, read 2026-11-24.
    """
    alpha, beta, gamma = ECOLOGITS
    each = alpha * np.exp(beta * row.batch) * row.model.active_b + gamma
    memory = ECOLOGITS_MARGIN * row.model.parameters_b * row.device.bits / BITS_PER_BYTE
    count = 2.0 ** np.ceil(np.log2(np.ceil(memory / ECOLOGITS_GPU_GB)))
    return np.asarray(each / 1000.0 * JOULES_PER_KWH * count)


def stream_tok_s(row: OnDevice) -> Floats:
    """llmfit's rule: 55 % of the bandwidth over the active weights. [tokens/s]"""
    return np.asarray(LOCAL_SHARE * row.device.bandwidth_gbps / (row.model.active_b * row.model.bits / BITS_PER_BYTE))


def trained_tok_s(row: Trained) -> Floats:
    """Six FLOPs per parameter and token, at 40 % of the peak. [tokens/s]"""
    return np.asarray(row.run.tflops * TERA * MFU / (6.0 * row.parameters_b * GIGA))


def accelerator_hours(row: Programme) -> Floats:
    """Six FLOPs per parameter and token, at 40 % of the peak. [h]"""
    return np.asarray(training_hours(row.active_b, row.tokens, row.tflops, MFU))


def picture_s(row: Drawn) -> Floats:
    """FLOPs of all steps at 40 % of the peak. [s]"""
    one, many = row.denoiser, row.drawing
    tokens = (many.size / one.pixels_per_token) ** 2
    work = many.steps * one.passes * 2.0 * one.parameters_b * GIGA * tokens * many.batch
    return np.asarray(work / (many.tflops * TERA * MFU * many.count))


USUAL: dict[str, Callable[[Any], Floats]] = {
    "tpot": token_ms,
    "ttft": first_token_ms,
    "throughput": throughput_tok_s,
    "energy": token_joules,
    "local_speed": stream_tok_s,
    "training_hours": accelerator_hours,
    "training_speed": trained_tok_s,
    "image_latency": picture_s,
}
