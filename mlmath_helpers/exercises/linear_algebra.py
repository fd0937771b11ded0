"""Your turn in chapter 1: the reference answers, and what goes wrong on the way to them.

For each exercise: the reference, its cases, and then the exercise with its hints and known
mistakes. The first case is small and tells the mistakes apart.
"""

import numpy as np

from .attention import ATTENTION_WEIGHTS, CAUSAL_WEIGHTS
from .bases import COMBINE, COORDINATES_IN_BASIS, IS_INDEPENDENT, MATRIX_IN_BASIS
from .decompositions import (
    CENTRE_AND_PROJECT,
    EXPLAINED_VARIANCE_RATIO,
    RANK_K_APPROXIMATION,
    STORAGE_SAVED,
)
from .eigenvectors import EIGENVALUES_2X2, POWER_STEP, STATIONARY_DISTRIBUTION
from .exercise import Exercise, Mistake, by_name
from .functions import DERIVATIVE_MATRIX, KERNEL_FEATURES, ORTHOGONAL_COEFFICIENTS
from .quadratic_forms import IS_POSITIVE_DEFINITE, RAYLEIGH_QUOTIENT
from .ratings import PREDICT_RATING, USER_STEP
from .systems import (
    BACK_SUBSTITUTION,
    ELIMINATION_STEP,
    GRAM_SCHMIDT_STEP,
    PROJECTION_MATRIX,
)

# --- Lengths, angles, projections --------------------------------------------------------------


def cosine(v, w):
    """Cosine of the angle between v and w, neither of them zero."""
    return v @ w / (np.linalg.norm(v) * np.linalg.norm(w))


def _pairs_of_vectors():
    rng = np.random.default_rng(1)
    by_hand = [
        (np.array([3.0, 4.0]), np.array([8.0, 6.0])),
        (np.array([1.0, 0.0]), np.array([0.0, 5.0])),
        (np.array([1.0, 2.0, 2.0]), np.array([-2.0, -4.0, -4.0])),
        (np.array([2.0]), np.array([7.0])),
        (np.array([1, 2, 3]), np.array([4, 5, 6])),
        (np.array([0.01, 0.0]), np.array([300.0, 400.0])),
        (np.arange(1.0, 9.0)[::2], np.arange(6.0, -2.0, -1.0)[::2]),
    ]
    random = [tuple(rng.normal(scale=2, size=(2, d)).round(1)) for d in (2, 2, 3, 4, 10)]
    return tuple(by_hand + random)


COSINE = Exercise(
    cosine,
    cases=_pairs_of_vectors(),
    hints=(
        "v @ w grows when v or w gets longer, but the angle stays. What undoes that?",
        "v @ w = |v| |w| cos(angle); solve for the cosine. np.linalg.norm(v) is the length of v.",
        "Divide v @ w by the product of both lengths, with brackets around that product.",
    ),
    mistakes=(
        Mistake(lambda v, w: v @ w, "That is the dot product; divide it by both lengths."),
        Mistake(
            lambda v, w: v @ w / np.linalg.norm(v) * np.linalg.norm(w),
            "Python divides by the first length and then multiplies by the second; "
            "put brackets around the product of the lengths.",
        ),
        Mistake(
            lambda v, w: np.arccos(np.clip(cosine(v, w), -1, 1)),
            "That is the angle itself, in radians; its cosine is asked for.",
        ),
        Mistake(
            lambda v, w: v @ w / ((v @ v) * (w @ w)),
            "v @ v is the squared length; take its square root before you divide.",
        ),
        Mistake(
            lambda v, w: v @ w / (np.linalg.norm(v) + np.linalg.norm(w)),
            "You divide by the sum of the lengths; multiply the lengths instead of adding them.",
        ),
        Mistake(
            lambda v, w: v @ w / np.linalg.norm(v),
            "You divide by the length of v only; divide by the length of w too.",
        ),
        Mistake(
            lambda v, w: v @ w / np.linalg.norm(w),
            "That is the signed length of the shadow of v; divide by the length of v as well.",
        ),
        Mistake(
            lambda v, w: v @ w / np.linalg.norm(v * w),
            "v * w multiplies entry by entry; the two lengths are measured first and then "
            "multiplied.",
        ),
        Mistake(
            lambda v, w: np.linalg.norm(v) * np.linalg.norm(w) / (v @ w),
            "The fraction is upside down: the dot product stands on top.",
        ),
        Mistake(
            lambda v, w: np.cos(v @ w / (np.linalg.norm(v) * np.linalg.norm(w))),
            "The quotient is the cosine already; np.cos would take it for an angle.",
        ),
        Mistake(
            lambda v, w: np.degrees(np.arccos(np.clip(cosine(v, w), -1, 1))),
            "That is the angle in degrees; stop before np.arccos, at its cosine.",
        ),
        Mistake(
            lambda v, w: v * w / (np.linalg.norm(v) * np.linalg.norm(w)),
            "v * w multiplies entry by entry; v @ w also adds the products up.",
        ),
        Mistake(
            lambda v, w: 1 - cosine(v, w),
            "That is 1 - cosine, a gap; the cosine itself is asked for.",
        ),
        Mistake(
            lambda v, w: abs(cosine(v, w)),
            "The sign is lost: beyond a right angle the cosine is negative. Leave the dot product "
            "as it is.",
        ),
        Mistake(
            lambda v, w: cosine(v, w) ** 2,
            "That is the square of the cosine, so its sign is lost too; the dot product on top is "
            "not squared.",
        ),
    ),
)


def projection(v, onto):
    """Shadow of v on the line through 0 and onto, as a vector."""
    return (v @ onto) / (onto @ onto) * onto


PROJECTION = Exercise(
    projection,
    cases=(
        (np.array([4.0, 7.0]), np.array([2.0, 1.0])),
        (np.array([2.0, 3.0]), np.array([4.0, 0.0])),
        (np.array([0.0, 0.0]), np.array([1.0, 2.0])),
        (np.array([-1.0, 2.0, 2.0]), np.array([2.0, 1.0, 2.0])),
        *_pairs_of_vectors(),
    ),
    hints=(
        "The shadow lies on the line of onto, so it is a number times onto. Which number?",
        "What is left of v, v - c * onto, is orthogonal to onto: (v - c * onto) @ onto = 0.",
        "That gives c = (v @ onto) / (onto @ onto); return c * onto.",
    ),
    mistakes=(
        Mistake(
            lambda v, onto: (v @ onto) / onto**2 * onto,
            "onto**2 squares each entry and leaves a list; the squared length is one number, "
            "onto @ onto.",
        ),
        Mistake(
            lambda v, onto: (v @ onto) * onto,
            "That is right in general only where onto has length 1; divide by onto @ onto.",
        ),
        Mistake(
            lambda v, onto: (v @ onto) / np.linalg.norm(onto) * onto,
            "You divide by the length of onto once, but onto appears twice: "
            "divide by the squared length, onto @ onto.",
        ),
        Mistake(
            lambda v, onto: v @ onto / np.linalg.norm(onto),
            "That is the signed length of the shadow, a number; "
            "multiply it by onto / |onto| to get the vector.",
        ),
        Mistake(
            lambda v, onto: (v @ onto) / (onto @ onto),
            "That is how many times onto fits into the shadow; multiply it by onto.",
        ),
        Mistake(
            lambda v, onto: (v @ onto) / (onto @ onto) * v,
            "The number is right, but it multiplies v; the shadow is a multiple of onto.",
        ),
        Mistake(
            lambda v, onto: cosine(v, onto) * onto,
            "That is the cosine times onto; divide by onto @ onto, and not by the length of v.",
        ),
        Mistake(
            lambda v, onto: v @ onto / onto @ onto * onto,
            "Python goes from left to right, and divides by the vector onto first: "
            "put brackets around onto @ onto.",
        ),
        Mistake(
            lambda v, onto: (v @ onto) / (v @ v) * v,
            "That is the shadow of onto on v; swap the roles of the two.",
        ),
        Mistake(
            lambda v, onto: v - (v @ onto) / (onto @ onto) * onto,
            "That is what the projection leaves over, at a right angle to onto; "
            "the shadow is the other part of v.",
        ),
        Mistake(
            lambda v, onto: v * onto / (onto @ onto) * onto,
            "v * onto multiplies entry by entry; the dot product is v @ onto.",
        ),
    ),
)


def distance_to_line(point, start, direction):
    """Distance of point from the line start + t * direction, in any dimension."""
    v = point - start
    shadow = (v @ direction) / (direction @ direction) * direction
    return np.linalg.norm(v - shadow)


def _points_and_lines():
    rng = np.random.default_rng(2)
    by_hand = [
        (np.array([4.0, 6.0]), np.array([1.0, 2.0]), np.array([4.0, 0.0])),
        (np.array([3.0, 3.0]), np.array([1.0, 1.0]), np.array([1.0, 1.0])),
        (np.array([0.0, 0.0]), np.array([0.0, 5.0]), np.array([3.0, 4.0])),
        (np.array([1, 2, 3]), np.array([1, 0, 0]), np.array([0, 0, 2])),
        (np.array([7.0]), np.array([2.0]), np.array([-1.0])),
        (np.arange(8.0)[::2], np.ones(8)[::2], np.arange(8.0, 0.0, -1.0)[::2]),
    ]
    random = [tuple(rng.normal(scale=2, size=(3, d)).round(1)) for d in (2, 2, 3, 5)]
    return tuple(by_hand + random)


DISTANCE_TO_LINE = Exercise(
    distance_to_line,
    cases=_points_and_lines(),
    hints=(
        "Draw the arrow from start to point. Which part of it runs along the line?",
        "Project point - start onto direction. What is left over is at a right angle to the line.",
        "With v = point - start, return the length of v - (v @ direction) / "
        "(direction @ direction) * direction.",
    ),
    mistakes=(
        Mistake(
            lambda point, start, direction: np.linalg.norm(point - start),
            "That is the distance to start; another point of the line is nearer.",
        ),
        Mistake(
            lambda point, start, direction: distance_to_line(point, 0 * start, direction),
            "You measure from a line through 0; subtract start from point first.",
        ),
        Mistake(
            lambda point, start, direction: np.linalg.norm(projection(point - start, direction)),
            "That is the way along the line; the distance is the length of what is left over.",
        ),
        Mistake(
            lambda point, start, direction: np.linalg.norm(
                (point - start) - ((point - start) @ direction) * direction
            ),
            "The projection divides by direction @ direction, unless direction has length 1.",
        ),
        Mistake(
            lambda point, start, direction: distance_to_line(point, start, direction) ** 2,
            "That is the squared distance: Pythagoras gives squares, so a root is missing.",
        ),
        Mistake(
            lambda point, start, direction: (
                np.linalg.norm(point - start) - np.linalg.norm(projection(point - start, direction))
            ),
            "Lengths at a right angle do not subtract, their squares do; "
            "take the length of the difference, v - shadow.",
        ),
        Mistake(
            lambda point, start, direction: np.linalg.norm(
                (point - start)
                - (point - start) @ direction / np.linalg.norm(direction) * direction
            ),
            "You divide by the length of direction once, but direction appears twice: "
            "divide by direction @ direction.",
        ),
        Mistake(
            lambda point, start, direction: distance_to_line(direction, 0 * start, point - start),
            "That is what direction leaves over beside point - start; "
            "project point - start onto direction instead.",
        ),
        Mistake(
            lambda point, start, direction: point - start - projection(point - start, direction),
            "That is the arrow from the line to the point; the distance is its length.",
        ),
        Mistake(
            lambda point, start, direction: distance_to_line(point, start, direction - start),
            "The line passes through start along direction; "
            "direction is an arrow already, so subtract nothing from it.",
        ),
        Mistake(
            lambda point, start, direction: np.linalg.norm(
                start + projection(point - start, direction)
            ),
            "That is how far the foot of the shadow is from 0; measure from point to it.",
        ),
        Mistake(
            lambda point, start, direction: np.linalg.norm(
                point - projection(point - start, direction)
            ),
            "The shadow begins at start: measure from point - start to it, not from point.",
        ),
    ),
)


# --- Matrices are linear maps ------------------------------------------------------------------


def rotation_matrix(angle):
    """Matrix (2, 2) that turns the plane by angle, in radians, counter-clockwise."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s], [s, c]])


ROTATION_MATRIX = Exercise(
    rotation_matrix,
    cases=(
        (np.pi / 6,),
        (0,),
        (np.pi / 2,),
        (-np.pi / 4,),
        (np.pi,),
        (3,),
        (-7.5,),
        (100.0,),
    ),
    hints=(
        "The columns say where the arrows (1, 0) and (0, 1) go. Where does a turn take them?",
        "(1, 0) goes to (cos, sin) of the angle, and (0, 1), a quarter turn ahead, to (-sin, cos).",
        "Those two are the columns: the first row is [cos, -sin], the second [sin, cos].",
    ),
    mistakes=(
        Mistake(
            lambda angle: rotation_matrix(-angle),
            "That turns clockwise; the minus sign belongs to the sine in the first row.",
        ),
        Mistake(
            lambda angle: rotation_matrix(np.radians(angle)),
            "The angle is in radians already; use it as it is.",
        ),
        Mistake(
            lambda angle: rotation_matrix(angle) * [[1, -1], [1, 1]],
            "With both sines positive this is no rotation: one of them needs a minus sign.",
        ),
        Mistake(
            lambda angle: rotation_matrix(angle) @ [[1, 0], [0, -1]],
            "That is a reflection: its determinant is -1. The image of (0, 1) is (-sin, cos).",
        ),
        Mistake(
            lambda angle: rotation_matrix(np.pi / 2 - angle),
            "Sine and cosine are swapped: at angle 0 the matrix has to be the identity.",
        ),
        Mistake(
            lambda angle: rotation_matrix(angle).ravel(),
            "The four numbers are right; put them into two rows, [[., .], [., .]].",
        ),
    ),
)


def product_by_columns(A, B):
    """Product of A (m, d) and B (d, n), of which column j is A @ B[:, j]."""
    return np.column_stack([A @ column for column in B.T])


def _pairs_of_matrices():
    rng = np.random.default_rng(3)
    by_hand = [
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, 6.0], [7.0, 8.0]])),
        (np.array([[1, 2, 3], [4, 5, 6]]), np.array([[1, 0], [0, 1], [2, -1]])),
        (np.array([[2.0]]), np.array([[-3.0]])),
        (np.array([[1.0, 2.0, 3.0]]), np.array([[1.0], [2.0], [3.0]])),
        (np.array([[1.0], [2.0], [3.0]]), np.array([[1.0, 2.0, 3.0, 4.0]])),
        (np.zeros((2, 3)), np.ones((3, 4))),
        (np.array([[1, 2], [3, 4]]), np.array([[0.5, 0.25], [0.5, 0.75]])),
        (np.arange(12.0).reshape(2, 6)[:, ::2], np.arange(6.0).reshape(2, 3).T),
    ]
    shapes = ((2, 2, 2), (3, 3, 3), (4, 2, 3), (2, 5, 1))
    random = [
        (rng.normal(size=(m, d)).round(1), rng.normal(size=(d, n)).round(1)) for m, d, n in shapes
    ]
    return tuple(by_hand + random)


def _columns_as_rows(A, B):
    return np.array([A @ column for column in B.T])


def _combined_rows(A, B):
    return np.column_stack([A @ row for row in B])


def _whole_numbers(A, B):
    AB = np.zeros((A.shape[0], B.shape[1]), dtype=A.dtype)
    for j in range(B.shape[1]):
        AB[:, j] = A @ B[:, j]
    return AB


PRODUCT_BY_COLUMNS = Exercise(
    product_by_columns,
    cases=_pairs_of_matrices(),
    hints=(
        "AB does first B, then A. Where does B take the first basis arrow, and A after it?",
        "Column j of AB is A @ B[:, j]. How many columns are there, and how long is each?",
        "Collect A @ B[:, j] for j in range(B.shape[1]) in a list; np.column_stack(list) "
        "puts them side by side.",
    ),
    mistakes=(
        Mistake(
            _columns_as_rows,
            "The right vectors, but as rows: np.array stacks them on top of each other. "
            "np.column_stack puts them side by side.",
        ),
        Mistake(
            lambda A, B: A * B,
            "A * B multiplies entry by entry; a column of the product is A @ B[:, j].",
        ),
        Mistake(
            lambda A, B: B @ A,
            "That is BA, first A and then B; the order matters.",
        ),
        Mistake(
            _combined_rows,
            "Looping over B gives its rows; the columns are B[:, j], or the rows of B.T.",
        ),
        Mistake(
            lambda A, B: np.hstack([A @ column for column in B.T]),
            "np.hstack strings the columns together to one long list; "
            "np.column_stack makes a matrix of them.",
        ),
        Mistake(
            _whole_numbers,
            "Your result holds whole numbers only, as A does, and cuts off the rest; "
            "np.zeros((m, n)) makes room for fractions.",
        ),
    ),
)


def null_vector(A):
    """One non-zero vector v with A @ v = 0, for a matrix A (2, 2) of rank 1."""
    a, b = A[np.argmax(np.abs(A).sum(axis=1))]  # a row that is not zero
    return np.array([b, -a])


def _is_null_vector(v, expected, arguments):
    (A,) = arguments
    length = np.linalg.norm(v)
    return length > 0 and np.linalg.norm(A @ (v / length)) <= 1e-6 * np.linalg.norm(A)


def _matrices_of_rank_1():
    rng = np.random.default_rng(4)
    by_hand = (
        [[2.0, 3.0], [4.0, 6.0]],  # singular for np.linalg.solve too, without rounding
        [[0.0, 0.0], [2.0, -1.0]],
        [[2.0, 5.0], [0.0, 0.0]],
        [[0.0, 3.0], [0.0, -4.0]],
        [[3.0, 0.0], [1.0, 0.0]],
        [[0.0, 0.0], [0.0, 7.0]],
        [[0.0, 0.0], [-1.0, -3.0]],
        [[-1, 2], [2, -4]],
        [[1, 1], [1, 1]],
    )
    random = [np.outer(*rng.normal(scale=3, size=(2, 2)).round(1)) for _ in range(3)]
    transposed = np.array([[1.0, 2.0], [-3.0, -6.0]]).T
    return tuple((np.array(A),) for A in by_hand) + tuple((A,) for A in [*random, transposed])


NULL_VECTOR = Exercise(
    null_vector,
    cases=_matrices_of_rank_1(),
    hints=(
        "A @ v = 0 says that v is orthogonal to each row of A. How do the two rows lie here?",
        "Both rows lie on one line, so one row that is not zero is enough. "
        "Which vector is orthogonal to (a, b)?",
        "Take a row (a, b) that is not zero, the longer one for instance, "
        "and return np.array([b, -a]).",
    ),
    mistakes=(
        Mistake(
            lambda A: np.array([A[0, 1], A[0, 0]]),
            "Swapping the entries is half of it: (a, b) is orthogonal to (b, -a), "
            "so one of them changes its sign.",
        ),
        Mistake(
            lambda A: np.array([A[0, 0], -A[0, 1]]),
            "Changing one sign is half of it: swap the entries too, from (a, b) to (b, -a).",
        ),
        Mistake(
            lambda A: np.linalg.solve(A, np.zeros(2)),
            "solve and inv want exactly one answer, and here there are many.",
        ),
        Mistake(
            lambda A: np.zeros(2),
            "A @ 0 = 0 is true for every matrix; a vector other than zero is asked for.",
        ),
        Mistake(
            lambda A: np.array([A[1, 0], -A[0, 0]]),
            "That is orthogonal to the first column; v has to be orthogonal to the rows.",
        ),
        Mistake(
            lambda A: A[0],
            "That is a row of A itself; v has to be orthogonal to it.",
        ),
        Mistake(
            lambda A: A[:, 0],
            "That is a column, where A can arrive; asked for is what A sends to zero.",
        ),
        Mistake(
            lambda A: np.array([A[0, 1], -A[0, 0]]),
            "The first row can be zero and then tells nothing; use the other row there.",
        ),
        Mistake(
            lambda A: np.array([A[1, 1], -A[1, 0]]),
            "The second row can be zero and then tells nothing; use the other row there.",
        ),
    ),
    same=_is_null_vector,
)


EXERCISES = by_name(
    COMBINE,
    IS_INDEPENDENT,
    COSINE,
    PROJECTION,
    DISTANCE_TO_LINE,
    ROTATION_MATRIX,
    PRODUCT_BY_COLUMNS,
    NULL_VECTOR,
    BACK_SUBSTITUTION,
    ELIMINATION_STEP,
    GRAM_SCHMIDT_STEP,
    PROJECTION_MATRIX,
    COORDINATES_IN_BASIS,
    MATRIX_IN_BASIS,
    EIGENVALUES_2X2,
    POWER_STEP,
    STATIONARY_DISTRIBUTION,
    IS_POSITIVE_DEFINITE,
    RAYLEIGH_QUOTIENT,
    RANK_K_APPROXIMATION,
    STORAGE_SAVED,
    CENTRE_AND_PROJECT,
    EXPLAINED_VARIANCE_RATIO,
    PREDICT_RATING,
    USER_STEP,
    ATTENTION_WEIGHTS,
    CAUSAL_WEIGHTS,
    DERIVATIVE_MATRIX,
    ORTHOGONAL_COEFFICIENTS,
    KERNEL_FEATURES,
)
