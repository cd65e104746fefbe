"""Energy and carbon of answers."""

from __future__ import annotations

import numpy as np

from recommender.domain.parameters import EnergyParameters
from recommender.domain.record import record
from recommender.domain.units import JOULES_PER_KWH, THOUSAND, Quantity

POWER_SHARE = 0.866  # of the rated power, fitted; absorbs prefill and the step's own error
LEAST_ARITHMETIC = 1e-4
HOURS_IN_THREE_YEARS = 26_280.0
EMBODIED_MACHINE_KG, EMBODIED_ACCELERATOR_KG = 5700.0, 164.0
ACCELERATORS_PER_MACHINE = 8.0


@record
class Machines:
    """Accelerators that serve one model: rated power each [W] and how many."""

    power_w: Quantity
    count: Quantity


def power_share(arithmetic: Quantity, fitted: EnergyParameters) -> Quantity:
    """Power drawn over rated power while serving. [share]

    share = full * arithmetic ^ power

    Args:
        arithmetic: part of a step in which arithmetic is busy. [share]
        fitted: `full` is drawn when it always is; a small power, because waiting draws nearly as much as working.

    References:
        [1] ml-energy/leaderboard, measured power of vLLM runs on H100 and B200, fitted; read 2026-11-23.
    """
    return fitted.full_share * np.maximum(arithmetic, LEAST_ARITHMETIC) ** fitted.arithmetic_power


def joules_per_token(machines: Machines, step_s: Quantity, batch: Quantity, share: Quantity) -> Quantity:
    """Energy of one output token, the prompt's share included. [J]

    energy = rated power * accelerators * share * step / batch

    References:
        [1] ml-energy/leaderboard, energy per token of vLLM runs on H100 and B200, fitted; read 2026-11-23.
    """
    return machines.power_w * machines.count * share * step_s / batch


def grams_per_1k(power_w: Quantity, full_power_seconds: Quantity, overhead: Quantity, grams_per_kwh: Quantity) -> Quantity:
    """Carbon of a thousand requests on own machines. [gCO2e per 1,000 requests]

    grams = power * seconds * 1000 / 3.6e6 * overhead * grid

    Args:
        power_w: rated, of all accelerators. [W]
        full_power_seconds: of one request, times the share of the rated power that is drawn. [s]
        overhead: cooling and the rest of the machine. [times]
        grams_per_kwh: of the region's electricity. [gCO2e per kWh]

    References:
        [1] mlco2/ecologits, data/electricity_mixes.csv, read 2026-11-23.
        [2] ml-energy/leaderboard, measured power against rated power, read 2026-11-23.
    """
    return power_w * full_power_seconds * THOUSAND / JOULES_PER_KWH * overhead * grams_per_kwh


def embodied_grams_per_1k(busy_seconds: Quantity, machines: Machines) -> Quantity:
    """Carbon of making the machines, spread over three years of use. [gCO2e per 1,000 requests]

    grams = seconds * 1000 / (3 years) * (accelerators / 8 * 5700 + accelerators * 164) kg

    References:
        [1] mlco2/ecologits, ecologits/impacts/llm.py, embodied impacts of a server and of a GPU, read 2026-11-23.
    """
    kilograms = machines.count / ACCELERATORS_PER_MACHINE * EMBODIED_MACHINE_KG + machines.count * EMBODIED_ACCELERATOR_KG
    return busy_seconds * THOUSAND / (HOURS_IN_THREE_YEARS * 3600.0) * kilograms * THOUSAND


def vendor_grams_per_1k(output_tokens: Quantity, grams_per_1k_tokens: Quantity) -> Quantity:
    """Carbon of a thousand requests to a hosted closed model: an order of magnitude, no more. [gCO2e per 1,000 requests]

    grams = output tokens * grams per thousand tokens

    References:
        [1] mlco2/ecologits keeps ranges for closed models; half of the open ones fall within a factor of two, read 2026-11-23.
    """
    return output_tokens * grams_per_1k_tokens
