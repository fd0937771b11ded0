"""Your turn in the section "Linear regression"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def r_squared(y, fitted):
    """Share of the squares of y around its mean that the fitted values take away."""
    return 1 - ((y - fitted) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def _targets_and_fits():
    rng = np.random.default_rng(44)
    by_hand = [
        (np.array([1.0, 3.0, 8.0, 4.0]), np.array([2.5, 2.0, 6.0, 5.0])),
        (np.array([1.0, 2.0, 6.0]), np.array([2.0, 3.0, 4.0])),
        (np.array([-5.0, 2.0, -1.0, 7.0]), np.array([-3.0, 1.0, 1.0, 4.0])),
        (np.array([1, 2, 3, 4]), np.array([1.5, 1.5, 3.5, 3.5])),
        (np.array([1.0, 3.0]), np.array([1.0, 3.0])),
        (np.array([1.0, 3.0, 5.0]), np.array([3.0, 3.0, 3.0])),
        (np.array([1.0, 3.0, 5.0]), np.array([9.0, 3.0, -4.0])),
        (np.arange(8.0)[::2], np.arange(8.0)[::-2]),
    ]
    random = [tuple(rng.normal(3, 2, (2, n)).round(1)) for n in (4, 9)]
    return tuple(by_hand + random)


R_SQUARED = Exercise(
    r_squared,
    cases=_targets_and_fits(),
    hints=(
        "Two errors are compared: that of the fit, and that of always saying what?",
        "Always saying the mean: sum the squares of y - fitted, and those of y - y.mean().",
        "R squared is 1 minus the first sum over the second.",
    ),
    mistakes={
        "((y - fitted) ** 2).sum() / ((y - y.mean()) ** 2).sum()": (
            "That is the share that is left; 1 minus it is R squared."
        ),
        "1 - ((y - fitted) ** 2).sum() / (y**2).sum()": (
            "You compare with always saying 0; compare with the mean of y."
        ),
        "((fitted - y.mean()) ** 2).sum() / ((y - y.mean()) ** 2).sum()": (
            "That equals R squared only for a least-squares fit with intercept; "
            "for any other prediction use the residuals."
        ),
        "1 - np.var(y - fitted) / np.var(y)": (
            "The variance of the residuals forgives a wrong level; sum their squares instead."
        ),
        "np.corrcoef(y, fitted)[0, 1] if np.ptp(fitted) else 0.0": (
            "That is a correlation, which forgives a wrong scale; compare the squares."
        ),
        "np.corrcoef(y, fitted)[0, 1] ** 2 if np.ptp(fitted) else 0.0": (
            "The squared correlation forgives a wrong scale and a wrong level; "
            "compare the squares of the residuals."
        ),
        "1 - np.abs(y - fitted).sum() / np.abs(y - y.mean()).sum()": (
            "Squares are compared, not sizes."
        ),
        "((y - fitted) ** 2).sum()": (
            "That is the sum of the squared residuals; put it in relation to that of the mean."
        ),
        "1 - np.sqrt(((y - fitted) ** 2).sum() / ((y - y.mean()) ** 2).sum())": (
            "The sums of squares are compared as they are; you took their roots."
        ),
        "1 - ((y - fitted) ** 2).sum() / ((y - fitted.mean()) ** 2).sum()": (
            "The rival always says the mean of y, not the mean of what is fitted."
        ),
        "np.var(fitted) / np.var(y)": (
            "That compares how much the fitted values spread with how much y does, wherever they "
            "lie; R squared needs the residuals, y - fitted."
        ),
        "1 - ((y - y.mean()) ** 2).sum() / ((y - fitted) ** 2).sum()": (
            "The fraction is upside down: the squares of the residuals stand above the line."
        ),
        "(1 - ((y - fitted) ** 2).sum()) / ((y - y.mean()) ** 2).sum()": (
            "The brackets take 1 into the fraction; only the squares of the residuals stand "
            "above the line."
        ),
        "1 - np.mean((y - fitted) ** 2) / np.var(y, ddof=1)": (
            "The mean of the squared residuals has n below it, and a variance with ddof=1 has "
            "n - 1; compare the sums."
        ),
        "1 - np.mean((y - fitted) ** 2) / ((y - y.mean()) ** 2).sum()": (
            "A mean is compared with a sum there; take the sum of the squares both times."
        ),
        "1 - np.var(y - fitted, ddof=1) / np.var(y)": (
            "Sums of squares are compared; a variance takes a mean away first, and these two do "
            "not even divide by the same number."
        ),
    },
)


def residual_dots(X, y, weights):
    """Dots of the residuals with ones and each column of X; weights[0] is the intercept."""
    residuals = y - weights[0] - X @ weights[1:]
    return np.array([residuals.sum(), *(X.T @ residuals)])


def _planes():
    rng = np.random.default_rng(45)
    by_hand = [
        (
            np.array([[1.0, 0, 3], [2, 1, 0], [4, -1, 1], [0, 5, 2], [3, 2, -2]]),
            np.array([2.0, 3, 9, 5, 7]),
            np.array([1.0, 2.5, -0.5, 4]),
        ),
        (np.array([[1.0], [2.0], [4.0]]), np.array([2.0, 3.0, 9.0]), np.array([1.0, 2.0])),
        (np.array([[1.0, 2.0], [4.0, 5.0], [2.0, 7.0]]) / 3, np.ones(3) / 7, np.ones(3) / 11),
        (np.array([[0, 1], [1, 0], [2, 3]]), np.array([1, 2, 4]), np.array([1, 0, 2])),
        (np.array([[5.0, 2.0]]), np.array([3.0]), np.array([1.0, 1.0, -1.0])),
        (np.zeros((2, 1)), np.array([1.0, -1.0]), np.array([0.0, 3.0])),
        (np.arange(16.0).reshape(4, 4)[:, ::2], np.arange(8.0)[::2], np.array([1.0, 0.5, 0.0])),
    ]
    random = [
        tuple(rng.normal(0, 2, shape).round(1) for shape in ((n, d), n, d + 1))
        for n, d in ((5, 2), (3, 4))
    ]
    return tuple(by_hand + random)


def _intercept_last(X, y, weights):
    A = np.column_stack([X, np.ones(len(y))])
    return A.T @ (y - A @ weights)


RESIDUAL_DOTS = Exercise(
    residual_dots,
    cases=_planes(),
    hints=(
        "What does the plane say for each row, intercept included, and what is left of y?",
        "residuals = y - weights[0] - X @ weights[1:]; the dot product with ones is their sum.",
        "X.T @ residuals gives the other dot products; put the sum in front.",
    ),
    mistakes={
        "X.T @ (y - weights[0] - X @ weights[1:])": (
            "The column of ones is missing: put the sum of the residuals in front."
        ),
        "residual_dots(X, y, np.array([0, *weights[1:]]))": (
            "You left the intercept weights[0] out of the residuals."
        ),
        "-residual_dots(X, y, weights)": (
            "The sign is turned: a residual is y minus the fitted value."
        ),
        "np.array([(y - weights[0] - X @ weights[1:]).mean(), "
        "*(X.T @ (y - weights[0] - X @ weights[1:]))])": (
            "The first number is a sum, the dot product with ones, not the mean."
        ),
        "np.array([y.sum(), *(X.T @ y)])": (
            "Those are dot products with y; subtract the fitted values from y first."
        ),
        "residual_dots(X, y, np.array([weights[-1], *weights[:-1]]))": (
            "The intercept comes first in weights: the slopes are weights[1:]."
        ),
        _intercept_last: "The intercept comes first: in weights, and so the ones in front of X.",
        "np.array([((y - weights[0] - X @ weights[1:]) ** 2).sum(), *(X.T @ (y - weights[0] - X @ "
        "weights[1:]) ** 2)])": "The residuals enter as they are; you squared them.",
        "np.array([(y - weights[0] + X @ weights[1:]).sum(), *(X.T @ (y - weights[0] + X @ "
        "weights[1:]))])": (
            "The fitted value is taken away as a whole: y - (weights[0] + X @ weights[1:])."
        ),
        "residual_dots(X, y, weights) / len(y)": (
            "Those are means over the rows; a dot product is a sum."
        ),
    },
    why="A dot product with ones is a sum, so the first of them is the sum of the residuals.",
)

STEEPER_LINE = Prediction(
    "You have given a line of slope 1.5 its best intercept for these points. Now you turn it to "
    "slope 2. Where is the best intercept now?",
    {
        "lower": (
            "The best line of any slope passes through the means, x = 3 and y = 6.1. Steeper by "
            "0.5, it begins lower by 0.5 · 3 = 1.5. That is why the valley on the map is slanted."
        ),
        "where it was": (
            "Slope and intercept are two numbers, but not two problems. The best line of any slope "
            "passes through the means, x = 3 and y = 6.1; turned about that point, it meets x = 0 "
            "elsewhere."
        ),
        "higher": (
            "A steeper line rises more on its way to the points, which all lie to the right of 0. "
            "To stay among them it has to begin lower: by 0.5 · 3 = 1.5, as the mean of x is 3."
        ),
    },
    answer="lower",
)

NO_BEND_LEFT = Prediction(
    "A line of miles per gallon by weight is too low at both ends: a bend is left over. Which "
    "change takes the bend away?",
    {
        "add the year": (
            "R squared rises from 0.69 to 0.81, which sounds like a cure. But the bend is one in "
            "the weight: it is still there, and stands out more against what is left beside it."
        ),
        "add the year, predict the logarithm": (
            "The logarithm evens out the spread, and it does bend the right way, but not far "
            "enough: at low fits the residuals still average +0.5, in the middle −0.2."
        ),
        "add the year, predict gallons per 100 miles": (
            "The fuel for a way is nearly linear in the weight, so that its inverse, miles per "
            "gallon, cannot be. Turned over, residuals average about 0.1 or less all along."
        ),
    },
    answer="add the year, predict gallons per 100 miles",
)

LIFTED_CAR = Prediction(
    "Ten cars have their line of miles per gallon by weight, and yours is fitted with them. Where "
    "can you lift it as high as you like, and the slope stays as it was?",
    {
        "at the mean weight of the ten": (
            "In the slope each car counts by its distance from the mean weight, and yours has "
            "none. The line goes up as a whole, by an eleventh of the way that you lift the car. "
            "(The mean is 2.903; at 2.9, the nearest stop, the slope moves by 0.01.)"
        ),
        "far to the right, where it is alone": (
            "Alone there, nobody holds the line against it. At 8 thousand lb, lifted to 50 miles "
            "per gallon, your car turns the slope from −8.1 to +2.0."
        ),
        "nowhere: every car counts": (
            "Every car counts for the height of the line. For its slope a car counts by its "
            "distance from the mean weight, and at the mean weight of the ten that is 0."
        ),
    },
    answer="at the mean weight of the ten",
)
