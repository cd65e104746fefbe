"""The time of a whole path: parts added, waiting in line at the peak, and the slow tail."""

from __future__ import annotations

import numpy as np

from recommender.domain.units import Quantity

TAIL_OF_WAIT = 3.0  # ln 20: an exponential wait's 95th percentile over its mean
FULLEST = 0.99  # a machine that is never idle has no finite queue


def path_ms(*parts_ms: Quantity) -> Quantity:
    """Time from the question to the answer, each part after the other. [ms]

    time = network + retrieval + re-ranking + model + ...

    References:
        [1] Arithmetic: means add up; percentiles do not, so they are taken over the sum.
    """
    return sum(parts_ms[1:], start=parts_ms[0])


def queue_seconds(service_s: Quantity, utilisation: Quantity, servers: Quantity) -> Quantity:
    """Mean wait in line before one of several machines is free. [s]

    wait = service * load ^ (sqrt(2 * (servers + 1)) - 1) / (servers * (1 - load))

    Args:
        service_s: time one item keeps a machine busy. [s]
        utilisation: load of the machines in the busiest second; counted up to 0.99. [share]
        servers: machines. [machines]

    References:
        [1] Sakasegawa, "An approximation formula L = a b^r / (1 - b)", Annals of the Institute of Statistical Mathematics 29,
            1977; exact for one machine (M/M/1).
    """
    load = np.clip(utilisation, 0.0, FULLEST)
    return service_s * load ** (np.sqrt(2.0 * (servers + 1.0)) - 1.0) / (servers * (1.0 - load))


def slow_seconds(service_s: Quantity, wait_s: Quantity) -> Quantity:
    """Time that nineteen in twenty stay below, when service hardly varies and the wait is exponential. [s]

    time = service + ln(20) * wait

    References:
        [1] Kleinrock, "Queueing Systems", volume 1, 1975, section 3.2: waiting times of M/M/m are exponential.
    """
    return service_s + TAIL_OF_WAIT * wait_s


def stream_seconds(first_token_s: Quantity, output_tokens: Quantity, token_s: Quantity) -> Quantity:
    """Time until the last token is there. [s]

    time = first token + (tokens - 1) * time per token

    References:
        [1] MLPerf Inference v5.1 rules, definitions of TTFT and TPOT, read 2026-11-23.
    """
    return first_token_s + np.maximum(output_tokens - 1.0, 0.0) * token_s
