"""Lengths, angles and projections."""

import math

import numpy as np

from .._arguments import checked, equally_long, number, real_array, refuse_overflow, vector
from .._numbers import homogeneous, power_of_two


def _power(p, name):
    because = "else the triangle inequality fails"
    return number(p, name, at_least=1, infinite=True, because=because)


def _has_a_length(x, p):
    if x.ndim != 1 and (x.ndim, p) != (2, 2):
        raise ValueError(
            f"x must be a 1-D array, or a matrix with p = 2, not of shape {x.shape} with p = {p:g}"
        )


def _scale(sizes, p):
    """Return what to take out of the sum, so that no power is too large or too small."""
    return power_of_two(sizes) if p <= 2 else sizes.max() or 1.0  # so 3 and 4 make 5 exactly


@refuse_overflow
@checked(_has_a_length, x=real_array, p=_power)
def norm(x, p=2):
    """Length of a vector, (sum_i |x_i|^p)^(1/p); of a matrix, the Frobenius norm.

    Parameters
    ----------
    x : array_like, shape (d,) or (m, d)
        A matrix only with p = 2: its entries are then read as one long vector. (The most
        that a matrix stretches is another norm: its largest singular value.)
    p : float
        At least 1: 1 adds absolute values, 2 is Euclid's length, inf takes the largest.

    Returns
    -------
    float
        Not negative, and 0 only where all entries are 0.

    Raises
    ------
    ValueError
        If p < 1, since the triangle inequality then fails, ``x`` has no fitting shape, or
        the length is beyond the largest double.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 3.1.

    Examples
    --------
    >>> norm([3, 4]), norm([3, 4], p=1), norm([3, 4], p=float("inf"))
    (5.0, 7.0, 4.0)
    """
    sizes = np.abs(x)
    if p == math.inf:
        return float(sizes.max())
    scale = _scale(sizes, p)
    return float(scale * ((sizes / scale) ** p).sum() ** (1 / p))


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


@checked(equally_long("v", "w"), v=directions, w=direction)
def cosine_similarity(v, w):
    """Cosine of the angle between v and w, v . w / (|v| |w|).

    Parameters
    ----------
    v : array_like, shape (d,) or (n, d)
        One vector, or one in each row.
    w : array_like, shape (d,)

    Returns
    -------
    float, or array of shape (n,) where v has rows
        1 for the same direction, 0 for a right angle, -1 for opposite directions.

    Raises
    ------
    ValueError
        If a vector is zero, since it has no direction, or the numbers of entries differ.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 3.4.

    Examples
    --------
    >>> cosine_similarity([1, 0], [0, 2])
    0.0
    >>> cosine_similarity([[3, 0], [0, 3], [-1, 0]], [2, 0])
    array([ 1.,  0., -1.])
    """
    squares = np.einsum("...i,...i->...", v, v)  # no second table of the squares
    cosine = v @ w / np.sqrt(squares * (w @ w))
    cosine = np.clip(cosine, -1, 1)  # rounding may leave 1 + 2e-16
    return cosine if v.ndim == 2 else float(cosine)


@refuse_overflow
@checked(equally_long("v", "onto"), v=vector, onto=direction)
@homogeneous("v")
def project(v, onto):
    """Shadow of v on the line through 0 and w = ``onto``: (v . w / w . w) w.

    Parameters
    ----------
    v : array_like, shape (d,)
    onto : array_like, shape (d,)
        Any vector but zero; its length and sign do not matter.

    Returns
    -------
    array, shape (d,)
        The point of the line nearest to v; v minus it is orthogonal to ``onto``.

    Raises
    ------
    ValueError
        If ``onto`` is zero, the numbers of entries differ, or the result would overflow.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 3.8.1.

    Examples
    --------
    >>> project([2, 3], onto=[4, 0])
    array([2., 0.])
    """
    return v @ onto / (onto @ onto) * onto + 0.0  # + 0.0 turns -0. into 0.
