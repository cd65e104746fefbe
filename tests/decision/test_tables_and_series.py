"""Tables and series: where they start, what one's own numbers are worth, and one story."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from recommender import Catalog, recommend
from recommender.decision import quality_tables
from recommender.engine import decided

SERIES = "time_series_forecasting"
ASSUMED = {
    "forecast_steps_to_learn": 10_000.0, "forecast_few_steps_loss": 8.0, "statistical_history": 24.0,
    "outside_factors_gain": 3.0, "forecaster_unmeasured": 18.0, "forecaster_history": 12.0, "prepared_series_gain": 12.0,
    "own_material_loss": 2.0,
}  # fmt: skip


class Case(dict[str, float]):
    """What the formulas read of a situation."""

    def __init__(self, steps: float | None, history: float | None, features: float | None, skills: str | None) -> None:
        super().__init__(ASSUMED)
        self.task, self.labels, self.labels_are_stated = SERIES, steps or 0.0, steps is not None
        data, team = SimpleNamespace(history=history, features=features), SimpleNamespace(skills=skills)
        self.requirements = SimpleNamespace(data=data, team=team)


def rows(
    steps: float | None = None, history: float | None = None, features: float | None = None, skills: str | None = None
) -> Any:
    """Something that learns across series, and statistics of one series at a time."""
    models = SimpleNamespace(architectures=("tree", "statistical"))
    columns = SimpleNamespace(models=models, calibration={})
    return SimpleNamespace(situation=Case(steps, history, features, skills), columns=columns, of_model=lambda values: values)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, 22.7),  # nobody said: as on the leaderboard
        ({"steps": 1e7}, 22.7),
        ({"steps": 1e3}, 14.7),  # one factor of ten short: 22.7 - 8
        ({"steps": 1.0}, 0.0),  # four: 22.7 - 32, never below nothing
        ({"steps": 1e7, "features": 20.0}, 25.7),
        ({"features": 0.0}, 22.7),
        ({"skills": "software"}, 22.7),
        ({"skills": "ml"}, 34.7),  # prepared by people who train models: 22.7 + 12
        ({"steps": 1e3, "features": 20.0, "skills": "research"}, 29.7),  # 22.7 + 3 + 12 - 8
    ],
)
def test_trees_on_series_by_steps_outside_factors_and_who_prepares_them(given: dict[str, Any], expected: float) -> None:
    assert quality_tables.trained_on_numbers(rows(**given), np.array([22.7, 16.4]))[1][0] == pytest.approx(expected)


def test_only_what_is_not_measured_is_assumed() -> None:
    assert quality_tables.trained_on_numbers(rows(), np.array([22.7, np.nan]))[1] == pytest.approx([22.7, 18.0])
    assert quality_tables.forecast_as_it_is(rows(), np.array([35.5, np.nan]))[1] == pytest.approx([33.5, 16.0])


@pytest.mark.parametrize(("history", "share"), [(None, 1.0), (48.0, 1.0), (24.0, 1.0), (12.0, 0.5), (0.0, 0.0)])
def test_statistics_need_two_seasons_and_pretrained_forecasters_a_few_steps(history: float | None, share: float) -> None:
    given = rows(steps=1e3, history=history, features=20.0)  # neither few steps nor outside factors are anything to statistics
    assert quality_tables.trained_on_numbers(given, np.array([22.7, 16.4]))[1] == pytest.approx([17.7, 16.4 * share])
    seen = 1.0 if history is None or history >= 12 else history / 12
    assert quality_tables.forecast_as_it_is(given, np.array([35.5, 28.0]))[1] == pytest.approx(
        [33.5 * seen, 26.0 * seen]
    )  # two points less on one's own series


def test_series_times_history_are_the_examples_unless_examples_are_stated(catalog: Catalog) -> None:
    both = {"series": 50, "history": 36}
    for data, labels, stated in (
        (both, 1800.0, True),
        ({**both, "labelled_examples": 7}, 7.0, True),
        ({"series": 50}, 10_000.0, False),  # taken to be enough
        ({"history": 36}, 10_000.0, False),
    ):
        situation = decided({"task": SERIES, "data": data}, catalog, None).situation
        assert (float(np.asarray(situation.labels)), situation.labels_are_stated) == (labels, stated)
    assert not decided({"task": "tabular_prediction", "data": both}, catalog, None).situation.labels_are_stated


def test_more_series_and_more_history_never_make_anything_worse(catalog: Catalog) -> None:
    sizes = [{"series": series, "history": history} for series in (1, 50, 5000) for history in (6, 36, 1000)]
    found = {
        (one["series"], one["history"]): decided({"task": SERIES, "data": one}, catalog, None).quality.mid for one in sizes
    }
    for (series, history), middle in found.items():
        for (more_series, more_history), better in found.items():
            if more_series >= series and more_history >= history:
                assert np.all((better >= middle - 1e-9) | np.isnan(middle))


def ranks(data: dict[str, Any], catalog: Catalog) -> list[tuple[str, float]]:
    answer = recommend({"task": SERIES, "data": data}, catalog, draws=0, alternatives=12)
    assert answer.winner is not None
    return [(one.model.id, one.score.total) for one in (answer.winner, *answer.alternatives) if one.model is not None]


def test_few_short_series_go_to_a_pretrained_forecaster_and_many_long_ones_leave_trees_in_reach(catalog: Catalog) -> None:
    few = ranks({"series": 50, "history": 36}, catalog)
    many = ranks({"series": 10_000, "history": 1000, "features": 20}, catalog)
    trees = "classical/gradient-boosted-trees"
    assert few[0][0] == "amazon/chronos-2"
    measured = [score for name, score in few if name.startswith(("amazon/chronos", "google/timesfm"))]
    assert len(measured) >= 2 and all(dict(few)[trees] < score for score in measured)
    assert trees in [name for name, _ in many[:4]]
    assert many[0][1] - dict(many)[trees] < 0.08 < few[0][1] - dict(few)[trees]


def test_tables_gain_by_the_tenfolds_of_their_rows(catalog: Catalog) -> None:
    found = decided({"task": "tabular_prediction", "data": {"labelled_examples": 1000}}, catalog, None)
    names = np.array(catalog.columns.models.ids)[found.candidates.model]
    # Three of five tenfolds of rows: 82 + 6 * 3 / 5 for trees, 74 + 6 * 3 / 5 for what is linear.
    for name, points in (("classical/gradient-boosted-trees", 85.6), ("classical/linear", 77.6)):
        assert set(found.quality.mid[names == name].round(1).tolist()) == {points}


@pytest.mark.parametrize(("history", "grade"), [(400, "measured"), (4, "predicted")])
def test_a_forecaster_is_measured_where_there_is_the_history_that_it_was_measured_on(
    history: int, grade: str, catalog: Catalog
) -> None:
    needs = {"task": "time_series_forecasting", "data": {"series": 200, "history": history}, "only": ["amazon/chronos-2"]}
    winner = recommend(needs, catalog, draws=0, detail="answer").winner
    assert winner is not None and winner.strategy.id == "pretrained_as_is" and winner.estimates["quality"].grade == grade
