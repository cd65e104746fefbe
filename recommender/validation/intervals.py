"""Intervals from rows that were left out: how far measured values lie around predictions, and how often that holds again.

Rows of one model are alike, so a table of many rows may hold few models. For a model that the fit has seen, what counts is how
rows scatter that were left out; for another one, how models scatter that were left out, each model counted once:

    position = (weight of the rows before + weight / 2 + 1 / (2 rows)) / (1 + 1 / rows)        weight = 1 / models / rows of the model

Where every model has one row, ordinary conformal prediction holds, and one strange row moves it least: see `interval_of_singles`.

References:
    [1] Dunn, Wasserman and Ramdas, "Distribution-Free Prediction Sets for Two-Layer Hierarchical Models", Journal of the American
        Statistical Association 118, 2023, arXiv:1809.07441: pooling of distribution functions, every group counted once.
    [2] Lee, Barber and Willett, "Distribution-free inference with hierarchical data", arXiv:2306.06342: with fewer than ten groups
        no interval is guaranteed; what holds is therefore measured, each model's own rows taken out (`coverage_left_out`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.parameters import Interval
from recommender.validation.score import Floats

LOWEST, HIGHEST = 0.1, 0.9
COVERED = HIGHEST - LOWEST
Groups = NDArray[Any]
Rule = Callable[[Floats, Groups], Interval]


def interval_of_rows(ratios: Floats, groups: Groups) -> Interval:
    """The 10th to 90th percentile of measured over predicted, every row counted once: what holds for models that are known.

    References:
        [1] Weibull's plotting positions, i / (n + 1): the small-sample quantile of exchangeable rows.
    """
    return _interval(ratios, np.full(len(groups), 1.0 / max(len(groups), 1)))


def interval_of_groups(ratios: Floats, groups: Groups) -> Interval:
    """The 10th to 90th percentile of measured over predicted, every model counted once: what holds for another model.

    References:
        [1] As the module.
    """
    _, place, count = np.unique(groups, return_inverse=True, return_counts=True)
    return _interval(ratios, 1.0 / len(count) / count[place])


def interval_of_singles(ratios: Floats, groups: Groups) -> Interval:
    """What holds for another model where every model has one row: the same factor up and down. [times]

    factor = the ceil(0.8 * (n + 1))-th smallest of max(ratio, 1 / ratio)

    References:
        [1] Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", Springer 2005, section 2.2: covers 80 % and at
            most 1 / (n + 1) more of exchangeable rows.
    """
    factors = np.sort(np.maximum(ratios, 1.0 / ratios))
    place = min(int(np.ceil(COVERED * (len(factors) + 1) - 1e-9)), len(factors))
    factor = float(factors[place - 1])
    return Interval(1.0 / factor, factor)


def _interval(ratios: Floats, weights: Floats) -> Interval:
    order = np.argsort(ratios, kind="stable")
    sizes = weights[order]
    unseen = 1.0 / len(ratios)
    positions = (np.cumsum(sizes) - sizes / 2.0 + unseen / 2.0) / (1.0 + unseen)
    low, high = np.interp((LOWEST, HIGHEST), positions, ratios[order])
    return Interval(float(low), float(high))


def coverage_left_out(ratios: Floats, groups: Groups, rule: Rule) -> float:
    """Share of the rows inside an interval that neither the fit nor the interval took from their group. [share]

    Args:
        ratios: measured over predicted, the row's group left out of the fit. [times]
        groups: of every row; at least two.
        rule: makes an interval from the rows of the other groups.
    """
    inside = np.zeros(len(ratios), bool)
    for group in np.unique(groups):
        own = groups == group
        interval = rule(ratios[~own], groups[~own])
        inside[own] = (ratios[own] >= interval.low) & (ratios[own] <= interval.high)
    return float(np.mean(inside))
