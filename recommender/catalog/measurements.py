"""Tables of measured rows, read from comma-separated files."""

from __future__ import annotations

import csv
from pathlib import Path

from recommender.errors import Fault, InputError

MOST_TABLE_BYTES = 100_000_000


def read_table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a comma-separated file; blank lines are left out.

    Raises:
        InputError: when it cannot be opened, is too large, or is no text.
    """
    try:
        size = path.stat().st_size
        if size > MOST_TABLE_BYTES:
            raise InputError([Fault(str(path), f"the file has {size:,} bytes", f"at most {MOST_TABLE_BYTES:,} are read")])
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except OSError as error:
        raise InputError([Fault(str(path), f"cannot be read: {error.strerror}", "check the path")]) from None
    except (UnicodeDecodeError, csv.Error):
        raise InputError([Fault(str(path), "is not a comma-separated table", "save it as UTF-8 text with commas")]) from None
    return (rows[0], rows[1:]) if rows else ([], [])
