"""Imported runs as evidence: the tool's name of a model becomes the catalog's, exactly or as the user says, never by guessing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import get_args

import numpy as np
from pydantic import ValidationError

from recommender.domain.columns import Columns
from recommender.domain.record import record
from recommender.domain.trial_evidence import TrialEvidence, TrialResult
from recommender.domain.words import StrategyId, Task
from recommender.trial.imports.found import FoundRun, refused
from recommender.trial.imports.readers import READERS
from recommender.trial.source import Source, on_disk


@record
class Named:
    """A run with what it stands for in the catalog; the model is None where the tool's name of it is nobody's."""

    run: FoundRun
    strategy: str
    model: str | None


def imported(
    file: Path | Source, kind: str, task: Task, columns: Columns, names: Mapping[str, str], metric: str | None = None
) -> TrialEvidence:
    """Every run of a file as evidence.

    Args:
        file: another tool's file.
        kind: which tool's: a name of `READERS`.
        task: what the question is about; a run that says it measures another is refused.
        columns: the catalog, for the names of models and benchmarks.
        names: by the tool's name of a model, `strategy/model` with the catalog's.
        metric: which of the run's metrics; None for its first.

    Raises:
        InputError: with the reason for which a run is refused.
    """
    source = on_disk(file) if isinstance(file, Path) else file
    found = tuple(_renamed(one, names) for one in runs_of(source, kind, task, columns, metric))
    return evidence_of_runs(source, kind, task, columns, found)


def runs_of(source: Source, kind: str, task: Task, columns: Columns, metric: str | None = None) -> tuple[Named, ...]:
    """The runs of a file, each with the catalog's model where the tool calls it the same.

    Raises:
        InputError: with the reason for which a run is refused.
    """
    try:
        runs = READERS[kind](source, task, metric)
    except (ValueError, TypeError, OverflowError, AttributeError, LookupError) as error:
        raise refused(source.name, f"is not written as {kind} writes it ({error})", "run it again, whole") from None
    for run in runs:
        _refuse_other_task(f"{source.name}: {run.name}", run.task, task, columns)
    return tuple(Named(one, one.strategy or "zero_shot", one.name if one.name in columns.models.ids else None) for one in runs)


def evidence_of_runs(source: Source, kind: str, task: Task, columns: Columns, found: Sequence[Named]) -> TrialEvidence:
    """Runs whose strategy and model are known, as evidence.

    Raises:
        InputError: where one is not.
    """
    told = f"{kind} run {source.short}"
    return TrialEvidence(task=task, results=tuple(_result(source.name, one, columns, told) for one in found))


def _renamed(found: Named, names: Mapping[str, str]) -> Named:
    if found.run.name not in names:
        return found
    strategy, _, model = names[found.run.name].partition("/")
    return Named(found.run, strategy, model)


def _result(name: str, found: Named, columns: Columns, source: str) -> TrialResult:
    run, strategy, model = found.run, found.strategy, found.model or found.run.name
    where = f"{name}: {run.name}"
    if strategy not in get_args(StrategyId):
        raise refused(where, f"'{strategy}' is not a strategy", f"name it: --name '{run.name}=zero_shot/lab/model'")
    if model not in columns.models.ids:
        close = get_close_matches(model, columns.models.ids, 1)
        meant = close[0] if close else "lab/model"
        raise refused(where, f"'{model}' is not a model of the catalog", f"name it: --name '{run.name}={strategy}/{meant}'")
    latencies = np.array(run.latencies_ms, float)
    told = {
        "strategy": strategy, "model": model, "quality": round(run.quality, 4), "examples": run.examples, "metric": run.metric,
        "standard_error": max(round(run.standard_error, 4), 0.01), "source": source, "date": run.day,
        "latency_p50_ms": float(np.quantile(latencies, 0.5)) if len(latencies) else None,
        "latency_p95_ms": float(np.quantile(latencies, 0.95)) if len(latencies) else None,
    }  # fmt: skip
    try:
        return TrialResult.model_validate(told)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))} {one['msg']}".strip() for one in error.errors())
        raise refused(where, f"makes no sense: {wrong}") from None


def _refuse_other_task(where: str, told: str | None, task: str, columns: Columns) -> None:
    """A run that names one of our tasks must name this one; a public benchmark is not the user's own data."""
    if told is None:
        return
    if told in columns.tasks and told != task:
        raise refused(where, f"measures {told}, the question is {task}", "import a run on the task in question")
    if told in PUBLIC:
        raise refused(
            where, f"{told} is a public benchmark, not your own examples", "the catalog holds what it says of each model"
        )


PUBLIC = frozenset((
    "mmlu", "mmlu_pro", "gsm8k", "hellaswag", "arc_challenge", "arc_easy", "winogrande", "truthfulqa_mc2", "bbh", "gpqa",
    "gpqa_diamond", "ifeval", "humaneval", "mbpp", "drop", "squadv2", "triviaqa", "boolq", "piqa", "lambada_openai", "math",
))  # fmt: skip
