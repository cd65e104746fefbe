"""Benchmarks and their scores, read from the catalog's records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recommender.errors import Fault, InputError

REASONING_WORDS = frozenset(("thinking", "think", "reasoning", "enabled", "low", "medium", "high", "xhigh", "max"))
DIRECT_WORDS = frozenset(("non-reasoning", "nothinking", "no-thinking", "none", "minimal", "base", "instant"))
ALWAYS_REASONS = re.compile(
    r"(^|/)(o[134](-|$)|gpt-5(-mini|-nano|-pro)?$|qwq|.*deepseek-r1|.*-think(ing)?\b|magistral|.*-reasoning)"
)
BUDGET = re.compile(r"\d+k\Z")


@dataclass(frozen=True)
class Score:
    """One published score."""

    model: str
    variant: str
    value: float
    day: date

    @property
    def entity(self) -> tuple[str, str]:
        """The model and whether it reasons before it answers: the two are never merged."""
        return self.model, mode_of(self.model, self.variant)


VENDOR_BIAS_POINTS = 2.4
"""Over all benchmarks; where pairs on one benchmark say otherwise, its file does."""


@dataclass(frozen=True)
class Benchmark:
    """A benchmark with its table of scores; `axis` names the ability it measures, `vendor_bias` is how much higher makers' own figures on it
    are than others' of the same models [points]; `same_scale_as` names the benchmark whose numbers its own may be held to as they are."""

    id: str
    measures: str
    axis: str
    unit: str
    higher_is_better: bool
    is_vendor_reported: bool
    noise_floor: float
    chance: float
    reference_rating: float | None
    vendor_bias: float
    source: str
    scores: tuple[Score, ...]
    same_scale_as: str | None = None


@dataclass(frozen=True)
class ReleasedModel:
    """Facts of a benchmarked model: what is known before any score. Units as in ModelFacts."""

    lab: str
    released: date | None
    parameters_b: float | None
    active_b: float | None
    is_open: bool
    reasons: bool


def mode_of(model: str, variant: str) -> str:
    """`reasoning` or `direct`, from the words of a variant and, where they say nothing, from the model's name."""
    words = re.split(r"[|\s+,]+", variant)
    if any(word in DIRECT_WORDS for word in words):
        return "direct"
    if any(word in REASONING_WORDS or BUDGET.match(word) for word in words):
        return "reasoning"
    return "reasoning" if ALWAYS_REASONS.search(model) else "direct"


def read_benchmarks(records: Mapping[str, Mapping[str, Any]]) -> tuple[Benchmark, ...]:
    """Every benchmark among the records of `catalog/benchmarks/`, by id."""
    found = [_benchmark(name, record) for name, record in records.items() if record.get("kind") != "facts"]
    return tuple(sorted(found, key=lambda benchmark: benchmark.id))


def read_released_models(records: Mapping[str, Mapping[str, Any]]) -> dict[str, ReleasedModel]:
    """Facts of every benchmarked model, by the id its scores carry."""
    tables: Iterable[Mapping[str, Any]] = (r["models"] for r in records.values() if r.get("kind") == "facts")
    return {str(model): _released(facts) for table in tables for model, facts in table.items()}


def _benchmark(name: str, record: Mapping[str, Any]) -> Benchmark:
    try:
        return Benchmark(
            id=record["id"],
            measures=record["measures"],
            axis=record["axis"],
            unit=record["unit"],
            higher_is_better=record["higher_is_better"],
            is_vendor_reported=record["reported_by"] == "vendor",
            noise_floor=float(record["noise_floor"]),
            chance=float(record.get("chance", 0)),
            reference_rating=record.get("reference_rating"),
            vendor_bias=float(record.get("vendor_bias", VENDOR_BIAS_POINTS)),
            source=record["source"]["id"],
            same_scale_as=record.get("same_scale_as"),
            scores=tuple(Score(str(row[0]), str(row[1]), float(row[2]), row[3]) for row in record["scores"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        fault = Fault(name, f"not a benchmark: {error}", "compare with a neighbouring file")
        raise InputError([fault]) from None


def _released(facts: Mapping[str, Any]) -> ReleasedModel:
    return ReleasedModel(
        lab=facts["lab"],
        released=facts.get("released"),
        parameters_b=facts.get("params_b"),
        active_b=facts.get("active_b"),
        is_open=facts["open"],
        reasons=facts["reasons"],
    )
