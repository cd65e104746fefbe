"""The least quality that is asked for: on a task's own scale, or on a benchmark that is named."""

from __future__ import annotations

from recommender.domain.requirements import BenchmarkBar, Requirements
from recommender.domain.situation import Situation


def bar_in_points(situation: Situation) -> float | None:
    """The stated bar on the task's scale, less half a noise floor, since no test could tell the two apart; None where none is stated or it
    is on a benchmark of its own. [points]"""
    bar = situation.requirements.quality.bar
    if bar is None or isinstance(bar, BenchmarkBar):
        return None
    levels = situation.spec.levels
    return float(getattr(levels, bar)) - levels.noise_floor / 2.0


def benchmark_bar(requirements: Requirements) -> float | None:
    """The least score on the benchmark that is named; an error rate is written down as a hundred minus it. [its own unit]"""
    bar = requirements.quality.bar
    if not isinstance(bar, BenchmarkBar):
        return None
    return bar.at_least if bar.at_least is not None else 100.0 - (bar.at_most or 0.0)
