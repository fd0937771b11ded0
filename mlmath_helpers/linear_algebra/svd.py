"""The nearest matrix of low rank."""

import numpy as np

from .._arguments import checked, matrix, refuse_overflow, whole_number
from .._numbers import homogeneous


def _is_a_rank(A, k):
    whole_number(k, "k", at_least=0, at_most=min(A.shape))


@refuse_overflow
@checked(_is_a_rank, A=matrix)
@homogeneous("A")
def low_rank(A, k):
    """Nearest matrix of rank at most k, the first k terms of A = sum_i s_i u_i v_i'.

    Nearest in the Frobenius norm (Eckart and Young) and in the spectral norm (Mirsky); it
    is the only one in the Frobenius norm if s_k > s_(k+1).

    Parameters
    ----------
    A : array_like, shape (m, n)
    k : int
        From 0, the zero matrix, to min(m, n), A itself up to rounding.

    Returns
    -------
    array, shape (m, n)
        Of rank k, or the rank of A if that is less.

    Raises
    ------
    ValueError
        If k is out of range, or an entry of the answer would overflow.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 4.6.

    Examples
    --------
    >>> low_rank([[3, 0], [0, 2]], k=1).round(6)
    array([[3., 0.],
           [0., 0.]])
    """
    U, sizes, Vt = np.linalg.svd(A, full_matrices=False)  # (m, r), (r,), (r, n)
    return (U[:, :k] * sizes[:k]) @ Vt[:k]
