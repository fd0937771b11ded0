"""Your turn in chapter 2: the reference answers, and what goes wrong on the way to them.

Each section of the file is an exercise: the reference, its cases, and then the exercise with
its hints and known mistakes. The first case is small and tells the mistakes apart.
"""

import numpy as np

from .exercise import Exercise, Mistake, by_name

# --- Derivative -----------------------------------------------------------------------------


def central_difference(f, x, h):
    """Slope of f at x, from the values a step h above and a step h below."""
    return (f(x + h) - f(x - h)) / (2 * h)


CENTRAL_DIFFERENCE = Exercise(
    central_difference,
    cases=(
        (np.square, 3, 0.25),
        (np.square, 3, 1),
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
    mistakes=(
        Mistake(
            lambda f, x, h: (f(x + h) - f(x - h)) / h,
            "The two points are 2 h apart, not h: that slope is twice too steep.",
        ),
        Mistake(
            lambda f, x, h: f(x + h) - f(x - h),
            "That is the rise alone; divide it by the run, 2 * h.",
        ),
        Mistake(
            lambda f, x, h: (f(x + h) + f(x - h)) / (2 * h),
            "A rise is a difference: subtract the value below x.",
        ),
        Mistake(
            lambda f, x, h: (f(x + h) - f(x)) / h,
            "That is the forward difference; take one value on each side of x.",
        ),
        Mistake(
            lambda f, x, h: (f(x) - f(x - h)) / h,
            "That is the backward difference; the second value belongs above x.",
        ),
        Mistake(
            lambda f, x, h: f(x + h) - f(x - h) / 2 * h,
            "Python divides before it subtracts; put brackets around the rise and around 2 * h.",
        ),
        Mistake(
            lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
            "Python divides by 2 and then multiplies by h; put brackets around 2 * h.",
        ),
        Mistake(
            lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h,
            "You go half a step to each side; here it is a whole step h above and one below.",
        ),
        Mistake(
            lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h**2,
            "That is the second derivative, how fast the slope changes; "
            "the slope itself needs no value at x.",
        ),
        Mistake(
            lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),
            "The sign is wrong: the value above x comes first.",
        ),
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
    mistakes=(
        Mistake(
            lambda error, third: 3 * error / third,
            "That is h to the third power; take the third root.",
        ),
        Mistake(
            lambda error, third: (3 * error / third) ** 1 / 3,
            "Python takes the power 1 first and then divides by 3; put brackets around 1/3.",
        ),
        Mistake(
            lambda error, third: np.cbrt(6 * error / third),
            "There the two errors are equal; their sum is smallest where their slopes cancel.",
        ),
        Mistake(
            lambda error, third: np.sqrt(3 * error / third),
            "The equation for h has h**3 in it, not h**2; take the third root.",
        ),
        Mistake(
            lambda error, third: np.cbrt(3 * third / error),
            "That is the inverse: a larger error of f asks for a larger step.",
        ),
        Mistake(
            lambda error, third: np.cbrt(error / third),
            "A factor 3 is missing: the slope of third * h**2 / 6 is third * h / 3.",
        ),
        Mistake(
            lambda error, third: np.sqrt(2 * error / third),
            "That is the best step of the forward difference, whose truncation is third * h / 2.",
        ),
    ),
)

# --- Gradient descent -------------------------------------------------------------------------


def descent_step(x, slope, learning_rate):
    """Point after one step of gradient descent from x, where the gradient is slope."""
    return x - learning_rate * slope


def _points_and_slopes():
    rng = np.random.default_rng(21)
    by_hand = [
        (np.array([3.0, 1.0]), np.array([2.0, -4.0]), 0.25),
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
    mistakes=(
        Mistake(
            lambda x, slope, learning_rate: x + learning_rate * slope,
            "That walks uphill: the gradient points up, so subtract it.",
        ),
        Mistake(
            lambda x, slope, learning_rate: x - slope,
            "The learning rate is missing: scale the gradient by it first.",
        ),
        Mistake(
            lambda x, slope, learning_rate: -learning_rate * slope,
            "That is the step alone; add it to the point x.",
        ),
        Mistake(
            lambda x, slope, learning_rate: learning_rate * slope,
            "That is what the step takes away; subtract it from the point x.",
        ),
        Mistake(
            lambda x, slope, learning_rate: x - learning_rate * slope / np.linalg.norm(slope),
            "You make every step equally long; plain gradient descent keeps the length of slope.",
        ),
        Mistake(
            lambda x, slope, learning_rate: x - learning_rate * np.sign(slope),
            "Only the signs of slope are used; its size counts too.",
        ),
        Mistake(
            lambda x, slope, learning_rate: (1 - learning_rate) * x - learning_rate * slope,
            "x itself is not to shrink; only the gradient is scaled.",
        ),
    ),
)


def largest_stable_rate(A):
    """Limit below which rates make descent on x @ A @ x / 2 converge, A positive definite."""
    return 2 / np.linalg.eigvalsh(A).max()


LARGEST_STABLE_RATE = Exercise(
    largest_stable_rate,
    cases=(
        (np.array([[2.0, 0.0, 0.0], [0.0, 3.0, 0.0], [0.0, 0.0, 8.0]]),),
        (np.array([[3, 1], [1, 3]]),),
        (np.array([[4.0]]),),
        (np.eye(3) / 2,),
        (np.array([[2.0, 1.0, 0.0], [1.0, 2.0, 1.0], [0.0, 1.0, 2.0]]),),
        (np.array([[5.0, 0.0, -2.0, 0.0], [-2.0, 0.0, 2.0, 0.0]])[:, ::2],),
        (np.array([[0.01, 0.0], [0.0, 0.02]]),),
    ),
    hints=(
        "In one dimension f = a x**2 / 2 has slope a x. For which rates does |x| shrink?",
        "Each eigenvector of A is such a dimension, with its eigenvalue as a: "
        "x is multiplied by 1 - rate * a.",
        "|1 - rate * a| < 1 for every eigenvalue a means rate < 2 / the largest of them; "
        "np.linalg.eigvalsh(A) gives all.",
    ),
    mistakes=(
        Mistake(
            lambda A: 1 / np.linalg.eigvalsh(A).max(),
            "There the steep direction lands in one step; up to twice that it still converges.",
        ),
        Mistake(
            lambda A: 2 / np.linalg.eigvalsh(A).min(),
            "That is the limit of the flat direction; the steep one blows up far earlier.",
        ),
        Mistake(
            lambda A: 2 / (np.linalg.eigvalsh(A).max() + np.linalg.eigvalsh(A).min()),
            "That is the fastest rate; larger ones, up to the limit, still converge.",
        ),
        Mistake(
            lambda A: 2 / np.linalg.norm(A),
            "np.linalg.norm of a matrix adds up the squares of all entries; "
            "you need the largest eigenvalue.",
        ),
        Mistake(
            lambda A: 2 / np.trace(A),
            "The trace is the sum of all eigenvalues; only the largest one sets the limit.",
        ),
        Mistake(
            lambda A: 2 / A.max(),
            "The largest entry is the largest eigenvalue only by luck; take the eigenvalue.",
        ),
        Mistake(
            lambda A: np.linalg.cond(A),
            "That is the condition number, which sets the pace; "
            "the limit comes from the largest eigenvalue alone.",
        ),
        Mistake(
            lambda A: 2 / np.linalg.cond(A),
            "You divide by the condition number; divide by the largest eigenvalue.",
        ),
        Mistake(
            lambda A: np.linalg.eigvalsh(A).max(),
            "That is the largest curvature L; the limit is 2 / L.",
        ),
    ),
)

# --- Optimisers -------------------------------------------------------------------------------


def momentum_step(x, velocity, slope, learning_rate, beta):
    """Point and velocity after v <- beta v + slope, x <- x - learning_rate v."""
    velocity = beta * velocity + slope
    return x - learning_rate * velocity, velocity


def _moving_points():
    rng = np.random.default_rng(22)
    by_hand = [
        (np.array([3.0, 1.0]), np.array([2.0, -2.0]), np.array([1.0, 4.0]), 0.5, 0.75),
        (np.array([5.0]), np.array([0.0]), np.array([10.0]), 0.1, 0.9),
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
    mistakes=(
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x - learning_rate * velocity,
                beta * velocity + slope,
            ),
            "x moves with the old velocity; update the velocity first.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x - learning_rate * (beta * velocity + (1 - beta) * slope),
                beta * velocity + (1 - beta) * slope,
            ),
            "You weight the slope by 1 - beta, as some books do; here it enters whole.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x - learning_rate * (slope + beta * (beta * velocity + slope)),
                beta * velocity + slope,
            ),
            "That is Nesterov's step, which looks ahead; plain momentum moves by the velocity.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x - learning_rate * slope,
                beta * velocity + slope,
            ),
            "x moves with the slope alone; the velocity is to move it.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x + learning_rate * (beta * velocity + slope),
                beta * velocity + slope,
            ),
            "The velocity adds up gradients, which point uphill; subtract it.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x - (beta * velocity + learning_rate * slope),
                beta * velocity + learning_rate * slope,
            ),
            "You put the learning rate into the velocity, as some books do; here it scales v.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                beta * velocity + slope,
                x - learning_rate * (beta * velocity + slope),
            ),
            "Both are right, in the wrong order: the point first, then the velocity.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x - learning_rate * (beta * velocity + slope),
                velocity,
            ),
            "The point is right; with it belongs the new velocity, not the old one.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x + beta * velocity - learning_rate * slope,
                beta * velocity - learning_rate * slope,
            ),
            "There the velocity points downhill and holds the learning rate, as in some books; "
            "here v <- beta v + slope.",
        ),
        Mistake(
            lambda x, velocity, slope, learning_rate, beta: (
                x - learning_rate * (beta * velocity + slope)
            ),
            "The point is right; return the velocity too, for the next step needs it.",
        ),
    ),
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
    mistakes=(
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, correct=(False, False)
            ),
            "The bias correction is missing: divide m by 1 - 0.9**t and s by 1 - 0.999**t "
            "before you use them.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, correct=(True, False)
            ),
            "You correct m but not s; s starts at 0 as well.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, correct=(False, True)
            ),
            "You correct s but not m; m starts at 0 as well.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, new=(1, 1)
            ),
            "m and s are means: the slope enters m with weight 0.1, its square s with 0.001.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, old=(0.1, 0.001), new=(0.9, 0.999)
            ),
            "The large weights, 0.9 and 0.999, belong to what was there before.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(x, slope, m, s, t - 1, learning_rate),
            "The steps are counted from 1, so the exponent is t, not t - 1.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: (
                adam_step(x, slope, m, s, t, learning_rate)[0],
                (0.9 * m + 0.1 * slope) / (1 - 0.9**t),
                (0.999 * s + 0.001 * slope**2) / (1 - 0.999**t),
            ),
            "Return m and s as they are before the correction; else they are corrected again "
            "in the next step.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: (
                2 * x - adam_step(x, slope, m, s, t, learning_rate)[0],
                *adam_step(x, slope, m, s, t, learning_rate)[1:],
            ),
            "That climbs: m is a mean of gradients, so subtract it.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, square=False
            ),
            "s is the mean of the squares, slope**2, entry by entry.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, scale=lambda s_hat: s_hat + 1e-8
            ),
            "The square root is missing: divide by np.sqrt(s_hat) + 1e-8.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: _adam(
                x, slope, m, s, t, learning_rate, scale=lambda s_hat: np.sqrt(s_hat + 1e-8)
            ),
            "eps stands beside the root, not under it; with tiny slopes that makes a difference.",
        ),
        Mistake(
            lambda x, slope, m, s, t, learning_rate: adam_step(x, slope, m, s, t, learning_rate)[0],
            "The point is right; return m and s too, for the next step needs them.",
        ),
    ),
)


def newton_step(x, slope, hessian):
    """Point after one full Newton step from x, given gradient and Hessian there."""
    return x - np.linalg.solve(hessian, slope)


def _curved_points():
    rng = np.random.default_rng(24)
    by_hand = [
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
    mistakes=(
        Mistake(
            lambda x, slope, hessian: x + np.linalg.solve(hessian, slope),
            "The sign is wrong: the step is to cancel the slope, so subtract.",
        ),
        Mistake(
            lambda x, slope, hessian: x - hessian @ slope,
            "You multiply by the Hessian; Newton divides by it: np.linalg.solve.",
        ),
        Mistake(
            lambda x, slope, hessian: x - slope / np.diag(hessian),
            "The entries beside the diagonal count as well; solve the whole system.",
        ),
        Mistake(
            lambda x, slope, hessian: np.linalg.solve(hessian, slope),
            "That is what x is to be lowered by; subtract it from x.",
        ),
        Mistake(
            lambda x, slope, hessian: -np.linalg.solve(hessian, slope),
            "That is the step alone; add it to x.",
        ),
        Mistake(
            lambda x, slope, hessian: x - slope,
            "That is gradient descent with rate 1; the Hessian is not used.",
        ),
        Mistake(
            lambda x, slope, hessian: x - slope / hessian,
            "slope / hessian divides entry by entry; a system of equations has to be solved.",
        ),
    ),
)

# --- Backpropagation ----------------------------------------------------------------------------


def relu_backward(X, dY):
    """Gradient dL/dX for Y = max(0, X), given dY = dL/dY; at X = 0 the slope counts as 0."""
    slope = np.where(X > 0, 1, 0)
    return slope * dY


def _before_and_after_relu():
    rng = np.random.default_rng(25)
    by_hand = [
        (np.array([[-2.0, 0.0, 0.5, 4.0]]), np.array([[5.0, 6.0, -7.0, 8.0]])),
        (np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1, -1], [0, 2]]), np.array([[3, 4], [5, 6]])),
        (-np.ones((2, 2)), np.ones((2, 2))),
        (np.arange(-4.0, 4.0).reshape(2, 4)[:, ::2], np.arange(8.0).reshape(2, 4)[:, ::2]),
    ]
    random = [tuple(rng.normal(size=(2, *shape)).round(1)) for shape in ((3, 2), (4, 5))]
    return tuple(by_hand + random)


RELU_BACKWARD = Exercise(
    relu_backward,
    cases=_before_and_after_relu(),
    hints=(
        "How much does max(0, x) change when a positive x changes a little? And a negative one?",
        "The slope is 1 where X > 0 and 0 elsewhere; the chain rule multiplies it by dY.",
        "np.where(X > 0, 1, 0) is the slope of each entry; multiply it by dY.",
    ),
    mistakes=(
        Mistake(
            lambda X, dY: np.maximum(0, dY),
            "You cut off negative dY; what counts is where X was negative.",
        ),
        Mistake(
            lambda X, dY: dY * (X >= 0),
            "At X = 0 you pass the derivative on; it is to count as 0 there.",
        ),
        Mistake(
            lambda X, dY: np.maximum(0, X) * dY,
            "That multiplies by the output of ReLU; multiply by its slope, 1 or 0.",
        ),
        Mistake(
            lambda X, dY: np.where(X > 0, 1, 0),
            "That is the slope of ReLU alone; the chain rule multiplies it by dY.",
        ),
        Mistake(
            lambda X, dY: dY,
            "Where X was negative nothing got through, so nothing comes back.",
        ),
        Mistake(
            lambda X, dY: dY * np.sign(X),
            "A negative X has slope 0, not -1.",
        ),
        Mistake(
            lambda X, dY: dY * (dY > 0) * (X > 0),
            "You also drop negative dY; keep whatever comes back where X > 0.",
        ),
    ),
)


def weight_gradient(X, dY):
    """Gradient dL/dW for Y = X @ W + b, given dY = dL/dY, shapes (n, d_in) and (n, d_out)."""
    return X.T @ dY


def _layer_inputs():
    rng = np.random.default_rng(26)
    by_hand = [
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, -1.0], [0.0, 2.0]])),
        (np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1, 2, 3]]), np.array([[4, 5]])),
        (np.array([[1.0], [2.0], [3.0]]), np.ones((3, 1))),
        (np.arange(12.0).reshape(3, 4)[:, ::2], np.arange(12.0).reshape(3, 4)[:, 1::2]),
    ]
    shapes = ((4, 3, 2), (5, 2, 4), (6, 4, 4))
    random = [
        (rng.normal(size=(n, i)).round(1), rng.normal(size=(n, o)).round(1)) for n, i, o in shapes
    ]
    return tuple(by_hand + random)


WEIGHT_GRADIENT = Exercise(
    weight_gradient,
    cases=_layer_inputs(),
    hints=(
        "W has shape (d_in, d_out), and so has dL/dW. Which product of X and dY has that shape?",
        "W[i, j] feeds Y[k, j] with weight X[k, i], so its derivative sums X[k, i] * dY[k, j] "
        "over the samples k.",
        "That sum over the rows is a matrix product with the first matrix transposed.",
    ),
    mistakes=(
        Mistake(
            lambda X, dY: X.T @ dY / len(X),
            "You divide by the number of samples, as the article does; if the loss is a mean, "
            "dY already holds that division.",
        ),
        Mistake(
            lambda X, dY: dY.T @ X,
            "The numbers are right, but transposed: dL/dW has the shape of W, (d_in, d_out).",
        ),
        Mistake(
            lambda X, dY: X @ dY,
            "Each row of X belongs to a sample; sum over the samples by transposing X.",
        ),
        Mistake(
            lambda X, dY: X @ dY.T,
            "That pairs each sample with each sample; the sum over the samples needs X.T in front.",
        ),
        Mistake(
            lambda X, dY: X * dY,
            "In numpy * multiplies entry by entry; a matrix product is written @.",
        ),
        Mistake(
            lambda X, dY: X.T @ np.ones_like(dY),
            "dY is not used: the chain rule multiplies by what comes back.",
        ),
        Mistake(
            lambda X, dY: dY.sum(axis=0),
            "That is dL/db, the derivative by the bias.",
        ),
    ),
)


def input_gradient(W, dY):
    """Gradient dL/dX for Y = X @ W + b, given dY = dL/dY, shapes (d_in, d_out), (n, d_out)."""
    return dY @ W.T


def _layer_outputs():
    rng = np.random.default_rng(27)
    by_hand = [
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, -1.0], [0.0, 2.0]])),
        (np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1, 2, 3]]), np.array([[4, 5, 6]])),
        (np.array([[1.0], [2.0]]), np.ones((3, 1))),
        (np.arange(12.0).reshape(3, 4)[:, ::2], np.arange(8.0).reshape(2, 4)[:, 1::2]),
    ]
    shapes = ((4, 3, 2), (5, 2, 4), (2, 4, 4))
    random = [
        (rng.normal(size=(i, o)).round(1), rng.normal(size=(n, o)).round(1)) for n, i, o in shapes
    ]
    return tuple(by_hand + random)


INPUT_GRADIENT = Exercise(
    input_gradient,
    cases=_layer_outputs(),
    hints=(
        "X has shape (n, d_in), and so has dL/dX. Which product of dY and W has that shape?",
        "X[k, i] feeds every Y[k, j] with weight W[i, j]; sum dY[k, j] * W[i, j] over j.",
        "That is dY times W transposed.",
    ),
    mistakes=(
        Mistake(
            lambda W, dY: dY @ W,
            "Forward the product is with W; backward it is with W transposed.",
        ),
        Mistake(
            lambda W, dY: W @ dY.T,
            "Right but transposed: samples are rows, so dL/dX has shape (n, d_in).",
        ),
        Mistake(
            lambda W, dY: dY @ W.T / len(dY),
            "Do not divide by the number of samples: dY is the derivative of the whole loss.",
        ),
        Mistake(
            lambda W, dY: W.T @ dY,
            "W is to be transposed, but it stands on the other side: the rows of dY are samples.",
        ),
        Mistake(
            lambda W, dY: W * dY,
            "The sign * multiplies entry by entry; the matrix product is @.",
        ),
        Mistake(
            lambda W, dY: W @ dY,
            "The weights stand on the right of X, so W transposed stands on the right of dY.",
        ),
        Mistake(
            lambda W, dY: np.ones_like(dY) @ W.T,
            "What comes back, dY, does not enter: the weights have to be multiplied by it.",
        ),
    ),
)


def broken_entry(X, y, w, claimed):
    """Index of the largest absolute error in a claimed gradient of np.mean((X @ w - y) ** 2)."""
    steps = 1e-5 * np.eye(len(w))
    rises = [np.mean((X @ (w + s) - y) ** 2) - np.mean((X @ (w - s) - y) ** 2) for s in steps]
    return np.argmax(np.abs(claimed - np.array(rises) / 2e-5))


def _true_gradient(X, y, w):
    return 2 * X.T @ (X @ w - y) / len(y)


def _claims():
    rng = np.random.default_rng(28)
    by_hand = [
        (  # right are 7, -8, 6, -2, 0.5, 3, 4: the last is furthest off
            np.array([[3, -4, 2, -1, 0, 1, 2], [4, -4, 4, -1, 0.5, 2, 2]]),
            np.array([2.0, 6.5]),
            np.ones(7),
            np.array([7.8, -7.0, 7.7, 0.0, 1.4, 3.0, 1.5]),
        ),
        (np.array([[3.0]]), np.array([1.0]), np.array([2.0]), np.array([0.0])),
        (np.array([[1, 2], [0, 1]]), np.array([1, 0]), np.array([1, 1]), np.array([2, 6])),
        (
            np.arange(12.0).reshape(3, 4)[:, ::2],
            np.ones(6)[::2],
            np.array([1.0, 9.0, -1.0, 9.0])[::2],
            np.array([-4.0, 9.0, -38.0, 9.0])[::2],
        ),
    ]
    for n, d in ((4, 3), (6, 5)):
        X, y, w = rng.normal(size=(n, d)).round(1), rng.normal(size=n).round(1), np.ones(d)
        errors = rng.normal(scale=0.2, size=d)
        errors[rng.integers(d)] += 1
        by_hand.append((X, y, w, (_true_gradient(X, y, w) + errors).round(2)))
    return tuple(by_hand)


BROKEN_ENTRY = Exercise(
    broken_entry,
    cases=_claims(),
    hints=(
        "How would you measure the slope of the loss along the first weight alone?",
        "Move one entry of w by a small h, up and down: "
        "the rows of h * np.eye(len(w)) are such steps.",
        "Collect the measured slopes in an array; "
        "np.argmax(np.abs(claimed - measured)) is the index asked for.",
    ),
    mistakes=(
        Mistake(
            lambda X, y, w, claimed: np.argmax(np.abs(claimed)),
            "That is the largest entry of the gradient; measure each slope and compare.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.argmax(claimed - _true_gradient(X, y, w)),
            "A claim may also be too small: compare absolute values.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.argmax(_true_gradient(X, y, w) - claimed),
            "A claim may also be too large: compare absolute values.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.max(np.abs(claimed - _true_gradient(X, y, w))),
            "That is the size of the error; np.argmax tells where it stands.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.argmin(np.abs(claimed - _true_gradient(X, y, w))),
            "That entry agrees best; the one that disagrees most is asked for.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.argmax(np.abs(claimed - _true_gradient(X, y, w))) + 1,
            "Count from 0, as Python does.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.argmax(np.abs(claimed - len(y) * _true_gradient(X, y, w))),
            "You measure the sum of the squares; the loss is their mean.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.argmax(np.abs(claimed - _true_gradient(X, y, w) / 2)),
            "You compare with half the gradient: the slope of a square has a factor 2.",
        ),
        Mistake(
            lambda X, y, w, claimed: np.argmax(np.abs(claimed / _true_gradient(X, y, w) - 1)),
            "That is the largest error relative to its entry; the largest itself is asked for.",
        ),
        Mistake(
            lambda X, y, w, claimed: claimed[np.argmax(np.abs(claimed - _true_gradient(X, y, w)))],
            "That is the wrong entry itself; return its index.",
        ),
    ),
)


EXERCISES = by_name(
    CENTRAL_DIFFERENCE,
    BEST_STEP,
    DESCENT_STEP,
    LARGEST_STABLE_RATE,
    MOMENTUM_STEP,
    ADAM_STEP,
    NEWTON_STEP,
    RELU_BACKWARD,
    WEIGHT_GRADIENT,
    INPUT_GRADIENT,
    BROKEN_ENTRY,
)
