"""Benchmarks: which models are good at a task, how surely, and every published score behind it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender.domain.words import GRADES
from recommender_form import facts, frame
from recommender_form.figures import number
from recommender_form.markup import plain
from recommender_form.showing import chart
from recommender_form.showing.sentences import shown
from recommender_form.words import say, under

TASK, MODELS, PREDICTED, ONE = "bench.task", "bench.models", "bench.predicted", "bench.one"
MOST_SHOWN = 20
MOST_IN_GRID = 8


def show() -> None:
    """The page."""
    frame.head(say("benchmarks.title"), say("benchmarks.lead"))
    for key, first in ((TASK, st.session_state.get("ask.task") or "chat"), (MODELS, []), (PREDICTED, False)):
        st.session_state[key] = st.session_state.get(key) or first
    choose, models = st.columns([2, 3], vertical_alignment="bottom")
    task = choose.selectbox(say("benchmarks.task"), under("task"), format_func=lambda one: say(f"task.{one}"), key=TASK)
    names = facts.model_names()
    picked = models.multiselect(
        say("benchmarks.models"), list(names), format_func=lambda one: names.get(one, one), key=MODELS,
        placeholder=say("catalog.any"), help=say("benchmarks.models_help"),
    )  # fmt: skip
    st.toggle(say("benchmarks.known"), key=PREDICTED)
    _mix(task)
    found = known_quality(task, tuple(picked), with_predicted=st.session_state[PREDICTED] or bool(picked))
    if found:
        st.subheader(say("benchmarks.best"), anchor=False)
        _chart(found)
        _grid(task, [row["id"] for row in found[:MOST_IN_GRID]])
    else:
        st.info(say("benchmarks.no_mix"))
    _one(task)


def mix_of(task: str) -> dict[str, float]:
    """Which benchmarks a task's scale is read from, with their weights."""
    tasks = facts.library().calibration.get("quality", {}).get("tasks", {})
    return dict(tasks.get(task, {}).get("benchmarks") or {})


def _mix(task: str) -> None:
    mix = mix_of(task)
    tables = facts.benchmarks()
    if not mix:
        return
    st.markdown(say("benchmarks.scale", scale=shown(facts.catalog().columns.tasks[task].levels.scale)))
    rows = [
        {
            say("benchmarks.benchmark"): plain(tables[name].name),
            say("benchmarks.weight"): f"{weight * 100:.0f} %" if weight else say("benchmarks.stands_in"),
            say("benchmarks.measures"): plain(tables[name].measures),
            say("benchmarks.by"): say("benchmarks.vendor")
            if tables[name].is_vendor_reported
            else say("benchmarks.third_party"),
            say("benchmarks.noise"): number(tables[name].noise_floor),
            say("card.date"): tables[name].retrieved.isoformat(),
        }
        for name, weight in mix.items()
        if name in tables
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=say("benchmarks.title"))


def known_quality(task: str, picked: tuple[str, ...], *, with_predicted: bool) -> list[dict[str, Any]]:
    """Models with a known quality at a task, best first; all of those picked."""
    columns = facts.catalog().columns
    row, quality = tuple(columns.tasks).index(task), columns.quality
    found = []
    for place, name in enumerate(columns.models.ids):
        mid = float(quality.mid[row, place])
        grade = GRADES[int(quality.grades[row, place])]
        if mid != mid or (picked and name not in picked) or (grade == "predicted" and not with_predicted):
            continue  # NaN is unknown
        found.append(
            {
                "id": name,
                "name": columns.models.names[place],
                "low": float(quality.low[row, place]),
                "mid": mid,
                "high": float(quality.high[row, place]),
                "grade": grade,
                "group": say(f"grade.{grade}"),
                "sources": quality.sources[row][place],
            }
        )
    return sorted(found, key=lambda one: -one["mid"])[: None if picked else MOST_SHOWN]


def _chart(found: list[dict[str, Any]]) -> None:
    text = say(
        "benchmarks.text",
        count=len(found),
        low=number(found[-1]["mid"]),
        high=number(found[0]["mid"]),
        best=found[0]["name"],
        best_value=number(found[0]["mid"]),
        measured=sum(row["grade"] == "measured" for row in found),
    )
    chart.intervals(found, say("benchmarks.unit_of"), text)
    with st.expander(say("as_table")):
        rows = [
            {
                say("catalog.name"): plain(row["name"]),
                say("estimate.quality"): number(row["mid"]),
                say("source.range"): say("span", low=number(row["low"]), high=number(row["high"])),
                say("compare.grade"): row["group"],
                say("source.sources"): plain(row["sources"]),
            }
            for row in found
        ]
        st.table(rows, border="horizontal", hide_index=True, alt=say("benchmarks.best"))


def _grid(task: str, models: list[str]) -> None:
    """Published scores of the shown models on the task's benchmarks; empty where there is none."""
    tables = facts.benchmarks()
    names = facts.model_names()
    rows = [grid_row(tables[name], models, names) for name in mix_of(task) if name in tables]
    if rows:
        st.subheader(say("benchmarks.grid"), anchor=False)
        st.dataframe(rows, placeholder="", hide_index=True, alt=say("benchmarks.grid"))


def grid_row(table: Any, models: list[str], names: dict[str, str]) -> dict[str, Any]:
    """One benchmark: the best score of each model over its variants, in the benchmark's own unit."""
    best: dict[str, float] = {}
    for score in table.scores:  # best first
        best.setdefault(score.model, score.value)
    return {say("benchmarks.benchmark"): table.name, **{names[model]: best.get(model) for model in models}}


def _one(task: str) -> None:
    st.subheader(say("benchmarks.one"), anchor=False)
    tables = facts.benchmarks()
    first = next((name for name in mix_of(task) if name in tables), next(iter(tables)))
    st.session_state[ONE] = st.session_state.get(ONE) or first
    chosen = st.selectbox(say("benchmarks.pick"), list(tables), format_func=lambda one: tables[one].name, key=ONE)
    table = tables[chosen]
    direction = say("benchmarks.higher") if table.higher_is_better else say("benchmarks.lower")
    st.markdown(
        say(
            "benchmarks.about",
            measures=plain(table.measures),
            unit=plain(table.unit),
            direction=direction,
            noise=number(table.noise_floor),
            source=plain(table.source),
            licence=plain(table.licence),
            day=table.retrieved.isoformat(),
        )
    )
    if table.url and table.url.startswith("https://"):
        st.link_button(say("benchmarks.source_page"), table.url)
    names = facts.model_names()
    rows = [
        {
            say("catalog.name"): names.get(score.model, score.model),
            say("benchmarks.variant"): score.variant,
            say("benchmarks.score"): score.value,
            say("card.date"): score.day,
        }
        for score in table.scores
    ]
    st.dataframe(rows, placeholder="", hide_index=True, alt=plain(table.name)) if rows else st.info(say("benchmarks.none"))
