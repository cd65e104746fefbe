"""How well quality is predicted where it was not looked at: whole sources left out, and newer models from older ones.

A random hold-out would flatter: sibling columns of one leaderboard leak. So all scores that a source gives a model are hidden
together, and models are split by release date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from recommender.evidence.factor import Factor, fit_factor, place
from recommender.evidence.prior import EPOCH
from recommender.evidence.quality_fit import QualityFit

Floats = NDArray[np.float64]
FOLDS = 5
LEAST_MODELS = 15
"""Benchmarks with fewer models are fitted but not judged on."""
LEAST_RANKED = 8
CUTS = (date(2024, 6, 1), date(2025, 1, 1), date(2025, 7, 1))
REPEATS = 3
INTERVAL = 0.8


@dataclass(frozen=True)
class Hidden:
    """One score that was hidden and predicted. Errors in standard deviations of the benchmark's column."""

    group: str
    column: int
    actual: float
    predicted: float
    error: float
    error_of_mean: float
    surprise: float


@dataclass(frozen=True)
class QualityCheck:
    """Held-out errors, averaged over groups (sources, or cuts in time) and over all scores."""

    scores: int
    error: float
    error_of_mean: float
    better_than_mean: float
    better_by_group: dict[str, float]
    rank_correlation: float
    coverage: float
    coverage_by_group: dict[str, float]
    width: float


def sources_left_out(fit: QualityFit, seed: int = 0) -> tuple[Hidden, ...]:
    """For each source and each fifth of the models: hide all that the source says of them, fit again, predict it."""
    models = sorted({model for model, _ in fit.table.entities})
    found: list[Hidden] = []
    generator = np.random.default_rng(seed)
    for source in sorted(set(fit.table.sources)):
        fold_of = dict(zip(models, generator.integers(0, FOLDS, len(models)), strict=True))
        fold = np.array([fold_of[model] for model, _ in fit.table.entities])
        columns = np.array([name == source for name in fit.table.sources])
        for number in range(FOLDS):
            found += _hidden_block(fit, source, columns, fold == number)
    return tuple(found)


def newer_from_older(fit: QualityFit, scores_known: int, seed: int = 0) -> tuple[Hidden, ...]:
    """For each cut in time: fit on older models, predict newer ones with some of their scores known.

    Scores of a source that is known are not judged, so that nothing leaks from sibling columns.
    """
    generator = np.random.default_rng(seed)
    found: list[Hidden] = []
    for cut in CUTS:
        released = fit.facts.released
        days = (cut - EPOCH).days
        old, new = released < days, released >= days
        train = np.where(old[:, None], fit.table.straight, np.nan)
        factor = fit_factor(train, fit.design, fit.held, fit.table.sources, fit.table.tells, fit.table.links)
        for row in np.flatnonzero(new):
            for _ in range(REPEATS if scores_known else 1):
                known = _some_columns(fit, factor, int(row), scores_known, generator)
                if known is not None:
                    found += _newer(fit, factor, (int(row), known), old, cut.isoformat())
    return tuple(found)


def checked(hidden: Sequence[Hidden], width: float | None = None) -> QualityCheck:
    """Errors and coverage; without a width, each group is judged by the width the other groups need."""
    groups = sorted({score.group for score in hidden})
    widths = {name: width or needed_width(score for score in hidden if score.group != name) for name in groups}
    inside = [(score.group, abs(score.surprise) <= widths[score.group]) for score in hidden]
    error = float(np.mean([score.error for score in hidden]))
    of_mean = float(np.mean([score.error_of_mean for score in hidden]))
    return QualityCheck(
        scores=len(hidden),
        error=error,
        error_of_mean=of_mean,
        better_than_mean=1 - error / of_mean,
        better_by_group={name: _better([score for score in hidden if score.group == name]) for name in groups},
        rank_correlation=_rank_correlation(hidden),
        coverage=float(np.mean([hit for _, hit in inside])),
        coverage_by_group={name: float(np.mean([hit for group, hit in inside if group == name])) for name in groups},
        width=needed_width(hidden),
    )


def needed_width(hidden: Iterable[Hidden]) -> float:
    """Half width, in predicted standard deviations, that holds four scores of five.

    References:
        [1] V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random World", 2005, section 2.2, split form.
            https://doi.org/10.1007/b106715, read 2026-11-24.
    """
    return float(np.quantile([abs(score.surprise) for score in hidden], INTERVAL))


def _hidden_block(fit: QualityFit, source: str, columns: NDArray[np.bool_], rows: NDArray[np.bool_]) -> list[Hidden]:
    scores = fit.table.straight
    left = scores.copy()
    left[np.ix_(rows, columns)] = np.nan
    factor = fit_factor(left, fit.design, fit.held, fit.table.sources, fit.table.tells, fit.table.links)
    placed = place(factor, left, fit.design)
    seen_elsewhere = rows & np.isfinite(left).any(axis=1)
    found: list[Hidden] = []
    for column in np.flatnonzero(columns & factor.usable):
        train = fit.table.values[~rows, column]
        judged = np.flatnonzero(seen_elsewhere & np.isfinite(scores[:, column]))
        found += _scores(fit, factor, placed, (int(column), judged, train[np.isfinite(train)]), source)
    return found


def _newer(
    fit: QualityFit, factor: Factor, shown: tuple[int, NDArray[np.int64]], old: NDArray[np.bool_], group: str
) -> list[Hidden]:
    row, known = shown
    one = np.full((1, fit.table.values.shape[1]), np.nan)
    one[0, known] = fit.table.straight[row, known]
    capability, variance = place(factor, one, fit.design[row : row + 1])
    placed = (np.full(len(old), capability[0]), np.full(len(old), variance[0]))
    told = {fit.table.sources[column] for column in known}
    found: list[Hidden] = []
    for column in np.flatnonzero(np.isfinite(fit.table.values[row]) & factor.usable):
        if fit.table.sources[column] not in told:
            train = fit.table.values[old, column]
            found += _scores(fit, factor, placed, (int(column), np.array([row]), train[np.isfinite(train)]), group)
    return found


def _some_columns(
    fit: QualityFit, factor: Factor, row: int, count: int, generator: np.random.Generator
) -> NDArray[np.int64] | None:
    """Columns of the scores that are known; None if nothing would be left to judge."""
    scored = np.flatnonzero(np.isfinite(fit.table.values[row]) & factor.usable)
    if len(scored) <= count:
        return None
    return np.sort(generator.choice(scored, count, replace=False)).astype(np.int64)


def _scores(
    fit: QualityFit,
    factor: Factor,
    placed: tuple[Floats, Floats],
    judged: tuple[int, NDArray[np.int64], Floats],
    group: str,
) -> list[Hidden]:
    column, rows, train = judged
    if len(train) < LEAST_MODELS:
        return []
    straight = factor.expected(column, placed[0][rows])
    spread = np.sqrt(factor.error[column] ** 2 + factor.loading[column] ** 2 * placed[1][rows])
    predicted, actual = fit.table.in_own_unit(column, straight), fit.table.values[rows, column]
    surprise = (fit.table.straight[rows, column] - straight) / spread
    scale, mean = float(train.std()), float(train.mean())
    return [
        Hidden(group, column, float(a), float(p), abs(float(a - p)) / scale, abs(float(a) - mean) / scale, float(s))
        for a, p, s in zip(actual, predicted, surprise, strict=True)
    ]


def _better(hidden: Sequence[Hidden]) -> float:
    return 1 - float(np.mean([score.error for score in hidden])) / float(np.mean([score.error_of_mean for score in hidden]))


def _rank_correlation(hidden: Sequence[Hidden]) -> float:
    """Spearman's within each benchmark and group, weighted by scores."""
    found: list[tuple[float, int]] = []
    for key in sorted({(score.group, score.column) for score in hidden}):
        of_key = [score for score in hidden if (score.group, score.column) == key]
        actual, predicted = (np.array([getattr(score, name) for score in of_key]) for name in ("actual", "predicted"))
        if len(of_key) >= LEAST_RANKED and actual.std() > 0 and predicted.std() > 0:
            found.append((float(np.corrcoef(_ranks(actual), _ranks(predicted))[0, 1]), len(of_key)))
    return float(np.average([value for value, _ in found], weights=[count for _, count in found]))


def _ranks(values: Floats) -> Floats:
    """Ranks, ties sharing their mean."""
    order = np.unique(values, return_inverse=True)[1]
    counts = np.bincount(order)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[order], dtype=float)
