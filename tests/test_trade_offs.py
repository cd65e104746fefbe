"""The frontier over criteria that a person names: against a plain search, with its doubt, and its faults."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from recommender import Catalog, InputError, frontier, recommend
from recommender.decision.frontier import as_told
from recommender.trade_offs import Frontier, text

WISH = {"task": "summarization", "budget": {"monthly_usd": 400}, "workload": {"requests_per_month": 20_000}}
PAIRS = list(itertools.combinations(("quality", "cost", "invoices", "latency", "effort", "risk", "carbon"), 2))


def middles(found: Frontier) -> list[tuple[float, ...]]:
    """Every option's criteria, so that more is better; unknown is worst."""
    return [
        tuple(
            float("-inf")
            if one.measures[name].mid is None
            else (1 if name == "quality" else -1) * float(one.measures[name].mid or 0)
            for name in found.criteria
        )
        for one in found.options
    ]


@pytest.mark.parametrize("criteria", PAIRS)
def test_nothing_on_a_frontier_beats_another_on_it(criteria: tuple[str, str], catalog: Catalog) -> None:
    found = frontier(WISH, criteria, catalog, draws=0)
    table = middles(found)
    assert found.options
    for one, other in itertools.permutations(table, 2):
        assert not (all(a >= b for a, b in zip(one, other, strict=True)) and one != other)


@pytest.mark.parametrize(
    "value, told",
    [(0.0, 0.0), (7822.04, 7822.0), (123456.0, 123500.0), (79.7749, 79.77), (0.000123456, 0.0001235), (9999.6, 10000.0)],
)
def test_the_frontier_is_held_on_the_digits_that_are_told(value: float, told: float) -> None:
    assert float(as_told(np.asarray(value))) == told == float(f"{value:.4g}")


def test_whatever_is_not_on_it_is_beaten_by_something_on_it(catalog: Catalog) -> None:
    found = frontier(WISH, ("quality", "invoices"), catalog, draws=0)
    on_it = {one.option: (one.measures["quality"].mid, one.measures["invoices"].mid) for one in found.options}
    answer = recommend(WISH, catalog, draws=0, detail="answer", alternatives=60)
    for option in answer.alternatives:
        quality, monthly = option.estimates["quality"].mid, option.estimates["monthly_cost_usd"].mid
        once = option.estimates["one_time_cost_usd"].mid
        if option.id in on_it or quality is None or monthly is None or once is None:
            continue
        invoices = 12.0 * monthly + once
        slack = 1.0 + 1e-3  # figures are shown with a few digits
        assert any((better or 0) * slack >= quality and (cost or 0) <= invoices * slack for better, cost in on_it.values())


def test_an_answer_and_the_frontier_agree(catalog: Catalog) -> None:
    on_it = {one.option for one in frontier(WISH, ("quality", "cost", "latency"), catalog, draws=0).options}
    answer = recommend(WISH, catalog, draws=0, detail="answer", alternatives=20)
    assert answer.winner is not None
    for option in (answer.winner, *answer.alternatives):
        assert option.on_frontier == (option.id in on_it)


def test_how_surely_is_a_share_and_the_same_each_time(catalog: Catalog) -> None:
    first, second = (frontier(WISH, ("quality", "cost"), catalog, draws=50) for _ in range(2))
    assert first == second
    shares = [one.share for one in first.options if one.share is not None]
    assert shares and all(0.0 <= share <= 1.0 for share in shares)
    for one in first.options:
        for measure in one.measures.values():
            if measure.low is not None and measure.mid is not None and measure.high is not None:
                assert measure.low <= measure.mid <= measure.high


@pytest.mark.parametrize(
    ("criteria", "told"),
    [
        (("quality",), "name two or three different ones"),
        (("quality", "quality"), "name two or three different ones"),
        (("quality", "cost", "latency", "risk"), "name two or three different ones"),
        (("quality", "beauty"), "'beauty' is no criterion"),
    ],
)
def test_criteria_that_are_none_are_refused(criteria: tuple[str, ...], told: str, catalog: Catalog) -> None:
    with pytest.raises(InputError, match=told):
        frontier(WISH, criteria, catalog)


def test_nothing_to_trade_where_nothing_fits(catalog: Catalog) -> None:
    found = frontier({"task": "video_generation", "latency": {"p95_ms": 100.0}}, catalog=catalog)
    assert found.options == ()
    assert text(found) == "Nothing fits, so there is nothing to trade."


def test_the_command_tells_it(root: Path) -> None:
    command = [sys.executable, "-m", "recommender", "frontier", str(root / "examples" / "shop-support.yaml"), "--json"]
    done = subprocess.run([*command, "--over", "quality,invoices"], check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    assert told["criteria"] == ["quality", "invoices"]
    assert all(set(one["measures"]) == {"quality", "invoices"} for one in told["options"])
    wrong = subprocess.run([*command, "--over", "quality,beauty"], check=False, capture_output=True, text=True)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "'beauty' is no criterion" in wrong.stderr


def test_an_option_has_the_same_interval_on_the_frontier_as_in_the_answer(catalog: Catalog) -> None:
    names = {"quality": "quality", "latency": "latency_p95_ms", "cost": "first_year_cost_usd"}
    answer = recommend(WISH, catalog, draws=60, detail="answer", alternatives=100)
    told = {one.id: one.estimates for one in (answer.winner, *answer.alternatives) if one is not None}
    found = [one for one in frontier(WISH, tuple(names), catalog, draws=60).options if one.option in told]
    assert found
    for one, (criterion, name) in itertools.product(found, names.items()):
        measure, estimate = one.measures[criterion], told[one.option][name]
        assert estimate.low is not None and estimate.high is not None
        assert (measure.low, measure.high) == pytest.approx((estimate.low, estimate.high), rel=1e-3)  # four digits are told


@pytest.mark.parametrize(
    "mode, units", [("one_off", (" in all", " in all")), ("batch", ("in the first year", "in the first year"))]
)
def test_work_that_is_done_once_has_no_first_year(mode: str, units: tuple[str, str], catalog: Catalog) -> None:
    work = {"mode": mode, **({"total_requests": 500} if mode == "one_off" else {"requests_per_month": 500})}
    found = frontier({"task": "summarization", "workload": work}, ("cost", "invoices"), catalog, draws=0)
    assert found.options
    for one in found.options:
        assert all(words in one.measures[name].unit for name, words in zip(found.criteria, units, strict=True))
