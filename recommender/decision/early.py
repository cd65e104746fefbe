"""Rules that need no estimate, applied first: what they rule out is never estimated, only counted."""

from __future__ import annotations

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.costing import Estimates
from recommender.decision.estimation import Rows
from recommender.decision.facts import CandidateFacts, bar_in_points
from recommender.decision.machine_names import owned_machine
from recommender.decision.model_quality import Quality
from recommender.domain.columns import Ints, Mask
from recommender.domain.method import Rule
from recommender.domain.record import record
from recommender.rules.screening import Finding, findings, reads_estimates
from recommender.techniques.pretraining import raw_tokens

LIMIT_FACTS = (
    "monthly_cost_usd", "one_time_cost_usd", "latency_p95_ms", "first_token_p95_ms", "weeks_to_launch", "memory_gb",
)  # fmt: skip
DEVICE_GB_UNSTATED = 8.0
EXAMPLES = 3
EARLY_DEMAND = ("prefix_tokens", "prompt_tokens", "extra_calls")  # what the context window is judged on


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


def screened_early(rows: Rows) -> Early:
    """Apply every rule that reads no estimate."""
    rules = tuple(rule for rule in rows.columns.rules if not reads_estimates(rule))
    found = findings(rules, facts_of(rows, None, None), len(rows.candidates))
    alive = np.ones(len(rows.candidates), bool)
    for one in found:
        alive &= ~one.excludes_as_failed
    removed = tuple(
        _removed(rows, one, verdict, mask)
        for one in found
        for verdict, mask in (("fail", one.excludes_as_failed), ("unknown", one.excludes_as_unknown))
        if mask.any()
    )
    return Early(rows.candidates.only(alive), tuple(one.only(alive) for one in found), removed)


def _device_memory(rows: Rows) -> float:
    """Memory of the device: stated, that of the largest machine at hand, or a modest one's. [GB]"""
    needs = rows.situation.requirements.hardware
    if needs.device_memory_gb is not None:
        return needs.device_memory_gb
    at_hand = [owned_machine(rows.columns.hardware, one.accelerator)[1] for one in needs.owned or ()]
    return max(at_hand, default=DEVICE_GB_UNSTATED)


def _removed(rows: Rows, one: Finding, verdict: str, mask: Mask) -> Removed:
    per_strategy = np.bincount(rows.candidates.strategy[mask], minlength=len(rows.columns.strategies))
    first = rows.candidates.only(np.flatnonzero(mask)[: EXAMPLES * 4])
    return Removed(one.rule, verdict, int(mask.sum()), per_strategy, first)


def facts_of(rows: Rows, estimates: Estimates | None, quality: Quality | None) -> CandidateFacts:
    """What rules may read of the candidates; estimates only where they are known already."""
    situation = rows.situation
    needs = situation.requirements
    device = _device_memory(rows) - (needs.hardware.memory_in_use_gb or 0.0)
    tokens = rows.demand.prefix_tokens + rows.demand.prompt_tokens / (1.0 + rows.demand.extra_calls)
    context = situation.max_input_tokens + tokens + situation.output_tokens
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
        needed_context=np.asarray(context, float),
        fits_in_memory=np.where(np.isnan(fits), -1, fits > 0).astype(np.int8),
        estimates=known | ({"quality": quality.mid} if quality else {}),
    )
