"""The derivative: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.calculus import derivative
from mlmath_helpers.exercises.calculus import PREDICTIONS

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


def _widest_delta():
    """Return where the slopes of secants stay within a tolerance for the longest."""

    def f(x):
        return x**3 / 3 - x

    places = np.linspace(-2, 1, 31).round(12)
    h = np.linspace(0.005, 3, 600)
    h = np.concatenate([-h, h])
    best = set()
    for tolerance in (0.05, 0.4, 1.0):
        deltas = []
        for x in places:
            off = np.abs(derivative(f, x, h=h, scheme="forward") - derivative(f, x))
            deltas.append(np.abs(h[off >= tolerance]).min())
        best |= set(places[np.isclose(deltas, max(deltas))])
    by_place = {
        "at x = −2, where the curve is steepest": {-2.0},
        "at x = −1 and x = 1, where the tangent is level": {-1.0, 1.0},
        "at x = 0, half-way down": {0.0},
        "all places need the same δ": set(places),
    }
    return next((choice for choice, at in by_place.items() if at == best), None)


def _best_forward():
    """Return how many digits are right at the best step, luck left out."""
    h = 10.0 ** np.linspace(-15, -1, 281)
    slope = -1 / 1.125**2
    error = np.abs(derivative(lambda x: 1 / (1 + x), 0.125, h=h, scheme="forward") / slope - 1)
    around = np.lib.stride_tricks.sliding_window_view(error, 11).max(axis=1)  # half a decade
    digits = -np.log10(around.min())
    choices = {text: float(text.split()[-1]) for text in PREDICTIONS["best_forward"].choices}
    return min(choices, key=lambda choice: abs(choices[choice] - digits))


PREDICTED = {"widest_delta": _widest_delta, "best_forward": _best_forward}
