"""Baselines are plain scikit-learn, to the last digit; their curves forecast; examples that hold no pattern gain nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn import datasets
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score, r2_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from recommender import InputError
from recommender.trial.baselines import Table, baselines_for, cross_validated, fitted, folds_of, predicted, table_of
from recommender.trial.curve import Curve, examples_to_reach, forecast
from recommender.trial.examples import Example
from recommender.trial.offline import can_be_learned, offline_standings


def rows_of(inputs: Any, answers: Any) -> list[Example]:
    """A numeric table as examples, each number written so that it is read back as it was."""
    return [
        Example(
            str(place), "row", str(answer), features=tuple((f"c{column}", repr(float(one))) for column, one in enumerate(row))
        )
        for place, (row, answer) in enumerate(zip(inputs, answers, strict=True))
    ]


def texts(count: int, seed: int = 0, noise: float = 0.1) -> list[Example]:
    """Sentences of words that lean to one of three subjects."""
    generator = np.random.default_rng(seed)
    words = {
        "card": "card pin block atm chip",
        "loan": "loan rate credit mortgage term",
        "login": "password app code sign user",
    }
    shared = ["please", "help", "my", "the", "is", "not", "with", "today", "again", "can"]
    found = []
    for place in range(count):
        label = list(words)[place % 3]
        own = generator.choice(words[label].split(), 3)
        told = label if generator.random() > noise else str(generator.choice(list(words)))
        found.append(Example(str(place), " ".join([*own, *generator.choice(shared, 5), f"n{generator.integers(900)}"]), told))
    return found


def folds(answers: Any) -> StratifiedKFold:
    return StratifiedKFold(5, shuffle=True, random_state=0)


@pytest.mark.parametrize("loader", [datasets.load_iris, datasets.load_wine, datasets.load_breast_cancer])
def test_tables_equal_plain_scikit_learn(loader: Any) -> None:
    inputs, answers = loader(return_X_y=True)
    table = table_of(rows_of(inputs, answers), "tabular_prediction")
    linear, trees = (cross_validated(one, table, seed=0) for one in baselines_for(table))
    named = np.array([str(one) for one in answers])
    plain = cross_val_predict(
        make_pipeline(StandardScaler(), LinearSVC(random_state=0, max_iter=5000)), inputs, named, cv=folds(named)
    )
    assert linear.answers.tolist() == plain.tolist()
    assert linear.measured.quality == 100.0 * f1_score(named, plain, average="macro")
    with threadpool_limits(1):
        boosted = HistGradientBoostingClassifier(min_samples_leaf=5, random_state=0)
        plain = cross_val_predict(boosted, inputs, named, cv=folds(named))
    assert trees.measured.quality == 100.0 * f1_score(named, plain, average="macro")


def test_quantities_equal_plain_scikit_learn() -> None:
    inputs, answers = datasets.load_diabetes(return_X_y=True)
    table = table_of(rows_of(inputs, answers), "tabular_prediction")
    linear, trees = (cross_validated(one, table, seed=0) for one in baselines_for(table))
    whole = KFold(5, shuffle=True, random_state=0)
    with threadpool_limits(1):
        plain = cross_val_predict(make_pipeline(StandardScaler(), Ridge()), inputs, answers, cv=whole)
    assert linear.measured.quality == 100.0 * r2_score(answers, plain)
    with threadpool_limits(1):
        plain = cross_val_predict(HistGradientBoostingRegressor(min_samples_leaf=5, random_state=0), inputs, answers, cv=whole)
    assert trees.measured.quality == 100.0 * r2_score(answers, plain)


def test_large_tables_of_many_labels_equal_plain_scikit_learn_with_fewer_bins() -> None:
    inputs, answers = datasets.make_classification(7000, 4, n_informative=4, n_redundant=0, n_classes=3, random_state=0)
    table = table_of(rows_of(inputs, answers), "tabular_prediction")  # 3 labels * 7,000 rows: more than 20,000
    _, trees = baselines_for(table)
    train, test = folds_of(table, seed=0)[0]
    with threadpool_limits(1):
        plain = HistGradientBoostingClassifier(min_samples_leaf=5, max_bins=63, random_state=0)
        wanted = plain.fit(inputs[train], answers[train].astype(str)).predict(inputs[test])
    assert predicted(fitted(trees, table, train), table, test).tolist() == wanted.tolist()
    small = table_of(rows_of(inputs[:6000], answers[:6000]), "tabular_prediction")
    assert trees.build(small)[-1].max_bins == 255


def test_texts_equal_plain_scikit_learn() -> None:
    examples = texts(300)
    table = table_of(examples, "classification")
    (linear,) = (cross_validated(one, table, seed=0) for one in baselines_for(table))
    inputs, answers = [one.input for one in examples], np.array([one.expected for one in examples])
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    plain = cross_val_predict(
        make_pipeline(words, LinearSVC(random_state=0, max_iter=5000)), inputs, answers, cv=folds(answers)
    )
    assert linear.answers.tolist() == plain.tolist()


def test_named_columns_missing_values_and_unseen_words_are_carried() -> None:
    rows = [
        Example(
            str(place),
            "row",
            "yes" if place % 2 else "no",
            features=(("age", "" if place == 3 else str(20 + place % 2 * 30)), ("city", f"city {place % 7}")),
        )
        for place in range(60)
    ]
    for standing in offline_standings(rows, "tabular_prediction"):
        assert standing.measured.quality > 90  # age alone tells, but for one row


def test_answers_without_a_pattern_gain_nothing() -> None:
    generator = np.random.default_rng(1)
    rows = rows_of(generator.standard_normal((300, 5)), generator.choice(["a", "b"], 300))
    for standing in offline_standings(rows, "tabular_prediction"):
        assert abs(standing.measured.quality - 50.0) < 3.0 * standing.measured.standard_error


def test_one_answer_for_all_is_refused_and_free_text_is_no_label() -> None:
    with pytest.raises(InputError, match="all examples have the same answer"):
        offline_standings([Example(str(place), f"text {place}", "x") for place in range(20)], "classification")
    assert not can_be_learned([Example(str(place), "q", f"answer {place}") for place in range(20)], "classification")


def test_a_curve_that_follows_the_law_is_forecast_and_reaches_the_bar_where_the_law_says() -> None:
    sizes = np.array([50.0, 100.0, 200.0, 400.0])
    curve = Curve(sizes, 100.0 - (5.0 + 200.0 * sizes**-0.5), np.full(4, 0.2))
    ahead = forecast(curve, 1600)
    assert ahead is not None and ahead.low <= 90.0 <= ahead.high  # 100 - (5 + 200 / 40)
    few, likely, many = examples_to_reach(curve, 90.0) or (0, 0, 0)
    assert few <= 1600 <= many and likely == pytest.approx(1600, rel=0.4)


def test_a_flat_curve_reaches_no_bar_above_it() -> None:
    curve = Curve(np.array([50.0, 100.0, 200.0, 400.0]), np.full(4, 70.0), np.full(4, 0.5))
    assert (examples_to_reach(curve, 90.0) or (0, 0, 0))[1] == np.inf


def test_a_table_says_what_its_columns_are() -> None:
    table: Table = table_of(rows_of([[1.0, 2.0]] * 30, range(30)), "tabular_prediction")
    assert table.is_regression and table.numeric == (0, 1)
