"""Value functions: anchored, monotone, and blind to other candidates."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from recommender.decision.criteria import (
    UNKNOWN_VALUE,
    WORST_COST,
    Anchors,
    cost_value,
    effort_value,
    latency_value,
    normalised,
    points_worth,
    quality_value,
    risk_value,
)

ANCHORS = Anchors(
    quality_zero=40.0,
    quality_aspiration=80.0,
    quality_noise=2.0,
    quality_beyond=0.0,
    cost_floor=1_000.0,
    cost_limit=100_000.0,
    invoice_floor=10.0,
    invoice_limit=1_000.0,
    latency_aspiration=1_000.0,
    latency_limit=5_000.0,
)
amounts = some.floats(0.01, 1e9)


def of(value: float) -> np.ndarray:
    return np.array([value])


def test_money_is_judged_by_its_logarithm() -> None:
    # Both halves lie in the middle of two decades: (ln 100000/10000) / (ln 100) = 0.5.
    assert cost_value(of(10_000.0), of(100.0), ANCHORS)[0] == pytest.approx(0.5)


def test_time_is_judged_linearly() -> None:
    # (5000 - 2000) / (5000 - 1000) = 0.75
    assert latency_value(of(2_000.0), ANCHORS)[0] == pytest.approx(0.75)


def test_waiting_past_the_limit_hurts_with_each_doubling() -> None:
    # 20000 ms are two doublings past the limit of 5000: -(2 ln 2) / ln(5000 / 1000) = -0.8614.
    assert latency_value(of(20_000.0), ANCHORS)[0] == pytest.approx(-0.8614, abs=1e-4)
    assert latency_value(of(5_000.0), ANCHORS)[0] == pytest.approx(0.0)


def test_quality_is_judged_by_its_log_odds_without_steps() -> None:
    # The aspiration of 80 is reached half a noise floor of 2 below it: from ln(40/60) = -0.4055 to ln(79/21) = 1.3249.
    # ln(71/29) = 0.8954, so (0.8954 + 0.4055) / (1.3249 + 0.4055) = 0.7518; ln(72/28) = 0.9445, so 0.7802.
    assert quality_value(of(71.0), ANCHORS)[0] == pytest.approx(0.7518, abs=1e-4)
    assert quality_value(of(72.0), ANCHORS)[0] == pytest.approx(0.7802, abs=1e-4)
    assert quality_value(of(79.0), ANCHORS)[0] == pytest.approx(1.0)


def test_no_small_difference_in_quality_is_worth_much() -> None:
    """A step would make 0.1 points worth as much as three."""
    points = np.arange(45.0, 79.0, 0.1)
    gained = np.diff(quality_value(points, ANCHORS))
    assert gained.min() > 0.0 and gained.max() < 0.005


def test_what_a_quality_is_worth_can_be_turned_around() -> None:
    for points in (45.0, 60.0, 74.0):
        assert points_worth(float(quality_value(of(points), ANCHORS)[0]), ANCHORS) == pytest.approx(points, abs=1e-6)


def test_quality_above_the_bar_earns_nothing() -> None:
    assert quality_value(of(95.0), ANCHORS)[0] == quality_value(of(80.0), ANCHORS)[0] == 1.0


def test_known_to_be_bad_is_worse_than_unknown() -> None:
    assert quality_value(of(5.0), ANCHORS)[0] < quality_value(of(np.nan), ANCHORS)[0] < quality_value(of(41.0), ANCHORS)[0]
    # past -1 with 0.3 of the slope: the better of two that are far too bad still leads
    assert -2.0 < quality_value(of(1.0), ANCHORS)[0] < quality_value(of(2.0), ANCHORS)[0] < -1.0


def test_effort_halves_with_each_factor() -> None:
    # ln(250/27.4) / ln(250/3) = 0.5
    assert effort_value(of(math.sqrt(250 * 3)), ANCHORS)[0] == pytest.approx(0.5)


def test_unknown_is_worse_than_the_limit() -> None:
    unknown = of(math.nan)
    values = (
        quality_value(unknown, ANCHORS),
        latency_value(unknown, ANCHORS),
        effort_value(unknown, ANCHORS),
        risk_value(unknown),
    )
    assert [value[0] for value in values] == [UNKNOWN_VALUE] * 4
    assert cost_value(unknown, unknown, ANCHORS)[0] == WORST_COST <= cost_value(of(1e12), of(1e12), ANCHORS)[0]


def test_each_doubling_past_the_limit_hurts_as_much_as_the_one_before() -> None:
    one, two, four = (float(cost_value(of(n * 1e5), of(n * 1e3), ANCHORS)[0]) for n in (1.0, 2.0, 4.0))
    assert one - two == pytest.approx(two - four) and one > two


@given(amounts, amounts)
def test_dearer_is_never_better(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert cost_value(of(low), of(low), ANCHORS)[0] >= cost_value(of(high), of(high), ANCHORS)[0]


@given(amounts, amounts)
def test_slower_is_never_better(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert latency_value(of(low), ANCHORS)[0] >= latency_value(of(high), ANCHORS)[0]


@given(amounts, some.floats(0.01, 100))
def test_scaling_all_money_changes_nothing(amount: float, scale: float) -> None:
    scaled = Anchors(
        **{
            **vars(ANCHORS),
            "cost_floor": 1_000.0 * scale,
            "cost_limit": 100_000.0 * scale,
            "invoice_floor": 10.0 * scale,
            "invoice_limit": 1_000.0 * scale,
        }
    )
    before = cost_value(of(amount), of(amount), ANCHORS)[0]
    assert cost_value(of(amount * scale), of(amount * scale), scaled)[0] == pytest.approx(before, abs=1e-9)


def test_weights_sum_to_one() -> None:
    weights = normalised({"quality": 3.0, "cost": 1.0})
    assert weights["quality"] == 0.75 and weights["cost"] == 0.25 and sum(weights.values()) == 1.0
