"""The change of basis: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.linear_algebra import solve

OTHER_WAYS = {
    "coordinates_in_basis": [
        "return np.linalg.inv(B) @ (point - origin)",
        "return np.linalg.lstsq(B, point - origin, rcond=None)[0]",
        "v = point - origin\nreturn [np.linalg.det(np.column_stack([*B.T[:j], v, *B.T[j + 1 :]])) "
        "/ np.linalg.det(B) for j in range(len(v))]",
    ],
    "matrix_in_basis": [
        "return np.linalg.inv(B) @ A @ B",
        "return np.column_stack([np.linalg.solve(B, A @ b) for b in B.T])",
        "return np.linalg.solve(B, A) @ B",
    ],
}

WRONG_WAYS = [
    ("coordinates_in_basis", "return np.linalg.solve(B, point + origin)", "you added"),
    ("coordinates_in_basis", "return np.linalg.inv(B) @ point", "subtract it"),
    ("coordinates_in_basis", "return (point - origin) @ B", "only if the basis is orthonormal"),
    ("matrix_in_basis", "B = np.linalg.inv(B)\nreturn B @ A @ B", "itself, not its inverse"),
    ("matrix_in_basis", "return np.linalg.solve(B.T, (B @ A).T).T", "first B, from coordinates"),
    (
        "coordinates_in_basis",
        "return origin + np.linalg.solve(B, point - origin)",
        "Coordinates count the basis vectors",
    ),
    (
        "coordinates_in_basis",
        "return np.array([(point - origin) @ b / (b @ b) for b in B.T])",
        "Each shadow on a basis",
    ),
]


def test_coordinates_lead_from_the_origin_to_the_point():
    for c, (point, origin, B) in answers("coordinates_in_basis"):
        assert origin + B @ c == pytest.approx(point, abs=1e-12)
        assert np.linalg.cond(B) < 100


def test_the_matrix_in_a_basis_does_to_coordinates_what_the_map_does_to_vectors():
    for M, (A, B) in answers("matrix_in_basis"):
        c = np.arange(1.0, len(B) + 1)
        assert B @ (M @ c) == pytest.approx(A @ (B @ c), abs=1e-10)
        assert np.trace(M) == pytest.approx(np.trace(A), abs=1e-10)
        assert np.linalg.cond(B) < 100


def _turned_b2():
    def first_coordinate(between, length):
        b1, b2, v = (
            size * np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
            for size, degrees in ((1, 20), (length, 20 + between), (2, 60))
        )
        return solve(np.column_stack([b1, b2]), v)[0]

    turned = abs(first_coordinate(130, 1) - first_coordinate(70, 1)) > 1e-9
    longer = abs(first_coordinate(70, 2) - first_coordinate(70, 1)) > 1e-9
    if turned:
        return "it changes"
    if longer:
        return "it changes only if b₂ gets longer too"
    return "it stays: neither b₁ nor v has moved"


PREDICTED = {"turned_b2": _turned_b2}
