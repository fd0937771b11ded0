"""Your turn in the section "Matrices are linear maps"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


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
    mistakes={
        "rotation_matrix(-angle)": (
            "That turns clockwise; the minus sign belongs to the sine in the first row."
        ),
        "rotation_matrix(np.radians(angle))": "The angle is in radians already; use it as it is.",
        "rotation_matrix(angle) * [[1, -1], [1, 1]]": (
            "With both sines positive this is no rotation: one of them needs a minus sign."
        ),
        "rotation_matrix(angle) @ [[1, 0], [0, -1]]": (
            "That is a reflection: its determinant is -1. The image of (0, 1) is (-sin, cos)."
        ),
        "rotation_matrix(np.pi / 2 - angle)": (
            "Sine and cosine are swapped: at angle 0 the matrix has to be the identity."
        ),
        "rotation_matrix(angle).ravel()": (
            "The four numbers are right; put them into two rows, [[., .], [., .]]."
        ),
        "rotation_matrix(np.degrees(angle))": (
            "np.cos and np.sin take radians, and that is what angle is; np.degrees makes degrees "
            "of it."
        ),
        "rotation_matrix(angle / 2)": "That turns by half of the angle.",
    },
    why=(
        "The columns of a matrix are where it sends (1, 0) and (0, 1): turned by the angle, these "
        "are (cos, sin) and (-sin, cos)."
    ),
)


def product_by_columns(A, B):
    """Product of A (m, d) and B (d, n), of which column j is A @ B[:, j]."""
    return np.column_stack([A @ column for column in B.T])


def _pairs_of_matrices():
    rng = np.random.default_rng(3)
    by_hand = [
        (
            np.array([[1.0, 2.0, 0.0, -1.0], [3.0, 1.0, 4.0, 0.0], [0.0, 5.0, 1.0, 2.0]]),
            np.array([[2, 1, 0, 3, 1], [1, 0, 4, 0, 2], [0, 3, 1, 1, 0], [5, 0, 2, 1, 4]]),
        ),
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
    not_rounded = [(rng.normal(size=(2, 3)), rng.normal(size=(3, 2)))]
    return tuple(by_hand + random + not_rounded)


PRODUCT_BY_COLUMNS = Exercise(
    product_by_columns,
    cases=_pairs_of_matrices(),
    hints=(
        "AB does first B, then A. Where does B take the first basis arrow, and A after it?",
        "Column j of AB is A @ B[:, j]. How many columns are there, and how long is each?",
        "Collect A @ B[:, j] for j in range(B.shape[1]) in a list; np.column_stack(list) "
        "puts them side by side.",
    ),
    mistakes={
        "np.array([A @ column for column in B.T])": (
            "The right vectors, but as rows: np.array stacks them on top of each other. "
            "np.column_stack puts them side by side."
        ),
        "A * B": "A * B multiplies entry by entry; a column of the product is A @ B[:, j].",
        "B @ A": "That is BA, first A and then B; the order matters.",
        "np.column_stack([A @ row for row in B])": (
            "That takes the rows of B, as a loop over B does; its columns are B[:, j], or the rows "
            "of B.T."
        ),
        "np.hstack([A @ column for column in B.T])": (
            "np.hstack strings the columns together to one long list; "
            "np.column_stack makes a matrix of them."
        ),
        "(A @ B).astype(A.dtype)": (
            "Your result holds whole numbers only, as A does, and cuts off the rest; "
            "np.zeros((m, n)) makes room for fractions."
        ),
    },
    why="A loop over a matrix goes through its rows, and the rows of B.T are the columns of B.",
)


def null_vector(A):
    """One non-zero vector v with A @ v = 0, for a matrix A (2, 2) of rank 1."""
    a, b = A[np.argmax(np.abs(A).sum(axis=1))]  # a row that is not zero
    return np.array([b, -a])


def _is_null_vector(v, expected, arguments):
    (A,) = arguments
    largest = np.abs(v).max()  # of a tiny vector the length can be below all doubles
    return largest > 0 and np.linalg.norm(A @ (v / largest)) <= 1e-6 * np.linalg.norm(A)


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
        [[0.0, 3.0], [0.0, 0.0]],  # its first entry says nothing of its first row
        [[2.0, -3.0], [-2.0, 3.0]],  # its rows add up to zero
    )
    random = [np.outer(*rng.normal(scale=3, size=(2, 2)).round(1)) for _ in range(3)]
    random.append(np.outer([1.0, 3.0], [1 / 3, 1 / 7]))  # not to be rounded
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
    mistakes={
        "np.array([A[0, 1], A[0, 0]])": (
            "Swapping the entries is half of it: (a, b) is orthogonal to (b, -a), "
            "so one of them changes its sign."
        ),
        "np.array([A[0, 0], -A[0, 1]])": (
            "Changing one sign is half of it: swap the entries too, from (a, b) to (b, -a)."
        ),
        "np.linalg.solve(A, np.zeros(2))": (
            "solve and inv want exactly one answer, and here there are many."
        ),
        "np.zeros(2)": "A @ 0 = 0 is true for every matrix; a vector other than zero is asked for.",
        "np.array([A[1, 0], -A[0, 0]])": (
            "That is orthogonal to the first column; v has to be orthogonal to the rows."
        ),
        "A[0]": "That is a row of A itself; v has to be orthogonal to it.",
        "A[:, 0]": "That is a column, where A can arrive; asked for is what A sends to zero.",
        "np.array([A[0, 1], -A[0, 0]])": (
            "The first row can be zero and then tells nothing; use the other row there."
        ),
        "np.array([A[1, 1], -A[1, 0]])": (
            "The second row can be zero and then tells nothing; use the other row there."
        ),
        "np.array([-A[1, 0], A[0, 0]])": (
            "A times v takes dots with the rows of A; this v is at a right angle to its first "
            "column."
        ),
        "np.linalg.svd(A)[0][:, -1]": (
            "That is at a right angle to the columns of A, as the last column of U is; A sends to "
            "zero what is at a right angle to its rows, as the last row of Vt is."
        ),
        "np.linalg.svd(A)[2][0]": (
            "That lies along the rows of A, as the first row of Vt does; what A sends to zero is "
            "at a right angle to them, as the last row of Vt is."
        ),
    },
    same=_is_null_vector,
    why=(
        "(b, -a) is at right angles to the row (a, b), since a * b - b * a = 0, and is not zero "
        "if the row is not; at rank 1 the other row is a multiple of that row, so A @ v is 0 "
        "there too."
    ),
)

EXCHANGED_COLUMNS = Prediction(
    "A sends e₁ to e₂ and e₂ to e₁, so that the unit square lands exactly on itself. The area of "
    "the piece on which it lands, with a sign, is called the determinant of A. What is it?",
    {
        "1": (
            "The area is kept, and 1 is its size. But the second column now lies clockwise from "
            "the first: the plane was turned over like a page, and for that the sign is minus."
        ),
        "0": (
            "0 would mean that the square has no area left, flat on a line. It has all of it; it "
            "only lies with its other face up."
        ),
        "−1": (
            "The area keeps its size, 1, and the plane is turned over: to exchange two columns "
            "turns the sign round. By the formula below the figure, 0 · 0 − 1 · 1 = −1."
        ),
    },
    answer="−1",
)

PAIRS_THAT_COMMUTE = Prediction(
    "In the list are a shear and a quarter turn, a stretch and an eighth of a turn, a mirror and a "
    "stretch, and two turns. Of how many of these pairs does the order not matter?",
    {
        "none: for matrices order matters": (
            "For most pairs it does, but two turns of the plane add their angles: 30° and 60° are "
            "90°, whichever comes first."
        ),
        "one": (
            "Only the two turns end alike, as their angles add up. Of each other pair, one map "
            "moves the directions along which the other acts."
        ),
        "two": (
            "The two turns end alike. Of a mirror in the line y = x and a stretch along x one may "
            "hope so too, but the mirror exchanges the axes: the stretch acts along the other."
        ),
        "all four": (
            "For numbers the order of a product never matters. Maps are not numbers: a quarter "
            "turn after a shear sends e₁ to (0, 1), before it to (1, 1)."
        ),
    },
    answer="one",
)

SLIDING_LID = Prediction(
    "The lid of the box slides along itself, at the same height above the floor, until the slanted "
    "edge is longer than it was. What becomes of the volume?",
    {
        "it stays": (
            "Base and height stay, 1.92 and 1.20, and so does their product, 2.30, while the edge "
            "grows longer. That is why adding a multiple of one column to another changes no "
            "determinant."
        ),
        "it grows with the edge": (
            "A longer edge of the same direction would do that. This one grows longer by leaning, "
            "and the volume asks only how high it reaches: base times height."
        ),
        "it shrinks: the box is pressed flat": (
            "The walls lean and come closer together, but each slice parallel to the floor keeps "
            "its area, and the slices reach as high as before."
        ),
    },
    answer="it stays",
)
