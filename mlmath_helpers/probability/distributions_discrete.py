"""Random variables that jump from value to value: a probability for each."""

import math

import numpy as np
from scipy import special

from .._arguments import distribution, number, vector, whole_number
from .._numbers import deviance
from .distributions import Discrete, at_each, at_each_count, at_each_probability, parameters
from .distributions_saddle_point import gap_to_multiple, log_ways_and_odds, peak

LARGEST_COUNT = 2**53  # beyond, whole numbers are not all doubles


def _chance(value, name):
    return number(value, name, at_least=0, at_most=1)


def _kinds(value, name):
    return tuple(distribution(value, name).tolist())


def _trials(value, name):
    return whole_number(value, name, at_least=1, at_most=LARGEST_COUNT)


def _rate(value, name):
    return number(value, name, at_least=0, at_most=LARGEST_COUNT / 10)


@parameters(p=_chance)
class Bernoulli(Discrete):
    """One yes or no: P(X = 1) = p and P(X = 0) = 1 - p. ``p`` between 0 and 1, ends included."""

    p: float
    support = (0.0, 1.0)

    @at_each
    def log_pmf(self, x):
        """Return log p at 1, log(1 - p) at 0, and -inf elsewhere."""
        return np.select([x == 1, x == 0], [np.log(self.p), np.log1p(-self.p)], -np.inf)

    @at_each
    def cdf(self, x):
        """P(X <= x): a step of 1 - p at 0 and of p at 1."""
        return np.select([x < 0, x < 1], [0.0, 1 - self.p], 1.0)

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return np.select([x < 0, x < 1], [1.0, self.p], 0.0)

    @at_each_probability
    def quantile(self, p):
        """Return 0 where 1 - p is enough, else 1."""
        return np.where(p <= 1 - self.p, 0.0, 1.0)


@parameters(probabilities=_kinds)
class Categorical(Discrete):
    """One of k kinds, numbered from 0: P(X = i) = probabilities[i].

    The probabilities must not be negative, and sum to 1, else a ValueError.
    """

    probabilities: tuple

    @property
    def support(self):
        """First and last kind that can occur."""
        possible = np.flatnonzero(self.probabilities)
        return float(possible[0]), float(possible[-1])

    @at_each
    def log_pmf(self, x):
        """Return log probabilities[x], and -inf where x is no kind."""
        kinds = np.arange(len(self.probabilities))
        kind = np.clip(x, 0, kinds[-1]).astype(int)
        return np.where(kind == x, np.log(np.array(self.probabilities)[kind]), -np.inf)

    @at_each
    def cdf(self, x):
        """P(X <= x), the sum of the probabilities up to x."""
        steps = np.append(0.0, self._steps)
        return steps[np.clip(np.floor(x) + 1, 0, len(self._steps)).astype(int)]

    @at_each_probability
    def quantile(self, p):
        """Smallest kind with P(X <= kind) >= p."""
        return np.searchsorted(self._steps, p).astype(float)

    @property
    def _steps(self):
        sums = np.minimum(np.cumsum(self.probabilities), 1.0)
        sums[int(self.support[1]) :] = 1.0  # whatever rounding says
        return sums


@parameters(n=_trials, p=_chance)
class Binomial(Discrete):
    """Number of successes in n independent trials: C(n, k) p^k (1 - p)^(n - k).

    ``n`` is a whole number, at least 1; ``p`` is between 0 and 1, ends included.
    """

    n: int
    p: float

    @property
    def support(self):
        """From 0 to n."""
        return 0.0, float(self.n)

    @at_each_count
    def log_pmf(self, x):
        """Return log C(n, x) + x log p + (n - x) log(1 - p), and -inf for an impossible x."""
        gap = gap_to_multiple(x, self.n, self.p)
        return log_ways_and_odds(x, self.n - x, self.p, gap)

    @at_each
    def cdf(self, x):
        """P(X <= x), a regularised incomplete beta function."""
        return self._area(x, 1.0, special.betaincc)

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return self._area(x, -1.0, special.betainc)

    def _area(self, x, sign, by_beta):
        """Return P(X <= x), or with the sign -1 P(X > x).

        In the middle of 10^8 or more it is a bent normal curve's: there the library's incomplete
        beta function takes up to 40 ms a count, or (before scipy 1.15) loses half of its digits.
        """
        k, n, p = np.floor(x), self.n, self.p
        spread = math.sqrt(n * p * (1 - p))
        middle = (np.abs(k + 0.5 - n * p) < 4 * spread) & (spread > 1e4)
        return np.piecewise(
            k,
            [k < 0, k >= n, middle],
            [
                (1 - sign) / 2,
                (1 + sign) / 2,
                lambda k: _bent_normal(gap_to_multiple(k + 0.5, n, p) / spread, spread, p, sign),
                lambda k: by_beta(k + 1, n - k, p),
            ],
        )


def _bent_normal(z, spread, p, sign):
    """Return the area left of z (right, if the sign is -1) under a binomial's normal curve.

    It is bent by skewness and excess, and by 1/24 of the slope since the places between counts
    are taken together: Edgeworth's series, whose next terms are about 1 / spread^3.
    """
    skew, excess = (1 - 2 * p) / spread, (1 - 6 * p * (1 - p)) / spread**2
    bend = (
        skew / 6 * (1 - z**2)
        + excess / 24 * z * (3 - z**2)
        - skew**2 / 72 * z * (z**4 - 10 * z**2 + 15)
        + z / (24 * spread**2)
    )
    return special.ndtr(sign * z) + sign * bend * np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


@parameters(rate=_rate)
class Poisson(Discrete):
    """Number of events that come one by one, independently, ``rate`` on average.

    P(X = k) = rate^k exp(-rate) / k! for k = 0, 1, 2, ...; ``rate`` is between 0 (the count is
    then surely 0) and 9e14, beyond which counts are no longer exact doubles.
    """

    rate: float
    support = (0.0, math.inf)

    @at_each_count
    def log_pmf(self, x):
        """Return x log(rate) - rate - log x!, and -inf where x is no count."""
        return -deviance(x, self.rate, x - self.rate) - peak(x)

    @at_each
    def cdf(self, x):
        """P(X <= x), a regularised incomplete gamma function."""
        return np.where(x < 0, 0.0, special.gammaincc(np.floor(x) + 1, self.rate))

    @at_each
    def survival(self, x):
        """P(X > x)."""
        return np.where(x < 0, 1.0, special.gammainc(np.floor(x) + 1, self.rate))


class Empirical(Discrete):
    """The data themselves: each of the n observations has probability 1/n.

    ``data`` is any non-empty sequence of finite numbers, kept sorted as ``values``.
    """

    def __init__(self, data):
        self.values = np.sort(vector(data, "data"))
        self.support = float(self.values[0]), float(self.values[-1])

    def __repr__(self):
        return f"Empirical(of {len(self.values)} observations)"

    @at_each
    def log_pmf(self, x):
        """Logarithm of the share of the data that equal x."""
        return np.log(self._count(x, "right") - self._count(x, "left")) - np.log(len(self.values))

    @at_each
    def cdf(self, x):
        """Share of the data that are at most x: a step at each observation."""
        return self._count(x, "right") / len(self.values)

    @at_each_probability
    def quantile(self, p):
        """Smallest observation with at least the share p of the data at or below it."""
        shares = np.arange(1, len(self.values) + 1) / len(self.values)
        return self.values[np.searchsorted(shares, p)]

    def _draw(self, rng, size):
        return rng.choice(self.values, size)

    def _count(self, x, side):
        return np.searchsorted(self.values, x, side=side)
