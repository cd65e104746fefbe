"""Machines reserved for years: the price, the line that says so, what is owed, and when it is not for the work."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sellers import sellers

from recommender import Catalog, Option, Requirements, recommend
from recommender.decision.price_terms import committed_years, hourly_prices
from recommender.estimates.self_hosting_cost import commitment_break_even

CHAT: dict[str, Any] = {
    "task": "chat",
    "workload": {"requests_per_month": 100_000, "input_tokens": 500, "output_tokens": 200},
    "privacy": {"boundary": "own_tenant"},
    "only": ["qwen/qwen3-8b"],
}


def _only_rental(catalog: Catalog, hourly: float, one: float, three: float, at_start: bool = False) -> Catalog:
    """The same catalog in which one accelerator alone can be rented, an H100, at these prices."""
    rentals, machine = catalog.columns.rentals, catalog.columns.hardware.ids.index("h100-sxm")
    place = int(np.flatnonzero(rentals.hardware == machine)[0])
    prices, committed = np.full(len(rentals.hourly_usd), 1e9), np.full((len(rentals.hourly_usd), 2), np.nan)
    prices[place], committed[place] = hourly, (one, three)
    changed = replace(
        rentals, hourly_usd=prices, committed_usd=committed, spot_usd=np.full(len(prices), np.nan),
        is_paid_at_start=np.full((len(prices), 2), at_start),
    )  # fmt: skip
    return replace(catalog, columns=replace(catalog.columns, rentals=changed), kept={})


def _option(catalog: Catalog, commitment: str | None, **needs: Any) -> Option:
    hosted = sellers(catalog)
    asked = {**CHAT, **needs, "exclude": hosted, "hardware": {"commitment": commitment} if commitment else {}}
    answer = recommend(asked, catalog, detail="answer", draws=0, alternatives=40)
    found = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    return next(one for one in found if one.strategy.id == "zero_shot" and one.deployment.place == "own_cloud")


def _rent(option: Option) -> tuple[str, float]:
    return next((line.label, line.mid) for line in option.bill if line.label.startswith("Rented"))


def test_a_commitment_is_priced_named_and_warned_of(catalog: Catalog) -> None:
    rented = _only_rental(catalog, 0.2, 0.14, 0.09)
    plain, usd = _rent(_option(rented, None))
    assert plain == "Rented machines"
    # 0.14 of 0.2 USD an hour are 70 % of the rent; 0.09 are 45 %.
    for commitment, term, share in (("one_year", "1 year", 0.7), ("three_years", "3 years", 0.45)):
        option = _option(rented, commitment)
        label, committed = _rent(option)
        assert label == f"Rented machines, committed for {term}"
        assert committed == pytest.approx(usd * share, rel=1e-5)
        assert (
            f"Priced with a commitment of {term}: the rent is owed to its end, even if the load goes away." in option.cautions
        )
        assert any(
            f"0.2 USD an hour without one if the machines are needed more than {share:.0%}" in one for one in option.cautions
        )
        assert not any("paid at the start" in one for one in option.cautions)


def test_rent_that_is_paid_at_the_start_is_told(catalog: Catalog) -> None:
    option = _option(_only_rental(catalog, 0.2, 0.14, 0.09, at_start=True), "three_years")
    assert "The rent of all 3 years is paid at the start." in option.cautions


def test_a_commitment_that_is_no_cheaper_is_not_taken_and_says_so(catalog: Catalog) -> None:
    option = _option(_only_rental(catalog, 0.2, 0.2, float("nan")), "one_year")
    assert _rent(option)[0] == "Rented machines" and not any("owed to its end" in one for one in option.cautions)
    assert sum("No price with a commitment is known" in one for one in option.cautions) == 1


def test_without_a_word_nobody_commits(catalog: Catalog) -> None:
    prices = hourly_prices(catalog.columns, may_stop=False)
    assert not prices.years.any() and np.array_equal(prices.usd, catalog.columns.rentals.hourly_usd)


@pytest.mark.parametrize("mode, years", [(None, 3), ("interactive", 3), ("streaming", 3), ("batch", None), ("one_off", None)])
def test_work_that_rents_machines_only_for_its_hours_does_not_commit(
    mode: str | None, years: int | None, catalog: Catalog
) -> None:
    needs = {"task": "chat", "workload": {"mode": mode}, "hardware": {"commitment": "three_years"}}
    assert committed_years(catalog.columns, Requirements.model_validate(needs)) == years


def test_the_shipped_commitments_are_those_of_the_price_list(catalog: Catalog) -> None:
    rentals, hardware = catalog.columns.rentals, catalog.columns.hardware
    found = {
        (hardware.ids[machine], place)
        for place, machine in enumerate(rentals.hardware)
        if not np.isnan(rentals.committed_usd[place]).all()
    }
    assert {name for name, _ in found} == {"h100-sxm", "l4"}
    place = next(
        place
        for name, place in sorted(found)
        if name == "l4" and rentals.regions.members[place][rentals.regions.vocabulary.index("us")]
    )
    # g2-standard-4 in us-central1: 325.07215214 and 232.19438719 USD a month over 730 hours, 0.706832 by the hour.
    assert rentals.committed_usd[place] == pytest.approx([325.07215214 / 730, 232.19438719 / 730], rel=1e-5)
    assert commitment_break_even(rentals.committed_usd[place][1], rentals.hourly_usd[place]) == pytest.approx(0.45, abs=1e-4)
    assert rentals.committed_sources[place] == ("google-cloud-prices (2025-03-06)",) * 2


@given(price=some.floats(0.01, 10), one=some.floats(0.01, 10), three=some.floats(0.01, 10))
def test_being_ready_to_commit_never_costs_more(price: float, one: float, three: float, catalog: Catalog) -> None:
    columns = _only_rental(catalog, price, one, three).columns
    plain = hourly_prices(columns, may_stop=False).usd
    for years in (1, 3):
        committed = hourly_prices(columns, may_stop=False, years=years)
        assert np.all(committed.usd <= plain)
        assert np.all((committed.years > 0) == (committed.usd < plain))
