"""Calibrated quality of every model at every task as columns: scores where there are any, else what known facts predict."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from recommender.catalog.library import Library
from recommender.domain.columns import Floats, Ints, Mask, QualityColumns
from recommender.domain.evidence import ModelFacts
from recommender.domain.records import Model
from recommender.domain.words import GRADES, LANGUAGE_MODELS, SCALES, TASKS
from recommender.evidence.quality import prior_of, quality_of_models
from recommender.evidence.starts import STARTS, standing

EPOCH = datetime.date(1970, 1, 1)
ERRORS_COUNTED = "speech"  # the axis of benchmarks that are told as words wrong in 100
BEST_PROMPTED = "p95"  # of the recent models that benchmarks know: the best, not thrown by one outlier
REASONING = {"none": 0.0, "optional": 1.0, "always": 2.0}


def compiled_quality(library: Library, ids: tuple[str, ...]) -> QualityColumns:
    """Quality of every model at every task; a task or model without evidence stays unknown."""
    calibration = library.calibration.get("quality")
    table = np.full((3, len(SCALES), len(ids)), np.nan)
    grades = np.full((len(SCALES), len(ids)), GRADES.index("none"), np.int64)
    sources = [("",) * len(ids) for _ in SCALES]
    rivals = np.full(len(SCALES), np.nan)
    if calibration is not None:
        prior = prior_of(calibration, ids, model_facts(library.models, ids))
        for row, task in enumerate(SCALES):
            if task not in calibration["tasks"]:
                continue
            rivals[row] = _rival(calibration["tasks"][task])
            found = quality_of_models(calibration, task, ids, prior, _may_predict(library, ids, task))
            table[:, row, :] = found.low, found.mid, found.high
            grades[row] = [GRADES.index(grade) for grade in found.grades]
            sources[row] = tuple(
                f"{', '.join(names)} ({day})" if names else "" for names, day in zip(found.sources, found.dates, strict=True)
            )
    for row, task in enumerate(TASKS):
        if task in library.tasks and library.tasks[task].core_task is not None:
            _fill_from_core(library, ids, row, table, grades, sources)
    standings, counts = _standings(library, ids, sources)
    return QualityColumns(table[0], table[1], table[2], grades, tuple(sources), rivals, standings, counts)


def _standings(
    library: Library, ids: tuple[str, ...], sources: list[tuple[str, ...]]
) -> tuple[Floats, tuple[dict[str, Mask], ...]]:
    """How good a start for training each model is at each task, and by which assumption it counts; the benchmark is named as the
    source of what has no other."""
    found = np.zeros((len(SCALES), len(ids)))
    counts: tuple[dict[str, Mask], ...] = tuple({} for _ in SCALES)
    scored = best_scores(library.benchmarks, ids)
    types = np.array([library.models[name].type for name in ids])
    for row, task in enumerate(TASKS):
        for start in STARTS.get(task, ()):
            if start.benchmark not in scored:
                continue
            mine = np.isin(types, start.types)
            scores = scored[start.benchmark]
            found[row, mine] = [standing(start, scores, name) for name, is_it in zip(ids, mine, strict=True) if is_it]
            counts[row][start.counts] = mine
            told = [start.benchmark if is_it and name in scores else "" for name, is_it in zip(ids, mine, strict=True)]
            sources[row] = tuple(old or new for old, new in zip(sources[row], told, strict=True))
    return found, counts


def _fill_from_core(
    library: Library, ids: tuple[str, ...], row: int, table: Floats, grades: Ints, sources: list[tuple[str, ...]]
) -> None:
    """A language model between a recogniser and a voice is as good as at the task it is asked to do there, level for level:
    what is good at the one is good at the other. Its own scores, where there are any, stay."""
    spec = library.tasks[TASKS[row]]
    core = TASKS.index(str(spec.core_task))
    theirs, ours = library.tasks[TASKS[core]].levels, spec.levels
    given, told = ([0.0, one.draft, one.good, one.high, one.best, 100.0] for one in (theirs, ours))
    answers = np.array(
        [library.models[name].type in LANGUAGE_MODELS and TASKS[core] in library.models[name].tasks for name in ids],
        bool,
    )
    filled = answers & np.isnan(table[1, row]) & ~np.isnan(table[1, core])
    table[:, row, filled] = np.interp(table[:, core, filled], given, told)
    grades[row, filled] = GRADES.index("predicted")
    named = (f"{source}; as at {TASKS[core]}, level for level" for source in sources[core])
    sources[row] = tuple(new if fills else old for new, old, fills in zip(named, sources[row], filled.tolist(), strict=True))


def best_scores(benchmarks: Mapping[str, Any], models: Collection[str]) -> dict[str, dict[str, float]]:
    """Each benchmark's best score of each model of the catalog, over its efforts and modes; more is better. [its own unit]"""
    found: dict[str, dict[str, float]] = {}
    for told in benchmarks.values():
        if told.get("kind") == "facts":
            continue
        scores = found.setdefault(str(told["id"]), {})
        for model, _, value, _ in told["scores"]:
            if model in models:
                scores[model] = max(float(value), scores.get(model, float("-inf")))
    return found


def counting_errors(benchmarks: Mapping[str, Any]) -> frozenset[str]:
    """Benchmarks of speech count words that are wrong; the catalog has a hundred minus their share."""
    return frozenset(str(told["id"]) for told in benchmarks.values() if told.get("axis") == ERRORS_COUNTED)


def _rival(told: dict[str, Any]) -> float:
    """What the best prompted models reach: a figure of the calibration, so that no candidate's score hangs on another's. [0-100]"""
    return float(told["levels"][BEST_PROMPTED]) if told["axis"] == "general" else float("nan")


def _may_predict(library: Library, ids: tuple[str, ...], task: str) -> Mask:
    """General capability speaks for models that answer prompts and list the task."""
    models = (library.models[name] for name in ids)
    return np.array([model.type in LANGUAGE_MODELS and (task in model.tasks or task == "reranking") for model in models], bool)


def model_facts(records: Mapping[str, Model], ids: tuple[str, ...]) -> ModelFacts:
    """What the catalog's records say of models before any score, in the order of `ids`."""
    models = [records[name] for name in ids]

    def column(values: list[float | None]) -> Floats:
        return np.array([np.nan if value is None else value for value in values], float)

    return ModelFacts(
        released=column([None if one.released is None else float((one.released - EPOCH).days) for one in models]),
        parameters_b=column([one.parameters_b for one in models]),
        active_b=column([one.active_parameters_b or one.parameters_b for one in models]),
        is_open=np.array([float(one.weights == "open") for one in models]),
        reasons=np.array([_reasons(one) for one in models]),
        labs=tuple(name.split("/")[0] for name in ids),
    )


def _reasons(model: Model) -> float:
    if model.reasoning is not None:
        return REASONING[model.reasoning]
    return 1.0 if "reasoning" in model.capabilities else (0.0 if "reasoning" in model.lacks else -1.0)
