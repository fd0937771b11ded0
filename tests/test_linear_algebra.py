"""Linear algebra: by hand, by published numbers, by identity, and without its condition."""

import csv
import json
import math
import pathlib
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mlmath_helpers.datasets import load_penguins, load_portrait
from mlmath_helpers.linear_algebra import (
    cosine_similarity,
    eigen_symmetric,
    low_rank,
    norm,
    pagerank,
    pca,
    power_iteration,
    project,
)
from mlmath_helpers.linear_algebra.eigenvectors import _turn

REFERENCE = pathlib.Path(__file__).parent / "reference"
GALLERY = {
    entry["name"]: {**entry, "matrix": np.array(entry["matrix"])}
    for entry in json.loads((REFERENCE / "linalg_gallery.json").read_text())["matrices"]
}
PUBLISHED = {
    entry["id"]: entry
    for entry in json.loads((REFERENCE / "published.json").read_text())["entries"]
}
SYMMETRIC = [
    name
    for name, entry in GALLERY.items()
    if "eigenvalues" in entry and (entry["matrix"] == entry["matrix"].T).all()
]
WITH_SINGULAR_VALUES = [name for name, entry in GALLERY.items() if "singular_values" in entry]

# One rounding of a double. A sum of d terms is wrong by at most about d of them.
EPS = np.finfo(float).eps

several = settings(max_examples=60, deadline=None, derandomize=True)
entries = st.floats(-100, 100).map(lambda x: round(x, 3))  # no underflow: that has its own tests
vectors = st.integers(1, 6).flatmap(lambda d: arrays(float, d, elements=entries))
pairs = st.integers(1, 6).flatmap(lambda d: arrays(float, (2, d), elements=entries))
matrices = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: arrays(float, shape, elements=entries)
)
squares = st.integers(1, 5).flatmap(lambda n: arrays(float, (n, n), elements=entries))
powers = st.one_of(st.floats(1, 20), st.just(math.inf))


def largest_entry_is_positive(columns):
    columns = np.reshape(columns, (len(columns), -1))
    sizes = np.abs(columns)
    first = (sizes > sizes.max(axis=0) * (1 - 1e-8)).argmax(axis=0)
    return (columns[first, range(columns.shape[1])] > 0).all()


# ---------------------------------------------------------------- lengths


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


# ---------------------------------------------------------------- angles and projections


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
    for v in ([5, 3], [4, 1, 1]):  # without the clip both come to a little more
        assert cosine_similarity(v, v) == 1


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
    np.testing.assert_array_equal(project([2, 3], onto=[-4, 0]), [2, 0])
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


# ---------------------------------------------------------------- power iteration


def test_the_largest_eigenvalue_of_the_articles_matrix_is_5():
    eigenvalue, eigenvector = power_iteration([[4, 2], [1, 3]])
    assert eigenvalue == pytest.approx(5, rel=1e-13)
    np.testing.assert_allclose(eigenvector, np.array([2, 1]) / math.sqrt(5), rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "eigenvalue", "direction", "digits"),
    [
        # tol |A| times the condition of the eigenvalue bounds the error: 1, 3 and 600 here
        ("pagerank_bryan_leise", 1, [12, 4, 9, 6], 13),
        ("burden_faires_power", 6, [1, 5 / 7, -1 / 4], 12),
        ("moler_gallery_3", 3, None, 10),  # numpy's eigvals keeps 11 digits of it
    ],
)
def test_power_iteration_finds_published_eigenvalues(name, eigenvalue, direction, digits):
    found = power_iteration(GALLERY[name]["matrix"])
    assert found.eigenvalue == pytest.approx(eigenvalue, rel=10.0**-digits)
    if direction:
        np.testing.assert_allclose(
            found.eigenvector, np.array(direction) / norm(direction), atol=1e-12
        )


def test_a_negative_eigenvalue_is_found_with_its_sign():
    eigenvalue, eigenvector = power_iteration([[-3, 0], [0, 2]])
    assert eigenvalue == pytest.approx(-3, rel=1e-13)
    np.testing.assert_allclose(eigenvector, [1, 0], atol=1e-13)


@several
@given(squares)
def test_the_pair_found_is_one_of_a_matrix_next_door(A):
    try:
        eigenvalue, v = power_iteration(A, n_steps=200, tol=1e-10)
    except np.linalg.LinAlgError:
        return  # legitimate for some: the tests below say for which
    assert norm(A @ v - eigenvalue * v) <= 1.01e-10 * norm(A)
    assert norm(v) == pytest.approx(1, rel=4 * EPS)
    assert largest_entry_is_positive(v)


@pytest.mark.parametrize(
    ("A", "reason"),
    [
        ([[3, 0], [0, -3]], "eigenvalues, 3 and -3, are too equal"),
        ([[0, -1], [1, 0]], "complex pair of size 1"),
        ([[0, -2, 0], [2, 0, 0], [0, 0, 1]], "complex pair of size 2"),
        ([[2, 1], [0, 2]], "eigenvalues, both about 2, are too equal"),
        ([[3, -2], [0, 3]], "eigenvalues, both about 3, are too equal"),
        ([[1, -1], [1, 3]], "eigenvalues, both about 2, are too equal"),
        ([[1, 0], [0, 0.9998]], "eigenvalues, both about 0.9999, are too equal"),
        ([[0, 1, 0], [0, 0, 1], [1, 0, 0]], "three or more eigenvalues"),
    ],
)
def test_where_no_eigenvalue_leads_the_error_says_why(A, reason):
    with pytest.raises(np.linalg.LinAlgError, match=reason):
        power_iteration(A)


def test_too_few_steps_are_said_to_be_too_few():
    with pytest.raises(np.linalg.LinAlgError, match=r"5 steps: .* too few, .* 0\.40 of the error"):
        power_iteration([[4, 2], [1, 3]], n_steps=5)


def test_equal_eigenvalues_with_enough_eigenvectors_are_no_obstacle():
    assert power_iteration(4 * np.eye(3)).eigenvalue == pytest.approx(4, rel=4 * EPS)


def test_a_matrix_that_ends_at_zero_has_the_eigenvalue_zero():
    for A in ([[0, 0], [0, 0]], [[0, 1], [0, 0]], [[0, 1, 5], [0, 0, 1], [0, 0, 0]]):
        eigenvalue, v = power_iteration(A)
        assert eigenvalue == 0
        np.testing.assert_array_equal(A @ v, 0)


def test_a_start_without_the_leading_direction_finds_another_pair():
    A = np.diag([5.0, 2.0])
    assert power_iteration(A, start=[0, 1]).eigenvalue == 2
    assert power_iteration(A).eigenvalue == pytest.approx(5, rel=1e-13)


@pytest.mark.parametrize("leading", [[1, 1, 1], [1, -2, 1], [1, 0, -1], [2, -1, 0], [0, 0, 1]])
def test_the_default_start_sees_directions_that_simpler_starts_miss(leading):
    A = np.outer(leading, leading) / np.dot(leading, leading)  # projects on that direction
    assert power_iteration(A).eigenvalue == pytest.approx(1, rel=1e-13)


# ---------------------------------------------------------------- Jacobi's rotations


@pytest.mark.parametrize("name", SYMMETRIC)
def test_the_eigenvalues_of_famous_matrices_are_right(name):
    A = GALLERY[name]["matrix"]
    exact = np.array([float(text) for text in GALLERY[name]["eigenvalues"]])
    # Weyl: rounding the entries alone moves eigenvalues by up to n EPS |A|
    tolerance = len(A) * EPS * np.abs(exact).max()
    np.testing.assert_allclose(eigen_symmetric(A).eigenvalues, exact, rtol=0, atol=tolerance)


@pytest.mark.parametrize("name", SYMMETRIC)
def test_jacobi_is_as_accurate_as_numpy_within_a_rounding(name):
    A = GALLERY[name]["matrix"]
    exact = np.array([float(text) for text in GALLERY[name]["eigenvalues"]])
    ours = np.abs(eigen_symmetric(A).eigenvalues - exact).max()
    numpys = np.abs(np.linalg.eigvalsh(A)[::-1] - exact).max()
    assert ours <= max(numpys, 4 * EPS * np.abs(exact).max())


def random_symmetric(n, seed=3):
    B = np.random.default_rng(seed).normal(size=(n, n))
    return B + B.T


def count_above(A, x):
    """How many eigenvalues of A exceed x: the positive pivots of A - x I, in exact fractions."""
    M = [[Fraction(entry) for entry in row] for row in A.tolist()]
    for k in range(len(M)):
        M[k][k] -= Fraction(x)
    positive = 0
    for k, row in enumerate(M):
        assert row[k] != 0
        positive += row[k] > 0
        for lower in M[k + 1 :]:
            share = lower[k] / row[k]
            for j in range(k, len(M)):
                lower[j] -= share * row[j]
    return positive


@pytest.mark.parametrize("exponents", [(0, 3, 6, 9, 12), (12, 9, 6, 3, 0), (6, 0, 12, 3, 9)])
def test_even_the_small_eigenvalues_of_a_graded_matrix_keep_their_digits(exponents):
    # Demmel and Veselic (1992): for D B D with B well-conditioned, Jacobi's relative error is
    # small although the eigenvalues span 24 powers of ten
    D = 10.0 ** -np.array(exponents)
    A = D[:, None] * (0.3 + 0.7 * np.eye(5)) * D
    A = (A + A.T) / 2
    for place, eigenvalue in enumerate(eigen_symmetric(A).eigenvalues):
        assert count_above(A, eigenvalue * (1 + 1e-14)) <= place
        assert count_above(A, eigenvalue * (1 - 1e-14)) >= place + 1


def test_a_full_size_matrix_agrees_with_numpy():
    A = random_symmetric(64)
    eigenvalues, V = eigen_symmetric(A)
    np.testing.assert_allclose(eigenvalues, np.linalg.eigvalsh(A)[::-1], atol=64 * EPS * norm(A, 2))
    np.testing.assert_allclose(V.T @ V, np.eye(64), atol=64 * EPS)


@several
@given(squares)
def test_a_symmetric_matrix_is_put_together_again_from_its_eigenvectors(B):
    A = B + B.T
    eigenvalues, V = eigen_symmetric(A)
    n = len(A)
    np.testing.assert_allclose(V.T @ V, np.eye(n), atol=20 * n * EPS)
    np.testing.assert_allclose(V * eigenvalues @ V.T, A, atol=20 * n * EPS * norm(A))
    assert (np.diff(eigenvalues) <= 0).all()
    assert eigenvalues.sum() == pytest.approx(A.trace(), abs=20 * n * EPS * norm(A))
    assert norm(eigenvalues) == pytest.approx(norm(A), rel=20 * n * EPS)
    assert largest_entry_is_positive(V)


def test_without_symmetry_eigenvectors_need_not_be_orthogonal():
    _, vectors = np.linalg.eig([[4.0, 2.0], [1.0, 3.0]])
    assert abs(vectors[:, 0] @ vectors[:, 1]) > 0.3


def test_simple_matrices_come_out_exactly():
    eigenvalues, V = eigen_symmetric(np.diag([1.0, 3.0, -2.0]))
    np.testing.assert_array_equal(eigenvalues, [3, 1, -2])
    np.testing.assert_array_equal(V, [[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    np.testing.assert_array_equal(eigen_symmetric(np.zeros((3, 3))).eigenvalues, 0)
    np.testing.assert_array_equal(eigen_symmetric([[7]]).eigenvectors, [[1]])
    np.testing.assert_array_equal(eigen_symmetric([[0, 1], [1, 0]]).eigenvalues, [1, -1])


@pytest.mark.parametrize("scale", [2.0**1000, 2.0**-1000])
def test_scaling_a_matrix_scales_its_eigenvalues_and_nothing_else(scale):
    A = random_symmetric(4)
    eigenvalues, V = eigen_symmetric(A)
    scaled = eigen_symmetric(A * scale)
    np.testing.assert_array_equal(scaled.eigenvalues, eigenvalues * scale)
    np.testing.assert_array_equal(scaled.eigenvectors, V)


def test_entries_near_the_largest_double_are_no_obstacle():
    big = eigen_symmetric([[1.5e308, 1e307], [1e307, -1.5e308]]).eigenvalues
    small = eigen_symmetric([[1.5, 0.1], [0.1, -1.5]]).eigenvalues
    np.testing.assert_allclose(big / 1e308, small, rtol=4 * EPS)


def test_the_rounding_of_a_product_does_not_count_as_asymmetry():
    A = random_symmetric(5)
    wobble = 1e-13 * np.abs(A).max() * np.triu(np.ones((5, 5)), 1)
    shift = np.abs(eigen_symmetric(A + wobble).eigenvalues - eigen_symmetric(A).eigenvalues)
    assert shift.max() <= norm(wobble)  # Weyl
    mean = (A + wobble) / 2 + (A + wobble).T / 2
    np.testing.assert_allclose(
        eigen_symmetric(A + wobble).eigenvalues, eigen_symmetric(mean).eigenvalues, rtol=8 * EPS
    )


def test_each_turn_makes_its_zero_and_shrinks_what_is_off_the_diagonal():
    A, V = random_symmetric(5), np.eye(5)
    before = A.copy()
    for p in range(5):
        for q in range(p + 1, 5):
            off = norm(A - np.diag(A.diagonal()))
            eliminated = A[p, q]
            assert _turn(A, V, p, q)
            assert A[p, q] == A[q, p] == 0
            left = norm(A - np.diag(A.diagonal()))
            assert left**2 == pytest.approx(off**2 - 2 * eliminated**2, abs=1e-13 * off**2)
    np.testing.assert_allclose(V.T @ before @ V, A, atol=1e-14 * norm(before))


@pytest.mark.parametrize("n", [2, 7, 20])
def test_rank_deficient_and_clustered_matrices_settle(n):
    rng = np.random.default_rng(4)
    thin = rng.normal(size=(n, 1))
    Q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    clustered = Q * (1 + 1e-12 * rng.normal(size=n)) @ Q.T
    hilbert = 1 / (np.arange(n)[:, None] + np.arange(n) + 1)
    for A in (np.ones((n, n)), thin @ thin.T, (clustered + clustered.T) / 2, hilbert):
        np.testing.assert_allclose(
            eigen_symmetric(A).eigenvalues, np.linalg.eigvalsh(A)[::-1], atol=10 * n * EPS * norm(A)
        )


# ---------------------------------------------------------------- PageRank


def pagerank_by_solving(links, damping):
    links = np.asarray(links, dtype=float)
    n = len(links)
    P = np.array([row / row.sum() if row.any() else np.full(n, 1 / n) for row in links])
    return np.linalg.solve(np.eye(n) - damping * P.T, np.full(n, (1 - damping) / n))


webs = st.integers(1, 6).flatmap(lambda n: arrays(float, (n, n), elements=st.sampled_from([0, 1])))


@several
@given(webs, st.floats(0, 0.95))
def test_ranks_are_positive_sum_to_one_and_solve_their_equation(links, damping):
    rank = pagerank(links, damping)
    assert rank.sum() == pytest.approx(1, abs=8 * EPS)
    assert (rank > 0).all()
    # tol = 1e-12 a step, and at most 0.95 / 0.05 times that is left
    np.testing.assert_allclose(rank, pagerank_by_solving(links, damping), atol=2e-11)


def test_as_damping_nears_1_the_published_stationary_distribution_appears():
    entry = GALLERY["pagerank_bryan_leise"]  # its columns, not rows, sum to one
    links = (entry["matrix"] > 0).T
    exact = np.array([float(Fraction(text)) for text in entry["stationary_exact"]])
    np.testing.assert_allclose(pagerank(links, damping=0.9999), exact, atol=1e-4)
    assert np.abs(pagerank(links) - exact).max() > 0.01  # at 0.85 it is another vector


def test_many_steps_do_not_let_the_sum_drift_from_one():
    chain = np.roll(np.eye(50), 1, axis=1)  # page i links to i + 1
    chain[0] = 0
    # left to itself, the sum is off by 1e-14 here
    assert pagerank(chain, damping=0.999).sum() == pytest.approx(1, abs=4 * EPS)


def test_rows_link_to_columns():
    rank = pagerank([[0, 1, 0], [0, 0, 0], [0, 1, 0]])  # all links lead to page 1
    assert rank.argmax() == 1


def test_a_web_without_links_and_a_surfer_who_never_follows_them_rank_all_alike():
    np.testing.assert_allclose(pagerank(np.zeros((4, 4))), 0.25, rtol=4 * EPS)
    np.testing.assert_allclose(pagerank([[0, 1], [0, 1]], damping=0), 0.5, rtol=4 * EPS)
    np.testing.assert_array_equal(pagerank([[0]]), [1])


def test_a_page_without_links_counts_as_linking_to_all_itself_included():
    without = [[0, 1, 1], [0, 0, 0], [1, 0, 0]]
    to_all = [[0, 1, 1], [1, 1, 1], [1, 0, 0]]
    np.testing.assert_array_equal(pagerank(without), pagerank(to_all))


def test_a_link_to_itself_is_a_link_and_weights_count_by_their_share():
    assert pagerank([[1, 1], [1, 0]])[0] > pagerank([[0, 1], [1, 0]])[0]
    np.testing.assert_allclose(
        pagerank([[0, 2e300, 6e300], [1, 0, 0], [1, 0, 0]]),
        pagerank([[0, 1, 3], [5, 0, 0], [1e-320, 0, 0]]),
        rtol=8 * EPS,
    )


def test_damping_too_near_1_is_an_error_on_a_web_that_swings():
    with pytest.raises(np.linalg.LinAlgError, match="too near 1"):
        pagerank([[0, 1, 0], [1, 0, 0], [1, 0, 0]], damping=1 - 1e-9)


def test_without_jumps_two_closed_webs_would_have_many_answers():
    P = np.kron(np.eye(2), [[0, 1], [1, 0]])
    for stationary in ([0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5], [0.25] * 4):
        np.testing.assert_array_equal(stationary @ P, stationary)
    np.testing.assert_allclose(pagerank(P), 0.25, rtol=4 * EPS)  # with jumps there is one


# ---------------------------------------------------------------- low rank


@pytest.mark.parametrize("name", WITH_SINGULAR_VALUES)
def test_what_low_rank_leaves_out_is_the_published_singular_values(name):
    A = GALLERY[name]["matrix"]
    sizes = np.array([float(text) for text in GALLERY[name]["singular_values"]])
    for k in range(len(sizes) + 1):
        left = A - low_rank(A, k)
        tolerance = 10 * max(A.shape) * EPS * sizes[0]
        assert norm(left) == pytest.approx(norm(np.append(sizes[k:], 0)), abs=tolerance)
        assert np.linalg.norm(left, 2) == pytest.approx([*sizes, 0][k], abs=tolerance)
        assert np.linalg.matrix_rank(low_rank(A, k)) == min(k, (sizes > 0).sum())


@several
@given(matrices, st.data())
def test_no_other_matrix_of_rank_k_is_nearer_in_either_norm(A, data):
    k = data.draw(st.integers(0, min(A.shape)))
    rivals = np.random.default_rng(k).normal(size=(20, A.shape[0], k))
    best = A - low_rank(A, k)
    for left in rivals:
        # the nearest of all matrices with these columns, by least squares
        rival = left @ np.linalg.lstsq(left, A, rcond=None)[0] if k else np.zeros_like(A)
        for order in ("fro", 2):
            assert np.linalg.norm(best, order) <= np.linalg.norm(A - rival, order) + 1e-12 * norm(A)


def test_rank_nothing_is_zero_and_full_rank_is_the_matrix():
    A = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(low_rank(A, 0), np.zeros((2, 3)))
    np.testing.assert_allclose(low_rank(A, 2), A, atol=20 * EPS)
    np.testing.assert_allclose(low_rank([[1.7e308] * 2] * 2, 1), 1.7e308, rtol=20 * EPS)


def test_with_equal_singular_values_the_nearest_matrix_is_not_the_only_one():
    A = np.eye(2)
    for other in (np.diag([1.0, 0.0]), np.diag([0.0, 1.0]), np.full((2, 2), 0.5)):
        assert norm(A - other) == pytest.approx(norm(A - low_rank(A, 1)), abs=4 * EPS)


def test_rank_50_keeps_almost_all_of_the_portrait():
    portrait = load_portrait().astype(float)
    left = norm(portrait - low_rank(portrait, 50)) ** 2 / norm(portrait) ** 2
    assert 0.985 < 1 - left < 1
    assert 50 * (600 + 512 + 1) < 0.2 * 600 * 512


def test_singular_values_are_eigenvalues_only_of_positive_semidefinite_matrices():
    B = np.random.default_rng(5).normal(size=(4, 4))

    def singular(A):
        return np.linalg.svd(A, compute_uv=False)

    semidefinite = B @ B.T
    np.testing.assert_allclose(
        singular(semidefinite), eigen_symmetric(semidefinite).eigenvalues, atol=1e-13
    )
    indefinite = np.diag([3.0, -4.0])  # symmetric: only the sizes agree
    np.testing.assert_allclose(singular(indefinite), [4, 3])
    np.testing.assert_allclose(eigen_symmetric(indefinite).eigenvalues, [3, -4])
    A = np.array([[4.0, 2.0], [1.0, 3.0]])  # not symmetric: 5 and 2 are the eigenvalues
    assert [f"{size:.4f}" for size in singular(A)] == ["5.1167", "1.9544"]
    assert f"{norm(A - low_rank(A, 1)):.4f}" == "1.9544"


# ---------------------------------------------------------------- principal components


def test_the_principal_components_of_us_arrests_are_as_printed_by_r():
    entry = PUBLISHED["pca_usarrests_cor"]
    X = np.array(entry["inputs"]["rows"])
    eigenvalues = pca((X - X.mean(axis=0)) / X.std(axis=0, ddof=1), 2).eigenvalues
    # printed with seven decimals
    np.testing.assert_allclose(np.sqrt(eigenvalues), entry["expected"]["sd"], atol=5.1e-8)
    np.testing.assert_allclose(
        eigenvalues / eigenvalues.sum(), entry["expected"]["prop"], atol=5.1e-8
    )


def test_the_principal_components_of_the_irises_are_as_published():
    with (REFERENCE / "iris.csv").open(newline="") as file:
        X = np.array([[float(x) for x in row[1:5]] for row in list(csv.reader(file))[1:]])
    eigenvalues = pca(X, 4).eigenvalues
    expected = PUBLISHED["pca_iris"]["expected"]
    np.testing.assert_allclose(eigenvalues, expected["eigenvalues"], atol=5.1e-9)
    np.testing.assert_allclose(
        (eigenvalues / eigenvalues.sum())[:3], expected["ratio"], atol=5.1e-10
    )


tables = st.tuples(st.integers(2, 7), st.integers(1, 5)).flatmap(
    lambda shape: arrays(float, shape, elements=entries)
)


@several
@given(tables)
def test_the_components_carry_all_variance_uncorrelated_and_rebuild_the_data(X):
    n, d = X.shape
    X_pca, components, eigenvalues = pca(X, d)
    spread = X.var(axis=0, ddof=1).sum()
    rounding = 1e-12 * (spread + np.abs(X).max() ** 2)
    assert eigenvalues.sum() == pytest.approx(spread, abs=rounding)
    assert (np.diff(eigenvalues) <= rounding).all()
    assert (eigenvalues >= 0).all()
    assert (eigenvalues[n - 1 :] == 0).all()
    np.testing.assert_allclose(X_pca.T @ X_pca / (n - 1), np.diag(eigenvalues), atol=rounding)
    np.testing.assert_allclose(components.T @ components, np.eye(d), atol=1e-13)
    np.testing.assert_allclose(
        X_pca @ components.T + X.mean(axis=0), X, atol=1e-13 * (1 + np.abs(X).max())
    )
    assert largest_entry_is_positive(components)


@several
@given(tables.filter(lambda X: X.shape[1] > 1), st.integers(0, 2**32 - 1))
def test_no_direction_has_more_variance_than_the_first_component(X, seed):
    direction = np.random.default_rng(seed).normal(size=X.shape[1])
    along = X @ (direction / norm(direction))
    largest = pca(X, 1).eigenvalues[0]
    assert along.var(ddof=1) <= largest * (1 + 1e-12) + 1e-12 * np.abs(X).max() ** 2


def test_fewer_components_are_the_first_of_all():
    X = np.random.default_rng(6).normal(size=(20, 4))
    few, many = pca(X, 2), pca(X, 4)
    np.testing.assert_array_equal(few.components, many.components[:, :2])
    np.testing.assert_allclose(few.X_pca, many.X_pca[:, :2], atol=1e-14)
    assert few.X_pca.shape == (20, 2)
    assert few.eigenvalues.shape == (4,)


def test_pca_agrees_with_the_eigenvectors_of_the_covariance_where_that_is_well_conditioned():
    X = np.random.default_rng(7).normal(size=(50, 4)) * [4, 3, 2, 1]
    _, components, eigenvalues = pca(X, 4)
    by_covariance = eigen_symmetric(np.cov(X.T))
    np.testing.assert_allclose(eigenvalues, by_covariance.eigenvalues, rtol=1e-13)
    np.testing.assert_allclose(components, by_covariance.eigenvectors, atol=1e-12)


def test_through_the_covariance_the_small_eigenvalue_would_be_lost():
    # singular values 1 and 1e-9: rounding the entries leaves 1e-16 / 1e-9 of the small one,
    # but 1e-16 / 1e-18 of its square
    U = np.array([[1, 1], [-1, 1], [1, -1], [-1, -1]]) / 2
    turned = np.array([[0.6, 0.8], [-0.8, 0.6]])
    X = U * [1, 1e-9] @ turned
    assert pca(X, 2).eigenvalues[1] == pytest.approx(1e-18 / 3, rel=1e-6)
    smaller = min(np.linalg.eig(np.cov(X.T))[0].real)  # the article's way
    assert abs(smaller / (1e-18 / 3) - 1) > 0.5


def test_data_far_from_zero_lose_only_what_their_rounding_loses():
    X = np.random.default_rng(8).normal(size=(30, 3))
    far = X + 1e8  # rounds each entry to 1.5e-8
    np.testing.assert_allclose(pca(far, 3).eigenvalues, pca(X, 3).eigenvalues, rtol=1e-7)


def test_constant_columns_have_exactly_no_variance():
    X_pca, components, eigenvalues = pca([[0.1, 0.7]] * 3, 2)
    np.testing.assert_array_equal(eigenvalues, 0)
    np.testing.assert_array_equal(X_pca, 0)
    np.testing.assert_array_equal(components, np.eye(2))
    assert pca([[0.1, 1], [0.1, 2], [0.1, 4]], 1).eigenvalues[1] == 0


def test_units_decide_what_the_first_component_is():
    measured = load_penguins().measurements
    X = measured[~np.isnan(measured).any(axis=1)]
    raw = pca(X, 1).eigenvalues
    assert f"{raw[0] / raw.sum():.2%}" == "99.99%"  # the grams
    standard = pca((X - X.mean(axis=0)) / X.std(axis=0, ddof=1), 1).eigenvalues
    assert 0.6 < standard[0] / standard.sum() < 0.8


def test_a_sign_does_not_depend_on_rounding_where_two_entries_tie():
    for nudge in (0, 1e-15, -1e-15):
        X = np.array([[1, -1 + nudge], [-1, 1], [2, -2 + nudge], [-2, 2]])
        assert pca(X, 1).components[0, 0] > 0 > pca(X, 1).components[1, 0]
