"""What a trial or an import on the user's own data says: measured quality, one figure per (strategy, model)."""

from __future__ import annotations

import datetime
import math
import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from recommender.domain.words import OWN_EXAMPLES, StrategyId, Task

SHARED_WORDS = re.compile(r"(rouge|sacrebleu|bleu(?!rt)|chrf|meteor)")
ONE_LINE = r"^[^\x00-\x1f]*$"  # what is quoted in an answer must not write lines of its own
FIRST_DAY = datetime.date(2000, 1, 1)


class _Frozen(BaseModel):
    """Unknown fields are errors; values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class TrialResult(_Frozen):
    """Measured quality of one strategy with one model, on the task's scale from 0 to 100.

    `standard_error` is the metric's own, in points, and never zero: ten right answers of ten do not prove perfection.
    """

    strategy: StrategyId
    model: Annotated[str, Field(min_length=1, max_length=200)]
    quality: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
    standard_error: Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]
    examples: Annotated[int, Field(ge=1, le=1_000_000_000)]
    metric: Annotated[str, Field(min_length=1, max_length=100, pattern=ONE_LINE)]
    source: Annotated[str, Field(min_length=1, max_length=300, pattern=ONE_LINE)]
    date: datetime.date
    latency_p50_ms: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    latency_p95_ms: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    usd_per_1k_requests: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> TrialResult:
        if self.date < FIRST_DAY:
            raise ValueError(f"date: {self.date.isoformat()} is before anything of the kind was measured")
        if self.latency_p50_ms is not None and self.latency_p95_ms is not None and self.latency_p50_ms > self.latency_p95_ms:
            raise ValueError("latency_p50_ms is above latency_p95_ms; half of all answers cannot take longer than 95 of 100")
        return self

    @property
    def believed_error(self) -> float:
        """The standard error, but never less than a third of what so many right and wrong answers have (Agresti and Coull, 1998):
        one right answer is not certainty, whatever a file says. [points]"""
        share = (self.examples * self.quality / 100.0 + 2.0) / (self.examples + 4.0)
        return max(self.standard_error, 100.0 * math.sqrt(share * (1.0 - share) / (self.examples + 4.0)) / 3.0)

    @property
    def shared_words(self) -> str:
        """The metric's plain name where it counts words shared with the expected answer, which is no share of good answers; else
        nothing."""
        plain = re.sub(r"[^a-z0-9]", "", self.metric.lower())
        return plain if SHARED_WORDS.match(plain) else ""

    def is_after(self, today: datetime.date) -> bool:
        """Whether it says that it was measured on a day still to come."""
        return self.date > today

    @property
    def says(self) -> str:
        """One line of provenance, as an answer names it."""
        return f"{self.source} ({self.date.isoformat()}): {self.metric} {self.quality:.3g} on {self.examples:,} {OWN_EXAMPLES}"


class TrialEvidence(_Frozen):
    """Everything measured on one task of the user's own."""

    task: Task
    results: tuple[TrialResult, ...]


Evidence = TrialEvidence | dict[str, Any] | None
