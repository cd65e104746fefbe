"""Who may label examples for a small model to learn from: a large model that sees them on the terms that were asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender.decision.alike import first_of_each
from recommender.decision.components import components_left_out
from recommender.decision.deployments import Deployments
from recommender.decision.lookups import are_of
from recommender.decision.machines import OWN_CLOUD, OWN_SITE
from recommender.decision.model_quality import model_quality
from recommender.domain.columns import Columns, Floats, Ints, Mask
from recommender.domain.requirements import Requirements
from recommender.domain.situation import Situation, Teacher
from recommender.domain.words import LANGUAGE_MODELS, TASKS

AT_HOME = ("on_premises", "air_gapped", "on_device")


def are_bound(requirements: Requirements) -> bool:
    """Whether it matters who sees the examples; how sensitive the data are is no promise asked for."""
    needs = requirements.privacy
    keeps_in = needs.boundary_is == "must" and needs.boundary in (*AT_HOME, "own_tenant")
    promised = (needs.residency, needs.certifications, needs.zero_retention, needs.no_training)
    return keeps_in or any(promised)


def teacher_within_terms(
    columns: Columns, deployments: Deployments, situation: Situation, hosted: Ints, passing: Callable[[Ints], Mask]
) -> Teacher:
    """The best prompted model that may see the examples: at a vendor, on rented machines, or on machines at hand.

    Args:
        hosted: the ways to run a model at a vendor that keep the terms.
        passing: which ways keep the terms.
    """
    if not are_bound(situation.requirements):
        return Teacher(float("inf"))
    task = situation.spec.core_task or situation.task
    able = are_of(columns.models.types, *LANGUAGE_MODELS) & columns.models.tasks[:, TASKS.index(task)]
    able &= ~components_left_out(columns, situation)
    scores = model_quality(columns, task)
    points = np.where(able & ~np.isnan(scores), scores, -np.inf)[deployments.model]
    best = int(hosted[np.argmax(points[hosted])]) if len(hosted) else -1
    ours = _better_of_our_own(deployments, points, points[best] if best >= 0 else -np.inf)
    ours = ours[passing(ours)] if len(ours) else ours
    best = int(ours[np.argmax(points[ours])]) if len(ours) else best
    if best < 0 or np.isneginf(points[best]):
        return _of_unknown_quality(deployments, situation, able, hosted)
    return Teacher(float(points[best]), best)


def _better_of_our_own(deployments: Deployments, points: Floats, least: float) -> Ints:
    """One rented machine for each model that is better than what vendors have, and one at hand."""
    place = deployments.place
    ours = np.flatnonzero(((place == OWN_CLOUD) | ((place == OWN_SITE) & deployments.is_owned)) & (points > least))
    if not len(ours):
        return ours
    alike = deployments.model[ours] * (int(place.max()) + 1) + place[ours]
    return ours[first_of_each(alike)[0]]


def _of_unknown_quality(deployments: Deployments, situation: Situation, able: Mask, hosted: Ints) -> Teacher:
    """Where nobody scored a model that may see the examples, one that may is taken to be good at what large models are good at."""
    may = hosted[able[deployments.model[hosted]]]
    return Teacher(float(situation.spec.levels.high), int(may[0])) if len(may) else Teacher(float("nan"))
