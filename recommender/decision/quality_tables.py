"""Quality where numbers are what is asked for: tables and series. Points, 0 to 100.

Of tables nothing is measured on a scale that one's own table can be held to, so it is assumed. Forecasts start from what a public
leaderboard measured, on its scale; an assumption stands in where nothing was. What learns from nothing but a team's own series needs
enough of them; a statistical forecast needs two seasons of each, a pretrained forecaster a few steps. More history or more series
never makes anything worse.
"""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.learning import Ends, doubtful
from recommender.decision.situations import TRAINING_SKILLS
from recommender.domain.situation import Quantity

FORECASTING = "time_series_forecasting"
TABLES_AND_SERIES = frozenset(("tabular_prediction", FORECASTING))
TENFOLDS_OF_ROWS = 5.0  # 100,000 rows, from which on tables gain no more: what tabular_labels_gain is told of


def trained_on_numbers(rows: Rows, base: Array) -> Ends:
    """Trees, forests and linear models on a team's own table or series."""
    quality = _on_series(rows, base) if rows.situation.task == FORECASTING else _on_a_table(rows)
    return doubtful(rows, "classical_ml", quality)


def forecast_as_it_is(rows: Rows, base: Array) -> Ends:
    """A pretrained forecaster, which loses on series of one's own as every ready-made specialist does."""
    measured = np.maximum(_measured_or_assumed(rows, base) - rows.situation["own_material_loss"], 0.0)
    quality = measured * _share_of_history(rows, "forecaster_history")
    return doubtful(rows, "pretrained_as_is", quality)


def has_too_little_history(rows: Rows) -> bool:
    """Whether an assumption lowers what a leaderboard measured of pretrained forecasters."""
    return rows.situation.task == FORECASTING and bool(np.any(np.asarray(_share_of_history(rows, "forecaster_history")) < 1.0))


def _on_a_table(rows: Rows) -> Array:
    """More rows teach more."""
    situation = rows.situation
    usual = np.where(rows.is_type("linear"), situation["tabular_linear"], situation["tabular_trees"])
    taught = np.minimum(1.0, np.log10(np.maximum(situation.labels, 10.0)) / TENFOLDS_OF_ROWS)
    return np.asarray(usual + situation["tabular_labels_gain"] * taught)


def _on_series(rows: Rows, base: Array) -> Array:
    """What the leaderboard's trees, which nobody prepared anything for, have; less what too few steps of one's own cost, more where known
    outside factors say something and where people who train models prepare what trees see; statistics look at one series at a time, need
    two seasons of it and hear of no factors."""
    found, needs = _measured_or_assumed(rows, base), rows.situation.requirements
    factors = rows.situation["outside_factors_gain"] if needs.data.features else 0.0
    by_hand = rows.situation["prepared_series_gain"] if needs.team.skills in TRAINING_SKILLS else 0.0
    learned = np.maximum(found + factors + by_hand - _few_steps_loss(rows), 0.0)
    is_statistical = np.array([one == "statistical" for one in rows.columns.models.architectures])
    return np.where(rows.of_model(is_statistical) == 1, found * _share_of_history(rows, "statistical_history"), learned)


def _measured_or_assumed(rows: Rows, base: Array) -> Array:
    return np.asarray(np.where(np.isnan(base), rows.situation["forecaster_unmeasured"], base))


def _few_steps_loss(rows: Rows) -> Quantity:
    """Nothing where nobody said how many steps there are. [points]"""
    situation = rows.situation
    if not situation.labels_are_stated:
        return 0.0
    tens_short = np.log10(situation["forecast_steps_to_learn"] / np.maximum(situation.labels, 1.0))
    return np.asarray(situation["forecast_few_steps_loss"] * np.maximum(tens_short, 0.0))


def _share_of_history(rows: Rows, needed: str) -> Quantity:
    """How much there is of the steps that a forecaster needs of each series; all of them where nobody said. [0-1]"""
    history = rows.situation.requirements.data.history
    return 1.0 if history is None else np.minimum(history / rows.situation[needed], 1.0)
