"""An agent's job: every call reads the whole conversation again, and what the tools answered since."""

from __future__ import annotations

import numpy as np

from recommender.domain.record import record
from recommender.domain.units import Quantity


@record
class AgentLoop:
    """One job. `first_tokens`: what the first call reads; `step_tokens`: what each call leaves for the later ones, its own words and
    what the tools answered. [calls, tokens]"""

    calls: Quantity
    first_tokens: Quantity
    step_tokens: Quantity


def read_tokens(loop: AgentLoop) -> Quantity:
    """What all calls of a job read. [tokens]

    read = calls * first + step * calls * (calls - 1) / 2

    References:
        [1] Arithmetic: the n-th call reads the first call's input and n - 1 steps.
        [2] Bai et al. 2026, arXiv 2604.22750 (abstract): at jobs of coding agents input drives the bill, read 2026-12-01.
    """
    return loop.calls * loop.first_tokens + loop.step_tokens * loop.calls * (loop.calls - 1.0) / 2.0


def repeated_tokens(loop: AgentLoop) -> Quantity:
    """What calls read that an earlier call has read already: all but the first input and each new step. [tokens]

    repeated = (calls - 1) * first + step * (calls - 1) * (calls - 2) / 2

    References:
        [1] Arithmetic: what is read, less the first input and one step after each call but the last.
    """
    later = loop.calls - 1.0
    return later * loop.first_tokens + loop.step_tokens * later * np.maximum(later - 1.0, 0.0) / 2.0


def longest_tokens(loop: AgentLoop) -> Quantity:
    """What the last call reads. [tokens]

    longest = first + step * (calls - 1)

    References:
        [1] Arithmetic: every call but the last leaves a step behind.
    """
    return loop.first_tokens + loop.step_tokens * (loop.calls - 1.0)
