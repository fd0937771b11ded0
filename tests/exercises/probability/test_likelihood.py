"""Maximum likelihood: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.probability import Normal, log_likelihood, mle_exponential

OTHER_WAYS = {
    "normal_log_likelihood": [
        "n = len(data)\nreturn (-np.sum((data - mu) ** 2) / (2 * sigma**2)\n"
        "        - n * np.log(sigma) - n / 2 * np.log(2 * np.pi))",
        "import math\nreturn sum(-((x - mu) / sigma) ** 2 / 2"
        " - math.log(sigma * math.sqrt(2 * math.pi)) for x in data)",
        "from scipy import stats\nreturn stats.norm(mu, sigma).logpdf(data).sum()",
    ],
    "event_rate": [
        "return 1 / np.mean(gaps)",
        "return gaps.size / gaps.sum()",
        "return len(list(gaps)) / sum(gaps)",
    ],
}

WRONG_WAYS = [
    (
        "normal_log_likelihood",
        "from mlmath_helpers.probability import Normal, log_likelihood\n"
        "return log_likelihood(Normal(mu, sigma ** 2), data)",
        "sigma**2, the variance, stands where",
    ),
    (
        "normal_log_likelihood",
        "return np.sum(-(data - mu) ** 2 / (2 * sigma ** 2) - np.log(2 * np.pi * sigma) / 2)",
        "The squares are right; but",
    ),
    (
        "normal_log_likelihood",
        "return np.sum(-(data - mu) ** 2 / 2 * sigma ** 2 - np.log(sigma) - np.log(2 * np.pi) / 2)",
        "The square is multiplied by",
    ),
    (
        "normal_log_likelihood",
        "return np.sum((-(data - mu) / sigma) ** 2 / 2 - np.log(sigma) - np.log(2 * np.pi) / 2)",
        "The density falls on both",
    ),
    (
        "normal_log_likelihood",
        "return np.sum(-(data - mu) ** 2 / (2 * sigma ** 2) - np.log(2 * np.pi * sigma ** 2))",
        "1 / sqrt(2 pi sigma**2)",
    ),
]

NOT_SAID = [
    ("event_rate", "return 1 / gaps[-1]", "The median"),
    ("event_rate", "return 0.4", "That is"),  # a number that the first case alone makes right
    (
        "normal_log_likelihood",
        "z = (data - mu) / sigma\nreturn -np.sum(np.abs(z)) - len(data) * np.log(sigma)",
        "half of the square",
    ),
]

EQUIVALENT = {
    "normal_log_likelihood": {
        "z = (mu - data) / sigma": "a square does not mind the sign",
    },
}


def test_the_log_likelihood_is_that_of_the_course_even_where_the_likelihood_underflows():
    likelihoods = []
    for total, (data, mu, sigma) in answers("normal_log_likelihood"):
        assert total == pytest.approx(log_likelihood(Normal(mu, sigma), data), rel=1e-12)
        likelihoods.append(np.exp(total))
    assert min(likelihoods) == 0


def test_the_rate_is_one_over_the_scale_of_the_course():
    for rate, (gaps,) in answers("event_rate"):
        assert rate == pytest.approx(1 / mle_exponential(gaps), rel=1e-12)


def spread_around_a_wrong_mean():
    """Look for the standard deviation that makes the data likeliest around 2.4."""
    data = np.array([2.1, 2.5, 1.8, 2.3, 2.0])
    widths = np.arange(0.05, 1, 0.01)
    best = widths[np.argmax([log_likelihood(Normal(2.4, width), data) for width in widths])]
    if abs(best - 0.24) < 0.02:
        return "0.24: the numbers have not changed"
    return "larger than 0.24" if best > 0.24 else "smaller than 0.24"


PREDICTED = {"spread_around_a_wrong_mean": spread_around_a_wrong_mean}
