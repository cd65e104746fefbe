"""People's own units, turned into what the engine counts. Pure arithmetic; every factor is named.

Rules of thumb for lengths: a token is about four characters or three quarters of an English word; a full page holds 500 words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS_PER_MONTH = 365 / 12
WORKING_DAYS_PER_MONTH = 21.0
HOURS_PER_DAY = 24.0
MINUTES_PER_HOUR = 60.0
SECONDS_PER_MONTH = DAYS_PER_MONTH * 86_400
TOKENS_PER_WORD = 4 / 3
TOKENS_PER_CHARACTER = 1 / 4
WORDS_PER_PAGE = 500.0
TOKENS_PER_PAGE = WORDS_PER_PAGE * TOKENS_PER_WORD
TOKENS_PER_MEGABYTE = 1_000_000 * TOKENS_PER_CHARACTER
REQUESTS_PER_USER_AND_DAY = 10.0

TIMES_MS = {"seconds": 1000.0, "milliseconds": 1.0, "minutes": 60_000.0}
LENGTHS_TOKENS = {"words": TOKENS_PER_WORD, "tokens": 1.0, "pages": TOKENS_PER_PAGE, "characters": TOKENS_PER_CHARACTER}
CORPUS_TOKENS = {"pages": TOKENS_PER_PAGE, "megabytes": TOKENS_PER_MEGABYTE, "tokens": 1.0, "words": TOKENS_PER_WORD}
SPANS_HOURS = {"hours": 1.0, "days": HOURS_PER_DAY, "weeks": 7 * HOURS_PER_DAY}

PER_MONTH = {
    "per_day": DAYS_PER_MONTH,
    "per_month": 1.0,
    "per_hour": DAYS_PER_MONTH * HOURS_PER_DAY,
    "per_second": SECONDS_PER_MONTH,
    "per_year": 1 / 12,
}
AUDIO_MINUTES_PER_MONTH = {
    "audio_hours_per_day": DAYS_PER_MONTH * MINUTES_PER_HOUR,
    "audio_hours_per_month": MINUTES_PER_HOUR,
}
PAGES_PER_MONTH = {"pages_per_day": DAYS_PER_MONTH, "pages_per_month": 1.0}
CHARACTERS_PER_MONTH = {"characters_per_month": 1.0, "words_per_month": TOKENS_PER_WORD / TOKENS_PER_CHARACTER}
LIVE = "simultaneous"
ONCE = "once"
USERS = "users"


@dataclass(frozen=True)
class Each:
    """What one request holds, stated or usual for the task: what larger units are divided by. None where it does not apply."""

    audio_minutes: float | None = None
    pages: float | None = None
    characters: float | None = None
    per_user_and_day: float = REQUESTS_PER_USER_AND_DAY


def volume_units(each: Each) -> tuple[str, ...]:
    """The units of volume that make sense for what a request holds; the most natural first."""
    found: tuple[str, ...] = ()
    if each.audio_minutes:
        found += (*AUDIO_MINUTES_PER_MONTH,)
    if each.pages:
        found += (*PAGES_PER_MONTH,)
    if each.characters:
        found += (*CHARACTERS_PER_MONTH,)
    return (*found, *PER_MONTH, USERS, LIVE, ONCE)


def requests_per_month(amount: float, unit: str, each: Each) -> float | None:
    """Requests a month that an amount in a unit of volume stands for; None for live calls and single runs."""
    if unit in PER_MONTH:
        return amount * PER_MONTH[unit]
    if unit == USERS:
        return amount * each.per_user_and_day * WORKING_DAYS_PER_MONTH
    for _, table, size in _held(each):
        if unit in table and size:
            return amount * table[unit] / size
    return None


def _held(each: Each) -> tuple[tuple[str, dict[str, float], float | None], ...]:
    """What one request holds, by the workload's field, with its units of volume."""
    return (
        ("audio_minutes", AUDIO_MINUTES_PER_MONTH, each.audio_minutes),
        ("pages", PAGES_PER_MONTH, each.pages),
        ("characters", CHARACTERS_PER_MONTH, each.characters),
    )


def workload_of(amount: float, unit: str, each: Each) -> dict[str, float | str]:
    """The workload fields that a volume means. Hours, pages and characters are known as a whole: so what one request holds goes
    with them, or the whole would vary with it.
    """
    if unit == LIVE:
        return {"mode": "streaming", "concurrent_streams": amount}
    if unit == ONCE:
        return {"mode": "one_off", "total_requests": amount}
    found = requests_per_month(amount, unit, each)
    whole = {name: size for name, table, size in _held(each) if unit in table and size}
    return {} if found is None else {"requests_per_month": found, **whole}


def best_unit(value: float, table: dict[str, float]) -> tuple[float, str]:
    """An amount and the unit of a table in which it reads best: the first that gives at least one whole."""
    for unit, factor in table.items():
        if value / factor >= 1:
            return _tidy(value / factor), unit
    unit = min(table, key=lambda name: table[name])
    return _tidy(value / table[unit]), unit


def _tidy(value: float) -> float:
    """Without the last bits that a division leaves."""
    return float(f"{value:.12g}")


COUNT = re.compile(r"^\s*(\d{1,6})\s*[x×]\s*(.+)$|^(.+?)\s+[x×]\s*(\d{1,6})\s*$", re.IGNORECASE)
NO_GPU = re.compile(
    r"^(no|without|sin)\s+(a\s+|an\s+|una\s+)?(dedicated\s+)?(gpus?|graphics( card)?|tarjeta( gráfica)?)$|^(only\s+)?cpu(\s+only)?$",
    re.IGNORECASE,
)


def machines(text: str) -> tuple[dict[str, str | int], ...]:
    """Machines as people name them, with commas between: `2x RTX 4090, 16 GB MacBook`, `no GPU`."""
    parts = (part.strip() for part in re.split(r"[,;\n]", text))
    return tuple(_machine(part) for part in parts if part)


def _machine(part: str) -> dict[str, str | int]:
    count, name = 1, part
    found = COUNT.match(part)
    if found:
        count = int(found[1] or found[4])
        name = (found[2] or found[3]).strip()
    name = "cpu" if NO_GPU.match(name) else re.sub(r"(\d)\s+gb\b", r"\1gb", name, flags=re.IGNORECASE)
    return {"accelerator": name.lower(), "count": count} if count > 1 else {"accelerator": name.lower()}


def machines_text(owned: tuple[dict[str, str | int], ...] | list[dict[str, str | int]]) -> str:
    """The text that `machines` reads back as the same."""
    return ", ".join(
        f"{one['count']}x {one['accelerator']}" if int(one.get("count", 1)) > 1 else str(one["accelerator"]) for one in owned
    )
