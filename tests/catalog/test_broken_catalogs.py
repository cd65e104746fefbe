"""One wrong file per possible mistake: the shipped catalog with one line changed, and the words of the message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from recommender import CatalogError, load_catalog

MISTAKES = yaml.safe_load((Path(__file__).parent / "bad" / "mistakes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one["name"] for one in MISTAKES])
def test_a_mistake_is_named_with_its_line(mistake: dict[str, str], small_catalog: Path, tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    shutil.copytree(small_catalog, folder)
    file = folder / mistake["file"]
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    assert mistake.get("replace", "") in before
    after = before.replace(mistake["replace"], mistake["with"], 1) if "replace" in mistake else mistake["with"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(after, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    assert mistake["says"] in str(caught.value)


def test_the_small_catalog_itself_is_right(small_catalog: Path) -> None:
    assert load_catalog(small_catalog).columns.models.ids == ("classical/linear", "openai/gpt-5.4-mini")


def test_a_low_price_that_somebody_vouches_for_passes(own_catalog: Path) -> None:
    file = own_catalog / "offers" / "example.yaml"
    vouched = "input_usd_per_mtok: 0.0002, status: override, note: 'The contract says so.'"
    file.write_text(file.read_text(encoding="utf-8").replace("input_usd_per_mtok: 0.75", vouched), encoding="utf-8")
    assert load_catalog(own_catalog).columns.offers.provider_ids == ("example",)


def test_a_guard_may_ask_less_for_its_answer_and_others_if_somebody_vouches(own_catalog: Path) -> None:
    swapped = "input_usd_per_mtok: 4.5, output_usd_per_mtok: 0.75"
    offer, model = own_catalog / "offers" / "example.yaml", own_catalog / "models" / "openai" / "gpt-5.4-mini.yaml"
    plain, decoder = offer.read_text(encoding="utf-8"), model.read_text(encoding="utf-8")
    offer.write_text(plain.replace("input_usd_per_mtok: 0.75, output_usd_per_mtok: 4.5", swapped), encoding="utf-8")
    model.write_text(decoder.replace("type: decoder_llm", "type: moderation"), encoding="utf-8")
    assert load_catalog(own_catalog).columns.offers.provider_ids == ("example",)
    model.write_text(decoder, encoding="utf-8")
    vouched = f"{swapped}, status: override, note: 'The price list says so.'"
    offer.write_text(plain.replace("input_usd_per_mtok: 0.75, output_usd_per_mtok: 4.5", vouched), encoding="utf-8")
    assert load_catalog(own_catalog).columns.offers.provider_ids == ("example",)
