"""Recommend: questions on the left, the answer on the right; the decision first, then what takes a search."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender import InputError, Recommendation
from recommender_form import deciding, frame
from recommender_form.asking import panel, session
from recommender_form.markup import plain
from recommender_form.showing import chart, exports, question, sensitivity, tables, winner
from recommender_form.trying import effects
from recommender_form.words import say

TABS = ("strategies", "trade", "changes", "doubts", "assumed", "export")
SEARCHED = ("changes", "export")  # tabs that need the whole answer


def show() -> None:
    """The page."""
    frame.head(say("recommend.title"), say("recommend.lead"))
    if session.LINK_FAULT in st.session_state:
        _bad_link()
        return
    left, right = st.columns([4, 7], gap="large")
    with left:
        with st.container(key="jump"):
            st.markdown(f"[{say('ask.jump')}](#answer)")
        panel.show()
    needs = deciding.requirements()
    session.keep_address(needs)
    with right:
        st.header(say("recommend.answer"), anchor="answer")
        _answer(needs)


def _bad_link() -> None:
    why, faults = st.session_state[session.LINK_FAULT]
    st.error(say(f"link.{why}") + "".join(f"\n- {plain(fault)}" for fault in faults), icon=":material/link_off:")
    st.markdown(say("link.no_answer"))
    st.button(say("link.fresh"), on_click=session.forget_link, type="primary")


def _answer(needs: dict[str, Any]) -> None:
    if not needs.get("task") and not needs.get("modalities"):
        st.info(say("recommend.say_task"))
        return
    try:
        quick = deciding.quick(needs)
    except InputError as error:
        st.error(say("recommend.wrong") + "".join(f"\n- {plain(fault)}" for fault in error.faults), icon=":material/error:")
        return
    state, asking = st.empty(), st.empty()
    with state.container():
        winner.status(quick)
    effects.note(needs)
    with asking:
        question.waiting()
    winner.show(quick)
    tabs = dict(
        zip(TABS, st.tabs([say(f"recommend.tab_{name}") for name in TABS], key="answer_tabs", on_change="rerun"), strict=True)
    )
    opened = next((name for name, tab in tabs.items() if tab.open), TABS[0])
    if opened not in SEARCHED:
        with tabs[opened]:
            _tab(opened, needs, quick)
    whole = deciding.whole(needs)
    with state.container():
        winner.status(whole)
    with asking.container():
        question.first(whole) if whole.winner is not None else sensitivity.conflict(whole)
    if opened in SEARCHED:
        with tabs[opened]:
            _tab(opened, needs, whole)


def _tab(name: str, needs: dict[str, Any], answer: Recommendation) -> None:
    """What one tab holds; only the open one is drawn."""
    if name == "strategies":
        tables.strategies(answer)
    elif name == "trade":
        chart.trade_off(deciding.best_of_strategies(needs))
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
