"""Confidence intervals: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import stats

from exercises.learner import answers
from mlmath_helpers.statistics import confidence_interval

OTHER_WAYS = {
    "t_interval": [
        "n = len(data)\nm = sum(data) / n\ns = (sum((x - m) ** 2 for x in data) / (n - 1)) ** 0.5\n"
        "return [m - t_star * s / n**0.5, m + t_star * s / n**0.5]",
        "error = np.sqrt(np.var(data, ddof=1) / data.size)\n"
        "return data.mean() + t_star * error * np.array([-1, 1])",
    ],
    "coverage_share": [
        "n = samples.shape[1]\nhits = 0\nfor row in samples:\n"
        "    margin = t_star * np.std(row, ddof=1) / n**0.5\n"
        "    hits += row.mean() - margin <= mean <= row.mean() + margin\n"
        "return hits / len(samples)",
        "t = (samples.mean(axis=1) - mean) / samples.std(axis=1, ddof=1)\n"
        "return np.mean(np.abs(t) * samples.shape[1] ** 0.5 <= t_star)",
    ],
}

WRONG_WAYS = [
    (
        "t_interval",
        "m = t_star * np.std(data, ddof=1) / len(data) ** 1 / 2\n"
        "return (data.mean() - m, data.mean() + m)",
        "Half of s / n",
    ),
    (
        "t_interval",
        "m = t_star * np.std(data, ddof=1) / np.sqrt(len(data))\nreturn (-m, m)",
        "That interval lies around 0;",
    ),
    (
        "t_interval",
        "m = t_star * np.std(data, ddof=1) * np.sqrt(len(data))\n"
        "return (data.mean() - m, data.mean() + m)",
        "More data make the mean",
    ),
    (
        "t_interval",
        "m = t_star * np.sqrt(np.std(data, ddof=1) / len(data))\n"
        "return (data.mean() - m, data.mean() + m)",
        "s is no square, so",
    ),
    (
        "coverage_share",
        "return np.mean(np.abs(samples.mean(axis=0) - mean) <= t_star * "
        "samples.std(axis=0) / np.sqrt(len(samples)))",
        "axis=0 makes one interval of",
    ),
    (
        "coverage_share",
        "return np.mean(np.abs(samples.mean(axis=0) - mean) <= t_star * "
        "samples.std(axis=0) / np.sqrt(samples.shape[1]))",
        "Mean and std are those",
    ),
    (
        "coverage_share",
        "return np.mean(np.abs(samples.mean() - mean) <= t_star * samples.std() / "
        "np.sqrt(samples.size))",
        "Without an axis there is",
    ),
    (
        "coverage_share",
        "return np.mean(np.abs(samples.mean(axis=1) - mean) <= t_star * "
        "samples.std(axis=1, ddof=1) / samples.shape[1])",
        "The root of the size",
    ),
    (
        "coverage_share",
        "return np.mean(np.abs(samples.mean(axis=1) - mean) <= t_star * "
        "samples.var(axis=1, ddof=1) / samples.shape[1])",
        "That is t_star times the",
    ),
]

NOT_SAID = [
    (
        "coverage_share",
        "e = samples.std(ddof=1) / np.sqrt(samples.shape[1])\n"
        "return np.mean(np.abs(samples.mean(axis=1) - mean) <= t_star * e)",
        "std divides by n unless",
    ),
    ("coverage_share", "return 1 / 3", "That"),
    (
        "t_interval",
        "m, s = np.mean(data), np.std(data, ddof=1)\nreturn m - s, m + s",
        "one standard error",
    ),
    ("coverage_share", "return 0.0", "Without an axis"),
    ("coverage_share", "return 1 / 3", "axis=0 makes one interval"),
    ("coverage_share", "return 2 / 3", "Mean and std are those"),
]

EQUIVALENT = {
    "coverage_share": {
        "return np.mean(np.abs(mean - centres) <= margins)": (
            "a square or a size does not mind the sign"
        ),
    },
}


def test_the_t_interval_is_scipys_for_the_confidence_that_belongs_to_t_star():
    for interval, (data, t_star) in answers("t_interval"):
        n = len(data)
        if np.ptp(data) > 0:
            confidence = 1 - 2 * stats.t.sf(t_star, n - 1)
            expected = stats.t.interval(confidence, n - 1, np.mean(data), stats.sem(data))
            assert interval == pytest.approx(expected)
        else:
            assert interval == (data[0], data[0])


def test_a_row_is_covered_where_its_t_is_at_most_t_star():
    for share, (samples, mean, t_star) in answers("coverage_share"):
        t = stats.ttest_1samp(samples, mean, axis=1).statistic
        assert share == np.mean(np.abs(t) <= t_star)


def test_no_case_of_coverage_hangs_on_a_rounding_error():
    at_an_end = 0
    for _, (samples, mean, t_star) in answers("coverage_share"):
        t = stats.ttest_1samp(samples, mean, axis=1).statistic
        gaps = np.abs(np.abs(t) - t_star)
        exact = gaps == 0  # an end in whole numbers, where every way of computing meets it
        at_an_end += exact.sum()
        assert gaps[~exact].min(initial=1) > 0.01
    assert at_an_end >= 2


def _small_samples():
    """Return whose intervals miss the mean more often, if by more than luck."""
    rng, missed = np.random.default_rng(0), {}
    for n in (3, 40):
        ends = np.array([confidence_interval(rng.normal(size=n), 0.95) for _ in range(5000)])
        missed[n] = ((ends[:, 0] > 0) | (ends[:, 1] < 0)).mean()
    luck = np.sqrt(2 * 0.05 * 0.95 / 5000)
    if abs(missed[3] - missed[40]) < 3 * luck:
        per_cent = round(50 * (missed[3] + missed[40]))
        return f"neither: about {per_cent} in 100 of each"
    return f"those from samples of {max(missed, key=missed.get)}"


PREDICTED = {"small_samples": _small_samples}
