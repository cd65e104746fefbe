"""How quality grows with examples, and how many more would reach the bar.

The error falls as a power of the number of examples towards a floor: error = floor + scale * n ** -rate. The fit is over a
grid of rates and floors, weighed by how well each explains what was seen, so that the forecast carries their doubt.

References:
    [1] C. Cortes et al., "Learning curves: asymptotic values and rate of convergence", NeurIPS 6, 1993.
    [2] J. Hestness et al., "Deep learning scaling is predictable, empirically", 2017. https://arxiv.org/abs/1712.00409
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.domain.record import record
from recommender.trial.baselines import Baseline, Outcome, Table, fitted, folds_of, predicted, scores_of, worth

Floats = NDArray[np.float64]
SHARES = (0.125, 0.25, 0.5, 1.0)
LEAST_TRAIN = 8
MANY, FEW_FOLDS = (
    5000,
    2,
)  # of so many examples two folds tell a point of the curve to about a point, in less than half the time
RATES = np.linspace(0.1, 1.2, 12)
FLOOR_SHARES = np.linspace(0.0, 0.95, 20)  # of the smallest error seen
LEAST_NOISE = 1.0  # points: two runs on other examples of the same kind differ by about this
EARLY_DOUBT = 2.0  # times the error of the smallest size: the first examples follow the law least
WIDENED = 1.6  # as 99 curves on 42 generated and shipped data sets needed for four in five to hold (November 2026)
SHAPE_DOUBT = 0.5  # of the gain that is forecast: by this the law itself is off
MOST_TIMES = 100.0
Z80 = 1.2816


@record
class Curve:
    """Quality at each number of training examples, with its standard error. [points of 100]"""

    sizes: Floats
    qualities: Floats
    errors: Floats


@record
class Forecast:
    """Quality at a number of examples not yet there, with its 80 % interval. [points of 100]"""

    examples: int
    low: float
    mid: float
    high: float


def learning_curve(baseline: Baseline, table: Table, whole: Outcome, seed: int) -> Curve:
    """Fold by fold on growing shares of the training examples; the whole is what cross-validation already found."""
    folds = folds_of(table, seed)
    largest = len(folds[0][0])
    sizes = sorted({max(LEAST_TRAIN, int(largest * share)) for share in SHARES if largest * share >= LEAST_TRAIN} - {largest})
    tried = folds if len(table.answers) < MANY else folds[:FEW_FOLDS]
    points = [_point(baseline, table, tried, size, seed) for size in sizes]
    points.append((float(largest), whole.measured.quality, whole.measured.standard_error))
    columns = np.array(points, float).T
    return Curve(columns[0], columns[1], columns[2])


def _point(
    baseline: Baseline, table: Table, folds: list[tuple[NDArray[np.int64], NDArray[np.int64]]], size: int, seed: int
) -> tuple[float, float, float]:
    answers = np.empty(len(table.answers), dtype=float if table.is_regression else object)
    for number, (train, test) in enumerate(folds):
        chosen = np.random.default_rng([seed, number]).permutation(train)[:size]
        answers[test] = predicted(fitted(baseline, table, chosen), table, test)
    asked = np.sort(np.concatenate([test for _, test in folds]))
    expected, given = table.answers[asked], answers[asked]
    found = worth(table, expected, given, scores_of(table, expected, given))
    return float(size), found.quality, found.standard_error


def forecast(curve: Curve, examples: float) -> Forecast | None:
    """Quality at another number of examples; None from fewer than three sizes."""
    if len(curve.sizes) < 3:
        return None
    weights, fitted_errors = _explanations(curve, np.array([float(examples)]))
    values = 100.0 - fitted_errors[:, 0]
    mid = float(weights @ values)
    spread = float(np.sqrt(weights @ (values - mid) ** 2))
    noise = max(LEAST_NOISE, float(curve.errors[-1]))
    half = Z80 * float(np.sqrt((WIDENED * spread) ** 2 + noise**2 + (SHAPE_DOUBT * (mid - float(curve.qualities[-1]))) ** 2))
    return Forecast(int(examples), max(mid - half, 0.0), float(np.clip(mid, 0, 100)), min(mid + half, 100.0))


def examples_to_reach(curve: Curve, bar: float) -> tuple[float, float, float] | None:
    """How many training examples reach a bar: few, likely, many (10th, 50th, 90th percentile); infinite where it is not reached.

    None from fewer than three sizes. More than a hundred times what is there counts as not reached: nobody can tell.
    """
    if len(curve.sizes) < 3:
        return None
    grid = np.geomspace(curve.sizes[0], curve.sizes[-1] * MOST_TIMES, 200)
    weights, errors = _explanations(curve, grid)
    reached = np.array([_first(grid, 100.0 - row >= bar) for row in errors])
    order = np.argsort(reached, kind="stable")
    shares = np.cumsum(weights[order])
    few, likely, many = (float(reached[order][min(int(np.searchsorted(shares, at)), len(order) - 1)]) for at in (0.1, 0.5, 0.9))
    return few, likely, many


def _first(grid: Floats, is_reached: NDArray[np.bool_]) -> float:
    found = np.flatnonzero(is_reached)
    return float(grid[found[0]]) if len(found) else float("inf")


def _explanations(curve: Curve, at: Floats) -> tuple[Floats, Floats]:
    """Every (rate, floor) with its weight and its error at some sizes; the scale is the least-squares one, never negative."""
    seen = 100.0 - curve.qualities
    common = np.linspace(EARLY_DOUBT, 1.0, len(curve.sizes)) / np.sqrt(2.0)  # sizes share their test examples: half is common
    noise = np.maximum(curve.errors * common, LEAST_NOISE / 2.0)
    rates, floors = (one.ravel() for one in np.meshgrid(RATES, FLOOR_SHARES * seen.min()))
    shape = curve.sizes[None, :] ** -rates[:, None]
    wanted = seen[None, :] - floors[:, None]
    precision = 1.0 / noise[None, :] ** 2
    scales = np.maximum((shape * wanted * precision).sum(axis=1) / (shape**2 * precision).sum(axis=1), 0.0)
    misfit = (((wanted - scales[:, None] * shape) ** 2) * precision).sum(axis=1)
    weights = np.exp(-0.5 * (misfit - misfit.min()))
    errors = floors[:, None] + scales[:, None] * at[None, :] ** -rates[:, None]
    return weights / weights.sum(), np.clip(errors, 0.0, 100.0)
