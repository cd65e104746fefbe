"""From the case at hand to what a strategy may learn from or look up, and from there to quality with an interval. [points]"""

from __future__ import annotations

import numpy as np

from recommender.decision.criteria import quality_zero
from recommender.decision.estimation import Array, Rows
from recommender.decision.languages import rare_language_of_the_largest
from recommender.decision.lookups import known_or
from recommender.decision.model_quality import rival_quality
from recommender.decision.own_pictures import on_ones_own_pictures
from recommender.domain.evidence import LearningCase
from recommender.domain.situation import Quantity, Situation
from recommender.domain.words import SCALES
from recommender.evidence.strategy_gain import EXAMPLES_PER_HOUR, examples_per_class, strategy_gain
from recommender.evidence.strategy_terms import EXAMPLES_WITHOUT_CLASSES, adapted, kind_of, log_odds, score_of, way_of
from recommender.techniques.pretraining import raw_tokens

Ends = tuple[Array, Array, Array]
"""Low, middle and high of an 80 % interval. [points]"""
LABEL_TASKS = frozenset(("classification", "moderation", "image_classification", "audio_classification", "extraction"))
OWN_CLASSES = LABEL_TASKS | {"object_detection", "image_segmentation"}  # what is looked for is the team's own to define
OWN_WORDING = frozenset(("text_generation", "rewriting", "summarization"))  # what is good is as one's own examples have it
STUDIED_B = 8.0  # parameters of the language models that most studies tuned, from which small_model_loss counts [billions]
UNSTUDIED_LOGITS = 1.0  # half an interval where a catalog holds no calibrated comparisons: wider than most that are, a stopgap
LARGE_READER_B = 100.0  # parameters from which on models read long prompts alike, assumed [billions]
LEAST_RECALL = 0.3  # no prompt of any length is read worse than this: a guard where the line below is drawn on too far


def gained(
    rows: Rows, strategy: str, baseline: Array | float, examples: Quantity | None = None, private: Quantity | None = None
) -> Ends:
    """What the calibrated comparisons make of a baseline.

    Args:
        baseline: the best prompted model's quality for what is trained from nothing, else the model's own. [points]
        examples: to learn from, where they are not those at hand, which alone are in a team's own words.
        private: share of the questions at issue that no model can know, where it is not the case's own. [0-1]
    """
    situation, calibration = rows.situation, rows.columns.calibration.get("strategy")
    whole = np.zeros_like(rows.wide(rows.candidates.model))
    if calibration is None:
        return plain(whole + np.nan)
    found = strategy_gain(
        calibration,
        strategy,
        situation.spec.family,
        learning_case(situation, examples, private, reference(rows) - rare_language_of_the_largest(rows)),
        baseline,
    )
    start = np.asarray(baseline, float)
    low, mid, high = (np.asarray(start + share * (100.0 - start) + whole) for share in (found.low, found.mid, found.high))
    return low, mid, high


def learning_case(
    situation: Situation,
    examples: Quantity | None = None,
    private: Quantity | None = None,
    best_prompted: Quantity | None = None,
) -> LearningCase:
    """The case in the words of the evidence; with other examples or another private share where they are given."""
    needs = situation.requirements
    return LearningCase(
        assumed=situation.assumptions,
        labelled_examples=situation.labels if examples is None else examples,
        classes=_classes(situation),
        is_noisy=needs.data.quality == "noisy",
        corpus_tokens=situation.corpus_tokens,
        answers_in_corpus=situation.answers_in_corpus,
        knowledge_is_private=situation.private_share if private is None else private,
        updates=needs.knowledge.updates or "static",
        retriever_recall=situation["retriever_recall"],
        unlabelled_tokens=raw_tokens(situation),
        labelled_hours=_hours(situation),
        best_prompted=best_prompted,
        is_own_wording=situation.task in OWN_WORDING and examples is None,
    )


def _hours(situation: Situation) -> Quantity | None:
    """Transcribed hours at hand, with those that are made first; None where they are told as examples."""
    stated = situation.requirements.data.labelled_hours
    return None if stated is None else np.maximum(stated, situation.labels / EXAMPLES_PER_HOUR)


def _classes(situation: Situation) -> Quantity:
    if situation.task == "extraction":
        return situation["things_extracted"]
    return situation.classes if situation.task in OWN_CLASSES else 1.0


def examples_of_edits(situation: Situation) -> Quantity:
    """What labels are worth where edits are marked: every kind of edit needs its own, as every class does. [examples]"""
    return situation.labels * EXAMPLES_WITHOUT_CLASSES / situation["kinds_of_edits"]


def share_learned(rows: Rows, strategy: str) -> Quantity:
    """How much of all that one's own material could teach the examples at hand do teach. [0-1]"""
    situation = rows.situation
    return adapted(strategy, examples_per_class(learning_case(situation), kind_of(situation.spec.family)))


def from_their_start(rows: Rows, ends: Ends) -> Ends:
    """What the studies' carriers reach, moved by how much better or worse a start each model is than they were. [points]"""
    moved = _head_start(rows)
    low, mid, high = (score_of(log_odds(end) + moved) for end in ends)
    return low, mid, high


def _head_start(rows: Rows) -> Array:
    """How far each model starts above the studies' carriers, as far as that carries over. [logits]"""
    quality, task, model = rows.columns.quality, SCALES.index(rows.situation.scale), rows.candidates.model
    ahead = rows.wide(quality.standing[task][model])
    moved = np.zeros_like(ahead)
    for name, models in quality.counts[task].items():
        moved = moved + ahead * rows.wide(models[model]) * rows.situation[name]
    return np.asarray(moved, float)


def doubtful(rows: Rows, strategy: str, quality: Array) -> Ends:
    """A quality with the interval that calibrated gains of such a strategy have. [points]"""
    calibration = rows.columns.calibration.get("strategy")
    width = float(calibration["width_logits"][way_of(strategy)]) if calibration else UNSTUDIED_LOGITS
    middle = log_odds(quality)
    return score_of(middle - width), np.asarray(quality, float), score_of(middle + width)


def reference(rows: Rows) -> Array:
    """The best prompted model, or the task's high level where no prompted model is scored. [points]"""
    rival = rival_quality(rows.columns, rows.situation.task)
    return np.asarray(rows.situation.spec.levels.high if np.isnan(rival) else on_ones_own_pictures(rows.situation, rival))


def long_context_recall(rows: Rows) -> Quantity:
    """What stands in a long prompt is found less surely the longer it is, and the smaller the model."""
    situation = rows.situation
    size = known_or(rows.of_model(rows.columns.models.parameters_b), situation["unknown_model_size_b"])
    smaller = np.maximum(np.log10(LARGE_READER_B / np.maximum(size, 0.1)), 0.0)
    lost = situation["long_context_loss_per_tenfold"] + situation["long_context_loss_of_small_models"] * smaller
    most, tenfolds = situation["long_context_recall"], np.log10(np.maximum(situation.corpus_tokens, 1.0) / 1e4)
    return np.clip(most - lost * np.maximum(tenfolds, 0.0), LEAST_RECALL, most)


def assumed(rows: Rows, name: str) -> Ends:
    """An assumed quality with the range that is assumed of it, the same for every candidate. [points]"""
    whole, told = np.zeros_like(rows.wide(rows.candidates.model)), rows.columns.assumptions[name]
    return whole + told.low, whole + rows.situation[name], whole + told.high


def plain(quality: Array, width: Quantity = 0.0) -> Ends:
    """A quality whose strategy adds no doubt of its own, or a stated half-width."""
    return quality - width, quality, quality + width


def lowered(ends: Ends, by: Quantity) -> Ends:
    """All three ends lowered alike."""
    low, mid, high = (np.asarray(end - by) for end in ends)
    return low, mid, high


def smaller_than_studied(rows: Rows) -> Array:
    """What a tuned model loses for being smaller than those of the studies. [points]"""
    size = np.clip(known_or(rows.of_model(rows.columns.models.parameters_b), STUDIED_B), 0.05, STUDIED_B)
    return np.asarray(rows.situation["small_model_loss"] * np.log10(STUDIED_B / size))


def taught_to_write(rows: Rows, start: Array) -> Array:
    """Pairs, which are in the language that is asked for, move a small text-to-text model towards the best prompted one as it is in
    major languages; one of general use the less, the smaller it is. An unknown start counts as the least that matters."""
    labels = np.maximum(rows.situation.labels, 0.0)
    reached = labels / (labels + rows.situation["half_gain_pairs"])
    begin = np.where(np.isnan(start), quality_zero(rows.situation.spec.levels), start)
    smaller = np.where(rows.is_type("translation"), 0.0, smaller_than_studied(rows))
    target = float(reference(rows)) - rows.situation["tuned_specialist_below_rival"] - smaller
    return np.asarray(begin + np.maximum(target - begin, 0.0) * reached)
