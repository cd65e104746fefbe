"""Speech as it comes: written down while people speak, or heard while it is still being made."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.part_machines import FIRST_SPOKEN_MINUTES
from recommender.domain.columns import Mask
from recommender.domain.situation import Situation
from recommender.domain.units import MS_PER_SECOND, SECONDS_PER_MINUTE
from recommender.domain.words import CAPABILITIES

STREAMING = CAPABILITIES.index("streaming")
HEARD_AT_ONCE_SECONDS = 0.5  # of speech that a model which writes as it hears takes at a time, assumed


def is_live(situation: Situation) -> bool:
    """Whether people speak while it is written down."""
    return situation.mode == "streaming" and situation.task == "speech_to_text"


def writes_as_it_hears(rows: Rows) -> Mask:
    """Models that are documented to."""
    return np.asarray(rows.columns.models.capabilities.members[rows.candidates.model, STREAMING] == 1, bool)


def sends_as_it_makes(rows: Rows) -> Mask:
    """The same, as wide as draws are."""
    return np.asarray(rows.wide(writes_as_it_hears(rows).astype(float)) > 0)


def first_spoken_share(rows: Rows) -> Array:
    """What the first second is of all that is spoken. [0-1]"""
    return np.asarray(np.minimum(FIRST_SPOKEN_MINUTES / np.maximum(rows.situation.audio_minutes, FIRST_SPOKEN_MINUTES), 1.0))


def first_words_ms(rows: Rows, whole_ms: Array) -> Array:
    """From when something is said until it is written: the piece that is waited for, and its share of the time that the whole takes.
    A voice that sends sound as it makes it is heard from its first second on.

    Args:
        whole_ms: to write down a whole recording, or to speak a whole text. [ms]
    """
    if rows.situation.task == "text_to_speech":
        return np.asarray(whole_ms * np.where(sends_as_it_makes(rows), first_spoken_share(rows), 1.0))
    if not is_live(rows.situation):
        return whole_ms
    piece = np.where(sends_as_it_makes(rows), HEARD_AT_ONCE_SECONDS, rows.situation["live_piece_seconds"])
    recording = np.maximum(rows.situation.audio_minutes * SECONDS_PER_MINUTE, HEARD_AT_ONCE_SECONDS)
    return np.asarray(piece * MS_PER_SECOND + whole_ms * np.minimum(piece / recording, 1.0))
