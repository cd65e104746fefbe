"""Fit quality: from benchmark records to the content of `catalog/calibration/quality.yaml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.evidence import ModelFacts, TaskQuality
from recommender.evidence.benchmarks import Benchmark, ReleasedModel
from recommender.evidence.factor import Factor, fit_factor, place
from recommender.evidence.prior import TERMS, design, frequent_labs, known_facts, penalties
from recommender.evidence.quality_model import (
    Evidence,
    capability_curve,
    evidence_of,
    general_quality,
    is_measured,
    own_axis_quality,
    provenance,
)
from recommender.evidence.score_table import Entity, ScoreTable, score_table
from recommender.evidence.task_mixes import FAITHFULNESS, TASK_MIXES, TaskMix, present

Floats = NDArray[np.float64]
CURVE_FROM, CURVE_TO, CURVE_STEP = -5.0, 5.0, 0.5
LEVELS = (10, 25, 50, 75, 90, 95)
RECENT_DAYS = 730
FEW_SCORES = 2


@dataclass(frozen=True)
class QualityFit:
    """A fitted table with all that was used to fit it."""

    table: ScoreTable
    facts: ModelFacts
    labs: tuple[str, ...]
    design: Floats
    held: Floats
    factor: Factor
    capability: Floats
    variance: Floats


@dataclass(frozen=True)
class Widths:
    """Half widths of 80 % intervals in standard deviations, measured on held-out scores."""

    scored: float
    few: float
    unscored: float

    def of(self, scores: int) -> float:
        """The width for a model with so many scores."""
        return self.few if scores <= FEW_SCORES else self.scored


def fit_quality(benchmarks: Sequence[Benchmark], released: Mapping[str, ReleasedModel]) -> QualityFit:
    """Fit the general factor and the prior on every score."""
    table = score_table(benchmarks)
    facts = facts_of(table.entities, released)
    labs = frequent_labs(facts.labs)
    matrix, held = design(facts, labs), penalties(labs)
    factor = fit_factor(table.straight, matrix, held, table.sources, table.tells, table.links)
    capability, variance = place(factor, table.straight, matrix)
    return QualityFit(table, facts, labs, matrix, held, factor, capability, variance)


def facts_of(entities: Sequence[Entity], released: Mapping[str, ReleasedModel]) -> ModelFacts:
    """Known facts of every row of a table."""
    nothing = ReleasedModel("other", None, None, None, False, False)
    models = [released.get(model, nothing) for model, _ in entities]
    return known_facts([model for model, _ in entities], models, [mode == "reasoning" for _, mode in entities])


def quality_calibration(fit: QualityFit, benchmarks: Sequence[Benchmark], widths: Widths) -> dict[str, Any]:
    """What the engine reads, in plain values ready to be written."""
    evidence = evidence_of(benchmarks, fit.table, fit.factor)
    mixes = {task: present(mix, evidence.benchmarks) for task, mix in TASK_MIXES.items()}
    newest = max(score.day for benchmark in benchmarks for score in benchmark.scores)
    return {
        "as_of": newest,
        "interval_widths": {
            "scored": round(widths.scored, 2),
            "few": round(widths.few, 2),
            "few_means_at_most": FEW_SCORES,
            "unscored": round(widths.unscored, 2),
        },
        "tasks": {task: _task(evidence, mix, fit) for task, mix in mixes.items()},
        "prior": _prior(fit),
        "faithfulness": _own(evidence, present(FAITHFULNESS, evidence.benchmarks), widths),
        "quality": _quality(evidence, fit, mixes, widths),
    }


def _task(evidence: Evidence, mix: TaskMix, fit: QualityFit) -> dict[str, Any]:
    told: dict[str, Any] = {"scale": mix.scale, "axis": mix.axis, "benchmarks": _weights(mix)}
    if mix.axis == "general":
        grid = np.arange(CURVE_FROM, CURVE_TO + CURVE_STEP / 2, CURVE_STEP)
        curve = [capability_curve(evidence, mix, float(at)) for at in grid]
        told["curve"] = {
            "from": CURVE_FROM, "step": CURVE_STEP,
            "quality": [round(value, 1) for value, _ in curve], "error": [round(error, 1) for _, error in curve],
        }  # fmt: skip
        told["levels"] = _levels([capability_curve(evidence, mix, float(at))[0] for at in _recent(fit)])
    elif mix.axis != "none":
        told["levels"] = _levels([quality.mid for quality in own_axis_quality(evidence, mix, 0.0).values()])
    return told


def _weights(mix: TaskMix) -> dict[str, float]:
    """What each benchmark of a mix counts; on an axis of its own the first that has a score speaks alone, so the others count nothing."""
    names = [name for part in mix.parts for name in part.benchmarks]
    if mix.axis != "general":
        return {name: float(name == names[0]) for name in names}
    return {name: round(part.weight / len(part.benchmarks), 3) for part in mix.parts for name in part.benchmarks}


def _recent(fit: QualityFit) -> Floats:
    """Capability of recent models."""
    recent: Floats = fit.capability[_is_recent(fit)]
    return recent


def _is_recent(fit: QualityFit) -> NDArray[np.bool_]:
    """Released in the last two years of the table."""
    return np.asarray(fit.facts.released >= np.nanmax(fit.facts.released) - RECENT_DAYS)


def _levels(values: Sequence[float]) -> dict[str, float]:
    """Quality that a tenth, a quarter, half, ... of models stay below."""
    return {f"p{share}": round(float(np.percentile(values, share)), 1) for share in LEVELS}


def _prior(fit: QualityFit) -> dict[str, Any]:
    values = [round(float(value), 4) for value in fit.factor.coefficients]
    names = [name for name, _ in TERMS]
    return {
        "terms": dict(zip(names, values[: len(names)], strict=True)),
        "labs": dict(zip(fit.labs, values[len(names) :], strict=True)),
        "spread_by_facts_known": _spreads(fit),
        "days_if_release_unknown": int(np.nanmedian(fit.facts.released[_is_recent(fit)])),
    }


def _spreads(fit: QualityFit) -> list[float]:
    """Standard deviation of capability around what facts say: with neither date nor size, with one, with both."""
    facts, scored = fit.facts, np.isfinite(fit.table.values[:, fit.table.tells]).any(axis=1) & (fit.design[:, 0] > 0)
    known = np.isfinite(facts.released).astype(int) + np.isfinite(facts.parameters_b)
    rest = (fit.capability - fit.design @ fit.factor.coefficients) ** 2 + fit.variance
    spreads = [float(np.sqrt(rest[scored & (known == count)].mean())) for count in range(3)]
    widest_first = [max(spreads[count:]) for count in range(3)]
    return [round(value, 3) for value in widest_first]


def _own(evidence: Evidence, mix: TaskMix, widths: Widths) -> dict[str, list[Any]]:
    found = own_axis_quality(evidence, mix, widths.scored)
    return {model: _row(quality) for (model, mode), quality in sorted(found.items()) if "/" in model and mode == "direct"}


def _quality(evidence: Evidence, fit: QualityFit, mixes: Mapping[str, TaskMix], widths: Widths) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for index, name in _named_rows(fit).items():
        entity = fit.table.entities[index]
        capability = (float(fit.capability[index]), float(fit.variance[index]))
        width = widths.of(int(np.isfinite(fit.table.values[index]).sum()))
        row: dict[str, Any] = {"mode": entity[1]}
        tells = fit.table.tells | (fit.table.links & (fit.design[index, 0] <= 0))
        if (np.isfinite(fit.table.values[index]) & tells).any():
            row["capability"] = _capability_row(evidence, entity, capability)
        for task, mix in mixes.items():
            if mix.axis == "general" and "#" not in name and is_measured(evidence, mix, entity):
                row[task] = _row(general_quality(evidence, mix, entity, capability, width))
        rows[name] = row
    for task, mix in mixes.items():
        if mix.axis not in ("general", "none"):
            for model, values in _own(evidence, mix, widths).items():
                rows.setdefault(model, {})[task] = values
    return dict(sorted(rows.items()))


def _named_rows(fit: QualityFit) -> dict[int, str]:
    """Rows of catalog models: the mode with more scores carries the model's own id, the other one its mode behind a hash."""
    counts = np.isfinite(fit.table.values).sum(axis=1)
    best: dict[str, int] = {}
    for index, (model, _) in enumerate(fit.table.entities):
        if "/" in model and (model not in best or counts[index] > counts[best[model]]):
            best[model] = index
    named = {index: model for model, index in best.items()}
    for index, (model, mode) in enumerate(fit.table.entities):
        if "/" in model and index not in named:
            named[index] = f"{model}#{mode}"
    return named


def _capability_row(evidence: Evidence, entity: Entity, capability: tuple[float, float]) -> list[Any]:
    """Capability, its standard deviation, and how many scores it rests on, the newest of when, from where."""
    count, newest, sources = provenance(evidence, entity, ())
    return [round(capability[0], 2), round(float(np.sqrt(capability[1])), 2), " ".join([str(count), newest, *sources])]


def _row(quality: TaskQuality) -> list[Any]:
    low, mid, high = (round(value, 1) for value in (quality.low, quality.mid, quality.high))
    return [low, mid, high, quality.grade, " ".join([str(quality.scores), quality.date, *quality.sources])]
