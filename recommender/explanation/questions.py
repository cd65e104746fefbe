"""What was not stated and could change the answer; and, of what was stated, where the answer tips.

Each is found by deciding again with the field set, so each is true when executed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from recommender.decision.acting import share_not_acted_on
from recommender.decision.decide import Decision
from recommender.domain.recommendation import OpenQuestion
from recommender.domain.record import record
from recommender.domain.requirements import Requirements
from recommender.explanation.changes import changed, shown
from recommender.explanation.conflicts import winner_of
from recommender.explanation.numbers import duration, plain
from recommender.explanation.options import deployment_of
from recommender.explanation.plain_words import STRATEGY_WORDS
from recommender.explanation.probes import LABELS, Probe, probes
from recommender.explanation.today import bill_for_another_volume

Decide = Callable[[Requirements], Decision]
WHERE = {
    "vendor": "at a vendor",
    "own_cloud": "on machines that you rent",
    "own_site": "on machines of your own",
    "device": "on each user's device",
}
PREMISE = 5.0  # weight of what the answer rests on and nobody spoke of: above what only moves it
PREMISES = frozenset(("knowledge.documents", "hardware.device_memory_gb"))
TOLD_POINTS = 3.0  # of quality by which another answer must differ for that to be said
NOT_FITTING = 1.0  # regret when today's answer no longer fits at all
ASKED = {
    "task": "what the task is",
    "data.labelled_examples": "how many labelled examples you have",
    "data.labelled_hours": "how many hours of recordings you have with their texts",
    "workload.requests_per_month": "how many requests come in a month",
    "latency.p95_ms": "how long an answer may take",
    "privacy.boundary": "where the data may go",
    "knowledge.updates": "whether answers rest on your own documents, and how often those change",
    "knowledge.documents": "whether there are documents of your own to answer from",
    "knowledge.tokens": "how large the documents are",
    "capabilities": "whether it must act in other systems (look something up, book, cancel) or only answer",
    "data.labels_obtainable": "whether examples could be labelled",
    "hardware.device_memory_gb": "whether every user has a device that is strong enough",
    "budget.monthly_usd": "what it may cost a month",
    "quality.bar": "how good it must be",
    "team.skills": "what the team can do",
    "licence.commercial_use": "whether the use is commercial",
}
COUNTED = {
    "data.labelled_examples": "labelled examples",
    "data.labelled_hours": "hours of recordings with their texts",
    "workload.requests_per_month": "requests a month",
    "knowledge.tokens": "tokens of documents",
}


@record
class Tried:
    """One value of one unstated field, how likely it is among the plausible ones [0-1]: how much today's answer would lose, whether
    the kind of answer changes, and what would win; only another place where that is the same strategy and model. How good that is
    and how good today's is [points], NaN where unknown; today's strategy; and the share of requests that need an action which it cannot
    take."""

    path: str
    value: Any
    likelihood: float
    regret: float
    kind_changes: bool
    strategy: str | None
    model: str | None
    place: str | None
    quality: float = float("nan")
    quality_today: float = float("nan")
    strategy_today: str | None = None
    not_acted_on: float = 0.0

    @property
    def weight(self) -> float:
        """What the answer would lose, a change of its kind counted as a whole point, by how likely that is."""
        return self.likelihood * (self.regret + (1.0 if self.kind_changes else 0.0))

    @property
    def gravity(self) -> int:
        """How grave a change it brings: nothing fits (2), another strategy (1), another model or place (0)."""
        return 2 if self.strategy is None else int(self.strategy != self.strategy_today)


def kind_of(decision: Decision) -> tuple[str, str] | None:
    """Strategy family and hosting of the winner."""
    row = decision.winner
    if row is None:
        return None
    family = decision.columns.strategies[decision.candidates.strategy[row]].family
    return family, deployment_of(decision, row).hosting


def tried_values(requirements: Requirements, decision: Decision, decide: Decide) -> tuple[Tried, ...]:
    """Every probe, decided."""
    found = []
    for path, values in probes(decision):
        for probe in values:
            if path == "privacy.boundary" and requirements.privacy.boundary_is == "wish":
                continue
            found.append(_tried(requirements, decision, decide, path, probe))
    return tuple(found)


def helping_questions(requirements: Requirements, decision: Decision, decide: Decide) -> tuple[OpenQuestion, ...]:
    """Where nothing fits: whether it is examples of one's own that would let something fit, and nobody said how many there are."""
    found = []
    for path, values in probes(decision):
        tried = [_tried(requirements, decision, decide, path, one) for one in values] if path in LABELS else []
        helping = [one for one in tried if one.strategy is not None]
        found += [_question(path, tried, helping)] if helping else []
    return tuple(found)


def _tried(requirements: Requirements, decision: Decision, decide: Decide, path: str, probe: Probe) -> Tried:
    value, likelihood = probe
    other = decide(changed(requirements, path, value))
    if other.winner is None:
        return Tried(path, value, likelihood, NOT_FITTING, False, None, None, None)
    today, wins = _same_answer(decision, other), winner_of(other)
    regret = NOT_FITTING if today is None else float(other.total[other.winner] - other.total[today])
    name = other.columns.models.names[other.candidates.model[other.winner]]
    won = None if decision.winner is None else winner_of(decision)
    is_same = won is not None and (wins.strategy, wins.model) == (won.strategy, won.model)
    place = deployment_of(other, other.winner).place if is_same else None
    good, good_today = (float("nan") if one.winner is None else float(one.quality.mid[one.winner]) for one in (other, decision))
    changes = kind_of(other) != kind_of(decision)
    undone = float(np.asarray(share_not_acted_on(other.situation, wins.strategy)))
    before = won.strategy if won else None
    return Tried(
        path, value, likelihood, regret, changes, wins.strategy, name, place, good, good_today, before,
        undone if path == "capabilities" else 0.0,
    )  # fmt: skip


def _same_answer(decision: Decision, other: Decision) -> int | None:
    """Today's answer among another decision's fitting candidates: same strategy, model and place."""
    row = decision.winner
    if row is None:
        return None
    mine = (decision.candidates.strategy[row], decision.candidates.model[row], decision.candidates.place[row])
    theirs = other.candidates
    same = (theirs.strategy == mine[0]) & (theirs.model == mine[1]) & (theirs.place == mine[2]) & other.first_choices
    found = np.flatnonzero(same)
    return int(found[np.argmax(other.total[found])]) if len(found) else None


def open_questions(requirements: Requirements, decision: Decision, tried: tuple[Tried, ...]) -> tuple[OpenQuestion, ...]:
    """Fields whose answer changes the winner, most decisive first."""
    asked: list[tuple[float, OpenQuestion]] = []
    if requirements.task is None:
        why = "You named what goes in and out, but not the task; the answer is for the likeliest one."
        asked.append((9.0, OpenQuestion(requirement="task", why=why, values=(decision.situation.task,))))
    unlike = bill_for_another_volume(decision)
    if unlike:
        asked.append((8.0, OpenQuestion(requirement="workload.requests_per_month", why=unlike, values=())))
    for path in dict.fromkeys(one.path for one in tried if not unlike or one.path != "workload.requests_per_month"):
        mine = [one for one in tried if one.path == path]
        changing = [one for one in mine if one.regret > 1e-9]
        if not changing:
            continue
        weight = PREMISE if path in PREMISES else max(one.weight for one in changing)
        asked.append((weight, _question(path, mine, changing)))
    if _forbids_commerce(decision) and requirements.licence.commercial_use is None:
        why = "The best option's licence forbids commercial use."
        asked.append((0.5, OpenQuestion(requirement="licence.commercial_use", why=why, values=(True, False))))
    return tuple(question for _, question in sorted(asked, key=lambda one: (-one[0], one[1].requirement)))


def _forbids_commerce(decision: Decision) -> bool:
    row = decision.winner
    return row is not None and bool(decision.columns.models.allows_commercial_use[decision.candidates.model[row]] == 0)


def _question(path: str, mine: list[Tried], changing: list[Tried]) -> OpenQuestion:
    """What follows gravest, and what is likelier where that is another value."""
    gravest = max(changing, key=lambda one: (one.gravity, one.weight, one.regret))
    likeliest = max(changing, key=lambda one: (one.weight, one.regret))
    told = " ".join(f"{_supposed(path, one.value)}, {_then(one)}." for one in dict.fromkeys((gravest, likeliest)))
    why = f"You did not say {ASKED[path]}. {told}"
    return OpenQuestion(requirement=path, why=why, values=tuple(shown(one.value) for one in mine))


def _then(tried: Tried) -> str:
    """What would win."""
    if tried.strategy is None:
        return "nothing would fit"
    if tried.place is not None:
        return f"the same would run {WHERE[tried.place]}"
    wins = f"the answer would be: {STRATEGY_WORDS[tried.strategy]} ({tried.model})"
    if abs(tried.quality - tried.quality_today) < TOLD_POINTS or np.isnan(tried.quality - tried.quality_today):
        return wins
    undone = f", since of 100 requests {plain(100.0 * tried.not_acted_on)} are taken to need an action that it cannot take"
    return f"{wins}, quality {plain(tried.quality)} instead of {plain(tried.quality_today)}{undone * (tried.not_acted_on > 0)}"


def _supposed(path: str, value: Any) -> str:
    """A value of a field as a supposition."""
    if path == "privacy.boundary":
        return "If the data had to stay on your own premises"
    if path == "latency.p95_ms":
        return f"If 95 of 100 answers had to come within {duration(value)}"
    if path == "knowledge.updates":
        return (
            "If they rest on documents that stay as they are"
            if value == "static"
            else f"If they rest on documents that change {value}"
        )
    if path == "knowledge.documents":
        return "If there are none"
    if path == "capabilities":
        return "If it must act"
    if path == "data.labels_obtainable":
        return "If they could be labelled"
    if path == "hardware.device_memory_gb":
        return "If not all of them have one"
    return f"With {plain(value)} {COUNTED[path]}"


def needs_an_answer(requirements: Requirements, tried: tuple[Tried, ...]) -> bool:
    """Whether a plausible value of one unstated field changes the kind of answer, or takes away what it rests on."""
    return requirements.task is None or any(one.kind_changes or (one.path in PREMISES and one.regret > 0) for one in tried)
