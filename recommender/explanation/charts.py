"""Two charts as SVG, without scripts and without anything from elsewhere: the trade-off, and what the score is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from recommender.domain.recommendation import Option
from recommender.explanation.numbers import money, plain, points
from recommender.explanation.plain_words import WHAT_COUNTS

WIDTH, HEIGHT, MARGIN = 640, 320, 56
BAR, GAP, LABELS = 22, 14, 40
COLOURS = {
    "quality": "#1b6ca8", "cost": "#2a9d8f", "latency": "#8a6fbf", "effort": "#c77d2b", "risk": "#a33b4a", "carbon": "#5c6b73",
}  # fmt: skip


def trade_off(options: Sequence[Option]) -> str:
    """Quality against the first year's cost (logarithmic), each option with its interval; filled where nothing beats it."""
    shown = [(place, one) for place, one in enumerate(options, 1) if _has_both(one)]
    if not shown:
        return ""
    costs = [bound for _, one in shown for bound in _bounds(one, "first_year_cost_usd")]
    qualities = [bound for _, one in shown for bound in _bounds(one, "quality")]
    across = _scale(math.log10(max(min(costs), 1.0)), math.log10(max(max(costs), 10.0)), MARGIN, WIDTH - 16)
    up = _scale(min(qualities), max(qualities), HEIGHT - MARGIN, 16)
    marks = [_mark(place, one, across, up) for place, one in shown]
    whole = "all of it" if shown[0][1].is_one_off else "first year"
    axes = (
        f'<text x="{MARGIN}" y="{HEIGHT - 10}">{whole} {money(min(costs))} to {money(max(costs))} (logarithmic)</text>'
        f'<text x="8" y="14">quality, {plain(min(qualities))} to {plain(max(qualities))} of 100</text>'
        f'<path d="M{MARGIN} 16V{HEIGHT - MARGIN}H{WIDTH - 16}" fill="none" stroke="#888"/>'
    )
    return _picture(HEIGHT, f"Quality against cost ({whole})", axes + "".join(marks))


def score_parts(options: Sequence[Option]) -> str:
    """What each option's score is made of, one bar each."""
    height = LABELS + len(options) * (BAR + GAP)
    most = max((sum(max(part, 0.0) for part in one.score.parts.values()) for one in options), default=1.0) or 1.0
    bars = []
    for place, one in enumerate(options):
        top, left = LABELS + place * (BAR + GAP), 40.0
        bars.append(f'<text x="8" y="{top + 16}">{place + 1}</text>')
        for name, part in one.score.parts.items():
            wide = max(part, 0.0) / most * (WIDTH - 60)
            said = f"<title>{WHAT_COUNTS[name]}: {points(part)}</title>"
            bars.append(
                f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{BAR}" fill="{COLOURS[name]}">{said}</rect>'
            )
            left += wide
    legend = "".join(
        f'<rect x="{40 + 95 * i}" y="8" width="12" height="12" fill="{colour}"/><text x="{57 + 95 * i}" y="19">{WHAT_COUNTS[name]}</text>'
        for i, (name, colour) in enumerate(COLOURS.items())
    )
    return _picture(height, "What each score is made of", legend + "".join(bars))


def _has_both(option: Option) -> bool:
    return option.estimates["quality"].mid is not None and option.estimates["first_year_cost_usd"].mid is not None


def _bounds(option: Option, name: str) -> tuple[float, float, float]:
    estimate = option.estimates[name]
    return float(estimate.low or 0.0), float(estimate.mid or 0.0), float(estimate.high or 0.0)


def _scale(low: float, high: float, start: float, end: float) -> tuple[float, float, float, float]:
    return low, max(high, low + 1e-9), start, end


def _at(scale: tuple[float, float, float, float], value: float) -> float:
    low, high, start, end = scale
    return start + (value - low) / (high - low) * (end - start)


def _mark(place: int, option: Option, across: tuple[float, float, float, float], up: tuple[float, float, float, float]) -> str:
    left, x, right = (_at(across, math.log10(max(cost, 1.0))) for cost in _bounds(option, "first_year_cost_usd"))
    bottom, y, top = (_at(up, points) for points in _bounds(option, "quality"))
    fill = "#1b6ca8" if option.on_frontier else "#ffffff"
    return (
        f'<path d="M{left:.1f} {y:.1f}H{right:.1f}M{x:.1f} {bottom:.1f}V{top:.1f}" stroke="#9bb7cc"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{fill}" stroke="#1b6ca8"><title>{escape(option.id)}</title></circle>'
        f'<text x="{x + 9:.1f}" y="{y - 8:.1f}">{place}</text>'
    )


def _picture(height: float, said: str, inner: str) -> str:
    return f'<svg role="img" aria-label="{said}" viewBox="0 0 {WIDTH} {height:.0f}" font-size="12" font-family="sans-serif">{inner}</svg>'
