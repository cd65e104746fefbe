"""Each gate by itself: just inside is let through, just outside is turned away with its reason."""

from __future__ import annotations

from typing import Any

import pytest

from recommender.catalog.upkeep import gates
from recommender.catalog.upkeep.gates import GATES, Gate, Offered


def offered(prices: dict[str, Any], **around: Any) -> Offered:
    known: dict[str, Any] = {"held": {}, "model_type": "decoder_llm", "is_free": False, "allowed": None, "wrong": None}
    return Offered(prices=prices, **{**known, **around})


CASES: list[tuple[Gate, Offered, Offered, str]] = [
    (
        gates.known_wrong_row,
        offered({"input_usd_per_mtok": 1}),
        offered({"input_usd_per_mtok": 1}, wrong="prices exchanged"),
        "known to be wrong: prices exchanged",
    ),
    (
        gates.input_beyond_all,
        offered({"input_usd_per_mtok": 60}),
        offered({"input_usd_per_mtok": 100}),
        "input at 100 USD per million tokens is above 60",
    ),
    (
        gates.output_beyond_all,
        offered({"output_usd_per_mtok": 200}),
        offered({"output_usd_per_mtok": 3200}),
        "output at 3200 USD per million tokens is above 200",
    ),
    (
        gates.of_another_unit,
        offered({"input_usd_per_mtok": 0.0005}),
        offered({"input_usd_per_mtok": 2e-07}),
        "input_usd_per_mtok 0.0000002 is below 0.0005, less than anybody asks; it looks like a price per token: "
        "multiply it by a million",
    ),
    (
        gates.output_below_input,
        offered({"input_usd_per_mtok": 1, "output_usd_per_mtok": 0.99}),
        offered({"input_usd_per_mtok": 1, "output_usd_per_mtok": 0.98}),
        "output at 0.98 is cheaper than input at 1",
    ),
    (
        gates.zero_without_free_flag,
        offered({"input_usd_per_mtok": 0, "output_usd_per_mtok": 0}, is_free=True),
        offered({"input_usd_per_mtok": 0, "output_usd_per_mtok": 0}),
        "the price is zero and the offer is not known to be free",
    ),
    (
        gates.moved_too_far,
        offered({"usd_per_page": 0.003}, held={"usd_per_page": 0.001}),
        offered({"usd_per_page": 0.0031}, held={"usd_per_page": 0.001}),
        "usd_per_page moves from 0.001 to 0.0031, more than 3 times",
    ),
    (
        gates.cache_dearer_than_input,
        offered({"input_usd_per_mtok": 1, "cache_read_usd_per_mtok": 1}),
        offered({"input_usd_per_mtok": 1, "cache_read_usd_per_mtok": 1.1}),
        "reading the cache at 1.1 is dearer than input at 1",
    ),
    (
        gates.seconds_on_both_sides,
        offered({"audio_input_usd_per_minute": 0.006}),
        offered({"audio_input_usd_per_minute": 0.006, "seconds_on_both_sides": True}),
        "a price per second on both sides",
    ),
    (
        gates.of_one_side,
        offered({"input_usd_per_mtok": 1, "output_usd_per_mtok": 4}),
        offered({"input_usd_per_mtok": 1}),
        "a price of input without one of output",
    ),
]


def test_every_gate_has_a_case() -> None:
    assert {gate for gate, *_ in CASES} == set(GATES)


@pytest.mark.parametrize("gate, inside, outside, reason", CASES, ids=[gate.__name__ for gate, *_ in CASES])
def test_a_gate_turns_away_what_is_outside(gate: Gate, inside: Offered, outside: Offered, reason: str) -> None:
    assert gate(inside) is None
    assert gate(outside) == reason
    assert gates.refusal(outside) == reason


def test_a_dear_model_may_be_allowed_by_name() -> None:
    assert (
        gates.refusal(offered({"input_usd_per_mtok": 150, "output_usd_per_mtok": 600}, allowed="the maker's own page")) is None
    )


def test_an_embedding_may_answer_for_less() -> None:
    assert (
        gates.output_below_input(offered({"input_usd_per_mtok": 1, "output_usd_per_mtok": 0.1}, model_type="embedding")) is None
    )


def test_a_fall_to_a_third_is_the_last_that_passes() -> None:
    held = {"input_usd_per_mtok": 3.0}
    assert gates.moved_too_far(offered({"input_usd_per_mtok": 1.0}, held=held)) is None
    assert gates.moved_too_far(offered({"input_usd_per_mtok": 0.99}, held=held)) is not None
