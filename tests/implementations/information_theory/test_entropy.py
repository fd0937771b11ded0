"""Surprise and entropy, held to published numbers, scipy and identities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inputs import DISTRIBUTION, published
from mlmath_helpers.information_theory import (
    entropy,
    js_divergence,
    kl_divergence,
    surprise,
)

PUBLISHED = published("information_theory.json")
ROUNDING = 1e-13  # a few hundred roundings of numbers up to about ten bits


# Surprise


@pytest.mark.parametrize(
    ("probability", "base", "expected"),
    [(1, 2, 0), (0.5, 2, 1), (1 / 1024, 2, 10), (1 / 9, 3, 2), (0.001, 10, 3), (0, 2, math.inf)],
)
def test_surprise_by_hand(probability, base, expected):
    assert surprise(probability, base=base) == pytest.approx(expected, abs=1e-15)


def test_surprise_is_exact_for_powers_of_two_in_bits():
    assert all(surprise(2.0**-k) == k for k in range(1000))


@given(st.floats(1e-150, 1), st.floats(1e-150, 1))
def test_surprises_of_independent_outcomes_add(p, q):
    assert surprise(p * q) == pytest.approx(surprise(p) + surprise(q), rel=1e-12, abs=1e-14)


def test_surprises_of_dependent_outcomes_do_not_add():
    both_sixes_of_one_die = 1 / 6  # the same roll, named twice
    assert surprise(both_sixes_of_one_die) != pytest.approx(2 * surprise(1 / 6))


def test_surprise_keeps_the_shape_and_never_returns_minus_zero():
    answer = surprise([[1, 0.5], [0.25, 0]])
    assert answer.tolist() == [[0, 1], [2, math.inf]]
    assert not np.signbit(answer).any()
    assert type(surprise(1)) is float
    assert math.copysign(1, surprise(1)) == 1


# Entropy


def test_the_coins_of_the_article():
    assert f"{entropy([0.5, 0.5]):.3f}" == "1.000"
    assert f"{entropy([0.9, 0.1]):.3f}" == "0.469"


def test_the_table_of_cover_and_thomas():
    table = PUBLISHED["cover_thomas_2_2_1"]
    joint, expected = np.array(table["inputs"]["p"]), table["expected"]  # y in rows
    assert entropy(joint.sum(axis=0)) == expected["H_X"]
    assert entropy(joint.sum(axis=1)) == expected["H_Y"]
    assert entropy(joint.ravel()) == expected["H_XY"]
    independent = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    assert kl_divergence(joint.ravel(), independent.ravel()) == pytest.approx(
        expected["I_XY"], abs=ROUNDING
    )


def test_scipys_own_test_of_a_zero_count():
    reference = PUBLISHED["entropy_scipy_zero"]
    counts = np.array(reference["inputs"]["counts"])
    assert entropy(counts / counts.sum(), base=math.e) == pytest.approx(
        reference["expected"]["H"], rel=1e-15
    )


def test_certainty_has_entropy_plus_zero():
    for certain in ([1], [1, 0], [0, 0, 1]):
        assert math.copysign(1, entropy(certain)) == 1
        assert entropy(certain) == 0


def test_a_sum_a_hair_above_one_leaves_no_negative_entropy():
    assert entropy([1 + 5e-9]) == 0


@given(DISTRIBUTION, st.sampled_from([2, math.e, 10]))
def test_entropy_agrees_with_scipy(p, base):
    assert entropy(p, base=base) == pytest.approx(stats.entropy(p, base=base), abs=ROUNDING)


@given(DISTRIBUTION)
def test_entropy_is_largest_for_the_uniform_distribution(p):
    assert -ROUNDING <= entropy(p) <= math.log2(len(p)) + ROUNDING
    assert entropy(np.full(len(p), 1 / len(p))) == pytest.approx(math.log2(len(p)), abs=ROUNDING)


@given(DISTRIBUTION, st.randoms(use_true_random=False))
def test_entropy_forgets_the_names_of_the_outcomes(p, random):
    shuffled = list(p)
    random.shuffle(shuffled)
    assert entropy([*shuffled, 0]) == pytest.approx(entropy(p), abs=ROUNDING)


@given(DISTRIBUTION, DISTRIBUTION)
def test_entropies_of_independent_variables_add(p, q):
    both = np.outer(p, q).ravel()
    assert entropy(both) == pytest.approx(entropy(p) + entropy(q), abs=ROUNDING)


def test_entropies_of_dependent_variables_do_not_add():
    the_same_coin_twice = [0.5, 0, 0, 0.5]
    assert entropy(the_same_coin_twice) == 1 < 2 * entropy([0.5, 0.5])


@given(DISTRIBUTION, DISTRIBUTION, st.floats(0, 1))
def test_mixing_never_lowers_entropy_below_the_mixture_of_entropies(p, q, share):
    mixed = share * p + (1 - share) * q
    assert entropy(mixed) >= share * entropy(p) + (1 - share) * entropy(q) - ROUNDING


@given(DISTRIBUTION)
def test_a_bit_is_a_nat_times_the_logarithm_of_two(p):
    assert entropy(p) * math.log(2) == pytest.approx(entropy(p, base=math.e), abs=ROUNDING)


def test_the_smallest_positive_double_is_a_probability():
    tiny = 5e-324
    assert surprise(tiny) == 1074
    assert entropy([1, tiny]) == pytest.approx(1074 * tiny)
    assert kl_divergence([0.5, 0.5], [1, tiny]) == pytest.approx(0.5 * 1074 - 1)
    assert js_divergence([1, tiny], [1, 0]) == 0


# What is refused


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: surprise(1.2), ValueError, "probability must be between 0 and 1, not 1.2"),
        (lambda: surprise(1 + 1e-9), ValueError, "between 0 and 1, not 1.000000001"),
        (lambda: surprise([0.5, -0.1]), ValueError, "probability must be between 0 and 1"),
        (lambda: surprise("0.5"), TypeError, "probability must hold real numbers"),
        (lambda: surprise(0.5, base=1), ValueError, "base must be above 1"),
        (lambda: entropy([0.5, 0.4]), ValueError, "probabilities must sum to 1 .* sums to 0.9"),
        (lambda: entropy([0.333, 0.333, 0.333]), ValueError, "sums to 0.999; divide"),
        (lambda: entropy([1.5, -0.5]), ValueError, "must not be negative, but holds -0.5"),
        (lambda: entropy([]), ValueError, "probabilities is empty"),
        (lambda: entropy([0.5, math.nan]), ValueError, "nan or inf"),
        (lambda: entropy([[0.5, 0.5]]), ValueError, "1-D"),
        (lambda: entropy([0.5, 0.5], base=0), ValueError, "base must be above 1"),
        (lambda: entropy([0.5, 0.5], base="e"), TypeError, "base must be a real number"),
    ],
)
def test_nonsense_is_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_what_a_network_in_single_precision_says_is_a_distribution():
    scores = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    p = np.exp(scores) / np.exp(scores).sum(dtype=np.float32)
    assert p.dtype == np.float32
    assert abs(math.fsum(p) - 1) > 1e-8  # a sum that doubles are not allowed
    assert entropy(p) == pytest.approx(stats.entropy(p.astype(float), base=2), rel=1e-6)
    with pytest.raises(ValueError, match="must sum to 1"):
        entropy(p.astype(float))


def test_the_tolerance_of_the_sum_is_as_stated():
    assert entropy([0.5, 0.5 + 5e-9]) == pytest.approx(1, abs=1e-7)
    assert entropy([0.5, 0.5 + 0.9e-8]) == pytest.approx(1, abs=1e-7)
    with pytest.raises(ValueError, match="within 1e-08"):
        entropy([0.5, 0.5 + 1.1e-8])


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    (surprise, (1.5,), {}, ValueError, "probability", "between 0 and 1"),
    (surprise, ([0.5, -0.1],), {}, ValueError, "probability", "between 0 and 1"),
    (surprise, ([],), {}, ValueError, "probability", "empty"),
    (surprise, (NAN,), {}, ValueError, "probability", "nan or inf"),
    (surprise, ("often",), {}, TypeError, "probability", "real numbers"),
    (surprise, (0.5,), {"base": 1}, ValueError, "base", "above 1"),
    (surprise, (0.5,), {"base": "e"}, TypeError, "base", "real number"),
    (entropy, ([0.5, 0.4],), {}, ValueError, "probabilities", "sums to 0.9"),
    (entropy, ([2, 3],), {}, ValueError, "probabilities", "divide counts or weights by their sum"),
    (entropy, ([1.5, -0.5],), {}, ValueError, "probabilities", "not be negative"),
    (entropy, ([],), {}, ValueError, "probabilities", "empty"),
    (entropy, ([[0.5, 0.5]],), {}, ValueError, "probabilities", "1-D array"),
    (entropy, ([NAN, 1],), {}, ValueError, "probabilities", "nan or inf"),
    (entropy, (["a", "b"],), {}, TypeError, "probabilities", "real numbers"),
    (entropy, ([0.5, 0.5],), {"base": 0}, ValueError, "base", "2 for bits"),
    (entropy, ([0.5, 0.5],), {"base": INF}, ValueError, "base", "finite"),
]
