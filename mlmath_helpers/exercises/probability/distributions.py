"""Your turn in the section "Random variables and distributions"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def interval_probability(low, high, scale):
    """P(low < X <= high) of an exponential waiting time X with mean scale, for 0 <= low <= high."""
    return np.exp(-low / scale) - np.exp(-high / scale)


INTERVAL_PROBABILITY = Exercise(
    interval_probability,
    cases=(
        (3.0, 7.0, 5.0),
        (1.0, 3.0, 2.5),
        (0.0, 1.0, 1.0),
        (2, 5, 4),
        (0, 10, 1),
        (1.5, 1.5, 3.0),
        (7.0, 30.0, 0.5),
        (0.2, 0.3, 100.0),
        (10.0, 1000.0, 115.0),
    ),
    hints=(
        "How much probability lies to the left of high, how much to the left of low?",
        "P(low < X <= high) = F(high) - F(low), and here F(x) = 1 - exp(-x / scale).",
        "The two ones cancel: np.exp(-low / scale) minus np.exp(-high / scale).",
    ),
    mistakes={
        "np.exp(-high / scale) - np.exp(-low / scale)": (
            "A probability below zero: subtract what lies left of low from what lies left of high."
        ),
        "1 - np.exp(-high / scale)": (
            "That is the probability of everything up to high; take away what lies left of low."
        ),
        "(np.exp(-low / scale) - np.exp(-high / scale)) / scale": (
            "Those are heights of the density; the cumulative distribution has no 1 / scale."
        ),
        "(np.exp(-high / scale) - np.exp(-low / scale)) / scale": (
            "Those are heights of the density, and a difference of heights is no area; subtract "
            "two values of the cumulative distribution."
        ),
        "(1 - np.exp(-high / scale)) * np.exp(-low / scale)": (
            "X > low and X <= high are not independent, so their probabilities must not be "
            "multiplied; take F(low) away from F(high)."
        ),
        "np.exp(-low * scale) - np.exp(-high * scale)": (
            "You multiply by scale as if it were a rate; it is the mean wait, so divide by it."
        ),
        "(high - low) * np.exp(-low / scale) / scale": (
            "Height at low times width is the area of a box, but the density falls on the way; "
            "subtract two values of the cumulative distribution."
        ),
        "1 - np.exp(-(high - low) / scale)": (
            "That is the probability of the next stretch once low has been waited; "
            "from the start you must first get as far as low."
        ),
        "(high - low) / scale": (
            "That would be right for a density that is level; this one falls, so subtract two "
            "values of F."
        ),
        "(high - low) * np.exp(-(low + high) / 2 / scale) / scale": (
            "Width times the height in the middle is the area below a straight line; below this "
            "curve it is F(high) - F(low)."
        ),
        "np.maximum(1 - np.exp(scale - high), 0) - np.maximum(1 - np.exp(scale - low), 0)": (
            "scipy's second place is loc, a shift; write stats.expon.cdf(x, scale=scale)."
        ),
        "np.exp(high / scale) - np.exp(low / scale)": (
            "The exponents are negative: exp(-x / scale) falls from 1 to 0."
        ),
        "10 ** (-low / scale) - 10 ** (-high / scale)": "The base is e, not 10: np.exp.",
        "1 - np.exp(-high / scale) - 1 - np.exp(-low / scale)": (
            "F(low) is subtracted as a whole: put brackets around 1 - np.exp(-low / scale)."
        ),
        "np.exp(low / scale) - np.exp(high / scale)": (
            "F(x) is 1 - exp(-x / scale): the minus sign in the exponent is missing."
        ),
        "(high - low) * (np.exp(-low / scale) + np.exp(-high / scale)) / 2 / scale": (
            "That is the area below the straight line from one height to the other; the curve "
            "hangs below it, and the area is F(high) - F(low)."
        ),
    },
    why=(
        "P(X > x) is exp(-x / scale), and X lies in the interval just when it is above low and "
        "not above high."
    ),
)


def ramp_cdf(x):
    """Cumulative distribution, at each x, of the density p(t) = t / 2 for t in [0, 2]."""
    return np.clip(x, 0, 2) ** 2 / 4


RAMP_CDF = Exercise(
    ramp_cdf,
    cases=(
        (np.array([1.5, -1.0, 3.0, 0.5, 0.8]),),
        (np.array([-1.0, 0.5, 1.0, 2.0, 3.0]),),
        (np.array([0.7, 0.3, 0.7, 0.3]),),
        (np.array([0, 1, 2]),),
        (np.array([1.7]),),
        (np.array([-4, 5]),),
        (np.linspace(-1, 3, 18)[::3],),
        (np.array([1e-9, 1.999, 2.001, 40.0]),),
    ),
    hints=(
        "Which area under the line t / 2 lies to the left of x, for x between 0 and 2?",
        "A triangle of width x and height x / 2. What is the area for x below 0, and beyond 2?",
        "np.clip(x, 0, 2) keeps x between 0 and 2; square it and divide by 4.",
    ),
    mistakes={
        "x**2 / 4": (
            "Right inside [0, 2], but x ** 2 / 4 goes on outside: left of 0 nothing has been "
            "collected yet, and beyond 2 everything."
        ),
        "0.0 if x < 0 else 1.0 if x > 2 else x**2 / 4": (
            "x is an array, and one if cannot decide for all its entries: np.clip or np.where "
            "treats each by itself."
        ),
        "np.where((x >= 0) & (x <= 2), x / 2, 0.0)": (
            "That is the density; the cumulative distribution is the area under it, up to x."
        ),
        "np.where((x >= 0) & (x <= 2), x**2 / 4, 0.0)": (
            "Beyond 2 all the probability lies to the left of x: the value there is 1, not 0."
        ),
        "np.clip(x, 0, 2) ** 2 / 2": (
            "That is width times height, a box; the area under a line from 0 is half of it."
        ),
        "np.where(x >= 2, 1.0, np.clip(x, 0, 2) ** 2 / 2)": (
            "Right outside [0, 2]; inside, the area under a line from 0 is a triangle, half of "
            "width times height."
        ),
        "np.clip(x, 0, 2) / 2": (
            "That rises evenly, as for a density that is level on [0, 2]; this one is a ramp."
        ),
        "1 - np.clip(x, 0, 2) ** 2 / 4": (
            "That is P(X > x), the area to the right; the one to the left is asked for."
        ),
        "np.cumsum(np.clip(x, 0, 2) / 2)": (
            "cumsum adds the heights at the given points, however far apart they are; the area up "
            "to x is a triangle."
        ),
        "x / 2": (
            "That is the height of the line at x; what is asked for is the area under it, and "
            "that is 0 left of 0 and 1 beyond 2."
        ),
        "np.clip(x, 0, 2) / 4": (
            "The triangle has the width x and the height x / 2: its area has a square in it, "
            "x**2 / 4."
        ),
    },
    why=(
        "The area below t / 2 from 0 to x is x^2 / 4. Before 0 there is none, after 2 there is no "
        "more, which is what the clipped x says."
    ),
)

WIDER_NORMAL = Prediction(
    "A normal curve has mean 0. You double its standard deviation and follow the line at its "
    "0.9-quantile. What becomes of the height of the curve at that line?",
    {
        "it halves": (
            "Everything moves out to twice its place, and since the area stays 1 every height "
            "halves. With the standard deviation from 0.5 to 1, the line goes from 0.64 to 1.28, "
            "and the height there from 0.351 to 0.175."
        ),
        "it stays: the line moves along with the curve": (
            "The line does move along, to twice its place. But a curve that is twice as wide "
            "would have twice the area, and the area is 1: so every height halves."
        ),
        "it falls to a quarter": (
            "A variance would be four times as large, but heights follow the width, not its "
            "square: twice as wide, half as high, so that the area stays 1."
        ),
        "it grows: a wider curve has more in its tails": (
            "It has more beyond a fixed place. The line is not at a fixed place: it moves out as "
            "far as the curve does, and there the height is half of what it was."
        ),
    },
    answer="it halves",
)

MIXED_RATES = Prediction(
    "The gaps before a year and those after it get an exponential each. Put that year too late, "
    "at 1930: then the gaps before it come from two rates. Beside their mean, their standard "
    "deviation is:",
    {
        "about as large, as of any waiting times": (
            "That is so of one exponential, whatever its rate. Short gaps of one rate and long "
            "ones of another lie farther apart than either alone: 1.32 times the mean."
        ),
        "clearly smaller: two rates average out": (
            "Means average out, spreads do not: the distance between the two mean waits is added "
            "to the spread within each. It is 1.32 times the mean."
        ),
        "clearly larger": (
            "A mixture of two exponentials has more very short and more very long gaps than one of "
            "the same mean: 1.32 times the mean, and its stepped line bends."
        ),
    },
    answer="clearly larger",
)
