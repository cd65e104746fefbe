"""How values inside the engine are declared: frozen, and quick to define, because defining them is part of every start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(field,))
def record(kind: type[Kind]) -> type[Kind]:
    """A frozen dataclass without the generated comparisons and texts, which cost more than half of defining one.

    Two records are equal only if they are the same object: they hold columns, which compare element by element.
    """
    return dataclass(frozen=True, eq=False, repr=False)(kind)
