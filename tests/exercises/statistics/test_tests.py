"""Hypothesis tests: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import stats

from exercises.learner import answers

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
