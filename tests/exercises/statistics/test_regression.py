"""Linear regression: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import optimize

from exercises.learner import EXERCISES, answers
from mlmath_helpers.datasets import load_auto_mpg
from mlmath_helpers.statistics import linear_regression, regression_summary

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


def _steeper_line():
    """Return where the best intercept of a line goes that gets steeper."""
    x, y = np.arange(1.0, 6.0), np.array([2.1, 4.2, 6.1, 7.9, 10.2])
    before, now = (
        linear_regression(np.ones((5, 1)), y - slope * x, intercept=False)[0] for slope in (1.5, 2)
    )
    if np.isclose(before, now):
        return "where it was"
    return "lower" if now < before else "higher"


def _no_bend_left():
    """Return the change after which the mean residuals at low, middle and high fits agree best."""
    cars = load_auto_mpg()
    known = ~np.isnan(cars.X).any(axis=1)
    columns = cars.X[known][:, [cars.names.index("weight"), cars.names.index("model year")]]
    miles, bends = cars.y[known], {}
    for change, y in (
        ("add the year", miles),
        ("add the year, predict the logarithm", np.log(miles)),
        ("add the year, predict gallons per 100 miles", 100 / miles),
    ):
        fit = regression_summary(columns, y)
        standard = fit.residuals / (fit.residual_sd * np.sqrt(1 - fit.leverage))
        place = (y - fit.residuals - (y - fit.residuals).min()) / np.ptp(y - fit.residuals)
        parts = place < 0.25, (place >= 0.25) & (place < 0.75), place >= 0.75
        bends[change] = np.ptp([standard[part].mean() for part in parts])
    return min(bends, key=bends.get)


def _lifted_car():
    """Return where one more car can be lifted, and the slope stays as it was."""
    cars = load_auto_mpg()
    chosen = np.arange(5, 365, 36)
    weights, miles = cars.X[chosen, cars.names.index("weight")] / 1000, cars.y[chosen]
    for place, weight in (
        ("far to the right, where it is alone", 8.0),
        ("at the mean weight of the ten", weights.mean()),
    ):
        X = np.append(weights, weight)[:, np.newaxis]
        low, high = (linear_regression(X, np.append(miles, height))[1] for height in (0, 50))
        if np.isclose(low, high):
            return place
    return "nowhere: every car counts"


PREDICTED = {
    "steeper_line": _steeper_line,
    "no_bend_left": _no_bend_left,
    "lifted_car": _lifted_car,
}
