"""What a validator found, without the words of a programming language: the value as a file writes it, what is wrong, what to do."""

from __future__ import annotations

import datetime
import re
from typing import Any

from pydantic_core import ErrorDetails

from recommender.catalog.written_numbers import how_to_write

REMEDY_UNKNOWN = "leave the field out if it is unknown"
LANGUAGE_LISTS = ("languages", "target_languages")
MOST_SHOWN = 60
_WORD = re.compile(r"[A-Za-z][\w./-]*")
_WHOLE_NUMBER, _DAY = "must be a whole number", "must be a day"
_PLAIN = {  # by the validator's kind of fault
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _WHOLE_NUMBER),
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "model_type": "must be fields with their values, not one value",
    "dict_type": "must be fields with their values, not one value",
    "dataclass_type": "must be fields with their values, not one value",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "finite_number": "must be a finite number",
    "none_required": "must be left out",
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _DAY),
}
_OF_NUMBERS = ("float_type", "int_type", "float_parsing", "int_parsing")
_REMEDIES = {  # by how the kind of fault begins
    ("bool_type",): f"write it without quotes, or {REMEDY_UNKNOWN}",
    ("tuple_type",): f"write it in brackets, even a single one, or {REMEDY_UNKNOWN}",
    ("date_",): f"write it as YYYY-MM-DD, or {REMEDY_UNKNOWN}",
    ("too_short",): "write at least one",
    ("int_from_float",): "round it",
    ("finite_number", "none_required", "string_too_short"): REMEDY_UNKNOWN,
    ("greater_than", "less_than"): "check the unit",
}


def as_written(value: Any) -> str:
    """A value as it stands in a file, cut where it is long; text in quotes."""
    text = _written(value)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 3] + "..."


def _written(value: Any) -> str:
    if value is None:
        return "(empty)"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_part, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_part(part)}' for name, part in value.items())}}}"
    return repr(value)


def _part(value: Any) -> str:
    """A part of a value: plain words go without quotes, as people write them within brackets."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else _written(value)


def what_is_wrong(detail: ErrorDetails) -> str:
    """The fault, in a few words."""
    kind, given = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return f"is not written as expected ({given['pattern']})"
    if kind == "string_too_long":
        return f"must have at most {given['max_length']} characters"
    if kind == "too_short":
        least = given["min_length"]
        return "must not be empty" if least == 1 else f"must hold at least {least}"
    if kind == "too_long":
        return f"must hold at most {given['max_length']}"
    return _PLAIN.get(kind) or detail["msg"].removeprefix("Value error, ").replace("Input should", "should").lower()


def what_to_do(kind: str, field: str, given: Any) -> str:
    """What to write instead, where that can be said."""
    if kind in _OF_NUMBERS and isinstance(given, str):
        return how_to_write(given, field) or REMEDY_UNKNOWN
    if kind == "tuple_type" and field in LANGUAGE_LISTS:
        return "write codes, not names, in brackets, such as [en]"
    if kind == "string_type" and isinstance(given, int | float | datetime.date):
        return f"put it in quotes, or {REMEDY_UNKNOWN}"
    if kind == "too_short" and given:
        return ""
    if kind == "int_type" and isinstance(given, float):
        return "round it"
    found = next((remedy for kinds, remedy in _REMEDIES.items() if kind.startswith(kinds)), None)
    return found or (REMEDY_UNKNOWN if kind.endswith("_type") else "")
