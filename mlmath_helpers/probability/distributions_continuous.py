"""Random variables with a density: probabilities are areas under it."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from .._arguments import number, positive
from .._numbers import deviance
from .distributions import Continuous, at_each, at_each_probability, keep, parameters
from .distributions_saddle_point import (
    gap_to_quotient,
    gap_to_share,
    log_ways_and_odds,
    peak,
)

FAR = 10**8.5  # where 1 + t^2 is t^2, to the last digit


def _spread(value, name):
    because = "with sd = 0 there is no density; all probability sits at one point"
    return number(value, name, above=0, because=because)


@dataclass(frozen=True)
class Uniform(Continuous):
    """Any point between ``low`` and ``high``, none preferred: density 1 / (high - low)."""

    low: float = 0.0
    high: float = 1.0

    def __post_init__(self):
        """Check the ends and keep them as plain numbers."""
        low = number(self.low, "low")
        high = number(self.high, "high", above=low)
        number(high - low, "high - low")
        keep(self, low=low, high=high)

    @property
    def support(self):
        """From low to high."""
        return self.low, self.high

    @at_each
    def log_pdf(self, x):
        """Return -log(high - low) from low to high, and -inf outside."""
        return np.where((self.low <= x) & (x <= self.high), -np.log(self.high - self.low), -np.inf)

    @at_each
    def cdf(self, x):
        """P(X <= x): a ramp from 0 to 1."""
        return (np.clip(x, self.low, self.high) - self.low) / (self.high - self.low)

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return (self.high - np.clip(x, self.low, self.high)) / (self.high - self.low)

    @at_each_probability
    def quantile(self, p):
        """Return the point with the share p of the interval to its left."""
        return self.low + p * (self.high - self.low)


@parameters(mean=number, sd=_spread)
class Normal(Continuous):
    """The bell curve, exp(-z^2 / 2) / (sd sqrt(2 pi)) with z = (x - mean) / sd; ``sd`` > 0."""

    mean: float = 0.0
    sd: float = 1.0
    support = (-math.inf, math.inf)

    @at_each
    def log_pdf(self, x):
        """Return -z^2 / 2 - log sd - log(2 pi) / 2."""
        return -(self._z(x) ** 2) / 2 - math.log(self.sd) - math.log(2 * math.pi) / 2

    @at_each
    def cdf(self, x):
        """P(X <= x): it has no formula without an integral; erfc is that integral, tabulated."""
        return special.erfc(-self._z(x) / math.sqrt(2)) / 2

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return special.erfc(self._z(x) / math.sqrt(2)) / 2

    @at_each_probability
    def quantile(self, p):
        """Return the x with P(X <= x) = p."""
        return self.mean + self.sd * special.ndtri(p)

    def _z(self, x):
        return (x - self.mean) / self.sd


@parameters(scale=positive)
class Exponential(Continuous):
    """Waiting time for an event that does not age: exp(-x / scale) / scale for x >= 0.

    ``scale`` > 0 is the mean wait, and 1 / scale the rate of events.
    """

    scale: float = 1.0
    support = (0.0, math.inf)

    @at_each
    def log_pdf(self, x):
        """Return -x / scale - log scale, and -inf below 0."""
        return np.where(x >= 0, -x / self.scale - math.log(self.scale), -np.inf)

    @at_each
    def cdf(self, x):
        """P(X <= x) = 1 - exp(-x / scale)."""
        return -np.expm1(-np.maximum(x, 0) / self.scale)

    @at_each
    def survival(self, x):
        """P(X > x) = exp(-x / scale)."""
        return np.exp(-np.maximum(x, 0) / self.scale)

    @at_each_probability
    def quantile(self, p):
        """Return the x with 1 - exp(-x / scale) = p."""
        return -self.scale * np.log1p(-p)


@parameters(mu=number, sigma=positive)
class LogNormal(Continuous):
    """A positive number whose logarithm is Normal(mu, sigma): many factors multiplied.

    ``mu`` and ``sigma`` > 0 are the mean and standard deviation of log x, not of x.
    """

    mu: float = 0.0
    sigma: float = 1.0
    support = (0.0, math.inf)

    @at_each
    def log_pdf(self, x):
        """Return the normal log density of log x, minus log x; -inf where x is not positive."""
        log_x = np.log(np.where((x > 0) & (x < np.inf), x, 1.0))
        inside = self._of_log.log_pdf(log_x) - log_x
        return np.where((x > 0) & (x < np.inf), inside, -np.inf)

    @at_each
    def cdf(self, x):
        """P(X <= x) = P(log X <= log x)."""
        return self._of_log.cdf(np.log(np.maximum(x, 0)))

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return self._of_log.survival(np.log(np.maximum(x, 0)))

    @at_each_probability
    def quantile(self, p):
        """Return exp of the normal quantile."""
        return np.exp(self._of_log.quantile(p))

    @property
    def _of_log(self):
        return Normal(self.mu, self.sigma)


@parameters(centre=number, scale=positive)
class Laplace(Continuous):
    """Two exponentials back to back, exp(-|x - centre| / scale) / (2 scale); ``scale`` > 0."""

    centre: float = 0.0
    scale: float = 1.0
    support = (-math.inf, math.inf)

    @at_each
    def log_pdf(self, x):
        """Return -|x - centre| / scale - log(2 scale)."""
        return -np.abs(x - self.centre) / self.scale - math.log(self.scale) - math.log(2)

    @at_each
    def cdf(self, x):
        """P(X <= x)."""
        return self._left_tail((x - self.centre) / self.scale)

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return self._left_tail((self.centre - x) / self.scale)

    @at_each_probability
    def quantile(self, p):
        """Return the x with P(X <= x) = p."""
        return self.centre + self.scale * np.where(p < 0.5, np.log(2 * p), -np.log(2 * (1 - p)))

    def _left_tail(self, z):
        tail = np.exp(-np.abs(z)) / 2
        return np.where(z < 0, tail, 1 - tail)


@parameters(centre=number, scale=positive)
class Cauchy(Continuous):
    """A bell with such heavy tails that it has no mean: 1 / (pi scale (1 + z^2)).

    z = (x - centre) / scale, with ``scale`` > 0.
    """

    centre: float = 0.0
    scale: float = 1.0
    support = (-math.inf, math.inf)

    @at_each
    def log_pdf(self, x):
        """Return -log(1 + z^2) - log(pi scale)."""
        length = np.hypot(1, (x - self.centre) / self.scale)  # sqrt(1 + z^2), which cannot overflow
        return -2 * np.log(length) - math.log(self.scale) - math.log(math.pi)

    @at_each
    def cdf(self, x):
        """P(X <= x): the angle of the point (-z, 1), as a share of a half-turn."""
        return np.arctan2(1, -(x - self.centre) / self.scale) / math.pi

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return np.arctan2(1, (x - self.centre) / self.scale) / math.pi

    @at_each_probability
    def quantile(self, p):
        """Return the x with P(X <= x) = p."""
        angle = math.pi * np.minimum(p, 1 - p)  # of the nearer tail, which keeps its digits
        return self.centre + self.scale * np.sign(p - 0.5) * np.cos(angle) / np.sin(angle)


@parameters(df=positive)
class Student(Continuous):
    """Student's t: (1 + t^2 / df)^(-(df + 1) / 2), normalised; ``df`` > 0 degrees of freedom.

    It is the Cauchy distribution for df = 1 and tends to the standard normal as df grows.
    Tails come from scipy, which loses probabilities below about 1e-100, but far out, where
    t^2 / df is beyond 1e17, from their leading term.
    """

    df: float
    support = (-math.inf, math.inf)

    @at_each
    def log_pdf(self, t):
        """Return -(df + 1) / 2 log(1 + t^2 / df) - log(sqrt(df) B(1/2, df / 2))."""
        square = t * t / self.df
        log_of_one_plus = np.where(
            square < 1, np.log1p(square), np.logaddexp(0, 2 * np.log(np.abs(t)) - np.log(self.df))
        )
        half = self.df / 2
        log_norm = deviance(half, half + 0.5, -0.5) + peak(half) - peak(half + 0.5)
        log_norm += (math.log(half + 0.5) - math.log(half) + math.log(2 * math.pi)) / 2
        return -(self.df + 1) / 2 * log_of_one_plus - log_norm

    @at_each
    def cdf(self, t):
        """P(X <= t)."""
        return np.where(t < 0, self._tail(t), 1 - self._tail(t))

    @at_each
    def survival(self, t):
        """P(X > t)."""
        return np.where(t > 0, self._tail(t), 1 - self._tail(t))

    @at_each_probability
    def quantile(self, p):
        """Return the t with P(X <= t) = p; inf where it is beyond the largest double."""
        nearer = np.minimum(p, 1 - p)
        far = np.sqrt(self.df) * np.exp(-(np.log(2 * nearer) + self._log_leading) / self.df)
        is_far = far > np.sqrt(self.df) * FAR
        near = special.stdtrit(self.df, np.where(is_far, 0.5, p))
        return np.where(is_far, np.where(p < 0.5, -far, far), near)

    def _draw(self, rng, size):
        return rng.standard_t(self.df, size)

    def _tail(self, t):
        """P(X > |t|), for large t (df / t^2)^(df / 2) / (df B(df / 2, 1 / 2))."""
        t = np.abs(t)
        log_far = self.df * (math.log(self.df) / 2 - np.log(t)) - self._log_leading
        is_far = t > np.sqrt(self.df) * FAR
        return np.where(is_far, np.exp(log_far) / 2, special.stdtr(self.df, -t))

    @property
    def _log_leading(self):
        half = self.df / 2  # log of half B(half, 1 / 2)
        return special.gammaln(half + 1) + math.log(math.pi) / 2 - special.gammaln(half + 0.5)


@parameters(shape=positive, scale=positive)
class Gamma(Continuous):
    """Waiting time for ``shape`` events: x^(shape - 1) exp(-x / scale), normalised, x >= 0.

    Both parameters are positive; shape 1 is the exponential, and below 1 the density is inf
    at 0.
    """

    shape: float
    scale: float = 1.0
    support = (0.0, math.inf)

    @at_each
    def log_pdf(self, x):
        """Return (shape - 1) log z - z - log Gamma(shape) - log scale, with z = x / scale."""
        z = np.minimum(x / self.scale, np.finfo(float).max)
        gap = gap_to_quotient(self.shape, x, self.scale)
        gap = np.where(np.isfinite(gap), gap, self.shape - z)
        inside = math.log(self.shape) - np.log(z) - deviance(self.shape, z, gap) - peak(self.shape)
        at_zero = special.xlogy(self.shape - 1, 0.0)
        log_density = np.where(z > 0, inside, at_zero) - math.log(self.scale)
        return np.where((x >= 0) & (x < np.inf), log_density, -np.inf)

    @at_each
    def cdf(self, x):
        """P(X <= x), a regularised incomplete gamma function."""
        return special.gammainc(self.shape, np.maximum(x, 0) / self.scale)

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return special.gammaincc(self.shape, np.maximum(x, 0) / self.scale)

    @at_each_probability
    def quantile(self, p):
        """Return the x with P(X <= x) = p."""
        return self.scale * special.gammaincinv(self.shape, p)

    def _draw(self, rng, size):
        return self.scale * rng.standard_gamma(self.shape, size)


def _size(value, name):
    return number(value, name, above=0, at_most=1e300)


@parameters(a=_size, b=_size)
class Beta(Continuous):
    """A probability that is itself uncertain: x^(a - 1) (1 - x)^(b - 1), normalised, on [0, 1].

    Both parameters are positive, at most 1e300; a = b = 1 is the uniform distribution.
    """

    a: float
    b: float
    support = (0.0, 1.0)

    @at_each
    def log_pdf(self, x):
        """Return (a - 1) log x + (b - 1) log(1 - x) - log B(a, b), and -inf outside [0, 1]."""
        a, b = self.a, self.b
        log_choice = log_ways_and_odds(a, b, x, gap_to_share(a, b, x))  # of (a + b)! / (a! b!)
        log_size = math.log(a) + math.log(b) - math.log(a + b)
        inside = log_choice + log_size - np.log(x) - np.log1p(-x)
        at_ends = special.xlogy(a - 1, x) + special.xlog1py(b - 1, -x) - special.betaln(a, b)
        log_density = np.where((x > 0) & (x < 1), inside, at_ends)
        return np.where((x >= 0) & (x <= 1), log_density, -np.inf)

    @at_each
    def cdf(self, x):
        """P(X <= x), a regularised incomplete beta function."""
        return special.betainc(self.a, self.b, np.clip(x, 0, 1))

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return special.betaincc(self.a, self.b, np.clip(x, 0, 1))

    @at_each_probability
    def quantile(self, p):
        """Return the x with P(X <= x) = p."""
        log_leading = (np.log(p * self.a) + special.betaln(self.a, self.b)) / self.a
        leading = np.exp(np.minimum(log_leading, 0))  # from p = x^a / (a B(a, b)), for small x
        x = special.betaincinv(self.a, self.b, p)  # nan for some p below 1e-200
        return np.where(self.b * leading < 1e-14, leading, x)

    def _draw(self, rng, size):
        return rng.beta(self.a, self.b, size)
