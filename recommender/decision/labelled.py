"""What is trained on labels from nothing, held against the best prompted model: encoders and classical methods. [points]"""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.languages import language_fit, mixed_languages
from recommender.decision.learning import (
    OWN_CLASSES,
    Ends,
    examples_of_edits,
    from_their_start,
    gained,
    lowered,
    reference,
)
from recommender.decision.quality_tables import TABLES_AND_SERIES, trained_on_numbers

LOST_BY_MARKING = {"rewriting": "marked_edits_loss", "summarization": "picked_sentences_loss"}
TENFOLDS_OF_EXAMPLES = 3.0  # a thousand per class, where frozen_vectors_gap ends: as many as studies of encoders had at most


def encoder(rows: Rows) -> Ends:
    """A learning curve against the best prompted model; where text is asked for it marks edits or sentences, and loses on top."""
    situation = rows.situation
    marks = LOST_BY_MARKING.get(situation.task)
    examples = examples_of_edits(situation) if situation.task == "rewriting" else None
    found = _of_labelled_classes(rows, from_their_start(rows, gained(rows, "finetune_encoder", reference(rows), examples)))
    return lowered(found, (situation[marks] if marks else 0.0) + language_fit(rows))


def classical(rows: Rows, base: Array) -> Ends:
    """Tables and series are its home; on text and pictures it stays below a tuned encoder. Ranking by numbers that are at hand, trees
    and networks are level."""
    situation = rows.situation
    if situation.task in TABLES_AND_SERIES:
        return trained_on_numbers(rows, base)
    if situation.task == "reranking":
        return gained(rows, "finetune_encoder", reference(rows))
    tuned, own = gained(rows, "finetune_encoder", reference(rows)), gained(rows, "classical_ml", reference(rows))
    per_class = np.maximum(np.asarray(situation.labels, float) / max(situation.classes, 1.0), 1.0)
    least, learned = situation["frozen_vectors_gap"], np.clip(np.log10(per_class) / TENFOLDS_OF_EXAMPLES, 0.0, 1.0)
    frozen = np.where(rows.is_type("embedding"), least + (1.0 - least) * learned, 1.0)
    is_beyond = {"image", "audio", "video"} & set(situation.spec.input) or situation.task == "extraction"
    seen = situation["classical_gap_beyond_texts"] if is_beyond else 1.0
    loss = language_fit(rows) + np.where(rows.is_type("embedding"), 0.0, mixed_languages(rows))
    ends = [best - np.maximum(best - mine, 0.0) * frozen * seen for best, mine in zip(tuned, own, strict=True)]
    found = _of_labelled_classes(rows, from_their_start(rows, (ends[0], ends[1], ends[2])))
    return lowered(found, loss)


def _of_labelled_classes(rows: Rows, ends: Ends) -> Ends:
    """What is learned from nothing never gives a class that it saw no example of: with fewer examples than classes, at most the share
    of classes that there is one for."""
    situation = rows.situation
    if situation.task not in OWN_CLASSES or situation.task == "extraction":
        return ends
    seen = np.clip(np.asarray(situation.labels, float) / max(situation.classes, 1.0), 0.0, 1.0)
    low, mid, high = (np.asarray(end * seen) for end in ends)
    return low, mid, high


def nearest_labelled(rows: Rows, base: Array) -> Ends:
    """The label of the nearest labelled item: a little below a model trained on the same vectors; none without labelled items."""
    found = lowered(classical(rows, base), rows.situation["nearest_item_loss"])
    low, mid, high = (np.where(np.asarray(rows.situation.labels_at_hand) > 0, end, 0.0) for end in found)
    return low, mid, high
