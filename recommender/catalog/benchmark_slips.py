"""What benchmarks can be read with all the same, and is in all likelihood a slip: days, units, and names of models."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping

from recommender.catalog.benchmark_checks import Table, models_with_facts, tables_of
from recommender.catalog.library import Library
from recommender.catalog.mistyped import is_mistyped
from recommender.errors import Fault
from recommender.evidence.score_table import GENERAL_AXES

LOOKED_AT_AHEAD = 92  # days after the catalog's own: what was looked at since the edition is read within a quarter
FIRST_YEAR = 2015  # none of the benchmarks that are read is older
USUAL_DAYS_BEFORE = 31  # a model's own release: for tests before it
MOST_DAYS_BEFORE = 330  # previews, earlier versions and tables under one day explain less; a mistyped year is 334 or more
FRACTIONS = 1.0  # the most of a score that is told as a share of one


def benchmark_slips(library: Library) -> Iterator[Fault]:
    """Every likely slip of the benchmarks."""
    yield from _scored(library)
    released = release_days(library)
    for table in tables_of(library):
        yield from _days(table, library.edition.as_of, released)
        yield from _fractions(table)
        yield from _guessed(table)


def release_days(library: Library) -> dict[str, datetime.date]:
    """When each model came out, as the catalog or a record of facts has it."""
    facts = (told["models"] for told in library.benchmarks.values() if told.get("kind") == "facts")
    found = {name: fact.get("released") for models in facts for name, fact in models.items()}
    found |= {name: model.released for name, model in library.models.items() if model.released}
    return {name: day for name, day in found.items() if day is not None}


def _days(table: Table, day: datetime.date, released: Mapping[str, datetime.date]) -> Iterator[Fault]:
    """Scores stand in rows without the names of fields; they are read as what was looked at is."""
    for place, (model, _, _, found) in enumerate(table.told["scores"]):
        where, what, out = table.where_score(place), f"the score of '{model}' is of {found}", released.get(model)
        if found > day + datetime.timedelta(days=LOOKED_AT_AHEAD):
            what = f"{what}, more than {LOOKED_AT_AHEAD} days after the catalog's own day, {day}"
            yield Fault(where, what, "check the year, or move as_of in catalog.yaml on")
        elif found.year < FIRST_YEAR:
            yield Fault(where, f"{what}, before {FIRST_YEAR}", "check the year")
        elif out is not None and (early := (out - found).days) > MOST_DAYS_BEFORE:
            yield Fault(
                where, f"{what}, {early} days before the model was released, {out}", "check the year, and which model it is"
            )


def _fractions(table: Table) -> Iterator[Fault]:
    """Percentages that were written as shares of one; beside others, only where none of them is as low."""
    own, below = table.document.value["scores"], table.told["scores"][: table.below]
    if table.told["unit"] != "percent" or not 0 < max(row[2] for row in own) <= FRACTIONS:
        return
    if all(row[2] > FRACTIONS for row in below):
        what = "in percent every score here lies between 0 and 1"
        yield Fault(table.where("scores"), what, "if they are shares of one, write a hundred times as much")


def _guessed(table: Table) -> Iterator[Fault]:
    """Nobody better than guessing, so no score would tell one model from another."""
    chance, best = table.told.get("chance"), max(row[2] for row in table.told["scores"])
    if chance is not None and best < chance:
        what = f"every score is below chance {chance:g}; the best is {best:g}"
        yield Fault(table.where("chance"), what, "check the scores, their unit and the chance")


def _scored(library: Library) -> Iterator[Fault]:
    """Scored models that are one of the catalog mistyped, or without its maker. Most that it does not have are right: they link tables."""
    known, ends = models_with_facts(library), {one.partition("/")[2]: one for one in library.models}
    of_maker: dict[str, list[str]] = {}
    for one in library.models:
        of_maker.setdefault(one.partition("/")[0], []).append(one)
    for table in tables_of(library):
        if table.told["axis"] in GENERAL_AXES:  # there, a name that nobody knows is a fault
            continue
        for place, (model, *_) in enumerate(table.told["scores"]):
            meant = None if model in known else _of_another_name(model, of_maker) or _without_maker(model, ends)
            if meant is not None:
                yield Fault(table.where_score(place), f"model '{model}' is not in the catalog", f"did you mean '{meant}'?")


def _of_another_name(model: str, of_maker: Mapping[str, list[str]]) -> str | None:
    return next((one for one in of_maker.get(model.partition("/")[0], ()) if is_mistyped(model, one)), None)


def _without_maker(model: str, ends: Mapping[str, str]) -> str | None:
    """A name with a number in it; a bare word may be another maker's model."""
    return ends.get(model) if re.search(r"[0-9]", model) else None
