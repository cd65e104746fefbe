"""Fitted parameters that speed and training formulas take. Their values lie in `catalog/calibration/`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ServingParameters:
    """Fitted on measured rows of datacenter serving; defaults are those of `catalog/calibration/serving.yaml`.

    mbu, mbu_kv: share of peak bandwidth reached for weights, for keys and values.
    mfu, mfu_prefill: share of peak FLOP/s reached in decoding, in prefill.
    layer_us, layer_parallel_us: time per layer, and on top when split over accelerators. [us]
    sequence_us: scheduler's time per sequence. [us]
    expert_factor: times the layer time for mixtures of experts.
    first_token_steps: decode steps that a new request waits before its first token.
    interval_low, interval_high: measured over predicted, 10th and 90th percentile.
    """

    mbu: float = 0.772
    mbu_kv: float = 1.0
    mfu: float = 0.675
    mfu_prefill: float = 0.444
    layer_us: float = 35.6
    layer_parallel_us: float = 24.8
    sequence_us: float = 47.0
    expert_factor: float = 2.2
    first_token_steps: float = 17.0
    interval_low: float = 0.74
    interval_high: float = 1.39
