"""The learning curves of a trial: a chart with a text and a table that say the same, and how many more labels reach the bar."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from recommender.trial.curve import Z80, Curve, examples_to_reach, forecast
from recommender.trial.results import Standing
from recommender_form import facts
from recommender_form.figures import number, span
from recommender_form.markup import plain
from recommender_form.words import say

AHEAD = 4.0  # times the examples that are there
HEIGHT = 320
SEEN, FORECAST = "seen", "forecast"


def model_name(model: str) -> str:
    """A model's name in the catalog."""
    return facts.model_names().get(model, model)


def show(standings: tuple[Standing, ...], bar: float) -> None:
    """Every baseline's curve with its forecast."""
    rows = [row for one in standings if one.curve is not None for row in points(model_name(one.model), one.curve)]
    if not rows:
        return
    st.subheader(say("trial.curve"), anchor=False)
    text = " ".join(sentence(model_name(one.model), one.curve) for one in standings if one.curve is not None)
    st.altair_chart(chart(rows, bar), width="stretch", alt=text)
    st.caption(plain(text))
    for one in standings:
        if one.curve is not None:
            st.markdown(f"- {plain(to_the_bar(model_name(one.model), one.curve, bar))}")
    with st.expander(say("as_table")):
        st.table([_cells(row) for row in rows], border="horizontal", hide_index=True, alt=say("trial.curve"))


def points(name: str, curve: Curve) -> list[dict[str, Any]]:
    """What was seen, each with its 80 % interval, and what four times the examples would bring."""
    rows = [
        _point(name, SEEN, size, quality - Z80 * error, quality, quality + Z80 * error)
        for size, quality, error in zip(curve.sizes.tolist(), curve.qualities.tolist(), curve.errors.tolist(), strict=True)
    ]
    ahead = forecast(curve, AHEAD * float(curve.sizes[-1]))
    if ahead is not None:
        rows.append(_point(name, FORECAST, float(ahead.examples), ahead.low, ahead.mid, ahead.high))
    return rows


def _point(name: str, kind: str, examples: float, low: float, mid: float, high: float) -> dict[str, Any]:
    return {
        "name": name, "kind": say(f"trial.{kind}"), "examples": examples, "low": max(low, 0.0), "quality": mid, "high": min(high, 100.0)
    }  # fmt: skip


def chart(rows: list[dict[str, Any]], bar: float) -> alt.LayerChart:
    """Quality over the number of examples, doubling to the right; the bar as a broken line."""
    base = alt.Chart(alt.Data(values=rows))
    across = alt.X(
        "examples:Q",
        scale=alt.Scale(type="log", nice=False, padding=15),
        title=say("trial.training_examples"),
        axis=alt.Axis(format="~s"),
    )
    up = alt.Y("quality:Q", scale=alt.Scale(zero=False), title=say("estimate.quality"))
    color = alt.Color("name:N", legend=alt.Legend(title=None, orient="bottom", labelLimit=300))
    kinds = [say(f"trial.{kind}") for kind in (SEEN, FORECAST)]
    shape = alt.Shape(
        "kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"]), legend=alt.Legend(title=None, orient="bottom")
    )
    tooltip = [
        alt.Tooltip("name:N", title=say("trial.candidate")), alt.Tooltip("kind:N", title=say("source.basis")),
        alt.Tooltip("examples:Q", title=say("trial.training_examples"), format=",.0f"),
        alt.Tooltip("quality:Q", title=say("estimate.quality"), format=".1f"),
        alt.Tooltip("low:Q", format=".1f"), alt.Tooltip("high:Q", format=".1f"),
    ]  # fmt: skip
    ends = base.mark_rule(opacity=0.5).encode(
        x=across, y=alt.Y("low:Q", title=say("estimate.quality")), y2="high:Q", color=color
    )
    line = base.mark_line(opacity=0.7).encode(x=across, y=up, color=color)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x=across, y=up, color=color, shape=shape, tooltip=tooltip)
    level = alt.Chart(alt.Data(values=[{"bar": bar}])).mark_rule(strokeDash=[6, 4], color="#51606d").encode(y="bar:Q")
    return alt.layer(ends, line, dots, level).properties(height=HEIGHT)


def sentence(name: str, curve: Curve) -> str:
    """A curve in words."""
    first, last = float(curve.qualities[0]), float(curve.qualities[-1])
    told = say(
        "trial.curve_text", name=name, first=number(first, 3), few=number(float(curve.sizes[0]), 3), last=number(last, 3),
        many=number(float(curve.sizes[-1]), 4),
    )  # fmt: skip
    ahead = forecast(curve, AHEAD * float(curve.sizes[-1]))
    if ahead is None:
        return f"{told} {say('trial.too_few_for_a_forecast')}"
    more = say(
        "trial.ahead_text", examples=number(float(ahead.examples), 3), mid=number(ahead.mid), range=span(ahead.low, ahead.high)
    )
    return f"{told} {more}"


def to_the_bar(name: str, curve: Curve, bar: float) -> str:
    """How many more labels reach the bar, in words."""
    at, level = float(curve.sizes[-1]), number(bar)
    if curve.qualities[-1] >= bar:
        return say("trial.bar_reached", name=name, bar=level)
    few, likely, many = examples_to_reach(curve, bar) or (float("inf"),) * 3
    if likely == float("inf"):
        return say("trial.bar_out_of_reach", name=name, bar=level)
    most = number(many - at) if many < float("inf") else say("trial.never")
    range_told = say("span", low=number(max(few - at, 0.0)), high=most)
    return say("trial.bar_after", name=name, bar=level, more=number(max(likely - at, 0.0)), range=range_told)


def _cells(row: dict[str, Any]) -> dict[str, str]:
    return {
        say("trial.candidate"): plain(row["name"]),
        say("trial.training_examples"): number(row["examples"], 4),
        say("estimate.quality"): number(row["quality"], 3),
        say("trial.interval"): span(row["low"], row["high"]),
        say("source.basis"): row["kind"],
    }
