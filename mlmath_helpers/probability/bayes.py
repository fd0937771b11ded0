"""Bayes' rule, for one hypothesis and for many."""

import functools

import numpy as np

from .._arguments import (
    checked,
    coarsest_gap,
    distribution,
    extended_array,
    not_negative_vector,
    probabilities,
    refuse_negative,
    same_length,
    true_or_false,
)
from .._numbers import float_if_one

ROUNDING = 1e-12  # how far likelihood * prior may exceed the evidence by rounding alone


def _refuse_contradictions(rule):
    """Refuse an evidence of 0, or one smaller than its part that goes with the hypothesis."""

    @functools.wraps(rule)
    def consistent(prior, likelihood, data):
        rounding = max(ROUNDING, 4 * max(map(coarsest_gap, (prior, likelihood, data))))
        prior, likelihood = probabilities(prior, "prior"), probabilities(likelihood, "likelihood")
        data = probabilities(data, "data")
        if data.min() == 0:
            raise ValueError("data, the evidence P(D), is 0: an impossible event was not observed")
        _broadcast(prior, "prior", likelihood, "likelihood")
        _broadcast(likelihood * prior, "prior, likelihood", data, "data")
        if (likelihood * prior > data * (1 + rounding)).any():
            raise ValueError(
                "likelihood * prior must not exceed data, since P(D | H) P(H) is a part of P(D); "
                "data is P(D|H) P(H) + P(D|not H) P(not H)"
            )
        # In parts between 1/2 and 1, times powers of two: no product is too small for a double.
        (prior, a), (likelihood, b), (data, c) = map(np.frexp, (prior, likelihood, data))
        belief = np.ldexp(rule(prior, likelihood, data), a + b - c)
        return float_if_one(np.minimum(belief, 1.0))

    return consistent


@_refuse_contradictions
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
    return likelihood * prior / data


@checked(prior=distribution, log=true_or_false)
def posterior(prior, likelihood, *, log=False):
    """Belief in several hypotheses after data: prior times likelihood, divided by their sum.

    Parameters
    ----------
    prior : array_like, shape (k,)
        Belief before, not negative, summing to 1. The hypotheses exclude one another, and one
        of them is true.
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
    likelihood = (_logarithms if log else not_negative_vector)(likelihood, "likelihood")
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


@checked(probability=probabilities)
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
    with np.errstate(divide="ignore"):
        return float_if_one(probability / (1 - probability))


def _odds(value, name):
    odds = extended_array(value, name)
    refuse_negative(odds, name)
    return np.minimum(odds, np.finfo(float).max)  # whose probability is 1.0 already


@checked(odds=_odds)
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
    return float_if_one(odds / (1 + odds))


def _broadcast(first, first_name, second, second_name):
    try:
        np.broadcast_shapes(first.shape, second.shape)
    except ValueError:
        raise ValueError(
            f"{first_name} and {second_name} must be numbers or of one shape, "
            f"not of shapes {first.shape} and {second.shape}"
        ) from None


def _logarithms(value, name):
    logarithms = extended_array(value, name)
    if logarithms.ndim != 1 or logarithms.max() == np.inf:
        raise ValueError(f"{name} must be a 1-D array of logarithms below inf")
    return logarithms
