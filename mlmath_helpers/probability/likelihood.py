"""Fitting distributions: most likely parameters, with or without a prior."""

import math
from typing import NamedTuple

import numpy as np

from .._arguments import checked, not_negative_vector, positive, refuse_overflow, vector
from .._numbers import corrected_mean
from .distributions import Discrete, Distribution
from .distributions_continuous import Beta, Normal


class NormalFit(NamedTuple):
    """Mean and standard deviation (of the logarithms, for a log-normal)."""

    mu: float
    sigma: float


# --- what the functions below take


def _any_distribution(value, name):
    if not isinstance(value, Distribution):
        raise TypeError(f"{name} must be one, such as Normal(0, 1), not {value!r}")
    return value


def _normal(value, name):
    if not isinstance(value, Normal):
        raise TypeError(f"{name} must be a Normal distribution, not {value!r}")
    return value


def _beta_with_a_mode(value, name):
    if not isinstance(value, Beta):
        raise TypeError(f"{name} must be a Beta distribution, not {value!r}")
    if min(value.a, value.b) < 1:
        raise ValueError(f"{name} must have a and b of at least 1, or no mode is sure: {value!r}")
    return value


def _zeros_and_ones(value, name):
    data = vector(value, name)
    other = (data != 0) & (data != 1)
    if other.any():
        raise ValueError(f"{name} must hold only 0 and 1, but holds {float(data[other][0])!r}")
    return data


def _counts(value, name):
    data = not_negative_vector(value, name)
    broken = data != np.floor(data)
    if broken.any():
        first = float(data[broken][0])
        raise ValueError(f"{name} must be counts, whole numbers, but holds {first!r}")
    return data


def _positive(value, name):
    data = vector(value, name)
    if data.min() <= 0:
        raise ValueError(f"{name} must be positive for a logarithm, but holds {data.min():g}")
    return data


# --- likelihoods, and where they are largest


@checked(distribution=_any_distribution, data=vector)
def log_likelihood(distribution, data):
    """Logarithm of the probability (density) of independent data: sum_i log p(x_i).

    Parameters
    ----------
    distribution : Distribution
        From `mlmath_helpers.probability`, for instance ``Normal(0, 1)``.
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
    >>> from mlmath_helpers.probability import Bernoulli
    >>> round(log_likelihood(Bernoulli(0.5), [1, 0, 1]), 4)  # 3 log(1/2)
    -2.0794
    """
    each = distribution.log_pmf if isinstance(distribution, Discrete) else distribution.log_pdf
    return _sum(each(data))


@refuse_overflow
@checked(data=vector)
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
    mu = corrected_mean(data)
    return NormalFit(mu, _root_mean_square(data - mu))


@checked(data=_positive)
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
    return mle_normal(np.log(data))


@checked(data=_zeros_and_ones)
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
    return float(data.sum() / len(data))


@refuse_overflow
@checked(data=_counts)
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
    return float(data.sum() / len(data))


@refuse_overflow
@checked(data=not_negative_vector)
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
    return float(data.sum() / len(data))


@checked(data=_zeros_and_ones, prior=_beta_with_a_mode)
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
    >>> from mlmath_helpers.probability import Beta
    >>> map_bernoulli([1, 1], Beta(2, 2))
    0.75
    """
    ones = float(data.sum())
    ones, zeros = ones + (prior.a - 1), len(data) - ones + (prior.b - 1)
    return ones / (ones + zeros)  # at most 1, however the sums are rounded


@refuse_overflow
@checked(data=vector, sigma=positive, prior=_normal)
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
    >>> from mlmath_helpers.probability import Normal
    >>> map_normal_mean([4.0], sigma=1.0, prior=Normal(0, 1))
    2.0
    """
    error = sigma / math.sqrt(len(data))  # of the mean of the data
    larger = max(error, prior.sd)
    of_data, of_prior = (prior.sd / larger) ** 2, (error / larger) ** 2  # weights: one is 1
    total = of_data + of_prior
    return of_data / total * corrected_mean(data) + of_prior / total * prior.mean


def _sum(terms):
    """Return the sum, which is -inf if any of them is, though another be inf."""
    return -math.inf if terms.min() == -np.inf else float(terms.sum())


def _root_mean_square(x):
    """Return sqrt(mean of x_i^2), in units of the largest, so that no square can overflow."""
    largest = np.abs(x).max()
    if largest == 0:
        return 0.0
    relative = x / largest
    return float(largest * math.sqrt(relative @ relative / len(x)))
