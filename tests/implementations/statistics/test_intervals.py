"""Confidence intervals, held to R, NIST and their own promise."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inputs import REFERENCE, SAMPLE, as_printed, published, reference, table
from mlmath_helpers.statistics import (
    confidence_interval,
    correct_digits,
    proportion_interval,
)

PUBLISHED = published("published_statistics.json")
R = reference("r_statistics.json")
SLEEP = PUBLISHED["t_paired_sleep"]["inputs"]
UNIVARIATE = reference("nist/univariate_certified.json")
ROUNDING = 1e-12  # R prints 15 digits; a dozen operations may cost the last three
QUANTILE = 1e-9  # the quantile of t in scipy 1.13 keeps ten digits, in later ones all


def test_the_articles_interval():
    low, high = confidence_interval([85, 87, 82, 86, 88, 85, 87])
    assert (f"{low:.2f}", f"{high:.2f}") == ("83.89", "87.54")


# --- intervals


def test_the_interval_by_hand():
    # mean 2, s = 1, n = 3; the 97.5% point of t with 2 degrees is 0.95 sqrt(2 / (1 - 0.95^2))
    t_star = 0.95 * math.sqrt(2 / (1 - 0.95**2))
    assert confidence_interval([1, 2, 3]) == pytest.approx(
        (2 - t_star / math.sqrt(3), 2 + t_star / math.sqrt(3)), rel=QUANTILE
    )


@pytest.mark.parametrize(
    ("data", "confidence", "name"),
    [
        (SLEEP["group1"] + SLEEP["group2"], 0.95, "sleep_one_sample"),
        (np.subtract(SLEEP["group1"], SLEEP["group2"]), 0.95, "sleep_paired"),
        (np.subtract(SLEEP["group1"], SLEEP["group2"]), 0.99, "sleep_paired_99"),
        (table("nist_zarr13.csv")["calibration_factor"], 0.95, "nist_zarr13_one_sample"),
    ],
)
def test_intervals_agree_with_r(data, confidence, name):
    assert confidence_interval(data, confidence) == pytest.approx(
        R["t_tests"][name]["conf_int"], rel=QUANTILE
    )


def test_the_interval_that_nist_prints():
    entry = PUBLISHED["ci_mean_nist_zarr13"]
    interval = confidence_interval(table("nist_zarr13.csv")["calibration_factor"], 0.95)
    assert all(map(as_printed, interval, entry["expected_as_printed"]["ci95"]))


@pytest.mark.parametrize("name", UNIVARIATE)
def test_the_intervals_centre_and_width_keep_nists_digits(name):
    certified = UNIVARIATE[name]
    lines = (REFERENCE / "nist" / certified["file"]).read_text().splitlines()
    data = [float(line) for line in lines[certified["first_data_line"] - 1 :] if line.strip()]
    low, high = confidence_interval(data, 0.95)
    n, t_star = len(data), stats.t.ppf(0.975, len(data) - 1)
    assert correct_digits((low + high) / 2, certified["mean"]) > 14
    # high - low cancels the digits of the mean, all that double precision leaves
    ratio = abs(certified["mean"]) / (high - low)
    width = 2 * t_star * certified["sd"] / math.sqrt(n)
    assert correct_digits(high - low, width) > min(13, 15 - math.log10(max(ratio, 1)))


def test_constant_data_give_an_interval_of_no_width():
    low, high = confidence_interval([7, 7, 7])
    assert low == high == 7


@given(st.floats(-1e6, 1e6), st.integers(2, 30))
def test_constant_data_give_their_value_to_the_last_digit(x, n):
    assert confidence_interval([x] * n) == (x, x)  # 0.1 + 0.1 + 0.1 is not 3 times 0.1


def test_data_as_far_apart_as_doubles_are_keep_their_spread():
    # The mean lies between two doubles; about either, the squares are twice too large.
    low, high = confidence_interval([1e15, 1e15 + 0.125], 0.99)
    width = 2 * stats.t.ppf(0.995, 1) * 0.125 / 2
    assert high - low == pytest.approx(width, abs=0.25)


@given(SAMPLE, st.floats(0.01, 0.98))
def test_more_confidence_is_a_wider_interval(data, confidence):
    low, high = confidence_interval(data, confidence)
    wider_low, wider_high = confidence_interval(data, confidence + 0.01)
    assert wider_low < low < high < wider_high


@given(SAMPLE, st.floats(-50, 50), st.floats(0.1, 10))
def test_the_interval_moves_and_stretches_with_the_data(data, shift, factor):
    low, high = confidence_interval(data)
    moved = confidence_interval(shift + factor * np.array(data))
    assert moved == pytest.approx((shift + factor * low, shift + factor * high), abs=1e-8)


def test_the_interval_keeps_its_promise_on_normal_data():
    rng = np.random.default_rng(0)
    intervals = np.array([confidence_interval(row, 0.9) for row in rng.normal(5, 3, (4000, 4))])
    covered = ((intervals[:, 0] <= 5) & (intervals[:, 1] >= 5)).mean()
    assert covered == pytest.approx(0.9, abs=4 * math.sqrt(0.9 * 0.1 / 4000))


def test_the_interval_breaks_its_promise_on_small_skewed_samples():
    rng = np.random.default_rng(0)
    intervals = np.array([confidence_interval(row) for row in rng.exponential(1, (4000, 5))])
    covered = ((intervals[:, 0] <= 1) & (intervals[:, 1] >= 1)).mean()
    assert covered < 0.90


@pytest.mark.parametrize("power", [-1030, -700, 600, 1015])
def test_data_of_any_size_keep_every_digit_of_their_interval(power):
    interval = confidence_interval(np.array([1.0, 2.0, 4.0]) * 2.0**power)
    expected = np.ldexp(confidence_interval([1, 2, 4]), power)
    assert interval == pytest.approx(tuple(expected), rel=0 if power > -1000 else 1e-12)


def test_confidence_may_be_as_near_to_one_as_doubles_are():
    surest = 1 - 2.0**-53
    low, high = confidence_interval([1, 2, 3], surest)
    # the tail of t with 2 degrees is (1 - t / sqrt(2 + t^2)) / 2, about 1 / (2 t^2)
    assert high - low == pytest.approx(2 * math.sqrt(2.0**53 / 3), rel=1e-9)
    z = stats.norm.isf(2.0**-54)
    assert proportion_interval(0, 10, surest) == (0, pytest.approx(z**2 / (10 + z**2), rel=1e-13))
    low, high = proportion_interval(3, 10, surest, method="wald")
    assert high - low == pytest.approx(2 * z * math.sqrt(0.021), rel=1e-13)


# --- proportions


@pytest.mark.parametrize("method", ["wilson", "wald"])
def test_proportions_agree_with_r_binom(method):
    entry = PUBLISHED["prop_ci_18_20"]
    interval = proportion_interval(18, 20, 0.95, method=method)
    assert interval == pytest.approx(entry["expected"][method], rel=1e-14)


def test_wilson_agrees_with_r_prop_test():
    expected = R["other_tests"]["prop_score_52_100"]["conf_int"]
    assert proportion_interval(52, 100) == pytest.approx(expected, rel=ROUNDING)


@given(st.integers(1, 200), st.data(), st.floats(0.5, 0.999))
def test_wilsons_ends_are_the_p_that_are_just_contradicted(trials, data, confidence):
    successes = data.draw(st.integers(0, trials))
    z = stats.norm.ppf((1 + confidence) / 2)
    for p in proportion_interval(successes, trials, confidence):
        distance = abs(successes / trials - p)
        assert distance == pytest.approx(z * math.sqrt(p * (1 - p) / trials), abs=1e-7)


@given(st.integers(1, 100), st.data())
def test_failures_mirror_successes(trials, data):
    successes = data.draw(st.integers(0, trials))
    low, high = proportion_interval(successes, trials)
    other_low, other_high = proportion_interval(trials - successes, trials)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-14)
    assert 0 <= low <= successes / trials <= high <= 1


def test_wald_is_sure_where_it_has_seen_no_success_and_wilson_is_not():
    assert proportion_interval(0, 10, method="wald") == (0, 0)
    low, high = proportion_interval(0, 10)
    z = stats.norm.ppf(0.975)
    assert (low, high) == (0, pytest.approx(z**2 / (10 + z**2), rel=1e-14))


def test_wilson_keeps_its_promise_better_than_wald():
    n, p = 20, 0.1
    chance = stats.binom.pmf(range(n + 1), n, p)

    def coverage(method):
        intervals = [proportion_interval(k, n, method=method) for k in range(n + 1)]
        return sum(chance[k] for k in range(n + 1) if intervals[k].low <= p <= intervals[k].high)

    assert coverage("wald") < 0.90
    assert coverage("wilson") == pytest.approx(0.95, abs=0.02)


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    (confidence_interval, ([1],), {}, ValueError, "data", "at least 2 observations"),
    (confidence_interval, ([],), {}, ValueError, "data", "empty"),
    (confidence_interval, ([1, NAN],), {}, ValueError, "data", "nan or inf"),
    (confidence_interval, ([[1, 2]],), {}, ValueError, "data", "1-D array"),
    (confidence_interval, (["a", "b"],), {}, TypeError, "data", "real numbers"),
    (confidence_interval, ([1.7e308, -1.7e308],), {}, ValueError, "data", "largest double"),
    (confidence_interval, ([1, 2], 95), {}, ValueError, "confidence", "such as 0.95"),
    (confidence_interval, ([1, 2], 1), {}, ValueError, "confidence", "below 1"),
    (confidence_interval, ([1, 2], 0), {}, ValueError, "confidence", "above 0"),
    (confidence_interval, ([1, 2], "0.95"), {}, TypeError, "confidence", "real number"),
    (proportion_interval, (3, 2), {}, ValueError, "successes", "at most 2"),
    (proportion_interval, (-1, 2), {}, ValueError, "successes", "at least 0"),
    (proportion_interval, (1.5, 2), {}, TypeError, "successes", "whole number"),
    (proportion_interval, (0, 0), {}, ValueError, "trials", "at least 1"),
    (proportion_interval, (0, 10**19), {}, ValueError, "trials", "at most 1000000"),
    (proportion_interval, (1, 2, 1.5), {}, ValueError, "confidence", "such as 0.95"),
    (proportion_interval, (1, 2), {"method": "exact"}, ValueError, "method", "wilson"),
]
UNTOUCHED = [
    (confidence_interval, ([1.0, 2.0],)),
]
