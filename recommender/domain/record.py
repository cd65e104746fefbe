"""How values inside the engine are declared: frozen, and quick to define, because defining them is part of every start."""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

Kind = TypeVar("Kind")


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(field,))
def record(kind: type[Kind]) -> type[Kind]:
    """A frozen dataclass whose methods are shared rather than compiled for each class, which is most of what defining one costs.

    Two records are equal only if they are the same object: they hold columns, which compare element by element.
    """
    made: Any = dataclass(init=False, eq=False, repr=False)(kind)
    made.__init__ = _init_of(made)
    made.__setattr__ = made.__delattr__ = _refuse
    return kind


def _init_of(kind: Any) -> Any:
    told = fields(kind)
    names = tuple(one.name for one in told)
    known = frozenset(names)
    constants = {one.name: one.default for one in told if one.default is not MISSING}
    factories = {one.name: one.default_factory for one in told if one.default_factory is not MISSING}

    checks = hasattr(kind, "__post_init__")
    put = object.__setattr__  # writing into `__dict__` would make every later look-up three times as slow

    def __init__(self: Any, *given: Any, **named: Any) -> None:
        values = named if not given else {**dict(zip(names, given, strict=False)), **named}
        if values.keys() != known or len(given) + len(named) != len(names):
            values = _completed(values)
            if values.keys() != known or len(given) > len(names) or named.keys() & set(names[: len(given)]):
                told = f"got {len(given)} by place and {', '.join(named) or 'none'} by name"
                raise TypeError(f"{kind.__name__} takes {', '.join(names)}; {told}")
        for name, value in values.items():
            put(self, name, value)
        if checks:
            self.__post_init__()

    def _completed(values: dict[str, Any]) -> dict[str, Any]:
        made = {name: make() for name, make in factories.items() if name not in values}
        return {**constants, **made, **values}

    return __init__


def _refuse(self: Any, name: str, *value: Any) -> None:
    raise FrozenInstanceError(f"'{name}' of a record cannot be changed")
