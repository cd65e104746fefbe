"""Of all machines that hold a model few are crossed with strategies: the right ones."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Catalog, Requirements
from recommender.decision.deployments import OWN_CLOUD, WEIGHT_SHARE, deployments_of
from recommender.decision.machine_names import usable_memory
from recommender.domain.columns import Columns


def _cheapest_by(columns: Columns, speed: np.ndarray, gigabytes: float) -> int:
    """The accelerator whose rent buys most speed, in counts of 1, 2, 4 or 8 that hold so many gigabytes."""
    rentals, hardware = columns.rentals, columns.hardware
    best: dict[int, float] = {}
    for machine, usd in zip(rentals.hardware, rentals.hourly_usd, strict=True):
        fits = any(
            count <= hardware.per_machine[machine] and count * usable_memory(hardware, int(machine)) * WEIGHT_SHARE >= gigabytes
            for count in (1, 2, 4, 8)
        )
        if fits and not hardware.is_unsupported[machine]:
            best[int(machine)] = min(best.get(int(machine), np.inf), float(usd) / float(speed[machine]))
    return min(best, key=lambda machine: (best[machine], machine))


@pytest.mark.parametrize(
    ("task", "name", "follows"),
    [
        ("image_generation", "qwen/qwen-image", "tflops_16"),  # drawing is bound by operations
        ("chat", "qwen/qwen3-8b", "bandwidth_gbps"),  # writing by reading the weights
        ("translation", "google/madlad400-3b-mt", "bandwidth_gbps"),
    ],
)
def test_the_machine_that_is_cheapest_by_what_speed_follows_is_kept(
    catalog: Catalog, task: str, name: str, follows: str
) -> None:
    columns = catalog.columns
    model = columns.models.ids.index(name)
    kept = deployments_of(columns, Requirements.model_validate({"task": task}))
    rows = np.flatnonzero((kept.model == model) & (kept.place == OWN_CLOUD) & (kept.bits == 16.0))
    gigabytes = float(columns.models.parameters_b[model]) * 2.0
    assert _cheapest_by(columns, getattr(columns.hardware, follows), gigabytes) in set(kept.hardware[rows])
