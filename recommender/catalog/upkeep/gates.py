"""Sanity gates: what has been a mistake of a list in every case seen is turned away, with its reason.

Each gate takes an offered price and what is known around it, and gives the reason to refuse, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from recommender.catalog.offer_checks import MOST_INPUT_USD, MOST_OUTPUT_USD, exchanged, half_priced, slip_of_unit
from recommender.catalog.upkeep.listing import TOKEN_PRICES, UNIT_PRICES, Facts
from recommender.domain.record import record

MOST_MOVE = 3.0  # times, up or down, in one sync


@record
class Offered:
    """A price as a list offers it, and what is known around it.

    `held` is the price that holds in the catalog (empty for a new offer); `allowed` says why a dear model may be dear;
    `wrong` why this row of the list is known to be wrong.
    """

    prices: Facts
    held: Facts
    model_type: str
    is_free: bool
    allowed: str | None
    wrong: str | None


Gate: TypeAlias = Callable[[Offered], str | None]


def known_wrong_row(offered: Offered) -> str | None:
    """The row is on the list of known mistakes."""
    return f"known to be wrong: {offered.wrong}" if offered.wrong else None


def input_beyond_all(offered: Offered) -> str | None:
    """No model asks so much for reading."""
    asked = offered.prices.get("input_usd_per_mtok") or 0
    if asked > MOST_INPUT_USD and not offered.allowed:
        return f"input at {asked:g} USD per million tokens is above {MOST_INPUT_USD:g}"
    return None


def output_beyond_all(offered: Offered) -> str | None:
    """No model asks so much for writing."""
    asked = offered.prices.get("output_usd_per_mtok") or 0
    if asked > MOST_OUTPUT_USD and not offered.allowed:
        return f"output at {asked:g} USD per million tokens is above {MOST_OUTPUT_USD:g}"
    return None


def of_another_unit(offered: Offered) -> str | None:
    """Nobody asks so little: the price is of a smaller unit."""
    slips = (slip_of_unit(name, offered.prices.get(name)) for name in (*TOKEN_PRICES, *UNIT_PRICES))
    return next((f"{what}; {looks_like}" for what, looks_like in filter(None, slips)), None)


def output_below_input(offered: Offered) -> str | None:
    """Where writing costs less than reading, the two were exchanged."""
    return exchanged(offered.prices.get("input_usd_per_mtok"), offered.prices.get("output_usd_per_mtok"), offered.model_type)


def of_one_side(offered: Offered) -> str | None:
    """A text is billed for what is read and for what is written."""
    if offered.is_free:
        return None
    return half_priced(offered.prices.get("input_usd_per_mtok"), offered.prices.get("output_usd_per_mtok"), offered.model_type)


def zero_without_free_flag(offered: Offered) -> str | None:
    """Zero is a placeholder, unless the offer is known to be free."""
    given = [offered.prices[name] for name in (*TOKEN_PRICES[:2], *UNIT_PRICES) if name in offered.prices]
    if given and not any(given) and not offered.is_free:
        return "the price is zero and the offer is not known to be free"
    return None


def moved_too_far(offered: Offered) -> str | None:
    """A price that moves threefold at once is more often a slip of the unit than a change."""
    for name in (*TOKEN_PRICES, *UNIT_PRICES):
        before, after = offered.held.get(name), offered.prices.get(name)
        if before and after and not 1 / MOST_MOVE <= after / before <= MOST_MOVE:
            return f"{name} moves from {before:g} to {after:g}, more than {MOST_MOVE:g} times"
    return None


def cache_dearer_than_input(offered: Offered) -> str | None:
    """Reading from the cache is never dearer than reading."""
    asked, cached = offered.prices.get("input_usd_per_mtok"), offered.prices.get("cache_read_usd_per_mtok")
    if asked and cached and cached > asked:
        return f"reading the cache at {cached:g} is dearer than input at {asked:g}"
    return None


def seconds_on_both_sides(offered: Offered) -> str | None:
    """A price per second of audio in and out at once counts the same second twice."""
    return "a price per second on both sides" if offered.prices.get("seconds_on_both_sides") else None


GATES: tuple[Gate, ...] = (
    known_wrong_row,
    input_beyond_all,
    output_beyond_all,
    of_another_unit,
    output_below_input,
    zero_without_free_flag,
    moved_too_far,
    cache_dearer_than_input,
    seconds_on_both_sides,
    of_one_side,
)


def refusal(offered: Offered, gates: tuple[Gate, ...] = GATES) -> str | None:
    """The first gate's reason to turn a price away."""
    return next((reason for gate in gates if (reason := gate(offered)) is not None), None)


def amounts(price: Any) -> Facts:
    """The amounts that a catalog price states."""
    names = (*TOKEN_PRICES, *UNIT_PRICES, "batch_multiplier", "regional_uplift")
    return {name: value for name in names if (value := getattr(price, name)) is not None}


def allowed_reason(allowed: Mapping[str, Mapping[str, str]], provider: str, model: str) -> str | None:
    """Why a dear offer may be dear."""
    return allowed.get(provider, {}).get(model)
