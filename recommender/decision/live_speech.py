"""Speech as it comes: written down while people speak, or heard while it is still being made."""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.part_machines import FIRST_SPOKEN_MINUTES, SPOKEN_TURN_MINUTES
from recommender.domain.columns import Mask
from recommender.domain.situation import Situation
from recommender.domain.units import MS_PER_SECOND, SECONDS_PER_MINUTE
from recommender.domain.words import CAPABILITIES

STREAMING = CAPABILITIES.index("streaming")
HEARD_AT_ONCE_SECONDS = 0.5  # of speech that a model which writes as it hears takes at a time, assumed


def is_live(situation: Situation) -> bool:
    """Whether people speak while it is written down."""
    return situation.mode == "streaming" and situation.task == "speech_to_text"


def is_used_as_it_comes(situation: Situation) -> bool:
    """Whether sound is cleaned, or heard, while it is still being made: stated, or else whoever has less time than it lasts, or for its
    first words, must mean that."""
    if situation.is_offline or situation.spec.output[0] != "audio":
        return False
    limits = situation.requirements.latency
    lasts_ms = float(np.median(situation.audio_minutes)) * SECONDS_PER_MINUTE * MS_PER_SECOND
    is_too_long = limits.p95_ms is not None and limits.p95_ms < lasts_ms
    return situation.mode == "streaming" or is_too_long or limits.first_token_p95_ms is not None


def writes_as_it_hears(rows: Rows) -> Mask:
    """Models that are documented to."""
    return np.asarray(rows.columns.models.capabilities.members[rows.candidates.model, STREAMING] == 1, bool)


def sends_as_it_makes(rows: Rows) -> Mask:
    """The same, as wide as draws are."""
    return np.asarray(rows.wide(writes_as_it_hears(rows).astype(float)) > 0)


def first_spoken_minutes(rows: Rows) -> Array:
    """What must be made of a speech until it is heard: its first second by a voice that sends sound as it makes it, else a sentence, since
    a text can be given sentence by sentence. [minutes]"""
    first = np.where(sends_as_it_makes(rows), FIRST_SPOKEN_MINUTES, SPOKEN_TURN_MINUTES)
    return np.asarray(np.minimum(first, rows.situation.audio_minutes))


def awaited_minutes(rows: Rows) -> Array:
    """Of what is spoken, what somebody waits for: until it is heard where it is heard as it comes, else all. [minutes]"""
    return first_spoken_minutes(rows) if is_used_as_it_comes(rows.situation) else np.asarray(rows.situation.audio_minutes)


def first_words_ms(rows: Rows, whole_ms: Array) -> Array:
    """From when something is said until it is written: the piece that is waited for, and its share of the time that the whole takes.

    Args:
        whole_ms: to write down a whole recording, or to speak what is waited for of a text. [ms]
    """
    if rows.situation.task == "text_to_speech":
        return np.asarray(whole_ms * first_spoken_minutes(rows) / np.maximum(awaited_minutes(rows), FIRST_SPOKEN_MINUTES / 1e3))
    if not is_live(rows.situation):
        return whole_ms
    piece = np.where(sends_as_it_makes(rows), HEARD_AT_ONCE_SECONDS, rows.situation["live_piece_seconds"])
    recording = np.maximum(rows.situation.audio_minutes * SECONDS_PER_MINUTE, HEARD_AT_ONCE_SECONDS)
    return np.asarray(piece * MS_PER_SECOND + whole_ms * np.minimum(piece / recording, 1.0))
