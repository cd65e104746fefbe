"""The quantities that can be checked: what each reads of a table, what it predicts, and the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from recommender.domain.columns import Columns, Mask
from recommender.domain.model_names import words_of
from recommender.domain.parameters import Physics, Spread, models_fitted_on, physics_of
from recommender.errors import Fault, InputError
from recommender.validation.known import Known
from recommender.validation.others import (
    OnDevice,
    accelerator_hours,
    drawn,
    on_device,
    picture_s,
    programme,
    stream_tok_s,
    trained,
    trained_tok_s,
)
from recommender.validation.score import Predictions, Score, either, score_of, spread
from recommender.validation.serving import first_token_ms, served, throughput_tok_s, token_joules, token_ms
from recommender.validation.table import Floats, Table

SERVING_COLUMNS = ("model", "gpu", "n_gpus", "precision", "engine", "isl", "osl")
LOCAL_COLUMNS = (
    "model", "gpu", "n_gpus", "vram_gb", "bw_gbps", "engine", "quant", "bpw", "params_b", "active_b", "is_moe", "batch",
    "ctx", "prompt_tokens", "out_tokens", "spec",
)  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """One row of the contract's table: the columns read, the measured column, its unit, the kind of the rows; how a table
    becomes inputs, what is estimated from them, and how far measured values lie around it."""

    reads: tuple[str, ...]
    measured: str
    unit: str
    kind: str
    inputs: Callable[[Table, Known], Any]
    estimate: Callable[[Any, Physics], Floats]
    interval: Callable[[Physics], Spread]


QUANTITIES = {
    "tpot": Quantity(
        (*SERVING_COLUMNS, "batch"), "tpot_ms", "ms", "serving",
        served, token_ms, lambda fitted: fitted.serving.token_interval,
    ),
    "ttft": Quantity(
        (*SERVING_COLUMNS, "batch"), "ttft_ms", "ms", "serving",
        served, first_token_ms, lambda fitted: fitted.serving.first_token_interval,
    ),
    "throughput": Quantity(
        SERVING_COLUMNS, "out_tok_s", "tokens/s", "offline_max",
        served, throughput_tok_s, lambda fitted: fitted.serving.offline_interval,
    ),
    "energy": Quantity(
        (*SERVING_COLUMNS, "batch"), "j_per_tok", "J", "serving",
        served, token_joules, lambda fitted: fitted.energy.interval,
    ),
    "local_speed": Quantity(
        LOCAL_COLUMNS, "tok_s", "tokens/s", "",
        on_device, stream_tok_s, lambda fitted: fitted.local.interval,
    ),
    "training_hours": Quantity(
        ("model", "params_active_b", "tokens", "accelerator", "kind"), "accelerator_hours", "h", "pretraining",
        programme, accelerator_hours, lambda fitted: fitted.programme.interval,
    ),
    "training_speed": Quantity(
        ("model", "seq", "gpus", "gpu", "N", "prec", "ckpt"), "tok_s_gpu", "tokens/s", "",
        trained, trained_tok_s, lambda fitted: fitted.training.interval,
    ),
    "image_latency": Quantity(
        ("model", "denoiser_params_b", "gpu", "n_gpus", "batch", "size", "steps"), "latency_s", "s", "",
        drawn, picture_s, lambda fitted: fitted.image.interval,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """The score of some of the rows, for people."""

    words: str
    rows: int
    score: Score


@dataclass(frozen=True)
class Validation:
    """Estimates against one table's rows. `rows` hold a measured value; `skipped` of them could not be estimated."""

    quantity: str
    rows: int
    skipped: int
    score: Score
    parts: tuple[Part, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of the contract; fractions, null where there is nothing to count."""
        return {"quantity": self.quantity, "rows": self.rows, "skipped": self.skipped, **asdict(self.score)}


def quantity_named(name: str) -> Quantity:
    """A quantity by its name.

    Raises:
        InputError: naming those there are.
    """
    if name not in QUANTITIES:
        raise InputError([Fault(f"quantity '{name}'", "cannot be checked", f"use one of {', '.join(QUANTITIES)}")])
    return QUANTITIES[name]


def validated(name: str, table: Table, columns: Columns) -> Validation:
    """How wrong the estimates of one quantity are on a table of measured rows.

    Raises:
        InputError: when the quantity is unknown or a column is missing.
    """
    quantity = quantity_named(name)
    table.demand((*quantity.reads, quantity.measured))
    rows = measured_rows(quantity, table)
    inputs = quantity.inputs(rows, Known(columns))
    measured = rows.numbers(quantity.measured)
    is_known = fit_has_seen(rows.words("model"), models_fitted_on(columns.calibration, name))
    found = predictions(quantity, inputs, is_known, physics_of(columns.calibration))
    parts = (Part(words, int(mask.sum()), _scored(found, measured, mask)) for words, mask in _parts(inputs))
    return Validation(
        name,
        len(measured),
        int((~_predicted(found)).sum()),
        _scored(found, measured),
        tuple(part for part in parts if part.rows),
    )


def fit_has_seen(names: tuple[str, ...], fitted_on: tuple[str, ...]) -> Mask:
    """Whether each row's model is among those fitted on, however its name is written."""
    seen = {words_of(name) for name in fitted_on}
    return np.array([words_of(name) in seen for name in names], bool)


def predictions(quantity: Quantity, inputs: Any, is_known: Mask, fitted: Physics) -> Predictions:
    """What the formula says about every row: the interval is wider for a model that the fit has not seen, and speculating rows
    have one of their own."""
    mid, around = quantity.estimate(inputs, fitted), quantity.interval(fitted)
    plain = either(is_known, spread(mid, around.known), spread(mid, around.other))
    if not isinstance(inputs, OnDevice):
        return plain
    return either(inputs.speculates > 0, spread(mid, fitted.local.speculation_interval), plain)


def measured_rows(quantity: Quantity, table: Table) -> Table:
    """The rows of the quantity's kind that hold a measured value."""
    kinds = table.lower("kind")
    of_kind = np.isin(kinds, (quantity.kind, "")) if quantity.kind else np.ones(table.size, bool)
    return table.only(of_kind & (table.numbers(quantity.measured) > 0))


def _parts(inputs: Any) -> tuple[tuple[str, Mask], ...]:
    """Kinds of rows that differ too much to be seen only together."""
    if not isinstance(inputs, OnDevice):
        return ()
    speculates, is_mixture = inputs.speculates > 0, np.asarray(inputs.model.is_mixture) > 0
    return (
        ("dense models", ~speculates & ~is_mixture),
        ("mixtures of experts", ~speculates & is_mixture),
        ("with speculative decoding", speculates),
    )


def _predicted(found: Predictions) -> Mask:
    return np.isfinite(found.mid) & (found.mid > 0)


def _scored(found: Predictions, measured: Floats, among: Mask | None = None) -> Score:
    """The score over the rows that could be predicted, among all or some."""
    kept = _predicted(found) if among is None else _predicted(found) & among
    return score_of(Predictions(found.low[kept], found.mid[kept], found.high[kept]), measured[kept])


def report_text(result: Validation) -> str:
    """The result for people."""
    score = result.score
    lines = (
        ("rows", f"{result.rows}, of which {result.skipped} could not be estimated"),
        ("median absolute error", _percent(score.median_absolute_error)),
        ("nine in ten within", _percent(score.p90_absolute_error)),
        ("bias", _percent(score.bias, "+")),
        ("within a factor of two", _percent(score.within_2x)),
        ("inside the 80 % interval", _percent(score.interval_coverage)),
        ("pairs in the right order", _percent(score.pairs_ordered)),
    )
    parts = (
        (part.words, f"{_percent(part.score.median_absolute_error)} median error on {part.rows} rows") for part in result.parts
    )
    return "\n".join((result.quantity, *(f"  {label:<26}{text}" for label, text in (*lines, *parts))))


def _percent(value: float | None, sign: str = "") -> str:
    return "unknown" if value is None else f"{value:{sign}.1%}"
