"""Your turn in chapter 1: combinations, independence, coordinates in another basis."""

import numpy as np

from .exercise import Exercise, Mistake


def _with_gaps(A):
    return np.repeat(A, 2, axis=1)[:, ::2]


# --- Vectors -----------------------------------------------------------------------------------


def combine(coefficients, A):
    """Sum of coefficients[j] times column j of A (d, k), as an array (d,)."""
    total = np.zeros(len(A))
    for j in range(len(coefficients)):
        total = total + coefficients[j] * A[:, j]
    return total


def _coefficients_and_columns():
    rng = np.random.default_rng(30)
    by_hand = [
        (np.array([2.0, 1.0]), np.array([[2.0, -1.0], [1.0, 1.0]])),
        (np.array([0, 0]), np.array([[1, 2], [3, 4], [5, 6]])),
        (np.array([1, -2, 3]), np.array([[1, 0, 2], [0, 1, 2]])),
        (np.array([-2.0]), np.array([[3.0], [0.5], [1.0]])),
        (np.array([4.0]), np.array([[0.25]])),
        (np.arange(1.0, 7)[::2], _with_gaps(np.arange(6.0).reshape(2, 3) ** 2)),
    ]
    random = [
        (rng.normal(size=k).round(1), rng.normal(size=(d, k)).round(1))
        for d, k in ((2, 2), (3, 2), (3, 4), (5, 3))
    ]
    return tuple(by_hand + random)


def _overwritten(coefficients, A):
    for j in range(len(coefficients)):
        total = coefficients[j] * A[:, j]
    return total


COMBINE = Exercise(
    combine,
    cases=_coefficients_and_columns(),
    hints=(
        "How would you write it for two vectors, without a loop?",
        "Begin with np.zeros(len(A)), and for each j add coefficients[j] times column j.",
        "In the loop: total = total + coefficients[j] * A[:, j]; after it: return total.",
    ),
    mistakes=(
        Mistake(
            lambda coefficients, A: coefficients @ A,
            "Those are the rows of A combined; column j is A[:, j], and a loop over A gives rows.",
        ),
        Mistake(
            lambda coefficients, A: A * coefficients,
            "Each column has its coefficient now, but they are not added up yet.",
        ),
        Mistake(
            lambda coefficients, A: (A * coefficients).sum(axis=0),
            "That adds up the entries of each column; asked for is one column plus the next.",
        ),
        Mistake(
            lambda coefficients, A: (A * coefficients).sum(),
            "Everything has been added up to one number; the columns are to be added to a vector.",
        ),
        Mistake(
            lambda coefficients, A: A.sum(axis=1),
            "Every column is in there once; take coefficients[j] of column j.",
        ),
        Mistake(
            _overwritten,
            "Only the last column is left: each turn of the loop has to add to the sum so far.",
        ),
        Mistake(
            lambda coefficients, A: coefficients[0] * A[:, 0],
            "Only the first column is in there; a return inside the loop, or a range one too "
            "short, ends it too early.",
        ),
        Mistake(
            lambda coefficients, A: (A.T * coefficients).T.sum(axis=1),
            "Those coefficients have been multiplied into the rows; coefficients[j] belongs to "
            "column j.",
        ),
        Mistake(
            lambda coefficients, A: sum(coefficients) * A.sum(axis=1),
            "A sum of products is not the product of the sums: multiply first, then add.",
        ),
    ),
)


def is_independent(A):
    """Whether the columns of A (d, k) are independent: True or False."""
    return bool(np.linalg.matrix_rank(A) == A.shape[1])


def _sets_of_columns():
    """Return matrices on which the usual mistakes fail for the first time one after another."""
    rng = np.random.default_rng(31)
    wide = _with_gaps(np.arange(1.0, 7).reshape(2, 3) ** 2)
    by_hand = (
        [[2.0, -1.0], [1.0, 2.0]],  # at right angles, so independent
        [[2.0, -1.0], [1.0, 1.0]],  # at no right angle, and independent all the same
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
    )
    combined = rng.normal(size=(4, 2)).round(1)
    random = [rng.normal(size=(4, 3)).round(1), np.column_stack([combined, combined.sum(axis=1)])]
    return tuple((np.array(A),) for A in by_hand) + tuple((A,) for A in [wide, *random])


def _at_right_angles(A):
    dots = A.T @ A
    return np.allclose(dots, np.diag(np.diag(dots)))


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
    mistakes=(
        Mistake(
            lambda A: np.linalg.matrix_rank(A),
            "That is the number of independent columns; compare it with the number of columns.",
        ),
        Mistake(
            lambda A: np.linalg.matrix_rank(A) < A.shape[1],
            "That is True where the columns are dependent: the other way round.",
        ),
        Mistake(
            _at_right_angles,
            "Columns at right angles are independent, but independent ones need no right angle.",
        ),
        Mistake(
            lambda A: np.linalg.matrix_rank(A) == len(A),
            "len(A) is the number of rows; the number of columns is A.shape[1].",
        ),
        Mistake(
            lambda A: np.linalg.det(A) != 0,
            "A determinant needs as many columns as rows; the rank needs neither.",
        ),
        Mistake(
            lambda A: len(np.unique(A, axis=1).T) == A.shape[1],
            "No two columns are equal here, but one is a multiple of the other.",
        ),
        Mistake(
            _no_two_on_a_line,
            "No two of these columns lie on a line, and yet one of them is a combination of the "
            "others.",
        ),
        Mistake(
            lambda A: np.linalg.matrix_rank(A) == min(A.shape),
            "The largest rank that the shape allows is not enough: if there are more columns than "
            "rows, they are dependent.",
        ),
    ),
)


# --- Change of basis ---------------------------------------------------------------------------


def coordinates_in_basis(point, origin, B):
    """Coordinates c (d,) for which point is origin + B @ c; the basis is in B's columns (d, d)."""
    return np.linalg.solve(B, point - origin)


def _points_and_frames():
    rng = np.random.default_rng(32)
    by_hand = [
        (np.array([4.0, 5.0]), np.array([1.0, 2.0]), np.array([[2.0, -1.0], [1.0, 1.0]])),
        (np.array([4.0, 3.0]), np.array([0.0, 0.0]), np.array([[0.6, -0.8], [0.8, 0.6]])),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([[1.0, 1.0], [0.0, 3.0]])),
        (np.array([254.0]), np.array([0.0]), np.array([[25.4]])),
        (np.array([3, 1, 2]), np.array([1, 1, 1]), np.array([[0, 0, 1], [1, 0, 0], [0, 2, 0]])),
        (np.arange(8.0)[::2], np.ones(8)[::2], _with_gaps(np.eye(4) + np.eye(4, k=1))),
    ]
    random = [
        (*rng.normal(scale=2, size=(2, d)).round(1), (rng.normal(size=(d, d)) + np.eye(d)).round(1))
        for d in (2, 3, 4)
    ]
    return tuple(by_hand + random)


COORDINATES_IN_BASIS = Exercise(
    coordinates_in_basis,
    cases=_points_and_frames(),
    hints=(
        "Which arrow leads from the origin to the point?",
        "That arrow is B @ c, so c solves a linear system.",
        "return np.linalg.solve(B, point - origin)",
    ),
    mistakes=(
        Mistake(
            lambda point, origin, B: B @ (point - origin),
            "That goes the other way: B takes coordinates in the new basis to the old ones.",
        ),
        Mistake(
            lambda point, origin, B: np.linalg.solve(B, point),
            "Coordinates count from the origin: subtract it from the point first.",
        ),
        Mistake(
            lambda point, origin, B: np.linalg.solve(B, point) - origin,
            "The origin is given on the old axes, so subtract it before you change the basis.",
        ),
        Mistake(
            lambda point, origin, B: point - origin,
            "That is the arrow on the old axes; now read it off in the basis.",
        ),
        Mistake(
            lambda point, origin, B: np.linalg.solve(B, point + origin),
            "The arrow from the origin to the point is point - origin; you added.",
        ),
        Mistake(
            lambda point, origin, B: np.linalg.inv(B) * (point - origin),
            "A star multiplies entry by entry; a matrix is applied to a vector by @.",
        ),
        Mistake(
            lambda point, origin, B: B**-1.0 @ (point - origin),
            "B**-1 is one over each entry, and no inverse; np.linalg.solve(B, ...) needs none.",
        ),
        Mistake(
            lambda point, origin, B: B.T @ (point - origin),
            "The transpose is the inverse only if the basis is orthonormal; in general, solve.",
        ),
        Mistake(
            lambda point, origin, B: np.linalg.solve(B.T, point - origin),
            "The basis vectors are the columns of B, not its rows: leave out the transpose.",
        ),
        Mistake(
            lambda point, origin, B: np.linalg.solve(B, origin - point),
            "That arrow leads from the point to the origin; turn it round.",
        ),
        Mistake(
            lambda point, origin, B: origin + B @ point,
            "That finds the point whose coordinates are the numbers of `point`; the question is "
            "which coordinates this point has.",
        ),
    ),
)


def matrix_in_basis(A, B):
    """Matrix (d, d) that does to coordinates in the basis of B's columns what A does to vectors."""
    return np.linalg.solve(B, A @ B)


def _maps_and_bases():
    rng = np.random.default_rng(33)
    by_hand = [
        (np.array([[2.0, 0.0], [1.0, 3.0]]), np.array([[2.0, 1.0], [3.0, 2.0]])),
        (np.array([[0.6, 0.8], [0.8, -0.6]]), np.array([[2.0, -1.0], [1.0, 2.0]])),
        (np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])),
        (np.array([[5.0]]), np.array([[-2.0]])),
        (np.array([[1, 2], [3, 4]]), np.array([[0, 1], [1, 0]])),
        (_with_gaps(np.arange(9.0).reshape(3, 3) ** 2), _with_gaps(np.triu(np.ones((3, 3))))),
    ]
    random = [
        (rng.normal(size=(d, d)).round(1), (rng.normal(size=(d, d)) + np.eye(d)).round(1))
        for d in (2, 3, 4)
    ]
    return tuple(by_hand + random)


MATRIX_IN_BASIS = Exercise(
    matrix_in_basis,
    cases=_maps_and_bases(),
    hints=(
        "A works on vectors. What has to be done to coordinates before A, and what after it?",
        "B @ c is the vector, A @ B @ c its image; then read the image off in the basis.",
        "B^-1 A B, which is np.linalg.solve(B, A @ B).",
    ),
    mistakes=(
        Mistake(
            lambda A, B: B @ A @ np.linalg.inv(B),
            "The other way round: first B, from coordinates to the vector, then A, then back.",
        ),
        Mistake(
            lambda A, B: np.linalg.inv(B) @ A @ np.linalg.inv(B),
            "What stands on the right acts first, and it has to make a vector of coordinates: B "
            "itself, not its inverse.",
        ),
        Mistake(
            lambda A, B: A @ np.linalg.inv(B),
            "The inverse reads a vector off in the basis, and that comes last, on the left.",
        ),
        Mistake(
            lambda A, B: A @ B,
            "The image is still in the old coordinates; read it off in the basis at the end.",
        ),
        Mistake(
            lambda A, B: np.linalg.solve(B, A),
            "A cannot be applied to coordinates: first make the vector of them, by B.",
        ),
        Mistake(
            lambda A, B: A.copy(),
            "That is A itself: B and its inverse have met and cancelled. One stands on each side "
            "of A.",
        ),
        Mistake(
            lambda A, B: np.linalg.solve(B, A @ B).T,
            "What becomes of the basis vectors stands in the rows; it belongs in the columns.",
        ),
        Mistake(
            lambda A, B: B**-1.0 @ A @ B,
            "B**-1 is one over each entry; the inverse of a matrix is np.linalg.inv(B).",
        ),
        Mistake(
            lambda A, B: B.T @ A @ B,
            "B.T takes the place of the inverse only where the columns of B are orthonormal.",
        ),
        Mistake(
            lambda A, B: np.linalg.solve(B.T, A @ B.T),
            "The basis vectors stand in the columns of B, not in its rows.",
        ),
        Mistake(
            lambda A, B: np.linalg.inv(B) * A * B,
            "A star multiplies entry by entry; a product of maps is written @.",
        ),
    ),
)
