"""Names and patterns that requirements leave out or insist on."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence

import numpy as np

from recommender.domain.columns import Columns, Mask


def matching(names: Sequence[str], pattern: str) -> Mask:
    """Which names a pattern with `*` and `?` names, whatever their case."""
    return np.array([fnmatch.fnmatchcase(name.lower(), pattern) for name in names], bool)


def companies_matching(names: Sequence[str], pattern: str) -> Mask:
    """Which vendors and clouds a pattern names: `azure` is all that goes by that name, `azure-ai-services` too."""
    return matching(names, pattern) | matching(names, f"{pattern}-*")


def models_left_out(columns: Columns, patterns: Sequence[str] | None) -> Mask:
    """Models that `exclude` names by id or licence: they are no component either."""
    models = columns.models
    found = np.zeros(len(models.ids), bool)
    for pattern in patterns or ():
        found |= matching(models.ids, pattern) | matching(models.licences, pattern)
    return found
