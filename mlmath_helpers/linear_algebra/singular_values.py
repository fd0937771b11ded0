"""Singular values: the nearest matrix of low rank, and principal components."""

from typing import NamedTuple

import numpy as np

from .._arguments import matrix, refuse_overflow, whole_number
from ._scaling import power_of_two, with_fixed_sign


class PrincipalComponents(NamedTuple):
    """Scores (n, n_components), components as columns (d, n_components), variances (d,)."""

    X_pca: np.ndarray
    components: np.ndarray
    eigenvalues: np.ndarray


@refuse_overflow
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
    A = matrix(A, "A")
    k = whole_number(k, "k", at_least=0, at_most=min(A.shape))
    scale = power_of_two(A)
    U, sizes, Vt = np.linalg.svd(A / scale, full_matrices=False)  # (m, r), (r,), (r, n)
    return scale * ((U[:, :k] * sizes[:k]) @ Vt[:k])


@refuse_overflow
def pca(X, n_components):
    """Principal components: the directions in which the samples vary most.

    They are the right singular vectors of the centred data, and the variance along the i-th
    is s_i^2 / (n - 1). Units matter: a column in grams outweighs one in kilograms.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Rows are samples, at least two.
    n_components : int
        From 1 to d.

    Returns
    -------
    X_pca : array, shape (n, n_components)
        The centred samples in the coordinates of the components.
    components : array, shape (d, n_components)
        Orthonormal columns, signed by this module's rule. Within equal eigenvalues any
        others that span the same would do.
    eigenvalues : array, shape (d,)
        All eigenvalues of the covariance matrix with divisor n - 1, descending; at most
        n - 1 are not zero. Constant columns add only zeros.

    Raises
    ------
    ValueError
        If there are fewer than two samples, ``n_components`` is out of range, or a variance
        would overflow.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 10.2.

    Examples
    --------
    >>> pca([[0, 0], [1, 1], [2, 2]], 1).eigenvalues.round(6)
    array([2., 0.])
    """
    X = matrix(X, "X")
    n, d = X.shape
    whole_number(n, "the number of rows of X", at_least=2, because="one sample has no variance")
    whole_number(n_components, "n_components", at_least=1, at_most=d)
    centred = X - (X[0] + (X - X[0]).mean(axis=0))  # exactly 0 in a constant column
    _, sizes, Vt = np.linalg.svd(centred, full_matrices=n < d)  # all d directions in Vt
    rank_bound = min(n - 1, d)
    eigenvalues = np.zeros(d)
    eigenvalues[:rank_bound] = sizes[:rank_bound] ** 2 / (n - 1)
    components = with_fixed_sign(Vt[:n_components].T)
    return PrincipalComponents(centred @ components, components, eigenvalues)
