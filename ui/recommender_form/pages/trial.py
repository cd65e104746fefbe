"""Try it: one's own examples measured at once, results of other tools read, and what both do to the answer."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender import InputError, MissingExtra
from recommender.domain.words import Task
from recommender_form import deciding, facts, frame
from recommender_form.asking import session, state
from recommender_form.markup import plain
from recommender_form.trying import effects, importing, measuring, results
from recommender_form.words import say, under

FILE, LAST, DONE = "trial.file", "trial_last", "trial_done"
KINDS = ("csv", "jsonl", "ndjson", "parquet")
TABS = ("own", "import", "endpoint")
COMMAND = (
    "recommender trial requirements.yaml examples.csv --endpoint https://ADDRESS/v1 --cap 2.50 \\\n"
    "    --candidate zero_shot/LAB/MODEL --candidate few_shot/LAB/MODEL --out evidence.json"
)


def show() -> None:
    """The page."""
    frame.head(say("trial.title"), say("trial.lead"))
    st.selectbox(
        say("ask.task.label"), under("task"), index=None, format_func=lambda task: say(f"task.{task}"),
        placeholder=say("ask.task.placeholder"), key=state.TASK,
    )  # fmt: skip
    needs = deciding.requirements()
    session.keep_address(needs)
    task = st.session_state.get(state.TASK)
    if task is None:
        st.info(say("trial.say_task"))
        return
    effects.show(needs)
    tabs = dict(zip(TABS, st.tabs([say(f"trial.tab_{one}") for one in TABS], key="trial_tabs", on_change="rerun"), strict=True))
    opened = next((name for name, tab in tabs.items() if tab.open), TABS[0])
    with tabs[opened]:
        if opened == "own":
            _own(task, bar_of(needs, task))
        elif opened == "import":
            importing.show(task)
        else:
            _endpoint()


def bar_of(needs: dict[str, Any], task: str) -> float:
    """The bar asked for in words, else what is good for the task. [points of 100]"""
    asked = (needs.get("quality") or {}).get("bar")
    levels = facts.catalog().columns.tasks[task].levels
    return float(getattr(levels, asked if isinstance(asked, str) else "good"))


def _own(task: Task, bar: float) -> None:
    st.markdown(say("trial.own_lead"))
    with st.expander(say("trial.how")):
        st.markdown(say("trial.how_text"))
        st.code("input,expected\nWhere is my parcel?,delivery\nI was charged twice,billing\n", language=None)
    given = st.file_uploader(
        say("trial.file"), type=list(KINDS), key=FILE, max_upload_size=measuring.MOST_MEGABYTES, help=say("trial.file_help")
    )
    if given is not None:
        _measure(given, task)
    last: measuring.Measured | None = st.session_state.get(LAST)
    if last is not None and last.task == task:
        results.show(last, bar)


def _measure(given: Any, task: Task) -> None:
    """Once per file and task; what went wrong is said on every run."""
    key = (given.file_id, task)
    if st.session_state.get(DONE) == key:
        return
    st.session_state.pop(LAST, None)
    try:
        with st.spinner(say("trial.measuring")):
            st.session_state[LAST] = measuring.measured(given.name, given.getvalue(), task)
        st.session_state[DONE] = key
    except measuring.NoBaseline as no:
        st.info(say(f"trial.no_baseline.{no.why}"))
    except InputError as error:
        importing.refused(error)
    except MissingExtra as missing:
        st.error(plain(missing))


def _endpoint() -> None:
    st.markdown(say("trial.endpoint_lead"))
    st.code(COMMAND, language=None, wrap_lines=True)
    st.markdown(say("trial.endpoint_rest"))
