"""The answer on the page: winner, bill, reasons, alternatives, what is out and why. Plain text only, no HTML."""

from __future__ import annotations

from typing import Any

import streamlit as st
import words

from recommender import Option, Recommendation
from recommender.explanation import report
from recommender.explanation.numbers import duration, money, plain, span


def show_winner(answer: Recommendation) -> None:
    """Everything about the winner that is known at once."""
    if answer.winner is not None:
        _winner(answer.winner)


def show_more(answer: Recommendation) -> None:
    """What takes a search: the next question, what would change the answer, conflicts, exports."""
    _conflict(answer)
    _changes(answer)
    _table(words.ALTERNATIVES, [_row(option) for option in answer.alternatives])
    _table(words.BY_STRATEGY, [_strategy(one) for one in answer.by_strategy])
    _folded(words.IF_CONFIRMED, [f"{one.id}: {' '.join(one.ask)}" for one in answer.if_confirmed])
    _folded(words.EXCLUDED, [f"{one.candidates:,} candidates: {one.because}" for one in answer.excluded])
    _assumed(answer)
    _export(answer)


def _winner(option: Option) -> None:
    with st.container(border=True):
        where = option.deployment.provider or option.deployment.accelerator or ""
        st.markdown(f"**{_safe(option.model.name)}**, {_safe(option.strategy.id.replace('_', ' '))}, {_safe(where)}")
        first, second, third, fourth = st.columns(4)
        first.metric(words.COST, _money(option, "monthly_cost_usd"), help=_range(option, "monthly_cost_usd"))
        second.metric(words.FIRST_YEAR, _money(option, "first_year_cost_usd"), help=_range(option, "first_year_cost_usd"))
        wait = option.estimates["latency_p95_ms"].mid
        third.metric(words.WAIT, "unknown" if wait is None else duration(wait), help=_range(option, "latency_p95_ms"))
        quality = option.estimates["quality"]
        shown = "unknown" if quality.mid is None else f"{plain(quality.mid)} of 100"
        fourth.metric(words.QUALITY, shown, help=f"{quality.grade}; {_range(option, 'quality')}")
        st.caption(f"{_range(option, 'monthly_cost_usd')}; {words.QUALITY.lower()}: {quality.grade}")
        _list(words.WHY, option.reasons)
        _table(words.BILL, [_line(line) for line in option.bill])
        _list(words.MIND, option.cautions)
        _list(words.UNKNOWN, option.unknowns)
        _list(words.NEXT, option.next_steps)
    sources = {name: ", ".join(estimate.sources) for name, estimate in option.estimates.items()}
    _folded(words.SOURCES, [f"{name}: {source or 'unknown'}" for name, source in sources.items()])


def show_question(answer: Recommendation) -> None:
    """The one question whose answer would change most."""
    if answer.open_questions:
        first = answer.open_questions[0]
        st.info(f"**{words.ASK}** {_safe(first.why)} {words.ASK_NOTE}")


def _conflict(answer: Recommendation) -> None:
    if answer.binding:
        st.warning(f"{words.CONFLICT}: {', '.join(answer.binding)}")
    lines = []
    for one in answer.relaxations:
        changes = " and ".join(f"{change.requirement} to {_value(change.to_value)}" for change in one.changes)
        lines.append(f"Set {changes}: then {one.winner.id}.")
    _list(words.RELAX, tuple(lines))


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    return plain(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _changes(answer: Recommendation) -> None:
    lines = [
        f"{one.requirement} goes from {_value(one.from_value)} to {_value(one.to_value)}: then {one.winner.id}"
        for one in answer.tipping_points
    ]
    _list(words.CHANGES, tuple(lines))


def _assumed(answer: Recommendation) -> None:
    rows = [
        {
            "what": one.name,
            "value": str(one.value),
            "from": str(one.low),
            "to": str(one.high),
            "unit": one.unit,
            "source": one.source,
        }
        for one in answer.assumed
    ]
    with st.expander(words.ASSUMED):
        st.dataframe(rows, hide_index=True)


def _export(answer: Recommendation) -> None:
    with st.expander(words.EXPORT):
        st.download_button("JSON", answer.model_dump_json(indent=2), "recommendation.json", "application/json")
        st.download_button("Markdown", report.markdown(answer), "recommendation.md", "text/markdown")


def _row(option: Option) -> dict[str, str]:
    return {
        "option": option.id,
        words.COST: _money(option, "monthly_cost_usd"),
        words.FIRST_YEAR: _money(option, "first_year_cost_usd"),
        words.QUALITY: _range(option, "quality"),
        "score": f"{option.score.total:.2f}",
    }


def _strategy(one: Any) -> dict[str, str]:
    return {"strategy": one.strategy.replace("_", " "), "best option": one.option or "", "why": one.why}


def _line(line: Any) -> dict[str, str]:
    return {
        "item": line.label,
        "USD": plain(line.mid),
        "range": span(line.low, line.high, ""),
        "when": line.when.replace("_", " "),
        "kind": line.kind,
    }


def _table(title: str, rows: list[dict[str, str]]) -> None:
    if rows:
        st.markdown(f"**{title}**")
        st.dataframe(rows, hide_index=True)


def _list(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        st.markdown(f"**{title}**\n" + "\n".join(f"- {_safe(line)}" for line in lines))


def _folded(title: str, lines: list[str]) -> None:
    if lines:
        with st.expander(title):
            st.markdown("\n".join(f"- {_safe(line)}" for line in lines))


def _safe(text: str) -> str:
    """Catalog and user text as text: no markup of theirs takes effect."""
    for mark in "\\`*_{}[]<>#|$~:":
        text = text.replace(mark, "\\" + mark)
    return text


def _money(option: Option, name: str) -> str:
    mid = option.estimates[name].mid
    return "unknown" if mid is None else money(mid)


def _range(option: Option, name: str) -> str:
    estimate = option.estimates[name]
    if estimate.low is None or estimate.high is None:
        return "unknown"
    return span(estimate.low, estimate.high, estimate.unit)
