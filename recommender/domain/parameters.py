"""Fitted parameters that formulas take. Their values are in `catalog/calibration/physics.yaml`, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

from recommender.domain.record import record
from recommender.errors import CatalogError, Fault

WHERE = "catalog/calibration/physics.yaml"
REMEDY = "copy the shipped file, or fit it anew with benchmarks/fit_estimates.py"
Shape = TypeVar("Shape")


@record
class Interval:
    """Measured over predicted: the 10th and 90th percentile on rows that were kept aside."""

    low: float
    high: float


@record
class Spread:
    """How far measured values lie around predictions: for models that the fit has seen, and for others."""

    known: Interval
    other: Interval


@record
class StepParameters:
    """Time of one decode step.

    mbu, mbu_experts, mbu_kv: share of the bandwidth reached when reading dense weights, routed experts, keys and values.
    mfu, mfu_prefill: share of the dense peak reached while decoding, while reading prompts.
    layer_us: launching one layer. [us]
    expert_factor: times the launch time for mixtures of experts.
    sequence_us: scheduler and sampler per sequence. [us]
    link_gbps: speed at which accelerators exchange activations. [GB/s]
    coverage_power: how a batch spreads over experts; below 1 because tokens of a batch choose alike.
    newer_factor, trtllm_factor, sglang_factor: times launch and scheduling on Blackwell machines, under other engines than vLLM.
    """

    mbu: float
    mbu_experts: float
    mbu_kv: float
    mfu: float
    mfu_prefill: float
    layer_us: float
    expert_factor: float
    sequence_us: float
    link_gbps: float
    coverage_power: float
    newer_factor: float
    trtllm_factor: float
    sglang_factor: float


@record
class FirstTokenParameters:
    """Wait for the first token: exponents of the decode step, batch, input and prefill, and a factor under SGLang."""

    scale: float
    step: float
    batch: float
    input: float
    prefill: float
    sglang_factor: float


@record
class OfflineParameters:
    """Largest throughput: sequences per accelerator, and the scheduler's time per sequence when nobody waits. [us]"""

    sequences: float
    sequence_us: float


@record
class ServingParameters:
    """Serving a language model in a data centre."""

    step: StepParameters
    first_token: FirstTokenParameters
    offline: OfflineParameters
    token_interval: Spread
    first_token_interval: Spread
    offline_interval: Spread


@record
class LocalParameters:
    """One stream on a device.

    dense_share, expert_share: of the bandwidth reached by dense models and by mixtures of experts.
    dense_ms, expert_ms: per token besides reading weights. [ms]
    host_gbps: reading weights that do not fit on the accelerator from the host's memory. [GB/s]
    reserve_gb: of each accelerator's memory that weights cannot use. [GB]
    speculation: times the speed with speculative decoding.
    """

    dense_share: float
    expert_share: float
    dense_ms: float
    expert_ms: float
    host_gbps: float
    reserve_gb: float
    speculation: float
    interval: Spread
    speculation_interval: Interval


@record
class TrainingParameters:
    """Share of the dense 16-bit peak reached in training.

    hopper_share, ampere_share: by generation, sequences of 2,048 tokens, 3 billion parameters and more.
    length_power: exponent of (attention's share of the work + 1).
    checkpoint_factor: when activations are computed again.
    fp8_factor: with 8-bit arithmetic.
    small_power: exponent of parameters over 3 billion, below that size.
    """

    hopper_share: float
    ampere_share: float
    length_power: float
    checkpoint_factor: float
    fp8_factor: float
    small_power: float
    interval: Spread


@record
class ProgrammeParameters:
    """Share of the peak that whole training programmes reach, restarts and annealing included; `hopper_size_power` is the
    exponent of parameters over 70 billion, below that size, on Hopper and newer: earlier machines show no trend."""

    hopper_share: float
    ampere_share: float
    hopper_size_power: float
    interval: Spread


@record
class ImageParameters:
    """Pictures by diffusion.

    mfu: share of an H100's peak reached by a denoiser of one billion parameters; size_power: how it grows with parameters.
    speed_power: exponent of the accelerator's peak over an H100's; count_power: of the number of accelerators.
    layer_ms: launching one layer of one step; count_factor: times it when accelerators exchange activations. [ms]
    decoder_s: turning one latent picture into pixels. [s]
    """

    mfu: float
    size_power: float
    speed_power: float
    count_power: float
    layer_ms: float
    count_factor: float
    decoder_s: float
    interval: Spread


@record
class EnergyParameters:
    """Share of the rated power drawn while serving: `full_share` when arithmetic never rests, times the share of time that it
    works to `arithmetic_power`."""

    full_share: float
    arithmetic_power: float
    interval: Spread


@record
class Physics:
    """Everything that is fitted on measured rows."""

    serving: ServingParameters
    local: LocalParameters
    training: TrainingParameters
    programme: ProgrammeParameters
    image: ImageParameters
    energy: EnergyParameters


def physics_of(calibration: Mapping[str, Any]) -> Physics:
    """The fitted parameters of a catalog; all NaN in a catalog without them, so that what depends on them is unknown.

    Raises:
        CatalogError: when `physics.yaml` is there but lacks a value.
    """
    document = calibration.get("physics")
    return unknown(Physics) if document is None else shaped(Physics, document, WHERE)


def models_fitted_on(calibration: Mapping[str, Any], quantity: str) -> tuple[str, ...]:
    """Names of the models whose rows a quantity was fitted on; none in a catalog that does not tell."""
    return tuple((calibration.get("physics") or {}).get("fitted_on", {}).get(quantity, ()))


def unknown(shape: type[Shape]) -> Shape:
    """One of the records above with NaN throughout."""
    hints = _hints(cast(Any, shape))
    return shape(**{name: float("nan") if hint is float else unknown(hint) for name, hint in hints.items()})


def shaped(shape: type[Shape], values: Any, where: str) -> Shape:
    """Nested plain values as one of the records above; keys beside its fields (rows, errors) are for readers.

    Raises:
        CatalogError: when a field has no value.
    """
    hints = _hints(cast(Any, shape))
    missing = [name for name in hints if not isinstance(values, Mapping) or name not in values]
    if missing:
        raise CatalogError([Fault(where, f"'{name}' has no value", REMEDY) for name in missing])
    parts = {name: _part(hints[name], values[name], f"{where}: {name}") for name in hints}
    return shape(**parts)


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


def _part(hint: Any, value: Any, where: str) -> Any:
    return float(value) if hint is float else shaped(hint, value, where)
