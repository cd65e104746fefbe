"""What a strategy is made of, as a sum of terms on the log-odds scale: one list for fitting and for predicting.

log-odds(strategy) - log-odds(rival) = terms(strategy) - terms(rival) + pull of the rival's own level

Terms are shared (every strategy, everything trained, what more examples add) and own (this strategy, this kind of task), so
a study about one strategy also speaks for its neighbours, and a rival is just another strategy subtracted: a network of
comparisons.

References:
    [1] G. Lu and A. E. Ades, "Combination of direct and indirect evidence in mixed treatment comparisons", Statistics in
        Medicine 23, 2004, section 2. https://doi.org/10.1002/sim.1875, read 2026-11-24.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Quantity = float | Floats
Terms = dict[str, Quantity]

KINDS: dict[str, str] = {
    "classification": "label", "nlu_pair": "label", "audio_classification": "label",
    "extraction": "extract",
    "structured_generation": "struct", "text_to_sql": "struct", "api_call_generation": "struct",
    "reasoning": "reason", "math_reasoning": "reason", "agentic": "reason",
    "code_generation": "code",
    "open_generation": "open", "summarization": "open", "translation": "open", "rewriting": "open",
    "knowledge_qa": "know",
    "grounded_qa": "ground", "reading_comprehension": "ground", "long_document_qa": "ground", "vision_language": "ground",
    "retrieval": "search", "similarity": "search",
    "image_classification": "image",
    "image_generation": "draw", "video_generation": "draw",
    "asr": "speech", "speech": "speech",
}  # fmt: skip
ADAPTED = frozenset(("finetune_llm", "finetune_specialist", "few_shot_cache"))
"""These start from what the model can already do: without examples they change nothing."""
LEARNERS = frozenset(("finetune_encoder", "tuned_encoder", "full_data", "setfit", "classical_ml"))
"""These start from nothing: without examples they know no label."""
Way = Literal["prompted", "adapted", "trained"]
WAY_OF: dict[str, Way] = {
    "few_shot": "prompted", "few_shot_retrieved": "prompted", "few_shot_cache": "prompted", "rag": "prompted",
    "rag_finetune": "prompted", "rag_finetune_raw": "prompted", "long_context": "prompted", "continued_pretraining": "prompted",
    "finetune_llm": "adapted", "finetune_specialist": "adapted",
}  # fmt: skip
"""How sure a gain is depends on the way: results scatter less where weights stay, or nearly stay, as they are."""
NOT_A_METHOD = frozenset((
    "own_prompt", "best_prompt", "few_shot_retrieved", "rag_finetune", "rag_finetune_raw", "pretrained_as_is",
))  # fmt: skip
ENCODERS = {"tuned_encoder": "finetune_encoder", "full_data": "finetune_encoder"}
EXAMPLES_WITHOUT_CLASSES = 10.0
"""Where a task has no classes, every ten examples count as one per class."""
MOST_PER_CLASS, TYPICAL_PER_CLASS = 1000.0, 100.0
HALF_ADAPTED_PER_CLASS = {"finetune_llm": 20.0}
HALF_ADAPTER_PER_CLASS = 2.0
LEAST_SHOTS, TYPICAL_SHOTS, MOST_SHOTS = 0.01, 1.0, 100.0
"""Examples shown in the prompt, per class: ten show two classes well, and seventy-seven hardly."""
FIRST_YEAR, YEARS_SPAN = 2023, 3.0
LOW_SPEECH_SCORE = 85.0
LEAST, MOST = 2.0, 98.5
"""Scores nearer to 0 or 100 than this are read as this: their log-odds say more about the test than about the method."""


def log_odds(score: Quantity) -> Floats:
    """Log-odds of a score. [logits from points]"""
    share = np.clip(np.asarray(score, dtype=float), LEAST, MOST) / 100
    return np.asarray(np.log(share / (1 - share)))


def score_of(logits: Quantity) -> Floats:
    """The inverse of `log_odds`. [points from logits]"""
    return np.asarray(100 / (1 + np.exp(-np.asarray(logits, dtype=float))))


def way_of(strategy: str) -> Way:
    """The way a strategy changes a model; what is in no table starts from nothing."""
    return WAY_OF.get(strategy, "trained")


def kind_of(family: str) -> str:
    """The kind of task a family belongs to; families nobody compared count as open."""
    return KINDS.get(family, "open")


def strategy_terms(strategy: str, kind: str, per_class: Quantity, shots: Quantity, corpus: str, is_private: bool) -> Terms:
    """The terms of one strategy.

    Args:
        strategy: a word of the evidence files, such as finetune_llm, setfit, rag or own_prompt.
        kind: the kind of task.
        per_class: labelled examples per class. [examples]
        shots: examples shown in the prompt, per class; without classes, ten count as one. [examples]
        corpus: holds, partly or lacks: whether the documents contain the answers.
        is_private: whether the model cannot know the answers from training.
    """
    found: Terms = {}
    if strategy not in NOT_A_METHOD and corpus != "lacks":
        found["any"] = 1.0
    if strategy in ADAPTED:
        found = _adapted(strategy, kind, per_class)
    elif strategy in LEARNERS:
        found |= _learning(strategy, kind, per_class)
    elif strategy.startswith("few_shot"):
        found |= _shown(strategy, kind, shots)
    elif strategy.startswith("rag") or strategy == "long_context":
        found |= _looked_up(strategy, corpus, is_private)
    elif strategy != "own_prompt":
        found[strategy] = 1.0
    return found


def rival_strength(kind: str, year: Quantity) -> Terms:
    """The best prompted model of a year, against a small model's own prompt."""
    found: Terms = {"best_prompt": 1.0, "best_prompt:year": (np.asarray(year, dtype=float) - FIRST_YEAR) / YEARS_SPAN}
    if kind in ("code", "know"):
        found["best_prompt:hard"] = 1.0
    return found


def learned(per_class: Quantity) -> Floats:
    """How much examples add: decades above the typical number, flat above the most. [decades]"""
    shown = np.clip(np.asarray(per_class, dtype=float), 0.1, MOST_PER_CLASS)
    return np.asarray(np.log10(shown / TYPICAL_PER_CLASS))


def adapted(strategy: str, per_class: Quantity) -> Floats:
    """How far examples move a model from what it could do already. [0-1]"""
    shown = np.clip(np.asarray(per_class, dtype=float), 0.0, MOST_PER_CLASS)
    return np.asarray(shown / (shown + HALF_ADAPTED_PER_CLASS.get(strategy, HALF_ADAPTER_PER_CLASS)))


def _adapted(strategy: str, kind: str, per_class: Quantity) -> Terms:
    reached = adapted(strategy, per_class)
    return {"any": reached, "trained": reached, strategy: reached, f"{strategy}:{kind}": reached}


def _learning(strategy: str, kind: str, per_class: Quantity) -> Terms:
    decades = learned(MOST_PER_CLASS if strategy == "full_data" else per_class)
    name = ENCODERS.get(strategy, strategy)
    return {"trained": 1.0, name: 1.0, f"{name}:{kind}": 1.0, "examples": decades, f"{name}:examples": decades}


def _shown(strategy: str, kind: str, shots: Quantity) -> Terms:
    decades = np.log10(np.clip(np.asarray(shots, dtype=float), LEAST_SHOTS, MOST_SHOTS) / TYPICAL_SHOTS)
    found: Terms = {"any": 1.0, "few_shot": 1.0, "few_shot:examples": np.asarray(decades)}
    if kind == "label":
        found["few_shot:label"] = 1.0
    if strategy == "few_shot_retrieved":
        found["few_shot:retrieved"] = 1.0
    return found


def _looked_up(strategy: str, corpus: str, is_private: bool) -> Terms:
    found: Terms = {f"look_up:{corpus or 'partly'}": 1.0}
    if corpus != "lacks":
        found["any"] = 1.0
        if is_private:
            found["look_up:private"] = 1.0
    extra = {"long_context": "long_context", "rag_finetune": "tuned_to_read", "rag_finetune_raw": "tuned_on_raw_text"}
    if strategy in extra:
        found[extra[strategy]] = 1.0
    return found


def total(terms: Mapping[str, Quantity], coefficients: Mapping[str, float]) -> Quantity:
    """The sum of coefficient x term; terms nobody measured add nothing. [logits]"""
    return sum((coefficients.get(name, 0.0) * np.asarray(value, dtype=float) for name, value in terms.items()), np.asarray(0.0))
