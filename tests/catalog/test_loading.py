"""Loading: cached and not, the same; another day has that day's prices; an overlay lies on top."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np
import pytest

from recommender import Catalog, CatalogError, load_catalog
from recommender.catalog.checks import cross_file_faults
from recommender.catalog.library import read_library


def test_the_shipped_catalog_has_no_faults(catalog: Catalog) -> None:
    assert cross_file_faults(catalog.library()) == ()


def test_the_shipped_catalog_is_broad(catalog: Catalog) -> None:
    columns = catalog.columns
    assert len(columns.models.ids) >= 60
    assert len(columns.offers.model) >= 90
    assert len(columns.hardware.ids) >= 9
    assert len(columns.tasks) == 31
    assert len(columns.strategies) == 17


def test_the_cache_gives_what_the_files_give(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_CACHE", str(tmp_path))
    first = load_catalog(root / "catalog")
    assert len(list(tmp_path.glob("*.pickle"))) == 1
    again = load_catalog(root / "catalog").columns
    assert again.digest == first.columns.digest
    assert again.models.ids == first.columns.models.ids
    np.testing.assert_array_equal(again.offers.input_price, first.columns.offers.input_price)
    np.testing.assert_array_equal(again.quality.mid, first.columns.quality.mid)


def test_a_broken_cache_is_as_good_as_none(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_CACHE", str(tmp_path))
    digest = load_catalog(root / "catalog").columns.digest
    for file in tmp_path.glob("*.pickle"):
        file.write_bytes(b"broken")
    assert load_catalog(root / "catalog").columns.digest == digest


def test_other_code_compiles_anew(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_CACHE", str(tmp_path))
    load_catalog(root / "catalog")
    monkeypatch.setattr("recommender.catalog.loading._code", lambda: iter(("catalog/compile.py 1 1\n",)))
    load_catalog(root / "catalog")
    assert len(list(tmp_path.glob("*.pickle"))) == 2


@pytest.mark.parametrize("place", [0, 5, 100_000, -1])
def test_a_damaged_cache_is_never_believed(place: int, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_CACHE", str(tmp_path))
    prices = load_catalog(root / "catalog").columns.offers.input_price
    (file,) = tmp_path.glob("*.pickle")
    written = bytearray(file.read_bytes())
    written[place] ^= 0xFF
    file.write_bytes(written)
    np.testing.assert_array_equal(load_catalog(root / "catalog").columns.offers.input_price, prices)
    assert file.read_bytes() != bytes(written)  # written anew


def test_before_its_first_day_a_price_is_unknown(catalog: Catalog) -> None:
    early = catalog.as_of(datetime.date(2001, 1, 1)).columns
    assert not early.offers.has_price.any()
    assert np.isnan(early.offers.input_price).all()


def test_no_folder_is_one_clear_line() -> None:
    with pytest.raises(CatalogError, match="there is no such folder"):
        load_catalog("no/such/folder")


def test_an_overlay_replaces_an_offer_and_keeps_the_rest(root: Path, tmp_path: Path) -> None:
    offers = tmp_path / "offers"
    offers.mkdir()
    (offers / "openai.yaml").write_text(
        "name: OpenAI\nkind: maker\nchecked: 2026-11-20\noffers:\n  - model: openai/gpt-5.4-mini\n    prices:\n"
        "      - {since: 2026-01-01, input_usd_per_mtok: 0.5, output_usd_per_mtok: 3, source: litellm, as_of: 2026-11-12}\n",
        encoding="utf-8",
    )
    ours = read_library((root / "catalog", tmp_path)).providers["openai"]
    theirs = read_library((root / "catalog",)).providers["openai"]
    mine = next(offer for offer in ours.offers if offer.model == "openai/gpt-5.4-mini")
    assert mine.prices[-1].input_usd_per_mtok == 0.5
    assert {offer.model for offer in ours.offers} == {offer.model for offer in theirs.offers}
    assert ours.privacy == theirs.privacy


FREE = "{{since: {since}, unit: usd, per_month: {amount}, source: litellm, as_of: 2026-11-12, url: 'https://example.org'}}"


@pytest.mark.parametrize("day, per_month", [(20, []), (22, [3.0]), (24, [5.0]), (26, [])])
def test_of_free_amounts_the_last_that_had_begun_counts(day: int, per_month: list[float], own_catalog: Path) -> None:
    file = own_catalog / "offers" / "example.yaml"
    amounts = [FREE.format(since=f"2026-11-{since}", amount=amount) for since, amount in ((21, 3), (23, 5), (25, 0))]
    listed = "free:\n" + "".join(f"  - {one}\n" for one in amounts)
    file.write_text(file.read_text(encoding="utf-8").replace("offers:\n", f"{listed}offers:\n"), encoding="utf-8")
    free = load_catalog(own_catalog).as_of(datetime.date(2026, 11, day)).columns.offers.free
    assert list(free.per_month) == per_month and len(free.offer) == len(per_month)


def test_an_offer_that_has_no_free_amount_of_its_own_may_say_so(own_catalog: Path) -> None:
    file = own_catalog / "offers" / "example.yaml"
    listed = f"free:\n  - {FREE.format(since='2026-03-17', amount=3)}\noffers:\n"
    text = file.read_text(encoding="utf-8").replace("offers:\n", listed)
    file.write_text(text.replace("    prices:\n", "    free: []\n    prices:\n"), encoding="utf-8")
    assert len(load_catalog(own_catalog).columns.offers.free.offer) == 0
