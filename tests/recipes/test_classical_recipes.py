"""Classical training scripts, run for real on examples made here: the option's own model, for labels, sets of labels or quantities."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import random
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import joblib
import pytest
from recipe_files import files
from threadpoolctl import threadpool_limits

from recommender import Catalog, Option, Requirements, recommend
from recommender.catalog.library import Library
from recommender.recipes import classical
from recommender.recipes.writing import rendered
from recommender.trial.baselines import MOST_DISTINCT

Made = list[tuple[Option, dict[str, str]]]
TextsOf = Callable[[dict[str, Any], str], dict[str, str]]
TABLE: dict[str, Any] = {"task": "tabular_prediction", "data": {"labelled_examples": 9000, "features": 20}}
SERIES: dict[str, Any] = {"task": "time_series_forecasting", "data": {"horizon": 3}}
TEXT: dict[str, Any] = {"task": "classification", "data": {"labelled_examples": 4000, "classes": 3}}
SETS: dict[str, Any] = {"task": "classification", "data": {"labelled_examples": 4000, "classes": 3, "multi_label": True}}
ESTIMATORS = {  # in the pipeline that is written: for labels, for quantities
    "classical/linear": ("LogisticRegression", "Ridge"),
    "classical/gradient-boosted-trees": ("HistGradientBoostingClassifier", "HistGradientBoostingRegressor"),
    "classical/random-forest": ("RandomForestClassifier", "RandomForestRegressor"),
    "classical/k-nearest-neighbours": ("KNeighborsClassifier", "KNeighborsRegressor"),
}


@pytest.fixture(scope="module")
def texts_of(catalog: Catalog, library: Library) -> TextsOf:
    """The recipe of classical learning with a model; the same one is written once."""
    kept: dict[tuple[str, str], dict[str, str]] = {}

    def texts(question: dict[str, Any], model: str) -> dict[str, str]:
        key = (json.dumps(question), model)
        if key not in kept:
            needs = Requirements.model_validate({**question, "only": [model]})
            answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=50)
            options = [one for one in (answer.winner, *answer.alternatives) if one and one.strategy.id == "classical_ml"]
            kept[key] = rendered(needs, options[0], answer, catalog, library)
        return kept[key]

    return texts


def laid_out(texts: dict[str, str], rows: list[dict[str, Any]], folder: Path) -> None:
    """The script, with the examples that it reads beside it."""
    (folder / "train.py").write_text(texts["classical/train.py"], encoding="utf-8")
    with open(folder / "examples.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def trained(texts: dict[str, str], rows: list[dict[str, Any]], folder: Path) -> tuple[dict[str, Any], str]:
    """What the script writes and what it prints; run in this process, which has read scikit-learn already."""
    laid_out(texts, rows, folder)
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed), threadpool_limits(1):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["train.py"])
        runpy.run_path("train.py", run_name="__main__")
    return joblib.load(folder / "model.joblib"), printed.getvalue()


def trained_alone(texts: dict[str, str], rows: list[dict[str, Any]], folder: Path) -> tuple[dict[str, Any], str]:
    """The same in a process of its own, as people run it."""
    laid_out(texts, rows, folder)
    alone = os.environ | {"OMP_NUM_THREADS": "1"}  # threads of trees that wait for each other's cores take minutes
    run = subprocess.run([sys.executable, "train.py"], cwd=folder, env=alone, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return joblib.load(folder / "model.joblib"), run.stdout


def served(texts: dict[str, str], found: dict[str, Any], sent: dict[str, Any]) -> list[Any]:
    """The answer of the server that is written beside the script."""
    told: dict[str, Any] = {"__name__": "served"}
    exec(compile(texts["serve/serve.py"], "serve.py", "exec"), told)
    return list(told["answer"](found, sent))


def table(is_quantity: bool, count: int = 150) -> list[dict[str, Any]]:
    """Rows that tell their answer; one column is words, and some numbers are missing."""
    draw = random.Random(7)
    rows = []
    for _ in range(count):
        size, shop = draw.random(), draw.choice(["north", "south"])
        answer = round(10 * size + 5 * (shop == "north"), 4) if is_quantity else ("large" if size > 0.5 else "small")
        rows.append({"size": "" if draw.random() < 0.03 else size, "shop": shop, "expected": answer})
    return rows


@pytest.mark.parametrize("model", ESTIMATORS)
@pytest.mark.parametrize("is_quantity", [False, True])
def test_a_table_is_learned_by_the_options_own_model_for_what_its_examples_are(
    model: str, is_quantity: bool, texts_of: TextsOf, tmp_path: Path
) -> None:
    texts = texts_of(TABLE, model)
    found, told = trained(texts, table(is_quantity), tmp_path)
    assert type(found["model"][-1]).__name__ == ESTIMATORS[model][is_quantity]
    metric, score = told.split()[:2]
    assert metric == ("r2" if is_quantity else "f1_macro") and float(score) > 0.8
    assert ("neg_mean_absolute_error" in told) is is_quantity
    answers = served(texts, found, {"rows": [{"size": 0.9, "shop": "south"}, {"size": 0.1, "shop": "south"}]})
    assert answers[0] > answers[1] + 3 if is_quantity else answers == ["large", "small"]


def test_numbers_that_are_stated_as_classes_are_classes(texts_of: TextsOf, tmp_path: Path) -> None:
    stated = {**TABLE, "data": {**TABLE["data"], "classes": 30}}
    rows = [{"size": place % 30, "expected": place % 30} for place in range(300)]
    found, told = trained_alone(texts_of(stated, "classical/random-forest"), rows, tmp_path)
    assert type(found["model"][-1]).__name__ == "RandomForestClassifier" and "f1_macro" in told


@pytest.mark.parametrize("model", ESTIMATORS)
def test_columns_that_the_trial_drops_are_no_features(model: str, texts_of: TextsOf, tmp_path: Path) -> None:
    draw = random.Random(5)
    rows = [
        {"id": place, "context": "left" if place < 80 else "right", "size": draw.random(), "expected": place < 80}
        for place in range(160)
    ]
    found, told = trained(texts_of(TABLE, model), rows, tmp_path)
    assert list(found["model"].feature_names_in_) == ["size"] and float(told.split()[1]) < 0.75


@pytest.mark.parametrize("classes", [None, 4])
@pytest.mark.parametrize("model", ["classical/linear", "classical/random-forest"])
def test_labels_are_told_apart_as_they_are_written(classes: int | None, model: str, texts_of: TextsOf, tmp_path: Path) -> None:
    labels = ["01", "1", "001", "NA", "None"]
    rows = [
        {"size": place % 5, "code": "NA" if place % 5 == 3 else place % 5, "is_open": "TRUE" if place % 2 else "false"}
        | {"expected": labels[place % 5]}
        for place in range(100)
    ]
    question = {**TABLE, "data": {**TABLE["data"], "classes": classes}} if classes else TABLE
    texts = texts_of(question, model)
    found, told = trained(texts, rows, tmp_path)
    assert sorted(found["model"].classes_) == sorted(labels) and float(told.split()[1]) == 1.0
    asked = [{"size": place, "code": place, "is_open": place % 2 == 1} for place in range(3)]
    assert served(texts, found, {"rows": asked}) == labels[:3]


def test_rows_without_an_answer_are_said(texts_of: TextsOf, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="1 rows have no expected answer"):
        trained_alone(
            texts_of(TABLE, "classical/linear"),
            [*table(False), {"size": 1, "shop": "north", "expected": ""}],
            tmp_path,
        )


def test_a_series_goes_on_by_its_lags(texts_of: TextsOf, tmp_path: Path) -> None:
    texts = texts_of(SERIES, "classical/gradient-boosted-trees")
    rows = [
        {
            "item_id": item,
            "timestamp": f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}",
            "target": 100 + start + day + 20 * (day % 7 == 0),
        }
        for item, start in (("a", 0), ("b", 500))
        for day in range(140)
    ]
    found, told = trained_alone(texts, rows, tmp_path)
    assert type(found["model"]).__name__ == "HistGradientBoostingRegressor" and found["horizon"] == 3
    error, naive = (float(part.split(":")[-1].split()[-1]) for part in told.split(";"))
    assert error < naive / 3
    answers = served(texts, found, {"rows": rows[-140:], "steps": 9})
    assert [one["step"] for one in answers] == [1, 2, 3]  # no further than it was trained for
    assert answers[0]["target"] == pytest.approx(760, abs=5)  # day 140 is a seventh: 100 + 500 + 140 + 20


def test_a_series_that_is_too_short_is_said(texts_of: TextsOf, tmp_path: Path) -> None:
    texts = texts_of(SERIES, "classical/gradient-boosted-trees")
    rows = [{"item_id": "a", "timestamp": f"2026-01-{day:02d}", "target": day} for day in range(1, 15)]
    with pytest.raises(AssertionError, match="no series is longer than 19 steps"):
        trained_alone(texts, rows, tmp_path)


WORDS = {"refund": "money back please", "delivery": "parcel is late", "login": "password does not work"}


def sentences(count: int = 240) -> list[tuple[set[str], str]]:
    """Sets of labels, with a text that names each of them in its words; every sixth has none."""
    draw = random.Random(3)
    filler = [f"word{place}" for place in range(60)]
    found = []
    for place in range(count):
        labels = set() if place % 6 == 0 else set(draw.sample(sorted(WORDS), draw.choice([1, 1, 2])))
        found.append((labels, " ".join([*draw.sample(filler, 5), *(WORDS[one] for one in sorted(labels))])))
    return found


@pytest.mark.parametrize("model", ESTIMATORS)
def test_texts_are_learned_by_the_options_own_model(model: str, texts_of: TextsOf, tmp_path: Path) -> None:
    texts = texts_of(TEXT, model)
    rows = [{"input": text, "expected": min(labels)} for labels, text in sentences() if len(labels) == 1]
    found, told = trained(texts, rows, tmp_path)
    assert type(found["model"][-1]).__name__ == {**ESTIMATORS, "classical/linear": ("LinearSVC",)}[model][0]
    assert float(told.split()[1]) > 0.8
    assert served(texts, found, {"rows": [{"input": "my parcel is late"}]}) == ["delivery"]


def test_several_labels_of_one_text_are_learned_each_by_itself(texts_of: TextsOf, tmp_path: Path) -> None:
    texts = texts_of(SETS, "classical/linear")
    rows = [{"input": text, "expected": "|".join(sorted(labels))} for labels, text in sentences()]
    found, told = trained_alone(texts, rows, tmp_path)
    assert type(found["model"][-1]).__name__ == "OneVsRestClassifier" and float(told.split()[1]) > 0.9
    asked = [{"input": "parcel is late, money back please"}, {"input": "word1 word2"}]
    assert served(texts, found, {"rows": asked}) == [["delivery", "refund"], []]


def test_the_trial_and_the_recipe_tell_classes_from_quantities_alike() -> None:
    assert classical.MOST_DISTINCT == MOST_DISTINCT


def test_what_is_read_follows_the_task(made: Made) -> None:
    scripts = [text for _, _, text in files(made, "classical/train.py")]
    for words in ("soundfile.read(", "TfidfVectorizer(", "pandas.read_csv(", "TabPFNClassifier"):
        assert any(words in text for text in scripts), words


@pytest.mark.parametrize(
    ("kind", "read", "other"), [("pictures", "Image.open(", "soundfile"), ("sounds", "soundfile.read(", "PIL")]
)
def test_a_classifier_of_ones_own_reads_pictures_or_sounds(kind: str, read: str, other: str) -> None:
    """The catalog has none for pictures; an overlay may."""
    template = Path(classical.__file__).parent / "templates" / "classical" / "features.j2"
    text = jinja2.Template(template.read_text(encoding="utf-8"), trim_blocks=True, lstrip_blocks=True).render(
        classical_kind=kind
    )
    assert read in text and other not in text
    compile(text, "features.py", "exec")


def test_pictures_for_a_providers_vectors_are_named_as_a_gap(catalog: Catalog, library: Library) -> None:
    needs = Requirements.model_validate({"task": "image_classification", "data": {"labelled_examples": 20_000, "classes": 10}})
    answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=250)
    hosted = [one for one in answer.alternatives if one.strategy.id == "classical_ml" and one.deployment.hosting == "api"]
    assert hosted
    texts = rendered(needs, hosted[0], answer, catalog, library)
    assert "classical/train.py" not in texts and "Pictures to this provider for their vectors" in texts["README.md"]
