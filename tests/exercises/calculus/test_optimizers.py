"""Optimisers: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import EXERCISES, answers
from mlmath_helpers.calculus import (
    DivergenceError,
    adagrad,
    adam,
    bowl,
    momentum,
    nesterov,
    rmsprop,
    steepest_descent,
)

OTHER_WAYS = {
    "momentum_step": [
        "v = beta * velocity + slope\nreturn [x - learning_rate * v, v]",
        "v = beta * velocity + slope\nreturn np.array([x - learning_rate * v, v])",
    ],
    "adam_step": [
        "b1, b2 = 0.9, 0.999\nm = m * b1 + (1 - b1) * slope\n"
        "s = s * b2 + (1 - b2) * slope * slope\nfix = np.sqrt(1 - b2**t)\n"
        "rate = learning_rate * fix / (1 - b1**t)\n"
        "return x - rate * m / (np.sqrt(s) + 1e-8 * fix), m, s",
    ],
    "newton_step": [
        "return x + np.linalg.solve(hessian, -slope)",
        "return x - np.linalg.inv(hessian) @ slope",
    ],
}

WRONG_WAYS = [
    (
        "momentum_step",
        "v = beta * velocity - slope\nreturn (x - learning_rate * v, v)",
        "The slope is added to",
    ),
    (
        "momentum_step",
        "v = beta * velocity + learning_rate * slope\nreturn (x - learning_rate * v, v)",
        "The learning rate comes in",
    ),
    (
        "adam_step",
        "m = 0.999 * m + 0.001 * slope\n"
        "s = 0.9 * s + 0.1 * slope ** 2\n"
        "mh, sh = (m / (1 - 0.999 ** t), s / (1 - 0.9 ** t))\n"
        "return (x - learning_rate * mh / (np.sqrt(sh) + 1e-08), m, s)",
        "The betas are swapped: m",
    ),
    (
        "newton_step",
        "return np.linalg.solve(hessian, x - slope)",
        "Only the slope is divided",
    ),
]

NOT_SAID = [
    ("newton_step", "return x - 0.5 * slope", "the Hessian is not used"),
    ("momentum_step", "return x - learning_rate * velocity, velocity", "the new velocity"),
]


def test_a_momentum_step_is_that_of_the_course_when_it_starts_at_rest():
    for _, (x, _, slope, rate, beta) in answers("momentum_step"):
        first = EXERCISES["momentum_step"].reference(x, 0 * x, slope, rate, beta)
        second = EXERCISES["momentum_step"].reference(*first, slope, rate, beta)
        path = momentum(lambda _, g=slope: g, x, learning_rate=rate, n_steps=2, beta=beta)
        assert path[1] == pytest.approx(first[0])
        assert path[2] == pytest.approx(second[0])


def test_adam_steps_are_those_of_the_course_when_they_start_at_rest():
    for _, (x, slope, _, _, _, rate) in answers("adam_step"):
        step = EXERCISES["adam_step"].reference
        first = step(x, slope, 0 * x, 0 * x, 1, rate)
        second = step(first[0], slope, *first[1:], 2, rate)
        path = adam(lambda _, g=slope: g, x, learning_rate=rate, n_steps=2)
        assert path[1] == pytest.approx(first[0])
        assert path[2] == pytest.approx(second[0])


def test_after_a_newton_step_the_linear_model_of_the_gradient_is_zero():
    for after, (x, slope, hessian) in answers("newton_step"):
        assert slope + hessian @ (after - x) == pytest.approx(np.zeros(len(x)), abs=1e-12)


def _too_fast():
    """Return who leaves the ravine at a rate of one half."""
    gone = set()
    for rule in (steepest_descent, momentum, nesterov, adagrad, rmsprop, adam):
        try:
            path = rule(bowl((1.0, 50.0)).gradient, [-2.6, 0.8], learning_rate=0.5, n_steps=100)
        except DivergenceError as error:
            path = error.path
        if np.abs(path).max() > 100:
            gone.add(rule)
    groups = {
        "all of these six": {steepest_descent, momentum, nesterov, adagrad, rmsprop, adam},
        "descent, momentum and Nesterov": {steepest_descent, momentum, nesterov},
        "those with a memory: momentum, Nesterov, Adam": {momentum, nesterov, adam},
        "plain descent alone: memory calms the others": {steepest_descent},
    }
    return next((choice for choice, group in groups.items() if group == gone), None)


PREDICTED = {"too_fast": _too_fast}
