"""Softmax and attention: by hand, beside exact sums, by identity, and without its condition."""

import math
from decimal import Decimal, localcontext
from itertools import permutations, product

import hypothesis.extra.numpy as arrays
import hypothesis.strategies as some
import numpy as np
import pytest
from hypothesis import given
from scipy import special

from mlmath_helpers._arguments import TooLarge
from mlmath_helpers.linear_algebra import attention, softmax

RNG = np.random.default_rng(0)
EPS = np.finfo(float).eps
CRANE = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 2.0]])  # crane, lifts, steel
whole_scores = arrays.arrays(float, some.integers(1, 6), elements=some.integers(-40, 40))


def exact_softmax(scores):
    """Return the shares as decimals of sixty digits, for doubles as they are."""
    with localcontext() as context:
        context.prec = 60
        exps = [(Decimal(float(z)) - Decimal(float(max(scores)))).exp() for z in scores]
        return [each / sum(exps) for each in exps]


# --- softmax


def test_a_point_more_of_score_doubles_the_share_where_the_unit_is_log_2():
    shares = softmax(math.log(2) * np.array([2, 1, 2]))
    assert shares == pytest.approx([0.4, 0.2, 0.4], rel=4 * EPS)


def test_masked_scores_get_nothing_and_equal_ones_the_same():
    assert softmax([0.0, -math.inf]).tolist() == [1, 0]
    assert softmax([7.0, 7.0, -math.inf, 7.0, 7.0]).tolist() == [0.25, 0.25, 0, 0.25, 0.25]
    assert softmax([3]).tolist() == [1]
    np.testing.assert_allclose(
        softmax([[0.0, 0.0], [0.0, math.log(3)]]), [[0.5, 0.5], [0.25, 0.75]]
    )


@pytest.mark.parametrize("scores", [[math.nan], [math.inf, 0], [-math.inf], [], 3.0])
def test_rows_without_a_choice_are_refused(scores):
    with pytest.raises(ValueError, match=r"^z "):
        softmax(scores)


@given(some.lists(some.floats(-700, 700), min_size=1, max_size=6))
def test_softmax_is_that_of_scipy(scores):
    np.testing.assert_allclose(softmax(scores), special.softmax(scores), rtol=1e-12)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_shares_sum_to_one_along_the_axis_that_is_asked_for(axis):
    scores = RNG.normal(size=(2, 3, 4))
    shares = softmax(scores, axis=axis)
    assert shares == pytest.approx(special.softmax(scores, axis=axis), rel=1e-14)
    assert shares.sum(axis=axis) == pytest.approx(1, rel=4 * EPS)


@pytest.mark.parametrize("size", [1e-300, 1e-8, 1.0, 30.0, 300.0, 1e5, 1e300, 1e308])
def test_shares_are_right_to_the_last_digits_for_scores_of_any_size(size):
    # The gap to the largest score is rounded once, and exp turns a relative error of the gap
    # into gap times as much; exp, the sum and the quotient add a rounding or two each. On the
    # scale of 1, to which the shares sum, what is left is under two units in the last place.
    for n in (2, 5, 50):
        scores = size * RNG.uniform(-1, 1, size=n)
        for share, exact, z in zip(softmax(scores), exact_softmax(scores), scores, strict=True):
            off, gap = abs(Decimal(share) - exact), Decimal(scores.max()) - Decimal(z)
            assert off <= 2 * Decimal(EPS)
            if exact > Decimal("1e-300"):  # else the share leaves the range of doubles
                assert off <= (4 + gap) * Decimal(EPS) * exact


def test_scores_a_hair_apart_keep_their_difference_however_large_they_are():
    near = np.array([1e300, np.nextafter(1e300, 0)])
    assert softmax(near).tolist() == [1, 0]  # a hair is 1e284 there
    assert softmax([1e15, 1e15 + 1]) == pytest.approx(softmax([0, 1]), rel=4 * EPS)
    assert softmax([1.7e308, -1.7e308]).tolist() == [1, 0]


@given(whole_scores, some.integers(-(2**40), 2**40))
def test_a_constant_added_to_all_scores_changes_nothing(scores, constant):
    assert softmax(scores + constant).tolist() == softmax(scores).tolist()  # sums are exact here


def test_without_subtracting_the_largest_the_same_shares_are_lost():
    scores = np.array([1000.0, 1001.0, 1002.0])
    with np.errstate(all="ignore"):
        assert np.isnan(np.exp(scores) / np.exp(scores).sum()).all()
        assert np.isnan(np.exp(-scores) / np.exp(-scores).sum()).all()
    assert softmax(scores).tolist() == softmax([0, 1, 2]).tolist()


@given(whole_scores)
def test_shares_are_positive_sum_to_one_and_keep_the_order_of_the_scores(scores):
    shares = softmax(scores)
    assert (shares > 0).all()
    assert math.fsum(shares) == pytest.approx(1, rel=8 * EPS)
    assert (np.sign(np.subtract.outer(shares, shares)) == np.sign(np.subtract.outer(scores, scores))
            ).all()  # fmt: skip


@given(whole_scores)
def test_a_cold_softmax_chooses_the_largest_and_splits_ties_and_a_hot_one_is_fair(scores):
    n, winners = len(scores), scores == scores.max()
    assert softmax(scores / 1e-3) == pytest.approx(winners / winners.sum(), abs=1e-300)
    assert softmax(scores / 1e9) == pytest.approx(np.full(n, 1 / n), abs=1e-7)  # 80 / 1e9


@given(whole_scores)
def test_the_largest_share_falls_as_the_temperature_rises(scores):
    largest = [softmax(scores / T).max() for T in np.geomspace(0.01, 1000, 40)]
    assert (np.diff(largest) <= 4 * EPS).all()


# --- attention


def by_loops(Q, K, V):
    """Return outputs and weights, from the definition and with exactly rounded sums."""
    outputs, weights = [], []
    for q in Q:
        exps = [
            math.exp(math.fsum(a * b for a, b in zip(q, k, strict=True)) / len(q) ** 0.5) for k in K
        ]
        row = [each / math.fsum(exps) for each in exps]
        weights.append(row)
        outputs.append([math.fsum(w * v for w, v in zip(row, column, strict=True))
                        for column in V.T])  # fmt: skip
    return np.array(outputs), np.array(weights)


def some_words(m=3, n=5, d=4, d_v=2, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(m, d)), rng.normal(size=(n, d)), rng.normal(size=(n, d_v))


def test_the_crane_that_lifts_steel_by_hand():
    # Scores 2, 1, 2; one point multiplies by exp(1 / sqrt 2), here r: shares r : 1 : r.
    r = math.exp(1 / math.sqrt(2))
    output, weights = attention(CRANE, CRANE, CRANE)
    assert weights[0] == pytest.approx(np.array([r, 1, r]) / (2 * r + 1), rel=8 * EPS)
    assert output[0] == pytest.approx([r / (2 * r + 1), (3 * r + 1) / (2 * r + 1)], rel=8 * EPS)
    assert output[0].round(2).tolist() == [0.4, 1.4]  # as with doubling: r is 2.03


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (3, 5, 4, 2), (6, 2, 1, 3), (2, 40, 7, 1)])
def test_attention_is_what_loops_over_its_definition_give(shape):
    Q, K, V = some_words(*shape)
    output, weights = attention(Q, K, V)
    loop_output, loop_weights = by_loops(Q, K, V)
    assert weights == pytest.approx(loop_weights, rel=1e-13)
    assert output == pytest.approx(loop_output, rel=1e-13, abs=1e-14)


def test_a_query_of_zeros_gets_the_plain_mean_and_one_key_gives_its_value():
    _, K, V = some_words()
    assert attention(np.zeros((1, 4)), K, V).output[0] == pytest.approx(V.mean(axis=0))
    assert attention(K, K[:1], V[:1]).output == pytest.approx(np.repeat(V[:1], 5, axis=0))


@given(some.integers(0, 1000))
def test_in_no_direction_does_an_output_leave_the_hull_of_the_values(seed):
    Q, K, V = some_words(seed=seed)
    output = attention(5 * Q, K, V).output
    for way in np.random.default_rng(seed).normal(size=(20, 2)):
        assert (output @ way).max() <= (V @ way).max() + 8 * EPS * np.abs(V).sum()


def test_words_in_another_order_get_the_same_outputs_in_that_order():
    X = some_words(n=4, d=3)[1]
    output, weights = attention(X, X, X)
    for order in map(list, permutations(range(4))):
        again = attention(X[order], X[order], X[order])
        assert again.output == pytest.approx(output[order], rel=1e-13)
        assert again.weights == pytest.approx(weights[np.ix_(order, order)], rel=1e-13)
    place = np.arange(12.0).reshape(4, 3)  # what is added for the first place, the second ...
    there, back = X + place, X[::-1] + place
    gap = attention(there, there, there).output[::-1] - attention(back, back, back).output
    assert np.abs(gap).max() > 0.1


def test_a_vector_added_to_all_keys_changes_nothing_but_added_to_all_queries_it_does():
    Q, K, V = some_words()
    shift = np.array([3.0, -1.0, 2.0, 5.0])
    same = attention(Q, K + shift, V)
    assert same.weights == pytest.approx(attention(Q, K, V).weights, rel=1e-13)
    other = attention(Q + shift, K, V)
    assert np.abs(other.weights - attention(Q, K, V).weights).max() > 0.1


def test_only_the_product_of_the_maps_of_queries_and_keys_matters():
    rng = np.random.default_rng(2)
    X, W_Q, W_K, B = (rng.normal(size=shape) for shape in ((5, 6), (6, 3), (6, 3), (3, 3)))
    weights = attention(X @ W_Q, X @ W_K, X).weights
    others = attention(X @ W_Q @ B, X @ W_K @ np.linalg.inv(B).T, X).weights
    assert others == pytest.approx(weights, rel=1e-10)
    assert softmax(X @ (W_Q @ W_K.T) @ X.T / 3**0.5) == pytest.approx(weights, rel=1e-12)


def test_a_key_inside_the_hull_of_the_others_never_gets_the_largest_share():
    K = np.array([[3.0, 0.0], [0.0, 3.0], [-1.0, -1.0], [0.5, 0.5]])
    Q = np.column_stack([np.cos(np.arange(360.0)), np.sin(np.arange(360.0))])
    for heat in (0.01, 1.0, 100.0):
        weights = attention(Q / heat, K, K).weights
        assert (weights[:, :3].max(axis=1) > weights[:, 3]).all()
    outside = attention([[1.0, 1.0]], [*K[:3], [2.0, 2.0]], K).weights  # beyond the line of two
    assert outside.argmax() == 3


def test_a_word_behind_the_mask_cannot_be_seen():
    X, causal = some_words(n=5, d=3)[1], np.tri(5, dtype=bool)
    output, weights = attention(X, X, X, mask=causal)
    assert (weights[~causal] == 0).all()
    assert weights.sum(axis=1) == pytest.approx(1)
    for i in range(5):  # as if the text ended there
        alone = attention(X[[i]], X[: i + 1], X[: i + 1])
        assert output[i] == pytest.approx(alone.output[0], rel=1e-13)
    changed = X.copy()
    changed[3] = 9.0
    assert attention(changed, changed, changed, mask=causal).output[:3].tolist() == (
        output[:3].tolist()
    )
    free = attention(changed, changed, changed).output - attention(X, X, X).output
    assert (np.abs(free[:3]).max(axis=1) > 0.1).all()


def test_a_mask_that_hides_nothing_changes_nothing():
    Q, K, V = some_words()
    free, open_to_all = attention(Q, K, V), attention(Q, K, V, mask=np.ones((3, 5), dtype=bool))
    assert open_to_all.weights.tolist() == free.weights.tolist()


def test_scores_beyond_all_doubles_are_refused_where_numpy_does_not_raise_too():
    with pytest.raises(ValueError, match="Q has entries so large"):
        attention([[1e200]], [[1e200]], [[1.0]])
    with np.errstate(over="ignore"), pytest.raises(TooLarge):
        attention.__wrapped__([[1e200]], [[1e200]], [[1.0]])


def test_kernel_regression_is_attention_with_one_more_coordinate():
    # exp(-|q - k|^2 / 2) over its sum, by distances; |q|^2 is the same for all keys and drops out.
    Q, K, V = some_words(d=3)
    squares = ((Q[:, None, :] - K[None, :, :]) ** 2).sum(axis=2)
    by_distance = np.exp(-squares / 2) / np.exp(-squares / 2).sum(axis=1, keepdims=True) @ V
    longer_Q = np.column_stack([Q, np.ones(3)]) * 2.0  # 2 = sqrt(4) undoes the scaling
    longer_K = np.column_stack([K, -(K**2).sum(axis=1) / 2])
    assert attention(longer_Q, longer_K, V).output == pytest.approx(by_distance, rel=1e-12)


# --- why the root of d


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_dot_products_of_independent_entries_have_variance_d_and_of_equal_ones_d_squared(d):
    # Entries -1 or 1, each as likely, have mean 0 and variance 1; all cases can be listed.
    free = np.array(list(product([-1, 1], repeat=d)))
    equal = np.array([np.ones(d), -np.ones(d)])
    for Q, K, variance in [(free, free, d), (equal, equal, d**2), (equal, free, d)]:
        dots = Q @ K.T
        assert dots.mean() == 0
        assert dots.var() == variance


def test_unscaled_scores_leave_almost_all_to_one_key_as_d_grows():
    rng = np.random.default_rng(3)
    largest = {}
    for d in (4, 1024):
        Q, K = rng.normal(size=(300, d)), rng.normal(size=(10, d))
        largest[d] = [softmax(S).max(axis=1).mean() for S in (Q @ K.T, Q @ K.T / d**0.5)]
    assert largest[1024][0] > 0.95  # the two best scores are about 0.4 * 32 apart
    assert largest[1024][1] == pytest.approx(largest[4][1], abs=0.05)


# --- what is refused, and what is left as it was

NAN, INF = np.nan, np.inf
SMALL = [[2.0, 1.0], [1.0, 3.0]]
ONES = np.ones((2, 3))
BAD = [
    (softmax, (["a", "b"],), {}, TypeError, "z", "real numbers"),
    (softmax, ([NAN, 1],), {}, ValueError, "z", "nan or inf"),
    (softmax, ([-INF, -INF],), {}, ValueError, "z", "may be chosen"),
    (softmax, ([0, INF],), {}, ValueError, "z", "only -inf is allowed"),
    (softmax, ([[0, -INF], [1, -INF]],), {"axis": 0}, ValueError, "z", "may be chosen"),
    (softmax, (3.0,), {}, ValueError, "z", "not be a single number"),
    (softmax, ([],), {}, ValueError, "z", "empty"),
    (softmax, ([[1, 2], [3]],), {}, ValueError, "z", "different lengths"),
    (softmax, (np.ma.masked_array([1.0, 2.0], [True, False]),), {}, ValueError, "z", "masked"),
    (softmax, ([1, 2],), {"axis": 1}, ValueError, "axis", "at most 0"),
    (softmax, ([1, 2],), {"axis": -2}, ValueError, "axis", "at least -1"),
    (softmax, ([1, 2],), {"axis": None}, TypeError, "axis", "whole number"),
    (attention, ([1, 2], ONES, ONES), {}, ValueError, "Q", "2-D array"),
    (attention, ([[1, NAN]], ONES, ONES), {}, ValueError, "Q", "nan or inf"),
    (attention, (1e200 * ONES, 1e200 * ONES, ONES), {}, ValueError, "Q", "power of ten"),
    (attention, (ONES, [[1, 2]], ONES), {}, ValueError, "Q and K", "same number of entries"),
    (attention, (ONES, [["a"] * 3], ONES), {}, TypeError, "K", "real numbers"),
    (attention, (ONES, ONES, [[1, 2, 3]]), {}, ValueError, "K and V", "as many rows"),
    (attention, (ONES, ONES, [1, 2]), {}, ValueError, "V", "2-D array"),
    (attention, (ONES, ONES, ONES), {"mask": [[1, 0], [1, 1]]}, TypeError, "mask", "True where"),
    (attention, (ONES, ONES, ONES), {"mask": [[-INF, 0.0]] * 2}, TypeError, "mask", "True where"),
    (attention, (ONES, ONES, ONES), {"mask": [[True], []]}, ValueError, "mask", "different len"),
    (attention, (ONES, ONES, ONES), {"mask": [True, True]}, ValueError, "mask", "shape (2, 2)"),
    (attention, (ONES, ONES, ONES), {"mask": np.eye(2) > 1}, ValueError, "mask", "something to"),
]

UNTOUCHED = [
    (softmax, (SMALL,)),
    (attention, (SMALL, SMALL, SMALL)),
]
