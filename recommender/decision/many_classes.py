"""What a long list of classes costs a model that chooses from it in words, and who cannot choose from one at all."""

from __future__ import annotations

import numpy as np

from recommender.decision.candidates import Candidates
from recommender.decision.estimation import Array, Rows
from recommender.domain.columns import Columns, Floats
from recommender.domain.situation import Quantity
from recommender.domain.words import LABELLED
from recommender.evidence.strategy_terms import log_odds, score_of

CLASSES_OF_A_GUARD = 20.0  # at most, assumed: makers list a dozen kinds of harm or so
SHOWN_ENOUGH = 5.0  # examples per class at hand, from which on nothing of the loss is left, as in the reference below


def most_classes(columns: Columns, candidates: Candidates, task: str) -> Floats:
    """How many classes each candidate tells apart: a ready guard its maker's, all others as many as there are."""
    ready = np.array([one.id == "pretrained_as_is" and task == "moderation" for one in columns.strategies])
    return np.where(ready[candidates.strategy], CLASSES_OF_A_GUARD, np.inf)


def lost_among_many_classes(rows: Rows, quality: Array, share: Quantity = 1.0) -> Array:
    """A quality lowered by what choosing from hundreds of classes costs, on the log-odds scale: nothing in a list of usual length.

    Args:
        quality: as measured, on few classes. [points]
        share: of the loss that is left. [0-1]

    References:
        GPT-3.5 on subsets of Banking77 (arXiv 2402.17256): 5 classes 96 %, 40 classes 67 %; with five examples of each 90 and 87 %.
    """
    situation = rows.situation
    if situation.task not in LABELLED or not np.any(tenfolds := _tenfolds_too_many(rows)):
        return quality
    return np.asarray(score_of(log_odds(quality) - share * tenfolds * situation["many_classes_loss"]))


def share_without_examples(rows: Rows) -> Quantity:
    """What is left of that loss where examples of the classes can be shown. [0-1]"""
    shown = np.asarray(rows.situation.labels_at_hand, float) / (SHOWN_ENOUGH * max(rows.situation.classes, 1.0))
    return 1.0 - np.clip(shown, 0.0, 1.0)


def _tenfolds_too_many(rows: Rows) -> Quantity:
    usual = np.maximum(rows.situation["classes_without_loss"], 1.0)
    return np.log10(np.maximum(rows.situation.classes / usual, 1.0))
