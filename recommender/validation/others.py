"""Single streams on devices, training and pictures in a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.domain.model_names import sizes_in
from recommender.domain.parameters import Physics
from recommender.domain.units import BITS_BY_FORMAT, GIGA
from recommender.estimates.decode_step import SPARSE_SHARE
from recommender.estimates.image import Denoiser, Drawing, drawing_seconds
from recommender.estimates.local_speed import LocalDevice, LocalModel, local_speed
from recommender.estimates.training import Run, programme_hours, training_tokens_per_second
from recommender.validation.known import Known, KnownAccelerator, usual_active_b
from recommender.validation.serving import stacked
from recommender.validation.table import Floats, Table

BATCHING_ENGINES = ("vllm", "sglang", "trtllm")  # they split a model over accelerators and serve sequences side by side
MOST_STREAMS = 256.0  # a larger "batch" is the number of prompt tokens read at once


@dataclass(frozen=True)
class OnDevice:
    """Streams on devices; `side_by_side` counts those that share one reading of the weights."""

    model: LocalModel
    device: LocalDevice
    side_by_side: Floats
    speculates: Floats


@dataclass(frozen=True)
class Trained:
    """Training runs: parameters in billions."""

    parameters_b: Floats
    run: Run


@dataclass(frozen=True)
class Programme:
    """Whole training programmes: active parameters in billions, tokens, accelerators."""

    active_b: Floats
    tokens: Floats
    tflops: Floats
    is_hopper: Floats


@dataclass(frozen=True)
class Drawn:
    """Pictures drawn."""

    denoiser: Denoiser
    drawing: Drawing


def on_device(table: Table, known: Known) -> OnDevice:
    """Streams on devices; the table's own bandwidth and memory first."""
    machine = _machines(table.words("gpu"), known)
    count = _known_or(table.numbers("n_gpus"), 1.0)
    batches = np.isin(table.lower("engine"), BATCHING_ENGINES)
    device = LocalDevice(
        memory_gb=_known_or(table.numbers("vram_gb"), machine["memory_gb"]),
        bandwidth_gbps=_known_or(table.numbers("bw_gbps"), machine["bandwidth_gbps"]),
        count=count,
        reading=np.where(batches, count, 1.0),
    )
    streams = _known_or(table.numbers("batch"), 1.0)
    side_by_side = np.where(batches & (streams <= MOST_STREAMS), np.maximum(streams, 1.0), 1.0)
    return OnDevice(local_models(table, known), device, side_by_side, table.truths("spec").astype(float))


def local_models(table: Table, known: Known) -> LocalModel:
    """Models as they lie on devices: the catalog's sizes where it has the model, else the table's, else the name's."""
    names = table.words("model")
    stated, stated_active = table.numbers("params_b"), table.numbers("active_b")
    says_mixture = table.truths("is_moe")
    sizes = [_local_size(known, *row) for row in zip(names, stated, stated_active, says_mixture, strict=True)]
    parameters, active = np.array(sizes, float).reshape(len(sizes), 2).T
    effective = np.array([sizes_in(name).is_effective for name in names], bool)
    is_mixture = says_mixture | ((active < SPARSE_SHARE * parameters) & ~effective)
    named = np.array([BITS_BY_FORMAT.get(word, np.nan) for word in table.lower("quant")], float)
    return LocalModel(parameters, active, _known_or(table.numbers("bpw"), named), is_mixture.astype(float))


def _local_size(known: Known, name: str, stated: float, stated_active: float, says_mixture: bool) -> tuple[float, float]:
    """All parameters and those at work [billions]."""
    found, said = known.model(name), sizes_in(name)
    is_known = known.is_known(name)
    parameters = found.parameters_b if is_known or np.isnan(stated) else stated
    guess = found.active_b if is_known or np.isnan(stated_active) else stated_active
    active = float(np.fmin(parameters, guess if np.isnan(said.active_b) else said.active_b))
    if says_mixture and not active < SPARSE_SHARE * parameters:
        active = usual_active_b(parameters)
    return parameters, active


def stream_tok_s(row: OnDevice, fitted: Physics) -> Floats:
    """Speed on a device. [tokens/s]"""
    return np.asarray(local_speed(row.model, row.device, fitted.local, row.speculates) * row.side_by_side)


def trained(table: Table, known: Known) -> Trained:
    """Training runs."""
    machine = _machines(table.words("gpu"), known)
    run = Run(
        sequence_tokens=table.numbers("seq"),
        tflops=machine["bf16_tflops"],
        is_hopper=_is_hopper(machine),
        is_fp8=np.array(["fp8" in word for word in table.lower("prec")], float),
        is_checkpointed=table.truths("ckpt").astype(float),
    )
    return Trained(_known_or(table.numbers("N") / GIGA, _named_sizes(table)), run)


def trained_tok_s(row: Trained, fitted: Physics) -> Floats:
    """Tokens that one accelerator trains on per second. [tokens/s]"""
    return np.asarray(training_tokens_per_second(row.parameters_b, row.run, fitted.training))


def programme(table: Table, known: Known) -> Programme:
    """Whole training programmes."""
    machine = _machines(table.words("accelerator"), known)
    named = np.array([known.model(name).active_b for name in table.words("model")], float)
    active = _known_or(table.numbers("params_active_b"), named)
    return Programme(active, table.numbers("tokens"), machine["bf16_tflops"], _is_hopper(machine))


def accelerator_hours(row: Programme, fitted: Physics) -> Floats:
    """Accelerator hours of whole training programmes. [h]"""
    return np.asarray(programme_hours(row.active_b, row.tokens, row.tflops, row.is_hopper, fitted.programme))


def drawn(table: Table, known: Known) -> Drawn:
    """Pictures drawn; sizes from the table, else from the name."""
    machine = _machines(table.words("gpu"), known)
    shapes = [known.denoiser(name) for name in table.words("model")]
    denoiser = Denoiser(
        parameters_b=_known_or(table.numbers("denoiser_params_b"), _named_sizes(table)),
        layers=np.array([one.layers for one in shapes], float),
        passes=np.array([one.passes for one in shapes], float),
        pixels_per_token=np.array([one.pixels_per_token for one in shapes], float),
    )
    drawing = Drawing(
        batch=_known_or(table.numbers("batch"), 1.0),
        size=table.numbers("size"),
        steps=table.numbers("steps"),
        tflops=machine["bf16_tflops"],
        count=_known_or(table.numbers("n_gpus"), 1.0),
    )
    return Drawn(denoiser, drawing)


def picture_s(row: Drawn, fitted: Physics) -> Floats:
    """Time until a batch of pictures is there. [s]"""
    return np.asarray(drawing_seconds(row.denoiser, row.drawing, fitted.image))


def _machines(names: tuple[str, ...], known: Known) -> dict[str, Floats]:
    return stacked([known.accelerator(name) for name in names], KnownAccelerator)


def _is_hopper(machine: dict[str, Floats]) -> Floats:
    """Accelerators with 8-bit arithmetic came with Hopper."""
    return (~np.isnan(machine["fp8_tflops"])).astype(float)


def _named_sizes(table: Table) -> Floats:
    return np.array([sizes_in(name).parameters_b for name in table.words("model")], float)


def _known_or(first: Floats, second: Floats | float) -> Floats:
    return np.asarray(np.where(np.isnan(first), second, first), float)
