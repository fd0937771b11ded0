"""Your turn in the section "Solving linear systems"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def back_substitution(U, b):
    """Solution x of U x = b, for an upper triangular U (n, n) without zeros on its diagonal."""
    x = np.zeros(len(b))
    for i in reversed(range(len(b))):
        x[i] = (b[i] - U[i, i + 1 :] @ x[i + 1 :]) / U[i, i]
    return x


def _triangular_systems():
    rng = np.random.default_rng(20)
    by_hand = [
        (
            np.array([[2.0, 1.0, 3.0], [0.0, 4.0, -1.0], [0.0, 0.0, 5.0]]),
            np.array([5.0, 14.0, -10.0]),
        ),
        (np.array([[2.0, 1.0], [0.0, 4.0]]), np.array([5.0, 12.0])),
        (np.array([[1.0, 2.0, 3.0], [0.0, 2.0, 1.0], [0.0, 0.0, -2.0]]), np.array([1.0, 4.0, 2.0])),
        (np.array([[3.0]]), np.array([6.0])),
        (np.array([[1, 1], [0, 2]]), np.array([0, 0])),
        (np.array([[1, 2, 0], [0, 1, 2], [0, 0, 4]]), np.array([1, 2, 3])),
        (np.triu(np.arange(1.0, 19).reshape(3, 6)[:, ::2] + 1), np.arange(6.0)[::2]),
    ]
    random = [
        (np.triu(rng.integers(1, 6, size=(n, n)).astype(float)), rng.normal(size=n).round(1))
        for n in (3, 4, 6)
    ]
    not_whole = [(np.triu(rng.uniform(0.3, 0.9, size=(4, 4))), rng.normal(size=4))]
    return tuple(by_hand + random + not_whole)


def _room_for_whole_numbers(U, b):
    x = np.zeros_like(b)
    for i in reversed(range(len(b))):
        x[i] = (b[i] - U[i, i + 1 :] @ x[i + 1 :]) / U[i, i]
    return x


BACK_SUBSTITUTION = Exercise(
    back_substitution,
    cases=_triangular_systems(),
    hints=(
        "The last equation has one unknown. Which one has the equation above it, once you know "
        "the last?",
        "Go through the rows from the last to the first; what is known goes to the right side.",
        "x[i] = (b[i] - U[i, i + 1:] @ x[i + 1:]) / U[i, i], for i in reversed(range(len(b))).",
    ),
    mistakes={
        "back_substitution(np.triu(U, 1) + np.eye(len(b)), b)": (
            "Divide by the entry on the diagonal: U[i, i] times x[i]."
        ),
        "back_substitution(2 * np.diag(np.diag(U)) - U, b)": (
            "What is known goes to the other side, so it is subtracted from b[i]."
        ),
        "b / np.diag(U)": (
            "That leaves out what stands above the diagonal, as going down from row 0 does; "
            "begin with the last row, and subtract what is known."
        ),
        "np.append(0, back_substitution(U, b)[1:])": (
            "Row 0 is never reached: range(n - 1, -1, -1) ends with 0, range(n - 1, 0, -1) with 1."
        ),
        "back_substitution(U, b)[::-1]": (
            "The right numbers, in the order in which they are found; x[0] comes first: [::-1]."
        ),
        "back_substitution(U / np.diag(U)[:, np.newaxis], b)": (
            "Python divides before it subtracts: put brackets around b[i] minus what is known."
        ),
        "(b - np.triu(U, 1) @ b) / np.diag(U)": (
            "What is known is x, as far as it has been found; you took the entries of b for it."
        ),
        _room_for_whole_numbers: (
            "x holds whole numbers only, as b does; np.zeros(len(b)) has room for fractions."
        ),
        "np.linalg.solve(U.T, b)": (
            "That solves with the transpose, of which row 0 has one unknown; the last row of U has "
            "one."
        ),
        "U @ b": "That multiplies U by b; asked for is the x for which U @ x is b.",
        "(b - U @ b) / np.diag(U)": (
            "What is known begins right of the diagonal, at i + 1, and is x as far as it has been "
            "found, not b."
        ),
        "np.append(np.zeros(len(b) - 1), back_substitution(U, b)[-1:])": (
            "Only the last entry has been found; a return inside the loop ends it after one row."
        ),
    },
    why=(
        "Row i of U @ x = b holds x[i] and the entries after it; begun at the last row, those are "
        "known, and x[i] alone is unknown."
    ),
)


def elimination_step(A, k):
    """Matrix A after column k is cleared below row k, by taking multiples of row k away."""
    B = np.array(A, dtype=float)
    for i in range(k + 1, len(B)):
        B[i] -= B[i, k] / B[k, k] * B[k]
    return B


def _matrices_and_steps():
    rng = np.random.default_rng(21)
    by_hand = [
        (np.array([[2, 1, 3, 4, 0], [3, 4, 1, -1, 2], [-2, 3, 5, 2, 1], [1, 0, 4, -3, 6]]), 0),
        (np.array([[1.0, 2.0, 3.0], [0.0, 2.0, 4.0], [0.0, 3.0, 1.0]]), 1),
        (np.array([[2.0, 1.0], [1.0, 3.0]]), 1),
        ((np.arange(1.0, 25) ** 2).reshape(4, 6)[:, ::2], 1),
        (np.array([[1.0, 2.0, 0.0, 1.0], [3.0, 5.0, 1.0, 2.0]]), 0),
        (np.array([[5.0]]), 0),
    ]
    random = [(rng.integers(1, 7, size=(n, n)).astype(float), 0) for n in (3, 4)]
    random.append((np.triu(rng.uniform(0.3, 0.9, size=(5, 6)), -1) / 3, 2))
    random.append((rng.uniform(0.3, 0.9, size=(5, 4)), 2))
    return tuple(by_hand + random)


def _upside_down(A, k):
    B = np.array(A, dtype=float)
    for i in range(k + 1, len(B)):
        B[i] -= B[k, k] / B[i, k] * B[k] if B[i, k] else 0
    return B


def _column_by_column(A, k):
    B = np.array(A, dtype=float)
    for i in range(k + 1, len(B)):
        for j in range(B.shape[1]):
            B[i, j] -= B[i, k] / B[k, k] * B[k, j]
    return B


def _above_too(A, k):
    B = np.array(A, dtype=float)
    for i in range(len(B)):
        if i != k:
            B[i] -= B[i, k] / B[k, k] * B[k]
    return B


def _swapped_first(A, k):
    B = np.array(A, dtype=float)
    pivot = k + np.abs(B[k:, k]).argmax()
    B[[k, pivot]] = B[[pivot, k]]
    return elimination_step(B, k)


ELIMINATION_STEP = Exercise(
    elimination_step,
    cases=_matrices_and_steps(),
    hints=(
        "How many times row k must you take from row i so that its entry in column k becomes 0?",
        "A[i, k] / A[k, k] times. Work on a copy, np.array(A, dtype=float).",
        "for i in range(k + 1, len(B)): B[i] -= B[i, k] / B[k, k] * B[k]",
    ),
    mistakes={
        _upside_down: "The multiple is upside down: row i needs A[i, k] / A[k, k] times row k.",
        "2 * A - elimination_step(A, k)": "Those multiples have to be taken away, not added.",
        "np.vstack([A[: k + 1], A[k + 1 :] - A[k]])": (
            "That takes row k away once; take it away A[i, k] / A[k, k] times."
        ),
        "elimination_step(A, k).astype(A.dtype)": (
            "The matrix you work on holds whole numbers, so fractions are cut off; begin with "
            "a copy, np.array(A, dtype=float)."
        ),
        "np.vstack([elimination_step(A[:-1], k), A[-1:]])": (
            "The last row has not been cleared: range(k + 1, len(A)) goes as far as it."
        ),
        _column_by_column: (
            "From column k on nothing more is taken away: work out the multiple of row k before "
            "the entry that it needs becomes 0."
        ),
        "np.vstack([A[:k], A[[k]] / A[k, k], elimination_step(A, k)[k + 1 :]])": (
            "Row k itself is to stay as it is; you divided it by its pivot."
        ),
        "A - A[k, k] * (A - elimination_step(A, k))": (
            "A[i, k] times row k is too much, unless the pivot is 1; divide by A[k, k]."
        ),
        "np.vstack([A[: k + 1], A[k, k] * elimination_step(A, k)[k + 1 :]])": (
            "You multiplied row i as well; it stays as it is, and loses A[i, k] / A[k, k] "
            "times row k."
        ),
        _swapped_first: (
            "You swapped rows first, as partial pivoting does; this step only takes multiples "
            "of row k away."
        ),
        "np.vstack([0 * A[: k + 1], elimination_step(A, k)[k + 1 :]])": (
            "The rows down to row k are zeros; they should be those of A, so begin with a copy."
        ),
        _above_too: "That clears column k above row k too; only the rows below it are asked for.",
        "np.vstack([elimination_step(A[: k + 2], k), A[k + 2 :]])": (
            "Only row k + 1 has been cleared, not those below it; a return inside the loop ends it "
            "there."
        ),
    },
    why=(
        "With a pivot B[k, k] other than 0, that multiple of row k has, in column k, B[i, k] / "
        "B[k, k] * B[k, k] = B[i, k], just what row i has there; what is left is 0."
    ),
)


CLOSING_LINES = Prediction(
    "Two lines cross at 60°, and each is known to within 0.1 to either side. So all crossings that "
    "are possible fill a rhombus that is 0.4 long. The lines close to 2°, and each is known as "
    "well as before. How long is the rhombus now?",
    {
        "0.4, as each line is known as well as before": (
            "The bands are as narrow as before, but they lie almost on each other now, so the "
            "piece that they share is far longer."
        ),
        "about 0.6": (
            "From 90° to 60° it grew by less than half, so a little more seems fair. But it is "
            "0.2 / sin(half of the angle), and near 0 the sine shrinks as fast as the angle."
        ),
        "about 11": (
            "It is 0.2 / sin(half of the angle): sin 30° is 0.5 and sin 1° is 0.0175, so it grows "
            "to 11.5, nearly 29 times as long. Half as large an angle makes it about twice as long."
        ),
        "there is no bound": (
            "That is so for parallel lines, at 0°. At 2° the bands still part in the end: the sine "
            "of half of the angle is small, and not zero."
        ),
    },
    answer="about 11",
)
