"""Points of the learner's own, of which a line can be drawn."""

import numpy as np

from ..._arguments import same_length
from .._engine.units import own_numbers, refuse_no_room, spread_of, unit_for


def own_points(x, y, *, at_most=None):
    """Return copies of x and y, of which a line can be drawn."""
    x, y = (own_numbers(v, name, at_most=at_most) for v, name in ((x, "x"), (y, "y")))
    same_length(x, "x", y, "y")
    if (x == x[0]).all():
        raise ValueError(
            f"x is {x[0]:g} in every entry, so no line tells y by x; give an x that varies"
        )
    return x, y


def in_units(values, name):
    """Return numbers in a handy unit, how far they spread (of a constant its size), its name."""
    size = spread_of(values)
    if size == 0:  # a constant y
        size = abs(values[0]) or 1.0
    refuse_no_room(size, np.abs(values).max(), name)
    unit, unit_name = unit_for(size)
    return values / unit, size / unit, unit_name
