"""Classical baselines on the user's own examples, offline and at once: scikit-learn, cross-validated, no tuning of settings.

Text: TF-IDF of words and word pairs with a linear classifier. Tables: the same linear model or boosted trees on columns that
are numbers where every value is one, else categories. Every step is fitted inside the folds.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.record import record
from recommender.errors import Fault, InputError
from recommender.trial.examples import Example
from recommender.trial.metrics import Measured, Scores, measured, standard_error_of_mean

FOLDS = 5
LEAST_EXAMPLES = 10
LEAST_IN_LEAF = 5  # the library's 20 would leave a few dozen examples without a single split
MOST_DISTINCT = 20  # more distinct numbers than this are a quantity to predict, not classes
MOST_COLUMNS = 1000
MOST_CLASSES_OF_TREES = 10  # boosting grows as many trees in each round: beyond it, minutes
MANY_ROWS_TIMES_TREES = 20_000  # beyond it, and with more than two labels, trees look at fewer places to split a column at
FEW_BINS = 63  # a third less work than with the usual ones, macro-F1 within a point on four data sets (November 2026)
USUAL_BINS = 255  # the library's
LARGEST = 1e100  # a larger number is a slip, and its square is none
WORD = re.compile(r"\w")
Objects = NDArray[np.object_]


@record
class Table:
    """Inputs as columns of objects or as vectors, answers as texts or numbers. Shapes (rows, columns) and (rows,)."""

    inputs: NDArray[Any]
    answers: NDArray[Any]
    numeric: tuple[int, ...]
    is_text: bool
    is_regression: bool


@record
class Baseline:
    """One kind of classical model: its place in the catalog, and how to build it for a table."""

    model: str
    name: str
    build: Callable[[Table], Any]


@record
class Outcome:
    """A baseline's cross-validated answers, one per example, and what they are worth."""

    baseline: Baseline
    answers: NDArray[Any]
    scores: Scores
    measured: Measured


def table_of(examples: Sequence[Example], task: str) -> Table:
    """Examples in the shape that scikit-learn reads.

    Raises:
        InputError: when a table has too many columns.
    """
    answers: NDArray[Any] = np.array([one.expected for one in examples], dtype=object)
    numbers = _numbers(answers) if task in ("tabular_prediction", "time_series_forecasting") else None
    is_regression = numbers is not None and not np.isnan(numbers).any() and len(np.unique(numbers)) > MOST_DISTINCT
    kept = numbers if is_regression and numbers is not None else answers
    if not examples[0].features:
        texts = np.array([[f"{one.input}\n{one.context}".strip()] for one in examples], dtype=object)
        return Table(texts, kept, (), True, is_regression)
    names = list(dict.fromkeys(name for one in examples for name, _ in one.features))
    if len(names) > MOST_COLUMNS:
        what = f"{len(names):,} columns are more than {MOST_COLUMNS:,}"
        raise InputError([Fault("columns", what, "keep those that should tell the answer")])
    rows = [dict(one.features) for one in examples]
    columns: list[NDArray[Any]] = [np.array([row.get(name, "") for row in rows], dtype=object) for name in names]
    read = [_numbers(column) for column in columns]
    numeric = tuple(place for place, column in enumerate(read) if column is not None)
    filled = [column if number is None else number.astype(object) for column, number in zip(columns, read, strict=True)]
    return Table(np.stack(filled, axis=1), kept, numeric, False, is_regression)


def _numbers(column: Objects) -> NDArray[np.float64] | None:
    """A column's numbers, missing ones as NaN; None when any value is something else, or all are missing."""
    try:
        found = np.array([float(text) if str(text).strip() else np.nan for text in column])
    except ValueError:
        return None
    return None if np.isnan(found).all() or (np.abs(found) > LARGEST).any() else found


def baselines_for(table: Table, trees_up_to: int = MOST_CLASSES_OF_TREES) -> tuple[Baseline, ...]:
    """Which baselines a table can carry, cheapest first; trees for so many classes."""
    linear = Baseline("classical/linear", "TF-IDF + linear" if table.is_text else "linear", linear_model)
    trees = Baseline("classical/gradient-boosted-trees", "boosted trees", boosted_trees)
    if table.is_text or (not table.is_regression and len(set(table.answers)) > trees_up_to):
        return (linear,)
    return (linear, trees)


def folds_of(table: Table, seed: int) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Train and test places of each fold; classes in proportion, where every class has an example per fold."""
    from sklearn.model_selection import KFold, StratifiedKFold

    counts = np.unique(table.answers.astype(str), return_counts=True)[1]
    if table.is_regression or counts.min() < FOLDS:
        return list(KFold(FOLDS, shuffle=True, random_state=seed).split(table.inputs))
    return list(StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(table.inputs, table.answers.astype(str)))


def cross_validated(baseline: Baseline, table: Table, seed: int) -> Outcome:
    """Answers for every example by the model that did not see it."""
    answers = np.empty(len(table.answers), dtype=float if table.is_regression else object)
    for train, test in folds_of(table, seed):
        answers[test] = predicted(fitted(baseline, table, train), table, test)
    scores = scores_of(table, table.answers, answers)
    return Outcome(baseline, answers, scores, worth(table, table.answers, answers, scores))


def fitted(baseline: Baseline, table: Table, train: NDArray[np.int64]) -> Any:
    """The baseline fitted on some of the rows; where these have a single class or no words, their commonest answer."""
    from sklearn.dummy import DummyClassifier

    inputs, answers = table.inputs[train], table.answers[train] if table.is_regression else table.answers[train].astype(str)
    has_words = not table.is_text or any(WORD.search(text) for text in inputs[:, 0])
    if not table.is_regression and (len(set(answers)) == 1 or not has_words):
        return DummyClassifier().fit(inputs, answers)
    with _alone():
        return baseline.build(table).fit(inputs, answers)


def predicted(model: Any, table: Table, test: NDArray[np.int64]) -> NDArray[Any]:
    """The model's answers for some of the rows."""
    with _alone():
        return np.asarray(model.predict(table.inputs[test]))


@contextmanager
def _alone() -> Iterator[None]:
    """On one thread: fits of this size lose more to threads that wait for each other than they gain. Without the library's advice
    to go on for longer: a baseline takes its settings as they are."""
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def scores_of(table: Table, expected: NDArray[Any], answers: NDArray[Any]) -> Scores:
    """1 for a right label; for a quantity 1 minus its share of the variance, not below 0, so that the mean is near R2."""
    if not table.is_regression:
        return np.asarray(expected.astype(str) == answers.astype(str), float)
    spread = float(np.var(expected)) or 1.0
    return np.asarray(np.clip(1.0 - (expected - answers) ** 2 / spread, 0.0, 1.0), float)


def worth(table: Table, expected: NDArray[Any], answers: NDArray[Any], scores: Scores) -> Measured:
    """Macro-F1 of labels, R2 of quantities. [points of 100]"""
    if not table.is_regression:
        return measured("macro_f1", expected.astype(str).tolist(), answers.astype(str).tolist(), scores)
    from sklearn.metrics import r2_score

    value = 100.0 * max(0.0, float(r2_score(expected, answers)))
    return Measured("r2", value, standard_error_of_mean(scores), len(scores))


# --- the models ----------------------------------------------------------------------------------------------------------


def linear_model(table: Table) -> Any:
    """A linear classifier (a support vector machine) or ridge regression, on TF-IDF or on scaled and one-hot columns."""
    from sklearn.linear_model import Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    last = Ridge() if table.is_regression else LinearSVC(random_state=0, max_iter=5000)
    return make_pipeline(_words(table) if table.is_text else _columns(table), last)


def boosted_trees(table: Table) -> Any:
    """Histogram gradient boosting; categories by number, unseen ones as missing."""
    from sklearn.compose import ColumnTransformer
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder

    named = [place for place in range(table.inputs.shape[1]) if place not in table.numeric]
    by_number = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
    columns = ColumnTransformer([("named", by_number, named), ("numbers", _as_numbers(), list(table.numeric))])
    trees = HistGradientBoostingRegressor if table.is_regression else HistGradientBoostingClassifier
    return make_pipeline(columns, trees(min_samples_leaf=LEAST_IN_LEAF, max_bins=_bins(table), random_state=0))


def _bins(table: Table) -> int:
    """Into how many values the trees round a column: fewer where each round grows many trees on many rows."""
    labels = 1 if table.is_regression else len(set(table.answers))
    return FEW_BINS if labels > 2 and labels * len(table.answers) > MANY_ROWS_TIMES_TREES else USUAL_BINS


def _words(table: Table) -> Any:
    from sklearn.compose import ColumnTransformer
    from sklearn.feature_extraction.text import TfidfVectorizer

    return ColumnTransformer(
        [("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"), 0)]
    )


def _columns(table: Table) -> Any:
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    named = [place for place in range(table.inputs.shape[1]) if place not in table.numeric]
    scaled = make_pipeline(_as_numbers(), SimpleImputer(keep_empty_features=True), StandardScaler())
    return ColumnTransformer(
        [("named", OneHotEncoder(handle_unknown="ignore"), named), ("numbers", scaled, list(table.numeric))]
    )


def _as_numbers() -> Any:
    from sklearn.preprocessing import FunctionTransformer

    return FunctionTransformer(_floats)


def _floats(column: Objects) -> NDArray[np.float64]:
    return np.ascontiguousarray(column, dtype=float)
