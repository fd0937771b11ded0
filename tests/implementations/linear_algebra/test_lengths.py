"""Lengths, angles and projections: by hand, beside numpy, by identity, at every scale."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrices import EPS, arrays_of, several
from mlmath_helpers.linear_algebra import cosine_similarity, norm, project

vectors = arrays_of(st.integers(1, 6))
pairs = arrays_of(st.tuples(st.just(2), st.integers(1, 6)))
powers = st.one_of(st.floats(1, 20), st.just(math.inf))


# --- lengths


def test_norms_that_can_be_done_in_the_head():
    assert norm([3, -4]) == 5
    assert norm([3, -4], p=1) == 7
    assert norm([3, -4], p=math.inf) == 4
    assert norm([0, 0, 0]) == 0
    assert norm([-7]) == 7
    assert f"{norm([1, 2, 3]):.4f}" == "3.7417"
    assert isinstance(norm(np.array([3, 4])), float)


def test_the_norm_of_a_matrix_is_that_of_its_entries():
    assert norm([[1, 2], [3, 4]]) == pytest.approx(math.sqrt(30), rel=4 * EPS)
    # ... and not the most that it stretches, which for the identity is 1
    assert norm(np.eye(4)) == 2
    assert np.linalg.svd(np.eye(4), compute_uv=False)[0] == 1


@pytest.mark.parametrize("scale", [1e200, 1e-200, 2.0**1000, 2.0**-1074])
def test_no_square_overflows_or_vanishes_in_a_length(scale):
    # the last scale is the smallest double there is, where 3 and 4 times it are still exact
    assert norm([3 * scale, 4 * scale]) == pytest.approx(5 * scale, rel=2 * EPS)
    assert norm([3 * scale, 4 * scale], p=1) == pytest.approx(7 * scale, rel=2 * EPS)


@pytest.mark.parametrize("p", [1, 1.5, 2, 3, 7.25, 60, math.inf])
def test_norms_agree_with_numpy(p):
    x = np.random.default_rng(1).normal(size=50)
    assert norm(x, p) == pytest.approx(np.linalg.norm(x, p), rel=50 * EPS)


def test_a_huge_power_comes_to_the_largest_entry():
    assert norm([1, 2, 3], p=1e300) == 3


@several
@given(pairs, powers)
def test_the_triangle_inequality_holds_from_p_1_on(pair, p):
    v, w = pair
    assert norm(v + w, p) <= (norm(v, p) + norm(w, p)) * (1 + 1e-14)


def test_below_p_1_the_triangle_inequality_fails():
    def length(x, p):
        return sum(abs(entry) ** p for entry in x) ** (1 / p)

    assert length([1, 1], 0.5) == 4 > length([1, 0], 0.5) + length([0, 1], 0.5) == 2


@several
@given(vectors, powers, st.floats(-50, 50))
def test_a_multiple_is_as_much_longer(v, p, c):
    assert norm(c * v, p) == pytest.approx(abs(c) * norm(v, p), rel=1e-13, abs=1e-300)


@several
@given(vectors, st.floats(1, 20), st.floats(1, 20))
def test_a_larger_p_never_gives_a_larger_length(v, p, q):
    p, q = sorted([p, q])
    assert norm(v, math.inf) <= norm(v, q) * (1 + 1e-14)
    assert norm(v, q) <= norm(v, p) * (1 + 1e-14)
    assert norm(v, 1) <= math.sqrt(len(v)) * norm(v) * (1 + 1e-14)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=6))
def test_whole_lengths_are_whole(legs):
    legs = [*legs, 1 - sum(legs) % 2]  # so that the sum of squares is odd
    squares = sum(leg**2 for leg in legs)  # s + ((s - 1) / 2)^2 is ((s + 1) / 2)^2
    assert norm([*legs, (squares - 1) // 2]) == (squares + 1) // 2


# --- angles and projections


def test_cosines_that_can_be_done_in_the_head():
    assert cosine_similarity([2, 0], [0, 3]) == 0
    assert cosine_similarity([1, 1], [5, 0]) == pytest.approx(math.sqrt(0.5), rel=4 * EPS)
    assert cosine_similarity([1, 2, 3], [4, 5, 6]) == pytest.approx(32 / math.sqrt(14 * 77))
    assert isinstance(cosine_similarity([1, 2], [3, 4]), float)


@several
@given(pairs.filter(lambda pair: pair.any(axis=1).all()))
def test_the_cauchy_schwarz_inequality_keeps_the_cosine_between_minus_1_and_1(pair):
    v, w = pair
    assert abs(v @ w) <= norm(v) * norm(w) * (1 + 1e-14)
    assert -1 <= cosine_similarity(v, w) <= 1
    assert cosine_similarity(v, w) == pytest.approx(v @ w / (norm(v) * norm(w)), abs=1e-14)


@several
@given(vectors.filter(np.any), st.sampled_from([-1e305, -3.0, 1e-300, 0.1, 7e300]))
def test_a_multiple_points_the_same_or_the_opposite_way(v, factor):
    w = v * (factor / np.abs(v).max())
    assert cosine_similarity(v, w) == pytest.approx(math.copysign(1, factor), abs=8 * EPS)


def test_rounding_never_lifts_a_cosine_above_1():
    for v in ([0.1, 0.5], [0.2, 0.7], [0.1, 1.4]):  # without the clip they come to a little more
        assert cosine_similarity(v, 3 * np.array(v)) <= 1
        assert cosine_similarity(v, -3 * np.array(v)) >= -1


def test_the_cosine_survives_the_largest_and_smallest_doubles():
    assert cosine_similarity([1.7e308, 1.7e308], [5e-324, 5e-324]) == pytest.approx(1, abs=4 * EPS)
    # one rounding of a product: some BLAS fuse the products with the sum
    assert abs(cosine_similarity([1.7e308, -1.7e308], [5e-324, 5e-324])) <= EPS


def test_rows_are_compared_one_by_one():
    X = np.random.default_rng(2).normal(size=(7, 4))
    w = np.arange(4) - 1.2
    together = cosine_similarity(X, w)
    assert together.shape == (7,)
    # one product of a matrix and one of a vector may add in another order
    np.testing.assert_allclose(together, [cosine_similarity(x, w) for x in X], atol=8 * EPS)


def test_projections_that_can_be_done_in_the_head():
    np.testing.assert_array_equal(project([2, 3], onto=[4, 0]), [2, 0])
    np.testing.assert_array_equal(project(onto=[-4, 0], v=[2, 3]), [2, 0])
    np.testing.assert_array_equal(project([0, 0], onto=[1, 5]), [0, 0])
    np.testing.assert_allclose(project([1, 2, 3], onto=[1, 1, 1]), [2, 2, 2], rtol=4 * EPS)
    assert not np.signbit(project([1, 0], onto=[0, -1])).any()  # no -0. to be printed


@several
@given(pairs.filter(lambda pair: pair[1].any()), st.floats(-5, 5))
def test_what_is_left_of_v_is_orthogonal_and_no_other_point_is_nearer(pair, c):
    v, onto = pair
    shadow = project(v, onto)
    rounding = 1e-14 * norm(v) * norm(onto)
    assert abs((v - shadow) @ onto) <= rounding
    assert norm(v - shadow) <= norm(v - c * onto) * (1 + 1e-12) + 1e-14 * norm(v)
    assert norm(shadow) <= norm(v) * (1 + 1e-14)
    np.testing.assert_allclose(project(shadow, onto), shadow, atol=1e-14 * norm(v))


@pytest.mark.parametrize("scale", [1e300, 1e-300])
def test_the_projection_overflows_at_no_scale_of_either_vector(scale):
    expected = np.array([1.6, 0.8])  # of (1, 2) on (2, 1): 4/5 of it
    np.testing.assert_allclose(project([1, 2], [2 * scale, scale]), expected, rtol=4 * EPS)
    shadow = project([scale, 2 * scale], [2, 1])
    np.testing.assert_allclose(shadow, expected * scale, rtol=4 * EPS)


def test_a_shadow_that_is_a_double_is_found_though_the_dot_product_is_none():
    np.testing.assert_allclose(project([1.5e308, 1e308], [1, 1]), 1.25e308, rtol=4 * EPS)


@given(st.lists(st.integers(-99, 99), min_size=2, max_size=2).filter(any))
def test_whole_vectors_at_right_angles_have_a_cosine_of_nought(v):
    assert cosine_similarity(v, [-v[1], v[0]]) == 0
    assert cosine_similarity(v, [7 * v[0], 7 * v[1]]) == 1


# --- what is refused, and what is left as it was

NAN, INF = np.nan, np.inf
SMALL = [[2.0, 1.0], [1.0, 3.0]]
BAD = [
    (norm, ("long",), {}, TypeError, "x", "real numbers"),
    (norm, ([1j, 2],), {}, TypeError, "x", "real numbers"),
    (norm, ([1, None],), {}, TypeError, "x", "real number"),
    (norm, ({1, 2},), {}, TypeError, "x", "real number"),
    (norm, (np.array(["2026-01-01"], dtype="datetime64"),), {}, TypeError, "x", "real numbers"),
    (norm, ([10**400],), {}, ValueError, "x", "largest double"),
    (norm, (np.ma.masked_array([1.0, 2.0], [True, False]),), {}, ValueError, "x", "masked"),
    (norm, ([[1, 2], [3]],), {}, ValueError, "x", "different lengths"),
    (norm, ([],), {}, ValueError, "x", "empty"),
    (norm, (7,), {}, ValueError, "x", "1-D array"),
    (norm, (np.ones((2, 2, 2)),), {}, ValueError, "x", "1-D array"),
    (norm, ([[1, 2]],), {"p": 1}, ValueError, "x", "p = 2"),
    (norm, ([1, NAN],), {}, ValueError, "x", "nan or inf"),
    (norm, ([1, -INF],), {}, ValueError, "x", "nan or inf"),
    (norm, ([1, 2],), {"p": 0.5}, ValueError, "p", "triangle inequality"),
    (norm, ([1, 2],), {"p": -INF}, ValueError, "p", "at least 1"),
    (norm, ([1, 2],), {"p": NAN}, ValueError, "p", "finite"),
    (norm, ([1, 2],), {"p": "2"}, TypeError, "p", "real number"),
    (norm, ([1, 2],), {"p": True}, TypeError, "p", "real number"),
    (norm, ([1, 2],), {"p": None}, TypeError, "p", "real number"),
    (norm, ([1.7e308, 1.7e308],), {}, ValueError, "x", "largest double"),
    (cosine_similarity, ([1, 2], [1, 2, 3]), {}, ValueError, "v and w", "same number of entries"),
    (cosine_similarity, ([0, 0], [1, 2]), {}, ValueError, "v", "zero vector"),
    (cosine_similarity, ([[1, 0], [0, 0]], [1, 2]), {}, ValueError, "v[1]", "zero vector"),
    (cosine_similarity, ([1, 2], [0, 0]), {}, ValueError, "w", "zero vector"),
    (cosine_similarity, ([1, 2], [[1, 2]]), {}, ValueError, "w", "1-D array"),
    (cosine_similarity, (np.ones((2, 2, 2)), [1, 2]), {}, ValueError, "v", "matrix of rows"),
    (cosine_similarity, (3, [1]), {}, ValueError, "v", "1-D array"),
    (cosine_similarity, ([], [1]), {}, ValueError, "v", "empty"),
    (cosine_similarity, ([1, 2], []), {}, ValueError, "w", "empty"),
    (cosine_similarity, ([1, NAN], [1, 2]), {}, ValueError, "v", "nan or inf"),
    (cosine_similarity, ([1, 2], ["a", "b"]), {}, TypeError, "w", "real numbers"),
    (project, ([1, 2], [0, 0]), {}, ValueError, "onto", "zero vector"),
    (project, ([1, 2], [1, 2, 3]), {}, ValueError, "v and onto", "same number of entries"),
    (project, ([[1, 2]], [1, 2]), {}, ValueError, "v", "1-D array"),
    (project, ([1, 2], 3), {}, ValueError, "onto", "1-D array"),
    (project, ([], []), {}, ValueError, "v", "empty"),
    (project, ([1, INF], [1, 2]), {}, ValueError, "v", "nan or inf"),
    (project, ([1, 2], [1, 2j]), {}, TypeError, "onto", "real numbers"),
    (project, ([1.7e308, 1.7e308], [1, 2]), {}, ValueError, "v", "largest double"),
]

UNTOUCHED = [
    (norm, ([3.0, 4.0],)),
    (norm, (SMALL,)),
    (cosine_similarity, (SMALL, [1.0, 2.0])),
    (project, ([3.0, 4.0], [1.0, -2.0])),
]
