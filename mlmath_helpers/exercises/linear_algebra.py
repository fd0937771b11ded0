"""Your turn in chapter 1: the reference answers, and what goes wrong on the way to them.

Each section of the file is an exercise: the reference, its cases, and then the exercise with
its hints and known mistakes. The first case is small and tells the mistakes apart.
"""

import numpy as np

from .exercise import Exercise, Mistake, by_name

# --- Lengths, angles, projections ---------------------------------------------------------


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
            lambda v, w: v @ w / np.linalg.norm(v),
            "You divide by the length of v only; divide by the length of w too.",
        ),
        Mistake(
            lambda v, w: v * w / (np.linalg.norm(v) * np.linalg.norm(w)),
            "v * w multiplies entry by entry; v @ w also adds the products up.",
        ),
        Mistake(
            lambda v, w: 1 - cosine(v, w),
            "That is the cosine distance, 1 - cosine; the cosine itself is asked for.",
        ),
    ),
)


def projection(v, onto):
    """Shadow of v on the line through 0 and onto, as a vector."""
    return (v @ onto) / (onto @ onto) * onto


PROJECTION = Exercise(
    projection,
    cases=(
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
            lambda v, onto: (v @ onto) * onto,
            "That is right only where onto has length 1; divide by onto @ onto.",
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
        (np.array([4.0, 6.0]), np.array([1.0, 2.0]), np.array([2.0, 0.0])),
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
            lambda point, start, direction: point - start - projection(point - start, direction),
            "That is the arrow from the line to the point; the distance is its length.",
        ),
        Mistake(
            lambda point, start, direction: distance_to_line(point, start, direction - start),
            "The line passes through start along direction; "
            "direction is an arrow already, so subtract nothing from it.",
        ),
    ),
)


# --- Matrices are linear maps ---------------------------------------------------------------


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
        [[1.0, 2.0], [3.0, 6.0]],
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


# --- Eigenvalues and eigenvectors ------------------------------------------------------------


def eigenvalues_2x2(A):
    """Both eigenvalues of A (2, 2), the larger first, from its trace and determinant."""
    (a, b), (c, d) = A
    mean, product = (a + d) / 2, a * d - b * c
    gap = np.sqrt(mean**2 - product)
    return np.array([mean + gap, mean - gap])


def _matrices_with_real_eigenvalues():
    rng = np.random.default_rng(5)
    by_hand = (
        [[4.0, 1.0], [2.0, 3.0]],
        [[2.0, 1.0], [1.0, 2.0]],
        [[0.0, 1.0], [1.0, 0.0]],
        [[-3, 0], [0, -1]],
        [[2.0, 0.0], [0.0, 2.0]],
        [[1.0, 1.0], [0.0, 1.0]],
        [[1.0, 2.0], [2.0, 4.0]],
        [[0.0, 0.0], [0.0, 0.0]],
        [[1, 3], [2, -4]],
    )
    random = rng.normal(scale=2, size=(4, 2, 2)).round(1)
    symmetric = random + random.transpose(0, 2, 1)
    return tuple((np.array(A),) for A in by_hand) + tuple((A,) for A in symmetric)


EIGENVALUES_2X2 = Exercise(
    eigenvalues_2x2,
    cases=_matrices_with_real_eigenvalues(),
    hints=(
        "The trace is the sum of the eigenvalues, the determinant their product. "
        "What is their mean?",
        "They lie at mean + gap and mean - gap, so their product is mean**2 - gap**2.",
        "With mean = (a + d) / 2 and product = a * d - b * c, gap = np.sqrt(mean**2 - product).",
    ),
    mistakes=(
        Mistake(
            lambda A: eigenvalues_2x2(A)[::-1],
            "Right, but in the other order: the larger comes first.",
        ),
        Mistake(
            lambda A: np.diag(A),
            "The diagonal holds the eigenvalues only where an entry off the diagonal is zero.",
        ),
        Mistake(
            lambda A: 2 * eigenvalues_2x2(A),
            "Both are twice too large; the formula divides by 2 at the end.",
        ),
        Mistake(
            lambda A: (
                np.trace(A) + np.array([1, -1]) * np.sqrt(np.trace(A) ** 2 - np.linalg.det(A))
            ),
            "The mean of the eigenvalues is half the trace.",
        ),
        Mistake(
            lambda A: (
                np.trace(A) / 2
                + np.array([1, -1]) * np.sqrt(np.trace(A) ** 2 - 4 * np.linalg.det(A))
            ),
            "The square root has to be halved too: (trace ± sqrt(trace² - 4 det)) / 2.",
        ),
        Mistake(
            lambda A: (
                np.trace(A) / 2
                + np.array([1, -1])
                * np.sqrt((np.trace(A) / 2) ** 2 - A[0, 0] * A[1, 1] - A[0, 1] * A[1, 0])
            ),
            "The determinant is a * d - b * c; when you subtract it, b * c is added again.",
        ),
        Mistake(
            lambda A: np.array([np.trace(A), np.linalg.det(A)]),
            "Those are the trace and the determinant: the sum and the product of the eigenvalues.",
        ),
        Mistake(
            lambda A: np.linalg.svd(A, compute_uv=False),
            "Those are the singular values; they are the eigenvalues only where A is symmetric "
            "and no eigenvalue is negative.",
        ),
        Mistake(
            lambda A: np.linalg.eigvals(A),
            "Right up to the order: numpy does not sort the eigenvalues, so put the larger first.",
        ),
    ),
)


def power_step(A, v):
    """One step of power iteration: A @ v, scaled to length 1."""
    w = A @ v
    return w / np.linalg.norm(w)


def _matrices_and_vectors():
    rng = np.random.default_rng(6)
    by_hand = [
        (np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 1.0])),
        (np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([0.0, 1.0])),
        (np.array([[-3.0]]), np.array([1.0])),
        (np.array([[0, 1], [1, 0]]), np.array([3, 4])),
        (np.array([[1.0, -2.0], [0.0, -1.0]]), np.array([0.5, 0.5])),
        (np.arange(24.0).reshape(4, 6)[:, :4], np.arange(1.0, 9.0)[::2]),
    ]
    random = [(rng.normal(size=(d, d)).round(1), rng.normal(size=d).round(1)) for d in (2, 3, 3, 5)]
    return tuple(by_hand + random)


POWER_STEP = Exercise(
    power_step,
    cases=_matrices_and_vectors(),
    hints=(
        "What would happen to the length if A were applied a hundred times?",
        "First apply A, then scale what comes out, so that its length is 1.",
        "With w = A @ v, return w / np.linalg.norm(w).",
    ),
    mistakes=(
        Mistake(
            lambda A, v: A @ v,
            "That is A @ v, not scaled yet; divide it by its own length.",
        ),
        Mistake(
            lambda A, v: A @ v / np.linalg.norm(v),
            "You divide by the length of v; divide by the length of A @ v.",
        ),
        Mistake(
            lambda A, v: v / np.linalg.norm(v),
            "That only scales v; apply A first.",
        ),
        Mistake(
            lambda A, v: A @ v / (A @ v).sum(),
            "That makes the entries sum to 1; the length, np.linalg.norm, should be 1.",
        ),
        Mistake(
            lambda A, v: A @ v / np.abs(A @ v).max(),
            "That makes the largest entry 1; the length, np.linalg.norm, should be 1.",
        ),
        Mistake(
            lambda A, v: v @ A / np.linalg.norm(v @ A),
            "v @ A combines the rows of A; the map applied to v is A @ v.",
        ),
        Mistake(
            lambda A, v: A @ v / np.linalg.norm(A @ v) ** 2,
            "You divide by the squared length; divide by the length itself.",
        ),
        Mistake(
            lambda A, v: power_step(A, power_step(A, v)),
            "Those are two steps; apply A once.",
        ),
    ),
)


def stationary_distribution(P):
    """Distribution p with p @ P = p, where P[i, j] is the chance to go from i to j."""
    p = np.ones(len(P)) / len(P)
    for _ in range(1000):
        p = p @ P
    return p


STATIONARY_DISTRIBUTION = Exercise(
    stationary_distribution,
    cases=tuple(
        (np.array(P),)
        for P in (
            [[0.5, 0.5], [0.25, 0.75]],
            [[0.9, 0.1], [0.2, 0.8]],
            [[0.5, 0.5], [0.5, 0.5]],
            [[0, 1], [0.5, 0.5]],
            [[0.5, 0.5], [0.0, 1.0]],
            [[0, 1], [0, 1]],
            [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]],
            [[0.2, 0.3, 0.5], [0.6, 0.1, 0.3], [0.1, 0.8, 0.1]],
            [[0.0, 0.5, 0.5], [0.5, 0.0, 0.5], [1.0, 0.0, 0.0]],
            [
                [0.1, 0.2, 0.3, 0.4],
                [0.4, 0.1, 0.2, 0.3],
                [0.3, 0.4, 0.2, 0.1],
                [0.5, 0.1, 0.1, 0.3],
            ],
        )
    ),
    hints=(
        "If you start anywhere and let the chain run for long, where do you find it?",
        "p @ P is the distribution one step later. Start with equal chances and repeat.",
        "Begin with p = np.ones(len(P)) / len(P), set p = p @ P a thousand times, and return p.",
    ),
    mistakes=(
        Mistake(
            lambda P: np.ones(len(P)) / len(P) @ P,
            "That is one step from equal chances; repeat it until p no longer changes.",
        ),
        Mistake(
            lambda P: np.linalg.matrix_power(P, 1000) @ np.ones(len(P)) / len(P),
            "P @ p averages over where you go and ends in equal entries, as each row of P "
            "sums to 1; to move the chances one step write p @ P.",
        ),
        Mistake(
            lambda P: stationary_distribution(P) / np.linalg.norm(stationary_distribution(P)),
            "Right direction, but scaled to length 1; a distribution sums to 1, "
            "so divide by the sum.",
        ),
        Mistake(
            lambda P: -stationary_distribution(P) / np.linalg.norm(stationary_distribution(P)),
            "An eigenvector is free in sign and length; a distribution sums to 1, "
            "so divide by the sum.",
        ),
        Mistake(
            lambda P: np.linalg.matrix_power(P, 1000),
            "Each row of this matrix is the answer already; return one of them.",
        ),
        Mistake(
            lambda P: P.mean(axis=0) @ P,
            "Those are two steps from equal chances; repeat until p no longer changes.",
        ),
    ),
)


# --- Singular value decomposition -------------------------------------------------------------


def rank_k_approximation(A, k):
    """Nearest matrix to A (m, n) of rank at most k, from the SVD of A."""
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] @ Vt[:k]


def _matrices_and_ranks():
    rng = np.random.default_rng(7)
    by_hand = [
        (np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 10.0]]), 1),
        (np.array([[3.0, 0.0], [0.0, 2.0]]), 1),
        (np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 2),
        (np.array([[5.0]]), 1),
        (np.array([[1, 2], [2, 4]]), 1),
        (np.zeros((2, 3)), 1),
        (np.arange(24.0).reshape(4, 6)[:, ::2], 2),
    ]
    shapes = ((4, 3, 1), (3, 5, 2), (5, 5, 3), (6, 4, 2))
    random = [(rng.normal(scale=3, size=(m, n)).round(1), k) for m, n, k in shapes]
    return tuple(by_hand + random)


def _v_not_transposed(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] @ Vt.T[:k]


def _singular_vectors_only(A, k):
    U, _, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] @ Vt[:k]


def _only_the_kth(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return s[k - 1] * np.outer(U[:, k - 1], Vt[k - 1])


def _the_smallest(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, -k:] * s[-k:] @ Vt[-k:]


def _columns_of_vt(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k] @ Vt[:, :k]


def _a_corner(A, k):
    corner = np.zeros(A.shape)
    corner[:k, :k] = A[:k, :k]
    return corner


RANK_K_APPROXIMATION = Exercise(
    rank_k_approximation,
    cases=_matrices_and_ranks(),
    hints=(
        "A is a sum of matrices of rank 1, s[i] times u_i times v_i transposed. "
        "Which of them weigh most?",
        "U, s, Vt = np.linalg.svd(A, full_matrices=False) sorts s from large to small: "
        "keep k columns of U, k numbers of s and k rows of Vt.",
        "U[:, :k] * s[:k] scales the columns; multiply by Vt[:k] with @.",
    ),
    mistakes=(
        Mistake(
            _singular_vectors_only,
            "The singular values are missing; scale each column of U by its s.",
        ),
        Mistake(
            _only_the_kth,
            "That is the k-th layer alone; add up the first k.",
        ),
        Mistake(
            lambda A, k: rank_k_approximation(A, k + 1),
            "That keeps one layer too many: [:k] takes the entries 0 to k - 1.",
        ),
        Mistake(
            lambda A, k: rank_k_approximation(A, k - 1),
            "That keeps one layer too few: [:k] takes the first k, without k - 1.",
        ),
        Mistake(
            _the_smallest,
            "Those are the layers of the smallest singular values; "
            "the largest come first, so take [:k].",
        ),
        Mistake(
            _columns_of_vt,
            "Take rows of Vt, not columns: Vt[:k]. The singular vectors are its rows.",
        ),
        Mistake(
            _v_not_transposed,
            "np.linalg.svd gives V transposed already; use Vt as it is.",
        ),
        Mistake(
            lambda A, k: A - rank_k_approximation(A, k),
            "That is what the approximation leaves out, the error.",
        ),
        Mistake(
            _a_corner,
            "That is a corner of A; the layers to keep come from the SVD of the whole of A.",
        ),
    ),
)


def storage_saved(m, n, k):
    """Share of the m * n numbers of a matrix saved by keeping k layers of its SVD."""
    return 1 - k * (m + n + 1) / (m * n)


STORAGE_SAVED = Exercise(
    storage_saved,
    cases=(
        (10, 20, 2),
        (512, 512, 50),
        (100, 1, 1),
        (1, 1, 1),
        (3, 5, 3),
        (1000, 400, 0),
        (7, 64, 5),
        (480, 640, 37),
    ),
    hints=(
        "How many numbers does one layer need: one column of U, one row of Vt, "
        "and what stands between them?",
        "One layer is m + n + 1 numbers, k layers are k times as many, the matrix is m * n.",
        "The share kept is k * (m + n + 1) / (m * n), with brackets below the line; "
        "the share saved is 1 minus that.",
    ),
    mistakes=(
        Mistake(
            lambda m, n, k: k * (m + n + 1) / (m * n),
            "That is the share you still store; 1 minus it is saved.",
        ),
        Mistake(
            lambda m, n, k: 1 - k * (m + n) / (m * n),
            "The singular values are missing: each layer has one, so it needs m + n + 1 numbers.",
        ),
        Mistake(
            lambda m, n, k: 1 - k * (m + n + 1) / m * n,
            "Python divides by m and then multiplies by n; put brackets around m * n.",
        ),
        Mistake(
            lambda m, n, k: m * n - k * (m + n + 1),
            "That is how many numbers are saved; divide by m * n for the share.",
        ),
        Mistake(
            lambda m, n, k: max(0, 1 - k * (m + n + 1) / (m * n)),
            "Nothing stops the share from falling below zero: "
            "with many layers the SVD needs more room than the matrix.",
        ),
        Mistake(
            lambda m, n, k: 100 * (1 - k * (m + n + 1) / (m * n)),
            "That is in percent; a share of all is 1, not 100.",
        ),
        Mistake(
            lambda m, n, k: 1 - (k * (m + n) + 1) / (m * n),
            "There is a singular value in each of the k layers, not one in all.",
        ),
        Mistake(
            lambda m, n, k: 1 - k * (m + n + k) / (m * n),
            "The k singular values are a list, not a (k, k) matrix: each layer adds only one.",
        ),
        Mistake(
            lambda m, n, k: 1 - k / min(m, n),
            "That compares ranks; count the numbers to be stored.",
        ),
    ),
)


# --- Principal component analysis --------------------------------------------------------------


def centre_and_project(X, components):
    """Coordinates (n, k) of the centred rows of X (n, d) along the columns of components (d, k)."""
    return (X - X.mean(axis=0)) @ components


def _data_and_components():
    rng = np.random.default_rng(8)
    by_hand = [
        (np.array([[1.0, 0.0], [3.0, 4.0], [5.0, 5.0]]), np.array([[0.6], [0.8]])),
        (np.array([[1.0, 2.0], [3.0, 8.0]]), np.array([[0.6, -0.8], [0.8, 0.6]])),
        (np.array([[2.0, 5.0, 1.0]]), np.eye(3)[:, :2]),
        (np.array([[1], [2], [6]]), np.array([[-1.0]])),
        (np.array([[1, 2], [4, 6], [7, 7]]), np.array([[0, 1], [1, 0]])),
        (np.zeros((3, 2)), np.array([[0.6, -0.8], [0.8, 0.6]])),
        (np.arange(24.0).reshape(4, 6)[:, ::2] ** 2, np.eye(3)[:, ::2]),
    ]
    random = []
    for n, d, k in ((5, 3, 2), (4, 4, 4), (8, 5, 1)):
        orthogonal, _ = np.linalg.qr(rng.normal(size=(d, d)))
        random.append((rng.normal(loc=2, size=(n, d)).round(1), orthogonal[:, :k]))
    return tuple(by_hand + random)


CENTRE_AND_PROJECT = Exercise(
    centre_and_project,
    cases=_data_and_components(),
    hints=(
        "Directions start at the middle of the cloud of points. Where is that middle?",
        "X.mean(axis=0) is the mean of each column; subtract it from all rows.",
        "The dot product of each centred row with each column of components is one @.",
    ),
    mistakes=(
        Mistake(
            lambda X, components: X @ components,
            "The rows are not centred yet; subtract the mean of each column first.",
        ),
        Mistake(
            lambda X, components: (X - X.mean()) @ components,
            "X.mean() is one mean of all numbers; each column has its own, X.mean(axis=0).",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=1, keepdims=True)) @ components,
            "You subtract the mean of each row; the middle of the cloud is the mean of each "
            "column, axis=0.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=1)) @ components,
            "axis=1 gives the mean of each row; the middle of the cloud is the mean of each "
            "column, so use axis=0.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=0)) @ components.T,
            "The components are the columns already; no transpose is needed.",
        ),
        Mistake(
            lambda X, components: X - X.mean(axis=0),
            "Centred, but not projected yet; multiply by components.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=0)) @ components @ components.T,
            "That is back in the old coordinates, the reconstruction; stop one product earlier.",
        ),
        Mistake(
            lambda X, components: (X - X.mean(axis=0)) / X.std(axis=0) @ components,
            "You also divide by the standard deviations; only the mean is to be taken away.",
        ),
        Mistake(
            lambda X, components: ((X - X.mean(axis=0)) @ components).T,
            "Right, but transposed; rows are samples.",
        ),
    ),
)


def explained_variance_ratio(eigenvalues):
    """Share of the total variance along each component, from the variances along them."""
    return eigenvalues / eigenvalues.sum()


EXPLAINED_VARIANCE_RATIO = Exercise(
    explained_variance_ratio,
    cases=(
        (np.array([6.0, 3.0, 1.0]),),
        (np.array([4, 3, 1]),),
        (np.array([2.5]),),
        (np.array([1.0, 0.0, 0.0]),),
        (np.array([1.0, 1.0, 1.0, 1.0]),),
        (np.array([4e4, 2e2, 3e-2]),),
        (np.arange(16.0, 0.0, -1.0)[::3],),
        (np.array([9.1, 4.2, 4.2, 0.7, 0.1]),),
    ),
    hints=(
        "What is the variance of all directions together?",
        "The eigenvalues are the variances along the components, and they add up to the total.",
        "Divide eigenvalues by eigenvalues.sum().",
    ),
    mistakes=(
        Mistake(
            lambda eigenvalues: eigenvalues / eigenvalues.max(),
            "That compares with the largest; divide by the sum of all.",
        ),
        Mistake(
            lambda eigenvalues: np.cumsum(eigenvalues) / eigenvalues.sum(),
            "Those are the shares added up so far; the share of each component alone is asked for.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues**2 / (eigenvalues**2).sum(),
            "The eigenvalues are variances already; do not square them.",
        ),
        Mistake(
            lambda eigenvalues: np.sqrt(eigenvalues) / np.sqrt(eigenvalues).sum(),
            "Those are the shares of the standard deviations; "
            "variances add up, standard deviations do not.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues / np.linalg.norm(eigenvalues),
            "That scales to length 1; shares add up to 1.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues[0] / eigenvalues.sum(),
            "That is the share of the first component; give those of all of them.",
        ),
        Mistake(
            lambda eigenvalues: 100 * eigenvalues / eigenvalues.sum(),
            "Those are percentages; as shares they sum to 1.",
        ),
        Mistake(
            lambda eigenvalues: eigenvalues / eigenvalues.mean(),
            "That compares with the mean variance; divide by the sum of all.",
        ),
    ),
)


EXERCISES = by_name(
    COSINE,
    PROJECTION,
    DISTANCE_TO_LINE,
    ROTATION_MATRIX,
    PRODUCT_BY_COLUMNS,
    NULL_VECTOR,
    EIGENVALUES_2X2,
    POWER_STEP,
    STATIONARY_DISTRIBUTION,
    RANK_K_APPROXIMATION,
    STORAGE_SAVED,
    CENTRE_AND_PROJECT,
    EXPLAINED_VARIANCE_RATIO,
)
