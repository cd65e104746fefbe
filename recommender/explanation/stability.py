"""How well an option's place holds, and what would move it, in a sentence."""

from __future__ import annotations

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.frontier import frontier_shares
from recommender.decision.robustness import LEAST_DRAWS_TO_TELL, Draws
from recommender.domain.columns import Ints
from recommender.explanation.numbers import plain
from recommender.explanation.plain_words import WHAT_COUNTS

OFTEN = 0.2  # share of first places below which one model alone says little
DRAWN_WORDS = {
    "workload.requests_per_month": "how many requests come in a month",
    "workload.input_tokens": "how long the inputs are",
    "workload.output_tokens": "how long the answers are",
    "workload.audio_minutes": "how long the recordings are",
    "workload.images": "how many pictures come with a request",
    "workload.pages": "how many pages come with a request",
    "workload.characters": "how long the spoken texts are",
    "workload.video_seconds": "how long the films are",
    "workload.model_calls": "how many calls an agent makes",
    "data.labelled_examples": "how many labelled examples there are",
}


def how_stable(decision: Decision, draws: Draws, row: int) -> tuple[str, ...]:
    """Rank and share of wins over the draws, and what moves the lead over the best other option most; nothing without draws.

    Where the winner is one of many that are nearly as good, the kind of answer comes first, and then the model.
    """
    place, count = draws.place_of(row), draws.totals.shape[1]
    ranks = draws.ranks(row) if count >= LEAST_DRAWS_TO_TELL else None
    if ranks is None or place is None:
        return ()
    held = f"rank {ranks[0]}" if ranks[0] == ranks[1] else f"ranks {ranks[0]} to {ranks[1]}"
    wins = f"holds {held} in 8 of 10 cases and comes first in {plain(100.0 * float(draws.wins[place]))} of 100"
    told = [f"Over {count} draws of everything uncertain it {wins}."]
    if row == decision.winner and float(draws.wins[place]) < OFTEN:
        kind = plain(100.0 * share_of_kind(decision, draws, row))
        told = [
            f"Over {count} draws of everything uncertain this kind of answer, run in this way, comes first in {kind} of 100.",
            f"Many models are nearly as good in it: this one {wins}.",
            "It is named because it leads where every estimate is at its middle; which of them is best only a test of your own can tell.",
        ]
    rivals = [int(other) for other in decision.competing[:2] if int(other) != row]
    moved = draws.what_moves(row, rivals[0]) if rivals else None
    if moved is not None:
        told.append(f"What moves that most is {uncertain_words(decision, moved[0])}.")
    if row == decision.winner:
        told.append(_on_frontier(decision, draws, row))
    return (" ".join(told),)


def share_of_kind(decision: Decision, draws: Draws, row: int) -> float:
    """Share of draws in which an option's strategy family and hosting come first. [0-1]"""
    return float(draws.wins[kinds_of(decision, draws.rows) == kinds_of(decision, np.array([row]))].sum())


def kinds_of(decision: Decision, rows: Ints) -> Ints:
    """A number for each candidate's kind of answer: its strategy family, run at a vendor or on machines."""
    families = np.unique([strategy.family for strategy in decision.columns.strategies], return_inverse=True)[1]
    candidates = decision.candidates
    return np.asarray(2 * families[candidates.strategy[rows]] + (candidates.offer[rows] >= 0), np.int64)


def _on_frontier(decision: Decision, draws: Draws, row: int) -> str:
    share = plain(100.0 * float(frontier_shares(decision, draws, [row])[0]))
    cost = "cost" if decision.situation.mode == "one_off" else "first-year cost"
    others = "nothing but a last resort is" if _is_met_by_a_last_resort(decision, row) else "nothing else is"
    return f"In {share} of 100 draws {others} at least as good in quality, {cost} and waiting time at once."


def _is_met_by_a_last_resort(decision: Decision, row: int) -> bool:
    """Whether something that does not compete is at least as good in all three at once, at the middle of every assumption."""
    last = np.flatnonzero(decision.fits & ~decision.first_choices)
    found, quality = decision.estimates, decision.quality.mid
    is_met = quality[last] >= quality[row]
    for one in (found.first_year_cost_usd, found.latency_p95_ms):
        is_met &= one[last] <= one[row]
    return bool(is_met.any())


def uncertain_words(decision: Decision, name: str) -> str:
    """What is uncertain, by the name of its draws, in words."""
    if name.startswith("weight "):
        return f"how much {WHAT_COUNTS[name.removeprefix('weight ')]} counts"
    if name.startswith("quality of "):
        models = decision.columns.models
        return f"how good {models.names[models.ids.index(name.removeprefix('quality of '))]} really is at this task"
    if name.startswith("gain of "):
        wanted = name.removeprefix("gain of ")
        strategy = next(one.name for one in decision.columns.strategies if one.id == wanted)
        return f"how much this adds here: {strategy.lower()}"
    if name == "workload.audio_minutes" and "audio" not in decision.situation.spec.input:
        return "how long the spoken answers are"
    if name in DRAWN_WORDS:
        return DRAWN_WORDS[name]
    assumption = decision.columns.assumptions.get(name)
    if assumption is None:
        return name.replace("_", " ").replace(".", ": ")
    return f"an assumption ({name.replace('_', ' ')}, {plain(assumption.low)} to {plain(assumption.high)} {assumption.unit})"
