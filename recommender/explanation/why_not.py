"""Options asked about by name: where they stand, or which rules keep them out."""

from __future__ import annotations

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.decide import Decision
from recommender.decision.early import crossing_of, facts_of
from recommender.decision.estimation import rows_of
from recommender.decision.incumbent import models_beginning, models_named
from recommender.decision.lookups import looked_up
from recommender.domain.columns import Mask
from recommender.domain.words import STRATEGIES
from recommender.explanation.options import candidate_id
from recommender.explanation.verdicts import nearest_barred
from recommender.rules.screening import findings, reads_estimates


def row_named(decision: Decision, words: str) -> int | None:
    """The best fitting option that words name, whatever way of running its model is the best one; last resorts stand behind all
    others here too. None where none fits."""
    ranked = decision.order
    rows = np.concatenate([ranked, np.setdiff1d(np.flatnonzero(decision.fits), ranked)])  # of equals, the one with a rank
    mine = rows[_named(decision, decision.candidates.only(rows), words)]
    best_first = np.lexsort((-np.nan_to_num(decision.total[mine], nan=-9.0), decision.last_resort[mine]))
    return int(mine[best_first[0]]) if len(mine) else None


def barred_by(decision: Decision, words: str) -> tuple[str, tuple[str, ...]]:
    """The nearest candidate that words name, and what bars it; an empty id where the catalog has no such candidate."""
    situation = decision.situation
    crossing = crossing_of(decision.columns, decision.deployments, situation)
    every = crossing.candidates(decision.requirements.incumbent, np.ones(len(crossing.rows), bool))
    mine = every.only(_named(decision, every, words))
    if not len(mine):
        return "", ()
    early = tuple(rule for rule in decision.columns.rules if not reads_estimates(rule))
    rows = rows_of(decision.columns, decision.deployments, mine, situation, has_draws=False)
    found = findings(early, facts_of(rows, None, None), len(mine))
    barred = (
        np.stack([one.excludes_as_failed | one.excludes_as_unknown for one in found]) if found else np.zeros((0, len(mine)))
    )
    nearest = int(np.argmin(barred.sum(axis=0)))
    because = tuple(one.rule.because for one, out in zip(found, barred, strict=True) if out[nearest])
    if because:
        return candidate_id(decision, mine, nearest), because
    came_far = np.flatnonzero(_named(decision, decision.candidates, words))
    if not len(came_far):
        return candidate_id(decision, mine, nearest), ()
    row, late = nearest_barred(decision, came_far)
    return candidate_id(decision, decision.candidates, row), late


def names_a_known_model(decision: Decision, words: str) -> bool:
    """Whether words name a strategy with a model of the catalog, wherever that is to run."""
    strategy, _, rest = words.strip().partition("/")
    return strategy in STRATEGIES and any(len(models_named(decision.columns, one)) for one in (rest, rest.rpartition("/")[0]))


def _named(decision: Decision, candidates: Candidates, words: str) -> Mask:
    """Candidates with this id, of this strategy, of this model, of this strategy and model; at this vendor, on this cloud or of
    this maker; or whose model's name begins so."""
    strategies: list[str] = [one.id for one in decision.columns.strategies]
    first, _, rest = words.strip().partition("/")
    if first in STRATEGIES:
        mine = candidates.strategy == strategies.index(first)
        return np.asarray(mine & _of_model(decision, candidates, first, rest) if rest else mine, bool)
    by_name = _of_company(decision, candidates, words.strip().casefold())
    exact = models_named(decision.columns, words, begins=False)
    if by_name.any() and not len(exact):
        return by_name
    return np.isin(candidates.model, exact if len(exact) else models_beginning(decision.columns, words))


def _of_company(decision: Decision, candidates: Candidates, name: str) -> Mask:
    """Candidates whose model a company made or sells, or whose machines it rents out."""
    models, offers, clouds = decision.columns.models, decision.columns.offers, decision.columns.rentals.providers
    of_maker = [name in (one.partition("/")[0], maker.casefold()) for one, maker in zip(models.ids, models.makers, strict=True)]
    made = np.array(of_maker, bool)[candidates.model]
    sold = np.array([provider == name for provider in offers.provider_ids], bool)[offers.provider]
    rented = np.array([cloud == name for cloud in clouds], bool)
    on_cloud = looked_up(rented, decision.deployments.rental[candidates.deployment], 0)
    return np.asarray(made | (looked_up(sold, candidates.offer, 0) > 0) | (on_cloud > 0), bool)


def _of_model(decision: Decision, candidates: Candidates, strategy: str, rest: str) -> Mask:
    """Candidates of a model, or of a model at one provider or on one machine."""
    models = decision.columns.models.ids
    of_model = np.isin(candidates.model, models_named(decision.columns, rest))
    if of_model.any() or rest.rpartition("/")[0] not in models:
        return np.asarray(of_model, bool)
    whole = f"{strategy}/{rest}"
    found = candidates.model == models.index(rest.rpartition("/")[0])
    found[found] = [candidate_id(decision, candidates, int(row)) == whole for row in np.flatnonzero(found)]
    return np.asarray(found, bool)
