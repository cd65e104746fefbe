"""What is known of a model before any score, and what that says about its general capability."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.domain.evidence import ModelFacts
from recommender.evidence.benchmarks import ReleasedModel

Floats = NDArray[np.float64]
EPOCH = date(1970, 1, 1)
ORIGIN_DAYS = (date(2024, 7, 1) - EPOCH).days
DAYS_PER_YEAR = 365.25
TYPICAL_LOG_PARAMETERS = 1.3
TYPICAL_LOG_ACTIVE = 1.2
"""Terms of the sum, and how strongly each is held near zero where few models speak for it."""
TERMS: tuple[tuple[str, float], ...] = (
    ("constant", 0.001), ("years", 0.3), ("date_known", 0.3), ("log_parameters", 0.3), ("log_active", 0.3),
    ("size_known", 1.0), ("reasoning", 0.5), ("open", 1.0), ("can_reason", 1.0),
    ("log_parameters_by_years", 1.0), ("reasoning_by_years", 1.0), ("closed_tier", 0.3),
)  # fmt: skip
"""Price is no term: it adds nothing on held-out models, and a price that falls would make a model look worse."""
LAB_OF = {
    "qwen": "alibaba", "deepseek-ai": "deepseek", "zai-org": "zai", "meta-llama": "meta", "mistralai": "mistral",
    "minimaxai": "minimax", "coherelabs": "cohere", "ibm-granite": "ibm", "huggingfacetb": "huggingface",
}  # fmt: skip
"""Catalog folders that are one lab under two names."""
TIER_WORDS: tuple[tuple[float, frozenset[str]], ...] = (
    (-2.0, frozenset(("nano", "lite", "micro", "tiny", "ministral", "instant"))),
    (-1.0, frozenset(("flash", "haiku", "mini", "small", "fast", "turbo", "air", "spark"))),
    (1.0, frozenset(("opus", "pro", "max", "ultra", "large", "fable", "plus"))),
)
"""How vendors name sizes they do not publish; the first that fits counts, so flash-lite is lite."""
STAND_APART = frozenset(("translators", "translation-services", "guards", "toxicity-classifiers", "picture-matchers"))
"""Models and services that were trained for one task, to translate, to spot harmful texts or to match pictures and words, as if of a
few labs: nothing that sizes, days and makers say of language models holds for them, nor the other way round."""
LAB_PENALTY = 3.0
LEAST_MODELS_PER_LAB = 4


def known_facts(names: Sequence[str], models: Sequence[ReleasedModel], reasoning: Sequence[bool]) -> ModelFacts:
    """The facts of benchmarked models as columns; `reasoning` says in which mode each was measured."""

    def column(values: list[float | None]) -> Floats:
        return np.array([np.nan if value is None else value for value in values], dtype=float)

    return ModelFacts(
        released=column([None if m.released is None else float((m.released - EPOCH).days) for m in models]),
        parameters_b=column([m.parameters_b for m in models]),
        active_b=column([m.active_b for m in models]),
        is_open=np.array([float(m.is_open) for m in models]),
        reasons=np.array([2.0 if on else float(m.reasons) for m, on in zip(models, reasoning, strict=True)]),
        labs=tuple(m.lab for m in models),
        names=tuple(names),
    )


def design(facts: ModelFacts, labs: Sequence[str]) -> Floats:
    """One row per model, one column per term, then one per lab. `facts.reasons`: 0 cannot, 1 can, 2 does reason first."""
    years, date_known = _filled((facts.released - ORIGIN_DAYS) / DAYS_PER_YEAR)
    size, size_known = _filled(np.log10(facts.parameters_b) - TYPICAL_LOG_PARAMETERS)
    active, _ = _filled(np.log10(facts.active_b) - TYPICAL_LOG_ACTIVE)
    thinks = (facts.reasons >= 2).astype(float)
    can = (facts.reasons >= 1).astype(float)
    is_open = np.clip(facts.is_open, 0, 1)
    one = np.ones(len(years))
    is_llm = np.array([float(lab not in STAND_APART) for lab in facts.labs])
    terms = [
        one, years, date_known, size, active, size_known, thinks, is_open, can,
        size * years, thinks * years, _tiers(facts) * (1 - size_known),
    ]  # fmt: skip
    makers = [LAB_OF.get(lab, lab) for lab in facts.labs]
    of_lab = [np.array([float(maker == name) for maker in makers]) for name in labs]
    return np.column_stack([*(term * is_llm for term in terms), *of_lab])


def penalties(labs: Sequence[str]) -> Floats:
    """How strongly each coefficient is held near zero."""
    return np.array([weight for _, weight in TERMS] + [LAB_PENALTY] * len(labs))


def frequent_labs(labs: Sequence[str]) -> tuple[str, ...]:
    """Labs with enough benchmarked models for a term of their own."""
    names = sorted(set(labs) - {"other"})
    return tuple(name for name in names if sum(lab == name for lab in labs) >= LEAST_MODELS_PER_LAB)


def predict_prior(prior: Mapping[str, Any], facts: ModelFacts) -> tuple[Floats, Floats]:
    """General capability of models without a score: its middle and standard deviation. [capability, 0 typical of mid-2024]

    capability = sum of coefficient x term. An unknown size adds nothing; an unknown release day counts as that of
    the typical recent model; fewer known facts take the wider spread that such models showed.

    References:
        [1] A. E. Hoerl and R. W. Kennard, "Ridge regression", Technometrics 12, 1970, equation 2.1.
            https://doi.org/10.1080/00401706.1970.10488634, read 2026-11-24.
    """
    labs = tuple(prior["labs"])
    seen = np.isfinite(facts.released)
    dated = replace(facts, released=np.where(seen, facts.released, prior["days_if_release_unknown"]))
    coefficients = np.array([prior["terms"][name] for name, _ in TERMS] + [prior["labs"][lab] for lab in labs])
    middle = design(dated, labs) @ coefficients
    known = np.isfinite(facts.released).astype(int) + np.isfinite(facts.parameters_b)
    spread = np.array([prior["spread_by_facts_known"][int(k)] for k in known])
    return middle, spread


def _tiers(facts: ModelFacts) -> Floats:
    """The size a name tells: -2 to 1, 0 where it tells none."""
    if not facts.names:
        return np.zeros(len(facts.labs))
    return np.array([tier_of(name) for name in facts.names])


def tier_of(name: str) -> float:
    """The size that the words of a model's name tell: -2, -1, 0 or 1."""
    words = set(re.split(r"[-_.:/]", name.lower()))
    return next((tier for tier, known in TIER_WORDS if words & known), 0.0)


def _filled(values: Floats) -> tuple[Floats, Floats]:
    """Unknown as zero, and where it was known."""
    known = np.isfinite(values)
    return np.where(known, values, 0.0), known.astype(float)
