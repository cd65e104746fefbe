"""The pages and their addresses, so that any page can lead to any other."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from recommender_form.words import say

ICONS = {
    "recommend": ":material/recommend:",
    "compare": ":material/compare_arrows:",
    "trial": ":material/science:",
    "catalog": ":material/inventory_2:",
    "model": ":material/badge:",
    "benchmarks": ":material/leaderboard:",
    "explain": ":material/school:",
    "decides": ":material/schema:",
}
HIDDEN = ("model",)


def module(name: str) -> Any:
    """The module of a page; imported late, since pages lead to each other."""
    return import_module(f"recommender_form.pages.{name}")


def page(name: str) -> StreamlitPage:
    """One page; made anew in each run, the same by its address."""
    return st.Page(
        module(name).show,
        title=say(f"page.{name}"),
        icon=ICONS[name],
        url_path="" if name == "recommend" else name,
        default=name == "recommend",
        visibility="hidden" if name in HIDDEN else "visible",
        help=say(f"page_help.{name}"),
    )


def pages() -> list[StreamlitPage]:
    """Every page, in the order of the menu."""
    return [page(name) for name in ICONS]


def link(name: str, label: str, **parameters: Any) -> None:
    """A link to a page."""
    st.page_link(page(name), label=label, icon=ICONS[name], query_params=parameters or None)
