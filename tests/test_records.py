"""Records: frozen, checked as they are made, with defaults of their own."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, field, replace

import pytest

from recommender.domain.record import record


@record
class Point:
    """Two places, a list of its own, and a check."""

    x: float
    y: float = 2.0
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.x < 0:
            raise ValueError("x is below zero")


def test_values_come_by_place_by_name_and_by_default() -> None:
    assert [(one.x, one.y) for one in (Point(1.0), Point(1.0, 3.0), Point(y=3.0, x=1.0))] == [(1, 2), (1, 3), (1, 3)]


def test_a_default_list_is_each_record_s_own() -> None:
    first, second = Point(1.0), Point(1.0)
    first.tags.append("a")
    assert second.tags == []


@pytest.mark.parametrize(("given", "named"), [((), {}), ((1.0, 2.0, [], 4.0), {}), ((1.0,), {"x": 2.0}), ((1.0,), {"z": 2.0})])
def test_what_does_not_fit_is_refused(given: tuple[float, ...], named: dict[str, float]) -> None:
    with pytest.raises(TypeError, match="Point takes x, y, tags"):
        Point(*given, **named)  # type: ignore[arg-type]


def test_checks_run_however_a_record_is_made() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Point(-1.0)
    with pytest.raises(ValueError, match="below zero"):
        replace(Point(1.0), x=-1.0)


def test_nothing_can_be_changed_and_everything_can_be_copied() -> None:
    point = Point(1.0, 3.0, ["a"])
    with pytest.raises(FrozenInstanceError):
        point.x = 2.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del point.x
    copied = pickle.loads(pickle.dumps(point))
    assert (copied.x, copied.y, copied.tags) == (1.0, 3.0, ["a"])
    assert replace(point, y=4.0).y == 4.0
