"""Candidates at endpoints, measured in rounds on the same examples; who is clearly behind after a round is asked no more.

Every decision follows from answers alone, and answers are in the store: a trial that was stopped and is started again comes
to the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from recommender.domain.record import record
from recommender.domain.words import StrategyId
from recommender.trial.calling import Answered, Caller, CapReached
from recommender.trial.endpoint import CallFault, Endpoint
from recommender.trial.examples import Example
from recommender.trial.metrics import labels_of, measured, score, tidied
from recommender.trial.results import Standing

ROUND = 20
LEAST_TO_STOP = 40  # examples before anybody is stopped
MOST_UNANSWERED = 0.1  # share of examples; beyond it the run is partial and measures nothing
BEHIND = "stopped early: clearly behind"
CAP = "stopped: the spending cap is reached"


@record
class Candidate:
    """A strategy with a model at an endpoint, and how it asks for the example at a place."""

    strategy: StrategyId
    model: str
    endpoint: Endpoint
    ask: Callable[[Caller, int], Answered]
    note: str = ""

    @property
    def name(self) -> str:
        """As the report names it."""
        return f"{self.strategy}/{self.model}" + (f" ({self.note})" if self.note else "")


@record
class Pilot:
    """How a trial is run. `score_of` rates an answer from 0 to 1, by metric or by a judge."""

    caller: Caller
    metric: str
    concurrency: int = 4
    stops_early: bool = True
    progress: Callable[[int, int], None] = lambda answered, micro_usd: None
    score_of: Callable[[Example, str], float] | None = None


class _Running:
    """One candidate on its way."""

    def __init__(self, candidate: Candidate, labels: dict[str, str]) -> None:
        self.candidate = candidate
        self.labels = labels
        self.answers: dict[int, Answered] = {}
        self.scores: dict[int, float] = {}
        self.faults: dict[int, str] = {}
        self.stopped = ""


def piloted(pilot: Pilot, candidates: Sequence[Candidate], examples: Sequence[Example], seed: int = 0) -> tuple[Standing, ...]:
    """Every candidate that brought enough answers, measured; the others with what stopped them.

    A candidate that left more than a tenth of what it was asked unanswered is not measured at all.
    """
    order = [int(place) for place in np.random.default_rng(seed).permutation(len(examples))]
    running = [_Running(candidate, labels_of(one.expected for one in examples)) for candidate in candidates]
    with ThreadPoolExecutor(pilot.concurrency) as pool:
        for begin in range(0, len(order), ROUND):
            _round(pilot, pool, [one for one in running if not one.stopped], examples, order[begin : begin + ROUND])
            if pilot.stops_early and begin + ROUND < len(order):
                _stop_who_is_behind(pilot, running, examples)
    return tuple(_standing(pilot, one, examples) for one in running)


def _round(
    pilot: Pilot, pool: ThreadPoolExecutor, running: Sequence[_Running], examples: Sequence[Example], places: Sequence[int]
) -> None:
    jobs = [(one, place) for place in places for one in running]
    for _ in pool.map(lambda job: _one(pilot, job[0], examples, job[1]), jobs):
        pilot.progress(sum(len(one.answers) for one in running), pilot.caller.purse.spent)


def _one(pilot: Pilot, running: _Running, examples: Sequence[Example], place: int) -> None:
    """One example asked; what stops the candidate, stops it for the rest of its round too."""
    if running.stopped:
        return
    try:
        found = running.candidate.ask(pilot.caller, place)
        rated = rate(pilot, examples[place], tidied(pilot.metric, found.reply.text, running.labels))
    except CapReached:
        running.stopped = CAP
    except CallFault as fault:
        running.faults[place] = str(fault)
        running.stopped = f"stopped: {fault}" if fault.for_all else ""
    else:
        running.answers[place], running.scores[place] = found, rated


def rate(pilot: Pilot, example: Example, answer: str) -> float:
    """An answer's score. [0-1]"""
    if pilot.score_of is not None:
        return pilot.score_of(example, answer)
    return score(pilot.metric, example.expected, answer)


def _stop_who_is_behind(pilot: Pilot, running: Sequence[_Running], examples: Sequence[Example]) -> None:
    """Stop whom the leader beats on shared examples with an interval that leaves out zero, corrected for looking again."""
    going = [one for one in running if not one.stopped and len(one.scores) >= LEAST_TO_STOP]
    if len(going) < 2:
        return
    leader = max(going, key=lambda one: (np.mean(list(one.scores.values())), one.candidate.name))
    first = _standing(pilot, leader, examples)
    for one in going:
        gap = first.lead_over(_standing(pilot, one, examples)) if one is not leader else None
        if gap is not None and gap[1] > 0.25 * gap[0]:
            one.stopped = BEHIND


def _standing(pilot: Pilot, running: _Running, examples: Sequence[Example]) -> Standing:
    places = sorted(running.answers)
    candidate = running.candidate
    empty = Standing(strategy=candidate.strategy, model=candidate.model, name=candidate.name, measured=None, scores={})
    asked = len(places) + len(running.faults)
    if not places or len(running.faults) > MOST_UNANSWERED * asked:
        reasons = sorted(set(running.faults.values()))[:3]
        why = running.stopped or f"partial: {len(running.faults)} of {asked} unanswered ({'; '.join(reasons)})"
        return replace(empty, stopped=why)
    answers = [tidied(pilot.metric, running.answers[place].reply.text, running.labels) for place in places]
    scores = np.array([running.scores[place] for place in places])
    found = measured(pilot.metric, [examples[place].expected for place in places], answers, scores)
    latencies = [running.answers[place].reply.latency_ms for place in places]
    return replace(
        empty,
        measured=found,
        scores={f"{place}:{examples[place].id}": float(one) for place, one in zip(places, scores, strict=True)},
        latency_ms=(float(np.quantile(latencies, 0.5)), float(np.quantile(latencies, 0.95))),
        usd=sum(running.answers[place].cost for place in places) / 1e6,
        answers={f"{place}:{examples[place].id}": text for place, text in zip(places, answers, strict=True)},
        stopped=running.stopped,
    )
