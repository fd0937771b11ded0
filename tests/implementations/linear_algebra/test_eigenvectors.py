"""Eigenvalues: by hand, by published numbers, in exact fractions, and without a condition."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matrices import (
    EPS,
    GALLERY,
    arrays_of,
    exact_solution,
    fractions,
    largest_entry_is_positive,
    off,
    several,
)
from mlmath_helpers.linear_algebra import eigen_symmetric, norm, pagerank, power_iteration
from mlmath_helpers.linear_algebra.eigenvectors import _turn

SYMMETRIC = [
    name
    for name, entry in GALLERY.items()
    if "eigenvalues" in entry and (entry["matrix"] == entry["matrix"].T).all()
]
squares = arrays_of(st.integers(1, 5).map(lambda n: (n, n)))


# --- power iteration


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
    message = r"5 steps: .* too few, .* 0\.40 of the error"
    with pytest.raises(np.linalg.LinAlgError, match=message) as stopped:
        power_iteration([[4, 2], [1, 3]], n_steps=5)
    eigenvalue, eigenvector = stopped.value.pair  # what there is is not lost
    assert eigenvalue == pytest.approx(5, abs=0.4**4)
    assert eigenvector == pytest.approx(np.array([2, 1]) / np.sqrt(5), abs=0.4**4)


def test_equal_eigenvalues_with_enough_eigenvectors_are_no_obstacle():
    assert power_iteration(4 * np.eye(3)).eigenvalue == pytest.approx(4, rel=4 * EPS)


def test_turning_a_vector_to_its_sign_leaves_no_zero_with_one():
    eigenvector = power_iteration(np.diag([1.0, 2.0]), start=[0, -1]).eigenvector
    assert eigenvector.tolist() == [0, 1]
    assert not np.signbit(eigenvector).any()


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


LEADING = {
    "article": ([[4, 2], [1, 3]], 5.0),
    "far from normal": ([[2, 1e6], [0, 1]], 2.0),
    "companion": ([[10, -35, 50, -24], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], 4.0),
    "magic": ([[16, 2, 3, 13], [5, 11, 10, 8], [9, 7, 6, 12], [4, 14, 15, 1]], 34.0),
    "negative": ([[-3, 0, 0], [0, 2, 0], [0, 0, 1]], -3.0),
    "huge": ([[2e300, 1e300], [1e300, 2e300]], 3e300),
}


@pytest.mark.parametrize("name", LEADING)
def test_power_iteration_goes_on_until_rounding_stops_it(name):
    A, exact = LEADING[name]
    theirs = np.linalg.eigvals(np.array(A, dtype=float))
    theirs = theirs[np.abs(theirs).argmax()]
    ours = power_iteration(A).eigenvalue
    assert abs(ours - exact) <= max(4 * abs(theirs - exact), 8 * EPS * abs(exact))


# --- Jacobi's rotations


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


@pytest.mark.parametrize("gap", [0, 1e-12, -1e-12])
def test_entries_of_equal_size_but_for_rounding_count_as_tied_and_the_first_is_positive(gap):
    vector = eigen_symmetric([[1, -1], [-1, 1 + gap]]).eigenvectors[:, 0]
    assert (abs(vector[1]) > abs(vector[0])) == (gap > 0)  # by 2.5e-13 of it
    assert vector[0] > 0 > vector[1]
    vector = eigen_symmetric([[1, -1], [-1, 1 + 1e-6]]).eigenvectors[:, 0]
    assert vector[1] > 0 > vector[0]  # no tie any more


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


@pytest.mark.parametrize("gap", [1.0, 1e-12, 1e-150])
def test_what_is_rounding_beside_its_two_diagonal_entries_is_not_turned_but_cleared(gap):
    # 1e-16 of the root of their product: the small one may be far below the rounding of the large
    for share, turned in ((5e-17, False), (5e-16, True)):
        A, V = np.array([[1.0, share * gap**0.5], [share * gap**0.5, gap]]), np.eye(2)
        assert _turn(A, V, 0, 1) == turned
        assert A[0, 1] == A[1, 0] == 0
        assert turned or (np.array_equal(V, np.eye(2)) and A.diagonal().tolist() == [1, gap])


def test_equal_eigenvalues_keep_the_order_of_their_axes_and_zero_has_no_sign():
    ones_and_twos = np.tile([1.0, 2.0], 50)
    twos_first = [*range(1, 100, 2), *range(0, 100, 2)]
    found = eigen_symmetric(np.diag(ones_and_twos)).eigenvectors
    np.testing.assert_array_equal(found, np.eye(100)[:, twos_first])
    assert not np.signbit(eigen_symmetric(-np.diag([0.0, -1.0])).eigenvalues).any()


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


BY_FORMULA = {  # with eigenvalues known from a formula
    "clement 10": (
        np.diag(np.sqrt(np.arange(1.0, 10) * np.arange(9.0, 0, -1)), 1)
        + np.diag(np.sqrt(np.arange(1.0, 10) * np.arange(9.0, 0, -1)), -1),
        np.arange(9.0, -10, -2),
    ),
    "second differences 16": (
        2 * np.eye(16) - np.eye(16, k=1) - np.eye(16, k=-1),
        [4 * math.sin(k * math.pi / 34) ** 2 for k in range(16, 0, -1)],
    ),
    "minimum of i and j, 9": (
        np.minimum.outer(np.arange(1.0, 10), np.arange(1.0, 10)),
        [1 / (4 * math.sin((2 * k - 1) * math.pi / 38) ** 2) for k in range(1, 10)],
    ),
    "all ones 12": (np.ones((12, 12)), [12.0] + [0.0] * 11),
    "equal off the diagonal, 6": (np.eye(6) * 2 + 3, [20.0] + [2.0] * 5),
    "unlike blocks": (
        np.kron(np.diag([1e200, 1, 1e-200]), np.array([[2.0, 1], [1, 2]])),
        [3e200, 1e200, 3, 1, 3e-200, 1e-200],
    ),
}


@pytest.mark.parametrize("name", BY_FORMULA)
def test_eigenvalues_are_as_near_as_numpys(name):
    A, exact = BY_FORMULA[name]
    ours, V = eigen_symmetric(A)
    theirs = np.linalg.eigvalsh(A)[::-1]
    size = np.abs(exact).max()
    error = np.abs(ours - exact).max()
    assert error <= max(4 * np.abs(theirs - exact).max(), len(A) * EPS * size)
    assert np.abs(V.T @ V - np.eye(len(A))).max() <= 4 * len(A) * EPS
    assert np.abs(A / size @ V - V * (ours / size)).max() <= 4 * len(A) * EPS


def test_where_the_rows_are_graded_jacobi_keeps_digits_that_numpy_loses():
    scales = 10.0 ** np.arange(0, -24, -4)
    A = scales[:, None] * (0.3 + 0.7 * np.eye(6)) * scales
    # Sylvester: as many pivots of A - s I are negative as eigenvalues lie below s.
    for eigenvalue in eigen_symmetric(A).eigenvalues:
        counts = []
        for s in (eigenvalue * (1 - 1e-13), eigenvalue * (1 + 1e-13)):
            rows = fractions(A)
            for i in range(6):
                rows[i][i] -= Fraction(s)
            negative = 0
            for k in range(6):
                negative += rows[k][k] < 0
                for i in range(k + 1, 6):
                    factor = rows[i][k] / rows[k][k]
                    rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
            counts.append(negative)
        assert counts[1] == counts[0] + 1  # exactly one lies between


# --- PageRank


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
    out_and_back = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    np.testing.assert_array_equal(pagerank(1.2e308 * out_and_back), pagerank(out_and_back))


def test_damping_too_near_1_is_an_error_on_a_web_that_swings():
    with pytest.raises(np.linalg.LinAlgError, match="too near 1") as stopped:
        pagerank([[0, 1, 0], [1, 0, 0], [1, 0, 0]], damping=1 - 1e-9)
    ranks = stopped.value.ranks  # swing about the answer, from which they are not far
    assert ranks == pytest.approx([0.5, 0.5, 0], abs=0.2)
    assert ranks.sum() == pytest.approx(1)


@pytest.mark.parametrize("damping", [0.999, 0.9999, 1 - 1e-5])
def test_on_a_web_that_swings_the_ranks_are_those_of_the_equation(damping):
    # the third, q, gets jumps alone; the others are a = damping (b + q) + q and b = damping a + q
    q = (1 - damping) / 3
    a = (damping * 2 * q + q) / (1 - damping**2)
    assert pagerank([[0, 1, 0], [1, 0, 0], [1, 0, 0]], damping=damping) == pytest.approx(
        [a, damping * a + q, q], rel=1e-10
    )


def test_without_jumps_two_closed_webs_would_have_many_answers():
    P = np.kron(np.eye(2), [[0, 1], [1, 0]])
    for stationary in ([0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5], [0.25] * 4):
        np.testing.assert_array_equal(stationary @ P, stationary)
    np.testing.assert_allclose(pagerank(P), 0.25, rtol=4 * EPS)  # with jumps there is one


@pytest.mark.parametrize("damping", [0.5, 0.85, 0.99])
def test_ranks_of_pages_are_those_of_the_exact_system(damping):
    links = np.array([[0, 1, 1, 0], [0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 0, 0]])
    d, quarter = Fraction(damping), Fraction(1, 4)
    P = [[Fraction(int(x), int(sum(row))) if sum(row) else quarter for x in row] for row in links]
    system = [[Fraction(int(i == j)) - d * P[j][i] for j in range(4)] for i in range(4)]
    exact, _ = exact_solution(system, [(1 - d) / 4] * 4)
    assert off(pagerank(links, damping), exact) <= 8 * EPS


# --- what is refused, and what is left as it was

NAN, INF = np.nan, np.inf
SMALL = [[2.0, 1.0], [1.0, 3.0]]
SWAP = [[0, 1], [1, 0]]
BAD = [
    (power_iteration, ([[1, 2, 3]],), {}, ValueError, "A", "square"),
    (power_iteration, ([1, 2],), {}, ValueError, "A", "2-D array"),
    (power_iteration, ([[]],), {}, ValueError, "A", "empty"),
    (power_iteration, ([[1, NAN], [0, 1]],), {}, ValueError, "A", "nan or inf"),
    (power_iteration, ([["a"]],), {}, TypeError, "A", "real numbers"),
    (power_iteration, (SMALL,), {"start": [1, 2, 3]}, ValueError, "start", "same number"),
    (power_iteration, (SMALL,), {"start": [0, 0]}, ValueError, "start", "zero vector"),
    (power_iteration, (SMALL,), {"start": SMALL}, ValueError, "start", "1-D array"),
    (power_iteration, (SMALL,), {"n_steps": 0}, ValueError, "n_steps", "at least 1"),
    (power_iteration, (SMALL,), {"n_steps": 2.5}, TypeError, "n_steps", "whole number"),
    (power_iteration, (SMALL,), {"n_steps": True}, TypeError, "n_steps", "whole number"),
    (power_iteration, (SMALL,), {"tol": 0}, ValueError, "tol", "above 0"),
    (power_iteration, (SMALL,), {"tol": INF}, ValueError, "tol", "finite"),
    (power_iteration, (SMALL,), {"tol": "small"}, TypeError, "tol", "real number"),
    (power_iteration, ([[1.7e308] * 2] * 2,), {}, ValueError, "A", "largest double"),
    (power_iteration, (SWAP,), {}, np.linalg.LinAlgError, "eigenvalues", "1 and -1"),
    (eigen_symmetric, ([[1, 2], [3, 4]],), {}, ValueError, "A", "A[0, 1] is 2 and A[1, 0] is 3"),
    (eigen_symmetric, ([[1, 2, 3]],), {}, ValueError, "A", "square"),
    (eigen_symmetric, (5,), {}, ValueError, "A", "2-D array"),
    (eigen_symmetric, (np.empty((0, 0)),), {}, ValueError, "A", "empty"),
    (eigen_symmetric, ([[1, INF], [INF, 1]],), {}, ValueError, "A", "nan or inf"),
    (eigen_symmetric, ([[1, 1j], [-1j, 1]],), {}, TypeError, "A", "real numbers"),
    (eigen_symmetric, ([[1.7e308] * 2] * 2,), {}, ValueError, "A", "largest double"),
    (pagerank, ([[0, -1], [1, 0]],), {}, ValueError, "links", "negative"),
    (pagerank, ([[0, 1, 1]],), {}, ValueError, "links", "square"),
    (pagerank, ([],), {}, ValueError, "links", "empty"),
    (pagerank, ([[0, NAN], [1, 0]],), {}, ValueError, "links", "nan or inf"),
    (pagerank, ([["a", "b"], ["c", "d"]],), {}, TypeError, "links", "real numbers"),
    (pagerank, (SWAP, 1), {}, ValueError, "damping", "below 1"),
    (pagerank, (SWAP, -0.1), {}, ValueError, "damping", "at least 0"),
    (pagerank, (SWAP, NAN), {}, ValueError, "damping", "finite"),
    (pagerank, (SWAP, "0.85"), {}, TypeError, "damping", "real number"),
    (pagerank, (SWAP,), {"tol": -1}, ValueError, "tol", "above 0"),
]

UNTOUCHED = [
    (power_iteration, (SMALL,)),
    (eigen_symmetric, (SMALL,)),
    (pagerank, (SWAP,)),
]
