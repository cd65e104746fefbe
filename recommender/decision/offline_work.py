"""Machine hours of work that can wait: rented while there is work, and each time until they are ready for it."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.lookups import known_or
from recommender.domain.situation import Quantity, Situation
from recommender.domain.units import SECONDS_PER_HOUR
from recommender.estimates.memory import weights_gb
from recommender.estimates.self_hosting_cost import start_hours


def offline_hours(rows: Rows, busy_seconds: Array, replicas: Array) -> Array:
    """Hours of a month, or of the one run, in which all replicas are paid for. [h]

    Args:
        busy_seconds: of a replica per request.
        replicas: that work side by side.
    """
    situation = rows.situation
    work = situation.requests_per_month * busy_seconds / SECONDS_PER_HOUR / situation["utilisation_limit"]
    return np.asarray(work + starts(situation) * replicas * hours_until_ready(rows))


def starts(situation: Situation) -> Quantity:
    """How often machines are rented: for every batch of a month, of which there are no more than requests; or for one-off work."""
    if situation.mode == "one_off":
        return situation["one_off_starts"]
    return np.minimum(situation["batch_runs_per_month"], situation.requests_per_month)


def hours_until_ready(rows: Rows) -> Array:
    """From asking for a machine to its first answer; trees and rules, whose size nobody counts, load in no time. [h]"""
    loaded = weights_gb(rows.of_model(rows.columns.models.parameters_b), rows.of_deployment(rows.deployments.bits))
    situation = rows.situation
    return np.asarray(
        start_hours(known_or(np.asarray(loaded), 0.0), situation["machine_start_minutes"], situation["load_gb_per_second"])
    )
