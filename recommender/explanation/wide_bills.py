"""A caution where a bill may come to many times its middle, with what would narrow it."""

from __future__ import annotations

from recommender.decision.decide import Decision
from recommender.decision.robustness import Draws
from recommender.explanation.numbers import money
from recommender.explanation.stability import uncertain_words

MOST_TIMES = 10.0  # the middle, up to which a range says enough
ALIKE = 0.001  # what reads as ten times is not more
VOLUME = "workload.requests_per_month"
WORTH_TELLING_USD = 100.0  # a month: less is no news beside days of work


def of_a_wide_bill(decision: Decision, draws: Draws, row: int) -> tuple[str, ...]:
    """Such a bill mostly hangs on how many machines keep a tight time limit. Told from draws alone: the ends of all assumptions at once,
    which stand in for them, are no unfavourable case but an impossible one. That a bill by use grows with a number of requests which
    nobody stated is said where the bill is."""
    middle, bounds = float(decision.estimates.monthly_cost_usd[row]), draws.interval("monthly_cost_usd", row)
    moved = draws.what_moves_the_bill(row)
    if bounds is None or moved is None or bounds[1] < WORTH_TELLING_USD or bounds[1] <= MOST_TIMES * middle * (1.0 + ALIKE):
        return ()
    if moved[0] == VOLUME and decision.candidates.offer[row] >= 0:
        return ()
    when = "in all" if decision.situation.mode == "one_off" else "a month"
    return (
        f"The invoices are about {money(middle)} {when}, but may come to {money(bounds[1])} in unfavourable cases, more than ten times as"
        f" much. What moves them most is {uncertain_words(decision, moved[0])}: a figure of your own for that narrows them.",
    )
