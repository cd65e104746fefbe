"""Candidates that requirements leave out or insist on by a name or pattern."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.deployments import Deployments
from recommender.decision.lookups import looked_up
from recommender.decision.patterns import companies_matching, matching
from recommender.domain.columns import Columns, Mask


def named_in(patterns: Sequence[str] | None, columns: Columns, rows: Candidates, deployments: Deployments) -> Mask:
    """Candidates whose model, vendor, cloud, strategy or licence a pattern names."""
    named = np.zeros(len(rows), bool)
    models, offers, rentals = columns.models, columns.offers, columns.rentals
    for pattern in patterns or ():
        named |= matching(models.ids, pattern)[rows.model] | matching(models.licences, pattern)[rows.model]
        named |= matching([spec.id for spec in columns.strategies], pattern)[rows.strategy]
        of_vendor = looked_up(companies_matching(offers.provider_ids, pattern)[offers.provider], rows.offer, 0)
        of_cloud = looked_up(companies_matching(rentals.providers, pattern), deployments.rental[rows.deployment], 0)
        named |= (of_vendor > 0) | (of_cloud > 0)
    return named
