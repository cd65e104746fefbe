"""Prices that hang on the work: the spot market, a region's surcharge, tuning again, and what making machines emits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sellers import sellers

from recommender import Catalog, Option, Requirements, recommend
from recommender.decision.price_terms import hourly_prices, may_stop, regional_surcharge

CHAT = {"task": "chat", "workload": {"requests_per_month": 1_000_000, "input_tokens": 800, "output_tokens": 300}}
TUNED: dict[str, Any] = {
    "task": "classification",
    "workload": {"requests_per_month": 1_000_000, "input_tokens": 200, "output_tokens": 10},
    "data": {"labelled_examples": 5000},
    "privacy": {"boundary": "own_tenant"},
    "only": ["meta-llama/llama-3.1-8b-instruct"],
}
SPOT, SURCHARGE, AGAIN = "Rented machines, spot market", "Surcharge for staying in a region", "Tuning again as things change"


def _options(needs: dict[str, Any], catalog: Catalog) -> list[Option]:
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=40)
    return [one for one in (answer.winner, *answer.alternatives) if one is not None]


def _bill(option: Option) -> dict[str, float]:
    return {line.label: line.mid for line in option.bill}


def _tuning(bill: dict[str, float]) -> float:
    """The runs at the start, whatever machine their line names."""
    return next(usd for label, usd in bill.items() if label.startswith("Tuning runs"))


def _first(needs: dict[str, Any], catalog: Catalog, strategy: str, place: str) -> Option:
    without = {**needs, "exclude": sellers(catalog)} if place != "vendor" else needs
    return next(one for one in _options(without, catalog) if one.strategy.id == strategy and one.deployment.place == place)


def test_staying_in_a_region_is_a_line_of_its_own(catalog: Catalog) -> None:
    name = "zero_shot/openai/gpt-5.4-mini/openai"

    def bill(privacy: dict[str, Any]) -> dict[str, float]:
        needs = {**CHAT, "only": ["openai"], "privacy": privacy}
        return next(_bill(one) for one in _options(needs, catalog) if one.id == name)

    anywhere, inside = bill({"sensitivity": "public"}), bill({"residency": ["eu"]})
    # 800 tokens at 0.75, an instruction of 400 read from the cache at 0.075, 300 at 4.5 USD a million: 0.00198 USD a request.
    assert anywhere["Calls to the model"] == pytest.approx(1980.0)
    assert inside["Calls to the model"] == pytest.approx(1980.0)
    assert inside[SURCHARGE] == pytest.approx(198.0)  # a tenth on top
    assert SURCHARGE not in anywhere


def test_an_offer_that_names_no_surcharge_has_none(catalog: Catalog) -> None:
    offers = np.arange(len(catalog.columns.offers.model))
    asked = regional_surcharge(catalog.columns, Requirements.model_validate({**CHAT, "privacy": {"residency": ["eu"]}}), offers)
    named = ~np.isnan(catalog.columns.offers.regional_uplift)
    assert np.all(asked[~named] == 0) and np.all(asked[named] >= 0) and named.any()


def _only_rental(catalog: Catalog, hourly: float, spot: float) -> Catalog:
    """The same catalog in which one accelerator alone can be rented, an H100, at these prices."""
    rentals, machine = catalog.columns.rentals, catalog.columns.hardware.ids.index("h100-sxm")
    place = int(np.flatnonzero(rentals.hardware == machine)[0])
    none = np.full(len(rentals.hourly_usd), 1e9)
    prices, spots = none.copy(), np.full(len(none), np.nan)
    prices[place], spots[place] = hourly, spot
    changed = replace(catalog.columns, rentals=replace(rentals, hourly_usd=prices, spot_usd=spots))
    return replace(catalog, columns=changed, kept={})


def _rent(catalog: Catalog, **workload: Any) -> dict[str, float]:
    needs = {**TUNED, "workload": {**TUNED["workload"], **workload}}
    return _bill(_first(needs, catalog, "zero_shot", "own_cloud"))


def test_work_that_may_stop_is_priced_on_the_spot_market_and_says_so(catalog: Catalog) -> None:
    plain, spot = _only_rental(catalog, 2.29, float("nan")), _only_rental(catalog, 2.29, 0.8015)
    on_demand, taken = _rent(plain, mode="batch"), _rent(spot, mode="batch")
    # 0.8015 of 2.29 USD an hour, a tenth of the work done twice: 0.385 of the bill.
    assert taken[SPOT] == pytest.approx(on_demand["Rented machines"] * 0.8015 * 1.1 / 2.29, rel=1e-4)
    live = {**TUNED, "workload": {**TUNED["workload"], "mode": "interactive"}}
    assert all(SPOT not in _bill(one) for one in _options(live, spot))
    needs = {**TUNED, "workload": {**TUNED["workload"], "mode": "batch"}}
    option = _first(needs, spot, "zero_shot", "own_cloud")
    assert any("spot market" in one for one in option.cautions)


def test_a_rented_machine_says_which_list_its_rent_was_read_in_and_when(catalog: Catalog) -> None:
    rentals = catalog.columns.rentals
    dated = replace(rentals, sources=("price list (2026-03-01)",) * len(rentals.sources))
    facts = replace(catalog, columns=replace(catalog.columns, rentals=dated), kept={})
    found = {one.deployment.place: one.cautions for one in _options({**TUNED, "only": ["openai/gpt-oss-20b"]}, facts)}
    said = [place for place, cautions in found.items() if any("as price list (2026-03-01) lists it" in one for one in cautions)]
    assert said == ["own_cloud"] and len(found) > 1


@pytest.mark.parametrize(
    "workload, expected",
    [
        ({"mode": "batch"}, True),
        ({"mode": "one_off", "total_requests": 1000.0, "deadline_hours": 24.0}, True),
        ({"mode": "one_off", "total_requests": 1000.0, "deadline_hours": 23.9}, False),
        ({"total_requests": 1000.0}, True),
        ({"total_requests": 1000.0, "requests_per_month": 10.0}, False),
        ({"mode": "interactive"}, False),
        ({}, False),
    ],
)
def test_only_work_that_may_stop_may_take_the_spot_market(workload: dict[str, Any], expected: bool, catalog: Catalog) -> None:
    needs = Requirements.model_validate({"task": "chat", "workload": workload})
    assert may_stop(catalog.columns, needs) is expected


def test_the_spot_market_is_taken_only_where_lost_work_cannot_make_it_dearer(catalog: Catalog) -> None:
    # A third of the work is lost at most: 1.3 times 1.75 is 2.275, below 2.29; 1.3 times 1.77 is 2.301, above.
    for spot, expected in ((1.75, True), (1.77, False)):
        columns = _only_rental(catalog, 2.29, spot).columns
        assert bool(hourly_prices(columns, may_stop=True).is_spot.any()) is expected


def test_tuning_again_is_one_run_of_four_each_year(catalog: Catalog) -> None:
    found = _first(TUNED, catalog, "finetune_llm", "own_cloud")
    bill = _bill(found)
    # 4 runs before one is kept; then one a year, a twelfth of it each month.
    assert bill[AGAIN] == pytest.approx(_tuning(bill) / 4 / 12, rel=1e-4)
    monthly, once = found.estimates["monthly_cost_usd"].mid or 0.0, found.estimates["one_time_cost_usd"].mid or 0.0
    assert monthly == pytest.approx(
        sum(line.mid for line in found.bill if line.when == "monthly" and line.kind == "invoice"), rel=1e-5
    )
    people = {line.when: line.mid for line in found.bill if line.kind == "people"}
    for name, months in (("first_year_cost_usd", 12), ("three_year_cost_usd", 36)):
        whole = once + people["one_time"] + months * (monthly + people["monthly"])
        assert found.estimates[name].mid == pytest.approx(whole, rel=1e-5)


@pytest.mark.parametrize("updates, runs_a_year", [("static", 1), ("yearly", 1), ("monthly", 12), ("daily", 12)])
def test_a_model_that_reads_changing_documents_is_tuned_again_as_they_change(
    updates: str, runs_a_year: int, catalog: Catalog
) -> None:
    needs = {**TUNED, "knowledge": {"documents": 3000, "updates": updates}}
    bill = _bill(_first(needs, catalog, "finetune_llm", "own_cloud"))
    assert bill[AGAIN] == pytest.approx(_tuning(bill) / 4 * runs_a_year / 12, rel=1e-3)


def test_a_model_that_looks_its_answers_up_is_tuned_again_for_drift_alone(catalog: Catalog) -> None:
    needs = {**TUNED, "task": "question_answering", "knowledge": {"documents": 3000, "updates": "daily"}}
    bill = _bill(_first(needs, catalog, "rag_finetune", "own_cloud"))
    assert bill[AGAIN] == pytest.approx(_tuning(bill) / 4 / 12, rel=1e-3)


def test_work_that_is_done_once_is_never_tuned_again(catalog: Catalog) -> None:
    once = {**TUNED["workload"], "mode": "one_off", "total_requests": 1e6}
    bill = _bill(_first({**TUNED, "workload": once}, catalog, "finetune_llm", "own_cloud"))
    assert _tuning(bill) > 0 and AGAIN not in bill


def test_machines_are_made_before_they_run(catalog: Catalog) -> None:
    def grams(region: str) -> tuple[float, Option]:
        needs = {
            "task": "classification",
            "workload": {"requests_per_month": 1e6, "input_tokens": 200},
            "data": {"labelled_examples": 5000},
            "privacy": {"boundary": "on_premises", "residency": [region]},
            "only": ["answerdotai/modernbert-base"],
        }
        option = _first(needs, catalog, "finetune_encoder", "own_site")
        return option.estimates["gco2e_per_1k_requests"].mid or 0.0, option

    (clean, option), (dirty, _), (between, _) = grams("ch"), grams("in"), grams("us")
    per_gram = (dirty - clean) / (708 - 37)  # of carbon per kWh: what running takes
    assert between == pytest.approx(clean + per_gram * (384 - 37), rel=1e-4)
    made = clean - 37 * per_gram
    hardware = catalog.columns.hardware
    watts = float(hardware.power_w[hardware.ids.index(option.deployment.accelerator or "")])
    # kWh per 1,000 requests over watts, 1.4 of overhead and 0.866 of the rated power: the seconds that the machine is busy.
    busy = per_gram * 3.6e6 / 1000 / watts / 1.4 / 0.866
    # An eighth of a machine of 5,700 kg and an accelerator of 164 kg, over three years of 94,608,000 seconds.
    assert made == pytest.approx(busy * 1000 / 94_608_000 * (5700 / 8 + 164) * 1000, rel=1e-3)
