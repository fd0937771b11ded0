"""Matrices as linear maps: answers found a second way, other right ones, wrong ones."""

import numpy as np

from exercises.learner import answers
from mlmath_helpers.exercises.linear_algebra.maps import rotation_matrix
from mlmath_helpers.linear_algebra import determinant, norm

OTHER_WAYS = {
    "rotation_matrix": [
        "import math\nc, s = math.cos(angle), math.sin(angle)\nreturn [[c, -s], [s, c]]",
        "z = np.exp(1j * angle)\nreturn np.array([[z.real, -z.imag], [z.imag, z.real]])",
        "c, s = np.cos(angle), np.sin(angle)\nreturn np.column_stack([(c, s), (-s, c)])",
    ],
    "product_by_columns": [
        "return A @ B",
        "return np.array([A @ B[:, j] for j in range(B.shape[1])]).T",
        "AB = np.zeros((len(A), B.shape[1]))\nfor j in range(B.shape[1]):\n"
        "    AB[:, j] = A @ B[:, j]\nreturn AB",
        "return [[sum(a * b for a, b in zip(row, column)) for column in B.T] for row in A]",
    ],
    "null_vector": [
        "return np.linalg.svd(A)[2][-1]",
        "row = A[0] if A[0].any() else A[1]\nreturn [-row[1], row[0]]",
        "row = A[0] if A[0].any() else A[1]\nreturn 1e-9 * np.array([-row[1], row[0]])",
        "row = A[0] if A[0].any() else A[1]\nreturn 1e9 * np.array([row[1], -row[0]])",
    ],
}

WRONG_WAYS = [
    ("null_vector", "return [2, -1]", "does not use A"),
    ("null_vector", "return [1, -A[0, 1] / A[0, 0]]", "not yet.\n"),
    ("null_vector", "return np.linalg.solve(A, [0, 0])", "exactly one answer"),
    ("null_vector", "return np.linalg.inv(A) @ np.zeros(2)", "exactly one answer"),
    ("null_vector", "a, b = A[0]\nreturn [a, -b]", "swap the entries too"),
    (
        "null_vector",
        "return np.linalg.svd(A)[0][:, -1]",
        "That is at a right",
    ),
    (
        "null_vector",
        "U, s, Vt = np.linalg.svd(A)\nreturn Vt[0]",
        "That lies along the rows",
    ),
]

NOT_SAID = [
    ("product_by_columns", "return np.zeros_like(A @ B)", "whole numbers only"),
    ("rotation_matrix", "return np.eye(2) * np.cos(angle)", "no rotation"),
]

EQUIVALENT = {
    "rotation_matrix": {
        "return [[c, -s], [s, c]]": "a list of the same numbers is accepted",
    },
    "null_vector": {
        "return [b, -a]": "a list of the same numbers is accepted",
        "a, b = A[np.argmax(np.abs(A).mean(axis=1))]": "the longer row has the larger mean too",
    },
}


def test_a_rotation_is_a_product_of_complex_numbers():
    for R, (angle,) in answers("rotation_matrix"):
        turned = np.exp(1j * angle) * (2 + 3j)
        assert np.allclose(R @ [2, 3], [turned.real, turned.imag])


def test_the_product_by_columns_is_the_product():
    for AB, (A, B) in answers("product_by_columns"):
        assert np.allclose(AB, A @ B)


def test_a_null_vector_is_sent_to_zero_by_matrices_of_rank_1():
    for v, (A,) in answers("null_vector"):
        assert np.linalg.matrix_rank(A) == 1
        assert v.any()
        assert np.abs(A @ v).max() < 1e-12


def _exchanged_columns():
    return f"{determinant([[0, 1], [1, 0]]):.0f}".replace("-", "−")


def _pairs_that_commute():
    turn = {degrees: rotation_matrix(np.radians(degrees)) for degrees in (30, 45, 60, 90)}
    pairs = [
        (np.array([[1, 1], [0, 1]]), turn[90]),
        (np.diag([1.8, 1]), turn[45]),
        (np.array([[0, 1], [1, 0]]), np.diag([1.6, 1])),
        (turn[30], turn[60]),
    ]
    alike = sum(norm(A @ B - B @ A) < 1e-12 for A, B in pairs)
    words = {0: "none: for matrices order matters", 1: "one", 2: "two", 4: "all four"}
    return words[alike]


def _sliding_lid():
    sizes = [determinant([[1.6, 0.4, s], [0, 1.2, -0.4], [0, 0, 1.2]]) for s in (0, 0.6, 1.2)]
    if np.ptp(sizes) < 1e-9:
        return "it stays"
    grows = sizes[-1] > sizes[0]
    return "it grows with the edge" if grows else "it shrinks: the box is pressed flat"


PREDICTED = {
    "exchanged_columns": _exchanged_columns,
    "pairs_that_commute": _pairs_that_commute,
    "sliding_lid": _sliding_lid,
}
