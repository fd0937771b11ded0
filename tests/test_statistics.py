"""Intervals and tests of means: by R, NIST and textbooks, by identity, by simulation."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special, stats

from mlmath_helpers.statistics import (
    confidence_interval,
    correct_digits,
    difference_interval,
    power_t_test,
    proportion_interval,
    t_density,
    t_test,
)

REFERENCE = Path(__file__).parent / "reference"
PUBLISHED = {
    entry["id"]: entry
    for entry in json.loads((REFERENCE / "published_statistics.json").read_text())["entries"]
}
R = json.loads((REFERENCE / "r_statistics.json").read_text())
SLEEP = PUBLISHED["t_paired_sleep"]["inputs"]
WIKIPEDIA = PUBLISHED["t_pooled_wikipedia_1"]["inputs"]
UNIVARIATE = json.loads((REFERENCE / "nist" / "univariate_certified.json").read_text())

A = [85, 87, 82, 86, 88, 85, 87]
B = [78, 82, 79, 81, 80, 83, 78]
ROUNDING = 1e-12  # R prints 15 digits; a dozen operations may cost the last three
QUANTILE = 1e-9  # the quantile of t in scipy 1.13 keeps ten digits, in later ones all

samples = st.lists(st.floats(-100, 100), min_size=3, max_size=12).filter(
    lambda values: np.ptp(values) > 1e-3
)


def column(file, name):
    with (REFERENCE / file).open() as rows:
        return [float(row[name]) for row in csv.DictReader(rows) if row[name]]


def as_printed(value, text):
    """Round a number as a source has printed it."""
    digits = text.lower().split("e")[0].lstrip("-0.").replace(".", "")
    return f"{value:.{max(len(digits), 1)}g}" == f"{float(text):.{max(len(digits), 1)}g}"


def us_and_japan():
    return column("nist_auto83b.csv", "mpg_us"), column("nist_auto83b.csv", "mpg_japan")


# --- the article's numbers


def test_the_articles_t_test_and_interval():
    t, p = t_test(A, B)
    low, high = confidence_interval(A)
    assert (f"{t:.3f}", f"{p:.4f}") == ("5.307", "0.0002")
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
        (column("nist_zarr13.csv", "calibration_factor"), 0.95, "nist_zarr13_one_sample"),
    ],
)
def test_intervals_agree_with_r(data, confidence, name):
    assert confidence_interval(data, confidence) == pytest.approx(
        R["t_tests"][name]["conf_int"], rel=QUANTILE
    )


def test_the_interval_that_nist_prints():
    entry = PUBLISHED["ci_mean_nist_zarr13"]
    interval = confidence_interval(column("nist_zarr13.csv", "calibration_factor"), 0.95)
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


@given(samples, st.floats(0.01, 0.98))
def test_more_confidence_is_a_wider_interval(data, confidence):
    low, high = confidence_interval(data, confidence)
    wider_low, wider_high = confidence_interval(data, confidence + 0.01)
    assert wider_low < low < high < wider_high


@given(samples, st.floats(-50, 50), st.floats(0.1, 10))
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


# --- t tests

R_TESTS = [
    ("sleep_paired", SLEEP["group1"], SLEEP["group2"], {"paired": True}),
    ("sleep_welch", SLEEP["group1"], SLEEP["group2"], {"equal_variances": False}),
    ("sleep_pooled", SLEEP["group1"], SLEEP["group2"], {}),
    ("r_doc_1_10_vs_7_20", range(1, 11), range(7, 21), {"equal_variances": False}),
    ("nist_auto83b_pooled", *us_and_japan(), {}),
    (
        "wikipedia_welch_example_1_welch",
        WIKIPEDIA["x"],
        WIKIPEDIA["y"],
        {"equal_variances": False},
    ),
    ("wikipedia_welch_example_1_student", WIKIPEDIA["x"], WIKIPEDIA["y"], {}),
]


@pytest.mark.parametrize(("name", "x", "y", "how"), R_TESTS, ids=[row[0] for row in R_TESTS])
def test_t_tests_and_intervals_of_differences_agree_with_r(name, x, y, how):
    expected = R["t_tests"][name]
    t, p = t_test(list(x), list(y), **how)
    assert t == pytest.approx(expected["statistic"], rel=ROUNDING)
    assert p == pytest.approx(expected["p_value"], rel=1e-11)  # a tail of 1e-30 among them
    interval = difference_interval(list(x), list(y), expected["conf_level"], **how)
    assert interval == pytest.approx(expected["conf_int"], rel=QUANTILE)


PRINTED = [
    ("t_paired_sleep", SLEEP["group1"], SLEEP["group2"], {"paired": True}),
    ("t_welch_R_1", range(1, 11), range(7, 21), {"equal_variances": False}),
    ("t_pooled_nist_auto83b", *us_and_japan(), {}),
]


@pytest.mark.parametrize(("name", "x", "y", "how"), PRINTED, ids=[row[0] for row in PRINTED])
def test_t_tests_agree_with_what_is_printed(name, x, y, how):
    printed = PUBLISHED[name]["expected_as_printed"]
    t, p = t_test(list(x), list(y), **how)
    assert as_printed(t, printed["t"])
    assert as_printed(p, printed.get("p", f"{p:.3g}"))


@given(samples, samples, st.booleans())
def test_t_tests_agree_with_scipy(x, y, equal):
    expected = stats.ttest_ind(x, y, equal_var=equal)
    t, p = t_test(x, y, equal_variances=equal)
    assert t == pytest.approx(expected.statistic, rel=1e-9, abs=1e-12)
    assert p == pytest.approx(expected.pvalue, rel=1e-8)


@given(samples, samples, st.booleans())
def test_swapping_the_samples_turns_the_sign_of_t_only(x, y, equal):
    t, p = t_test(x, y, equal_variances=equal)
    swapped_t, swapped_p = t_test(y, x, equal_variances=equal)
    assert (t, p) == (pytest.approx(-swapped_t), pytest.approx(swapped_p))


@given(samples, samples, st.booleans(), st.floats(0.5, 0.999))
def test_the_interval_holds_zero_exactly_where_the_test_is_silent(x, y, equal, confidence):
    _, p = t_test(x, y, equal_variances=equal)
    low, high = difference_interval(x, y, confidence, equal_variances=equal)
    if abs(p - (1 - confidence)) > 1e-9:
        assert (low <= 0 <= high) == (p > 1 - confidence)


def test_pairs_are_the_test_of_their_differences():
    t, _ = t_test(SLEEP["group1"], SLEEP["group2"], paired=True)
    low, high = confidence_interval(np.subtract(SLEEP["group1"], SLEEP["group2"]), 0.95)
    critical = stats.t.ppf(0.975, 9)
    assert t == pytest.approx((low + high) / 2 / ((high - low) / 2 / critical), rel=1e-12)


def test_samples_of_one_size_give_both_tests_the_same_t():
    pooled, welch = t_test(A, B), t_test(A, B, equal_variances=False)
    assert pooled.t == pytest.approx(welch.t, rel=1e-14)
    assert welch.p > pooled.p


def test_pooling_cries_wolf_where_the_small_sample_spreads_more():
    rng = np.random.default_rng(1)
    pairs = [(rng.normal(0, 4, 5), rng.normal(0, 1, 40)) for _ in range(1500)]
    alarms = [
        np.mean([t_test(*pair, equal_variances=e).p <= 0.05 for pair in pairs])
        for e in (True, False)
    ]
    assert alarms[0] > 0.25
    assert alarms[1] == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / 1500))


def test_one_observation_can_be_pooled_with_two_others():
    expected = stats.ttest_ind([5.0], [1.0, 2.0, 4.0])
    assert t_test([5], [1, 2, 4]) == pytest.approx((expected.statistic, expected.pvalue))


@pytest.mark.parametrize("how", [{}, {"equal_variances": False}, {"paired": True}])
@pytest.mark.parametrize(
    ("x", "y"),
    [([2, 2, 2], [2, 2, 2]), ([2, 2, 2], [3, 3, 3]), ([0.1, 0.1, 0.1], [0.3, 0.3, 0.3])],
)
def test_samples_without_spread_have_no_t_but_a_difference(x, y, how):
    with pytest.raises(ValueError, match="no spread beyond rounding"):
        t_test(x, y, **how)
    assert difference_interval(x, y, **how) == pytest.approx((x[0] - y[0],) * 2)


def test_differences_that_vary_by_rounding_alone_are_refused():
    with pytest.raises(ValueError, match="no spread beyond rounding"):
        t_test([1.1, 1.2, 1.3], [1.0, 1.1, 1.2], paired=True)


# --- power


def power_by_integration(effect, n, alpha):
    """P(|T| > t*), T = (Z + shift) / sqrt(V / f), by integrating over V with scipy's quad."""
    f, shift = 2 * n - 2, effect * math.sqrt(n / 2)
    t_star = stats.t.isf(alpha / 2, f)

    def density(v):
        found = special.ndtr(shift - t_star * math.sqrt(v / f))
        found += special.ndtr(-shift - t_star * math.sqrt(v / f))
        return found * stats.chi2.pdf(v, f)

    top = f + 30 * math.sqrt(2 * f) + 60
    return integrate.quad(density, 0, top, epsabs=1e-12, epsrel=1e-10, limit=200)[0]


@pytest.mark.parametrize(
    ("effect", "n", "alpha"),
    [(1.0, 20, 0.05), (0.5, 64, 0.05), (-0.8, 3, 0.01), (0.2, 400, 0.2), (3.0, 2, 0.05)],
)
def test_power_is_the_tail_of_the_noncentral_t(effect, n, alpha):
    expected = power_by_integration(effect, n, alpha)
    assert power_t_test(effect, n, alpha=alpha) == pytest.approx(expected, abs=1e-9)


def test_the_powers_in_rs_documentation():
    # R, ?power.t.test: n = 20, delta = 1, sd = 1 gives 0.8689528, and power 0.90 needs n = 22.02110
    assert power_t_test(1, 20) == pytest.approx(0.8689528, abs=5e-7)  # R leaves out a tail of 2e-7
    assert power_t_test(1, 22) < 0.90 < power_t_test(1, 23)


def test_cohens_rule_of_64_a_group():
    assert power_t_test(0.5, 63) < 0.8 < power_t_test(0.5, 64)


@given(st.integers(2, 500), st.floats(1e-6, 0.999))
def test_without_an_effect_the_power_is_the_level(n, alpha):
    assert power_t_test(0, n, alpha=alpha) == pytest.approx(alpha, rel=1e-9)


@given(st.floats(0.01, 3), st.integers(2, 200), st.floats(0.001, 0.5))
def test_power_grows_with_effect_sample_and_level(effect, n, alpha):
    power = power_t_test(effect, n, alpha=alpha)
    assert 0 <= power <= 1
    assert power == power_t_test(-effect, n, alpha=alpha)
    for more in (
        power_t_test(1.1 * effect, n, alpha=alpha),
        power_t_test(effect, n + 1, alpha=alpha),
        power_t_test(effect, n, alpha=1.1 * alpha),
    ):
        assert more >= power - 1e-12


def test_power_takes_many_effects_at_once():
    effects = np.array([[0.0, 0.5], [1.0, 30.0]])
    powers = power_t_test(effects, 20)
    assert powers.shape == (2, 2)
    assert powers[1, 0] == pytest.approx(power_t_test(1.0, 20), rel=1e-14)
    assert powers[1, 1] == pytest.approx(1)


def test_power_is_how_often_the_test_speaks_up():
    rng = np.random.default_rng(2)
    found = [t_test(rng.normal(1, 1, 10), rng.normal(0, 1, 10)).p <= 0.05 for _ in range(2000)]
    expected = power_t_test(1, 10)
    assert np.mean(found) == pytest.approx(expected, abs=4 * math.sqrt(0.25 / 2000))


# --- density


@pytest.mark.parametrize("freedom", [1, 2, 3.5, 12, 500])
def test_the_density_is_students(freedom):
    t = np.linspace(-8, 8, 33)
    assert t_density(t, freedom) == pytest.approx(stats.t.pdf(t, freedom), rel=1e-8)


@pytest.mark.parametrize(("freedom", "shift"), [(2, 1.5), (18, -2.0), (126, 2.83)])
def test_the_shifted_density_is_the_noncentral_t(freedom, shift):
    t = np.linspace(-6, 9, 31)
    assert t_density(t, freedom, shift=shift) == pytest.approx(
        stats.nct.pdf(t, freedom, shift), rel=1e-6, abs=1e-12
    )
