"""Techniques that take something as it is: specialists, classical models, rules by hand."""

from __future__ import annotations

from recommender.domain.demand import Demand
from recommender.domain.situation import Situation
from recommender.techniques.tuning import labels_by_hand, used_examples

CLASSES_IN_A_SET_OF_RULES = 10.0  # that the assumed days have room for


def as_is_demand(situation: Situation) -> Demand:
    """Wiring and testing. [days]"""
    return Demand(build_days=situation["build_days_as_is"], upkeep_days=situation["upkeep_days_hosted"])


def classical_demand(situation: Situation) -> Demand:
    """Features, a split by time, and a model that trains in minutes. [examples, days]"""
    return Demand(
        tuned_examples=used_examples(situation),
        labels_checked=labels_by_hand(situation),
        tuning_days=situation["build_days_classical"],
        upkeep_days=situation["upkeep_days_tuned"],
    )


def handwritten_demand(situation: Situation) -> Demand:
    """Writing rules, for each class its own, and untangling them every month. [days]"""
    more = max(situation.classes - CLASSES_IN_A_SET_OF_RULES, 0.0) * situation["rule_days_per_class"]
    return Demand(build_days=situation["build_days_rules"] + more, upkeep_days=situation["upkeep_days_rules"])
