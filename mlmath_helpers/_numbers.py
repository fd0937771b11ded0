"""What several files need of numbers: their gaps, exact scaling, a mean and a sign by rule."""

import functools
import inspect
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
    A = np.asfortranarray(A)  # column by column in memory: quick for long narrow tables
    largest = np.maximum(A.max(axis=0), -A.min(axis=0))
    return np.ldexp(1.0, np.frexp(largest)[1] - 1)


def deviance(x, mean, gap):
    """Return x log(x / mean) + mean - x, which is not negative, and 0 only at the mean.

    ``gap`` is x - mean, with the digits that a subtraction of rounded numbers would lose. Near
    the mean log(x / mean) is summed as 2 (v + v^3 / 3 + ...) with v = gap / (x + mean).
    """
    v = gap / np.maximum(x + mean, 5e-324)  # 0 where both are
    near = np.abs(v) < 0.1
    w = np.where(near, v, 0.0) ** 2
    odd = w * np.polynomial.polynomial.polyval(w, 1 / np.arange(3.0, 22.0, 2.0))
    by_series = gap * v + 2 * x * v * odd
    by_logarithm = x * np.log(np.maximum(x / mean, 5e-324)) - gap  # 0 log 0 is 0
    return np.where(near, by_series, by_logarithm)


def homogeneous(*arguments, degree=1, parts=1):
    """Have a function of c x, which is c times that of x, computed at a c where no digit is lost.

    The arguments of these names are divided by one power of two, and the answer (of a tuple,
    its first ``parts``) multiplied by it, both exactly. So nothing on the way is too large or
    too small for a double, unless the answer is. ``degree`` 0: c does not change the answer.
    """

    def decorate(function):
        names = tuple(inspect.signature(function).parameters)
        places = [(name, names.index(name)) for name in arguments]

        @functools.wraps(function)
        def on_a_power_of_two(*args, **kwargs):
            args = list(args)
            given = [(kwargs, name) if name in kwargs else (args, at) for name, at in places]
            scale = max(power_of_two(where[key]) for where, key in given)
            for where, key in given:
                where[key] = where[key] / scale
            answer, unit = function(*args, **kwargs), scale if degree else 1.0
            if isinstance(answer, tuple):
                scaled = (unit * part for part in answer[:parts])
                return type(answer)(*scaled, *answer[parts:])
            return unit * answer

        return on_a_power_of_two

    return decorate


def corrected_mean(data):
    """Return the mean, corrected by what it leaves: of constant data exactly their value.

    Without the second pass, data far from zero lose digits (NIST's univariate sets do).
    """
    rough = data.sum() / len(data)
    return float(rough + (data - rough).sum() / len(data))


def float_if_one(values):
    """Return a plain float for one number, and an array as it is."""
    return float(values) if np.ndim(values) == 0 else values


def with_fixed_sign(columns):
    """Turn a vector, or each column, so that its largest entry is positive, the first of ties."""
    sizes = np.abs(columns)
    first = (sizes >= (1 - 1e-8) * sizes.max(axis=0)).argmax(axis=0)
    return columns * np.sign(np.take_along_axis(columns, np.expand_dims(first, 0), axis=0)) + 0.0
