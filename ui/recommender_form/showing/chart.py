"""Charts, each with a text that says the same and a table of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import streamlit as st

from recommender import Option, Recommendation
from recommender_form.figures import money, number
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.showing.tables import options_of
from recommender_form.words import say

LEAST_USD = 1.0  # a logarithm has no place for nothing: what is free or nearly so stands at the left edge
HEIGHT = 340
FRONT, BEHIND = "#0b5cad", "#8a97a8"
MOST_NAME = 26
MOST_POINTS = 14


def trade_off(answer: Recommendation) -> None:
    """Quality against first-year cost, with intervals; the frontier stands out."""
    points = trade_off_points(telling(options_of(answer)))
    if not points:
        st.markdown(say("trade.nothing"))
        return
    st.markdown(say("trade.lead"))
    st.altair_chart(trade_off_chart(points), width="stretch", alt=trade_off_text(points))
    st.caption(trade_off_text(points))
    with st.expander(say("as_table")):
        st.table([_row(point) for point in points], border="horizontal", hide_index=True, alt=say("trade.title"))


def telling(options: Sequence[Option]) -> list[Option]:
    """The best of each strategy first, then the rest of the frontier: what tells the choices apart."""
    best: dict[str, Option] = {}
    for option in options:
        best.setdefault(option.strategy.id, option)
    rest = [option for option in options if option.on_frontier and option not in best.values()]
    chosen = [*best.values(), *rest][:MOST_POINTS]
    return sorted(chosen, key=lambda option: option.rank or 0)


def trade_off_points(options: Sequence[Option]) -> list[dict[str, Any]]:
    """What can be drawn: options whose cost and quality are known."""
    found = []
    for option in options:
        cost, quality = option.estimates["first_year_cost_usd"], option.estimates["quality"]
        if cost.mid is None or quality.mid is None:
            continue
        found.append(
            {
                "name": option.model.name[:MOST_NAME],
                "title": naming.full_title(option),
                "rank": option.rank or 0,
                "cost": max(cost.mid, LEAST_USD),
                "cost_low": max(cost.low if cost.low is not None else cost.mid, LEAST_USD),
                "cost_high": max(cost.high if cost.high is not None else cost.mid, LEAST_USD),
                "quality": quality.mid,
                "quality_low": quality.low if quality.low is not None else quality.mid,
                "quality_high": quality.high if quality.high is not None else quality.mid,
                "wait": naming.estimate(option, "latency_p95_ms"),
                "front": bool(option.on_frontier),
                "group": say("trade.front") if option.on_frontier else say("trade.behind"),
            }
        )
    return found


def trade_off_chart(points: list[dict[str, Any]]) -> alt.LayerChart:
    """The chart itself."""
    base = alt.Chart(alt.Data(values=points))
    cost = alt.X(
        "cost:Q", scale=alt.Scale(type="log", nice=False), title=say("trade.x"), axis=alt.Axis(format="~s", tickCount=6)
    )
    quality = alt.Y("quality:Q", scale=alt.Scale(zero=False), title=say("trade.y"))
    groups = [say("trade.front"), say("trade.behind")]
    color = alt.Color(
        "group:N", scale=alt.Scale(domain=groups, range=[FRONT, BEHIND]), legend=alt.Legend(title=None, orient="bottom")
    )
    shape = alt.Shape("group:N", scale=alt.Scale(domain=groups, range=["diamond", "circle"]), legend=None)
    tooltip = [
        alt.Tooltip("title:N", title=say("alternatives.option")),
        alt.Tooltip("cost:Q", title=say("estimate.first_year_cost_usd"), format=",.0f"),
        alt.Tooltip("quality:Q", title=say("estimate.quality"), format=".0f"),
        alt.Tooltip("wait:N", title=say("estimate.latency_p95_ms")),
    ]
    across = base.mark_rule(opacity=0.45).encode(x="cost_low:Q", x2="cost_high:Q", y=quality, color=color)
    upright = base.mark_rule(opacity=0.45).encode(x=cost, y="quality_low:Q", y2="quality_high:Q", color=color)
    dots = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=cost, y=quality, color=color, shape=shape, tooltip=tooltip
    )
    names = base.mark_text(align="left", dx=8, dy=-8, fontSize=12).encode(x=cost, y=quality, text="rank:O")
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


def _row(point: dict[str, Any]) -> dict[str, str]:
    return {
        say("alternatives.rank"): str(point["rank"]),
        say("alternatives.option"): plain(point["title"]),
        say("estimate.first_year_cost_usd"): money(point["cost"]),
        say("estimate.quality"): number(point["quality"]),
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
