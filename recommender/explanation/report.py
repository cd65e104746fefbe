"""The answer as text and as Markdown, for people who were not in the room."""

from __future__ import annotations

from recommender.domain.recommendation import Estimate, Option, Recommendation
from recommender.explanation.numbers import duration, money, plain, span

STATUS = {
    "recommended": "Recommended",
    "needs_answers": "Provisional: one answer of yours could change it",
    "nothing_fits": "Nothing fits all you asked for",
}


def brief(answer: Recommendation) -> str:
    """The answer in a few lines."""
    if answer.winner is None:
        return "\n".join([STATUS[answer.status] + ".", *_conflict(answer)])
    return "\n".join([f"{STATUS[answer.status]}: {headline(answer.winner)}", *_question(answer)])


def headline(option: Option) -> str:
    """An option in one line: what, where, cost, time, quality."""
    deployment = option.deployment
    where = deployment.provider or deployment.accelerator or deployment.place
    return (
        f"{option.strategy.id} with {option.model.name} at {where} ({deployment.place.replace('_', ' ')}); "
        f"{_cost(option.estimates['monthly_cost_usd'])} a month, "
        f"{_time(option.estimates['latency_p95_ms'])} for 95 of 100 answers, quality {_points(option.estimates['quality'])}"
    )


def text(answer: Recommendation) -> str:
    """The whole answer for a terminal."""
    lines = [brief(answer), ""]
    if answer.winner is not None:
        lines += ["Why", *_bullets(answer.winner.reasons), "", "What it costs (USD)", *_bill(answer.winner), ""]
        lines += _section("Mind", answer.winner.cautions)
        lines += _section("Not known", answer.winner.unknowns)
        lines += _section("Next steps", answer.winner.next_steps)
        lines += _section("Alternatives", tuple(f"{option.rank}. {headline(option)}" for option in answer.alternatives))
    lines += _section("Questions that could change the answer", tuple(one.why for one in answer.open_questions))
    lines += _section("The answer changes when", _tips(answer))
    lines += _section("Only a confirmation bars", tuple(f"{one.id}: {' '.join(one.ask)}" for one in answer.if_confirmed))
    lines += _section("Excluded", tuple(f"{one.candidates:,}: {one.because}" for one in answer.excluded))
    lines.append(_footer(answer))
    return "\n".join(lines)


def markdown(answer: Recommendation) -> str:
    """The whole answer as a Markdown document."""
    lines = [f"# {STATUS[answer.status]}", ""]
    if answer.winner is None:
        lines += _bullets(tuple(_conflict(answer)))
    else:
        lines += [f"**{headline(answer.winner)}**", "", "## Why", "", *_bullets(answer.winner.reasons), ""]
        lines += ["## What it costs", "", "| item | USD | when | kind |", "|---|---|---|---|"]
        lines += [
            f"| {line.label} | {plain(line.mid)} ({span(line.low, line.high, '')}) | {line.when.replace('_', ' ')} | {line.kind} |"
            for line in answer.winner.bill
        ]
        lines += ["", *_chapter("Mind", answer.winner.cautions), *_chapter("Not known", answer.winner.unknowns)]
        lines += _chapter("Next steps", answer.winner.next_steps)
        lines += _chapter("Alternatives", tuple(headline(option) for option in answer.alternatives))
    lines += _chapter("Questions that could change the answer", tuple(one.why for one in answer.open_questions))
    lines += _chapter("The answer changes when", _tips(answer))
    lines += _chapter("Every strategy", tuple(f"{one.strategy.replace('_', ' ')}: {one.why}" for one in answer.by_strategy))
    lines += _chapter("Only a confirmation bars", tuple(f"{one.id}: {' '.join(one.ask)}" for one in answer.if_confirmed))
    lines += _chapter("Excluded", tuple(f"{one.candidates:,} candidates: {one.because}" for one in answer.excluded))
    lines.append(_footer(answer))
    return "\n".join(lines) + "\n"


def _cost(estimate: Estimate) -> str:
    return "unknown cost" if estimate.mid is None else money(estimate.mid)


def _time(estimate: Estimate) -> str:
    return "unknown time" if estimate.mid is None else duration(estimate.mid)


def _points(estimate: Estimate) -> str:
    return "unknown" if estimate.mid is None else f"{plain(estimate.mid)} of 100 ({estimate.grade})"


def _bullets(lines: tuple[str, ...]) -> list[str]:
    return [f"- {line}" for line in lines]


def _section(title: str, lines: tuple[str, ...]) -> list[str]:
    return [title, *_bullets(lines), ""] if lines else []


def _chapter(title: str, lines: tuple[str, ...]) -> list[str]:
    return [f"## {title}", "", *_bullets(lines), ""] if lines else []


def _bill(option: Option) -> list[str]:
    return [
        f"  {line.label:<32} {plain(line.mid):>10}  ({span(line.low, line.high, '')}) {line.when.replace('_', ' ')}, {line.kind}"
        for line in option.bill
    ]


def _question(answer: Recommendation) -> list[str]:
    return [f"First question: {answer.open_questions[0].why}"] if answer.open_questions else []


def _conflict(answer: Recommendation) -> list[str]:
    found = [f"These conflict: {', '.join(answer.binding)}."] if answer.binding else []
    for one in answer.relaxations:
        changes = " and ".join(f"{change.requirement} = {_shown(change.to_value)}" for change in one.changes)
        found.append(f"With {changes}: {one.winner.id}.")
    return found


def _shown(value: object) -> str:
    return "left open" if value is None else str(value)


def _tips(answer: Recommendation) -> tuple[str, ...]:
    return tuple(
        f"{one.requirement} goes from {plain(float(one.from_value))} to {plain(float(one.to_value))}: then {one.winner.id}"
        for one in answer.tipping_points
    )


def _footer(answer: Recommendation) -> str:
    facts = answer.catalog
    return f"Catalog {facts.version} of {facts.as_of} ({facts.digest[:12]}), engine {answer.engine_version}."
