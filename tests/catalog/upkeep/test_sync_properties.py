"""Whatever a list says: twice is once, the past stays, an override stays, and what is written passes the check."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.catalog.checks import cross_file_faults
from recommender.catalog.library import digest_of, read_library
from recommender.catalog.upkeep.changes import Origin
from recommender.catalog.upkeep.listing import ListedPrice, Listing, listing
from recommender.catalog.upkeep.sync import apply, compared
from recommender.domain.records import Price

AMOUNTS = st.sampled_from([0.0, 0.0000031, 0.07, 0.6, 0.75, 0.8, 1.1, 4.5, 45.0, 250.0])
FIELDS = ("input_usd_per_mtok", "output_usd_per_mtok", "cache_read_usd_per_mtok", "usd_per_page")
ALIASES = "providers: {example: {sellers: [example]}}\noffers: {example: {openai/gpt-5.4-mini: mini}}\n"
AS_OF = datetime.date(2026, 11, 20)
DAYS = st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))


@st.composite
def listings(draw: Any) -> Listing:
    """One to three dated prices of the one model, and perhaps a day of retirement."""
    prices = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, AMOUNTS))
    rows = draw(st.lists(st.tuples(prices, DAYS), min_size=1, max_size=3))
    facts = {"retires": draw(DAYS)}
    return listing(prices=tuple(ListedPrice("example", "mini", stated, since, facts) for stated, since in rows))


@pytest.fixture(scope="module")
def room(small_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which each example makes its own copy."""
    folder = tmp_path_factory.mktemp("room")
    shutil.copytree(small_catalog, folder / "seed")
    (folder / "seed" / "aliases").mkdir()
    for source in ("litellm", "genai-prices"):
        (folder / "seed" / "aliases" / f"{source}.yaml").write_text(ALIASES, encoding="utf-8")
    return folder


def prices(folder: Path) -> list[dict[str, Any]]:
    found: tuple[Price, ...] = read_library((folder,)).providers["example"].offers[0].prices
    return [price.model_dump(exclude={"status", "note"}, exclude_none=True) for price in found]


def fresh(room: Path) -> Path:
    folder = room / "catalog"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(room / "seed", folder)
    return folder


def sync(folder: Path, said: Listing, source: str) -> None:
    apply(compared(folder, said, Origin(source, AS_OF)), frozenset({"example/openai/gpt-5.4-mini"}))


@settings(max_examples=15)
@given(said=listings(), source=st.sampled_from(["litellm", "genai-prices"]))
def test_twice_is_once_and_the_past_stays(said: Listing, source: str, room: Path) -> None:
    folder = fresh(room)
    before = prices(folder)
    sync(folder, said, source)
    once, digest = prices(folder), digest_of((folder,))
    amounts = {name: value for name, value in before[0].items()}
    assert {name: once[0][name] for name in amounts} == amounts
    assert [one["since"] for one in once] == sorted({one["since"] for one in once})
    assert cross_file_faults(read_library((folder,))) == ()
    sync(folder, said, source)
    assert digest_of((folder,)) == digest


@settings(max_examples=8)
@given(said=listings(), source=st.sampled_from(["litellm", "genai-prices"]))
def test_an_override_stays_as_it_is(said: Listing, source: str, room: Path) -> None:
    folder = fresh(room)
    offers = folder / "offers" / "example.yaml"
    text = offers.read_text(encoding="utf-8").replace(
        "as_of: 2026-11-12}", 'as_of: 2026-11-12, status: override, note: "read"}'
    )
    offers.write_text(text, encoding="utf-8")
    sync(folder, said, source)
    assert offers.read_text(encoding="utf-8").startswith(text.rstrip("\n"))
    assert len(prices(folder)) == 1
