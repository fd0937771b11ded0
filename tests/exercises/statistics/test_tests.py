"""Hypothesis tests: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import stats

from exercises.learner import answers
from mlmath_helpers.probability import Normal
from mlmath_helpers.statistics import power_t_test, t_test

OTHER_WAYS = {
    "t_statistic": [
        "squares = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()\n"
        "error = (squares / (len(a) + len(b) - 2) * (1 / len(a) + 1 / len(b))) ** 0.5\n"
        "return (a.mean() - b.mean()) / error",
    ],
    "smallest_n": [
        "n = 2\nwhile powers[n - 2] < wanted:\n    n += 1\nreturn n",
        "return int(np.sum(powers < wanted)) + 2",
        "return np.searchsorted(powers, wanted) + 2",
    ],
}

WRONG_WAYS = [
    (
        "t_statistic",
        "n, m = len(a), len(b)\n"
        "p = (n * np.var(a, ddof=1) + m * np.var(b, ddof=1)) / (n + m - 2)\n"
        "return (a.mean() - b.mean()) / np.sqrt(p * (1 / n + 1 / m))",
        "the sum of the weights",
    ),
    (
        "t_statistic",
        "n, m = (len(a), len(b))\n"
        "p = ((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)\n"
        "return (a.mean() - b.mean()) / (p * (1 / n + 1 / m))",
        "You divide by the variance",
    ),
    (
        "t_statistic",
        "n, m = (len(a), len(b))\n"
        "p = ((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)\n"
        "return (a.mean() - b.mean()) / (np.sqrt(p) * (1 / n + 1 / m))",
        "The root is taken of the",
    ),
    (
        "t_statistic",
        "n, m = (len(a), len(b))\n"
        "p = ((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)\n"
        "return (a.mean() - b.mean()) / (p * np.sqrt(1 / n + 1 / m))",
        "The root is taken of 1",
    ),
    (
        "t_statistic",
        "return np.mean(a) - np.mean(b) / np.sqrt(((len(a) - 1) * np.var(a, ddof=1) "
        "+ (len(b) - 1) * np.var(b, ddof=1)) / (len(a) + len(b) - 2) * (1 / len(a) + "
        "1 / len(b)))",
        "Python divides before it subtracts:",
    ),
    (
        "t_statistic",
        "n, m = (len(a), len(b))\n"
        "p = (n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1) / (n + m - 2)\n"
        "return (a.mean() - b.mean()) / np.sqrt(p * (1 / n + 1 / m))",
        "Only the second sum of",
    ),
    (
        "t_statistic",
        "return (a.mean() - b.mean()) / np.sqrt(((len(a) - 1) * np.var(a, ddof=1) + "
        "(len(b) - 1) * np.var(b, ddof=1)) / (len(a) + len(b) - 2)) * np.sqrt(1 / "
        "len(a) + 1 / len(b))",
        "The second root is multiplied",
    ),
    (
        "smallest_n",
        "return list(powers).index(wanted) + 2",
        "list.index finds a number only",
    ),
    (
        "smallest_n",
        "return np.argmin(np.abs(powers - wanted)) + 2",
        "That is the power nearest",
    ),
]

NOT_SAID = [
    (  # 2 / n in place of 1 / n + 1 / m
        "t_statistic",
        "n, m = len(a), len(b)\n"
        "pooled = ((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)\n"
        "return (np.mean(a) - np.mean(b)) / np.sqrt(pooled * 2 / n)",
        "Two means were estimated",
    ),
    ("smallest_n", "return int(np.flatnonzero(powers < wanted)[-1]) + 3 - 2", "both groups"),
    ("smallest_n", "return 6", "One too many"),
    ("smallest_n", "return 4", "One too small"),
    ("smallest_n", "return len(powers)", "largest power"),
    ("smallest_n", "return list(powers).index(wanted)", "here no power is just"),
]


def test_the_t_statistic_is_that_of_the_slope_of_a_line_through_two_columns():
    for t, (a, b) in answers("t_statistic"):
        group = np.repeat([1.0, 0.0], [len(a), len(b)])
        line = stats.linregress(group, np.concatenate([a, b]))
        assert t == pytest.approx(line.slope / line.stderr)


def test_the_smallest_n_reaches_the_power_and_one_less_does_not():
    for n, (powers, wanted) in answers("smallest_n"):
        assert powers[n - 2] >= wanted
        assert n == 2 or powers[n - 3] < wanted
        assert (np.diff(powers) >= 0).all()


def _half_the_spread():
    """Return what makes rarer, by the formula, a difference of 3 between groups of 7."""

    def p(spread, n):
        scores = Normal().quantile((np.arange(n) + 0.5) / n)
        scores *= spread / scores.std(ddof=1)
        return t_test(scores + 3, scores).p

    change = np.log(p(1.5, 7) / p(3.0, 14))
    if abs(change) < 0.1:
        return "both alike"
    return "half the spread" if change < 0 else "twice the observations"


def _enough_in_each():
    return next(n for n in range(2, 1000) if power_t_test(0.5, n) >= 0.8)


PREDICTED = {"half_the_spread": _half_the_spread, "enough_in_each": _enough_in_each}
