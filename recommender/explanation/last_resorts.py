"""Why the winner stands before something that scores higher: last resorts stand behind everything else, whatever their score."""

from __future__ import annotations

import numpy as np

from recommender.decision.decide import MOST_LAST, UNASKED_DEVICE, Decision
from recommender.explanation.at_hand import named
from recommender.explanation.numbers import points

LEAST_LEAD = 0.005  # of the score, below which both read alike
FROM_NOTHING = "it is trained from nothing"
ON_DEVICES = "it runs on each user's own device, of which you did not speak"
TOO_WEAK = "your machines carry it below a first draft, or more slowly than is usual at the task"
BOUGHT = "its machine would have to be bought, and you named those you have and no budget for the start"


def what_stands_behind(decision: Decision, row: int) -> tuple[str, ...]:
    """The best last resort that fits and scores higher than the winner, and why it stands behind."""
    last = decision.order[~decision.first_choices[decision.order]]
    if row != decision.winner or not len(last):
        return ()
    best = int(last[np.argmax(decision.total[last])])
    mine, other = float(decision.total[row]), float(decision.total[best])
    if not other > mine + LEAST_LEAD:
        return ()
    return (
        f"A last resort scores higher, {named(decision, best)} ({points(other)} against {points(mine)}), and stands behind all the same:"
        f" {_why(decision, best)}.",
    )


def _why(decision: Decision, row: int) -> str:
    of_rank = {MOST_LAST: FROM_NOTHING, UNASKED_DEVICE: ON_DEVICES}.get(int(decision.last_resort[row]))
    if of_rank is not None:
        return of_rank
    return TOO_WEAK if decision.deployments.is_owned[decision.candidates.deployment[row]] else BOUGHT
