"""Gradient descent: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.calculus import bowl, steepest_descent

OTHER_WAYS = {
    "descent_step": [
        "return [a - learning_rate * g for a, g in zip(x, slope)]",
        "x = x.astype(float)\nx -= learning_rate * slope\nreturn x",
    ],
    "largest_stable_rate": [
        "return 2 / np.linalg.norm(A, 2)",
        "return 2 / max(np.linalg.eigvals(A).real)",
        "return min(2 / a for a in np.linalg.eigvalsh(A))",
    ],
}

NOT_SAID = [
    ("largest_stable_rate", "return np.linalg.eigvalsh(A).max() / 2", "condition number"),
    ("largest_stable_rate", "return 2 / np.sum(A)", "flat direction"),
    ("largest_stable_rate", "return 1.0", "flat direction"),
    ("descent_step", "return x - learning_rate * x", "uphill"),
]


def test_a_descent_step_is_that_of_the_course():
    for after, (x, slope, rate) in answers("descent_step"):
        path = steepest_descent(lambda _, g=slope: g, x, learning_rate=rate, n_steps=1)
        assert path[1] == pytest.approx(after)


def test_below_the_largest_stable_rate_descent_shrinks_and_above_it_grows():
    for limit, (A,) in answers("largest_stable_rate"):
        assert np.array_equal(A, A.T)
        for share, shrinks in ((0.99, True), (1.01, False)):
            step = np.eye(len(A)) - share * limit * A
            assert (np.abs(np.linalg.eigvalsh(step)).max() < 1) == shrinks


def _two_rates():
    """Return which of two walks on a parabola ends nearer to its minimum."""
    ends = [
        abs(steepest_descent(lambda x: 2 * x, [3.0], learning_rate=rate, n_steps=25)[-1, 0])
        for rate in (0.1, 0.9)
    ]
    if np.isclose(*ends, rtol=1e-6):
        return "neither: they end equally near"
    return (
        "the one at 0.1: it never overshoots"
        if ends[0] < ends[1]
        else "the one at 0.9: its steps are longer"
    )


def _steps_to_a_thousandth(condition):
    """Return the fewest steps, of many rates, after which no more than a thousandth is left."""
    fewest = np.inf
    for rate in np.linspace(0.9, 1.0, 41)[:-1] * 2 / condition:  # below it the flat part is slower
        path = steepest_descent(
            bowl((1.0, condition)).gradient, [1.0, 1.0], learning_rate=rate, n_steps=300
        )
        arrived = np.flatnonzero(np.abs(path).max(axis=1) <= 1e-3)
        fewest = min([fewest, *arrived[:1]])
    return fewest


def _long_valley():
    """Return how many times as many steps a valley takes of four times the condition number."""
    times = _steps_to_a_thousandth(60.0) / _steps_to_a_thousandth(15.0)
    choices = {
        "as many: the best rate makes up for it": 1,
        "twice as many": 2,
        "four times as many": 4,
        "sixteen times as many": 16,
    }
    return min(choices, key=lambda choice: abs(np.log(choices[choice] / times)))


PREDICTED = {"two_rates": _two_rates, "long_valley": _long_valley}
