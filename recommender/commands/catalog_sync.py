"""`recommender catalog sync`: a copy of a list against the catalog, as a diff to review; written on request."""

from __future__ import annotations

import argparse

from recommender.catalog.loading import shipped_folder
from recommender.catalog.upkeep.changes import Origin
from recommender.catalog.upkeep.sources import day_of, read_source
from recommender.catalog.upkeep.sync import apply, compared
from recommender.catalog.upkeep.sync_report import text
from recommender.catalog.validation import suggestion
from recommender.errors import Fault, InputError


def synced(given: argparse.Namespace) -> str:
    """Compare, write if asked to, and tell.

    Raises:
        InputError: when the list, the copy, the catalog or an accepted record is wrong; then no file has changed.
    """
    folder = given.catalog or shipped_folder()
    origin = Origin(given.source, day_of(given.file, given.as_of))
    sync = compared(folder, read_source(given.source, given.file), origin, given.only)
    accepted = frozenset(given.accept)
    reviews = {change.record for change in sync.changes if change.verdict == "review"}
    unknown = [Fault(f"--accept {name}", "is not to review", suggestion(name, reviews)) for name in sorted(accepted - reviews)]
    if unknown:
        raise InputError(unknown)
    written = apply(sync, accepted) if given.apply else None
    lines = [text(sync, written, accepted)]
    if given.unmatched:
        lines += ["", "rows of known sellers that are not in the catalog", *(f"  {name}" for name in sync.unmatched)]
    return "\n".join(lines)
