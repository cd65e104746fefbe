"""Charts: names below each other and numbers beside each other, never one upon the other, on a phone as well."""

from __future__ import annotations

from typing import Any

import pytest
from recommender_form.showing import chart, trade_off

LINE, BELOW = 20, 120  # pixels of a name, and of the axis and the legend below, as drawn
PHONE = (260, 290)  # pixels that a phone leaves for the points


@pytest.mark.parametrize("count", [2, 6, 20])
def test_each_name_of_the_bars_has_a_line_of_its_own(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Any] = []
    monkeypatch.setattr(chart.st, "altair_chart", lambda one, **_: drawn.append(one))
    monkeypatch.setattr(chart.st, "caption", lambda _: None)
    rows = [{"name": f"m{place}", "low": 1.0, "mid": 2.0, "high": 3.0, "group": "measured"} for place in range(count)]
    chart.intervals(rows, "points", "text")
    assert drawn[0].height >= LINE * count + BELOW


def point(wide: float, tall: float) -> trade_off.Point:
    both = {"wide": wide, "tall": tall}
    return {"is": "front", "number": 12} | {f"{axis}{end}": at for axis, at in both.items() for end in ("", "_low", "_high")}


def test_numbers_lie_apart_on_a_phone_where_the_axis_is_logarithmic_though_its_span_is_short() -> None:
    points = [point(2_000.0, 50.0), *(point(9_000.0 + 1_000.0 * step, 50.0) for step in range(7))]
    axes = trade_off._axes("quality", "cost")
    labelled = trade_off._labelled(points, axes)
    at = [place for place, one in zip(chart.places(labelled, axes), labelled, strict=True) if one["label"]]
    assert len(at) > 2
    for place, (x, y) in enumerate(at):
        for other_x, other_y in at[:place]:
            assert abs(x - other_x) * PHONE[0] > 18 or abs(y - other_y) * PHONE[1] > 14
    as_drawn = 0.746  # ln(9 / 2) / ln(15 / 2), where (9 - 2) / (15 - 2) would be 0.54
    assert chart.places(points, axes)[1][0] == pytest.approx(as_drawn, abs=0.001)
