"""The user's examples: input, expected, optional context. CSV, JSONL or Parquet, read row by row with every fault at its line.

A row is text (`input`), or a table's row: then all columns but `id`, `expected` and `context` are its features. Beyond a number
that memory holds with ease, a sample drawn at random while reading stands for the file; every row is still checked.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from recommender.domain.record import record
from recommender.errors import Fault, InputError
from recommender.trial.source import Source, on_disk

MOST_LINE_CHARACTERS = 1_000_000
MOST_FAULTS = 20
PARQUET_ROWS = 64  # unfolded at once
MOST_HELD = 20_000  # examples in memory: the error of a share measured on them is 0.35 points at most
MOST_HELD_CHARACTERS = 500_000_000  # packed files unfold: what they hold is counted, not what they weigh
OWN_COLUMNS = ("id", "expected", "context")
ACCEPTED = "CSV, JSONL or Parquet with the columns input and expected"


@record
class Example:
    """One input with the answer that is right."""

    id: str
    input: str
    expected: str
    context: str = ""
    features: tuple[tuple[str, str], ...] = ()


@record
class Reading:
    """Examples of a file in its order, and how many it has: more than are held where a sample stands for them. `repeats` were left
    out because an earlier one is the same word for word: measured again it would say nothing, and be believed."""

    examples: tuple[Example, ...]
    total: int
    repeats: int = 0

    @property
    def is_sample(self) -> bool:
        """Whether some were left out."""
        return self.held < self.total

    @property
    def held(self) -> int:
        """How many were read for good, repeats among them."""
        return len(self.examples) + self.repeats


def read_examples(path: Path) -> tuple[Example, ...]:
    """All examples of a file, in its order.

    Raises:
        InputError: with the first faults found, each with file:line.
    """
    return reading_of(on_disk(path), most=None).examples


def reading_of(source: Source, most: int | None = MOST_HELD, seed: int = 0) -> Reading:
    """The examples of a file, or as many drawn at random, each row with the same chance. Memory holds `most`, never the file.

    Raises:
        InputError: with the first faults found, each with file:line.

    References:
        [1] J. Vitter, "Random sampling with a reservoir", ACM Transactions on Mathematical Software 11(1), 1985, algorithm R.
    """
    held: list[tuple[int, Example]] = []
    faults: list[Fault] = []
    generator, total, characters = np.random.default_rng(seed), 0, 0
    for one in _rows(source):
        if isinstance(one, Fault):
            faults.append(one)
            if len(faults) == MOST_FAULTS:
                break
            continue
        total += 1
        if most is None or len(held) < most:
            held.append((total, one))
            characters += len(one.input) + len(one.context)
            _refuse_too_much(source, characters)
        elif (place := int(generator.integers(total))) < most:
            held[place] = (total, one)
    if not held and not faults:
        faults = [Fault(source.name, "holds no examples", f"give {ACCEPTED}")]
    if faults:
        raise InputError(faults)
    return _without_repeats(tuple(example for _, example in sorted(held, key=lambda one: one[0])), total)


def _without_repeats(found: tuple[Example, ...], total: int) -> Reading:
    distinct: dict[tuple[object, ...], Example] = {}
    for one in found:
        distinct.setdefault((one.input, one.expected, one.context, one.features), one)
    return Reading(tuple(distinct.values()), total, len(found) - len(distinct))


def _refuse_too_much(source: Source, characters: int) -> None:
    if characters > MOST_HELD_CHARACTERS:
        what = f"unfolds to more than {MOST_HELD_CHARACTERS:,} characters"
        raise InputError([Fault(source.name, what, "give fewer examples, or shorter ones")])


def _rows(source: Source) -> Iterator[Example | Fault]:
    readers = {".csv": _csv_rows, ".jsonl": _json_rows, ".ndjson": _json_rows, ".parquet": _parquet_rows}
    reader = readers.get(source.suffix)
    if reader is None:
        raise InputError([Fault(source.name, f"'{source.suffix}' is not a kind of file that is read", f"give {ACCEPTED}")])
    for place, (where, row) in enumerate(reader(source), 1):
        yield _example(where, row, place) if isinstance(row, dict) else Fault(where, *row)


Row = tuple[str, dict[str, Any] | tuple[str, str]]


def _lines(source: Source) -> Iterator[str]:
    """Lines of UTF-8 text, never more of one than the limit.

    Raises:
        InputError: when the file is not text, not UTF-8, or one line is too long.
    """
    try:
        with source.open() as file:
            number = 0
            while raw := file.readline(MOST_LINE_CHARACTERS + 1):
                number += 1
                yield _text(raw, f"{source.name}:{number}")
    except OSError as error:
        raise InputError([Fault(source.name, f"cannot be read: {error.strerror}", "check the path")]) from None


def _text(raw: bytes, where: str) -> str:
    if len(raw) > MOST_LINE_CHARACTERS:
        raise InputError([Fault(where, f"a line has more than {MOST_LINE_CHARACTERS:,} bytes", "one example per line")])
    if b"\x00" in raw:
        raise InputError([Fault(where, "this is a binary file", f"give {ACCEPTED}")])
    try:
        return raw.decode("utf-8-sig" if where.endswith(":1") else "utf-8")
    except UnicodeDecodeError as error:
        what = f"byte {error.start + 1} is not UTF-8"
        raise InputError([Fault(where, what, "save the file as UTF-8")]) from None


def _csv_rows(source: Source) -> Iterator[Row]:
    csv.field_size_limit(MOST_LINE_CHARACTERS)
    reader = csv.DictReader(_lines(source), strict=True)
    try:
        yield from _named_rows(reader, source.name)
    except csv.Error as error:
        raise InputError(
            [Fault(f"{source.name}:{reader.line_num}", f"is not CSV: {error}", "quote fields that hold commas")]
        ) from None


def _named_rows(reader: csv.DictReader[str], name: str) -> Iterator[Row]:
    names = list(reader.fieldnames or ())
    if len(set(names)) != len(names):
        twice = sorted({one for one in names if names.count(one) > 1})
        raise InputError([Fault(f"{name}:1", f"column {', '.join(twice)} is there twice", "name each column once")])
    for row in reader:
        where = f"{name}:{reader.line_num}"
        if None in row:
            yield where, (f"has more fields than the {len(names)} columns", "quote fields that hold commas")
        else:
            yield where, dict(row)


def _json_rows(source: Source) -> Iterator[Row]:
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        where = f"{source.name}:{number}"
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            yield where, (f"is not JSON: {error.msg}", "one object per line")
            continue
        except RecursionError:
            yield where, ("is not JSON: nested too deep", "one object per line")
            continue
        except ValueError:  # Python's limit for the digits of a whole number
            yield where, ("a number has too many digits to be read", "put it in quotes")
            continue
        yield where, value if isinstance(value, dict) else ("is not an object", 'write {"input": ..., "expected": ...}')


def _parquet_rows(source: Source) -> Iterator[Row]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        what = "Parquet is read with pyarrow, which is not installed"
        raise InputError(
            [Fault(source.name, what, "run .venv/bin/pip install pyarrow in the project's folder, or give CSV or JSONL")]
        ) from None
    try:
        with source.open() as opened, parquet.ParquetFile(opened) as file:
            number = 0
            for batch in file.iter_batches(batch_size=PARQUET_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{source.name}: row {number}", row
    except (OSError, ArrowException) as error:
        raise InputError([Fault(source.name, f"is not Parquet: {str(error).splitlines()[0]}", f"give {ACCEPTED}")]) from None


def _example(where: str, row: dict[str, Any], place: int) -> Example | Fault:
    texts = {str(name): _as_text(value) for name, value in row.items()}
    if any(len(text) > MOST_LINE_CHARACTERS for text in texts.values()):
        return Fault(where, f"a cell has more than {MOST_LINE_CHARACTERS:,} characters", "one example per row")
    if not texts.get("expected", "").strip():
        have = ", ".join(sorted(texts)) or "nothing"
        remedy = (
            "every example needs the right answer"
            if "expected" in texts
            else f"name the column with the answers; there is {have}"
        )
        return Fault(where, "no expected answer", remedy)
    features = () if "input" in texts else tuple((name, text) for name, text in texts.items() if name not in OWN_COLUMNS)
    if not features and not texts.get("input", "").strip():
        return Fault(where, "the input is empty", "leave the row out, or fill it in")
    return Example(
        id=texts.get("id") or str(place),
        input=texts.get("input") or json.dumps(dict(features), ensure_ascii=False),
        expected=texts["expected"].strip(),
        context=texts.get("context", ""),
        features=features,
    )


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
