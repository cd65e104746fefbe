"""Every rule's own examples, and the three truth values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import load_catalog
from recommender.domain.facts import FACTS
from recommender.domain.method import Example, Rule
from recommender.rules.columns import FAIL, PASS, UNKNOWN, Column, Numbers, Sets, Truths, Words, condition
from recommender.rules.screening import finding

VERDICTS = {"pass": PASS, "fail": FAIL, "unknown": UNKNOWN}
CASES = [(rule, example) for rule in load_catalog().columns.rules for example in rule.examples]


class Given:
    """The facts of one example, as one row."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given

    def column(self, name: str) -> tuple[Column, None]:
        return one_row(FACTS[name], self.given.get(name)), None

    def value(self, name: str) -> Any:
        value = self.given.get(name)
        return tuple(value) if isinstance(value, list) else value


def one_row(kind: str, value: Any) -> Column:
    if kind == "number":
        return Numbers(np.array([np.nan if value is None else value], float))
    if kind == "truth":
        return Truths(np.array([-1 if value is None else int(value)], np.int8))
    if kind == "word":
        return Words(np.array([-1 if value is None else 0]), (str(value),))
    words = tuple(value or ()) or ("nothing",)
    state = -1 if value is None else 1
    members = [[state if word in (value or ()) or value is None else 0 for word in words]]
    return Sets(np.array(members, np.int8), words)


@pytest.mark.parametrize("rule, example", CASES, ids=[f"{rule.id}-{number}" for number, (rule, _) in enumerate(CASES)])
def test_a_rule_says_what_its_example_says(rule: Rule, example: Example) -> None:
    found = finding(rule, Given(example.given), 1)
    if example.verdict == "silent":
        assert found is None or not found.applies.any()
    else:
        assert found is not None and found.applies.all()
        assert found.verdicts[0] == VERDICTS[example.verdict]


def test_every_rule_has_an_example() -> None:
    assert [rule.id for rule in load_catalog().columns.rules if not rule.examples] == []


def test_an_unknown_fact_is_never_a_pass() -> None:
    unknown = (
        ("at_least", Numbers(np.array([np.nan])), 1.0),
        ("is", Truths(np.array([-1], np.int8)), True),
        ("is_not", Words(np.array([-1]), ("a",)), "a"),
        ("includes", Sets(np.array([[-1]], np.int8), ("a",)), ("a",)),
        ("one_of", Sets(np.array([[-1]], np.int8), ("a",)), ("a", "b")),
    )
    assert [condition(word, column, operand)[0] for word, column, operand in unknown] == [UNKNOWN] * 5


def test_a_set_lacks_what_it_is_known_not_to_hold() -> None:
    column = Sets(np.array([[1, 0]], np.int8), ("a", "b"))
    assert condition("includes", column, ("a", "b"))[0] == FAIL
    assert condition("one_of", column, ("a", "b"))[0] == PASS
    assert condition("includes", column, ("c",))[0] == FAIL


def test_passages_and_tools_that_labels_do_not_need_are_told_apart() -> None:
    told = {rule.id: rule.because for rule in load_catalog().columns.rules}
    assert "passages are looked up" in told["labels-need-no-passages"] and "tools" not in told["labels-need-no-passages"]
    assert "tools are called" in told["labels-need-no-tools"] and "passages" not in told["labels-need-no-tools"]
