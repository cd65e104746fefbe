"""What a vendor bills for one request."""

from __future__ import annotations

import numpy as np

from recommender.domain.record import record
from recommender.domain.units import MILLION, TOKENS_PER_MTOK, Quantity


@record
class TokenPrices:
    """Prices per million tokens [USD]; NaN where the vendor has none. A tier holds for the whole request above its length."""

    input_usd: Quantity
    output_usd: Quantity
    cache_read_usd: Quantity
    tier_above: Quantity
    tier_input_usd: Quantity
    tier_output_usd: Quantity
    multiplier: Quantity
    cache_write_usd: Quantity = float("nan")


@record
class Tokens:
    """Tokens of one request, over all its calls. `cached`: input the vendor has seen before; `written`: further input it is told to keep;
    `shortest` and `longest`: input of the shortest and the longest of several calls, which grow evenly; NaN where there is one call."""

    input: Quantity
    cached: Quantity
    output: Quantity
    written: Quantity = 0.0
    calls: Quantity = 1.0
    shortest: Quantity = np.nan
    longest: Quantity = np.nan


@record
class UnitPrices:
    """Prices of what is not counted in tokens [USD]; NaN where the vendor does not sell it."""

    audio_minute: Quantity = float("nan")
    million_characters: Quantity = float("nan")
    image: Quantity = float("nan")
    page: Quantity = float("nan")
    video_second: Quantity = float("nan")


@record
class Units:
    """What one request sends or gets besides text."""

    audio_minutes: Quantity = 0.0
    characters: Quantity = 0.0
    images: Quantity = 0.0
    pages: Quantity = 0.0
    video_seconds: Quantity = 0.0


def token_cost(prices: TokenPrices, tokens: Tokens) -> Quantity:
    """The bill of one request. [USD]

    cost = ((input - cached - written) * p_in + cached * p_read + written * p_write + output * p_out) / 1e6 * multiplier

    Without a cache price, cached and written tokens are billed as plain input. A call that is longer than a tier's length has its
    prices as a whole, and cache prices rise in step with the input's. Hidden reasoning tokens are output. The multiplier
    carries a batch discount (0.5) or a regional uplift (1.1).

    References:
        [1] pydantic/genai-prices 0.2.3, price units and tiers, read 2026-11-10.
        [2] Cache prices over input prices of 354 models, computed from pydantic/genai-prices@47df840, read 2026-08-21:
            writes 1.25 times where charged; reads 0.11 times at the median.
    """
    above = _share_above(prices.tier_above, tokens)
    p_in = _mixed(prices.input_usd, prices.tier_input_usd, above)
    p_out = _mixed(prices.output_usd, prices.tier_output_usd, above)
    read = p_in * _ratio(prices.cache_read_usd, prices.input_usd)
    write = p_in * _ratio(prices.cache_write_usd, prices.input_usd)
    answer = np.where(np.asarray(tokens.output) > 0, tokens.output * p_out, 0.0)
    plain = (tokens.input - tokens.cached - tokens.written) * p_in
    whole = plain + tokens.cached * read + tokens.written * write + answer
    return whole / TOKENS_PER_MTOK * prices.multiplier


def _share_above(tier_above: Quantity, tokens: Tokens) -> Quantity:
    """The share of a request's tokens that calls longer than a tier's length read. [share]

    share = (longest^2 - tier^2) / (longest^2 - shortest^2), between 0 and 1

    References:
        [1] Arithmetic: of calls whose lengths grow evenly, those above the tier, each weighted with its length.
    """
    least, most = (np.where(np.isnan(one), tokens.input, one) for one in (tokens.shortest, tokens.longest))
    spread = most**2 - least**2
    part = (most**2 - np.asarray(tier_above, float) ** 2) / np.where(spread > 0, spread, 1.0)
    return np.where(spread > 0, np.clip(part, 0.0, 1.0), most > tier_above)


def _mixed(plain_usd: Quantity, tier_usd: Quantity, above: Quantity) -> Quantity:
    """The price of a token where a share is billed at the tier's price; the plain one where the tier has none of its own."""
    tier = np.where(np.isnan(tier_usd), plain_usd, tier_usd)
    return np.where(np.asarray(above) >= 1.0, tier, plain_usd + above * (tier - plain_usd))


def _ratio(special_usd: Quantity, plain_usd: Quantity) -> Quantity:
    """A cache price over the plain one; 1 where the vendor has none."""
    return np.where(np.isnan(special_usd), 1.0, special_usd / np.maximum(plain_usd, 1e-12))


def billed_output_tokens(visible_tokens: Quantity, reasoning_multiplier: Quantity) -> Quantity:
    """Output that is billed when a model thinks before it answers. [tokens]

    output = visible * (1 + multiplier)

    References:
        [1] pydantic/genai-prices 0.2.3, prices/units.yml: reasoning tokens are output tokens, read 2026-11-10.
    """
    return visible_tokens * (1.0 + reasoning_multiplier)


def bill_multiplier(batch_discount: Quantity, regional_uplift: Quantity) -> Quantity:
    """What the whole bill is multiplied with. [times]

    multiplier = (1 - batch discount) * (1 + regional uplift)

    Args:
        batch_discount: for answers that may wait: 0.5 at OpenAI, Anthropic and Google. [share]
        regional_uplift: for data kept in a region: 0.1 at Anthropic and OpenAI; none where the offer names none. [share]

    References:
        [1] pydantic/genai-prices 0.2.3, conditional prices of the vendors, read 2026-11-10.
    """
    return (1.0 - batch_discount) * (1.0 + regional_uplift)


def after_free_allowance(units: Quantity, free_units: Quantity, usd_per_unit: Quantity) -> Quantity:
    """A month's bill where the first units are free. [USD per month]

    cost = max(0, units - free) * price

    References:
        [1] Arithmetic: free tiers are counted per month and account.
    """
    return np.maximum(units - free_units, 0.0) * usd_per_unit


def unit_cost(prices: UnitPrices, units: Units) -> Quantity:
    """The bill of what is counted by the minute, character, image, page or second. [USD]

    cost = minutes * p_minute + characters / 1e6 * p_characters + images * p_image + pages * p_page + seconds * p_second

    A unit that is not used needs no price; a unit that is used and has none makes the bill unknown.

    References:
        [1] pydantic/genai-prices 0.2.3, prices/units.yml, the list of billable units, read 2026-11-10.
    """
    return (
        _line(units.audio_minutes, prices.audio_minute)
        + _line(units.characters, prices.million_characters) / MILLION
        + _line(units.images, prices.image)
        + _line(units.pages, prices.page)
        + _line(units.video_seconds, prices.video_second)
    )


def _line(amount: Quantity, usd: Quantity) -> Quantity:
    return np.where(np.asarray(amount) > 0, amount * usd, 0.0)


def monthly_bill_usd(usd_per_request: Quantity, requests: Quantity, free_requests: Quantity = 0.0) -> Quantity:
    """A month at a vendor, its free allowance taken off. [USD per month]

    bill = cost of a request * max(0, requests - free)

    References:
        [1] Vendors' free tiers, as dated in `catalog/offers/`.
    """
    return usd_per_request * np.maximum(0.0, requests - free_requests)
