"""What the engine reads from evidence: quality of a model on a task, gain of a strategy, and the case at hand.

Quality is on the task's scale from 0 to 100. A share is a part of the headroom (100 - baseline): 1 closes it, negative loses.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from recommender.domain.record import record
from recommender.domain.words import Grade

Quantity = float | NDArray[np.float64]


@record
class TaskQuality:
    """Quality of one model on one task, with its 80 % interval. [0-100]"""

    low: float
    mid: float
    high: float
    grade: Grade
    sources: tuple[str, ...]
    date: str
    scores: int


@record
class ModelFacts:
    """What is known of models without any score; one array place per model, NaN where unknown, -1 for an unknown truth.

    Units: days since 1970-01-01, billions of parameters. `reasons` is 0 where a
    model cannot reason before it answers, 1 where it can, 2 where it does. `labs` are the first part of catalog ids; `names`
    are ids, read for the words that vendors size their models with (opus, flash, nano).
    """

    released: NDArray[np.float64]
    parameters_b: NDArray[np.float64]
    active_b: NDArray[np.float64]
    is_open: NDArray[np.float64]
    reasons: NDArray[np.float64]
    labs: tuple[str, ...]
    names: tuple[str, ...] = ()


@record
class QualityColumns:
    """Quality on one task, one place per model asked for; NaN and grade `none` where there is no evidence. [0-100]"""

    low: NDArray[np.float64]
    mid: NDArray[np.float64]
    high: NDArray[np.float64]
    grades: tuple[Grade, ...]
    sources: tuple[tuple[str, ...], ...]
    dates: tuple[str, ...]


@record
class LearningCase:
    """What a strategy may learn from or look up. None means unknown, no examples none at hand; a number may be an array of draws.

    Args:
        assumed: what no study tells of learning, by the names of `assumptions/strategies.yaml` and `quality.yaml`.
        labelled_examples: input-output pairs at hand. [examples]
        classes: number of labels; 1 for tasks without classes.
        is_noisy: whether the labels are noisy.
        corpus_tokens: the body of documents answers must rest on. [tokens]
        answers_in_corpus: whether the corpus holds the answers: a truth, a share of questions, or unknown.
        knowledge_is_private: share of questions that the model cannot answer from memory. [0-1]
        updates: how often the knowledge changes: static, yearly, monthly, weekly, daily, hourly.
        retriever_recall: share of questions whose passage is found. [0-1]
        base: what is tuned or prompted: frontier, small_llm, encoder, classical, specialist.
        unlabelled_tokens: raw text of the domain. [tokens]
        labelled_hours: transcribed audio. [hours]
        best_prompted: what the best prompted models reach at the task. [0-100]
        is_own_wording: whether text is to be written as one's own examples have it, so that they say what is good.
    """

    assumed: Mapping[str, Quantity]
    labelled_examples: Quantity = 0.0
    classes: Quantity = 1.0
    is_noisy: bool = False
    corpus_tokens: Quantity | None = None
    answers_in_corpus: Quantity | bool | None = None
    knowledge_is_private: Quantity = 0.5
    updates: str = "static"
    retriever_recall: Quantity | None = None
    base: str = "small_llm"
    unlabelled_tokens: Quantity | None = None
    labelled_hours: Quantity | None = None
    best_prompted: Quantity | None = None
    is_own_wording: bool = False


@record
class Gain:
    """What a strategy adds to a baseline, as share of its headroom, with its 80 % interval.

    `gain = share * (100 - baseline)`; `quality_after` does the arithmetic.
    """

    low: Quantity
    mid: Quantity
    high: Quantity
    grade: Grade
    sources: tuple[str, ...]

    def quality_after(self, baseline: Quantity) -> tuple[Quantity, Quantity, Quantity]:
        """Quality with the strategy: low, mid, high. [0-100]"""
        headroom = 100.0 - np.asarray(baseline, dtype=float)
        low, mid, high = (np.clip(baseline + share * headroom, 0.0, 100.0) for share in (self.low, self.mid, self.high))
        return low, mid, high


Calibration = Mapping[str, object]
