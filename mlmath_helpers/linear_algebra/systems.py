"""Linear systems: elimination, solving, the determinant."""

import functools
import math
from typing import NamedTuple

import numpy as np

from .._arguments import (
    TooLarge,
    checked,
    finite,
    matrix,
    real_array,
    refuse_overflow,
    square_matrix,
)
from .._numbers import EPSILON


class LU(NamedTuple):
    """A = P L U: a permutation (m, m), unit lower (m, r) and upper triangular (r, n), r = min."""

    P: np.ndarray
    L: np.ndarray
    U: np.ndarray


@refuse_overflow
@checked(A=matrix)
def lu(A):
    """Gaussian elimination with partial pivoting, A = P L U.

    Column by column, the row with the largest entry is brought up, and multiples of it are
    taken from the rows below so that their entries become 0. L keeps the multiples.

    Parameters
    ----------
    A : array_like, shape (m, n)
        Any matrix, singular ones too.

    Returns
    -------
    P : array, shape (m, m)
        Permutation: row j of A is row i of L U where P[j, i] = 1.
    L : array, shape (m, r)
        1 on the diagonal, 0 above it; below it no entry is larger than 1 in size. r = min(m, n).
    U : array, shape (r, n)
        0 below the diagonal; the diagonal holds the pivots.

    Raises
    ------
    ValueError
        If A is not a finite matrix, or an entry of U would overflow.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 3.4.

    Examples
    --------
    >>> P, L, U = lu([[1, 2], [4, 2]])
    >>> L
    array([[1.  , 0.  ],
           [0.25, 1.  ]])
    >>> U
    array([[4. , 2. ],
           [0. , 1.5]])
    """
    m, n = A.shape
    r = min(m, n)
    U, L, order = A.copy(), np.eye(m, r), np.arange(m)
    for k in range(r):
        largest = k + np.abs(U[k:, k]).argmax()
        here, there = [k, largest], [largest, k]  # swap two rows
        U[here], order[here], L[here, :k] = U[there], order[there], L[there, :k]
        if U[k, k] == 0:
            continue  # there is nothing to clear in this column
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :] -= np.outer(L[k + 1 :, k], U[k])
        U[k + 1 :, k] = 0.0  # exactly, whatever was rounded
    P = np.zeros((m, m))
    P[order, np.arange(m)] = 1.0
    return LU(P, L, U[:r])


def _has_rows_as_many(A, b):
    if b.ndim not in (1, 2) or len(b) != len(A):
        raise ValueError(f"b must have {len(A)} rows as A has, not shape {b.shape}")


def _in_like_units(solve_columns):
    """Scale rows and columns by powers of two, so that millimetres and kilometres count alike.

    Right sides too, as columns of b. All this is exact, and undone in x.
    """

    @functools.wraps(solve_columns)
    def solve_in_like_units(A, b):
        right = b.reshape(len(A), -1)  # (n, k)
        rows = _largest_power(A, axis=1)  # (n, 1)
        columns = _largest_power(A, axis=0, less=rows)  # (1, n)
        each = _largest_power(right, axis=0, less=rows)  # (1, k)
        x = solve_columns(np.ldexp(A, -rows - columns), np.ldexp(right, -rows - each))
        with np.errstate(over="ignore"):
            x = np.ldexp(x, each - columns.T).reshape(b.shape) + 0.0
        return finite(x, "the x that solves A x = b has entries beyond the largest double, 1.8e308")

    return solve_in_like_units


@checked(_has_rows_as_many, A=square_matrix, b=real_array)
@_in_like_units
def solve(A, b):
    """Solve A x = b by elimination, forward and back substitution.

    Rows and columns are first scaled by powers of two, so that equations in millimetres and
    in kilometres count alike; one step of refinement repairs what rounding has left.

    Parameters
    ----------
    A : array_like, shape (n, n)
    b : array_like, shape (n,) or (n, k)
        One right side, or one in each column.

    Returns
    -------
    array, of the shape of b
        Exact for a system that differs from this one about as much as rounding it does. How
        far x itself may be off is that times the condition number of A.

    Raises
    ------
    ValueError
        If A is not square, b does not fit, or an entry of x would overflow.
    numpy.linalg.LinAlgError
        If A is singular, or so near to it that rounding alone could have made a pivot: one of
        the scaled matrix is not above n 2^-53.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, sections 3.1, 3.4 and 3.5.

    Examples
    --------
    >>> solve([[2, 1], [1, 3]], [3, 5])
    array([0.8, 1.4])
    """
    factors = lu(A)
    _refuse_singular(factors.U)
    x = _substitute(factors, b)
    return x + _substitute(factors, b - A @ x)  # repairs what rounding has left


@checked(A=square_matrix)
def determinant(A):
    """Signed volume of the box that A makes of the unit cube: the product of the pivots.

    Parameters
    ----------
    A : array_like, shape (n, n)

    Returns
    -------
    float
        Each swap of two rows turns the sign. 0.0 if the true size is below the smallest double.

    Raises
    ------
    ValueError
        If A is not square, or the determinant is beyond the largest double.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 4.1.

    Examples
    --------
    >>> round(determinant([[1, 2], [3, 4]]), 10)
    -2.0
    """
    P, _, U = lu(A)
    value, exponent = _sign(P), 0
    for pivot in U.diagonal().tolist():  # mantissa and exponent apart: no product overflows
        value, more = math.frexp(value * math.frexp(pivot)[0])
        exponent += more + math.frexp(pivot)[1]
    try:
        return math.ldexp(value, exponent) + 0.0
    except OverflowError:
        raise TooLarge("the determinant of A is beyond the largest double, 1.8e308") from None


def _sign(P):
    """Return 1 for an even number of swaps, -1 for an odd one: each cycle of k takes k - 1."""
    order, seen, sign = P.argmax(axis=0), set(), 1.0
    for start in range(len(order)):
        length, here = 0, start
        while here not in seen:
            seen.add(here)
            here, length = order[here], length + 1
        if length and length % 2 == 0:
            sign = -sign
    return sign


def _largest_power(A, axis, less=0):
    """Return the largest exponent of two in each row or column; zeros count as 2^-9999."""
    exponents = np.where(A == 0, -9999, np.frexp(A)[1] - less)
    return exponents.max(axis=axis, keepdims=True)


def _refuse_singular(U):
    pivots = np.abs(U.diagonal())
    if pivots.min() == 0:
        raise np.linalg.LinAlgError(
            "A is singular: elimination leaves a row of zeros, so A x = b has no solution "
            "or infinitely many"
        )
    if pivots.min() <= len(U) * EPSILON / 2:
        raise np.linalg.LinAlgError(
            f"A is singular as far as doubles can tell: elimination leaves a pivot of "
            f"{pivots.min():.1g} where 1 would be usual, which rounding alone could have made"
        )


def _substitute(factors, b):
    """Solve P L U x = b, from the first row of L down and from the last row of U up."""
    P, L, U = factors
    x = P.T @ b
    for i in range(len(L)):
        x[i] -= L[i, :i] @ x[:i]
    for i in reversed(range(len(U))):
        x[i] = (x[i] - U[i, i + 1 :] @ x[i + 1 :]) / U[i, i]
    return x
