"""A stated week of launch: what a team in a hurry cannot make is out, what usually takes longer stands behind the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import Catalog, recommend
from recommender.engine import decided

CAUTION = "It usually takes longer to launch than you have"
ALONE = {"task": "chat", "team": {"people": 1}}


def within(weeks: float, needs: dict[str, Any] = ALONE) -> dict[str, Any]:
    return {**needs, "team": {**needs["team"], "weeks_to_launch": weeks}}


def test_weeks_by_hand(catalog: Catalog) -> None:
    """Prompting (4 days) and a test set (3): 7 / 5 + 0.5 weeks for one person; in a hurry half the days and no time to settle in."""
    decision = decided(ALONE, catalog, None)
    is_prompted = np.array([one.id == "zero_shot" for one in decision.columns.strategies])[decision.candidates.strategy]
    hosted = np.flatnonzero(is_prompted & (decision.candidates.offer >= 0))[0]
    assert decision.estimates.weeks_to_launch[hosted] == pytest.approx(7 / 5 + 0.5)
    assert decision.estimates.soonest_weeks[hosted] == pytest.approx(0.5 * 7 / 5)


def test_labelling_takes_as_long_in_a_hurry(catalog: Catalog) -> None:
    """2,000 labels more to make weigh the same on both: all else is halved."""

    def of_tuned(needs: dict[str, Any]) -> tuple[float, float]:
        decision = decided(needs, catalog, None)
        row = int(
            np.flatnonzero([decision.columns.strategies[one].id == "finetune_encoder" for one in decision.candidates.strategy])[
                0
            ]
        )
        return float(decision.estimates.weeks_to_launch[row]), float(decision.estimates.soonest_weeks[row])

    there = {"task": "classification", "team": {"people": 1}, "data": {"labelled_examples": 5000}}
    to_make = {"task": "classification", "team": {"people": 1}, "data": {"labelled_examples": 0, "labels_obtainable": True}}
    (usual, soonest), (usual_later, soonest_later) = of_tuned(there), of_tuned(to_make)
    assert usual_later > usual
    assert soonest_later - soonest == pytest.approx(usual_later - usual)


@pytest.mark.parametrize("task", ["chat", "summarization", "extraction", "speech_to_text", "image_generation"])
def test_a_person_with_a_week_gets_an_answer_and_is_told_that_it_is_a_hurry(catalog: Catalog, task: str) -> None:
    answer = recommend(within(1, {"task": task, "team": {"people": 1}}), catalog, draws=0, detail="answer", alternatives=0)
    assert answer.winner is not None
    assert any(one.startswith(CAUTION) for one in answer.winner.cautions)


def test_what_needs_no_hurry_stands_before_what_scores_higher(catalog: Catalog) -> None:
    free = recommend(ALONE, catalog, draws=0, detail="answer", alternatives=0).winner
    held = recommend(within(2), catalog, draws=0, detail="answer", alternatives=0).winner
    assert free is not None and held is not None
    assert (free.estimates["weeks_to_launch"].mid or 0) > 2 >= (held.estimates["weeks_to_launch"].mid or 9)
    assert not any(one.startswith(CAUTION) for one in held.cautions)
    told = [one for one in held.reasons if one.startswith("A last resort scores higher")]
    assert len(told) == 1 and told[0].endswith("it usually takes longer to launch than you have.")


def test_what_no_hurry_brings_about_is_out_and_the_least_weeks_are_named(catalog: Catalog) -> None:
    answer = recommend(within(0.5), catalog, draws=0)
    assert answer.status == "nothing_fits" and answer.binding == ("team.weeks_to_launch",)
    (change,) = answer.relaxations[0].changes
    # A ready specialist or a prompt takes 3.5 days at the least: 0.7 weeks, and a twentieth more.
    assert change.to_value == pytest.approx(0.735, abs=0.006)


@pytest.mark.parametrize("weeks", [0.3, 1, 2, 3, 5, 9])
def test_more_weeks_never_take_anything_away(catalog: Catalog, weeks: float) -> None:
    fitting = [decided(within(one), catalog, None) for one in (weeks, weeks * 1.5)]
    ids = [
        {(d.candidates.strategy[i], d.candidates.model[i], d.candidates.deployment[i]) for i in np.flatnonzero(d.fits)}
        for d in fitting
    ]
    assert ids[0] <= ids[1]
