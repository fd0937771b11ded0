"""Tests of a difference and their power, held to R, scipy, print and integration."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special, stats

from inputs import SAMPLE, as_printed, published, reference, table
from mlmath_helpers.probability import Student
from mlmath_helpers.statistics import (
    confidence_interval,
    difference_interval,
    permutation_test,
    power_t_test,
    t_density,
    t_test,
)

PUBLISHED = published("published_statistics.json")
R = reference("r_statistics.json")
SLEEP = PUBLISHED["t_paired_sleep"]["inputs"]
WIKIPEDIA = PUBLISHED["t_pooled_wikipedia_1"]["inputs"]
A = [85, 87, 82, 86, 88, 85, 87]
B = [78, 82, 79, 81, 80, 83, 78]
ROUNDING = 1e-12  # R prints 15 digits; a dozen operations may cost the last three
QUANTILE = 1e-9  # the quantile of t in scipy 1.13 keeps ten digits, in later ones all


def us_and_japan():
    return table("nist_auto83b.csv")["mpg_us"], table("nist_auto83b.csv")["mpg_japan"]


def test_the_articles_t_test():
    t, p = t_test(A, B)
    assert (f"{t:.3f}", f"{p:.4f}") == ("5.307", "0.0002")


# --- t tests

R_TESTS = [
    ("sleep_paired", SLEEP["group1"], SLEEP["group2"], {"paired": True}),
    ("sleep_welch", SLEEP["group1"], SLEEP["group2"], {"equal_var": False}),
    ("sleep_pooled", SLEEP["group1"], SLEEP["group2"], {}),
    ("r_doc_1_10_vs_7_20", range(1, 11), range(7, 21), {"equal_var": False}),
    ("nist_auto83b_pooled", *us_and_japan(), {}),
    (
        "wikipedia_welch_example_1_welch",
        WIKIPEDIA["x"],
        WIKIPEDIA["y"],
        {"equal_var": False},
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
    ("t_welch_R_1", range(1, 11), range(7, 21), {"equal_var": False}),
    ("t_pooled_nist_auto83b", *us_and_japan(), {}),
]


@pytest.mark.parametrize(("name", "x", "y", "how"), PRINTED, ids=[row[0] for row in PRINTED])
def test_t_tests_agree_with_what_is_printed(name, x, y, how):
    printed = PUBLISHED[name]["expected_as_printed"]
    t, p = t_test(list(x), list(y), **how)
    assert as_printed(t, printed["t"])
    assert as_printed(p, printed.get("p", f"{p:.3g}"))


@given(SAMPLE, SAMPLE, st.booleans())
def test_t_tests_agree_with_scipy(x, y, equal):
    expected = stats.ttest_ind(x, y, equal_var=equal)
    t, p = t_test(x, y, equal_var=equal)
    assert t == pytest.approx(expected.statistic, rel=1e-9, abs=1e-12)
    assert p == pytest.approx(expected.pvalue, rel=1e-8)


@given(SAMPLE, SAMPLE, st.booleans())
def test_swapping_the_samples_turns_the_sign_of_t_only(x, y, equal):
    t, p = t_test(x, y, equal_var=equal)
    swapped_t, swapped_p = t_test(y, x, equal_var=equal)
    assert (t, p) == (pytest.approx(-swapped_t), pytest.approx(swapped_p))


@given(SAMPLE, SAMPLE, st.booleans(), st.floats(0.5, 0.999))
def test_the_interval_holds_zero_exactly_where_the_test_is_silent(x, y, equal, confidence):
    _, p = t_test(x, y, equal_var=equal)
    low, high = difference_interval(x, y, confidence, equal_var=equal)
    if abs(p - (1 - confidence)) > 1e-9:
        assert (low <= 0 <= high) == (p > 1 - confidence)


def test_pairs_are_the_test_of_their_differences():
    t, _ = t_test(SLEEP["group1"], SLEEP["group2"], paired=True)
    low, high = confidence_interval(np.subtract(SLEEP["group1"], SLEEP["group2"]), 0.95)
    critical = stats.t.ppf(0.975, 9)
    assert t == pytest.approx((low + high) / 2 / ((high - low) / 2 / critical), rel=1e-12)


def test_samples_of_one_size_give_both_tests_the_same_t():
    pooled, welch = t_test(A, B), t_test(A, B, equal_var=False)
    assert pooled.t == pytest.approx(welch.t, rel=1e-14)
    assert welch.p > pooled.p


def test_pooling_cries_wolf_where_the_small_sample_spreads_more():
    rng = np.random.default_rng(1)
    pairs = [(rng.normal(0, 4, 5), rng.normal(0, 1, 40)) for _ in range(1500)]
    alarms = [
        np.mean([t_test(*pair, equal_var=e).p <= 0.05 for pair in pairs]) for e in (True, False)
    ]
    assert alarms[0] > 0.25
    assert alarms[1] == pytest.approx(0.05, abs=4 * math.sqrt(0.05 * 0.95 / 1500))


@pytest.mark.parametrize("equal", [True, False])
@pytest.mark.parametrize("unit", [1e-100, 1e100])
def test_the_unit_of_the_data_does_not_matter(equal, unit):
    expected = t_test(A, B, equal_var=equal)
    rescaled = t_test(np.multiply(A, unit), np.multiply(B, unit), equal_var=equal)
    assert rescaled == pytest.approx(expected, rel=1e-12)


def test_one_observation_can_be_pooled_with_two_others():
    expected = stats.ttest_ind([5.0], [1.0, 2.0, 4.0])
    assert t_test([5], [1, 2, 4]) == pytest.approx((expected.statistic, expected.pvalue))


@pytest.mark.parametrize("how", [{}, {"equal_var": False}, {"paired": True}])
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


FAR = np.arange(10.0).repeat(1000)  # a standard error of 0.04, where doubles are 0.125 apart


@pytest.mark.parametrize("how", [{}, {"equal_var": False}])
@pytest.mark.parametrize("place", [1e15, -(2.0**52)])
def test_many_observations_far_from_zero_are_tested_like_those_near_it(place, how):
    # each mean rounds to a double that may be off by more than the standard error
    x, y = FAR, FAR[:7001] + 1
    assert t_test(place + x, place + y, **how) == pytest.approx(t_test(x, y, **how), rel=1e-11)
    low, high = difference_interval(place + x, place + y, **how)
    assert (low, high) == pytest.approx(difference_interval(x, y, **how), rel=1e-11)


@pytest.mark.parametrize("how", [{}, {"equal_var": False}, {"paired": True}])
@pytest.mark.parametrize("power", [-1020, -535, 500, 1016])
def test_samples_of_any_size_keep_every_digit_of_t(how, power):
    x, y, unit = np.array([1.25, 2.0, 4.5]), np.array([2.0, 3.25, 4.75]), 2.0**power
    assert t_test(x * unit, y * unit, **how) == t_test(x, y, **how)
    interval = difference_interval(x * unit, y * unit, **how)
    assert np.divide(interval, unit).tolist() == list(difference_interval(x, y, **how))


def test_numbers_two_gaps_apart_vary_and_one_gap_apart_may_be_rounding():
    gap = 2.0**-52
    t, _ = t_test([1, 1 + 2 * gap, 1], [1, 1, 1 + 4 * gap])
    assert t == pytest.approx(t_test([0, 2, 0], [0, 0, 4]).t, rel=1e-12)
    with pytest.raises(ValueError, match="no spread beyond rounding"):
        t_test([1, 1 + gap, 1], [1, 1, 1])


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


@given(st.integers(2, 500), st.floats(1e-6, 0.999) | st.integers(-100, -6).map(lambda k: 10.0**k))
def test_without_an_effect_the_power_is_the_level(n, alpha):
    # beyond 1e-10 scipy's own quantile keeps fewer digits
    rel = 1e-9 if alpha > 1e-10 else 1e-5
    assert power_t_test(0, n, alpha=alpha) == pytest.approx(alpha, rel=rel)


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


# --- dealing


def every_difference(x, y):
    """Return the difference of the means of every deal that there is, by exact integers."""
    both, n = [*x, *y], len(x)
    hands = itertools.combinations(range(len(both)), n)
    sums = np.array([sum(both[i] for i in hand) for hand in hands])
    return sums / n - (sum(both) - sums) / len(y)


@pytest.mark.parametrize(("x", "y"), [(A, B), (A, B[:3]), ([1, 5], [2, 3, 9, 4]), ([3], [1, 2])])
def test_the_share_of_some_deals_is_near_that_of_all_deals(x, y):
    every = every_difference(x, y)
    share = (np.abs(every) >= abs(np.mean(x) - np.mean(y)) - 1e-9).mean()
    deals = permutation_test(x, y, n_deals=20_000, rng=1)
    assert deals.p == pytest.approx(share, abs=4 * math.sqrt(share / 20_000) + 1 / 20_000)
    assert set(deals.differences.round(9)) <= set(every.round(9))


def test_every_deal_is_equally_likely():
    labels = permutation_test([0, 1], [2, 3], n_deals=60_001, rng=2).labels[1:]
    _, counts = np.unique(labels, axis=0, return_counts=True)
    assert len(counts) == 6
    assert stats.chisquare(counts).pvalue > 1e-3


@pytest.mark.parametrize("paired", [False, True])
def test_the_first_deal_is_the_samples_and_each_difference_is_that_of_its_labels(paired):
    x, y = np.array(A) + 1e6, np.array(B) - 0.5
    differences, p, labels = permutation_test(x, y, paired=paired, n_deals=300, rng=3)
    both = np.concatenate([x, y])
    assert labels[0].tolist() == [True] * 7 + [False] * 7
    assert (labels.sum(axis=1) == 7).all()
    assert differences[0] == pytest.approx(x.mean() - y.mean(), rel=1e-12)
    for difference, one in zip(differences, labels, strict=True):
        assert difference == pytest.approx(both[one].mean() - both[~one].mean(), abs=1e-8)
    assert p == (np.abs(differences) >= abs(differences[0]) * (1 - 1e-9)).mean()
    assert (labels[:, :7] != labels[:, 7:]).all() == paired


def test_of_students_pairs_4_of_1024_are_as_far():
    x, y = SLEEP["group1"], SLEEP["group2"]
    deals = permutation_test(x, y, paired=True, n_deals=100_000, rng=4)
    gaps = np.array(x) - np.array(y)
    signs = np.array(list(itertools.product([-1, 1], repeat=10)))
    share = (np.abs(signs @ gaps) >= abs(gaps.sum()) - 1e-9).mean()
    assert share == 4 / 1024
    assert deals.p == pytest.approx(share, abs=4 * math.sqrt(share / 100_000))
    assert deals.p < permutation_test(x, y, n_deals=10_000, rng=4).p / 5


def test_a_seed_deals_the_same_again_and_no_p_is_zero():
    first, again = (permutation_test(A, B, n_deals=50, rng=5) for _ in range(2))
    assert (first.labels == again.labels).all()
    assert permutation_test([1e9, 2e9, 3e9, 4e9] * 9, [1, 2] * 9, n_deals=50, rng=6).p == 1 / 50
    assert permutation_test([1], [2], n_deals=1).p == 1


@pytest.mark.parametrize("unit", [1e-320, 1e-160, 0.1, 1e150, 1e305])
def test_ties_are_counted_in_every_unit_and_at_every_place(unit):
    plain = permutation_test(A, B, rng=7)
    scaled = permutation_test(unit * np.array(A), unit * np.array(B), rng=7)
    if unit > 1e-300:  # else numbers are rounded to few digits
        assert scaled.p == plain.p
        np.testing.assert_allclose(scaled.differences, unit * plain.differences, rtol=1e-9)
    for value in (unit, 0.1, -1e15):
        assert permutation_test([value] * 5, [value] * 3, rng=8).p == 1
    assert permutation_test(np.array(A) + 2.0**40, np.array(B) + 2.0**40, rng=7).p == plain.p


def test_many_entries_are_added_in_parts_with_the_same_sums():
    x, y = np.random.default_rng(9).normal(size=(2, 3000))
    differences, _, labels = permutation_test(x, y, n_deals=400, rng=10)
    both = np.concatenate([x, y])
    expected = [both[one].mean() - both[~one].mean() for one in labels]
    np.testing.assert_allclose(differences, expected, atol=1e-12)


# --- density


@pytest.mark.parametrize("freedom", [1, 2, 3.5, 12, 500])
def test_the_density_is_students(freedom):
    t = np.linspace(-8, 8, 33)
    assert t_density(t, freedom) == pytest.approx(stats.t.pdf(t, freedom), rel=1e-12)


def test_the_density_of_the_chapter_before_is_the_same_far_out_in_the_tails():
    t = np.array([0, 40.0, -1e3, 1e8, 1e150])
    for freedom in (0.5, 2, 30):
        assert t_density(t, freedom) == pytest.approx(Student(freedom).pdf(t), rel=1e-15)


@pytest.mark.parametrize(
    ("freedom", "shift"), [(0.5, -0.3), (2, 1.5), (18, -2.0), (126, 2.83), (1, 30.0)]
)
def test_the_shifted_density_is_the_noncentral_t(freedom, shift):
    t = shift + np.linspace(-9, 9, 31)
    expected = stats.nct.pdf(t, freedom, shift)
    sure = expected > 1e-9 * expected.max()  # scipy's own digits go in the tails
    assert t_density(t, freedom, shift=shift)[sure] == pytest.approx(expected[sure], rel=1e-9)


@pytest.mark.parametrize(("freedom", "shift"), [(1, 2.0), (3, -1.5), (18, 2.0), (40, 6.0)])
@pytest.mark.parametrize("t", [-60.0, -5.0, 0.3, 25.0, 400.0])
def test_the_shifted_density_keeps_its_digits_in_both_tails(freedom, shift, t):
    # s^k exp(-(k + t^2) s^2 / 2 + shift t s) over all s, by scipy's quad, with the largest at 1
    c, d = freedom + t**2, shift * t
    top = (d + math.sqrt(d**2 + 4 * c * freedom)) / (2 * c)

    def integrand(s):
        return math.exp(freedom * math.log(s / top) - (s - top) * (c * (s + top) / 2 - d))

    width = 1 / math.sqrt(c + freedom / top**2)
    parts = [0, *(top + k * width for k in (-4, 0, 4, 12, 60))]
    area = sum(
        integrate.quad(integrand, low, high, epsabs=0, epsrel=1e-12)[0]
        for low, high in itertools.pairwise(sorted({max(part, 0.0) for part in parts}))
    )
    log_norm = math.log(2) - special.gammaln(freedom / 2) + freedom / 2 * math.log(freedom / 2)
    log_top = freedom * math.log(top) - c * top**2 / 2 + d * top - shift**2 / 2
    expected = area * math.exp(log_norm + log_top) / math.sqrt(2 * math.pi)
    assert t_density(t, freedom, shift=shift) == pytest.approx(expected, rel=1e-11)


def test_for_a_large_sample_the_shifted_density_is_normal():
    t = np.linspace(-3, 8, 12)
    assert t_density(t, 1e10, shift=2.0) == pytest.approx(stats.norm.pdf(t, 2), rel=1e-7)


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    (t_test, ([], [1, 2]), {}, ValueError, "sample1", "empty"),
    (t_test, ([1, 2], [3, INF]), {}, ValueError, "sample2", "nan or inf"),
    (t_test, ([1], [2]), {}, ValueError, "sample1 and sample2", "three observations"),
    (t_test, ([4, 4], [4, 4, 4]), {}, ValueError, "sample1 and sample2", "no spread"),
    (t_test, ([1], [2, 3]), {"equal_var": False}, ValueError, "sample1", "at least 2"),
    (t_test, ([1], [2]), {"paired": True}, ValueError, "sample1", "at least 2"),
    (
        t_test,
        ([1, 2], [1, 2, 4]),
        {"paired": True},
        ValueError,
        "sample1 and sample2",
        "same number",
    ),
    (t_test, ([1, 2], [3, 5]), {"paired": 1}, TypeError, "paired", "True or False"),
    (t_test, ([1, 2], [3, 5]), {"equal_var": "no"}, TypeError, "equal_var", "True"),
    (difference_interval, ([1], [2]), {}, ValueError, "sample1 and sample2", "three observations"),
    (difference_interval, ([1, NAN], [2, 3]), {}, ValueError, "sample1", "nan or inf"),
    (difference_interval, ([1, 2], []), {}, ValueError, "sample2", "empty"),
    (difference_interval, ([1, 2], [3, 5], 95), {}, ValueError, "confidence", "such as 0.95"),
    (difference_interval, ([1, 2], [3, 5]), {"paired": None}, TypeError, "paired", "True or False"),
    (
        *(difference_interval, ([1, 2], [3, 5]), {"equal_var": 0}),
        *(TypeError, "equal_var", "True or False"),
    ),
    (permutation_test, ([], [1]), {}, ValueError, "sample1", "empty"),
    (permutation_test, ([1], [2, NAN]), {}, ValueError, "sample2", "nan or inf"),
    (
        *(permutation_test, ([1, 2], [1, 2, 4]), {"paired": True}),
        *(ValueError, "sample1 and sample2", "same number"),
    ),
    (permutation_test, ([1], [2]), {"paired": 1}, TypeError, "paired", "True or False"),
    (permutation_test, ([1], [2]), {"n_deals": 0}, ValueError, "n_deals", "at least 1"),
    (permutation_test, ([1], [2]), {"n_deals": 10**7}, ValueError, "n_deals", "each is kept"),
    (permutation_test, ([1], [2]), {"rng": "lucky"}, TypeError, "rng", "a seed"),
    (power_t_test, (NAN, 5), {}, ValueError, "effect", "nan or inf"),
    (power_t_test, ("large", 5), {}, TypeError, "effect", "real numbers"),
    (power_t_test, (1, 1), {}, ValueError, "n", "at least 2"),
    (power_t_test, (1, 22.02), {}, TypeError, "n", "whole number"),
    (power_t_test, (1, 10**400), {}, ValueError, "n", "at most 1000000000000000000"),
    (power_t_test, (1, 5), {"alpha": 0}, ValueError, "alpha", "above 0"),
    (power_t_test, (1, 5), {"alpha": 5}, ValueError, "alpha", "below 1"),
    (t_density, ([0, INF], 5), {}, ValueError, "t", "nan or inf"),
    (t_density, (0, 0), {}, ValueError, "freedom", "above 0"),
    (t_density, (0, 5), {"shift": NAN}, ValueError, "shift", "finite"),
    (t_density, (0, 5), {"shift": 1e5}, ValueError, "shift", "loses its digits"),
]
UNTOUCHED = [
    (t_test, ([1.0, 2.0], [3.0, 5.0])),
    (difference_interval, ([1.0, 2.0], [3.0, 5.0])),
    (permutation_test, ([1.0, 2.0], [3.0, 5.0])),
    (power_t_test, ([0.0, 1.0], 5)),
    (t_density, ([0.0, 1.0], 5)),
]
