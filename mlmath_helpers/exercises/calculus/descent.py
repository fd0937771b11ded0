"""Your turn in the section "Gradient descent"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def descent_step(x, slope, learning_rate):
    """Point after one step of gradient descent from x, where the gradient is slope."""
    return x - learning_rate * slope


def _points_and_slopes():
    rng = np.random.default_rng(21)
    by_hand = [
        (np.array([3.0, 1.0, 5.0]), np.array([2.5, -4.0, 6.0]), 0.25),
        (np.array([3.0, 1.0]), np.array([2.0, -4.0]), 0.25),
        (np.array([1.0, 2.0, 4.0]) / 3, np.array([1.0, -3.0, 5.0]) / 7, 0.3),
        (np.array([5.0]), np.array([10.0]), 0.5),
        (np.array([1, 2]), np.array([3, 0]), 1),
        (np.array([1.0, -1.0]), np.zeros(2), 0.1),
        (np.arange(8.0)[::2], np.arange(8.0, 0.0, -1.0)[::2], 0.01),
    ]
    random = [(*rng.normal(scale=2, size=(2, d)).round(1), rate) for d, rate in ((2, 0.3), (5, 2))]
    return tuple(by_hand + random)


DESCENT_STEP = Exercise(
    descent_step,
    cases=_points_and_slopes(),
    hints=(
        "The gradient points where f grows fastest. Which way do you want to go?",
        "Go against the gradient, by learning_rate times its length.",
        "Return x minus learning_rate times slope.",
    ),
    mistakes={
        "x + learning_rate * slope": "That walks uphill: the gradient points up, so subtract it.",
        "x - slope": "The learning rate is missing: scale the gradient by it first.",
        "-learning_rate * slope": "That is the step alone; add it to the point x.",
        "learning_rate * slope": "That is what the step takes away; subtract it from the point x.",
        "x - learning_rate * slope / np.linalg.norm(slope)": (
            "You make every step equally long; plain gradient descent keeps the length of slope."
        ),
        "x - learning_rate * np.sign(slope)": (
            "Only the signs of slope are used; its size counts too."
        ),
        "(1 - learning_rate) * x - learning_rate * slope": (
            "x itself is not to shrink; only the gradient is scaled."
        ),
        "x - slope / learning_rate": "You divide by the learning rate; multiply by it.",
        "(x - learning_rate) * slope": (
            "Brackets first: learning_rate * slope is one thing, to be taken from x."
        ),
        "x - learning_rate * slope**2": (
            "The slope enters as it is; you squared it, and its sign is lost."
        ),
    },
)


def largest_stable_rate(A):
    """Limit below which rates make descent on x @ A @ x / 2 converge, A positive definite."""
    return 2 / np.linalg.eigvalsh(A).max()


LARGEST_STABLE_RATE = Exercise(
    largest_stable_rate,
    cases=(
        (np.array([[12.0, 3.0, -3.0], [3.0, 12.0, 3.0], [-3.0, 3.0, 12.0]]),),
        (np.array([[2.0, 0.0, 0.0], [0.0, 8.0, 0.0], [0.0, 0.0, 3.0]]),),
        (np.array([[3, 1], [1, 3]]),),
        (np.array([[4.0]]),),
        (np.eye(3) / 2,),
        (np.array([[2.0, 1.0, 0.0], [1.0, 2.0, 1.0], [0.0, 1.0, 2.0]]),),
        (np.array([[5.0, 0.0, -2.0, 0.0], [-2.0, 0.0, 2.0, 0.0]])[:, ::2],),
        (np.array([[0.01, 0.0], [0.0, 0.02]]),),
        (np.diag([4.0, 1.0, 1.5, 1.0, 4.0]) + 2 * np.eye(5)[[4, 1, 2, 3, 0]] * [1, 0, 0, 0, 1],),
    ),
    hints=(
        "In one dimension f = a x**2 / 2 has slope a x. For which rates does |x| shrink?",
        "Each eigenvector of A is such a dimension, with its eigenvalue as a: "
        "x is multiplied by 1 - rate * a.",
        "|1 - rate * a| < 1 for every eigenvalue a means rate < 2 / the largest of them; "
        "np.linalg.eigvalsh(A) gives all.",
    ),
    mistakes={
        "1 / np.linalg.eigvalsh(A).max()": (
            "There the steep direction lands in one step; up to twice that it still converges."
        ),
        "2 / np.linalg.eigvalsh(A).min()": (
            "That is the limit of the flat direction; the steep one blows up far earlier."
        ),
        "2 / (np.linalg.eigvalsh(A).max() + np.linalg.eigvalsh(A).min())": (
            "That is the fastest rate; larger ones, up to the limit, still converge."
        ),
        "2 / np.linalg.norm(A)": (
            "np.linalg.norm of a matrix adds up the squares of all entries; "
            "you need the largest eigenvalue."
        ),
        "2 / np.trace(A)": (
            "The trace is the sum of all eigenvalues; only the largest one sets the limit."
        ),
        "2 / A.max()": (
            "The largest entry is the largest eigenvalue only by luck; take the eigenvalue."
        ),
        "np.linalg.cond(A)": (
            "That is the condition number, which sets the pace; "
            "the limit comes from the largest eigenvalue alone."
        ),
        "2 / np.linalg.cond(A)": (
            "You divide by the condition number; divide by the largest eigenvalue."
        ),
        "np.linalg.eigvalsh(A).max()": (
            "That is the largest curvature; the limit is two divided by it."
        ),
        "2 / np.linalg.det(A)": (
            "The determinant is the product of all eigenvalues; only the largest one sets the "
            "limit."
        ),
        "2 / np.linalg.eigvals(A)[0]": (
            "eigvals gives the eigenvalues in no order; take the largest, by .max()."
        ),
    },
    why=(
        "A step multiplies the part of x along an eigenvector by 1 - rate * a, where a > 0 is the "
        "eigenvalue; that lies between -1 and 1 just when 0 < rate < 2 / a, and the largest a "
        "asks for the smallest rate."
    ),
)

TWO_RATES = Prediction(
    "Two walks go down x² from 3, in 25 steps each: one at rate 0.1, the other at rate 0.9. Which "
    "of them ends nearer to the minimum?",
    {
        "the one at 0.1: it never overshoots": (
            "Overshooting costs nothing by itself. What counts is the share of the distance that "
            "a step leaves: 0.8 at this rate, and on the other side it may be as small."
        ),
        "the one at 0.9: its steps are longer": (
            "Its first step is nine times as long, and too long: it goes 1.8 times the way to the "
            "minimum, and so ends 0.8 times as far beyond it as the start was before it."
        ),
        "neither: they end equally near": (
            "A step multiplies x by 1 − 2·rate, which is 0.8 for one and −0.8 for the other. In "
            "size that is the same, so both end 3·0.8²⁵ = 0.011 away, on opposite sides."
        ),
    },
    answer="neither: they end equally near",
)

LONG_VALLEY = Prediction(
    "A valley gets four times the condition number, 60 for 15, and you look for the best rate in "
    "each. How many steps does it take now to a thousandth of the distance?",
    {
        "as many: the best rate makes up for it": (
            "It cannot: all directions share one rate, and the steep one sets its limit. At the "
            "best rate a step leaves (κ − 1)/(κ + 1): 0.875 at 15, and 0.967 at 60."
        ),
        "twice as many": (
            "Twice would be the root of four. That is what momentum comes to with its own best "
            "numbers; plain descent pays the whole price."
        ),
        "four times as many": (
            "At the best rate a step leaves (κ − 1)/(κ + 1) of the distance, about 1 − 2/κ, so the "
            "number of steps grows like κ: 52 at 15 (53 at the nearest stop of the slider), and "
            "208 at 60."
        ),
        "sixteen times as many": (
            "The condition number does not enter squared. A step covers a share of about 2/κ of "
            "what is left of the way: four times the κ, a fourth of that share."
        ),
    },
    answer="four times as many",
)
