"""Voices on recordings of one's own, on the scale of listeners' votes. Points, 0 to 100.

In a language that it speaks a tuned voice ends where the untuned one stands, less what few recordings cost: no listeners were asked
whether it also says a team's own words better. What one reaches in a language that its base does not speak nobody told on any scale
that votes could be read from: not known, as where nobody ranked the base itself.
"""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.languages import parts_speak, ready_made_loss
from recommender.decision.learning import Ends, learning_case
from recommender.domain.columns import Mask
from recommender.domain.situation import Quantity
from recommender.evidence.strategy_gain import examples_per_class
from recommender.rules.columns import PASS

VOICES = "text_to_speech"
LEAST_HOURS = 1.0 / 60.0  # no curve is told below a minute


def tuned_voice(rows: Rows, base: Array) -> Ends:
    """A voice tuned on one's own recordings."""
    situation = rows.situation
    best = np.asarray(np.where(_speaks(rows), base - ready_made_loss(rows), np.nan))
    middle = best - situation["own_material_loss"] - _few_recordings_loss(rows)
    doubt = situation["voice_tuning_doubt"]
    return np.asarray(middle - doubt), np.asarray(middle), np.asarray(np.minimum(middle + doubt, best))


def _few_recordings_loss(rows: Rows) -> Quantity:
    """What is lost with fewer hours than are enough."""
    situation = rows.situation
    hours = np.maximum(examples_per_class(learning_case(situation), "speech"), LEAST_HOURS)
    tenfolds = np.log10(np.maximum(situation["voice_enough_hours"] / hours, 1.0))
    return np.asarray(tenfolds * situation["voice_few_recordings_loss"])


def _speaks(rows: Rows) -> Mask:
    """Whether each candidate's model is documented for every language asked for."""
    verdicts = parts_speak(rows.columns, "tts", rows.situation)
    if verdicts is None:
        return np.ones_like(rows.wide(rows.candidates.model), bool)
    return rows.of_model(verdicts == PASS) > 0
