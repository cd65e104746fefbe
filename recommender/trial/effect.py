"""What measured results do to the answer: before, after, and by how much each figure moved."""

from __future__ import annotations

from recommender.catalog.loading import Catalog
from recommender.comparing import compare
from recommender.domain.recommendation import Recommendation
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.trial_evidence import TrialEvidence, TrialResult
from recommender.engine import recommend, with_evidence
from recommender.explanation.numbers import plain
from recommender.explanation.plain_words import STRATEGY_WORDS, first_upper
from recommender.explanation.report import named


@record
class Moved:
    """One measured candidate: its expected quality without and with the measurement; None where it is no option. [points of 100]"""

    result: TrialResult
    was: float | None
    now: float | None

    @property
    def name(self) -> str:
        """Strategy and model."""
        return _name(self.result)

    @property
    def weight(self) -> float | None:
        """How much the measurement weighed against what was expected; None where that cannot be told. [0-1]"""
        if self.result.shared_words or self.was is None or self.now is None or abs(self.result.quality - self.was) < 1e-9:
            return None
        return min(max((self.now - self.was) / (self.result.quality - self.was), 0.0), 1.0)


@record
class Effect:
    """The answer without and with what was measured."""

    before: Recommendation
    after: Recommendation
    moved: tuple[Moved, ...]

    @property
    def changes_winner(self) -> bool:
        """Whether another option wins now."""
        return _winner(self.before) != _winner(self.after)


def effect_of(needs: Requirements, catalog: Catalog, evidence: TrialEvidence) -> Effect:
    """Decide without and with the evidence.

    Raises:
        InputError: with every fault of the requirements and of the evidence.
    """
    measured = with_evidence(catalog, evidence, needs)
    old, new = _qualities(needs, catalog, evidence), _qualities(needs, measured, evidence)
    moved = tuple(Moved(one, old.get(_name(one)), new.get(_name(one))) for one in evidence.results)
    return Effect(_answer(needs, catalog), _answer(needs, measured), moved)


def told(effect: Effect) -> tuple[str, ...]:
    """The same in sentences: what was measured, what that moves, and what becomes of the answer."""
    return (*(_moved(one) for one in effect.moved), _outcome(effect))


def _moved(one: Moved) -> str:
    name = f"{first_upper(STRATEGY_WORDS[one.result.strategy])} ({one.result.model})"
    if one.was is None and one.now is None:
        return f"{name}: no option here, so that what was measured moves nothing ({one.result.says})."
    before, after = ("not known" if value is None else plain(value) for value in (one.was, one.now))
    if one.result.shared_words:
        return (
            f"{name}: expected quality was {before} without and is {after} with what was measured ({one.result.says}). It counts words"
            " shared with the expected answer, so only differences between two that were measured by it move anything."
        )
    return f"{name}: expected quality was {before} without and is {after} with what was measured ({one.result.says})."


def _outcome(effect: Effect) -> str:
    before, after = ("nothing fits" if one is None else named(one) for one in (effect.before.winner, effect.after.winner))
    if effect.changes_winner:
        return f"That changes the answer. Without it: {before}. With it: {after}."
    return f"The answer is the same without it: {after}."


def _answer(needs: Requirements, catalog: Catalog) -> Recommendation:
    return recommend(needs, catalog, draws=0, detail="answer", alternatives=0)


def _name(result: TrialResult) -> str:
    return f"{result.strategy}/{result.model}"


def _winner(answer: Recommendation) -> str | None:
    return answer.winner.id if answer.winner else None


def _qualities(needs: Requirements, catalog: Catalog, evidence: TrialEvidence) -> dict[str, float | None]:
    """What is expected of every measured candidate that is an option."""
    asked = compare(needs, [_name(one) for one in evidence.results], catalog, draws=0).compared
    return {one.asked: one.option.estimates["quality"].mid for one in asked if one.option is not None}
