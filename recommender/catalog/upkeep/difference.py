"""Two catalogs compared, record by record and field by field, whatever the kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recommender.catalog.library import catalog_files
from recommender.catalog.strict_yaml import read_document
from recommender.catalog.upkeep.changes import shown
from recommender.domain.record import record

# What tells two entries of a list apart: one of the first, else what there is of the others.
NAMES = ("id", "model", "name")
KEYS = ("since", "provider", "regions", "above_input_tokens", "hardware")
_ABSENT = object()


@record
class Difference:
    """One field that differs; `old` is None for what is new, `new` for what is gone."""

    file: str
    field: str
    old: Any
    new: Any

    def __str__(self) -> str:
        if self.old is _ABSENT:
            return f"+ {self.field}: {shown(self.new)}" if self.field else "+ the whole file"
        if self.new is _ABSENT:
            return f"- {self.field}: {shown(self.old)}" if self.field else "- the whole file"
        return f"  {self.field}: {shown(self.old)} -> {shown(self.new)}"


def differences(before: Path, after: Path) -> tuple[Difference, ...]:
    """Every difference between two catalog folders, in the order of the files.

    Raises:
        InputError: when a file that differs cannot be read.
    """
    old = {path.relative_to(before).as_posix(): path for path in catalog_files(before)}
    new = {path.relative_to(after).as_posix(): path for path in catalog_files(after)}
    return tuple(one for file in sorted(old.keys() | new.keys()) for one in _of_file(file, old.get(file), new.get(file)))


def _of_file(file: str, before: Path | None, after: Path | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(file, "", _ABSENT if before is None else "", _ABSENT if after is None else "")
        return
    old, new = before.read_bytes(), after.read_bytes()
    if old != new:
        was, now = read_document(old, str(before)).value, read_document(new, str(after)).value
        yield from _of_values(file, "", was, now)


def _of_values(file: str, field: str, old: Any, new: Any) -> Iterator[Difference]:
    was, now = _parts(old), _parts(new)
    if was is None or now is None:
        if old != new:
            yield Difference(file, field, old, new)
        return
    for name in (*was, *(name for name in now if name not in was)):
        inner = f"{field}.{name}" if field else name
        before, after = was.get(name, _ABSENT), now.get(name, _ABSENT)
        if before is _ABSENT or after is _ABSENT:
            yield Difference(file, inner, before, after)
        else:
            yield from _of_values(file, inner, before, after)


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a record, or of a list of records; None for a plain value."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or not value:
        return None
    found: dict[str, Any] = {}
    for one in value:
        keys = [key for key in NAMES if key in one][:1] or [key for key in KEYS if key in one]
        name = "[" + " ".join(_word(one[key]) for key in keys) + "]"
        while name in found:
            name += "'"
        found[name] = one
    return found


def _word(value: Any) -> str:
    return "+".join(str(one) for one in value) if isinstance(value, list) else str(value)
