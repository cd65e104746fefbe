"""Fitted parameters that formulas take. Defaults are those of `catalog/calibration/`; a test keeps the two equal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """Measured over predicted: the 10th and 90th percentile on rows of models that were kept aside."""

    low: float
    high: float


@dataclass(frozen=True)
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

    mbu: float = 0.83
    mbu_experts: float = 0.36
    mbu_kv: float = 1.0
    mfu: float = 0.62
    mfu_prefill: float = 0.66
    layer_us: float = 71.0
    expert_factor: float = 1.5
    sequence_us: float = 38.0
    link_gbps: float = 135.0
    coverage_power: float = 0.64
    newer_factor: float = 0.75
    trtllm_factor: float = 0.94
    sglang_factor: float = 1.27


@dataclass(frozen=True)
class FirstTokenParameters:
    """Wait for the first token: exponents of the decode step, batch, input and prefill, and a factor under SGLang."""

    scale: float = 0.3
    step: float = 0.8
    batch: float = 0.1
    input: float = 0.45
    prefill: float = 0.1
    sglang_factor: float = 2.1


@dataclass(frozen=True)
class OfflineParameters:
    """Largest throughput: sequences per accelerator, and the scheduler's time per sequence when nobody waits. [us]"""

    sequences: float = 1024.0
    sequence_us: float = 16.0


@dataclass(frozen=True)
class ServingParameters:
    """Serving a language model in a data centre."""

    step: StepParameters = StepParameters()
    first_token: FirstTokenParameters = FirstTokenParameters()
    offline: OfflineParameters = OfflineParameters()
    token_interval: Interval = Interval(0.73, 1.33)
    first_token_interval: Interval = Interval(0.5, 2.0)
    offline_interval: Interval = Interval(0.67, 1.32)


@dataclass(frozen=True)
class LocalParameters:
    """One stream on a device.

    dense_share, expert_share: of the bandwidth reached by dense models and by mixtures of experts.
    dense_ms, expert_ms: per token besides reading weights. [ms]
    host_gbps: reading weights that do not fit on the accelerator from the host's memory. [GB/s]
    reserve_gb: of each accelerator's memory that weights cannot use. [GB]
    speculation: times the speed with speculative decoding.
    """

    dense_share: float = 0.8
    expert_share: float = 0.8
    dense_ms: float = 2.0
    expert_ms: float = 3.0
    host_gbps: float = 40.0
    reserve_gb: float = 1.0
    speculation: float = 1.7
    interval: Interval = Interval(0.6, 1.5)


@dataclass(frozen=True)
class TrainingParameters:
    """Share of the dense 16-bit peak reached in training.

    hopper_share, ampere_share: on one machine, sequences of 2,048 tokens.
    length_power: exponent of (attention's share of the work + 1).
    checkpoint_factor: when activations are computed again.
    fp8_factor: with 8-bit arithmetic.
    programme_...: the same for whole training programmes, restarts and annealing included.
    """

    hopper_share: float = 0.41
    ampere_share: float = 0.53
    length_power: float = 0.0
    checkpoint_factor: float = 0.93
    fp8_factor: float = 1.1
    programme_hopper_share: float = 0.24
    programme_ampere_share: float = 0.34
    programme_size_power: float = 0.2
    speed_interval: Interval = Interval(0.87, 1.15)
    hours_interval: Interval = Interval(0.7, 1.6)


@dataclass(frozen=True)
class ImageParameters:
    """Pictures by diffusion.

    mfu: share of an H100's peak reached by a denoiser of one billion parameters; size_power: how it grows with parameters.
    speed_power: exponent of the accelerator's peak over an H100's; count_power: of the number of accelerators.
    layer_ms: launching one layer of one step; count_factor: times it when accelerators exchange activations. [ms]
    decoder_s: turning one latent picture into pixels. [s]
    """

    mfu: float = 0.255
    size_power: float = 0.417
    speed_power: float = 0.463
    count_power: float = 0.566
    layer_ms: float = 0.9
    count_factor: float = 1.8
    decoder_s: float = 0.25
    interval: Interval = Interval(0.67, 1.7)


@dataclass(frozen=True)
class EnergyParameters:
    """Share of the rated power: drawn at all times while serving, and on top while memory or arithmetic is busy."""

    idle_share: float = 0.4
    busy_share: float = 0.45
    interval: Interval = Interval(0.75, 1.35)
