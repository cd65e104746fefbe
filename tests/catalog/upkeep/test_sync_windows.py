"""A list's window of one offer against the model's own: the example's model takes 400000 tokens at once, 272000 of them input."""

from __future__ import annotations

from pathlib import Path

import pytest
from list_copies import litellm

from recommender.catalog.library import read_library
from recommender.catalog.upkeep.judge_windows import listed_window
from recommender.domain.records import Model, Window

PRICE = {"input_cost_per_token": 7.5e-07, "output_cost_per_token": 4.5e-06}
ACCEPT = ("--accept", "example/openai/gpt-5.4-mini", "--apply")


def row(context: int) -> dict[str, object]:
    """A copy of models.dev whose seller takes so much at once."""
    cost = {"input": 0.75, "output": 4.5}
    return {"example": {"models": {"mini": {"cost": cost, "limit": {"context": context}}}}}


def window(folder: Path) -> Window | None:
    return read_library((folder,)).providers["example"].offers[0].window


def model(folder: Path, **told: object) -> Model:
    return read_library((folder,)).models["openai/gpt-5.4-mini"].model_copy(update=told)


def test_a_smaller_window_waits_for_a_person(run, syncable: Path) -> None:
    out = run("models-dev", row(128_000), "--apply")
    assert "example/openai/gpt-5.4-mini window: unknown -> 128000" in out
    assert "less than the model's own 400000" in out
    assert window(syncable) is None
    run("models-dev", row(128_000), *ACCEPT)
    held = window(syncable)
    assert held is not None
    assert (held.context_tokens, held.source, held.as_of.isoformat()) == (128_000, "models-dev", "2026-11-20")


@pytest.mark.parametrize("context", [400_000, 390_000, 1_000_000])
def test_the_models_own_window_is_not_said_again(run, syncable: Path, context: int) -> None:
    assert " window: " not in run("models-dev", row(context))  # 390000 is 2.5 % less: the same, rounded


def test_a_second_list_confirms_or_contradicts(run, syncable: Path) -> None:
    run("models-dev", row(128_000), *ACCEPT)
    run("litellm", litellm(**PRICE, max_input_tokens=64_000, max_output_tokens=64_000), "--apply")
    held = window(syncable)
    assert held is not None
    assert (held.context_tokens, held.status, held.note) == (128_000, "conflict", "litellm has 64000")
    assert " window: " not in run("litellm", litellm(**PRICE, max_input_tokens=64_000, max_output_tokens=64_000))


def test_a_list_within_three_percent_agrees(run, syncable: Path) -> None:
    run("models-dev", row(128_000), *ACCEPT)
    run("litellm", litellm(**PRICE, max_input_tokens=131_072, max_output_tokens=131_072), "--apply")
    held = window(syncable)
    assert held is not None
    assert (held.context_tokens, held.status) == (128_000, "agreed")


def test_the_same_list_moves_it_but_not_more_than_threefold(run, syncable: Path) -> None:
    run("models-dev", row(128_000), *ACCEPT, as_of="2026-10-20")
    run("models-dev", row(200_000), "--apply")
    held = window(syncable)
    assert held is not None
    assert (held.context_tokens, held.as_of.isoformat()) == (200_000, "2026-11-20")
    assert "moves from 200000 to 20000, more than 3 times" in run("models-dev", row(20_000), "--apply", as_of="2026-11-21")
    held = window(syncable)
    assert held is not None
    assert held.context_tokens == 200_000


def test_a_longest_input_is_not_always_a_window(syncable: Path) -> None:
    known = model(syncable, context_tokens=400_000, max_input_tokens=272_000, max_output_tokens=128_000)
    said = {"max_input_tokens": 272_000, "max_output_tokens": 128_000}
    assert listed_window(said, known) == 400_000, "the longest input is what the longest answer leaves"
    assert listed_window({**said, "max_output_tokens": 16_384}, known) is None, "the model's own longest input"
    assert listed_window({"max_input_tokens": 131_000}, known) == 131_000
    assert listed_window({"max_input_tokens": 272_000, "max_output_tokens": 272_000}, known) == 272_000, "both sides the same"
