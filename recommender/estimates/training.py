"""What tuning and training take: accelerator hours, tokens, and what they cost."""

from __future__ import annotations

import numpy as np

from recommender.domain.parameters import ProgrammeParameters, TrainingParameters
from recommender.domain.record import record
from recommender.domain.units import GIGA, SECONDS_PER_HOUR, TERA, TOKENS_PER_MTOK, Quantity

FULL_FLOPS, LORA_FLOPS = 6.0, 4.0
CHINCHILLA_TOKENS = 20.0
ATTENTION_FLOPS = 12.0
WIDTH_PER_LAYER = 128.0
SMALL_B, LARGE_B = 1.0, 70.0
SATURATING_B = 3.0  # smaller models leave an accelerator partly idle


@record
class Run:
    """A training run: sequence length, dense 16-bit peak [TFLOP/s], machine newer than Ampere, 8-bit arithmetic, activations
    computed again (each 0 or 1)."""

    sequence_tokens: Quantity
    tflops: Quantity
    is_hopper: Quantity = 1.0
    is_fp8: Quantity = 0.0
    is_checkpointed: Quantity = 0.0


def training_hours(
    active_b: Quantity, tokens: Quantity, tflops: Quantity, mfu: Quantity, flops: float = FULL_FLOPS
) -> Quantity:
    """Accelerator hours to see a number of tokens. [h]

    hours = flops * parameters * tokens / (speed * mfu * 3600)

    Args:
        active_b: parameters used per token. [billions]
        tokens: seen in training, all epochs. [tokens]
        tflops: dense speed of one accelerator. [TFLOP/s]
        mfu: share of it that is reached. [share]
        flops: 6 for full training, 4 where only adapters are updated. [FLOP per parameter and token]

    References:
        [1] Kaplan et al., arXiv:2001.08361, section 2.1 (6 N D).
        [2] Hu et al., "LoRA", arXiv:2106.09685.
    """
    return flops * active_b * GIGA * tokens / (tflops * TERA * mfu * SECONDS_PER_HOUR)


def attention_factor(parameters_b: Quantity, sequence_tokens: Quantity) -> Quantity:
    """Work with attention over work without. [times]

    factor = 1 + 12 * layers * width * sequence / (6 * parameters), layers * width from the usual shape of a model

    References:
        [1] Chowdhery et al., "PaLM", arXiv:2204.02311, appendix B (6 N + 12 L d s).
    """
    parameters = parameters_b * GIGA
    layers = np.cbrt(parameters / (12.0 * WIDTH_PER_LAYER**2))
    return 1.0 + ATTENTION_FLOPS * layers**2 * WIDTH_PER_LAYER * sequence_tokens / (FULL_FLOPS * parameters)


def training_tokens_per_second(parameters_b: Quantity, run: Run, fitted: TrainingParameters) -> Quantity:
    """Tokens that one accelerator trains on. [tokens/s]

    speed = peak * mfu / (6 * parameters * attention factor), mfu by generation, checkpointing, precision, length and size

    References:
        [1] mosaicml/llm-foundry scripts/train/benchmarking/README.md (Apache-2.0), fitted; read 2026-11-23.
    """
    attention = attention_factor(parameters_b, run.sequence_tokens)
    mfu = np.where(np.asarray(run.is_hopper) > 0, fitted.hopper_share, fitted.ampere_share)
    mfu = mfu * np.where(np.asarray(run.is_checkpointed) > 0, fitted.checkpoint_factor, 1.0)
    mfu = mfu * np.where(np.asarray(run.is_fp8) > 0, fitted.fp8_factor, 1.0) * attention**fitted.length_power
    mfu = mfu * (np.minimum(parameters_b, SATURATING_B) / SATURATING_B) ** fitted.small_power
    return run.tflops * TERA * mfu / (FULL_FLOPS * parameters_b * GIGA * attention)


def programme_mfu(active_b: Quantity, is_hopper: Quantity, fitted: ProgrammeParameters) -> Quantity:
    """Share of the peak that whole training programmes reach, restarts and annealing included. [share]

    mfu = share of Ampere, or share of Hopper * (parameters / 70 billion) ^ power, between 1 and 70 billion parameters

    Small models leave fast machines idle; on the slower ones of before, published runs show no trend with size.

    References:
        [1] Model cards and Epoch AI records of published runs with their accelerator hours, read 2026-11-23.
    """
    size = np.clip(active_b, SMALL_B, LARGE_B) / LARGE_B
    on_hopper = fitted.hopper_share * size**fitted.hopper_size_power
    return np.where(np.asarray(is_hopper) > 0, on_hopper, fitted.ampere_share)


def programme_hours(
    active_b: Quantity, tokens: Quantity, tflops: Quantity, is_hopper: Quantity, fitted: ProgrammeParameters
) -> Quantity:
    """Accelerator hours of training a model from scratch, or of continuing its pre-training. [h]

    hours = 6 * parameters * tokens / (peak * programme mfu * 3600)

    References:
        [1] Kaplan et al., arXiv:2001.08361, section 2.1 (6 N D).
    """
    return training_hours(active_b, tokens, tflops, programme_mfu(active_b, is_hopper, fitted))


def chinchilla_tokens(parameters_b: Quantity) -> Quantity:
    """Tokens that make the best of a training budget. [tokens]

    tokens = 20 * parameters

    Published models train on far more: they are cheaper to serve when small.

    References:
        [1] Hoffmann et al., "Training Compute-Optimal Large Language Models", arXiv:2203.15556, table 3.
    """
    return CHINCHILLA_TOKENS * parameters_b * GIGA


def failed_runs_hours(hours: Quantity, failed_factor: Quantity) -> Quantity:
    """Accelerator hours with the experiments and restarts around the run that counts. [h]

    hours = hours * factor

    References:
        [1] The factor is in `catalog/assumptions/training.yaml`.
    """
    return hours * failed_factor


def hosted_tuning_usd(tokens: Quantity, epochs: Quantity, usd_per_mtok: Quantity) -> Quantity:
    """A vendor's bill for tuning. [USD]

    cost = tokens * epochs * price / 1e6

    References:
        [1] Vendors' prices per million training tokens, as dated in `catalog/offers/`.
    """
    return tokens * epochs * usd_per_mtok / TOKENS_PER_MTOK


def lora_hours(active_b: Quantity, tokens: Quantity, tflops: Quantity, mfu: Quantity, slowdown: Quantity = 1.0) -> Quantity:
    """Accelerator hours of tuning adapters. [h]

    hours = 4 * parameters * tokens / (speed * mfu * 3600) * slowdown

    Args:
        active_b: parameters used per token. [billions]
        tokens: seen in training, all epochs. [tokens]
        tflops: dense speed of one accelerator. [TFLOP/s]
        mfu: 0.15 for packed sequences, 0.05 for naive ones; a threefold spread. [share]
        slowdown: 1 for LoRA; for QLoRA 1.1 at 1 billion parameters to 2.0 at 13 billion [2]. [times]

    References:
        [1] Hu et al., "LoRA", arXiv:2106.09685: frozen weights need no weight gradients, 4 FLOPs instead of 6.
        [2] Lightning-AI/litgpt tutorials/resource-tables.md, read 2026-11-23.
    """
    return training_hours(active_b, tokens, tflops, mfu, LORA_FLOPS) * slowdown


def qlora_slowdown(parameters_b: Quantity) -> Quantity:
    """Time of QLoRA over LoRA, from unpacking 4-bit weights. [times]

    slowdown = 1.09 at 1.4 billion parameters, 1.47 at 3.6, 1.56 at 6.7, 2.00 at 13, between them on the logarithm

    References:
        [1] Lightning-AI/litgpt tutorials/resource-tables.md, minutes per 1,000 iterations, read 2026-11-23.
    """
    measured_b, measured = np.log([1.42, 3.64, 6.74, 13.02]), [1.09, 1.47, 1.56, 2.00]
    found = np.interp(np.log(np.maximum(parameters_b, 1e-3)), measured_b, measured)
    return np.where(np.isnan(parameters_b), np.nan, found)


def training_memory_gb(parameters_b: Quantity, tuned_b: Quantity, bits: Quantity) -> Quantity:
    """Memory of weights, gradients and optimiser states in mixed precision, activations apart. [GB]

    memory = parameters * bits / 8 + tuned * 16 bytes

    Args:
        parameters_b: of the model. [billions]
        tuned_b: that are updated: all of them, or the adapters'. [billions]
        bits: of the frozen weights: 16, or 4.5 for QLoRA. [bits]

    References:
        [1] EleutherAI/cookbook, calc/calc_transformer_mem.py: 2 + 2 + 12 bytes per tuned parameter, read 2026-11-23.
    """
    return parameters_b * bits / 8.0 + tuned_b * 16.0
