"""Numbers of any size, as a figure of the learner's own data shows them: units, steps, digits."""

import math

import numpy as np

from ..._arguments import matrix, vector
from .controls import slider
from .words import without_zeros


def own_numbers(value, name, *, at_least=2, at_most=None):
    """Return a copy of a learner's 1-D array of finite numbers, from so many to so many of them."""
    numbers = vector(value, name).copy()
    if len(numbers) < at_least:
        needed = "number" if at_least == 1 else "numbers"
        raise ValueError(f"{name} needs at least {at_least} {needed}, not {len(numbers)}")
    if at_most is not None and len(numbers) > at_most:
        raise ValueError(
            f"{name} holds {len(numbers)} numbers, and the figure shows at most {at_most}: "
            f"draw some of them, as in rng.choice({name}, {at_most}, replace=False)"
        )
    return numbers


def own_map(value, name):
    """Return a copy of a learner's 2 by 2 matrix, and how to write it."""
    A = matrix(value, name).copy()
    if A.shape != (2, 2):
        raise ValueError(f"{name} must be 2 by 2, since it moves the plane; not of shape {A.shape}")
    rows = [", ".join(without_zeros(f"{entry + 0.0:.6g}") for entry in row) for row in A]
    return A, f"[[{rows[0]}], [{rows[1]}]]"


def given_together(first, first_name, second, second_name):
    """Say whether two arguments were given; refuse one of them alone."""
    if (first is None) != (second is None):
        missing = second_name if second is None else first_name
        raise TypeError(f"{missing} is missing: give {first_name} and {second_name}, or neither")
    return first is not None


def refuse_no_room(size, largest, name):
    """Refuse numbers whose spread no figure can show: beside their size, or beside doubles."""
    if size <= 1e-9 * largest:
        raise ValueError(
            f"{name} spreads over only {size:.3g} at a size of {largest:.3g}, too little to be "
            f"seen; take a common value off first, as in {name} - {name}[0]"
        )
    if not 1e-290 < size < 1e290:
        raise ValueError(
            f"{name} spreads over {size:.3g}, which leaves no room in doubles; "
            "multiply it by a power of ten first"
        )


def unit_for(size):
    """Return a power of ten in which a size is a handy number, and how to name it.

    Examples
    --------
    >>> unit_for(25.0), unit_for(3e-6)
    ((1.0, ''), (1e-06, '1e-6'))
    """
    if 0.1 <= size < 1e4:
        return 1.0, ""
    name = f"1e{3 * math.floor((math.log10(size) + 1) / 3)}"  # then it is from 0.1 to 100
    return float(name), name


def in_unit(name, unit_name):
    """Return the name of an axis, with its unit if it has one."""
    return f"{name} (in {unit_name})" if unit_name else name


def round_step(reach, n):
    """Return the smallest of 1, 2, 5 times a power of ten of which n steps go so far."""
    least = reach / n
    power = math.floor(math.log10(least))
    return next(
        step
        for step in (float(f"{digit}e{power + more}") for more in (0, 1) for digit in (1, 2, 5))
        if step >= 0.999999 * least
    )


def decimals(step):
    """Return how many decimals tell one step from the next."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def slider_of_steps(low, high, *, start, step, label):
    """Return a slider whose stops are multiples of a step, from ``low`` or less to ``high``."""
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    at = min(max(round(start / step), first), last)
    low, high, start = (float(round(k * step, 12)) for k in (first, last, at))
    control = slider(low, high, start=start, step=step, label=label)
    control.readout_format = f".{decimals(step)}f"
    return control


def short(number, digits=4):
    """Return a number to so many digits, without needless zeros and without minus zero."""
    return without_zeros(f"{number:z.{digits}g}").replace("e+", "e")


def exact_ticks(axes, which="both"):
    """Let an axis say its numbers in full: an offset would stand on the title."""
    axes.ticklabel_format(axis=which, useOffset=False, style="plain")


def padded(low, high, share=0.03):
    """Return limits a little beyond two ends."""
    room = share * (high - low)
    return low - room, high + room


def spread_of(numbers):
    """Return how far numbers spread, from the least to the largest (inf where that overflows)."""
    with np.errstate(over="ignore"):
        return float(np.ptp(numbers))


def shortened(word, length):
    """Return the word on one line, cut if it is longer than so many characters."""
    word = " ".join(word.split())
    return word if len(word) <= length else word[: length - 1] + "…"
