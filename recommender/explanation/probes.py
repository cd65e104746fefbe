"""Unstated fields that may decide an answer, each with plausible values and how likely these are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from recommender.decision.acting import TOOL_CALLING
from recommender.decision.decide import Decision
from recommender.decision.live_speech import is_live
from recommender.decision.risk import is_unasked_device
from recommender.domain.method import TaskSpec
from recommender.domain.words import CONVERSATIONS
from recommender.evidence.strategy_gain import EXAMPLES_PER_HOUR
from recommender.explanation.changes import value_at
from recommender.explanation.numbers import duration, rounded

FEW_LABELS = 200.0
LABELS = frozenset(("data.labelled_examples", "data.labelled_hours"))
TIGHTER = 0.95  # of a limit, which always reads otherwise
USUAL, AT_AN_END, EXTREME = 0.8, 0.5, 0.3
"""How likely a value is that somebody then states: one from the middle of what is usual, one at its end, and the sharpest."""
Probe = tuple[Any, float]


def probes(decision: Decision) -> Iterator[tuple[str, tuple[Probe, ...]]]:
    """Unstated fields that may decide, with plausible values of each and how likely these are."""
    needs, spec = decision.requirements, decision.situation.spec
    usual, anchors = spec.workload.requests_per_month, spec.anchors
    waits = anchors.first_token_ms if is_live(decision.situation) else anchors.latency_ms
    options: dict[str, tuple[Probe, ...]] = {
        "workload.requests_per_month": ((usual.low, AT_AN_END), (usual.high, AT_AN_END)),
        "privacy.boundary": (("on_premises", AT_AN_END),),
    }
    if not decision.situation.is_offline:
        usual_wait = rounded(float(np.sqrt(waits[0] * waits[1])))
        options["latency.p95_ms"] = ((_told_apart(decision, usual_wait), USUAL), (_told_apart(decision, waits[0]), EXTREME))
    if spec.needs_labels_to_learn and not decision.situation.labels_are_stated:
        options |= _about_labels(spec)
    if decision.situation.labels_are_stated and needs.data.labelled_examples == 0:
        options["data.labels_obtainable"] = ((True, AT_AN_END),)
    if decision.situation.task in CONVERSATIONS:
        options["capabilities"] = (((TOOL_CALLING,), AT_AN_END),)
    options |= _about_documents(decision)
    if decision.winner is not None and is_unasked_device(decision.rows)[decision.winner]:
        options["hardware.device_memory_gb"] = ((0.0, USUAL),)
    for path, values in options.items():
        if value_at(needs, path) is None and not (path == "workload.requests_per_month" and is_counted_in_all(decision)):
            yield path, tuple(dict.fromkeys(values))


def _told_apart(decision: Decision, limit_ms: float) -> float:
    """A limit that the answer breaks, a little tighter where it would read the same as the answer's own time. [ms]"""
    own = float("nan") if decision.winner is None else float(decision.estimates.latency_p95_ms[decision.winner])
    return rounded(limit_ms * TIGHTER) if own > limit_ms and duration(own) == duration(limit_ms) else limit_ms


def _about_labels(spec: TaskSpec) -> dict[str, tuple[Probe, ...]]:
    """None, the usual number, many: of voices in hours of recordings."""
    many = (max(spec.labels.mid, FEW_LABELS), max(spec.labels.high, 1000.0))
    is_voice = spec.family == "speech" and spec.core_task is None
    usual, most = (rounded(one / EXAMPLES_PER_HOUR) for one in many) if is_voice else many
    path = "data.labelled_hours" if is_voice else "data.labelled_examples"
    return {path: ((0.0, USUAL), (usual, USUAL), (most, EXTREME))}


def _about_documents(decision: Decision) -> dict[str, tuple[Probe, ...]]:
    """Whether there are documents, where the answer takes that for granted; how often they change; how large they are."""
    knowledge, may_rest = decision.requirements.knowledge, decision.situation.spec.may_rest_on_documents
    found: dict[str, tuple[Probe, ...]] = {}
    if may_rest and not (knowledge.is_stated or knowledge.is_none):
        if _looks_things_up(decision):
            found["knowledge.documents"] = ((0.0, USUAL),)
        found["knowledge.updates"] = (("static", USUAL), ("daily", AT_AN_END))
    if knowledge.is_stated and knowledge.tokens is None and knowledge.documents is None:
        found["knowledge.tokens"] = ((20_000.0, AT_AN_END), (50_000_000.0, AT_AN_END))
    return found


def _looks_things_up(decision: Decision) -> bool:
    row = decision.winner
    return row is not None and decision.columns.strategies[decision.candidates.strategy[row]].brings_knowledge


def is_counted_in_all(decision: Decision) -> bool:
    """Whether the number of requests is stated in all, so that there is none a month."""
    return decision.situation.mode == "one_off" and decision.requirements.workload.total_requests is not None
