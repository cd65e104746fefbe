"""Quality of what is taken as it is or tuned from there: specialists, search, rules by hand. [points]"""

from __future__ import annotations

import numpy as np

from recommender.decision.estimation import Array, Rows
from recommender.decision.labelled import encoder, nearest_labelled
from recommender.decision.languages import rare_language, ready_made_loss
from recommender.decision.learning import (
    OWN_CLASSES,
    Ends,
    assumed,
    doubtful,
    gained,
    lowered,
    plain,
    share_learned,
    taught_to_write,
)
from recommender.decision.model_quality import rival_quality
from recommender.decision.quality_tables import FORECASTING, forecast_as_it_is
from recommender.decision.voices import VOICES, tuned_voice


def ready_made(rows: Rows, base: Array) -> Ends:
    """A specialist as it is; beyond the major languages it loses, a translator less in those it lists. Which recogniser of things named
    in words is the better one is not known: on open sets they lie within their doubt."""
    if rows.situation.task == FORECASTING:
        return forecast_as_it_is(rows, base)
    lost = ready_made_loss(rows) + rows.situation["own_material_loss"]
    if rows.situation.task == "extraction":
        return lowered(assumed(rows, "ready_recogniser_quality"), lost)
    return plain(np.asarray(base - lost))


def specialist(rows: Rows, base: Array) -> Ends:
    """A tuned specialist, from its own start; where nothing is known of that, only as far as labels alone can tell."""
    situation = rows.situation
    if situation.task == VOICES:
        return tuned_voice(rows, base)
    unlike = rows.situation["own_material_loss"] * (1.0 - share_learned(rows, "finetune_specialist"))
    start = base - ready_made_loss(rows) - unlike
    low, mid, high = gained(rows, "finetune_specialist", start)
    if np.any(start < base - unlike):  # a language that a model knows less never ends better than one it knows
        known = gained(rows, "finetune_specialist", base - unlike)
        low, mid, high = (np.minimum(end, best) for end, best in zip((low, mid, high), known, strict=True))
    if situation.spec.output_kind == "text" and not np.isnan(rival_quality(rows.columns, situation.task)):
        taught = doubtful(rows, "finetune_specialist", taught_to_write(rows, start))
        low, mid, high = (np.fmax(end, own) for end, own in zip((low, mid, high), taught, strict=True))
    if situation.task in OWN_CLASSES:
        has_head = rows.is_type("vision", "audio", "moderation", "embedding")
        heads = encoder(rows)
        low, mid, high = (
            np.where(has_head, np.fmax(own, head), own) for own, head in zip((low, mid, high), heads, strict=True)
        )
    return low, mid, high


def by_hand(rows: Rows) -> Ends:
    """Rules stay below a first draft, on whatever scale the task is measured."""
    nearest, middle, farthest = assumed(rows, "rules_below_draft")
    draft = rows.situation.spec.levels.draft
    return draft - farthest, draft - middle, draft - nearest


def search(rows: Rows, base: Array) -> Ends:
    """Vectors by their retrieval score, less in languages beyond the major ones, keywords by theirs; both combined gain a little."""
    if rows.situation.task in OWN_CLASSES:
        return nearest_labelled(rows, base)
    by_words = rows.is_type("rules")
    found = base + rows.situation["hybrid_search_gain"] - rows.situation["own_material_loss"] - rare_language(rows)
    ends = [np.where(by_words, keyword, found) for keyword in assumed(rows, "keyword_search_quality")]
    return ends[0], ends[1], ends[2]
