"""What stands in for what nobody stated: drawn, and noted for the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from recommender.domain.method import Range
from recommender.domain.record import record
from recommender.domain.situation import Quantity

Draw = Callable[[str, Range], Quantity]


@record
class Default:
    """A value that was used because nothing was stated."""

    name: str
    range: Range
    unit: str
    source: str


@dataclass
class Ledger:
    """Which defaults were used. Drawing happens here: at the middle, or once per draw."""

    draw: Draw
    used: dict[str, Default] = field(default_factory=dict)

    def default(self, name: str, values: Range, unit: str, source: str) -> Quantity:
        """The default's value, noted."""
        self.note(name, values, unit, source)
        return self.draw(name, values)

    def fixed(self, name: str, value: float, unit: str, source: str) -> float:
        """A default without a range, noted."""
        self.note(name, Range(value, value, value), unit, source)
        return value

    def note(self, name: str, values: Range, unit: str, source: str) -> None:
        """A default that is drawn elsewhere."""
        self.used[name] = Default(name, values, unit, source)


def middle(name: str, values: Range) -> Quantity:
    """The middle of a range, whatever its name."""
    return values.mid
