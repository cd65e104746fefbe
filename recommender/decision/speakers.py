"""Telling speakers apart beside a recogniser that does not: on own machines an open model does it, at a vendor nobody adds one."""

from __future__ import annotations

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.estimation import VENDOR, Array, Rows
from recommender.decision.lookups import are_of
from recommender.decision.part_machines import SLOWEST_FACTOR, own_machine
from recommender.domain.columns import Columns, Mask
from recommender.domain.situation import Situation
from recommender.domain.words import CAPABILITIES
from recommender.estimates.audio import processor_real_time_factor, speech_seconds

SPEAKERS = CAPABILITIES.index("diarization")
WITH_TIMES = CAPABILITIES.index("timestamps")  # words are given to speakers by when they were said


def are_asked_for(situation: Situation) -> bool:
    """Whether it must be told who speaks."""
    return situation.task == "speech_to_text" and "diarization" in (situation.requirements.capabilities or ())


def separator(columns: Columns, left_out: Mask) -> int:
    """The open model that tells speakers apart and does nothing else; -1 where the catalog has none that may be used."""
    models = columns.models
    can = (models.capabilities.members[:, SPEAKERS] == 1) & are_of(models.types, "audio") & models.has_open_weights
    found = np.flatnonzero(can & (models.allows_commercial_use != 0) & ~left_out)
    return int(found[0]) if len(found) else -1


def are_told_apart_beside(columns: Columns, candidates: Candidates, told_by: int) -> Mask:
    """Recognisers on own machines that say when each word was said, but not by whom, where another model can add that.

    Args:
        told_by: that other model, as `separator` finds it.
    """
    known = columns.models.capabilities.members[candidates.model]
    alone = are_of(columns.models.types, "asr")[candidates.model] & (candidates.place != VENDOR)
    return np.asarray(alone & (known[:, SPEAKERS] != 1) & (known[:, WITH_TIMES] == 1) & (told_by >= 0), bool)


def seconds_per_request(rows: Rows, beside: Mask) -> Array:
    """Time of one machine to go through a recording once more: as measured on an accelerator, or by a processor's own speed. [s]"""
    situation, machine = rows.situation, own_machine(rows)
    alone = processor_real_time_factor(machine.tflops, situation["diarization_keeps_up_tflops"])
    factor = np.where(machine.is_processor, alone, situation["diarization_real_time_factor"])
    each = speech_seconds(situation.audio_minutes, np.maximum(factor, SLOWEST_FACTOR))
    return np.asarray(np.where(rows.wide(beside) > 0, each, 0.0))
