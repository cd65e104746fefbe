"""Reading answers in property tests."""

from __future__ import annotations

import copy
from typing import Any

from recommender import Catalog, Option, Recommendation, recommend
from recommender.engine import decided
from recommender.explanation.options import option_id

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


def ranked(needs: dict[str, Any], catalog: Catalog) -> list[str]:
    """The same as `ids` of the answer, which takes most of its time to say why of each option."""
    decision = decided(needs, catalog, None)
    return [option_id(decision, row) for row in decision.order.tolist()]


def fitting(needs: dict[str, Any], catalog: Catalog) -> set[tuple[str, str]]:
    """The same as `pairs` of the answer."""
    decision = decided(needs, catalog, None)
    strategies, models = decision.columns.strategies, decision.columns.models
    chosen = decision.candidates.only(decision.order)
    return {(strategies[one].id, models.ids[other]) for one, other in zip(chosen.strategy, chosen.model, strict=True)}


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
