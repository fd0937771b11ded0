"""Confidence intervals, for a mean and for a share."""

import math
from typing import NamedTuple

from scipy.special import ndtri, stdtrit

from .._arguments import checked, number, refuse_overflow, vector, whole_number
from .._numbers import corrected_mean, homogeneous


class Interval(NamedTuple):
    """The two ends of an interval."""

    low: float
    high: float


def observations(value, name, at_least=2):
    """Return a sample, a 1-D array of at least so many observations."""
    sample = vector(value, name)
    if len(sample) < at_least:
        raise ValueError(
            f"{name} needs at least {at_least} observations, not {len(sample)}: "
            "one alone shows no spread"
        )
    return sample


def share(value, name):
    """Return a confidence, a number between 0 and 1."""
    return number(value, name, above=0, below=1, because="it is a share, such as 0.95")


@refuse_overflow
@checked(data=observations, confidence=share)
@homogeneous("data", parts=2)
def confidence_interval(data, confidence=0.95):
    """Interval for the mean of a population, mean +- t* s / sqrt(n).

    Parameters
    ----------
    data : array_like, shape (n,)
        At least two independent observations. Where n is small they should come from a
        nearly normal population, else the promise of ``confidence`` is not kept.
    confidence : float
        Share of all samples whose interval contains the mean of the population, in (0, 1).

    Returns
    -------
    low, high : float
        Constant data give low = high: the formula sees no spread, which does not prove that
        there is none.

    Raises
    ------
    ValueError
        If there is one observation only, or ``confidence`` is not between 0 and 1.

    References
    ----------
    NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.2.

    Examples
    --------
    >>> low, high = confidence_interval([85, 87, 82, 86, 88, 85, 87])
    >>> round(low, 2), round(high, 2)
    (83.89, 87.54)
    """
    n = len(data)
    mean, variance = mean_and_variance(data)
    margin = t_star(n - 1, confidence) * math.sqrt(variance / n)
    return Interval(mean - margin, mean + margin)


def _trials(value, name):
    return whole_number(value, name, at_least=1, at_most=10**18, because="doubles tell no more")


@checked(trials=_trials, confidence=share)
def proportion_interval(successes, trials, confidence=0.95, *, method="wilson"):
    """Interval for a probability p, from the share of successes in n trials.

    Parameters
    ----------
    successes, trials : int
        0 <= successes <= trials, trials >= 1, independent with the same p.
    confidence : float
        In (0, 1). Counts are whole, so the true coverage only comes near it.
    method : "wilson" or "wald"
        Wilson keeps each p that the data do not contradict: |share - p| <= z sqrt(p (1-p) / n).
        Wald puts the share in the place of p under that root: share +- z sqrt(share (1-share) / n),
        which has no width at 0 or n successes and may leave [0, 1].

    Returns
    -------
    low, high : float

    Raises
    ------
    ValueError
        If the counts or ``confidence`` are out of range, or the method has another name.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212; Brown, Cai &
    DasGupta (2001), Statistical Science 16, 101-133.

    Examples
    --------
    >>> low, high = proportion_interval(52, 100)
    >>> round(low, 4), round(high, 4)
    (0.4232, 0.6154)
    """
    n = trials
    k = whole_number(successes, "successes", at_least=0, at_most=n, because="trials is the limit")
    z = -float(ndtri((1 - confidence) / 2))  # by the tail, which keeps its digits near 0
    share = k / n
    if method == "wald":
        margin = z * math.sqrt(share * (1 - share) / n)
        return Interval(share - margin, share + margin)
    if method != "wilson":
        raise ValueError(f'method must be "wilson" or "wald", not {method!r}')
    shrinkage = 1 + z**2 / n
    centre = (share + z**2 / (2 * n)) / shrinkage
    margin = z * math.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2) / shrinkage
    low, high = centre - margin, centre + margin
    return Interval(low if k > 0 else 0.0, high if k < n else 1.0)  # exact, not 1e-17


def t_star(freedom, confidence):
    """Return the bound that |t| stays below with this chance."""
    return -float(stdtrit(freedom, (1 - confidence) / 2))  # by the tail, as above


def mean_and_variance(sample):
    """Return the mean and the variance with divisor n - 1 (0 for one observation)."""
    n, centre = len(sample), corrected_mean(sample)
    deviations = sample - centre
    squares = (deviations**2).sum() - deviations.sum() ** 2 / n
    return centre, float(squares) / max(n - 1, 1)
