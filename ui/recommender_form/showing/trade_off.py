"""What cannot be had at once: a chart over two criteria that the visitor chooses, the same in words and as a table."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from recommender import Option, Recommendation
from recommender.trade_offs import Frontier, Measure
from recommender_form import deciding
from recommender_form.figures import duration, money, number
from recommender_form.markup import plain
from recommender_form.showing import chart, naming
from recommender_form.words import say

CRITERIA = ("quality", "cost", "invoices", "latency", "effort", "risk", "carbon")
UP, ACROSS = "trade.up", "trade.across"
LEAST = {"cost": 1.0, "invoices": 1.0, "latency": 0.001, "carbon": 0.01}  # drawn as logarithms: what is less stands at the edge
SCALE = {"latency": 0.001}  # drawn in seconds
ESTIMATES = {
    "quality": "quality",
    "cost": "first_year_cost_usd",
    "latency": "latency_p95_ms",
    "carbon": "gco2e_per_1k_requests",
}
GROUPS = ("winner", "front", "behind")
APART = (0.08, 0.09)  # of the drawing's width and height, on a phone two digits wide and a line high
Point = dict[str, Any]


@st.fragment
def show(needs: Mapping[str, Any], answer: Recommendation) -> None:
    """The two choices, the chart, its text, its table. Found only when this is opened."""
    up, across = st.columns(2)
    tall = _choice(up, UP, CRITERIA, "quality")
    wide = _choice(across, ACROSS, tuple(name for name in CRITERIA if name != tall), "cost")
    points = points_of(deciding.trade(needs, (tall, wide)), answer, (tall, wide))
    if not points:
        st.markdown(say("trade.nothing"))
        return
    st.markdown(say("trade.lead"))
    told = text(points, tall, wide)
    groups = [say(f"trade.{group}") for group in GROUPS]
    st.altair_chart(chart.scatter(points, _axes(tall, wide), groups, say("alternatives.option")), width="stretch", alt=told)
    st.caption(told)
    with st.expander(say("as_table")):
        listed = sorted(points, key=lambda one: one["number"])
        st.table([_row(point, tall, wide) for point in listed], border="horizontal", hide_index=True, alt=say("trade.title"))


def _axes(tall: str, wide: str) -> tuple[chart.Axis, chart.Axis]:
    return chart.Axis("wide", _title(wide), wide in LEAST), chart.Axis("tall", _title(tall), tall in LEAST)


def _choice(place: Any, key: str, names: Sequence[str], usual: str) -> str:
    if st.session_state.get(key) not in names:
        st.session_state[key] = usual if usual in names else names[0]
    return str(place.selectbox(say(key), names, format_func=lambda one: say(f"trade.{one}"), key=key, filter_mode=None))


def points_of(found: Frontier, answer: Recommendation, pair: tuple[str, str]) -> list[Point]:
    """The frontier, and where the two are estimated for them, the winner and its nearest rivals behind it."""
    winner = answer.winner.id if answer.winner else ""
    front = [_point(one.option, one.measures, "winner" if one.option == winner else "front", pair) for one in found.options]
    on_it = {one.option for one in found.options}
    rest = [option for option in (answer.winner, *answer.alternatives) if option is not None and option.id not in on_it]
    behind = [
        _point(option.id, _measures(option, pair), "winner" if option.id == winner else "behind", pair) for option in rest
    ]
    points = sorted((one for one in (*front, *behind) if one is not None), key=lambda one: (one["wide"], one["title"]))
    return _labelled([{**point, "number": place} for place, point in enumerate(points, 1)], _axes(*pair))


def _measures(option: Option, pair: tuple[str, str]) -> dict[str, Measure]:
    estimates = {name: option.estimates[ESTIMATES[name]] for name in pair if name in ESTIMATES}
    return {name: Measure(low=one.low, mid=one.mid, high=one.high, unit="") for name, one in estimates.items()}


def _point(identifier: str, measures: Mapping[str, Measure], group: str, pair: tuple[str, str]) -> Point | None:
    """One option's place; None where a middle is not known."""
    found: Point = {"title": naming.reference(identifier), "group": say(f"trade.{group}"), "is": group}
    for axis, name in zip(("tall", "wide"), pair, strict=True):
        one = measures.get(name)
        if one is None or one.mid is None:
            return None
        ends = (one.mid if one.low is None else one.low, one.mid, one.mid if one.high is None else one.high)
        low, mid, high = (max(end * SCALE.get(name, 1.0), LEAST.get(name, -math.inf)) for end in ends)
        found |= {axis: mid, f"{axis}_low": low, f"{axis}_high": high, f"{axis}_said": _said(name, one.mid)}
    return found


def _labelled(points: list[Point], axes: tuple[chart.Axis, chart.Axis]) -> list[Point]:
    """Numbers and ranges only where they do not cover each other: always the winner's, which is drawn last, on top."""
    taken: list[tuple[float, float]] = []
    labels: dict[int, str] = {}
    places = chart.places(points, axes)
    for place in sorted(range(len(points)), key=lambda one: points[one]["is"] != "winner"):
        x, y = places[place]
        if all(abs(x - other_x) > APART[0] or abs(y - other_y) > APART[1] for other_x, other_y in taken):
            taken.append((x, y))
            labels[place] = str(points[place]["number"])
    found = [{**point, "label": labels.get(place, "")} for place, point in enumerate(points)]
    return sorted(found, key=lambda one: one["is"] == "winner")


def _title(name: str) -> str:
    return say(f"trade.{name}_axis")


def _said(name: str, value: float) -> str:
    if name in ("cost", "invoices"):
        return money(value)
    return duration(value) if name == "latency" else number(value)


def text(points: list[Point], tall: str, wide: str) -> str:
    """What the chart says, in words: the two ends of the frontier."""
    front = [point for point in points if point["is"] != "behind"]
    best = {axis: _best(front, axis, name) for axis, name in (("tall", tall), ("wide", wide))}
    if len(front) == 1:
        only, ends = plain(front[0]["title"]), _ends(front[0], tall, wide)
        return say("trade.text_one", tall=say(f"trade.{tall}"), wide=say(f"trade.{wide}"), name=only, ends=ends)
    return say(
        "trade.text",
        front=len(front),
        tall=say(f"trade.{tall}"),
        wide=say(f"trade.{wide}"),
        tall_name=plain(best["tall"]["title"]),
        tall_ends=_ends(best["tall"], tall, wide),
        wide_name=plain(best["wide"]["title"]),
        wide_ends=_ends(best["wide"], tall, wide),
    )


def _best(front: list[Point], axis: str, name: str) -> Point:
    sign = -1 if name == "quality" else 1
    return min(front, key=lambda point: sign * point[axis])


def _ends(point: Point, tall: str, wide: str) -> str:
    return say(
        "trade.ends",
        tall=say(f"trade.{tall}"),
        tall_said=point["tall_said"],
        wide=say(f"trade.{wide}"),
        wide_said=point["wide_said"],
    )


def _row(point: Point, tall: str, wide: str) -> dict[str, str]:
    return {
        say("trade.number"): str(point["number"]),
        say("alternatives.option"): plain(point["title"]),
        _title(wide): point["wide_said"],
        _title(tall): point["tall_said"],
        say("trade.group"): point["group"],
    }
