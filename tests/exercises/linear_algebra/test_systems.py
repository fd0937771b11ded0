"""Linear systems: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.linear_algebra import norm, solve

OTHER_WAYS = {
    "back_substitution": [
        "return np.linalg.solve(U, b)",
        "x = list(b)\nfor i in reversed(range(len(b))):\n"
        "    x[i] = (b[i] - sum(U[i, j] * x[j] for j in range(i + 1, len(b)))) / U[i, i]\nreturn x",
    ],
    "elimination_step": [
        "B = A.astype(float)\nB[k + 1:] -= np.outer(B[k + 1:, k] / B[k, k], B[k])\nreturn B",
        "return [[A[i, j] - A[i, k] / A[k, k] * A[k, j] if i > k else A[i, j] "
        "for j in range(A.shape[1])] for i in range(len(A))]",
    ],
}

WRONG_WAYS = [
    (
        "back_substitution",
        "x = np.zeros(len(b))\nfor i in reversed(range(len(b))):\n"
        "    x[i] = (b[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i]\n    return x",
        "a return inside the loop",
    ),
    (
        "back_substitution",
        "x = b.copy()\nfor i in reversed(range(len(b))):\n"
        "    x[i] = (b[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i]\nreturn x",
        "x holds whole numbers only",
    ),
    (
        "elimination_step",
        "A = A.astype(float)\nfor i in range(k + 1, len(A)):\n"
        "    for j in range(A.shape[1]):\n"
        "        A[i, j] -= A[i, k] / A[k, k] * A[k, j]\nreturn A",
        "before the entry that it needs becomes 0",
    ),
    (
        "elimination_step",
        "B = A.astype(float)\nfor i in range(k + 1, len(A)):\n"
        "    B[i] -= A[i, k] / A[k, k] * A[k]\n    return B",
        "a return inside the loop",
    ),
    (
        "elimination_step",
        "for i in range(k + 1, len(A)):\n    A[i] = A[i] - A[i, k] / A[k, k] * A[k]\nreturn A",
        "The matrix you work on holds whole numbers",
    ),
]

EQUIVALENT = {
    "back_substitution": {
        "x[i] = (b[i] - x[i + 1:] @ U[i, i + 1:]) / U[i, i]": (
            "the dot product does not mind the order"
        ),
    },
}


def test_back_substitution_leaves_no_residual():
    for x, (U, b) in answers("back_substitution"):
        assert U @ x == pytest.approx(b, abs=1e-12)
        assert np.array_equal(U, np.triu(U))
        assert np.diag(U).all()


def test_an_elimination_step_takes_multiples_of_row_k_from_the_rows_below_it():
    for B, (A, k) in answers("elimination_step"):
        assert np.array_equal(B[: k + 1], A[: k + 1])
        assert B[k + 1 :, k] == pytest.approx(np.zeros(len(A) - k - 1), abs=1e-12)
        for taken in A[k + 1 :] - B[k + 1 :]:
            assert np.outer(taken, A[k]) == pytest.approx(np.outer(A[k], taken), abs=1e-10)


def _closing_lines():
    """Measure from corner to corner: where both lines are off by 0.1, to unlike sides."""
    lengths = []
    for degrees in (60, 2):
        turn = np.radians(degrees)
        A = np.array([[0, 1], [-np.sin(turn), np.cos(turn)]])
        try:
            lengths.append(2 * max(norm(solve(A, [0.1, side])) for side in (0.1, -0.1)))
        except np.linalg.LinAlgError:
            return "there is no bound"
    assert lengths[0] == pytest.approx(0.4)
    words = {
        0.4: "0.4, as each line is known as well as before",
        0.6: "about 0.6",
        11: "about 11",
    }
    nearest = min(words, key=lambda length: abs(length - lengths[1]))
    assert lengths[1] == pytest.approx(nearest, rel=0.1)
    return words[nearest]


PREDICTED = {"closing_lines": _closing_lines}
