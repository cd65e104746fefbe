"""How to write a number that was written in a way which YAML does not read as one."""

from __future__ import annotations

import re
from decimal import Decimal

MOST_ZEROS = 30  # beyond, writing a number out helps nobody
_THOUSANDS = re.compile(r"[-+]?\d{1,3}([,' _]\d{3})+(\.\d+)?\Z")
_PARTED = re.compile(r"[,' _]")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+\Z")
_PLAIN = re.compile(r"[-+]?\d+(\.\d+)?\Z")
_WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)\Z")
_OF_ENDING: dict[str, tuple[str, dict[str, str]]] = {  # by how a field ends: its unit, and how many of it another unit is
    "_ms": (
        "in milliseconds",
        {"ms": "1", **dict.fromkeys(("s", "sec", "second", "seconds"), "1000"), **dict.fromkeys(("min", "minute", "minutes"), "60000")},
    ),
    "_seconds": ("in seconds", {**dict.fromkeys(("s", "sec"), "1"), "ms": "0.001", "min": "60", "h": "3600"}),
    "_minutes": ("in minutes", {**dict.fromkeys(("min", "minutes"), "1"), **dict.fromkeys(("h", "hours"), "60")}),
    "_hours": ("in hours", {**dict.fromkeys(("h", "hours"), "1"), **dict.fromkeys(("d", "days"), "24")}),
    "_gb": ("in gigabytes", {"gb": "1", "mb": "0.001", "tb": "1000"}),
    "_usd": ("in US dollars", {"usd": "1", "k": "1000", "m": "1000000"}),
}  # fmt: skip
_OF_A_COUNT = ("in digits alone", {"k": "1000", **dict.fromkeys(("m", "million"), "1000000")})


def written_out(text: str) -> str:
    """A number with an exponent in digits alone; an example where that would be too long."""
    number = Decimal(text.replace("_", ""))
    return f"{number:f}" if abs(number.adjusted()) <= MOST_ZEROS and number == int(number) else "1000000"


def how_to_write(text: str, field: str = "") -> str | None:
    """What to write in place of a text that is meant as a number; None where none is meant.

    Args:
        field: what it stands for; its ending is its unit.
    """
    text = text.strip()
    if _PLAIN.match(text):
        return f"write {text}, without quotes"
    if _THOUSANDS.match(text):
        return f"write {_PARTED.sub('', text)}, in digits alone"
    if _DECIMAL_COMMA.match(text):
        return f"write {text.replace(',', '.')}, with a point"
    return _without_unit(text, field)


def _without_unit(text: str, field: str) -> str | None:
    """A number with its unit, in the unit that the field is in."""
    told, worth = next((one for ending, one in _OF_ENDING.items() if field.endswith(ending)), _OF_A_COUNT)
    match = _WITH_UNIT.match(text.lower().removeprefix("$") + " usd" * text.startswith("$"))
    if match is None or match[2] not in worth:
        return None
    return f"write {(Decimal(match[1]) * Decimal(worth[match[2]])).normalize():f}, {told}"
