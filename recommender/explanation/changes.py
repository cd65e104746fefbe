"""Requirements with one field set to another value: what searches and questions are made of."""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import Any, get_args

from recommender.domain.requirements import Requirements


def value_at(requirements: Requirements, path: str) -> Any:
    """The value of a field named by its dotted path."""
    value: Any = requirements
    for part in path.split("."):
        value = getattr(value, part)
    return value


def changed(requirements: Requirements, path: str, value: Any) -> Requirements:
    """The same requirements with one field set; validated like any other."""
    plain = requirements.model_dump(exclude_unset=True)
    inner = plain
    *folders, last = path.split(".")
    for part in folders:
        inner = inner.setdefault(part, {})
    if value is None:
        inner.pop(last, None)
    else:
        inner[last] = value
    return Requirements.model_validate(plain)


@cache
def largest(path: str) -> float:
    """The largest value that a quantity may have; a search must not ask for more."""
    shape: Any = Requirements
    for part in path.split("."):
        told = shape.model_fields[part]
        shape = next((one for one in get_args(told.annotation) if one is not NoneType), told.annotation)
    limits = [one.le for info in get_args(shape)[1:] for one in info.metadata if hasattr(one, "le")]
    return float(limits[0])


def shown(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, tuple):
        return [shown(one) for one in value]
    return value.model_dump(exclude_unset=True) if hasattr(value, "model_dump") else value
