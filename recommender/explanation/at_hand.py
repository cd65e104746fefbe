"""What an answer says of machines at hand: the best on them where it uses others, the best on a bought one where it uses them."""

from __future__ import annotations

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.machines import OWN_SITE
from recommender.domain.columns import Mask
from recommender.explanation.numbers import money, plain, points

WORTH_TELLING = 1.0  # point of quality


def on_what_is_there(decision: Decision, row: int) -> tuple[str, ...]:
    """The other way to get machines, where the team named those it has."""
    if not decision.requirements.hardware.owned:
        return ()
    is_owned = decision.deployments.is_owned[decision.candidates.deployment]
    return _with_a_bought_one(decision, row, is_owned) if is_owned[row] else _on_those_at_hand(decision, row, is_owned)


def _on_those_at_hand(decision: Decision, row: int, is_owned: Mask) -> tuple[str, ...]:
    found = np.flatnonzero(is_owned & decision.fits)
    if not len(found):
        return ("Nothing that fits runs on the machines you have.",)
    best = int(found[np.argmax(decision.total[found])])
    return (
        f"On the machines you have, the best is {named(decision, best)}: it scores {points(float(decision.total[best]))}"
        f" against {points(float(decision.total[row]))}.",
    )


def _with_a_bought_one(decision: Decision, row: int, is_owned: Mask) -> tuple[str, ...]:
    """Only where it would be the better answer and the better work."""
    found = np.flatnonzero(~is_owned & decision.fits & (decision.candidates.place == OWN_SITE))
    if not len(found):
        return ()
    best = int(found[np.argmax(decision.total[found])])
    gained = float(decision.quality.mid[best] - decision.quality.mid[row])
    dearer = float(decision.estimates.first_year_cost_usd[best] - decision.estimates.first_year_cost_usd[row])
    if not (decision.total[best] > decision.total[row] and gained >= WORTH_TELLING and dearer > 0):
        return ()
    return (
        f"On a machine that you would have to buy, the best is {named(decision, best)}: {plain(gained)} points of quality more for"
        f" {money(dearer)} more in the first year.",
    )


def named(decision: Decision, row: int) -> str:
    """An option by its strategy and model, within a sentence."""
    strategy = decision.columns.strategies[decision.candidates.strategy[row]].name.lower()
    return f"{strategy} with {decision.columns.models.names[decision.candidates.model[row]]}"
