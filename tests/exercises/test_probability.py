"""The answers of chapter 3, found a second way."""

import numpy as np
import pytest
from scipy import integrate, stats

from mlmath_helpers.probability import Exponential, Normal
from mlmath_helpers.exercises.probability import EXERCISES
from mlmath_helpers.probability import log_likelihood, mle_exponential, posterior


def answers(name):
    exercise = EXERCISES[name]
    return [(exercise.reference(*arguments), arguments) for arguments in exercise.cases]


def test_the_probability_of_an_interval_is_the_area_under_the_density():
    for probability, (low, high, scale) in answers("interval_probability"):
        area, _ = integrate.quad(Exponential(scale).pdf, low, high, epsabs=1e-13)
        assert probability == pytest.approx(area, abs=1e-9)


def test_the_ramp_is_a_beta_distribution_on_twice_the_width():
    for heights, (x,) in answers("ramp_cdf"):
        assert heights == pytest.approx(stats.beta(2, 1, scale=2).cdf(x), abs=1e-12)


def test_the_tests_for_an_illness_follow_bayes_rule_in_one_step_and_in_two():
    for ill, (prevalence, sensitivity, specificity) in answers("ill_given_positive"):
        once = posterior([prevalence, 1 - prevalence], [sensitivity, 1 - specificity])
        assert ill == pytest.approx(once[0], abs=1e-12)
    for ill, (prevalence, sensitivity, specificity) in answers("ill_given_two_positives"):
        once = posterior([prevalence, 1 - prevalence], [sensitivity, 1 - specificity])
        assert ill == pytest.approx(posterior(once, [sensitivity, 1 - specificity])[0], abs=1e-12)


def test_the_log_likelihood_is_that_of_the_course_even_where_the_likelihood_underflows():
    likelihoods = []
    for total, (data, mu, sigma) in answers("normal_log_likelihood"):
        assert total == pytest.approx(log_likelihood(Normal(mu, sigma), data), rel=1e-12)
        likelihoods.append(np.exp(total))
    assert min(likelihoods) == 0


def test_the_rate_is_one_over_the_scale_of_the_course():
    for rate, (gaps,) in answers("event_rate"):
        assert rate == pytest.approx(1 / mle_exponential(gaps), rel=1e-12)
