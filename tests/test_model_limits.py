"""What a model was made for, and what its maker says of its future, read by rules: rows and columns, deprecation, live use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender import Catalog, Option, compare, load_catalog
from recommender.decision.estimation import OWN_CLOUD
from recommender.decision.risk import OVERTAKEN_RISK
from recommender.domain.words import GRADES
from recommender.engine import decided

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


PREVIEW = "Its maker calls it a preview: it may change or end at short notice."


def _option(catalog: Catalog, asked: str, **needs: Any) -> Option:
    (found,) = compare(needs, [asked], catalog, draws=0).compared
    assert found.option is not None
    return found.option


def test_a_closed_preview_is_told(catalog: Catalog) -> None:
    assert PREVIEW in _option(catalog, "zero_shot/google/gemini-3-flash-preview", task="extraction").cautions
    assert PREVIEW not in _option(catalog, "zero_shot/openai/gpt-6-luna", task="extraction").cautions


def test_what_its_maker_calls_a_preview_says_it_as_a_fact(catalog: Catalog) -> None:
    for name, model in catalog.library().models.items():
        assert ("preview" in model.name.casefold()) == bool(model.preview) == ("preview" in model.provenance), name


@pytest.mark.parametrize("doubt", ["preview", "deprecated"])
def test_what_may_end_at_a_vendor_is_a_risk(catalog: Catalog, root: Path, tmp_path: Path, doubt: str) -> None:
    """The same model at the same vendor, with and without its maker's word: 0.08 of risk for a preview, 0.12 for what is deprecated, of
    which the balanced profile, whose weights come to 0.99, takes 0.13 / 0.99 off the score."""
    place = Path("models/openai/gpt-6-luna.yaml")
    shipped = (root / "catalog" / place).read_text(encoding="utf-8")
    told = f"{doubt}: true\nprovenance:\n  {doubt}: {{source: model-cards, as_of: 2026-11-29}}\n"
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).write_text(shipped.replace("provenance:\n", told), encoding="utf-8")
    asked = "zero_shot/openai/gpt-6-luna"
    before, after = (_option(one, asked, task="extraction") for one in (catalog, load_catalog(overlays=[tmp_path])))
    lost = before.score.parts["risk"] - after.score.parts["risk"]
    assert lost == pytest.approx(0.13 / 0.99 * {"preview": 0.08, "deprecated": 0.12}[doubt], abs=1e-4)


def test_own_language_models_are_overtaken_and_encoders_are_not(catalog: Catalog) -> None:
    """On one machine of the same place, by kind of model, beyond what training alone and thin evidence risk."""
    decision = decided({"task": "extraction"}, catalog, None)
    rows, places = decision.rows, decision.candidates.place == OWN_CLOUD
    is_tuned = np.array([one.id in ("finetune_llm", "finetune_encoder") for one in rows.columns.strategies])
    tuned = places & is_tuned[decision.candidates.strategy] & (decision.quality.grades == GRADES.index("predicted"))
    language, encoders = (set(np.round(decision.risk[tuned & kind], 6)) for kind in (rows.is_llm, rows.is_type("encoder")))
    assert language and encoders
    assert min(language) - min(encoders) == pytest.approx(OVERTAKEN_RISK)


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
