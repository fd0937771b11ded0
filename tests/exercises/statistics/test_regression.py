"""Linear regression: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import optimize

from exercises.learner import EXERCISES, answers

OTHER_WAYS = {
    "r_squared": [
        "return 1 - np.mean((y - fitted) ** 2) / np.var(y)",
        "r, z = y - fitted, y - np.mean(y)\nreturn 1 - r @ r / (z @ z)",
    ],
    "residual_dots": [
        "A = np.column_stack([np.ones(len(X)), X])\nreturn A.T @ (y - A @ weights)",
        "r = y - (weights[0] + X @ weights[1:])\nreturn [sum(r)] + [r @ column for column in X.T]",
    ],
}

WRONG_WAYS = [
    (
        "r_squared",
        "return np.var(fitted) / np.var(y)",
        "That compares how much the",
    ),
    (
        "r_squared",
        "return 1 - ((y - y.mean()) ** 2).sum() / ((y - fitted) ** 2).sum()",
        "The fraction is upside down:",
    ),
    (
        "r_squared",
        "return (1 - ((y - fitted) ** 2).sum()) / ((y - y.mean()) ** 2).sum()",
        "The brackets take 1 into",
    ),
    (
        "r_squared",
        "return 1 - np.mean((y - fitted) ** 2) / np.var(y, ddof=1)",
        "The mean of the squared",
    ),
    (
        "r_squared",
        "return 1 - np.mean((y - fitted) ** 2) / ((y - y.mean()) ** 2).sum()",
        "A mean is compared with",
    ),
    (
        "residual_dots",
        "r = y - weights[0] - X @ weights[1:]\nreturn np.append(r.sum(), X.T @ r) / len(y)",
        "Those are means over the",
    ),
    (
        "residual_dots",
        "r = y - weights[0] + X @ weights[1:]\nreturn np.append(r.sum(), X.T @ r)",
        "The fitted value is taken",
    ),
]

NOT_SAID = [
    (
        "r_squared",
        "r2 = 1 - ((y - fitted) ** 2).sum() / ((y - y.mean()) ** 2).sum()\n"
        "return 1 - (1 - r2) * (len(y) - 1) / (len(y) - 2) if len(y) > 2 else r2",
        "least-squares fit with intercept",
    ),
    ("r_squared", "return 0.5", "forgives"),
    ("residual_dots", "return np.zeros(X.shape[1] + 1)", "sign is turned"),
]

EQUIVALENT = {
    "r_squared": {
        "return 1 - ((fitted - y) ** 2).sum() / ((y - y.mean()) ** 2).sum()": (
            "a square or a size does not mind the sign"
        ),
        "return 1 - ((y - fitted) ** 2).sum() / ((y.mean() - y) ** 2).sum()": (
            "a square or a size does not mind the sign"
        ),
    },
    "residual_dots": {
        "return [residuals.sum(), *X.T @ residuals]": "a list of the same numbers is accepted",
    },
}


def test_r_squared_is_one_for_a_perfect_fit_zero_for_the_mean_and_can_be_negative():
    values = {tuple(fitted): value for value, (_, fitted) in answers("r_squared")}
    assert values[1.0, 3.0] == 1
    assert values[3.0, 3.0, 3.0] == 0
    assert min(values.values()) < 0


def test_r_squared_is_the_squared_correlation_for_a_least_squares_fit():
    x, y = np.arange(6.0), np.array([1.0, 3.0, 2.0, 5.0, 4.0, 7.0])
    fitted = np.polyval(np.polyfit(x, y, 1), x)
    assert EXERCISES["r_squared"].reference(y, fitted) == pytest.approx(
        np.corrcoef(x, y)[0, 1] ** 2
    )


def test_the_residual_dots_are_minus_half_the_gradient_of_the_squares():
    for dots, (X, y, weights) in answers("residual_dots"):

        def squares(w, X=X, y=y):
            return ((y - w[0] - X @ w[1:]) ** 2).sum()

        gradient = optimize.approx_fprime(np.asarray(weights, dtype=float), squares, 1e-7)
        assert dots == pytest.approx(-gradient / 2, abs=1e-3)
