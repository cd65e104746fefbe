"""What lists say a model can do, against the tasks that its file names: each task has its own source.

A task that was entered by rule gets the list as its source; a second, independent list confirms it. A task that only a
list has waits for a person: which tasks a model may answer as an option is the catalog keeper's to say.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from recommender.catalog.upkeep.changes import Change, Edit, Origin, shown
from recommender.catalog.upkeep.judge_facts import family
from recommender.domain.records import Model, Provenance


class ListedTask(NamedTuple):
    """A task that a list says a model does; `note` says in which words, `as_of` the day if it is not the copy's."""

    task: str
    note: str | None = None
    as_of: datetime.date | None = None


def judged_tasks(name: str, model: Model, listed: Iterable[ListedTask], origin: Origin) -> Iterator[Change]:
    """The changes that a list's tasks ask for, in the order of the model's own."""
    said = {one.task: one for one in sorted(listed, key=lambda one: (one.as_of or origin.as_of, one.note or ""))}
    for task in model.tasks:
        if task in said:
            yield from _confirmed(name, model.provenance, said[task], origin)
    more = tuple(task for task in sorted(said) if task not in model.tasks)
    if more:
        edit = Edit(_file(name), ("tasks",), [*model.tasks, *more])
        yield Change("review", edit.file, name, "tasks", model.tasks, more, f"{origin.source} has {shown(more)} too", (edit,))


def _confirmed(name: str, provenance: dict[str, Provenance], listed: ListedTask, origin: Origin) -> Iterator[Change]:
    field = f"tasks.{listed.task}"
    known = provenance.get(field) or provenance.get("tasks") or provenance["default"]
    line: dict[str, Any] = {"source": origin.source, "as_of": listed.as_of or origin.as_of}
    why = f"was assumed, {origin.source} has it"
    if known.status == "single" and family(known.source) != family(origin.source):
        line = {"source": known.source, "as_of": known.as_of, "status": "agreed"}
        why = f"{known.source} and {origin.source}"
    elif known.status != "assumed":
        return
    note = listed.note if known.status == "assumed" else known.note
    edit = Edit(_file(name), ("provenance", field), {**line, **({"note": note} if note else {})})
    yield Change("confirm", edit.file, name, field, listed.task, listed.task, why, (edit,))


def _file(name: str) -> str:
    return f"models/{name}.yaml"
