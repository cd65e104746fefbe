"""Of all machines that hold a model few are crossed with strategies: the right ones."""

from __future__ import annotations

import numpy as np
import pytest

from recommender import Catalog, Requirements, recommend
from recommender.decision.deployments import WEIGHT_SHARE, deployments_of
from recommender.decision.groups import Groups
from recommender.decision.machine_names import usable_memory
from recommender.decision.machines import OWN_CLOUD
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


def test_leaving_a_seller_out_never_makes_an_answer_in_time_better(catalog: Catalog) -> None:
    """The cheapest machine that keeps a limit lies between the cheapest and the fastest; it was lost, and found again without the
    seller of the fastest."""
    needs = {
        "task": "code_generation",
        "latency": {"p95_ms": 300},
        "workload": {"requests_per_month": 3_000_000, "input_tokens": 1500, "output_tokens": 30},
    }
    scores = {}
    for gone in ([], ["verda"], ["nebius"], ["seeweb"]):
        winner = recommend({**needs, "exclude": gone}, catalog, detail="answer", draws=0).winner
        assert winner is not None
        scores[tuple(gone)] = winner.score.total
    assert max(scores.values()) == scores[()]
    assert len(set(scores.values())) > 1, "leaving out what it runs on changes something"


def test_the_front_of_each_group_is_what_nothing_beats_in_price_and_speed() -> None:
    group = np.array([0, 0, 0, 0, 1, 1, 1])
    price = np.array([1.0, 2.0, 3.0, 3.0, 5.0, 4.0, np.nan])
    speed = np.array([10.0, 9.0, 30.0, 20.0, 1.0, np.nan, 7.0])
    assert sorted(Groups.of(group).front(price, speed).tolist()) == [0, 2, 4, 5, 6]
