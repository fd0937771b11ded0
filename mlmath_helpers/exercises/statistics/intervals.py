"""Your turn in the section "Confidence intervals"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def t_interval(data, t_star):
    """Low and high end of mean +- t_star s / sqrt(n), with n - 1 under the variance."""
    margin = t_star * np.std(data, ddof=1) / np.sqrt(len(data))
    return np.mean(data) - margin, np.mean(data) + margin


def _samples_and_quantiles():
    rng = np.random.default_rng(41)
    by_hand = [
        (np.array([5.0, 3.0, 11.0, 6.0, 5.0]), 2.8),
        (np.array([1.0, 2.0, 6.0]), 4.3),
        (np.array([85, 87, 82, 86, 88, 85, 87]), 2.45),
        (np.array([3.0, 3.0, 3.0, 3.0]), 3.18),
        (np.array([-1.0, 1.0]), 12.7),
        (np.arange(12.0)[::3], 3),
    ]
    random = [(rng.normal(10, 4, n).round(1), round(rng.uniform(1, 4), 2)) for n in (4, 9, 30)]
    return tuple(by_hand + random)


T_INTERVAL = Exercise(
    t_interval,
    cases=_samples_and_quantiles(),
    hints=(
        "Where does the sample lie, how much does it spread, and how does its size come in?",
        "The standard error is s / sqrt(n), where s is np.std(data, ddof=1).",
        "Return mean - t_star * error, mean + t_star * error.",
    ),
    mistakes={
        "_interval(data, t_star * np.std(data) / np.sqrt(len(data)))": (
            "np.std divides by n unless you say ddof=1; the t interval wants n - 1."
        ),
        "_interval(data, t_star * np.std(data, ddof=1) / np.sqrt(len(data) - 1))": (
            "ddof=1 has put n - 1 under s already; the root below s is that of n."
        ),
        "_interval(data, t_star * np.std(data, ddof=1))": (
            "That holds single observations; the mean of n of them spreads sqrt(n) times less."
        ),
        "_interval(data, t_star * np.std(data, ddof=1) / len(data))": (
            "Divide s by the square root of n, not by n: it is the variance that shrinks by n."
        ),
        "_interval(data, np.std(data, ddof=1) / np.sqrt(len(data)))": (
            "That is one standard error to each side; multiply it by t_star."
        ),
        "_interval(data, t_star * np.var(data, ddof=1) / len(data))": (
            "That is the variance of the mean; its square root is the standard error."
        ),
        "t_star * np.std(data, ddof=1) / np.sqrt(len(data))": (
            "That is the margin alone; return two numbers, mean - margin and mean + margin."
        ),
        "t_interval(data, t_star)[::-1]": "Right, but in the wrong order: the low end comes first.",
        "_interval(data, t_star * np.var(data, ddof=1) / np.sqrt(len(data)))": (
            "np.var is the square of s; np.std is s itself."
        ),
        "_interval(data, t_star * np.std(data, ddof=1) / np.sqrt(len(data)) / 2)": (
            "The margin goes to each side as a whole: t_star s / sqrt(n), without a half."
        ),
        "np.array([np.mean(data), t_star * np.std(data, ddof=1) / np.sqrt(len(data))])": (
            "Those are the mean and the margin; return the two ends, mean - margin and mean + "
            "margin."
        ),
        "t_interval(data, t_star) + np.median(data) - np.mean(data)": (
            "That interval lies around the median; the mean is its middle."
        ),
        "_interval(data, t_star * np.std(data, ddof=1) / len(data) ** 1 / 2)": (
            "Half of s / n is there, as n ** 1 / 2 makes it: Python takes the power 1 and then "
            "halves. The root is np.sqrt(n), or n ** (1 / 2) with its brackets."
        ),
        "_interval(data, t_star * np.sqrt(np.std(data, ddof=1) / len(data)))": (
            "s is no square, so it does not stand under the root: s / sqrt(n) is the root of "
            "s**2 / n."
        ),
        "_interval(data, t_star * np.std(data, ddof=1) * np.sqrt(len(data)))": (
            "More data make the mean more certain: divide by sqrt(n) where you multiply."
        ),
        "_interval(data, t_star * np.std(data, ddof=1) / np.sqrt(len(data))) - np.mean(data)": (
            "That interval lies around 0; the mean of the data is its middle."
        ),
    },
)


def _interval(data, margin):
    return np.mean(data) - margin, np.mean(data) + margin


def coverage_share(samples, mean, t_star):
    """Share of the rows of samples (m, n) whose interval, with t_star, contains mean."""
    centres = samples.mean(axis=1)
    margins = t_star * samples.std(axis=1, ddof=1) / np.sqrt(samples.shape[1])
    return np.mean(np.abs(centres - mean) <= margins)


def _many_samples():
    rng = np.random.default_rng(42)
    by_hand = [
        (
            np.array(
                [
                    [2, 6, 10],
                    [5, 6, 12],
                    [4, 11, 7],
                    [11, 1, 6],
                    [6, 1, 8],
                    [12, 10, 12],
                    [8, 4, 12],
                    [1, 4, 7],
                    [11, 1, 8],
                    [9, 5, 3],
                    [9, 5, 4],
                ]
            ),
            9.0,
            1.1,
        ),
        (np.array([[1, 4], [1, 7], [5, 9], [2.5, 13.5], [7, 8], [0, 8], [2, 6]]), 4.0, 1.1),
        (np.array([[0, 0, 0, 4], [6, 10, 6, 6], [0, 0, 4, 4]]), 4, 3),  # 4 ends two intervals
        (np.array([[0, 2, 4], [5, 6, 7]]), 2, 1.0),
        (np.array([[5.0, 6.0, 8.0]]), 0.0, 2.0),
        (np.array([[1.0, -1.0], [2.0, -2.0]]), 0, 0.5),
    ]
    shapes = ((8, 5), (13, 3), (4, 10))
    random = [(rng.normal(1, 2, shape).round(1), 1.0, 1.5) for shape in shapes]
    strided = (rng.normal(1, 2, (10, 12)).round(1)[:, ::3], 1.0, 2.0)
    return (*by_hand, *random, strided)


def _hits_with(samples, mean, margins):
    return np.mean(np.abs(samples.mean(axis=1) - mean) <= margins)


def _hits_of_columns(samples, mean, t_star, size):
    margins = t_star * samples.std(axis=0, ddof=1) / np.sqrt(size)  # nan of a single sample
    return np.mean(np.abs(samples.mean(axis=0) - mean) <= margins)


def _below_the_high_end(samples, mean, t_star):
    margins = t_star * samples.std(axis=1, ddof=1) / np.sqrt(samples.shape[1])
    return np.mean(samples.mean(axis=1) - mean <= margins)


def _between_the_ends(samples, mean, t_star):
    margins = t_star * samples.std(axis=1, ddof=1) / np.sqrt(samples.shape[1])
    return np.mean(np.abs(samples.mean(axis=1) - mean) < margins)


COVERAGE_SHARE = Exercise(
    coverage_share,
    cases=_many_samples(),
    hints=(
        "Each row is one sample. Along which axis do you take its mean?",
        "samples.mean(axis=1) and samples.std(axis=1, ddof=1) have one entry a row; the interval "
        "contains mean where |its centre - mean| <= its margin.",
        "margins = t_star * samples.std(axis=1, ddof=1) / np.sqrt(samples.shape[1]); "
        "the mean of an array of True and False is the share of True.",
    ),
    mistakes={
        "_hits_with(samples, mean, t_star * samples.std(axis=1, ddof=1))": (
            "Your margins are for one observation; the mean of n spreads sqrt(n) times less."
        ),
        "_hits_with(samples, mean, t_star * samples.std(axis=1) / np.sqrt(samples.shape[1]))": (
            "std divides by n unless you say ddof=1; the t interval wants n - 1."
        ),
        "1 - coverage_share(samples, mean, t_star)": "That is the share that misses the mean.",
        "len(samples) * coverage_share(samples, mean, t_star)": (
            "That counts the rows; divide by how many there are."
        ),
        "_hits_with(samples, mean, t_star * samples.std(axis=1, ddof=1) / np.sqrt(len(samples)))": (
            "len(samples) is the number of samples; the size of one is samples.shape[1]."
        ),
        "np.mean(np.abs(samples - mean) <= t_star)": (
            "That counts single observations near the mean; each row gives one interval."
        ),
        "_hits_with(samples, mean, t_star * samples.std(ddof=1) / np.sqrt(samples.shape[1]))": (
            "Without axis=1 std is one spread of all numbers; each row has its own."
        ),
        "_hits_with(samples, samples.mean(), t_star * samples.std(axis=1, ddof=1) / "
        "np.sqrt(samples.shape[1]))": (
            "You ask for the mean of the samples; the argument mean is the one to be covered."
        ),
        _below_the_high_end: (
            "Only one end is looked at: the mean has to lie above the low one and below the high "
            "one."
        ),
        "np.mean(np.ones(len(samples)))": (
            "Every sample is counted; one counts only if low <= mean and mean <= high, both of "
            "them: &, not |."
        ),
        _between_the_ends: "A mean that is an end of the interval is in it: <=, not <.",
        "np.mean(np.abs(samples - mean) <= t_star * samples.std(axis=1, ddof=1, keepdims=True))": (
            "That counts single observations; an interval lies around the mean of a row."
        ),
        "_hits_of_columns(samples, mean, t_star, len(samples))": (
            "axis=0 makes one interval of each column; a sample is a row: axis=1, and its size is "
            "samples.shape[1]."
        ),
        "_hits_of_columns(samples, mean, t_star, samples.shape[1])": (
            "Mean and std are those of the columns there, as axis=0 takes them; those of the rows "
            "are taken with axis=1."
        ),
        "np.mean(np.abs(samples.mean() - mean) <= t_star * samples.std(ddof=1) / "
        "np.sqrt(samples.shape[1]))": (
            "Without an axis there is one interval, of all numbers together, which holds mean or "
            "does not; each row has its own: axis=1."
        ),
        "_hits_with(samples, mean, t_star * samples.std(axis=1, ddof=1) / samples.shape[1])": (
            "The root of the size is missing: s / sqrt(n), and not s / n."
        ),
        "_hits_with(samples, mean, t_star * samples.var(axis=1, ddof=1) / samples.shape[1])": (
            "That is t_star times the variance of each mean; the margin wants its root."
        ),
    },
    why=(
        "An interval contains the mean just when its centre is no farther from it than the "
        "margin; of True and False, the mean is the share of True."
    ),
)

SMALL_SAMPLES = Prediction(
    "Intervals of 95%, from samples of a normal population. In the long run, which miss the mean "
    "more often: those from samples of 3, or those from samples of 40?",
    {
        "those from samples of 3": (
            "The mean of three is farther off, and three show the spread less well. The recipe "
            "knows both: its t* is 4.30 for three and 2.02 for forty, and the intervals are as "
            "much wider as they need to be."
        ),
        "those from samples of 40": (
            "Their intervals are shorter, but their means are nearer to the truth as well. t* is "
            "chosen for the size, so that both together leave out five in a hundred."
        ),
        "neither: about 5 in 100 of each": (
            "t* is chosen for the size, 4.30 for three and 2.02 for forty, so that five in a "
            "hundred miss at every size. Small samples pay in width, not in misses."
        ),
    },
    answer="neither: about 5 in 100 of each",
)
