"""Charts, each with a text that says the same and a table of its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import streamlit as st

from recommender_form.words import say

HEIGHT = 520
ROW, BELOW = 26, 130  # pixels of one bar with its name, and of the axis, its title and the legend below all of them
COLORS, SHAPES = ["#c2570c", "#0b5cad", "#8a97a8"], ["diamond", "square", "circle"]


@dataclass(frozen=True)
class Axis:
    """One axis: the points' field of that name (with `_low`, `_high`, `_said`), its title, whether it is logarithmic."""

    name: str
    title: str
    is_log: bool


def scatter(points: Sequence[dict[str, Any]], axes: tuple[Axis, Axis], groups: list[str], of: str) -> alt.LayerChart:
    """Points coloured and shaped by group; those with a `label` carry it, and their intervals."""
    base = alt.Chart(alt.Data(values=list(points)))
    ranged = alt.Chart(alt.Data(values=[one for one in points if one["label"]]))
    wide, tall = axes
    x, y = alt.X(f"{wide.name}:Q", **_channel(wide)), alt.Y(f"{tall.name}:Q", **_channel(tall))
    legend = alt.Legend(title=None, orient="bottom", labelLimit=320, columns=1, symbolOpacity=1)
    color = alt.Color("group:N", scale=alt.Scale(domain=groups, range=COLORS), legend=legend)
    shape = alt.Shape("group:N", scale=alt.Scale(domain=groups, range=SHAPES), legend=None)
    tooltip = [alt.Tooltip("title:N", title=of), *(alt.Tooltip(f"{one.name}_said:N", title=one.title) for one in axes)]
    across = ranged.mark_rule(opacity=0.4).encode(
        x=alt.X(f"{wide.name}_low:Q", **_channel(wide)), x2=f"{wide.name}_high:Q", y=y, color=color
    )
    upright = ranged.mark_rule(opacity=0.4).encode(
        x=x, y=alt.Y(f"{tall.name}_low:Q", **_channel(tall)), y2=f"{tall.name}_high:Q", color=color
    )
    dots = base.mark_point(filled=True, size=130, opacity=1).encode(x=x, y=y, color=color, shape=shape, tooltip=tooltip)
    names = base.mark_text(align="left", dx=8, dy=-9, fontSize=12, fontWeight=600).encode(x=x, y=y, text="label:N")
    return alt.layer(across, upright, dots, names).properties(height=HEIGHT)


def _channel(axis: Axis) -> dict[str, Any]:
    if axis.is_log:
        return {
            "title": axis.title,
            "scale": alt.Scale(type="log", nice=False, padding=20),
            "axis": alt.Axis(format="~s", tickCount=5),
        }
    return {"title": axis.title, "scale": alt.Scale(zero=False, padding=20), "axis": alt.Axis(tickCount=6)}


def places(points: Sequence[dict[str, Any]], axes: tuple[Axis, Axis]) -> list[tuple[float, float]]:
    """Roughly where each point lies in the drawing, from 0 to 1 each way: over the intervals' ends."""
    columns = [
        _spread([(point[f"{axis.name}_low"], point[axis.name], point[f"{axis.name}_high"]) for point in points], axis)
        for axis in axes
    ]
    return list(zip(*columns, strict=True))


def _spread(values: Sequence[tuple[float, float, float]], axis: Axis) -> list[float]:
    low, high = min(one[0] for one in values), max(one[2] for one in values)
    turned: Callable[[float], float] = math.log if axis.is_log else float
    start, end = turned(low), turned(high)
    return [(turned(one[1]) - start) / (end - start or 1.0) for one in values]


def intervals(rows: list[dict[str, Any]], unit: str, text: str) -> None:
    """Bars from low to high with a mark in the middle: names, `low`, `mid`, `high` and a `group`."""
    base = alt.Chart(alt.Data(values=rows))
    name = alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=alt.Axis(labelLimit=190, labelOverlap=False))
    color = alt.Color("group:N", legend=alt.Legend(title=None, orient="bottom"))
    scale = alt.Scale(zero=False)
    bars = base.mark_rule(strokeWidth=6, opacity=0.4, strokeCap="round").encode(
        x=alt.X("low:Q", title=unit, scale=scale, axis=alt.Axis(tickCount=8, format=".0f")), x2="high:Q", y=name, color=color
    )
    marks = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=alt.X("mid:Q", scale=scale),
        y=name,
        color=color,
        tooltip=[
            alt.Tooltip("name:N", title=say("catalog.name")),
            alt.Tooltip("low:Q", format=".1f"),
            alt.Tooltip("mid:Q", format=".1f"),
            alt.Tooltip("high:Q", format=".1f"),
            alt.Tooltip("group:N", title=say("source.basis")),
        ],
    )
    st.altair_chart(alt.layer(bars, marks).properties(height=ROW * len(rows) + BELOW), width="stretch", alt=text)
    st.caption(text)
