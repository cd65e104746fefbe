"""The decision at the middle of every assumption: candidates, rules, estimates, scores, order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from recommender.decision.alike import first_of_each
from recommender.decision.appraisal import Preferences, anchors_of, parts_of_score, preferences_of, values_of
from recommender.decision.candidates import Candidates
from recommender.decision.costing import Estimates, estimates_of
from recommender.decision.criteria import Anchors
from recommender.decision.defaults import Default, Ledger, middle
from recommender.decision.deployments import Deployments, deployments_of
from recommender.decision.early import Removed, facts_of, screened_early
from recommender.decision.estimation import Array, Rows, rows_of
from recommender.decision.model_quality import Quality
from recommender.decision.part_terms import with_part_terms
from recommender.decision.quality import middle_quality_of, quality_of
from recommender.decision.risk import is_unasked_device, risk_of
from recommender.decision.situations import situation_of
from recommender.decision.tuning_machines import TuningMachines, tuning_machines
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.method import Assumption
from recommender.domain.record import record
from recommender.domain.requirements import Incumbent, Requirements
from recommender.domain.situation import Quantity, Situation
from recommender.domain.words import LABELLED
from recommender.rules.screening import Finding, findings, reads_estimates

BEYOND_WHAT_IS_THERE, UNASKED_DEVICE = 1, 2  # ranks of last resorts, each behind those before
MOST_LAST = 3  # training from nothing
KEPT_ON_SITE = ("on_premises", "air_gapped")


@record
class Decision:
    """All candidates with everything known about them, and the order of those that fit."""

    columns: Columns
    requirements: Requirements
    situation: Situation
    defaults: tuple[Default, ...]
    deployments: Deployments
    candidates: Candidates
    rows: Rows
    removed: tuple[Removed, ...]
    findings: tuple[Finding, ...]
    estimates: Estimates
    quality: Quality
    risk: Array
    anchors: Anchors
    preferences: Preferences
    values: dict[str, Array]
    parts: dict[str, Array]
    total: Array
    fits: Mask
    last_resort: Ints
    order: Ints

    @property
    def ranking(self) -> Ranking:
        """What the candidates are ordered by."""
        return Ranking(self.last_resort, self.total, self.estimates.first_year_cost_usd)

    @cached_property
    def first_choices(self) -> Mask:
        """What fits and competes for the first place: last resorts only where nothing else fits."""
        first = self.last_resort[self.fits].min(initial=MOST_LAST)
        return np.asarray(self.fits & (self.last_resort == first), bool)

    @cached_property
    def competing(self) -> Ints:
        """The front of the order, without the last resorts behind it."""
        return self.order[self.first_choices[self.order]]

    @cached_property
    def tuned_on(self) -> TuningMachines:
        """The machine that each candidate is tuned on, where its strategy tunes."""
        return tuning_machines(self.rows)

    @cached_property
    def doubts(self) -> tuple[Finding, ...]:
        """The rules that take something out because a fact is not known."""
        return tuple(one for one in self.findings if one.excludes_as_unknown.any())

    @property
    def winner(self) -> int | None:
        """The row of the best candidate that fits."""
        return int(self.order[0]) if len(self.order) else None


def decide(columns: Columns, requirements: Requirements, deployments: Deployments | None = None) -> Decision:
    """Decide at the middle of every assumption.

    Args:
        columns: the catalog.
        requirements: what the team needs.
        deployments: ways to run models, where the caller has them for the same hardware and regions.
    """
    needs = without_an_empty_incumbent(with_task(requirements))
    ledger = Ledger(middle)
    situation = situation_of(needs, columns, middles(columns.assumptions), ledger)
    situation = replace(_as_labelled(situation, requirements.task), stated_task=requirements.task)
    ways = deployments if deployments is not None else deployments_of(columns, needs)
    situation = with_part_terms(columns, ways, situation)
    early = screened_early(columns, ways, situation)
    candidates = early.candidates
    rows = rows_of(columns, ways, candidates, situation, has_draws=False)
    estimates = estimates_of(rows)
    quality = middle_quality_of(rows)
    late = tuple(rule for rule in columns.rules if reads_estimates(rule))
    found = (*early.findings, *findings(late, facts_of(rows, estimates, quality), len(candidates)))
    fits = _fitting(found, len(candidates))
    risk = risk_of(rows, quality.grades, estimates)
    preferences = preferences_of(situation, columns.profiles)
    anchors = anchors_of(situation, preferences)
    last_resort = _last_resorts(rows, quality, estimates, anchors)
    values = values_of(estimates, quality, risk, anchors)
    parts = parts_of_score(values, preferences.weights)
    total = np.asarray(sum(parts.values()), float)
    ranking = Ranking(last_resort, total, estimates.first_year_cost_usd)
    order = best_of_each(candidates, ranking, np.flatnonzero(fits), ways)
    return Decision(
        columns, needs, situation, tuple(ledger.used.values()), ways, candidates, rows, early.removed, found, estimates,
        quality, risk, anchors, preferences, values, parts, total, fits, last_resort, order,
    )  # fmt: skip


def with_intervals(decision: Decision, shown: Ints) -> Decision:
    """The same decision with the quality intervals of what is shown."""
    found = quality_of(decision.rows.only(shown))
    low, high = decision.quality.low.copy(), decision.quality.high.copy()
    low[shown], high[shown] = found.low, found.high
    return replace(decision, quality=Quality(low, decision.quality.mid, high, decision.quality.grades))


def middles(assumptions: Mapping[str, Assumption]) -> dict[str, Quantity]:
    """Every assumption at its middle."""
    return {name: one.mid for name, one in assumptions.items()}


CORE_TASKS = {
    ("classification", "image"): "image_classification",
    ("classification", "audio"): "audio_classification",
    ("classification", "video"): "video_understanding",
    ("moderation", "image"): "image_classification",
    ("moderation", "video"): "video_understanding",
    ("extraction", "image"): "document_extraction",
    ("question_answering", "image"): "visual_question_answering",
    ("classification", "tabular"): "tabular_prediction",
}


def with_task(requirements: Requirements) -> Requirements:
    """A task stated for text but with pictures, sound, film or a table alone as its input is the task for those."""
    given = requirements.modalities.input if requirements.modalities else None
    if requirements.task is None or not given:
        return requirements
    for kind in ("video", "image", "audio", "tabular"):
        if kind in given and (kind == "video" or "text" not in given):
            task = CORE_TASKS.get((requirements.task, kind))
            if task:
                return requirements.model_copy(update={"task": task})
    return requirements


def _as_labelled(situation: Situation, stated: str | None) -> Situation:
    """Films that are to be sorted are learned as labels are, not as answers to questions about films."""
    if stated not in LABELLED or situation.spec.family != "vision_language":
        return situation
    return replace(situation, spec=replace(situation.spec, family="classification"))


def without_an_empty_incumbent(requirements: Requirements) -> Requirements:
    """An incumbent of which nothing is said is none: nothing runs that would have to be switched off."""
    return requirements.model_copy(update={"incumbent": None}) if requirements.incumbent == Incumbent() else requirements


def _fitting(found: tuple[Finding, ...], rows: int) -> Mask:
    fits = np.ones(rows, bool)
    for one in found:
        fits &= ~(one.excludes_as_failed | one.excludes_as_unknown)
    return fits


def _last_resorts(rows: Rows, quality: Quality, estimates: Estimates, anchors: Anchors) -> Ints:
    """What the machines that were named do not carry (1), users' devices that nobody spoke of (2) and training from nothing (3) stand
    behind everything else (0), whatever their score. It hangs on nothing that the others are: without the winner, the next is first."""
    from_scratch = np.array([strategy.id == "train_from_scratch" for strategy in rows.columns.strategies])
    level = np.where(_is_beyond_what_is_there(rows, quality, estimates, anchors), BEYOND_WHAT_IS_THERE, 0)
    level = np.where(is_unasked_device(rows), UNASKED_DEVICE, level)
    return np.where(from_scratch[rows.candidates.strategy], MOST_LAST, level).astype(np.int64)


def _is_beyond_what_is_there(rows: Rows, quality: Quality, estimates: Estimates, anchors: Anchors) -> Mask:
    """A machine to be bought, where the team named those it has, keeps the work on its premises and told no budget for the start; and
    what those do not bring to a first draft, or not within the time that is too long at the task, so that buying is weighed against it."""
    needs = rows.situation.requirements
    stays = needs.privacy.boundary in KEPT_ON_SITE and needs.privacy.boundary_is == "must"
    if not needs.hardware.owned or not stays or needs.budget.one_time_usd is not None:
        return np.zeros(len(rows.candidates), bool)
    at_hand = rows.deployments.is_owned[rows.candidates.deployment]
    is_done = (quality.mid >= rows.situation.spec.levels.draft) & (estimates.latency_p95_ms <= anchors.latency_limit)
    return np.asarray(~at_hand | ~is_done, bool)


@record
class Ranking:
    """What candidates are ordered by: last resorts last, then the score, then the first year's cost [USD]."""

    last_resort: Ints
    total: Array
    cost: Array


def best_of_each(candidates: Candidates, ranking: Ranking, rows: Ints, deployments: Deployments) -> Ints:
    """The best deployment of each (strategy, model), best first; ties by first-year cost, then by id."""
    if not len(rows):
        return rows
    cost = ranking.cost[rows]
    names = np.lexsort(
        (
            _by_id(candidates, rows, deployments),
            np.round(np.where(np.isnan(cost), np.inf, cost), 6),
            -np.round(ranking.total[rows], 9),
            ranking.last_resort[rows],
        )
    )
    ordered = rows[names]
    pair = candidates.strategy[ordered] * (candidates.model.max() + 1) + candidates.model[ordered]
    return np.asarray(ordered[first_of_each(pair)[0]], np.int64)


def _by_id(candidates: Candidates, rows: Ints, deployments: Deployments) -> Ints:
    """One number that grows as the parts of an id do, strategy first: sorting by each of them would take longer."""
    deployment = candidates.deployment[rows]
    parts = (
        candidates.strategy[rows],
        candidates.model[rows],
        candidates.offer[rows] + 1,  # -1 where there is none
        deployments.hardware[deployment] + 1,
        deployments.count[deployment],
    )
    return np.ravel_multi_index(parts, [int(part.max()) + 1 for part in parts])
