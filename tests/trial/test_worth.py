"""What a trial is worth: forecasts that hold, and the right winner more often with every further example."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
from sklearn import datasets
from test_baselines import rows_of, texts

from recommender import Catalog
from recommender.trial.baselines import baselines_for, cross_validated, table_of
from recommender.trial.curve import forecast, learning_curve
from recommender.trial.examples import Example


def _problems() -> list[tuple[str, list[Example]]]:
    """Tables and texts on which neither the law nor its doubts were fitted."""
    found = [("classification", texts(1200, seed, noise)) for seed, noise in ((15, 0.1), (16, 0.25), (17, 0.4))]
    for seed in range(9):
        inputs, answers = datasets.make_classification(
            1000,
            12 + 2 * seed,
            n_informative=5,
            n_classes=2 + seed % 3,
            flip_y=0.04 * seed,
            class_sep=0.6 + 0.1 * seed,
            random_state=800 + seed,
        )
        found.append(("tabular_prediction", rows_of(inputs, answers)))
    for seed, noise in ((1, 0.5), (2, 2.0), (3, 5.0)):
        found.append(("tabular_prediction", rows_of(*datasets.make_friedman1(800, noise=noise, random_state=900 + seed))))
    found.append(("tabular_prediction", rows_of(*datasets.load_digits(return_X_y=True))[:1600]))
    return found


def test_forecasts_at_four_times_the_examples_hold_at_least_three_times_in_four() -> None:
    held = []
    for task, rows in _problems():
        order = np.random.default_rng(0).permutation(len(rows))
        few = table_of([rows[place] for place in order[: len(rows) // 4]], task)
        linear = baselines_for(few)[0]
        ahead = forecast(learning_curve(linear, few, cross_validated(linear, few, 0), 0), 0.8 * len(rows))
        truth = cross_validated(linear, table_of(rows, task), 0).measured.quality
        assert ahead is not None
        held.append(ahead.low <= truth <= ahead.high)
    assert np.mean(held) >= 0.75, held


def _simulation() -> Any:
    path = Path(__file__).parents[2] / "benchmarks" / "trial_feedback.py"
    told = importlib.util.spec_from_file_location("trial_feedback", path)
    assert told is not None and told.loader is not None
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


def test_more_examples_bring_the_right_winner_more_often(catalog: Catalog) -> None:
    simulation = _simulation()
    rates = simulation.hit_rates(catalog, simulation.QUESTIONS["labels"], worlds=60, seed=9)
    none, few, some, many = rates.values()
    assert none <= few <= some <= many and many >= max(none + 0.2, 0.75)
