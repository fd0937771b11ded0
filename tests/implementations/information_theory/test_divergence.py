"""Cross-entropy and divergences, held to published numbers, scipy and identities."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from inputs import DISTRIBUTION, NO_ZEROS, published
from mlmath_helpers.information_theory import (
    cross_entropy,
    entropy,
    gaussian_kl,
    js_divergence,
    kl_divergence,
    surprise,
)

PUBLISHED = published("information_theory.json")
ROUNDING = 1e-13  # a few hundred roundings of numbers up to about ten bits


# Cross-entropy and divergence


def test_kl_of_two_coins_as_in_cover_and_thomas_2_3():
    fair, unfair = [1 / 2, 1 / 2], [3 / 4, 1 / 4]
    assert kl_divergence(fair, unfair) == pytest.approx(1 - math.log2(3) / 2, rel=1e-14)  # 0.2075
    assert kl_divergence(unfair, fair) == pytest.approx(3 / 4 * math.log2(3) - 1, rel=1e-14)


def test_kl_is_infinite_exactly_where_the_model_calls_impossible_what_happens():
    assert kl_divergence([0.5, 0.5], [1, 0]) == math.inf
    assert kl_divergence([1, 0], [0.5, 0.5]) == 1
    assert kl_divergence([1, 0], [1, 0]) == 0
    assert cross_entropy([0.5, 0.5], [1, 0]) == math.inf
    assert cross_entropy([1, 0], [1, 0]) == 0


@given(DISTRIBUTION, DISTRIBUTION, st.sampled_from([2, math.e]))
def test_kl_agrees_with_scipy(p, q, base):
    assert kl_divergence(p, q, base=base) == pytest.approx(
        stats.entropy(p, q, base=base), abs=ROUNDING
    )


@given(DISTRIBUTION, DISTRIBUTION)
def test_cross_entropy_is_entropy_plus_kl(p, q):
    assert cross_entropy(p, q) == pytest.approx(entropy(p) + kl_divergence(p, q), abs=1e-12)


@given(DISTRIBUTION, DISTRIBUTION)
def test_kl_is_never_negative_and_zero_only_for_equal_distributions(p, q):
    assert kl_divergence(p, p) == 0
    total_variation = np.abs(p - q).sum() / 2
    pinsker = 2 * total_variation**2 / math.log(2)  # bits; Cover & Thomas, lemma 11.6.1
    assert kl_divergence(p, q) >= pinsker - ROUNDING


@given(NO_ZEROS)
def test_against_the_uniform_distribution_kl_is_the_missing_entropy(p):
    uniform = np.full(len(p), 1 / len(p))
    assert kl_divergence(p, uniform) == pytest.approx(math.log2(len(p)) - entropy(p), abs=ROUNDING)


def test_kl_breaks_the_triangle_inequality():
    p, q, r = [0.5, 0.5], [0.25, 0.75], [0.1, 0.9]
    assert kl_divergence(p, r) > kl_divergence(p, q) + kl_divergence(q, r)


def test_no_negative_kl_is_left_by_rounding():
    p = np.full(10, 0.1)
    q = p * (1 + 1e-16 * np.arange(-5, 5))
    assert kl_divergence(p, q) >= 0
    assert kl_divergence(q, p) >= 0


def test_no_other_divergence_is_negative_by_rounding():
    assert js_divergence([0.9, 0.1], [np.nextafter(0.9, 1), 0.1]) >= 0
    assert gaussian_kl(0, 1, 0, np.nextafter(1, 2)) >= 0


def test_a_ratio_beyond_all_doubles_is_no_obstacle():
    assert kl_divergence([1, 5e-324], [0.5, 0.5]) == 1  # 0.5 / 5e-324 is


@given(DISTRIBUTION, DISTRIBUTION)
def test_js_agrees_with_scipy_and_with_its_definition(p, q):
    js = js_divergence(p, q)
    middle = (p + q) / 2
    scipys = (stats.entropy(p, middle, base=2) + stats.entropy(q, middle, base=2)) / 2
    assert js == pytest.approx(scipys, abs=ROUNDING)
    assert js == pytest.approx(
        (kl_divergence(p, middle) + kl_divergence(q, middle)) / 2, abs=ROUNDING
    )
    assert js == pytest.approx(js_divergence(q, p), abs=ROUNDING)
    assert 0 <= js <= 1 + ROUNDING


@given(DISTRIBUTION, DISTRIBUTION, DISTRIBUTION)
def test_the_root_of_js_obeys_the_triangle_inequality(p, q, r):
    def root(a, b):
        return math.sqrt(js_divergence(a, b))

    assert root(p, r) <= root(p, q) + root(q, r) + 1e-6  # the root of a rounding of 1e-13


# Two normal densities


def test_gaussian_kl_by_hand():
    assert gaussian_kl(0, 1) == 0
    assert gaussian_kl(3, 1, 1, 1, base=math.e) == 2  # (3 - 1)^2 / 2
    assert gaussian_kl(0, 2, 0, 1, base=math.e) == pytest.approx(1.5 - math.log(2), rel=1e-15)


@given(
    st.floats(-3, 3),
    st.floats(0.2, 3),
    st.floats(-3, 3),
    st.floats(0.2, 3),
    st.sampled_from([2, 10]),
)
def test_gaussian_kl_agrees_with_the_integral(mean_p, sd_p, mean_q, sd_q, base):
    x = np.linspace(mean_p - 12 * sd_p, mean_p + 12 * sd_p, 401)  # trapezoids: exact, as it decays
    log_p, log_q = stats.norm.logpdf(x, mean_p, sd_p), stats.norm.logpdf(x, mean_q, sd_q)
    area = np.trapezoid(np.exp(log_p) * (log_p - log_q), x)
    assert gaussian_kl(mean_p, sd_p, mean_q, sd_q, base=base) == pytest.approx(
        area / math.log(base), rel=1e-12, abs=ROUNDING
    )


def test_gaussian_kl_says_when_it_is_too_large():
    for far in [(1e200, 1, 0, 1), (0, 1e200, 0, 1), (1e308, 1, -1e308, 1), (0, 1, 0, 1e-320)]:
        with pytest.raises(ValueError, match="beyond the largest double"):
            gaussian_kl(*far)
    assert gaussian_kl(0, 1e-200, 0, 1e200) == pytest.approx(
        math.log2(1e200) * 2 - 0.5 / math.log(2)
    )
    assert gaussian_kl(0, 1e-300, 0, 1) == pytest.approx(math.log2(1e300) - 0.5 / math.log(2))


@pytest.mark.parametrize("step", [0.05, 1e-3, 1e-6, 1e-9, -1e-9, -0.05])
def test_gaussian_kl_of_nearly_equal_densities_keeps_its_digits(step):
    assert gaussian_kl(step, 1, base=math.e) == pytest.approx(step**2 / 2, rel=1e-14, abs=0)
    e = (1 + step) - 1  # as doubles hold it
    series = e**2 + sum((-e) ** k / k for k in range(3, 15))
    kl = gaussian_kl(5, 2 * (1 + step), 5, 2, base=math.e)
    assert kl == pytest.approx(series, rel=1e-13, abs=0)


def test_gaussian_kl_beyond_all_doubles_in_its_unit_is_refused():
    with pytest.raises(ValueError, match="beyond the largest double"):
        gaussian_kl(1e150, 1e150, base=1 + 2.0**-52)


def test_cross_entropy_is_not_negative_where_a_sum_is_rounded():
    assert cross_entropy([1, 0], [1 + 1e-9, 0]) == 0


# What is refused


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: cross_entropy([1], [0.5, 0.5]), ValueError, "p and q must have the same number"),
        (lambda: cross_entropy([0.5, 0.5], [2, 3]), ValueError, "q must sum to 1 .* sums to 5"),
        (lambda: kl_divergence([0.5, 0.5], [0.5, 0.6]), ValueError, "q must sum to 1"),
        (lambda: kl_divergence([2, 3], [0.5, 0.5]), ValueError, "p must sum to 1"),
        (lambda: js_divergence([0.5, 0.5], [1]), ValueError, "same number"),
        (lambda: gaussian_kl(0, 0), ValueError, "sd_p must be above 0, not 0"),
        (lambda: gaussian_kl(0, 1, 0, -1), ValueError, "sd_q must be above 0"),
        (lambda: gaussian_kl(math.inf, 1), ValueError, "mean_p must be a finite number"),
    ],
)
def test_nonsense_is_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


@given(DISTRIBUTION, DISTRIBUTION)
def test_nothing_changes_its_input(p, q):
    assume(len(p) == len(q))
    copies = p.copy(), q.copy()
    for function in (cross_entropy, kl_divergence, js_divergence):
        function(p, q)
    entropy(p)
    surprise(p)
    np.testing.assert_array_equal(copies, (p, q))


@pytest.mark.parametrize("step", [1e-2, 1e-5, 1e-8, 1e-12])
def test_js_of_nearly_equal_distributions_keeps_its_digits(step):
    # With e = 4 step / 2: half a bit times e^2 / ln 2 (1 + e^2 / 6 + e^4 / 15 + ...) / 2.
    p, q = [0.5 + step, 0.5 - step], [0.5 - step, 0.5 + step]
    e = (p[0] - q[0]) / (p[0] + q[0])
    series = e**2 * (1 / 2 + e**2 / 12 + e**4 / 30) / math.log(2)
    assert js_divergence(p, q) == pytest.approx(series, rel=1e-9 if step == 1e-2 else 1e-13, abs=0)


def test_what_a_network_of_fewer_digits_says_diverges_from_itself_by_nothing():
    scores = np.random.default_rng(1).normal(size=300).astype(np.float32)
    p = np.exp(scores) / np.exp(scores).sum()
    assert p.dtype == np.float32
    for divergence in (kl_divergence, js_divergence):
        assert divergence(p, p) == 0
        assert divergence(p, p.astype(float) / p.astype(float).sum()) < 1e-15


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    *(
        row
        for function in (cross_entropy, kl_divergence, js_divergence)
        for row in [
            (function, ([0.5, 0.4], [1, 0]), {}, ValueError, "p", "sums to 0.9"),
            (function, ([1, 0], [0.5, 0.6]), {}, ValueError, "q", "sums to 1.1"),
            (function, ([1, 0], [1]), {}, ValueError, "p and q", "same number of entries"),
            (function, ([], []), {}, ValueError, "p", "empty"),
            (function, ([1], [NAN]), {}, ValueError, "q", "nan or inf"),
            (function, ([[1]], [1]), {}, ValueError, "p", "1-D array"),
            (function, ([1], [1j]), {}, TypeError, "q", "real numbers"),
            (function, ([1], [1]), {"base": 0.5}, ValueError, "base", "above 1"),
        ]
    ),
    (gaussian_kl, (NAN, 1), {}, ValueError, "mean_p", "finite"),
    (gaussian_kl, ("0", 1), {}, TypeError, "mean_p", "real number"),
    (gaussian_kl, (0, 0), {}, ValueError, "sd_p", "above 0"),
    (gaussian_kl, (0, 1, INF), {}, ValueError, "mean_q", "finite"),
    (gaussian_kl, (0, 1, 0, -1), {}, ValueError, "sd_q", "above 0"),
    (gaussian_kl, (0, 1), {"base": 1}, ValueError, "base", "above 1"),
    (gaussian_kl, (1e200, 1), {}, ValueError, "mean_p", "largest double"),
]
