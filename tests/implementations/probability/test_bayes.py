"""Bayes' rule: by hand, as published, as in R, and at the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inputs import published, reference
from mlmath_helpers.probability import bayesian_update, from_odds, posterior, to_odds

PUBLISHED = reference("probability.json")
BY_R = PUBLISHED["r"]
ENTRIES = published("probability.json")
probabilities = st.floats(0, 1)
beliefs = st.lists(st.floats(0.001, 1), min_size=2, max_size=6).map(lambda w: np.array(w) / sum(w))


def test_the_articles_spam_example():
    assert f"{bayesian_update(0.3, 0.9, 0.9 * 0.3 + 0.1 * 0.7):.3f}" == "0.794"
    assert posterior([0.3, 0.7], [0.9, 0.1])[0] == pytest.approx(27 / 34, rel=1e-15)


def test_naive_bayes_on_play_tennis_as_published_and_as_in_R():
    yes = (9 / 14) * (2 / 9) * (3 / 9) * (3 / 9) * (3 / 9)
    no = (5 / 14) * (3 / 5) * (1 / 5) * (4 / 5) * (3 / 5)
    got = posterior([9 / 14, 5 / 14], [yes / (9 / 14), no / (5 / 14)])
    printed = ENTRIES["naive_bayes_weather"]["expected"]
    assert got.round(3).tolist() == [printed["p_yes"], printed["p_no"]]
    expected = BY_R["naive_bayes"]["play_tennis_sunny_cool_high_true"]
    assert got == pytest.approx([expected["yes"], expected["no"]], rel=1e-13)


@given(st.floats(0.001, 0.999), probabilities, probabilities)
def test_the_update_of_a_hypothesis_and_of_its_opposite_sum_to_one(prior, if_true, if_not):
    evidence = if_true * prior + if_not * (1 - prior)
    if evidence > 1e-300:
        both = [
            bayesian_update(prior, if_true, evidence),
            bayesian_update(1 - prior, if_not, evidence),
        ]
        assert sum(both) == pytest.approx(1)
        assert both == pytest.approx(posterior([prior, 1 - prior], [if_true, if_not]), abs=1e-14)


def test_arguments_broadcast_over_hypotheses():
    prior, likelihood = np.array([0.2, 0.3, 0.5]), np.array([0.5, 0.1, 0.2])
    got = bayesian_update(prior, likelihood, (prior * likelihood).sum())
    np.testing.assert_allclose(got, posterior(prior, likelihood), rtol=1e-15)


@given(beliefs, st.data())
def test_two_updates_in_a_row_are_one_update_with_both(prior, data):
    rows = st.lists(st.floats(0.001, 1), min_size=len(prior), max_size=len(prior))
    first, second = np.array(data.draw(rows)), np.array(data.draw(rows))
    in_a_row = posterior(posterior(prior, first), second)
    np.testing.assert_allclose(in_a_row, posterior(prior, first * second), rtol=1e-12)
    np.testing.assert_allclose(in_a_row, posterior(posterior(prior, second), first), rtol=1e-12)
    in_logs = posterior(prior, np.log(first) + np.log(second), log=True)
    np.testing.assert_allclose(in_a_row, in_logs, rtol=1e-12)


def test_updates_that_depend_on_each_other_do_not_multiply():
    joint = np.array([0.9, 0.1])  # the second observation repeats the first: no new news
    assert posterior([0.5, 0.5], joint)[0] == pytest.approx(0.9)
    assert posterior([0.5, 0.5], joint * joint)[0] == pytest.approx(0.81 / 0.82)


def test_only_ratios_of_likelihoods_matter_and_none_underflows():
    assert posterior([0.5, 0.5], [-10_000, -10_001], log=True)[0] == pytest.approx(
        1 / (1 + math.exp(-1)), rel=1e-12
    )
    assert posterior([0.5, 0.5], [5e-324, 5e-324]).tolist() == [0.5, 0.5]
    assert posterior([0.5, 0.5], [3.0, 1.0])[0] == 0.75  # densities may exceed 1


def test_a_hypothesis_of_prior_zero_or_excluded_by_the_data_stays_at_zero():
    assert posterior([0, 0.4, 0.6], [1, 0.5, 0]).tolist() == [0, 1, 0]
    assert posterior([0.5, 0.5], [-np.inf, -3], log=True).tolist() == [0, 1]
    assert bayesian_update(0, 0.7, 0.2) == 0
    assert bayesian_update(1, 0.7, 0.7) == 1


@given(st.floats(0.001, 0.999), st.floats(0.01, 100))
def test_odds_multiply_by_the_ratio_of_the_likelihoods(prior, ratio):
    # P(D|H) and P(D|not H) in this ratio
    likelihoods = [ratio / (1 + ratio), 1 / (1 + ratio)]
    after = posterior([prior, 1 - prior], likelihoods)[0]
    assert to_odds(after) == pytest.approx(to_odds(prior) * ratio, rel=1e-9)
    assert from_odds(to_odds(prior)) == pytest.approx(prior, rel=1e-14)


def test_what_cannot_be_may_be_as_likely_as_it_likes():
    assert posterior([0, 1], [2000.0, 0.0], log=True).tolist() == [0, 1]


def test_a_prior_that_entropy_takes_is_taken_and_so_is_one_in_single_precision():
    assert posterior([0.5, 0.5 + 5e-9], [1, 1]) == pytest.approx([0.5, 0.5], abs=1e-8)
    thirds = np.full(3, 1 / 3, dtype=np.float32)
    assert posterior(thirds, [1, 1, 2]) == pytest.approx([0.25, 0.25, 0.5], rel=1e-7)


def test_odds_of_certainty_are_infinite_and_come_back():
    assert to_odds([0, 0.5, 1]).tolist() == [0, 1, np.inf]
    assert from_odds([0, 1, np.inf]).tolist() == [0, 0.5, 1]
    assert from_odds(1e308) == 1.0
    assert from_odds(1e-300) == 1e-300


def test_rounding_in_the_evidence_is_not_a_contradiction():
    for prior in np.linspace(0.01, 0.99, 99):
        evidence = prior * 0.1 + (1 - prior) * 0.0
        belief = bayesian_update(prior, 0.1, evidence * (1 - 2e-16))
        assert belief == pytest.approx(1)
        assert belief <= 1


def test_numbers_of_fewer_digits_contradict_each_other_only_beyond_their_rounding():
    rng = np.random.default_rng(0)
    for kind in (np.float32, np.float16):
        prior, likelihood = rng.uniform(0.1, 0.9, (2, 500)).astype(kind)
        data = prior * likelihood  # the hypothesis is sure after the data, but for rounding
        assert bayesian_update(prior, likelihood, data) == pytest.approx(1, rel=1e-3)
        with pytest.raises(ValueError, match="must not exceed data"):
            bayesian_update(prior, likelihood, data * kind(0.99))


def test_no_product_of_small_probabilities_vanishes():
    assert bayesian_update(1e-200, 1e-200, 1e-300) == pytest.approx(1e-100, rel=1e-14, abs=0)
    assert bayesian_update([0.0, 2.0**-600], 2.0**-500, 2.0**-1074).tolist() == [0, 2.0**-26]
    assert bayesian_update(0.5, 2.0**-1074, 2.0**-1074) == 0.5


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
EVEN = [0.5, 0.5]
BAD = [
    (bayesian_update, (1.2, 0.5, 0.5), {}, ValueError, "prior", "between 0 and 1"),
    (bayesian_update, (NAN, 0.9, 0.4), {}, ValueError, "prior", "nan or inf"),
    (bayesian_update, ([], 0.9, 0.4), {}, ValueError, "prior", "empty"),
    (bayesian_update, ("high", 0.9, 0.4), {}, TypeError, "prior", "real numbers"),
    (bayesian_update, (0.5, -0.1, 0.5), {}, ValueError, "likelihood", "between 0 and 1"),
    (bayesian_update, (0.5, [0.1, 1.1], 0.5), {}, ValueError, "likelihood", "between 0 and 1"),
    (bayesian_update, (0.5, 0.9, 0.4), {}, ValueError, "likelihood", "part of P(D)"),
    (bayesian_update, (0.5, 0.5, 1.5), {}, ValueError, "data", "between 0 and 1"),
    (bayesian_update, (0.5, 0.0, 0.0), {}, ValueError, "data", "impossible event"),
    (bayesian_update, (EVEN, [0.1] * 3, 0.5), {}, ValueError, "prior and likelihood", "shape"),
    (bayesian_update, (EVEN, EVEN, [0.9] * 3), {}, ValueError, "likelihood and data", "shape"),
    (posterior, ([0.5, 0.6], [1, 1]), {}, ValueError, "prior", "sum to 1"),
    (posterior, ([1.5, -0.5], [1, 1]), {}, ValueError, "prior", "not be negative"),
    (posterior, (0.5, 0.5), {}, ValueError, "prior", "1-D array"),
    (posterior, (EVEN, [1, -1]), {}, ValueError, "likelihood", "must not be negative"),
    (posterior, (EVEN, [1, 1, 1]), {}, ValueError, "prior and likelihood", "same number"),
    (posterior, (EVEN, [0, 0]), {}, ValueError, "likelihood", "hypothesis is missing"),
    (posterior, ([1, 0], [0, 1]), {}, ValueError, "likelihood", "hypothesis is missing"),
    (posterior, (EVEN, [INF, 1]), {}, ValueError, "likelihood", "nan or inf"),
    (posterior, (EVEN, [INF, 1]), {"log": True}, ValueError, "likelihood", "below inf"),
    (posterior, (EVEN, [NAN, 1]), {"log": True}, ValueError, "likelihood", "nan or inf"),
    (posterior, (EVEN, [-INF] * 2), {"log": True}, ValueError, "likelihood", "is missing"),
    (posterior, (EVEN, EVEN), {"log": "yes"}, TypeError, "log", "True or False"),
    (to_odds, (1.1,), {}, ValueError, "probability", "between 0 and 1"),
    (to_odds, (None,), {}, TypeError, "probability", "real number"),
    (from_odds, (-1,), {}, ValueError, "odds", "must not be negative"),
    (from_odds, (NAN,), {}, ValueError, "odds", "nan or inf"),
    (from_odds, ("3:1",), {}, TypeError, "odds", "real numbers"),
]
