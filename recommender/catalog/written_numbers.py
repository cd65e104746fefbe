"""How to write a number that was written in a way which YAML does not read as one."""

from __future__ import annotations

import re
from decimal import Decimal

MOST_ZEROS = 30  # beyond, writing a number out helps nobody
_THOUSANDS = re.compile(r"[-+]?\d{1,3}([,' _]\d{3})+(\.\d+)?\Z")
_PARTED = re.compile(r"[,' _]")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+\Z")
_PLAIN = re.compile(r"[-+]?\d+(\.\d+)?\Z")


def written_out(text: str) -> str:
    """A number with an exponent in digits alone; an example where that would be too long."""
    number = Decimal(text.replace("_", ""))
    return f"{number:f}" if abs(number.adjusted()) <= MOST_ZEROS and number == int(number) else "1000000"


def how_to_write(text: str) -> str | None:
    """What to write in place of a text that is meant as a number; None where none is meant."""
    text = text.strip()
    if _PLAIN.match(text):
        return f"write {text}, without quotes"
    if _THOUSANDS.match(text):
        return f"write {_PARTED.sub('', text)}, in digits alone"
    if _DECIMAL_COMMA.match(text):
        return f"write {text.replace(',', '.')}, with a point"
    return None
