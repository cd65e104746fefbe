"""The form's page: what people know first, an answer at once, then the one question that matters."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))

import form
import results
import words

from recommender import Catalog, InputError, load_catalog, recommend


@st.cache_resource
def shared_catalog() -> Catalog:
    """Facts are the same for everybody and never change while the form runs."""
    return load_catalog()


def main() -> None:
    """Ask on the left, answer on the right."""
    st.set_page_config(page_title=words.TITLE, layout="wide")
    st.title(words.TITLE)
    st.write(words.LEAD)
    left, right = st.columns([2, 3], gap="large")
    with left:
        requirements = form.asked()
    with right:
        answer(requirements)


def answer(requirements: dict[str, object]) -> None:
    """The answer first, then what takes a search."""
    try:
        quick = recommend(requirements, shared_catalog(), detail="answer", draws=100)
    except InputError as error:
        for fault in error.faults:
            st.error(str(fault))
        return
    status = st.empty()
    status.subheader(words.STATUS[quick.status])
    question = st.empty()
    results.show_winner(quick)
    with st.spinner(words.PATIENCE):
        full = recommend(requirements, shared_catalog(), draws=100)
    status.subheader(words.STATUS[full.status])
    with question:
        results.show_question(full)
    results.show_more(full)


main()
