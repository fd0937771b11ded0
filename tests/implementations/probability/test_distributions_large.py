"""Masses and densities of large counts, against 60 digits of Decimal arithmetic."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from scipy import special

from mlmath_helpers.probability import Beta, Binomial, Gamma, Poisson, Student

PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")
# B_2k / (2k (2k - 1)), the coefficients of Stirling's series.
STIRLING = [(1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360360), (1, 156)]


def ln(x):
    x = Fraction(x)
    return (Decimal(x.numerator) / Decimal(x.denominator)).ln()


def decimal(x):
    x = Fraction(x)
    return Decimal(x.numerator) / Decimal(x.denominator)


def log_factorial(x):
    """Return log Gamma(x + 1), shifted to where Stirling's series has 30 digits."""
    x, shift = Fraction(x), Decimal(0)
    while x < 100:
        x += 1
        shift += ln(x)
    y = decimal(x)
    series = sum(Decimal(a) / Decimal(b) / y ** (2 * i + 1) for i, (a, b) in enumerate(STIRLING))
    return (y + Decimal("0.5")) * y.ln() - y + (2 * PI).ln() / 2 + series - shift


def log_gamma(x):
    return log_factorial(x) - ln(x)


def binomial(n, p, k):
    ways = log_factorial(n) - log_factorial(k) - log_factorial(n - k)
    return ways + k * ln(p) + (n - k) * ln(1 - Fraction(p))


def poisson(rate, k):
    return k * ln(rate) - decimal(rate) - log_factorial(k)


def gamma(shape, scale, x):
    z = Fraction(x) / Fraction(scale)
    return (decimal(shape) - 1) * ln(z) - decimal(z) - log_gamma(shape) - ln(scale)


def beta(a, b, x):
    powers = (decimal(a) - 1) * ln(x) + (decimal(b) - 1) * ln(1 - Fraction(x))
    return powers + log_gamma(Fraction(a) + Fraction(b)) - log_gamma(a) - log_gamma(b)


def student(df, t):
    n, half = Fraction(df), Fraction(df) / 2
    log_norm = log_gamma(half + Fraction(1, 2)) - log_gamma(half) - (decimal(n) * PI).ln() / 2
    return log_norm - (decimal(n) + 1) / 2 * ln(1 + Fraction(t) ** 2 / n)


def states(seed=0, n=30):
    """Yield sizes from small to the end of the range, and how many sd from the middle."""
    rng = np.random.default_rng(seed)
    for _ in range(n):
        yield 2 ** rng.uniform(0, 53), rng.normal() * rng.choice([0, 1e-6, 0.1, 1, 5, 15])


def agrees(log_density, exact):
    # A hundred roundings: 13 digits of the density, or where that is tiny of its logarithm.
    assert log_density == pytest.approx(float(exact), rel=2e-14, abs=2e-14)


def with_60_digits(test):
    def run():
        with localcontext() as context:
            context.prec = 60
            test()

    run.__name__ = test.__name__
    return run


@with_60_digits
def test_the_binomial_has_its_digits_up_to_the_largest_count():
    for size, z in states():
        for p in (0.5, 0.3, 1e-9, 0.999):
            n = int(size)
            k = min(n, max(0, round(n * p + z * math.sqrt(n * p * (1 - p)))))
            agrees(Binomial(n, p).log_pmf(k), binomial(n, p, k))
    agrees(Binomial(2**53, 0.3).log_pmf(2**53), binomial(2**53, 0.3, 2**53))


@with_60_digits
def test_the_poisson_has_its_digits_up_to_the_largest_rate():
    for size, z in states():
        rate = size / 10
        k = max(0, round(rate + z * math.sqrt(rate)))
        agrees(Poisson(rate).log_pmf(k), poisson(rate, k))
    agrees(Poisson(8e14).log_pmf(8e14), poisson(8e14, 8 * 10**14))


@with_60_digits
def test_the_gamma_has_its_digits_for_large_and_small_shapes():
    for size, z in states():
        for shape in (size / 9, 1 / size):
            for scale in (1.0, 0.1, 3e7):
                x = max(shape + z * math.sqrt(shape), shape / 1000) * scale
                agrees(Gamma(shape, scale).log_pdf(x), gamma(shape, scale, x))


@with_60_digits
def test_the_beta_has_its_digits_however_narrow_it_is():
    for size, z in states():
        for a, b in [(size, size), (size, size / 7), (0.3, size), (size, 1.5)]:
            middle = a / (a + b)
            x = middle + z * math.sqrt(middle * (1 - middle) / (a + b + 1))
            x = x if 0 < x < 1 else middle
            agrees(Beta(a, b).log_pdf(x), beta(a, b, x))


@with_60_digits
def test_students_t_has_its_digits_for_any_degrees_of_freedom():
    for size, z in states():
        for df in (size, 1 / size):
            agrees(Student(df).log_pdf(z), student(df, z))


def test_what_the_textbook_formulas_lost():
    # 0.4% off, 8 times too large, 3e-5 off; by hand sqrt(2 / (pi n)) (1 - 1 / 4n), and so on.
    n = 10**12
    by_hand = math.sqrt(2 / math.pi / n) * (1 - 1 / (4 * n))
    assert Binomial(n, 0.5).pmf(n // 2) == pytest.approx(by_hand, rel=1e-13)
    assert Poisson(8e14).pmf(8e14) == pytest.approx(1 / math.sqrt(2 * math.pi * 8e14), rel=1e-13)
    by_hand = math.sqrt(2e10 / math.pi) * math.sqrt(2) * (1 - 1 / 8e10)
    assert Beta(1e10, 1e10).pdf(0.5) == pytest.approx(by_hand, rel=1e-10)
    assert Student(1e15).pdf(0) == pytest.approx(1 / math.sqrt(2 * math.pi), rel=1e-14)


def test_the_middle_of_the_largest_binomial_is_no_nan():
    for away in (-3, 0, 10**4):
        k = 2**52 + away
        middle = 0.5 + (away + 0.5) / math.sqrt(2 * math.pi * 2**51)
        # The library's incomplete beta loses sqrt(n) roundings, about 1e-8.
        assert Binomial(2**53, 0.5).cdf(k) == pytest.approx(middle, abs=1e-8)


@pytest.mark.parametrize("size", [1e-300, 1e-100, 1e100, 1e300])
def test_no_parameter_however_extreme_gives_nan(size):
    for x in (0, 1e-300, 0.5, 1 - 1e-16, 1, 1e300):
        for which in (Gamma(size), Gamma(2, size), Beta(size, size), Beta(size, 1), Student(size)):
            assert not math.isnan(which.log_pdf(x))


# --- cumulative probabilities and quantiles of large counts


@pytest.mark.parametrize(
    ("n", "p"), [(5 * 10**8, 0.3), (5 * 10**8, 0.5), (10**10, 0.9), (11 * 10**9, 0.01)]
)
def test_the_normal_curve_in_the_middle_of_many_is_the_sum_of_masses(n, p):
    which, spread = Binomial(n, p), math.sqrt(n * p * (1 - p))
    z = np.array([-4.1, -3.9, -2, -1, -0.5, 0, 0.2, 1.5, 3.9, 4.1])
    x = np.floor(n * p + z * spread)
    counts = np.arange(math.floor(n * p - 9 * spread), x[-1] + 1)  # fewer are below 1e-18
    masses = which.pmf(counts)
    below = np.array([math.fsum(masses[: int(k - counts[0]) + 1]) for k in x])
    # The next terms of the series are 1e-12 here, times at most 0.1; of scipy 1.13 the
    # incomplete beta function, which takes over beyond 4 sd, is right to 1e-7 there.
    assert which.cdf(x[1:-1]) == pytest.approx(below[1:-1], abs=1e-13, rel=1e-10)
    assert which.survival(x[1:-1]) == pytest.approx(1 - below[1:-1], abs=1e-13)
    assert which.cdf(x) == pytest.approx(below, abs=1e-13, rel=1e-6)


@pytest.mark.parametrize(("n", "z"), [(10**8, 0.0), (10**8, -3), (5 * 10**8, -4.1)])
def test_with_fewer_or_farther_out_the_incomplete_beta_function_has_more_digits(n, z):
    k = math.floor(n * 0.3 + z * math.sqrt(n * 0.21))
    assert Binomial(n, 0.3).cdf(k) == special.betaincc(k + 1, n - k, 0.3)
    assert Binomial(n, 0.3).survival(k) == special.betainc(k + 1, n - k, 0.3)


@pytest.mark.parametrize(
    "which",
    [Binomial(10**12, 0.3), Binomial(2**53, 0.5), Binomial(2**53, 1e-10), Poisson(8e14)],
    ids=repr,
)
def test_quantiles_and_draws_of_very_many_ask_for_few_betas(which, monkeypatch):
    asked = []

    def noting(beta):
        def noted(a, b, p):
            asked.append(np.size(a))
            return beta(a, b, p)

        return noted

    for name in ("betainc", "betaincc"):  # up to 40 ms each
        monkeypatch.setattr(special, name, noting(getattr(special, name)))
    p = np.array([1e-200, 1e-9, 0.02, 0.3, 0.5, 0.999])
    draws = which.sample(10**4, rng=0)
    for k in (which.quantile(p), which.quantile(p[3:]), np.array([which.quantile(0.02)])):
        share = p if len(k) == 6 else p[3:] if len(k) == 3 else p[2:3]
        assert (which.cdf(k) >= share).all()
        assert (which.cdf(k - 1) < share).all()
    assert np.abs(np.sort(which.cdf(draws)) - np.linspace(0, 1, 10**4)).max() < 0.02  # 3e-4 by luck
    assert sum(asked) < 50_000  # up to 29,000, most of them asked here; by halving 400,000


def test_a_table_of_every_so_many_counts_gives_the_quantiles_that_halving_gives():
    p = np.random.default_rng(0).random(15)
    for which in (Poisson(1e7), Binomial(10**7, 0.3), Poisson(8e14)):
        assert which.quantile(p).tolist() == [which.quantile(each) for each in p]


# --- far out in the tails of t


def test_far_out_the_tail_of_t_is_its_leading_term():
    # Of t with df = 2 it is known: P(X > t) = (1 - t / sqrt(t^2 + 2)) / 2, about 1 / (2 t^2).
    assert Student(2).survival(1e150) == pytest.approx(0.5e-300, rel=1e-13, abs=0)
    assert Student(2).quantile(0.5e-300) == pytest.approx(-1e150, rel=1e-12)
    assert Student(1).cdf(-1e300) == pytest.approx(1e-300 / math.pi, rel=1e-13, abs=0)


def test_quantiles_of_t_with_hardly_any_degrees_of_freedom():
    assert Student(0.001).quantile([0.1, 0.9]).tolist() == [-math.inf, math.inf]  # 1e699
    for df, p in [(0.01, 0.9), (0.01, 0.2), (0.001, 0.6), (0.1, 0.999)]:
        assert Student(df).cdf(Student(df).quantile(p)) == pytest.approx(p, rel=1e-9)


@pytest.mark.parametrize("df", [0.01, 0.3, 1, 2, 7.5])
def test_the_two_ways_of_the_tail_of_t_meet(df):
    at = math.sqrt(df) * 10**8.5
    inside, outside = Student(df).survival([at * (1 - 1e-9), at * (1 + 1e-9)])
    assert outside == pytest.approx(inside, rel=1e-7, abs=0)
