"""Gradient descent, and landscapes to walk down.

A walk takes the gradient as a function and returns the whole path, one row a point, row 0 the
start. Only `gradient_descent` returns the last point alone.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .._arguments import function, number, real_array, vector, whole_number


class DivergenceError(ArithmeticError):
    """A walk left the numbers, or ended no lower than it began.

    ``path`` holds the points it reached; from `gradient_descent`, which keeps none, only the
    start and the last.
    """

    def __init__(self, message, path):
        super().__init__(message)
        self.path = path


@np.errstate(over="ignore", invalid="ignore")  # what overflows is refused below, in words
def gradient_descent(f, grad_f, x0, learning_rate=0.01, max_iter=1000, tol=1e-6):
    """Minimise f by steps against its gradient, x <- x - learning_rate grad_f(x).

    Parameters
    ----------
    f : callable
        The function to minimise. It is only asked, at the end, whether it fell.
    grad_f : callable
        Its gradient, of the same shape as x.
    x0 : float or array_like, shape (d,)
    learning_rate : float
        Above 0. For a smooth f with curvature at most L along the way, below 2 / L.
    max_iter : int
        At most so many steps. Where none was short enough, the last point is still returned.
    tol : float
        Stop after the first step shorter than this. It bounds the step, not the error.

    Returns
    -------
    float, or array of shape (d,)
        The last point reached, of the kind of x0.

    Raises
    ------
    DivergenceError
        If a point is not finite any more, or no step was short and f is no lower than at x0.

    Examples
    --------
    >>> round(gradient_descent(lambda x: x**2, lambda x: 2 * x, x0=10.0), 6)
    4.8e-05
    """
    f, grad_f, x0 = function(f, "f"), function(grad_f, "grad_f"), real_array(x0, "x0")[()]
    learning_rate = number(learning_rate, "learning_rate", above=0)
    tol = number(tol, "tol", at_least=0)
    x, ends = x0, [x0]
    for t in range(whole_number(max_iter, "max_iter", at_least=1)):
        previous, x = x, x - learning_rate * _slope(grad_f, x, t, ends)
        if np.linalg.norm(x - previous) < tol:
            break
    else:
        if not f(x) < f(x0):
            raise DivergenceError(
                f"f is no lower after {max_iter} steps ({f(x):.3g}) than at x0 ({f(x0):.3g}): "
                "the steps overshoot; take a smaller learning_rate",
                np.array([x0, x]),
            )
    return x if np.ndim(x) else float(x)


@np.errstate(over="ignore", invalid="ignore")
def steepest_descent(grad, start, *, learning_rate=0.1, n_steps=100):
    """Gradient descent that keeps its path: x <- x - learning_rate grad(x).

    Parameters
    ----------
    grad : callable
        From a point, shape (d,), to the gradient there, shape (d,). It may be noisy.
    start : array_like, shape (d,)
    learning_rate : float
        Above 0.
    n_steps : int

    Returns
    -------
    array, shape (n_steps + 1, d)
        Row 0 is the start.

    Raises
    ------
    DivergenceError
        If a point or a gradient is not finite any more; ``error.path`` holds what was reached.

    Examples
    --------
    >>> steepest_descent(lambda x: 2 * x, [8.0], learning_rate=0.25, n_steps=3)[:, 0]
    array([8., 4., 2., 1.])
    """
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    for t, slope in _slopes(grad, path):
        path[t + 1] = path[t] - learning_rate * slope
    return path


def _begin(grad, start, learning_rate, n_steps):
    """Return the path, empty but for its start, and the learning rate, all arguments checked."""
    function(grad, "grad")
    start = vector(start, "start")
    path = np.empty((whole_number(n_steps, "n_steps", at_least=0) + 1, len(start)))
    path[0] = start
    return path, number(learning_rate, "learning_rate", above=0)


def _slopes(grad, path):
    """Yield t and grad(path[t]) while the caller fills in the path, a row at a time."""
    for t in range(len(path) - 1):
        yield t, _slope(grad, path[t], t, path[: t + 1])
    if not np.isfinite(path[-1]).all():
        raise _diverged(len(path) - 1, path)


def _slope(grad, x, t, path):
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


def _diverged(t, path):
    finite = [point for point in path if np.isfinite(point).all()]
    return DivergenceError(
        f"the walk diverged: beyond all doubles after {t} steps; take a smaller learning_rate",
        np.array(finite),
    )


class Surface(NamedTuple):
    """Height, gradient (2,) and Hessian (2, 2) as functions of a point; and a lowest point."""

    height: Callable
    gradient: Callable
    hessian: Callable
    minimum: tuple


def rosenbrock():
    """Curved valley (1 - x)² + 100 (y - x²)², lowest at (1, 1): easy to enter, hard to follow.

    Returns
    -------
    Surface

    References
    ----------
    More, Garbow & Hillstrom, Testing unconstrained optimization software, 1981, problem 1.

    Examples
    --------
    >>> rosenbrock().gradient([-1.2, 1.0]).round(6)
    array([-215.6,  -88. ])
    """

    def height(point):
        x, y = point
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2

    def gradient(point):
        x, y = point
        return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])

    def hessian(point):
        x, y = point
        return np.array([[2 - 400 * (y - 3 * x**2), -400 * x], [-400 * x, 200.0]])

    return Surface(height, gradient, hessian, (1.0, 1.0))


def bowl(curvatures=(1.0, 25.0), centre=(0.0, 0.0)):
    """Quadratic (a (x - x0)² + b (y - y0)²) / 2: a round bowl if a = b, a ravine if not.

    Parameters
    ----------
    curvatures : pair of float
        a and b, above 0: the eigenvalues of the Hessian. Their ratio is its condition number.
    centre : pair of float
        The lowest point.

    Returns
    -------
    Surface

    Examples
    --------
    >>> bowl((1, 4)).gradient([2.0, 1.0])
    array([2., 4.])
    """
    a, b = _pair(curvatures, "curvatures")
    x0, y0 = _pair(centre, "centre")
    if min(a, b) <= 0:
        raise ValueError(f"curvatures must be above 0, not {a:g} and {b:g}: else it is no bowl")

    def height(point):
        x, y = point
        return (a * (x - x0) ** 2 + b * (y - y0) ** 2) / 2

    def gradient(point):
        x, y = point
        return np.array([a * (x - x0), b * (y - y0)])

    return Surface(height, gradient, lambda point: np.diag([a, b]), (x0, y0))


def saddle():
    """Two hollows and the pass between, x²/2 - y²/2 + y⁴/4: level at (0, 0), lowest at (0, ±1).

    Returns
    -------
    Surface
        ``minimum`` names the hollow at (0, 1).

    Examples
    --------
    >>> saddle().gradient([0.0, 0.0])
    array([0., 0.])
    """

    def height(point):
        x, y = point
        return x**2 / 2 - y**2 / 2 + y**4 / 4

    def gradient(point):
        x, y = point
        return np.array([x, y**3 - y])

    return Surface(height, gradient, lambda point: np.diag([1, 3 * point[1] ** 2 - 1]), (0.0, 1.0))


def _pair(values, name):
    values = vector(values, name)
    if len(values) != 2:
        raise ValueError(f"{name} must be two numbers, not {len(values)}")
    return values.tolist()
