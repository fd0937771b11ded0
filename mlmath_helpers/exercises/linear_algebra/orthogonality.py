"""Your turn in the section "Orthogonality and least squares"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def gram_schmidt_step(Q, a):
    """Part of a (m,) at right angles to Q's orthonormal columns (m, k), scaled to length 1."""
    v = a - Q @ (Q.T @ a)
    return v / np.linalg.norm(v)


def _columns_and_vectors():
    rng = np.random.default_rng(22)
    by_hand = [
        (
            np.array([[0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0.5, 0.5, -0.5], [0.5, -0.5, -0.5]]),
            np.array([6.0, 1.0, -2.0, 5.0]),
        ),
        (np.array([[0.6], [0.8]]), np.array([4.0, 2.0])),
        (np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), np.array([3.0, 4.0, -2.0])),
        (np.array([[1], [0], [0]]), np.array([5, 3, 4])),
        (np.zeros((1, 0)), np.array([-3.0])),  # the first step: nothing to be at right angles to
        (np.eye(4)[:, ::2], np.arange(1.0, 9)[::2]),
        (np.array([[1.0], [0.0]]), np.array([0.0, 2.0])),
    ]
    random = [
        (np.linalg.qr(rng.normal(size=(m, k)))[0], rng.normal(size=m).round(1))
        for m, k in ((3, 2), (4, 2), (5, 3), (6, 4))
    ]
    return tuple(by_hand + random)


def _always_from_a(Q, a):
    v = a
    for q in Q.T:
        v = a - (q @ a) * q
    return v / np.linalg.norm(v)


GRAM_SCHMIDT_STEP = Exercise(
    gram_schmidt_step,
    cases=_columns_and_vectors(),
    hints=(
        "What is the shadow of a on the space that the columns of Q span?",
        "The dots of a with the columns are Q.T @ a, and the shadow is Q @ (Q.T @ a).",
        "Take the shadow from a, and divide what is left by its length.",
    ),
    mistakes={
        "a - Q @ (Q.T @ a)": (
            "That stands at right angles to the columns, but its length is not 1 yet."
        ),
        "Q @ (Q.T @ a) / np.linalg.norm(Q @ (Q.T @ a))": (
            "That is the direction of the shadow, which lies in the span; what is left of a, "
            "without the shadow, is asked for."
        ),
        "a / np.linalg.norm(a)": (
            "That only makes a of length 1; take its shadow on the columns away first."
        ),
        "(Q @ (Q.T @ a) - a) / np.linalg.norm(a - Q @ (Q.T @ a))": (
            "It points the other way: the part of a is a minus its shadow. (np.linalg.qr may "
            "turn a column round.)"
        ),
        "a / np.linalg.norm(a) - Q @ (Q.T @ (a / np.linalg.norm(a)))": (
            "That divides by the length of a; divide by the length of what is left, once the "
            "shadow has gone."
        ),
        "(a - Q @ (Q.T @ a)) / np.sum((a - Q @ (Q.T @ a)) ** 2)": (
            "v @ v is the squared length of what is left; its root, np.linalg.norm(v), is the "
            "length."
        ),
        "(a - Q.T @ a) / np.linalg.norm(a - Q.T @ a)": (
            "Q.T @ a holds the dots, which are numbers; the shadow is each of them times its "
            "column, Q @ (Q.T @ a)."
        ),
        _always_from_a: (
            "Each shadow has to be taken from what the last one left: v = v - ..., not v = a - ..."
        ),
        "(a + Q @ (Q.T @ a)) / np.linalg.norm(a + Q @ (Q.T @ a))": (
            "The shadow has been added to a; take it away."
        ),
        "(a - (Q.T @ a).sum()) / np.linalg.norm(a - (Q.T @ a).sum())": (
            "q @ a is a number; the shadow is that number times its column, (q @ a) * q."
        ),
        "gram_schmidt_step(Q[:, :1], a)": (
            "Only the shadow on the first column has been taken away; a return inside the loop "
            "ends it too early."
        ),
    },
    why=(
        "Q @ (Q.T @ a) is the shadow of a on the columns of Q, and the rest is at right angles to "
        "each of them: Q.T @ v = Q.T @ a - Q.T @ a = 0, since Q.T @ Q is the identity."
    ),
)


def projection_matrix(A):
    """Matrix P (m, m) for which P @ b is the point of the span of A's columns nearest to b."""
    return A @ np.linalg.solve(A.T @ A, A.T)


def _matrices_of_independent_columns():
    rng = np.random.default_rng(23)
    by_hand = [
        np.array([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 3.0], [2.0, 1.0, 3.0]]),
        np.array([[3.0], [4.0]]),
        np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]),
        np.array([[1.0, 1.0], [0.0, 2.0], [0.0, 0.0]]),
        np.array([[2.0, 1.0], [0.0, 1.0]]),
        np.array([[1], [0], [2]]),
        np.array([[2.0]]),
        (np.arange(1.0, 13) ** 2).reshape(3, 4)[:, ::2],
    ]
    random = [rng.integers(-3, 4, size=shape).astype(float) for shape in ((4, 2), (5, 3))]
    random += [rng.normal(size=(4, 2)), rng.integers(-3, 4, size=(6, 4)).astype(float)]
    return tuple((A,) for A in by_hand + random)


PROJECTION_MATRIX = Exercise(
    projection_matrix,
    cases=_matrices_of_independent_columns(),
    hints=(
        "The nearest point is A x with A.T @ (b - A x) = 0. What is x?",
        "x = (A'A)^-1 A'b, so A x is a matrix times b. Which one?",
        "A @ np.linalg.solve(A.T @ A, A.T), or Q @ Q.T with Q from np.linalg.qr(A).",
    ),
    mistakes={
        "A @ A.T": (
            "A @ A.T is the projection only if the columns are orthonormal; (A.T @ A)^-1 belongs "
            "between them."
        ),
        "np.linalg.solve(A.T @ A, A.T)": (
            "That gives the coefficients x; the nearest point is A @ x."
        ),
        "np.eye(len(A)) - A @ np.linalg.solve(A.T @ A, A.T)": (
            "That leaves the residual, b minus its shadow; the shadow is asked for."
        ),
        "A @ A.T / np.sum(A**2)": (
            "Dividing by one number is right for a single column; for several, (A.T @ A)^-1 takes "
            "its place."
        ),
        "A @ (1 / (A.T @ A)) @ A.T": (
            "1 / M and M**-1 invert each entry by itself; the inverse of a matrix is "
            "np.linalg.inv(M)."
        ),
        "A / np.linalg.norm(A, axis=0) @ (A / np.linalg.norm(A, axis=0)).T": (
            "That adds the shadows on the single columns, which is right only where these stand "
            "at right angles."
        ),
        "A @ np.linalg.inv(A @ A.T) @ A.T": (
            "A @ A.T of shape (m, m) has too low a rank to be inverted; A.T @ A, of shape "
            "(n, n), can be."
        ),
        "A @ (A.T @ A) @ A.T": "A.T @ A has to be inverted, not multiplied in once more.",
        "np.eye(len(A))": (
            "That is the identity, which leaves every b where it is, as U @ U.T with all m columns "
            "of U does; only the first n span what A's columns span."
        ),
    },
    why=(
        "At the nearest point A @ x the error is at right angles to all columns, A.T @ (b - A @ "
        "x) = 0; solved for x, which independent columns allow, that is x = (A.T A)^-1 A.T b, and "
        "P is what stands before b in A @ x."
    ),
)

SHORTEST_RESIDUAL = Prediction(
    "Move A x over the floor to the point nearest to b. How does the residual r = b − A x stand "
    "there?",
    {
        "at a right angle to b": (
            "Then b and r would be the short sides of the triangle. But r stands at a right angle "
            "to the floor, on which A x lies: so r and A x are the short sides, and b is the long "
            "one."
        ),
        "at a right angle to A x only": (
            "It is, and to everything else on the floor too. If some direction of the floor were "
            "not at a right angle to r, a small step along it, forth or back, would come nearer to "
            "b."
        ),
        "that depends on the columns": (
            "How many of each it takes depends on them. The angle does not: the nearest point of a "
            "plane is straight below, whichever columns span it."
        ),
        "at a right angle to all of the floor": (
            "A step off that point along the floor is one side of a right-angled triangle with r "
            "as the other, so it leads farther from b. Both columns have the dot product 0 with r."
        ),
    },
    answer="at a right angle to all of the floor",
)
