"""What the user's own trial measured, weighed against what was expected before: a normal prior, a normal measurement.

    posterior = (prior / s^2 + measured / e^2) / (1 / s^2 + 1 / e^2)        s: spread before, e: standard error of the trial

A few examples have a large standard error and move little; many move a lot and narrow the interval. Where nothing was known,
the measurement is all there is. The grade becomes `measured` once the trial weighs at least as much as what was expected.

Metrics that count the words an answer shares with the expected one (ROUGE, BLEU) are on no task's scale: good answers worded freely
score 20 to 40. What they have in common is taken off, so that only differences between the candidates measured by them move, and
no grade is earned.

References:
    [1] A. Gelman et al., "Bayesian Data Analysis", 3rd edition, CRC Press, 2013, equations 2.10 and 2.12.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.estimation import Array, Rows
from recommender.decision.model_quality import Quality
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.words import GRADES
from recommender.errors import Fault

if TYPE_CHECKING:
    from recommender.domain.trial_evidence import TrialEvidence, TrialResult

Z80 = 1.2816  # a normal's distance from its middle to its 90th percentile
LEAST_SPREAD = 0.1  # points: an expectation is never exact
# Forecasts are told by how much less they err than a seasonal naive one; trials score quantities by R2, labels by F1.
SCORED_OTHERWISE = frozenset(("time_series_forecasting",))
LEAST_TO_TELL_A_LEVEL = 2  # candidates measured by shared words: of one alone, level and quality cannot be told apart
MOST_SPREAD = 1e6  # points: where nothing was expected, the measurement decides alone


def as_measured(rows: Rows, quality: Quality, evidence: TrialEvidence | None) -> Quality:
    """Quality with the user's own measurements weighed in. [points]

    Args:
        rows: the candidates; every way to run a measured (strategy, model) is updated alike.
        quality: what was expected, with its 80 % interval.
        evidence: what was measured; None, another task's and what is scored on another scale changes nothing.
    """
    if evidence is None or not _speaks_for(evidence, rows.situation.task):
        return quality
    levels = rows.columns.trial_levels
    for result in evidence.results:
        found = _measured_in(rows.columns, rows.candidates, result)
        if not found.any():
            continue
        if not result.shared_words:
            quality = _weighed(quality, found, result.quality, result.believed_error, earns_grade=True)
        elif result.shared_words in levels:
            level, doubt = levels[result.shared_words]
            quality = _weighed(quality, found, result.quality - level, float(np.hypot(result.believed_error, doubt)))
    return quality


def measured_rows(evidence: TrialEvidence, candidates: Candidates, columns: Columns) -> Ints:
    """One way to run each thing that was measured."""
    found = [np.flatnonzero(_measured_in(columns, candidates, one))[:1] for one in evidence.results]
    return np.unique(np.concatenate([np.zeros(0, np.int64), *found]))


def levels_of_shared_words(
    evidence: TrialEvidence, candidates: Candidates, quality: Quality, columns: Columns
) -> dict[str, tuple[float, float]]:
    """By metric, how far its scores lie above what was expected, over all candidates measured by it, and how sure that is; left out where
    fewer than two of them have an expectation to hold them against. [points]

    Args:
        quality: of the candidates without the evidence, with intervals.
    """
    above: dict[str, list[tuple[float, float]]] = {}
    for result in evidence.results:
        rows = np.flatnonzero(_measured_in(columns, candidates, result))
        if not result.shared_words or not len(rows):
            continue
        low, mid, high = (float(end[rows[0]]) for end in (quality.low, quality.mid, quality.high))
        if not np.isnan(low + mid + high):
            above.setdefault(result.shared_words, []).append((result.quality - mid, (high - low) / 2.0 / Z80))
    return {
        metric: (float(np.mean([one[0] for one in told])), float(np.sqrt(np.mean([one[1] ** 2 for one in told]) / len(told))))
        for metric, told in above.items()
        if len(told) >= LEAST_TO_TELL_A_LEVEL
    }


def _speaks_for(evidence: TrialEvidence, task: str) -> bool:
    """Whether a measurement is on the scale that a task's quality is told on."""
    return evidence.task == task and task not in SCORED_OTHERWISE


def evidence_faults(evidence: TrialEvidence | None, columns: Columns, task: str | None) -> list[Fault]:
    """What of the evidence cannot be about this question: another task, a model that the catalog does not have."""
    if evidence is None:
        return []
    if evidence.task != task:
        return [
            Fault("evidence.task", f"was measured on {evidence.task}, the question is {task}", "measure the task in question")
        ]
    if not evidence.results:
        return [Fault("evidence.results", "is empty: nothing was measured", "run the trial again, or leave the evidence out")]
    known = set(columns.models.ids)
    told = [(one.strategy, one.model, one.source) for one in evidence.results]
    return [
        Fault(f"evidence.results.{place}.model", f"'{one.model}' is not in the catalog", _remedy(one.model, known))
        for place, one in enumerate(evidence.results)
        if one.model not in known
    ] + [
        Fault(f"evidence.results.{place}", f"{one[0]} with {one[1]} is there twice from '{one[2]}'", "keep one")
        for place, one in enumerate(told)
        if one in told[:place]
    ]


def measured_sources(columns: Columns, task: str, strategy: str, model: str) -> tuple[str, ...]:
    """Which trials speak for a strategy with a model."""
    trial = columns.trial
    if trial is None or not _speaks_for(trial, task):
        return ()
    mine = [one for one in trial.results if (one.strategy, one.model) == (strategy, model)]
    return tuple(one.says for one in mine if not one.shared_words)


def measured_beside_quality(columns: Columns, candidates: Candidates, task: str, name: str) -> Array:
    """A trial's time or bill per candidate, the worst of several; NaN where none was measured. It only warns: it hangs on where
    the trial ran, be that one's own machine, and not on where the candidate would.

    Args:
        name: `latency_p95_ms` [ms] or `usd_per_1k_requests` [USD per 1,000 requests].
    """
    found = np.full(len(candidates), np.nan)
    if columns.trial is None or columns.trial.task != task:
        return found
    for result in columns.trial.results:
        value = getattr(result, name)
        mine = _measured_in(columns, candidates, result)
        found[mine] = np.fmax(found[mine], np.nan if value is None else value)
    return found


def _remedy(name: str, known: set[str]) -> str:
    close = get_close_matches(name, sorted(known), 1)
    return f"did you mean '{close[0]}'?" if close else "`recommender catalog show` lists what there is"


def _measured_in(columns: Columns, candidates: Candidates, result: TrialResult) -> Mask:
    """Every way to run what was measured."""
    strategies = [place for place, one in enumerate(columns.strategies) if one.id == result.strategy]
    ids = columns.models.ids
    model = ids.index(result.model) if result.model in ids else -1
    return np.asarray(np.isin(candidates.strategy, strategies) & (candidates.model == model), bool)


def _weighed(
    quality: Quality,
    found: Mask,
    measured: float | Array,
    error: float | Array,
    *,
    earns_grade: bool = False,
) -> Quality:
    low, mid, high, grades = (np.array(one) for one in (quality.low, quality.mid, quality.high, quality.grades))
    before = mid[found]
    spread = np.maximum((high[found] - low[found]) / 2.0 / Z80, LEAST_SPREAD)
    spread = np.where(np.isnan(before) | np.isnan(spread), MOST_SPREAD, spread)
    expected = np.where(np.isnan(before), measured, before)
    weight = spread**2 / (spread**2 + error**2)
    after = expected + weight * (measured - expected)
    half = Z80 * np.sqrt(weight) * error
    low[found], mid[found], high[found] = (np.clip(one, 0, 100) for one in (after - half, after, after + half))
    typical = weight if weight.ndim == 1 else weight.mean(axis=1)
    grades[found] = np.where((typical >= 0.5) & earns_grade, GRADES.index("measured"), grades[found])
    return Quality(low, mid, high, grades)
