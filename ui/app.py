"""The form starts here: language, the visit's answers, and the page that is open."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

HOME = str(Path(__file__).parent)
if HOME not in sys.path:
    sys.path.insert(0, HOME)

from recommender_form import frame, routes
from recommender_form.asking import session


def main() -> None:
    """One run: whatever page is open, the answers given so far stay."""
    frame.begin()
    session.begin()
    opened = st.navigation(routes.pages(), position="top")
    session.follow(opened.url_path)
    opened.run()
    frame.end()


main()
