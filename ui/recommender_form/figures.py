"""Numbers as people read them, in their language: two significant digits, thousands apart, a unit, a range."""

from __future__ import annotations

import math

from recommender_form.words import language, say

MINUTE_MS = 60_000.0


def rounded(value: float, digits: int = 2) -> float:
    """A number at a few significant digits."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def number(value: float | None, digits: int = 2) -> str:
    """Without exponent and without zeros that say nothing; the word for unknown where there is none."""
    if value is None or not math.isfinite(value):
        return say("unknown")
    found = rounded(value, digits)
    places = 0 if abs(found) >= 10 ** (digits - 1) or found == int(found) else digits - 1 - math.floor(math.log10(abs(found)))
    text = f"{found:,.{max(places, 0)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.", ".,")) if language() == "es" else text


def score(value: float) -> str:
    """A score, or a part of one, to the hundredth; never minus nothing."""
    text = f"{round(value, 2) + 0.0:.2f}"
    return text.replace(".", ",") if language() == "es" else text


def money(value: float | None) -> str:
    """US dollars."""
    return say("unknown") if value is None else say("usd", amount=number(value))


def span(low: float | None, high: float | None) -> str:
    """A range; one number where both ends look alike; nothing where an end is unknown."""
    if low is None or high is None:
        return say("unknown")
    if number(low) == number(high):
        return number(low)
    return say("span", low=number(low), high=number(high))


def money_span(low: float | None, high: float | None) -> str:
    """A range of US dollars."""
    return say("unknown") if low is None or high is None else say("usd", amount=span(low, high))


def duration(milliseconds: float | None) -> str:
    """Milliseconds as people say them."""
    if milliseconds is None:
        return say("unknown")
    if milliseconds < 1000:
        return f"{number(milliseconds)} ms"
    if milliseconds < 2 * MINUTE_MS:
        return f"{number(milliseconds / 1000)} s"
    return f"{number(milliseconds / MINUTE_MS)} min"


def duration_span(low: float | None, high: float | None) -> str:
    """A range of times."""
    if low is None or high is None:
        return say("unknown")
    ends = duration(low), duration(high)
    return ends[0] if ends[0] == ends[1] else say("span", low=ends[0], high=ends[1])


def share(value: float | None) -> str:
    """A fraction as a percentage."""
    return say("unknown") if value is None else f"{value * 100:.0f} %"
