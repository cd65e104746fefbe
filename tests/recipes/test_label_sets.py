"""Several labels of one text: what the tuning scripts hand to transformers and SetFit, whose classes stand-ins record here."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from recipe_files import files

from recommender import Option

Made = list[tuple[Option, dict[str, str]]]
EXAMPLES = 'input,expected\n"late parcel, refund",delivery|refund\nhello,\nwhere is it,delivery\n'


class Data:
    """Columns of a data set; both of its parts are the whole."""

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self.columns = columns

    @classmethod
    def from_dict(cls, columns: dict[str, list[Any]]) -> Data:
        return cls(columns)

    def map(self, _: Any) -> Data:
        return self

    def train_test_split(self, _: float, seed: int) -> dict[str, Data]:
        return {"train": self, "test": self}


class Recorder:
    """Keeps what it is called with under the name of the class that it stands for."""

    def __init__(self, name: str, told: dict[str, dict[str, Any]]) -> None:
        self.name, self.told = name, told

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.told[self.name] = named
        return SimpleNamespace(train=lambda: None, evaluate=dict, save_model=lambda _: None, save_pretrained=lambda _: None)

    from_pretrained = __call__


def recorded(text: str, modules: dict[str, tuple[str, ...]], folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a script hands to the classes of some modules."""
    told: dict[str, dict[str, Any]] = {}
    for module, names in modules.items():
        found = ModuleType(module)
        found.__dict__.update({name: Recorder(name, told) for name in names})
        monkeypatch.setitem(sys.modules, module, found)
    sets = ModuleType("datasets")
    sets.__dict__["Dataset"] = Data
    monkeypatch.setitem(sys.modules, "datasets", sets)
    (folder / "examples.csv").write_text(EXAMPLES, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["script", "--examples", str(folder / "examples.csv")])
    exec(compile(text, "script", "exec"), {"__name__": "__main__"})
    return told


def script(made: Made, path: str, *, several: bool) -> str:
    return next(text for _, _, text in files(made, path) if ('"separator"' in text) is several)


TRANSFORMERS = {"transformers": ("AutoModelForSequenceClassification", "AutoTokenizer", "Trainer", "TrainingArguments")}


def test_an_encoder_gives_each_label_by_its_own_probability(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = recorded(script(made, "tune/encoder.py", several=True), TRANSFORMERS, tmp_path, monkeypatch)
    model, trainer = told["AutoModelForSequenceClassification"], told["Trainer"]
    assert model["problem_type"] == "multi_label_classification" and model["num_labels"] == 2
    assert model["id2label"] == {0: "delivery", 1: "refund"}
    assert trainer["train_dataset"].columns["label"] == [[1.0, 1.0], [0.0, 0.0], [1.0, 0.0]]
    odds = np.array([[0.4, -0.1], [-2.0, 3.0], [2.0, -3.0]])  # first label 1 of 1 and 1 of 1; second wrong in two rows
    expected = np.array([[1, 1], [0, 0], [1, 0]])
    assert trainer["compute_metrics"](SimpleNamespace(predictions=odds, label_ids=expected)) == {"macro_f1": 0.5}


def test_one_label_of_each_text_stays_the_likeliest(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = recorded(script(made, "tune/encoder.py", several=False), TRANSFORMERS, tmp_path, monkeypatch)
    model, trainer = told["AutoModelForSequenceClassification"], told["Trainer"]
    assert model["problem_type"] == "single_label_classification"
    assert trainer["train_dataset"].columns["label"] == [2, 0, 1]
    odds = np.array([[-3.0, -2.0, -1.0], [-1.0, -2.0, -3.0], [-3.0, -1.0, -2.0]])  # all below zero: the highest still counts
    assert trainer["compute_metrics"](SimpleNamespace(predictions=odds, label_ids=np.array([2, 0, 1]))) == {"macro_f1": 1.0}


@pytest.mark.parametrize("several", [False, True])
def test_setfit_is_measured_by_macro_f1(several: bool, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setfit = {"setfit": ("SetFitModel", "Trainer", "TrainingArguments")}
    told = recorded(script(made, "tune/setfit.py", several=several), setfit, tmp_path, monkeypatch)
    assert told["SetFitModel"].get("multi_target_strategy") == ("one-vs-rest" if several else None)
    labels = told["Trainer"]["train_dataset"].columns["label"]
    assert labels == ([[1, 1], [0, 0], [1, 0]] if several else ["delivery|refund", "", "delivery"])
    found, expected = (
        ([[1, 0], [1, 0], [0, 1], [0, 1]], [[1, 0], [0, 0], [0, 1], [0, 0]]) if several else (list("aabb"), list("abbb"))
    )
    macro_f1 = told["Trainer"]["metric"](found, expected)["macro_f1"]
    assert macro_f1 == pytest.approx(2 / 3 if several else (2 / 3 + 4 / 5) / 2)  # not the share of right answers
