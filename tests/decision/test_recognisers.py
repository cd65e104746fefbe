"""Ready-made recognisers: what is named in words is found without labels of one's own, on a processor."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare
from recommender.engine import decided

PLAIN: dict[str, Any] = {
    "task": "extraction",
    "languages": ["en"],
    "data": {"labelled_examples": 0},
    "workload": {"input_tokens": 300},
}


def option(catalog: Catalog, name: str, **more: Any) -> Option:
    (found,) = compare({**PLAIN, **more}, [name], catalog, draws=0).compared
    assert found.option is not None, found.because
    return found.option


def test_only_what_was_made_to_recognise_does_so_as_it_is(catalog: Catalog) -> None:
    decision = decided(PLAIN, catalog, None)
    columns, rows = decision.columns, decision.candidates
    as_it_is = rows.strategy == [one.id for one in columns.strategies].index("pretrained_as_is")
    models = {columns.models.ids[model] for model in rows.model[as_it_is]}
    assert models and all(name.startswith(("urchade/gliner", "fastino/gliner")) for name in models)
    bases = {model for model in columns.models.ids if "modernbert" in model}
    assert bases and not bases & models, "a base to tune finds nothing by itself"


def test_a_recogniser_is_as_good_as_the_models_it_was_measured_beside(catalog: Catalog) -> None:
    """76 points as GPT-4o, less 2 for one's own material; its doubt is the assumption's."""
    quality = option(catalog, "pretrained_as_is").estimates["quality"]
    assert (quality.low, quality.mid, quality.high) == (pytest.approx(64, abs=1), 74, pytest.approx(82, abs=1))
    assert quality.grade == "predicted"


def test_its_limits_are_told(catalog: Catalog) -> None:
    said = "An encoder marks words as they stand: it cannot put a value into a form, and finds nothing that is only implied."
    assert said in option(catalog, "pretrained_as_is").cautions
    tuned = option(catalog, "finetune_encoder", data={"labelled_examples": 5_000})
    assert said in tuned.cautions
    assert said not in option(catalog, "zero_shot").cautions


def test_long_texts_take_the_one_that_reads_them(catalog: Catalog) -> None:
    long = option(catalog, "pretrained_as_is", workload={"input_tokens": 2_000, "max_input_tokens": 3_000})
    assert long.model.id.startswith("fastino/gliner2.5")


def test_within_a_fraction_of_a_second_it_costs_a_fraction_of_a_model_that_writes(catalog: Catalog) -> None:
    """One pass over the text on a processor, where forty tokens of an answer need a large accelerator to be written in time."""
    wish = {
        "latency": {"p95_ms": 300},
        "privacy": {"boundary": "own_tenant"},
        "workload": {"requests_per_month": 500_000, "input_tokens": 300, "output_tokens": 40},
    }
    ready, asked = (
        option(catalog, name, **wish).estimates["monthly_cost_usd"].mid for name in ("pretrained_as_is", "zero_shot")
    )
    assert ready and asked and ready < asked / 5
