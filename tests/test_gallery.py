"""Helpers beside numpy on matrices made to be hard, both measured against exact fractions.

Ours may be off by four times as much as numpy, or by what rounding the entries of the matrix
does to the answer, whichever is more: below that, which of the two is nearer is chance.
"""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from mlmath_helpers.linear_algebra import (
    cosine_similarity,
    determinant,
    eigen_symmetric,
    least_squares,
    lu,
    norm,
    pagerank,
    power_iteration,
    solve,
)

EPS = 2.0**-52
RNG = np.random.default_rng(12)


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


SQUARE = {
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


def fractions(array):
    return [[Fraction(float(x)) for x in row] for row in np.atleast_2d(array)]


def exact_solution(A, b):
    """Return x with A x = b and the determinant of A, by Gauss and Jordan in fractions."""
    n, size = len(A), Fraction(1)
    rows = [[*row, right] for row, right in zip(A, b, strict=True)]
    for k in range(n):
        swap = max(range(k, n), key=lambda i: abs(rows[i][k]))
        size *= rows[swap][k] * (1 if swap == k else -1)
        rows[k], rows[swap] = rows[swap], rows[k]
        for i in range(n):
            if i != k and rows[i][k]:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
    return [rows[k][n] / rows[k][k] for k in range(n)], size


def off(x, exact):
    """Return the largest error beside the largest entry, nan as infinity."""
    if not np.isfinite(x).all():
        return math.inf
    largest = max(abs(e) for e in exact)
    errors = [abs(Fraction(float(each)) - e) for each, e in zip(x, exact, strict=True)]
    return float(max(errors) / largest)


def scaled_condition(A):
    """Return the condition number once all rows and columns have a largest entry near one."""
    A = A / np.abs(A).max(axis=1, keepdims=True)
    return np.linalg.cond(A / np.abs(A).max(axis=0))


@pytest.mark.parametrize("name", SQUARE)
def test_a_system_is_solved_as_well_as_by_numpy(name):
    A = SQUARE[name]
    b = A @ np.arange(1.0, len(A) + 1)
    exact, _ = exact_solution(fractions(A), fractions(b)[0])
    with np.errstate(all="ignore"):
        theirs = off(np.linalg.solve(A, b), exact)
    assert off(solve(A, b), exact) <= max(4 * theirs, len(A) * EPS * scaled_condition(A))


@pytest.mark.parametrize("name", SQUARE)
def test_what_is_left_of_a_system_is_rounding(name):
    A = SQUARE[name]
    b = A @ np.ones(len(A))
    x, rows, right = fractions(solve(A, b))[0], fractions(A), fractions(b)[0]
    for row, r in zip(rows, right, strict=True):
        left = abs(sum(a * each for a, each in zip(row, x, strict=True)) - r)
        sizes = sum(abs(a * each) for a, each in zip(row, x, strict=True)) + abs(r)
        assert left <= 2 * len(A) * Fraction(EPS) * sizes


@pytest.mark.parametrize("name", SQUARE)
def test_a_determinant_is_as_near_as_numpys(name):
    A = SQUARE[name]
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


@pytest.mark.parametrize("name", SQUARE)
def test_the_factors_of_elimination_multiply_to_the_matrix(name):
    A = SQUARE[name]
    P, L, U = (fractions(factor) for factor in lu(A))
    order = [row.index(1) for row in P]
    for i, j in np.ndindex(A.shape):
        terms = [L[order[i]][k] * U[k][j] for k in range(len(A))]
        error = abs(sum(terms) - Fraction(float(A[i, j])))
        assert error <= len(A) * Fraction(EPS) * (sum(map(abs, terms)) + abs(Fraction(A[i, j])))


TALL = {
    "hilbert 12 x 6": hilbert(12, 6),
    "vandermonde 20 x 8": np.vander(np.linspace(0, 1, 20), 8),
    "years": np.vander(np.arange(2000.0, 2016.0) - 2007, 4),
    "lauchli": np.vstack([np.ones(4), 1e-7 * np.eye(4)]),
    "offset": np.column_stack([np.ones(12), 1e6 + np.linspace(0, 1, 12)]),
    "columns unlike": RNG.normal(size=(8, 3)) * 10.0 ** np.array([100, 0, -100]),
    "huge": 1e300 * RNG.normal(size=(6, 3)),
    "one column": RNG.normal(size=(6, 1)),
}


@pytest.mark.parametrize("residual", [0.0, 1.0])
@pytest.mark.parametrize("name", TALL)
def test_least_squares_are_as_near_as_numpys(name, residual):
    A = TALL[name]
    n = A.shape[1]
    b = A @ np.arange(1.0, n + 1)
    b = b + residual * np.abs(b).max() * np.cos(np.arange(len(b)))
    rows, right = fractions(A), fractions(b)[0]
    columns = list(zip(*rows, strict=True))
    gram = [[sum(x * y for x, y in zip(p, q, strict=True)) for q in columns] for p in columns]
    sides = [sum(x * y for x, y in zip(p, right, strict=True)) for p in columns]
    # What a weight does is its column times it, so errors are compared in that unit.
    units = np.abs(A).max(axis=0)
    exact = [x * Fraction(u) for x, u in zip(exact_solution(gram, sides)[0], units, strict=True)]
    with np.errstate(all="ignore"):
        theirs = off(np.linalg.lstsq(A, b, rcond=None)[0] * units, exact)
    condition = np.linalg.cond(A / units)
    # A large residual lets the square of the condition number in, for every method.
    rounding = len(A) * EPS * condition * (1 + residual * condition)
    assert off(least_squares(A, b) * units, exact) <= max(4 * theirs, rounding)


SYMMETRIC = {  # with eigenvalues known from a formula
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


@pytest.mark.parametrize("name", SYMMETRIC)
def test_eigenvalues_are_as_near_as_numpys(name):
    A, exact = SYMMETRIC[name]
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


@pytest.mark.parametrize("damping", [0.5, 0.85, 0.99])
def test_ranks_of_pages_are_those_of_the_exact_system(damping):
    links = np.array([[0, 1, 1, 0], [0, 0, 1, 0], [1, 0, 0, 1], [0, 0, 0, 0]])
    d, quarter = Fraction(damping), Fraction(1, 4)
    P = [[Fraction(int(x), int(sum(row))) if sum(row) else quarter for x in row] for row in links]
    system = [[Fraction(int(i == j)) - d * P[j][i] for j in range(4)] for i in range(4)]
    exact, _ = exact_solution(system, [(1 - d) / 4] * 4)
    assert off(pagerank(links, damping), exact) <= 8 * EPS


@given(some.lists(some.integers(-50, 50), min_size=1, max_size=6))
def test_whole_lengths_are_whole(legs):
    legs = [*legs, 1 - sum(legs) % 2]  # so that the sum of squares is odd
    squares = sum(leg**2 for leg in legs)  # s + ((s - 1) / 2)^2 is ((s + 1) / 2)^2
    assert norm([*legs, (squares - 1) // 2]) == (squares + 1) // 2


@given(some.lists(some.integers(-99, 99), min_size=2, max_size=2).filter(any))
def test_whole_vectors_at_right_angles_have_a_cosine_of_nought(v):
    assert cosine_similarity(v, [-v[1], v[0]]) == 0
    assert cosine_similarity(v, [7 * v[0], 7 * v[1]]) == 1
