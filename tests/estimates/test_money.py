"""Own machines, people and totals in money."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.estimates.audio import audio_hour_usd, spoken_hour_usd
from recommender.estimates.encoder import thousand_items_usd, thousand_pages_usd
from recommender.estimates.self_hosting_cost import (
    Site,
    bought_usd_per_month,
    break_even_requests,
    discounted_usd_per_hour,
    owned_usd_per_month,
    power_usd_per_month,
    purchase_usd,
    rented_usd_per_month,
    start_hours,
    stepped_break_even,
    usd_per_million_tokens,
)
from recommender.estimates.totals import (
    evaluation_usd,
    labelling_days,
    labelling_usd,
    people_usd,
    retuning_usd_per_month,
    total_usd,
)


def test_rent_on_demand_and_on_the_spot_market() -> None:
    assert rented_usd_per_month(2.95, 2.0) == pytest.approx(4307.0)  # 2.95 * 2 * 730
    assert start_hours(1400.0, 10.0, 1.0) == pytest.approx(0.5556, abs=1e-4)  # 10 / 60 + 1,400 s / 3,600
    assert discounted_usd_per_hour(2.95, 0.42) == pytest.approx(1.239)


def test_own_tokens_by_the_million() -> None:
    # 2.95 USD an hour over 3,600 s * 4,743 tokens/s * 0.3 = 5.12 million tokens
    assert usd_per_million_tokens(2.95, 1.0, 4743.0, 0.3) == pytest.approx(0.5759, abs=1e-4)


def test_a_machine_that_is_bought() -> None:
    price = purchase_usd(30_000.0, 4.0, 0.5)
    assert price == 180_000.0  # 4 * 30,000 * 1.5
    assert power_usd_per_month(700.0, 4.0, 0.18, 1.4) == pytest.approx(515.088)  # 0.7 kW * 4 * 1.4 * 730 h * 0.18
    site = Site(years=4.0, usd_per_kwh=0.18, power_overhead=1.4, hosting_usd_per_month=90.0)
    assert owned_usd_per_month(700.0, 4.0, site) == pytest.approx(605.088)  # power and hosting: what is paid is paid
    assert bought_usd_per_month(price, 700.0, 4.0, site) == pytest.approx(4355.088)  # 180,000 / 48 + 605.088


def test_break_even_of_a_machine_against_paying_per_request() -> None:
    assert break_even_requests(4307.0, 0.0009) == pytest.approx(4_785_555.6, abs=0.1)


@pytest.mark.parametrize(
    "fixed, machine, spare, price, carries, expected",
    [
        (0.0, 200.0, 1.0, 0.001, 1e6, 400_000.0),  # two machines cost 400 USD, and so do 400,000 requests
        (0.0, 200.0, 1.0, 0.001, 250_000.0, 1_800_000.0),  # eight that serve and one spare: 1,800 USD
        (100.0, 200.0, 0.0, 0.001, 300_000.0, 700_000.0),  # three cost 700 USD; four begin at 900,000 requests, 900 USD
        (-500.0, 200.0, 1.0, 0.001, 1e6, 0.0),  # the vendor's fixed part alone is dearer
    ],
)
def test_machines_that_are_added_one_by_one_are_cheaper_from_here_on(
    fixed: float, machine: float, spare: float, price: float, carries: float, expected: float
) -> None:
    volume = float(stepped_break_even(fixed, machine, spare, price, carries))
    assert volume == pytest.approx(expected)
    above = volume + 1.0 + np.arange(0.0, 20.0 * carries, carries / 7.0)
    assert (fixed + machine * (np.ceil(above / carries) + spare) <= price * above).all()


def test_a_machine_that_costs_more_than_the_requests_it_takes_over_never_pays() -> None:
    assert np.isnan(stepped_break_even(0.0, 200.0, 1.0, 0.001, 150_000.0))  # 200 USD for what a vendor asks 150


def test_three_years_of_invoices_and_work() -> None:
    assert people_usd(12.5, 800.0) == 10_000.0
    assert total_usd(10_000.0, 500.0, 1.0) == 16_000.0  # 10,000 + 12 * 500
    assert total_usd(10_000.0, 500.0, 3.0) == 28_000.0  # 10,000 + 36 * 500
    assert total_usd(10_000.0, 500.0, 3.0, months_per_year=1.0) == 10_500.0  # work that is done once


def test_labels_and_a_test_set() -> None:
    assert labelling_days(2880.0, 20.0) == pytest.approx(2.0)  # 2,880 * 20 s = 16 h
    assert labelling_usd(5000.0, 3.0, 0.012) == pytest.approx(180.0)
    assert evaluation_usd(500.0, 0.3, 0.01) == pytest.approx(155.0)
    assert retuning_usd_per_month(600.0, 4.0) == pytest.approx(200.0)


def test_sound_pages_and_items() -> None:
    assert audio_hour_usd(1.39, 69.0, 0.5) == pytest.approx(0.04029, abs=1e-5)  # 1.39 / 34.5
    assert spoken_hour_usd(15.0) == pytest.approx(0.81)  # 54,000 characters at 15 USD per million
    assert thousand_pages_usd(1.8, 0.5, 0.5) == pytest.approx(0.5)  # 500 s at 0.0005 USD/s, half idle
    assert thousand_items_usd(3.6, 100.0, 0.5) == pytest.approx(0.02)  # 0.001 USD/s over 50 items/s
