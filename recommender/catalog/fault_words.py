"""Faults that several checks across files share, and where a fault stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recommender.catalog.library import Library
from recommender.catalog.strict_yaml import Path
from recommender.catalog.validation import suggestion
from recommender.domain.records import HostedTuning, Price, Provenance
from recommender.errors import Fault


def line_of(library: Library, file: str, *path: str | int) -> str:
    """`file:line` of a part of a catalog file."""
    document = library.documents.get(file)
    return document.where(Path(path)) if document else f"catalog/{file}"


def dangling(where: str, kind: str, name: str, known: Any) -> Fault:
    """An id that leads nowhere."""
    return Fault(where, f"{kind} '{name}' is not in the catalog", suggestion(name, known))


def silent(where: str, what: str, record: Provenance | Price | HostedTuning) -> Iterator[Fault]:
    """A conflict or a correction that does not say why is worth nothing to the next reader."""
    if record.status in ("conflict", "override") and not record.note:
        yield Fault(where, f"{what} with status '{record.status}' has no note", "say what the other source has and why")
