"""Probability: Bayes' rule, and fitting distributions by maximum likelihood.

Probabilities are plain numbers or 1-D arrays; distributions come from `distributions`.
A result beyond the largest double, 1.8e308, is a ValueError, never a silent inf: that is
what ``@refuse_overflow`` above a function says.
"""

import math
from typing import NamedTuple

import numpy as np

from ._arguments import (
    extended_array,
    number,
    probabilities,
    real_array,
    refuse_overflow,
    same_length,
    vector,
)
from .distributions import Beta, Discrete, Distribution, Normal

ROUNDING = 1e-12  # how far likelihood * prior may exceed the evidence by rounding alone


class NormalFit(NamedTuple):
    """Mean and standard deviation (of the logarithms, for a log-normal)."""

    mu: float
    sigma: float


# ------------------------------------------------------------ Bayes' rule


def bayesian_update(prior, likelihood, data):
    """Bayes' rule: P(H | D) = P(D | H) P(H) / P(D).

    Parameters
    ----------
    prior : float or array_like
        P(H), belief in the hypothesis before the data.
    likelihood : float or array_like
        P(D | H), probability of the data if the hypothesis is true.
    data : float or array_like
        P(D), probability of the data whatever is true: the *evidence*. (The name is the
        article's.) Not 0: what cannot happen has not been observed.

    Returns
    -------
    float, or array where an argument is one
        P(H | D), belief after the data. Arrays must be of one
        shape (or broadcast).

    Raises
    ------
    ValueError
        If an argument is outside [0, 1], ``data`` is 0, or ``likelihood * prior`` exceeds
        ``data``: H and D together cannot be more probable than D. For densities, which may
        exceed 1, use `posterior`.

    Examples
    --------
    >>> bayesian_update(0.5, 0.5, 0.5)
    0.5
    """
    prior = _probability(prior, "prior")
    likelihood = _probability(likelihood, "likelihood")
    evidence = _probability(data, "data")
    if evidence.min() == 0:
        raise ValueError("data, the evidence P(D), is 0: an impossible event was not observed")
    _broadcast(prior, "prior", likelihood, "likelihood")
    joint = likelihood * prior
    _broadcast(joint, "prior, likelihood", evidence, "data")
    if (joint > evidence * (1 + ROUNDING)).any():
        raise ValueError(
            "likelihood * prior must not exceed data, since P(D | H) P(H) is a part of P(D); "
            "data is P(D|H) P(H) + P(D|not H) P(not H)"
        )
    return _float_if_one(np.minimum(joint / evidence, 1.0))


def posterior(prior, likelihood, *, log=False):
    """Belief in several hypotheses after data: prior times likelihood, divided by their sum.

    Parameters
    ----------
    prior : array_like, shape (k,)
        Belief before, not negative, summing to 1 (to 1e-9). The hypotheses exclude one
        another, and one of them is true.
    likelihood : array_like, shape (k,)
        Probability, or density, of the data under each. Only ratios matter.
    log : bool
        True if ``likelihood`` holds logarithms; -inf is then welcome, for an impossibility.

    Returns
    -------
    array of shape (k,)
        Belief after; its sum is 1.

    Raises
    ------
    ValueError
        If ``prior`` is no distribution, a likelihood is negative, or all hypotheses that have
        any prior exclude the data: the evidence is then 0, and a hypothesis is missing.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 6.3.

    Examples
    --------
    >>> posterior([0.5, 0.5], [0.5, 1.0])
    array([0.33333333, 0.66666667])
    """
    if not isinstance(log, bool):
        raise TypeError(f"log must be True or False, not {log!r}")
    prior = probabilities(prior, "prior")
    likelihood = _logarithms(likelihood) if log else _densities(likelihood)
    same_length(prior, "prior", likelihood, "likelihood")
    possible = prior > 0
    largest = likelihood[possible].max()
    if largest == (-np.inf if log else 0):
        raise ValueError(
            "likelihood is 0 for every hypothesis with a prior above 0: the evidence is 0, "
            "so the data are impossible; a hypothesis is missing"
        )
    with np.errstate(all="ignore"):  # relative to the largest, the sum cannot underflow
        relative = np.exp(likelihood - largest) if log else likelihood / largest
    joint = prior * np.where(possible, relative, 0)
    return joint / joint.sum()


def to_odds(probability):
    """Odds p / (1 - p): how many times likelier than not; inf for p = 1.

    Parameters
    ----------
    probability : float or array_like
        Between 0 and 1.

    Returns
    -------
    float, or array where the argument is one

    Raises
    ------
    ValueError
        If a probability is outside [0, 1].

    Examples
    --------
    >>> to_odds(0.75)
    3.0
    """
    p = _probability(probability, "probability")
    with np.errstate(divide="ignore"):
        return _float_if_one(p / (1 - p))


def from_odds(odds):
    """Probability odds / (1 + odds); the way back from `to_odds`.

    Parameters
    ----------
    odds : float or array_like
        Not negative; inf is certainty.

    Returns
    -------
    float, or array where the argument is one

    Raises
    ------
    ValueError
        If odds are negative or nan.

    Examples
    --------
    >>> from_odds(3.0)
    0.75
    """
    odds = _at_least_zero(extended_array(odds, "odds"), "odds")
    odds = np.minimum(odds, np.finfo(float).max)  # whose probability is 1.0 already
    return _float_if_one(odds / (1 + odds))


# ------------------------------------------------- maximum likelihood and MAP


def log_likelihood(distribution, data):
    """Logarithm of the probability (density) of independent data: sum_i log p(x_i).

    Parameters
    ----------
    distribution : Distribution
        From `mlmath_helpers.distributions`, for instance ``Normal(0, 1)``.
    data : array_like, shape (n,)

    Returns
    -------
    float
        -inf if the distribution excludes one of the observations. Never nan.

    Raises
    ------
    TypeError
        If ``distribution`` is not one.
    ValueError
        If ``data`` is empty or holds nan or inf. (A distribution with standard deviation 0
        has no density; it cannot be made.)

    Examples
    --------
    >>> from mlmath_helpers.distributions import Bernoulli
    >>> round(log_likelihood(Bernoulli(0.5), [1, 0, 1]), 4)  # 3 log(1/2)
    -2.0794
    """
    if not isinstance(distribution, Distribution):
        raise TypeError(f"distribution must be one, such as Normal(0, 1), not {distribution!r}")
    data = vector(data, "data")
    each = distribution.log_pmf if isinstance(distribution, Discrete) else distribution.log_pdf
    terms = each(data)
    return -math.inf if terms.min() == -np.inf else float(terms.sum())


@refuse_overflow
def mle_normal(data):
    """Mean and standard deviation that make the data likeliest: divisor n, not n - 1.

    Parameters
    ----------
    data : array_like, shape (n,)
        One observation or more. If all are equal, sigma is 0: the likelihood then grows
        without bound as sigma falls to 0, and ``Normal(mu, 0)`` is refused.

    Returns
    -------
    (mu, sigma) : NormalFit

    Raises
    ------
    ValueError
        If ``data`` is empty or holds nan or inf, or their sum is beyond the largest double.

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, sections 5.4 and 5.5.

    Examples
    --------
    >>> mle_normal([1, 3])
    NormalFit(mu=2.0, sigma=1.0)
    """
    data = vector(data, "data")
    mu = _mean(data)
    return NormalFit(mu, _root_mean_square(data - mu))


def mle_lognormal(data):
    """`mle_normal` of the logarithms, since these are normal; R's fitdistr does the same.

    Parameters
    ----------
    data : array_like, shape (n,)
        Positive numbers. If all are equal, sigma is 0.

    Returns
    -------
    (mu, sigma) : NormalFit

    Raises
    ------
    ValueError
        If ``data`` is empty or holds a number that is not positive.

    Examples
    --------
    >>> mle_lognormal([1, 1, 1])
    NormalFit(mu=0.0, sigma=0.0)
    """
    data = vector(data, "data")
    if data.min() <= 0:
        raise ValueError(f"data must be positive for a logarithm, but holds {data.min():g}")
    return mle_normal(np.log(data))


def mle_bernoulli(data):
    """Share of ones, the probability that makes the data likeliest.

    Parameters
    ----------
    data : array_like, shape (n,)
        Zeros and ones, or booleans.

    Returns
    -------
    float
        0 or 1 if all data agree: the fit then calls the other outcome impossible.

    Raises
    ------
    ValueError
        If ``data`` is empty or holds anything but 0 and 1.

    Examples
    --------
    >>> mle_bernoulli([1, 0, 1, 1])
    0.75
    """
    data = _zeros_and_ones(data)
    return float(data.sum() / len(data))


@refuse_overflow
def mle_poisson(data):
    """Mean count, the rate that makes the data likeliest.

    Parameters
    ----------
    data : array_like, shape (n,)
        Counts: whole numbers, not negative.

    Returns
    -------
    float
        0 if nothing was ever counted.

    Raises
    ------
    ValueError
        If ``data`` is empty or holds something that is no count.

    Examples
    --------
    >>> mle_poisson([0, 1, 2, 1])
    1.0
    """
    data = _at_least_zero(vector(data, "data"), "data")
    if (data != np.floor(data)).any():
        raise ValueError(
            f"data must be counts, whole numbers, but holds {data[data != np.floor(data)][0]:g}"
        )
    return float(data.sum() / len(data))


@refuse_overflow
def mle_exponential(data):
    """Mean wait, the scale that makes the data likeliest; the rate is 1 / scale.

    Parameters
    ----------
    data : array_like, shape (n,)
        Waiting times, not negative. If all are 0, the scale is 0: the likelihood then grows
        without bound as the scale falls to 0, and ``Exponential(0)`` is refused.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``data`` is empty or holds a negative number.

    Examples
    --------
    >>> mle_exponential([1, 2, 6])
    3.0
    """
    data = _at_least_zero(vector(data, "data"), "data")
    return float(data.sum() / len(data))


def map_bernoulli(data, prior):
    """Likeliest p after the data, given a Beta prior: (k + a - 1) / (n + a + b - 2).

    Parameters
    ----------
    data : array_like, shape (n,)
        Zeros and ones; k of them are ones.
    prior : Beta
        With a and b at least 1, as if a - 1 ones and b - 1 zeros had been seen before.

    Returns
    -------
    float
        With ``Beta(1, 1)``, the flat prior, the same as `mle_bernoulli`.

    Raises
    ------
    ValueError
        If ``data`` is empty or holds anything but 0 and 1, or a or b is below 1 (the
        posterior density may then have no largest value).

    Examples
    --------
    >>> from mlmath_helpers.distributions import Beta
    >>> map_bernoulli([1, 1], Beta(2, 2))
    0.75
    """
    data = _zeros_and_ones(data)
    if not isinstance(prior, Beta):
        raise TypeError(f"prior must be a Beta distribution, not {prior!r}")
    if min(prior.a, prior.b) < 1:
        raise ValueError(f"prior must have a and b of at least 1, or no mode is sure: {prior!r}")
    seen_before = (prior.a - 1) + (prior.b - 1)
    return float((data.sum() + prior.a - 1) / (len(data) + seen_before))


@refuse_overflow
def map_normal_mean(data, sigma, prior):
    """Likeliest mean after the data, given a normal prior: an average weighted by precision.

    It minimises sum_i (x_i - mu)^2 / (2 sigma^2) + (mu - prior.mean)^2 / (2 prior.sd^2):
    squared error with a squared penalty.

    Parameters
    ----------
    data : array_like, shape (n,)
    sigma : float
        Known standard deviation of one observation, above 0.
    prior : Normal
        Belief about the mean before the data.

    Returns
    -------
    float
        Between ``prior.mean`` and the mean of the data.

    Raises
    ------
    ValueError
        If ``data`` is empty or holds nan or inf, or ``sigma`` is not above 0.

    Examples
    --------
    >>> from mlmath_helpers.distributions import Normal
    >>> map_normal_mean([4.0], sigma=1.0, prior=Normal(0, 1))
    2.0
    """
    mean = _mean(vector(data, "data"))
    sigma = number(sigma, "sigma", above=0)
    if not isinstance(prior, Normal):
        raise TypeError(f"prior must be a Normal distribution, not {prior!r}")
    ratio = sigma / prior.sd
    weight = len(data) / (len(data) + ratio * ratio)  # of the data: near 1 as n grows
    return weight * mean + (1 - weight) * prior.mean


# ------------------------------------------------------------------ shared


def _mean(data):
    """Mean, corrected by what it leaves: of constant data exactly their value."""
    rough = data.sum() / len(data)
    return float(rough + (data - rough).sum() / len(data))


def _root_mean_square(x):
    """Return sqrt(mean of x_i^2), in units of the largest, so that no square can overflow."""
    largest = np.abs(x).max()
    if largest == 0:
        return 0.0
    relative = x / largest
    return float(largest * math.sqrt(relative @ relative / len(x)))


def _probability(value, name):
    p = real_array(value, name)
    if p.min() < 0 or p.max() > 1:
        outside = p.min() if p.min() < 0 else p.max()
        raise ValueError(f"{name} is a probability, between 0 and 1, but holds {outside:g}")
    return p


def _broadcast(first, first_name, second, second_name):
    try:
        np.broadcast_shapes(first.shape, second.shape)
    except ValueError:
        raise ValueError(
            f"{first_name} and {second_name} must be numbers or of one shape, "
            f"not of shapes {first.shape} and {second.shape}"
        ) from None


def _densities(likelihood):
    return _at_least_zero(vector(likelihood, "likelihood"), "likelihood")


def _logarithms(likelihood):
    log_likelihood = extended_array(likelihood, "likelihood")
    if log_likelihood.ndim != 1 or log_likelihood.max() == np.inf:
        raise ValueError("likelihood must be a 1-D array of logarithms below inf")
    return log_likelihood


def _at_least_zero(array, name):
    if array.min() < 0:
        raise ValueError(f"{name} must not be negative, but holds {array.min():g}")
    return array


def _zeros_and_ones(data):
    data = vector(data, "data")
    other = (data != 0) & (data != 1)
    if other.any():
        raise ValueError(f"data must hold only 0 and 1, but holds {data[other][0]:g}")
    return data


def _float_if_one(values):
    return float(values) if np.ndim(values) == 0 else values
