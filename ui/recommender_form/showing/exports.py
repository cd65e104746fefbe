"""The answer to take along: JSON, YAML, Markdown, HTML where the engine writes it, and a table no spreadsheet computes with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
import yaml

from recommender import Option, Recommendation
from recommender.explanation import report
from recommender_form.asking import session, sharing
from recommender_form.markup import cell_safe
from recommender_form.showing.tables import options_of
from recommender_form.words import say

NUMBERS = ("monthly_cost_usd", "one_time_cost_usd", "first_year_cost_usd", "latency_p95_ms", "first_token_p95_ms", "quality")
Files = dict[str, tuple[str, Callable[[], str]]]


def files(answer: Recommendation, needs: Mapping[str, Any]) -> Files:
    """Every export by file name: its type, and how its text is made."""
    found: Files = {
        "recommendation.json": ("application/json", lambda: answer.model_dump_json(indent=2)),
        "recommendation.md": ("text/markdown", lambda: report.markdown(answer)),
        "options.csv": ("text/csv", lambda: options_csv(options_of(answer))),
        "requirements.yaml": ("application/yaml", lambda: requirements_yaml(needs)),
    }
    html = getattr(report, "html", None)
    if html is not None:
        found["recommendation.html"] = ("text/html", lambda: str(html(answer)))
    return found


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
        for name, (kind, make) in files(answer, needs).items():
            st.download_button(
                say(f"export.{name.rpartition('.')[2]}"), make, name, kind, on_click="ignore", icon=":material/download:"
            )
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
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{sharing.PARAMETER}={sharing.link_text(needs)}"
