"""What several chapters need of numbers: their gaps, exact scaling, a mean that is not off."""

import math

import numpy as np

EPSILON = 2.0**-52  # the gap between 1 and the next double; rounding errs by at most half of it


def power_of_two(x):
    """Return the largest power of two not above the largest size in x (1/2 if all is zero).

    Dividing by it is exact; then no square overflows, and no sum of squares overflows or
    vanishes.
    """
    return 2.0 ** (math.frexp(np.abs(x).max())[1] - 1)


def power_of_two_by_column(A):
    """Return that power for each column."""
    largest = np.maximum(A.max(axis=0), -A.min(axis=0))
    return np.ldexp(1.0, np.frexp(largest)[1] - 1)


def corrected_mean(data):
    """Return the mean, corrected by what it leaves: of constant data exactly their value.

    Without the second pass, data far from zero lose digits (NIST's univariate sets do).
    """
    rough = data.sum() / len(data)
    return float(rough + (data - rough).sum() / len(data))


def float_if_one(values):
    """Return a plain float for one number, and an array as it is."""
    return float(values) if np.ndim(values) == 0 else values
