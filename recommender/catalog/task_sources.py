"""Which of the tasks a model's file lists have a source, and how many models per task that leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from recommender.catalog.library import Library
from recommender.domain.records import Model, Provenance
from recommender.domain.words import TASKS


def task_origin(model: Model, task: str) -> Provenance | None:
    """Where a file has one of its tasks from: the task's own line, that of all tasks, or the record's default."""
    known = model.provenance
    return known.get(f"tasks.{task}") or known.get("tasks") or known.get("default")


def sourced_tasks(model: Model) -> tuple[str, ...]:
    """The tasks that something states; the others are listed by the model's type and count as assumed."""
    origins = {task: task_origin(model, task) for task in model.tasks}
    return tuple(task for task, origin in origins.items() if origin is not None and origin.status != "assumed")


def task_table(library: Library) -> Iterator[str]:
    """Models still offered per task: how many list it, how many of them with a source, of those open and hosted."""
    day = library.edition.as_of
    hosted = {offer.model for provider in library.providers.values() for offer in provider.offers}
    counts: dict[str, Counter[str]] = {task: Counter() for task in TASKS}
    for name, model in library.models.items():
        if model.retired is None or model.retired > day:
            for listed in model.tasks:
                counts[listed]["listed"] += 1
            for stated in sourced_tasks(model):
                counts[stated].update({"sourced": 1, "open": model.weights == "open", "hosted": name in hosted})
    yield f"{'models by task':<28}{'listed':>7}  {'with a source':>13} {'open':>7} {'hosted':>7}"
    for task, found in counts.items():
        yield f"{task:<28}{found['listed']:>7}  {found['sourced']:>13} {found['open']:>7} {found['hosted']:>7}"


def task_summary(library: Library) -> str:
    """How many listed tasks of all models have a source, in one line."""
    listed = sum(len(model.tasks) for model in library.models.values())
    sourced = [len(sourced_tasks(model)) for model in library.models.values()]
    bare = sum(count == 0 for count in sourced)
    return (
        f"tasks of models: {sum(sourced)} of {listed} with a source, the others assumed by type; "
        f"{bare} of {len(sourced)} models have no task with a source"
    )
