"""A pinned copy of somebody else's list, read with suspicion: bounded in size and depth, finite, nothing given twice."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from recommender.catalog.user_files import bytes_of
from recommender.errors import Fault, InputError

MOST_FILE_BYTES = 64_000_000
MOST_TEXT_LENGTH = 100_000
MOST_LEVELS = 30
_FETCH_AGAIN = "fetch the copy again"


def read_json(path: Path, shape: Any) -> Any:
    """The value of a JSON file, held against a shape.

    Raises:
        InputError: one line that says what is wrong with the file.
    """
    raw = _text(path)
    try:
        value = json.loads(raw, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except RecursionError:
        raise _refused(path, f"nested more than {MOST_LEVELS} levels deep", "this is not such a list") from None
    except ValueError as error:
        raise _refused(path, f"not valid JSON: {error}", _FETCH_AGAIN) from None
    _refuse_monsters(path, value)
    return _held_against(path, value, shape)


def read_csv(path: Path, shape: Any) -> Any:
    """The rows of a CSV file as words by column, held against a shape. An empty cell is left out: unknown.

    Raises:
        InputError: one line that says what is wrong with the file.
    """
    text = _text(path)
    try:
        table = list(csv.DictReader(text.splitlines(), strict=True))
    except csv.Error as error:
        raise _refused(path, f"not a valid CSV table: {error}", _FETCH_AGAIN) from None
    for number, row in enumerate(table, start=2):
        if None in row or None in row.values():
            raise _refused(path, f"row {number} does not have as many cells as the head", _FETCH_AGAIN)
    rows = [{name: cell.strip() for name, cell in row.items() if cell.strip()} for row in table]
    _refuse_monsters(path, rows)
    return _held_against(path, rows, shape)


def _text(path: Path) -> str:
    try:
        return bytes_of(path, MOST_FILE_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(path, "this is not UTF-8 text", _FETCH_AGAIN) from None


def _refused(path: Path, what: str, remedy: str) -> InputError:
    return InputError([Fault(str(path), what, remedy)])


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a finite number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"'{doubled[:60]}' is given twice")
    return found


def _refuse_monsters(path: Path, value: Any) -> None:
    """Level by level instead of by recursion: texts too long, numbers that are none, nesting without end."""
    level = [value]
    for _ in range(MOST_LEVELS):
        for one in level:
            _refuse_monster(path, one)
        level = [part for one in level for part in _parts(one)]
        if not level:
            return
    raise _refused(path, f"nested more than {MOST_LEVELS} levels deep", "this is not such a list")


def _refuse_monster(path: Path, one: Any) -> None:
    if isinstance(one, str) and len(one) > MOST_TEXT_LENGTH:
        raise _refused(path, f"a text of {len(one):,} letters", f"at most {MOST_TEXT_LENGTH:,} are read")
    if isinstance(one, float) and not math.isfinite(one):
        raise _refused(path, "a number is too large to be one", _FETCH_AGAIN)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _held_against(path: Path, value: Any, shape: Any) -> Any:
    try:
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        first, *rest = error.errors(include_url=False)
        place = ".".join(str(part) for part in first["loc"])[:120]
        more = f" (and {len(rest)} more)" if rest else ""
        shown = repr(first["input"])[:60]
        raise _refused(path, f"{place or 'the file'}: {shown}: {first['msg'].lower()}{more}", _FETCH_AGAIN) from None
