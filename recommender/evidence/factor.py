"""One general factor behind many benchmarks, with unknown scores left unknown.

score[model, benchmark] = level + loading * capability[model] + error, on scales that are straight in ability.
Capability has a prior from known facts; scores that share a source share part of their error and count for less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROUNDS = 30
LEAST_SCORES = 4
SHARED_ERROR = 0.35
HUBER = 1.5
SLOPE_SCORES = 1.5
SPREAD_SCORES = 2.0
LEAST_VARIANCE = 0.05


@dataclass(frozen=True)
class Factor:
    """A fitted factor. `usable` marks columns with enough scores to be placed, `tells` those that say how capable a model is, `links`
    those that say it of what stands apart alone."""

    level: Floats
    loading: Floats
    error: Floats
    usable: NDArray[np.bool_]
    coefficients: Floats
    spread: float
    sources: tuple[str, ...]
    tells: NDArray[np.bool_]
    links: NDArray[np.bool_]

    def expected(self, column: int, capability: Floats) -> Floats:
        """The straight score a capability should give on one benchmark."""
        return np.asarray(self.level[column] + self.loading[column] * capability, dtype=float)


def fit_factor(
    scores: Floats,
    facts: Floats,
    held: Floats,
    sources: tuple[str, ...],
    tells: NDArray[np.bool_] | None = None,
    links: NDArray[np.bool_] | None = None,
) -> Factor:
    """Level, loading and error of every column, and what facts say about capability.

    Args:
        scores: straight scores, NaN where unknown.
        facts: the design matrix of known facts.
        held: how strongly each of its coefficients is held near zero.
        sources: the source of each column.
        tells: which columns say how capable a model is; all if not given. The others are only placed by it.
        links: which of the others say it of what stands apart; none if not given.

    References:
        [1] D. B. Rubin and D. T. Thayer, "EM algorithms for ML factor analysis", Psychometrika 47, 1982, section 2.
            https://doi.org/10.1007/BF02293851, read 2026-11-24.
        [2] P. J. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics 35, 1964.
            https://doi.org/10.1214/aoms/1177703732, read 2026-11-24.

    Departs from [1] by weighing outliers down as in [2] and by holding each loading near the typical one.
    """
    telling = np.ones(scores.shape[1], bool) if tells is None else tells
    linking = np.zeros(scores.shape[1], bool) if links is None else links
    taught = _teaching(scores, facts, telling)
    factor = replace(_start(taught, facts, sources), tells=telling, links=linking)
    scale = np.where(factor.usable, factor.loading, 1.0)
    typical, told = 1.0, factor.usable & factor.tells
    for _ in range(ROUNDS):
        capability, variance = place(factor, scores, facts)
        factor = _refit_prior(factor, scores, facts, held, (capability, variance))
        factor = _refit_columns(factor, taught, scale * typical, (capability, variance))
        typical = float(np.median(factor.loading[told] / scale[told]))
    return factor


def place(factor: Factor, scores: Floats, facts: Floats) -> tuple[Floats, Floats]:
    """Capability of each row and its variance: what facts say, moved by the scores it has."""
    known = _placing(factor, scores, facts)
    filled = np.where(known, scores, 0.0)
    discount = _discount(known, factor.sources)
    weight = np.where(known, (factor.loading / factor.error) ** 2, 0.0) * discount
    pull = np.where(known, (filled - factor.level) * factor.loading / factor.error**2, 0.0) * discount
    precision = weight.sum(axis=1) + 1 / factor.spread
    middle = facts @ factor.coefficients
    return (pull.sum(axis=1) + middle / factor.spread) / precision, 1 / precision


def _placing(factor: Factor, scores: Floats, facts: Floats) -> NDArray[np.bool_]:
    """The scores that say how capable each row is."""
    return np.isfinite(scores) & factor.usable & (factor.tells | (factor.links & ~_is_ordinary(facts)[:, None]))


def _is_ordinary(facts: Floats) -> NDArray[np.bool_]:
    """Which rows have a constant among their facts: none of those that stand apart (prior.STAND_APART)."""
    return np.asarray(facts[:, 0] > 0, bool)


def _teaching(scores: Floats, facts: Floats, tells: NDArray[np.bool_]) -> Floats:
    """The scores that say how a column rises with capability: not those of what stands apart where nothing else places it."""
    return np.where(_is_ordinary(facts)[:, None] | tells, scores, np.nan)


def _start(scores: Floats, facts: Floats, sources: tuple[str, ...]) -> Factor:
    known = np.isfinite(scores)
    usable = known.sum(axis=0) >= LEAST_SCORES
    level, spread = np.zeros(scores.shape[1]), np.ones(scores.shape[1])
    for j in np.flatnonzero(usable):
        column = scores[known[:, j], j]
        level[j], spread[j] = column.mean(), max(column.std(), 1e-3)
    return Factor(level, spread.copy(), 0.5 * spread, usable, np.zeros(facts.shape[1]), 0.5, sources, usable, ~usable)


def _discount(known: NDArray[np.bool_], sources: tuple[str, ...]) -> Floats:
    """Further scores of one source add less: their errors are shared in part."""
    discount = np.ones(known.shape)
    for source in sorted(set(sources)):
        columns = np.array([name == source for name in sources])
        count = known[:, columns].sum(axis=1, keepdims=True)
        discount[:, columns] = 1 / (1 + SHARED_ERROR * np.maximum(count - 1, 0))
    return discount


def _refit_prior(factor: Factor, scores: Floats, facts: Floats, held: Floats, placed: tuple[Floats, Floats]) -> Factor:
    capability, variance = placed
    seen = _placing(factor, scores, facts).any(axis=1)
    design = facts[seen]
    normal = design.T @ design / factor.spread + np.diag(held)
    coefficients: Floats = np.asarray(np.linalg.solve(normal, design.T @ capability[seen] / factor.spread), dtype=float)
    rest = (capability[seen] - design @ coefficients) ** 2 + variance[seen]
    return replace(factor, coefficients=coefficients, spread=max(LEAST_VARIANCE, float(rest[_is_ordinary(design)].mean())))


def _refit_columns(factor: Factor, scores: Floats, typical: Floats, placed: tuple[Floats, Floats]) -> Factor:
    level, loading, error = factor.level.copy(), factor.loading.copy(), factor.error.copy()
    for j in np.flatnonzero(factor.usable):
        rows = np.isfinite(scores[:, j])
        at, blur, value = placed[0][rows], placed[1][rows], scores[rows, j]
        surprise = np.abs(value - factor.expected(int(j), at)) / factor.error[j]
        weight = 1 / np.maximum(1, surprise / HUBER)
        total = weight.sum()
        at_mean, value_mean = (weight * at).sum() / total, (weight * value).sum() / total
        spread = (weight * ((at - at_mean) ** 2 + blur)).sum()
        together = (weight * (at - at_mean) * (value - value_mean)).sum()
        own = max(value.std(), 1e-3)
        loading[j] = max(0.05 * own, (together + SLOPE_SCORES * typical[j]) / (spread + SLOPE_SCORES))
        level[j] = value_mean - loading[j] * at_mean
        rest = (weight * ((value - level[j] - loading[j] * at) ** 2 + loading[j] ** 2 * blur)).sum()
        error[j] = max(0.15 * own, np.sqrt((rest + SPREAD_SCORES * (0.5 * own) ** 2) / (total + SPREAD_SCORES)))
    return replace(factor, level=level, loading=loading, error=error)
