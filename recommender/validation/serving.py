"""Served language models in a table: time per token, wait for the first, largest throughput, energy."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from recommender.domain.parameters import Physics, ServingParameters
from recommender.domain.units import BITS_BY_FORMAT, MS_PER_SECOND
from recommender.estimates.decode_step import (
    Device,
    ModelGeometry,
    StepTerms,
    arithmetic_share,
    step_seconds,
    step_terms,
    usual_layers,
)
from recommender.estimates.energy import Machines, joules_per_token, power_share
from recommender.estimates.engines import first_token_factor, launch_factor
from recommender.estimates.memory import windowed_kv_values
from recommender.estimates.offline_speed import offline_tokens_per_second
from recommender.estimates.serving_speed import first_token_seconds
from recommender.validation.known import USUAL_KV_VALUES_PER_LAYER, Known, KnownAccelerator, KnownModel
from recommender.validation.table import Floats, Table

UNSTATED_BITS = 10.0  # between the 8 and 16 bits that most servers use
ENGINES = {
    "tensorrtllm": "trtllm",
    "tensorrt": "trtllm",
    "trt": "trtllm",
    "trtllm": "trtllm",
    "sglang": "sglang",
    "vllm": "vllm",
}
HALF_BITS, EIGHT_BITS = 16.0, 8.0


@dataclass(frozen=True)
class Served:
    """What a table says about serving, as columns."""

    model: ModelGeometry
    device: Device
    engine: NDArray[np.str_]
    is_newer: Floats
    input_tokens: Floats
    output_tokens: Floats
    batch: Floats


def served(table: Table, known: Known) -> Served:
    """Models, machines and loads of every row; NaN where something cannot be known."""
    engine = np.array([ENGINES.get(_letters(word), _letters(word)) for word in table.lower("engine")], dtype=np.str_)
    precision = table.lower("precision")
    input_tokens, output_tokens = table.numbers("isl"), table.numbers("osl")
    machine = stacked([known.accelerator(name) for name in table.words("gpu")], KnownAccelerator)
    bits = np.array([bits_of(word) for word in precision], float)
    is_small_cache = (engine == "trtllm") & (precision != "") & (bits < HALF_BITS)
    return Served(
        model=geometry_of(table, known, input_tokens + output_tokens / 2.0, np.where(is_small_cache, 1.0, 2.0)),
        device=Device(
            memory_gb=machine["memory_gb"],
            bandwidth_gbps=machine["bandwidth_gbps"],
            tflops=tflops_at(machine, bits),
            count=_at_least_one(table.numbers("n_gpus")),
            bits=bits,
            power_w=machine["power_w"],
        ),
        engine=engine,
        is_newer=(~np.isnan(machine["fp4_tflops"])).astype(float),
        input_tokens=input_tokens,
        output_tokens=output_tokens,
        batch=table.numbers("batch"),
    )


def stacked(found: list[KnownModel] | list[KnownAccelerator], shape: type) -> dict[str, Floats]:
    """Looked-up facts as columns."""
    return {field.name: np.array([getattr(one, field.name) for one in found], float) for field in fields(shape)}


def geometry_of(table: Table, known: Known, context: Floats, value_bytes: Floats) -> ModelGeometry:
    """Shapes of the table's models, with the keys and values of a sequence of that length per token."""
    shape = stacked([known.model(name) for name in table.words("model")], KnownModel)
    layers = np.where(np.isnan(shape["layers"]), usual_layers(shape["active_b"]), shape["layers"])
    usual = USUAL_KV_VALUES_PER_LAYER * layers
    every = np.where(np.isnan(shape["kv_values"]), usual, shape["kv_values"])
    values = windowed_kv_values(every, shape["window_values"], shape["window_tokens"], context)
    return ModelGeometry(
        parameters_b=shape["parameters_b"],
        active_b=shape["active_b"],
        layers=shape["layers"],
        kv_bytes_per_token=values * value_bytes,
        experts=shape["experts"],
        experts_active=shape["experts_active"],
        hidden=shape["hidden"],
    )


def bits_of(precision: str) -> float:
    """Stored bits per weight of a precision's word."""
    if not precision:
        return UNSTATED_BITS
    named = [bits for name, bits in BITS_BY_FORMAT.items() if name in precision]
    return named[0] if named else UNSTATED_BITS


def tflops_at(machine: dict[str, Floats], bits: Floats) -> Floats:
    """Dense speed at a precision; where a machine has none at 8 or 4 bits, its 16-bit speed."""
    half = machine["bf16_tflops"]
    small = np.where(bits < EIGHT_BITS, machine["fp4_tflops"], machine["fp8_tflops"])
    return np.asarray(np.where((bits > EIGHT_BITS) | np.isnan(small), half, small))


def _letters(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter.isalpha())


def _at_least_one(count: Floats) -> Floats:
    return np.where(np.isnan(count) | (count < 1.0), 1.0, count)


def _device(row: Served, fitted: ServingParameters) -> Device:
    """The machines with the factors of their engine and generation."""
    return replace(
        row.device,
        launch_factor=launch_factor(row.engine, row.is_newer, fitted.step),
        first_token_factor=first_token_factor(row.engine, fitted),
    )


def token_ms(row: Served, fitted: Physics) -> Floats:
    """Time per output token. [ms]"""
    return np.asarray(step_seconds(_terms(row, fitted.serving), row.batch) * MS_PER_SECOND)


def first_token_ms(row: Served, fitted: Physics) -> Floats:
    """Wait for the first token. [ms]"""
    factor = first_token_factor(row.engine, fitted.serving)
    terms = _terms(row, fitted.serving)
    wait = first_token_seconds(terms, row.batch, row.input_tokens, fitted.serving.first_token, factor)
    return np.asarray(wait * MS_PER_SECOND)


def throughput_tok_s(row: Served, fitted: Physics) -> Floats:
    """Most output tokens per second when nobody waits. [tokens/s]"""
    device = _device(row, fitted.serving)
    return np.asarray(offline_tokens_per_second(row.model, device, row.input_tokens, row.output_tokens, fitted.serving))


def token_joules(row: Served, fitted: Physics) -> Floats:
    """Energy per output token. [J]"""
    terms = _terms(row, fitted.serving)
    share = power_share(arithmetic_share(terms, row.batch), fitted.energy)
    machines = Machines(row.device.power_w, row.device.count)
    return np.asarray(joules_per_token(machines, step_seconds(terms, row.batch), row.batch, share))


def _terms(row: Served, fitted: ServingParameters) -> StepTerms:
    return step_terms(row.model, _device(row, fitted), row.input_tokens, row.output_tokens, fitted.step)
