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
from formulas import FORMULAS, Formula

import recommender.estimates

# Formulas whose fitted powers, floors or own constants fix the units they take; known answers test them instead.
FIXED_UNITS = {
    "activations_gb", "memory_per_accelerator_gb", "room_for_cache_gb", "fits", "most_sequences", "local_memory_gb",
    "memory_in_use_gb", "usual_layers", "usual_hidden", "routed_b", "expert_share", "weights_read_b", "prefill_seconds",
    "step_terms", "coverage", "step_seconds", "arithmetic_share", "first_token_seconds", "serving_plan", "offline_batch",
    "offline_tokens_per_second", "launch_factor", "first_token_factor", "share_on_accelerator", "local_seconds_per_token",
    "local_speed", "attention_factor", "training_tokens_per_second", "programme_mfu", "programme_hours", "qlora_slowdown",
    "usual_denoiser_layers", "drawing_seconds", "diffusion_seconds", "power_share", "embodied_grams_per_1k", "query_usd",
    "search_ms", "streams_per_machine", "items_per_second", "item_seconds", "rerank_seconds",
}  # fmt: skip
SCALES = {"usd": 100.0, "token": 1 / 16, "s": 1 / 64, "par": 8.0, "byte": 1 / 4, "item": 2.0, "joule": 1 / 2, "gram": 32.0}
SCALES |= {"letter": 4.0, "label": 1 / 8, "value": 2.0}


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


def test_every_formula_is_tested_for_its_units_or_has_fixed_ones() -> None:
    tested = {formula.called for formula in FORMULAS}
    assert tested | FIXED_UNITS == set(PUBLIC)
    assert not tested & FIXED_UNITS


def scale_of(dimension: str) -> float:
    """What a number is multiplied with when every unit changes."""
    scale = 1.0
    for sign, word in re.findall(r"([*/]?)([a-z1]+)", dimension):
        factor = SCALES.get(word, 1.0)
        scale = scale / factor if sign == "/" else scale * factor
    return scale


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.called)
def test_units_cancel(formula: Formula) -> None:
    plain = formula.compute(**{name: value for name, (value, _) in formula.given.items()})
    other = formula.compute(**{name: value * scale_of(unit) for name, (value, unit) in formula.given.items()})
    assert np.isfinite(plain) and plain != 0
    assert other == pytest.approx(plain * scale_of(formula.result), rel=1e-9)


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.called)
def test_a_formula_takes_numbers_and_columns_alike(formula: Formula) -> None:
    factors = np.array([1.0, 1.5, 2.0])
    columns = {name: value * factors for name, (value, _) in formula.given.items() if name != "years"}
    rest = {name: value for name, (value, _) in formula.given.items() if name == "years"}
    together = formula.compute(**columns, **rest)
    for place in range(len(factors)):
        alone = formula.compute(**{name: float(column[place]) for name, column in columns.items()}, **rest)
        assert float(np.asarray(together)[place]) == pytest.approx(float(alone), rel=1e-12)
