"""The derivative: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers

OTHER_WAYS = {
    "central_difference": [
        "return (f(x + h) - f(x - h)) / 2 / h",
        "left, right = x - h, x + h\nreturn (f(right) - f(left)) / (right - left)",
        "return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2",
    ],
    "best_step": [
        "return (3 * error / third) ** (1 / 3)",
        "h = np.geomspace(1e-3, 1e3, 100)\nfor _ in range(60):\n"
        "    i = np.clip(np.argmin(error / h + third * h**2 / 6), 1, len(h) - 2)\n"
        "    h = np.geomspace(h[i - 1], h[i + 1], 100)\n    if h[-1] / h[0] < 1 + 1e-7:\n"
        "        break\nreturn h[50]",
    ],
}

WRONG_WAYS = [
    (
        "central_difference",
        "return (f(x + h) - f(x)) / (2 * h)",
        "From x to x +",
    ),
    (
        "best_step",
        "return (3 * error / third) ** 0.33",
        "0.33 is not 1/3: write",
    ),
    (
        "best_step",
        "return np.cbrt(3 * error) / third",
        "The whole fraction stands under",
    ),
]

NOT_SAID = [
    ("central_difference", "return (f(h) - f(-h)) / (2 * h)", "forward difference"),
    ("best_step", "return 0.6", "That is"),  # right in the first case alone
    ("best_step", "return error + 0.5", "third root"),
]


def test_a_central_difference_is_near_the_slope_found_by_hand():
    slopes = {"square": lambda x: 2 * x, "sin": np.cos, "exp": np.exp, "cos": lambda x: -np.sin(x)}
    for slope, (f, x, h) in answers("central_difference"):
        if f.__name__ in slopes:
            assert slope == pytest.approx(slopes[f.__name__](x), abs=h**2)


def test_no_other_step_has_a_smaller_bound_on_its_error():
    for h, (error, third) in answers("best_step"):
        bound = [error / step + third * step**2 / 6 for step in (0.99 * h, h, 1.01 * h)]
        assert min(bound) == bound[1]
