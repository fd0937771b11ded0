"""Landscapes to walk down: a valley, a bowl, a saddle."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .._arguments import vector


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
