"""What a model was made for, and what its maker says of its future, read by rules: rows and columns, deprecation, live use."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, compare

TABPFN = "classical_ml/prior-labs/tabpfn-v2-clf"
TABLE: dict[str, Any] = {"task": "tabular_prediction"}


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        ({"labelled_examples": 10_000, "features": 500}, True),
        ({"labelled_examples": 10_001, "features": 20}, False),
        ({"labelled_examples": 10_000_000}, False),
        ({"labelled_examples": 5000, "features": 501}, False),
        ({}, True),
    ],
)
def test_a_model_of_tables_is_out_above_its_makers_limits(catalog: Catalog, data: dict[str, int], fits: bool) -> None:
    needs = {**TABLE, "data": data}
    tabpfn, trees = TABPFN, "classical_ml/classical/gradient-boosted-trees"
    found = {one.asked: one for one in compare(needs, [tabpfn, trees], catalog, draws=0).compared}
    assert (found[tabpfn].option is not None) is fits and found[trees].option is not None
    if not fits:
        assert "than its maker made it for" in found[tabpfn].because[0] or "maker made it for" in found[tabpfn].because[0]


DEPRECATED = "Its maker calls it legacy or deprecated: plan the move to its successor."


@pytest.mark.parametrize(
    "model", ["google/gemini-2.5-flash-lite", "google/gemini-2.5-flash", "google/gemini-2.5-pro", "google/gemini-3.5-flash"]
)
def test_what_its_maker_calls_deprecated_stays_with_a_caution(catalog: Catalog, model: str) -> None:
    asked = f"zero_shot/{model}"
    (found, other) = compare(
        {"task": "document_extraction"}, [asked, "zero_shot/openai/gpt-5.4-mini"], catalog, draws=0
    ).compared
    if found.asked != asked:
        found, other = other, found
    assert found.option is not None and DEPRECATED in found.option.cautions
    assert other.option is not None and DEPRECATED not in other.option.cautions


def test_cards_that_say_deprecated_say_it_as_a_fact(catalog: Catalog) -> None:
    for name, model in catalog.library().models.items():
        told = (model.card.limits or "").casefold()
        if "legacy" in told or "deprecated" in told:
            assert model.deprecated and "deprecated" in model.provenance, name


@pytest.mark.parametrize(
    ("task", "documented", "not_documented"),
    [
        ("speech_to_text", "openai/gpt-live-transcribe", "openai/whisper-large-v3"),
        ("text_to_speech", "elevenlabs/eleven_flash_v2_5", "resembleai/chatterbox"),
    ],
)
@pytest.mark.parametrize("mode", ["streaming", "batch"])
def test_live_use_asks_for_a_model_that_streams(
    catalog: Catalog, task: str, documented: str, not_documented: str, mode: str
) -> None:
    needs = {"task": task, "languages": ["en"], "workload": {"mode": mode}}
    told = {one.asked: one.option for one in compare(needs, [documented, not_documented], catalog, draws=0).compared}
    cautions = {name: [one for one in option.cautions if "Live use needs" in one] for name, option in told.items() if option}
    assert cautions == {documented: [], not_documented: cautions[not_documented]}
    assert bool(cautions[not_documented]) is (mode == "streaming")
