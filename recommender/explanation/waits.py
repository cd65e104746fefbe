"""How long answers take, in words: a batch tariff promises them within a day, whatever the model alone would need."""

from __future__ import annotations

import numpy as np

from recommender.decision.decide import Decision
from recommender.decision.machines import VENDOR
from recommender.domain.recommendation import Option
from recommender.domain.situation import HOURS_OF_A_TARIFF
from recommender.domain.units import MS_PER_SECOND, SECONDS_PER_HOUR
from recommender.domain.words import MODEL_TYPES
from recommender.explanation.numbers import duration

MS_OF_A_TARIFF = HOURS_OF_A_TARIFF * SECONDS_PER_HOUR * MS_PER_SECOND
DAY = "a day"


def is_at_batch_tariff(decision: Decision, row: int) -> bool:
    """Whether an option's calls are billed at its vendor's batch tariff: what counts tokens, where the work may wait for it and no call
    waits for another. The bill of what runs today is no tariff's where the team states it."""
    if decision.candidates.place[row] != VENDOR or not decision.situation.may_take_a_day:
        return False
    if np.broadcast_to(decision.rows.demand.extra_calls, len(decision.candidates))[row] > 0:
        return False
    stated = decision.requirements.incumbent
    if decision.candidates.is_incumbent[row] and stated is not None and stated.monthly_usd is not None:
        return False
    offers, offer = decision.columns.offers, decision.candidates.offer[row]
    is_translator = MODEL_TYPES[decision.columns.models.types[decision.candidates.model[row]]] == "translation"
    writes = bool(decision.rows.is_llm[row]) or (is_translator and bool(np.isfinite(offers.output_price[offer])))
    return writes and bool(offers.batch_multiplier[offer] < 1.0)


def waits_a_day(decision: Decision, row: int) -> bool:
    """Whether the tariff is all that is known of the wait: a team may say how long its own answers take."""
    stated = decision.requirements.incumbent
    is_stated = decision.candidates.is_incumbent[row] and stated is not None and stated.latency_p95_ms is not None
    return is_at_batch_tariff(decision, row) and not is_stated


def waited_ms(option: Option) -> float:
    """The time in which 95 of 100 answers are sure to come; not a number where it is not known. [ms]"""
    mid = option.estimates["latency_p95_ms"].mid
    if mid is None:
        return float("nan")
    return MS_OF_A_TARIFF if option.waits_a_day else mid


def wait(option: Option) -> str:
    """The same as people say it; what is not known has other words in every place."""
    return DAY if option.waits_a_day else duration(waited_ms(option))
