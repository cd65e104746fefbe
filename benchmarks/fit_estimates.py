"""Fit what estimates take from measured rows, and say how wrong they are on models that were left out.

    python benchmarks/fit_estimates.py FOLDER [--write]

FOLDER holds tables in the columns of `recommender validate`. Every form is physical with few parameters; rows of one model
weigh as the square root of their number; errors are out of fold: each model left out in turn, and half of all rows. The
interval is the 10th to 90th percentile of measured over predicted over both ways of leaving out, rows of known models
counted twice: most of what people ask about is in the tables. `--write` puts parameters, errors and digests into the catalog.
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
from scipy.optimize import least_squares

from recommender import load_catalog
from recommender.catalog.measurements import read_table
from recommender.domain.parameters import Interval, Physics, physics_of
from recommender.validation.known import Known
from recommender.validation.quantities import QUANTITIES, measured_rows
from recommender.validation.score import pairs_ordered
from recommender.validation.table import Table

TARGET = Path(__file__).parent.parent / "catalog" / "calibration" / "physics.yaml"
SERVING, LOCAL = "inference_throughput.csv", "local_inference.csv"
TABLES = {
    "tpot": SERVING, "ttft": SERVING, "throughput": SERVING, "energy": SERVING, "local_speed": LOCAL,
    "training_hours": "training_hours.csv", "training_speed": "training_throughput_mpt.csv",
    "image_latency": "image_generation.csv",
}  # fmt: skip
SOURCES = {
    "serving": "ai-dynamo/aiconfigurator systems/silicon_sample.csv (Apache-2.0); NVIDIA/TensorRT-LLM perf-overview.md v1.0 (Apache-2.0); "
    "ml-energy/leaderboard (no licence: fitted on, not shipped); read 2026-11-23",
    "local": "AlexsJones/llmfit benchmark_cache.json (MIT), community runs, read 2026-11-23",
    "training": "mosaicml/llm-foundry scripts/train/benchmarking/README.md (Apache-2.0), read 2026-11-23",
    "programme": "Model cards of meta-llama/llama-models and Epoch AI notable models (CC BY 4.0), read 2026-11-23",
    "image": "ml-energy/leaderboard text-to-image (no licence: fitted on, not shipped), read 2026-11-23",
    "energy": "ml-energy/leaderboard energy per token (no licence: fitted on, not shipped), read 2026-11-23",
}


@dataclass(frozen=True)
class Fit:
    """One fit: the quantity it is judged by, where its parameters sit, their start, which of them are shares (at most 1),
    how closely they are held to the start, and the residual beyond which rows count less."""

    quantity: str
    path: tuple[str, ...]
    start: dict[str, float]
    shares: tuple[str, ...] = ()
    hold: float = 0.005
    tolerance: float = 0.15
    signed: tuple[str, ...] = ()


FITS = (
    Fit(
        "tpot", ("serving", "step"),
        {"mbu": 0.83, "mbu_experts": 0.36, "mbu_kv": 1.0, "mfu": 0.62, "mfu_prefill": 0.66, "layer_us": 71.0, "expert_factor": 1.5,
         "sequence_us": 38.0, "link_gbps": 135.0, "coverage_power": 0.64, "newer_factor": 0.75, "trtllm_factor": 0.94,
         "sglang_factor": 1.27},
        ("mbu", "mbu_experts", "mbu_kv", "mfu", "mfu_prefill", "coverage_power"),
    ),
    Fit(
        "ttft", ("serving", "first_token"),
        {"scale": 0.3, "step": 0.5, "batch": 0.25, "input": 0.3, "prefill": 0.2, "sglang_factor": 2.5}, tolerance=0.1,
    ),
    Fit("throughput", ("serving", "offline"), {"sequences": 1024.0, "sequence_us": 16.0}, hold=0.15),
    Fit("energy", ("energy",), {"full_share": 0.9, "arithmetic_power": 0.1}),
    Fit(
        "local_speed", ("local",),
        {"dense_share": 0.8, "expert_share": 0.8, "dense_ms": 2.0, "expert_ms": 3.0, "host_gbps": 40.0, "reserve_gb": 1.0},
        ("dense_share", "expert_share"), hold=0.02,
    ),
    Fit(
        "training_speed", ("training",),
        {"hopper_share": 0.41, "ampere_share": 0.53, "length_power": 0.0, "checkpoint_factor": 0.93, "fp8_factor": 1.1,
         "small_power": 0.0},
        hold=0.02, tolerance=0.1, signed=("length_power", "small_power"),
    ),
    Fit(
        "training_hours", ("programme",), {"hopper_share": 0.24, "ampere_share": 0.34, "hopper_size_power": 0.2},
        hold=0.1, tolerance=0.3, signed=("hopper_size_power",),
    ),
    Fit(
        "image_latency", ("image",),
        {"mfu": 0.255, "size_power": 0.417, "speed_power": 0.463, "count_power": 0.566, "layer_ms": 0.9, "count_factor": 1.8,
         "decoder_s": 0.25},
        hold=0.03, tolerance=0.2,
    ),
)  # fmt: skip
DEPENDS = {"ttft": "tpot", "throughput": "tpot", "energy": "tpot"}


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


def errors_of(predicted: np.ndarray, measured: np.ndarray, interval: Interval) -> dict[str, float]:
    """Error, bias, coverage and order on rows that were left out. [fractions]"""
    relative, ratio = predicted / measured - 1.0, measured / predicted
    return {
        "median_absolute_error": round(float(np.median(np.abs(relative))), 3),
        "p90_absolute_error": round(float(np.quantile(np.abs(relative), 0.9)), 3),
        "bias": round(float(np.median(relative)), 3),
        "within_2x": round(float(np.mean((ratio >= 0.5) & (ratio <= 2.0))), 3),
        "interval_coverage": round(float(np.mean((ratio >= interval.low) & (ratio <= interval.high))), 3),
        "pairs_ordered": round(pairs_ordered(predicted, measured) or 0.0, 3),
    }


def interval_of(*ratios: np.ndarray) -> Interval:
    """The 10th and 90th percentile of measured over predicted, outwards by the finite number of rows."""
    low, high = np.quantile(np.concatenate(ratios), [0.1, 0.9], method="weibull")
    return Interval(float(low), float(high))


def fit_all(folder: Path) -> tuple[Physics, dict[str, dict[str, Any]]]:
    """Every fit with its errors."""
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
        kept = rows.fitted_on
        ratios = {way: rows.measured[kept] / one[kept] for way, one in found.items()}
        interval = interval_of(ratios["models"], ratios["rows"], ratios["rows"])
        physics = with_interval(physics, fit.quantity, interval)
        if fit.quantity == "local_speed":
            physics = with_speculation(physics, rows)
        told = {f"left_out_{way}": errors_of(one[kept], rows.measured[kept], interval) for way, one in found.items()}
        report[fit.quantity] = {"rows": int(kept.sum()), "models": len(np.unique(rows.models)), **told}
        print(fit.quantity, report[fit.quantity], flush=True)
    return physics, report


def with_interval(physics: Physics, quantity: str, interval: Interval) -> Physics:
    """The interval where the quantity's section keeps it."""
    named = {"tpot": "token_interval", "ttft": "first_token_interval", "throughput": "offline_interval"}
    section = {"local_speed": "local", "training_speed": "training", "training_hours": "programme", "image_latency": "image"}
    place = "serving" if quantity in named else section.get(quantity, quantity)
    return with_values(physics, (place,), {named.get(quantity, "interval"): interval})  # type: ignore[dict-item]


def with_speculation(physics: Physics, rows: Rows) -> Physics:
    """The gain of speculative decoding: the median over plain speed, with its own wide interval."""
    plain = with_values(physics, ("local",), {"speculation": 1.0})
    guessed = ~rows.fitted_on
    gains = rows.measured[guessed] / QUANTITIES["local_speed"].estimate(picked(rows.inputs, guessed), plain)
    gain = float(np.median(gains))
    spread = interval_of(gains / gain)
    return with_values(physics, ("local",), {"speculation": gain, "speculation_interval": spread})  # type: ignore[dict-item]


def rounded(values: Any) -> Any:
    """Four significant digits: fits know no more."""
    if isinstance(values, dict):
        return {name: rounded(one) for name, one in values.items()}
    return float(f"{values:.4g}") if isinstance(values, float) else values


def document(physics: Physics, report: dict[str, Any], folder: Path) -> str:
    """The catalog's file."""
    content = rounded(asdict(physics))
    for section, source in SOURCES.items():
        content[section]["source"] = source
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()[:16] for name in sorted(set(TABLES.values()))}
    body = {"fitted": datetime.date.today(), "tables": digests, **content, "errors": report}
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
    physics, report = fit_all(given.folder)
    text = document(physics, report, given.folder)
    if given.write:
        draft = TARGET.with_suffix(".tmp")
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, TARGET)
    else:
        print(text)


if __name__ == "__main__":
    main()
