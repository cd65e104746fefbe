"""Weighted sums and dominance beside scikit-criteria's, on random tables. Needs `pip install scikit-criteria`.

Prints how many tables agree; with a file name, also records tables and its answers for the tests to hold on to.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel

from recommender.decision.appraisal import parts_of_score
from recommender.decision.criteria import CRITERIA
from recommender.decision.frontier import on_frontier

TABLES, OPTIONS = 200, 12


def random_table(generator: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Values rounded coarsely, so that ties occur, and weights that sum to one."""
    return np.round(generator.random((OPTIONS, len(CRITERIA))), 1), generator.dirichlet(np.ones(len(CRITERIA)))


def ours(table: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[int]]:
    values = {name: table[:, place] for place, name in enumerate(CRITERIA)}
    parts = parts_of_score(values, dict(zip(CRITERIA, weights.tolist(), strict=True)))
    lies_on = on_frontier(table, np.arange(len(table)))
    return np.asarray(sum(parts.values()), float), np.flatnonzero(lies_on).tolist()


def theirs(table: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], list[int]]:
    matrix = mkdm(table, [max] * table.shape[1], weights=weights)
    scores = np.asarray(WeightedSumModel().evaluate(matrix).e_.score, float)
    dominated = np.asarray(matrix.dominance.dominated(strict=False).to_numpy(), bool)
    return scores, np.flatnonzero(~dominated).tolist()


def main(record: Path | None) -> None:
    generator, agree, kept = np.random.default_rng(0), 0, []
    for _ in range(TABLES):
        table, weights = random_table(generator)
        (scores, front), (their_scores, their_front) = ours(table, weights), theirs(table, weights)
        agree += int(np.allclose(scores, their_scores) and front == their_front)
        kept.append(_recorded(table, weights, their_scores, their_front))
    print(f"scikit-criteria {version('scikit-criteria')}: {agree} of {TABLES} tables agree")
    if record is not None:
        heading = (
            f"# Random tables with scikit-criteria {version('scikit-criteria')}'s weighted sums and undominated options.\n"
        )
        record.write_text(heading + yaml.safe_dump(kept[:25], default_flow_style=None, width=200), encoding="utf-8")


def _recorded(table: Any, weights: Any, scores: Any, front: list[int]) -> dict[str, Any]:
    return {
        "table": table.tolist(),
        "weights": [round(float(one), 12) for one in weights],
        "scores": [round(float(one), 9) for one in scores],
        "undominated": front,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
