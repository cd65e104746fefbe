"""Intervals from rows that were left out: known answers, groups counted once, and what they cover of another group."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.validation.intervals import coverage_left_out, interval_of_groups, interval_of_rows, interval_of_singles


def test_rows_have_the_small_sample_quantile() -> None:
    # Nineteen rows lie at i / 20: the 2nd and the 18th are the 10th and the 90th percentile.
    found = interval_of_rows(np.arange(1.0, 20.0), np.zeros(19))
    assert (found.low, found.high) == pytest.approx((2.0, 18.0))


def test_models_with_one_row_each_count_as_rows() -> None:
    ratios = np.array([0.5, 1.4, 0.9, 2.0, 1.1, 0.8, 1.0, 1.2, 0.7, 1.6, 0.6, 1.3])
    each, together = interval_of_groups(ratios, np.arange(12)), interval_of_rows(ratios, np.arange(12))
    assert (each.low, each.high) == pytest.approx((together.low, together.high))


def test_a_model_with_many_rows_counts_once() -> None:
    # Nine models around 1 with one row each, one model at 3 with 90 rows: a tenth of the weight, not nine tenths.
    ratios = np.concatenate([np.linspace(0.8, 1.2, 9), np.full(90, 3.0)])
    groups = np.concatenate([np.arange(9), np.full(90, 9)])
    assert interval_of_rows(ratios, groups).low > 1.2
    assert interval_of_groups(ratios, groups).low < 0.9


def test_single_rows_have_the_conformal_factor() -> None:
    # Nine rows: the ceil(0.8 * 10) = 8th smallest factor. Factors: 1, 1.1, 1.25 (of 0.8), 1.3, 1.5, 1.6, 2 (of 0.5), 2.5, 4.
    ratios = np.array([1.0, 1.1, 0.8, 1.3, 1.5, 1.6, 0.5, 2.5, 4.0])
    found = interval_of_singles(ratios, np.arange(9))
    assert (found.low, found.high) == pytest.approx((1 / 2.5, 2.5))


def test_coverage_counts_only_what_other_groups_say() -> None:
    # The third group lies far off: an interval that has seen it would hold it, one from the other two does not.
    ratios = np.array([0.9, 1.0, 1.1, 0.9, 1.0, 1.1, 5.0, 5.0])
    groups = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    covered = coverage_left_out(ratios, groups, interval_of_rows)
    assert covered == pytest.approx(6 / 8)


def test_four_fifths_of_new_rows_lie_inside() -> None:
    # Many small samples of one distribution: Weibull's positions are unbiased, plain quantiles of nineteen rows are too narrow.
    draws = np.exp(np.random.default_rng(5).normal(0.0, 0.4, (4000, 20)))
    inside = [
        interval.low <= row[-1] <= interval.high for row in draws for interval in (interval_of_rows(row[:-1], np.zeros(19)),)
    ]
    assert np.mean(inside) == pytest.approx(0.8, abs=0.02)
