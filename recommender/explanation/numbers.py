"""Numbers as people read them: two significant digits, a unit, a range."""

from __future__ import annotations

import math
from collections.abc import Callable

RATE_UNITS = (("a second", 1.0), ("an hour", 3600.0), ("a day", 86_400.0))
LEAST_RATE = 0.1


def rounded(value: float, digits: int = 2) -> float:
    """A number at a few significant digits."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def plain(value: float) -> str:
    """Two significant digits, thousands apart, no exponent; "unknown" where nothing is known."""
    if math.isnan(value):
        return "unknown"
    found = rounded(value)
    if abs(found) >= 10 or found == int(found):
        return f"{found:,.0f}"
    return f"{found:.4f}".rstrip("0").rstrip(".")


def finely(value: float) -> str:
    """Two significant digits down to a millionth: for gaps between scores, which are kept to that."""
    return f"{rounded(value):.6f}".rstrip("0").rstrip(".")


def kept(value: float) -> float:
    """Six significant digits: enough to check, few enough to be the same on every machine."""
    return float(f"{max(value, 0.0):.6g}")


def exactly(value: float) -> str:
    """A number as somebody stated it, thousands apart."""
    return f"{value:,.12f}".rstrip("0").rstrip(".")


def counted(value: float, thing: str) -> str:
    """How many of something: one point, two points."""
    said = plain(value)
    return f"{said} {thing}" if said == "1" else f"{said} {thing}s"


def points(score: float) -> str:
    """A score, or a part of one, to the hundredth; never minus nothing."""
    return f"{round(score, 2) + 0.0:.2f}"


def money(value: float) -> str:
    """US dollars."""
    return "an unknown amount of money" if math.isnan(value) else f"{plain(value)} USD"


def gigabytes(value: float) -> str:
    """Memory or storage; small sizes in megabytes."""
    return f"{plain(value)} GB" if value >= 1 else f"{plain(value * 1000)} MB"


def span(low: float, high: float, unit: str) -> str:
    """A range with its unit; one number where both ends look alike."""
    if plain(low) == plain(high):
        return f"{plain(low)} {unit}".strip()
    return f"{plain(low)} to {plain(high)} {unit}".strip()


def with_range(mid: float, low: float, high: float, unit: str = "") -> str:
    """A number with its unit, and its range where that says more."""
    told = f"{plain(mid)} {unit}".strip()
    return told if plain(low) == plain(mid) == plain(high) else f"{told} ({span(low, high, '')})"


def duration(milliseconds: float) -> str:
    """Milliseconds as people say them."""
    if milliseconds < 1000:
        return f"{plain(milliseconds)} ms"
    if milliseconds < 120_000:
        return f"{plain(milliseconds / 1000)} s"
    return f"{plain(milliseconds / 60_000)} min"


def beyond(value: float, limit: float, said: Callable[[float], str]) -> str:
    """How far a limit is passed; where both would read alike, in words."""
    return " by a little" if said(value) == said(limit) or rounded(value) == rounded(limit) else f": up to {said(value)}"


def rates(mean: float, peak: float) -> str:
    """How many requests come, in the unit in which the mean can be read; once where the peak is no higher."""
    unit, seconds = next((one for one in RATE_UNITS if mean * one[1] >= LEAST_RATE), RATE_UNITS[-1])
    if plain(mean) == plain(peak):
        return f"{plain(peak * seconds)} requests {unit}"
    return f"{plain(mean * seconds)} requests {unit} on average and {plain(peak * seconds)} at the peak"


def hourly(usd: float) -> str:
    """A price per hour, to the hundredth of a cent."""
    return f"{usd:.4f}".rstrip("0").rstrip(".") + " USD an hour"
