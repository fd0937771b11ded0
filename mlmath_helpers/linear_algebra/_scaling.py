"""Scaling that changes no digit, vectors of length 1, and the rule of signs."""

import functools
import inspect

import numpy as np

from .._arguments import real_array, vector
from .._numbers import power_of_two


def homogeneous(argument):
    """Have a function of c x, which is c times that of x, computed at a c where no digit is lost.

    The argument of this name is divided by a power of two, and the answer (of a tuple, its
    first part) multiplied by it, both exactly. So nothing on the way is too large or too small
    for a double, unless the answer is.
    """

    def decorate(function):
        place = tuple(inspect.signature(function).parameters).index(argument)

        @functools.wraps(function)
        def on_a_power_of_two(*args, **kwargs):
            args = list(args)
            where, key = (kwargs, argument) if argument in kwargs else (args, place)
            scale = power_of_two(where[key])
            where[key] = where[key] / scale
            answer = function(*args, **kwargs)
            if isinstance(answer, tuple):
                return type(answer)(scale * answer[0], *answer[1:])
            return scale * answer

        return on_a_power_of_two

    return decorate


def near_one(v, name):
    """Divide a vector, or each row, by a power of two, so that its largest size is in [1, 2)."""
    largest = np.abs(v).max(axis=-1, keepdims=True)
    if not largest.all():
        which = f"{name}[{np.flatnonzero(largest == 0)[0]}]" if v.ndim == 2 else name
        raise ValueError(
            f"{which} is the zero vector, which has no direction; leave it out or give another"
        )
    return v / np.ldexp(1.0, np.frexp(largest)[1] - 1)


def direction(value, name):
    """Return a vector that is not zero, over a power of two: its largest size is in [1, 2)."""
    return near_one(vector(value, name), name)


def directions(value, name):
    """Return one direction, or a matrix of them in its rows."""
    v = real_array(value, name)
    if v.ndim not in (1, 2):
        raise ValueError(f"{name} must be a 1-D array, or a matrix of rows, not of shape {v.shape}")
    return near_one(v, name)


def unit(v, name):
    """Shorten or stretch a vector, or each row, to length 1."""
    v = near_one(v, name)
    return v / np.sqrt((v**2).sum(axis=-1, keepdims=True))


def with_fixed_sign(columns):
    """Turn a vector, or each column, so that its largest entry is positive, the first of ties."""
    sizes = np.abs(columns)
    first = (sizes >= (1 - 1e-8) * sizes.max(axis=0)).argmax(axis=0)
    return columns * np.sign(np.take_along_axis(columns, np.expand_dims(first, 0), axis=0)) + 0.0
