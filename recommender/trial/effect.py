"""What measured results do to the answer: before, after, and by how much each figure moved."""

from __future__ import annotations

from recommender.catalog.loading import Catalog
from recommender.domain.recommendation import Recommendation
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.domain.trial_evidence import TrialEvidence, TrialResult
from recommender.engine import recommend

EVERY = 300  # options: enough to hold whatever was measured


@record
class Moved:
    """One measured candidate: its expected quality without and with the measurement; None where it is no option. [points of 100]"""

    result: TrialResult
    was: float | None
    now: float | None

    @property
    def name(self) -> str:
        """Strategy and model."""
        return f"{self.result.strategy}/{self.result.model}"

    @property
    def weight(self) -> float | None:
        """How much the measurement weighed against what was expected; None where that cannot be told. [0-1]"""
        if self.was is None or self.now is None or abs(self.result.quality - self.was) < 1e-9:
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
    before = recommend(needs, catalog, draws=0, detail="answer", alternatives=EVERY)
    after = recommend(needs, catalog, draws=0, detail="answer", alternatives=EVERY, evidence=evidence)
    old, new = _qualities(before), _qualities(after)
    moved = tuple(Moved(one, old.get(_key(one)), new.get(_key(one))) for one in evidence.results)
    return Effect(before, after, moved)


def _key(result: TrialResult) -> tuple[str, str]:
    return result.strategy, result.model


def _winner(answer: Recommendation) -> str | None:
    return answer.winner.id if answer.winner else None


def _qualities(answer: Recommendation) -> dict[tuple[str, str], float | None]:
    shown = (answer.winner, *answer.alternatives)
    return {(one.strategy.id, one.model.id): one.estimates["quality"].mid for one in shown if one is not None}
