"""What only a full answer holds: what the team could still tell, what binds, where the answer tips, and a pilot."""

from __future__ import annotations

from recommender.decision.decide import Decision
from recommender.domain.recommendation import OpenQuestion, Pilot, Relaxation, TippingPoint
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.explanation.conflicts import binding, relaxations
from recommender.explanation.near_tie import NearTie
from recommender.explanation.pilot import pilot_of
from recommender.explanation.questions import Decide, helping_questions, needs_an_answer, open_questions, tried_values
from recommender.explanation.tipping_points import tipping_points


@record
class Asked:
    """What the team is asked, most decisive first, and whether the answer waits for it."""

    questions: tuple[OpenQuestion, ...] = ()
    is_awaited: bool = False


@record
class Full:
    """What an answer without it leaves empty."""

    asked: Asked = Asked()
    binding: tuple[str, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    tipping_points: tuple[TippingPoint, ...] = ()
    pilot: Pilot | None = None


def asked_of(needs: Requirements, decision: Decision, again: Decide) -> Asked:
    """What of that which nobody said would change the answer, or let something fit."""
    if decision.winner is None:
        questions = helping_questions(needs, decision, again)
        return Asked(questions, bool(questions))
    tried = tried_values(needs, decision, again)
    return Asked(open_questions(needs, decision, tried), needs_an_answer(needs, tried))


def full_of(needs: Requirements, decision: Decision, again: Decide, tie: NearTie | None) -> Full:
    """All of it; each part is found by deciding again. The pilot tells the winner from the rival of a near tie, where there is one."""
    asked = asked_of(needs, decision, again)
    if decision.winner is None:
        binds = binding(needs, again)
        return Full(asked=asked, binding=binds, relaxations=relaxations(needs, binds, again))
    return Full(
        asked=asked, tipping_points=tipping_points(needs, decision, again), pilot=pilot_of(decision, tie.rival if tie else None)
    )
