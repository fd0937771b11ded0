"""Your turn in the section "Beyond arrows"."""

import numpy as np

from .._engine.answers import close
from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def derivative_matrix(n):
    """Matrix (n + 1, n + 1) that differentiates polynomials of degree at most n, constant first."""
    return np.diag(np.arange(1.0, n + 1), 1)


DERIVATIVE_MATRIX = Exercise(
    derivative_matrix,
    cases=((3,), (1,), (0,), (2,), (6,)),
    hints=(
        "Its columns say where the basis goes. What is the derivative of x^2, in coordinates?",
        "x^k goes to k x^(k - 1), so column k holds the number k in row k - 1, and else zeros.",
        "D = np.zeros((n + 1, n + 1)), then D[k - 1, k] = k for k in range(1, n + 1).",
    ),
    mistakes={
        "np.diag(np.arange(1.0, n + 1), -1)": (
            "The images of the basis stand in the rows; they belong in the columns."
        ),
        "np.diag(np.ones(n), 1)": (
            "Each power goes one down, and the factor is missing: x^k goes to k x^(k - 1)."
        ),
        "np.diag(1 / np.arange(1.0, n + 1), 1)": (
            "Dividing by k belongs to the integral; the derivative of x^k is k times x^(k - 1)."
        ),
        "np.diag(np.arange(n + 1.0))": (
            "That keeps each power where it is; the derivative lowers it by one."
        ),
        "np.diag(np.arange(1.0, n), 1)": (
            "Degree at most n needs n + 1 coordinates: the powers from 0 to n."
        ),
        "np.diag(np.arange(1.0, n + 1), 1)[:n]": (
            "Keep the last row, of zeros: the answer is a polynomial of degree at most n too."
        ),
        "np.diag(np.arange(1.0, n + 1) % max(n, 1), 1)": (
            "The last column is still empty: range(n) ends with n - 1, and x^n has a derivative "
            "too."
        ),
        "np.diag(np.arange(float(n)), 1)": (
            "The factors are one too small: x goes to 1, and x^2 to 2 x."
        ),
        "np.diag(np.arange(1.0, n + 1)[::-1], -1)": (
            "That is right for the highest power first; here the constant comes first."
        ),
        "np.diag(1 / np.arange(1.0, n + 1), -1)": (
            "That integrates: x^k goes to x^(k + 1) / (k + 1). The derivative goes the other way."
        ),
    },
    why=(
        "The derivative of x^k is k x^(k - 1), so column k holds k in row k - 1, on the first "
        "diagonal above the main one."
    ),
)


def orthogonal_coefficients(f, Q):
    """Coefficients c (k,) for which Q @ c is nearest to f (m,); Q's columns are orthogonal."""
    return Q.T @ f / (Q**2).sum(axis=0)


def _functions_and_orthogonal_columns():
    rng = np.random.default_rng(31)
    t = 2 * np.pi * np.arange(8) / 8
    waves = np.column_stack([np.ones(8), np.cos(t), np.sin(t), np.cos(2 * t)])
    x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    by_hand = [
        (
            np.array([5.0, 1.0, 2.0, 8.0]),
            np.array([[1.0, 3.0, 1.0], [1.0, -3.0, 1.0], [1.0, 0.0, -2.0], [1.0, 0.0, 0.0]]),
        ),
        (np.array([5.0, 1.0]), np.array([[1.0, 2.0], [1.0, -2.0]])),
        (np.array([1.0, 2.0, 6.0]), np.array([[1.0, -1.0], [1.0, 0.0], [1.0, 1.0]])),
        (np.array([6.0]), np.array([[2.0]])),
        (np.array([4, 0, 1, 3]), np.array([[1, 1], [1, -1], [1, 1], [1, -1]])),
        (np.array([1.0, 0.0, -1.0]), np.array([[1.0], [5.0], [1.0]])),
        (np.arange(1.0, 11)[::2] ** 2, np.column_stack([x**0, x, x, 2 - x**2])[:, [0, 1, 3]]),
        (np.arange(16.0)[::2], waves[:, ::2]),
    ]
    random = [(rng.normal(size=8).round(1), waves), (rng.normal(size=5).round(1), x[:, None])]
    return tuple(by_hand + random)


ORTHOGONAL_COEFFICIENTS = Exercise(
    orthogonal_coefficients,
    cases=_functions_and_orthogonal_columns(),
    hints=(
        "The columns are orthogonal, so each coefficient can be found alone. What is the shadow "
        "of f on one column q?",
        "The shadow is (f . q) / (q . q) times q, so the coefficient is f @ q / (q @ q).",
        "Divide Q.T @ f by the squared lengths of the columns, (Q**2).sum(axis=0).",
    ),
    mistakes={
        "Q.T @ f": (
            "That is right for columns of length 1; divide each dot by the column's squared length."
        ),
        "Q.T @ f / np.sqrt((Q**2).sum(axis=0))": (
            "Divide by the squared length of each column; you divided by its length."
        ),
        "Q @ (Q.T @ f / (Q**2).sum(axis=0))": (
            "That is the nearest function itself; its coefficients are asked for."
        ),
        "Q @ f": (
            "Q @ f combines the columns, or takes dots with the rows; the dots of f with the "
            "columns are Q.T @ f."
        ),
        "Q.T @ f / len(f)": (
            "Dividing by the number of points is right only where the mean square of each column "
            "is 1; take q @ q in its place."
        ),
        "Q.T @ f / (f @ f)": "You divided by the squared length of f; take that of each column.",
        "Q.T @ f / (Q**2).sum()": (
            "You divided by all squares together; each column has a squared length of its own, "
            "sum(axis=0)."
        ),
        "Q.T @ f / (Q**2).sum(axis=1)": (
            "You added the squares along the rows; the columns are the functions, so axis=0."
        ),
        "np.linalg.solve(Q, f)": (
            "solve wants as many columns as points, and f made of them exactly; here the nearest "
            "is asked for."
        ),
        "2 * Q.T @ f / len(f)": (
            "2 / m is right for sines and cosines over whole periods, whose squared length is m / "
            "2; take q @ q of each column."
        ),
        "np.array([f @ q / (q @ q) for q in Q])": (
            "That takes the rows of Q, as a loop over Q does; the functions are its columns, the "
            "rows of Q.T."
        ),
        "Q.T @ f / (Q**2).mean(axis=0)": (
            "A squared length is the sum of the squares; you divided by their mean."
        ),
        "Q.T @ f / np.linalg.norm(Q)": (
            "That divides by one number made of all entries, np.linalg.norm(Q); each column has a "
            "length of its own, with axis=0, and it enters squared."
        ),
    },
    why=(
        "For orthogonal columns Q.T @ Q is diagonal, with their squared lengths, so the normal "
        "equations Q.T Q c = Q.T f fall apart into one division each."
    ),
)


def kernel_features(X):
    """Features F (n, 6), made of the rows of X (n, 2), with F @ F.T equal to (1 + X @ X.T)**2."""
    a, b = X.T
    root = np.sqrt(2)
    return np.column_stack([np.ones(len(X)), root * a, root * b, a**2, b**2, root * a * b])


def _points_of_the_plane():
    rng = np.random.default_rng(32)
    by_hand = [
        np.array([[1.0, 2.0], [3.0, 1.0], [-1.0, 4.0]]),
        np.array([[1.0, 2.0], [3.0, 1.0]]),
        np.array([[0.0, 0.0]]),
        np.array([[0.0, 2.0], [1.0, 0.0], [-1.0, 0.5]]),
        np.array([[2, -1], [1, 1], [0, 3]]),
        np.arange(12.0).reshape(3, 4)[:, ::2] - 4,
    ]
    return tuple((X,) for X in [*by_hand, rng.normal(size=(5, 2)).round(1)])


def _have_the_kernel_as_dots(returned, expected, arguments):
    return close(returned @ returned.T, expected @ expected.T)


KERNEL_FEATURES = Exercise(
    kernel_features,
    cases=_points_of_the_plane(),
    hints=(
        "Multiply out (1 + x1 z1 + x2 z2)^2: which six terms are there, each a product of "
        "something of x and the same of z?",
        "The terms with a factor 2 are 2 x1 z1, 2 x2 z2 and 2 x1 x2 z1 z2. Give half of the "
        "factor, as a product, to x and to z: its square root.",
        "For a, b = X.T, the columns are 1, s a, s b, a^2, b^2 and s a b, with s = np.sqrt(2).",
    ),
    mistakes={
        "kernel_features(X) / np.sqrt([1, 2, 2, 1, 1, 2])": (
            "Those are the six, but multiplied out three terms come twice; each of those needs "
            "the factor sqrt(2)."
        ),
        "kernel_features(X) * np.sqrt([1, 2, 2, 1, 1, 2])": (
            "The factor is in F and again in F.T, so 2 becomes 4; take its square root."
        ),
        "kernel_features(X) / np.sqrt([1, 1, 1, 1, 1, 2])": (
            "The product of both entries comes twice as well; it needs sqrt(2)."
        ),
        "kernel_features(X) / np.sqrt([1, 2, 2, 1, 1, 1])": (
            "The entries themselves come twice as well; they need sqrt(2)."
        ),
        "kernel_features(X)[:, :5]": (
            "The product of the two entries is missing: a square of a sum has mixed terms."
        ),
        "kernel_features(X)[:, 1:]": "The 1 of the kernel needs a feature too: a column of ones.",
        "kernel_features(X.T)": (
            "a and b are the columns of X, one entry of all samples: a, b = X.T. X[0] is the "
            "first sample."
        ),
        "np.array([np.outer([1, *x], [1, *x]).ravel() for x in X])": (
            "Those nine have the right dots, but three of them come twice; put equal ones "
            "together, as sqrt(2) times one of them."
        ),
        "(1 + X @ X.T) ** 2": (
            "That is the table of the kernel itself; asked for are the features behind it."
        ),
    },
    same=_have_the_kernel_as_dots,
    why=(
        "For rows (a, b) and (c, d), (1 + a c + b d)^2 is 1 + 2 a c + 2 b d + (a c)^2 + (b d)^2 + "
        "2 a c b d; each term is a feature of one row times that of the other, a factor 2 being "
        "root * root."
    ),
)

OVERSHOOT_AT_A_JUMP = Prediction(
    "Choose the jump. Just beside it the projection on waves shoots over the function. What "
    "becomes of that as more and more waves are taken?",
    {
        "it gets lower, until it is gone": (
            "What is left does go to zero on the average. Beside the jump it does not: smooth "
            "waves cannot turn at once, and the last swing keeps its height."
        ),
        "it gets narrower, and hardly lower": (
            "Its peak is 14% of the jump with one wave, 10% with three, and soon stays near 9%, "
            "while it moves closer to the jump. So the length of what is left goes to zero, and "
            "its largest value does not."
        ),
        "it gets higher": (
            "More waves make it steeper and narrower, which looks wilder. But its height settles, "
            "near 9% of the jump."
        ),
    },
    answer="it gets narrower, and hardly lower",
)
