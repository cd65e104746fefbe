"""Explain: the words of the field on short pages, each with what it means for cost, privacy and effort."""

from __future__ import annotations

import streamlit as st

from recommender_form import deciding, frame, routes
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.showing.sentences import shown
from recommender_form.words import say, under

PICKED = "explain_topic"
COLUMNS = ("thing", "cost", "privacy", "effort")


def show() -> None:
    """The page."""
    frame.head(say("explain.title"), say("explain.lead"))
    topics = under("topic")
    _begin_with_the_address(topics)
    topic = st.segmented_control(
        say("explain.pick"),
        topics,
        format_func=lambda one: say(f"topic.{one}.title"),
        key=PICKED,
        required=True,
        on_change=_followed,
    )
    _topic(str(topic))
    if topic == "strategies":
        _strategies()
    routes.link("recommend", say("explain.try"))


def _begin_with_the_address(topics: tuple[str, ...]) -> None:
    """A link names its topic; after that the visitor chooses."""
    asked = st.query_params.get("topic")
    if asked in topics and st.session_state.get("explain_asked") != asked:
        st.session_state[PICKED] = asked
    st.session_state["explain_asked"] = asked
    if st.session_state.get(PICKED) not in topics:
        st.session_state[PICKED] = topics[0]


def _followed() -> None:
    """The address follows the choice."""
    st.query_params["topic"] = st.session_state[PICKED]
    st.session_state["explain_asked"] = st.session_state[PICKED]


def _topic(topic: str) -> None:
    st.header(say(f"topic.{topic}.title"), anchor=False)
    st.markdown(f"*{say(f'topic.{topic}.short')}*")
    st.markdown(say(f"topic.{topic}.body"))
    st.subheader(say("explain.means"), anchor=False)
    rows = [
        {say(f"explain.column.{column}"): say(f"topic.{topic}.rows.{row}.{column}") for column in COLUMNS}
        for row in under(f"topic.{topic}.rows")
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=say("explain.means"))
    st.info(f"**{say('explain.rule')}:** {say(f'topic.{topic}.rule')}", icon=":material/lightbulb:")


def _strategies() -> None:
    """The catalog's own words on every strategy."""
    st.subheader(say("explain.strategies"), anchor=False)
    rows = [
        {
            say("explain.strategy.name"): plain(naming.strategy(one.id)),
            say("explain.strategy.what"): shown(one.what),
            say("explain.strategy.shines"): shown(one.shines),
            say("explain.strategy.avoid"): shown(one.avoid),
        }
        for one in deciding.catalog().columns.strategies
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=say("explain.strategies"))
