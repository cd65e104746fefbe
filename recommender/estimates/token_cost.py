"""What a vendor bills for one request."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.domain.units import TOKENS_PER_MTOK

Quantity = float | NDArray[np.float64]


@dataclass(frozen=True)
class TokenPrices:
    """Prices per million tokens [USD]; NaN where the vendor has none. A tier holds for the whole request above its length."""

    input_usd: Quantity
    output_usd: Quantity
    cache_read_usd: Quantity
    tier_above: Quantity
    tier_input_usd: Quantity
    tier_output_usd: Quantity
    multiplier: Quantity


@dataclass(frozen=True)
class Tokens:
    """Tokens of one request; `cached` is the part of the input that the vendor has seen before."""

    input: Quantity
    cached: Quantity
    output: Quantity


def token_cost(prices: TokenPrices, tokens: Tokens) -> Quantity:
    """The bill of one request. [USD]

    cost = ((input - cached) * p_in + cached * p_cache + output * p_out) / 1e6 * multiplier

    Without a cache price, cached tokens are billed as plain input. Above a tier's length its prices hold for the whole
    request. Hidden reasoning tokens are output.

    References:
        [1] pydantic/genai-prices 0.2.3, price units and tiers, read 2026-11-10.
    """
    is_tier = np.asarray(tokens.input > prices.tier_above)
    p_in = np.where(is_tier & ~np.isnan(prices.tier_input_usd), prices.tier_input_usd, prices.input_usd)
    p_out = np.where(is_tier & ~np.isnan(prices.tier_output_usd), prices.tier_output_usd, prices.output_usd)
    ratio = np.where(np.isnan(prices.cache_read_usd), 1.0, prices.cache_read_usd / np.maximum(prices.input_usd, 1e-12))
    answer = np.where(np.asarray(tokens.output) > 0, tokens.output * p_out, 0.0)
    plain = (tokens.input - tokens.cached) * p_in
    return (plain + tokens.cached * p_in * ratio + answer) / TOKENS_PER_MTOK * prices.multiplier
