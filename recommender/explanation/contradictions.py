"""Stated facts that do not go together, and what was made of them: told, never settled in silence."""

from __future__ import annotations

import datetime

import numpy as np

from recommender.decision.beside_text import beside_text
from recommender.decision.decide import Decision
from recommender.domain.columns import Columns
from recommender.domain.situation import SECONDS_PER_MONTH, Situation
from recommender.explanation.numbers import plain

OLD_PRICES = datetime.timedelta(days=92)

ALSO_SEARCHED = ("image", "video")  # by embeddings that see
HEARD = ("audio",)  # by a recogniser before what reads


def contradictions(decision: Decision) -> tuple[str, ...]:
    """A sentence for each."""
    situation = decision.situation
    told = (_lengths, _rates, _totals, _history, _modalities, _beside)
    return (*(sentence for tell in told for sentence in tell(situation)), *_regions(decision), *_day(decision.columns))


def _lengths(situation: Situation) -> tuple[str, ...]:
    work = situation.requirements.workload
    longest, usual = work.max_input_tokens, work.input_tokens
    if longest is None or usual is None or longest >= usual:
        return ()
    return (
        f"You gave a longest input of {plain(longest)} tokens, below the usual one of {plain(usual)}: the larger one was used.",
    )


def _rates(situation: Situation) -> tuple[str, ...]:
    work = situation.requirements.workload
    peak, mean = work.peak_requests_per_second, float(np.mean(situation.requests_per_month)) / SECONDS_PER_MONTH
    if peak is None or work.requests_per_month is None or peak >= mean:
        return ()
    return (f"You gave a peak of {plain(peak)} requests a second, below the mean of {plain(mean)}: the larger one was used.",)


def _totals(situation: Situation) -> tuple[str, ...]:
    work = situation.requirements.workload
    if work.total_requests is None or work.mode == "one_off":
        return ()
    if situation.mode == "one_off":
        return (
            f"You gave {plain(work.total_requests)} requests in all and none a month: the answer is for work done once "
            "(otherwise say workload.mode).",
        )
    asked = float(np.mean(situation.requests_per_month))
    return (
        f"You gave {plain(work.total_requests)} requests in all, but not that they are done once (workload.mode: one_off): the answer "
        f"is for {plain(asked)} a month.",
    )


def _history(situation: Situation) -> tuple[str, ...]:
    data = situation.requirements.data
    if data.history is None or data.horizon is None or data.history >= data.horizon:
        return ()
    return (
        f"You have {plain(data.history)} steps of history and want to foresee {plain(data.horizon)}: any forecast of that is little more "
        "than a guess.",
    )


def _modalities(situation: Situation) -> tuple[str, ...]:
    """What was said to go in or come out has nothing in common with what the task takes or gives."""
    given = situation.requirements.modalities
    if given is None or situation.requirements.task is None:
        return ()
    also = ALSO_SEARCHED if situation.task == "semantic_search" else HEARD if situation.spec.hears else ()
    takes = (*situation.spec.input, *also)
    pairs = (("goes in", given.input, takes), ("comes out", given.output, situation.spec.output))
    return tuple(
        f"You gave {' and '.join(stated)} as what {way}, but this task has {' and '.join(usual)} there: check which you mean."
        for way, stated, usual in pairs
        if stated and not set(stated) & set(usual)
    )


def _regions(decision: Decision) -> tuple[str, ...]:
    """Regions that no offer and no rented machine is in, as far as the catalog knows."""
    columns = decision.columns
    known = {*columns.offers.regions.vocabulary, *columns.offers.stored.vocabulary, *columns.rentals.regions.vocabulary}
    return tuple(
        f"You asked that data stay in '{region}', where the catalog knows of no service and no machine for rent: only machines of "
        "your own can keep them there."
        for region in decision.situation.requirements.privacy.residency or ()
        if region not in known
    )


def _day(columns: Columns) -> tuple[str, ...]:
    if columns.as_of - columns.edition_day <= OLD_PRICES:
        return ()
    return (
        f"You asked as of {columns.as_of.isoformat()}, but nothing is known of prices and models after "
        f"{columns.edition_day.isoformat()}.",
    )


def _beside(situation: Situation) -> tuple[str, ...]:
    return tuple(
        f"What is known of quality at this task comes from texts: how {kind} counts must be measured."
        for kind in beside_text(situation)
    )
