"""A candidate's row into an Option: every number with its interval, unit, basis and sources; the bill; the score."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.components import Part, place_of
from recommender.decision.decide import Decision
from recommender.decision.facts import HOSTING_OF_PLACE
from recommender.decision.live_speech import is_live
from recommender.decision.machines import OWN_CLOUD, VENDOR
from recommender.decision.part_machines import search_rental, speech_rental
from recommender.decision.robustness import Draws
from recommender.decision.trialled import measured_sources
from recommender.domain.recommendation import (
    ESTIMATE_NAMES,
    BreakEven,
    Component,
    DeploymentRef,
    Estimate,
    ModelRef,
    Option,
    Score,
    StrategyRef,
)
from recommender.domain.record import record
from recommender.domain.words import AS_STATED, GRADES, MODEL_TYPES, PLACES, SCALES
from recommender.explanation.bill import bill_of
from recommender.explanation.break_even import break_even_at
from recommender.explanation.numbers import kept
from recommender.explanation.plain_words import PLACE_WORDS
from recommender.explanation.provenance import Origin, origins_of
from recommender.explanation.waits import waits_a_day

UNITS = {
    "monthly_cost_usd": "USD per month",
    "one_time_cost_usd": "USD",
    "first_year_cost_usd": "USD",
    "three_year_cost_usd": "USD",
    "build_days": "days",
    "upkeep_days_per_month": "days per month",
    "weeks_to_launch": "weeks",
    "latency_p50_ms": "ms",
    "latency_p95_ms": "ms",
    "first_token_p95_ms": "ms",
    "quality": "points of 100",
    "memory_gb": "GB",
    "gco2e_per_1k_requests": "gCO2e per 1,000 requests",
}
PRECISIONS = {16.0: "16-bit", 8.0: "8-bit", 4.5: "4-bit"}


@record
class Shares:
    """What is known of an option only beside the others: whether wins were counted, whether it lies on the frontier."""

    of_wins: bool = False
    on_frontier: bool | None = None


@record
class Words:
    """What is said about one option."""

    reasons: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()


def option_id(decision: Decision, row: int) -> str:
    """strategy/model/provider, or strategy/model/accelerator-precision; never counts."""
    return candidate_id(decision, decision.candidates, row)


def candidate_id(decision: Decision, candidates: Candidates, row: int) -> str:
    """The same for any candidate of the same catalog and deployments."""
    columns, deployments = decision.columns, decision.deployments
    strategy = columns.strategies[candidates.strategy[row]].id
    model = columns.models.ids[candidates.model[row]]
    offer = int(candidates.offer[row])
    if offer >= 0:
        return f"{strategy}/{model}/{columns.offers.provider_ids[columns.offers.provider[offer]]}"
    deployment = candidates.deployment[row]
    machine = columns.hardware.ids[deployments.hardware[deployment]]
    return f"{strategy}/{model}/{machine}-{PRECISIONS[float(deployments.bits[deployment])]}"


def option_of(decision: Decision, draws: Draws, row: int, rank: int | None, words: Words, shares: Shares) -> Option:
    """Everything about one candidate."""
    columns = decision.columns
    strategy = columns.strategies[decision.candidates.strategy[row]]
    place = draws.place_of(row)
    return Option(
        id=option_id(decision, row),
        rank=rank,
        is_incumbent=bool(decision.candidates.is_incumbent[row]),
        waits_a_day=waits_a_day(decision, row),
        is_live=is_live(decision.situation),
        strategy=StrategyRef(id=strategy.id, family=strategy.family),
        model=_model(decision, int(decision.candidates.model[row])),
        deployment=deployment_of(decision, row),
        components=components_of(decision, row),
        estimates=_estimates(decision, draws, row),
        bill=bill_of(decision, draws, row),
        score=Score(
            total=round(float(decision.total[row]), 6),
            parts={name: round(float(part[row]), 6) for name, part in decision.parts.items()},
        ),
        win_share=round(float(draws.wins[place]), 4) if shares.of_wins and place is not None else None,
        on_frontier=shares.on_frontier,
        break_even=_break_even(decision, row),
        reasons=words.reasons,
        cautions=words.cautions,
        unknowns=words.unknowns,
        next_steps=words.next_steps,
    )


def _model(decision: Decision, model: int) -> ModelRef:
    models = decision.columns.models
    return ModelRef(
        id=models.ids[model],
        name=models.names[model],
        type=MODEL_TYPES[models.types[model]],
        architecture=models.architectures[model],
        weights="open" if models.has_open_weights[model] else "proprietary",
        licence=models.licences[model],
    )


def deployment_of(decision: Decision, row: int) -> DeploymentRef:
    """Where and on what a candidate runs."""
    columns, deployments = decision.columns, decision.deployments
    deployment = int(decision.candidates.deployment[row])
    place = PLACES[int(deployments.place[deployment])]
    hosting: Any = HOSTING_OF_PLACE[place]
    if deployments.place[deployment] == VENDOR:
        offer = int(deployments.offer[deployment])
        provider = columns.offers.provider_ids[columns.offers.provider[offer]]
        region = _region(columns.offers.regions, offer, decision)
        return DeploymentRef(hosting=hosting, place="vendor", provider=provider, region=region)
    replicas = decision.estimates.running.replicas[row]
    rental = int(deployments.rental[deployment])
    on_cloud = deployments.place[deployment] == OWN_CLOUD
    return DeploymentRef(
        hosting=hosting,
        place=place,
        provider=columns.rentals.providers[rental] if on_cloud else None,
        region=_region(columns.rentals.regions, rental, decision) if on_cloud else None,
        accelerator=columns.hardware.ids[deployments.hardware[deployment]],
        count=int(deployments.count[deployment]),
        precision=PRECISIONS[float(deployments.bits[deployment])],
        replicas=None if math.isnan(replicas) else int(replicas),
    )


def _region(regions: Any, row: int, decision: Decision) -> str | None:
    """A region the request allows, else the first documented one."""
    held = [word for word, state in zip(regions.vocabulary, regions.members[row], strict=True) if state == 1]
    wanted = decision.requirements.privacy.residency or ()
    allowed = [word for word in wanted if word in held]
    return (allowed or held or [None])[0]


def components_of(decision: Decision, row: int) -> tuple[Component, ...]:
    """Every other model on a candidate's path."""
    return tuple(
        Component(
            role=part.role,
            model=_model(decision, int(part.model[row])),
            deployment=_component_deployment(decision, part, row),
        )
        for part in decision.estimates.parts
        if part.applies[row] and part.model[row] >= 0
    )


def _rental_of(decision: Decision, part: Part, row: int) -> int:
    """What is rented for a component beside a hosted model; -1 where nothing is."""
    paid = {"own_seconds": speech_rental, "rent_usd": search_rental}
    for name, rental in paid.items():
        if float(np.broadcast_to(getattr(part, name), np.shape(part.offer))[row]) > 0:
            return rental(decision.rows)
    return -1


def _component_deployment(decision: Decision, part: Part, row: int) -> DeploymentRef:
    place = place_of(decision.rows, part, row)
    offers = decision.columns.offers
    if part.offer[row] >= 0:
        provider = offers.provider_ids[offers.provider[part.offer[row]]]
        return DeploymentRef(hosting="api", place="vendor", provider=provider)
    main = deployment_of(decision, row)
    hosting: Any = HOSTING_OF_PLACE[place]
    same = main.place == place
    rental = -1 if same else _rental_of(decision, part, row)
    if rental >= 0:
        rentals = decision.columns.rentals
        name = decision.columns.hardware.ids[rentals.hardware[rental]]
        return DeploymentRef(hosting=hosting, place=place, provider=rentals.providers[rental], accelerator=name)
    return DeploymentRef(hosting=hosting, place=place, accelerator=main.accelerator if same else None)


# --- numbers -----------------------------------------------------------------------------------------------------------


def _estimates(decision: Decision, draws: Draws, row: int) -> dict[str, Estimate]:
    found = {name: _estimate(decision, draws, row, name, origin) for name, origin in origins_of(decision, row).items()}
    found["quality"] = _quality(decision, row)
    return {name: found[name] for name in ESTIMATE_NAMES}


def _estimate(decision: Decision, draws: Draws, row: int, name: str, origin: Origin) -> Estimate:
    mid = float(getattr(decision.estimates, name)[row])
    unit = UNITS[name]
    if math.isnan(mid):
        return Estimate(low=None, mid=None, high=None, unit=unit, basis="unknown")
    bounds = draws.interval(name, row)
    low, high = (mid, mid) if bounds is None else bounds
    return Estimate(
        low=kept(min(low, mid)),
        mid=kept(mid),
        high=kept(max(high, mid)),
        unit=unit,
        basis=origin.basis,
        sources=origin.sources,
    )


def is_stated(decision: Decision, row: int) -> bool:
    """Whether an option's quality is what the team says that its incumbent has."""
    stated = decision.requirements.incumbent
    return bool(decision.candidates.is_incumbent[row] and stated is not None and stated.quality is not None)


def _quality(decision: Decision, row: int) -> Estimate:
    quality = decision.quality
    grade: Any = GRADES[int(quality.grades[row])]
    mid = float(quality.mid[row])
    if math.isnan(mid):
        return Estimate(low=None, mid=None, high=None, unit=UNITS["quality"], basis="unknown", grade="none")
    basis: Any = "measured" if grade == "measured" else "predicted"
    return Estimate(
        low=kept(float(quality.low[row])),
        mid=kept(mid),
        high=kept(float(quality.high[row])),
        unit=UNITS["quality"],
        basis=basis,
        grade=grade,
        sources=(AS_STATED,) if is_stated(decision, row) else _sources_of_quality(decision, row, grade),
    )


def _sources_of_quality(decision: Decision, row: int, grade: str) -> tuple[str, ...]:
    source = decision.columns.quality.sources[SCALES.index(decision.situation.scale)][decision.candidates.model[row]]
    strategy, model = decision.columns.strategies[decision.candidates.strategy[row]].id, decision.candidates.model[row]
    own = measured_sources(decision.columns, decision.situation.task, strategy, decision.columns.models.ids[model])
    extra = () if grade in ("measured", "self_reported") else ("published strategy comparisons (calibration/strategy.yaml)",)
    return tuple(one for one in (*own, source, *extra) if one)


def _break_even(decision: Decision, row: int) -> BreakEven | None:
    found = break_even_at(decision, row)
    if found is None:
        return None
    hosting: Any = HOSTING_OF_PLACE[PLACES[int(decision.candidates.place[found.own])]]
    return BreakEven(
        requests_per_month=kept(found.requests_per_month),
        cheaper_above=hosting,
        against=option_id(decision, found.rival),
        against_name=_model_and_place(decision, found.rival),
    )


def _model_and_place(decision: Decision, row: int) -> str:
    """A model and where it runs; its strategy is that of the option it is held against."""
    model, offer = decision.columns.models.names[decision.candidates.model[row]], int(decision.candidates.offer[row])
    if offer >= 0:
        return f"{model} at {decision.columns.offers.provider_names[decision.columns.offers.provider[offer]]}"
    return f"{model} {PLACE_WORDS[PLACES[int(decision.candidates.place[row])]]}"
