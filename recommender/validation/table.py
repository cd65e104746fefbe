"""A table of measured rows: named columns of words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.errors import Fault, InputError

Floats = NDArray[np.float64]
TRUE_WORDS = frozenset(("true", "1", "1.0", "yes", "y"))
UNKNOWN_WORDS = frozenset(("", "nan", "none", "null", "na", "n/a", "unknown", "-"))


@dataclass(frozen=True)
class Table:
    """Rows in the order of the file; cells as they were written."""

    name: str
    columns: dict[str, tuple[str, ...]]
    size: int

    @staticmethod
    def of(name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
        """A table from its cells; short rows are filled with unknowns.

        Raises:
            InputError: when there is no header.
        """
        if not header:
            raise InputError([Fault(name, "the table is empty", "its first line names the columns")])
        cells = {
            title.strip(): tuple(row[place].strip() if place < len(row) else "" for row in rows)
            for place, title in enumerate(header)
        }
        return Table(name, cells, len(rows))

    def demand(self, names: Sequence[str]) -> None:
        """Raises InputError naming every column that is missing."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            raise InputError([Fault(f"{self.name}:1", f"there is no column '{name}'", "add it") for name in missing])

    def words(self, name: str) -> tuple[str, ...]:
        """A column as it was written; empty where the table lacks it."""
        return self.columns.get(name, ("",) * self.size)

    def lower(self, name: str) -> NDArray[np.str_]:
        """A column in lower case, unknown as an empty word."""
        found = [word.lower() for word in self.words(name)]
        return np.array(["" if word in UNKNOWN_WORDS else word for word in found], dtype=np.str_)

    def numbers(self, name: str) -> Floats:
        """A column as numbers; NaN where there is none."""
        return np.array([number(word) for word in self.words(name)], float)

    def truths(self, name: str) -> NDArray[np.bool_]:
        """A column as yes or no; no where it does not say."""
        return np.array([word.lower() in TRUE_WORDS for word in self.words(name)], bool)

    def only(self, mask: NDArray[np.bool_]) -> Table:
        """Some of the rows."""
        places = np.flatnonzero(mask)
        kept = {name: tuple(cells[place] for place in places) for name, cells in self.columns.items()}
        return Table(self.name, kept, len(places))


def number(word: str) -> float:
    """A finite number, else NaN."""
    try:
        found = float(word)
    except ValueError:
        return float("nan")
    return found if np.isfinite(found) else float("nan")
