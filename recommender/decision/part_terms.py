"""Terms hold for every model that sees the data: which offers may run a further model on the path, judged by the same rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.decision.alike import first_of_each
from recommender.decision.candidates import Candidates
from recommender.decision.components import stand_ins
from recommender.decision.deployments import Deployments
from recommender.decision.early import facts_of
from recommender.decision.estimation import OWN_CLOUD, Rows
from recommender.decision.teachers import teacher_within_terms
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.method import Rule
from recommender.domain.situation import PartTerms, Situation
from recommender.rules.screening import Finding, findings

OF_MODELS = ("model.has_open_weights", "model.allows_commercial_use", "model.is_retired")
OF_THE_MAIN_MODEL_ALONE = ("deployment.can_serve_own_weights", "deployment.fits_in_memory")


def with_part_terms(columns: Columns, deployments: Deployments, situation: Situation) -> Situation:
    """The case with what its terms leave for further models; what is not known is barred."""
    rules = tuple(rule for rule in columns.rules if _hold_for_parts(rule))
    hosted = np.flatnonzero(deployments.offer >= 0)
    spoken = _findings(columns, deployments, situation, rules, hosted)
    barred, keeps = np.zeros(len(columns.offers.model), bool), _passing(spoken, len(hosted))
    barred[deployments.offer[hosted]] = ~keeps
    of_places = tuple(one.rule for one in spoken if not any(fact in OF_MODELS for fact in one.rule.candidate_facts))
    may_be_rented = not of_places or _some_rented_passes(columns, deployments, situation, of_places)
    teacher = teacher_within_terms(
        columns,
        deployments,
        situation,
        hosted[keeps],
        lambda ways: _passing(_findings(columns, deployments, situation, rules, ways), len(ways)),
    )
    return replace(situation, parts=PartTerms(barred, may_be_rented, stand_ins(columns, situation), teacher))


def _some_rented_passes(columns: Columns, deployments: Deployments, situation: Situation, rules: tuple[Rule, ...]) -> bool:
    rented = np.flatnonzero(deployments.place == OWN_CLOUD)
    one_each = rented[first_of_each(deployments.rental[rented])[0]]
    return bool(_passing(_findings(columns, deployments, situation, rules, one_each), len(one_each)).any())


def _hold_for_parts(rule: Rule) -> bool:
    """Whether a rule asks for nothing but a place, its terms, or a licence."""
    facts = rule.candidate_facts
    return bool(facts) and all(
        fact in OF_MODELS or (fact.startswith("deployment.") and fact not in OF_THE_MAIN_MODEL_ALONE) for fact in facts
    )


def _findings(
    columns: Columns, deployments: Deployments, situation: Situation, rules: tuple[Rule, ...], ways: Ints
) -> tuple[Finding, ...]:
    """What rules say of ways to run a model."""
    nothing = np.zeros(len(ways), np.int64)
    places = deployments.place[ways]
    alone = Candidates(nothing, ways, deployments.model[ways], deployments.offer[ways], places, nothing > 0, nothing - 1)
    rows = Rows(columns, deployments, alone, situation, has_draws=False)
    return findings(rules, facts_of(rows, None, None), len(ways))


def _passing(found: tuple[Finding, ...], count: int) -> Mask:
    passing = np.ones(count, bool)
    for one in found:
        passing &= ~(one.excludes_as_failed | one.excludes_as_unknown)
    return passing
