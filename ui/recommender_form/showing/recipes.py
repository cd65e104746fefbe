"""The recipe of an option as one file to take along: made in memory when it is asked for."""

from __future__ import annotations

import streamlit as st

from recommender import Option
from recommender.catalog.requests import requirements_from
from recommender.recipes.values import slug
from recommender.recipes.writing import packed, recipe
from recommender_form import deciding, facts
from recommender_form.words import say


def show(option: Option) -> None:
    """The button; the same files as `recommender recipe` writes for the same requirements."""
    needs, catalog, name = deciding.requirements(), deciding.catalog(), option.id
    folder = f"recipe-{slug(option)}"

    def make() -> bytes:
        return packed(recipe(requirements_from(dict(needs)), name, catalog, facts.library()), folder)

    st.markdown(f"**{say('recipe.title')}**")
    st.caption(say("recipe.note"))
    st.download_button(
        say("recipe.download"),
        make,
        f"{folder}.zip",
        "application/zip",
        on_click="ignore",
        icon=":material/folder_zip:",
        key="recipe",
    )
