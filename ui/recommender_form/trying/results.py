"""What a trial found: how much was measured, the doubts, and every candidate with its interval and its distance to the best."""

from __future__ import annotations

import streamlit as st

from recommender.trial.curve import Z80
from recommender.trial.results import Standing
from recommender_form import deciding
from recommender_form.figures import number, span
from recommender_form.markup import plain
from recommender_form.showing import naming
from recommender_form.showing.sentences import listed
from recommender_form.trying import curves
from recommender_form.trying.measuring import Measured
from recommender_form.words import say


def show(found: Measured, bar: float) -> None:
    """The whole result."""
    st.subheader(say("trial.found"), anchor=False)
    st.markdown(
        say("trial.measured_on", name=plain(found.name), held=number(float(found.held), 5), task=say(f"task.{found.task}"))
    )
    if found.held < found.total:
        st.info(say("trial.sample", held=number(float(found.held), 5), total=number(float(found.total), 7)))
    if found.doubts:
        st.warning(f"{say('trial.doubts')}\n{listed(found.doubts)}", icon=":material/warning:")
    best = found.standings[0]
    rows = [_row(one, best) for one in found.standings]
    st.table(rows, border="horizontal", hide_index=True, alt=say("trial.found"))
    st.caption(say("trial.intervals_note"))
    curves.show(found.standings, bar)
    st.button(
        say("trial.put_in"),
        type="primary",
        icon=":material/input:",
        on_click=deciding.believe,
        args=(found.evidence,),
        key="trial.put_in",
    )


def _row(one: Standing, best: Standing) -> dict[str, str]:
    found = one.measured
    value, interval, count = "", "", ""
    if found is not None:
        value = number(found.quality, 3)
        interval = span(
            max(found.quality - Z80 * found.standard_error, 0.0), min(found.quality + Z80 * found.standard_error, 100.0)
        )
        count = number(float(found.examples), 5)
    return {
        say("trial.candidate"): plain(f"{naming.strategy(one.strategy)}: {curves.model_name(one.model)}"),
        say("trial.metric"): say(f"trial.metrics.{found.metric}") if found else say("unknown"),
        say("trial.value"): value,
        say("trial.interval"): interval,
        say("trial.examples"): count,
        say("trial.against_best"): _gap(one, best),
    }


def _gap(one: Standing, best: Standing) -> str:
    """How far behind the best on the same examples, and whether that is clear."""
    if one is best:
        return say("trial.is_best")
    gap = best.lead_over(one)
    if gap is None:
        return say("unknown")
    mean, low, high = gap
    return say(
        "trial.behind" if low > 0 else "trial.not_clear",
        mean=number(abs(mean)),
        range=say("span", low=number(low), high=number(high)),
    )
