"""Own machines serve as many at once as answers are of use, whether or not a time limit was stated."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import Catalog, compare
from recommender.decision.usual_waits import latency_anchors
from recommender.engine import decided

SEEN: dict[str, Any] = {
    "task": "visual_question_answering",
    "workload": {"requests_per_month": 10_000.0, "images": 1.0},
    "privacy": {"boundary": "on_premises"},
}
ON_BOARDS = "zero_shot/coherelabs/north-micro-vision-instruct/raspberry-pi-5-8gb-4-bit"


def p95_seconds(needs: dict[str, Any], catalog: Catalog) -> float:
    option = compare(needs, [ON_BOARDS], catalog, draws=0).compared[0].option
    assert option is not None and option.estimates["latency_p95_ms"].mid is not None
    return option.estimates["latency_p95_ms"].mid / 1e3


def test_without_a_limit_a_slow_machine_serves_one_at_a_time(catalog: Catalog) -> None:
    """Twenty seconds are too long at this task, and a board takes four minutes alone: filled to its memory it took 40."""
    assert latency_anchors(decided(SEEN, catalog, None).situation)[1] == 20_000.0
    unstated, stated = (p95_seconds({**SEEN, **more}, catalog) for more in ({}, {"latency": {"p95_ms": 300_000.0}}))
    assert unstated == pytest.approx(stated) and unstated < 300.0


def test_work_that_can_wait_still_fills_the_machine(catalog: Catalog) -> None:
    night = {**SEEN, "workload": {**SEEN["workload"], "mode": "batch", "requests_per_month": 100_000.0}}
    assert p95_seconds(night, catalog) > p95_seconds(SEEN, catalog)
