"""What languages cost: those beyond the major ones, models made for English alone, several at once. [points]"""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.domain.situation import Quantity

MAJOR_LANGUAGES = frozenset(
    ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ko", "ru", "ar", "pl", "sv", "da", "no", "fi", "cs", "tr", "uk"]
)
WRITES = frozenset(("translation", "text_generation", "rewriting", "summarization", "chat", "text_to_speech"))


def rare_language(rows: Rows) -> Quantity:
    """What a ready-made model loses in a language beyond the major ones: more where it must write it than where it reads it."""
    needs = rows.situation.requirements
    tags = {tag.split("-")[0] for tag in (*(needs.languages or ()), *(needs.target_languages or ()))} - {"multilingual"}
    if not tags - MAJOR_LANGUAGES:
        return 0.0
    return rows.situation["rare_language_writing_loss" if rows.situation.task in WRITES else "rare_language_loss"]


def language_fit(rows: Rows) -> Array:
    """An English encoder under other languages loses; a multilingual one loses a little."""
    tags = rows.situation.requirements.languages or ()
    if not tags or all(tag.split("-")[0] == "en" for tag in tags):
        return np.zeros_like(rows.wide(rows.candidates.model))
    many = rows.of_model(rows.columns.models.is_multilingual)
    if rows.columns.strategies[int(rows.candidates.strategy[0])].id == "classical_ml":
        many = np.where(rows.is_type("embedding"), many, 1.0)
    return np.where(many == 1, 1.0, np.where(many == 0, 15.0, 6.0))


def mixed_languages(rows: Rows) -> Quantity:
    """Word counts do not carry over from one language to another."""
    tags = rows.situation.requirements.languages or ()
    return rows.situation["mixed_languages_loss"] if len(tags) > 1 or "multilingual" in tags else 0.0
