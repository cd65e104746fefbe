"""Candidates: strategies crossed with the ways to run the models that can carry them."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from recommender.decision.deployments import Deployments
from recommender.decision.incumbent import incumbents
from recommender.decision.lookups import looked_up
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.method import StrategySpec, TaskSpec
from recommender.domain.record import record
from recommender.domain.requirements import Incumbent
from recommender.domain.words import MODEL_TYPES, TASKS


@record
class Candidates:
    """One row per (strategy, deployment); `strategy` is a place in the catalog's strategies."""

    strategy: Ints
    deployment: Ints
    model: Ints
    offer: Ints
    place: Ints
    is_incumbent: Mask

    def __len__(self) -> int:
        return len(self.strategy)

    def only(self, rows: Ints | Mask) -> Candidates:
        """Some of the rows."""
        return Candidates(*(getattr(self, one.name)[rows] for one in fields(self)))


def candidates_of(
    columns: Columns, deployments: Deployments, task: str, spec: TaskSpec, incumbent: Incumbent | None = None
) -> Candidates:
    """Every strategy for the task, on every deployment of a model that can carry it."""
    strategies: list[Ints] = []
    rows: list[Ints] = []
    for place, strategy in enumerate(columns.strategies):
        if task not in strategy.tasks:
            continue
        carries = _carries(columns, strategy, task, spec)
        found = np.flatnonzero(carries[deployments.model])
        if strategy.changes_weights:
            found = found[_can_be_changed(columns, deployments, found)]
        if "escalation" in strategy.techniques:  # the large model beside it is the same vendor's; on own machines there is none
            found = found[deployments.offer[found] >= 0]
        strategies.append(np.full(len(found), place))
        rows.append(found)
    strategy_column = np.concatenate(strategies) if strategies else np.zeros(0, int)
    deployment = np.concatenate(rows) if rows else np.zeros(0, int)
    model, offer = deployments.model[deployment], deployments.offer[deployment]
    stays = incumbents(columns, incumbent, strategy_column, model, offer)
    return Candidates(strategy_column, deployment, model, offer, deployments.place[deployment], stays)


def _carries(columns: Columns, strategy: StrategySpec, task: str, spec: TaskSpec) -> Mask:
    """Models of the right type that list the task, or the task that this one is built around."""
    types = [MODEL_TYPES.index(kind) for kind in strategy.model_types]
    is_type = np.isin(columns.models.types, types)
    lists_task = columns.models.tasks[:, TASKS.index(task)].copy()
    if strategy.id == "finetune_encoder" and task == "rewriting":
        lists_task |= columns.models.tasks[:, TASKS.index("extraction")]  # edits can be tagged, word by word
    if spec.core_task is not None:
        core = [MODEL_TYPES.index(kind) for kind in ("decoder_llm", "vlm")]
        lists_task |= columns.models.tasks[:, TASKS.index(spec.core_task)] & np.isin(columns.models.types, core)
    return is_type & lists_task


def _can_be_changed(columns: Columns, deployments: Deployments, rows: Ints) -> Mask:
    """Own machines run any open weights; a vendor must not be known to serve only its own."""
    offer = deployments.offer[rows]
    return np.asarray(looked_up(columns.offers.can_tune, offer, 1) != 0, bool)
