"""Surprise and its average."""

import math

import numpy as np

from .._arguments import checked, distribution, number, probabilities
from .._numbers import float_if_one


def unit(value, name):
    """Return the base of a logarithm, which says in what information is measured."""
    return number(value, name, above=1, because="it is the unit, 2 for bits and e for nats")


def surprises(p, base):
    """Return log(1 / p) of each: inf for an impossible outcome, 0.0 for a sure one, not -0.0."""
    with np.errstate(divide="ignore"):
        return (0.0 - np.log2(p)) / math.log2(base)


@checked(probability=probabilities, base=unit)
def surprise(probability, *, base=2):
    """Information gained by an outcome of this probability, log(1 / p) = -log p.

    Parameters
    ----------
    probability : float or array_like of any shape
        Between 0 and 1.
    base : float
        Unit of the answer: 2 for bits, e for nats, 10 for decimal digits. Above 1.

    Returns
    -------
    float, or array of the same shape
        0 for what is certain, 1 bit for a fair coin, inf for what is impossible. The
        surprises of independent outcomes add.

    Raises
    ------
    ValueError
        If a probability is outside [0, 1], or ``base`` is not above 1.

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, section 3.13.

    Examples
    --------
    >>> surprise(0.5), surprise(1 / 8)
    (1.0, 3.0)
    >>> surprise([1, 0.25, 0])
    array([ 0.,  2., inf])
    """
    return float_if_one(surprises(probability, base))


@checked(probabilities=distribution, base=unit)
def entropy(probabilities, *, base=2):
    """Average surprise of a distribution, H(p) = sum_i p_i log(1 / p_i).

    Parameters
    ----------
    probabilities : array_like, shape (k,)
        Non-negative, summing to one. Zeros add nothing, since x log x -> 0 as x -> 0.
    base : float
        Unit of the answer: 2 for bits, e for nats. Above 1.

    Returns
    -------
    float
        Between 0 (one outcome is certain) and log k (all k are equally likely).

    Raises
    ------
    ValueError
        If ``probabilities`` is not a distribution (its sum is not within 1e-8 of 1).

    References
    ----------
    Cover & Thomas, Elements of Information Theory, section 2.1.

    Examples
    --------
    >>> entropy([0.5, 0.25, 0.25])
    1.5
    >>> entropy([1, 0])
    0.0
    """
    p = probabilities[probabilities > 0]  # 0 log 0 = 0
    return max(0.0, float(p @ surprises(p, base)))  # a sum of 1 + 1e-9 may leave -1e-9
