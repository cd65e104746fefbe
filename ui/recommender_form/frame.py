"""What every page has around it: title, language, and a foot that says how old the facts are."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from recommender_form import facts
from recommender_form.markup import plain
from recommender_form.words import LANGUAGES, STATE_KEY, say

LANGUAGE_PARAMETER = "lang"
LOOK = Path(__file__).parent / "look.css"
ICON = Path(__file__).parent / "icon.svg"  # a named symbol would be fetched from another server
PICKER = "language_picker"


def begin() -> None:
    """Before anything is drawn: whose language, and the browser tab."""
    if STATE_KEY not in st.session_state:
        st.session_state[STATE_KEY] = _first_language()
    st.set_page_config(page_title=say("title"), page_icon=str(ICON), layout="wide")
    st.html(LOOK)


def _first_language() -> str:
    """The address's language, else the browser's, else English."""
    named = st.query_params.get(LANGUAGE_PARAMETER)
    if named in LANGUAGES:
        return str(named)
    locale = (st.context.locale or "en").split("-")[0].lower()
    return locale if locale in LANGUAGES else "en"


def head(title: str, lead: str) -> None:
    """A page's title and its first sentence, with the switch of language beside them."""
    words, switch = st.columns([5, 1], vertical_alignment="top")
    with words:
        st.title(title, anchor=False)
        st.markdown(lead)
    with switch, st.container(horizontal_alignment="right"):
        st.session_state[PICKER] = st.session_state[STATE_KEY]
        st.selectbox(
            say("language_label"),
            list(LANGUAGES),
            format_func=lambda one: LANGUAGES[one],
            key=PICKER,
            on_change=_switch,
            filter_mode=None,
            label_visibility="collapsed",
        )


def _switch() -> None:
    chosen = st.session_state[PICKER]
    st.session_state[STATE_KEY] = chosen
    st.query_params[LANGUAGE_PARAMETER] = chosen


def end() -> None:
    """The foot of every page."""
    columns = facts.catalog().columns
    with st.container(key="foot"):
        st.divider()
        st.caption(say("foot", version=plain(columns.version), day=columns.as_of.isoformat()))
