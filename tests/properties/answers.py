"""Reading answers in property tests."""

from __future__ import annotations

import copy
from typing import Any

from recommender import Catalog, Option, Recommendation, recommend

EVERY = 100_000  # alternatives: all that fit
PROMPTING = frozenset(("zero_shot", "few_shot", "long_context", "tool_agent", "cascade"))
TUNED = frozenset(("finetune_encoder", "finetune_llm", "finetune_specialist"))
SUPERVISED = TUNED | {"distillation", "train_from_scratch"}
KNOWING = frozenset(("rag", "rag_finetune", "long_context", "tool_agent", "cascade"))


def answered(needs: dict[str, Any], catalog: Catalog, alternatives: int = EVERY) -> Recommendation:
    """The answer with everything that fits."""
    return recommend(needs, catalog, detail="answer", draws=0, alternatives=alternatives)


def options(answer: Recommendation) -> list[Option]:
    """Everything that fits, best first."""
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


def pairs(answer: Recommendation) -> set[tuple[str, str]]:
    """Strategy and model of everything that fits."""
    return {(one.strategy.id, one.model.id) for one in options(answer)}


def ids(answer: Recommendation) -> list[str]:
    """Ids of everything that fits, best first."""
    return [one.id for one in options(answer)]


def best_score(answer: Recommendation, strategies: frozenset[str]) -> float | None:
    """The best score of some strategies; None where none fits."""
    found = [one.score.total for one in options(answer) if one.strategy.id in strategies]
    return max(found, default=None)


def with_field(needs: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The same requirements with one field set, or unset with None."""
    changed = copy.deepcopy(needs)
    *folders, field = path.split(".")
    inner = changed
    for folder in folders:
        inner = inner.setdefault(folder, {})
    if value is None:
        inner.pop(field, None)
    else:
        inner[field] = value
    return changed


def middle(option: Option, name: str) -> float | None:
    """An estimate's middle."""
    return option.estimates[name].mid
