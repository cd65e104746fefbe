"""A result of another tool, or of the command line: read strictly, its models named by the visitor where the catalog calls them otherwise."""

from __future__ import annotations

import datetime
import json
from typing import get_args

import streamlit as st

from recommender import InputError, TrialEvidence
from recommender.catalog.trial_files import evidence_from, refuse_days_to_come
from recommender.decision.trialled import evidence_faults
from recommender.domain.words import StrategyId, Task
from recommender.errors import Fault
from recommender.trial.imports.evidence import Named, evidence_of_runs, runs_of
from recommender.trial.imports.readers import READERS
from recommender.trial.source import Source, in_memory
from recommender_form import deciding, facts
from recommender_form.figures import number
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.trying.measuring import MOST_MEGABYTES, short
from recommender_form.words import say

OWN = "evidence"  # what `recommender trial --out` wrote
KINDS = (OWN, *READERS)
MOST_RUNS = 20
MOST_METRIC = 60


def show(task: Task) -> None:
    """Which tool, its file, and what its runs stand for."""
    st.markdown(say("trial.import_lead"))
    tool, measure = st.columns(2, vertical_alignment="bottom")
    kind = str(tool.selectbox(say("trial.kind"), KINDS, format_func=lambda one: say(f"trial.kinds.{one}"), key="trial.kind"))
    metric = measure.text_input(
        say("trial.which_metric"), max_chars=MOST_METRIC, key="trial.metric", help=say("trial.which_metric_help")
    )
    given = st.file_uploader(
        say("trial.result_file"), type=["json", "csv"], key="trial.result_file", max_upload_size=MOST_MEGABYTES
    )
    if given is None:
        return
    source = in_memory(short(given.name), given.getvalue())
    try:
        if kind == OWN:
            _offer(own_evidence(source, task))
        else:
            _runs(source, kind, task, metric.strip() or None)
    except InputError as error:
        refused(error)


def refused(error: InputError) -> None:
    """Every fault of a file, a line each."""
    st.error(say("trial.refused") + "".join(f"\n- {plain(fault)}" for fault in error.faults), icon=":material/error:")


def own_evidence(source: Source, task: Task) -> TrialEvidence:
    """The command line's own file.

    Raises:
        InputError: when it is not one, measures another task, or names a model that the catalog does not have.
    """
    try:
        with source.open() as file:
            told = json.loads(file.read())
    except (ValueError, RecursionError):
        raise InputError([Fault(source.name, "is not JSON", "give what `recommender trial --out` wrote")]) from None
    found = evidence_from(told)
    faults = evidence_faults(found, facts.catalog().columns, task)
    if faults:
        raise InputError(faults)
    refuse_days_to_come(source.name, found, datetime.date.today())
    return found


def _runs(source: Source, kind: str, task: Task, metric: str | None) -> None:
    columns = facts.catalog().columns
    found = runs_of(source, kind, task, columns, metric)
    if len(found) > MOST_RUNS:
        raise InputError([Fault(source.name, f"holds {len(found)} runs", f"export {MOST_RUNS} at most")])
    named = [_named(one, place) for place, one in enumerate(found)]
    if any(one.model is None for one in named):
        st.info(say("trial.name_models"))
        return
    told = evidence_of_runs(source, kind, task, columns, named)
    refuse_days_to_come(source.name, told, datetime.date.today())
    _offer(told)


def _named(found: Named, place: int) -> Named:
    """A run, and what the visitor says it stands for."""
    run, names = found.run, facts.model_names()
    with st.container(border=True):
        st.markdown(
            say("trial.run", name=plain(run.name), metric=plain(run.metric), value=number(run.quality, 3), examples=number(float(run.examples), 5),
                day=run.day.isoformat())
        )  # fmt: skip
        one, other = st.columns(2)
        strategies = list(get_args(StrategyId))
        first = strategies.index(found.strategy) if found.strategy in strategies else None
        key = f"trial.run.{place}.{run.name[:40]}"
        strategy = one.selectbox(
            say("strategies.strategy"), strategies, index=first, format_func=naming.strategy, key=f"{key}.strategy"
        )
        place_of_model = list(names).index(found.model) if found.model in names else None
        model = other.selectbox(
            say("trial.model"), list(names), index=place_of_model, format_func=lambda one: names[one], key=f"{key}.model",
            placeholder=say("compare.why_not_placeholder"),
        )  # fmt: skip
    return Named(run, strategy or "", model if strategy else None)


def _offer(evidence: TrialEvidence) -> None:
    st.success(say("trial.readable", count=len(evidence.results)))
    st.button(
        say("trial.put_in"),
        type="primary",
        icon=":material/input:",
        on_click=deciding.believe,
        args=(evidence,),
        key="trial.import",
    )
