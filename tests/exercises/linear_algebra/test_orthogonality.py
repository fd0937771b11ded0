"""Orthogonality and least squares: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.linear_algebra import cosine_similarity, least_squares

OTHER_WAYS = {
    "gram_schmidt_step": [
        "v = a - sum((q @ a) * q for q in Q.T)\nreturn v / np.sqrt(v @ v)",
        "v = a.astype(float)\nfor q in Q.T:\n    v = v - (q @ v) * q\nreturn v / np.linalg.norm(v)",
    ],
    "projection_matrix": [
        "Q = np.linalg.qr(A)[0]\nreturn Q @ Q.T",
        "return A @ np.linalg.inv(A.T @ A) @ A.T",
        "return A @ np.linalg.pinv(A)",
    ],
}

WRONG_WAYS = [
    (
        "gram_schmidt_step",
        "v = np.linalg.qr(np.column_stack([Q, a]))[0][:, -1]\nreturn v * (-1 if v @ a > 0 else 1)",
        "turn a column round",
    ),
    ("gram_schmidt_step", "return (a - Q @ Q.T @ a) / np.linalg.norm(a)", "length of what is left"),
    (
        "gram_schmidt_step",
        "v = a\nfor q in Q.T:\n    v = v - q @ a\nreturn v / np.linalg.norm(v)",
        "times its column",
    ),
    ("projection_matrix", "return A @ (A.T @ A) ** -1.0 @ A.T", "np.linalg.inv(M)"),
    (
        "projection_matrix",
        "return sum(np.outer(a, a) / (a @ a) for a in A.T)",
        "the shadows on the single columns",
    ),
    (
        "gram_schmidt_step",
        "v = a - Q[:, 0] @ a * Q[:, 0]\nreturn v / np.linalg.norm(v)",
        "Only the shadow on the",
    ),
    (
        "projection_matrix",
        "U = np.linalg.svd(A)[0]\nreturn U @ U.T",
        "That is the identity, which",
    ),
]


def test_a_gram_schmidt_step_gives_the_next_column_of_qr_with_the_side_of_a():
    for v, (Q, a) in answers("gram_schmidt_step"):
        np.testing.assert_allclose(Q.T @ Q, np.eye(Q.shape[1]), atol=1e-12)
        column = np.linalg.qr(np.column_stack([Q, a]))[0][:, -1]
        assert v == pytest.approx(column * np.sign(column @ a), abs=1e-12)


def test_a_projection_matrix_gives_the_nearest_point_of_the_span():
    for P, (A,) in answers("projection_matrix"):
        for b in np.eye(len(A)):
            nearest = A @ np.linalg.lstsq(A, b)[0]
            assert P @ b == pytest.approx(nearest, abs=1e-12)
        assert np.linalg.matrix_rank(A) == A.shape[1]


def _shortest_residual():
    answers = set()
    for A in ([[2, 0.8], [0, 1.5], [0, 0]], [[1, 2], [3, -1], [0.5, 1]]):
        A, b = np.array(A), np.array([2.76, 1.05, 1.6])
        x = least_squares(A, b)
        r = b - A @ x
        cosines = [abs(cosine_similarity(r, each)) < 1e-9 for each in (b, A @ x, *A.T)]
        if all(cosines[1:]):
            answers.add("at a right angle to all of the floor")
        elif cosines[1]:
            answers.add("at a right angle to A x only")
        elif cosines[0]:
            answers.add("at a right angle to b")
    return answers.pop() if len(answers) == 1 else "that depends on the columns"


PREDICTED = {"shortest_residual": _shortest_residual}
