"""Names of models that are another one mistyped: told by their parts, for most names that look alike are two models."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

LEAST_LETTERS = 4  # of a word in which a slip can be told: `it` and `pt` are two words
MISTYPED = 0.8
SIZE = re.compile(r"[0-9.]+[bm]")
UNIT_AMISS = re.compile(r"[0-9.]+(?:[bm]{2,})?")  # a size that lacks its letter, or has it twice
SIGNS = re.compile(r"[-_. ]")


def meant_base(stated: str, known: Iterable[str]) -> str | None:
    """Which of the known ids a base model's name is in all likelihood: mistyped, with other signs between its words, or at a
    maker whose name is mistyped."""
    return next((one for one in known if _is_of_its_maker(stated, one) or _is_of_its_name(stated, one)), None)


def _is_of_its_maker(stated: str, known: str) -> bool:
    maker, _, name = stated.partition("/")
    theirs, _, other = known.partition("/")
    return maker == theirs and (is_mistyped(stated, known) or SIGNS.sub("", name) == SIGNS.sub("", other))


def _is_of_its_name(stated: str, known: str) -> bool:
    """The same name at a maker mistyped; at quite another maker it is a copy, and without a maker how some lists write it."""
    maker, _, name = stated.partition("/")
    theirs, _, other = known.partition("/")
    has_number = re.search(r"[0-9]", name) is not None  # a bare word may be another maker's
    return name == other and has_number and difflib.SequenceMatcher(None, maker, theirs).ratio() >= MISTYPED


def is_mistyped(stated: str, known: str) -> bool:
    """Whether two names are one but for a digit of the size or its unit, or for letters of one word."""
    words, others = stated.split("-"), known.split("-")
    pairs = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(pairs) != 1:
        return False
    (one, other), *_ = pairs
    if SIZE.fullmatch(one) and SIZE.fullmatch(other):
        return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    if SIZE.fullmatch(other) and UNIT_AMISS.fullmatch(one):
        return one.rstrip("bm") == other[:-1]
    has_letters = sum(sign.isalpha() for sign in one) >= LEAST_LETTERS
    is_same_number = re.findall(r"[0-9]", one) == re.findall(r"[0-9]", other)
    return has_letters and is_same_number and difflib.SequenceMatcher(None, one, other).ratio() >= MISTYPED
