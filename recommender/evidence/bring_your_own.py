"""Import scores that a user holds a copy of (a leaderboard, an in-house table) into an overlay folder.

The file is CSV with the columns `benchmark, model, variant, value, date, source`; for a benchmark that the catalog does not
know, also `unit` (percent or elo) and `axis` (an axis of the catalog's benchmarks).

    benchmark,model,variant,value,date,source
    arena-text,openai/gpt-5.5,high,1498,2026-11-20,arena.ai copy of 20 November
    our-tickets,qwen/qwen3.5-9b,,71.5,2026-11-21,in-house,percent,general

An empty `variant` is the model's plain mode: it answers without reasoning first, where it can do both. Model names are catalog ids or
the names other scores carry, compared exactly: nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from recommender.errors import Fault, InputError
from recommender.evidence.benchmarks import mode_of
from recommender.evidence.factor import LEAST_SCORES
from recommender.evidence.layers import Records
from recommender.evidence.plain_yaml import plain_yaml
from recommender.evidence.scales import RANGES
from recommender.evidence.score_table import PLACING_AXES
from recommender.unseen import in_one_line

COLUMNS = ("benchmark", "model", "variant", "value", "date", "source")
NEW_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
UNITS = ("percent", "elo")
FACTS = "imported-models"  # the record of what is known of the models of imported tables
HEADING = "Imported from a user's own copy; not part of the shipped catalog."
NOISE_FLOOR = {"percent": 3.1, "elo": 10.0}
EARLIEST, AFTER_THE_NEWEST = date(2000, 1, 1), timedelta(days=3653)  # a slip of the year would place a model centuries away


@dataclass(frozen=True)
class ImportedScore:
    """One row of the file."""

    benchmark: str
    model: str
    variant: str
    value: float
    day: date
    source: str
    unit: str
    axis: str
    line: int


def imported_records(text: str, name: str, known: Records) -> dict[str, dict[str, Any]]:
    """Benchmark records by file name, ready for an overlay's `benchmarks/` folder.

    Args:
        text: the CSV file's content.
        name: its name, for messages.
        known: the catalog's benchmark records, by file name. Any number of scores adds to one of them; a new benchmark needs as many as
            can place it among models.

    Raises:
        InputError: with every fault found, each with file:line.
    """
    by_id = {record["id"]: record for record in known.values()}
    try:
        scores, faults = _rows(text, name, by_id)
    except csv.Error:
        raise InputError([Fault(name, "is not a comma-separated table", "save it as UTF-8 text with commas")]) from None
    if not scores and not faults:
        faults = [Fault(f"{name}:1", "holds no scores", "write one on each line below the first")]
    found: dict[str, list[ImportedScore]] = {}
    for score in scores:
        found.setdefault(score.benchmark, []).append(score)
    if not faults:
        new = [rows for benchmark, rows in found.items() if benchmark not in by_id]
        faults = [*(fault for rows in new for fault in _unusable(rows, name)), *_told_twice(scores, name)]
    if faults:
        raise InputError(faults)
    return {f"{benchmark}.yaml": _record(rows, by_id.get(benchmark)) for benchmark, rows in sorted(found.items())}


def overlay_texts(records: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Records as the text of files, by their names below an overlay's folder."""
    return {f"benchmarks/{name}": plain_yaml(record, HEADING) for name, record in records.items()}


def models_of(records: Records) -> list[str]:
    """Every model that has a score, by name."""
    return sorted({str(row[0]) for record in records.values() for row in record.get("scores", ())})


def remarks(imported: Records, known: Records, models: Collection[str]) -> tuple[str, ...]:
    """What of a table does less than one may think, one line each.

    Args:
        imported: the table as benchmark records.
        known: the catalog's own, by file name.
        models: ids of the catalog and of the overlay.
    """
    ids = {record["id"] for record in known.values()}
    strangers = [name for name in models_of(imported) if name not in models]
    told = [f"not in the catalog, so they only help to place the others: {', '.join(strangers)}"] if strangers else []
    for record in imported.values():
        if record["id"] in ids:
            continue
        if record["axis"] in PLACING_AXES:
            told.append(f"'{record['id']}' only says how capable a model is: no task's quality is read on it")
        else:
            what = f"'{record['id']}' moves no quality: of the axis {record['axis']} only the catalog's own benchmarks are read"
            told.append(f"{what}; a question can still ask for a score on it (requirements.quality.bar)")
    return tuple(told)


def _told_twice(scores: Sequence[ImportedScore], name: str) -> Iterator[Fault]:
    """Two values of one model in one mode on one benchmark and day: which of them holds is not for us to say."""
    first: dict[tuple[str, str, str, date], ImportedScore] = {}
    for row in scores:
        before = first.setdefault((row.benchmark, row.model, row.variant, row.day), row)
        if before is not row:
            yield Fault(f"{name}:{row.line}", f"'{row.model}' stands on line {before.line} already", "keep one of the two")


def _unusable(rows: Sequence[ImportedScore], name: str) -> Iterator[Fault]:
    """Why the scores of a benchmark that the catalog does not have could not be used."""
    first = rows[0]
    for row in rows:
        if (row.unit, row.axis) != (first.unit, first.axis):
            what = f"'{row.benchmark}' is {row.unit}, {row.axis} here and {first.unit}, {first.axis} on line {first.line}"
            yield Fault(f"{name}:{row.line}", what, "give one benchmark one unit and one axis")
    placed = len({(row.model, mode_of(row.model, row.variant)) for row in rows})
    if first.axis in PLACING_AXES and placed < LEAST_SCORES:
        what = f"'{first.benchmark}' has scores of {placed} {'model' if placed == 1 else 'models'}, too few to be used"
        remedy = (
            f"a benchmark that the catalog does not have needs at least {LEAST_SCORES}, better with some that others scored too"
        )
        yield Fault(f"{name}:{first.line}", what, remedy)


def _rows(text: str, name: str, by_id: Mapping[str, Mapping[str, Any]]) -> tuple[list[ImportedScore], list[Fault]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        return [], [Fault(f"{name}:1", f"no column {', '.join(missing)}", f"the first line names {', '.join(COLUMNS)}")]
    newest = max((score[3] for record in by_id.values() for score in record.get("scores", ())), default=EARLIEST)
    latest = newest + AFTER_THE_NEWEST
    scores: list[ImportedScore] = []
    faults: list[Fault] = []
    for row in reader:
        where = f"{name}:{reader.line_num}"
        try:
            told = {key: (value or "").strip() for key, value in row.items() if key}
            scores.append(_score(told, by_id, latest, reader.line_num))
        except ValueError as error:
            what, _, remedy = str(error).partition("; ")
            faults.append(Fault(where, what, remedy))
    return scores, faults


def _score(row: Mapping[str, str], by_id: Records, latest: date, line: int) -> ImportedScore:
    benchmark = row["benchmark"]
    if not benchmark or not row["model"] or not row["source"]:
        raise ValueError("benchmark, model or source is empty; say what was measured, on what, and where you read it")
    if any(in_one_line(text) != text for text in row.values()):
        raise ValueError("a field holds a line break or a character that nobody sees; write it in one line")
    known = by_id.get(benchmark)
    if benchmark == FACTS or (known and "scores" not in known):
        raise ValueError(f"'{benchmark}' is the name of a record of facts; call the benchmark something else")
    unit, axis = (known["unit"], known["axis"]) if known else _scale_of_new(row, by_id)
    value = _number(row["value"], unit)
    return ImportedScore(
        benchmark, row["model"], row["variant"], value, _day(row["date"], latest), row["source"], unit, axis, line
    )


def _scale_of_new(row: Mapping[str, str], by_id: Records) -> tuple[str, str]:
    """Unit and axis of a benchmark that the catalog does not have."""
    benchmark, unit, axis = row["benchmark"], row.get("unit", ""), row.get("axis", "")
    if not NEW_NAME.fullmatch(benchmark):
        raise ValueError(f"'{benchmark}' cannot be a file's name; use letters, digits, '.', '_' and '-'")
    if unit not in UNITS or not axis:
        raise ValueError(f"'{benchmark}' is not a benchmark of the catalog; give columns unit ({' or '.join(UNITS)}) and axis")
    others = {record["axis"] for record in by_id.values() if "scores" in record} - PLACING_AXES
    if axis not in PLACING_AXES | others:
        places, alone = (", ".join(sorted(axes)) for axes in (PLACING_AXES, others))
        raise ValueError(f"no axis is called '{axis}'; write {places}, or one that moves no quality at a task: {alone}")
    return unit, axis


def _number(text: str, unit: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a number; write it with a point, without a unit") from None
    least, most = RANGES[unit]
    if not least <= value <= most:
        raise ValueError(f"{text} is outside {least:g} to {most:g}; percentages run from 0 to 100")
    return value


def _day(text: str, latest: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a day; write YYYY-MM-DD") from None
    if not EARLIEST <= day <= latest:
        raise ValueError(
            f"'{text}' is no day that a score of today can have; write the day on which it was read, as YYYY-MM-DD"
        )
    return day


def _record(rows: Sequence[ImportedScore], known: Mapping[str, Any] | None) -> dict[str, Any]:
    scores = [[row.model, row.variant, row.value, row.day] for row in rows]
    if known is not None:
        return {**known, "imported_from": sorted({row.source for row in rows}), "scores": scores}
    first = rows[0]
    newest = max(row.day for row in rows)
    return {
        "id": first.benchmark,
        "name": first.benchmark,
        "measures": f"as its source says: {first.source}",
        "axis": first.axis,
        "unit": first.unit,
        "higher_is_better": True,
        "reported_by": "third_party",
        "noise_floor": NOISE_FLOOR[first.unit],
        "source": {"id": first.benchmark, "title": first.source, "url": "", "retrieved": newest, "licence": "user's own copy"},
        "scores": scores,
    }
