"""Embeddings + linear with a model on disk: plain scikit-learn on its vectors, and nothing that is ever fetched."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC
from test_baselines import texts

from recommender import Catalog, InputError
from recommender.cli import main
from recommender.trial.examples import Example
from recommender.trial.offline import offline_standings
from recommender.trial.vectors import Encoder, encoder_named, encoder_on_disk

E5 = "intfloat/multilingual-e5-small"


def letters(rows: Any) -> Any:
    """How often each letter occurs: vectors without a model."""
    return np.array([[text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in rows], np.float32)


class Stub:
    """What sentence-transformers would load; remembers how it was asked."""

    asked: tuple[Any, ...] = ()

    def __init__(self, folder: str, **how: Any) -> None:
        if Path(folder).name == "broken":
            raise OSError("no file named config.json\nmore words")
        Stub.asked = (folder, how)

    def encode(self, rows: list[str], show_progress_bar: bool) -> Any:
        return letters(rows)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = Stub  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


def test_it_equals_plain_scikit_learn_on_the_same_vectors() -> None:
    examples = texts(240)
    words, vectors = offline_standings(examples, "classification", encoders=[Encoder(E5, letters)])
    answers = np.array([one.expected for one in examples])
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    inputs = letters([one.input for one in examples])
    plain = cross_val_predict(LinearSVC(random_state=0, max_iter=5000), inputs, answers, cv=folds)
    assert vectors.measured is not None and vectors.measured.quality == 100.0 * f1_score(answers, plain, average="macro")
    assert (vectors.strategy, vectors.model, words.model) == ("classical_ml", E5, "classical/linear")
    assert vectors.curve is not None and len(vectors.curve.sizes) == 4
    assert words.lead_over(vectors) is not None


def test_a_table_has_no_texts_to_embed() -> None:
    rows = [Example(str(place), "row", str(place % 2), features=(("a", str(place % 5)),)) for place in range(40)]
    found = offline_standings(rows, "tabular_prediction", encoders=[Encoder(E5, letters)])
    assert E5 not in {one.model for one in found}


def test_the_command_measures_it_from_a_folder_alone(
    library: None, tmp_path: Path, catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    assert E5 in catalog.columns.models.ids
    folder = tmp_path / "e5"
    folder.mkdir()
    (tmp_path / "needs.yaml").write_text("task: classification\n", encoding="utf-8")
    rows = "".join(f"{one.input},{one.expected}\n" for one in texts(90))
    (tmp_path / "mine.csv").write_text("input,expected\n" + rows, encoding="utf-8")
    command = ["trial", str(tmp_path / "needs.yaml"), str(tmp_path / "mine.csv"), "--embeddings", f"{folder}={E5}"]
    assert main(command) == 0
    assert f"classical_ml/{E5} (embeddings + linear): macro-F1" in capsys.readouterr().out
    assert Stub.asked == (str(folder), {"device": "cpu", "local_files_only": True})


def test_what_is_not_there_is_told_in_one_line(
    library: None, tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken").mkdir()
    wrong = {
        f"{tmp_path}/none={E5}": "there is no such folder",
        f"{tmp_path}={'lab/nobody'}": "'lab/nobody' is not a model of the catalog",
        str(tmp_path): "names no model",
        f"{tmp_path}/broken={E5}": "holds no model: no file named config.json",
    }
    for told, words in wrong.items():
        with pytest.raises(InputError, match=words):
            encoder_named(told, catalog.columns)
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(
        InputError, match=r"which is not installed; run in the project's folder: \.venv/bin/pip install sentence-transformers"
    ):
        encoder_on_disk(tmp_path)
