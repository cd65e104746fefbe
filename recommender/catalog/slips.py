"""What a catalog can be answered from all the same, and is in all likelihood a slip: days to come, sizes that a name belies, codes,
base models that are another one mistyped. Benchmarks have a file of their own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from recommender.catalog.benchmark_slips import LOOKED_AT_AHEAD, benchmark_slips
from recommender.catalog.fault_words import line_of
from recommender.catalog.library import Library
from recommender.catalog.mistyped import meant_base
from recommender.catalog.strict_yaml import Path
from recommender.domain.codes import LANGUAGE_CODES
from recommender.domain.model_names import sizes_in
from recommender.domain.records import Model
from recommender.errors import Fault

# How far after the catalog's own day a date may lie. What was looked at since the edition is read within a quarter; prices are announced
# months ahead, the ends of a service years.
LOOKED_AT = ("as_of", "checked", "retrieved")
DAYS_AHEAD = {
    **dict.fromkeys((*LOOKED_AT, "released", "knowledge_cutoff"), LOOKED_AT_AHEAD), "since": 366,
    **dict.fromkeys(("retires", "retired", "ends"), 3653),
}  # fmt: skip
MOST_TIMES = 5.0  # between what a name says of a size and what is counted; parts that names leave out make it two at most
LEAST_NAMED_B = 0.02  # below it, a name as `1m` more likely counts tokens
LONGEST_CODE = 3  # of a language, without its region


def slips(library: Library) -> tuple[Fault, ...]:
    """Every likely slip of a catalog, for whoever checks it."""
    found = [*_days(library), *benchmark_slips(library)]
    for name, model in library.models.items():
        found += [*_size(library, name, model), *_languages(library, name, model), *_base(library, name, model)]
    return tuple(found)


def _days(library: Library) -> Iterator[Fault]:
    """Days too far after the catalog's own; there is no other day to compare with."""
    day = library.edition.as_of
    for document in library.documents.values():
        for path, found in _dates(document.value, ()):
            field = str(path[-1])
            if found > day + datetime.timedelta(days=DAYS_AHEAD[field]):
                what = f"{field} {found} is more than {DAYS_AHEAD[field]} days after the catalog's own day, {day}"
                remedy = "check the year" + (", or move as_of in catalog.yaml on" if field in LOOKED_AT else "")
                yield Fault(document.where(path), what, remedy)


def _dates(value: Any, path: Path) -> Iterator[tuple[Path, datetime.date]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        if isinstance(part, dict | list):
            yield from _dates(part, (*path, name))
        elif isinstance(part, datetime.date) and name in DAYS_AHEAD:
            yield (*path, name), part


def _size(library: Library, name: str, model: Model) -> Iterator[Fault]:
    """A number of parameters far from what the model's own name says, unless a note vouches for it."""
    said, counted = sizes_in(name).parameters_b, model.parameters_b
    vouched = model.provenance.get("parameters_b")
    if counted is None or not said >= LEAST_NAMED_B or (vouched is not None and vouched.status == "override"):
        return
    if not said / MOST_TIMES <= counted <= said * MOST_TIMES:
        where = line_of(library, f"models/{name}.yaml", "parameters_b")
        what = f"parameters_b {counted:g} is far from the {said:g} billion that the model's name says"
        yield Fault(where, what, "write it in billions, or mark its provenance override if it is right")


def _languages(library: Library, name: str, model: Model) -> Iterator[Fault]:
    """Codes that have a shorter form, and words that are no code. Whether a longer code is of a language, no list here knows."""
    shorter = {other: code for code, language in library.languages.items() for other in language.also}
    for order, word in enumerate(model.languages or ()):
        where = line_of(library, f"models/{name}.yaml", "languages", order)
        first = word.partition("-")[0]
        if word in shorter:
            yield Fault(where, f"'{word}' is a longer code of '{shorter[word]}'", f"write '{shorter[word]}'")
        elif word != "multilingual" and not (first in LANGUAGE_CODES or _may_be_long_code(first)):
            yield Fault(where, f"'{word}' is no code of a language", "write one such as en, pt-br or swh, or multilingual")


def _may_be_long_code(word: str) -> bool:
    return len(word) == LONGEST_CODE and word.isascii() and word.isalpha() and word.islower()


def _base(library: Library, name: str, model: Model) -> Iterator[Fault]:
    """A base model that is another one mistyped. Most bases are in no catalog, so any other name is left alone."""
    stated = (model.card.derived_from or "").casefold()
    vouched = model.provenance.get("card.derived_from")
    known = (*library.models, *(one.id for one in library.banned))
    if not stated or stated in (name, *known) or (vouched is not None and vouched.status == "override"):
        return
    meant = meant_base(stated, (one for one in library.models if one != name))
    if meant is not None:
        where = line_of(library, f"models/{name}.yaml", "card", "derived_from")
        remedy = f"did you mean '{meant}'? If it is right, mark the provenance of card.derived_from override"
        yield Fault(where, f"derived_from '{stated}' is not in the catalog", remedy)
