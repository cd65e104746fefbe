"""A document held against its record: every fault with file:line, what is wrong, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from recommender.catalog.remainder import without
from recommender.catalog.strict_yaml import Document, Path
from recommender.catalog.synonyms import known_as
from recommender.catalog.told_plainly import as_written, what_is_wrong, what_to_do
from recommender.domain.record import record
from recommender.errors import Fault, InputError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ANOTHER_BEGINNING = 0.75
LACKING = ("missing", "missing_argument")
# What people call a boundary of privacy. Likeness of letters never decides here: it would answer with a looser word than was meant.
_BOUNDARY_KNOWN_AS = {
    **dict.fromkeys(("own_cloud", "private_cloud", "vpc", "our_cloud"), "own_tenant"),
    **dict.fromkeys(("on_prem", "onprem", "on_premise", "local"), "on_premises"),
}


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # requirements need none

    return TypeAdapter(shape)


@record
class Judged:
    """A document held against its record: the record where nothing is wrong, every fault, and the document without what is wrong."""

    record: Any
    faults: tuple[Fault, ...]
    rest: Document

    def right(self) -> Any:
        """The record.

        Raises:
            InputError: with every fault found.
        """
        if self.faults:
            raise InputError(self.faults)
        return self.record


def validated(document: Document, shape: Any) -> tuple[Any, tuple[Fault, ...]]:
    """The record a document holds, or None and its faults."""
    found = judged(document, shape, lambda value: _adapter(shape).validate_python(_frozen(value)))
    return found.record, found.faults


def judged(document: Document, shape: Any, read: Callable[[Any], Any]) -> Judged:
    """A document held against its record. Checks over several fields wait until every field is right, so what is wrong is taken out and
    the rest is read again, until nothing new shows."""
    found = set(document.misreadings)
    gone: frozenset[Path] = frozenset()
    rest = document
    while True:
        try:
            made = read(rest.value)
        except ValidationError as error:
            details = _own_details(error, document)
            found |= {_fault(one, document, shape) for one in details if not _follows_from(one, document, gone)}
            wrong = frozenset(_path_in(document, one["loc"]) for one in details if one["type"] not in LACKING)
        else:
            return Judged(None if found else made, by_line(found), rest)
        more = (wrong | document.misread.keys()) - gone - {()}
        if not more:
            return Judged(None, by_line(found), rest)
        gone |= more
        rest = without(document, gone)


def faults_of(error: ValidationError, document: Document, shape: Any) -> tuple[Fault, ...]:
    """Every fault of a validation, in the order of the file, each once."""
    return by_line({_fault(detail, document, shape) for detail in _own_details(error, document)})


def _own_details(error: ValidationError, document: Document) -> list[ErrorDetails]:
    details = error.errors(include_url=False)
    return [one for one in details if not _is_other_member(one, details, document)]


def _follows_from(detail: ErrorDetails, document: Document, gone: frozenset[Path]) -> bool:
    """Whether a fault only repeats that a part would be misread, or comes of a part that was taken out: a field that is missing now, or a
    check over several fields whose words name one of these."""
    path = _path_in(document, detail["loc"])
    names = {str(one[-1]) for one in gone if one[:-1] == path}
    is_left_over = bool(gone) and detail["type"] in LACKING
    return path in document.misread or is_left_over or bool(names & set(re.findall(r"\w+", detail["msg"])))


def by_line(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of one file in its order."""
    return tuple(sorted(faults, key=lambda fault: (_line(fault.where), fault)))


def _is_other_member(detail: ErrorDetails, details: Sequence[ErrorDetails], document: Document) -> bool:
    """Whether a fault is of a union's member that the value was never meant for, and another member says more."""
    loc = detail["loc"]
    is_of_a_union = _path_in(document, loc) == _path_in(document, loc[:-1])  # its last part names a member, nothing in the file
    if not is_of_a_union or not _is_of_another_kind(detail):
        return False
    union = loc[:-1]
    return any(other["loc"][: len(union)] == union and not _is_of_another_kind(other) for other in details)


def _is_of_another_kind(detail: ErrorDetails) -> bool:
    """Whether a mapping was asked for where a word stands, or a word where a mapping does."""
    wants_mapping, wants_word = detail["type"] in ("model_type", "dict_type"), detail["type"] in ("literal_error", "enum")
    return wants_word if isinstance(detail["input"], dict) else wants_mapping


def _frozen(value: Any) -> Any:
    """Lists as tuples, because records never change."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def _line(where: str) -> int:
    match = re.search(r":(\d+)$", where)
    return int(match.group(1)) if match else 0


def _fault(detail: ErrorDetails, document: Document, shape: Any) -> Fault:
    path = _path_in(document, detail["loc"])
    where = document.where(path)
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    kind = detail["type"]
    dotted = ".".join(str(part) for part in path)
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        if name.isdecimal():
            return Fault(where, f"'{name}' is not a field", "within braces a comma ends a number: write it in digits alone")
        return Fault(where, f"'{name}' is not a field", _suggest(name, _siblings(detail["loc"], shape)))
    if kind in LACKING:
        return Fault(where, f"'{name}' is missing", "add it")
    if kind in ("literal_error", "enum"):
        words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        return Fault(
            where, f"{dotted}: {as_written(detail['input'])} is not known here", _meant(path, str(detail["input"]), words)
        )
    told = (
        f"{dotted}: {as_written(_written(document, path, detail))}: {what_is_wrong(detail)}" if path else what_is_wrong(detail)
    )
    return Fault(where, told, what_to_do(kind, name, detail["input"]))


def _written(document: Document, path: Path, detail: ErrorDetails) -> Any:
    """What stands in the file, also where parts of it were taken out since."""
    value: Any = document.value
    for part in path:
        value = value[part]
    return value if isinstance(detail["input"], dict) else detail["input"]


def _path_in(document: Document, loc: Iterable[Any]) -> Path:
    """The part of a validator's location that exists in the file (it also names unions and functions)."""
    path: Path = ()
    for part in loc:
        if (*path, part) in document.lines:
            path = (*path, part)
    return path


def _meant(path: Path, word: str, known: Sequence[str]) -> str:
    """What to write instead of a value; of privacy every word, and a guess only where the meaning is certain."""
    if "privacy" not in path:
        return _suggest(word, known)
    meant = _BOUNDARY_KNOWN_AS.get(_plainly(word))
    guess = f"did you mean '{meant}'? " if meant in known else ""
    return f"{guess}use one of {', '.join(known)}"


def _plainly(word: str) -> str:
    return word.strip().lower().replace(" ", "_").replace("-", "_")


def _suggest(word: str, known: Iterable[str]) -> str:
    """ "did you mean", or the whole list where it is short."""
    import difflib  # most files have no fault

    known = tuple(known)
    meant = [one for one in known_as(_plainly(word)) if one in known]
    begun = [one for one in known if len(word) > 2 and one.startswith(word.lower())]
    near = difflib.get_close_matches(word.lower(), known, n=3, cutoff=0.6)
    close = meant or [one for one in near if _is_slip(word.lower(), one)] or begun
    if close:
        return f"did you mean '{close[0]}'?"
    return f"use one of {', '.join(known)}" if 0 < len(known) <= 40 else "see the schema"


def _is_slip(word: str, known: str) -> bool:
    """Whether a word may be a slip of the pen: what begins otherwise must be nearer, or it is another word."""
    import difflib

    return word[:1] == known[:1] or difflib.SequenceMatcher(None, word, known).ratio() >= ANOTHER_BEGINNING


def suggestion(word: str, known: Iterable[str]) -> str:
    """What to write instead of a word that is not known."""
    return _suggest(word, known)


def _siblings(loc: tuple[Any, ...], shape: Any) -> tuple[str, ...]:
    """The fields of the record in which an unknown field was found."""
    current = shape
    for part in loc[:-1]:
        current = _step(current, part)
    return _fields(current)


def _step(shape: Any, part: Any) -> Any:
    for option in _options(shape):
        origin = get_origin(option)
        if origin is dict:
            return get_args(option)[1]
        if origin in (tuple, list) and isinstance(part, int):
            return get_args(option)[0]
        fields = getattr(option, "model_fields", None)
        if fields and part in fields:
            return fields[part].annotation
        hints = _adapter_hints(option)
        if part in hints:
            return hints[part]
    return shape


def _options(shape: Any) -> tuple[Any, ...]:
    """A union's members, an annotated type's own type, or the shape itself."""
    import types
    import typing

    if get_origin(shape) is typing.Annotated:
        return _options(get_args(shape)[0])
    if get_origin(shape) in (types.UnionType, typing.Union):
        return tuple(inner for member in get_args(shape) for inner in _options(member))
    return (shape,)


def _adapter_hints(shape: Any) -> dict[str, Any]:
    import typing

    return typing.get_type_hints(shape) if hasattr(shape, "__dataclass_fields__") else {}


def _fields(shape: Any) -> tuple[str, ...]:
    names: list[str] = []
    for option in _options(shape):
        names += getattr(option, "model_fields", None) or getattr(option, "__dataclass_fields__", {})
    return tuple(names)
