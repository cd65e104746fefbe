"""What is to be said of benchmarks that are right and do less than whoever added them may think."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.catalog.benchmark_checks import Table, models_with_facts, tables_of
from recommender.catalog.benchmark_slips import USUAL_DAYS_BEFORE, release_days
from recommender.catalog.library import Library
from recommender.evidence.where_counts import unnamed_notes


def benchmark_notes(library: Library) -> Iterator[str]:
    """Benchmarks that no task reads, how many models of each the catalog does not have, and scores that do not go together, one line each."""
    yield from unnamed_notes(library.benchmarks.values())
    strangers = list(_strangers(library))
    if strangers:
        yield f"scores of models that the catalog does not have only link tables: {', '.join(strangers)}"
    early = list(_early(library))
    if early:
        yield (
            f"scores of a day more than {USUAL_DAYS_BEFORE} days before their model was released, so perhaps of a preview or another "
            f"version: {', '.join(early)}"
        )
    for table in tables_of(library):
        yield from _contradictions(table)


def _strangers(library: Library) -> Iterator[str]:
    known = models_with_facts(library)
    for table in tables_of(library):
        models = {row[0] for row in table.told["scores"]}
        if models - known:
            yield f"{table.name} {len(models - known)} of {len(models)}"


def _early(library: Library) -> Iterator[str]:
    released = release_days(library)
    for table in tables_of(library):
        models = dict.fromkeys(
            model
            for model, _, _, day in table.told["scores"]
            if model in released and (released[model] - day).days > USUAL_DAYS_BEFORE
        )
        if models:
            yield f"{table.name} ({', '.join(models)})"


def _contradictions(table: Table) -> Iterator[str]:
    """Scores of a layer above that are not what a lower one has of the same model, variant and day. Both are kept, for one may correct
    the other."""
    if table.has_repeats:
        return
    under = {(model, variant, day): value for model, variant, value, day in table.told["scores"][: table.below]}
    for place, (model, variant, value, day) in enumerate(table.document.value["scores"]):
        known = under.get((model, variant, day), value)
        if known != value:
            named = f"'{model}'{f', {variant},' if variant else ''}"
            yield (
                f"{table.where('scores', place)}: {named} has {value:g} here and {known:g} below, of the same benchmark and day; both are "
                "kept, and where one score counts, the better"
            )
