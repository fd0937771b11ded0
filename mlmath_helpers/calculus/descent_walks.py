"""What all walks downhill share: a path, and words for the case that it leaves the numbers."""

import functools
import itertools

import numpy as np

from .._arguments import checked, function, positive, vector, whole_number


class DivergenceError(ArithmeticError):
    """A walk left the numbers, or ended no lower than it began.

    ``path`` holds the points it reached; from `gradient_descent`, which keeps none, only the
    start and the last.
    """

    def __init__(self, message, path):
        super().__init__(message)
        self.path = path


class TooSteep(Exception):
    """The squares of slopes are beyond all doubles."""


def walk(**kinds):
    """Turn a rule that yields point after point into a function that returns their path.

    The rule may trust its arguments (``kinds`` are those of its own, as in `checked`), and each
    slope it asks for. The path has shape (n_steps + 1, d), and its row 0 is the start.
    """
    shared = {"grad": function, "start": vector, "learning_rate": positive, "n_steps": _steps}

    def decorate(rule):
        @checked(**shared, **kinds)
        @functools.wraps(rule)
        def path_of(grad, start, **settings):
            path = [start]
            with np.errstate(over="ignore", invalid="ignore"):  # refused in words
                try:
                    for point in rule(refusing(grad, path), start, **settings):
                        path.append(point)
                except TooSteep:
                    raise DivergenceError(
                        f"slopes are beyond 1e154, and their squares beyond all doubles, after "
                        f"{len(path)} steps; divide the function by a power of ten",
                        np.array(path),
                    ) from None
            if not np.isfinite(path[-1]).all():
                raise _diverged(len(path) - 1, path)
            return np.array(path)

        return path_of

    return decorate


def refusing(grad, path):
    """Return grad, which then refuses where it, or the point it is asked at, is not finite."""
    steps = itertools.count()

    def slope_at(x):
        t = next(steps)
        if not np.isfinite(x).all():
            raise _diverged(t, path)
        try:
            slope = np.asarray(grad(x.copy()), dtype=float)
        except (OverflowError, FloatingPointError):  # raised where numpy's numbers become inf
            raise _diverged(t, path) from None
        if slope.shape != np.shape(x):
            raise ValueError(f"grad(x) must have the shape of x, {np.shape(x)}, not {slope.shape}")
        if not np.isfinite(slope).all():
            if t == 0:
                raise ValueError(f"grad is {slope} at the start: begin where the slope is finite")
            raise _diverged(t, path)
        return slope

    return slope_at


def _steps(value, name):
    return whole_number(value, name, at_least=0)


def _diverged(t, path):
    finite = [point for point in path if np.isfinite(point).all()]
    return DivergenceError(
        f"the walk diverged: beyond all doubles after {t} steps; take a smaller learning_rate",
        np.array(finite),
    )
