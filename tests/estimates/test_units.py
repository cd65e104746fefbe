"""Units: every public formula names its unit and its source, and units cancel.

Units cancel when measuring in other units changes nothing but the number: with money in cents, time in minutes, tokens in
dozens, the result is the same amount in the new units.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from fitted_formulas import FITTED_FORMULAS
from formulas import FORMULAS, Formula
from serving_formulas import SERVING_FORMULAS

import recommender.estimates

EVERY = (*FORMULAS, *FITTED_FORMULAS, *SERVING_FORMULAS)
SCALES = {"usd": 100.0, "token": 1 / 16, "s": 1 / 64, "par": 8.0, "byte": 1 / 4, "item": 2.0, "joule": 1 / 2, "gram": 32.0}
SCALES |= {"letter": 4.0, "label": 1 / 8, "value": 2.0, "pixel": 2.0}


def public_formulas() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function that is defined in `recommender.estimates`."""
    for found in pkgutil.iter_modules(recommender.estimates.__path__):
        module = importlib.import_module(f"recommender.estimates.{found.name}")
        for name, one in inspect.getmembers(module, inspect.isfunction):
            if one.__module__ == module.__name__ and not name.startswith("_"):
                yield name, one


PUBLIC = dict(public_formulas())


@pytest.mark.parametrize("name", PUBLIC)
def test_a_formula_names_its_unit_and_its_source(name: str) -> None:
    text = inspect.getdoc(PUBLIC[name]) or ""
    assert re.search(r"\[[^\]\d][^\]]*\]", text.split("\n\n")[0]), "the first sentence ends in the unit"
    assert "References:\n" in text and "[1] " in text
    assert re.search(r"^\w[\w (),/-]* += ", text.split("\n\n", 1)[1], re.MULTILINE), "the equation in plain text"


def test_every_formula_is_tested_for_its_units_and_its_columns() -> None:
    assert {formula.called for formula in EVERY} == set(PUBLIC), "give a new formula an entry in formulas.py"


def scale_of(dimension: str) -> float:
    """What a number is multiplied with when every unit changes."""
    scale = 1.0
    for sign, word, power in re.findall(r"([*/]?)([a-z]+|1)(?:\^(-?[\d.]+))?", dimension):
        factor = SCALES.get(word, 1.0) ** float(power or 1.0)
        scale = scale / factor if sign == "/" else scale * factor
    return scale


def _values(formula: Formula, scaled: Callable[[float, str], float]) -> dict[str, float]:
    return {name: scaled(*one) for name, one in (*formula.given.items(), *formula.fitted.items())}


def _in_other_units(monkeypatch: pytest.MonkeyPatch, constants: dict[str, str]) -> None:
    """A formula's own constants in the other units, wherever a module has a copy of them."""
    for path, dimension in constants.items():
        home, name = path.split(".")
        value = getattr(importlib.import_module(f"recommender.estimates.{home}"), name)
        monkeypatch.setattr(f"recommender.estimates.{home}.{name}", value * scale_of(dimension))


@pytest.mark.parametrize("formula", EVERY, ids=lambda formula: formula.called)
def test_units_cancel(formula: Formula, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = float(formula.compute(**_values(formula, lambda value, unit: value)))
    _in_other_units(monkeypatch, formula.constants)
    other = float(formula.compute(**_values(formula, lambda value, unit: value * scale_of(unit))))
    assert np.isfinite(plain) and plain != 0
    assert other == pytest.approx(plain * scale_of(formula.result), rel=1e-6 if formula.fitted else 1e-9)


@pytest.mark.parametrize("formula", EVERY, ids=lambda formula: formula.called)
def test_a_formula_takes_numbers_and_columns_alike(formula: Formula) -> None:
    factors = np.array([1.0, 1.5, 2.0])
    columns = {name: value * factors for name, (value, _) in formula.given.items()}
    fitted = {name: value for name, (value, _) in formula.fitted.items()}
    together = np.broadcast_to(formula.compute(**columns, **fitted), factors.shape)
    for place in range(len(factors)):
        alone = formula.compute(**{name: float(column[place]) for name, column in columns.items()}, **fitted)
        assert float(together[place]) == pytest.approx(float(alone), rel=1e-12)
