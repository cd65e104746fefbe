"""The three example files, answered as somebody who knows the field would answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender import Catalog, Option, recommend
from recommender.catalog.requests import read_requirements


def winner_of(root: Path, catalog: Catalog, name: str) -> Option:
    answer = recommend(read_requirements(root / "examples" / name), catalog)
    assert answer.winner is not None
    return answer.winner


def test_the_hospital_transcribes_on_its_own_premises(root: Path, catalog: Catalog) -> None:
    answer = recommend(read_requirements(root / "examples" / "hospital-transcription.yaml"), catalog, alternatives=50)
    assert answer.winner is not None
    for option in (answer.winner, *answer.alternatives, *answer.if_confirmed):
        assert option.model.weights == "open"
        assert option.deployment.place in ("own_site", "device") and option.deployment.provider is None
        assert all(part.deployment.place in ("own_site", "device") for part in option.components)
    assert answer.winner.model.type == "asr"
    labels = {line.label for line in answer.winner.bill}
    assert {"Machines bought", "Power, room and spare parts"} <= labels


def test_the_shop_retrieves_with_a_small_hosted_model(root: Path, catalog: Catalog) -> None:
    winner = winner_of(root, catalog, "shop-support.yaml")
    assert winner.strategy.id in ("rag", "long_context")
    assert winner.deployment.hosting == "api"
    assert (winner.estimates["monthly_cost_usd"].mid or 1e9) < 100


def test_the_bank_labels_with_a_small_model_of_its_own(root: Path, catalog: Catalog) -> None:
    winner = winner_of(root, catalog, "bank-labels.yaml")
    assert winner.strategy.id in ("finetune_encoder", "classical_ml")
    assert winner.deployment.hosting == "self_host"
    assert "58 requests a second on average" in " ".join(winner.reasons)
    answer = recommend(read_requirements(root / "examples" / "bank-labels.yaml"), catalog, alternatives=200, detail="answer")
    assert not [one for one in answer.alternatives if one.deployment.hosting == "api" and one.model.type == "decoder_llm"]


@pytest.mark.parametrize("name", ["hospital-transcription.yaml", "shop-support.yaml", "bank-labels.yaml"])
def test_every_example_has_a_bill_and_reasons_that_name_the_numbers(root: Path, catalog: Catalog, name: str) -> None:
    winner = winner_of(root, catalog, name)
    beside = 1 if winner.components else 0  # a reason of its own names the other models on the path
    assert winner.bill and len(winner.reasons) == 7 + beside and winner.next_steps
    assert "USD a month" in " ".join(winner.reasons)
    assert "points of 100" in " ".join(winner.reasons)
