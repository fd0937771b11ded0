"""Your turn in the section "Hypothesis tests"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def t_statistic(a, b):
    """Student's t of two samples: difference of the means over its pooled standard error."""
    n, m = len(a), len(b)
    pooled = ((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)
    return (np.mean(a) - np.mean(b)) / np.sqrt(pooled * (1 / n + 1 / m))


def _pairs_of_samples():
    rng = np.random.default_rng(43)
    by_hand = [
        (np.array([4.0, 6.0, 11.0, 9.0, 5.0, 13.0]), np.array([1.0, 2.5, 6.0])),
        (np.array([4.0, 6.0, 8.0, 10.0]), np.array([1.0, 2.0])),
        (np.array([85, 87, 82, 86, 88, 85, 87]), np.array([78, 82, 79, 81, 80, 83, 78])),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0])),
        (np.array([0.0, 0.1, 0.2]), np.array([5.0, 5.0, 5.0, 5.0])),
        (np.arange(10.0)[::2], np.arange(9.0)[::3]),
    ]
    random = [
        (rng.normal(3, 2, n).round(1), rng.normal(2, 4, m).round(1)) for n, m in ((3, 8), (12, 5))
    ]
    return tuple(by_hand + random)


def _means(a, b):
    return np.mean(a) - np.mean(b)


def _pooled(a, b):
    squares = (len(a) - 1) * np.var(a, ddof=1) + (len(b) - 1) * np.var(b, ddof=1)
    return squares / (len(a) + len(b) - 2)


T_STATISTIC = Exercise(
    t_statistic,
    cases=_pairs_of_samples(),
    hints=(
        "t is the difference of the means in units of its standard error. How is that error made?",
        "Pool the variances, weighting each by its n - 1: "
        "((n - 1) var_a + (m - 1) var_b) / (n + m - 2), each var with ddof=1.",
        "The standard error is sqrt(pooled * (1 / n + 1 / m)).",
    ),
    mistakes={
        "_means(a, b) / np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))": (
            "That is Welch's t, with one variance for each sample; pool them into one."
        ),
        "_means(a, b) / np.sqrt((np.var(a, ddof=1) + np.var(b, ddof=1)) / 2 "
        "* (1 / len(a) + 1 / len(b)))": (
            "A plain mean of the variances trusts both alike; weight each by its n - 1."
        ),
        "_means(a, b) / np.sqrt(((len(a) - 1) * np.var(a) + (len(b) - 1) * np.var(b)) "
        "/ (len(a) + len(b) - 2) * (1 / len(a) + 1 / len(b)))": (
            "np.var divides by n unless you say ddof=1; each variance here wants n - 1."
        ),
        "-t_statistic(a, b)": "The sign is turned: the difference is mean of a minus mean of b.",
        "t_statistic(a, b) * np.sqrt(1 / len(a) + 1 / len(b))": (
            "You divide by the spread of one observation; "
            "the difference of the means has variance pooled * (1 / n + 1 / m)."
        ),
        "_means(a, b) / np.sqrt((len(a) * np.var(a) + len(b) * np.var(b)) / (len(a) + len(b)) "
        "* (1 / len(a) + 1 / len(b)))": (
            "Two means were estimated, so the pooled variance has n + m - 2 below the line."
        ),
        "_means(a, b)": "That is the difference itself; divide it by its standard error.",
        "_means(a, b) / np.sqrt((len(a) * np.var(a, ddof=1) + len(b) * np.var(b, ddof=1)) / "
        "(len(a) + len(b)) * (1 / len(a) + 1 / len(b)))": (
            "Each variance is weighted by its n - 1, and the sum divided by n + m - 2."
        ),
        "_means(a, b) / np.sqrt(((len(a) - 1) * np.std(a, ddof=1) + (len(b) - 1) * np.std(b, "
        "ddof=1)) / (len(a) + len(b) - 2) * (1 / len(a) + 1 / len(b)))": (
            "Variances are pooled, not standard deviations: np.var."
        ),
        "_means(a, b) / np.sqrt(_pooled(a, b) / (len(a) + len(b)))": (
            "The difference of two means has variance pooled * (1 / n + 1 / m), not pooled / (n + "
            "m)."
        ),
        "_means(a, b) / np.sqrt(np.var(np.concatenate([a, b]), ddof=1) * (1 / len(a) + 1 / "
        "len(b)))": (
            "The spread of both samples together holds their difference too; pool the spread "
            "within each."
        ),
        "_means(a, b) / np.sqrt(2 * _pooled(a, b) / len(a))": (
            "2 / n is right only for samples of one size; in general it is 1 / n + 1 / m."
        ),
        "_means(a, b) / np.sqrt((len(a) * np.var(a, ddof=1) + len(b) * np.var(b, ddof=1)) / "
        "(len(a) + len(b) - 2) * (1 / len(a) + 1 / len(b)))": (
            "n + m - 2 is the sum of the weights, and so they are n - 1 and m - 1, not n and m."
        ),
        "_means(a, b) / (_pooled(a, b) * (1 / len(a) + 1 / len(b)))": (
            "You divide by the variance of the difference; its root is the standard error."
        ),
        "_means(a, b) / (np.sqrt(_pooled(a, b)) * (1 / len(a) + 1 / len(b)))": (
            "The root is taken of the pooled variance alone; 1 / n + 1 / m stands under it too."
        ),
        "_means(a, b) / (_pooled(a, b) * np.sqrt(1 / len(a) + 1 / len(b)))": (
            "The root is taken of 1 / n + 1 / m alone; the pooled variance stands under it too."
        ),
        "_means(a, b) / np.sqrt(_pooled(a, b)) * np.sqrt(1 / len(a) + 1 / len(b))": (
            "The second root is multiplied instead of divided by: brackets around the whole "
            "standard error, or one root of the product."
        ),
        "np.mean(a) - np.mean(b) / np.sqrt(_pooled(a, b) * (1 / len(a) + 1 / len(b)))": (
            "Python divides before it subtracts: put brackets around the difference of the means."
        ),
        "_means(a, b) / np.sqrt(((len(a) - 1) * np.var(a, ddof=1) + (len(b) - 1) * np.var(b, "
        "ddof=1) / (len(a) + len(b) - 2)) * (1 / len(a) + 1 / len(b)))": (
            "Only the second sum of squares is divided by n + m - 2; put brackets around both."
        ),
    },
    why=(
        "If both groups come from populations of one variance, pooled estimates it. The "
        "difference of the means of n and of m independent values has that variance times 1 / n + "
        "1 / m; the root of its estimate is the standard error."
    ),
)


def smallest_n(powers, wanted):
    """Smallest n whose power reaches wanted; powers holds the powers for n = 2, 3, 4, ..."""
    return 2 + np.argmax(powers >= wanted)


SMALLEST_N = Exercise(
    smallest_n,
    cases=(
        (np.array([0.1, 0.3, 0.5, 0.7, 0.8, 0.9]), 0.65),
        (np.array([0.1, 0.3, 0.5, 0.7, 0.8, 0.9]), 0.5),
        (np.array([0.2, 0.5, 0.8, 0.9]), 0.8),
        (np.array([0.6]), 0.05),
        (np.array([0.4, 0.7, 0.9]), 0.3),
        (np.array([0, 0, 1]), 1),
        (np.array([0.3, 0.35, 0.4, 0.45, 0.5]), 0.35),
        (np.linspace(0.02, 0.98, 33)[::2], 0.9),
        (np.array([0.12, 0.31, 0.58, 0.81, 0.93, 0.98, 0.99]), 0.81),
        (np.array([0.2, 0.55, 0.9]), 0.6),  # the nearest of them does not reach it
    ),
    hints=(
        "Power only grows with n. So which entry of powers is the first that is large enough?",
        "powers >= wanted is an array of False and True; np.argmax finds the first True in it.",
        "That position counts from 0, while the first entry belongs to n = 2: add 2.",
    ),
    mistakes={
        "np.argmax(powers >= wanted)": (
            "That is the position in the array; position 0 belongs to n = 2."
        ),
        "1 + np.argmax(powers >= wanted)": (
            "One too small: that n does not reach wanted yet, the next one does. Position 0 "
            "belongs to n = 2, since one observation shows no spread."
        ),
        "3 + np.argmax(powers >= wanted)": (
            "One too many: the n before it reaches the power already."
        ),
        "powers[np.argmax(powers >= wanted)]": (
            "That is the power which is reached; the n that reaches it is asked for."
        ),
        "2 + np.argmax(powers)": (
            "That is the n of the largest power; the first that is large enough is asked for."
        ),
        "2 * (2 + np.argmax(powers >= wanted))": (
            "That is both groups together; n counts one group."
        ),
        "2 + np.searchsorted(powers, wanted, side='right')": "To reach is enough: >=, not >.",
        "2 + list(powers).index(wanted)": (
            "list.index finds a number only if it stands there exactly, and here no power is just "
            "the one wanted: look for the first that is >= wanted."
        ),
        "2 + np.argmin(np.abs(powers - wanted))": (
            "That is the power nearest to the one wanted, and it can lie below it: look for the "
            "first that is >= wanted."
        ),
    },
    why=(
        "np.argmax gives the first position of the largest entry, and True is larger than False: "
        "the first power that reaches what is wanted, if one does; position 0 belongs to n = 2."
    ),
)

HALF_THE_SPREAD = Prediction(
    "Two groups of 7 with a spread of 3 are 3 points apart, and about nine deals in a hundred are "
    "as far apart. You may halve the spread, or double the observations. After which of the two "
    "are such deals rarer?",
    {
        "half the spread": (
            "The spread enters the standard error as it is, the observations only by their root. "
            "So half the spread doubles t, from 1.87 to 3.74, and by the formula p is 0.003; twice "
            "the observations take t to 2.65, and p to 0.014."
        ),
        "twice the observations": (
            "More observations feel like more proof, and they are. But twice as many divide the "
            "standard error by the root of two only, and half the spread divides it by two: by the "
            "formula p is 0.014 with the one, 0.003 with the other."
        ),
        "both alike": (
            "Both make the standard error smaller, but half the spread halves it, and twice the "
            "observations divide it by the root of two: by the formula p is 0.003 and 0.014."
        ),
    },
    answer="half the spread",
)

ENOUGH_IN_EACH = Prediction(
    "An effect of half a standard deviation, tested at the 5% level. With 10 in each group the "
    "power is 18.5%. How many in each group does a power of 80% need?",
    {
        "right": (
            "64 are needed. The curve with the effect moves to the right with the root of n, and "
            "has to come about 2.8 standard errors far: 0.5 · √(64 / 2) = 2.83."
        ),
        "too low": (
            "Four times as many do not give four times the power: 40 in each group give 60%. The "
            "curve with the effect moves to the right only with the root of n; 64 are needed."
        ),
        "too high": (
            "So many find it more often than that. With 64 the curve lies 0.5 · √(64 / 2) = 2.83 "
            "standard errors to the right, and that is enough for 80%."
        ),
    },
    answer=64,
    within=6,
)
