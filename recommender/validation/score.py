"""How wrong predictions are: error, bias, coverage of the interval, order of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.domain.columns import Mask
from recommender.domain.parameters import Interval

Floats = NDArray[np.float64]
APART = 1.25  # pairs whose measured values differ by more are worth ordering
MOST_PAIRED = 2000  # rows whose pairs are counted: two million pairs


@dataclass(frozen=True)
class Predictions:
    """One prediction per row with its 80 % interval; NaN where nothing can be said."""

    low: Floats
    mid: Floats
    high: Floats


def spread(mid: Floats, interval: Interval) -> Predictions:
    """Predictions with the interval that covered four fifths of the rows kept aside."""
    return Predictions(mid * interval.low, mid, mid * interval.high)


def either(chosen: Mask, first: Predictions, second: Predictions) -> Predictions:
    """The first's interval where chosen, else the second's; both say the same in the middle."""
    return Predictions(np.where(chosen, first.low, second.low), first.mid, np.where(chosen, first.high, second.high))


@dataclass(frozen=True)
class Score:
    """Fractions throughout. Errors are |predicted / measured - 1|; the bias is the median of predicted / measured - 1."""

    median_absolute_error: float | None
    p90_absolute_error: float | None
    bias: float | None
    within_2x: float | None
    interval_coverage: float | None
    pairs_ordered: float | None


def score_of(found: Predictions, measured: Floats) -> Score:
    """The score over rows that are both predicted and measured; nothing where there are none."""
    if not len(measured):
        return Score(None, None, None, None, None, None)
    relative = found.mid / measured - 1.0
    errors = np.abs(relative)
    inside = (measured >= found.low) & (measured <= found.high)
    return Score(
        median_absolute_error=float(np.median(errors)),
        p90_absolute_error=float(np.quantile(errors, 0.9)),
        bias=float(np.median(relative)),
        within_2x=float(np.mean((found.mid >= measured / 2.0) & (found.mid <= measured * 2.0))),
        interval_coverage=float(np.mean(inside)),
        pairs_ordered=pairs_ordered(found.mid, measured),
    )


def pairs_ordered(predicted: Floats, measured: Floats) -> float | None:
    """Share of the pairs that lie more than a quarter apart and are predicted in the right order."""
    stride = max(1, -(-len(measured) // MOST_PAIRED))
    predicted, measured = np.log(predicted[::stride]), np.log(measured[::stride])
    gap = measured[:, None] - measured[None, :]
    apart = gap > np.log(APART)
    if not apart.any():
        return None
    return float(np.mean((predicted[:, None] > predicted[None, :])[apart]))
