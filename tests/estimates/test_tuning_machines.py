"""Which machine tuning is priced on: at hand, the cheapest rented one that holds the run, the option's own, or an assumed one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sellers import sellers

from recommender import Catalog, Option, Requirements, recommend
from recommender.decision.decide import decide
from recommender.decision.estimation import OWN_SITE
from recommender.decision.tuning_machines import TuningMachines, tuning_machines

MODEL = "meta-llama/llama-3.1-8b-instruct"
TUNED: dict[str, Any] = {
    "task": "classification",
    "workload": {"requests_per_month": 1_000_000, "input_tokens": 200, "output_tokens": 10},
    "data": {"labelled_examples": 5000},
    "only": [MODEL],
}


def _on(catalog: Catalog, **needs: Any) -> tuple[TuningMachines, Any]:
    decision = decide(catalog.columns, Requirements.model_validate({**TUNED, **needs}))
    return tuning_machines(decision.rows), decision


def _machine(catalog: Catalog, name: str, **needs: Any) -> tuple[str | None, float]:
    """The accelerator that a model is tuned on, and its rental's price."""
    found, _ = _on(catalog, **needs)
    place = catalog.columns.models.ids.index(name)
    machine = int(found.hardware[place])
    return (catalog.columns.hardware.ids[machine] if machine >= 0 else None), float(found.usd_per_hour[place])


def _only(catalog: Catalog, prices: dict[str, float]) -> Catalog:
    """The same catalog in which only these accelerators can be rented, each at its first rental's place."""
    columns = catalog.columns
    rentals, hourly = columns.rentals, np.full(len(columns.rentals.hourly_usd), np.nan)
    for name, usd in prices.items():
        hourly[np.flatnonzero(rentals.hardware == columns.hardware.ids.index(name))[0]] = usd
    return replace(catalog, columns=replace(columns, rentals=replace(rentals, hourly_usd=hourly)), kept={})


def test_the_cheapest_work_that_holds_the_run_is_rented(catalog: Catalog) -> None:
    offered = _only(catalog, {"h100-sxm": 2.0, "l4": 0.3})
    # Per TFLOP/s: H100 2 / 989 = 0.00202 USD, L4 0.3 / 121 = 0.00248: the dearer hour is the cheaper work.
    assert _machine(offered, MODEL) == ("h100-sxm", 2.0)
    assert _machine(_only(catalog, {"h100-sxm": 2.5, "l4": 0.3}), MODEL) == ("l4", 0.3)  # 0.00253 against 0.00248


def test_a_machine_that_is_too_small_is_passed_over(catalog: Catalog) -> None:
    offered, models = _only(catalog, {"h100-sxm": 4.0, "l4": 0.3}), catalog.columns.models
    # 16-bit weights and a hundredth of them tuned at 16 bytes: 2.16 GB per billion, on 80 % of 8 * 24 = 192 GB: 71 billion.
    large = [
        name
        for name, size in zip(models.ids, models.parameters_b, strict=True)
        if 72 < size < 230 and models.types[models.ids.index(name)] == models.types[models.ids.index(MODEL)]
    ]
    assert large and _machine(offered, large[0]) == ("h100-sxm", 4.0)
    assert _machine(offered, MODEL) == ("l4", 0.3)


def test_the_price_is_one_where_the_data_may_be(catalog: Catalog) -> None:
    columns = catalog.columns
    for region in ("eu", "us"):
        found, _ = _on(catalog, privacy={"residency": [region]})
        place = columns.rentals.regions.vocabulary.index(region)
        rented = found.rental[found.rental >= 0]
        assert len(rented) and np.all(columns.rentals.regions.members[rented, place] == 1)


def test_machines_at_hand_cost_their_power(catalog: Catalog) -> None:
    needs = {"hardware": {"owned": [{"accelerator": "rtx 4090", "count": 1}]}}
    name, usd = _machine(catalog, MODEL, **needs)
    assumed = catalog.columns.assumptions
    watts = float(catalog.columns.hardware.power_w[catalog.columns.hardware.ids.index("rtx-4090")])
    # 8.03 billion * 2.16 = 17.3 GB on 80 % of 24 GB.
    assert name == "rtx-4090"
    assert usd == pytest.approx(watts / 1000 * assumed["power_overhead"].mid * assumed["power_usd_per_kwh"].mid)
    assert _machine(catalog, "qwen/qwen3-32b", **needs)[0] != "rtx-4090"  # 69 GB


def _priced_as_assumed_or_not_at_all(found: TuningMachines, decision: Any, catalog: Catalog) -> None:
    """Small models are tuned on any workstation; a language model that its own site's machine cannot hold has no price."""
    nowhere = found.hardware == -1
    homeless = nowhere & decision.rows.is_llm & (decision.candidates.place == OWN_SITE)
    assert np.all(np.isnan(found.usd_per_hour[homeless]))
    assert np.all(found.usd_per_hour[nowhere & ~homeless] == catalog.columns.assumptions["tuning_usd_per_gpu_hour"].mid)


@pytest.mark.parametrize("boundary", ["on_premises", "air_gapped"])
def test_nothing_is_rented_where_data_may_not_leave(boundary: str, catalog: Catalog) -> None:
    found, decision = _on(catalog, privacy={"boundary": boundary})
    rows = decision.rows
    assert len(rows.candidates) and np.all(found.rental == -1)
    runs_on = rows.deployments.hardware[rows.candidates.deployment]
    known = found.hardware >= 0
    assert known.any() and np.all(found.hardware[known] == runs_on[known])
    _priced_as_assumed_or_not_at_all(found, decision, catalog)
    wished, _ = _on(catalog, privacy={"boundary": boundary, "boundary_is": "wish"})
    assert (wished.rental >= 0).any()


def test_without_any_machine_the_price_is_assumed(catalog: Catalog) -> None:
    found, decision = _on(_only(catalog, {}))
    nowhere = found.hardware == -1  # elsewhere the option's own machine holds the run
    assert nowhere.any() and not nowhere.all()
    _priced_as_assumed_or_not_at_all(found, decision, catalog)
    assert np.all(found.tflops[nowhere] == catalog.columns.assumptions["tuning_gpu_tflops"].mid)


def _bill(catalog: Catalog, **needs: Any) -> tuple[dict[str, float], Option]:
    asked = {**TUNED, "privacy": {"boundary": "own_tenant"}, "exclude": sellers(catalog), **needs}
    answer = recommend(asked, catalog, detail="answer", draws=0, alternatives=40)
    found = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    option = next(one for one in found if one.strategy.id == "finetune_llm")
    return {line.label: line.mid for line in option.bill}, option


def test_the_bill_names_machine_price_and_day(catalog: Catalog) -> None:
    bill, _ = _bill(_only(catalog, {"h100-sxm": 2.0}))
    label = next(one for one in bill if one.startswith("Tuning runs"))
    rentals = catalog.columns.rentals
    first = int(np.flatnonzero(rentals.hardware == catalog.columns.hardware.ids.index("h100-sxm"))[0])
    assert label.startswith("Tuning runs: 4 of ")
    assert label.endswith(f" accelerator hours each on h100-sxm at 2 USD an hour, {rentals.sources[first]}")
    assert "(20" in rentals.sources[first]  # the day of the price
    twice, _ = _bill(_only(catalog, {"h100-sxm": 4.0}))
    assert twice[label.replace("at 2 USD", "at 4 USD")] == pytest.approx(2 * bill[label], rel=1e-5)


def test_the_runs_are_hours_times_price(catalog: Catalog) -> None:
    offered = _only(catalog, {"h100-sxm": 2.0})
    _, decision = _on(offered, privacy={"boundary": "own_tenant"})
    rows, columns = decision.rows, offered.columns
    line = next(line.usd for line in decision.estimates.lines if line.label == "tuning runs")
    tuned = np.array([one.id == "finetune_llm" for one in columns.strategies])[rows.candidates.strategy]
    row = int(np.flatnonzero(tuned & (rows.candidates.offer < 0))[0])
    tokens, size = float(rows.demand.tuning_tokens[row]), float(columns.models.active_b[rows.candidates.model[row]])
    # 4 FLOPs per parameter and token, four runs, 989 TFLOP/s of which 12 % are reached, at 2 USD an hour; before each of them ten
    # minutes until a machine is there, and its 16-bit weights at a gigabyte a second.
    hours = 4 * size * 1e9 * tokens * 4 / (989e12 * 0.12 * 3600)
    weights = 2.0 * float(columns.models.parameters_b[rows.candidates.model[row]])
    assert weights < 60.0, "it is tuned on one accelerator"
    starts = 4 * (10 / 60 + weights / 3600)
    assert line[row] == pytest.approx((hours + starts) * 2.0, rel=1e-6)


def test_a_lower_price_never_makes_tuning_dearer(catalog: Catalog) -> None:
    def cost(price: float) -> float:
        bill, _ = _bill(_only(catalog, {"h100-sxm": 2.0, "a100-80gb": price}))
        return next(usd for label, usd in bill.items() if label.startswith("Tuning runs"))

    costs = [cost(price) for price in (0.2, 0.5, 0.6, 0.7, 1.0, 3.0)]
    assert costs == sorted(costs)


def test_weeks_until_launch_count_the_weeks_that_own_machines_tune(catalog: Catalog) -> None:
    """4 FLOP per parameter and token: 8.03 billion, 36 million tokens, 4 runs at 12 % of an H100's speed, alone or four at once."""

    def weeks(count: int) -> float:
        at_home = {"privacy": {"boundary": "on_premises"}, "hardware": {"owned": [{"accelerator": "h100", "count": count}]}}
        needs = {"task": "code_generation", "data": {"labelled_examples": 100_000}, "only": [MODEL], **at_home}
        decision = decide(catalog.columns, Requirements.model_validate(needs))
        rows, names = decision.rows, [one.id for one in decision.columns.strategies]
        (tuned, *_) = [
            row
            for row in decision.order
            if names[decision.candidates.strategy[row]] == "finetune_llm"
            and rows.deployments.is_owned[decision.candidates.deployment[row]]
        ]
        return float(decision.estimates.weeks_to_launch[tuned])

    place = catalog.columns.models.ids.index(MODEL)
    speed = catalog.columns.hardware.tflops_16[catalog.columns.hardware.ids.index("h100-sxm")]
    hours = 4 * catalog.columns.models.active_b[place] * 1e9 * 36e6 * 4 / (speed * 1e12 * 0.12 * 3600)
    assert hours > 10
    assert weeks(1) - weeks(4) == pytest.approx(0.75 * hours / 168, rel=1e-6)


def test_owning_machines_takes_no_option_away_from_who_may_rent(catalog: Catalog) -> None:
    def fitting(owned: int) -> set[tuple[int, int]]:
        at_hand = {"hardware": {"owned": [{"accelerator": "rtx 4090", "count": owned}]}} if owned else {}
        needs = {"task": "code_generation", "data": {"labelled_examples": 1e5}, "team": {"weeks_to_launch": 3}, **at_hand}
        decision = decide(catalog.columns, Requirements.model_validate(needs))
        return {(decision.candidates.strategy[row], decision.candidates.model[row]) for row in decision.order}

    assert fitting(0) <= fitting(1) <= fitting(2)


def test_the_machines_that_are_through_soonest_tune_however_they_are_listed(catalog: Catalog) -> None:
    at_home: dict[str, Any] = {"privacy": {"boundary": "on_premises"}}

    def chosen(*owned: tuple[str, int]) -> tuple[str, float]:
        listed = [{"accelerator": name, "count": count} for name, count in owned]
        found, decision = _on(catalog, **at_home, hardware={"owned": listed})
        return decision.columns.hardware.ids[int(found.hardware[0])], float(found.accelerators[0])  # of the one model there is

    assert chosen(("a100-80gb", 8), ("h100", 1)) == ("a100-80gb", 8.0), (
        "eight are faster together than one that is faster alone"
    )
    assert chosen(("a100-80gb", 4), ("a100-80gb", 4)) == ("a100-80gb", 8.0)
