"""Gradient descent: to the last point, and with its whole path."""

import numpy as np

from .._arguments import checked, count, function, not_negative, positive, real_array
from .._numbers import float_if_one
from .descent_walks import DivergenceError, refusing, walk


def _point(value, name):
    return real_array(value, name)[()]  # a number where it is one


_KINDS = {
    "f": function,
    "grad_f": function,
    "x0": _point,
    "learning_rate": positive,
    "max_iter": count,
    "tol": not_negative,
}


@checked(**_KINDS)
@np.errstate(over="ignore", invalid="ignore")  # refused in words
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
        Above 0. For a smooth f with curvature at most M along the way, below 2 / M.
    max_iter : int
        At most so many steps. Where none was short enough, the last point is still returned.
    tol : float
        Stop after the first step that is not longer. It bounds the step, not the error; with 0
        only a walk that stands still, as at a minimum, stops early.

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
    x, slope_at = x0, refusing(grad_f, [x0])
    for _ in range(max_iter):
        previous, x = x, x - learning_rate * slope_at(x)
        if np.linalg.norm(x - previous) <= tol:
            break
    else:
        _refuse_no_lower(f, x0, x, max_iter)
    return float_if_one(x)


@walk()
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
    x = start
    for _ in range(n_steps):
        x = x - learning_rate * grad(x)
        yield x


def _refuse_no_lower(f, x0, x, n_steps):
    if not f(x) < f(x0):
        raise DivergenceError(
            f"f is no lower after {n_steps} steps ({f(x):.3g}) than at x0 ({f(x0):.3g}): "
            "the steps overshoot; take a smaller learning_rate",
            np.array([x0, x]),
        )
