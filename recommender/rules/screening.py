"""Rules applied to candidates as columns: which pass, which fail, which cannot be told.

All rules apply, in any order. A rule excludes or cautions; it never scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.domain.facts import CANDIDATE_FACTS
from recommender.domain.method import Rule
from recommender.domain.record import record
from recommender.rules.columns import FAIL, PASS, UNKNOWN, Column, Numbers, Verdicts, condition

Rows = NDArray[np.int64]


class Facts(Protocol):
    """Where rules read: candidate facts as a column and the rows' places in it; the rest as plain values."""

    def column(self, name: str) -> tuple[Column, Rows | None]:
        """The column of a candidate fact, and for each candidate its place in it (None: one to one)."""
        ...

    def value(self, name: str) -> Any:
        """The value of a requirement or case fact; None where nothing is stated."""
        ...


@record
class Finding:
    """One rule's verdict on every candidate; silent where the rule does not apply."""

    rule: Rule
    verdicts: Verdicts
    applies: NDArray[np.bool_]

    def only(self, rows: Rows) -> Finding:
        """The verdicts on some of the candidates, in any order and as often as they are named."""
        return Finding(self.rule, self.verdicts[rows], self.applies[rows])

    @cached_property
    def excludes_as_failed(self) -> NDArray[np.bool_]:
        """Candidates the rule takes out because a requirement is not met."""
        out = self.applies & (self.verdicts == FAIL)
        return out if self.rule.fail == "exclude" else np.zeros_like(out)

    @cached_property
    def excludes_as_unknown(self) -> NDArray[np.bool_]:
        """Candidates the rule takes out because a fact is not known."""
        out = self.applies & (self.verdicts == UNKNOWN)
        return out if self.rule.unknown == "exclude" else np.zeros_like(out)

    @cached_property
    def excluded_rows(self) -> Rows:
        """Candidates the rule takes out, for either reason."""
        return np.flatnonzero(self.excludes_as_failed | self.excludes_as_unknown)

    def cautions_at(self, row: int) -> bool:
        """Whether one candidate stays in with a word of caution."""
        verdict = self.verdicts[row]
        warns = (verdict == FAIL and self.rule.fail == "caution") or (verdict == UNKNOWN and self.rule.unknown == "caution")
        return bool(self.applies[row] and warns)


def reads_estimates(rule: Rule) -> bool:
    """Whether a rule can only be judged once estimates are known."""
    return any(fact.startswith("estimate.") or fact == "deployment.fits_in_memory" for fact in rule.candidate_facts)


def reads_the_strategy_alone(rule: Rule) -> bool:
    """Whether a rule says the same of every candidate of a strategy."""
    return all(fact.startswith("strategy.") for fact in rule.candidate_facts)


def findings(rules: tuple[Rule, ...], facts: Facts, rows: int) -> tuple[Finding, ...]:
    """Every rule that speaks for these requirements, with its verdicts."""
    found = (finding(rule, facts, rows) for rule in rules)
    return tuple(one for one in found if one is not None)


def finding(rule: Rule, facts: Facts, rows: int) -> Finding | None:
    """One rule's verdicts, or None where the requirements do not call for it."""
    applies = np.ones(rows, bool)
    for name, test in rule.when.items():
        met = _holds(name, test, facts)
        if met is None or _is_stated_otherwise(name, met):
            return None
        applies &= met == PASS
    verdicts = np.ones(rows, np.int8)
    for name, test in rule.require.items():
        met = _holds(name, test, facts)
        if met is None:
            return None
        verdicts = np.minimum(verdicts, met)
    return Finding(rule, verdicts, applies)


def _is_stated_otherwise(name: str, met: Verdicts) -> bool:
    """Whether what is stated or follows from it, which is the same for every candidate, already says that a rule is not called for."""
    return name not in CANDIDATE_FACTS and bool((met != PASS).all())


def _holds(name: str, test: Mapping[str, Any], facts: Facts) -> Verdicts | None:
    """Verdicts of all conditions on one fact; None where a requirement it compares with is not stated."""
    verdicts: Verdicts = np.ones(1, np.int8)
    for word, written in test.items():
        operand = _operand(written, facts)
        if operand is None:
            return None
        one = _judge(name, word, operand, facts)
        if one is None:
            return None
        verdicts = np.minimum(verdicts, one)
    return verdicts


def _operand(written: Any, facts: Facts) -> Any:
    """The value to compare with: written in the rule, or read from the requirements, the case or the candidates."""
    if not isinstance(written, str) or "." not in written:
        return written
    if written in CANDIDATE_FACTS:
        column, place = facts.column(written)
        values = getattr(column, "values", None)
        return values if values is None or place is None else values[place]
    return facts.value(written)


def _judge(name: str, word: str, operand: Any, facts: Facts) -> Verdicts | None:
    if name in CANDIDATE_FACTS:
        column, place = facts.column(name)
        if isinstance(operand, np.ndarray) and place is not None and isinstance(column, Numbers):
            column, place = Numbers(column.values[place]), None
        verdicts = condition(word, column, operand)
        return verdicts if place is None else verdicts[place]
    value = facts.value(name)
    if value is None:
        return None
    return np.asarray([PASS if _plain(word, value, operand) else FAIL], np.int8)


def _plain(word: str, value: Any, operand: Any) -> bool:
    """A condition on one stated value."""
    many = operand if isinstance(operand, tuple | list) else (operand,)
    if word == "includes":
        return all(one in value for one in many)
    if word == "one_of":
        return any(one in value for one in many) if isinstance(value, tuple) else value in many
    if word in ("at_least", "at_most"):
        return bool(value >= operand if word == "at_least" else value <= operand)
    return bool((value == operand) == (word == "is"))
