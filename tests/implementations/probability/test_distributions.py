"""Densities, tails and quantiles against scipy, by integration and by the definition."""

import math
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special, stats

from mlmath_helpers.probability import (
    Bernoulli,
    Beta,
    Binomial,
    Categorical,
    Cauchy,
    Empirical,
    Exponential,
    Gamma,
    Laplace,
    LogNormal,
    Normal,
    Poisson,
    Student,
    Uniform,
)

WIDE = np.concatenate([-np.logspace(12, -12, 49), [0.0], np.logspace(-12, 12, 49)])
COUNTS = np.concatenate([np.arange(-2, 60), [0.5, 7.25, 100, 1000, 10**6]])
PROBABILITIES = np.concatenate([np.logspace(-300, -1, 60), np.linspace(0.1, 0.9, 33), [1 - 1e-9]])


class CauchyByTangent:
    """The formulas of a Cauchy distribution, whose tails older versions of scipy lose."""

    def __init__(self, centre, scale):
        self.centre, self.scale = centre, scale

    def logpdf(self, x):
        return stats.cauchy(self.centre, self.scale).logpdf(x)

    def cdf(self, x):
        z = (np.asarray(x) - self.centre) / self.scale
        with np.errstate(divide="ignore"):
            tail = np.arctan(1 / np.abs(z)) / math.pi
        return np.where(z < 0, tail, 1 - tail)

    def sf(self, x):
        return self.cdf(2 * self.centre - np.asarray(x))

    def ppf(self, p):
        p = np.asarray(p)
        away = 1 / np.tan(math.pi * np.minimum(p, 1 - p))
        return self.centre + self.scale * np.where(p < 0.5, -away, away)

    def isf(self, p):
        return 2 * self.centre - self.ppf(p)


CONTINUOUS = [
    (Normal(), stats.norm()),
    (Normal(mean=5, sd=0.01), stats.norm(5, 0.01)),
    (Normal(mean=-3, sd=1e6), stats.norm(-3, 1e6)),
    (Exponential(), stats.expon()),
    (Exponential(scale=1e-3), stats.expon(scale=1e-3)),
    (LogNormal(), stats.lognorm(s=1)),
    (LogNormal(mu=2, sigma=0.25), stats.lognorm(s=0.25, scale=math.exp(2))),
    (Uniform(), stats.uniform()),
    (Uniform(-2, 5), stats.uniform(-2, 7)),
    (Laplace(), stats.laplace()),
    (Laplace(1, 3), stats.laplace(1, 3)),
    (Cauchy(), CauchyByTangent(0, 1)),
    (Cauchy(-1, 2), CauchyByTangent(-1, 2)),
    (Student(1), stats.t(1)),
    (Student(4.5), stats.t(4.5)),
    (Student(1000), stats.t(1000)),
    (Gamma(1), stats.gamma(1)),
    (Gamma(0.5, 2), stats.gamma(0.5, scale=2)),
    (Gamma(30, 0.1), stats.gamma(30, scale=0.1)),
    (Beta(1, 1), stats.beta(1, 1)),
    (Beta(2, 5), stats.beta(2, 5)),
    (Beta(0.5, 40), stats.beta(0.5, 40)),
]

DISCRETE = [
    (Bernoulli(0.7), stats.bernoulli(0.7)),
    (Bernoulli(1e-12), stats.bernoulli(1e-12)),
    (Binomial(1, 0.3), stats.binom(1, 0.3)),
    (Binomial(50, 0.9), stats.binom(50, 0.9)),
    (Binomial(1000, 1e-6), stats.binom(1000, 1e-6)),
    (Poisson(5), stats.poisson(5)),
    (Poisson(1e-5), stats.poisson(1e-5)),
    (Poisson(900.5), stats.poisson(900.5)),
    (
        Categorical([0.2, 0.0, 0.5, 0.3]),
        stats.rv_discrete(values=([0, 1, 2, 3], [0.2, 0.0, 0.5, 0.3])),
    ),
]


def name_of(distribution):
    """Name ours by its parameters, and scipy's, whose repr is an address, as the reference."""
    return repr(distribution) if "mlmath" in type(distribution).__module__ else "scipy"


ALL = [ours for ours, _ in CONTINUOUS + DISCRETE] + [Empirical([3.0, 1.0, 1.0, 8.5])]


def same(ours, theirs, rtol=1e-11, atol=0.0):
    np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=atol)


@pytest.mark.parametrize(("ours", "scipy"), CONTINUOUS, ids=name_of)
def test_log_densities_agree_with_scipy_far_into_the_tails(ours, scipy):
    with np.errstate(all="ignore"):
        expected = scipy.logpdf(WIDE)
        known = np.isfinite(expected)  # scipy says -inf where its own density underflows
    got = ours.log_pdf(WIDE)
    same(got[known], expected[known], rtol=1e-11, atol=1e-11)
    assert not np.isnan(got).any()


@pytest.mark.parametrize(("ours", "scipy"), CONTINUOUS, ids=name_of)
def test_both_tails_agree_with_scipy_to_relative_precision(ours, scipy):
    lowest = {Beta: -14, Student: -100}.get(type(ours), -200)  # where scipy gives up
    tails = np.logspace(lowest, -0.01, 40)
    points = scipy.ppf(tails)
    same(ours.cdf(points), scipy.cdf(points), rtol=1e-9)
    points = scipy.isf(tails)
    atol = 1e-15 if isinstance(ours, Uniform) else 0  # where scipy computes 1 - cdf
    same(ours.survival(points), scipy.sf(points), rtol=1e-9, atol=atol)
    same(ours.cdf(WIDE), scipy.cdf(WIDE), rtol=1e-10, atol=1e-300)


@pytest.mark.parametrize(("ours", "scipy"), CONTINUOUS, ids=name_of)
def test_quantiles_agree_with_scipy(ours, scipy):
    lowest = {Beta: 1e-14, Student: 1e-99}.get(type(ours), 0)  # where scipy gives up
    p = np.array([p for p in PROBABILITIES if p > lowest])
    same(ours.quantile(p), scipy.ppf(p), rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(("ours", "scipy"), DISCRETE, ids=name_of)
def test_masses_and_steps_agree_with_scipy(ours, scipy):
    whole = np.floor(COUNTS) == COUNTS
    same(ours.pmf(COUNTS[whole]), scipy.pmf(COUNTS[whole]), rtol=1e-10, atol=1e-300)
    assert not ours.pmf(COUNTS[~whole]).any()
    same(ours.cdf(COUNTS), scipy.cdf(COUNTS), rtol=1e-10, atol=1e-300)
    same(ours.survival(COUNTS), scipy.sf(COUNTS), rtol=1e-9, atol=1e-16)


@pytest.mark.parametrize(("ours", "scipy"), DISCRETE, ids=name_of)
def test_quantiles_of_counts_are_where_the_cdf_of_scipy_reaches_p(ours, scipy):
    p = np.concatenate([np.logspace(-200, -1, 60), np.linspace(0.101, 0.997, 33)])
    k = ours.quantile(p)
    assert (scipy.cdf(k) >= p * (1 - 1e-10)).all()
    assert (scipy.cdf(k - 1) < p * (1 + 1e-10)).all()


@pytest.mark.parametrize("which", [ours for ours, _ in CONTINUOUS], ids=name_of)
def test_the_area_under_a_density_is_the_difference_of_cdfs(which):
    low, high = which.quantile(0.05), which.quantile(0.9)
    area, _ = integrate.quad(which.pdf, low, high, epsabs=1e-12, epsrel=1e-10, limit=200)
    assert area == pytest.approx(0.85, abs=1e-9)
    assert which.between(low, high) == pytest.approx(0.85, abs=1e-9)


@pytest.mark.parametrize("which", [ours for ours, _ in DISCRETE], ids=name_of)
def test_the_masses_sum_to_one_and_their_running_sum_is_the_cdf(which):
    k = np.arange(0, 2000)
    running = np.cumsum(which.pmf(k))
    assert running[-1] == pytest.approx(1, abs=1e-11)
    same(running, which.cdf(k), rtol=0, atol=1e-11)


@pytest.mark.parametrize("which", ALL, ids=name_of)
def test_infinite_points_and_certain_probabilities_have_their_limits(which):
    assert (which.cdf(-np.inf), which.cdf(np.inf)) == (0.0, 1.0)
    assert (which.survival(-np.inf), which.survival(np.inf)) == (1.0, 0.0)
    density = which.pmf if hasattr(which, "pmf") else which.pdf
    assert density([-np.inf, np.inf]).tolist() == [0.0, 0.0]
    assert (which.quantile(0), which.quantile(1)) == which.support
    assert which.between(-np.inf, np.inf) == 1.0


@pytest.mark.parametrize("which", ALL, ids=name_of)
def test_one_number_gives_a_plain_float_and_an_array_keeps_its_shape(which):
    density = which.pmf if hasattr(which, "pmf") else which.pdf
    for method in (density, which.cdf, which.survival, which.quantile):
        assert type(method(0.5)) is float
        assert type(method(np.float32(0.5))) is float
        assert method([[0.1, 0.2, 1.0]]).shape == (1, 3)


@given(st.floats(0.001, 0.999), st.sampled_from(ALL))
def test_the_quantile_is_the_smallest_point_that_holds_the_probability(p, which):
    x = which.quantile(p)
    assert which.cdf(x) >= p * (1 - 1e-9)
    assert which.cdf(np.nextafter(x, -np.inf) - 1e-6 * abs(x)) <= p


@given(st.floats(-1e300, 1e300), st.sampled_from(ALL))
def test_no_point_gives_nan_or_a_probability_outside_its_range(x, which):
    log_density = which.log_pmf if hasattr(which, "pmf") else which.log_pdf
    assert not math.isnan(log_density(x))
    assert 0 <= which.cdf(x) <= 1
    assert 0 <= which.survival(x) <= 1
    assert which.cdf(x) + which.survival(x) == pytest.approx(1)


def test_the_articles_distributions_give_its_numbers():
    assert f"{Normal().pdf(0):.4f} {Normal().cdf(0):.1f}" == "0.3989 0.5"
    assert Bernoulli(0.7).pmf([0, 1]) == pytest.approx([0.3, 0.7])
    assert Poisson(5).pmf(5) == pytest.approx(math.exp(-5) * 5**5 / 120)
    assert Exponential(1).cdf(1) == pytest.approx(1 - 1 / math.e)
    assert LogNormal(sigma=1).quantile(0.5) == 1


def test_published_tail_areas_of_the_normal():
    assert Normal().survival(1.959963984540054) == pytest.approx(0.025, rel=1e-14)
    assert Normal().between(-1, 1) == pytest.approx(0.6826894921370859, rel=1e-15)
    assert Normal().survival(10) == pytest.approx(7.619853024160526e-24, rel=1e-13, abs=0)
    assert Normal().between(10, 11) == pytest.approx(7.61985e-24 - 1.91066e-28, rel=1e-6, abs=0)


def test_a_log_density_survives_where_the_density_underflows():
    assert Normal().pdf(50) == 0.0
    assert Normal().log_pdf(50) == pytest.approx(-1250 - 0.5 * math.log(2 * math.pi), rel=1e-15)
    assert Poisson(5).log_pmf(1e6) == pytest.approx(
        1e6 * math.log(5) - 5 - special.gammaln(1e6 + 1), rel=1e-14
    )


def test_the_cdf_of_the_exponential_keeps_its_digits_near_zero():
    assert Exponential().cdf(1e-20) == 1e-20  # 1 - exp(-1e-20) would be 0
    assert Exponential().quantile(1e-20) == 1e-20


def test_squares_and_products_beyond_all_doubles_do_not_end_a_log_density():
    for heavy in (Cauchy(), Student(1)):
        assert heavy.log_pdf(1e200) == pytest.approx(-2 * math.log(1e200) - math.log(math.pi))
    assert Cauchy(0, 1e308).log_pdf(0) == pytest.approx(-math.log(1e308) - math.log(math.pi))
    assert Laplace(0, 1e308).log_pdf(0) == pytest.approx(-math.log(1e308) - math.log(2))
    assert Normal(0, 1e-320).pdf(0) == math.inf  # and its logarithm is a number
    assert Normal(0, 1e-320).log_pdf(0) == pytest.approx(
        -math.log(1e-320) - math.log(2 * math.pi) / 2
    )


def test_the_quantile_of_a_beta_that_sits_at_both_ends_is_one_of_them():
    assert Beta(1e-4, 1e-4).quantile([0.01, 0.99]) == pytest.approx([0, 1])


def test_a_sum_of_probabilities_never_exceeds_one():
    assert Categorical([0.5, 0.5 + 5e-9, 1e-12]).cdf([0, 1, 2]).tolist() == [0.5, 1, 1]
    assert Categorical([0.1] * 10).cdf(9) == 1  # ten tenths add up to less
    assert Categorical([0.5, 0.5 - 5e-9, 0]).quantile(1 - 1e-9) == 1


def test_the_logarithm_of_near_certainty_keeps_its_digits():
    assert Bernoulli(1e-20).log_pmf(0) == -1e-20


def test_a_random_number_that_is_exactly_zero_gives_a_finite_draw():
    class Zeros(np.random.Generator):
        def random(self, size):
            return np.zeros(size)

    draws = Normal().sample(3, rng=Zeros(np.random.PCG64(0)))
    assert np.isfinite(draws).all()


def test_draws_beyond_all_doubles_are_infinite():
    draws = LogNormal(0, 1000).sample(100, rng=0)
    assert {0.0, np.inf} <= set(draws)


@pytest.mark.parametrize(
    "which",
    [
        Bernoulli(0.3),
        Binomial(100, 0.3),
        Poisson(50),
        Categorical(np.full(1000, 1e-3)),
        Empirical(np.full(1000, 1e-3)),
        Uniform(0, 1),
        Normal(),
        Exponential(1),
        Gamma(2, 1),
        Beta(2, 5),
        Student(5),
    ],
    ids=name_of,
)
def test_many_draws_take_no_loop_and_few_sums(which, monkeypatch):
    """`make bench` has the times beside numpy's."""
    calls, asked = [], []
    if isinstance(which, Binomial | Poisson):
        cdf = type(which).cdf

        def noted(self, x):
            asked.append(x)
            return cdf(self, x)

        monkeypatch.setattr(type(which), "cdf", noted)
    sys.setprofile(lambda frame, event, argument: calls.append(event))
    try:
        which.sample(10**5, rng=0)
    finally:
        sys.setprofile(None)
    assert len(calls) < 10**4  # as many returns as calls
    assert sum(np.size(x) for x in asked) < 1000


@pytest.mark.parametrize(
    "which", [Beta(2, 5), Beta(20, 3), Beta(0.9, 0.2), Beta(3, 3)], ids=name_of
)
@pytest.mark.parametrize("p", [1e-300, 1e-200, 1e-40, 1e-15, 0.3, 1 - 1e-12])
def test_the_quantile_of_a_beta_holds_where_the_library_gives_up(which, p):
    assert which.cdf(which.quantile(p)) == pytest.approx(p, rel=1e-10)


def test_special_cases_are_one_another():
    x = np.linspace(0.01, 20, 57)
    same(Gamma(1, 2).log_pdf(x), Exponential(2).log_pdf(x))
    same(Student(1).log_pdf(x), Cauchy().log_pdf(x))
    same(Student(1e12).pdf(x[x < 6]), Normal().pdf(x[x < 6]), rtol=1e-9)
    same(Beta(1, 1).cdf(x / 20), Uniform().cdf(x / 20))
    same(Binomial(1, 0.3).pmf([0, 1]), Bernoulli(0.3).pmf([0, 1]))
    same(Binomial(10**9, 5e-9).pmf([0, 3, 9]), Poisson(5).pmf([0, 3, 9]), rtol=1e-6)


def test_degenerate_counts_are_certain():
    assert Poisson(0).pmf([0, 1]).tolist() == [1.0, 0.0]
    assert Poisson(0).cdf([-1, 0]).tolist() == [0.0, 1.0]
    assert Bernoulli(1).log_pmf([0, 1]).tolist() == [-np.inf, 0.0]
    assert Binomial(3, 0).pmf([0, 1]).tolist() == [1.0, 0.0]
    assert Binomial(3, 1).cdf([2, 3]).tolist() == [0.0, 1.0]
    assert (Bernoulli(0).quantile(1 - 1e-9), Bernoulli(1).quantile(1e-9)) == (0.0, 1.0)


def test_the_density_of_a_gamma_of_almost_no_shape_is_nothing_far_out():
    assert Gamma(1e-300, 1).pdf(1e30) == 0  # there shape / x is too small for a double


def test_the_density_of_a_gamma_or_beta_can_be_infinite_at_an_end():
    assert Gamma(0.5).pdf(0) == np.inf
    assert Beta(0.5, 0.5).pdf([0, 1]).tolist() == [np.inf, np.inf]
    assert Gamma(2).pdf(0) == 0.0
    assert Gamma(1).pdf(0) == 1.0


def test_the_empirical_distribution_is_the_data():
    empirical = Empirical([3, 1, 1, 8])
    assert empirical.pmf([1, 2, 3]).tolist() == [0.5, 0.0, 0.25]
    assert empirical.cdf([0, 1, 2.9, 3, 8]).tolist() == [0, 0.5, 0.5, 0.75, 1]
    assert empirical.quantile([0.5, 0.51, 0.75, 1]).tolist() == [1, 3, 3, 8]


def test_sampling_is_repeatable_and_follows_the_distribution():
    for which in ALL:
        draws = which.sample(4000, rng=3)
        assert np.array_equal(draws, which.sample(4000, rng=np.random.default_rng(3)))
        # Dvoretzky-Kiefer-Wolfowitz: the largest gap exceeds 0.04 with probability 5e-6
        points = np.unique(draws)
        assert np.abs(Empirical(draws).cdf(points) - which.cdf(points)).max() < 0.04


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Bernoulli(1.2), "p must be at least 0 and at most 1, not 1.2"),
        (lambda: Bernoulli(np.nan), "p must be a finite number"),
        (lambda: Binomial(0, 0.5), "n must be at least 1"),
        (lambda: Binomial(3, -0.1), "p must be at least 0"),
        (lambda: Poisson(-1), "rate must be at least 0"),
        (lambda: Categorical([0.5, 0.6]), "probabilities must sum to 1 .* sums to 1.1"),
        (lambda: Categorical([1.5, -0.5]), "probabilities must not be negative"),
        (lambda: Empirical([]), "data is empty"),
        (lambda: Empirical([1, np.inf]), "data holds nan or inf"),
        (lambda: Normal(0, 0), "with sd = 0 there is no density"),
        (lambda: Normal(np.inf, 1), "mean must be a finite number"),
        (lambda: LogNormal(0, -1), "sigma must be above 0"),
        (lambda: Exponential(0), "scale must be above 0"),
        (lambda: Laplace(0, 0), "scale must be above 0"),
        (lambda: Cauchy(0, -2), "scale must be above 0"),
        (lambda: Student(0), "df must be above 0"),
        (lambda: Gamma(0), "shape must be above 0"),
        (lambda: Beta(1, 0), "b must be above 0"),
        (lambda: Uniform(2, 2), "high must be above 2"),
        (lambda: Uniform(-1.7e308, 1.7e308), "high - low must be a finite number"),
        (lambda: Normal().pdf([0, np.nan]), "x holds nan or inf"),
        (lambda: Normal().pdf([[1], [1, 2]]), "x has rows of different lengths"),
        (lambda: Normal().cdf([]), "x is empty"),
        (lambda: Normal().quantile(1.5), "p must be between 0 and 1, not 1.5"),
        (lambda: Normal().quantile([0.5, -0.5]), "p must be between 0 and 1, not -0.5"),
        (lambda: Normal().between(2, 1), "high must be at least 2"),
        (lambda: Normal().sample(0, rng=0), "size must be at least 1"),
    ],
)
def test_nonsense_is_refused_by_name(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("value", ["half", None, 1j])
def test_the_wrong_kind_of_thing_is_a_type_error(value):
    for call in (Bernoulli, Normal, Normal().pdf, Normal().quantile, Poisson(5).pmf):
        with pytest.raises(TypeError):
            call(value)
