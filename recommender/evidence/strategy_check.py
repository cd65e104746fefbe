"""How well a strategy's gain is predicted for a study that was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.evidence.comparisons import Comparison
from recommender.evidence.strategy_fit import StrategyFit, comparison_terms, fit_strategies, observed_logits
from recommender.evidence.strategy_terms import Way, way_of

NOISE_FLOOR_POINTS = 3.1
"""Two harnesses differ by this much on average: a smaller gain has no sign to get right."""
INTERVAL = 0.8


@dataclass(frozen=True)
class LeftOut:
    """A comparison predicted without its study. [points; logits]"""

    group: str
    way: Way
    gain: float
    predicted: float
    surprise_logits: float


@dataclass(frozen=True)
class StrategyCheck:
    """Held-out errors, averaged over studies; signs over comparisons."""

    comparisons: int
    studies: int
    error_points: float
    error_points_over_rows: float
    sign_right: float
    sign_right_beyond_noise: float
    coverage: float
    coverage_over_studies: float
    width_logits: dict[Way, float]
    error_by_study: dict[str, float]


def by_study(comparison: Comparison) -> str:
    """The study a comparison comes from."""
    return comparison.study


def by_paper(comparison: Comparison) -> str:
    """The paper: stricter, since one paper can hold several studies."""
    return comparison.paper


def studies_left_out(comparisons: Sequence[Comparison], group: Callable[[Comparison], str]) -> tuple[LeftOut, ...]:
    """Every comparison, predicted by a fit that never saw its group."""
    found: list[LeftOut] = []
    for name in sorted({group(comparison) for comparison in comparisons}):
        fit = fit_strategies([comparison for comparison in comparisons if group(comparison) != name])
        found += [_predicted(fit, comparison, name) for comparison in comparisons if group(comparison) == name]
    return tuple(found)


def never_fitted(fit: StrategyFit, comparisons: Sequence[Comparison]) -> tuple[LeftOut, ...]:
    """Comparisons of studies that are held aside, predicted by the fit that the engine reads."""
    return tuple(_predicted(fit, comparison, comparison.study) for comparison in comparisons)


def _predicted(fit: StrategyFit, comparison: Comparison, group: str) -> LeftOut:
    terms = comparison_terms(comparison)
    logits = sum(fit.coefficients.get(term, 0.0) * value for term, value in terms.items())
    surprise = observed_logits(comparison) - logits
    return LeftOut(group, way_of(comparison.strategy), comparison.gain, fit.gain(comparison), surprise)


def checked_strategies(left_out: Sequence[LeftOut], widths: Mapping[Way, float] | None = None) -> StrategyCheck:
    """Errors and coverage; each study is judged by the widths given, else by those that the other studies need."""
    groups = sorted({row.group for row in left_out})
    rows_of = {name: [row for row in left_out if row.group == name] for name in groups}
    errors = {name: float(np.mean([abs(row.gain - row.predicted) for row in rows])) for name, rows in rows_of.items()}
    inside = {
        name: _coverage(rows, widths or needed_widths([row for row in left_out if row.group != name]))
        for name, rows in rows_of.items()
    }
    clear = [row for row in left_out if abs(row.gain) >= NOISE_FLOOR_POINTS]
    return StrategyCheck(
        comparisons=len(left_out),
        studies=len(groups),
        error_points=float(np.mean(list(errors.values()))),
        error_points_over_rows=float(np.mean([abs(row.gain - row.predicted) for row in left_out])),
        sign_right=_sign_right(left_out),
        sign_right_beyond_noise=_sign_right(clear),
        coverage=float(np.average(list(inside.values()), weights=[len(rows_of[name]) for name in inside])),
        coverage_over_studies=float(np.mean(list(inside.values()))),
        width_logits=dict(widths or needed_widths(left_out)),
        error_by_study=errors,
    )


def needed_widths(left_out: Sequence[LeftOut]) -> dict[Way, float]:
    """The width of each way: half way (geometric mean) between what it needs and what all need, for a way has few studies.

    What all need is taken a study further out, as the next study needs it: split conformal prediction [1]. A way's own is not:
    with a handful of studies that would be its widest.

    References:
        [1] "How split conformal works", https://conformalprediction.net/demos/01-how-conformal-works.html, read 2026-11-29.
    """
    ways = sorted({row.way for row in left_out})
    studies = max(len({row.group for row in left_out}), 1)
    overall = needed_width(left_out, INTERVAL * (1 + 1 / studies))
    return {way: float(np.sqrt(needed_width([row for row in left_out if row.way == way]) * overall)) for way in ways}


def needed_width(left_out: Sequence[LeftOut], share: float = INTERVAL) -> float:
    """Half width on the log-odds scale that holds a share of the comparisons, studies counting alike."""
    counts: dict[str, int] = {}
    for row in left_out:
        counts[row.group] = counts.get(row.group, 0) + 1
    order = sorted(left_out, key=lambda row: abs(row.surprise_logits))
    reached = np.cumsum([1 / counts[row.group] for row in order]) / len(counts)
    return abs(order[min(int(np.searchsorted(reached, share)), len(order) - 1)].surprise_logits)


def _coverage(rows: Sequence[LeftOut], widths: Mapping[Way, float]) -> float:
    return float(np.mean([abs(row.surprise_logits) <= widths[row.way] for row in rows]))


def _sign_right(rows: Sequence[LeftOut]) -> float:
    """A difference of exactly nothing has no sign; a predicted one of nothing is no gain."""
    rows = [row for row in rows if row.gain != 0.0]
    return float(np.mean([(row.gain > 0) == (row.predicted > 0) for row in rows]))
