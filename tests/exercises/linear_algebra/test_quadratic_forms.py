"""Quadratic forms: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.linear_algebra import eigen_symmetric

OTHER_WAYS = {
    "is_positive_definite": [
        "return np.allclose(A, A.T) and np.linalg.eigvals(A).min() > 0",
        "if (A != A.T).any():\n    return 0\ntry:\n    np.linalg.cholesky(A)\n"
        "except np.linalg.LinAlgError:\n    return False\nreturn True",
        "minors = [np.linalg.det(A[:k, :k]) for k in range(1, len(A) + 1)]\n"
        "return 1 if (A == A.T).all() and min(minors) > 0 else 0",
    ],
    "rayleigh_quotient": [
        "u = x / np.linalg.norm(x)\nreturn u @ A @ u",
        "return np.dot(x, np.dot(A, x)) / np.linalg.norm(x) ** 2",
        "n = len(x)\ntop = sum(A[i, j] * x[i] * x[j] for i in range(n) for j in range(n))\n"
        "return top / sum(x**2)",
    ],
}

WRONG_WAYS = [
    (
        "is_positive_definite",
        "minors = [np.linalg.det(A[:k, :k]) for k in range(1, len(A) + 1)]\n"
        "return int(min(minors) >= 0)",
        "semidefinite only",
    ),
    (
        "is_positive_definite",
        "try:\n    np.linalg.cholesky(A)\nexcept np.linalg.LinAlgError:\n    return 0\nreturn 1",
        "read one triangle",
    ),
    ("is_positive_definite", "return int(np.linalg.det(A) > 0)", "two negative ones"),
    ("rayleigh_quotient", "return (A @ x) @ x", "length 1 in its direction"),
    ("rayleigh_quotient", "return x @ A @ x / sum(x**2) ** 0.5", "divided out twice"),
    (
        "rayleigh_quotient",
        "return x @ A @ x / len(x)",
        "len(x) is the number of",
    ),
]

EQUIVALENT = {
    "is_positive_definite": {
        "return np.array_equal(A, A.T) and np.linalg.eigvalsh(A)[0] > 0": "numpy's own True",
    },
    "rayleigh_quotient": {
        "return x @ (x @ A) / (x @ x)": "the dot product does not mind the order",
        "return A @ x @ x / (x @ x)": "the dot product does not mind the order",
    },
}


def test_a_matrix_is_positive_definite_if_it_is_symmetric_and_no_direction_says_otherwise():
    rng = np.random.default_rng(0)
    said_yes = []
    for yes, (A,) in answers("is_positive_definite"):
        _, along = np.linalg.eigh((A + A.T) / 2)  # the form is least along one of these
        x = np.column_stack([along, rng.normal(size=(len(A), 100))])
        least = (x * (A @ x)).sum(axis=0).min()
        assert yes is bool((A == A.T).all() and least > 1e-9)
        said_yes.append(yes)
    assert 0.3 < np.mean(said_yes) < 0.7


def test_the_rayleigh_quotient_is_a_mean_of_the_eigenvalues():
    for quotient, (A, x) in answers("rayleigh_quotient"):
        values, vectors = np.linalg.eigh((A + A.T) / 2)
        shares = (vectors.T @ x) ** 2 / (x**2).sum()
        assert shares.sum() == pytest.approx(1)
        assert quotient == pytest.approx(shares @ values, abs=1e-12)


def _smaller_eigenvalue():
    axes = []
    for smaller in (0.5, 0.1, 1e-4, 1e-8):
        values = eigen_symmetric(np.diag([2.0, smaller])).eigenvalues
        axes.append(np.sort(values**-0.5))  # the half-axes of q = 1
    (short, long), (first_short, first_long) = axes[-1], axes[0]
    if long < 1e-3:
        return "it shrinks to a point"
    if long > 1e3 * first_long and np.isclose(short, first_short):
        return "its long axis grows without end"
    return "it becomes a circle" if np.isclose(short, long) else "it gets narrower, and no longer"


PREDICTED = {"smaller_eigenvalue": _smaller_eigenvalue}
