"""Vectors: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.linear_algebra import norm, null_space

OTHER_WAYS = {
    "combine": [
        "return A @ coefficients",
        "return (A * coefficients).sum(axis=1)",
        "return sum(c * column for c, column in zip(coefficients, A.T))",
        "return [sum(c * entry for c, entry in zip(coefficients, row)) for row in A]",
    ],
    "is_independent": [
        "return np.linalg.matrix_rank(A) == A.shape[1]",
        "return 1 if np.linalg.matrix_rank(A.T) == len(A.T) else 0",
        "d, k = A.shape\nif k > d:\n    return False\n"
        "s = np.linalg.svd(A)[1]\nreturn s[-1] > 1e-10 * s[0]",
    ],
}

WRONG_WAYS = [
    (
        "combine",
        "return sum(c * row for c, row in zip(coefficients, A))",
        "A loop over A gives its rows",
    ),
    ("combine", "for c, b in zip(coefficients, A.T):\n    return c * b", "inside the loop"),
    ("combine", "return sum(coefficients * A)", "the entries of each column"),
    ("is_independent", "return np.linalg.matrix_rank(A)", "compare it"),
    ("is_independent", "return np.linalg.det(A) != 0", "as many columns as rows"),
    ("is_independent", "return A.any(axis=0)", "where True or False is meant"),
    ("is_independent", "return 'yes'", "A value of type str"),
    ("is_independent", "return (A != 0).all()", "not yet.\n"),
    ("is_independent", "return np.linalg.matrix_rank(A) == A.shape[1] - 1", "the other way round"),
    (
        "combine",
        "t = np.zeros(len(A))\n"
        "for j in range(len(coefficients) - 1):\n"
        "    t = t + coefficients[j] * A[:, j]\n"
        "return t",
        "The last column is left",
    ),
    (
        "combine",
        "return coefficients[0] * A[:, 0] + coefficients[1] * A[:, 1]",
        "Only the first two columns",
    ),
]

NOT_SAID = [
    ("is_independent", "return bool(np.linalg.matrix_rank(A) != A.shape[1])", "number of rows"),
    ("combine", "return A[:, 0] + 1", "Only the first column"),
]

EQUIVALENT = {
    "is_independent": {
        "return np.linalg.matrix_rank(A) == A.shape[1]": "numpy's own True is accepted",
    },
}


def test_a_combination_is_a_product_of_matrix_and_coefficients():
    for total, (coefficients, A) in answers("combine"):
        assert total == pytest.approx(A @ coefficients, abs=1e-12)


def test_columns_are_independent_if_no_singular_value_is_zero_for_as_many_as_there_are():
    said_yes = []
    for yes, (A,) in answers("is_independent"):
        sizes = np.linalg.svd(A, compute_uv=False)
        n_left = (sizes > 1e-12 * sizes.max(initial=0)).sum()
        assert yes is bool(n_left == A.shape[1])
        said_yes.append(yes)
    assert 0.3 < np.mean(said_yes) < 0.7


def _pairs_to_a_point():
    v = np.array([2.0, 1.0])
    both = np.column_stack([v, 1.8 / norm(v) * v])
    undone = null_space(both)  # (2, k): what changes a and b and leaves the pen where it is
    return "endlessly many" if undone.shape[1] else "one, as before"


PREDICTED = {"pairs_to_a_point": _pairs_to_a_point}
