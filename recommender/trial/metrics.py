"""How right answers are, by task: a score from 0 to 1 per example, and what they add up to with its standard error.

Accuracy, macro-F1 and nDCG are scikit-learn's, word error rate is jiwer's, ROUGE-L Google's rouge-score.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.record import record
from recommender.domain.words import LABELLED

Scores = NDArray[np.float64]
RESAMPLES = 1000
ARTICLES = re.compile(r"\b(a|an|the)\b")


@record
class Measured:
    """A metric in points of 100 with its standard error."""

    metric: str
    quality: float
    standard_error: float
    examples: int


def metric_of(task: str, numeric: bool = False) -> str:
    """Which metric speaks for a task."""
    if task in LABELLED:
        return "macro_f1"
    if task in ("tabular_prediction", "time_series_forecasting"):
        return "r2" if numeric else "macro_f1"
    own = {
        "question_answering": "token_f1", "extraction": "token_f1", "document_extraction": "token_f1",
        "visual_question_answering": "token_f1", "summarization": "rouge_l", "translation": "rouge_l",
        "rewriting": "rouge_l", "text_generation": "rouge_l", "chat": "rouge_l", "speech_to_text": "wer",
        "semantic_search": "ndcg", "reranking": "ndcg",
    }  # fmt: skip
    return own.get(task, "exact_match")


def tidied(metric: str, answer: str, labels: Mapping[str, str]) -> str:
    """An answer as it is judged: a label written with other capitals or a full stop is that label."""
    text = answer.strip()
    return labels.get(_plain(text), text) if metric in ("accuracy", "macro_f1") else text


def labels_of(expected: Iterable[str]) -> dict[str, str]:
    """Every label by its plain spelling; two labels with one spelling are told apart exactly."""
    found: dict[str, str] = {}
    twice = set()
    for label in sorted(set(expected)):
        twice |= {_plain(label)} if _plain(label) in found else set()
        found[_plain(label)] = label
    return {plain: label for plain, label in found.items() if plain not in twice}


def score(metric: str, expected: str, answer: str) -> float:
    """One answer's score. [0-1]"""
    return SCORERS[metric](expected, answer)


def measured(metric: str, expected: Sequence[str], answers: Sequence[str], scores: Scores | None = None) -> Measured:
    """All answers' metric. [points of 100]

    The standard error of a mean counts one imagined right and one imagined wrong answer more, so that it never is zero (Agresti
    and Coull); macro-F1's is by bootstrap, and never below what accuracy's would be.
    """
    scored = scores if scores is not None else np.array([score(metric, *pair) for pair in zip(expected, answers, strict=True)])
    error = standard_error_of_mean(scored)
    if metric == "macro_f1":
        value = 100.0 * macro_f1(expected, answers)
        error = max(error, 100.0 * _bootstrap_of_macro_f1(expected, answers))
    elif metric == "wer":
        value, error = _corpus_word_accuracy(expected, answers, error)
    else:
        value = 100.0 * float(scored.mean())
    return Measured(metric, value, min(error, 100.0), len(scored))


def standard_error_of_mean(scores: Scores) -> float:
    """Of a mean of scores between 0 and 1, in points. [points of 100]

    References:
        [1] A. Agresti and B. Coull, "Approximate is better than 'exact' for interval estimation of binomial proportions",
            The American Statistician 52(2), 1998.
    """
    widened = np.append(scores, (0.0, 1.0))
    return 100.0 * float(widened.std(ddof=0) / np.sqrt(len(widened)))


def macro_f1(expected: Sequence[str], answers: Sequence[str]) -> float:
    """Mean F1 over the classes that are expected; an answer outside them is wrong for its class and adds none."""
    from sklearn.metrics import f1_score

    labels = sorted(set(expected))
    return float(f1_score(list(expected), list(answers), labels=labels, average="macro", zero_division=0.0))


def _bootstrap_of_macro_f1(expected: Sequence[str], answers: Sequence[str], seed: int = 0) -> float:
    """Standard error by resampling the confusion table, which holds all that macro-F1 reads. [0-1]"""
    labels = sorted(set(expected))
    place = {label: number for number, label in enumerate(labels)}
    rows = np.array([place[one] for one in expected])
    columns = np.array([place.get(one, len(labels)) for one in answers])
    table = np.zeros((len(labels), len(labels) + 1))
    np.add.at(table, (rows, columns), 1)
    drawn = np.random.default_rng(seed).multinomial(len(rows), (table / len(rows)).ravel(), 200).reshape(-1, *table.shape)
    hits = np.diagonal(drawn[:, :, :-1], axis1=1, axis2=2)
    total = drawn.sum(axis=2) + drawn[:, :, :-1].sum(axis=1)
    f1 = np.where(total > 0, 2.0 * hits / np.maximum(total, 1), np.nan)
    return float(np.nanmean(f1, axis=1).std())


def _corpus_word_accuracy(expected: Sequence[str], answers: Sequence[str], error: float) -> tuple[float, float]:
    import jiwer

    return 100.0 * max(
        0.0, 1.0 - float(jiwer.wer([_plain(one) or "-" for one in expected], [_plain(one) for one in answers]))
    ), error


def paired_difference(first: Scores, second: Scores, seed: int = 0) -> tuple[float, float, float]:
    """Mean difference of scores on the same examples, first minus second, with its 95 % interval by bootstrap. [points of 100]

    References:
        [1] B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", Chapman & Hall, 1993, chapter 13.
    """
    gaps = np.asarray(first - second, float)
    generator = np.random.default_rng(seed)
    values, counts = np.unique(np.round(gaps, 6), return_counts=True)
    draws = generator.multinomial(len(gaps), counts / len(gaps), RESAMPLES) @ values / len(gaps)
    low, high = np.quantile(draws, (0.025, 0.975))
    return 100.0 * float(gaps.mean()), 100.0 * float(low), 100.0 * float(high)


# --- one answer ----------------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Lower case, no punctuation, single spaces."""
    return " ".join(text.casefold().translate(str.maketrans("", "", string.punctuation)).split())


def _label(expected: str, answer: str) -> float:
    return float(expected == answer)


def _exact(expected: str, answer: str) -> float:
    return float(_plain(expected) == _plain(answer))


def _token_f1(expected: str, answer: str) -> float:
    """Overlap of words, as the SQuAD evaluation counts it: without articles and punctuation."""
    wanted, given = (ARTICLES.sub(" ", _plain(text)).split() for text in (expected, answer))
    if not wanted or not given:
        return float(wanted == given)
    common = sum((Counter(wanted) & Counter(given)).values())
    return 2.0 * common / (len(wanted) + len(given))


@cache
def _rouge() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(["rougeL"])


def _rouge_l(expected: str, answer: str) -> float:
    return float(_rouge().score(expected, answer)["rougeL"].fmeasure)


def _word_accuracy(expected: str, answer: str) -> float:
    """1 minus the word error rate, not below 0."""
    import jiwer

    wanted = _plain(expected)
    return max(0.0, 1.0 - float(jiwer.wer(wanted, _plain(answer)))) if wanted else float(not _plain(answer))


def _ndcg(expected: str, answer: str) -> float:
    """nDCG at 10 of a ranked list; both are JSON lists of ids, the expected ones all equally right."""
    from sklearn.metrics import ndcg_score

    wanted, ranked = set(_ids(expected)), list(dict.fromkeys(_ids(answer)))[:10]
    found = [float(one in wanted) for one in ranked]
    missed = len(wanted) - int(sum(found))
    gains = np.array([found + [0.0] * (10 - len(found)) + [1.0] * missed + [0.0]])
    order = np.arange(gains.shape[1], 0, -1, dtype=float)[None, :]
    return float(ndcg_score(gains, order, k=10)) if wanted else 0.0


def _ids(text: str) -> list[str]:
    try:
        value = json.loads(text)
    except ValueError:  # no JSON, or a number of thousands of digits
        value = re.split(r"[,\s]+", text.strip())
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


SCORERS: dict[str, Callable[[str, str], float]] = {
    "accuracy": _label,
    "macro_f1": _label,
    "exact_match": _exact,
    "token_f1": _token_f1,
    "rouge_l": _rouge_l,
    "wer": _word_accuracy,
    "ndcg": _ndcg,
}
