"""The answer as one HTML file that needs nothing else: no scripts, no pictures from elsewhere, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from recommender.domain.recommendation import ESTIMATE_NAMES, Option, Recommendation
from recommender.explanation.charts import score_parts, trade_off
from recommender.explanation.numbers import with_range
from recommender.explanation.plain_words import estimate_words, grade_words, terms_in
from recommender.explanation.report import (
    MEASURED,
    bill_rows,
    conflict,
    footer,
    headline,
    minded,
    near_tie,
    pilot,
    ruled_out,
    strategies,
    tips,
    title_of,
    totals,
)
from recommender.explanation.waits import wait

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2530}
table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #d5dde4;padding:.35rem .5rem;text-align:left}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}.answer{font-size:1.15rem;font-weight:600}svg{width:100%;height:auto}
footer{margin-top:2rem;color:#51606d;font-size:.85rem}.scroll{overflow-x:auto}
"""


def html(answer: Recommendation, is_searched: bool = True, measured: tuple[str, ...] = ()) -> str:
    """The whole answer as a page, with what one's own measurements do to it."""
    title = escape(title_of(answer, is_searched))
    options = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    inner = _answer(answer) + _list(MEASURED, measured) + _numbers(options) + _told(answer)
    inner += _list("Words used here", (f"{word}: {means}" for word, means in terms_in(inner).items()))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>"
        f"<h1>{title}</h1>{inner}<footer>{escape(footer(answer))}</footer></body></html>\n"
    )


def _answer(answer: Recommendation) -> str:
    winner = answer.winner
    if winner is None:
        return _list("What would have to give", conflict(answer))
    bill = _table(("item", "USD (range)", "when", "kind"), bill_rows(winner))
    tie = "".join(f"<p>{escape(one)}</p>" for one in near_tie(winner))
    return (
        f'<p class="answer">{escape(headline(winner))}.</p>{tie}{_list("Why", winner.reasons)}<h2>What it costs</h2>{bill}'
        + _list("What it adds up to", totals(winner))
        + _list("Mind", minded(winner))
        + _list("Not known", winner.unknowns)
        + _list("Next steps", winner.next_steps)
        + _list("What to measure first", pilot(answer))
    )


def _numbers(options: list[Option]) -> str:
    """The options side by side: charts, and the same as a table."""
    if not options:
        return ""
    names = [f"{place}. {headline(option)}" for place, option in enumerate(options, 1)]
    rows = [(estimate_words(name, options[0].is_one_off), *(_cell(one, name) for one in options)) for name in ESTIMATE_NAMES]
    head = ("", *(str(place) for place in range(1, len(options) + 1)))
    charts = trade_off(options) + score_parts(options)
    return f"{_list('The options', names)}<h2>Side by side</h2>{charts}{_table(head, rows)}"


def _cell(option: Option, name: str) -> str:
    one = option.estimates[name]
    if one.mid is None or one.low is None or one.high is None:
        return "not known"
    if option.waits_a_day and name.endswith("_ms"):
        return f"within {wait(option)}"
    graded = f", {grade_words(one)}" if one.grade else f", {one.basis}"
    return f"{with_range(one.mid, one.low, one.high)}{graded}"


def _told(answer: Recommendation) -> str:
    return (
        _list("Questions that could change the answer", (one.why for one in answer.open_questions))
        + _list("The answer changes when", tips(answer))
        + _list("Every strategy", strategies(answer))
        + _list("Only a confirmation bars", (f"{headline(one)}. Ask: {' '.join(one.ask)}" for one in answer.if_confirmed))
        + _list("Ruled out", ruled_out(answer))
        + _list("Sources", _sources(answer))
    )


def _sources(answer: Recommendation) -> list[str]:
    """Every source behind the winner's numbers."""
    if answer.winner is None:
        return []
    winner = answer.winner
    found = {
        source: estimate_words(name, winner.is_one_off)
        for name in reversed(ESTIMATE_NAMES)
        for source in winner.estimates[name].sources
    }
    return [f"{used}: {source}" for source, used in sorted(found.items())]


def _list(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>{escape(title)}</h2><ul>{items}</ul>" if items else ""


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    top = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
