"""A learner's own function: asked wherever a figure may need it, before anything is drawn."""

import math

import numpy as np

from ..._arguments import function, vector
from .words import without_zeros

LARGEST = 1e100  # of what is drawn: squares and quotients of it are still doubles
NARROWEST, WIDEST = 1e-6, 1e9  # a slider holds twelve decimals


def interval(value, name):
    """Return the two ends of an interval that sliders can stand for."""
    ends = vector(value, name)
    if len(ends) != 2 or not ends[0] < ends[1]:
        raise ValueError(f"{name} must be two numbers, the smaller one first, not {value!r}")
    low, high = ends.tolist()
    if not max(NARROWEST, NARROWEST * np.abs(ends).max()) <= high - low <= WIDEST:
        raise ValueError(
            f"{name} must be from 1e-6 to 1e9 wide, and no narrower than a millionth of its ends, "
            f"not {value!r}"
        )
    return low, high


@np.errstate(all="ignore")  # what is not finite is refused in words
def values_of(f, places, name, *, shape=()):
    """Return f at each place, (n, *shape), or say where it is not the numbers that are needed.

    A place is a number, or a point: then f gets an array.
    """
    function(f, name)
    return np.array([_value(f, place, name, shape) for place in places])


def _value(f, place, name, shape):
    at = f"{name}({_words(place)})"
    try:
        value = f(float(place) if np.ndim(place) == 0 else np.array(place, dtype=float))
    except Exception as error:  # whatever a learner's function raises
        asked = "a number" if np.ndim(place) == 0 else f"an array of {len(place)} numbers"
        raise ValueError(
            f"{at} gives no number ({type(error).__name__}: {error}): it is called with {asked}, "
            "all over the interval"
        ) from error
    array = np.asarray(value)
    if array.dtype.kind not in "iuf" or array.shape != shape:
        needed = "one real number" if shape == () else f"an array of shape {shape}"
        raise TypeError(f"{at} must be {needed}, not {value!r}")
    if not (np.abs(array) <= LARGEST).all():  # nan too
        raise ValueError(
            f"{at} is {value}, which cannot be drawn: give an interval on which {name} is finite "
            "(and not beyond 1e100)"
        )
    return array.astype(float)


def _words(place):
    return f"{place:.6g}" if np.ndim(place) == 0 else "[{}]".format(", ".join(map(_words, place)))


def step_below(size):
    """Return the largest of 1, 2 and 5 times powers of ten that is not above a size.

    Examples
    --------
    >>> step_below(0.03), step_below(70), step_below(1)
    (0.02, 50.0, 1.0)
    """
    power = math.floor(math.log10(size) + 1e-12)
    first = next(first for first in (5, 2, 1) if first * 10.0**power <= size * (1 + 1e-12))
    return float(f"{first}e{power}")


def stops_between(low, high, step):
    """Return the first and the last multiple of a step from low to high."""
    return tuple(
        round(whole * step, 12)
        for whole in (math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9))
    )


def written(number, step):
    """Return a number with the decimals that tell it from the next, a step away.

    Examples
    --------
    >>> written(-0.5, 0.02), written(12345.6, 5.0), written(3e-9, 1e-10), written(2.5e12, 1e9)
    ('-0.50', '12,346', '3e-9', '2.5e12')
    """
    if number != 0 and not (step >= 1e-5 and abs(number) < 1e9):
        first, last = (math.floor(math.log10(size) + 1e-9) for size in (abs(number), step))
        digits = min(max(2, first - last + 1), 9)
        return without_zeros(f"{number:z.{digits}g}").replace("e+", "e")
    return f"{number:z,.{max(0, -math.floor(math.log10(step) + 1e-9))}f}"
