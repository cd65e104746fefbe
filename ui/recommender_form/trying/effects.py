"""What the visitor's measurements do to the answer: before, after, what moved, and why by so much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from recommender import InputError, Option, Recommendation, TrialEvidence
from recommender.catalog.requests import requirements_from
from recommender.trial.curve import Z80
from recommender.trial.effect import Effect, Moved
from recommender_form import deciding, routes
from recommender_form.figures import number, share, span
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.showing.sentences import listed
from recommender_form.trying.curves import model_name
from recommender_form.words import or_plain, say

MOST_REASONS = 3


def note(needs: Mapping[str, Any]) -> None:
    """On the answer: that measurements of the visitor's own are in it, or why they are not."""
    evidence = deciding.evidence()
    if evidence is None:
        return
    if evidence.task != needs.get("task"):
        st.warning(say("trial.other_task", task=say(f"task.{evidence.task}")), icon=":material/science:")
        return
    st.info(say("trial.in_the_answer", count=len(evidence.results)), icon=":material/science:")
    routes.link("trial", say("trial.see"))


def show(needs: Mapping[str, Any]) -> None:
    """The answer without and with what was put in, and how to take it out again."""
    evidence = deciding.evidence()
    if evidence is None:
        return
    with st.container(border=True, key="effect"):
        st.subheader(say("trial.effect"), anchor=False)
        if evidence.task != needs.get("task"):
            st.warning(say("trial.other_task", task=say(f"task.{evidence.task}")))
        else:
            _effect(needs, evidence)
        with st.container(horizontal=True):
            st.button(say("trial.take_out"), on_click=deciding.forget_evidence, key="trial.take_out")
            st.download_button(
                say("trial.download"), evidence.model_dump_json(indent=2) + "\n", "evidence.json", "application/json", on_click="ignore",
                icon=":material/download:",
            )  # fmt: skip
            routes.link("recommend", say("trial.see_answer"))


def _effect(needs: Mapping[str, Any], evidence: TrialEvidence) -> None:
    try:
        requirements_from(dict(needs))
        found = deciding.effect(needs, evidence)
    except InputError as error:
        st.error(say("recommend.wrong") + "".join(f"\n- {plain(fault)}" for fault in error.faults))
        return
    st.markdown(_winners(found))
    before, after = st.columns(2)
    for column, words, answer in ((before, "trial.before", found.before), (after, "trial.after", found.after)):
        column.metric(say(words), _model(answer), delta=_rest(answer), delta_color="off", delta_arrow="off", border=True)
    st.table([_row(one) for one in found.moved], border="horizontal", hide_index=True, alt=say("trial.effect"))
    st.caption(say("trial.why_so_much"))
    winner = found.after.winner
    if winner is not None and found.changes_winner:
        st.markdown(listed(winner.reasons[:MOST_REASONS]))


def _winners(found: Effect) -> str:
    if not found.changes_winner:
        return say("trial.stays") if found.after.winner else say("status.nothing_fits")
    return say("trial.changes")


def _model(answer: Recommendation) -> str:
    return answer.winner.model.name if answer.winner else say("status.nothing_fits")


def _rest(answer: Recommendation) -> str | None:
    one: Option | None = answer.winner
    if one is None:
        return None
    return f"{naming.strategy(one.strategy.id)}, {naming.where(one)}; {naming.estimate(one, 'quality')}"


def _row(one: Moved) -> dict[str, str]:
    result = one.result
    low, high = max(result.quality - Z80 * result.standard_error, 0.0), min(result.quality + Z80 * result.standard_error, 100.0)
    return {
        say("trial.candidate"): plain(f"{naming.strategy(result.strategy)}: {model_name(result.model)}"),
        say("trial.expected"): _points(one.was),
        say("trial.measured"): say("trial.measured_value", value=number(result.quality, 3), range=span(low, high)),
        say("trial.metric"): plain(or_plain(f"trial.metrics.{result.metric}", result.metric)),
        say("trial.examples"): number(float(result.examples), 5),
        say("trial.now"): _points(one.now),
        say("trial.weight"): say("unknown") if one.weight is None else share(one.weight),
    }


def _points(value: float | None) -> str:
    return say("trial.no_option") if value is None else number(value, 3)
