"""This visitor's answers: begun, kept across pages, replaced by a template, a link, a file or a change proposed by the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from recommender_form import deciding
from recommender_form.asking import sharing, state
from recommender_form.asking.fields import FREE_TEXT

LINK_FAULT = "link_fault"
IS_SHARED = "is_shared"
ADDRESS, SAYS, PAGE = "address", "address_says", "page_before"


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


def follow(page: str) -> None:
    """On each whole run: the browser's Back and Forward bring an address of before, and its answers with it. Parts of a page that
    are drawn anew say nothing of that: their address may be older than what was just answered.

    Args:
        page: the open page's path; only the first one's address holds answers.
    """
    before, st.session_state[PAGE] = st.session_state.get(PAGE), page
    if page or st.query_params.get(sharing.PARAMETER) == st.session_state.get(ADDRESS):
        return
    if sharing.PARAMETER in st.query_params:
        _open_link()
    elif before == page:  # from before a link was made
        _forget_address()


def _forget_address() -> None:
    for key in (LINK_FAULT, ADDRESS, SAYS):
        st.session_state.pop(key, None)
    st.session_state[IS_SHARED] = False


def _open_link() -> None:
    text = st.query_params.get(sharing.PARAMETER)
    if text is None:
        return
    _forget_address()
    st.session_state[ADDRESS] = text
    try:
        load(_with_free_text(sharing.requirements_in_link(text)))
        st.session_state[IS_SHARED] = True
    except sharing.BadLink as fault:
        st.session_state[LINK_FAULT] = (fault.why, fault.faults)


def _with_free_text(requirements: dict[str, Any]) -> dict[str, Any]:
    """With the visitor's own words, which no link holds, where what they are about is still there."""
    own = deciding.requirements()
    for path in FREE_TEXT:
        *folder, last = path.split(".")
        told = own.get(folder[0], {}) if folder else own
        if told.get(last) and (not folder or folder[0] in requirements):
            requirements = state.with_change(requirements, path, told[last])
    return requirements


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
    _forget_address()
    st.query_params.clear()
    load({"task": "chat"})


def keep_address(requirements: Mapping[str, Any]) -> None:
    """Once a link was opened or made, the address follows the form, so that it never stands for another question. The link that was
    opened stays as it was written until an answer changes: Back would else lead to the same question twice."""
    if not st.session_state.get(IS_SHARED):
        return
    text = sharing.link_text(requirements)
    if text != st.session_state.setdefault(SAYS, text) or sharing.PARAMETER not in st.query_params:
        st.query_params[sharing.PARAMETER] = st.session_state[ADDRESS] = st.session_state[SAYS] = text
