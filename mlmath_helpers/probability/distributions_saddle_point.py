"""Large counts without cancellation: a probability as what its peak is, and how far off it is.

The logarithm of a Poisson probability, x log m - m - log x!, subtracts numbers that may be a
million billion times the result. Written as

    log x! = x log x - x + peak(x),    x log m - m - log x! = -deviance(x, m) - peak(x),

each part is small where the result is, and the binomial, gamma, beta and t densities are made
of the same two parts.

References
----------
Loader, Fast and accurate computation of binomial probabilities, 2000 (R's dbinom is that).
"""

import math
from fractions import Fraction

import numpy as np
from scipy import special

from .._numbers import deviance

_SERIES_FROM = 16.0  # from here on the series of `peak` has all digits
_SERIES = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)  # Stirling's


def peak(x):
    """Return log x! - (x log x - x), about log(2 pi x) / 2: minus the log of Poisson(x) at x."""
    x = np.asarray(x, dtype=float)
    large = np.maximum(x, _SERIES_FROM)
    series = np.polynomial.polynomial.polyval(1 / large**2, _SERIES) / large
    direct = special.gammaln(np.minimum(x, _SERIES_FROM) + 1) - special.xlogy(x, x) + x
    return np.where(x < _SERIES_FROM, direct, (np.log(large) + math.log(2 * math.pi)) / 2 + series)


def log_ways_and_odds(x, y, p, gap):
    """Return log of (x + y)! / (x! y!) p^x (1 - p)^y, for x of x + y successes.

    ``gap`` is x - (x + y) p, with all its digits.
    """
    n = x + y
    off = deviance(x, n * p, gap) + deviance(y, n * (1 - p), -gap)
    return peak(n) - peak(x) - peak(y) - off


def gap_to_multiple(x, n, p):
    """Return x - n p, for numbers n and p, as if n p were not rounded."""
    rounded = n * p
    rest = float(Fraction(n) * Fraction(p) - Fraction(rounded))
    return x - rounded - rest


def gap_to_quotient(a, x, scale):
    """Return a - x / scale for places x, an array, as if the quotient were not rounded."""
    quotient = x / scale
    product, rest = _product(scale, quotient)
    return a - quotient - (x - product - rest) / scale


def gap_to_share(a, b, p):
    """Return a - (a + b) p for shares p, an array, as if nothing were rounded on the way."""
    (of_a, rest_a), (of_b, rest_b) = _product(a, p), _product(b, p)
    total = of_a + of_b
    part = total - of_a
    rest = (of_a - (total - part)) + (of_b - part)  # what the sum has rounded away
    return a - total - (rest + rest_a + rest_b)


def _product(a, p):
    """Return a p, and what it has rounded away, by halves of 26 bits each (Dekker)."""
    product = a * p
    a_high, a_low = _halves(np.float64(a))
    p_high, p_low = _halves(p)
    rest = a_high * p_high - product + a_high * p_low + a_low * p_high + a_low * p_low
    return product, np.where(np.isfinite(rest), rest, 0.0)  # halves overflow beyond 1e300


def _halves(x):
    high = x * 134217729.0  # 2^27 + 1
    high = high - (high - x)
    return high, x - high
