"""When nothing fits: a minimal set of requirements in conflict, and the smallest changes that make something fit.

Every relaxation is run before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import numpy as np

from recommender.decision.decide import Decision
from recommender.domain.recommendation import Change, Relaxation, WinnerRef
from recommender.domain.requirements import Requirements
from recommender.explanation.changes import changed, largest, shown, value_at
from recommender.explanation.numbers import rounded
from recommender.explanation.options import deployment_of, option_id

Decide = Callable[[Requirements], Decision]
LIMITS = {
    "budget.monthly_usd": "monthly_cost_usd",
    "budget.one_time_usd": "one_time_cost_usd",
    "latency.p95_ms": "latency_p95_ms",
    "latency.first_token_p95_ms": "first_token_p95_ms",
    "team.weeks_to_launch": "soonest_weeks",
}
WISHES = (
    "capabilities", "languages", "target_languages", "modalities", "privacy.boundary", "privacy.residency",
    "privacy.certifications", "privacy.zero_retention", "privacy.no_training", "privacy.sensitivity", "licence.open_weights",
    "licence.commercial_use", "quality.bar", "workload.max_input_tokens", "workload.deadline_hours", "workload.requests_per_month", "workload.input_tokens",
    "workload.images", "workload.pages", "workload.audio_minutes", "workload.video_seconds", "workload.characters",
    "workload.peak_requests_per_second", "workload.concurrent_streams", "workload.output_tokens", "data.labelled_examples",
    "data.labels_obtainable", "knowledge.updates", "knowledge.query", "knowledge.source", "knowledge.citations", "knowledge.answers_in_corpus",
    "knowledge.tokens", "knowledge.documents", "team.skills", "hardware.device_memory_gb", "hardware.memory_in_use_gb",
    "hardware.owned", "exclude", "only",
)  # fmt: skip
LOOSER_BOUNDARY = {
    "on_device": ("on_premises", "own_tenant", "any_cloud"),
    "air_gapped": ("own_tenant", "any_cloud"),
    "on_premises": ("own_tenant", "any_cloud"),
    "own_tenant": ("any_cloud",),
}
LOOSER_BAR = {"best": ("high", "good", "draft"), "high": ("good", "draft"), "good": ("draft",)}
LABELS = "data.labelled_examples"
BAR = "quality.bar"
MORE_LABELS = (100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0, 50_000.0)
MOST_RELAXATIONS = 5
FREE = 1e12


def stated_paths(requirements: Requirements) -> tuple[str, ...]:
    """Every field whose statement can exclude something."""
    return tuple(path for path in (*LIMITS, *WISHES) if value_at(requirements, path) is not None)


def without(requirements: Requirements, paths: tuple[str, ...]) -> Requirements:
    """The requirements with some fields unstated."""
    for path in paths:
        if path == "modalities" and requirements.task is None:
            continue
        requirements = changed(requirements, path, None)
    return requirements


def _freed(requirements: Requirements, paths: tuple[str, ...]) -> Requirements:
    """The requirements with some fields barring nothing: unstated, but of labelled examples many, since few are assumed of who states none."""
    held = requirements.data.labelled_examples
    free = without(requirements, paths)
    return changed(free, LABELS, MORE_LABELS[-1]) if LABELS in paths and held is not None and held < MORE_LABELS[-1] else free


def binding(requirements: Requirements, decide: Decide) -> tuple[str, ...]:
    """A minimal conflict: with any one of these fields unstated, the others are no longer in conflict.

    Facts such as examples at hand can help as well as bar, so what was needed early may no longer be needed when others are gone:
    it is gone through until nothing more can be left out.
    """
    stated = stated_paths(requirements)
    kept, before = stated, None
    while kept != before:
        before = kept
        for path in before:
            rest = tuple(one for one in kept if one != path)
            if decide(without(requirements, tuple(one for one in stated if one not in rest))).winner is None:
                kept = rest
    return kept


def also_in_the_way(conflict: tuple[str, ...], found: tuple[Relaxation, ...]) -> tuple[str, ...]:
    """What else would have to give, whichever of the changes is made: a minimal conflict hides others that stand beside it."""
    changed_fields = [tuple(change.requirement for change in one.changes) for one in found]
    first = changed_fields[0] if changed_fields else ()
    return tuple(path for path in first if path not in conflict and all(path in one for one in changed_fields))


def relaxations(requirements: Requirements, conflict: tuple[str, ...], decide: Decide) -> tuple[Relaxation, ...]:
    """The smallest changes that make something fit, fewest fields first; before what is below a first draft stands what it takes
    to reach one."""
    found: list[Relaxation] = []
    draft = decide(requirements).situation.spec.levels.draft
    for size in range(1, len(stated_paths(requirements)) + 1):
        pool = conflict if size <= len(conflict) else stated_paths(requirements)
        for paths in combinations(pool, min(size, len(pool))):
            relaxed = _relaxed(requirements, paths, decide)
            if relaxed is not None:
                found += (*_reaching_a_draft(requirements, paths, relaxed, draft, decide), relaxed)
        if found or size > len(conflict) + 1:
            break
    if not found:
        found = [one for one in [_relaxed(requirements, stated_paths(requirements), decide)] if one is not None]
    return tuple(found[:MOST_RELAXATIONS])


def _reaching_a_draft(
    requirements: Requirements, paths: tuple[str, ...], least: Relaxation, draft: float, decide: Decide
) -> tuple[Relaxation, ...]:
    """The same fields loosened until a first draft is reached, where the least that will do leads to less, or to what nobody knows."""
    if requirements.quality.bar is not None or _reaches(least, draft):
        return ()
    found = _relaxed(changed(requirements, BAR, "draft"), paths, decide)
    if found is None:
        return ()
    loosened = requirements
    for one in found.changes:
        loosened = changed(loosened, one.requirement, one.to_value)
    decision = decide(loosened)
    if decision.winner is None:
        return ()
    reaching = Relaxation(changes=found.changes, winner=winner_of(decision))
    return (reaching,) if _reaches(reaching, draft) and reaching.changes != least.changes else ()


def _reaches(found: Relaxation, draft: float) -> bool:
    return found.winner.quality is not None and found.winner.quality >= draft


def _relaxed(requirements: Requirements, paths: tuple[str, ...], decide: Decide) -> Relaxation | None:
    """The fields loosened as little as will do, verified by running the result."""
    ways = (_freed(requirements, paths), *([without(requirements, paths)] if LABELS in paths else []))
    freed = next((one for one in map(decide, ways) if one.winner is not None), None)
    if freed is None:
        return None
    loosened = requirements
    for path in sorted(paths, key=lambda one: one != BAR):  # else limits give way to what no bar would have let pass
        loosened = _least(requirements, loosened, path, paths, decide)
    decision = decide(loosened)
    if decision.winner is None:
        loosened, decision = freed.requirements, freed
    changes = tuple(
        Change(requirement=path, from_value=shown(value_at(requirements, path)), to_value=shown(value_at(loosened, path)))
        for path in paths
        if value_at(requirements, path) != value_at(loosened, path)
    )
    return Relaxation(changes=changes, winner=winner_of(decision)) if changes else None


def _least(whole: Requirements, loosened: Requirements, path: str, paths: tuple[str, ...], decide: Decide) -> Requirements:
    """One field loosened as little as will do while the other fields of the set are free."""
    others = tuple(one for one in paths if one != path and value_at(loosened, one) == value_at(whole, one))
    if decide(_freed(loosened, others)).winner is not None:
        return loosened  # as stated it bars nothing once the others are loosened
    for value in _steps(loosened, path, others, decide):
        tried = changed(loosened, path, value)
        if decide(_freed(tried, others)).winner is not None:
            return tried
    return changed(loosened, path, None)


def _steps(requirements: Requirements, path: str, others: tuple[str, ...], decide: Decide) -> Iterator[Any]:
    """Looser and looser values of a field."""
    value = value_at(requirements, path)
    if path in LIMITS:
        yield from _limit_steps(requirements, path, others, decide)
    elif path == "privacy.boundary":
        yield from LOOSER_BOUNDARY.get(value, ())
    elif path == BAR and isinstance(value, str):
        yield from LOOSER_BAR.get(value, ())
    elif path == LABELS:
        yield from (count for count in MORE_LABELS if count > value)
    elif path == "workload.deadline_hours":
        yield from (rounded(value * factor) for factor in (2, 5, 10, 100, 1000))
    elif path.startswith("workload.") and isinstance(value, float):
        yield from (rounded(value / divisor) for divisor in (2, 5, 10, 100, 1000))


def _limit_steps(requirements: Requirements, path: str, others: tuple[str, ...], decide: Decide) -> Iterator[float]:
    """The least limit under which something fits, found in closed form: the least estimate among what else fits."""
    free = decide(_freed(changed(requirements, path, FREE if path.startswith("budget") else None), others))
    for_all = path == "budget.monthly_usd" and requirements.budget.one_time_usd is None
    estimates = getattr(free.estimates, "spread_cost_usd" if for_all else LIMITS[path])[free.first_choices]
    known = estimates[~np.isnan(estimates)]
    if len(known):
        least = float(known.min())
        yield from (limit for limit in map(rounded, (least * 1.05, least * 1.25, least * 2)) if limit <= largest(path))


def winner_of(decision: Decision) -> WinnerRef:
    """The winner, in passing."""
    row = decision.winner
    if row is None:
        raise ValueError("nothing fits, so there is no winner to name")
    return WinnerRef(
        id=option_id(decision, row),
        strategy=decision.columns.strategies[decision.candidates.strategy[row]].id,
        model=decision.columns.models.ids[decision.candidates.model[row]],
        hosting=deployment_of(decision, row).hosting,
        quality=None if np.isnan(decision.quality.mid[row]) else float(decision.quality.mid[row]),
    )
