"""Which large model would label the examples of a small one, where it matters who sees them."""

from __future__ import annotations

from recommender.decision.decide import Decision
from recommender.decision.machines import OWN_CLOUD, VENDOR


def taught_by(decision: Decision, row: int) -> tuple[str, ...]:
    """The teacher by name, with its place; nothing where no terms were asked for, so that it may be any."""
    strategy = decision.columns.strategies[decision.candidates.strategy[row]]
    terms = decision.situation.parts
    if strategy.id != "distillation" or terms is None or terms.teacher.way < 0:
        return ()
    way, offers = terms.teacher.way, decision.columns.offers
    name = decision.columns.models.names[decision.deployments.model[way]]
    place = decision.deployments.place[way]
    if place == VENDOR:
        provider = offers.provider_names[offers.provider[decision.deployments.offer[way]]]
        return (f"{name} at {provider} would label your examples: the best that is known to keep the terms you ask for.",)
    where = "machines that you rent" if place == OWN_CLOUD else "your own machines"
    return (f"{name} on {where} would label your examples: the best that is known to keep the terms you ask for.",)
