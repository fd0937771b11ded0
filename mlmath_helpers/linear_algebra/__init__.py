"""Linear algebra: lengths and angles, eigenvectors, singular values and what follows from them.

Vectors are 1-D arrays. Eigenvectors, singular vectors and components are columns, and their
sign follows one rule: the entry of largest absolute value is positive, the first such entry
where several tie (entries that agree to eight digits count as tied).

A result beyond the largest double, 1.8e308, is a ValueError, never a silent inf: that is
what ``@refuse_overflow`` above a function says.
"""

from ._attention import Attention, attention, softmax
from ._pca import PrincipalComponents, pca
from .eigenvectors import Eigenpair, Eigenpairs, eigen_symmetric, pagerank, power_iteration
from .lengths import cosine_similarity, norm, project
from .orthogonality import QR, gram_schmidt, least_squares, null_space, pseudoinverse, rank
from .quadratic_forms import cholesky
from .recommender import Factorization, factorize_ratings
from .svd import low_rank
from .systems import LU, determinant, lu, solve

__all__ = [
    "LU",
    "QR",
    "Attention",
    "Eigenpair",
    "Eigenpairs",
    "Factorization",
    "PrincipalComponents",
    "attention",
    "cholesky",
    "cosine_similarity",
    "determinant",
    "eigen_symmetric",
    "factorize_ratings",
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
    "softmax",
    "solve",
]
