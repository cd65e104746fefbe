"""The break-even volume: true when it is tried, within what the machines carry, and told to people with the totals."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, Option, compare, recommend
from recommender.explanation.report import markdown, text, totals

NEEDS: dict[str, Any] = {
    "task": "chat",
    "workload": {"requests_per_month": 300_000, "input_tokens": 800, "output_tokens": 300},
    "privacy": {"boundary": "own_tenant"},
    "licence": {"open_weights": True},
    "only": ["qwen/qwen3-32b", "zero_shot", "meta-llama/llama-3.1-8b-instruct", "mistralai/mistral-nemo-instruct-2407"],
}


def _options(catalog: Catalog, requests: float, **changes: Any) -> dict[str, Option]:
    workload = {**NEEDS["workload"], "requests_per_month": requests, **changes}
    answer = recommend({**NEEDS, "workload": workload}, catalog, detail="answer", draws=0, alternatives=1000)
    return {one.id: one for one in (answer.winner, *answer.alternatives) if one is not None}


def _a_month(option: Option) -> float:
    """Invoices, bought machines spread over three years."""
    bought = sum(line.mid for line in option.bill if line.label == "Machines bought")
    return sum(line.mid for line in option.bill if line.when == "monthly" and line.kind == "invoice") + bought / 36


def _crossing(catalog: Catalog) -> tuple[str, str, float]:
    """A hosted option, the one on own machines that it is held against, and the volume; both best for their models near it."""
    for hosted in _options(catalog, 300_000).values():
        point = hosted.break_even
        if hosted.deployment.place == "vendor" and point is not None:
            assert point.cheaper_above == "self_host"
            near = (_both(catalog, point.requests_per_month * factor, hosted.id, point.against) for factor in (0.98, 1.0, 1.2))
            if all(len(both) == 2 for both in near):
                return hosted.id, point.against, point.requests_per_month
    raise AssertionError("no hosted option has a break-even that can be tried")


def _both(catalog: Catalog, requests: float, *names: str) -> list[float]:
    """What options that are named cost a month, whichever of them is the best way to run its model."""
    needs = {**NEEDS, "workload": {**NEEDS["workload"], "requests_per_month": requests}}
    options = [one.option for one in compare(needs, names, catalog, draws=0).compared]
    return [_a_month(one) for one in options if one is not None]


def test_the_break_even_is_true_when_tried_and_from_there_on(catalog: Catalog) -> None:
    hosted, own, volume = _crossing(catalog)
    theirs, ours = _both(catalog, volume * 0.98, hosted, own)
    assert theirs < ours
    theirs, ours = _both(catalog, volume, hosted, own)
    assert theirs == pytest.approx(ours, rel=2e-3)
    above = [_both(catalog, volume * factor, hosted, own) for factor in (1.02, 1.2, 1.5, 2.0, 3.0, 5.0)]
    known = [both for both in above if len(both) == 2]  # where the load is too much for one of them, nothing can be compared
    assert len(known) >= 2 and all(theirs > ours for theirs, ours in known)


def test_what_the_machines_cannot_carry_is_no_break_even(catalog: Catalog) -> None:
    hosted, _, _ = _crossing(catalog)
    # Machines for a peak of 350 times the mean are dear; at that swing they carry no three times as many requests.
    spiky = _options(catalog, 300_000, peak_requests_per_second=40.0)[hosted]
    assert spiky.break_even is None


def test_machines_rented_by_the_hour_of_work_have_no_break_even(catalog: Catalog) -> None:
    options = _options(catalog, 300_000, mode="batch")
    rented = [one for one in options.values() if one.deployment.place == "own_cloud"]
    assert rented and all(one.break_even is None for one in rented)


def test_people_read_the_totals_and_the_break_even(catalog: Catalog) -> None:
    answer = recommend({"task": "translation", "workload": {"requests_per_month": 3e4}}, catalog, detail="answer")
    winner = answer.winner
    assert winner is not None and winner.break_even is not None
    said = totals(winner)
    assert said[0].startswith("The first year with people's time: about ")
    assert said[1].startswith("The first three years with people's time: about ")
    assert said[2].startswith("Above about ") and winner.break_even.against_name in said[2]
    for report in (text(answer), markdown(answer)):
        assert all(sentence in report for sentence in said)


def test_the_rival_does_the_same_as_well(catalog: Catalog) -> None:
    options = _options(catalog, 300_000)
    held = [one for one in options.values() if one.break_even is not None]
    assert len(held) > 10
    levels = catalog.columns.tasks["chat"].levels
    for one in held:
        assert one.break_even is not None
        rival = options[one.break_even.against]
        mine, theirs = one.estimates["quality"].mid, rival.estimates["quality"].mid
        assert mine is not None and theirs is not None
        assert rival.strategy == one.strategy and theirs >= min(mine - levels.noise_floor, levels.good)
