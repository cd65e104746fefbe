"""Memory of a served model: weights, keys and values, activations, runtime; and what fits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.record import record
from recommender.domain.units import BITS_PER_BYTE, BYTES_PER_GB, Quantity

RUNTIME_GB = 1.56  # per accelerator, fitted on llama.cpp and Ollama runs
USABLE_SHARE = 0.90  # vLLM's default share of the memory
WEIGHTS_MARGIN = 1.05  # layers kept in 16 bits, padding
LOCAL_CACHE_GB = 0.0223  # for 10,000 tokens of a model of a billion parameters; grows with their square root
VALUES_PER_HIDDEN = 34.0  # 16 * 2 + 2, one layer's working memory per token and hidden unit


@record
class Attention:
    """What one token leaves in the cache. Layers that see everything, and layers that see a window [tokens]; bytes each."""

    full_bytes: Quantity
    window_bytes: Quantity = 0.0
    window_tokens: Quantity = 0.0


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
    """Keys and values of one token, plain, grouped or multi-query attention. [bytes]

    bytes = 2 * layers * kv_heads * head_dim * value_bytes

    Count only layers with attention: linear-attention layers keep a fixed state and add nothing per token.

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


def windowed_kv_gb(attention: Attention, tokens: Quantity, sequences: Quantity) -> Quantity:
    """Keys and values of all sequences where some layers only see a window. [GB]

    kv = (full_bytes * tokens + window_bytes * min(tokens, window)) * sequences / 1e9

    References:
        [1] Gemma Team, "Gemma 3 Technical Report", arXiv:2503.19786, section 2 (five local layers per global one).
    """
    seen = attention.full_bytes * tokens + attention.window_bytes * np.minimum(tokens, attention.window_tokens)
    return seen * sequences / BYTES_PER_GB


def windowed_kv_values(every: Quantity, windowed: Quantity, window_tokens: Quantity, tokens: Quantity) -> Quantity:
    """Keys and values that one token of a sequence leaves on average, where some layers only see a window. [values]

    values = every + windowed * min(tokens, window) / tokens

    Args:
        every: of layers that see the whole sequence. [values]
        windowed: of layers that see a window. [values]
        window_tokens: that such layers see. [tokens]
        tokens: of the sequence. [tokens]

    References:
        [1] Gemma Team, "Gemma 3 Technical Report", arXiv:2503.19786, section 2.
    """
    return every + windowed * np.minimum(tokens, window_tokens) / np.maximum(tokens, 1.0)


def activations_gb(tokens: Quantity, hidden: Quantity) -> Quantity:
    """Working memory of one layer while a prompt is read. [GB]

    activations = tokens * hidden * 34 / 1e9

    References:
        [1] EleutherAI/cookbook, calc/calc_transformer_mem.py, read 2026-11-23.
    """
    return tokens * hidden * VALUES_PER_HIDDEN / BYTES_PER_GB


def memory_per_accelerator_gb(weights: Quantity, cache: Quantity, count: Quantity, cache_copies: Quantity = 1.0) -> Quantity:
    """Memory in use on each of the accelerators that share a model. [GB]

    memory = 1.05 * weights / count + cache * copies / count + 1.56

    Args:
        weights: of the whole model. [GB]
        cache: of all sequences, kept once. [GB]
        count: accelerators that split the model. [accelerators]
        cache_copies: `count` for latent attention, whose cache every accelerator keeps whole; else 1. [copies]

    References:
        [1] Shoeybi et al., "Megatron-LM", arXiv:1909.08053, section 3 (heads and weights are split evenly).
        [2] DeepSeek-AI, "DeepSeek-V2", arXiv:2405.04434, section 2.1 (one latent vector serves all heads).
    """
    return WEIGHTS_MARGIN * weights / count + cache * cache_copies / count + RUNTIME_GB


def room_for_cache_gb(memory_gb: Quantity, count: Quantity, weights: Quantity) -> Quantity:
    """Memory left for keys and values after weights and runtime; negative where the weights do not fit. [GB]

    room = 0.9 * memory * count - 1.05 * weights - 1.56 * count

    References:
        [1] vLLM documentation, gpu_memory_utilization, default 0.90, read 2026-11-23.
    """
    return USABLE_SHARE * memory_gb * count - WEIGHTS_MARGIN * weights - RUNTIME_GB * count


def fits(memory_gb: Quantity, count: Quantity, weights: Quantity, cache: Quantity) -> NDArray[np.bool_]:
    """Whether weights, cache and runtime fit; false where anything is unknown. [true or false]

    fits = room for the cache >= cache

    References:
        [1] As `room_for_cache_gb`.
    """
    return np.asarray(room_for_cache_gb(memory_gb, count, weights) >= cache)


def most_sequences(room_gb: Quantity, cache_each_gb: Quantity) -> Quantity:
    """Sequences that the memory holds at once. [sequences]

    sequences = floor(room / cache of one sequence), never below zero

    References:
        [1] Kwon et al., "PagedAttention", SOSP 2023, section 3.
    """
    return np.maximum(0.0, np.floor(room_gb / np.maximum(cache_each_gb, 1e-12)))


def local_memory_gb(parameters_b: Quantity, bits: Quantity, context_tokens: Quantity) -> Quantity:
    """Memory that llama.cpp or Ollama takes on a device. [GB]

    memory = 0.99 * weights + 1.56 + 0.0223 * sqrt(parameters_b) * context / 10,000

    The cache term is an average over published models; it is for models whose geometry is unknown.

    References:
        [1] Fitted on 230 community runs in AlexsJones/llmfit llmfit-core/data/benchmark_cache.json: median error 17.9 % on
            115 runs kept aside, read 2026-11-23.
    """
    cache = LOCAL_CACHE_GB * np.sqrt(parameters_b) * context_tokens / 10_000.0
    return 0.99 * weights_gb(parameters_b, bits) + RUNTIME_GB + cache


def memory_in_use_gb(weights: Quantity, cache: Quantity, count: Quantity) -> Quantity:
    """Memory in use over all accelerators that share a model. [GB]

    memory = 1.05 * weights + cache + 1.56 * count

    References:
        [1] As `room_for_cache_gb`.
    """
    return WEIGHTS_MARGIN * weights + cache + RUNTIME_GB * count
