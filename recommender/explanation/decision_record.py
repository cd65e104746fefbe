"""A decision record that an architect can commit: context, options, decision, consequences, sign to revisit."""

from __future__ import annotations

from typing import Any

from recommender.domain.recommendation import Option, Recommendation
from recommender.domain.requirements import Requirements
from recommender.explanation.numbers import counted, exactly, money, points
from recommender.explanation.plain_words import requirement_words
from recommender.explanation.report import conflict, footer, harmless, headline, minded, named, near_tie, pilot, tips

MARKUP = frozenset("<>[]`*_#|" + chr(92))


def decision_record(requirements: Requirements, answer: Recommendation) -> str:
    """The record as Markdown, dated by the catalog's day."""
    title = f"Which model for {_harmless(requirements.name) or (requirements.task or 'this').replace('_', ' ')}"
    lines = [f"# {title}", "", f"Date: {answer.catalog.as_of}. Status: proposed.", ""]  # who accepts it are people
    lines += ["## Context", "", "What was asked for:", "", *_stated(requirements), ""]
    lines += ["## Options", "", *_options(answer), ""]
    lines += ["## Decision", "", *_decision(answer), ""]
    lines += ["## Consequences", "", *_consequences(answer.winner), ""]
    lines += ["## Revisit when", "", *_signs(answer), "", footer(answer)]
    return harmless("\n".join(lines)) + "\n"


def _harmless(words: str | None) -> str:
    """People's own words on one line, without control characters and without anything that Markdown takes for markup."""
    printable = "".join(one if one.isprintable() else " " for one in words or "")
    return "".join(f"{chr(92)}{one}" if one in MARKUP else one for one in printable).strip()


def _stated(requirements: Requirements) -> list[str]:
    found = list(_flat(requirements.model_dump(mode="json", exclude_unset=True, exclude={"name", "notes"}), ""))
    is_one_off = requirements.workload.mode == "one_off"
    return [f"- {requirement_words(path, is_one_off)}: {value}" for path, value in found] or [
        "- nothing but the wish for an answer"
    ]


def _flat(value: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [one for key in value for one in _flat(value[key], f"{path}.{key}" if path else key)]
    unit = " ms" if path.startswith("latency.") else ""
    return [] if value is None else [(path, _said(value) + unit)]


def _said(value: Any) -> str:
    """What was stated, without the marks of a programming language; a number as it was given."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return exactly(value)
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {_said(inner)}" for key, inner in value.items() if inner is not None)
    if isinstance(value, list):
        return ("; " if any(isinstance(one, dict) for one in value) else ", ").join(map(_said, value))
    return str(value).replace("_", " ")


def _options(answer: Recommendation) -> list[str]:
    options = ([answer.winner] if answer.winner else []) + list(answer.alternatives)
    return [f"{place}. {headline(option)} (score {points(option.score.total)})" for place, option in enumerate(options, 1)] or [
        "None fits."
    ]


def _decision(answer: Recommendation) -> list[str]:
    if answer.winner is None:
        return [f"- {one}" for one in conflict(answer)]
    taken = (
        "We propose this."
        if answer.status == "recommended"
        else "Provisional: what is asked under 'Revisit when' could change it."
    )
    return [f"{taken} {named(answer.winner)}.", "", *_ties(answer.winner), *(f"- {reason}" for reason in answer.winner.reasons)]


def _ties(winner: Option) -> list[str]:
    return [line for one in near_tie(winner) for line in (one, "")]


def _consequences(winner: Option | None) -> list[str]:
    if winner is None:
        return ["Something that was asked for has to give before there is a decision."]
    estimates = winner.estimates
    year, days = estimates["first_year_cost_usd"].mid, estimates["upkeep_days_per_month"].mid
    whole, when = ("All of it", "while it runs") if winner.is_one_off else ("The first year", "a month to keep right")
    known = [
        f"- {whole} costs about {money(year)}, people included." if year is not None else "",
        f"- It takes about {counted(days, 'day')} of work {when}." if days is not None else "",
    ]
    return [*(one for one in known if one), *(f"- {one}" for one in (*minded(winner), *winner.unknowns))]


def _signs(answer: Recommendation) -> list[str]:
    signs = [*tips(answer), *(one.why for one in answer.open_questions), *pilot(answer)]
    return [f"- {one}" for one in signs] or ["- the catalog's facts are older than three months"]
