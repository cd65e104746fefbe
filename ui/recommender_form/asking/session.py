"""This visitor's answers: begun, kept across pages, replaced by a template, a link, a file or a change proposed by the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from recommender_form import deciding
from recommender_form.asking import sharing, state

LINK_FAULT = "link_fault"
IS_SHARED = "is_shared"


def begin() -> None:
    """On the first run of a visit: an empty form, or what the link says."""
    if "begun" not in st.session_state:
        st.session_state["begun"] = True
        load({"task": "chat"})
        _open_link()
    keep()


def keep() -> None:
    """A widget's value is forgotten while it is not drawn, unless touched: on another page, under a folded theme."""
    for key in [key for key in st.session_state if isinstance(key, str) and key.startswith("ask.")]:
        st.session_state[key] = st.session_state[key]


def _open_link() -> None:
    text = st.query_params.get(sharing.PARAMETER)
    if text is None:
        return
    try:
        load(sharing.requirements_in_link(text))
        st.session_state[IS_SHARED] = True
    except sharing.BadLink as fault:
        st.session_state[LINK_FAULT] = (fault.why, fault.faults)


def load(requirements: Mapping[str, Any]) -> None:
    """Put requirements into the form; every other question is emptied."""
    for key, value in state.state_of(requirements).items():
        st.session_state[key] = value


def change(path: str, value: Any) -> None:
    """Set one requirement, as if it had been answered in the form."""
    load(state.with_change(deciding.requirements(), path, value))


def change_all(changes: tuple[tuple[str, Any], ...]) -> None:
    """Set several requirements at once."""
    needs = deciding.requirements()
    for path, value in changes:
        needs = state.with_change(needs, path, value)
    load(needs)


def forget_link() -> None:
    """Start with an empty form in place of a link that says nothing."""
    st.session_state.pop(LINK_FAULT, None)
    st.session_state[IS_SHARED] = False
    st.query_params.clear()
    load({"task": "chat"})


def keep_address(requirements: Mapping[str, Any]) -> None:
    """Once a link was opened or made, the address follows the form, so that it never stands for another question."""
    if st.session_state.get(IS_SHARED):
        text = sharing.link_text(requirements)
        if st.query_params.get(sharing.PARAMETER) != text:
            st.query_params[sharing.PARAMETER] = text
