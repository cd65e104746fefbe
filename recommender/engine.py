"""The product, top to bottom: requirements in, a reasoned recommendation out. No network, no clock, no globals."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from recommender.catalog.loading import Catalog, load_catalog
from recommender.decision.decide import Decision, decide, with_intervals, with_task
from recommender.decision.deployments import deployments_of, what_they_depend_on
from recommender.decision.frontier import frontier
from recommender.decision.robustness import BEST, Draws, drawn
from recommender.decision.trialled import evidence_faults, levels_of_shared_words, measured_rows
from recommender.domain.columns import Ints
from recommender.domain.recommendation import (
    AssumedValue,
    CatalogRef,
    Confidence,
    Option,
    Recommendation,
)
from recommender.domain.requirements import Requirements
from recommender.domain.words import GRADES, Status
from recommender.errors import Fault, InputError
from recommender.explanation.beaten import with_what_is_beaten
from recommender.explanation.full import Asked, Full, full_of
from recommender.explanation.named import requirements_for
from recommender.explanation.near_tie import near_tie
from recommender.explanation.options import Shares, option_of
from recommender.explanation.reasons import words_of
from recommender.explanation.stability import share_of_kind
from recommender.explanation.verdicts import barred_by_unknowns, by_strategy, excluded, if_confirmed

if TYPE_CHECKING:
    from recommender.domain.trial_evidence import Evidence, TrialEvidence

ENGINE_VERSION = "0.1.0"
MOST_KEPT = 32
FIRST_YEAR, LAST_YEAR = 1990, 2100
Detail = Literal["answer", "full"]


def recommend(
    requirements: Requirements | dict[str, Any],
    catalog: Catalog | None = None,
    *,
    as_of: datetime.date | str | None = None,
    seed: int = 0,
    alternatives: int = 5,
    draws: int = 200,
    detail: Detail = "full",
    evidence: Evidence = None,
) -> Recommendation:
    """A reasoned answer: what to pick, why, what it costs, how sure that is, what would change it.

    Args:
        requirements: what the team needs, or a plain dict of it.
        catalog: facts; None for the shipped ones.
        as_of: the day whose prices and retirements hold; None for the catalog's own.
        seed: of the draws.
        alternatives: how many to show beside the winner; beyond these the best by another strategy and the rival of a near tie.
        draws: of assumptions, quality and weights; 0 for the assumptions' own ends only.
        detail: "answer" leaves what binds, tipping points, relaxations, questions and the pilot empty.
        evidence: what one's own trial or import measured, as `recommender trial` writes it; weighed by its standard error.

    Raises:
        InputError: with every fault of the requirements and of the evidence.
    """
    whole(alternatives=alternatives, draws=draws, seed=seed)
    if detail not in get_args(Detail):
        raise InputError([Fault("detail", f"'{detail}' is not known here", "use answer or full")])
    facts = facts_of_the_day(catalog, as_of)
    needs = requirements_for(requirements, facts.columns)
    facts = with_evidence(facts, evidence, needs)
    again = decider(facts)
    decision = again(needs)
    unconfirmed = barred_by_unknowns(decision)
    ranks = _shown_ranks(decision, alternatives + 1)
    decision = with_intervals(decision, np.concatenate([decision.order[ranks], unconfirmed]))
    shown = _drawn(decision, ranks, unconfirmed, draws, seed)
    tie = near_tie(decision, shown)
    if tie is not None and alternatives:
        decision, ranks = _with_the_rival(decision, ranks, tie.rival)
    options = with_what_is_beaten(_options(decision, shown, ranks, draws))
    more = full_of(needs, decision, again, tie) if detail == "full" else Full()
    return Recommendation(
        status=status_of(decision, more.asked),
        winner=options[0] if options else None,
        alternatives=options[1:],
        by_strategy=by_strategy(decision),
        excluded=excluded(decision),
        if_confirmed=if_confirmed(decision, unconfirmed, shown),
        binding=more.binding,
        relaxations=more.relaxations,
        tipping_points=more.tipping_points,
        open_questions=more.asked.questions,
        pilot=more.pilot,
        confidence=_confidence(decision, shown, draws),
        assumed=_assumed(decision, facts),
        catalog=_reference(facts),
        engine_version=ENGINE_VERSION,
    )


def _reference(facts: Catalog) -> CatalogRef:
    columns = facts.columns
    day = columns.as_of.isoformat()
    return CatalogRef(version=columns.version, digest=columns.digest, as_of=day, engine_version=ENGINE_VERSION)


MOST_DRAWS = 10_000


def whole(**numbers: int) -> None:
    """Raise for what is no whole number at or above zero, or more draws than memory can hold."""
    faults = [
        Fault(name, f"{value!r} is not a whole number from 0 on", "give one, like 200")
        for name, value in numbers.items()
        if isinstance(value, bool) or not isinstance(value, int) or value < 0
    ]
    if not faults and numbers["draws"] > MOST_DRAWS:
        faults = [Fault("draws", f"{numbers['draws']} are more than {MOST_DRAWS}", "200 tell as much")]
    if faults:
        raise InputError(faults)


def listed(name: str, values: Any, example: str, *, may_be_empty: bool = False) -> None:
    """Raise for what is no list of names, or one of none."""
    is_list = (
        not isinstance(values, (str, bytes)) and isinstance(values, Sequence) and all(isinstance(one, str) for one in values)
    )
    if not is_list or not (may_be_empty or any(one.strip() for one in values)):
        raise InputError([Fault(name, f"is {values!r}, not a list of names", f"give a list: {example}")])


def with_evidence(facts: Catalog, evidence: Evidence, needs: Requirements) -> Catalog:
    """The catalog with what was measured laid over it.

    Raises:
        InputError: when the evidence is malformed, of another task, or of a model that the catalog does not have.
    """
    if evidence is None:
        return facts
    from recommender.catalog.trial_files import evidence_from  # most answers have no trial, and need not read its records

    given = evidence_from(evidence)
    faults = evidence_faults(given, facts.columns, with_task(needs).task)
    if faults:
        raise InputError(faults)
    levels = _levels(facts, given, needs) if any(one.shared_words for one in given.results) else {}
    return replace(facts, columns=replace(facts.columns, trial=given, trial_levels=levels))


def _levels(facts: Catalog, evidence: TrialEvidence, needs: Requirements) -> dict[str, tuple[float, float]]:
    """How far scores of shared words lie from what is expected without them, over all that was measured."""
    decision = decider(replace(facts, columns=replace(facts.columns, trial=None, trial_levels={})))(needs)
    decision = with_intervals(decision, measured_rows(evidence, decision.candidates, facts.columns))
    return levels_of_shared_words(evidence, decision.candidates, decision.quality, facts.columns)


def facts_of_the_day(catalog: Catalog | None, as_of: datetime.date | str | None) -> Catalog:
    """The catalog given, or the shipped one, with the prices and dates of a day."""
    if catalog is not None and not isinstance(catalog, Catalog):
        raise InputError([Fault("catalog", f"is {catalog!r}, not a loaded catalog", "give what load_catalog(folder) returns")])
    return (catalog or load_catalog()).as_of(as_a_day(as_of))


def as_a_day(as_of: datetime.date | str | None) -> datetime.date | None:
    """A day, or None for the catalog's own."""
    try:
        day = datetime.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError:
        day = datetime.date.max
    if day is not None and (not isinstance(day, datetime.date) or not FIRST_YEAR <= day.year <= LAST_YEAR):
        raise InputError([Fault("as_of", f"'{as_of}' is not a day that prices can have", "write YYYY-MM-DD")])
    return day


def decided(
    requirements: Requirements | dict[str, Any],
    catalog: Catalog | None,
    as_of: datetime.date | str | None,
    evidence: Evidence = None,
) -> Decision:
    """The decision that named options and trade-offs are told from.

    Raises:
        InputError: with every fault of the requirements and of the evidence.
    """
    facts = facts_of_the_day(catalog, as_of)
    needs = requirements_for(requirements, facts.columns)
    return decider(with_evidence(facts, evidence, needs))(needs)


def decider(catalog: Catalog) -> Callable[[Requirements], Decision]:
    """Decides with the same facts; ways to run models are found once for all requirements that share them."""

    def again(requirements: Requirements) -> Decision:
        key = what_they_depend_on(catalog.columns, requirements)
        if key not in catalog.kept:
            if len(catalog.kept) >= MOST_KEPT:
                catalog.kept.clear()
            catalog.kept[key] = deployments_of(catalog.columns, requirements)
        return decide(catalog.columns, requirements, catalog.kept[key])

    return again


def _shown_ranks(decision: Decision, count: int) -> Ints:
    """Places in the order of the best options, of the best by another strategy where all of these take one, and of what runs today."""
    is_shown = decision.candidates.is_incumbent[decision.order].copy()
    is_shown[:count] = True
    strategies = decision.candidates.strategy[decision.competing]
    others = np.flatnonzero(strategies != strategies[:1])
    if count > 1:
        is_shown[others[:1]] = True
    return np.flatnonzero(is_shown).astype(np.int64)


def _drawn(decision: Decision, ranks: Ints, unconfirmed: Ints, draws: int, seed: int) -> Draws:
    """The best, which compete in the draws, and all else that is shown, which only gets its intervals."""
    best = min(BEST, len(decision.competing)) if draws else 0
    rows = np.concatenate([decision.order[:best], decision.order[ranks[ranks >= best]], unconfirmed])
    return drawn(decision, rows, draws, seed, counted=best or len(ranks))


def _with_the_rival(decision: Decision, ranks: Ints, rival: int) -> tuple[Decision, Ints]:
    """The rival of a near tie among what is shown, with its quality's interval."""
    place = int(np.flatnonzero(decision.order == rival)[0])
    if place in ranks:
        return decision, ranks
    return with_intervals(decision, np.array([rival])), np.sort(np.append(ranks, place))


def _options(decision: Decision, shown: Draws, ranks: Ints, draws: int) -> tuple[Option, ...]:
    lies_on = frontier(decision, ranks)
    return tuple(
        option_of(decision, shown, row, rank + 1, words_of(decision, shown, row), Shares(draws > 0, bool(on_it)))
        for rank, row, on_it in zip(ranks.tolist(), decision.order[ranks].tolist(), lies_on, strict=True)
    )


def status_of(decision: Decision, asked: Asked) -> Status:
    """Whether something fits, and whether that can be said before the team answers what it is asked."""
    if decision.winner is None:
        return "needs_answers" if asked.is_awaited else "nothing_fits"
    return "needs_answers" if asked.is_awaited or decision.requirements.task is None else "recommended"


def _confidence(decision: Decision, shown: Draws, draws: int) -> Confidence | None:
    """Share of draws in which the winner's strategy family and hosting hold, and its weakest evidence."""
    row = decision.winner
    if row is None:
        return None
    grade: Any = GRADES[int(decision.quality.grades[row])]
    share = round(share_of_kind(decision, shown, row), 4) if draws else None
    return Confidence(share=share, weakest_grade=grade)


def _assumed(decision: Decision, facts: Catalog) -> tuple[AssumedValue, ...]:
    """Every default and assumption used, by name."""
    own = [
        AssumedValue(
            name=one.name, value=one.range.mid, low=one.range.low, high=one.range.high, unit=one.unit, source=one.source
        )
        for one in decision.defaults
    ]
    if "assumptions" not in facts.kept:
        facts.kept["assumptions"] = _shared_assumptions(decision)
    return (*sorted(own, key=lambda one: one.name), *facts.kept["assumptions"])


def _shared_assumptions(decision: Decision) -> tuple[AssumedValue, ...]:
    return tuple(
        AssumedValue(
            name=name,
            value=one.mid,
            low=one.low,
            high=one.high,
            unit=one.unit,
            source=f"{one.status}: {one.reference.title} ({one.reference.retrieved.isoformat()})",
        )
        for name, one in sorted(decision.columns.assumptions.items())
    )
