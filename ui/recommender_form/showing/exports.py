"""The answer to take along: JSON, YAML, Markdown, HTML where the engine writes it, and a table no spreadsheet computes with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
import yaml

from recommender import Option, Recommendation
from recommender.catalog.requests import requirements_from
from recommender.explanation import report
from recommender.explanation.decision_record import decision_record
from recommender.explanation.html_report import html
from recommender_form.asking import session, sharing
from recommender_form.markup import cell_safe
from recommender_form.showing.tables import options_of
from recommender_form.words import say

NUMBERS = ("monthly_cost_usd", "one_time_cost_usd", "first_year_cost_usd", "latency_p95_ms", "first_token_p95_ms", "quality")
Files = dict[str, tuple[str, str, Callable[[], str]]]


def files(answer: Recommendation, needs: Mapping[str, Any]) -> Files:
    """Every export by its key in the words files: file name, type, and how its text is made."""
    return {
        "json": ("recommendation.json", "application/json", lambda: answer.model_dump_json(indent=2)),
        "md": ("recommendation.md", "text/markdown", lambda: report.markdown(answer)),
        "html": ("recommendation.html", "text/html", lambda: html(answer)),
        "csv": ("options.csv", "text/csv", lambda: options_csv(options_of(answer))),
        "yaml": ("requirements.yaml", "application/yaml", lambda: requirements_yaml(needs)),
        "record": ("decision-record.md", "text/markdown", lambda: decision_record(requirements_from(dict(needs)), answer)),
    }


def requirements_yaml(needs: Mapping[str, Any]) -> str:
    """Requirements as a file that the command line and this form read."""
    return str(yaml.safe_dump(_whole(dict(needs)), sort_keys=False, allow_unicode=True, width=120))


def _whole(value: Any) -> Any:
    """Whole numbers without a point: they read better, and mean the same."""
    if isinstance(value, Mapping):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value == int(value) and abs(value) < 1e15 else value


def options_csv(options: tuple[Option, ...]) -> str:
    """One row per option; every number with its interval."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    ends = [f"{name} {end}" for name in NUMBERS for end in ("low", "mid", "high")]
    table.writerow(
        ["rank", "id", "strategy", "model", "weights", "licence", "place", "provider", "accelerator", *ends, "grade", "score"]
    )
    for option in options:
        where = option.deployment
        names = (
            option.rank, option.id, option.strategy.id, option.model.name, option.model.weights, option.model.licence,
            where.place, where.provider, where.accelerator,
        )  # fmt: skip
        values = [value for name in NUMBERS for value in _ends(option, name)]
        table.writerow([*map(cell_safe, names), *values, option.estimates["quality"].grade, option.score.total])
    return text.getvalue()


def _ends(option: Option, name: str) -> tuple[float | None, float | None, float | None]:
    one = option.estimates[name]
    return one.low, one.mid, one.high


def show(answer: Recommendation, needs: Mapping[str, Any]) -> None:
    """Buttons for every export, and the link."""
    st.markdown(f"**{say('export.files')}**")
    with st.container(horizontal=True):
        for key, (name, kind, make) in files(answer, needs).items():
            st.download_button(say(f"export.{key}"), make, name, kind, on_click="ignore", icon=":material/download:")
    st.markdown(f"**{say('export.link')}**")
    st.caption(say("export.link_note"))
    if st.session_state.get(session.IS_SHARED):
        st.code(address(needs), language=None, wrap_lines=True)
    else:
        st.button(say("export.make_link"), icon=":material/link:", on_click=_make_link)


def _make_link() -> None:
    st.session_state[session.IS_SHARED] = True


def address(needs: Mapping[str, Any]) -> str:
    """The whole address that restores the requirements."""
    base = (st.context.url or "").split("?")[0].rstrip("/")
    return f"{base}/?{sharing.PARAMETER}={sharing.link_text(needs)}"
