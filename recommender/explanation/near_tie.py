"""A winner whose kind of answer comes first in few draws: said up front, with its rival and what would decide between the two."""

from __future__ import annotations

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.robustness import LEAST_DRAWS_TO_TELL, Draws
from recommender.domain.record import record
from recommender.explanation.numbers import plain, points
from recommender.explanation.options import deployment_of
from recommender.explanation.pilot import pilot_of
from recommender.explanation.plain_words import NEAR_TIE, STRATEGY_WORDS, placed
from recommender.explanation.stability import kinds_of, share_of_kind, uncertain_words

WIDEST_TIE = 0.05  # of a score: where many options of one kind compete, the luckiest often comes first without being near
MOST_OF_A_TIE = 0.5  # share of first places from which a kind of answer leads all others together
MEASURABLE = ("quality of ", "gain of ")  # what is uncertain and a trial of the two would tell


@record
class NearTie:
    """The best option of the kind of answer that rivals the winner's most, and how often each kind comes first. [0-1]"""

    rival: int
    share_of_rival: float
    share_of_winner: float


def near_tie(decision: Decision, draws: Draws) -> NearTie | None:
    """The rival kind that comes first most often, where the winner's comes first in less than half of the draws and the scores are close."""
    counted = draws.rows[: draws.counted]
    if decision.winner is None or not len(counted) or draws.totals.shape[1] < LEAST_DRAWS_TO_TELL:
        return None
    mine = share_of_kind(decision, draws, decision.winner)
    kinds = kinds_of(decision, counted)
    others = np.where(kinds == kinds[0], 0.0, draws.wins[: draws.counted])  # the winner is the first of those drawn
    if mine >= MOST_OF_A_TIE or not others.any():
        return None
    rival = int(counted[np.argmax(kinds == np.argmax(np.bincount(kinds, others)))])
    if decision.total[decision.winner] - decision.total[rival] > WIDEST_TIE:
        return None
    return NearTie(rival, share_of_kind(decision, draws, rival), mine)


def of_a_near_tie(decision: Decision, draws: Draws, row: int) -> tuple[str, ...]:
    """The same in words, of the winner alone."""
    tie = near_tie(decision, draws) if row == decision.winner else None
    return () if tie is None else (_told(decision, draws, row, tie),)


def _told(decision: Decision, draws: Draws, row: int, tie: NearTie) -> str:
    strategy = STRATEGY_WORDS[decision.columns.strategies[decision.candidates.strategy[tie.rival]].id]
    where, model = deployment_of(decision, tie.rival), decision.columns.models.names[decision.candidates.model[tie.rival]]
    said = [
        f"{NEAR_TIE} {placed(model, where.place, where.provider)} ({strategy}): over {draws.totals.shape[1]} draws of everything uncertain"
        f" that kind of answer, run in that way, comes first in {plain(100.0 * tie.share_of_rival)} of 100,"
        f" and this one's in {plain(100.0 * tie.share_of_winner)}.",
        _why_named(decision, draws, row, tie),
    ]
    moved = draws.what_moves(row, tie.rival)
    if moved is not None and not moved[0].startswith(MEASURABLE):
        said.append(f"What moves its lead most is {uncertain_words(decision, moved[0])}.")
    pilot = pilot_of(decision, tie.rival)
    if pilot is not None:
        said.append(
            f"To tell which of the two is better, try both on {pilot.examples} examples of your own and measure {pilot.measure}."
        )
    return " ".join(said)


def _why_named(decision: Decision, draws: Draws, row: int, tie: NearTie) -> str:
    """Why the winner leads, though the other kind may come first more often: its ranges are lopsided, or many of that kind compete."""
    first, second = points(float(decision.total[row])), points(float(decision.total[tie.rival]))
    middle = "where every estimate is at its middle"
    leads = f"leads by a hair {middle}" if first == second else f"leads {middle}, {first} against {second}"
    if tie.share_of_rival <= tie.share_of_winner:
        return f"This one {leads}."
    named = f"This one comes first less often and is named because it {leads}"
    mine, other = (draws.totals[draws.place_of(one)] for one in (row, tie.rival))
    ahead = plain(100.0 * float(np.mean(mine > other)))
    if np.mean(mine > other) < MOST_OF_A_TIE:
        return f"{named}; against that very one it is ahead in {ahead} of 100 draws, since the ranges are lopsided."
    kinds = kinds_of(decision, draws.rows[: draws.counted])
    many, few = (int((kinds == kinds_of(decision, np.array([one]))).sum()) for one in (tie.rival, row))
    return (
        f"{named}; against that very one it is ahead in {ahead} of 100 draws, but {many} options of that kind compete with {few} of"
        " this one's, and in each draw the luckiest comes first."
    )
