"""Time of one decode step of a served language model, term by term."""

from __future__ import annotations

import numpy as np

from recommender.domain.parameters import StepParameters
from recommender.domain.record import record
from recommender.domain.units import BITS_PER_BYTE, GIGA, SECONDS_PER_US, TERA, Quantity

LAYERS_BY_SIZE = 196_608.0  # 12 * 128 ** 2: layers of a model whose width is 128 times its depth, cubed
USUAL_LAYERS_MOST = 126.0
SPARSE_SHARE = 0.8  # active over all parameters, below which a model is a mixture of experts
USUAL_EXPERT_SHARE = 1.0 / 16.0
HALF_BYTES = 2.0  # activations and exchanged values are 16-bit


@record
class ModelGeometry:
    """What speed follows from. Parameters in billions; NaN where unknown (experts: NaN for a dense model). `cache_copies`: how
    often keys and values are kept; once per accelerator under latent attention, whose one vector serves all heads."""

    parameters_b: Quantity
    active_b: Quantity
    layers: Quantity
    kv_bytes_per_token: Quantity
    experts: Quantity
    experts_active: Quantity
    hidden: Quantity = float("nan")
    cache_copies: Quantity = 1.0


@record
class Device:
    """One replica's accelerators: memory [GB] and bandwidth [GB/s] each, dense TFLOP/s each, how many, bits per weight,
    rated power [W] each, factors on launching and on the first token (newer machine, other engine; see `engines`), and measured
    over computed time where this very combination of model and machine was measured; 1 where it was not."""

    memory_gb: Quantity
    bandwidth_gbps: Quantity
    tflops: Quantity
    count: Quantity
    bits: Quantity
    power_w: Quantity = float("nan")
    launch_factor: Quantity = 1.0
    first_token_factor: Quantity = 1.0
    measured_ratio: Quantity = 1.0


@record
class StepTerms:
    """A step's time as a function of the batch: fixed + per_sequence * batch + experts * coverage(batch). [s]
    `arithmetic_s` is the part of `per_sequence_s` in which arithmetic is busy."""

    fixed_s: Quantity
    per_sequence_s: Quantity
    experts_s: Quantity
    arithmetic_s: Quantity
    prefill_s: Quantity
    log_unread: Quantity
    coverage_power: float


def usual_layers(active_b: Quantity) -> Quantity:
    """Layers of a model whose geometry is unknown. [layers]

    layers = (parameters / (12 * 128^2)) ^ (1/3), from parameters = 12 * layers * width^2 and width = 128 * layers

    References:
        [1] Kaplan et al., "Scaling Laws for Neural Language Models", arXiv:2001.08361, section 2.1 (12 L d^2).
        [2] Touvron et al., "Llama 2", arXiv:2307.09288: 32 layers at 7B, 80 at 70B, width 128 times depth and 102 times.
    """
    return np.minimum(np.cbrt(active_b * GIGA / LAYERS_BY_SIZE), USUAL_LAYERS_MOST)


def usual_hidden(active_b: Quantity, layers: Quantity) -> Quantity:
    """Width of a model whose geometry is unknown. [units]

    width = sqrt(parameters / (12 * layers))

    References:
        [1] Kaplan et al., arXiv:2001.08361, section 2.1.
    """
    return np.sqrt(active_b * GIGA / (12.0 * layers))


def routed_b(model: ModelGeometry) -> Quantity:
    """Parameters that lie in routed experts. [billions]

    routed = (total - active) / (1 - k/E)

    References:
        [1] Solved from total = dense + routed and active = dense + routed * k/E, public numbers of mixtures of experts.
    """
    share = expert_share(model)
    return np.where(share < 1.0, (model.parameters_b - model.active_b) / np.maximum(1.0 - share, 1e-9), 0.0)


def expert_share(model: ModelGeometry) -> Quantity:
    """Share of the routed experts that one token uses; 1 for dense models. [share]

    share = k / E, where experts are unknown 1/16 for models of which much less than all is at work

    References:
        [1] Shazeer et al., "Outrageously Large Neural Networks", arXiv:1701.06538, section 2 (top-k gating).
        [2] 8 of 128 experts is the commonest mixture in `catalog/models/`: the share where a card does not tell.
    """
    is_mixture = np.asarray(model.experts) > 0
    is_sparse = np.asarray(model.active_b < SPARSE_SHARE * model.parameters_b)
    untold = np.where(is_sparse, USUAL_EXPERT_SHARE, 1.0)
    return np.where(is_mixture, model.experts_active / np.where(is_mixture, model.experts, 1.0), untold)


def weights_read_b(model: ModelGeometry, batch: Quantity, coverage_power: float = 1.0) -> Quantity:
    """Parameters that one decode step reads, as a batch covers more and more experts. [billions]

    read = total - routed + routed * (1 - (1 - k/E) ^ (batch ^ power))

    References:
        [1] Derived from the public totals of mixtures of experts; checked on the measured rows of
            ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0), read 2026-11-23.
    """
    routed = routed_b(model)
    unread = (1.0 - expert_share(model)) ** (batch**coverage_power)
    return model.parameters_b - routed * unread


def prefill_seconds(active_b: Quantity, input_tokens: Quantity, device: Device, mfu: float) -> Quantity:
    """Time to read one prompt, nothing else running. A floor: never shown as a wait. [s]

    prefill = 2 * active * input / (count * speed * mfu)

    References:
        [1] Kaplan et al., arXiv:2001.08361, section 2.1 (2 FLOPs a parameter and token).
    """
    return 2.0 * active_b * GIGA * input_tokens / (device.count * device.tflops * TERA * mfu)


def step_terms(
    model: ModelGeometry, device: Device, input_tokens: Quantity, output_tokens: Quantity, fitted: StepParameters
) -> StepTerms:
    """The parts of a step's time, whatever the batch. [s]

    fixed        = layers * launch + dense weights / bandwidth
    per sequence = scheduling + keys and values / bandwidth + FLOPs / speed + exchange + prefill / output tokens
    experts      = routed weights / bandwidth

    Keys and values are those of the middle of the answer: input + output / 2 tokens. All parts are multiplied with measured
    over computed time where the combination was measured.

    References:
        [1] Pope et al., "Efficiently Scaling Transformer Inference", arXiv:2211.05102, section 2.
        [2] Parameters fitted on ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0), read 2026-11-23.
    """
    share, routed = expert_share(model), routed_b(model)
    layers = np.where(np.isnan(model.layers), usual_layers(model.active_b), model.layers)
    bandwidth = device.count * device.bandwidth_gbps
    answers = np.maximum(output_tokens, 1.0)
    launch = fitted.layer_us * np.where(share < 1.0, fitted.expert_factor, 1.0) * layers * SECONDS_PER_US
    dense = (model.parameters_b - routed) * device.bits / BITS_PER_BYTE / (bandwidth * fitted.mbu)
    prefill = prefill_seconds(model.active_b, input_tokens, device, fitted.mfu_prefill)
    cache = model.kv_bytes_per_token * (input_tokens + output_tokens / 2.0) / (GIGA * bandwidth * fitted.mbu_kv)
    decode = 2.0 * model.active_b / (device.count * device.tflops * 1e3 * fitted.mfu)
    exchange = _exchange_seconds(model, layers, device, fitted) * (1.0 + input_tokens / answers)
    arithmetic = decode + prefill / answers
    scheduling = fitted.sequence_us * SECONDS_PER_US * device.launch_factor
    return StepTerms(
        fixed_s=(launch * device.launch_factor + dense) * device.measured_ratio,
        per_sequence_s=(scheduling + exchange + cache + arithmetic) * device.measured_ratio,
        experts_s=routed * device.bits / BITS_PER_BYTE / (bandwidth * fitted.mbu_experts) * device.measured_ratio,
        arithmetic_s=arithmetic,
        prefill_s=prefill,
        log_unread=np.log(np.maximum(1.0 - share, 1e-12)),
        coverage_power=fitted.coverage_power,
    )


def _exchange_seconds(model: ModelGeometry, layers: Quantity, device: Device, fitted: StepParameters) -> Quantity:
    """Two sums of activations per layer over the accelerators that split the model, for one token."""
    hidden = np.where(np.isnan(model.hidden), usual_hidden(model.active_b, layers), model.hidden)
    others = (device.count - 1.0) / device.count
    return 2.0 * layers * hidden * HALF_BYTES * others / (fitted.link_gbps * GIGA)


def coverage(terms: StepTerms, batch: Quantity) -> Quantity:
    """Share of the routed experts that a step reads. [share]

    coverage = 1 - (1 - k/E) ^ (batch ^ power)

    References:
        [1] As `weights_read_b`.
    """
    covered = np.exp(terms.coverage_power * np.log(batch))  # half the time of a power
    return 1.0 - np.exp(covered * terms.log_unread)


def step_seconds(terms: StepTerms, batch: Quantity) -> Quantity:
    """Time of one decode step, which is the time per output token of every sequence in the batch. [s]

    step = fixed + per sequence * batch + experts * coverage

    References:
        [1] As `step_terms`.
    """
    return terms.fixed_s + terms.per_sequence_s * batch + terms.experts_s * coverage(terms, batch)


def arithmetic_share(terms: StepTerms, batch: Quantity) -> Quantity:
    """Part of a step in which arithmetic is busy; the rest waits for memory, launches and exchange. [share]

    share = min(1, (FLOPs of decoding + prefill) / speed * batch / step)

    References:
        [1] As `step_terms`.
    """
    return np.minimum(1.0, terms.arithmetic_s * batch / step_seconds(terms, batch))
