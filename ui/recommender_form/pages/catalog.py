"""Stub."""

from recommender_form import frame
from recommender_form.words import say


def show() -> None:
    frame.head(say("page.catalog"), say("page_help.catalog"))
