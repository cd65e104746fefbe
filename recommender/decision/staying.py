"""Staying with what runs today: nothing to build or to buy, and what the team states of it. All else pays for the switch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.decision.estimation import Array, Line, Rows
from recommender.decision.model_quality import Quality
from recommender.domain.words import GRADES

STATED_SPREAD = 5.0  # points: a quality that a team states is rarely measured on many examples


def with_the_switch(rows: Rows, build_days: Array) -> Array:
    """Days of work until it runs: none for what runs already, the switch on top for all else. [days]"""
    if rows.situation.requirements.incumbent is None:
        return build_days
    return np.where(_stays(rows), 0.0, build_days + rows.situation["switching_days"])


def as_it_runs(rows: Rows, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The bill with the incumbent's own: nothing once, and each month what the team says that it pays."""
    stated = rows.situation.requirements.incumbent
    if stated is None:
        return lines
    return tuple(_as_it_runs(line, _stays(rows), stated.monthly_usd) for line in lines)


def _as_it_runs(line: Line, stays: Array, monthly_usd: float | None) -> Line:
    if line.when == "one_time":
        return replace(line, usd=np.where(stays, 0.0, line.usd))
    if line.kind == "invoice" and monthly_usd is not None:
        return replace(line, usd=np.where(stays, monthly_usd if line.label == "answers" else 0.0, line.usd))
    return line


def at_once(rows: Rows, weeks: Array) -> Array:
    """Weeks to launch: none for what runs already. [weeks]"""
    return weeks if rows.situation.requirements.incumbent is None else np.where(_stays(rows), 0.0, weeks)


def as_timed(rows: Rows, p95_ms: Array) -> Array:
    """The 95th percentile with what the team says of the incumbent's. [ms]"""
    stated = rows.situation.requirements.incumbent
    if stated is None or stated.latency_p95_ms is None:
        return p95_ms
    return np.where(_stays(rows), stated.latency_p95_ms, p95_ms)


def within(rows: Rows, milliseconds: Array) -> Array:
    """A time no longer than what the team says that 95 of 100 of the incumbent's answers take. [ms]"""
    return np.minimum(milliseconds, as_timed(rows, np.full_like(milliseconds, np.inf)))


def as_judged(rows: Rows, quality: Quality) -> Quality:
    """What the team says of today's quality stands above anything published. [points]"""
    stated = rows.situation.requirements.incumbent
    if stated is None or stated.quality is None:
        return quality
    stays = _stays(rows)
    return Quality(
        low=np.where(stays, max(stated.quality - STATED_SPREAD, 0.0), quality.low),
        mid=np.where(stays, stated.quality, quality.mid),
        high=np.where(stays, min(stated.quality + STATED_SPREAD, 100.0), quality.high),
        grades=np.where(rows.candidates.is_incumbent, GRADES.index("self_reported"), quality.grades),
    )


def _stays(rows: Rows) -> Array:
    return np.asarray(rows.wide(rows.candidates.is_incumbent) > 0)
