"""Your turn in the section "Maximum likelihood and MAP"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def normal_log_likelihood(data, mu, sigma):
    """Sum over the data of the log density of Normal(mu, sigma), with standard deviation sigma."""
    z = (data - mu) / sigma
    return np.sum(-(z**2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2)


def _samples_and_normals():
    rng = np.random.default_rng(8)
    by_hand = [
        (np.array([1.0, 4.0, 7.5, -2.0]), 2.5, 1.5),
        (np.array([1.0, 4.0]), 2.0, 3.0),
        (np.array([2.1, 2.5, 1.8, 2.3, 2.0]), 2.14, 0.24),
        (np.array([5.0]), 5.0, 0.5),
        (np.array([0, 1, 2]), 1, 2),
        (np.arange(8.0)[::2], 3.0, 1.5),
        (np.array([60.0, -60.0]), 0.0, 1.0),
    ]
    random = [(rng.normal(3, 2, size=n).round(1), 2.5, 1.7) for n in (2, 5, 12)]
    return tuple(by_hand + random)


NORMAL_LOG_LIKELIHOOD = Exercise(
    normal_log_likelihood,
    cases=_samples_and_normals(),
    hints=(
        "What is the logarithm of one density, exp(-z**2 / 2) / (sigma * sqrt(2 * pi))?",
        "log p = -z**2 / 2 - log(sigma) - log(2 * pi) / 2, with z = (x - mu) / sigma.",
        "Write that line for the whole array data, and add up with np.sum.",
    ),
    mistakes={
        "np.prod(np.exp(-(((data - mu) / sigma) ** 2) / 2) / sigma) "
        "/ (2 * np.pi) ** (len(data) / 2)": (
            "That is the likelihood, a product; its logarithm is asked for, a sum of logarithms."
        ),
        "np.log(np.prod(np.exp(-(((data - mu) / sigma) ** 2) / 2) "
        "/ (sigma * np.sqrt(2 * np.pi))))": (
            "Right on paper, but here a density is too small for a double, and its logarithm is "
            "lost: write log p as a formula, and add."
        ),
        "np.sum(-((data - mu) ** 2) / (2 * sigma) - np.log(2 * np.pi * sigma) / 2)": (
            "You take sigma for the variance; it is the standard deviation, so square it."
        ),
        "np.sum(-((data - mu) ** 2) / (2 * sigma) - np.log(sigma) - np.log(2 * np.pi) / 2)": (
            "Below the squares sigma is squared too: each brings -((x - mu) / sigma)**2 / 2."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) - np.log(sigma) - np.log(2 * np.pi) / 2)": (
            "The exponent of the normal density is -z**2 / 2: half of the square."
        ),
        "np.log(np.sum(np.exp(-(((data - mu) / sigma) ** 2) / 2) "
        "/ (sigma * np.sqrt(2 * np.pi))))": (
            "That is the logarithm of a sum of densities; take the logarithm of each density "
            "first, and then add."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) / 2)": (
            "The squares are right; each observation also brings -log(sigma) - log(2 pi) / 2."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) / 2) - np.log(sigma) - np.log(2 * np.pi) / 2": (
            "The normalising constant belongs to each observation, so it is subtracted n times, "
            "inside the sum."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) / 2 - np.log(sigma) - np.log(2 * np.pi))": (
            "sqrt(2 pi) has the logarithm log(2 pi) / 2: the root became a half."
        ),
        "np.mean(-(((data - mu) / sigma) ** 2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2)": (
            "That is the mean log density of an observation; the sum is asked for."
        ),
        "-(((data - mu) / sigma) ** 2) / 2 - np.log(sigma) - np.log(2 * np.pi) / 2": (
            "Those are the log densities one by one; add them up."
        ),
        "np.sum(((data - mu) / sigma) ** 2 / 2 + np.log(sigma) + np.log(2 * np.pi) / 2)": (
            "That is the negative log-likelihood, which an optimiser would minimise; "
            "change the sign."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) / 2 - np.log(sigma))": (
            "log(2 pi) / 2 is missing: each density has sqrt(2 pi) below the line."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) / 2 - np.log(2 * np.pi) / 2)": (
            "log(sigma) is missing: each density has sigma below the line."
        ),
        "np.sum(np.exp(-(((data - mu) / sigma) ** 2) / 2) / (sigma * np.sqrt(2 * np.pi)))": (
            "That is the sum of the densities; take the logarithm of each, and add those."
        ),
        "-((np.sum(data - mu) / sigma) ** 2) / 2 - len(data) * (np.log(sigma) + np.log(2 * np.pi) "
        "/ 2)": "You add the deviations and square the sum; square each, and then add.",
        "np.sum(-(((data - mu) / sigma**2) ** 2) / 2 - np.log(sigma**2) - np.log(2 * np.pi) / 2)": (
            "sigma**2, the variance, stands where the standard deviation belongs: "
            "Normal(mu, sigma) and scipy's norm(mu, sigma) take sigma itself."
        ),
        "np.sum(-((data - mu) ** 2) / 2 * sigma**2 - np.log(sigma) - np.log(2 * np.pi) / 2)": (
            "The square is multiplied by sigma**2 instead of divided by it; / 2 * sigma**2 needs "
            "brackets, / (2 * sigma**2)."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) / 2 - np.log(2 * np.pi * sigma**2))": (
            "1 / sqrt(2 pi sigma**2) has the logarithm -log(2 pi sigma**2) / 2; the half is "
            "missing."
        ),
        "np.sum(-(((data - mu) / sigma) ** 2) / 2 - np.log(2 * np.pi * sigma) / 2)": (
            "The squares are right; but sigma stands beside the root of 2 pi, or squared under it: "
            "log(sigma) is not halved."
        ),
        "np.sum(((data - mu) / sigma) ** 2 / 2 - np.log(sigma) - np.log(2 * np.pi) / 2)": (
            "The density falls on both sides of mu: its exponent has a minus, -z**2 / 2, and "
            "what is far from mu counts against the model."
        ),
    },
    why=(
        "The log turns the product of the densities of independent data into a sum, and the "
        "density exp(-z^2 / 2) / (sigma sqrt(2 pi)) into three terms."
    ),
)


def event_rate(gaps):
    """Maximum likelihood rate of events whose gaps are exponential, in events per unit of time."""
    return len(gaps) / np.sum(gaps)


EVENT_RATE = Exercise(
    event_rate,
    cases=(
        (np.array([0.5, 1.5, 7.0, 1.0]),),
        (np.array([1.0, 2.0, 7.0]),),
        (np.array([157, 123, 2, 124, 12, 4]),),
        (np.array([0.25]),),
        (np.array([3.0, 0.0, 1.5]),),
        (np.arange(1.0, 9.0)[::2],),
        (np.array([0.1, 0.1, 0.1, 40.0]),),
    ),
    hints=(
        "If a disaster comes every 8 days on average, how many come in a day?",
        "The log-likelihood n log(rate) - rate * sum(gaps) has slope n / rate - sum(gaps).",
        "Set the slope to zero: rate = n / sum(gaps).",
    ),
    mistakes={
        "np.mean(gaps)": "That is the mean gap, in time per event; the rate is events per time.",
        "np.mean(1 / gaps)": (
            "The mean of 1 / gap counts short gaps far too much, and a gap of 0 makes it infinite; "
            "take 1 / mean."
        ),
        "(len(gaps) - 1) / np.sum(gaps)": (
            "Dividing by n - 1 mends a bias elsewhere; the likelihood is highest at n / sum(gaps)."
        ),
        "(len(gaps) + 1) / np.sum(gaps)": (
            "There is one event more than there are gaps, but the likelihood is a product over "
            "the gaps, and each of them ends in one event: n gaps, n / sum(gaps)."
        ),
        "1 / np.std(gaps)": (
            "For an exponential the standard deviation is the mean, but that of a sample is not "
            "its mean; the likelihood is highest at 1 / mean."
        ),
        "1 / np.median(gaps)": (
            "The median is another middle than the mean; the likelihood has its maximum at 1 / "
            "mean."
        ),
        "1 / np.sum(gaps)": "That counts one event; there are as many as there are gaps.",
        "np.log(2) / np.median(gaps)": (
            "That matches the median, a fair estimate too; the likelihood is highest elsewhere."
        ),
        "1 / np.std(gaps, ddof=1)": (
            "Mean and standard deviation of an exponential are equal, those of a sample are not; "
            "take 1 / mean."
        ),
        "1 / np.mean(np.diff(gaps))": "The gaps are the differences already; no np.diff is needed.",
        "np.log(2) / np.mean(gaps)": (
            "log(2) belongs to the median; the rate is 1 over the mean gap."
        ),
    },
    why=(
        "The log likelihood, n log(rate) - rate * sum(gaps), has the slope n / rate - sum(gaps), "
        "which falls as the rate grows and is 0 here."
    ),
)

SPREAD_AROUND_A_WRONG_MEAN = Prediction(
    "The best normal curve for the five numbers 2.1, 2.5, 1.8, 2.3, 2.0 has mean 2.14 and standard "
    "deviation 0.24. Hold the mean at 2.4, where it is wrong. Which standard deviation is best "
    "now?",
    {
        "smaller than 0.24": (
            "A narrow curve is high, but only near 2.4: at 1.8 it is nearly 0, and the logarithm "
            "of that outweighs all gains. Misses ask for a wider curve."
        ),
        "0.24: the numbers have not changed": (
            "Their spread around 2.14 has not. The best one is the root of the mean squared "
            "distance from the mean that the curve has, and from 2.4 they are farther: 0.35."
        ),
        "larger than 0.24": (
            "It is the root of the mean squared distance from 2.4, which the distance from 2.14 to "
            "2.4 makes larger: the root of 0.24² + 0.26², about 0.35."
        ),
    },
    answer="larger than 0.24",
)
