"""Plain values, and what follows from them, into columns with unknowns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import numpy as np

from recommender.domain.columns import Floats, SetColumn, Truth
from recommender.domain.records import Model, Offer

READS_ONCE = frozenset(("encoder", "embedding", "reranker", "moderation"))


def numbers(values: Iterable[float | int | None]) -> Floats:
    """Numbers as a column; absent is NaN."""
    return np.array([np.nan if value is None else value for value in values], float)


def truths(values: Iterable[bool | None]) -> Truth:
    """Truths as a column; absent is -1."""
    return np.array([-1 if value is None else int(value) for value in values], np.int8)


def days(values: Iterable[datetime.date | None]) -> Floats:
    """Days as ordinals; absent is NaN."""
    return numbers(None if value is None else value.toordinal() for value in values)


def sets(rows: Sequence[Iterable[str] | None], vocabulary: tuple[str, ...]) -> SetColumn:
    """Sets as members; an absent set is unknown throughout."""
    members = np.full((len(rows), len(vocabulary)), -1, np.int8)
    places = {word: index for index, word in enumerate(vocabulary)}
    for row, words in enumerate(rows):
        if words is not None:
            members[row] = 0
            members[row, [places[word] for word in words if word in places]] = 1
    return SetColumn(members, vocabulary)


def served_window(model: Model, offer: Offer) -> int | None:
    """How much is taken at once there, input and answer together: the smaller of what the model and the offer state. [tokens]"""
    stated = (model.context_tokens, offer.window.context_tokens if offer.window else None)
    return min((one for one in stated if one is not None), default=None)


def passed_b(model: Model) -> float | None:
    """Parameters that a text passes through in a model that reads it once: all but the table of its vocabulary, in which words are
    only looked up. [billions]

    parameters = 12 * layers * width^2

    References:
        [1] Kaplan et al., "Scaling Laws for Neural Language Models", arXiv:2001.08361, section 2.1 (parameters outside embeddings).
    """
    active, shape = model.active_parameters_b or model.parameters_b, model.geometry
    if model.type not in READS_ONCE or shape is None or shape.hidden is None or shape.experts is not None:
        return active
    inside = 12.0 * shape.layers * shape.hidden**2 / 1e9
    return inside if active is None or shape.shared_layers else min(active, inside)
