"""Linear algebra: lengths and angles, eigenvectors, singular values and what follows from them.

Vectors are 1-D arrays. Eigenvectors, singular vectors and components are columns, and their
sign follows one rule: the entry of largest absolute value is positive, the first such entry
where several tie (entries that agree to eight digits count as tied).

A result beyond the largest double, 1.8e308, is a ValueError, never a silent inf: that is
what ``@refuse_overflow`` above a function says.
"""

from .eigenvalues import Eigenpair, Eigenpairs, eigen_symmetric, pagerank, power_iteration
from .orthogonality import (
    QR,
    gram_schmidt,
    least_squares,
    null_space,
    pseudoinverse,
    rank,
)
from .quadratic_forms import cholesky
from .singular_values import PrincipalComponents, low_rank, pca
from .systems import LU, determinant, lu, solve
from .vectors import cosine_similarity, norm, project

__all__ = [
    "LU",
    "QR",
    "Eigenpair",
    "Eigenpairs",
    "PrincipalComponents",
    "cholesky",
    "cosine_similarity",
    "determinant",
    "eigen_symmetric",
    "gram_schmidt",
    "least_squares",
    "low_rank",
    "lu",
    "norm",
    "null_space",
    "pagerank",
    "pca",
    "power_iteration",
    "project",
    "pseudoinverse",
    "rank",
    "solve",
]
