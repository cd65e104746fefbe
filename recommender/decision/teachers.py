"""Who may label examples for a small model to learn from: a large model that sees them on the terms that were asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender.decision.alike import first_of_each
from recommender.decision.deployments import Deployments
from recommender.decision.lookups import are_of
from recommender.decision.machines import OWN_CLOUD, OWN_SITE, VENDOR
from recommender.decision.model_quality import model_quality
from recommender.domain.columns import Columns, Ints, Mask
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
    columns: Columns, deployments: Deployments, situation: Situation, passing: Callable[[Ints], Mask]
) -> Teacher:
    """The best prompted model that may see the examples: at a vendor, on rented machines, or on machines at hand.

    Args:
        passing: which ways to run a model keep the terms.
    """
    if not are_bound(situation.requirements):
        return Teacher(float("inf"))
    task = situation.spec.core_task or situation.task
    able = are_of(columns.models.types, *LANGUAGE_MODELS) & columns.models.tasks[:, TASKS.index(task)]
    place, at_hand = deployments.place, deployments.is_owned
    there = (place == VENDOR) | (place == OWN_CLOUD) | ((place == OWN_SITE) & at_hand)
    ways = np.flatnonzero(there & able[deployments.model])
    models = len(columns.models.ids)
    by_itself = len(columns.offers.model) + models * place[ways] + deployments.model[ways]
    alike = np.where(deployments.offer[ways] >= 0, deployments.offer[ways], by_itself)
    ways = ways[first_of_each(alike)[0]] if len(ways) else ways
    ways = ways[passing(ways)]
    if not len(ways):
        return Teacher(float("nan"))
    points = model_quality(columns, task)[deployments.model[ways]]
    best = int(np.argmax(np.where(np.isnan(points), -np.inf, points)))
    known = points[best] if np.isfinite(points[best]) else situation.spec.levels.high
    return Teacher(float(known), int(ways[best]))
