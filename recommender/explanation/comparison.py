"""Two or more options side by side: every number, every contribution to the score, and why the others are not the answer."""

from __future__ import annotations

from recommender.domain.recommendation import ESTIMATE_NAMES, Option, Shown
from recommender.explanation.numbers import counted, finely, plain, points, with_range
from recommender.explanation.plain_words import TELLING_GAP, WHAT_COUNTS, estimate_words
from recommender.explanation.waits import wait
from recommender.unseen import in_one_line


class Compared(Shown):
    """One option asked about: the option where it fits, else what bars the nearest candidate."""

    asked: str
    option: Option | None
    barred: str | None = None
    because: tuple[str, ...] = ()


class Comparison(Shown):
    """Everything asked about, best first, and how each falls behind the first."""

    compared: tuple[Compared, ...]
    differences: tuple[str, ...]


def compared_with_words(compared: tuple[Compared, ...], again: tuple[tuple[str, str], ...] = ()) -> Comparison:
    """Ordered by score, with what separates each option from the best of those asked about.

    Args:
        again: further names of options, each with the words that named the same one before.
    """
    fitting = sorted((one for one in compared if one.option is not None), key=_order)
    out = tuple(one for one in compared if one.option is None)
    options = [one.option for one in fitting if one.option is not None]
    differences = tuple(_behind(options[0], other) for other in options[1:])
    same = tuple(
        f"The best option of '{in_one_line(name)}' is also that of '{in_one_line(before)}': it stands here once."
        for name, before in again
    )
    return Comparison(compared=(*fitting, *out), differences=(*differences, *same))


def _order(one: Compared) -> tuple[float, str]:
    """The best first; ties by id."""
    return (-one.option.score.total, one.option.id) if one.option is not None else (0.0, one.asked)


def _behind(first: Option, other: Option) -> str:
    """What an option loses and gains against the first, by its contributions to the score."""
    gaps = {name: other.score.parts[name] - first.score.parts[name] for name in first.score.parts}
    loses = [WHAT_COUNTS[name] for name, gap in sorted(gaps.items(), key=lambda one: one[1]) if gap < -TELLING_GAP]
    gains = [WHAT_COUNTS[name] for name, gap in sorted(gaps.items(), key=lambda one: -one[1]) if gap > TELLING_GAP]
    gap = round(first.score.total - other.score.total, 6)  # scores are kept to six digits
    lost = f"it loses on {' and '.join(loses)}" if loses else _loses_little(gaps, gap)
    gained = f" and gains on {' and '.join(gains)}" if gains else ""
    less = f"{finely(gap)} less than" if gap else "the same as"
    return f"{other.id} scores {less} {first.id}: {lost}{gained}. {_in_numbers(first, other)}"


def _loses_little(gaps: dict[str, float], gap: float) -> str:
    """Where no loss is worth a word by itself, what makes up most of a lower score."""
    most = min(gaps, key=lambda name: gaps[name])
    is_lost = gap > 0 and gaps[most] < 0
    return f"it loses a little on {WHAT_COUNTS[most]}" if is_lost else "it loses on nothing that tells in the score"


def _in_numbers(first: Option, other: Option) -> str:
    """The gaps in points and money: the score weighs invoices alone and the whole first year, half each."""
    mine, theirs = first.estimates, other.estimates
    found = []
    for name, unit in GAPS:
        one, two = mine[name].mid, theirs[name].mid
        if one is not None and two is not None:
            amount = counted(abs(two - one), "point") if name == "quality" else plain(abs(two - one))
            unit = ONCE_UNITS.get(name, unit) if first.is_one_off else unit
            if plain(abs(two - one)) != "0":
                found.append(f"{amount} {unit} {'more' if two >= one else 'less'}")
    return f"That is {', '.join(found)}." if found else ""


GAPS = (
    ("quality", "of quality"),
    ("monthly_cost_usd", "USD of invoices a month"),
    ("first_year_cost_usd", "USD in the first year with people's time"),
)
ONCE_UNITS = {"monthly_cost_usd": "USD of invoices", "first_year_cost_usd": "USD in all with people's time"}


def text(comparison: Comparison) -> str:
    """A table for a terminal, then what separates the options."""
    fitting = [one.option for one in comparison.compared if one.option is not None]
    lines = [f"{place}. {option.id}" for place, option in enumerate(fitting, 1)]
    lines += ["", *_table(fitting), ""] if fitting else []
    lines += [f"- {one}" for one in comparison.differences]
    for one in comparison.compared:
        if one.option is None:
            named = f" (nearest: {one.barred})" if one.barred else ""
            lines.append(f"- {in_one_line(one.asked)}{named} is out: {' '.join(one.because)}")
    return "\n".join(lines)


def _table(options: list[Option]) -> list[str]:
    rows = [["", *(f"option {place}" for place in range(1, len(options) + 1))]]
    rows += [[estimate_words(name, options[0].is_one_off), *(_number(one, name) for one in options)] for name in ESTIMATE_NAMES]
    rows.append(["score", *(points(one.score.total) for one in options)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(options) + 1)]
    return ["   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _number(option: Option, name: str) -> str:
    estimate = option.estimates[name]
    if estimate.mid is None or estimate.low is None or estimate.high is None:
        return "not known"
    if option.waits_a_day and name.endswith("_ms"):
        return f"within {wait(option)}"
    return with_range(estimate.mid, estimate.low, estimate.high, "USD" if name.endswith("usd") else "")
