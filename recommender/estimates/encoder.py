"""Encoders, embeddings, re-rankers and classical models: items per second and time per item, on GPU and CPU."""

from __future__ import annotations

import numpy as np

from recommender.domain.record import record
from recommender.domain.units import GIGA, SECONDS_PER_HOUR, TERA, THOUSAND, Quantity


@record
class EncoderMachine:
    """Dense speed [TFLOP/s], share of it reached in batches [share], fixed time per call [s], bandwidth [GB/s]."""

    tflops: Quantity
    efficiency: Quantity
    fixed_s: Quantity
    bandwidth_gbps: Quantity


def forward_seconds(active_b: Quantity, tokens: Quantity, tflops: Quantity, efficiency: Quantity) -> Quantity:
    """One forward pass over one item. [s]

    time = 2 * parameters * tokens / (speed * efficiency)

    Args:
        active_b: parameters outside the embedding table: looking up a row is no arithmetic. [billions]
        tokens: of the item. [tokens]
        tflops: dense speed of the machine. [TFLOP/s]
        efficiency: share of it that is reached. [share]

    References:
        [1] Kaplan et al., arXiv:2001.08361, section 2.1.
        [2] Reimers and Gurevych, sentence-transformers speed table (sentences per second on V100), read 2026-11-23:
            sentences/s times parameters is constant within 1.6 times.
    """
    return 2.0 * active_b * GIGA * tokens / (tflops * TERA * efficiency)


def items_per_second(active_b: Quantity, tokens: Quantity, machine: EncoderMachine, batch: Quantity = 64.0) -> Quantity:
    """Items that one machine encodes when they come in batches. [items/s]

    rate = batch / (fixed + batch * forward)

    References:
        [1] As `forward_seconds`; the fixed time is paid once per batch.
    """
    each = forward_seconds(active_b, tokens, machine.tflops, machine.efficiency)
    return batch / (machine.fixed_s + batch * each)


def item_seconds(active_b: Quantity, tokens: Quantity, machine: EncoderMachine) -> Quantity:
    """One item alone: bound by arithmetic, or by reading the weights once. [s]

    time = fixed + max(forward, 2 bytes * parameters / bandwidth)

    References:
        [1] Williams et al., "Roofline", Communications of the ACM 52(4), 2009.
    """
    read = 2.0 * active_b / machine.bandwidth_gbps
    return machine.fixed_s + np.maximum(forward_seconds(active_b, tokens, machine.tflops, machine.efficiency), read)


def rerank_seconds(active_b: Quantity, pair_tokens: Quantity, pairs: Quantity, machine: EncoderMachine) -> Quantity:
    """Re-ranking the passages of one question. [s]

    time = fixed + pairs * forward

    References:
        [1] Nogueira and Cho, "Passage Re-ranking with BERT", arXiv:1901.04085: one pass per question and passage.
    """
    return machine.fixed_s + pairs * forward_seconds(active_b, pair_tokens, machine.tflops, machine.efficiency)


def thousand_items_usd(usd_per_hour: Quantity, items_per_s: Quantity, utilisation: Quantity) -> Quantity:
    """What a thousand items cost on a machine paid by the hour. [USD per 1,000 items]

    cost = price / 3600 * 1000 / (rate * utilisation)

    References:
        [1] Arithmetic: dollars per second over items per second.
    """
    return usd_per_hour / SECONDS_PER_HOUR * THOUSAND / (items_per_s * utilisation)


def machines_for(peak_per_second: Quantity, item_s: Quantity, most_load: Quantity) -> Quantity:
    """Machines that carry the busiest second. [machines]

    machines = max(1, ceil(peak * time per item / load))

    References:
        [1] Little, "A Proof for the Queuing Formula L = lambda W", Operations Research 9, 1961.
    """
    return np.maximum(1.0, np.ceil(peak_per_second * item_s / most_load - 1e-9))


def thousand_pages_usd(usd_per_hour: Quantity, page_seconds: Quantity, utilisation: Quantity) -> Quantity:
    """What reading a thousand pages costs on a machine paid by the hour. [USD per 1,000 pages]

    cost = price / 3600 * time per page * 1000 / utilisation

    Args:
        usd_per_hour: of the machine. [USD per hour]
        page_seconds: of one page when many are read side by side. [s]
        utilisation: share of the hours in which there is work. [share]

    References:
        [1] Arithmetic: dollars per second times seconds.
    """
    return usd_per_hour / SECONDS_PER_HOUR * page_seconds * THOUSAND / utilisation
