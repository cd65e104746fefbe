"""Classes of pictures that are only named: by ImageNet's, less what one's own cost; guards among what moderates pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from recommender import Catalog, Option, recommend
from recommender.domain.words import TASKS

UNLABELLED: dict[str, Any] = {"task": "image_classification", "data": {"labelled_examples": 0}}


def options(needs: dict[str, Any], catalog: Catalog) -> dict[tuple[str, str], Option]:
    answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=600)
    found = [] if answer.winner is None else [answer.winner, *answer.alternatives]
    return {(one.strategy.id, one.model.id): one for one in found}


@pytest.mark.parametrize(
    ("strategy", "model", "on_imagenet"),
    [("zero_shot", "google/gemini-2.5-flash", None), ("pretrained_as_is", "google/siglip2-so400m-patch14-384", 84.1 - 2)],
)
def test_what_is_only_named_loses_fifteen_points_on_ones_own_pictures(
    strategy: str, model: str, on_imagenet: float | None, catalog: Catalog
) -> None:
    """A ready-made specialist loses two more, as on all of one's own material."""
    columns = catalog.columns
    measured = float(columns.quality.mid[TASKS.index("image_classification")][columns.models.ids.index(model)])
    quality = options(UNLABELLED, catalog)[strategy, model].estimates["quality"]
    assert quality.mid == pytest.approx((on_imagenet or measured) - 15, abs=0.1)
    assert quality.grade == "predicted", "ImageNet's pictures are not one's own"
    assert (quality.low or 99) <= (quality.mid or 0) - 20 and (quality.high or 0) >= (quality.mid or 0) + 11


def test_trained_models_are_held_against_prompted_ones_on_the_same_pictures(catalog: Catalog) -> None:
    columns = catalog.columns
    best = float(columns.quality.rivals[TASKS.index("image_classification")])
    trained = options({**UNLABELLED, "data": {"labelled_examples": 20_000}}, catalog)
    ends = [one.estimates["quality"].mid for (name, _), one in trained.items() if name == "finetune_specialist"]
    assert best - 15 < max(np.array(ends, float)) < 95


def test_without_labels_a_model_that_is_told_the_classes_leads(catalog: Catalog) -> None:
    answer = recommend(UNLABELLED, catalog, draws=0, detail="answer", alternatives=0)
    assert answer.winner is not None and answer.winner.strategy.id == "zero_shot"


def test_guards_that_see_pictures_moderate_them(catalog: Catalog) -> None:
    found = options({"task": "moderation", "modalities": {"input": ["image"]}, "data": {"labelled_examples": 0}}, catalog)
    assert ("pretrained_as_is", "openai/omni-moderation-latest") in found
    assert ("pretrained_as_is", "unitary/toxic-bert") not in found, "it reads texts alone"
    assert ("pretrained_as_is", "openai/omni-moderation-latest") not in options(UNLABELLED, catalog)
