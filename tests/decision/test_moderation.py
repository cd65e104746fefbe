"""Moderation: what is ready to spot harmful texts stands beside prompted models, with a quality that somebody measured."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, recommend

SITE: dict[str, Any] = {
    "task": "moderation", "languages": ["en"], "privacy": {"boundary": "on_premises"}, "data": {"labelled_examples": 0},
    "hardware": {"owned": [{"accelerator": "cpu-4"}]},
}  # fmt: skip


@pytest.fixture(scope="module")
def on_cpu(catalog: Catalog) -> dict[str, Option]:
    """A free site without labels, on its own processor: the options it has, best first, by model."""
    answer = recommend(SITE, catalog, detail="answer", draws=0, alternatives=400)
    options = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    return {one.model.id: one for one in reversed(options)}


@pytest.mark.parametrize("model", ["unitary/toxic-bert", "unitary/unbiased-toxic-roberta"])
def test_a_small_ready_classifier_is_an_option_with_a_known_quality(model: str, on_cpu: dict[str, Option]) -> None:
    found = on_cpu[model]
    assert found.strategy.id == "pretrained_as_is" and found.deployment.accelerator == "cpu-4"
    assert found.estimates["quality"].grade == "measured" and 40 < found.estimates["quality"].mid < 60


def test_a_guard_is_found_too_and_counts_for_more(on_cpu: dict[str, Option]) -> None:
    guard, small = (on_cpu[name].estimates["quality"].mid for name in ("qwen/qwen3guard-gen-0.6b", "unitary/toxic-bert"))
    assert guard - small > 10


def test_no_quality_on_such_texts_says_how_capable_a_model_is(catalog: Catalog) -> None:
    """gpt-oss-safeguard may sort texts, but what it was measured on says nothing of that."""
    wish = {"task": "classification", "only": ["openai/gpt-oss-safeguard-20b"]}
    winner = recommend(wish, catalog, detail="answer", draws=0).winner
    assert winner is None or winner.estimates["quality"].grade in ("predicted", "none")
