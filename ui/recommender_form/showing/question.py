"""The one question that would flip the answer, answered in place; the others below it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender import Recommendation
from recommender_form.asking import session
from recommender_form.asking.fields import BY_PATH
from recommender_form.asking.units import TIMES_MS
from recommender_form.figures import number
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.showing.sentences import shown
from recommender_form.words import or_plain, say


def waiting() -> None:
    """Where the question will stand, while it is looked for."""
    with st.container(border=True):
        st.markdown(f":material/hourglass_top: {say('question.looking')}")


def first(answer: Recommendation) -> None:
    """The most decisive question."""
    with st.container(border=True, key="question"):
        if not answer.open_questions:
            st.markdown(f":material/task_alt: {say('question.none')}")
            return
        question = answer.open_questions[0]
        st.markdown(f"**:material/help: {say('question.first')}: {_asked(question.requirement)}**")
        st.markdown(shown(question.why))
        _answers(question, "first")


def _asked(path: str) -> str:
    """The question in words."""
    return or_plain(f"question.ask.{path}", naming.requirement(path))


def others(answer: Recommendation) -> None:
    """The remaining questions."""
    for place, question in enumerate(answer.open_questions[1:]):
        st.markdown(f"**{_asked(question.requirement)}**  \n{shown(question.why)}")
        _answers(question, f"other{place}")


def _answers(question: Any, name: str) -> None:
    """Values that were tried, each a button; and one's own number."""
    path = question.requirement
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for place, value in enumerate(choices(question)):
            label = naming.value(path, value)
            st.button(label, key=f"{name}.{path}.{place}", on_click=session.change, args=(path, value))
        field = BY_PATH.get(path)
        is_number = path == "workload.requests_per_month" or (field and field.kind in ("number", "quantity"))
        if is_number:
            with st.popover(say("question.own")):
                key = f"{name}.{path}.own"
                unit, size = own_unit(path)
                st.number_input(
                    f"{naming.requirement(path)} ({unit})",
                    min_value=0.0,
                    value=None,
                    step=1.0,
                    format="%.10g",
                    key=key,
                )
                st.button(say("question.set"), key=f"{key}.set", on_click=_set_own, args=(path, key, size))


def choices(question: Any) -> tuple[Any, ...]:
    """What can be answered with one click: every option of a choice, else the values that were tried."""
    field = BY_PATH.get(question.requirement)
    if field and field.kind == "choice":
        return field.options
    if field and field.kind == "truth":
        return (True, False)
    return question.values


def own_unit(path: str) -> tuple[str, float]:
    """The unit in which one's own number is given, and how many of the requirement's own it holds: times as people say them."""
    if path.endswith("_ms"):
        return say("unit.seconds"), TIMES_MS["seconds"]
    if path.endswith("_usd"):
        return "USD", 1.0
    return say("unit.tokens") if path.endswith("tokens") else say("question.count"), 1.0


def _set_own(path: str, key: str, size: float) -> None:
    value = st.session_state.get(key)
    if value is not None:
        session.change(path, float(value) * size)


def pilot(answer: Recommendation) -> None:
    """The cheapest measurement that would settle the top two."""
    one = answer.pilot
    if one is None:
        return
    with st.container(border=True):
        st.markdown(f"**:material/science: {say('pilot.title', examples=number(float(one.examples)))}**")
        st.markdown(shown(one.why))
        st.markdown("\n".join(f"- {plain(naming.reference(option))}" for option in one.compare))
