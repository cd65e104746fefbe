"""Charts, each with a text that says the same and a table of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from recommender import Option
from recommender_form.figures import money, number
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.words import say

LEAST_USD = 1.0  # a logarithm has no place for nothing: what is free or nearly so stands at the left edge
HEIGHT = 430
GROUPS = {"front": "#0b5cad", "unbeaten": "#0f766e", "behind": "#8a97a8"}
MEASURES = ("first_year_cost_usd", "monthly_cost_usd")
MOST_NAME = 26


@st.fragment
def trade_off(options: Sequence[Option]) -> None:
    """Quality against cost, with intervals; the frontier stands out."""
    measure = st.segmented_control(
        say("trade.measure"), MEASURES, format_func=lambda one: say(f"estimate.{one}"), key="trade.measure", required=True,
        default=MEASURES[0],
    )  # fmt: skip
    points = trade_off_points(options, str(measure))
    if not points:
        st.markdown(say("trade.nothing"))
        return
    st.markdown(say("trade.lead"))
    st.altair_chart(trade_off_chart(points, str(measure)), width="stretch", alt=trade_off_text(points))
    st.caption(trade_off_text(points))
    with st.expander(say("as_table")):
        st.table([_row(point, str(measure)) for point in points], border="horizontal", hide_index=True, alt=say("trade.title"))


def trade_off_points(options: Sequence[Option], measure: str) -> list[dict[str, Any]]:
    """What can be drawn: options whose cost and quality are known."""
    known = [one for one in options if one.estimates[measure].mid is not None and one.estimates["quality"].mid is not None]
    return [_point(option, measure, known, place) for place, option in enumerate(known, 1)]


def _point(option: Option, measure: str, among: Sequence[Option], place: int) -> dict[str, Any]:
    cost, quality = _three(option, measure), _three(option, "quality")
    group = _group(option, among)
    return {
        "number": place,
        "name": option.model.name[:MOST_NAME],
        "title": naming.full_title(option),
        "cost_low": max(cost[0], LEAST_USD),
        "cost": max(cost[1], LEAST_USD),
        "cost_high": max(cost[2], LEAST_USD),
        "quality_low": quality[0],
        "quality": quality[1],
        "quality_high": quality[2],
        "wait": naming.estimate(option, "latency_p95_ms"),
        "front": group != "behind",
        "group": say(f"trade.{group}"),
    }


def _three(option: Option, name: str) -> tuple[float, float, float]:
    """Low, mid and high; an end that is not known is drawn at the middle."""
    one = option.estimates[name]
    mid = one.mid or 0.0
    return (mid if one.low is None else one.low, mid, mid if one.high is None else one.high)


def _group(option: Option, among: Sequence[Option]) -> str:
    """Where an option stands: the engine says it of all that fit, we only of those drawn."""
    if option.on_frontier is not None:
        return "front" if option.on_frontier else "behind"
    return "behind" if any(beats(other, option) for other in among) else "unbeaten"


def beats(one: Option, other: Option) -> bool:
    """Whether an option is at least as good in quality, first-year cost and speed, and better in one."""
    pairs = [(_gain(one, name), _gain(other, name)) for name in ("quality", "first_year_cost_usd", "latency_p95_ms")]
    return all(mine >= theirs for mine, theirs in pairs) and any(mine > theirs for mine, theirs in pairs)


def _gain(option: Option, name: str) -> float:
    """More is better; what is not known beats nothing."""
    mid = option.estimates[name].mid
    if mid is None:
        return float("-inf")
    return mid if name == "quality" else -mid


def trade_off_chart(points: list[dict[str, Any]], measure: str) -> alt.LayerChart:
    """The chart itself."""
    base = alt.Chart(alt.Data(values=points))
    cost_title, quality_title = say(f"trade.{measure}"), say("trade.y")
    cost = alt.X(
        "cost:Q", scale=alt.Scale(type="log", nice=False, padding=20), title=cost_title, axis=alt.Axis(format="~s", tickCount=5)
    )
    quality = alt.Y("quality:Q", scale=alt.Scale(zero=False), title=quality_title)
    groups = [say(f"trade.{group}") for group in GROUPS]
    look = alt.Scale(domain=groups, range=[*GROUPS.values()])
    color = alt.Color(
        "group:N", scale=look, legend=alt.Legend(title=None, orient="bottom", labelLimit=300, columns=1, symbolOpacity=1)
    )
    shape = alt.Shape("group:N", scale=alt.Scale(domain=groups, range=["diamond", "square", "circle"]), legend=None)
    tooltip = [
        alt.Tooltip("title:N", title=say("alternatives.option")),
        alt.Tooltip("cost:Q", title=cost_title, format=",.0f"),
        alt.Tooltip("quality:Q", title=quality_title, format=".0f"),
        alt.Tooltip("wait:N", title=say("estimate.latency_p95_ms")),
    ]
    across = base.mark_rule(opacity=0.3).encode(x="cost_low:Q", x2="cost_high:Q", y=quality, color=color)
    upright = base.mark_rule(opacity=0.3).encode(x=cost, y="quality_low:Q", y2="quality_high:Q", color=color)
    dots = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=cost, y=quality, color=color, shape=shape, tooltip=tooltip
    )
    names = base.mark_text(align="left", dx=8, dy=-9, fontSize=12, fontWeight=600).encode(x=cost, y=quality, text="number:O")
    return alt.layer(across, upright, dots, names).properties(height=HEIGHT)


def trade_off_text(points: list[dict[str, Any]]) -> str:
    """What the chart says, in words."""
    front = [point for point in points if point["front"]] or points
    cheapest = min(points, key=lambda point: point["cost"])
    best = max(points, key=lambda point: point["quality"])
    return say(
        "trade.text",
        count=len(points),
        front=len(front),
        cheapest=cheapest["name"],
        cheapest_cost=money(cheapest["cost"]),
        best=best["name"],
        best_quality=number(best["quality"]),
    )


def _row(point: dict[str, Any], measure: str) -> dict[str, str]:
    return {
        say("trade.number"): str(point["number"]),
        say("alternatives.option"): plain(point["title"]),
        say(f"estimate.{measure}"): money(point["cost"]),
        say("estimate.quality"): number(point["quality"]),
        say("estimate.latency_p95_ms"): point["wait"],
        say("trade.group"): point["group"],
    }


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
    st.altair_chart(alt.layer(bars, marks).properties(height=max(120, 26 * len(rows))), width="stretch", alt=text)
    st.caption(text)
