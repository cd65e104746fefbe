"""Does a trial lead to the right winner? A simulated user whose true qualities are known, with more and more examples.

Truth is drawn from what the engine expects: each of the options shown has its quality drawn from its interval. The right winner
is the one that the engine names when it knows these qualities exactly. A trial measures them on some examples each, as the
share of right answers; the hit rate is how often the engine then names the right winner. Prints the table of docs/trial.md.

    python benchmarks/trial_feedback.py [WORLDS]
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from recommender import Catalog, Option, Requirements, load_catalog, recommend
from recommender.domain.trial_evidence import TrialEvidence
from recommender.engine import decider, with_evidence
from recommender.trial.metrics import standard_error_of_mean

SIZES = (50, 200, 1000)
Z80 = 1.2816
QUESTIONS: dict[str, dict[str, Any]] = {
    "support chat": {"task": "chat", "knowledge": {"documents": 300, "updates": "weekly"}, "preferences": "best_quality"},
    "labels": {"task": "classification", "data": {"labelled_examples": 2000, "classes": 8}},
    "extraction": {"task": "extraction", "data": {"labelled_examples": 300}, "quality": {"error_cost": "high"}},
}


def hit_rates(catalog: Catalog, question: dict[str, Any], worlds: int, seed: int = 0) -> dict[int, float]:
    """Share of worlds with the right winner, by number of examples; 0 is without a trial."""
    needs = Requirements.model_validate(question)
    answer = recommend(needs, catalog, draws=0, detail="answer", alternatives=5)
    options = [one for one in (answer.winner, *answer.alternatives) if one is not None]
    hits = dict.fromkeys((0, *SIZES), 0)
    for world in range(worlds):
        generator = np.random.default_rng([seed, world])
        truth = [_drawn(one, generator) for one in options]
        right = _winner(catalog, needs, options, truth, [0.01] * len(options))
        hits[0] += _winner(catalog, needs, [], [], []) == right
        for size in SIZES:
            scores = [(generator.random(size) < quality / 100.0).astype(float) for quality in truth]
            measured = [100.0 * float(one.mean()) for one in scores]
            hits[size] += _winner(catalog, needs, options, measured, [standard_error_of_mean(one) for one in scores]) == right
    return {size: count / worlds for size, count in hits.items()}


def _drawn(option: Option, generator: np.random.Generator) -> float:
    quality = option.estimates["quality"]
    low, mid, high = (float(one or 0.0) for one in (quality.low, quality.mid, quality.high))
    return float(np.clip(generator.normal(mid, (high - low) / 2.0 / Z80), 1.0, 99.0))


def _winner(
    catalog: Catalog, needs: Requirements, options: list[Option], measured: list[float], errors: list[float]
) -> tuple[int, int]:
    """Strategy and model of the first in the order."""
    results = [
        {
            "strategy": one.strategy.id, "model": one.model.id, "quality": quality, "standard_error": error, "examples": 100,
            "metric": "accuracy", "source": "simulated", "date": "2026-11-24",
        }
        for one, quality, error in zip(options, measured, errors, strict=True)
    ]  # fmt: skip
    evidence = TrialEvidence.model_validate({"task": needs.task, "results": results}) if results else None
    decision = decider(with_evidence(catalog, evidence, needs))(needs)
    row = decision.order[0]
    return int(decision.candidates.strategy[row]), int(decision.candidates.model[row])


def main(worlds: int) -> None:
    catalog = load_catalog()
    print(
        f"| question ({worlds} simulated users each) | no trial | " + " | ".join(f"{size:,} examples" for size in SIZES) + " |"
    )
    print("|---|---|" + "---|" * len(SIZES))
    for name, question in QUESTIONS.items():
        rates = hit_rates(catalog, question, worlds)
        print(f"| {name} | " + " | ".join(f"{100 * rate:.0f} %" for rate in rates.values()) + " |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
