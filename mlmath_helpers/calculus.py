"""Calculus: slopes as quotients of small differences, and gradients checked by them.

A function given as an argument is called with float64 numbers or arrays. A value that is
nan or inf there is a ValueError that names the function, never a silent nan.
"""

import numpy as np

from ._arguments import function, real_array, vector

EPSILON = 2.0**-52  # gap between 1 and the next double
_BEST_STEPS = {"forward": EPSILON ** (1 / 2), "central": EPSILON ** (1 / 3), "complex": 1e-20}


@np.errstate(all="ignore")  # what is not finite is refused below, in words
def derivative(f, x, *, h=None, scheme="central"):
    """Slope of f at x from values nearby, (f(x + h) - f(x - h)) / 2h.

    Parameters
    ----------
    f : callable
        Takes and returns a number; or works entry by entry on an array.
    x : float or array_like
    h : float or array_like, optional
        Not zero. By default about the best for a function of ordinary size and curvature:
        6e-6 central, 1.5e-8 forward, 1e-20 complex, times max(1, abs(x)).
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
    f = function(f, "f")
    if scheme not in _BEST_STEPS:
        raise ValueError(f"scheme must be one of {', '.join(_BEST_STEPS)}, not {scheme!r}")
    x = real_array(x, "x")[()]
    h = _BEST_STEPS[scheme] * np.maximum(1, abs(x)) if h is None else real_array(h, "h")[()]
    if np.any(h == 0):
        raise ValueError("h must not be zero: through one point go many lines")
    if scheme == "complex":
        slope = real_array(np.imag(f(x + 1j * h)), "Im f(x + ih)") / h
    else:
        low, high = (x - h if scheme == "central" else x), x + h
        if np.any(high == low):
            raise ValueError(f"h is too small: x + h rounds to x, at h = {np.min(np.abs(h)):.3g}")
        rise = real_array(f(high), "f(x + h)") - real_array(f(low), "f beside x")
        slope = rise / (high - low)  # the distance that rounding has left, not 2h
    return real_array(slope, "the slope") if np.ndim(slope) else float(slope)


def check_gradient(f, grad, x):
    """Largest disagreement of grad(x) with central differences of f, relative to its largest entry.

    Below 1e-7 is a right gradient, 1e-2 and more a wrong one. Where f has a kink within
    6e-6 of x (a ReLU that switches), the two differ rightly: try another x.

    Parameters
    ----------
    f : callable
        From an array of shape (d,) to a number.
    grad : callable
        From the same array to the claimed gradient, shape (d,).
    x : array_like, shape (d,)

    Returns
    -------
    float
        max |claimed - measured| / max(|claimed|, |measured|), each maximum over the entries;
        0 where both are zero.

    Raises
    ------
    ValueError
        If the gradient has another shape than x, or something is not finite.

    Examples
    --------
    >>> check_gradient(lambda x: x @ x, lambda x: 2 * x, [1.0, 2.0, 3.0]) < 1e-8
    True
    >>> round(check_gradient(lambda x: x @ x, lambda x: x, [1.0, 2.0, 3.0]), 6)
    0.5
    """
    x, f = vector(x, "x"), function(f, "f")
    claimed = vector(function(grad, "grad")(x.copy()), "grad(x)")
    if claimed.shape != x.shape:
        raise ValueError(f"grad(x) must have the shape of x, {x.shape}, not {claimed.shape}")
    measured = np.array([derivative(_along_axis(f, x, i), x[i]) for i in range(len(x))])
    largest = max(np.abs(claimed).max(), np.abs(measured).max())
    return float(np.abs(claimed - measured).max() / (largest or 1.0))


def _along_axis(f, x, i):
    """Return f as a function of entry i alone."""

    def f_of_one_entry(value):
        moved = x.copy()
        moved[i] = value
        return f(moved)

    return f_of_one_entry
