"""Entropy, divergences and information gain, held to published numbers, scipy and identities."""

import json
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import integrate, stats

from mlmath_helpers.information_theory import (
    cross_entropy,
    entropy,
    gaussian_kl,
    information_gain,
    js_divergence,
    kl_divergence,
    surprise,
)

PUBLISHED = {
    entry["id"]: entry
    for entry in json.loads(
        (Path(__file__).parent / "reference" / "information_theory.json").read_text(encoding="utf8")
    )["entries"]
}
ROUNDING = 1e-13  # a few hundred roundings of numbers up to about ten bits


def distributions(k):
    weights = hnp.arrays(float, k, elements=st.just(0.0) | st.floats(1e-12, 1))
    return weights.filter(lambda w: w.sum() > 0).map(lambda w: w / w.sum())


SIZE = st.shared(st.integers(1, 9), key="size")
DISTRIBUTION = SIZE.flatmap(distributions)
NO_ZEROS = SIZE.flatmap(lambda k: hnp.arrays(float, k, elements=st.floats(1e-6, 1))).map(
    lambda w: w / w.sum()
)


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
    p, q = stats.norm(mean_p, sd_p), stats.norm(mean_q, sd_q)
    area, _ = integrate.quad(
        lambda x: p.pdf(x) * (p.logpdf(x) - q.logpdf(x)), mean_p - 12 * sd_p, mean_p + 12 * sd_p
    )
    assert gaussian_kl(mean_p, sd_p, mean_q, sd_q, base=base) == pytest.approx(
        area / math.log(base), rel=1e-6, abs=1e-7
    )


def test_gaussian_kl_says_when_it_is_too_large():
    for far in [(1e200, 1, 0, 1), (0, 1e200, 0, 1), (1e308, 1, -1e308, 1), (0, 1, 0, 1e-320)]:
        with pytest.raises(ValueError, match="beyond the largest double"):
            gaussian_kl(*far)
    assert gaussian_kl(0, 1e-300, 0, 1) == pytest.approx(math.log2(1e300) - 0.5 / math.log(2))


# Information gain


@pytest.mark.parametrize("feature", ["outlook", "temperature", "humidity", "windy"])
def test_the_gains_that_quinlan_published(feature):
    table, play = play_tennis()
    expected = PUBLISHED["quinlan_play_tennis"]["expected_as_printed"]
    assert f"{information_gain(table[feature], play):.3f}" == expected[f"gain_{feature}"]
    if feature != "outlook":
        sunny = table["outlook"] == "sunny"
        gain = information_gain(table[feature][sunny], play[sunny])
        assert f"{gain:.3f}" == expected[f"gain_{feature}_given_sunny"]


def test_the_entropy_of_playing_that_quinlan_published():
    _, play = play_tennis()
    share = np.mean(play == "yes")
    assert f"{entropy([share, 1 - share]):.3f}" == "0.940"


def play_tennis():
    """Return the table as typed from the paper, without the package's loader."""
    rows = """
        sunny hot high false no; sunny hot high true no; overcast hot high false yes
        rain mild high false yes; rain cool normal false yes; rain cool normal true no
        overcast cool normal true yes; sunny mild high false no; sunny cool normal false yes
        rain mild normal false yes; sunny mild normal true yes; overcast mild high true yes
        overcast hot normal false yes; rain mild high true no
    """
    cells = np.array([row.split() for row in rows.replace("\n", ";").split(";") if row.strip()])
    names = ["outlook", "temperature", "humidity", "windy"]
    return dict(zip(names, cells.T[:4], strict=True)), cells.T[4]


LABELLED = st.integers(1, 30).flatmap(
    lambda n: st.tuples(
        hnp.arrays(int, n, elements=st.integers(0, 3)),
        hnp.arrays(int, n, elements=st.integers(0, 2)),
    )
)


@given(LABELLED)
def test_gain_is_the_divergence_of_the_table_from_independence(rows):
    feature, labels = rows
    n, cells = len(labels), Counter(zip(feature.tolist(), labels.tolist(), strict=True))
    rows, columns = Counter(feature.tolist()), Counter(labels.tolist())
    expected = math.fsum(
        count / n * math.log2(count * n / (rows[x] * columns[y])) for (x, y), count in cells.items()
    )
    assert information_gain(feature, labels) == pytest.approx(expected, abs=ROUNDING)


@given(LABELLED)
def test_gain_is_symmetric_and_at_most_either_entropy(rows):
    feature, labels = rows
    gain = information_gain(feature, labels)
    assert gain == pytest.approx(information_gain(labels, feature), abs=ROUNDING)
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    assert 0 <= gain <= entropy(shares) + ROUNDING


@given(LABELLED)
def test_a_serial_number_always_tells_all(rows):
    _, labels = rows
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    gain = information_gain(np.arange(len(labels)), labels)
    assert gain == pytest.approx(entropy(shares), abs=ROUNDING)


def test_gain_takes_words_numbers_and_truth_values():
    labels = ["a", "a", "b", "b"]
    for feature in (["x", "x", "y", "y"], [1, 1, 2, 2], np.array([1, 1, 2, 2]) <= 1):
        assert information_gain(feature, labels) == 1
    assert information_gain(np.array(["x", "x", "y", "y"], dtype=object), labels) == 1
    assert information_gain(["x", "x", "y", "y"], labels, base=4) == 0.5


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
        (lambda: cross_entropy([1], [0.5, 0.5]), ValueError, "p and q must have the same number"),
        (lambda: cross_entropy([0.5, 0.5], [2, 3]), ValueError, "q must sum to 1 .* sums to 5"),
        (lambda: kl_divergence([0.5, 0.5], [0.5, 0.6]), ValueError, "q must sum to 1"),
        (lambda: kl_divergence([2, 3], [0.5, 0.5]), ValueError, "p must sum to 1"),
        (lambda: js_divergence([0.5, 0.5], [1]), ValueError, "same number"),
        (lambda: gaussian_kl(0, 0), ValueError, "sd_p must be above 0, not 0"),
        (lambda: gaussian_kl(0, 1, 0, -1), ValueError, "sd_q must be above 0"),
        (lambda: gaussian_kl(math.inf, 1), ValueError, "mean_p must be a finite number"),
        (
            lambda: information_gain([1, 2], [1]),
            ValueError,
            "feature and labels must have the same",
        ),
        (lambda: information_gain([], []), ValueError, "feature is empty"),
        (lambda: information_gain([math.nan], [1]), ValueError, "feature holds nan"),
        (lambda: information_gain([["a"]], [1]), ValueError, "feature must be a 1-D array"),
        (lambda: information_gain([None, "a"], [1, 2]), TypeError, "feature must hold only words"),
    ],
)
def test_nonsense_is_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_the_tolerance_of_the_sum_is_as_stated():
    assert entropy([0.5, 0.5 + 0.9e-8]) == pytest.approx(1, abs=1e-7)
    with pytest.raises(ValueError, match="within 1e-08"):
        entropy([0.5, 0.5 + 1.1e-8])


@given(DISTRIBUTION, DISTRIBUTION)
def test_nothing_changes_its_input(p, q):
    assume(len(p) == len(q))
    copies = p.copy(), q.copy()
    for function in (cross_entropy, kl_divergence, js_divergence):
        function(p, q)
    entropy(p)
    surprise(p)
    np.testing.assert_array_equal(copies, (p, q))
