"""Principal components: the directions in which samples vary most."""

from typing import NamedTuple

import numpy as np

from .._arguments import checked, matrix, refuse_overflow, whole_number
from .._numbers import with_fixed_sign


class PrincipalComponents(NamedTuple):
    """Scores (n, n_components), components as columns (d, n_components), variances (d,)."""

    X_pca: np.ndarray
    components: np.ndarray
    eigenvalues: np.ndarray


def _is_large_enough(X, n_components):
    because = "one sample has no variance"
    whole_number(len(X), "the number of rows of X", at_least=2, because=because)
    whole_number(n_components, "n_components", at_least=1, at_most=X.shape[1])


@refuse_overflow
@checked(_is_large_enough, X=matrix)
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
    n, d = X.shape
    centred = X - (X[0] + (X - X[0]).mean(axis=0))  # exactly 0 in a constant column
    _, sizes, Vt = np.linalg.svd(centred, full_matrices=False)  # (k,), (k, d), k = min(n, d)
    eigenvalues, r = np.zeros(d), min(n - 1, d)  # centred rows span r directions at most
    eigenvalues[:r] = sizes[:r] ** 2 / (n - 1)
    components = with_fixed_sign(_as_many(Vt.T, n_components))  # (d, n_components)
    return PrincipalComponents(centred @ components, components, eigenvalues)


def _as_many(V, n_components):
    """Return so many orthonormal columns: the first of V, and where it has fewer, any others."""
    d, k = V.shape
    if n_components <= k:
        return V[:, :n_components]
    more, _ = np.linalg.qr(np.column_stack([V, np.eye(d, n_components - k)]))
    return np.column_stack([V, more[:, k:]])
