"""Maximum likelihood: by hand, against R and scipy, and at the edges."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from inputs import REFERENCE, published, reference
from mlmath_helpers.probability import (
    Bernoulli,
    Beta,
    Empirical,
    Exponential,
    Gamma,
    LogNormal,
    Normal,
    Poisson,
    log_likelihood,
    map_bernoulli,
    map_normal_mean,
    mle_bernoulli,
    mle_exponential,
    mle_lognormal,
    mle_normal,
    mle_poisson,
)

PUBLISHED = reference("probability.json")
BY_R = PUBLISHED["r"]
ENTRIES = published("probability.json")
sizes = st.floats(-1e6, 1e6)


@pytest.fixture
def old_faithful_waiting():
    return np.loadtxt(REFERENCE / "old_faithful.csv", delimiter=",", skiprows=1)[:, 1]


def test_the_articles_five_numbers():
    mu, sigma = mle_normal(np.array([2.1, 2.5, 1.8, 2.3, 2.0]))
    assert f"{mu:.2f} {sigma:.2f}" == "2.14 0.24"


def test_waiting_times_of_old_faithful_as_fitted_by_R(old_faithful_waiting):
    r = BY_R["mle_fitdistr"]["faithful_waiting_normal"]
    fit = mle_normal(old_faithful_waiting)
    assert fit == pytest.approx((r["estimate"]["mean"], r["estimate"]["sd"]), rel=1e-14)
    reached = log_likelihood(Normal(*fit), old_faithful_waiting)
    assert reached == pytest.approx(r["loglik"], rel=1e-14)


def test_horse_kicks_as_fitted_by_R_and_as_published():
    published = ENTRIES["horse_kicks_poisson"]
    counts = published["inputs"]["corps_years"]
    deaths = np.repeat(published["inputs"]["deaths"], counts)
    r = BY_R["mle_fitdistr"]["horse_kicks_200_poisson"]
    rate = mle_poisson(deaths)
    assert rate == r["estimate"]["lambda"] == published["expected"]["lam"]
    assert log_likelihood(Poisson(rate), deaths) == pytest.approx(r["loglik"], rel=1e-14)
    expected = 200 * Poisson(rate).pmf([0, 1, 2, 3])
    assert expected.round(2).tolist() == published["expected"]["expected"][:4]
    four = 200 * Poisson(rate).pmf(4)
    assert round(four, 2) == published["expected"]["expected"][4]


def test_scipy_finds_the_same_estimates():
    data = np.random.default_rng(0).gamma(2.0, 3.0, size=50)
    assert mle_normal(data) == pytest.approx(stats.norm.fit(data), rel=1e-13)
    shape, _, scale = stats.lognorm.fit(data, floc=0)
    assert mle_lognormal(data) == pytest.approx((math.log(scale), shape), rel=1e-5)
    assert mle_exponential(data) == pytest.approx(stats.expon.fit(data, floc=0)[1], rel=1e-13)


def test_the_lognormal_divides_by_n_as_R_does():
    logs = np.log([1.0, 4.0])
    assert mle_lognormal([1.0, 4.0]) == pytest.approx((logs.mean(), logs.std(ddof=0)))
    assert mle_lognormal([1.0, 4.0]).sigma != pytest.approx(logs.std(ddof=1))


@pytest.mark.parametrize(
    ("data", "fit", "nearby"),
    [
        ([0, 1, 1, 0, 1], mle_bernoulli, lambda p, step: Bernoulli(p + step)),
        ([0, 3, 1, 0, 2], mle_poisson, lambda rate, step: Poisson(rate + step)),
        ([0.2, 3.0, 1.1], mle_exponential, lambda scale, step: Exponential(scale + step)),
    ],
)
def test_no_neighbour_is_likelier(data, fit, nearby):
    best = fit(data)
    at_best = log_likelihood(nearby(best, 0.0), data)
    for step in (-0.2, -1e-4, 1e-4, 0.2):
        assert log_likelihood(nearby(best, step), data) < at_best


@pytest.mark.parametrize(("fit", "family"), [(mle_normal, Normal), (mle_lognormal, LogNormal)])
def test_a_search_over_both_parameters_ends_at_the_formula(fit, family):
    data = [2.1, 2.5, 1.8, 2.3, 2.0]
    found = optimize.minimize(
        lambda theta: -log_likelihood(family(theta[0], math.exp(theta[1])), data), [1.0, 0.0]
    )
    assert (found.x[0], math.exp(found.x[1])) == pytest.approx(fit(data), abs=1e-4)


@given(st.lists(sizes, min_size=1, max_size=8), st.floats(-1e3, 1e3), st.floats(0.1, 10))
def test_shifting_and_stretching_the_data_shifts_and_stretches_the_fit(data, shift, by):
    data = np.array(data)
    mu, sigma = mle_normal(data)
    moved = mle_normal(by * data + shift)
    assert moved == pytest.approx((by * mu + shift, by * sigma), rel=1e-9, abs=1e-6)


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=20))
def test_the_mean_lies_between_the_smallest_and_the_largest(data):
    mu, sigma = mle_normal(data)
    assert min(data) <= mu <= max(data)
    assert 0 <= sigma <= max(data) - min(data)


def test_a_far_offset_costs_no_digits():
    offset = mle_normal(np.array([2.0, 4.0, 6.0]) + 1e15)
    assert offset == pytest.approx((1e15 + 4, math.sqrt(8 / 3)), rel=1e-15)


def test_no_square_overflows_or_vanishes_on_the_way():
    for size in (1e-300, 1e300, 1.7e308):
        assert mle_normal([size, -size]) == pytest.approx((0, size), rel=1e-15)


@given(st.floats(-1e308, 1e308), st.integers(1, 1))
def test_one_observation_has_spread_zero(x, n):
    assert mle_normal([x] * n) == (x, 0.0)


@given(st.floats(-1e300, 1e300), st.integers(1, 60))
def test_constant_data_have_spread_exactly_zero(x, n):
    assert mle_normal([x] * n) == (x, 0.0)


def test_the_likelihood_of_constant_data_grows_without_bound():
    reached = [log_likelihood(Normal(3, sd), [3, 3]) for sd in (1, 1e-3, 1e-30, 1e-300)]
    assert (np.diff(reached) > 10).all()
    with pytest.raises(ValueError, match="with sd = 0 there is no density"):
        Normal(*mle_normal([3, 3]))
    with pytest.raises(ValueError, match="scale must be above 0"):
        Exponential(mle_exponential([0, 0]))


def test_data_that_all_agree_put_the_estimate_at_its_edge():
    assert mle_bernoulli([0, 0, 0]) == 0.0
    assert mle_bernoulli([True]) == 1.0
    assert mle_poisson([0, 0]) == 0.0
    assert log_likelihood(Bernoulli(0), [0, 0]) == 0.0
    assert log_likelihood(Bernoulli(0), [0, 1]) == -math.inf
    assert log_likelihood(Poisson(0), [0, 0]) == 0.0


def test_one_excluded_observation_outweighs_an_infinite_density():
    assert Gamma(0.5).log_pdf([0, -1]).tolist() == [math.inf, -math.inf]
    assert log_likelihood(Gamma(0.5), [0, -1]) == -math.inf


def test_a_thousand_factors_do_not_underflow():
    data = np.tile([0, 1], 1000)
    assert np.prod(Bernoulli(0.5).pmf(data)) == 0.0
    assert log_likelihood(Bernoulli(0.5), data) == pytest.approx(-2000 * math.log(2), rel=1e-15)


def test_minus_the_mean_log_likelihood_is_the_cross_entropy_to_the_data():
    data = [0, 0, 1, 3, 1, 0]
    seen, q = Empirical(data), Poisson(1.3)
    values = np.unique(data)
    cross_entropy = -(seen.pmf(values) * q.log_pmf(values)).sum()
    assert -log_likelihood(q, data) / len(data) == pytest.approx(cross_entropy, rel=1e-14)


def test_the_mean_mle_variance_of_all_samples_falls_short_by_one_nth():
    die = np.arange(1, 7)
    pairs = [mle_normal([i, j]).sigma ** 2 for i in die for j in die]
    assert np.mean(pairs) == pytest.approx(die.var() / 2, rel=1e-14)


# --- with a prior


def test_a_flat_prior_changes_nothing():
    assert map_bernoulli([1, 0, 0], Beta(1, 1)) == mle_bernoulli([1, 0, 0])
    assert map_normal_mean([1, 4], 1, Normal(0, 1e200)) == 2.5
    assert map_normal_mean([0.1] * 3, 1, Normal(0, 1e200)) == 0.1  # not 0.1 + 1e-17


def test_data_that_tell_nothing_leave_the_prior():
    assert map_normal_mean([5], 1e200, Normal(3, 1)) == 3


@pytest.mark.parametrize("prior", [Beta(2, 2), Beta(1.5, 4)])
def test_no_other_p_has_a_higher_posterior(prior):
    data = [0, 0, 1, 0]
    grid = np.linspace(0.0005, 0.9995, 1000)
    heights = [log_likelihood(Bernoulli(p), data) + prior.log_pdf(p) for p in grid]
    assert map_bernoulli(data, prior) == pytest.approx(grid[np.argmax(heights)], abs=1e-3)


def test_the_mean_minimises_squared_error_plus_squared_penalty():
    data, sigma, prior = np.array([3.0, 5.0, 4.5]), 2.0, Normal(1.0, 0.7)
    found = optimize.minimize_scalar(
        lambda mu: (
            ((data - mu) ** 2).sum() / (2 * sigma**2) + (mu - prior.mean) ** 2 / (2 * prior.sd**2)
        )
    )
    assert map_normal_mean(data, sigma, prior) == pytest.approx(found.x, abs=1e-7)


def test_more_data_drown_the_prior():
    far = Normal(100, 1)
    estimates = [map_normal_mean([0.0] * n, 1, far) for n in (1, 10, 1000)]
    assert estimates == pytest.approx([50, 100 / 11, 100 / 1001])


def test_the_likeliest_p_is_no_more_than_one_where_rounding_hides_the_data():
    assert map_bernoulli([1], Beta(1e16, 1)) == 1.0
    assert map_bernoulli([0], Beta(1, 1e16)) == 0.0


@pytest.mark.parametrize(
    ("n", "sigma", "prior"),
    [
        (10, 1e-10, Normal(1e20, 1)),  # 1 - weight would be 0, the answer is 0.1
        (1, 1e-8, Normal(1e300, 1)),
        (3, 2.0, Normal(5, 0.25)),
        (4, 1e300, Normal(5, 3e-300)),
        (4, 1e-300, Normal(5, 3e300)),
        (2, 1.7e308, Normal(5, 1.7e308)),
    ],
)
def test_a_mean_after_the_data_keeps_its_digits_however_far_the_prior(n, sigma, prior):
    ratio = (Fraction(sigma) / Fraction(prior.sd)) ** 2
    expected = float(ratio / (n + ratio) * Fraction(prior.mean))  # the data are 0
    assert map_normal_mean([0.0] * n, sigma, prior) == pytest.approx(expected, rel=1e-14, abs=0)


def test_what_is_refused_is_shown_with_all_its_digits():
    with pytest.raises(ValueError, match=r"only 0 and 1, but holds 0\.9999999999$"):
        mle_bernoulli([0, 0.9999999999])
    with pytest.raises(ValueError, match=r"whole numbers, but holds 2\.0000001$"):
        mle_poisson([1, 2.0000001])


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
BAD = [
    (log_likelihood, ("normal", [1]), {}, TypeError, "distribution", "such as Normal(0, 1)"),
    (log_likelihood, (Normal, [1]), {}, TypeError, "distribution", "such as Normal(0, 1)"),
    (log_likelihood, (Normal(), []), {}, ValueError, "data", "empty"),
    (log_likelihood, (Normal(), [INF]), {}, ValueError, "data", "nan or inf"),
    (log_likelihood, (Normal(), 3.0), {}, ValueError, "data", "1-D array"),
    (mle_normal, ([],), {}, ValueError, "data", "empty"),
    (mle_normal, ([1, NAN],), {}, ValueError, "data", "nan or inf"),
    (mle_normal, ([[1, 2]],), {}, ValueError, "data", "1-D array"),
    (mle_normal, (3.0,), {}, ValueError, "data", "1-D array"),
    (mle_normal, ("abc",), {}, TypeError, "data", "real numbers"),
    (mle_normal, ([1.7e308, 1.7e308],), {}, ValueError, "data", "largest double"),
    (mle_lognormal, ([1, 0],), {}, ValueError, "data", "positive"),
    (mle_bernoulli, ([0, 1, 2],), {}, ValueError, "data", "only 0 and 1"),
    (mle_bernoulli, ([0.5],), {}, ValueError, "data", "only 0 and 1"),
    (mle_poisson, ([1, -1],), {}, ValueError, "data", "must not be negative"),
    (mle_poisson, ([1, 2.5],), {}, ValueError, "data", "whole numbers"),
    (mle_poisson, ([1.7e308, 1.7e308],), {}, ValueError, "data", "largest double"),
    (mle_exponential, ([1, -0.5],), {}, ValueError, "data", "must not be negative"),
    (mle_exponential, ([],), {}, ValueError, "data", "empty"),
    (mle_exponential, ([1.7e308, 1.7e308],), {}, ValueError, "data", "largest double"),
    (map_normal_mean, ([1.7e308, 1.7e308], 1, Normal()), {}, ValueError, "data", "largest double"),
    (map_bernoulli, ([0, 2], Beta(2, 2)), {}, ValueError, "data", "only 0 and 1"),
    (map_bernoulli, ([0, 1], Beta(0.5, 2)), {}, ValueError, "prior", "at least 1"),
    (map_bernoulli, ([0, 1], Normal()), {}, TypeError, "prior", "Beta distribution"),
    (map_normal_mean, ([], 1, Normal()), {}, ValueError, "data", "empty"),
    (map_normal_mean, ([1], 0, Normal()), {}, ValueError, "sigma", "above 0"),
    (map_normal_mean, ([1], 1, Beta(1, 1)), {}, TypeError, "prior", "Normal distribution"),
]
