"""Where the answer tips: found points with a button each, and a slider that decides again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender import InputError, Recommendation
from recommender.explanation.conflicts import also_in_the_way
from recommender_form import deciding
from recommender_form.asking import session
from recommender_form.asking.state import with_change
from recommender_form.figures import rounded
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.words import say

SLIDERS = ("workload.requests_per_month", "latency.p95_ms", "budget.monthly_usd", "data.labelled_examples", "knowledge.tokens")
STEPS_EACH_WAY = 6
USUAL = {"latency.p95_ms": 3000.0, "budget.monthly_usd": 500.0, "data.labelled_examples": 1000.0, "knowledge.tokens": 200_000.0}


def tips(answer: Recommendation) -> None:
    """The nearest values at which another answer wins."""
    if not answer.tipping_points:
        st.markdown(say("tips.none"))
    for place, point in enumerate(answer.tipping_points):
        sentence = say(
            "tips.point",
            what=naming.requirement(point.requirement),
            before=naming.value(point.requirement, point.from_value),
            after=naming.value(point.requirement, point.to_value),
            winner=plain(naming.in_passing(point.winner)),
        )
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.markdown(sentence)
        button.button(
            say("tips.try"),
            key=f"tip.{place}",
            on_click=session.change,
            args=(point.requirement, point.to_value),
            help=say("tips.try_help", what=naming.requirement(point.requirement)),
        )


@st.fragment
def what_if(needs: dict[str, Any], answer: Recommendation) -> None:
    """A slider over one requirement that decides again, beside the answer as it stands."""
    st.markdown(f"**{say('slider.title')}**")
    path = st.selectbox(say("slider.what"), SLIDERS, format_func=naming.requirement, key="slider.path")
    start = starting_value(needs, path)
    steps = [rounded(start * 10 ** (step / 3)) for step in range(-STEPS_EACH_WAY, STEPS_EACH_WAY + 1)]
    value = st.select_slider(
        say("slider.value", what=naming.requirement(path)),
        steps,
        value=steps[STEPS_EACH_WAY],
        format_func=lambda one: naming.value(path, one),
        key=f"slider.{path}.{start:g}",
    )
    try:
        other = deciding.what_if(with_change(needs, path, value))
    except InputError as error:
        st.error("\n\n".join(plain(fault) for fault in error.faults))
        return
    _compared(path, value, answer, other)


def starting_value(needs: dict[str, Any], path: str) -> float:
    """Where the slider stands: what was stated, else what is usual."""
    found: Any = needs
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    if isinstance(found, int | float) and found > 0:
        return float(found)
    if path == "workload.requests_per_month":
        columns = deciding.catalog().columns
        task = columns.tasks.get(str(needs.get("task")))
        return task.workload.requests_per_month.mid if task else 10_000.0
    return USUAL[path]


def _compared(path: str, value: float, answer: Recommendation, other: Recommendation) -> None:
    if other.winner is None:
        st.warning(say("slider.nothing", value=naming.value(path, value)))
        return
    now = answer.winner
    changed = now is None or (now.model.id, now.strategy.id, now.deployment.place) != (
        other.winner.model.id,
        other.winner.strategy.id,
        other.winner.deployment.place,
    )
    key = "slider.changes" if changed else "slider.stays"
    st.markdown(
        say(
            key,
            value=naming.value(path, value),
            winner=plain(naming.full_title(other.winner)),
            cost=naming.invoices(other.winner),
            quality=naming.estimate(other.winner, "quality"),
        )
    )


def _conflicting(answer: Recommendation) -> str:
    """What cannot be had together, or at all; and what would have to give way beside it."""
    others = also_in_the_way(answer.binding, answer.relaxations)
    heads = (say("conflict.binding" if len(answer.binding) > 1 else "conflict.binding_alone"), say("conflict.beyond"))
    told = ((head, paths) for head, paths in zip(heads, (answer.binding, others), strict=True) if paths)
    return "\n\n".join(
        "\n".join((head, "", *(f"- {plain(naming.requirement(path))}" for path in paths))) for head, paths in told
    )


def conflict(answer: Recommendation) -> None:
    """When nothing fits: what conflicts, and the smallest changes that make something fit, each with a button."""
    if answer.winner is not None:
        return
    if answer.binding:
        st.warning(_conflicting(answer))
    if answer.relaxations:
        st.markdown(f"**{say('conflict.relax')}**")
    for place, one in enumerate(answer.relaxations):
        changes = say("and").join(
            say(
                "conflict.change",
                what=naming.requirement(change.requirement),
                before=naming.value(change.requirement, change.from_value),
                after=naming.value(change.requirement, change.to_value),
            )
            for change in one.changes
        )
        with st.container(border=True):
            st.markdown(f"{plain(changes)}  \n{say('conflict.then', winner=plain(naming.in_passing(one.winner)))}")
            wanted = tuple((change.requirement, change.to_value) for change in one.changes)
            st.button(say("conflict.apply"), key=f"relax.{place}", on_click=session.change_all, args=(wanted,))
