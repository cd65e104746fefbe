"""Candidates: strategies crossed with the ways to run the models that can carry them."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from recommender.decision.best_offers import of_vendor
from recommender.decision.deployments import Deployments
from recommender.decision.incumbent import incumbents
from recommender.decision.lookups import are_of, looked_up
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.method import StrategySpec, TaskSpec
from recommender.domain.record import record
from recommender.domain.requirements import Incumbent
from recommender.domain.situation import Situation
from recommender.domain.words import LANGUAGE_MODELS, TASKS

MARKED = frozenset(("rewriting", "summarization"))  # done by models that tag words: edits are marked, main sentences picked
MODERATION = "moderation"  # the task, and the type of models that do nothing else


@record
class Candidates:
    """One row per (strategy, deployment); `strategy` is a place in the catalog's strategies, `escalates_to` the offer of the large
    model beside it, -1 where there is none."""

    strategy: Ints
    deployment: Ints
    model: Ints
    offer: Ints
    place: Ints
    is_incumbent: Mask
    escalates_to: Ints

    def __len__(self) -> int:
        return len(self.strategy)

    def only(self, rows: Ints | Mask | slice) -> Candidates:
        """Some of the rows."""
        return Candidates(*(getattr(self, one.name)[rows] for one in fields(self)))


@record
class Crossing:
    """The deployments that can carry each strategy of a task; strategies that are not for the task have none."""

    columns: Columns
    deployments: Deployments
    rows: tuple[Ints, ...]
    large: Ints

    @property
    def counts(self) -> Ints:
        """Deployments per strategy."""
        return np.array([len(rows) for rows in self.rows], np.int64)

    def candidates(self, incumbent: Incumbent | None, standing: Mask) -> Candidates:
        """One row per strategy that stands and deployment that carries it."""
        if incumbent is None:
            return self._crossed(standing, None)
        every = self._crossed(np.ones(len(self.rows), bool), incumbent)  # what runs today is what it is, fitting or not
        return every.only(np.flatnonzero(standing[every.strategy]))

    def first(self, strategies: Mask, most: int) -> Candidates:
        """A few candidates of some strategies."""
        few = Crossing(self.columns, self.deployments, tuple(rows[:most] for rows in self.rows), self.large)
        return few._crossed(strategies, None).only(slice(most))

    def _crossed(self, standing: Mask, incumbent: Incumbent | None) -> Candidates:
        chosen = [(place, rows) for place, rows in enumerate(self.rows) if standing[place] and len(rows)]
        nothing = np.zeros(0, np.int64)
        strategy = np.concatenate([nothing, *(np.full(len(rows), place) for place, rows in chosen)])
        deployment = np.concatenate([nothing, *(rows for _, rows in chosen)])
        model, offer = self.deployments.model[deployment], self.deployments.offer[deployment]
        stays = incumbents(self.columns, incumbent, strategy, model, offer)
        escalating = np.array(["escalation" in one.techniques for one in self.columns.strategies], bool)[strategy]
        large = np.where(escalating, of_vendor(self.columns, self.large, offer), -1)
        return Candidates(strategy, deployment, model, offer, self.deployments.place[deployment], stays, large)


def crossed(columns: Columns, deployments: Deployments, situation: Situation, large: Ints) -> Crossing:
    """Every strategy for the task, with the deployments of models that can carry it.

    Args:
        large: each provider's offer that a cascade escalates to, as `large_of_vendors` finds it.
    """
    nothing = np.zeros(0, np.int64)
    rows = []
    for strategy in columns.strategies:
        found = _carrying(columns, deployments, strategy, situation) if situation.task in strategy.tasks else nothing
        rows.append(found[_escalates(columns, deployments, found, large)] if "escalation" in strategy.techniques else found)
    return Crossing(columns, deployments, tuple(rows), large)


def _carrying(columns: Columns, deployments: Deployments, strategy: StrategySpec, situation: Situation) -> Ints:
    carries = _carries(columns, strategy, situation.task, situation.spec) | _guards(columns, strategy, situation)
    found = np.flatnonzero(carries[deployments.model])
    return found[_can_be_changed(columns, deployments, found)] if strategy.changes_weights else found


def _escalates(columns: Columns, deployments: Deployments, rows: Ints, large: Ints) -> Mask:
    """The large model beside it is the same vendor's, and another one; on own machines there is none."""
    offer = deployments.offer[rows]
    larger = looked_up(columns.offers.model, of_vendor(columns, large, offer), -1)
    return np.asarray((larger >= 0) & (larger != deployments.model[rows]), bool)


def _carries(columns: Columns, strategy: StrategySpec, task: str, spec: TaskSpec) -> Mask:
    """Models of the right type that list the task, or the task that this one is built around."""
    is_type = are_of(columns.models.types, *strategy.model_types)
    lists_task = columns.models.tasks[:, TASKS.index(task)].copy()
    if strategy.id == "pretrained_as_is":
        is_base = are_of(columns.models.types, "encoder") & ~columns.models.ready_for[:, TASKS.index(task)]  # to tune
        is_prompted = are_of(columns.models.types, *LANGUAGE_MODELS) & ~_are_readers(columns)  # by whatever name
        is_type &= ~is_base & ~is_prompted
    elif "prompting" in strategy.techniques:
        is_type &= ~_are_readers(columns)
    if strategy.id == "finetune_specialist" and task in ("classification", "moderation"):
        is_type &= ~are_of(columns.models.types, "embedding")  # tuned to label texts, it is an encoder by whatever name
    if strategy.id == "classical_ml" and task == "reranking":
        is_type &= ~are_of(columns.models.types, "embedding")  # which ranks texts, not numbers
    if strategy.id == "finetune_encoder" and task in MARKED:
        lists_task |= columns.models.tasks[:, TASKS.index("extraction")]
    if spec.core_task is not None:
        lists_task |= columns.models.tasks[:, TASKS.index(spec.core_task)] & are_of(columns.models.types, "decoder_llm", "vlm")
    return is_type & lists_task


def _guards(columns: Columns, strategy: StrategySpec, situation: Situation) -> Mask:
    """Models that spot what is harmful, for pictures and films that are to be moderated: few of them see any, which a rule tells."""
    is_asked = situation.stated_task == MODERATION and strategy.id == "pretrained_as_is"
    return are_of(columns.models.types, MODERATION) & columns.models.tasks[:, TASKS.index(MODERATION)] & is_asked


def _are_readers(columns: Columns) -> Mask:
    """Models that read pages and chat with nobody: specialists that do their one thing."""
    return are_of(columns.models.types, "vlm") & ~columns.models.tasks[:, TASKS.index("chat")]


def _can_be_changed(columns: Columns, deployments: Deployments, rows: Ints) -> Mask:
    """Own machines run any open weights; a vendor must not be known to serve only its own."""
    offer = deployments.offer[rows]
    return np.asarray(looked_up(columns.offers.can_tune, offer, 1) != 0, bool)
