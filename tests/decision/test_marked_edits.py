"""An encoder cannot write: for rewriting it marks edits, and learns each kind of edit from its own examples."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare


def _tuned(examples: float, catalog: Catalog, **more: Any) -> Option:
    needs = {"task": "rewriting", "data": {"labelled_examples": examples}, **more}
    option = compare(needs, ["finetune_encoder"], catalog, draws=0).compared[0].option
    assert option is not None
    return option


def _quality(option: Option) -> float:
    middle = option.estimates["quality"].mid
    assert middle is not None
    return middle


def test_what_it_cannot_do_is_said(catalog: Catalog) -> None:
    option = _tuned(500_000.0, catalog)
    assert any("cannot rephrase, shorten or change the style" in one for one in option.cautions)
    assert any(one.endswith("which is enough to correct a text word by word.") for one in option.reasons)


@pytest.mark.parametrize("few, many", [(2_000.0, 20_000.0), (20_000.0, 500_000.0)])
def test_a_thousand_kinds_of_edits_need_many_examples(few: float, many: float, catalog: Catalog) -> None:
    # 20,000 examples are 20 for each of a thousand kinds: well below what 500 of each reach.
    assert _quality(_tuned(few, catalog)) < _quality(_tuned(many, catalog)) - 8


def test_a_prompt_rewrites_better_than_an_encoder_that_saw_a_few_thousand(catalog: Catalog) -> None:
    needs = {"task": "rewriting", "data": {"labelled_examples": 20_000}}
    found = compare(needs, ["finetune_encoder", "zero_shot"], catalog, draws=0).compared
    assert found[0].option is not None and found[0].option.strategy.id == "zero_shot"


@pytest.mark.parametrize(
    ("before", "after", "fits"),
    [(40, 40, True), (40, 49, True), (150, 200, False), (200, 80, False), (None, 80, True), (150, None, True)],
)
def test_texts_that_change_their_length_are_not_edited(
    before: int | None, after: int | None, fits: bool, catalog: Catalog
) -> None:
    needs = {
        "task": "rewriting",
        "data": {"labelled_examples": 500_000},
        "workload": {"input_tokens": before, "output_tokens": after},
    }
    (found,) = compare(needs, ["finetune_encoder"], catalog, draws=0).compared
    assert (found.option is not None) is fits
    if not fits:
        assert "further apart than corrections make them" in found.because[0]
