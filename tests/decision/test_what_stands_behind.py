"""What an answer says of options that score higher than the winner and stand behind it, and of bills many times their middle."""

from __future__ import annotations

import re
from typing import Any

import pytest

from recommender import Catalog, Option, recommend

AT_HAND = {"privacy": {"boundary": "air_gapped"}, "hardware": {"owned": [{"accelerator": "raspberry pi 5"}]}}
TIGHT = {
    "task": "chat",
    "workload": {"requests_per_month": 1e7},
    "privacy": {"boundary": "on_premises"},
    "latency": {"p95_ms": 2250},
}
WIDE = "in unfavourable cases, more than ten times as much"


def winner(needs: dict[str, Any], catalog: Catalog, draws: int = 0) -> Option:
    found = recommend(needs, catalog, detail="answer", draws=draws, alternatives=0).winner
    assert found is not None
    return found


def test_the_winner_says_which_last_resort_scores_higher_and_why_it_stands_behind(catalog: Catalog) -> None:
    needs = {"task": "extraction", **AT_HAND}
    answer = recommend(needs, catalog, detail="answer", draws=0, alternatives=2000)
    assert answer.winner is not None
    behind = max(answer.alternatives, key=lambda one: one.score.total)
    told = [one for one in answer.winner.reasons if one.startswith("A last resort scores higher")]
    assert len(told) == 1 and behind.model.name in told[0]
    assert f"({behind.score.total:.2f} against {answer.winner.score.total:.2f})" in told[0]
    assert told[0].endswith("its machine would have to be bought, and you named those you have and no budget for the start.")
    assert not any("A last resort scores higher" in reason for one in answer.alternatives for reason in one.reasons)


@pytest.mark.parametrize("needs", [{"task": "extraction"}, {"task": "extraction", **AT_HAND, "budget": {"one_time_usd": 1e5}}])
def test_nothing_is_said_where_nothing_that_scores_higher_stands_behind(needs: dict[str, Any], catalog: Catalog) -> None:
    assert not any("A last resort scores higher" in one for one in winner(needs, catalog).reasons)


def test_a_bill_that_may_be_many_times_its_middle_is_told_with_both_numbers_and_what_narrows_it(catalog: Catalog) -> None:
    """A time limit of 2.25 s: in unfavourable draws many more machines keep it."""
    found = winner(TIGHT, catalog, draws=200)
    bill = found.estimates["monthly_cost_usd"]
    assert bill.mid is not None and bill.high is not None and bill.high > 10 * bill.mid
    told = [one for one in found.cautions if WIDE in one]
    assert len(told) == 1 and "What moves them most is how long the answers are" in told[0]
    numbers = [float(one.replace(",", "")) for one in re.findall(r"([\d,]+) USD", told[0])]
    assert numbers == pytest.approx([bill.mid, bill.high], rel=0.05)


def test_it_is_told_too_where_some_draws_tell_no_cost(catalog: Catalog) -> None:
    """Films on one's own machines: in one draw of six the longest do not fit, and nothing can be billed."""
    found = winner({"task": "video_understanding", "privacy": {"certifications": ["hds", "hipaa"]}}, catalog, draws=200)
    bill = found.estimates["monthly_cost_usd"]
    assert bill.mid is not None and bill.high is not None and bill.high > 10 * bill.mid
    assert any(WIDE in one for one in found.cautions)


@pytest.mark.parametrize(
    ("needs", "draws"),
    [
        (TIGHT, 0),  # the ends of all assumptions at once are no case that happens
        ({**TIGHT, "latency": {}}, 200),
        ({"task": "summarization"}, 200),  # by use, and nobody said how many requests come: that is told with the bill
    ],
)
def test_other_bills_carry_no_such_caution(needs: dict[str, Any], draws: int, catalog: Catalog) -> None:
    assert not any(WIDE in one for one in winner(needs, catalog, draws).cautions)
