"""What languages cost: those beyond the major ones, models made for English alone, several at once. [points]"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.lookups import known_or
from recommender.domain.columns import Columns
from recommender.domain.requirements import Requirements
from recommender.domain.situation import Quantity, Situation
from recommender.domain.words import GRADES, TASKS
from recommender.rules.columns import Sets, Verdicts, condition

# Written and heard by models of today about as well as English, whatever class the count of texts of 2020 gave them.
MAJOR_LANGUAGES = frozenset(
    ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ko", "ru", "ar", "pl", "sv", "da", "no", "fi", "cs", "tr", "uk"]
)
# By the class of resources of a language (Joshi et al. 2020), what defines the scale: well served ones lose nothing, and the loss in a
# rare one is that of class 2. What is between and beyond is assumed.
WELL_SERVED = frozenset((4, 5))
RECORDED_LESS = frozenset((4,))  # well served with texts, not with recordings
SHARE_OF_CLASS = {2: 1.0}
ASSUMED_SHARE_OF_CLASS = {3: "rare_language_share_class_3"}
WRITES = frozenset(("translation", "text_generation", "rewriting", "summarization", "chat", "text_to_speech"))
MEASURED = ("measured", "self_reported")
HEARS = frozenset(("speech_to_text",))
LARGE_EARS_B = 1.5  # Whisper's largest [billions of parameters]
MEASURED_IN_ENGLISH = frozenset(("speech_to_text", "text_to_speech", "semantic_search", "reranking"))  # and nowhere else


def rare_language(rows: Rows) -> Quantity:
    """What a ready-made model loses in the rarest language asked for: more where it must write it than where it reads it."""
    share = _rarity(rows)
    return share * rows.situation[_loss_of(rows.situation.task)] if np.any(share) else 0.0


def rare_language_when_prompted(rows: Rows) -> Quantity:
    """The same for a model that is asked in words, which loses less the larger it is. [points]"""
    lost = rare_language(rows)
    if not np.any(lost):
        return 0.0
    situation, size = rows.situation, rows.of_model(rows.columns.models.parameters_b)
    tenfolds = np.log10(np.maximum(known_or(size, situation["unknown_model_size_b"]), 0.1))
    most = situation["rare_language_share_small_models"]
    share = most - tenfolds * situation["rare_language_share_per_tenfold"]
    return lost * np.clip(share, situation["rare_language_share_largest"], most)


def rare_language_of_the_largest(rows: Rows) -> Quantity:
    """What the largest models lose, and those taught by them with them. [points]"""
    return rare_language(rows) * rows.situation["rare_language_share_largest"]


def ready_made_loss(rows: Rows) -> Quantity:
    """What a ready-made specialist loses in it: a translator that lists the language was trained on pairs of it and loses a part; a
    recogniser loses the more the smaller it is."""
    lost = rare_language(rows) * _left_by_training(rows, rows.situation["listed_language_share"])
    return lost * _times_for_small_ears(rows) if rows.situation.task in HEARS else lost


def _times_for_small_ears(rows: Rows) -> Array:
    """How many times the loss of the largest recognisers a smaller one has; one whose size is not known is hosted and large."""
    size = known_or(rows.of_model(rows.columns.models.parameters_b), LARGE_EARS_B)
    tenfolds = np.log10(np.maximum(LARGE_EARS_B / size, 1.0))
    return np.asarray(1.0 + tenfolds * rows.situation["hearing_loss_per_tenfold"])


def is_measured_elsewhere(rows: Rows) -> bool:
    """Whether the scores there are were taken in other languages than those asked for."""
    tags = _tags(rows)
    return bool(np.any(_rarity(rows) > 0)) or (rows.situation.task in MEASURED_IN_ENGLISH and bool(tags) and "en" not in tags)


def with_language_doubt(rows: Rows, below: Array, above: Array) -> tuple[Array, Array]:
    """Half intervals joined with the language's doubt, where nothing was trained in that language. [points]"""
    worse, better = _language_doubt(rows)
    untrained = np.array([not one.changes_weights and not one.learns_from_labels for one in rows.columns.strategies])
    chosen = rows.wide(untrained[rows.candidates.strategy])
    return np.hypot(below, chosen * worse), np.hypot(above, chosen * better)


def _language_doubt(rows: Rows) -> tuple[Quantity, Quantity]:
    """How much worse and how much better a model may be than its scores from other languages say; what rare languages cost is
    drawn already where there are draws. [points]"""
    if not is_measured_elsewhere(rows):
        return 0.0, 0.0
    share = _rarity(rows)
    if not np.any(share):
        return rows.situation["other_language_doubt"], rows.situation["other_language_doubt"]
    if rows.has_draws:
        return 0.0, 0.0
    loss, part = (rows.columns.assumptions[name] for name in (_loss_of(rows.situation.task), "listed_language_share"))
    low, mid, high = (
        share * one * _left_by_training(rows, of_it)
        for one, of_it in ((loss.low, part.low), (loss.mid, part.mid), (loss.high, part.high))
    )
    return high - mid, mid - low


def _left_by_training(rows: Rows, of_it: Quantity) -> Array:
    """What is left of the loss where a translator was trained on pairs of the language. [share]"""
    return np.asarray(1.0 - _trained_share(rows) * (1.0 - of_it))


def _trained_share(rows: Rows) -> Array:
    """How far each candidate is a translator that lists the rare languages asked for: all of them or none; of many without names
    the share that it lists of those that are counted, since nobody knows which are meant. [share]"""
    rare = {tag for tag in _tags(rows) if np.any(_share_of(rows, tag))}
    if not rare and not _is_unnamed(rows):
        return np.zeros_like(rows.wide(rows.candidates.model), float)
    listed = _listed_share(rows.columns, rare or _counted(rows.columns))
    found = rows.of_model(np.floor(listed) if rare else listed)
    return np.where(rows.is_type("translation"), found, 0.0)


def _listed_share(columns: Columns, tags: Collection[str]) -> Array:
    """The share of some languages that each model lists by name."""
    spoken = columns.models.languages
    known = [spoken.vocabulary.index(tag) for tag in sorted(tags) if tag in spoken.vocabulary]
    return np.asarray((spoken.members[:, known] == 1).sum(axis=1) / len(tags))


def _counted(columns: Columns) -> frozenset[str]:
    """Languages beyond the major ones whose texts were counted, by their first code."""
    return frozenset(one.code for one in columns.languages.values() if one.resources) - MAJOR_LANGUAGES


def _loss_of(task: str) -> str:
    if task in HEARS:
        return "rare_language_hearing_loss"
    return "rare_language_writing_loss" if task in WRITES else "rare_language_loss"


def _rarity(rows: Rows) -> Quantity:
    """The share of the loss in a rare language that the rarest of those asked for costs; who says `multilingual` and names none means
    more than the major ones, and nobody knows which."""
    rarest: Quantity = rows.situation["rare_language_share_unnamed"] if _is_unnamed(rows) else 0.0
    for tag in _tags(rows):
        rarest = np.maximum(rarest, _share_of(rows, tag))
    return rarest


def _is_unnamed(rows: Rows) -> bool:
    """Whether many languages are asked for without their names."""
    needs = rows.situation.requirements
    return "multilingual" in {*(needs.languages or ()), *(needs.target_languages or ())}


def _share_of(rows: Rows, tag: str) -> Quantity:
    resources = _resources(rows.columns, tag)
    if _is_well_served(rows.columns, tag):
        is_heard = rows.situation.task in HEARS and tag not in MAJOR_LANGUAGES and resources in RECORDED_LESS
        return rows.situation["hearing_share_class_4"] if is_heard else 0.0
    if resources in SHARE_OF_CLASS:
        return SHARE_OF_CLASS[resources]
    return rows.situation[ASSUMED_SHARE_OF_CLASS.get(resources, "rare_language_share_others")]


def _is_well_served(columns: Columns, tag: str) -> bool:
    """Whether a language costs nothing."""
    return tag in MAJOR_LANGUAGES or _resources(columns, tag) in WELL_SERVED


def _resources(columns: Columns, tag: str) -> int:
    """The class of resources of a language; one that nobody counted has few."""
    return columns.languages[tag].resources if tag in columns.languages else 0


def _tags(rows: Rows) -> set[str]:
    """Languages asked for, without their regions, each by the code it is known by."""
    return _codes(rows.columns, rows.situation.requirements)


def _codes(columns: Columns, needs: Requirements) -> set[str]:
    tags = {tag.split("-")[0] for tag in (*(needs.languages or ()), *(needs.target_languages or ()))} - {"multilingual"}
    known = columns.languages
    return {known[tag].code if tag in known else tag for tag in tags}


def known_languages(columns: Columns, task: str | None = None) -> Sets:
    """Each model's languages, with `multilingual` as one more word. One whose maker lists none knows English where it was measured at the
    task: benchmarks are in English."""
    models = columns.models
    members = np.column_stack([models.languages.members, models.is_multilingual]).astype(np.int8)
    vocabulary = (*models.languages.vocabulary, "multilingual")
    if task is not None and "en" in vocabulary:
        is_measured = np.isin(columns.quality.grades[TASKS.index(task)], [GRADES.index(one) for one in MEASURED])
        members[is_measured & (models.languages.members < 0).all(axis=1), vocabulary.index("en")] = 1
    return Sets(members, vocabulary)


def are_rare(columns: Columns, needs: Requirements) -> bool:
    """Whether a language asked for costs a ready-made model anything; `multilingual` names none."""
    return not all(_is_well_served(columns, tag) for tag in _codes(columns, needs))


def parts_speak(columns: Columns, kind: str, situation: Situation) -> Verdicts | None:
    """Whether each model knows the languages that a component hears or speaks, a voice those that are translated into; None where
    none are stated."""
    needs = situation.requirements
    tags = (needs.target_languages if kind == "tts" else None) or needs.languages
    if not tags:
        return None
    return condition("includes", known_languages(columns), tuple(tag.split("-")[0] for tag in tags))


def language_fit(rows: Rows) -> Array:
    """An English encoder under other languages loses; a multilingual one loses a little."""
    tags = rows.situation.requirements.languages or ()
    if not tags or all(tag.split("-")[0] == "en" for tag in tags):
        return np.zeros_like(rows.wide(rows.candidates.model))
    many = rows.of_model(rows.columns.models.is_multilingual)
    if rows.columns.strategies[int(rows.candidates.strategy[0])].id == "classical_ml":
        many = np.where(rows.is_type("embedding"), many, 1.0)
    situation = rows.situation
    other = np.where(many == 0, situation["english_encoder_loss"], situation["unknown_encoder_language_loss"])
    return np.where(many == 1, situation["multilingual_encoder_loss"], other)


def mixed_languages(rows: Rows) -> Quantity:
    """Word counts do not carry over from one language to another."""
    tags = rows.situation.requirements.languages or ()
    return rows.situation["mixed_languages_loss"] if len(tags) > 1 or "multilingual" in tags else 0.0
