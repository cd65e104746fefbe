"""From a fitted factor and published scores to the quality of every scored model on every task. [0-100]"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from recommender.domain.evidence import TaskQuality
from recommender.domain.words import Grade
from recommender.evidence.benchmarks import Benchmark
from recommender.evidence.factor import Factor
from recommender.evidence.scales import points
from recommender.evidence.score_table import Entity, ScoreTable, scores_by_entity
from recommender.evidence.task_mixes import Part, TaskMix

Floats = NDArray[np.float64]
VENDOR_SD_POINTS = 4.0
HARNESS_SD_POINTS = 2.75
"""Two harnesses differ by 3.1 points on average: 3.1 / (2 / sqrt(pi)) for two normal errors."""
MEASURED_SHARE = 0.5


@dataclass(frozen=True)
class Evidence:
    """Everything a task's quality is read from."""

    table: ScoreTable
    factor: Factor
    benchmarks: dict[str, Benchmark]
    own_scores: dict[str, dict[Entity, float]]


@dataclass(frozen=True)
class PartValue:
    """One part of a mix for one model: its value, the error it shares with other parts, its own error. [points]"""

    value: float
    shared_error: float
    own_error: float
    measured_by: tuple[str, ...]
    is_vendor_reported: bool


def evidence_of(benchmarks: Sequence[Benchmark], table: ScoreTable, factor: Factor) -> Evidence:
    """Group what the parts of a mix look up."""
    by_id = {benchmark.id: benchmark for benchmark in benchmarks}
    return Evidence(table, factor, by_id, {name: scores_by_entity(benchmark) for name, benchmark in by_id.items()})


def general_quality(
    evidence: Evidence, mix: TaskMix, entity: Entity, capability: tuple[float, float], width: float
) -> TaskQuality:
    """Quality of a model on a task that general capability carries.

    quality = sum of weight x (mean of its scores in the part, or what its capability predicts there)

    Args:
        evidence: fitted factor and published scores.
        mix: the parts of the task.
        entity: model and mode.
        capability: its middle and variance.
        width: half the width of the 80 % interval, in standard deviations, as measured by cross-validation.
    """
    parts = [(part.weight, _part_value(evidence, part, entity, capability)) for part in mix.parts]
    middle = sum(weight * value.value for weight, value in parts)
    shared = sum(weight * value.shared_error for weight, value in parts)
    own = sum((weight * value.own_error) ** 2 for weight, value in parts)
    half = width * float(np.sqrt(shared**2 + own))
    names = tuple(name for _, value in parts for name in value.measured_by)
    return _quality(evidence, middle, half, _grade(parts), (entity, names))


def is_measured(evidence: Evidence, mix: TaskMix, entity: Entity) -> bool:
    """Whether any benchmark of the task's own mix has a score of the model."""
    return any(entity in evidence.own_scores.get(name, {}) for part in mix.parts for name in part.benchmarks)


def provenance(evidence: Evidence, entity: Entity, names: tuple[str, ...]) -> tuple[int, str, tuple[str, ...]]:
    """How many benchmarks a number rests on, the day of the newest score, and their sources; no names: every benchmark."""
    used = names or tuple(name for name, scores in evidence.own_scores.items() if entity in scores)
    days = [score.day for name in used for score in evidence.benchmarks[name].scores if score.entity == entity]
    sources = tuple(sorted({evidence.benchmarks[name].source for name in used}))
    return len(used), max(days, default=date(1970, 1, 1)).isoformat(), sources


def capability_curve(evidence: Evidence, mix: TaskMix, capability: float) -> tuple[float, float]:
    """Quality, and the error that capability does not explain, of a model known only by its capability. [points]"""
    nobody: Entity = ("", "")
    parts = [(part.weight, _part_value(evidence, part, nobody, (capability, 0.0))) for part in mix.parts]
    own = sum((weight * value.own_error) ** 2 for weight, value in parts)
    return sum(weight * value.value for weight, value in parts), float(np.sqrt(own))


def own_axis_quality(evidence: Evidence, mix: TaskMix, width: float) -> dict[Entity, TaskQuality]:
    """Quality on an axis that only its own scores carry: models without one are left out.

    The first benchmark of the mix is the scale. A model that only another one measures is moved by the median difference
    between the two over the models both measure, unless both are said to be on one scale; one that its maker alone
    measured is lowered by what makers add.
    """
    names = [name for part in mix.parts for name in part.benchmarks if name in evidence.benchmarks]
    tables = {name: _in_points(evidence, name) for name in names}
    found: dict[Entity, TaskQuality] = {}
    for name in names:
        benchmark = evidence.benchmarks[name]
        is_on_scale = names[0] in (name, benchmark.same_scale_as)
        offset, spread = (0.0, 0.0) if is_on_scale else _bridge(tables[names[0]], tables[name])
        is_own = benchmark.is_vendor_reported
        grade: Grade = "self_reported" if is_own else "measured"
        error = float(np.hypot(spread, max(benchmark.noise_floor, VENDOR_SD_POINTS if is_own else 0.0)))
        for entity, value in tables[name].items():
            if entity not in found:
                middle = value + offset - (benchmark.vendor_bias if is_own else 0.0)
                found[entity] = _quality(evidence, middle, width * error, grade, (entity, (name,)))
    return found


def _part_value(evidence: Evidence, part: Part, entity: Entity, capability: tuple[float, float]) -> PartValue:
    names = [name for name in part.benchmarks if name in evidence.benchmarks]
    seen = tuple(name for name in names if entity in evidence.own_scores[name])
    third = tuple(name for name in seen if not evidence.benchmarks[name].is_vendor_reported)
    used = third or seen
    if not used:
        return _predicted(evidence, names, capability)
    vendor = not third
    bias = [evidence.benchmarks[n].vendor_bias if vendor else 0.0 for n in used]
    values = [float(points(evidence.benchmarks[n], evidence.own_scores[n][entity])) for n in used]
    value = float(np.mean(values) - np.mean(bias))
    error = VENDOR_SD_POINTS if vendor else HARNESS_SD_POINTS / np.sqrt(len(used))
    return PartValue(value, 0.0, float(error), used, vendor)


def _predicted(evidence: Evidence, names: Sequence[str], capability: tuple[float, float]) -> PartValue:
    columns = {benchmark.id: j for j, benchmark in enumerate(evidence.table.benchmarks)}
    known = [columns[name] for name in names if name in columns and evidence.factor.usable[columns[name]]]
    if not known:
        return _marginal(evidence, names)
    values, shared, own = zip(*(_expected_points(evidence, j, capability) for j in known), strict=True)
    return PartValue(float(np.mean(values)), float(np.mean(shared)), float(np.mean(own)), (), False)


def _expected_points(evidence: Evidence, column: int, capability: tuple[float, float]) -> tuple[float, float, float]:
    middle, variance = capability
    factor, benchmark = evidence.factor, evidence.table.benchmarks[column]
    straight = float(factor.expected(column, np.array(middle)))

    def spread(error: float) -> float:
        ends = evidence.table.in_own_unit(column, np.array([straight - error, straight + error]))
        below, above = points(benchmark, ends)
        return float(above - below) / 2

    value = float(points(benchmark, evidence.table.in_own_unit(column, np.array(straight))))
    least = 0.0 if factor.tells[column] else benchmark.noise_floor
    own = max(spread(float(factor.error[column])), least)
    return value, spread(float(factor.loading[column]) * float(np.sqrt(variance))), own


def _marginal(evidence: Evidence, names: Sequence[str]) -> PartValue:
    """An axis of its own: a model it does not measure gets the middle of those it does, whatever its capability."""
    values = np.array([value for name in names for value in _in_points(evidence, name).values()])
    return PartValue(float(np.median(values)), 0.0, float(values.std()), (), False)


def _in_points(evidence: Evidence, name: str) -> dict[Entity, float]:
    benchmark = evidence.benchmarks[name]
    return {entity: float(points(benchmark, value)) for entity, value in evidence.own_scores[name].items()}


def _bridge(scale: dict[Entity, float], other: dict[Entity, float]) -> tuple[float, float]:
    """Median difference over the models that both measure, and its spread. [points]"""
    differences = np.array([scale[entity] - other[entity] for entity in sorted(set(scale) & set(other))])
    if len(differences) < 2:
        return 0.0, float(np.std(list(scale.values())))
    return float(np.median(differences)), float(differences.std())


def _grade(parts: Sequence[tuple[float, PartValue]]) -> Grade:
    measured = sum(weight for weight, value in parts if value.measured_by and not value.is_vendor_reported)
    scored = sum(weight for weight, value in parts if value.measured_by)
    if measured >= MEASURED_SHARE:
        return "measured"
    return "self_reported" if scored >= MEASURED_SHARE else "predicted"


def _quality(evidence: Evidence, middle: float, half: float, grade: Grade, seen: tuple[Entity, tuple[str, ...]]) -> TaskQuality:
    count, newest, sources = provenance(evidence, *seen)
    low, mid, high = np.clip([middle - half, middle, middle + half], 0, 100)
    return TaskQuality(float(low), float(mid), float(high), grade, sources, newest, count)
