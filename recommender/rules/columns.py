"""Columns of facts with unknowns, and the six conditions a rule may put on them.

A verdict is an int8: 1 pass, 0 unknown, -1 fail. Unknown never turns into pass by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.record import record

PASS, UNKNOWN, FAIL = np.int8(1), np.int8(0), np.int8(-1)
Verdicts = NDArray[np.int8]
VERDICT_OF_STATE = np.array([FAIL, PASS, UNKNOWN], np.int8)  # states are 0, 1 and, for unknown, -1: the last place
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "is": np.equal,
    "is_not": np.not_equal,
    "at_least": np.greater_equal,
    "at_most": np.less_equal,
}


@record
class Words:
    """One word per entity; code -1 is unknown."""

    codes: NDArray[np.int64]
    vocabulary: tuple[str, ...]


@record
class Numbers:
    """One number per entity; NaN is unknown."""

    values: NDArray[np.float64]


@record
class Truths:
    """Yes (1), no (0) or unknown (-1) per entity."""

    values: NDArray[np.int8]


@record
class Sets:
    """A set per entity: which members are in (1), out (0) or unknown (-1). Shape (entities, vocabulary)."""

    members: NDArray[np.int8]
    vocabulary: tuple[str, ...]

    def of(self, word: str) -> NDArray[np.int8]:
        """Whether each set holds a word; a word outside the vocabulary is unknown only where something is unknown."""
        if word in self.vocabulary:
            return np.asarray(self.members[:, self.vocabulary.index(word)], np.int8)
        anything_unknown = (self.members < 0).any(axis=1) if self.members.shape[1] else np.ones(len(self.members), bool)
        return np.where(anything_unknown, np.int8(-1), np.int8(0))


Column = Words | Numbers | Truths | Sets


def condition(word: str, column: Column, operand: Any) -> Verdicts:
    """Verdict of one condition on every entity of a column.

    Args:
        word: one of is, is_not, at_least, at_most, includes, one_of.
        column: the facts.
        operand: a value, or a tuple of values; never None (an unstated requirement is not judged).
    """
    if isinstance(column, Sets):
        return _set_verdicts(word, column, operand)
    if isinstance(column, Numbers):
        return _number_verdicts(word, column.values, operand)
    if isinstance(column, Truths):
        return _truth_verdicts(word, column.values, bool(operand))
    return _word_verdicts(word, column, operand)


def _set_verdicts(word: str, column: Sets, operand: Any) -> Verdicts:
    wanted = (operand,) if isinstance(operand, str) else tuple(operand)
    states = [column.of(value) for value in wanted]
    if not states:
        return np.ones(len(column.members), np.int8)
    verdicts = VERDICT_OF_STATE[np.stack(states)]
    return np.asarray(verdicts.min(axis=0) if word == "includes" else verdicts.max(axis=0), np.int8)


def _number_verdicts(word: str, values: NDArray[np.float64], operand: Any) -> Verdicts:
    bound = np.asarray(operand, float)
    verdicts = np.where(COMPARISONS[word](values, bound), PASS, FAIL)
    return np.where(np.isnan(values) | np.isnan(bound), UNKNOWN, verdicts)


def _truth_verdicts(word: str, values: NDArray[np.int8], wanted: bool) -> Verdicts:
    verdicts = VERDICT_OF_STATE[values]
    return verdicts if wanted == (word == "is") else -verdicts


def _word_verdicts(word: str, column: Words, operand: Any) -> Verdicts:
    wanted = (operand,) if isinstance(operand, str) else tuple(operand)
    among, others = (FAIL, PASS) if word == "is_not" else (PASS, FAIL)
    of_word = [among if value in wanted else others for value in column.vocabulary]
    return np.array([*of_word, UNKNOWN], np.int8)[column.codes]  # for unknown, -1: the last place
