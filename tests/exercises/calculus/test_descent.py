"""Gradient descent: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.calculus import steepest_descent

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
