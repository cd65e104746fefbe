"""Recommend: questions on the left, the answer on the right; the decision first, then what takes a search."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from recommender import InputError, Recommendation
from recommender_form import deciding, frame
from recommender_form.asking import panel, session
from recommender_form.markup import plain
from recommender_form.showing import exports, question, sensitivity, tables, trade_off, winner
from recommender_form.trying import effects
from recommender_form.words import say

TABS = ("strategies", "trade", "changes", "doubts", "assumed", "export")
SEARCHED = ("changes", "export")  # tabs that need the whole answer


def show() -> None:
    """The page."""
    frame.head(say("recommend.title"), say("recommend.lead"))
    if session.LINK_FAULT in st.session_state:
        _bad_link()
    else:
        _form()


@st.fragment
def _form() -> None:
    """Questions and answer. A change draws these alone anew, the answer before the questions: they have not changed."""
    session.keep()
    panel.settle_unit()
    needs = deciding.requirements()
    session.keep_address(needs)
    left, right = st.columns([4, 7], gap="large")
    with right:
        st.header(say("recommend.answer"), anchor="answer")
        decided = _decided(needs)
    with left:
        with st.container(key="jump"):
            st.markdown(f"[{say('ask.jump')}](#answer)")
        panel.show()
    if decided is not None:
        with right:
            _completed(needs, *decided)


def _bad_link() -> None:
    why, faults = st.session_state[session.LINK_FAULT]
    st.error(say(f"link.{why}") + "".join(f"\n- {plain(fault)}" for fault in faults), icon=":material/link_off:")
    st.markdown(say("link.no_answer"))
    st.button(say("link.fresh"), on_click=session.forget_link, type="primary")


Places = tuple[Recommendation, DeltaGenerator, DeltaGenerator, DeltaGenerator]


def _decided(needs: dict[str, Any]) -> Places | None:
    """The decision as soon as it stands, and where the rest will be drawn: status, question, the winner's card."""
    if not needs.get("task") and not needs.get("modalities"):
        st.info(say("recommend.say_task"))
        return None
    try:
        quick = deciding.quick(needs)
    except InputError as error:
        st.error(say("recommend.wrong") + "".join(f"\n- {plain(fault)}" for fault in error.faults), icon=":material/error:")
        return None
    state, asking, measured, card = st.empty(), st.empty(), st.container(), st.container()
    with state.container():
        winner.status(quick)
    with measured:
        effects.note(needs)
    with asking:
        question.waiting()
    with card:
        inside = winner.show(quick)
    deciding.hand_over()
    return quick, state, asking, inside or card


def _completed(
    needs: dict[str, Any], quick: Recommendation, state: DeltaGenerator, asking: DeltaGenerator, card: DeltaGenerator
) -> None:
    """What is looked at next, and what takes a search."""
    if quick.winner is not None:
        with card:
            winner.details(quick.winner)
    _tabs(needs)
    whole = deciding.whole(needs)
    with state.container():
        winner.status(whole)
    with asking.container():
        if whole.winner is not None or whole.open_questions:
            question.first(whole)
        sensitivity.conflict(whole)


@st.fragment
def _tabs(needs: dict[str, Any]) -> None:
    """Only the open tab is drawn; opening another draws nothing else anew."""
    names = [say(f"recommend.tab_{name}") for name in TABS]
    tabs = dict(zip(TABS, st.tabs(names, key="answer_tabs", on_change="rerun"), strict=True))
    opened = next((name for name, tab in tabs.items() if tab.open), TABS[0])
    with tabs[opened]:
        _tab(opened, needs, deciding.whole(needs) if opened in SEARCHED else deciding.quick(needs))


def _tab(name: str, needs: dict[str, Any], answer: Recommendation) -> None:
    """What one tab holds; only the open one is drawn."""
    if name == "strategies":
        tables.strategies(answer)
    elif name == "trade":
        trade_off.show(needs, answer)
        tables.alternatives(answer)
    elif name == "changes":
        _changes(needs, answer)
    elif name == "doubts":
        _doubts(answer)
    elif name == "assumed":
        tables.assumed(answer)
    else:
        exports.show(answer, needs)


def _changes(needs: dict[str, Any], whole: Recommendation) -> None:
    sensitivity.tips(whole)
    sensitivity.what_if(needs, whole)
    if len(whole.open_questions) > 1:
        st.markdown(f"**{say('question.others')}**")
        question.others(whole)
    question.pilot(whole)


def _doubts(answer: Recommendation) -> None:
    st.markdown(f"**{say('confirm.title')}**")
    tables.if_confirmed(answer)
    st.markdown(f"**{say('excluded.title')}**")
    tables.excluded(answer)
