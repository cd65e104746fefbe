"""What is past its age is a list to look at, never a failure."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from recommender.catalog.library import read_library
from recommender.catalog.upkeep.stale import KINDS, read_ages, stale_text
from recommender.cli import main
from recommender.errors import InputError


def text(folder: Path, day: str) -> str:
    return stale_text(read_library((folder,)), folder, datetime.date.fromisoformat(day), True)


def test_a_price_is_named_the_day_after_its_age(own_catalog: Path) -> None:
    # the price is of 2026-11-12 and may be 90 days old: 2027-02-10 is the 90th day
    assert "token prices: 0 of 1 older than 90 days" in text(own_catalog, "2027-02-10")
    after = text(own_catalog, "2027-02-11")
    assert "token prices: 1 of 1 older than 90 days" in after
    assert "  example/openai/gpt-5.4-mini: 2026-11-12 (litellm)" in after


def test_free_amounts_and_commitments_age_too(own_catalog: Path) -> None:
    offers = own_catalog / "offers" / "example.yaml"
    amount = "{since: 2026-10-01, unit: usd, per_month: 3, source: litellm, as_of: 2026-10-01, url: 'https://example.org'}"
    offers.write_text(
        offers.read_text(encoding="utf-8").replace("offers:\n", f"free:\n  - {amount}\noffers:\n"), encoding="utf-8"
    )
    after = text(own_catalog, "2027-06-01")
    assert "  example, free amount: 2026-10-01 (litellm)" in after
    assert "  l4 at google-cloud for 36 months: 2025-03-06 (google-cloud-prices)" in after


def test_terms_that_nobody_read_are_named(own_catalog: Path) -> None:
    assert "privacy terms: 0 of 1 older than 180 days, 1 never checked" in text(own_catalog, "2026-11-24")


def test_an_end_that_comes_near_is_named(own_catalog: Path) -> None:
    offers = own_catalog / "offers" / "example.yaml"
    offers.write_text(offers.read_text(encoding="utf-8") + "    retires: 2027-03-01\n", encoding="utf-8")
    assert "retirements: 0 within 120 days." in text(own_catalog, "2026-10-31")  # 121 days before
    assert "  example/openai/gpt-5.4-mini: ends 2027-03-01" in text(own_catalog, "2026-11-01")


def test_what_is_retired_does_not_age(own_catalog: Path) -> None:
    offers = own_catalog / "offers" / "example.yaml"
    offers.write_text(offers.read_text(encoding="utf-8") + "    retires: 2026-10-01\n", encoding="utf-8")
    assert "token prices: 0 of 0 older" in text(own_catalog, "2030-01-01")


def test_the_shipped_catalog_has_an_age_and_a_reason_for_every_kind(root: Path) -> None:
    ages = read_ages(root / "catalog")
    assert set(ages) == set(KINDS)
    assert all(len(age.because) > 20 for age in ages.values())


def test_stale_facts_are_no_failure(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "stale", "--as-of", "2036-01-01"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("As of 2036-01-01:\n")
    assert "(--all)" in out


def test_a_day_that_is_none_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "stale", "--as-of", "yesterday"]) == 2
    assert capsys.readouterr().err == "--as-of yesterday: is not a day; write YYYY-MM-DD\n"


BAD_AGES = {
    "no file": (None, "ages.yaml: the file is missing; copy the shipped one"),
    "an age of nothing": ("{}\n", "'token_prices' has no age; add it"),
    "another kind": ("prices: {days: 3, because: why, status: assumed}\n", "ages.yaml:1: 'prices' is not a kind of fact"),
    "no days": ("token_prices: {days: 0, because: why, status: assumed}\n", "should be greater than 0"),
    "no reason": ("token_prices: {days: 3, status: assumed}\n", "'because' is missing; add it"),
}


@pytest.mark.parametrize("ages, words", BAD_AGES.values(), ids=BAD_AGES.keys())
def test_ages_are_read_strictly(ages: str | None, words: str, tmp_path: Path) -> None:
    if ages is not None:
        (tmp_path / "ages.yaml").write_text(ages, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_ages(tmp_path)
    assert words in str(caught.value)
