"""What should make one doubt a file of examples: it can be measured, but the result would say less than it seems to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from recommender.domain.words import LEAST_PER_CLASS
from recommender.trial.examples import Example

FORMULA = re.compile(r"^[=+@\t\r]|^-(?!\d)")  # what a spreadsheet would run; a negative number is none
ORDERS = re.compile(
    r"ignore (all |any )?(the |your )?(previous|prior|above) (instructions|prompts)|disregard (all|the|your) |"
    r"you are now |system prompt|<\|im_start\|>|\[/?INST\]",
    re.IGNORECASE,
)
LEAST_LEAK_CHARACTERS = 4
LEAK_SHARE = 0.5


def doubts_about(examples: Sequence[Example], task: str, repeats: int = 0) -> tuple[str, ...]:
    """Warnings, one line each; none of them stops a trial.

    Args:
        repeats: examples that were left out as the same as another.
    """
    twice = f"{repeats:,} examples are the same as another, word for word: each is measured once" if repeats else ""
    found = (
        _formulas(examples), _orders(examples), twice, *_twins(examples), _leaks(examples, task), _thin_classes(examples, task),
    )  # fmt: skip
    return tuple(one for one in found if one)


def _formulas(examples: Sequence[Example]) -> str:
    cells = [one.id for one in examples if FORMULA.match(one.input) or FORMULA.match(one.expected)]
    return f"{_some(cells)} begin like a spreadsheet's formula; they are read as text" if cells else ""


def _orders(examples: Sequence[Example]) -> str:
    cells = [one.id for one in examples if ORDERS.search(one.input) or ORDERS.search(one.context)]
    return f"{_some(cells)} hold text that gives orders to a model (prompt injection); it is sent as data" if cells else ""


def _twins(examples: Sequence[Example]) -> tuple[str, str, str]:
    ids = [name for name, times in Counter(one.id for one in examples).items() if times > 1]
    inputs: dict[str, set[str]] = {}
    for one in examples:
        inputs.setdefault(one.input, set()).add(one.expected)
    repeated = len(examples) - len(inputs)
    torn = sum(len(answers) > 1 for answers in inputs.values())
    return (
        f"the ids {_some(ids)} belong to more than one example; they are told apart by their place" if ids else "",
        f"{repeated:,} inputs are there twice: cross-validation sees some answers beforehand" if repeated else "",
        f"{torn:,} inputs have more than one right answer: no model can get both" if torn else "",
    )


def _leaks(examples: Sequence[Example], task: str) -> str:
    if task in ("extraction", "question_answering", "rewriting", "document_extraction"):
        return ""  # there the answer is meant to stand in the text
    told = [one for one in examples if len(one.expected) >= LEAST_LEAK_CHARACTERS]
    leaks = [one.id for one in told if one.expected.casefold() in one.input.casefold()]
    if not told or len(leaks) < max(2, LEAK_SHARE * len(told)):
        return ""
    return f"{_some(leaks)} hold the expected answer in the input: the result would be too good to be true"


def _thin_classes(examples: Sequence[Example], task: str) -> str:
    if task not in ("classification", "moderation"):
        return ""
    thin = [name for name, times in Counter(one.expected for one in examples).items() if times < LEAST_PER_CLASS]
    return f"fewer than {LEAST_PER_CLASS} examples of {_some(thin)}" if thin else ""


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:3])
    return f"{shown} and {len(names) - 3:,} more" if len(names) > 3 else shown
