"""What one candidate came to in a trial, and the evidence that all of them are together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import field

import numpy as np

from recommender.domain.record import record
from recommender.domain.trial_evidence import TrialEvidence, TrialResult
from recommender.domain.words import StrategyId, Task
from recommender.trial.curve import Curve
from recommender.trial.metrics import Measured, paired_difference

LEAST_SHARED = 10  # examples that both answered: fewer compare nothing


@record
class Standing:
    """One candidate; `measured` is None where it brought too few answers, and `stopped` says why. `scores` holds 0 to 1 by
    example id, `answers` what an endpoint said; `usd` is what the trial paid for it."""

    strategy: StrategyId
    model: str
    name: str
    measured: Measured | None
    scores: Mapping[str, float]
    curve: Curve | None = None
    latency_ms: tuple[float, float] | None = None
    usd: float | None = None
    stopped: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def lead_over(self, other: Standing) -> tuple[float, float, float] | None:
        """Mean difference on the examples that both answered, with its 95 % interval; None where they share too few."""
        shared = sorted(self.scores.keys() & other.scores.keys())
        if len(shared) < LEAST_SHARED:
            return None
        first, second = (np.array([scores[name] for name in shared]) for scores in (self.scores, other.scores))
        return paired_difference(first, second)


def best_first(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """By quality, then by name; what was not measured comes last."""
    return tuple(sorted(standings, key=lambda one: (-one.measured.quality if one.measured else 1.0, one.name)))


def evidence_of(task: Task, standings: Sequence[Standing], source: str, day: datetime.date) -> TrialEvidence:
    """The standings as evidence for the engine; a candidate that was stopped early counts with what it answered."""
    results = tuple(_result(one, one.measured, source, day) for one in standings if one.measured is not None)
    return TrialEvidence(task=task, results=results)


def _result(one: Standing, found: Measured, source: str, day: datetime.date) -> TrialResult:
    p50, p95 = one.latency_ms or (None, None)
    return TrialResult(
        strategy=one.strategy,
        model=one.model,
        quality=round(found.quality, 4),
        standard_error=max(round(found.standard_error, 4), 0.01),
        examples=found.examples,
        metric=found.metric,
        source=source,
        date=day,
        latency_p50_ms=p50,
        latency_p95_ms=p95,
        usd_per_1k_requests=None if one.usd is None or not found.examples else round(1000.0 * one.usd / found.examples, 6),
    )
