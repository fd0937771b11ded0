"""Elimination, solving and the determinant, against numpy, identities and hard matrices."""

import math
from fractions import Fraction

import hypothesis.extra.numpy as arrays
import hypothesis.strategies as some
import numpy as np
import pytest
import scipy.linalg
from hypothesis import given

from matrices import EPS, GALLERY, exact_solution, fractions, off
from mlmath_helpers.linear_algebra import determinant, lu, solve

SQUARE = {
    name: entry["matrix"]
    for name, entry in GALLERY.items()
    if entry["matrix"].ndim == 2 and entry["matrix"].shape[0] == entry["matrix"].shape[1]
}
RNG = np.random.default_rng(0)
HARD = {
    **SQUARE,
    **{f"hilbert_{n}": scipy.linalg.hilbert(n) for n in (8, 10, 12)},
    "vandermonde": np.vander(np.linspace(0, 1, 9)),
    "tiny_pivot": np.array([[1e-20, 1.0], [1.0, 1.0]]),
    "rows_of_many_sizes": RNG.normal(size=(5, 5)) * 10.0 ** np.array([[99], [-99], [0], [9], [1]]),
    "columns_of_many_sizes": RNG.normal(size=(5, 5)) * 10.0 ** np.array([150, -150, 0, 9, -9]),
    "graded": RNG.normal(size=(6, 6)) * 10.0 ** (-2 * np.add.outer(np.arange(6), np.arange(6))),
    "random_60": RNG.normal(size=(60, 60)),
    "largest_growth": np.column_stack([np.tri(20)[:, :19] * -1 + 2 * np.eye(20, 19), np.ones(20)]),
}
matrices = arrays.arrays(
    float,
    some.tuples(some.integers(1, 5), some.integers(1, 5)),
    elements=some.floats(-9, 9, width=16),
)


def backward_error(A, x, b):
    """How much the data would have to change for x to be exact, relative to their size by rows."""
    return (np.abs(b - A @ x) / (np.abs(A) @ np.abs(x) + np.abs(b))).max()


@given(matrices)
def test_a_matrix_is_the_product_of_its_three_factors(A):
    P, L, U = lu(A)
    assert pytest.approx(A, abs=1e-13) == P @ L @ U
    assert (np.eye(len(A)) == P @ P.T).all()
    assert (np.triu(L, 1) == 0).all()
    assert (L.diagonal() == 1).all()
    assert np.abs(L).max() <= 1
    assert (np.tril(U, -1) == 0).all()


@pytest.mark.parametrize("name", HARD)
def test_no_entry_of_the_product_is_off_by_more_than_rounding_explains(name):
    A = HARD[name]
    P, L, U = lu(A)
    size = np.abs(A).max(axis=1, keepdims=True)
    assert (np.tril(U, -1) == 0).all()  # exactly, whatever was rounded
    assert (
        np.abs(P @ L @ U - A) <= 1e-14 * size + 1e-15 * np.abs(P @ (np.abs(L) @ np.abs(U)))
    ).all()


def test_elimination_by_hand():
    P, L, U = lu([[1, 2, 1], [2, 2, 3], [4, 4, 4]])
    assert P.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert L.tolist() == [[1, 0, 0], [0.25, 1, 0], [0.5, 0, 1]]
    assert U.tolist() == [[4, 4, 4], [0, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize("name", sorted(set(HARD) - {"magic_4"}))
def test_a_solution_is_as_exact_as_numpys(name):
    A = HARD[name]
    b = A @ np.linspace(1, 2, len(A))
    ours, numpys = solve(A, b), np.linalg.solve(A, b)
    assert backward_error(A, ours, b) <= max(1e-15, 2 * backward_error(A, numpys, b))


@pytest.mark.parametrize(
    "name", sorted(name for name in GALLERY if "inverse_exact_integers" in GALLERY[name])
)
def test_columns_of_the_identity_give_the_inverse_that_is_known(name):
    entry = GALLERY[name]
    A, inverse = np.array(entry["matrix"]), np.array(entry["inverse_exact_integers"], dtype=float)
    wrong = np.abs(solve(A, np.eye(len(A))) - inverse).max() / np.abs(inverse).max()
    assert wrong <= 4e-16 * np.linalg.cond(A)


def test_several_right_sides_are_solved_as_each_alone():
    A, B = RNG.normal(size=(4, 4)), RNG.normal(size=(4, 3))
    X = solve(A, B)
    assert X.shape == (4, 3)
    assert pytest.approx(np.column_stack([solve(A, b) for b in B.T]), rel=1e-12) == X


def test_sizes_far_apart_are_no_trouble():
    assert solve(np.eye(1), [[1e200, 1e-200]]).tolist() == [[1e200, 1e-200]]
    assert solve([[1e300, 1e-300], [1e300, 0]], [1e300, 1e300]).tolist() == [1, 0]
    assert solve([[1e300, 1e300], [1e-300, 0]], [1e300, 1e-300]) == pytest.approx([1, 0], abs=1e-15)
    assert solve([[1e-320]], [1e-320]).tolist() == [1]
    with pytest.raises(ValueError, match="x that solves A x = b has entries beyond"):
        solve([[1e-200]], [1e200])


def test_zeros_come_out_without_a_sign_whatever_the_right_side():
    assert not np.signbit(solve([[-1.0]], [0])).any()
    assert solve([[2, 1], [1, 3]], [[0, 3], [0, 5]]).tolist() == [[0, 0.8], [0, 1.4]]
    assert not np.signbit(determinant([[0, 0], [0, -1]]))
    assert not np.signbit(determinant([[0.0, 1], [0, -1]]))


def test_pivoting_saves_what_the_naive_way_loses():
    A, b = np.array([[1e-20, 1.0], [1.0, 1.0]]), np.array([1.0, 2.0])
    naive_y = (b[1] - 1e20 * b[0]) / (A[1, 1] - 1e20 * A[0, 1])
    assert (b[0] - naive_y) / 1e-20 == 0  # the true x is 1 to twenty digits
    assert solve(A, b) == pytest.approx([1, 1], rel=1e-15)


@pytest.mark.parametrize(
    "A", [[[1, 2], [2, 4]], [[0, 0], [0, 1]], [[0.0]], np.ones((3, 3)), [[0, 1], [0, 2]]]
)
def test_an_exactly_singular_matrix_is_refused_and_has_determinant_0(A):
    with pytest.raises(np.linalg.LinAlgError, match="A is singular: elimination leaves a row"):
        solve(A, np.ones(len(A)))
    assert determinant(A) == 0


@pytest.mark.parametrize("A", [SQUARE["magic_4"], [[0.1, 0.3], [0.2, 0.6 + 1e-16]]])
def test_a_matrix_that_is_singular_but_for_rounding_is_refused(A):
    with pytest.raises(np.linalg.LinAlgError, match="singular"):
        solve(A, np.ones(len(A)))


@pytest.mark.parametrize("name", sorted(name for name in GALLERY if "det_exact" in GALLERY[name]))
def test_a_determinant_that_is_known(name):
    entry = GALLERY[name]
    A = np.array(entry["matrix"])
    bound = np.prod(
        np.linalg.norm(A, axis=1)
    )  # Hadamard's: the box with these edges at right angles
    wrong = abs(determinant(A) - float(Fraction(entry["det_exact"])))
    assert wrong <= 1e-15 * len(A) * bound


@pytest.mark.parametrize("n", range(1, 6))
def test_the_determinant_of_a_permutation_is_its_sign(n):
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(n)
        swaps = sum(order[i] > order[j] for i in range(n) for j in range(i + 1, n))
        assert determinant(np.eye(n)[order]) == (-1) ** swaps


@given(matrices.filter(lambda A: A.shape[0] == A.shape[1]))
def test_the_determinant_is_numpys(A):
    assert determinant(A) == pytest.approx(np.linalg.det(A), rel=1e-9, abs=1e-9)


def test_a_determinant_beyond_all_doubles_is_refused_and_one_below_them_is_0():
    with pytest.raises(ValueError, match="determinant of A is beyond the largest double"):
        determinant(1e9 * np.eye(40))
    assert determinant(1e-9 * np.eye(40)) == 0.0
    mixed = np.diag([1e300, 1e300, 1e-300, 1e-300])
    assert determinant(mixed) == pytest.approx(1, rel=1e-12)


# --- beside numpy, both held to exact fractions


def hilbert(m, n=None):
    return 1 / (np.arange(1.0, m + 1)[:, None] + np.arange(n or m))


def pascal(n):
    return np.array([[math.comb(i + j, i) for j in range(n)] for i in range(n)], dtype=float)


def frank(n):
    return np.array(
        [[n - max(i, j) if j >= i - 1 else 0 for j in range(n)] for i in range(n)], float
    )


def kahan(n, angle=1.2):
    s, c = math.sin(angle), math.cos(angle)
    return s ** np.arange(n)[:, None] * (np.eye(n) - c * np.triu(np.ones((n, n)), 1))


def wilkinson_growth(n):
    """Return a matrix whose last column grows by 2 in every step of elimination."""
    A = np.eye(n) - np.tril(np.ones((n, n)), -1)
    A[:, -1] = 1
    return A


def moler(n):
    L = np.eye(n) - np.tril(np.ones((n, n)), -1)
    return L @ L.T


BESIDE_NUMPY = {
    "hilbert 6": hilbert(6),
    "hilbert 10": hilbert(10),
    "pascal 12": pascal(12),
    "frank 12": frank(12),
    "vandermonde 9": np.vander(np.linspace(0, 1, 9)),
    "kahan 20": kahan(20),
    "growth 30": wilkinson_growth(30),
    "moler 9": moler(9),
    "graded": 10.0 ** np.arange(0, 12, 2)[:, None]
    * RNG.normal(size=(6, 6))
    * 10.0 ** np.arange(0, -12, -2),
    "rows unlike": RNG.normal(size=(5, 5)) * 10.0 ** np.array([[90], [-90], [0], [9], [1]]),
    "columns unlike": RNG.normal(size=(5, 5)) * 10.0 ** np.array([150, -150, 0, 9, -9]),
    "huge": 1e300 * RNG.normal(size=(5, 5)),
    "tiny": 1e-300 * RNG.normal(size=(5, 5)),
    "tiny pivot": np.array([[1e-20, 1], [1, 1]]),
    "one by one": np.array([[3.0]]),
}


def scaled_condition(A):
    """Return the condition number once all rows and columns have a largest entry near one."""
    A = A / np.abs(A).max(axis=1, keepdims=True)
    return np.linalg.cond(A / np.abs(A).max(axis=0))


@pytest.mark.parametrize("name", BESIDE_NUMPY)
def test_a_system_is_solved_as_well_as_by_numpy(name):
    A = BESIDE_NUMPY[name]
    b = A @ np.arange(1.0, len(A) + 1)
    exact, _ = exact_solution(fractions(A), fractions(b)[0])
    with np.errstate(all="ignore"):
        theirs = off(np.linalg.solve(A, b), exact)
    assert off(solve(A, b), exact) <= max(4 * theirs, len(A) * EPS * scaled_condition(A))


@pytest.mark.parametrize("n", [20, 30])
def test_one_step_of_refinement_repairs_what_large_pivots_have_lost(n):
    # The last pivot is 2^(n - 1), and what was rounded beside it is lost; numpy solves once.
    A, b = wilkinson_growth(n), np.random.default_rng(n).normal(size=n)
    exact, _ = exact_solution(fractions(A), fractions(b)[0])
    assert off(np.linalg.solve(A, b), exact) > 100 * EPS * np.linalg.cond(A)
    assert off(solve(A, b), exact) <= EPS * np.linalg.cond(A)


@pytest.mark.parametrize("name", BESIDE_NUMPY)
def test_what_is_left_of_a_system_is_rounding(name):
    A = BESIDE_NUMPY[name]
    b = A @ np.ones(len(A))
    x, rows, right = fractions(solve(A, b))[0], fractions(A), fractions(b)[0]
    for row, r in zip(rows, right, strict=True):
        left = abs(sum(a * each for a, each in zip(row, x, strict=True)) - r)
        sizes = sum(abs(a * each) for a, each in zip(row, x, strict=True)) + abs(r)
        assert left <= 2 * len(A) * Fraction(EPS) * sizes


@pytest.mark.parametrize("name", BESIDE_NUMPY)
def test_a_determinant_is_as_near_as_numpys(name):
    A = BESIDE_NUMPY[name]
    _, exact = exact_solution(fractions(A), fractions(np.ones(len(A)))[0])
    if abs(exact) > 1e308:
        with pytest.raises(ValueError, match="beyond the largest double"):
            determinant(A)
        return
    if abs(exact) < 1e-308:  # the spacing of doubles there is 2^-1074
        assert abs(Fraction(determinant(A)) - exact) <= 2 * Fraction(2) ** -1074
        return
    with np.errstate(all="ignore"):
        theirs = off([np.linalg.det(A)], [exact])
    assert off([determinant(A)], [exact]) <= max(4 * theirs, len(A) * EPS * scaled_condition(A))


@pytest.mark.parametrize("name", BESIDE_NUMPY)
def test_the_factors_of_elimination_multiply_to_the_matrix(name):
    A = BESIDE_NUMPY[name]
    P, L, U = (fractions(factor) for factor in lu(A))
    order = [row.index(1) for row in P]
    for i, j in np.ndindex(A.shape):
        terms = [L[order[i]][k] * U[k][j] for k in range(len(A))]
        error = abs(sum(terms) - Fraction(float(A[i, j])))
        assert error <= len(A) * Fraction(EPS) * (sum(map(abs, terms)) + abs(Fraction(A[i, j])))


# --- what is refused

NAN, INF = np.nan, np.inf
SMALL = [[2.0, 1.0], [1.0, 3.0]]
BAD = [
    (lu, ([1, 2],), {}, ValueError, "A", "2-D array"),
    (lu, ([[]],), {}, ValueError, "A", "empty"),
    (lu, ([[1, NAN], [0, 1]],), {}, ValueError, "A", "nan or inf"),
    (lu, ([[1j, 0], [0, 1]],), {}, TypeError, "A", "real numbers"),
    (lu, ([[1, 1.7e308], [-1, 1.7e308]],), {}, ValueError, "A", "power of ten"),
    (determinant, ([[1, 2, 3]],), {}, ValueError, "A", "square"),
    (determinant, (1e200 * np.eye(2),), {}, ValueError, "A", "largest double"),
    (solve, ([[1, 2, 3]], [1]), {}, ValueError, "A", "square"),
    (solve, (SMALL, [1, 2, 3]), {}, ValueError, "b", "2 rows"),
    (solve, (SMALL, 1.0), {}, ValueError, "b", "2 rows"),
    (solve, (SMALL, [1, INF]), {}, ValueError, "b", "nan or inf"),
    (solve, ([[1, 2], [2, 4]], [1, 2]), {}, np.linalg.LinAlgError, "A", "no solution"),
]
