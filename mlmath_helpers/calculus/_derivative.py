"""Slopes as quotients of small differences.

A function given as an argument is called with float64 numbers or arrays. A value that is
nan or inf there is a ValueError that names the function, never a silent nan.
"""

import numpy as np

from .._arguments import checked, function, real_array
from .._numbers import EPSILON, float_if_one

_BEST_STEPS = {"forward": EPSILON ** (1 / 2), "central": EPSILON ** (1 / 3), "complex": 1e-20}


@checked(f=function, x=real_array)
@np.errstate(all="ignore")  # what is not finite is refused in words
def derivative(f, x, *, h=None, scheme="central"):
    """Slope of f at x from values nearby, (f(x + h) - f(x - h)) / 2h.

    Parameters
    ----------
    f : callable
        Takes and returns a number; or works entry by entry on an array.
    x : float or array_like
    h : float or array_like, optional
        Not zero. By default about the best for a function of ordinary size and curvature:
        6e-6 central, 1.5e-8 forward, 1e-20 complex, times max(1, abs(x)). Where f bends on the
        scale of a small x (log x, 1 / x), times abs(x): if half the step, and the digits that
        are left of f, say that this is ten times better. Other scales of f are yours to tell.
    scheme : {"central", "forward", "complex"}
        Forward is (f(x + h) - f(x)) / h. Complex is Im f(x + ih) / h, which subtracts
        nothing; ``f`` must then be analytic and take complex numbers.

    Returns
    -------
    float, or array of the shape of x (and h)
        Off by about h² f'''(x) / 6 (complex: minus that; forward: h f''(x) / 2), and by the
        rounding of f divided by h (complex: not by this).

    Raises
    ------
    ValueError
        If h is 0 or too small to move x, or f is not finite beside x.

    References
    ----------
    Squire & Trapp, Using complex variables to estimate derivatives, SIAM Review 40, 1998.

    Examples
    --------
    >>> round(derivative(lambda x: x**2, 3.0), 6)
    6.0
    """
    x, h = _place_and_step(f, x, h, scheme)
    if scheme == "complex":
        slope = real_array(np.imag(f(x + 1j * h)), "Im f(x + ih)") / h
    else:
        low, high = (x - h if scheme == "central" else x), x + h
        rise = real_array(f(high), "f(x + h)") - real_array(f(low), "f beside x")
        slope = rise / (high - low)  # the distance that rounding has left, not 2h
    return float_if_one(real_array(slope, "the slope"))


def _place_and_step(f, x, h, scheme):
    """Return x and h, about the best if it is not given, as numbers or arrays."""
    if scheme not in _BEST_STEPS:
        raise ValueError(f"scheme must be one of {', '.join(_BEST_STEPS)}, not {scheme!r}")
    if h is None:
        h, small = best_step(x, scheme), best_step(x, scheme, on_the_scale_of_x=True)
        if scheme == "complex":
            h = small  # it subtracts nothing, so that no step is too small
        elif np.any(small < h):
            better = _error(f, x[()], small[()], scheme) < _error(f, x[()], h[()], scheme) / 10
            h = np.where(better, small, h)
    else:
        h = real_array(h, "h")
    if np.any(h == 0):
        raise ValueError("h must not be zero: through one point go many lines")
    if scheme != "complex" and np.any(x + h == (x - h if scheme == "central" else x)):
        raise ValueError(f"h is too small: x + h rounds to x, at h = {np.min(np.abs(h)):.3g}")
    return x[()], h[()]


def best_step(x, scheme="central", *, on_the_scale_of_x=False):
    """Return about the best step for a function that changes on the scale of 1, or of x."""
    scale = np.where(x == 0, 1.0, abs(x)) if on_the_scale_of_x else np.maximum(1.0, abs(x))
    return _BEST_STEPS[scheme] * np.maximum(scale, 1e-280)


def _error(f, x, h, scheme):
    """Return about the relative error of a slope: what half the step changes, and f's rounding."""
    back = h if scheme == "central" else 0 * h
    try:
        near, far, low, lower = (
            np.asarray(f(at), dtype=float) for at in (x + h / 2, x + h, x - back / 2, x - back)
        )
    except (ArithmeticError, ValueError):  # math.log of a negative number
        return np.full(np.shape(x), np.inf)
    slope = (far - lower) / (h + back)
    change = slope - (near - low) / ((h + back) / 2)
    error = np.abs(change) + EPSILON * (np.abs(far) + np.abs(lower)) / h
    relative = error / np.abs(slope)
    return np.where(np.isfinite(relative), relative, np.inf)
