"""Tokens of one request."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Rows
from recommender.decision.request_sizes import input_holds_pictures
from recommender.domain.situation import Situation
from recommender.domain.units import Quantity
from recommender.estimates.token_cost import Tokens

REASONING_ALWAYS = 2


def request_tokens(rows: Rows) -> Tokens:
    """What one request sends and gets, the strategy's additions and hidden reasoning included."""
    situation, demand = rows.situation, rows.demand
    always = rows.of_model(rows.columns.models.reasons == REASONING_ALWAYS)
    visible = situation.output_tokens * np.where(always > 0, 1.0 + situation["reasoning_multiplier"], 1.0)
    repeated = demand.prefix_tokens + situation.cacheable_share * situation.input_tokens
    whole = situation.input_tokens + demand.prefix_tokens + demand.prompt_tokens
    return Tokens(input=whole, cached=repeated, output=visible + demand.answer_tokens)


def specialist_tokens(situation: Situation) -> Quantity:
    """Tokens that specialists are billed for: text as it is; speech and pictures that are no part of it at their usual rates."""
    spoken = situation.audio_minutes * situation["tokens_per_audio_minute"]
    seen = 0.0 if input_holds_pictures(situation.spec) else situation.images * situation["tokens_per_image"]
    return situation.input_tokens + spoken + seen


def awaited_tokens(rows: Rows) -> Quantity:
    """Tokens that must be written before an answer is felt: all, but of a spoken one only its first sentence, since the rest is
    written while that is heard."""
    return rows.situation["first_sentence_tokens"] if "tts" in rows.situation.spec.after else np.inf
