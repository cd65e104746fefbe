"""Tuning of language models, encoders and specialists on labelled examples."""

from __future__ import annotations

import numpy as np

from recommender.domain.demand import Demand
from recommender.domain.situation import Quantity, Situation
from recommender.techniques import search_index

MOST_MADE = 5_000.0  # labels made by hand for a first version; whoever has more has them from somewhere
COME_WITH_THE_DATA = frozenset(("tabular", "time_series"))  # the outcome stands in the table


def used_examples(situation: Situation) -> Quantity:
    """Examples shown in one run, repeats included; none where there are no labels. [examples]

    About as many whatever their number: few are shown more often, of very many the rest stays unused. So labels at hand never make
    tuning dearer.
    """
    return np.where(np.asarray(situation.labels) > 0, situation["examples_per_run"], 0.0)


def llm_demand(situation: Situation) -> Demand:
    """Tokens seen in training over all passes, and the days around it."""
    each = situation.input_tokens + situation.output_tokens
    return Demand(
        tuned_examples=used_examples(situation),
        tuning_tokens=used_examples(situation) * each,
        labels_checked=labels_by_hand(situation),
        tuning_days=situation["build_days_llm_tuning"],
        upkeep_days=situation["upkeep_days_tuned"],
    )


def encoder_demand(situation: Situation) -> Demand:
    """Examples seen in training, and the days around it."""
    return _small_model_demand(situation, situation["build_days_encoder_tuning"])


def specialist_demand(situation: Situation) -> Demand:
    """Examples seen in training, and the days around it; a tuned embedding finds things through an index as an untuned one does."""
    tuned = _small_model_demand(situation, situation["build_days_specialist_tuning"])
    return tuned + search_index.demand(situation) if situation.task == "semantic_search" else tuned


def _small_model_demand(situation: Situation, days: Quantity) -> Demand:
    return Demand(
        tuned_examples=used_examples(situation),
        labels_checked=labels_by_hand(situation),
        tuning_days=days,
        upkeep_days=situation["upkeep_days_tuned"],
    )


def labels_by_hand(situation: Situation) -> Quantity:
    """Labels that people make or look at again before training. Of those at hand a share, up to 500, so that more labels never cost
    more; those that are not at hand and can be made; where nobody said that there are any, a share of those that are assumed. [labels]"""
    checked = 500.0 * situation["labels_reviewed_share"]
    if situation.spec.family in COME_WITH_THE_DATA:
        return checked
    to_make = np.minimum(labels_to_make(situation), MOST_MADE)
    if not situation.labels_are_stated:
        to_make = to_make + np.minimum(situation.labels_at_hand, MOST_MADE) * situation["unspoken_labels_made_share"]
    return np.maximum(checked, np.minimum(to_make, MOST_MADE))


def labels_to_make(situation: Situation) -> Quantity:
    """Labels that a team does not have and says that it can make, up to what is usual at the task. [labels]"""
    return np.asarray(situation.labels - situation.labels_at_hand, float)
