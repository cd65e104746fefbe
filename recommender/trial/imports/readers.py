"""Readers of other tools' files, each from a file to the runs in it. Formats as the tools write them in November 2026."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from recommender.trial.imports.found import (
    OF_TEXTS,
    TEXTS,
    FoundRun,
    complete,
    day_of,
    error_of,
    from_scores,
    known_metric,
    part,
    points,
    read_json,
    refused,
    whole,
)
from recommender.trial.source import Source

ERROR = 2  # promptfoo's failureReason: the call failed; 1 is an assertion that did not hold, which is a measurement


def promptfoo(source: Source, task: str, metric: str | None) -> list[FoundRun]:
    """`promptfoo eval --output results.json`: one run per provider and prompt; an error is a failed call, not a wrong answer."""
    if source.suffix == ".csv":
        raise refused(source.name, "promptfoo's CSV does not say which calls failed", "export JSON, or use the format csv")
    told = read_json(source)
    rows, where = part(told, "results", "results"), source.name
    if not isinstance(rows, list) or not rows:
        raise refused(where, "holds no results of promptfoo", "give what `promptfoo eval --output results.json` wrote")
    day = day_of(part(told, "results", "timestamp"), where)
    meant = len({part(row, "testIdx") for row in rows})
    groups: dict[tuple[str, Any], list[Any]] = {}
    for row in rows:
        name = part(row, "provider", "label") or part(row, "provider", "id") or part(row, "provider")
        groups.setdefault((str(name), part(row, "promptIdx")), []).append(row)
    return [
        _promptfoo_run(f"{where}: {name}", name, found, meant, known_metric(where, metric or "score", task), day)
        for (name, _), found in groups.items()
    ]


def _promptfoo_run(where: str, name: str, rows: list[Any], meant: int, metric: str, day: Any) -> FoundRun:
    failed = [row for row in rows if part(row, "failureReason") == ERROR or (part(row, "error") and part(row, "score") is None)]
    if failed:
        raise refused(where, f"{len(failed)} of {len(rows)} calls failed ({str(part(failed[0], 'error'))[:80]})")
    complete(where, len(rows), meant)
    scores = [points(where, metric, part(row, "score")) / 100.0 for row in rows]
    return from_scores(
        name, metric, scores, day, [row["latencyMs"] for row in rows if isinstance(part(row, "latencyMs"), int | float)]
    )


def inspect_ai(source: Source, task: str, metric: str | None) -> list[FoundRun]:
    """A log of inspect_ai as JSON (`inspect log dump`): its status must be success and every sample completed."""
    if source.suffix == ".eval":
        raise refused(source.name, "is inspect_ai's packed format", "write it as JSON: inspect log convert --to json")
    told, where = read_json(source), source.name
    status = part(told, "status")
    if status != "success":
        raise refused(where, f"has the status {status!r}, not success")
    scorers = part(told, "results", "scores") or []
    if not scorers:
        raise refused(where, "holds no scores", "score it first: inspect score")
    complete(where, int(part(told, "results", "completed_samples") or 0), int(part(told, "results", "total_samples") or 0))
    metrics = part(scorers, 0, "metrics") or {}
    name = metric or next((one for one in metrics if one not in ("stderr", "std")), "")
    if name not in metrics:
        raise refused(where, f"has no metric '{name}'", f"it has {', '.join(sorted(metrics)) or 'none'}")
    plain, examples = known_metric(where, name, task), int(part(told, "results", "completed_samples"))
    quality = points(where, plain, part(metrics, name, "value"))
    error = part(metrics, "stderr", "value")
    return [
        FoundRun(
            str(part(told, "eval", "model")), plain, quality, error_of(quality, examples, None if error is None else 100.0 * error),
            examples, day_of(part(told, "eval", "created"), where), part(told, "eval", "metadata", "task"),
        )
    ]  # fmt: skip


def lm_eval(source: Source, task: str, metric: str | None) -> list[FoundRun]:
    """A results file of lm-evaluation-harness with one task in it; a run with a limit is a part of the task, and is refused."""
    told, where = read_json(source), source.name
    results = part(told, "results")
    if not isinstance(results, dict) or not results:
        raise refused(where, "holds no results of lm-evaluation-harness", "give its results_*.json")
    if len(results) > 1:
        raise refused(where, f"measures {len(results)} tasks: {', '.join(sorted(results)[:5])}", "run your own task alone")
    (name, figures), counts = next(iter(results.items())), part(told, "n-samples")
    limit = part(told, "config", "limit")
    if limit is not None:
        raise refused(where, f"is partial: it ran with --limit {limit}")
    examples = int(part(counts, name, "effective") or 0)
    complete(where, examples, int(part(counts, name, "original") or 1))
    key = next((one for one in figures if _is_figure(one, metric)), None)
    if key is None:
        raise refused(where, f"has no metric '{metric or 'acc'}' for {name}", f"it has {', '.join(sorted(figures))}")
    plain, filter_name = known_metric(where, key, task), key.split(",")[1]
    quality, error = points(where, plain, figures[key]), figures.get(f"{key.split(',')[0]}_stderr,{filter_name}")
    told_error = 100.0 * error if isinstance(error, float) else None
    model = str(part(told, "model_name") or part(told, "config", "model_args"))
    return [
        FoundRun(
            model, plain, quality, error_of(quality, examples, told_error), examples, day_of(part(told, "date"), where), name
        )
    ]


def _is_figure(key: str, metric: str | None) -> bool:
    """Whether a key names a metric and not its error."""
    name = key.split(",")[0]
    return "," in key and not name.endswith("_stderr") and metric in (None, name)


def mlflow(source: Source, task: str, metric: str | None) -> list[FoundRun]:
    """Runs of MLflow as its REST interface tells them (`runs/get`, `runs/search`); `examples` must be a metric or a parameter."""
    told, where = read_json(source), source.name
    runs = [part(told, "run")] if part(told, "run") else part(told, "runs")
    if not isinstance(runs, list) or not runs:
        raise refused(where, "holds no runs of MLflow", "save the answer of /api/2.0/mlflow/runs/get or runs/search")
    return [
        _mlflow_run(f"{where}: {part(run, 'info', 'run_id') or part(run, 'info', 'run_name')}", run, task, metric)
        for run in runs
    ]


def _mlflow_run(where: str, run: Any, task: str, metric: str | None) -> FoundRun:
    status = part(run, "info", "status")
    if status != "FINISHED":
        raise refused(where, f"has the status {status!r}, not FINISHED")
    values = {
        kind: {part(one, "key"): part(one, "value") for one in part(run, "data", kind) or []}
        for kind in ("metrics", "params", "tags")
    }
    told = {**values["tags"], **values["params"]}
    examples = values["metrics"].get("examples") or told.get("examples")
    if examples is None:
        raise refused(where, "does not say on how many examples", "log a parameter `examples`")
    name = metric or next((one for one in values["metrics"] if one != "examples"), "")
    if name not in values["metrics"]:
        raise refused(where, f"has no metric '{name}'", f"it has {', '.join(sorted(values['metrics'])) or 'none'}")
    plain, count = known_metric(where, name, task), int(float(examples))
    complete(where, count, count)
    quality = points(where, plain, values["metrics"][name])
    model = str(told.get("model") or part(run, "info", "run_name"))
    day = day_of(part(run, "info", "end_time"), where)
    return FoundRun(model, plain, quality, error_of(quality, count, None), count, day, told.get("task"), told.get("strategy"))


def plain_csv(source: Source, task: str, metric: str | None) -> list[FoundRun]:
    """One row per example: strategy, model, example, score (0 to 1), date; and metric, where no one metric is meant for the file."""
    columns = ("strategy", "model", "example", "score", "date")
    groups: dict[tuple[str, str], dict[str, float]] = {}
    days: dict[tuple[str, str], Any] = {}
    plain = known_metric(source.name, metric, task) if metric else ""
    for where, row in _csv_rows(source, columns):
        own = known_metric(where, row["metric"] or metric or _metric_of(where, task), task)
        plain = plain or own
        if own != plain:
            raise refused(where, f"has the metric {own}, not {plain}", "one metric per file, the one that is named")
        key = (row["strategy"], row["model"])
        scores = groups.setdefault(key, {})
        if row["example"] in scores:
            raise refused(where, f"example '{row['example']}' is there twice for {'/'.join(key)}", "one row per example")
        scores[row["example"]] = points(where, plain, _number(row["score"])) / 100.0
        days[key] = day_of(row["date"], where)
    meant = set().union(*(set(scores) for scores in groups.values())) if groups else set()
    found = []
    for (strategy, model), scores in groups.items():
        complete(f"{source.name}: {strategy}/{model}", len(scores), len(meant))
        run = from_scores(model, plain, list(scores.values()), days[strategy, model])
        found.append(FoundRun(run.name, run.metric, run.quality, run.standard_error, run.examples, run.day, None, strategy))
    if not found:
        raise refused(source.name, "holds no rows", f"give the columns {', '.join(columns)}")
    return found


def _metric_of(where: str, task: str) -> str:
    """What a score is that does not say so. Of texts that must be told: scores of shared words are no share of good answers."""
    if task in TEXTS:
        raise refused(where, "does not say what its scores are", f"add --metric, or a column metric: {', '.join(OF_TEXTS)}")
    return "score"


def _csv_rows(source: Source, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    raw = whole(source)
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        missing = [one for one in columns if one not in (reader.fieldnames or ())]
        if missing:
            raise refused(f"{source.name}:1", f"no column {', '.join(missing)}", f"give the columns {', '.join(columns)}")
        for row in reader:
            yield f"{source.name}:{reader.line_num}", {name: (row.get(name) or "").strip() for name in (*columns, "metric")}
    except (UnicodeDecodeError, csv.Error):
        raise refused(source.name, "is not CSV in UTF-8", "save it again") from None


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


READERS: dict[str, Callable[[Source, str, str | None], list[FoundRun]]] = {
    "promptfoo": promptfoo,
    "inspect_ai": inspect_ai,
    "lm_eval": lm_eval,
    "mlflow": mlflow,
    "csv": plain_csv,
}
