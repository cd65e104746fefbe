"""Quality of every candidate: the model's own at the task, and what the strategy makes of it. Points, 0 to 100.

The rival of anything that is trained is always the best prompted model in the catalog, not the small model's own start.
Unknown stays NaN. More labels never lower it; a corpus without the answers never makes retrieval attractive.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.model_quality import Quality, model_quality, rival_quality
from recommender.decision.staying import as_judged
from recommender.domain.situation import Quantity
from recommender.domain.words import GRADES, TASKS

MAJOR_LANGUAGES = frozenset(
    ["en", "de", "fr", "es", "it", "pt", "nl", "ja", "zh", "ko", "ru", "ar", "pl", "sv", "da", "no", "fi", "cs", "tr", "uk"]
)
LABEL_TASKS = frozenset(("classification", "moderation", "image_classification", "audio_classification", "extraction"))
EXAMPLES_PER_CLASS_FEW = 8.0


def middle_quality_of(rows: Rows) -> Quality:
    """Every candidate's quality without its interval, which only what is shown needs."""
    task = TASKS.index(rows.situation.task)
    model = rows.candidates.model
    mid = np.clip(_with_strategy(rows, rows.wide(rows.columns.quality.mid[task][model])), 0, 100)
    nowhere = np.full(np.shape(mid), np.nan)
    return as_judged(rows, Quality(nowhere, mid, nowhere, _grades(rows, mid, rows.columns.quality.grades[task][model])))


def quality_of(rows: Rows) -> Quality:
    """Every candidate's quality with its interval."""
    columns, situation = rows.columns, rows.situation
    task = TASKS.index(situation.task)
    model = rows.candidates.model
    base = {name: rows.wide(getattr(columns.quality, name)[task][model]) for name in ("low", "mid", "high")}
    grades = columns.quality.grades[task][model]
    ends = {name: _with_strategy(rows, value) for name, value in base.items()}
    extra = _strategy_width(rows)
    mid = ends["mid"]
    low = np.minimum(np.where(np.isnan(ends["low"]), mid, ends["low"]), mid) - extra
    high = np.maximum(np.where(np.isnan(ends["high"]), mid, ends["high"]), mid) + extra
    found = Quality(np.clip(low, 0, 100), np.clip(mid, 0, 100), np.clip(high, 0, 100), _grades(rows, mid, grades))
    return as_judged(rows, found)


def _grades(rows: Rows, mid: Array, own: Array) -> Array:
    """A strategy's gain is always predicted; what nothing is known of has no grade."""
    plain = _is(rows, "zero_shot", "pretrained_as_is", "embedding_search")
    grades = np.where(plain, own, GRADES.index("predicted"))
    unknown = np.isnan(mid) if mid.ndim == 1 else np.isnan(mid).all(axis=1)
    return np.asarray(np.where(unknown, GRADES.index("none"), grades))


def _is(rows: Rows, *names: str) -> Array:
    flags = np.array([strategy.id in names for strategy in rows.columns.strategies], bool)
    return np.asarray(flags[rows.candidates.strategy])


def _strategy_width(rows: Rows) -> Array:
    """Half the 80 % interval that the strategy adds: published gains scatter by about this much. [points]"""
    plain = _is(rows, "zero_shot", "pretrained_as_is", "embedding_search")
    light = _is(rows, "few_shot", "cascade", "long_context", "tool_agent")
    return rows.wide(np.where(plain, 0.0, np.where(light, 3.0, 7.0)))


def _with_strategy(rows: Rows, base: Array) -> Array:
    """The strategy's quality, each by its own reasoning."""
    found = np.full((len(rows.candidates), *rows.situation.draws), np.nan)
    for place, strategy in enumerate(rows.columns.strategies):
        mask = rows.candidates.strategy == place
        if mask.any():
            found[mask] = FORMULAS[strategy.id](rows.only(mask), base[mask])
    return found


# --- prompting ---------------------------------------------------------------------------------------------------------


def _prompted(rows: Rows, base: Array) -> Array:
    """A model on its own; a small one loses more in languages beyond the major ones."""
    size = np.nan_to_num(rows.of_model(rows.columns.models.parameters_b), nan=200.0)
    smallness = np.clip(1.5 - np.log10(np.maximum(size, 0.1)) * 0.35, 0.6, 1.5)
    return base - _rare_language(rows) * smallness


def _rare_language(rows: Rows) -> Array | float:
    needs = rows.situation.requirements
    tags = {tag.split("-")[0] for tag in (*(needs.languages or ()), *(needs.target_languages or ()))}
    return rows.situation["rare_language_loss"] if tags - MAJOR_LANGUAGES else 0.0


def _headroom(base: Array, share: Array | float) -> Array:
    return np.asarray(base + share * (100.0 - base))


def _closed_book(rows: Rows, base: Array) -> Array:
    """Questions that rest on one's own documents fail without them."""
    share = rows.situation.private_share
    return np.asarray(share * np.minimum(rows.situation["quality_without_the_documents"], base) + (1.0 - share) * base)


def _grounded(rows: Rows, base: Array, recall: Array | float) -> Array:
    """Such questions are answered as often as the documents hold the answer and it is put before the model."""
    situation = rows.situation
    reached = recall * situation.answers_in_corpus
    reading = _headroom(base, situation["grounded_headroom"])
    missing = np.minimum(situation["quality_without_the_documents"], base)
    private = reached * reading + (1.0 - reached) * missing
    return np.asarray(situation.private_share * private + (1.0 - situation.private_share) * base)


def _long_context_recall(rows: Rows) -> Array | float:
    """What stands in a long prompt is found less surely the longer it is."""
    tokens = np.maximum(rows.situation.corpus_tokens, 1.0)
    return np.clip(0.98 - 0.07 * np.maximum(np.log10(tokens / 1e4), 0.0), 0.3, 0.98)


def _few_shot(rows: Rows, base: Array) -> Array:
    situation = rows.situation
    name = "headroom_few_shot_label" if situation.task in LABEL_TASKS else "headroom_few_shot_text"
    shown = np.minimum(situation.labels, situation["few_shot_examples"] * 4.0)
    return _headroom(base, situation[name] * shown / (shown + 6.0))


def _with_tools(rows: Rows, base: Array) -> Array:
    """Tools help where there is something to act on or to check."""
    helps = {"agentic": 1.0, "code_generation": 1.0, "reasoning": 0.6, "text_to_sql": 0.6, "chat": 0.5}
    share = helps.get(rows.situation.task, 0.1)
    return _headroom(base, rows.situation["headroom_tools"] * share)


def _cascade(rows: Rows, base: Array) -> Array:
    """Escalation recovers most of the gap to the vendor's best model."""
    best = _best_of_vendor(rows)
    gap = np.maximum(best - base, 0.0)
    return np.asarray(base + rows.situation["cascade_recovers"] * gap)


def _best_of_vendor(rows: Rows) -> Array:
    columns = rows.columns
    scores = model_quality(columns, rows.situation.task)[columns.offers.model]
    best = np.full(len(columns.offers.provider_ids) + 1, np.nan)
    for provider in range(len(columns.offers.provider_ids)):
        own = scores[(columns.offers.provider == provider) & columns.offers.is_offered]
        known = own[~np.isnan(own)]
        best[provider] = known.max() if len(known) else np.nan
    return rows.wide(best[np.append(columns.offers.provider, len(best) - 1)[rows.candidates.offer]])


# --- tuning ------------------------------------------------------------------------------------------------------------


def _tuned(rows: Rows, base: Array) -> Array:
    """A tuned language model moves from its own start towards where studies found tuned models: a little above the best
    prompted one for narrow tasks, below it for facts and reasoning; smaller models reach less."""
    situation = rows.situation
    name = f"tuned_over_rival_{situation.spec.family}"
    over = situation[name] if name in situation.assumptions else situation["tuned_over_rival_other"]
    size = np.clip(np.nan_to_num(rows.of_model(rows.columns.models.parameters_b), nan=8.0), 0.05, 8.0)
    target = np.minimum(_reference(rows) + over - situation["small_model_loss"] * np.log10(8.0 / size), 98.0)
    labels = np.maximum(situation.labels, 0.0)
    reached = labels / (labels + situation["half_gain_examples"])
    start = _prompted(rows, base)
    return np.asarray(start + np.maximum(target - start, 0.0) * reached)


def _pretrained_on(rows: Rows, base: Array) -> Array:
    """Raw text of one's own field or language adds where the model knew little."""
    return _headroom(base, rows.situation["pretraining_gain"] + np.where(_rare_language(rows) > 0, 0.15, 0.0))


def _from_scratch(rows: Rows) -> Array:
    """Without a base to start from, what researchers with huge data reach is a good model, not the best."""
    levels = rows.situation.spec.levels
    return np.full(np.shape(rows.wide(rows.candidates.model)), levels.good)


def _per_class(rows: Rows) -> Array:
    """Examples per class; a text from which things are extracted holds several kinds, about eight."""
    labels = np.maximum(np.asarray(rows.situation.labels, float), 1.0)
    return np.asarray(labels / (8.0 if rows.situation.task == "extraction" else max(rows.situation.classes, 1.0)))


def _reference(rows: Rows) -> float:
    """The best prompted model, or the task's high level where no prompted model is scored."""
    rival = rival_quality(rows.columns, rows.situation.task)
    return rows.situation.spec.levels.high if np.isnan(rival) else rival


def _encoder(rows: Rows) -> Array:
    """A learning curve: at eight labels per class well below the best prompted model, above it from about sixty."""
    situation = rows.situation
    top = _headroom(np.asarray(_reference(rows)), situation["encoder_over_rival"])
    few = np.maximum(_per_class(rows), 0.5)
    loss = situation["encoder_few_labels_loss"] * (few / EXAMPLES_PER_CLASS_FEW) ** -0.5
    writes_text = 6.0 if situation.spec.output_kind == "text" and situation.task not in LABEL_TASKS else 0.0
    return np.asarray(top - loss - writes_text - _language_fit(rows)) + 0.0 * rows.wide(rows.candidates.model)


def _language_fit(rows: Rows) -> Array:
    """An English encoder under other languages loses; a multilingual one loses a little."""
    tags = rows.situation.requirements.languages or ()
    if not tags or all(tag.split("-")[0] == "en" for tag in tags):
        return np.zeros_like(rows.wide(rows.candidates.model))
    many = rows.of_model(rows.columns.models.is_multilingual)
    if rows.columns.strategies[int(rows.candidates.strategy[0])].id == "classical_ml":
        many = np.where(rows.is_type("embedding"), many, 1.0)
    return np.where(many == 1, 1.0, np.where(many == 0, 15.0, 6.0))


def _classical(rows: Rows) -> Array:
    """Tables and series are its home; on text and pictures it stays below a tuned encoder."""
    situation = rows.situation
    if situation.task in ("tabular_prediction", "time_series_forecasting"):
        trees = np.where(rows.is_type("linear"), situation["tabular_linear"], situation["tabular_trees"])
        gain = 6.0 * np.minimum(1.0, np.log10(np.maximum(situation.labels, 10.0)) / 5.0)
        return np.asarray(trees + gain)
    saturated = 0.4 + 0.6 * np.clip(np.log10(np.maximum(_per_class(rows), 1.0)) / 3.0, 0.0, 1.0)
    frozen = np.where(rows.is_type("embedding"), saturated, 1.0)
    seen = 2.0 if {"image", "audio", "video"} & set(situation.spec.input) or situation.task == "extraction" else 1.0
    mixed = np.where(rows.is_type("embedding"), 0.0, _mixed_languages(rows))
    return np.asarray(_encoder(rows) - situation["classical_below_encoder"] * frozen * seen - mixed)


def _mixed_languages(rows: Rows) -> Quantity:
    """Word counts do not carry over from one language to another."""
    tags = rows.situation.requirements.languages or ()
    return rows.situation["mixed_languages_loss"] if len(tags) > 1 or "multilingual" in tags else 0.0


def _distilled(rows: Rows) -> Array:
    """A student comes close to its teacher, the best prompted model, and never passes it."""
    small = np.clip(np.nan_to_num(rows.of_model(rows.columns.models.parameters_b), nan=8.0), 0.05, 1000.0)
    size = np.where(rows.is_llm, np.maximum(3.0 - np.log10(small), 0.0), 0.0)
    taught = np.minimum(rows.situation["examples_per_teacher_run"], rows.situation.items_at_hand)
    few = rows.situation["encoder_few_labels_loss"] * (taught / (8.0 * 8.0)) ** -0.5
    writes = np.where(rows.is_type("encoder") & (rows.situation.task not in LABEL_TASKS), 12.0, 0.0)
    found = _reference(rows) - rows.situation["student_below_teacher"] - size - writes - few - _language_fit(rows)
    return np.asarray(_closed_book(rows, np.asarray(found)))


# --- ready-made --------------------------------------------------------------------------------------------------------


def _ready_made(rows: Rows, base: Array) -> Array:
    """A specialist as it is; beyond the major languages it loses."""
    if rows.situation.task == "time_series_forecasting":
        return np.where(np.isnan(base), rows.situation["tabular_trees"] - 4.0, base)
    return np.asarray(base - _rare_language(rows))


def _specialist(rows: Rows, base: Array) -> Array:
    """A tuned specialist closes part of what the ready-made one leaves; where that is unknown, from the task's draft level."""
    situation = rows.situation
    start = np.where(np.isnan(base), situation.spec.levels.draft, base)
    labels = np.maximum(situation.labels, 0.0)
    half = (
        situation["half_gain_pictures"]
        if situation.spec.family == "image_generation"
        else situation["half_gain_examples"] * 2.0
    )
    reached = labels / (labels + half)
    is_search = situation.spec.family == "retrieval"
    share = situation["headroom_tuned_retrieval" if is_search else "headroom_tuned_specialist"]
    found = _headroom(start - _rare_language(rows) * (1.0 - 0.8 * reached), share * reached)
    if not np.isnan(rival_quality(rows.columns, situation.task)) and situation.spec.output_kind == "text":
        target = _reference(rows) - situation["tuned_specialist_below_rival"]
        found = np.maximum(found, start + np.maximum(target - start, 0.0) * reached)
    if situation.task in LABEL_TASKS:
        return np.maximum(found, np.where(rows.is_type("vision", "audio", "moderation", "embedding"), _encoder(rows), found))
    return np.asarray(found)


def _search(rows: Rows, base: Array) -> Array:
    """Vectors by their retrieval score, keywords by theirs; both combined gain a little."""
    keyword = rows.situation["keyword_search_quality"]
    start = np.where(np.isnan(base), rows.situation.spec.levels.draft, base)
    return np.where(rows.is_type("rules"), keyword, start + 2.0)


# --- the one table of strategies -----------------------------------------------------------------------------------------

FORMULAS: dict[str, Callable[[Rows, Array], Array]] = {
    "zero_shot": lambda rows, base: _closed_book(rows, _prompted(rows, base)),
    "few_shot": lambda rows, base: _closed_book(rows, _few_shot(rows, _prompted(rows, base))),
    "long_context": lambda rows, base: _grounded(rows, _prompted(rows, base), _long_context_recall(rows)),
    "tool_agent": lambda rows, base: _grounded(rows, _with_tools(rows, _prompted(rows, base)), _recall(rows)),
    "cascade": lambda rows, base: _closed_book(rows, _cascade(rows, _prompted(rows, base))),
    "rag": lambda rows, base: _grounded(rows, _prompted(rows, base), _recall(rows)),
    "rag_finetune": lambda rows, base: _grounded(rows, _tuned(rows, base), _recall(rows)),
    "finetune_llm": lambda rows, base: _closed_book(rows, _tuned(rows, base)),
    "continued_pretraining": lambda rows, base: _closed_book(rows, _pretrained_on(rows, _tuned(rows, base))),
    "train_from_scratch": lambda rows, base: _from_scratch(rows),
    "finetune_specialist": lambda rows, base: _specialist(rows, base),
    "pretrained_as_is": lambda rows, base: _ready_made(rows, base),
    "embedding_search": lambda rows, base: _search(rows, base),
    "finetune_encoder": lambda rows, base: _encoder(rows),
    "classical_ml": lambda rows, base: _classical(rows),
    "distillation": lambda rows, base: _distilled(rows),
    "rules": lambda rows, base: rows.situation["rules_quality"] + 0.0 * rows.wide(rows.candidates.model),
}


def _recall(rows: Rows) -> Quantity:
    """How often retrieval finds the passage that holds the answer. [share]"""
    return rows.situation["retriever_recall"]
