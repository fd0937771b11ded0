"""Your turn in the section "Symmetric matrices and quadratic forms"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def is_positive_definite(A):
    """Whether A (n, n) is symmetric and x @ A @ x > 0 for every x but zero: True or False."""
    return bool(np.array_equal(A, A.T) and np.linalg.eigvalsh(A)[0] > 0)


def _squares():
    rng = np.random.default_rng(8)
    by_hand = (  # each of the first ones is the first to find out one of the mistakes
        [[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]],
        [[-1.0, 0.0], [0.0, 2.0]],
        [[-1.0, 0.0], [0.0, -2.0]],
        [[1.0, 2.0], [2.0, 1.0]],
        [[1.0, 0.0], [0.0, 0.0]],
        [[2.0, 1.0], [0.0, 2.0]],
        [[0.5]],
        [[0.0, 0.0], [0.0, -1.0]],
        [[3, 1, 0], [1, 3, 1], [0, 1, 3]],
        [[4, 5], [5, 4]],
        [[1, 2, 2], [2, 1, 2], [2, 2, 1]],  # trace, determinant and diagonal are positive
        [[1.0, 3.0], [3.0, 8.9]],  # negative only near (3, -1)
        [[1.0, 3.0], [3.0, 9.5]],  # no row is dominated by its diagonal
        [[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 1, 3], [0, 0, 3, 2]],  # found out by the last row
        [[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 3], [0, 0, 3, 5]],
        [[2.0, 0.0, 1.0], [0.0, 2.0, 0.0], [0.0, 0.0, 2.0]],  # not symmetric, far from the diagonal
        [[2.0, 0.0, 0.0], [0.0, 2.0, 1.0], [0.0, 0.0, 2.0]],  # not symmetric, beyond the first row
        [[5.0, -3.0, -3.0], [-3.0, 5.0, -3.0], [-3.0, -3.0, 5.0]],  # each two of its rows are
    )
    gaps = np.zeros((2, 4))
    gaps[:, ::2] = [[0.5, 0.25], [0.25, 0.5]]
    B = rng.normal(size=(4, 3)).round(1)
    return (*((np.array(A),) for A in by_hand), (gaps[:, ::2],), (B.T @ B,))


IS_POSITIVE_DEFINITE = Exercise(
    is_positive_definite,
    cases=_squares(),
    hints=(
        "What is the least value of x @ A @ x among the x of length 1, if A is symmetric?",
        "First compare A with A.T. Then look at the smallest eigenvalue.",
        "Both: np.array_equal(A, A.T) and np.linalg.eigvalsh(A)[0] > 0.",
    ),
    mistakes={
        "bool((A > 0).all())": (
            "Positive entries are something else: x @ A @ x can be positive with a negative entry "
            "off the diagonal, as 2a² - 2ab + 2b² is."
        ),
        "bool(np.array_equal(A, A.T) and np.linalg.eigvalsh(A)[-1] > 0)": (
            "This A is symmetric, but its smallest eigenvalue is negative: all of them have to be "
            "positive."
        ),
        "bool(np.linalg.det(A) > 0)": (
            "The determinant is the product of the eigenvalues: two negative ones make it positive "
            "as well."
        ),
        "bool((np.diag(A) > 0).all())": (
            "A positive diagonal is needed and is not enough: try x = (1, -1) here."
        ),
        "bool((np.linalg.eigvalsh(A) >= 0).all())": (
            "With an eigenvalue 0 some x other than zero gives 0: that is semidefinite only."
        ),
        "bool((np.linalg.eigvalsh(A) > 0).all())": (
            "Check A against A.T first: eigvalsh and cholesky read one triangle of A and believe "
            "the other."
        ),
        "bool(np.array_equal(A, A.T) and np.trace(A) > 0 and np.linalg.det(A) > 0)": (
            "Trace and determinant settle it for two rows only: of three eigenvalues, two can be "
            "negative and both still positive."
        ),
    },
    why=(
        "For a symmetric A, the least value of x @ A @ x among all x of length 1 is the smallest "
        "eigenvalue, which eigvalsh gives first."
    ),
)


def rayleigh_quotient(A, x):
    """Rayleigh quotient of A (n, n) at x (n,): the form x @ A @ x once x has length 1."""
    return x @ A @ x / (x @ x)


def _forms_and_vectors():
    rng = np.random.default_rng(9)
    B = rng.normal(size=(3, 3)).round(1)
    return (
        (
            np.array([[2.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, -1.0, 4.0]]),
            np.array([1.0, 3.0, -2.0]),
        ),
        (np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])),
        (np.array([[1.0, 0.0], [0.0, -1.0]]), np.array([3.0, 3.0])),
        (np.array([[-2.0]]), np.array([5.0])),
        (np.array([[0, 2], [2, 3]]), np.array([1, -2])),
        (np.arange(9.0).reshape(3, 3)[::2, ::2], np.arange(1.0, 5.0)[::2]),
        (B + B.T, rng.normal(size=3).round(1)),
        (np.diag([1.0, 2.0, 5.0, -3.0]), np.array([1.0, -2.0, 1.0, 3.0])),
    )


RAYLEIGH_QUOTIENT = Exercise(
    rayleigh_quotient,
    cases=_forms_and_vectors(),
    hints=(
        "If x is doubled, what happens to x @ A @ x?",
        "It grows by the square of the length, and the square of the length is x @ x.",
        "x @ A @ x / (x @ x), with the brackets.",
    ),
    mistakes={
        "x @ A @ x": (
            "That is the form at x itself; a vector of length 1 in its direction is asked for."
        ),
        "x @ A @ x / np.linalg.norm(x)": (
            "x stands in x @ A @ x twice, so the length has to be divided out twice."
        ),
        "np.linalg.norm(A @ x) / np.linalg.norm(x)": (
            "That is how much A stretches x; the form takes only the part of A @ x along x."
        ),
        "x @ A @ x / x @ x": (
            "Python reads x @ A @ x / x @ x from the left, as (x @ A @ x / x) @ x: set brackets."
        ),
        "np.mean(A @ x / x)": (
            "A @ x / x compares entry by entry; it is one number only for an eigenvector."
        ),
        "x @ A @ x / x.sum() ** 2": (
            "That makes the entries of x sum to 1; its length is to be 1."
        ),
        "x @ A @ x / (x @ x) ** 2": (
            "The two lengths together are x @ x; you divided by that twice."
        ),
        "x @ A @ x / len(x)": (
            "len(x) is the number of entries; what belongs there is the squared length, x @ x."
        ),
    },
    why=(
        "The form is quadratic: for x / |x|, of length 1, it is x @ A @ x / |x|^2, and |x|^2 is x "
        "@ x."
    ),
)

SMALLER_EIGENVALUE = Prediction(
    "The larger eigenvalue stays at 2, the smaller goes from 0.5 down toward 0. What becomes of "
    "the ellipse q = 1?",
    {
        "it shrinks to a point": (
            "A smaller eigenvalue means a flatter bowl, and in a flat bowl one must go far out to "
            "reach the height 1: the ellipse grows."
        ),
        "it gets narrower, and no longer": (
            "The short half-axis is 1/√2, and stays: it belongs to the eigenvalue that stays. The "
            "long one, 1/√λ₂, gets longer. So it looks thinner, but only for its length."
        ),
        "it becomes a circle": (
            "For that both eigenvalues must be equal, as at 2 and 2. The farther they are apart, "
            "the longer is the ellipse for its width."
        ),
        "its long axis grows without end": (
            "Along v₂ the height is λ₂ c², so that 1 is reached at 1/√λ₂: at 1.41 for 0.5, at 2 "
            "for 0.25, and nowhere for 0, where two parallel lines are left."
        ),
    },
    answer="its long axis grows without end",
)
