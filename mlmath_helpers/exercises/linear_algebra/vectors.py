"""Your turn in the section "Vectors"."""

import numpy as np

from .._engine.exercise import Exercise, with_gaps
from .._engine.prediction import Prediction


def combine(coefficients, A):
    """Sum of coefficients[j] times column j of A (d, k), as an array (d,)."""
    total = np.zeros(len(A))
    for j in range(len(coefficients)):
        total = total + coefficients[j] * A[:, j]
    return total


def _coefficients_and_columns():
    rng = np.random.default_rng(30)
    by_hand = [
        (
            np.array([2.0, -1.0, 3.0, 0.5]),
            np.array([[1.0, 0.0, 2.0, 4.0], [3.0, 1.0, -1.0, 2.0], [0.0, 2.0, 5.0, -6.0]]),
        ),
        (np.array([2.0, 1.0]), np.array([[2.0, -1.0], [1.0, 1.0]])),
        (np.array([0, 0]), np.array([[1, 2], [3, 4], [5, 6]])),
        (np.array([1, -2, 3]), np.array([[1, 0, 2], [0, 1, 2]])),
        (np.array([-2.0]), np.array([[3.0], [0.5], [1.0]])),
        (np.array([4.0]), np.array([[0.25]])),
        (np.arange(1.0, 7)[::2], with_gaps(np.arange(6.0).reshape(2, 3) ** 2)),
    ]
    random = [
        (rng.normal(size=k).round(1), rng.normal(size=(d, k)).round(1))
        for d, k in ((2, 2), (3, 2), (3, 4), (5, 3))
    ]
    thirds = [(np.array([1.0, -2.0, 4.0]) / 3, rng.normal(size=(2, 3)))]  # not to be rounded
    return tuple(by_hand + random + thirds)


COMBINE = Exercise(
    combine,
    cases=_coefficients_and_columns(),
    hints=(
        "How would you write it for two vectors, without a loop?",
        "Begin with np.zeros(len(A)), and for each j add coefficients[j] times column j.",
        "In the loop: total = total + coefficients[j] * A[:, j]; after it: return total.",
    ),
    mistakes={
        "coefficients @ A": (
            "Those are the rows of A combined; column j is A[:, j], and a loop over A gives rows."
        ),
        "A * coefficients": "Each column has its coefficient now, but they are not added up yet.",
        "(A * coefficients).sum(axis=0)": (
            "That adds up the entries of each column; asked for is one column plus the next."
        ),
        "(A * coefficients).sum()": (
            "Everything has been added up to one number; the columns are to be added to a vector."
        ),
        "A.sum(axis=1)": "Every column is in there once; take coefficients[j] of column j.",
        "coefficients[-1] * A[:, -1]": (
            "Only the last column is left: each turn of the loop has to add to the sum so far."
        ),
        "coefficients[0] * A[:, 0]": (
            "Only the first column is in there; a return inside the loop, or a range one too "
            "short, ends it too early."
        ),
        "(A.T * coefficients).T.sum(axis=1)": (
            "Those coefficients have been multiplied into the rows; coefficients[j] belongs to "
            "column j."
        ),
        "sum(coefficients) * A.sum(axis=1)": (
            "A sum of products is not the product of the sums: multiply first, then add."
        ),
        "sum(coefficients[j] * A[j] for j in range(len(coefficients)))": (
            "A[j] is row j of A; column j is A[:, j]."
        ),
        "sum(c * row for c, row in zip(coefficients, A, strict=False))": (
            "A loop over A gives its rows; column j is A[:, j]."
        ),
        "A[:, :-1] @ coefficients[:-1]": (
            "The last column is left out: range(k) already ends with k - 1, the last position."
        ),
        "coefficients[0] * A[:, 0] + coefficients[1] * A[:, 1]": (
            "Only the first two columns are in there; A can have any number of them."
        ),
    },
)


def is_independent(A):
    """Whether the columns of A (d, k) are independent: True or False."""
    return bool(np.linalg.matrix_rank(A) == A.shape[1])


def _sets_of_columns():
    """Return matrices on which the usual mistakes fail for the first time one after another."""
    rng = np.random.default_rng(31)
    wide = with_gaps(np.arange(1.0, 7).reshape(2, 3) ** 2)
    by_hand = (
        [[2.0, -1.0, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, 3.0]],  # at right angles, none zero
        [[2.0, -1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 3.0]],  # not at right angles
        [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]],
        [[1, 2], [2, 4]],
        [[1.0, 0.0, 1.0], [-1.0, 1.0, 0.0], [0.0, -1.0, -1.0]],  # any two of the three are
        [[1, 0, 1], [0, 1, 2]],  # three in the plane
        [[1.0, 0.0], [0.0, 0.0], [2.0, 0.0]],  # with the zero vector
        [[3.0]],
        [[0.0]],
        [
            [0.1, 0.3, 0.4],
            [0.2, 0.6, 0.8],
            [0.5, 0.1, 0.6],
        ],  # the last is the sum, but for rounding
        [[1e-9, 0.0], [0.0, 1e-9]],  # short, and independent
        [[1.0, 2.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]],  # only the last adds something
        [[0.0, 1.0, 2.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]],  # only the first does
        [[1.0, 0.0, 2.0], [0.0, 1.0, 0.0], [0.0, 3.0, 0.0]],  # neighbours are independent
        [[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, -2], [0, 0, 0, 0]],  # any three of the four are
        [[1, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, -2], [0, 0, 0, 0], [0, 0, 0, 5]],  # the last row
    )
    combined = rng.normal(size=(4, 2)).round(1)
    random = [rng.normal(size=(4, 3)).round(1), np.column_stack([combined, combined.sum(axis=1)])]
    return tuple((np.array(A),) for A in by_hand) + tuple((A,) for A in [wide, *random])


def _no_two_on_a_line(A):
    k = A.shape[1]
    pairs = [A[:, [i, j]] for i in range(k) for j in range(i)]
    return all(np.linalg.matrix_rank(pair) == 2 for pair in pairs)


IS_INDEPENDENT = Exercise(
    is_independent,
    cases=_sets_of_columns(),
    hints=(
        "How many of the columns are independent, and how many are there?",
        "np.linalg.matrix_rank(A) counts the first, A.shape[1] the second.",
        "return np.linalg.matrix_rank(A) == A.shape[1]",
    ),
    mistakes={
        "np.linalg.matrix_rank(A)": (
            "That is the number of independent columns; compare it with the number of columns."
        ),
        "np.linalg.matrix_rank(A) < A.shape[1]": (
            "That is True where the columns are dependent: the other way round."
        ),
        "np.allclose(A.T @ A, np.diag(np.diag(A.T @ A)))": (
            "Columns at right angles, none of them zero, are independent; but independent ones "
            "need no right angle."
        ),
        "np.linalg.matrix_rank(A) == len(A)": (
            "len(A) is the number of rows; the number of columns is A.shape[1]."
        ),
        "np.linalg.det(A) != 0": (
            "A determinant needs as many columns as rows; the rank needs neither."
        ),
        "len(np.unique(A, axis=1).T) == A.shape[1]": (
            "No two columns are equal here, but one is a multiple of the other."
        ),
        _no_two_on_a_line: (
            "No two of these columns lie on a line, and yet one of them is a combination of the "
            "others."
        ),
        "np.linalg.matrix_rank(A) == min(A.shape)": (
            "The largest rank that the shape allows is not enough: if there are more columns than "
            "rows, they are dependent."
        ),
        "np.linalg.matrix_rank(A) > np.linalg.matrix_rank(A[:, :-1])": (
            "That asks only whether the last column is a combination of the others; any of them "
            "may be one."
        ),
        "np.linalg.det(A.T @ A) != 0": (
            "Rounding seldom leaves a determinant of exactly 0; the rank allows for it."
        ),
    },
    why=(
        "The rank is the largest number of columns that are independent; it is the number of all "
        "of them just when all of them together are."
    ),
)

PAIRS_TO_A_POINT = Prediction(
    "Now turn w until it lies exactly along v. To a point of their line, how many pairs (a, b) "
    "lead, whatever the size of the numbers?",
    {
        "one, as before": (
            "One pair it was while v and w pointed two ways: a change of a could not be undone by "
            "b. On one line it can, so the pair of before gets company."
        ),
        "two: by v alone, or by w alone": (
            "Both lead there, and so does every mixture of the two: half of the way by v and the "
            "rest by w, a third by v and the rest by w, and so on."
        ),
        "endlessly many": (
            "One more of v is undone by 1.24 less of w, the ratio of their lengths (more, if w "
            "points back). A whole line of pairs leads to each point, none to points beside it."
        ),
        "none: the pen cannot move any more": (
            "It still moves, along the one line that is left, and reaches every point of it; only "
            "what lies beside the line is lost."
        ),
    },
    answer="endlessly many",
)
