"""How good a start a model is for what is trained on top of it: its score on one public benchmark of models like it.

What labels add is learned from studies of many carriers together; which carrier is the better one, no study of labels tells. But
models that were tuned or probed on the same public set keep their order on other sets.

References:
    [1] S. Kornblith, J. Shlens and Q. V. Le, "Do better ImageNet models transfer better?", CVPR 2019, arXiv:1805.08974, section 4.1:
        log-odds on ImageNet and log-odds after transfer go together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recommender.evidence.strategy_terms import log_odds


@dataclass(frozen=True)
class Start:
    """Models of some types, the benchmark that ranks them as carriers, and which assumption says how much of it carries over.

    Scores in the benchmark's unit: `reference` of the carrier that the studies of labels had, `unscored` of a model that nobody
    tested, a quarter from below in the table of 2026-11-29: fixed, so that no model's quality hangs on another's.
    """

    types: tuple[str, ...]
    benchmark: str
    reference: float
    unscored: float
    counts: str


TEXT = (
    Start(("encoder",), "mnli-tuned", 87.6, 85.0, "start_counts_encoder"),  # RoBERTa base
    Start(("embedding",), "mteb-classification", 67.4, 67.4, "start_counts_embedding"),  # SetFit's MPNet base
)
BOXES = Start(("vision",), "coco-box", 46.9, 42.0, "start_counts_vision")  # YOLOX m
STARTS: dict[str, tuple[Start, ...]] = {
    "classification": TEXT,
    "moderation": TEXT,
    "extraction": TEXT,
    "rewriting": TEXT,
    "object_detection": (BOXES,),
    # What finds the better boxes draws the better masks: no table of masks covers the catalog's models.
    "image_segmentation": (BOXES,),
    "image_classification": (Start(("vision",), "imagenet-tuned", 77.7, 73.7, "start_counts_vision"),),
}


def standing(start: Start, scores: Mapping[str, float], model: str) -> float:
    """How far a model stands above the carrier of the studies. [logits]"""
    return float(log_odds(scores.get(model, start.unscored)) - log_odds(start.reference))
