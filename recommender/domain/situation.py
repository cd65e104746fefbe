"""The case at hand in numbers: what was stated, and where nothing was, the default with its range.

Every quantity is one number, or one number per draw.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from recommender.domain.method import TaskSpec
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.units import MS_PER_SECOND, SECONDS_PER_HOUR
from recommender.domain.words import PICTURE_SEARCH

Quantity = float | NDArray[np.float64]
SECONDS_PER_MONTH = 30.4 * 86_400
HOURS_OF_A_TARIFF = 24.0  # within which vendors' batch tariffs promise their answers


@record
class Teacher:
    """The best prompted model that may see the examples: its quality [points], infinite where nothing was asked of it and NaN where there
    is none; and the way it runs, a place among the deployments, -1 where none was chosen."""

    points: float
    way: int = -1


@record
class PartTerms:
    """Which offers may not run a further model on the path, one flag per offer; whether rented machines may; the open model of each
    kind that stands in on own machines, -1 where there is none; and who may label examples: chosen once for a decision and all its draws."""

    barred: NDArray[np.bool_]
    may_be_rented: bool
    stand_ins: Mapping[str, int]
    teacher: Teacher


@record
class Situation:
    """Workload, data and knowledge of one request for advice.

    Units: tokens, minutes, seconds, pieces per request; requests per month and per second; examples; days.
    """

    task: str
    spec: TaskSpec
    requirements: Requirements
    assumptions: Mapping[str, Quantity]
    requests_per_month: Quantity
    months_per_year: float
    peak_requests_per_second: Quantity
    input_tokens: Quantity
    wordless_tokens: Quantity  # of these, of pictures and films that come with texts
    output_tokens: Quantity
    max_input_tokens: Quantity
    audio_minutes: Quantity
    images: Quantity
    pages: Quantity
    characters: Quantity
    video_seconds: Quantity
    model_calls: Quantity
    mode: str
    cacheable_share: Quantity
    concurrent_streams: Quantity
    labels: Quantity
    labels_at_hand: Quantity
    labels_are_stated: bool
    items_at_hand: float
    classes: float
    corpus_tokens: Quantity
    corpus_is_stated: bool
    rests_on_a_corpus: bool
    private_share: Quantity
    answers_in_corpus: Quantity
    refreshes_per_month: float
    day_rate_usd: Quantity
    people: Quantity
    parts: PartTerms | None = None
    stated_task: str | None = None

    def __getitem__(self, name: str) -> Quantity:
        """An assumption by name."""
        return self.assumptions[name]

    @property
    def scale(self) -> str:
        """The scale that quality is told on: the task's own, or that of searches in pictures."""
        return PICTURE_SEARCH if self.spec.levels == self.spec.levels_of_pictures else self.task

    @property
    def draws(self) -> tuple[int, ...]:
        """Shape of everything that is drawn: one number per draw, or () at the middle of every assumption."""
        return np.shape(next(iter(self.assumptions.values())))

    @property
    def mean_requests_per_second(self) -> Quantity:
        """Averaged over the time that the work has: a month, or until the deadline of work that is done once. [requests/s]"""
        if self.mode != "one_off" or self.deadline_hours is None:
            return self.monthly_mean_per_second
        until_the_deadline = self.requests_per_month / max(self.deadline_hours * SECONDS_PER_HOUR, 1.0)
        return np.minimum(until_the_deadline, self.peak_requests_per_second)

    @property
    def monthly_mean_per_second(self) -> Quantity:
        """Averaged over a month, whatever the deadline: a closer one must not make an hour of a machine carry more. [requests/s]"""
        return self.requests_per_month / SECONDS_PER_MONTH

    @property
    def is_offline(self) -> bool:
        """Whether answers may wait for hours."""
        return self.mode in ("batch", "one_off")

    @property
    def deadline_hours(self) -> float | None:
        """Hours within which work that can wait must be done; None where it cannot, or where nobody said. [h]"""
        return self.requirements.workload.deadline_hours if self.is_offline else None

    @property
    def may_take_a_day(self) -> bool:
        """Whether answers may take as long as vendors' batch tariffs do: a closer deadline or time limit pays for answers at once."""
        limit = self.requirements.latency.p95_ms
        waits = limit is None or limit >= HOURS_OF_A_TARIFF * SECONDS_PER_HOUR * MS_PER_SECOND
        return self.is_offline and waits and (self.deadline_hours is None or self.deadline_hours >= HOURS_OF_A_TARIFF)
