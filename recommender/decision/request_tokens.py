"""Tokens of one request."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Rows
from recommender.decision.request_sizes import input_holds_pictures
from recommender.domain.situation import Situation
from recommender.domain.units import Quantity
from recommender.estimates.agent_loop import AgentLoop, longest_tokens, read_tokens, repeated_tokens
from recommender.estimates.token_cost import Tokens

REASONING_ALWAYS = 2
SKIPPED_OF_CACHED = 0.9  # of what a cache holds, the share whose reading takes no time: assumed


def request_tokens(rows: Rows) -> Tokens:
    """What one request sends and gets over all its calls, the strategy's additions and hidden reasoning included."""
    situation, demand = rows.situation, rows.demand
    always = rows.of_model(rows.columns.models.reasons == REASONING_ALWAYS)
    thinking = np.where(always > 0, 1.0 + situation["reasoning_multiplier"], 1.0)
    loop = _loop(rows)
    known = demand.prefix_tokens + situation.cacheable_share * situation.input_tokens
    return Tokens(
        input=read_tokens(loop),
        cached=known + remembered_tokens(rows),
        output=(situation.output_tokens + demand.answer_tokens) * thinking,
        calls=loop.calls,
        shortest=loop.first_tokens,
        longest=longest_tokens(loop),
    )


def remembered_tokens(rows: Rows) -> Quantity:
    """What later calls of the same request read from a cache. [tokens]"""
    return rows.situation["agent_cache_share"] * repeated_tokens(_loop(rows))


def _loop(rows: Rows) -> AgentLoop:
    demand = rows.demand
    first = rows.situation.input_tokens + demand.prefix_tokens + demand.prompt_tokens
    return AgentLoop(1.0 + demand.extra_calls, first, demand.step_tokens)


def calls_before_a_word(rows: Rows) -> Quantity:
    """Calls, the first one among them, until somebody who waits reads a word: of a turn the last call answers, while an agent at a
    job tells from its first call on what it does. [calls]"""
    is_a_job = rows.situation.spec.workload.model_calls is not None
    return 1.0 if is_a_job else 1.0 + rows.demand.extra_calls


def specialist_tokens(situation: Situation) -> Quantity:
    """Tokens that specialists are billed for: text as it is; speech and pictures that are no part of it at their usual rates."""
    spoken = situation.audio_minutes * situation["tokens_per_audio_minute"]
    seen = 0.0 if input_holds_pictures(situation.spec) else situation.images * situation["tokens_per_image"]
    return situation.input_tokens + spoken + seen


def awaited_tokens(rows: Rows) -> Quantity:
    """Tokens that must be written before an answer is felt: all, but of a spoken one only its first sentence, since the rest is
    written while that is heard."""
    return rows.situation["first_sentence_tokens"] if "tts" in rows.situation.spec.after else np.inf
