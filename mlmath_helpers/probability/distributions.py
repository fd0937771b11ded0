"""Distributions: mass or density, cumulative distribution and quantile, each from its formula.

A distribution is a small frozen object, ``Normal(mean=0, sd=1)``, whose methods take one
number or an array and return the same shape (a plain float for one number). Logarithms come
first: ``log_pdf`` is the formula, and ``pdf`` its exponential, so that a density too small
for a double still has a logarithm. Where something is impossible the logarithm is -inf.

Points may be -inf or inf (no density there, cumulative probability 0 or 1); nan is a
ValueError, and so is a parameter out of its range. A quantile beyond the largest double is inf,
or -inf. Masses and densities have 13 digits, of counts up to 2^53 and of parameters up to 1e15,
wherever they are above 1e-100. The incomplete gamma and beta functions and the error function
come from scipy, and cumulative probabilities have its digits: with counts of n, about
1e-16 sqrt(n) is lost.
"""

import functools
from dataclasses import dataclass

import numpy as np

from .._arguments import extended_array, number, probabilities, whole_number
from .._numbers import float_if_one


def parameters(**kinds):
    """Make a class a frozen dataclass that keeps its parameters as checked, plain numbers."""

    def decorate(cls):
        def check(self):
            keep(self, **{name: kind(getattr(self, name), name) for name, kind in kinds.items()})

        cls.__post_init__ = check
        return dataclass(frozen=True)(cls)

    return decorate


def keep(distribution, **parameters):
    """Set parameters of a frozen dataclass while it is being made."""
    for name, value in parameters.items():
        object.__setattr__(distribution, name, value)


def at_each(formula):
    """Let a method that computes with an array of points take whatever a user gives."""

    @functools.wraps(formula)
    def anywhere(self, x):
        with np.errstate(all="ignore"):  # log 0 = -inf is meant, and exp(-1e9) = 0 is near enough
            return float_if_one(formula(self, extended_array(x, "x")))

    return anywhere


def at_each_count(log_mass):
    """Let a log mass that is computed for possible counts take any point; elsewhere it is -inf."""

    @functools.wraps(log_mass)
    def anywhere(self, x):
        smallest, largest = self.support
        possible = (smallest <= x) & (x <= largest) & (np.floor(x) == x) & (x < np.inf)
        return np.where(possible, log_mass(self, np.where(possible, x, smallest)), -np.inf)

    return at_each(anywhere)


def at_each_probability(formula):
    """Let a method that computes with probabilities strictly between 0 and 1 take 0 and 1 too."""

    @functools.wraps(formula)
    def anywhere(self, p):
        p = probabilities(p, "p")
        inside = (p > 0) & (p < 1)
        ends = np.where(p == 0, *self.support)
        with np.errstate(over="ignore"):  # inf is meant, for what is beyond all doubles
            values = formula(self, np.where(inside, p, 0.5))
        return float_if_one(np.where(inside, values, ends))

    return anywhere


class Distribution:
    """What all distributions share. A subclass gives ``support``, ``cdf`` and the rest."""

    def survival(self, x):
        """P(X > x) = 1 - cdf(x); overridden wherever the right tail can keep its digits."""
        return 1 - self.cdf(x)

    def between(self, low, high):
        """P(low < X <= high) = cdf(high) - cdf(low), subtracted in the nearer tail.

        Raises
        ------
        ValueError
            If ``low`` is above ``high``, or either is nan.
        """
        low = number(low, "low", infinite=True)
        high = number(high, "high", infinite=True, at_least=low, because="an interval goes up")
        if self.cdf(low) > 0.5:
            return self.survival(low) - self.survival(high)
        return self.cdf(high) - self.cdf(low)

    def sample(self, size, *, rng):
        """Draw ``size`` values: the quantiles of uniform random numbers.

        ``rng`` is anything that `numpy.random.default_rng` takes: a seed or a generator.
        """
        return self._draw(np.random.default_rng(rng), whole_number(size, "size", at_least=1))

    def _draw(self, rng, size):
        p = rng.random(size)
        p[p == 0] = 2.0**-54
        with np.errstate(over="ignore"):  # inf is meant
            return type(self).quantile.__wrapped__(self, p)  # the formula: no p needs a check


class Continuous(Distribution):
    """A random variable with a density: probabilities are areas under it."""

    def pdf(self, x):
        """Density, exp(log_pdf(x)); it may exceed 1, and even be inf at a single point."""
        return _exponential(self.log_pdf(x))


class Discrete(Distribution):
    """A random variable on whole numbers (`Empirical`: on given ones), with a mass at each."""

    def pmf(self, x):
        """P(X = x), exp(log_pmf(x)); 0 for an x that cannot occur."""
        return _exponential(self.log_pmf(x))

    @at_each_probability
    def quantile(self, p):
        """Smallest x with P(X <= x) >= p, looked up between those of the smallest and largest p.

        Where there are more counts than a table should hold, it has every so many of them, and
        the rest of the way is halved.
        """
        first, last = self._by_halving(*self._doubled(np.array([p.min(), p.max()])))
        step = max(1.0, np.ceil((last - first) / (10 * p.size + 1000)))
        counts = np.arange(first, last + step, step)
        high = counts.take(np.searchsorted(self.cdf(counts), p), mode="clip")
        return high if step == 1 else self._by_halving(p, high - step, high)

    def _doubled(self, p):
        """Return p, and counts with P(X <= low) < p <= P(X <= high), twice as far each time."""
        smallest = self.support[0]
        low, high = np.full(p.shape, smallest - 1.0), np.full(p.shape, smallest)
        while (short := self.cdf(high) < p).any():
            low, high = np.where(short, high, low), np.where(short, 2 * high + 1, high)
        return p, low, high

    def _by_halving(self, p, low, high):
        while (high - low > 1).any():
            middle = np.floor((low + high) / 2)
            enough = self.cdf(middle) >= p
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return high


def _exponential(log_values):
    with np.errstate(over="ignore"):
        return float_if_one(np.exp(log_values))
