"""Quadratic forms: whether x'A x is positive for every x but zero."""

import math

import numpy as np

from .._arguments import checked, refuse_asymmetry, symmetric_matrix
from .._numbers import EPSILON


@checked(A=symmetric_matrix)
@np.errstate(over="ignore", invalid="ignore")  # neither happens if A is definite
def cholesky(A):
    """Lower triangular L with a positive diagonal and A = L L', for a positive definite A.

    There is one exactly if A is positive definite. Column by column, take away what the
    columns before account for. What is left of the diagonal entry, the pivot, must be
    positive: its root is the diagonal entry of L.

    Parameters
    ----------
    A : array_like, shape (n, n)
        Symmetric up to 1e-12 of its largest entry, and A[i, j] up to 1e-8 of the root of
        A[i, i] A[j, j]; the mean of A and A' is used.

    Returns
    -------
    array, shape (n, n)
        Positive on the diagonal, 0 above it. L L' misses A[i, j] by at most about
        n 2^-53 sqrt(A[i, i] A[j, j]), however unlike the sizes of the rows are.

    Raises
    ------
    ValueError
        If A is not symmetric.
    numpy.linalg.LinAlgError
        If a pivot is not above n 2^-51 of its diagonal entry: it is negative or zero, or
        rounding alone could have made it. Exact arithmetic decides alike if A, scaled to ones
        on the diagonal, has no eigenvalue within about n (n + 5) 2^-53 of zero.

    References
    ----------
    Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, section 10.1.

    Examples
    --------
    >>> cholesky([[4, 6], [6, 13]])
    array([[2., 0.],
           [3., 2.]])
    """
    scaled, powers = _diagonal_near_one(A)
    L = np.zeros_like(scaled)
    for j in range(len(A)):
        left = scaled[j:, j] - L[j:, :j] @ L[j, :j]  # (n - j,), the pivot first
        if not left[0] > len(A) * 2.0**-51 * scaled[j, j]:
            _refuse_pivot(left[0], L[: j + 1, :j], powers[j], entry=A[j, j])
        L[j, j] = math.sqrt(left[0])
        L[j + 1 :, j] = left[1:] / L[j, j]
    return np.ldexp(L, powers[:, np.newaxis]) + 0.0


def _diagonal_near_one(A):
    """Divide rows and columns by powers of two, so that the diagonal is in [1/2, 2)."""
    powers = np.frexp(np.abs(A.diagonal()))[1] // 2
    scaled = np.ldexp(A, -powers - powers[:, np.newaxis])
    refuse_asymmetry(scaled, 1e-8, A, "A")
    return (scaled + scaled.T) / 2, powers


def _refuse_pivot(pivot, L, power, entry):
    """Name the row that failed, and say whether rounding may be to blame.

    For the x with x[j] = 1 and L'x = 0 in the columns before j, x'A x is the pivot. Rounding
    the entries of A, scaled to a diagonal near 1, changes it by about the square of sum |x|.
    """
    j = len(L) - 1
    x = np.append(np.zeros(j), 1.0)
    for i in reversed(range(j)):
        x[i] = -(L[i + 1 :, i] @ x[i + 1 :]) / L[i, i]
    place = f"the pivot of row {j}, counted from 0, is"
    if entry > 0 and abs(pivot) <= len(L) * EPSILON * np.abs(x).sum() ** 2 < math.inf:
        raise np.linalg.LinAlgError(
            f"A is not positive definite as far as doubles can tell: {place} so small beside "
            f"A[{j}, {j}] that rounding alone could have made it. Leave that row and column out, "
            "or add a small multiple of the identity"
        )
    size = float(np.ldexp(pivot, 2 * power))
    amount = f"{size:.3g}" if math.isfinite(size) else "below -1.8e308"
    raise np.linalg.LinAlgError(
        f"A is not positive definite: {place} {amount}, and so is x'A x for some x with x[{j}] = 1"
    )
