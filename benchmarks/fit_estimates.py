"""Fit what estimates take from measured rows, and say how wrong they are on models that were left out.

    python benchmarks/fit_estimates.py FOLDER [--write]

FOLDER holds tables in the columns of `recommender validate`. Every form is physical with few parameters; rows of one model
weigh as the square root of their number; errors are out of fold: each model left out in turn, and half of all rows. There are
two 80 % intervals, of measured over predicted: for models in the tables from the halves, for others from the models left out
(`recommender/validation/intervals.py`); what they cover is measured with the row's own model, or half, taken out of them.
`--write` puts parameters, errors and digests into the catalog.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from estimates_fitted import DEPENDS, FITS, SOURCES, TABLES, Fit
from scipy.optimize import least_squares

from recommender import load_catalog
from recommender.catalog.measurements import read_table
from recommender.domain.parameters import Physics, Spread, physics_of
from recommender.validation.intervals import (
    Rule,
    coverage_left_out,
    interval_of_groups,
    interval_of_rows,
    interval_of_singles,
)
from recommender.validation.known import Known
from recommender.validation.quantities import QUANTITIES, measured_rows
from recommender.validation.score import pairs_ordered
from recommender.validation.table import Table

TARGET = Path(__file__).parent.parent / "catalog" / "calibration" / "physics.yaml"


@dataclass(frozen=True)
class Rows:
    """A quantity's measured rows as the formulas take them."""

    inputs: Any
    measured: np.ndarray
    models: np.ndarray
    weights: np.ndarray
    fitted_on: np.ndarray
    halves: np.ndarray


def rows_of(quantity: str, folder: Path, known: Known) -> Rows:
    """A table's rows; those with speculative decoding are not fitted on."""
    spec = QUANTITIES[quantity]
    path = folder / TABLES[quantity]
    header, cells = read_table(path)
    table = measured_rows(spec, Table.of(str(path), header, cells))
    inputs = spec.inputs(table, known)
    models = np.array(table.words("model"), dtype=np.str_)
    _, place, count = np.unique(models, return_inverse=True, return_counts=True)
    plain = inputs.speculates == 0 if hasattr(inputs, "speculates") else np.ones(table.size, bool)
    weights = count[place] ** -0.25
    half = np.random.default_rng(0).permutation(table.size) % 2 == 0
    return Rows(inputs, table.numbers(spec.measured), models, weights / weights.mean(), plain, half)


def picked(inputs: Any, mask: np.ndarray) -> Any:
    """Some rows of nested columns."""
    if is_dataclass(inputs):
        return replace(inputs, **{one.name: picked(getattr(inputs, one.name), mask) for one in fields(inputs)})
    return inputs[mask] if np.ndim(inputs) else inputs


def with_values(fitted: Physics, path: tuple[str, ...], values: dict[str, float]) -> Physics:
    """Parameters with some values replaced."""
    if len(path) == 1:
        return replace(fitted, **{path[0]: replace(getattr(fitted, path[0]), **values)})
    section = getattr(fitted, path[0])
    return replace(fitted, **{path[0]: replace(section, **{path[1]: replace(getattr(section, path[1]), **values)})})


def fitted_values(fit: Fit, rows: Rows, mask: np.ndarray, around: Physics) -> Physics:
    """Robust least squares of log errors; parameters move on a logarithm unless they may be negative."""
    chosen = mask & rows.fitted_on
    inputs, measured, weights = picked(rows.inputs, chosen), np.log(rows.measured[chosen]), rows.weights[chosen]
    names = list(fit.start)
    signed = np.array([name in fit.signed for name in names])
    start = np.array([fit.start[name] if name in fit.signed else np.log(fit.start[name]) for name in names])
    most = np.where([name in fit.shares for name in names], 1e-9, start + 3.5)
    estimate = QUANTITIES[fit.quantity].estimate

    def physics(point: np.ndarray) -> Physics:
        values = np.where(signed, point, np.exp(np.minimum(point, 50.0)))
        return with_values(around, fit.path, dict(zip(names, map(float, values), strict=True)))

    def residuals(point: np.ndarray) -> np.ndarray:
        missed = weights * (np.log(estimate(inputs, physics(point))) - measured)
        return np.concatenate([missed, fit.hold * np.sqrt(chosen.sum()) * (point - start)])

    solved = least_squares(
        residuals,
        np.minimum(start, most - 1e-6),
        loss="soft_l1",
        f_scale=fit.tolerance,
        bounds=(start - 3.5, most),
        max_nfev=80,
    )
    return physics(solved.x)


def left_out(rows: Rows) -> Iterator[tuple[str, Callable[[Rows], np.ndarray]]]:
    """Ways of leaving rows out: every model in turn, then each half of the rows."""
    for model in np.unique(rows.models):
        yield "models", lambda other, model=model: other.models != model
    for half in (True, False):
        yield "rows", lambda other, half=half: other.halves != half


def out_of_fold(fit: Fit, every: dict[str, Rows], fits: dict[str, Fit], around: Physics) -> dict[str, np.ndarray]:
    """Predictions of every row by parameters that never saw its model, and by parameters that never saw it."""
    rows = every[fit.quantity]
    found = {way: np.full(len(rows.measured), np.nan) for way in ("models", "rows")}
    base = fits.get(DEPENDS.get(fit.quantity, ""))
    for way, seen in left_out(rows):
        start = fitted_values(base, every[base.quantity], seen(every[base.quantity]), around) if base else around
        physics = fitted_values(fit, rows, seen(rows), start)
        test = ~seen(rows)
        found[way][test] = QUANTITIES[fit.quantity].estimate(picked(rows.inputs, test), physics)
    return found


def errors_of(predicted: np.ndarray, measured: np.ndarray, groups: np.ndarray, rule: Rule) -> dict[str, float]:
    """Error, bias, coverage and order on rows that were left out. [fractions]"""
    relative, ratio = predicted / measured - 1.0, measured / predicted
    return {
        "median_absolute_error": round(float(np.median(np.abs(relative))), 3),
        "p90_absolute_error": round(float(np.quantile(np.abs(relative), 0.9)), 3),
        "bias": round(float(np.median(relative)), 3),
        "within_2x": round(float(np.mean((ratio >= 0.5) & (ratio <= 2.0))), 3),
        "interval_coverage": round(coverage_left_out(ratio, groups, rule), 3),
        "pairs_ordered": round(pairs_ordered(predicted, measured) or 0.0, 3),
    }


def fit_all(folder: Path) -> tuple[Physics, dict[str, dict[str, Any]], dict[str, list[str]]]:
    """Every fit, its errors, and the models whose rows it saw."""
    columns = load_catalog().columns
    known, physics = Known(columns), physics_of(columns.calibration)
    fits = {fit.quantity: fit for fit in FITS}
    every = {fit.quantity: rows_of(fit.quantity, folder, known) for fit in FITS}
    report: dict[str, dict[str, Any]] = {}
    for fit in FITS:
        rows = every[fit.quantity]
        everything = np.ones(len(rows.measured), bool)
        found = out_of_fold(fit, every, fits, physics)
        physics = fitted_values(fit, rows, everything, physics)
        physics, told = with_spread(physics, fit.quantity, rows, found)
        if fit.quantity == "local_speed":
            physics = with_speculation(physics, rows)
        report[fit.quantity] = {"rows": int(rows.fitted_on.sum()), "models": len(np.unique(rows.models)), **told}
        print(fit.quantity, report[fit.quantity], flush=True)
    return physics, report, {name: np.unique(rows.models[rows.fitted_on]).tolist() for name, rows in every.items()}


def with_spread(
    physics: Physics, quantity: str, rows: Rows, found: dict[str, np.ndarray]
) -> tuple[Physics, dict[str, dict[str, float]]]:
    """Both intervals where the quantity's section keeps them, and the errors. Where every model has one row, a known model is
    like any other."""
    kept = rows.fitted_on
    models, halves, measured = rows.models[kept], rows.halves[kept], rows.measured[kept]
    by_model, by_row = (found[way][kept] for way in ("models", "rows"))
    is_single = len(np.unique(models)) == len(models)
    rule, row_rule = (interval_of_singles,) * 2 if is_single else (interval_of_groups, interval_of_rows)
    other = rule(measured / by_model, models)
    known = other if is_single else interval_of_rows(measured / by_row, halves)
    named = {"tpot": "token_interval", "ttft": "first_token_interval", "throughput": "offline_interval"}
    section = {"local_speed": "local", "training_speed": "training", "training_hours": "programme", "image_latency": "image"}
    place = "serving" if quantity in named else section.get(quantity, quantity)
    told = {
        "left_out_models": errors_of(by_model, measured, models, rule),
        "left_out_rows": errors_of(by_row, measured, halves, row_rule),
    }
    return with_values(physics, (place,), {named.get(quantity, "interval"): Spread(known, other)}), told  # type: ignore[dict-item]


def with_speculation(physics: Physics, rows: Rows) -> Physics:
    """The gain of speculative decoding: the median over plain speed, with its own wide interval."""
    plain = with_values(physics, ("local",), {"speculation": 1.0})
    guessed = ~rows.fitted_on
    gains = rows.measured[guessed] / QUANTITIES["local_speed"].estimate(picked(rows.inputs, guessed), plain)
    gain = float(np.median(gains))
    spread = interval_of_rows(gains / gain, rows.models[guessed])
    return with_values(physics, ("local",), {"speculation": gain, "speculation_interval": spread})  # type: ignore[dict-item]


def rounded(values: Any) -> Any:
    """Four significant digits: fits know no more."""
    if isinstance(values, dict):
        return {name: rounded(one) for name, one in values.items()}
    return float(f"{values:.4g}") if isinstance(values, float) else values


def document(physics: Physics, report: dict[str, Any], seen: dict[str, list[str]], folder: Path) -> str:
    """The catalog's file."""
    content = rounded(asdict(physics))
    for section, source in SOURCES.items():
        content[section]["source"] = source
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()[:16] for name in sorted(set(TABLES.values()))}
    body = {"fitted": datetime.date.today(), "tables": digests, **content, "errors": report, "fitted_on": seen}
    head = (
        "# yaml-language-server: $schema=../schema/calibration-physics.json\n"
        "# Generated by benchmarks/fit_estimates.py; never edit. Intervals: measured over predicted, 10th to 90th percentile.\n"
    )
    return head + yaml.safe_dump(body, sort_keys=False, width=120)


def main() -> None:
    """Fit, print, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    physics, report, seen = fit_all(given.folder)
    text = document(physics, report, seen, given.folder)
    if given.write:
        draft = TARGET.with_suffix(".tmp")
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, TARGET)
    else:
        print(text)


if __name__ == "__main__":
    main()
