"""Vectors made about as long as 1, and the rule of signs."""

import numpy as np


def near_one(v, name):
    """Divide a vector, or each row, by a power of two, so that its largest size is in [1, 2)."""
    largest = np.abs(v).max(axis=-1, keepdims=True)
    if not largest.all():
        which = f"{name}[{np.flatnonzero(largest == 0)[0]}]" if v.ndim == 2 else name
        raise ValueError(f"{which} is the zero vector, which has no direction; leave it out")
    return v / np.ldexp(1.0, np.frexp(largest)[1] - 1)


def unit(v, name):
    """Shorten or stretch a vector, or each row, to length 1."""
    v = near_one(v, name)
    return v / np.sqrt((v**2).sum(axis=-1, keepdims=True))


def with_fixed_sign(columns):
    """Turn a vector, or each column, so that its largest entry is positive, the first of ties."""
    sizes = np.abs(columns)
    first = (sizes >= (1 - 1e-8) * sizes.max(axis=0)).argmax(axis=0)
    return columns * np.sign(np.take_along_axis(columns, np.expand_dims(first, 0), axis=0)) + 0.0
