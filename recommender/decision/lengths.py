"""How long a request is, and how long it may be: its longest input, its answer, and the window that is served."""

from __future__ import annotations

import numpy as np

from recommender.decision.deployments import Deployments
from recommender.decision.estimation import VENDOR, Rows
from recommender.decision.lookups import are_of
from recommender.domain.columns import Columns, Floats
from recommender.domain.record import record

UNBOUNDED_TYPES = (
    "asr", "tts", "speech_to_speech", "audio", "image_generation", "video_generation", "vision", "linear", "gbdt", "tabular",
    "time_series", "signal_processing", "rules", "translation", "embedding", "reranker", "moderation",
)  # fmt: skip


@record
class Lengths:
    """What each candidate's model reads and writes. [tokens]

    Attributes:
        input: the longest input of one request, with all that the strategy adds.
        context: that and the answer, which is as long as usual.
        answer: what is written in one call.
    """

    input: Floats
    context: Floats
    answer: Floats


def lengths(rows: Rows) -> Lengths:
    """How much every candidate's model must take and write; an agent at a job writes its answer in parts, one with each call."""
    situation, asked = rows.situation, rows.demand
    read = situation.max_input_tokens + asked.prefix_tokens + asked.prompt_tokens + asked.step_tokens * asked.extra_calls
    parts = 1.0 if situation.spec.workload.model_calls is None else 1.0 + asked.extra_calls
    return Lengths(
        input=np.asarray(read, float),
        context=np.asarray(read + situation.output_tokens, float),
        answer=np.asarray(situation.output_tokens / parts, float),
    )


def served_windows(columns: Columns, deployments: Deployments) -> Floats:
    """The context window as it is served there: the offer's, on machines the model's own; models that see no tokens have no limit."""
    models, of_model = columns.models, deployments.model
    windows = models.context_tokens[of_model]
    is_offer = deployments.place == VENDOR
    windows[is_offer] = columns.offers.context_tokens[deployments.offer[is_offer]]
    return np.where(are_of(models.types, *UNBOUNDED_TYPES)[of_model], np.inf, windows)
