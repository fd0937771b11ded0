"""Bayes' rule and maximum likelihood: by hand, against R and scipy, and at the edges."""

import json
import math
import pathlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from mlmath_helpers.probability import (
    Bernoulli,
    Beta,
    Empirical,
    Exponential,
    LogNormal,
    Normal,
    Poisson,
)
from mlmath_helpers.probability import (
    bayesian_update,
    from_odds,
    log_likelihood,
    map_bernoulli,
    map_normal_mean,
    mle_bernoulli,
    mle_exponential,
    mle_lognormal,
    mle_normal,
    mle_poisson,
    posterior,
    to_odds,
)

REFERENCE = pathlib.Path(__file__).parent / "reference"
PUBLISHED = json.loads((REFERENCE / "probability.json").read_text(encoding="utf-8"))
BY_R = PUBLISHED["r"]
ENTRIES = {entry["id"]: entry for entry in PUBLISHED["entries"]}

probabilities = st.floats(0, 1)
beliefs = st.lists(st.floats(0.001, 1), min_size=2, max_size=6).map(lambda w: np.array(w) / sum(w))
sizes = st.floats(-1e6, 1e6)


class TestBayes:
    def test_the_articles_spam_example(self):
        assert f"{bayesian_update(0.3, 0.9, 0.9 * 0.3 + 0.1 * 0.7):.3f}" == "0.794"
        assert posterior([0.3, 0.7], [0.9, 0.1])[0] == pytest.approx(27 / 34, rel=1e-15)

    def test_naive_bayes_on_play_tennis_as_published_and_as_in_R(self):
        yes = (9 / 14) * (2 / 9) * (3 / 9) * (3 / 9) * (3 / 9)
        no = (5 / 14) * (3 / 5) * (1 / 5) * (4 / 5) * (3 / 5)
        got = posterior([9 / 14, 5 / 14], [yes / (9 / 14), no / (5 / 14)])
        printed = ENTRIES["naive_bayes_weather"]["expected"]
        assert got.round(3).tolist() == [printed["p_yes"], printed["p_no"]]
        expected = BY_R["naive_bayes"]["play_tennis_sunny_cool_high_true"]
        assert got == pytest.approx([expected["yes"], expected["no"]], rel=1e-13)

    @given(st.floats(0.001, 0.999), probabilities, probabilities)
    def test_the_update_of_a_hypothesis_and_of_its_opposite_sum_to_one(
        self, prior, if_true, if_not
    ):
        evidence = if_true * prior + if_not * (1 - prior)
        if evidence > 1e-300:
            both = [
                bayesian_update(prior, if_true, evidence),
                bayesian_update(1 - prior, if_not, evidence),
            ]
            assert sum(both) == pytest.approx(1)
            assert both == pytest.approx(
                posterior([prior, 1 - prior], [if_true, if_not]), abs=1e-14
            )

    def test_arguments_broadcast_over_hypotheses(self):
        prior, likelihood = np.array([0.2, 0.3, 0.5]), np.array([0.5, 0.1, 0.2])
        got = bayesian_update(prior, likelihood, (prior * likelihood).sum())
        np.testing.assert_allclose(got, posterior(prior, likelihood), rtol=1e-15)

    @given(beliefs, st.data())
    def test_two_updates_in_a_row_are_one_update_with_both(self, prior, data):
        rows = st.lists(st.floats(0.001, 1), min_size=len(prior), max_size=len(prior))
        first, second = np.array(data.draw(rows)), np.array(data.draw(rows))
        in_a_row = posterior(posterior(prior, first), second)
        np.testing.assert_allclose(in_a_row, posterior(prior, first * second), rtol=1e-12)
        np.testing.assert_allclose(in_a_row, posterior(posterior(prior, second), first), rtol=1e-12)
        in_logs = posterior(prior, np.log(first) + np.log(second), log=True)
        np.testing.assert_allclose(in_a_row, in_logs, rtol=1e-12)

    def test_updates_that_depend_on_each_other_do_not_multiply(self):
        joint = np.array([0.9, 0.1])  # the second observation repeats the first: no new news
        assert posterior([0.5, 0.5], joint)[0] == pytest.approx(0.9)
        assert posterior([0.5, 0.5], joint * joint)[0] == pytest.approx(0.81 / 0.82)

    def test_only_ratios_of_likelihoods_matter_and_none_underflows(self):
        assert posterior([0.5, 0.5], [-10_000, -10_001], log=True)[0] == pytest.approx(
            1 / (1 + math.exp(-1)), rel=1e-12
        )
        assert posterior([0.5, 0.5], [5e-324, 5e-324]).tolist() == [0.5, 0.5]
        assert posterior([0.5, 0.5], [3.0, 1.0])[0] == 0.75  # densities may exceed 1

    def test_a_hypothesis_of_prior_zero_or_excluded_by_the_data_stays_at_zero(self):
        assert posterior([0, 0.4, 0.6], [1, 0.5, 0]).tolist() == [0, 1, 0]
        assert posterior([0.5, 0.5], [-np.inf, -3], log=True).tolist() == [0, 1]
        assert bayesian_update(0, 0.7, 0.2) == 0
        assert bayesian_update(1, 0.7, 0.7) == 1

    @given(st.floats(0.001, 0.999), st.floats(0.01, 100))
    def test_odds_multiply_by_the_ratio_of_the_likelihoods(self, prior, ratio):
        # P(D|H) and P(D|not H) in this ratio
        likelihoods = [ratio / (1 + ratio), 1 / (1 + ratio)]
        after = posterior([prior, 1 - prior], likelihoods)[0]
        assert to_odds(after) == pytest.approx(to_odds(prior) * ratio, rel=1e-9)
        assert from_odds(to_odds(prior)) == pytest.approx(prior, rel=1e-14)

    def test_odds_of_certainty_are_infinite_and_come_back(self):
        assert to_odds([0, 0.5, 1]).tolist() == [0, 1, np.inf]
        assert from_odds([0, 1, np.inf]).tolist() == [0, 0.5, 1]
        assert from_odds(1e308) == 1.0
        assert from_odds(1e-300) == 1e-300

    def test_rounding_in_the_evidence_is_not_a_contradiction(self):
        for prior in np.linspace(0.01, 0.99, 99):
            evidence = prior * 0.1 + (1 - prior) * 0.0
            assert bayesian_update(prior, 0.1, evidence * (1 - 2e-16)) == pytest.approx(1)


class TestMaximumLikelihood:
    def test_the_articles_five_numbers(self):
        mu, sigma = mle_normal(np.array([2.1, 2.5, 1.8, 2.3, 2.0]))
        assert f"{mu:.2f} {sigma:.2f}" == "2.14 0.24"

    def test_waiting_times_of_old_faithful_as_fitted_by_R(self, old_faithful_waiting):
        r = BY_R["mle_fitdistr"]["faithful_waiting_normal"]
        fit = mle_normal(old_faithful_waiting)
        assert fit == pytest.approx((r["estimate"]["mean"], r["estimate"]["sd"]), rel=1e-14)
        reached = log_likelihood(Normal(*fit), old_faithful_waiting)
        assert reached == pytest.approx(r["loglik"], rel=1e-14)

    def test_horse_kicks_as_fitted_by_R_and_as_published(self):
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

    def test_scipy_finds_the_same_estimates(self):
        data = np.random.default_rng(0).gamma(2.0, 3.0, size=50)
        assert mle_normal(data) == pytest.approx(stats.norm.fit(data), rel=1e-13)
        shape, _, scale = stats.lognorm.fit(data, floc=0)
        assert mle_lognormal(data) == pytest.approx((math.log(scale), shape), rel=1e-5)
        assert mle_exponential(data) == pytest.approx(stats.expon.fit(data, floc=0)[1], rel=1e-13)

    def test_the_lognormal_divides_by_n_as_R_does(self):
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
    def test_no_neighbour_is_likelier(self, data, fit, nearby):
        best = fit(data)
        at_best = log_likelihood(nearby(best, 0.0), data)
        for step in (-0.2, -1e-4, 1e-4, 0.2):
            assert log_likelihood(nearby(best, step), data) < at_best

    @pytest.mark.parametrize(("fit", "family"), [(mle_normal, Normal), (mle_lognormal, LogNormal)])
    def test_a_search_over_both_parameters_ends_at_the_formula(self, fit, family):
        data = [2.1, 2.5, 1.8, 2.3, 2.0]
        found = optimize.minimize(
            lambda theta: -log_likelihood(family(theta[0], math.exp(theta[1])), data), [1.0, 0.0]
        )
        assert (found.x[0], math.exp(found.x[1])) == pytest.approx(fit(data), abs=1e-4)

    @given(st.lists(sizes, min_size=1, max_size=8), st.floats(-1e3, 1e3), st.floats(0.1, 10))
    def test_shifting_and_stretching_the_data_shifts_and_stretches_the_fit(self, data, shift, by):
        data = np.array(data)
        mu, sigma = mle_normal(data)
        moved = mle_normal(by * data + shift)
        assert moved == pytest.approx((by * mu + shift, by * sigma), rel=1e-9, abs=1e-6)

    @given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=20))
    def test_the_mean_lies_between_the_smallest_and_the_largest(self, data):
        mu, sigma = mle_normal(data)
        assert min(data) <= mu <= max(data)
        assert 0 <= sigma <= max(data) - min(data)

    def test_a_far_offset_costs_no_digits(self):
        offset = mle_normal(np.array([2.0, 4.0, 6.0]) + 1e15)
        assert offset == pytest.approx((1e15 + 4, math.sqrt(8 / 3)), rel=1e-15)

    def test_no_square_overflows_or_vanishes_on_the_way(self):
        for size in (1e-300, 1e300, 1.7e308):
            assert mle_normal([size, -size]) == pytest.approx((0, size), rel=1e-15)

    @given(st.floats(-1e308, 1e308), st.integers(1, 1))
    def test_one_observation_has_spread_zero(self, x, n):
        assert mle_normal([x] * n) == (x, 0.0)

    @given(st.floats(-1e300, 1e300), st.integers(1, 60))
    def test_constant_data_have_spread_exactly_zero(self, x, n):
        assert mle_normal([x] * n) == (x, 0.0)

    def test_the_likelihood_of_constant_data_grows_without_bound(self):
        reached = [log_likelihood(Normal(3, sd), [3, 3]) for sd in (1, 1e-3, 1e-30, 1e-300)]
        assert (np.diff(reached) > 10).all()
        with pytest.raises(ValueError, match="with sd = 0 there is no density"):
            Normal(*mle_normal([3, 3]))
        with pytest.raises(ValueError, match="scale must be above 0"):
            Exponential(mle_exponential([0, 0]))

    def test_data_that_all_agree_put_the_estimate_at_its_edge(self):
        assert mle_bernoulli([0, 0, 0]) == 0.0
        assert mle_bernoulli([True]) == 1.0
        assert mle_poisson([0, 0]) == 0.0
        assert log_likelihood(Bernoulli(0), [0, 0]) == 0.0
        assert log_likelihood(Bernoulli(0), [0, 1]) == -math.inf
        assert log_likelihood(Poisson(0), [0, 0]) == 0.0

    def test_a_thousand_factors_do_not_underflow(self):
        data = np.tile([0, 1], 1000)
        assert np.prod(Bernoulli(0.5).pmf(data)) == 0.0
        assert log_likelihood(Bernoulli(0.5), data) == pytest.approx(-2000 * math.log(2), rel=1e-15)

    def test_minus_the_mean_log_likelihood_is_the_cross_entropy_to_the_data(self):
        data = [0, 0, 1, 3, 1, 0]
        seen, q = Empirical(data), Poisson(1.3)
        values = np.unique(data)
        cross_entropy = -(seen.pmf(values) * q.log_pmf(values)).sum()
        assert -log_likelihood(q, data) / len(data) == pytest.approx(cross_entropy, rel=1e-14)

    def test_the_mean_mle_variance_of_all_samples_falls_short_by_one_nth(self):
        die = np.arange(1, 7)
        pairs = [mle_normal([i, j]).sigma ** 2 for i in die for j in die]
        assert np.mean(pairs) == pytest.approx(die.var() / 2, rel=1e-14)


class TestMap:
    def test_a_flat_prior_changes_nothing(self):
        assert map_bernoulli([1, 0, 0], Beta(1, 1)) == mle_bernoulli([1, 0, 0])
        assert map_normal_mean([1, 4], 1, Normal(0, 1e200)) == 2.5

    @pytest.mark.parametrize("prior", [Beta(2, 2), Beta(1.5, 4)])
    def test_no_other_p_has_a_higher_posterior(self, prior):
        data = [0, 0, 1, 0]
        grid = np.linspace(0.0005, 0.9995, 1000)
        heights = [log_likelihood(Bernoulli(p), data) + prior.log_pdf(p) for p in grid]
        assert map_bernoulli(data, prior) == pytest.approx(grid[np.argmax(heights)], abs=1e-3)

    def test_the_mean_minimises_squared_error_plus_squared_penalty(self):
        data, sigma, prior = np.array([3.0, 5.0, 4.5]), 2.0, Normal(1.0, 0.7)
        found = optimize.minimize_scalar(
            lambda mu: (
                ((data - mu) ** 2).sum() / (2 * sigma**2)
                + (mu - prior.mean) ** 2 / (2 * prior.sd**2)
            )
        )
        assert map_normal_mean(data, sigma, prior) == pytest.approx(found.x, abs=1e-7)

    def test_more_data_drown_the_prior(self):
        far = Normal(100, 1)
        estimates = [map_normal_mean([0.0] * n, 1, far) for n in (1, 10, 1000)]
        assert estimates == pytest.approx([50, 100 / 11, 100 / 1001])


@pytest.fixture
def old_faithful_waiting():
    return np.loadtxt(REFERENCE / "old_faithful.csv", delimiter=",", skiprows=1)[:, 1]
