"""Right angles: Gram-Schmidt, least squares, the pseudoinverse, rank and null space."""

import functools
from typing import NamedTuple

import numpy as np

from .._arguments import checked, finite, matrix, real_array, refuse_overflow
from .._numbers import EPSILON, homogeneous, power_of_two, power_of_two_by_column, with_fixed_sign


class QR(NamedTuple):
    """A = Q R: orthonormal columns (m, n) and an upper triangular matrix (n, n)."""

    Q: np.ndarray
    R: np.ndarray


def _in_like_units(factorize):
    """Scale the columns of A by powers of two, so that no square is lost, and those of R back."""

    @functools.wraps(factorize)
    def factorize_in_like_units(A):
        A = np.asfortranarray(A)  # column by column in memory, as it is used
        units = power_of_two_by_column(A)
        Q, R = factorize(A / units)
        return QR(Q, R * units)

    return factorize_in_like_units


@refuse_overflow
@checked(A=matrix)
@_in_like_units
def gram_schmidt(A):
    """Make the columns of A orthonormal, A = Q R, each by taking its shadows away, twice.

    Once would do in exact arithmetic. In doubles, a direction made from a short remainder is
    slightly off, and the shadow of a long column on it is wrong by as much as may be left of
    that column. The second round takes the shadows of what is left, which is short.

    Parameters
    ----------
    A : array_like, shape (m, n)
        Independent columns, so m is at least n.

    Returns
    -------
    Q : array, shape (m, n)
        Orthonormal columns; the first k span what the first k columns of A span.
    R : array, shape (n, n)
        Upper triangular with a positive diagonal, which makes both unique.

    Raises
    ------
    ValueError
        If A is not a finite matrix, or a column is too long for a double.
    numpy.linalg.LinAlgError
        If a column is a combination of those before it, as far as doubles can tell: less than
        max(m, n) 2^-52 of its length is left.

    References
    ----------
    Giraud, Langou & Rozloznik (2005), The loss of orthogonality in the Gram-Schmidt
    orthogonalization process, Computers & Mathematics with Applications 50, 1069-1075.

    Examples
    --------
    >>> Q, R = gram_schmidt([[3, 1], [4, 2]])
    >>> Q.round(6), R.round(6)
    (array([[ 0.6, -0.8],
           [ 0.8,  0.6]]), array([[5. , 2.2],
           [0. , 0.4]]))
    """
    m, n = A.shape
    Q, R = np.zeros((m, n), order="F"), np.zeros((n, n))
    for j in range(n):
        v = A[:, j]  # (m,)
        for _ in range(2):
            shadows = Q[:, :j].T @ v  # (j,)
            v = v - Q[:, :j] @ shadows
            R[:j, j] += shadows
        R[j, j] = np.sqrt(v @ v)
        _refuse_dependent(A, j, left=R[j, j])
        Q[:, j] = v / R[j, j]
    return QR(Q, R)


def _refuse_dependent(A, j, left):
    """Refuse a column of which no more is left than rounding could have made."""
    if left <= max(A.shape) * EPSILON * np.sqrt(A[:, j] @ A[:, j]):
        raise np.linalg.LinAlgError(
            f"column {j} of A, counted from 0, is a combination of those before it, "
            "so no new direction is left; leave it out"
        )


def _has_an_entry_for_each_row(A, b):
    if b.shape != (len(A),):
        raise ValueError(f"b must have one entry for each of the {len(A)} rows of A, not {b.shape}")


@refuse_overflow
@checked(_has_an_entry_for_each_row, A=matrix, b=real_array)
@homogeneous("b")
def least_squares(A, b):
    """Find the x for which A x is nearest to b; if several are, the shortest.

    With independent columns A = Q R, the nearest point is Q Q'b, so R x = Q'b. Else x is made
    of the rows of A alone: any other part is in the null space, and adds length only.

    Parameters
    ----------
    A : array_like, shape (m, n)
        Any shape. The rank is decided as in `rank`, after each column was scaled by a power
        of two, so that units do not matter.
    b : array_like, shape (m,)

    Returns
    -------
    array, shape (n,)

    Raises
    ------
    ValueError
        If b does not have m entries, or an entry of x would overflow.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 3.8.2.

    Examples
    --------
    >>> least_squares([[1, 0], [1, 1], [1, 2]], [1, 2, 4]).round(6)
    array([0.833333, 1.5     ])
    """
    units = power_of_two_by_column(A)
    A = np.asfortranarray(A) / units  # exact, and each entry of x is multiplied by as much
    m, n = A.shape
    if m < n or rank(A) < n:
        return _shortest(A, b, units)
    Q, R = gram_schmidt(A)
    return np.linalg.solve(R, Q.T @ b) / units


def _shortest(A, b, units):
    """Return the shortest x for which A (units x) is nearest to b: a combination of rows seen."""
    Q, R = np.linalg.qr(A)  # (m, k), (k, n): A x is nearest to b where R x is to Q'b
    U, sizes, Vt = np.linalg.svd(R, full_matrices=False)  # (k, k), (k,), (k, n)
    r = _n_above(sizes, A.shape)
    seen = U[:, :r].T @ (Q.T @ b) / sizes[:r]  # what Vt (units x) must be
    Q, R = np.linalg.qr((Vt[:r] * units).T)  # (n, r), (r, r)
    return Q @ np.linalg.solve(R.T, seen)


@checked(A=matrix)
def pseudoinverse(A):
    """Moore and Penrose's inverse, A+ = sum_i v_i u_i' / s_i over the singular values above 0.

    A+ b is the shortest of all x for which A x is nearest to b.

    Parameters
    ----------
    A : array_like, shape (m, n)

    Returns
    -------
    array, shape (n, m)
        The inverse, if A has one. Singular values that `rank` counts as 0 are left out.

    Raises
    ------
    ValueError
        If A is not a finite matrix, or an entry would overflow.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 5.5.2.

    Examples
    --------
    >>> pseudoinverse([[2, 0], [0, 0]])
    array([[0.5, 0. ],
           [0. , 0. ]])
    """
    scale = power_of_two(A)
    U, sizes, Vt = np.linalg.svd(A / scale, full_matrices=False)  # (m, k), (k,), (k, n)
    r = _n_above(sizes, A.shape)
    with np.errstate(over="ignore"):
        inverse = (Vt[:r].T / sizes[:r]) @ U[:, :r].T / scale
    return finite(
        inverse,
        "the pseudoinverse of A has entries beyond the largest double, 1.8e308; multiply A by "
        "a power of ten first",
    )


@checked(A=matrix)
def rank(A):
    """Count the independent columns of A: its singular values above rounding.

    Parameters
    ----------
    A : array_like, shape (m, n)

    Returns
    -------
    int
        Singular values above max(m, n) 2^-52 s_1, where s_1 is the largest. A matrix of
        exactly this rank lies no farther than that from A, in the spectral norm.

    Raises
    ------
    ValueError
        If A is not a finite matrix.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 5.4.1.

    Examples
    --------
    >>> rank([[1, 2], [2, 4]])
    1
    """
    tall = A if A.shape[0] >= A.shape[1] else A.T
    R = np.linalg.qr(tall / power_of_two(A), mode="r")  # its singular values are those of A
    return _n_above(np.linalg.svd(R, compute_uv=False), A.shape)


@checked(A=matrix)
def null_space(A):
    """Return an orthonormal basis of all x with A x = 0.

    Parameters
    ----------
    A : array_like, shape (m, n)

    Returns
    -------
    array, shape (n, n - rank)
        Orthonormal columns, signed by this module's rule; none if only x = 0 is sent to 0.

    Raises
    ------
    ValueError
        If A is not a finite matrix.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 5.4.1.

    Examples
    --------
    >>> null_space([[1, 1]]).round(6)
    array([[ 0.707107],
           [-0.707107]])
    """
    wide = A.shape[0] < A.shape[1]  # if not, all n directions are in the short form
    _, sizes, Vt = np.linalg.svd(A / power_of_two(A), full_matrices=wide)
    return with_fixed_sign(Vt[_n_above(sizes, A.shape) :].T)


def _n_above(sizes, shape):
    """Count the singular values that rounding alone could not have made."""
    return int((sizes > max(shape) * EPSILON * sizes[0]).sum())
