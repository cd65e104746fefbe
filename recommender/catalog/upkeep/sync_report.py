"""A sync as text: what would change, what somebody must look at, what was turned away."""

from __future__ import annotations

import itertools

from recommender.catalog.upkeep.changes import MEANING, Change, shown
from recommender.catalog.upkeep.sync import Sync


def text(sync: Sync, written: tuple[str, ...] | None, accepted: frozenset[str]) -> str:
    """The reviewable diff. `written` names the files that were written; None when nothing was asked to be."""
    lines = [_head(sync, accepted)]
    for verdict, meaning in MEANING.items():
        rows = [change for change in sync.changes if change.verdict == verdict]
        if rows:
            lines += ["", f"{meaning} ({len(rows)})"]
        for file, group in itertools.groupby(rows, key=lambda change: change.file):
            lines.append(f"  {file}")
            lines += [f"    {_row(change)}" for change in group]
    lines += ["", _foot(sync, written, accepted)]
    return "\n".join(lines)


def _head(sync: Sync, accepted: frozenset[str]) -> str:
    asked = len(sync.written(accepted))
    return (
        f"{sync.origin.source} of {sync.origin.as_of} against {sync.folder.name}: {sync.compared} records compared, "
        f"{asked} {_plural('change', asked)}, {_count(sync, 'review')} to review, {_count(sync, 'refused')} refused, "
        f"{len(sync.unmatched)} {_plural('row', len(sync.unmatched))} of known sellers not in the catalog"
    )


def _count(sync: Sync, verdict: str) -> int:
    return sum(change.verdict == verdict for change in sync.changes)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _row(change: Change) -> str:
    why = f"  ({change.why})" if change.why else ""
    if change.verdict == "confirm":
        return f"{change.record} {change.field}: {shown(change.old)}{why}"
    if change.verdict == "gone":
        return f"{change.record}{why}"
    return f"{change.record} {change.field}: {shown(change.old)} -> {shown(change.new)}{why}"


def _foot(sync: Sync, written: tuple[str, ...] | None, accepted: frozenset[str]) -> str:
    if written is None:
        if not sync.written(accepted):
            return "Nothing to write."
        return "Nothing was written. Add --apply to write it, --accept RECORD to take a row that is to review."
    return (
        f"Wrote {len(written)} {_plural('file', len(written))}." if written else "Nothing to write: the catalog has all of it."
    )
