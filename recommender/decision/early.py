"""Rules that need no estimate, applied first: what they rule out is never estimated, only counted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender.decision.bars import bar_in_points
from recommender.decision.best_offers import large_of_vendors
from recommender.decision.candidates import Candidates, Crossing, crossed
from recommender.decision.costing import Estimates
from recommender.decision.deployments import Deployments
from recommender.decision.devices import device_gb
from recommender.decision.estimation import Rows, rows_of
from recommender.decision.facts import CandidateFacts
from recommender.decision.lengths import lengths
from recommender.decision.model_quality import Quality, model_quality
from recommender.domain.columns import Columns, Ints, Mask
from recommender.domain.method import Rule
from recommender.domain.record import record
from recommender.domain.situation import Situation
from recommender.domain.words import TASKS
from recommender.rules.screening import Finding, findings, reads_estimates, reads_the_strategy_alone
from recommender.techniques.pretraining import raw_tokens

LIMIT_FACTS = (
    "monthly_cost_usd", "one_time_cost_usd", "spread_cost_usd", "latency_p50_ms", "latency_p95_ms", "first_token_p95_ms", "whole_ms",
    "weeks_to_launch", "soonest_weeks", "memory_gb",
)  # fmt: skip
NAMED = 12  # of what a rule took out, to give examples of
EARLY_DEMAND = (
    "prefix_tokens",
    "prompt_tokens",
    "extra_calls",
    "step_tokens",
    "retrievals",
)  # what context and further models are judged on


@record
class Removed:
    """What one early rule took out: how many, of which strategies, and the first few of them."""

    rule: Rule
    verdict: str
    count: int
    per_strategy: Ints
    examples: Candidates


@record
class Early:
    """The candidates that no early rule failed, the early verdicts on them, and what was taken out."""

    candidates: Candidates
    findings: tuple[Finding, ...]
    removed: tuple[Removed, ...]


def screened_early(columns: Columns, deployments: Deployments, situation: Situation) -> Early:
    """Apply every rule that reads no estimate: first those on strategies alone, before strategies and deployments are crossed."""
    crossing = crossing_of(columns, deployments, situation)
    rules = tuple(rule for rule in columns.rules if not reads_estimates(rule))
    of_strategies = findings(*_for_strategies(columns, deployments, situation, rules))
    standing = _passing(of_strategies, len(columns.strategies))
    candidates = crossing.candidates(situation.requirements.incumbent, standing)
    rows = rows_of(columns, deployments, candidates, situation, has_draws=False, asked=EARLY_DEMAND)
    others = tuple(rule for rule in rules if not reads_the_strategy_alone(rule))
    of_candidates = findings(others, facts_of(rows, None, None), len(candidates))
    alive = np.flatnonzero(_passing(of_candidates, len(candidates)))
    removed = (
        *_removals(of_strategies, lambda mask: (np.where(mask, crossing.counts, 0), crossing.first(mask, NAMED))),
        *_removals(of_candidates, lambda mask: _counted(columns, candidates, mask)),
    )
    kept = candidates.only(alive)
    found = (*(one.only(kept.strategy) for one in of_strategies), *(one.only(alive) for one in of_candidates))
    return Early(kept, _as_listed(rules, found), removed)


def crossing_of(columns: Columns, deployments: Deployments, situation: Situation) -> Crossing:
    """Strategies with what can carry them. The large model of a cascade is one that no rule takes out by itself: it sees the
    requests too."""
    usable = np.zeros(len(columns.offers.model), bool)
    cascades = [place for place, one in enumerate(columns.strategies) if "escalation" in one.techniques]
    if any(situation.task in columns.strategies[place].tasks for place in cascades):
        usable = _offers_usable_alone(columns, deployments, situation, cascades[0])
    return crossed(columns, deployments, situation, large_of_vendors(columns, model_quality(columns, situation.task), usable))


def _offers_usable_alone(columns: Columns, deployments: Deployments, situation: Situation, strategy: int) -> Mask:
    """Offers of language models that every rule which reads no estimate lets pass; what cannot be told does not."""
    here = np.flatnonzero(deployments.offer >= 0)
    model, offer = deployments.model[here], deployments.offer[here]
    nothing = np.zeros(len(here), np.int64)
    alone = Candidates(nothing + strategy, here, model, offer, deployments.place[here], nothing > 0, nothing - 1)
    rows = rows_of(columns, deployments, alone, situation, has_draws=False, asked=EARLY_DEMAND)
    rules = tuple(rule for rule in columns.rules if not reads_estimates(rule) and not reads_the_strategy_alone(rule))
    passing = np.ones(len(here), bool)
    for one in findings(rules, facts_of(rows, None, None), len(here)):
        passing &= ~(one.excludes_as_failed | one.excludes_as_unknown)
    usable = np.zeros(len(columns.offers.model), bool)
    usable[offer] = passing & columns.models.tasks[model, TASKS.index(situation.spec.core_task or situation.task)]
    return usable


def _for_strategies(
    columns: Columns, deployments: Deployments, situation: Situation, rules: tuple[Rule, ...]
) -> tuple[tuple[Rule, ...], CandidateFacts, int]:
    """The rules on strategies alone, with one row per strategy to judge them on."""
    count = len(columns.strategies)
    every = np.arange(count)
    nowhere = np.zeros(count, np.int64)
    one_each = Candidates(every, nowhere, nowhere, nowhere, nowhere, np.zeros(count, bool), nowhere - 1)
    rows = Rows(columns, deployments, one_each, situation, has_draws=False)
    return tuple(rule for rule in rules if reads_the_strategy_alone(rule)), facts_of(rows, None, None), count


def _passing(found: tuple[Finding, ...], rows: int) -> Mask:
    passing = np.ones(rows, bool)
    for one in found:
        passing &= ~one.excludes_as_failed
    return passing


def _as_listed(rules: tuple[Rule, ...], found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    place = {rule.id: number for number, rule in enumerate(rules)}
    return tuple(sorted(found, key=lambda one: place[one.rule.id]))


Count = Callable[[Mask], tuple[Ints, Candidates]]


def _removals(found: tuple[Finding, ...], count: Count) -> tuple[Removed, ...]:
    """What each rule took out.

    Args:
        count: how many candidates of each strategy a mask stands for, and the first of them.
    """
    removed = []
    for one in found:
        for verdict, mask in (("fail", one.excludes_as_failed), ("unknown", one.excludes_as_unknown)):
            if not mask.any():
                continue
            per_strategy, examples = count(mask)
            if per_strategy.any():
                removed.append(Removed(one.rule, verdict, int(per_strategy.sum()), per_strategy, examples))
    return tuple(removed)


def _counted(columns: Columns, candidates: Candidates, mask: Mask) -> tuple[Ints, Candidates]:
    out = np.flatnonzero(mask)
    per_strategy = np.bincount(candidates.strategy[out], minlength=len(columns.strategies))
    return per_strategy, candidates.only(out[:NAMED])


def facts_of(rows: Rows, estimates: Estimates | None, quality: Quality | None) -> CandidateFacts:
    """What rules may read of the candidates; estimates only where they are known already."""
    situation = rows.situation
    needs = situation.requirements
    device = device_gb(rows.columns, needs) - (needs.hardware.memory_in_use_gb or 0.0)
    known = {name: getattr(estimates, name) for name in LIMIT_FACTS} if estimates else {}
    fits = estimates.running.fits if estimates else np.full(len(rows.candidates), np.nan)
    return CandidateFacts(
        columns=rows.columns,
        deployments=rows.deployments,
        candidates=rows.candidates,
        situation=situation,
        raw_tokens=float(raw_tokens(situation)),
        device_memory_gb=max(device, 0.0),
        quality_bar=bar_in_points(situation),
        searches=np.asarray(np.asarray(rows.demand.retrievals) > 0, bool),
        lengths=lengths(rows),
        fits_in_memory=np.where(np.isnan(fits), -1, fits > 0).astype(np.int8),
        estimates=known | ({"quality": quality.mid} if quality else {}),
    )
