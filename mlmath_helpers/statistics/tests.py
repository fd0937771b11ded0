"""Tests of a difference, by formula and by dealing, their power, and the interval to them."""

import functools
import math
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from .._arguments import (
    checked,
    number,
    positive,
    random_generator,
    real_array,
    refuse_overflow,
    same_length,
    true_or_false,
    vector,
    whole_number,
)
from .._numbers import EPSILON, float_if_one, homogeneous
from ..probability import Student
from .intervals import Interval, mean_and_variance, observations, share, t_star


class TTest(NamedTuple):
    """The statistic t and its two-sided p-value."""

    t: float
    p: float


class PermutationTest(NamedTuple):
    """Of each deal the difference of the means; the share p that are as far from 0; the labels."""

    differences: np.ndarray
    p: float
    labels: np.ndarray


def _enough(sample1, sample2, paired, equal_var, **others):
    least = 2 if paired or not equal_var else 1
    observations(sample1, "sample1", least)
    observations(sample2, "sample2", least)
    if paired:
        same_length(sample1, "sample1", sample2, "sample2")
    elif len(sample1) + len(sample2) < 3:
        raise ValueError("sample1 and sample2 need three observations together, not one each")


def _of_two_samples(**scaling):
    """Let a function have two samples that are large enough, in units in which none is lost."""

    def decorate(function):
        kinds = {"sample1": vector, "sample2": vector, "confidence": share}
        kinds |= {"paired": true_or_false, "equal_var": true_or_false}
        scaled = homogeneous("sample1", "sample2", **scaling)(function)
        return refuse_overflow(checked(_enough, **kinds)(scaled))

    return decorate


def _refuse_no_spread(test):
    """Refuse samples that vary by no more than the rounding of their numbers may have made."""

    @functools.wraps(test)
    def divided(sample1, sample2, *, paired=False, equal_var=True):
        rounding = EPSILON * max(np.abs(sample1).max(), np.abs(sample2).max())
        if paired:
            spread, rounding = np.ptp(sample1 - sample2), 2 * rounding
        else:
            spread = max(np.ptp(sample1), np.ptp(sample2))
        if spread <= rounding:
            raise ValueError(
                "sample1 and sample2 have no spread beyond rounding, so the difference of their "
                "means has no standard error to be compared with; give observations that vary"
            )
        return test(sample1, sample2, paired=paired, equal_var=equal_var)

    return divided


@_of_two_samples(degree=0)
@_refuse_no_spread
def t_test(sample1, sample2, *, paired=False, equal_var=True):
    """Test whether two means are equal, t = difference / its standard error.

    Parameters
    ----------
    sample1, sample2 : array_like, shapes (n1,) and (n2,)
    paired : bool
        The i-th entries belong together (the same patient, twice): test their differences.
    equal_var : bool
        True: Student's test with one pooled variance (n1 + n2 >= 3). False: Welch's, with one
        variance for each sample (at least two observations in each). Use Welch's unless you
        know that the spreads are equal: pooling misleads most where the smaller sample
        spreads more. Not used where ``paired``.

    Returns
    -------
    t, p : float
        p is two-sided: the chance of a t at least as far from 0, if the means are equal.

    Raises
    ------
    ValueError
        If the samples have no spread beyond rounding, so that t would be a number divided by
        0, or too few observations.

    References
    ----------
    Student (1908), Biometrika 6, 1-25; Welch (1947), Biometrika 34, 28-35.

    Examples
    --------
    >>> t, p = t_test([85, 87, 82, 86, 88, 85, 87], [78, 82, 79, 81, 80, 83, 78])
    >>> round(t, 3), round(p, 4)
    (5.307, 0.0002)
    """
    difference, error, freedom = _compare(sample1, sample2, paired, equal_var)
    t = difference / error
    return TTest(t, 2 * float(stdtr(freedom, -abs(t))))


@_of_two_samples(parts=2)
def difference_interval(sample1, sample2, confidence=0.95, *, paired=False, equal_var=True):
    """Interval for the difference of two means, mean1 - mean2 +- t* standard error.

    It contains 0 exactly where `t_test`, called alike, has p >= 1 - confidence.

    Parameters
    ----------
    sample1, sample2, paired, equal_var
        As for `t_test`.
    confidence : float
        In (0, 1).

    Returns
    -------
    low, high : float
        Samples without spread give low = high, as in `confidence_interval`.

    Raises
    ------
    ValueError
        If there are too few observations, or ``confidence`` is not between 0 and 1.

    Examples
    --------
    >>> low, high = difference_interval([85, 87, 82, 86, 88, 85, 87], [78, 82, 79, 81, 80, 83, 78])
    >>> round(low, 2), round(high, 2)
    (3.28, 7.86)
    """
    difference, error, freedom = _compare(sample1, sample2, paired, equal_var)
    margin = t_star(freedom, confidence) * error
    return Interval(difference - margin, difference + margin)


TIES = 1e-9  # of the farthest: so much may rounding part deals that are equally far


def _pairs(sample1, sample2, paired, **others):
    if paired:
        same_length(sample1, "sample1", sample2, "sample2")


def _deals(value, name):
    return whole_number(value, name, at_least=1, at_most=10**6, because="each is kept")


@refuse_overflow
@checked(
    _pairs,
    sample1=vector,
    sample2=vector,
    paired=true_or_false,
    n_deals=_deals,
    rng=random_generator,
)
@homogeneous("sample1", "sample2", parts=1)
def permutation_test(sample1, sample2, *, paired=False, n_deals=1000, rng=None):
    """Deal the labels of two samples again, and count how many deals are as far apart.

    Parameters
    ----------
    sample1, sample2 : array_like, shapes (n1,) and (n2,)
    paired : bool
        The i-th entries belong together: only these two may change their labels.
    n_deals : int
        From 1 to a million. The first deal is the samples as they are.
    rng : None, int or numpy.random.Generator
        As `numpy.random.default_rng` takes it.

    Returns
    -------
    differences : ndarray, shape (n_deals,)
        Mean of those labelled 1 less mean of those labelled 2, deal by deal.
    p : float
        Share of the differences that are at least as far from 0 as the first: from
        1 / n_deals to 1. It is a p-value if, without a difference, all deals are equally likely.
    labels : ndarray of bool, shape (n_deals, n1 + n2)
        True where a deal labels an entry 1; those of ``sample1`` come first.

    Raises
    ------
    ValueError
        If a sample is empty, pairs differ in number, or ``n_deals`` is out of range.

    References
    ----------
    Fisher (1935), The Design of Experiments, section 21; Phipson & Smyth (2010), Statistical
    Applications in Genetics and Molecular Biology 9, 39 (why the samples count as a deal).

    Examples
    --------
    >>> permutation_test([85, 87, 82, 86, 88], [78, 82, 79, 81, 80], rng=0).p
    0.014
    """
    n1, n2 = len(sample1), len(sample2)
    in_order = np.arange(n1 + n2) < n1
    labels = np.tile(in_order, (n_deals, 1))
    if paired:
        labels[:, :n1] = np.random.default_rng(rng).random((n_deals, n1)) < 0.5
        labels[:, n1:] = ~labels[:, :n1]
    else:
        np.random.default_rng(rng).permuted(labels, axis=1, out=labels)
    labels[0] = in_order
    entries = np.concatenate([sample1, sample2])
    entries -= np.median(entries)  # which parts no means, and keeps digits
    rows = max(1, 10**6 // len(entries))  # at a time: as doubles the labels need much memory
    sums = np.concatenate([labels[i : i + rows] @ entries for i in range(0, n_deals, rows)])
    differences = sums / n1 - (entries.sum() - sums) / n2
    far = np.abs(differences)
    return PermutationTest(differences, float((far >= far[0] - TIES * far.max()).mean()), labels)


def _group(value, name):
    because = "one observation shows no spread, and doubles tell no more"
    return whole_number(value, name, at_least=2, at_most=10**18, because=because)


def _level(value, name):
    return number(value, name, above=0, below=1)


@checked(effect=real_array, n=_group, alpha=_level)
def power_t_test(effect, n, *, alpha=0.05):
    """Chance that Student's two-sided test of two means finds a difference that is there.

    Parameters
    ----------
    effect : float, or array of any shape
        Difference of the means in standard deviations: (mean1 - mean2) / sigma.
    n : int
        Observations in each of the two samples, from 2 to 10**18.
    alpha : float
        Level of the test, in (0, 1): it speaks up where p <= alpha.

    Returns
    -------
    float, or array like ``effect``
        From ``alpha``, at effect 0, towards 1. Exact for normal populations of equal spread:
        given the spread that the samples show, t is normal around effect * sqrt(n / 2), and
        the chance is its average over all spreads (the noncentral t distribution).

    Raises
    ------
    ValueError
        If ``n`` is out of range or ``alpha`` is not between 0 and 1.

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 2.

    Examples
    --------
    >>> round(power_t_test(1.0, 20), 4)
    0.869
    """
    freedom, shift = 2 * n - 2, effect[..., None] * math.sqrt(n / 2)  # (..., 1)
    critical = -stdtrit(freedom, alpha / 2)
    spread, weight = _spreads(freedom, critical)  # (m,), (m,)
    reach = critical * spread  # how far the difference must be from 0, in standard errors
    found = ndtr(shift - reach) + ndtr(-shift - reach)  # (..., m)
    # Added one by one, as in a browser, the weights sum to 1 + 2e-16.
    return float_if_one(np.minimum(found @ weight, 1.0))


def _shift(value, name):
    because = "farther out the density loses its digits"
    return number(value, name, at_least=-1e4, at_most=1e4, because=because)


@checked(t=real_array, freedom=positive, shift=_shift)
def t_density(t, freedom, *, shift=0.0):
    """Density of Student's t = (Z + shift) / s, with Z normal and s the spread that is shown.

    Parameters
    ----------
    t : float, or array of any shape
    freedom : float
        Degrees of freedom behind s, above 0.
    shift : float
        Where the difference truly lies, in standard errors, at most 10 000 from 0; 0 is
        Student's own distribution, anything else the noncentral t.

    Returns
    -------
    float, or array like ``t``

    Raises
    ------
    ValueError
        If ``freedom`` is not positive or ``shift`` is out of range.

    Examples
    --------
    >>> round(t_density(0.0, 1), 4)  # Cauchy's density, 1 / pi
    0.3183
    """
    log_density = Student(freedom).log_pdf(t)
    if shift != 0:
        log_density = log_density + _log_of_shifting(t, freedom, shift)
    return float_if_one(np.exp(log_density))


def _log_of_shifting(t, freedom, shift):
    """Return the logarithm of the noncentral density over Student's.

    Both are integrals over the spread s: of s^k exp(-c s^2 / 2 + shift t s), c = k + t^2, where
    k is ``freedom``, and of the same without the shift. Each is taken about its own largest
    value, and the largest values are compared by hand, so that no large numbers cancel.
    """
    n = freedom + 1
    along = np.arcsinh(shift * t / np.hypot(math.sqrt(freedom), t) / (2 * math.sqrt(n)))
    peak = np.expm1(2 * along)  # how far the largest value moves: 0 without a shift
    reach = math.asinh(abs(shift) / (2 * math.sqrt(n)))  # along is between -reach and reach
    log_area = np.polynomial.Chebyshev.interpolate(
        lambda x: np.log(_area(n, np.exp(2 * x))), 16 + math.ceil(24 * reach), [-reach, reach]
    )  # smooth, so a polynomial has all its digits and is quick for many t
    return n * (along + peak / 2) - shift**2 / 2 + log_area(along) - log_area(0.0)


def _area(n, square):
    """Return the integral of exp(n (x - e^x + 1 - square (e^x - 1)^2 / 2)) over all x.

    The largest value is 1, at x = 0. Steps grow like sinh, since to the left it falls slowly:
    such a sum, of a smooth function that vanishes at both ends, is nearly exact.
    """
    square, step = square[:, np.newaxis], 0.08  # (k, 1)
    width, place = 1 / np.sqrt(n * (1 + square)), step * np.arange(-85, 41)  # (k, 1), (m,)
    x = width * np.sinh(place)  # (k, m)
    rise = np.expm1(x)
    values = np.exp(n * (x - rise - square * rise**2 / 2))
    return (values * width * np.cosh(place)).sum(axis=-1) * step


@functools.lru_cache(maxsize=64)  # a figure, or a table of effects, asks for the same again
def _spreads(freedom, critical):
    """Return standard deviations s that a sample from N(0, 1) may show, and their weights.

    Their logarithms stand at equal gaps, far narrower than their spread, so that sums over them
    are nearly exact. They reach down to those small s at which |t| passes ``critical`` by chance.
    """
    width = 1 / math.sqrt(2 * freedom)
    lowest = -math.log(math.hypot(1, critical / math.sqrt(freedom))) - 40 / freedom
    log_s = np.arange(lowest - 12 * width, 12 * width, min(0.1, width / 2))
    weight = np.exp(freedom * (log_s - np.expm1(2 * log_s) / 2))
    return np.exp(log_s), weight / weight.sum()


def _compare(sample1, sample2, paired, equal_var):
    """Return the difference of two means, its standard error and its degrees of freedom."""
    if paired:
        difference, variance = mean_and_variance(sample1 - sample2)
        return difference, math.sqrt(variance / len(sample1)), len(sample1) - 1
    (mean1, variance1), (mean2, variance2) = map(mean_and_variance, (sample1, sample2))
    how = _pooled if equal_var else _welch
    error, freedom = how(len(sample1), variance1, len(sample2), variance2)
    left = (sample1 - mean1).mean() - (sample2 - mean2).mean()  # what rounding the means took
    return mean1 - mean2 + float(left), error, freedom


def _pooled(n1, variance1, n2, variance2):
    """Return standard error and degrees of freedom if both populations spread alike."""
    freedom = n1 + n2 - 2
    pooled = ((n1 - 1) * variance1 + (n2 - 1) * variance2) / freedom
    return math.sqrt(pooled * (1 / n1 + 1 / n2)), freedom


def _welch(n1, variance1, n2, variance2):
    """Return standard error and (fractional) degrees of freedom if each has its own spread."""
    part1, part2 = variance1 / n1, variance2 / n2
    total = part1 + part2
    if total == 0:
        return 0.0, n1 + n2 - 2
    share = part1 / total
    freedom = 1 / (share**2 / (n1 - 1) + (1 - share) ** 2 / (n2 - 1))
    return math.sqrt(total), freedom
