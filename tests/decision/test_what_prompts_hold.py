"""What stands in every prompt: the instruction, and the classes to choose from."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Catalog, compare
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


def test_ten_thousand_classes_fit_few_prompts_and_are_paid_for(catalog: Catalog) -> None:
    def option(classes: int) -> tuple[float, str | None]:
        needs = {"task": "classification", "data": {"classes": classes}, "workload": {"requests_per_month": 1_000_000}}
        (found,) = compare(needs, ["zero_shot/openai/gpt-6-luna"], catalog, draws=0).compared
        cost = found.option.estimates["monthly_cost_usd"].mid if found.option else None
        return cost or float("nan"), found.barred

    assert option(10_000)[0] > 20 * option(10)[0]
    short = {"task": "classification", "data": {"classes": 10_000}}
    (barred,) = compare(short, ["zero_shot/qwen/qwen3-8b"], catalog, draws=0).compared
    assert barred.option is None and "context window" in barred.because[0]
