"""Memory of a served model: weights, keys and values, runtime."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.units import BITS_PER_BYTE, BYTES_PER_GB

Quantity = float | NDArray[np.float64]
RUNTIME_GB = 1.56
USABLE_SHARE = 0.90


def weights_gb(parameters_b: Quantity, bits: Quantity) -> Quantity:
    """Memory of the weights, all experts included. [GB]

    weights = parameters * bits / 8

    Args:
        parameters_b: all parameters. [billions]
        bits: per weight, scales included. [bits]

    References:
        [1] ggml-org/llama.cpp, tools/quantize/README.md, bits per weight of each format, read 2026-11-23.
    """
    return parameters_b * bits / BITS_PER_BYTE


def kv_bytes_per_token(layers: Quantity, kv_heads: Quantity, head_dim: Quantity, value_bytes: float = 2.0) -> Quantity:
    """Keys and values of one token, plain or grouped attention. [bytes]

    bytes = 2 * layers * kv_heads * head_dim * value_bytes

    References:
        [1] Ainslie et al., "GQA: Training Generalized Multi-Query Transformer Models", EMNLP 2023, section 2.
    """
    return 2.0 * layers * kv_heads * head_dim * value_bytes


def latent_kv_bytes_per_token(layers: Quantity, rank: Quantity, rope_dim: Quantity, value_bytes: float = 2.0) -> Quantity:
    """Keys and values of one token under multi-head latent attention. [bytes]

    bytes = layers * (rank + rope_dim) * value_bytes

    References:
        [1] DeepSeek-AI, "DeepSeek-V2", arXiv:2405.04434, section 2.1.
    """
    return layers * (rank + rope_dim) * value_bytes


def kv_gb(bytes_per_token: Quantity, tokens: Quantity, sequences: Quantity) -> Quantity:
    """Keys and values of all sequences in flight. [GB]

    kv = bytes_per_token * tokens * sequences / 1e9

    References:
        [1] Kwon et al., "Efficient Memory Management for LLM Serving with PagedAttention", SOSP 2023, section 3.
    """
    return bytes_per_token * tokens * sequences / BYTES_PER_GB


def room_for_cache_gb(memory_gb: Quantity, count: Quantity, weights: Quantity) -> Quantity:
    """Memory left for keys and values after weights and runtime; negative where the weights do not fit. [GB]

    room = 0.9 * memory * count - 1.05 * weights - 1.56 * count

    References:
        [1] vLLM documentation, gpu_memory_utilization, default 0.90, read 2026-11-23.
    """
    return USABLE_SHARE * memory_gb * count - 1.05 * weights - RUNTIME_GB * count
