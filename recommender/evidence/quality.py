"""What the engine asks: the quality of models on a task, from scores where there are any, else from known facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.evidence import ModelFacts, QualityColumns, TaskQuality
from recommender.domain.words import Grade
from recommender.evidence.prior import predict_prior

Floats = NDArray[np.float64]
Prior = tuple[Floats, Floats]
PRIOR_SOURCE = "model-facts"
NO_DATE = ""


def prior_of(calibration: Mapping[str, Any], models: Sequence[str], facts: ModelFacts) -> Prior:
    """What known facts say of each model's capability, the same for every task: its middle and standard deviation."""
    return predict_prior(calibration["prior"], replace(facts, names=tuple(models)))


def quality_of_models(
    calibration: Mapping[str, Any], task: str, models: Sequence[str], prior: Prior, may_predict: NDArray[np.bool_]
) -> QualityColumns:
    """Quality of each model on a task with its 80 % interval; NaN and `none` where nothing speaks for it. [0-100]

    Args:
        calibration: the content of `calibration/quality.yaml`.
        task: one of the tasks of the contract.
        models: catalog ids.
        prior: what known facts say of each of them, from `prior_of`.
        may_predict: where general capability may stand in for a score (models that answer prompts).
    """
    width = calibration["interval_widths"]["unscored"]
    low, mid, high = (column.copy() for column in predicted_quality(calibration, task, *prior, width))
    predicted = may_predict & np.isfinite(mid)
    for column in (low, mid, high):
        column[~predicted] = np.nan
    grades: list[Grade] = ["predicted" if known else "none" for known in predicted]
    sources: list[tuple[str, ...]] = [(PRIOR_SOURCE,) if known else () for known in predicted]
    dates = [str(calibration["as_of"]) if known else NO_DATE for known in predicted]
    for place, model in enumerate(models):
        scored = scored_quality(calibration, task, model)
        if scored is not None:
            low[place], mid[place], high[place] = scored.low, scored.mid, scored.high
            grades[place], sources[place], dates[place] = scored.grade, scored.sources, scored.date
    return QualityColumns(low, mid, high, tuple(grades), tuple(sources), tuple(dates))


def scored_quality(calibration: Mapping[str, Any], task: str, model: str) -> TaskQuality | None:
    """Quality of a model that at least one benchmark measured; None without a score that speaks for the task. [0-100]"""
    rows = calibration["quality"].get(model, {})
    if task in rows:
        return _task_quality(rows[task])
    if "capability" in rows and calibration["tasks"][task]["axis"] == "general":
        return _from_capability(calibration, task, rows["capability"])
    return None


def faithfulness(calibration: Mapping[str, Any], model: str) -> TaskQuality | None:
    """Share of a model's summaries that say nothing the text does not; None if nobody measured it. [0-100]"""
    row = calibration["faithfulness"].get(model)
    return _task_quality(row) if row else None


def predicted_quality(
    calibration: Mapping[str, Any], task: str, capability: Floats, spread: Floats, width: float
) -> tuple[Floats, Floats, Floats]:
    """Low, middle, high quality of models known only by their capability; NaN off the general axis. [0-100]"""
    told = calibration["tasks"][task]
    if told["axis"] != "general":
        unknown = np.full(np.shape(capability), np.nan)
        return unknown, unknown, unknown
    curve = told["curve"]
    grid = curve["from"] + curve["step"] * np.arange(len(curve["quality"]))
    middle = np.interp(capability, grid, curve["quality"])
    error = np.interp(capability, grid, curve["error"])
    above = np.interp(capability + spread, grid, curve["quality"]) - middle
    below = middle - np.interp(capability - spread, grid, curve["quality"])
    return (
        np.clip(middle - width * np.hypot(below, error), 0, 100),
        middle,
        np.clip(middle + width * np.hypot(above, error), 0, 100),
    )


def _from_capability(calibration: Mapping[str, Any], task: str, row: Sequence[Any]) -> TaskQuality:
    """Scores elsewhere place the model's capability, and capability places it on this task."""
    capability, spread, provenance = row
    scores, day, sources = _provenance(provenance)
    widths = calibration["interval_widths"]
    width = widths["few"] if scores <= widths["few_means_at_most"] else widths["scored"]
    ends = predicted_quality(calibration, task, np.array([capability]), np.array([spread]), width)
    low, mid, high = (float(end[0]) for end in ends)
    return TaskQuality(low, mid, high, "predicted", sources, day, scores)


def _task_quality(row: Sequence[Any]) -> TaskQuality:
    low, mid, high, grade, provenance = row
    scores, day, sources = _provenance(provenance)
    return TaskQuality(low, mid, high, grade, sources, day, scores)


def _provenance(text: str) -> tuple[int, str, tuple[str, ...]]:
    """`3 2026-04-19 arena_ai lmarena`: how many benchmarks, the day of the newest score, where from."""
    scores, day, *sources = text.split()
    return int(scores), day, tuple(sources)
