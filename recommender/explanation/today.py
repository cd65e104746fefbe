"""What an option means beside what runs today: what a move changes, what it takes, and what would make it worthwhile."""

from __future__ import annotations

import math

import numpy as np

from recommender.decision.criteria import points_worth
from recommender.decision.decide import Decision
from recommender.decision.incumbent import WITHOUT_A_MODEL, names_a_model, names_a_provider
from recommender.decision.risk import repeats_a_problem
from recommender.domain.requirements import Incumbent
from recommender.explanation.numbers import counted, money, plain
from recommender.unseen import in_one_line

NOT_SAID = "You did not say which model runs today, so staying could not be compared."


def beside_today(decision: Decision, row: int) -> tuple[str, ...]:
    """A sentence or two, where the team said what runs today and it still fits."""
    today = _row_of_today(decision)
    if today is None:
        return ()
    if not decision.candidates.is_incumbent[row]:
        days = plain(float(np.asarray(decision.situation["switching_days"])))
        return (f"Against what runs today ({_name(decision, today)}): {_differences(decision, today, row)}. "
                f"The switch takes about {days} days of work, counted above.",)  # fmt: skip
    stays = "This is what runs today: nothing to build, to buy or to switch."
    return (stays, _what_would_move(decision, row))


def unknown_today(decision: Decision) -> tuple[str, ...]:
    """Why staying could not be compared, where it could not."""
    stated = decision.requirements.incumbent
    if stated is None or _row_of_today(decision) is not None:
        return ()
    columns = decision.columns
    for name, is_known in (
        (stated.model, names_a_model(columns, stated)),
        (stated.provider, names_a_provider(columns, stated)),
    ):
        if name is not None and not is_known:
            return (_not_in_the_catalog(name),)
    name = stated.model or (stated.strategy if stated.strategy in WITHOUT_A_MODEL else None)
    if name is None:
        return (NOT_SAID,)
    return (
        f"What runs today ('{in_one_line(name)}') does not meet what you asked for, or not with this strategy and provider, so staying is no option here.",
    )


def not_compared(stated: Incumbent | None) -> frozenset[str]:
    """Every sentence by which an answer may say that what runs today is too little known for staying to be compared."""
    names = (stated.model, stated.provider) if stated is not None else ()
    return frozenset((NOT_SAID, *(_not_in_the_catalog(name) for name in names if name is not None)))


def _not_in_the_catalog(name: str) -> str:
    return f"What runs today ('{in_one_line(name)}') is not in the catalog, so staying could not be compared."


def of_todays_problem(decision: Decision, row: int) -> tuple[str, ...]:
    """What to mind of an option that does what runs today, where the team said that this has a problem."""
    if not repeats_a_problem(decision.rows)[row]:
        return ()
    return ("It is the approach that runs today and that you say has a problem: another model alone may not mend it.",)


TELLING_BILL = 3.0  # times our estimate, beyond which a stated bill is for another volume than the assumed one


def bill_for_another_volume(decision: Decision) -> str | None:
    """What is said where today's bill cannot be for the number of requests that had to be assumed; None where it may be."""
    stated, work = decision.requirements.incumbent, decision.requirements.workload
    rows = np.flatnonzero(decision.candidates.is_incumbent)
    volume_is_stated = any(one is not None for one in (work.requests_per_month, work.total_requests, work.concurrent_streams))
    if stated is None or not stated.monthly_usd or volume_is_stated or not len(rows):
        return None
    estimated = float(decision.estimates.running.monthly_usd[rows[0]])
    times = stated.monthly_usd / estimated if estimated > 0 else math.nan
    if not (times > TELLING_BILL or times < 1.0 / TELLING_BILL):
        return None
    assumed = plain(float(np.asarray(decision.situation.requests_per_month)))
    return (
        f"You pay {money(stated.monthly_usd)} a month today; for the {assumed} requests a month that are assumed here it would be about "
        f"{money(estimated)}. Say how many requests come in: until then what a move saves cannot be told."
    )


def _row_of_today(decision: Decision) -> int | None:
    rows = decision.order[decision.candidates.is_incumbent[decision.order]]
    return int(rows[0]) if len(rows) else None


def _name(decision: Decision, row: int) -> str:
    columns, candidates = decision.columns, decision.candidates
    return f"{columns.strategies[candidates.strategy[row]].name.lower()} with {columns.models.names[candidates.model[row]]}"


def _differences(decision: Decision, today: int, row: int) -> str:
    """In quality and money; in quality alone where today's bill is for another volume."""
    estimates, quality = decision.estimates, decision.quality.mid
    found = [_more_or_less(float(quality[row] - quality[today]), "points of quality", "point of quality")]
    if bill_for_another_volume(decision) is None:
        is_once = decision.situation.mode == "one_off"
        invoices = "USD of invoices" if is_once else "USD of invoices a month"
        whole = "USD in all with people's time" if is_once else "USD in the first year with people's time"
        monthly, first_year = estimates.monthly_cost_usd, estimates.first_year_cost_usd
        found.append(_more_or_less(float(monthly[row] - monthly[today]), invoices))
        found.append(_more_or_less(float(first_year[row] - first_year[today]), whole))
    return ", ".join(found)


def _more_or_less(difference: float, what: str, one: str = "") -> str:
    if math.isnan(difference):
        return f"an unknown difference in {what}"
    said = plain(abs(difference))
    return f"{said} {one if one and said == '1' else what} {'more' if difference >= 0 else 'less'}"


def _what_would_move(decision: Decision, row: int) -> str:
    """How much better the best other option would have to be, through its quality alone or through its cost alone."""
    others = [int(one) for one in decision.competing if not decision.candidates.is_incumbent[one]]
    if not others:
        return "Nothing else fits."
    rival = others[0]
    gap = float(decision.total[row] - decision.total[rival])
    if gap < 0:
        return (
            f"The best other option, {_name(decision, rival)}, scores {plain(-gap)} more: {_differences(decision, row, rival)}."
        )
    weight, now = decision.preferences.weights["quality"], float(decision.values["quality"][rival])
    needed = now + gap / weight if weight else math.inf
    points = points_worth(needed, decision.anchors) - float(decision.quality.mid[rival]) if needed <= 1.0 else math.inf
    better = (
        f"it would have to be {counted(points, 'point')} better" if points < math.inf else "better quality alone would not do"
    )
    cost = float(decision.estimates.first_year_cost_usd[rival])
    whole = "all of it" if decision.situation.mode == "one_off" else "its first year"
    return f"To make a move to {_name(decision, rival)} worthwhile, {better}; {whole} costs {money(cost)} now."
