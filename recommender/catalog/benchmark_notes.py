"""What is to be said of benchmarks that are right and do less than whoever added them may think."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.catalog.benchmark_checks import models_with_facts, tables_of
from recommender.catalog.library import Library
from recommender.evidence.where_counts import unnamed_notes


def benchmark_notes(library: Library) -> Iterator[str]:
    """Benchmarks that no task reads, and how many models of each the catalog does not have, one line each."""
    yield from unnamed_notes(library.benchmarks.values())
    strangers = list(_strangers(library))
    if strangers:
        yield f"scores of models that the catalog does not have only link tables: {', '.join(strangers)}"


def _strangers(library: Library) -> Iterator[str]:
    known = models_with_facts(library)
    for table in tables_of(library):
        models = {row[0] for row in table.told["scores"]}
        if models - known:
            yield f"{table.name} {len(models - known)} of {len(models)}"
