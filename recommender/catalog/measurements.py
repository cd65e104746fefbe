"""Tables of measured rows, read from comma-separated files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from recommender.catalog.user_files import bytes_of
from recommender.errors import Fault, InputError

MOST_TABLE_BYTES = 100_000_000


def read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a comma-separated file; blank lines are left out.

    Raises:
        InputError: when it cannot be opened, is too large, or is no text.
    """
    raw = bytes_of(path, MOST_TABLE_BYTES)
    try:
        rows = [row for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")) if row]
    except (UnicodeDecodeError, csv.Error):
        raise InputError([Fault(str(path), "is not a comma-separated table", "save it as UTF-8 text with commas")]) from None
    return (rows[0], rows[1:]) if rows else ([], [])
