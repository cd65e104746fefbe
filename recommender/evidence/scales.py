"""From a benchmark's own unit to a straight scale for fitting, and to points from 0 to 100 for people.

Ratings are straight already. Percentages bend near chance and near the ceiling, so their log-odds are used.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.evidence.benchmarks import Benchmark

Floats = NDArray[np.float64]
RATING_PER_LOGIT = 400 / np.log(10)
RATING_ORIGIN = 1300.0
ADEQUATE_RATING = {"general": 1250.0, "vision": 1100.0}
WORST_RANK = 5.0
EDGE = 0.01
RANGES = {"percent": (0.0, 100.0), "elo": (0.0, 4000.0), "rank": (1.0, 1000.0)}
"""Each unit that a benchmark may be told in, with the least and the most that a score can be."""


def is_more_better(unit: str) -> bool:
    """Whether the larger of two scores is read as the better one."""
    return unit != "rank"


def straightened(benchmark: Benchmark, value: Floats | float) -> Floats:
    """A score on the scale that is straight in ability. [logits, or ranks with the sign turned]"""
    score = np.asarray(value, dtype=float)
    if benchmark.unit == "elo":
        return np.asarray((score - RATING_ORIGIN) / RATING_PER_LOGIT)
    if benchmark.unit == "rank":
        return np.asarray(-score)
    share = np.clip((score - benchmark.chance) / (100 - benchmark.chance), EDGE, 1 - EDGE)
    logits: Floats = np.log(share / (1 - share))
    return logits


def bent_back(benchmark: Benchmark, straight: Floats | float) -> Floats:
    """The benchmark's own unit again: the inverse of `straightened`."""
    value = np.asarray(straight, dtype=float)
    if benchmark.unit == "elo":
        return np.asarray(value * RATING_PER_LOGIT + RATING_ORIGIN)
    if benchmark.unit == "rank":
        return np.asarray(-value)
    share: Floats = 1 / (1 + np.exp(-value))
    return np.asarray(benchmark.chance + (100 - benchmark.chance) * share)


def points(benchmark: Benchmark, value: Floats | float) -> Floats:
    """A score as points that people can read. [0-100]

    A rating becomes the share of blind votes won against a reference model: for text and vision an adequate assistant of
    early 2024 (a fixed rating), for images and video the median model of the table. A mean rank becomes its place between
    first (100) and fifth (0).

    References:
        [1] R. A. Bradley and M. E. Terry, "Rank analysis of incomplete block designs", Biometrika 39, 1952, equation 1,
            with the chess scale of 400 points per factor of ten. https://doi.org/10.2307/2334029, read 2026-11-24.
    """
    score = np.asarray(value, dtype=float)
    if benchmark.unit == "elo":
        rival = ADEQUATE_RATING.get(benchmark.axis, benchmark.reference_rating or RATING_ORIGIN)
        votes: Floats = 100 / (1 + 10 ** ((rival - score) / 400))
        return votes
    if benchmark.unit == "rank":
        return np.asarray(np.clip(100 * (WORST_RANK - score) / (WORST_RANK - 1), 0, 100))
    return np.asarray(np.clip(score, 0, 100))
