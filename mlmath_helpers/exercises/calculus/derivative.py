"""Your turn in the section "Derivative"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def central_difference(f, x, h):
    """Slope of f at x, from the values a step h above and a step h below."""
    return (f(x + h) - f(x - h)) / (2 * h)


CENTRAL_DIFFERENCE = Exercise(
    central_difference,
    cases=(
        (np.reciprocal, 1.75, 0.75),
        (np.square, 3, 0.25),
        (np.square, 3, 1),
        (np.sin, -0.7, 0.3),
        (np.square, -2.0, 0.25),
        (np.sin, 1.0, 0.5),
        (np.exp, 0.0, 1.0),
        (np.exp, 1.0, 0.001),
        (np.sqrt, 4.0, 0.5),
        (np.log, 2, 1),
        (np.reciprocal, 2.0, 0.125),
        (np.cos, 0.0, 0.1),
    ),
    hints=(
        "Which two points of the curve does the line pass through, and how far apart are they?",
        "The points are at x - h and x + h. The rise is f(x + h) - f(x - h).",
        "Divide the rise by the run, 2 * h, with brackets around both.",
    ),
    mistakes={
        "(f(x + h) - f(x - h)) / h": (
            "The two points are 2 h apart, not h: that slope is twice too steep."
        ),
        "f(x + h) - f(x - h)": "That is the rise alone; divide it by the run, 2 * h.",
        "(f(x + h) + f(x - h)) / (2 * h)": "A rise is a difference: subtract the value below x.",
        "(f(x + h) - f(x)) / h": (
            "That is the forward difference; take one value on each side of x."
        ),
        "(f(x) - f(x - h)) / h": (
            "That is the backward difference; the second value belongs above x."
        ),
        "f(x + h) - f(x - h) / 2 * h": (
            "Python divides before it subtracts; put brackets around the rise and around 2 * h."
        ),
        "(f(x + h) - f(x - h)) / 2 * h": (
            "Python divides by 2 and then multiplies by h; put brackets around 2 * h."
        ),
        "(f(x + h / 2) - f(x - h / 2)) / h": (
            "You go half a step to each side; here it is a whole step h above and one below."
        ),
        "(f(x + h) - 2 * f(x) + f(x - h)) / h**2": (
            "That is the second derivative, how fast the slope changes; "
            "the slope itself needs no value at x."
        ),
        "(f(x - h) - f(x + h)) / (2 * h)": "The sign is wrong: the value above x comes first.",
        "f(x + h) - f(x - h) / (2 * h)": (
            "Python divides before it subtracts: put brackets around the rise, f(x + h) - f(x - h)."
        ),
        "(f(x + h) - f(x)) / (2 * h)": (
            "From x to x + h the run is h; over a run of 2 * h the rise begins at x - h."
        ),
    },
    why=(
        "The steps above and below have the same term of order h**2 in f, which cancels in the "
        "difference; if f has a continuous third derivative, the error is at most of order h**2, "
        "not h."
    ),
)


def best_step(error, third):
    """Step h > 0 at which error / h + third * h**2 / 6 is smallest; both are above 0."""
    return np.cbrt(3 * error / third)


BEST_STEP = Exercise(
    best_step,
    cases=(
        (0.576, 8.0),
        (9, 1),
        (1.0, 3.0),
        (0.001, 6.0),
        (1e-3, 1e-3),
        (0.5, 20.0),
        (2.0, 0.01),
        (1e-4, 0.3),
    ),
    hints=(
        "Where a smooth function is smallest, what is its slope?",
        "The slope of error / h is -error / h**2, that of third * h**2 / 6 is third * h / 3.",
        "Their sum is zero where h**3 = 3 * error / third; np.cbrt takes the third root.",
    ),
    mistakes={
        "3 * error / third": "That is h to the third power; take the third root.",
        "(3 * error / third) ** 1 / 3": (
            "Python takes the power 1 first and then divides by 3; put brackets around 1/3."
        ),
        "np.cbrt(6 * error / third)": (
            "There the two errors are equal; their sum is smallest where their slopes cancel."
        ),
        "np.sqrt(3 * error / third)": (
            "The equation for h has h**3 in it, not h**2; take the third root."
        ),
        "np.cbrt(3 * third / error)": (
            "That is the inverse: a larger error of f asks for a larger step."
        ),
        "np.cbrt(error / third)": (
            "A factor 3 is missing: the slope of third * h**2 / 6 is third * h / 3."
        ),
        "np.sqrt(2 * error / third)": (
            "That is the best step of the forward difference, whose truncation is third * h / 2."
        ),
        "error / best_step(error, third) + third * best_step(error, third) ** 2 / 6": (
            "That is the least value itself; the step at which it is reached is asked for."
        ),
        "(3 * error / third) ** (1 // 3)": (
            "1 // 3 is 0, and whatever is taken to the power 0 is 1; the third root is the power "
            "1/3."
        ),
        "(3 * error / third) ** 0.33": ("0.33 is not 1/3: write ** (1 / 3), or np.cbrt."),
        "np.cbrt(3 * error) / third": (
            "The whole fraction stands under the third root, and so does third."
        ),
    },
    why=(
        "The slope in h, -error / h**2 + third * h / 3, is 0 at this h, below 0 before it and "
        "above 0 after it."
    ),
)

WIDEST_DELTA = Prediction(
    "Keep the tolerance ε, and go along the curve f(x) = x³/3 − x from x = −2 to 1. At which place "
    "will the largest δ do?",
    {
        "at x = −2, where the curve is steepest": (
            "A steep curve has a large slope, but what counts is how fast the slope changes, and "
            "that is fastest at −2: of all these places it needs the smallest δ."
        ),
        "at x = −1 and x = 1, where the tangent is level": (
            "The curve is level there for a moment only. It bends, and the slope of a secant over "
            "h is off by x·h + h²/3: nearly by h itself, if h is small."
        ),
        "at x = 0, half-way down": (
            "The slope of a secant is off by x·h + h²/3. At x = 0 only h²/3 is left: the slope "
            "hardly changes there, so a long secant is nearly as good as a short one."
        ),
        "all places need the same δ": (
            "So it is on a parabola, whose slope changes at one pace everywhere. Here it changes "
            "at the pace 2x: fast at −2, and not at all at 0."
        ),
    },
    answer="at x = 0, half-way down",
)

BEST_FORWARD = Prediction(
    "A double holds about sixteen digits. How many digits of the slope does a forward difference "
    "get at its best step?",
    {
        "nearly all 16": (
            "A smaller step cuts the truncation, but rounding, about 1e-16/h, grows as fast as h "
            "shrinks: at h = 1e-15 about one digit is left."
        ),
        "about 11": (
            "That is what the central difference gets. Its truncation is about h², so that it may "
            "take a larger step, near the third root of 1e-16, where less is lost to rounding."
        ),
        "about 8": (
            "Truncation is about h, and rounding about 1e-16/h. They are equal at h = 1e-8, the "
            "square root of 1e-16, and both are about 1e-8 there: half of the digits. More comes "
            "out by luck only."
        ),
        "about 3": (
            "That many it gets at a thousandth, where truncation rules. A smaller step helps, "
            "until rounding takes over."
        ),
    },
    answer="about 8",
)
