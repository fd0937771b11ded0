"""Gram-Schmidt, least squares, the pseudoinverse, rank and null space."""

import time
import tracemalloc
from fractions import Fraction

import hypothesis.extra.numpy as arrays
import hypothesis.strategies as some
import numpy as np
import pytest
import scipy.linalg
from hypothesis import given

from matrices import EPS, exact_solution, fractions, off
from mlmath_helpers.linear_algebra import (
    gram_schmidt,
    least_squares,
    null_space,
    pseudoinverse,
    rank,
)

RNG = np.random.default_rng(0)
LAUCHLI = np.vstack([np.ones((1, 3)), 1e-8 * np.eye(3)])  # its squares are lost in doubles
HARD = {
    "random": RNG.normal(size=(12, 5)),
    "lauchli": LAUCHLI,
    "hilbert_9": scipy.linalg.hilbert(9),
    "vandermonde": np.vander(np.linspace(0, 1, 20), 10),
    "columns_of_many_sizes": RNG.normal(size=(9, 4)) * 10.0 ** np.array([150, 0, -150, 8]),
    "one_column": RNG.normal(size=(6, 1)),
}
DEFICIENT = {
    "a_column_twice": np.column_stack([HARD["random"], HARD["random"][:, 0]]),
    "wide": RNG.normal(size=(3, 6)),
    "rank_1": np.outer([1.0, 2, 3], [1, -1, 2, 0.5]),
    "zero": np.zeros((3, 2)),
}
EVERY = {**HARD, **DEFICIENT}
matrices = arrays.arrays(
    float, some.tuples(some.integers(1, 5), some.integers(1, 5)), elements=some.integers(-5, 5)
)


@pytest.mark.parametrize("name", HARD)
def test_columns_become_orthonormal_and_keep_their_spans(name):
    A = HARD[name]
    Q, R = gram_schmidt(A)
    assert np.abs(Q.T @ Q - np.eye(A.shape[1])).max() < 2e-15 * len(A)
    sizes = np.linalg.norm(A, axis=0)
    assert (np.abs(Q @ R - A).max(axis=0) <= 1e-15 * len(A) * sizes).all()
    assert (np.tril(R, -1) == 0).all()
    assert (R.diagonal() > 0).all()


def test_the_factors_are_numpys_up_to_its_signs():
    A = HARD["random"]
    Q, R = gram_schmidt(A)
    numpys_Q, numpys_R = np.linalg.qr(A)
    signs = np.sign(numpys_R.diagonal())
    assert pytest.approx(numpys_Q * signs, abs=1e-14) == Q
    assert pytest.approx(numpys_R * signs[:, None], abs=1e-13) == R


def test_one_round_would_not_do():
    A, Q = LAUCHLI, np.zeros((4, 3))
    for j in range(3):
        v = A[:, j] - Q[:, :j] @ (Q[:, :j].T @ A[:, j])
        Q[:, j] = v / np.linalg.norm(v)
    assert abs(Q[:, 1] @ Q[:, 2]) == pytest.approx(0.5, rel=1e-6)


@pytest.mark.parametrize("name", DEFICIENT)
def test_dependent_columns_are_refused_by_their_number(name):
    with pytest.raises(np.linalg.LinAlgError, match=r"column \d of A, counted from 0"):
        gram_schmidt(DEFICIENT[name])


def test_columns_whose_squares_are_no_doubles_are_made_orthonormal_too():
    Q, R = gram_schmidt([[3e200, 1e-200], [4e200, 2e-200]])
    assert pytest.approx(np.array([[0.6, -0.8], [0.8, 0.6]]), rel=1e-14) == Q
    assert R.diagonal() == pytest.approx([5e200, 0.4e-200], rel=1e-14)
    assert R[0, 1] == pytest.approx(2.2e-200, rel=1e-14)


def test_a_column_counts_as_dependent_below_the_stated_bound():
    assert gram_schmidt([[1, 1], [0, 1e-15]]).Q.tolist() == [[1, 0], [0, 1]]
    with pytest.raises(np.linalg.LinAlgError, match="column 1 of A"):
        gram_schmidt([[1, 1], [0, 4e-16]])  # 2 times 2^-52 is 4.4e-16


def test_a_side_whose_length_is_no_double_has_its_nearest_point():
    assert least_squares([[1], [1]], [1.7e308, 1.7e308]) == pytest.approx(1.7e308, rel=1e-15)


@pytest.mark.parametrize("name", EVERY)
def test_the_residual_is_orthogonal_to_every_column_and_the_solution_the_shortest(name):
    A = EVERY[name]
    b = RNG.normal(size=len(A))
    x = least_squares(A, b)
    residual = b - A @ x
    sizes = np.linalg.norm(A, axis=0)
    scale = np.linalg.norm(b) + np.linalg.norm(np.abs(A) @ np.abs(x))
    assert (np.abs(A.T @ residual) <= 1e-14 * sizes * scale).all()
    if name in DEFICIENT:
        assert x == pytest.approx(np.linalg.lstsq(A, b)[0], abs=1e-12)
        assert np.abs(null_space(A).T @ x).max() < 1e-12  # nothing along what A cannot see


def test_dependent_columns_of_unlike_sizes_reach_the_nearest_point_by_the_shortest_way():
    x = least_squares([[1, 1, 0], [0, 0, 1e-20]], [1, 1])
    assert x == pytest.approx([0.5, 0.5, 1e20], rel=1e-12)
    x = least_squares([[1e9, 1.0], [1e9, 1.0]], [2.0, 4.0])
    assert x == pytest.approx([3e-9, 3e-18], rel=1e-9)  # along (1e9, 1), the row of A


@pytest.mark.parametrize("name", ["random", "hilbert_9", "vandermonde", "lauchli"])
def test_a_solution_that_is_known_is_found_as_well_as_by_numpy(name):
    A = HARD[name]
    x = np.linspace(1, 2, A.shape[1])
    ours, numpys = (
        np.abs(way - x).max() for way in (least_squares(A, A @ x), np.linalg.lstsq(A, A @ x)[0])
    )
    assert np.abs(ours - x).max() <= max(10 * np.abs(numpys - x).max(), 1e-14)


@given(matrices)
def test_the_four_conditions_of_moore_and_penrose(A):
    B = pseudoinverse(A)
    assert pytest.approx(A, abs=1e-10) == A @ B @ A
    assert pytest.approx(B, abs=1e-10) == B @ A @ B
    assert pytest.approx(A @ B, abs=1e-10) == (A @ B).T
    assert pytest.approx(B @ A, abs=1e-10) == (B @ A).T


@given(matrices)
def test_rank_and_null_space_add_up_and_agree_with_numpy(A):
    basis = null_space(A)
    assert rank(A) == np.linalg.matrix_rank(A)
    assert basis.shape == (A.shape[1], A.shape[1] - rank(A))
    assert np.abs(A @ basis).max(initial=0) < 1e-12
    assert np.abs(basis.T @ basis - np.eye(basis.shape[1])).max(initial=0) < 1e-13


def test_the_pseudoinverse_is_the_inverse_where_there_is_one_and_numpys_elsewhere():
    A = RNG.normal(size=(4, 4))
    assert pseudoinverse(A) @ A == pytest.approx(np.eye(4), abs=1e-12)
    for name in ("random", *DEFICIENT):
        assert pseudoinverse(EVERY[name]) == pytest.approx(np.linalg.pinv(EVERY[name]), abs=1e-12)


def test_a_matrix_whose_singular_value_is_no_double_has_its_rank_and_what_follows_from_it():
    A = np.full((2, 2), 1.7e308)  # singular values 3.4e308 and 0
    assert rank(A) == 1
    assert null_space(A) == pytest.approx(np.array([[1], [-1]]) / np.sqrt(2), rel=1e-15)
    assert pseudoinverse(A) * 1.7e308 == pytest.approx(np.full((2, 2), 0.25), rel=1e-14)


def test_a_singular_value_counts_as_zero_below_the_stated_bound():
    assert rank(np.diag([1.0, 1e-15])) == 2
    assert rank(np.diag([1.0, 4e-16])) == 1
    assert rank(1e-300 * np.eye(3)) == 3
    assert rank(np.zeros((2, 3))) == 0


# --- memory and time grow as the method's


def most_memory(work):
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


HALVES = np.arange(100_000) % 2
LONG = np.column_stack([np.ones(100_000), HALVES, 1 - HALVES])  # of rank 2


@pytest.mark.parametrize(
    "work", [null_space, rank, pseudoinverse, lambda A: least_squares(A, 1.0 * HALVES)]
)
def test_long_tables_need_no_table_of_rows_by_rows(work):
    assert most_memory(lambda: work(LONG)) < 8 * LONG.nbytes  # rows by rows: 75 GiB


def test_wide_tables_need_no_table_of_columns_by_columns():
    A = np.random.default_rng(3).normal(size=(20, 5000))
    assert most_memory(lambda: least_squares(A, np.ones(20))) < 10 * A.nbytes  # else 200 MB
    x = least_squares(A, np.ones(20))
    assert np.abs(A @ x - 1).max() < 1e-13
    assert x == pytest.approx(np.linalg.lstsq(A, np.ones(20))[0], abs=1e-14)


def test_the_shortest_answer_of_a_long_table_is_found():
    rounding = 1e5 * EPS  # one for each row, at most
    x = least_squares(LONG, 1.0 * HALVES)
    assert x == pytest.approx([1 / 3, 2 / 3, -1 / 3], abs=rounding)
    basis = null_space(LONG)[:, 0]
    assert basis == pytest.approx(np.array([1, -1, -1]) / np.sqrt(3), abs=rounding)


@pytest.mark.parametrize(
    ("ours", "numpys", "shape"),
    [
        (lambda A: least_squares(A, A[:, 0]), lambda A: np.linalg.lstsq(A, A[:, 0]), (30_000, 8)),
        (lambda A: least_squares(A, A[:, 0]), lambda A: np.linalg.lstsq(A, A[:, 0]), (40, 4000)),
        (null_space, lambda A: np.linalg.svd(A, full_matrices=False), (10_000, 20)),
        (rank, np.linalg.matrix_rank, (10_000, 20)),
        (pseudoinverse, np.linalg.pinv, (10_000, 20)),
    ],
)
def test_the_time_is_that_of_numpy_times_a_few(ours, numpys, shape):
    A, taken = np.random.default_rng(4).normal(size=shape), []
    for work in (ours, numpys):
        begin = time.process_time()
        for _ in range(3):
            work(A)
        taken.append(time.process_time() - begin)
    assert taken[0] < 8 * taken[1] + 0.01  # rows by rows took hundreds of times as long


# --- beside numpy, both held to exact fractions


def hilbert(m, n=None):
    return 1 / (np.arange(1.0, m + 1)[:, None] + np.arange(n or m))


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


# --- what is refused

NAN, INF = np.nan, np.inf
SMALL = [[2.0, 1.0], [1.0, 3.0]]
BAD = [
    (gram_schmidt, ([1, 2],), {}, ValueError, "A", "2-D array"),
    (gram_schmidt, ([[1, 2]],), {}, np.linalg.LinAlgError, "A", "leave it out"),
    (gram_schmidt, ([[1.7e308], [1.7e308]],), {}, ValueError, "A", "power of ten"),
    (least_squares, ([1, 2], [1, 2]), {}, ValueError, "A", "2-D array"),
    (least_squares, (SMALL, [1, 2, 3]), {}, ValueError, "b", "one entry for each"),
    (least_squares, ([[1e-300]], [1e300]), {}, ValueError, "A", "largest double"),
    (least_squares, (SMALL, ["a", "b"]), {}, TypeError, "b", "real numbers"),
    (pseudoinverse, ([1, 2],), {}, ValueError, "A", "2-D array"),
    (pseudoinverse, ([[1, NAN]],), {}, ValueError, "A", "nan or inf"),
    (pseudoinverse, ([[1e-310]],), {}, ValueError, "A", "power of ten"),
    (rank, ([1, 2],), {}, ValueError, "A", "2-D array"),
    (rank, ([[None]],), {}, TypeError, "A", "real number"),
    (null_space, (3.0,), {}, ValueError, "A", "2-D array"),
    (null_space, ([[INF]],), {}, ValueError, "A", "nan or inf"),
]
