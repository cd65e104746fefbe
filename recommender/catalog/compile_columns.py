"""Plain values into columns with unknowns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import numpy as np

from recommender.domain.columns import Floats, SetColumn, Truth


def numbers(values: Iterable[float | int | None]) -> Floats:
    """Numbers as a column; absent is NaN."""
    return np.array([np.nan if value is None else value for value in values], float)


def truths(values: Iterable[bool | None]) -> Truth:
    """Truths as a column; absent is -1."""
    return np.array([-1 if value is None else int(value) for value in values], np.int8)


def days(values: Iterable[datetime.date | None]) -> Floats:
    """Days as ordinals; absent is NaN."""
    return numbers(None if value is None else value.toordinal() for value in values)


def sets(rows: Sequence[Iterable[str] | None], vocabulary: tuple[str, ...]) -> SetColumn:
    """Sets as members; an absent set is unknown throughout."""
    members = np.full((len(rows), len(vocabulary)), -1, np.int8)
    places = {word: index for index, word in enumerate(vocabulary)}
    for row, words in enumerate(rows):
        if words is not None:
            members[row] = 0
            members[row, [places[word] for word in words if word in places]] = 1
    return SetColumn(members, vocabulary)
