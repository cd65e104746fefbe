"""What a strategy asks for, as a sum of what its techniques ask for. Order cannot matter."""

from __future__ import annotations

from dataclasses import fields

from recommender.domain.record import record
from recommender.domain.situation import Quantity


@record
class Demand:
    """Per request: tokens, calls, look-ups; `step_tokens` is what each call but the last leaves for the later ones to read. Once: training
    and people's days. Zero is 'not asked for', never 'unknown'."""

    prompt_tokens: Quantity = 0.0
    prefix_tokens: Quantity = 0.0
    answer_tokens: Quantity = 0.0
    extra_calls: Quantity = 0.0
    step_tokens: Quantity = 0.0
    extra_ms: Quantity = 0.0
    retrievals: Quantity = 0.0
    escalations: Quantity = 0.0
    corpus_tokens: Quantity = 0.0
    refreshed_tokens_per_month: Quantity = 0.0
    tuned_examples: Quantity = 0.0
    tuning_tokens: Quantity = 0.0
    raw_tokens: Quantity = 0.0
    taught_items: Quantity = 0.0
    labels_checked: Quantity = 0.0
    build_days: Quantity = 0.0
    tuning_days: Quantity = 0.0
    upkeep_days: Quantity = 0.0

    def __add__(self, other: Demand) -> Demand:
        return Demand(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(Demand)})
