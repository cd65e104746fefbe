"""Running at a vendor: its bill and its time, in the unit that it counts."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import (
    Array,
    Rows,
)
from recommender.decision.live_speech import awaited_minutes, first_words_ms, is_live, sends_as_it_makes
from recommender.decision.request_tokens import (
    SKIPPED_OF_CACHED,
    awaited_tokens,
    calls_before_a_word,
    remembered_tokens,
    request_tokens,
    specialist_tokens,
)
from recommender.domain.columns import Mask
from recommender.domain.units import MS_PER_SECOND, THOUSAND
from recommender.estimates.token_cost import TokenPrices, token_cost


def hosted(rows: Rows) -> dict[str, Array]:
    situation, demand = rows.situation, rows.demand
    writes = _writes_tokens(rows)
    per_request = np.where(writes, _hosted_tokens_usd(rows), _hosted_units_usd(rows))
    first, whole = _hosted_llm_ms(rows)
    other = _hosted_unit_ms(rows)
    shape = np.shape(per_request + situation.requests_per_month + first)
    calls, before = 1.0 + demand.extra_calls, calls_before_a_word(rows)
    waited = demand.extra_ms * before / calls
    first_ms = np.where(writes, first, _first_of_a_unit_ms(rows, other)) + situation["network_ms"] * before + waited
    whole_ms = np.where(writes, whole, other) + situation["network_ms"] * calls + demand.extra_ms
    return {
        "monthly_usd": np.broadcast_to(per_request * situation.requests_per_month, shape),
        "latency_ms": np.broadcast_to(whole_ms, shape),
        "first_token_ms": np.broadcast_to(first_ms, shape),
        "latency_p95_ms": np.broadcast_to(whole_ms * situation["tail_factor"], shape),
        "first_token_p95_ms": np.broadcast_to(first_ms * situation["tail_factor"], shape),
        "machine_hours": np.zeros(shape),
        "replicas": np.zeros(shape),
        "memory_gb": np.full(shape, np.nan),
        "fits": np.ones(shape),
        "full_power_seconds": np.full(shape, np.nan),
        "busy_seconds": np.full(shape, np.nan),
    }


def _first_of_a_unit_ms(rows: Rows, whole_ms: Array) -> Array:
    """A specialist answers in one piece; a service that writes while people speak, after each turn; one that sends sound as it makes it,
    from the first second on."""
    situation = rows.situation
    if situation.task == "text_to_speech":
        return np.where(sends_as_it_makes(rows), situation["hosted_ms_speech"], whole_ms)
    if not is_live(situation):
        return whole_ms
    return np.where(sends_as_it_makes(rows), situation["hosted_ms_hearing"], first_words_ms(rows, whole_ms))


def _writes_tokens(rows: Rows) -> Mask:
    """Whether it answers token by token: a language model, or one that was tuned to translate and is billed for what it writes."""
    is_billed_so = rows.of_offer(np.isfinite(rows.columns.offers.output_price))
    return np.asarray(rows.is_llm | (rows.is_type("translation") & (is_billed_so == 1)), bool)


def _hosted_tokens_usd(rows: Rows) -> Array:
    """A language model's bill for one request. A tuned model has its own prices where the vendor states them."""
    offers = rows.columns.offers
    tuned = rows.wide(_changes_weights(rows))
    input_usd = np.where(tuned > 0, _either(rows, "tuned_input_price", "input_price"), rows.of_offer(offers.input_price))
    output_usd = np.where(tuned > 0, _either(rows, "tuned_output_price", "output_price"), rows.of_offer(offers.output_price))
    multiplier = rows.of_offer(offers.batch_multiplier)
    follow_one_another = np.asarray(rows.demand.extra_calls) > 0  # each call would wait for its own batch
    takes_part = rows.situation.may_take_a_day & ~follow_one_another & ~np.isnan(multiplier)
    offline = np.where(takes_part, multiplier, 1.0)
    prices = TokenPrices(
        input_usd,
        output_usd,
        rows.of_offer(offers.cache_read_price),
        rows.of_offer(offers.tier_above),
        rows.of_offer(offers.tier_input_price),
        rows.of_offer(offers.tier_output_price),
        offline,
    )
    return np.asarray(token_cost(prices, request_tokens(rows)))


def _changes_weights(rows: Rows) -> Array:
    changes = np.array([strategy.changes_weights for strategy in rows.columns.strategies], float)
    return changes[rows.candidates.strategy]


def _either(rows: Rows, first: str, second: str) -> Array:
    wanted = rows.of_offer(getattr(rows.columns.offers, first))
    return np.where(np.isnan(wanted), rows.of_offer(getattr(rows.columns.offers, second)), wanted)


def _hosted_units_usd(rows: Rows) -> Array:
    """A specialist's bill for one request, in the unit the vendor counts. A vendor without a fitting price is unknown."""
    offers, situation = rows.columns.offers, rows.situation
    units = (
        ("audio_input_price", situation.audio_minutes),
        ("audio_output_price", situation.audio_minutes),
        ("character_price", situation.characters / 1e6),
        ("image_price", situation.images),
        ("page_price", np.maximum(situation.pages, situation.images)),
        ("video_price", situation.video_seconds),
        ("search_price", 1e-3),
        ("input_price", specialist_tokens(situation) / 1e6),
    )
    found = np.full(np.shape(rows.of_offer(offers.input_price) + situation.requests_per_month), np.nan)
    for name, amount in units:
        usd = rows.of_offer(getattr(offers, name)) * amount
        usable = np.isnan(found) & ~np.isnan(usd) & (np.asarray(amount) > 0)
        found = np.where(usable, usd, found)
    is_free = rows.of_offer(offers.has_price & np.isnan(offers.input_price) & ~_has_unit_price(rows))
    return np.where(np.isnan(found) & (is_free == 1), 0.0, found)


def _has_unit_price(rows: Rows) -> Mask:
    offers = rows.columns.offers
    names = ("audio_input_price", "audio_output_price", "character_price", "image_price", "page_price", "video_price")
    return np.asarray(np.any([~np.isnan(getattr(offers, name)) for name in (*names, "search_price")], axis=0), bool)


def _hosted_llm_ms(rows: Rows) -> tuple[Array, Array]:
    """First token and whole answer, without the network. Measured speeds where there are any."""
    offers, situation = rows.columns.offers, rows.situation
    speed = rows.of_offer(offers.tokens_per_second)
    speed = np.where(np.isnan(speed), situation["hosted_tokens_per_second"], speed)
    wait = rows.of_offer(offers.first_token_seconds) * MS_PER_SECOND
    wait = np.where(np.isnan(wait), situation["hosted_first_token_ms"], wait)
    tokens, prefill = request_tokens(rows), situation["hosted_prefill_tokens_per_second"] / MS_PER_SECOND
    read = (tokens.input - SKIPPED_OF_CACHED * tokens.cached) / tokens.calls
    read_first = tokens.shortest - SKIPPED_OF_CACHED * (tokens.cached - remembered_tokens(rows))
    whole = (wait + read / prefill) * tokens.calls
    is_first_alone = np.asarray(calls_before_a_word(rows)) < tokens.calls
    first = np.where(is_first_alone, wait + read_first / prefill, whole)
    return first, whole + np.minimum(tokens.output, awaited_tokens(rows)) / speed * MS_PER_SECOND


def _hosted_unit_ms(rows: Rows) -> Array:
    """A specialist's time for one request, without the network."""
    situation = rows.situation
    longer = situation.characters / THOUSAND * situation["hosted_ms_per_1k_characters"]
    found = np.full(np.shape(rows.wide(rows.candidates.model) + situation.requests_per_month), np.nan)
    times = (
        (("embedding", "encoder"), situation["hosted_ms_embedding"]),
        (("reranker",), situation["hosted_ms_reranker"]),
        (("moderation",), situation["hosted_ms_moderation"]),
        (("asr", "audio"), situation.audio_minutes * situation["hosted_ms_per_audio_minute"]),
        (("tts", "speech_to_speech"), situation["hosted_ms_speech"] + awaited_minutes(rows) * 2000.0),
        (("image_generation",), np.maximum(situation.images, 1.0) * situation["hosted_ms_image"]),
        (("video_generation",), situation.video_seconds * situation["hosted_ms_video_per_second"]),
        (("vision",), np.maximum(situation.pages, 1.0) * situation["hosted_ms_page"]),
        (("translation",), situation["hosted_ms_translation"] + longer),
    )
    for kinds, milliseconds in times:
        found = np.where(rows.is_type(*kinds), milliseconds, found)
    return found
