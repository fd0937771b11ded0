"""Your turn in the section "Optimisers"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def momentum_step(x, velocity, slope, learning_rate, beta):
    """Point and velocity after v <- beta v + slope, x <- x - learning_rate v."""
    velocity = beta * velocity + slope
    return x - learning_rate * velocity, velocity


def _moving_points():
    rng = np.random.default_rng(22)
    by_hand = [
        (np.array([3.0, 1.0, 7.0]), np.array([2.5, -3, 1]), np.array([1.5, 4, -5]), 0.3, 0.75),
        (np.array([3.0, 1.0]), np.array([2.0, -2.0]), np.array([1.0, 4.0]), 0.5, 0.75),
        (np.array([5.0]), np.array([0.0]), np.array([10.0]), 0.1, 0.9),
        (np.array([1.0, -2.0]) / 3, np.array([2.0, 1.0]) / 7, np.array([1.0, 4.0]) / 9, 0.3, 0.7),
        (np.array([1, 2]), np.array([3, 0]), np.array([1, -1]), 1, 0.5),
        (np.array([1.0, -1.0]), np.array([2.0, 2.0]), np.zeros(2), 0.1, 0.9),
        (np.arange(8.0)[::2], np.ones(8)[::2], np.arange(8.0, 0.0, -1.0)[::2], 0.01, 0.99),
    ]
    random = [(*rng.normal(scale=2, size=(3, d)).round(1), 0.3, 0.8) for d in (2, 5)]
    return tuple(by_hand + random)


MOMENTUM_STEP = Exercise(
    momentum_step,
    cases=_moving_points(),
    hints=(
        "What is the velocity after this step, and which velocity moves x?",
        "First the new velocity, beta * velocity + slope; then x moves with the new one.",
        "Return both, as in: return x - learning_rate * velocity, velocity.",
    ),
    mistakes={
        "(x - learning_rate * velocity, beta * velocity + slope)": (
            "x moves with the old velocity; update the velocity first."
        ),
        "(x - learning_rate * (beta * velocity + (1 - beta) * slope), "
        "beta * velocity + (1 - beta) * slope)": (
            "You weight the slope by 1 - beta, as some books do; here it enters whole."
        ),
        "(x - learning_rate * (slope + beta * (beta * velocity + slope)), "
        "beta * velocity + slope)": (
            "That is Nesterov's step, which looks ahead; plain momentum moves by the velocity."
        ),
        "(x - learning_rate * slope, beta * velocity + slope)": (
            "x moves with the slope alone; the velocity is to move it."
        ),
        "(x + learning_rate * (beta * velocity + slope), beta * velocity + slope)": (
            "The velocity adds up gradients, which point uphill; subtract it."
        ),
        "(x - (beta * velocity + learning_rate * slope), "
        "beta * velocity + learning_rate * slope)": (
            "You put the learning rate into the velocity, as some books do; here it scales v."
        ),
        "(beta * velocity + slope, x - learning_rate * (beta * velocity + slope))": (
            "Both are right, in the wrong order: the point first, then the velocity."
        ),
        "(x - learning_rate * (beta * velocity + slope), velocity)": (
            "The point is right; with it belongs the new velocity, not the old one."
        ),
        "(x + beta * velocity - learning_rate * slope, beta * velocity - learning_rate * slope)": (
            "There the velocity points downhill and holds the learning rate, as in some books; "
            "here v <- beta v + slope."
        ),
        "x - learning_rate * (beta * velocity + slope)": (
            "The point is right; return the velocity too, for the next step needs it."
        ),
        "(x - learning_rate * (velocity + beta * slope), velocity + beta * slope)": (
            "beta belongs to the old velocity, not to the slope."
        ),
        "(x - learning_rate * (beta * velocity - slope), beta * velocity - slope)": (
            "The slope is added to the velocity, which is then subtracted from x; with two "
            "minus signs it walks uphill."
        ),
        "(x - learning_rate * (beta * velocity + learning_rate * slope), beta * velocity + "
        "learning_rate * slope)": (
            "The learning rate comes in twice; it scales the velocity when x moves, and only then."
        ),
    },
)


def adam_step(x, slope, m, s, t, learning_rate):
    """Point, m and s after Adam's step t = 1, 2, ..., with betas 0.9, 0.999 and eps 1e-8."""
    m = 0.9 * m + 0.1 * slope
    s = 0.999 * s + 0.001 * slope**2
    m_hat, s_hat = m / (1 - 0.9**t), s / (1 - 0.999**t)
    return x - learning_rate * m_hat / (np.sqrt(s_hat) + 1e-8), m, s


def _adam_points():
    rng = np.random.default_rng(23)
    by_hand = [
        (
            np.array([3.0, 1.0, 7.0]),
            np.array([2.5, -4, 1.5]),
            np.array([1, 0.5, -3]),
            np.array([4.0, 9, 6]),
            4,
            0.3,
        ),
        (np.array([3.0, 1.0]), np.array([2.0, -4.0]), np.ones(2), np.array([4.0, 9.0]), 2, 0.5),
        (np.array([3.0, 1.0]), np.array([2.0, -4.0]), np.zeros(2), np.zeros(2), 1, 0.5),
        (np.array([1.0, 2.0]), np.array([1e-8, -2e-8]), np.zeros(2), np.zeros(2), 1, 0.5),
        (np.array([3.0]), np.array([2.0]), np.array([1.0]), np.array([4.0]), 3, 1.0),
        (np.array([1, 2]), np.array([3, 1]), np.array([1, 1]), np.array([2, 1]), 2, 1),
    ]
    gaps = [(np.arange(8.0)[::2], np.ones(8)[::2], np.ones(8)[::2], np.ones(8)[::2], 7, 0.1)]
    random = [
        (*rng.normal(scale=3, size=(3, d)).round(1), rng.uniform(1, 9, d).round(1), t, 0.3)
        for d, t in ((2, 5), (5, 50))
    ]
    return tuple(by_hand + gaps + random)


def _adam(
    x,
    slope,
    m,
    s,
    t,
    learning_rate,
    *,
    old=(0.9, 0.999),
    new=(0.1, 0.001),
    correct=(True, True),
    square=True,
    scale=None,
):
    m = old[0] * m + new[0] * slope
    s = old[1] * s + new[1] * (slope**2 if square else slope)
    m_hat = m / (1 - 0.9**t) if correct[0] else m
    s_hat = s / (1 - 0.999**t) if correct[1] else s
    return x - learning_rate * m_hat / (scale(s_hat) if scale else np.sqrt(s_hat) + 1e-8), m, s


def _adam_with_the_betas_swapped(x, slope, m, s, t, learning_rate):
    m, s = 0.999 * m + 0.001 * slope, 0.9 * s + 0.1 * slope**2
    m_hat, s_hat = m / (1 - 0.999**t), s / (1 - 0.9**t)
    return x - learning_rate * m_hat / (np.sqrt(s_hat) + 1e-8), m, s


ADAM_STEP = Exercise(
    adam_step,
    cases=_adam_points(),
    hints=(
        "At t = 1 the means m and s hold only one gradient. What are they divided by, to be fair?",
        "m <- 0.9 m + 0.1 slope and s <- 0.999 s + 0.001 slope**2; "
        "then divide copies of them by 1 - 0.9**t and 1 - 0.999**t.",
        "x moves by learning_rate * m_hat / (np.sqrt(s_hat) + 1e-8); "
        "return the new x and the undivided m and s.",
    ),
    mistakes={
        "_adam(x, slope, m, s, t, learning_rate, correct=(False, False))": (
            "The bias correction is missing: divide m by 1 - 0.9**t and s by 1 - 0.999**t "
            "before you use them."
        ),
        "_adam(x, slope, m, s, t, learning_rate, correct=(True, False))": (
            "You correct m but not s; s starts at 0 as well."
        ),
        "_adam(x, slope, m, s, t, learning_rate, correct=(False, True))": (
            "You correct s but not m; m starts at 0 as well."
        ),
        "_adam(x, slope, m, s, t, learning_rate, new=(1, 1))": (
            "m and s are means: the slope enters m with weight 0.1, its square s with 0.001."
        ),
        "_adam(x, slope, m, s, t, learning_rate, old=(0.1, 0.001), new=(0.9, 0.999))": (
            "The large weights, 0.9 and 0.999, belong to what was there before."
        ),
        "_adam(x, slope, m, s, t - 1, learning_rate)": (
            "The steps are counted from 1, so the exponent is t, not t - 1."
        ),
        "(adam_step(x, slope, m, s, t, learning_rate)[0], "
        "(0.9 * m + 0.1 * slope) / (1 - 0.9**t), "
        "(0.999 * s + 0.001 * slope**2) / (1 - 0.999**t))": (
            "Return m and s as they are before the correction; else they are corrected again "
            "in the next step."
        ),
        "(2 * x - adam_step(x, slope, m, s, t, learning_rate)[0], "
        "*adam_step(x, slope, m, s, t, learning_rate)[1:])": (
            "That climbs: m is a mean of gradients, so subtract it."
        ),
        "_adam(x, slope, m, s, t, learning_rate, square=False)": (
            "s is the mean of the squares, slope**2, entry by entry."
        ),
        "_adam(x, slope, m, s, t, learning_rate, scale=lambda s_hat: s_hat + 1e-8)": (
            "The square root is missing: divide by np.sqrt(s_hat) + 1e-8."
        ),
        "_adam(x, slope, m, s, t, learning_rate, scale=lambda s_hat: np.sqrt(s_hat + 1e-8))": (
            "eps stands beside the root, not under it; with tiny slopes that makes a difference."
        ),
        "adam_step(x, slope, m, s, t, learning_rate)[0]": (
            "The point is right; return m and s too, for the next step needs them."
        ),
        "_adam(x, slope, m, s, t, learning_rate, scale=np.sqrt)": (
            "eps is missing: below the line stands np.sqrt(s_hat) + 1e-8."
        ),
        _adam_with_the_betas_swapped: (
            "The betas are swapped: m keeps 0.9 of what was there, and s keeps 0.999."
        ),
    },
    why=(
        "m begins at 0 and would be 1 - 0.9**t times the slope after t equal slopes; dividing by "
        "that number takes the start out again, and for s likewise."
    ),
)


def newton_step(x, slope, hessian):
    """Point after one full Newton step from x, given gradient and Hessian there."""
    return x - np.linalg.solve(hessian, slope)


def _curved_points():
    rng = np.random.default_rng(24)
    by_hand = [
        (
            np.array([3.0, 1.0, 7.0]),
            np.array([2.5, -4.0, 1.5]),
            np.array([[3.0, 1.0, -1.0], [1.0, 4.0, 0.5], [-1.0, 0.5, 5.0]]),
        ),
        (np.array([3.0, 1.0]), np.array([2.0, -4.0]), np.array([[2.0, 1.0], [1.0, 4.0]])),
        (np.array([5.0]), np.array([10.0]), np.array([[4.0]])),
        (np.array([1, 2]), np.array([3, 1]), np.array([[1, 0], [0, -2]])),
        (np.array([1.0, -1.0]), np.zeros(2), np.array([[1.0, 1.0], [1.0, 3.0]])),
        (
            np.arange(4.0)[::2],
            np.array([1.0, 9.0, 2.0, 9.0])[::2],
            np.array([[3.0, 0.0, 1.0, 0.0], [1.0, 0.0, 2.0, 0.0]])[:, ::2],
        ),
    ]
    for d in (3, 5):
        B = rng.normal(size=(d, d)).round(1)
        x, slope = rng.normal(scale=2, size=(2, d)).round(1)
        by_hand.append((x, slope, B @ B.T + np.eye(d)))
    return tuple(by_hand)


NEWTON_STEP = Exercise(
    newton_step,
    cases=_curved_points(),
    hints=(
        "Near x the gradient is about slope + hessian @ step. Which step makes it zero?",
        "Solve hessian @ step = -slope; in one dimension that is step = -slope / hessian.",
        "np.linalg.solve(hessian, slope) is hessian^-1 slope; subtract it from x.",
    ),
    mistakes={
        "x + np.linalg.solve(hessian, slope)": (
            "The sign is wrong: the step is to cancel the slope, so subtract."
        ),
        "x - hessian @ slope": (
            "You multiply by the Hessian; Newton divides by it: np.linalg.solve."
        ),
        "x - slope / np.diag(hessian)": (
            "The entries beside the diagonal count as well; solve the whole system."
        ),
        "np.linalg.solve(hessian, slope)": (
            "That is what x is to be lowered by; subtract it from x."
        ),
        "-np.linalg.solve(hessian, slope)": "That is the step alone; add it to x.",
        "x - slope": "That is gradient descent with rate 1; the Hessian is not used.",
        "x - slope / hessian": (
            "slope / hessian divides entry by entry; a system of equations has to be solved."
        ),
        "x - hessian**-1.0 @ slope": (
            "hessian**-1 is one over each entry, and no inverse; np.linalg.solve needs none."
        ),
        "x - np.linalg.solve(hessian, slope) / 2": (
            "That is half a step; a full Newton step is asked for."
        ),
        "np.linalg.solve(hessian, x - slope)": (
            "Only the slope is divided by the Hessian; x stands outside: x - "
            "np.linalg.solve(hessian, slope)."
        ),
    },
    why=(
        "The quadratic with this gradient and this Hessian has its own gradient 0 where slope + "
        "hessian @ step = 0; the step is solved for, and no inverse is needed."
    ),
)

TOO_FAST = Prediction(
    "The steep direction of the ravine has curvature 50, so plain descent blows up above a rate of "
    "2/50. Give the rate 0.5 to all but Newton, who keeps his own. Who blows up?",
    {
        "all of these six": (
            "The limit 2/50 is one for rules that multiply the slope by the rate. Adagrad, RMSprop "
            "and Adam divide each entry by its own usual size: however steep it is, no step is "
            "longer than 1.6 in an entry."
        ),
        "those with a memory: momentum, Nesterov, Adam": (
            "Memory is not to blame: plain descent has none and is thrown out too. And Adam has "
            "one, but divides by the size of the gradient, so its steps stay short."
        ),
        "plain descent alone: memory calms the others": (
            "Momentum, with β = 0.9, does stand a larger rate than plain descent, up to 3.8/50 = "
            "0.076, but Nesterov only a smaller one, up to 0.027. At 0.5 both are thrown out as "
            "well."
        ),
        "descent, momentum and Nesterov": (
            "These three multiply the slope by the rate: with each step, descent multiplies its "
            "way to the floor of the ravine by 1 − 0.5·50 = −24. The others divide each entry by "
            "its usual size, and so cannot be thrown out."
        ),
    },
    answer="descent, momentum and Nesterov",
)
