"""What every reader of another tool's run hands on, and the reasons for which a run is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from recommender.domain.record import record
from recommender.errors import Fault, InputError
from recommender.trial.metrics import standard_error_of_mean
from recommender.trial.source import Source

MOST_BYTES = 500_000_000
LEAST_EXAMPLES = 5
LABELS = ("classification", "moderation", "image_classification", "audio_classification", "tabular_prediction")
TEXTS = ("summarization", "translation", "rewriting", "text_generation", "chat")
MEASURES: dict[str, tuple[str, ...] | None] = {
    "wer": ("speech_to_text",),
    "rouge_1": TEXTS, "rouge1": TEXTS, "rouge_2": TEXTS, "rouge2": TEXTS, "rouge_l": TEXTS, "rougel": TEXTS, "meteor": TEXTS, "bleu": TEXTS, "chrf": TEXTS,
    "ndcg": ("semantic_search", "reranking"), "recall": ("semantic_search", "reranking"),
    "f1": (*LABELS, "extraction", "question_answering", "document_extraction"), "macro_f1": LABELS, "r2": ("tabular_prediction",),
    "acc": None, "accuracy": None, "exact_match": None, "mean": None, "score": None, "pass_rate": None, "judge": None,
    "token_f1": ("extraction", "question_answering", "document_extraction", "visual_question_answering"),
}  # fmt: skip
# What scores of texts mostly are; score: a share of acceptable answers.
OF_TEXTS = ("judge", "score", "rouge_l", "bleu", "chrf")
MOST_ERRORS = 2.0  # a word: what is wrong twice over is written in percent
LOWER_IS_BETTER = ("wer",)


@record
class FoundRun:
    """One model's run as another tool tells it. `name` is the tool's own name of the model; quality in points of 100."""

    name: str
    metric: str
    quality: float
    standard_error: float
    examples: int
    day: date
    task: str | None = None
    strategy: str | None = None
    latencies_ms: tuple[float, ...] = ()


def refused(where: str, what: str, remedy: str = "run it again, whole") -> InputError:
    """A run that cannot be used, with the reason."""
    return InputError([Fault(where, what, remedy)])


def whole(source: Source) -> bytes:
    """What a file of bounded size holds.

    Raises:
        InputError: when it cannot be read, or is too large.
    """
    try:
        with source.open() as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise refused(source.name, f"cannot be read: {error.strerror}", "check the path") from None
    if len(raw) > MOST_BYTES:
        raise refused(source.name, f"has more than {MOST_BYTES:,} bytes", "export it without the transcripts")
    return raw


def read_json(source: Source) -> Any:
    """A JSON file of bounded size.

    Raises:
        InputError: when it cannot be read, or is not JSON.
    """
    raw = whole(source)
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise refused(source.name, "is not JSON", "a file that was cut off cannot be used; export it again") from None


def part(value: Any, *names: str | int) -> Any:
    """A part deep inside, or None where the way there ends."""
    for name in names:
        if isinstance(name, int):
            value = value[name] if isinstance(value, list) and len(value) > name else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def known_metric(where: str, metric: str, task: str) -> str:
    """The metric's plain name, if it speaks for the task.

    Raises:
        InputError: when it measures something else.
    """
    plain = metric.casefold().replace("-", "_").split(",")[0].split("@")[0].removesuffix("_at_10").replace("ndcg_10", "ndcg")
    if plain not in MEASURES:
        raise refused(where, f"'{metric}' is not a metric that is understood", f"name one of {', '.join(sorted(MEASURES))}")
    speaks_for = MEASURES[plain]
    if speaks_for is not None and task not in speaks_for:
        raise refused(
            where, f"{metric} measures {', '.join(speaks_for)}, the question is {task}", "import a run on the task in question"
        )
    return plain


def points(where: str, metric: str, value: Any) -> float:
    """A figure from 0 to 1 as points of 100; an error rate as what is right.

    Raises:
        InputError: when it is no such figure.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise refused(where, f"{metric} is {value!r}, not a number")
    if metric in LOWER_IS_BETTER and value > MOST_ERRORS:
        raise refused(where, f"{metric} is {value:g}, more than {MOST_ERRORS:g} errors a word", "give shares, not percentages")
    share = max(1.0 - value, 0.0) if metric in LOWER_IS_BETTER else float(value)
    if not 0.0 <= share <= 1.0:
        raise refused(where, f"{metric} is {value:g}, outside 0 to 1", "give shares, not percentages")
    return 100.0 * share


def complete(where: str, answered: int, meant: int) -> None:
    """Refuse a run in which something is missing, or too little was asked."""
    if answered < meant:
        raise refused(where, f"is partial: {answered:,} of {meant:,} examples answered")
    if answered < LEAST_EXAMPLES:
        raise refused(where, f"has {answered} examples", f"at least {LEAST_EXAMPLES} say something")


def from_scores(name: str, metric: str, scores: Sequence[float], day: date, latencies_ms: Sequence[float] = ()) -> FoundRun:
    """A run whose score is known example by example."""
    values = np.array(scores, float)
    error = standard_error_of_mean(values)
    return FoundRun(name, metric, 100.0 * float(values.mean()), error, len(values), day, latencies_ms=tuple(latencies_ms))


def error_of(quality: float, examples: int, told: float | None) -> float:
    """The standard error that a tool tells, but never less than that of a share with one answer more of each kind. [points]"""
    share = (quality / 100.0 * examples + 1.0) / (examples + 2.0)
    least = 100.0 * math.sqrt(share * (1.0 - share) / (examples + 2.0))
    return least if told is None else max(told, 0.25 * least)


def day_of(value: Any, where: str) -> date:
    """A day from a text, or from seconds or thousandths since 1970.

    Raises:
        InputError: when there is none: a measurement without a date cannot be judged.
    """
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / (1000.0 if value > 1e11 else 1.0), UTC).date()
        return date.fromisoformat(str(value)[:10])
    except (ValueError, OverflowError, OSError):
        raise refused(where, "does not say when it ran", "export it with its date") from None
