"""Random variables and distributions: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest
from scipy import integrate, stats

from exercises.learner import answers
from mlmath_helpers.datasets import load_coal_disasters
from mlmath_helpers.probability import Exponential, Normal

OTHER_WAYS = {
    "interval_probability": [
        "return (1 - np.exp(-high / scale)) - (1 - np.exp(-low / scale))",
        "return -np.expm1(-high / scale) + np.expm1(-low / scale)",
        "import math\nreturn math.exp(-low / scale) * (1 - math.exp(-(high - low) / scale))",
        "return np.exp(-np.array([low, high]) / scale) @ [1, -1]",
    ],
    "ramp_cdf": [
        "return np.where(x < 0, 0, np.where(x > 2, 1, x**2 / 4))",
        "return [0 if t < 0 else 1 if t > 2 else t * t / 4 for t in x]",
        "return np.minimum(np.maximum(x, 0) / 2, 1) ** 2",
        "return np.interp(np.clip(x, 0, 2) ** 2, [0, 4], [0, 1])",
    ],
}

WRONG_WAYS = [
    (
        "interval_probability",
        "return 1 - np.exp(-high / scale) - 1 - np.exp(-low / scale)",
        "F(low) is subtracted as a",
    ),
    (
        "interval_probability",
        "return 1 - np.exp(high / scale) - (1 - np.exp(low / scale))",
        "F(x) is 1 - exp(-x",
    ),
    (
        "interval_probability",
        "return (high - low) * (np.exp(-low / scale) + np.exp(-high / scale)) / 2 / scale",
        "That is the area below",
    ),
    (
        "ramp_cdf",
        "return x / 2",
        "That is the height of",
    ),
    (
        "ramp_cdf",
        "return np.clip(x, 0, 2) / 4",
        "The triangle has the width",
    ),
]

NOT_SAID = [
    (  # scipy's second place is a shift, and no stretch is waited first
        "interval_probability",
        "cdf = lambda x: np.maximum(1 - np.exp(scale - x), 0)\nreturn cdf(high) - cdf(low)",
        "the next stretch",
    ),
    (
        "interval_probability",
        "return (high - low) / (2 * scale)",
        "heights of the density",
    ),
    ("interval_probability", "return (high - low) / scale", "the area of a box"),
    ("ramp_cdf", "return np.clip(x, 0, 2) ** 3 / 8", "a triangle"),
    ("ramp_cdf", "return np.cumsum(x) / np.sum(x)", "cumsum adds the heights"),
]


def test_the_probability_of_an_interval_is_the_area_under_the_density():
    for probability, (low, high, scale) in answers("interval_probability"):
        area, _ = integrate.quad(Exponential(scale).pdf, low, high, epsabs=1e-13)
        assert probability == pytest.approx(area, abs=1e-9)


def test_the_ramp_is_a_beta_distribution_on_twice_the_width():
    for heights, (x,) in answers("ramp_cdf"):
        assert heights == pytest.approx(stats.beta(2, 1, scale=2).cdf(x), abs=1e-12)


def wider_normal():
    """Measure the height at the quantile before and after the standard deviation is doubled."""
    before, after = (normal.pdf(normal.quantile(0.9)) for normal in (Normal(0, 1), Normal(0, 2)))
    told = {
        1.0: "it stays: the line moves along with the curve",
        0.5: "it halves",
        0.25: "it falls to a quarter",
        2.0: "it grows: a wider curve has more in its tails",
    }
    return told[round(after / before, 9)]


def mixed_rates():
    """Compare spread and mean of the gaps before 1930, and those of as many of one rate."""
    years, gaps = load_coal_disasters()
    early = gaps[years[1:] < 1930]
    ratio = early.std() / early.mean()
    rng = np.random.default_rng(0)
    made = Exponential(early.mean()).sample(400 * len(early), rng=rng).reshape(400, -1)
    low, high = np.quantile(made.std(axis=1) / made.mean(axis=1), [0.01, 0.99])
    if ratio < low:
        return "clearly smaller: two rates average out"
    return "clearly larger" if ratio > high else "about as large, as of any waiting times"


PREDICTED = {"wider_normal": wider_normal, "mixed_rates": mixed_rates}
