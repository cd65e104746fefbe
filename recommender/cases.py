"""Recorded decisions held against the engine's answers: how often it agrees, how often it does what experts reject."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from recommender.catalog.loading import Catalog
from recommender.catalog.requests import read_yaml_file
from recommender.catalog.validation import judged as judged_file
from recommender.domain.recommendation import Recommendation
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.words import Hosting, ModelType, StrategyId
from recommender.engine import decider, recommend, status_of
from recommender.explanation.full import asked_of

MOST_BYTES = 20_000_000


class Case(BaseModel):
    """One recorded decision with what experts would accept. Fields that only describe it are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    requirements: Requirements
    stated: Requirements
    acceptable: tuple[StrategyId, ...] = Field(min_length=1)
    unacceptable: tuple[StrategyId, ...] = ()
    acceptable_model_types: tuple[ModelType, ...] = ()
    acceptable_hosting: tuple[Hosting, ...] = ()
    weight: float = Field(default=1.0, ge=0, allow_inf_nan=False)


class CaseFile(BaseModel):
    """A file of recorded decisions."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    cases: tuple[Case, ...] = Field(min_length=1)


@record
class Judged:
    """One case's outcome."""

    case: Case
    status: str
    winner: str | None
    hit: bool
    violation: bool
    model_type: bool
    hosting: bool


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases in a file.

    Raises:
        InputError: with every fault found.
    """
    file: CaseFile = judged_file(read_yaml_file(path, MOST_BYTES), CaseFile, CaseFile.model_validate).right()
    return file.cases


def judged(cases: tuple[Case, ...], catalog: Catalog) -> dict[str, Any]:
    """Weighted rates with full requirements, and with only what the source states."""
    full = [_judge(case, recommend(case.requirements, catalog, draws=0, detail="answer", alternatives=0)) for case in cases]
    stated = [_judge_as_stated(case, catalog) for case in cases]
    return {"full": _rates(full), "stated": _rates(stated)}


def _judge_as_stated(case: Case, catalog: Catalog) -> Judged:
    """What is asked, which takes longest to tell, counts only where the answer itself is none that experts accept."""
    at_once = _judge(case, recommend(case.stated, catalog, draws=0, detail="answer", alternatives=0))
    if at_once.hit:
        return at_once
    decide = decider(catalog)
    decision = decide(case.stated)
    asked = asked_of(case.stated, decision, decide)
    status = status_of(decision, asked)
    hit = status == "needs_answers" and any(_is_answered(case, one.requirement) for one in asked.questions[:2])
    return replace(at_once, status=status, hit=hit)


def _judge(case: Case, answer: Recommendation) -> Judged:
    winner = answer.winner
    strategy = winner.strategy.id if winner else None
    return Judged(
        case=case,
        status=answer.status,
        winner=winner.id if winner else None,
        hit=strategy in case.acceptable,
        violation=strategy in case.unacceptable,
        model_type=winner is not None and winner.model.type in case.acceptable_model_types,
        hosting=winner is not None and winner.deployment.hosting in case.acceptable_hosting,
    )


def _is_answered(case: Case, path: str) -> bool:
    """Whether the full requirements hold a field that the stated ones lack."""
    return _at(case.requirements, path) is not None and _at(case.stated, path) is None


def _at(value: Any, path: str) -> Any:
    for part in path.split("."):
        value = getattr(value, part, None)
    return value


def _rates(outcomes: list[Judged]) -> dict[str, Any]:
    total = sum(one.case.weight for one in outcomes) or 1.0

    def share(name: str) -> float:
        return round(sum(one.case.weight for one in outcomes if getattr(one, name)) / total, 4)

    return {
        "cases": len(outcomes),
        "hit_rate": share("hit"),
        "violation_rate": share("violation"),
        "model_type_rate": share("model_type"),
        "hosting_rate": share("hosting"),
        "misses": [_miss(one) for one in outcomes if not one.hit or one.violation],
    }


def _miss(one: Judged) -> dict[str, Any]:
    reason = "an unacceptable strategy" if one.violation else "not among the acceptable strategies"
    if one.winner is None:
        reason = "nothing fits"
    return {
        "id": one.case.id,
        "status": one.status,
        "winner": one.winner,
        "acceptable": list(one.case.acceptable),
        "reason": reason,
    }


def summary_text(result: dict[str, Any]) -> str:
    """Rates and misses for a terminal."""
    lines = []
    for name, rates in result.items():
        lines.append(
            f"{name}: {rates['cases']} cases, hits {rates['hit_rate']:.0%}, violations {rates['violation_rate']:.0%}, "
            f"model types {rates['model_type_rate']:.0%}, hosting {rates['hosting_rate']:.0%}"
        )
        lines += [
            f"  {one['id']}: {one['winner']} ({one['reason']}; {', '.join(one['acceptable'])})" for one in rates["misses"]
        ]
    return "\n".join(lines)
