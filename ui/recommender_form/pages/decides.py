"""How it decides: the method step by step, the weights, assumptions that can be changed for this visit, errors, the catalog's age."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from recommender.domain.method import Assumption
from recommender_form import deciding, facts, frame, routes
from recommender_form.figures import number
from recommender_form.markup import plain
from recommender_form.showing.sentences import shown
from recommender_form.showing.tables import assumption_name
from recommender_form.words import or_plain, say, under

CRITERIA = ("quality", "cost", "latency", "effort", "risk", "carbon")
TABS = ("method", "assumptions", "errors", "age")
EDITOR = "assumptions_editor"


def show() -> None:
    """The page."""
    frame.head(say("decides.title"), say("decides.lead"))
    tabs = dict(
        zip(TABS, st.tabs([say(f"decides.tab_{tab}") for tab in TABS], key="decides_tabs", on_change="rerun"), strict=True)
    )
    opened = next((tab for tab, place in tabs.items() if place.open), TABS[0])
    with tabs[opened]:
        {"method": _method, "assumptions": _assumptions, "errors": _errors, "age": _age}[opened]()


def _method() -> None:
    for place, step in enumerate(under("decides.steps"), 1):
        st.markdown(f"**{place}. {say(f'decides.steps.{step}.title')}** {say(f'decides.steps.{step}.text')}")
    st.subheader(say("decides.weights"), anchor=False)
    st.markdown(say("decides.weights_note"))
    rows = [
        {
            say("decides.profile"): or_plain(f"ask.preferences.options.{name}", name),
            **{say(f"criterion.{one}"): f"{getattr(profile, one) * 100:.0f} %" for one in CRITERIA},
        }
        for name, profile in facts.catalog().columns.profiles.items()
    ]
    st.table(rows, border="horizontal", hide_index=True, alt=say("decides.weights"))
    st.subheader(say("decides.rules"), anchor=False)
    st.markdown(say("decides.rules_note"))
    rules = [
        {say("decides.rule"): shown(rule.because), say("decides.if_unknown"): say(f"decides.unknown.{rule.unknown}")}
        for rule in facts.catalog().columns.rules
    ]
    st.table(rules, border="horizontal", hide_index=True, alt=say("decides.rules"))


def _assumptions() -> None:
    """The table of assumptions; a changed middle value holds for this visit."""
    st.markdown(say("decides.assumptions_note"))
    known = facts.catalog().columns.assumptions
    middles: dict[str, float] = st.session_state.get(deciding.MIDDLES) or {}
    if middles:
        st.info(say("decides.changed", count=len(middles), names=plain(", ".join(map(assumption_name, middles)))))
        with st.container(horizontal=True):
            st.button(say("decides.reset"), on_click=_reset, key="reset_assumptions")
            routes.link("recommend", say("decides.see"))
    edited = st.data_editor(
        table_of(known, middles),
        hide_index=True,
        disabled=["name", "low", "high", "unit", "status", "why", "source"],
        column_config=_columns(),
        height=560,
        key=f"{EDITOR}.{len(middles)}.{hash(tuple(sorted(middles.items())))}",
        alt=say("decides.tab_assumptions"),
    )
    found = changed_middles(known, dict(zip(known, edited["mid"], strict=True)))
    if found != middles:
        st.session_state[deciding.MIDDLES] = found
        st.rerun()


def table_of(known: dict[str, Assumption], middles: dict[str, float]) -> pd.DataFrame:
    """Every assumption as a row, with the values of this visit."""
    return pd.DataFrame(
        [
            {
                "name": assumption_name(name),
                "mid": float(middles.get(name, one.mid)),
                "low": float(one.low),
                "high": float(one.high),
                "unit": one.unit,
                "status": say(f"decides.statuses.{one.status}"),
                "why": one.why,
                "source": f"{one.reference.title} ({one.reference.retrieved.isoformat()})",
            }
            for name, one in known.items()
        ]
    )


def changed_middles(known: dict[str, Assumption], edited: dict[str, Any]) -> dict[str, float]:
    """Values that differ from the catalog's; an emptied cell means the catalog's own."""
    found = {name: float(value) for name, value in edited.items() if value is not None and value == value}  # NaN: emptied
    return {name: value for name, value in found.items() if value >= 0 and value != float(known[name].mid)}


def _reset() -> None:
    st.session_state[deciding.MIDDLES] = {}


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "name": config.TextColumn(say("decides.column.name"), pinned=True),
        "mid": config.NumberColumn(say("decides.column.mid"), min_value=0.0, format="%.6g"),
        "low": config.NumberColumn(say("decides.column.low"), format="%.6g"),
        "high": config.NumberColumn(say("decides.column.high"), format="%.6g"),
        "unit": config.TextColumn(say("decides.column.unit")),
        "status": config.TextColumn(say("decides.column.status")),
        "why": config.TextColumn(say("decides.column.why"), width="large"),
        "source": config.TextColumn(say("decides.column.source")),
    }


def _errors() -> None:
    """What was held out when fitting, and how far off the estimates were."""
    st.markdown(say("decides.errors_note"))
    calibration = facts.library().calibration
    rows = []
    for name, check in calibration.get("quality", {}).get("checks", {}).items():
        rows.append(
            {
                say("decides.check"): or_plain(f"decides.checks.{name}", name),
                say("decides.count"): number(float(check["scores"]), 4),
                say("decides.error"): say("decides.of_spread", value=number(float(check["error"]))),
                say("decides.naive"): say("decides.of_spread", value=number(float(check["error_of_mean"]))),
                say("decides.coverage"): f"{float(check['coverage']) * 100:.0f} %",
            }
        )
    if rows:
        st.subheader(say("decides.quality_errors"), anchor=False)
        st.table(rows, border="horizontal", hide_index=True, alt=say("decides.quality_errors"))
    _strategy_errors(calibration.get("strategy", {}).get("checks", {}))
    st.markdown(say("decides.errors_more"))


def _strategy_errors(checks: dict[str, Any]) -> None:
    rows = [
        {
            say("decides.check"): or_plain(f"decides.checks.{name}", name),
            say("decides.figure"): or_plain(f"decides.figures.{figure}", figure),
            say("source.value"): number(float(value), 3),
        }
        for name, check in checks.items()
        if isinstance(check, dict)
        for figure, value in check.items()
        if isinstance(value, int | float)
    ]
    if rows:
        st.subheader(say("decides.strategy_errors"), anchor=False)
        st.table(rows, border="horizontal", hide_index=True, alt=say("decides.strategy_errors"))


def _age() -> None:
    """How old and how well sourced the facts are."""
    library, columns = facts.library(), facts.catalog().columns
    prices = [offer.prices[-1] for provider in library.providers.values() for offer in provider.offers]
    old = sum((columns.as_of - price.as_of).days > 90 for price in prices)
    read = sum(bool(provider.privacy.model_fields_set) for provider in library.providers.values())
    tiles = (
        ("decides.age_of", columns.as_of.isoformat()),
        ("decides.models", str(len(library.models))),
        ("decides.prices", str(len(prices))),
        ("decides.old_prices", str(old)),
        ("decides.terms", f"{read} / {len(library.providers)}"),
        ("decides.assumed_count", str(sum(one.status == "assumed" for one in columns.assumptions.values()))),
    )
    for three in (tiles[:3], tiles[3:]):
        for column, (key, value) in zip(st.columns(3), three, strict=True):
            column.metric(say(key), value, border=True)
    st.caption(say("decides.digest", digest=columns.digest[:12], version=columns.version))
    st.subheader(say("decides.sources"), anchor=False)
    rows = [
        {
            say("source.sources"): one.title,
            say("card.date"): one.retrieved,
            say("decides.licence"): one.licence,
            say("decides.taken"): one.taken or "",
        }
        for one in library.sources.values()
    ]
    st.dataframe(rows, placeholder="", hide_index=True, alt=say("decides.sources"))
