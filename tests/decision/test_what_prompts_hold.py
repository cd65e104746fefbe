"""What stands in every prompt: the instruction, and the classes to choose from."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Catalog, Option, compare
from recommender.engine import decided
from recommender.techniques import prompting


def prefix(catalog: Catalog, classes: int, tuned: bool = False) -> float:
    situation = decided({"task": "classification", "data": {"classes": classes}}, catalog, None).situation
    made = prompting.demand_when_tuned if tuned else prompting.demand
    return float(np.asarray(made(situation).prefix_tokens))


def test_every_class_beyond_ten_is_named_in_the_prompt(catalog: Catalog) -> None:
    assert prefix(catalog, 2) == prefix(catalog, 10) == 400, "instruction_tokens"
    assert prefix(catalog, 77) == pytest.approx(400 + 67 * 12)
    assert prefix(catalog, 77, tuned=True) == 40, "a tuned model has learned them"


def test_of_very_many_classes_the_nearest_are_looked_up(catalog: Catalog) -> None:
    assert prefix(catalog, 150) == pytest.approx(400 + 140 * 12), "classes_in_a_prompt: all of them"
    situation = decided({"task": "classification", "data": {"classes": 10_000}}, catalog, None).situation
    made = prompting.demand(situation)
    assert float(np.asarray(made.prefix_tokens)) == 400, "none of the list"
    assert float(np.asarray(made.prompt_tokens)) == 20 * 12, "classes_shortlisted times tokens_per_class"
    assert float(np.asarray(made.retrievals)) == 1
    seen = decided({"task": "image_classification", "data": {"classes": 10_000}}, catalog, None).situation
    assert float(np.asarray(prompting.demand(seen).retrievals)) == 0, "a picture has no words to look up"


def test_a_shortlist_is_told_costs_work_and_fits_small_models(catalog: Catalog) -> None:
    def option(classes: int, name: str) -> Option:
        needs = {"task": "classification", "data": {"classes": classes}, "workload": {"requests_per_month": 1_000_000}}
        (found,) = compare(needs, [name], catalog, draws=0).compared
        assert found.option is not None, found.because
        return found.option

    many, few = option(10_000, "zero_shot/openai/gpt-6-luna"), option(100, "zero_shot/openai/gpt-6-luna")
    assert "Of 10,000 classes the 20 nearest to each text stand in its prompt; they are looked up first." in many.reasons
    assert not any("looked up first" in one for one in few.reasons)
    assert [one.role for one in many.components] == ["embedding"] and not few.components
    assert many.estimates["build_days"].mid == pytest.approx((few.estimates["build_days"].mid or 0) + 2), "build_days_component"
    assert option(10_000, "zero_shot/qwen/qwen3-8b").model.id == "qwen/qwen3-8b", "120,000 tokens of classes fitted none"


def quality(catalog: Catalog, strategy: str, **data: float) -> float:
    needs = {"task": "classification", "data": data}
    (found,) = compare(needs, [f"{strategy}/openai/gpt-6-luna"], catalog, draws=0).compared
    assert found.option is not None, found.because
    return found.option.estimates["quality"].mid or 0.0


def test_prompts_choose_worse_among_thousands(catalog: Catalog) -> None:
    """From 100 classes to 10,000 are two tenfolds of 0.4 in log-odds: 81 points, odds of 4.2, come to odds of 1.9."""
    few, many = quality(catalog, "zero_shot", classes=100), quality(catalog, "zero_shot", classes=10_000)
    assert few == quality(catalog, "zero_shot", classes=2), "classes_without_loss"
    odds = few / (100 - few) * np.exp(-2 * 0.4)
    assert many == pytest.approx(100 * odds / (1 + odds), abs=0.01)


def test_examples_of_each_class_make_up_for_their_number(catalog: Catalog) -> None:
    """Shown examples of five per class and more tell the classes apart: what is left falls with them."""
    found = [quality(catalog, "few_shot", classes=2_000, labelled_examples=labels) for labels in (20, 2_000, 10_000, 50_000)]
    assert found == sorted(found) and found[0] < found[2] - 3
    assert found[2] == pytest.approx(found[3], abs=1.5), "nothing of the loss is left"


@pytest.mark.parametrize("strategy", ["zero_shot", "few_shot", "cascade"])
def test_more_classes_never_make_a_prompt_better(catalog: Catalog, strategy: str) -> None:
    found = [
        quality(catalog, strategy, classes=classes, labelled_examples=5_000) for classes in (2, 50, 100, 200, 1_000, 30_000)
    ]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1] + 5
