"""Your turn in the section "Regularisation"."""

import numpy as np

from .._engine.exercise import Exercise, with_gaps
from .._engine.prediction import Prediction


def soft_threshold(z, alpha):
    """Each entry of z moved towards 0 by alpha, and 0 where alpha reaches it."""
    return np.sign(z) * np.maximum(np.abs(z) - alpha, 0)


SOFT_THRESHOLD = Exercise(
    soft_threshold,
    cases=(
        (np.array([3.0, -2.5, 0.5, -0.25]), 0.75),
        (np.array([3.0, -2.0, 0.5]), 1.0),
        (np.array([1.0, -2.0, 4.0, -0.1]) / 3, 1 / 7),
        (np.array([1.0, -1.0, 0.0]), 1.0),
        (np.array([4, -7, 2]), 3),
        (np.array([2.5]), 0.0),
        (np.array([0.1, -0.2]), 10.0),
        (np.arange(-6.0, 6.0)[::2], 2.5),
        (np.array([-0.3, 0.8, -1.7, 12.0]), 0.25),
    ),
    hints=(
        "Which part is the size of an entry, and which part is its direction?",
        "Take alpha from the size, but not below 0: np.maximum(np.abs(z) - alpha, 0).",
        "Multiply that by np.sign(z).",
    ),
    mistakes={
        "np.maximum(np.abs(z) - alpha, 0)": (
            "The sizes are right; give each back its sign with np.sign(z)."
        ),
        "np.sign(z) * (np.abs(z) - alpha)": (
            "Entries smaller than alpha come out beyond 0; cut their size off at 0."
        ),
        "z - alpha": "Negative entries must move up, towards 0; this moves all down.",
        "np.where(np.abs(z) > alpha, z, 0)": (
            "That is the hard threshold: what stays must also move towards 0 by alpha."
        ),
        "z / (1 + alpha)": (
            "That is what ridge does: it shrinks all in proportion and sets none to 0."
        ),
        "np.maximum(z - alpha, 0)": (
            "That sets negative entries to 0; they move towards 0 from below."
        ),
        "np.sign(z) * np.maximum(np.abs(z) - alpha / 2, 0)": (
            "Each entry moves by alpha, not by half of it."
        ),
        "np.sign(z) * (np.abs(z) + alpha)": (
            "That moves each entry away from 0; alpha is taken from its size."
        ),
        "np.clip(z, -alpha, alpha)": (
            "That is what the threshold takes away from z; subtract it from z."
        ),
        "np.where(np.abs(z) > alpha, z - alpha, 0)": (
            "Negative entries move up: there it is z + alpha."
        ),
    },
    why=(
        "np.maximum(np.abs(z) - alpha, 0) is the distance from 0 that is left: alpha less, and "
        "never below 0. The sign sets it back on the side from which it came."
    ),
)


def ridge_closed_form(X, y, alpha):
    """Weights (d,) that make |y - X w|^2 + alpha |w|^2 least, for centred X (n, d) and y."""
    return np.linalg.solve(X.T @ X + alpha * np.eye(X.shape[1]), X.T @ y)


def _centred_data():
    rng = np.random.default_rng(46)
    by_hand = [
        (
            np.array([[-2.0, 1, 0], [0, -3, 1], [1, 1, 2], [3, 0, -4], [-2, 1, 1]]),
            np.array([-3.0, 0, 2, 5, -4]),
            1.5,
        ),
        (np.array([[-1], [0], [1]]), np.array([-3, 1, 2]), 1),
        (np.array([[0.0]]), np.array([0.0]), 1.0),
        (np.array([[1.0, 1.0], [-1.0, -1.0]]), np.array([2.0, -2.0]), 0.5),
        (np.array([[-1.0], [1.0]]), np.array([-1.0, 1.0]), 0.0),
        (with_gaps(np.array([[-4.0, 1], [1, -3], [3, 2]])), np.array([1.0, 0.0, -1.0]), 3.0),
    ]
    for n, d, alpha in ((6, 3, 0.7), (3, 4, 5.0), (9, 2, 100.0)):
        X, y = rng.normal(0, 2, (n, d)), rng.normal(0, 3, n)
        by_hand.append((X - X.mean(axis=0), y - y.mean(), alpha))
    return tuple(by_hand)


RIDGE_CLOSED_FORM = Exercise(
    ridge_closed_form,
    cases=_centred_data(),
    hints=(
        "Set the gradient to zero: -2 X'(y - X w) + 2 alpha w = 0. Which linear system is that?",
        "(X'X + alpha I) w = X'y, where I is np.eye(d) and d the number of columns.",
        "np.linalg.solve(X.T @ X + alpha * np.eye(X.shape[1]), X.T @ y)",
    ),
    mistakes={
        "np.linalg.solve(X.T @ X + alpha, X.T @ y)": (
            "X.T @ X + alpha adds alpha to every entry; add it to the diagonal only: "
            "alpha * np.eye(d)."
        ),
        "np.linalg.solve(X.T @ X + alpha**2 * np.eye(X.shape[1]), X.T @ y)": (
            "alpha enters as it is, not squared."
        ),
        "np.linalg.pinv(X) @ y": "That is plain least squares; the penalty alpha is missing.",
        "np.linalg.solve(X.T @ X + len(X) * alpha * np.eye(X.shape[1]), X.T @ y)": (
            "That is the penalty for a mean of squares; here the squares are summed, "
            "so alpha stands alone."
        ),
        "X.T @ y / (1 + alpha)": (
            "That is right only where the columns are orthogonal and of length 1; solve the system."
        ),
        "np.linalg.solve(X.T @ X + 2 * alpha * np.eye(X.shape[1]), X.T @ y)": (
            "Both terms of the gradient carry a 2, so it cancels; add alpha, not 2 alpha."
        ),
        "np.linalg.solve(X.T @ X, X.T @ y) / (1 + alpha)": (
            "Dividing all weights by 1 + alpha is right only where the columns are orthogonal and "
            "of length 1; alpha belongs into the system."
        ),
        "np.linalg.solve(X.T @ X + alpha / 2 * np.eye(X.shape[1]), X.T @ y)": (
            "Both terms of the gradient carry a 2, and it cancels: alpha is not halved."
        ),
        "np.linalg.solve(X.T @ X - alpha * np.eye(X.shape[1]), X.T @ y)": (
            "The penalty is added: X.T @ X + alpha * np.eye(d)."
        ),
        "np.linalg.solve(X.T @ X + np.sqrt(alpha) * np.eye(X.shape[1]), X.T @ y)": (
            "alpha enters as it is; you took its root."
        ),
    },
    why=(
        "The gradient, 2 X.T (X w - y) + 2 alpha w, is 0 where (X.T X + alpha I) w = X.T y; the "
        "sum is convex, so it is least there."
    ),
)

ONE_WEIGHT_ZERO = Prediction(
    "Two weights, and alpha grows. Which penalty makes one of them exactly 0 while the other is "
    "still there?",
    {
        "the lasso, with its diamond": (
            "The diamond's corners lie on the axes. From some alpha on the ring meets it in the "
            "corner where blood pressure has weight 0, and stays there while the other shrinks on."
        ),
        "ridge, with its circle": (
            "A circle has no corners, so nothing holds the point where the ring meets it on an "
            "axis. Here ridge shrinks both weights, and neither is 0 at any alpha."
        ),
        "both, if alpha is large enough": (
            "The lasso does. Ridge's price, on the square, asks less and less for the last bit on "
            "the way to 0: here both of its weights get smaller for ever, and neither is 0."
        ),
        "neither: a price only makes weights smaller": (
            "So it is with ridge here. The lasso's price asks as much for the last bit of a weight "
            "as for the first, and so the last bit goes too: blood pressure becomes exactly 0."
        ),
    },
    answer="the lasso, with its diamond",
)

LEAST_ERROR = Prediction(
    "With a larger alpha the sixty patients are never fitted better. At which alpha is the error "
    "on the 382 others least?",
    {
        "at the smallest, where the fit is best": (
            "The best fit has also learned what was luck in the sixty. Without a penalty the error "
            "on the others is 58.3; at an alpha near 50 the lasso's is 55.4."
        ),
        "somewhere in between": (
            "A small price takes away weights that followed luck, a large one those that knew "
            "something. The lasso's error is 58.3 without a penalty, 55.4 at an alpha near 50, and "
            "76.4 with all weights 0."
        ),
        "at the largest, where no weight is left": (
            "No weight follows luck there, but none knows anything either: everyone is predicted "
            "to have the mean of the sixty, and the error is 76.4. At an alpha near 50 the lasso's "
            "is 55.4."
        ),
    },
    answer="somewhere in between",
)
