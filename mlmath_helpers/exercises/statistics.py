"""Your turn in chapter 4: the reference answers, and what goes wrong on the way to them.

Each section of the file is an exercise: the reference, its cases, and then the exercise with
its hints and known mistakes. The first case is small and tells the mistakes apart.
"""

import numpy as np

from .exercise import Exercise, Mistake, by_name

# --- Confidence intervals -------------------------------------------------------------------


def t_interval(data, t_star):
    """Low and high end of mean +- t_star s / sqrt(n), with n - 1 under the variance."""
    margin = t_star * np.std(data, ddof=1) / np.sqrt(len(data))
    return np.mean(data) - margin, np.mean(data) + margin


def _samples_and_quantiles():
    rng = np.random.default_rng(41)
    by_hand = [
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
    mistakes=(
        Mistake(
            lambda data, t_star: _interval(data, t_star * np.std(data) / np.sqrt(len(data))),
            "np.std divides by n unless you say ddof=1; the t interval wants n - 1.",
        ),
        Mistake(
            lambda data, t_star: _interval(
                data, t_star * np.std(data, ddof=1) / np.sqrt(len(data) - 1)
            ),
            "ddof=1 has put n - 1 under s already; the root below s is that of n.",
        ),
        Mistake(
            lambda data, t_star: _interval(data, t_star * np.std(data, ddof=1)),
            "That holds single observations; the mean of n of them spreads sqrt(n) times less.",
        ),
        Mistake(
            lambda data, t_star: _interval(data, t_star * np.std(data, ddof=1) / len(data)),
            "Divide s by the square root of n, not by n: it is the variance that shrinks by n.",
        ),
        Mistake(
            lambda data, t_star: _interval(data, np.std(data, ddof=1) / np.sqrt(len(data))),
            "That is one standard error to each side; multiply it by t_star.",
        ),
        Mistake(
            lambda data, t_star: _interval(data, t_star * np.var(data, ddof=1) / len(data)),
            "That is the variance of the mean; its square root is the standard error.",
        ),
        Mistake(
            lambda data, t_star: t_star * np.std(data, ddof=1) / np.sqrt(len(data)),
            "That is the margin alone; return two numbers, mean - margin and mean + margin.",
        ),
        Mistake(
            lambda data, t_star: t_interval(data, t_star)[::-1],
            "Right, but in the wrong order: the low end comes first.",
        ),
    ),
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
        (np.array([[1, 4], [1, 7], [5, 9], [2.5, 13.5], [7, 8], [0, 8], [2, 6]]), 4.0, 1.1),
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
    mistakes=(
        Mistake(
            lambda samples, mean, t_star: _hits_with(
                samples, mean, t_star * samples.std(axis=1, ddof=1)
            ),
            "Your margins are for one observation; the mean of n spreads sqrt(n) times less.",
        ),
        Mistake(
            lambda samples, mean, t_star: _hits_with(
                samples, mean, t_star * samples.std(axis=1) / np.sqrt(samples.shape[1])
            ),
            "std divides by n unless you say ddof=1; the t interval wants n - 1.",
        ),
        Mistake(
            lambda samples, mean, t_star: 1 - coverage_share(samples, mean, t_star),
            "That is the share that misses the mean.",
        ),
        Mistake(
            lambda samples, mean, t_star: len(samples) * coverage_share(samples, mean, t_star),
            "That counts the rows; divide by how many there are.",
        ),
        Mistake(
            lambda samples, mean, t_star: _hits_with(
                samples, mean, t_star * samples.std(axis=1, ddof=1) / np.sqrt(len(samples))
            ),
            "len(samples) is the number of samples; the size of one is samples.shape[1].",
        ),
        Mistake(
            lambda samples, mean, t_star: np.mean(np.abs(samples - mean) <= t_star),
            "That counts single observations near the mean; each row gives one interval.",
        ),
    ),
)


# --- Hypothesis tests -------------------------------------------------------------------------


def t_statistic(a, b):
    """Student's t of two samples: difference of the means over its pooled standard error."""
    n, m = len(a), len(b)
    pooled = ((n - 1) * np.var(a, ddof=1) + (m - 1) * np.var(b, ddof=1)) / (n + m - 2)
    return (np.mean(a) - np.mean(b)) / np.sqrt(pooled * (1 / n + 1 / m))


def _pairs_of_samples():
    rng = np.random.default_rng(43)
    by_hand = [
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


T_STATISTIC = Exercise(
    t_statistic,
    cases=_pairs_of_samples(),
    hints=(
        "t is the difference of the means in units of its standard error. How is that error made?",
        "Pool the variances, weighting each by its n - 1: "
        "((n - 1) var_a + (m - 1) var_b) / (n + m - 2), each var with ddof=1.",
        "The standard error is sqrt(pooled * (1 / n + 1 / m)).",
    ),
    mistakes=(
        Mistake(
            lambda a, b: (
                _means(a, b) / np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
            ),
            "That is Welch's t, with one variance for each sample; pool them into one.",
        ),
        Mistake(
            lambda a, b: (
                _means(a, b)
                / np.sqrt((np.var(a, ddof=1) + np.var(b, ddof=1)) / 2 * (1 / len(a) + 1 / len(b)))
            ),
            "A plain mean of the variances trusts both alike; weight each by its n - 1.",
        ),
        Mistake(
            lambda a, b: (
                _means(a, b)
                / np.sqrt(
                    ((len(a) - 1) * np.var(a) + (len(b) - 1) * np.var(b))
                    / (len(a) + len(b) - 2)
                    * (1 / len(a) + 1 / len(b))
                )
            ),
            "np.var divides by n unless you say ddof=1; each variance here wants n - 1.",
        ),
        Mistake(
            lambda a, b: -t_statistic(a, b),
            "The sign is turned: the difference is mean of a minus mean of b.",
        ),
        Mistake(
            lambda a, b: t_statistic(a, b) * np.sqrt(1 / len(a) + 1 / len(b)),
            "You divide by the spread of one observation; "
            "the difference of the means has variance pooled * (1 / n + 1 / m).",
        ),
        Mistake(
            lambda a, b: (
                _means(a, b)
                / np.sqrt(
                    (len(a) * np.var(a) + len(b) * np.var(b))
                    / (len(a) + len(b))
                    * (1 / len(a) + 1 / len(b))
                )
            ),
            "Two means were estimated, so the pooled variance has n + m - 2 below the line.",
        ),
        Mistake(
            lambda a, b: _means(a, b),
            "That is the difference itself; divide it by its standard error.",
        ),
    ),
)


def smallest_n(powers, wanted):
    """Smallest n whose power reaches wanted; powers holds the powers for n = 2, 3, 4, ..."""
    return 2 + np.argmax(powers >= wanted)


SMALLEST_N = Exercise(
    smallest_n,
    cases=(
        (np.array([0.1, 0.3, 0.5, 0.7, 0.8, 0.9]), 0.5),
        (np.array([0.2, 0.5, 0.8]), 0.8),
        (np.array([0.6]), 0.05),
        (np.array([0, 0, 1]), 1),
        (np.array([0.3, 0.35, 0.4, 0.45, 0.5]), 0.31),
        (np.linspace(0.02, 0.98, 33)[::2], 0.9),
        (np.array([0.12, 0.31, 0.58, 0.81, 0.93, 0.98, 0.99]), 0.8),
    ),
    hints=(
        "Power only grows with n. So which entry of powers is the first that is large enough?",
        "powers >= wanted is an array of False and True; np.argmax finds the first True in it.",
        "That position counts from 0, while the first entry belongs to n = 2: add 2.",
    ),
    mistakes=(
        Mistake(
            lambda powers, wanted: np.argmax(powers >= wanted),
            "That is the position in the array; position 0 belongs to n = 2.",
        ),
        Mistake(
            lambda powers, wanted: 1 + np.argmax(powers >= wanted),
            "Position 0 belongs to n = 2, not to n = 1: one observation shows no spread.",
        ),
        Mistake(
            lambda powers, wanted: 3 + np.argmax(powers >= wanted),
            "One too many: the n before it reaches the power already.",
        ),
        Mistake(
            lambda powers, wanted: powers[np.argmax(powers >= wanted)],
            "That is the power which is reached; the n that reaches it is asked for.",
        ),
        Mistake(
            lambda powers, wanted: 2 + np.argmax(powers),
            "That is the n of the largest power; the first that is large enough is asked for.",
        ),
        Mistake(
            lambda powers, wanted: 2 * (2 + np.argmax(powers >= wanted)),
            "That is both groups together; n counts one group.",
        ),
    ),
)


# --- Linear regression --------------------------------------------------------------------------


def r_squared(y, fitted):
    """Share of the squares of y around its mean that the fitted values take away."""
    return 1 - ((y - fitted) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def _targets_and_fits():
    rng = np.random.default_rng(44)
    by_hand = [
        (np.array([1.0, 2.0, 6.0]), np.array([2.0, 3.0, 4.0])),
        (np.array([1, 2, 3, 4]), np.array([1.5, 1.5, 3.5, 3.5])),
        (np.array([1.0, 3.0]), np.array([1.0, 3.0])),
        (np.array([1.0, 3.0, 5.0]), np.array([3.0, 3.0, 3.0])),
        (np.array([1.0, 3.0, 5.0]), np.array([9.0, 3.0, -4.0])),
        (np.arange(8.0)[::2], np.arange(8.0)[::-2]),
    ]
    random = [tuple(rng.normal(3, 2, (2, n)).round(1)) for n in (4, 9)]
    return tuple(by_hand + random)


R_SQUARED = Exercise(
    r_squared,
    cases=_targets_and_fits(),
    hints=(
        "Two errors are compared: that of the fit, and that of always saying what?",
        "Always saying the mean: sum the squares of y - fitted, and those of y - y.mean().",
        "R squared is 1 minus the first sum over the second.",
    ),
    mistakes=(
        Mistake(
            lambda y, fitted: ((y - fitted) ** 2).sum() / ((y - y.mean()) ** 2).sum(),
            "That is the share that is left; 1 minus it is R squared.",
        ),
        Mistake(
            lambda y, fitted: 1 - ((y - fitted) ** 2).sum() / (y**2).sum(),
            "You compare with always saying 0; compare with the mean of y.",
        ),
        Mistake(
            lambda y, fitted: ((fitted - y.mean()) ** 2).sum() / ((y - y.mean()) ** 2).sum(),
            "That equals R squared only for a least-squares fit with intercept; "
            "for any other prediction use the residuals.",
        ),
        Mistake(
            lambda y, fitted: 1 - np.var(y - fitted) / np.var(y),
            "The variance of the residuals forgives a wrong level; sum their squares instead.",
        ),
        Mistake(
            lambda y, fitted: np.corrcoef(y, fitted)[0, 1] if np.ptp(fitted) else 0.0,
            "That is a correlation, which forgives a wrong scale; compare the squares.",
        ),
        Mistake(
            lambda y, fitted: np.corrcoef(y, fitted)[0, 1] ** 2 if np.ptp(fitted) else 0.0,
            "The squared correlation forgives a wrong scale and a wrong level; "
            "compare the squares of the residuals.",
        ),
        Mistake(
            lambda y, fitted: 1 - np.abs(y - fitted).sum() / np.abs(y - y.mean()).sum(),
            "Squares are compared, not sizes.",
        ),
        Mistake(
            lambda y, fitted: ((y - fitted) ** 2).sum(),
            "That is the sum of the squared residuals; put it in relation to that of the mean.",
        ),
    ),
)


def residual_dots(X, y, weights):
    """Dots of the residuals with ones and each column of X; weights[0] is the intercept."""
    residuals = y - weights[0] - X @ weights[1:]
    return np.array([residuals.sum(), *(X.T @ residuals)])


def _planes():
    rng = np.random.default_rng(45)
    by_hand = [
        (np.array([[1.0], [2.0], [4.0]]), np.array([2.0, 3.0, 9.0]), np.array([1.0, 2.0])),
        (np.array([[0, 1], [1, 0], [2, 3]]), np.array([1, 2, 4]), np.array([1, 0, 2])),
        (np.array([[5.0, 2.0]]), np.array([3.0]), np.array([1.0, 1.0, -1.0])),
        (np.zeros((2, 1)), np.array([1.0, -1.0]), np.array([0.0, 3.0])),
        (np.arange(16.0).reshape(4, 4)[:, ::2], np.arange(8.0)[::2], np.array([1.0, 0.5, 0.0])),
    ]
    random = [
        tuple(rng.normal(0, 2, shape).round(1) for shape in ((n, d), n, d + 1))
        for n, d in ((5, 2), (3, 4))
    ]
    return tuple(by_hand + random)


RESIDUAL_DOTS = Exercise(
    residual_dots,
    cases=_planes(),
    hints=(
        "What does the plane say for each row, intercept included, and what is left of y?",
        "residuals = y - weights[0] - X @ weights[1:]; the dot product with ones is their sum.",
        "X.T @ residuals gives the other dot products; put the sum in front.",
    ),
    mistakes=(
        Mistake(
            lambda X, y, weights: X.T @ (y - weights[0] - X @ weights[1:]),
            "The column of ones is missing: put the sum of the residuals in front.",
        ),
        Mistake(
            lambda X, y, weights: residual_dots(X, y, np.array([0, *weights[1:]])),
            "You left the intercept weights[0] out of the residuals.",
        ),
        Mistake(
            lambda X, y, weights: -residual_dots(X, y, weights),
            "The sign is turned: a residual is y minus the fitted value.",
        ),
        Mistake(
            lambda X, y, weights: np.array(
                [
                    (y - weights[0] - X @ weights[1:]).mean(),
                    *(X.T @ (y - weights[0] - X @ weights[1:])),
                ]
            ),
            "The first number is a sum, the dot product with ones, not the mean.",
        ),
        Mistake(
            lambda X, y, weights: np.array([y.sum(), *(X.T @ y)]),
            "Those are dot products with y; subtract the fitted values from y first.",
        ),
        Mistake(
            lambda X, y, weights: residual_dots(X, y, np.array([weights[-1], *weights[:-1]])),
            "The intercept comes first in weights: the slopes are weights[1:].",
        ),
    ),
)


# --- Regularisation -----------------------------------------------------------------------------


def soft_threshold(z, alpha):
    """Each entry of z moved towards 0 by alpha, and 0 where alpha reaches it."""
    return np.sign(z) * np.maximum(np.abs(z) - alpha, 0)


SOFT_THRESHOLD = Exercise(
    soft_threshold,
    cases=(
        (np.array([3.0, -2.0, 0.5]), 1.0),
        (np.array([1.0, -1.0, 0.0]), 1.0),
        (np.array([4, -7, 2]), 3),
        (np.array([2.5]), 0.0),
        (np.array([0.1, -0.2]), 10.0),
        (np.arange(-6.0, 6.0)[::2], 2.5),
        (np.array([-0.3, 0.8, -1.7, 12.0]), 0.25),
    ),
    hints=(
        "Which part is the size of an entry, and which part is its direction?",
        "Take alpha from the size, but not below 0: np.maximum(np.abs(z) - alpha, 0).",
        "Multiply that by np.sign(z).",
    ),
    mistakes=(
        Mistake(
            lambda z, alpha: np.maximum(np.abs(z) - alpha, 0),
            "The sizes are right; give each back its sign with np.sign(z).",
        ),
        Mistake(
            lambda z, alpha: np.sign(z) * (np.abs(z) - alpha),
            "Entries smaller than alpha come out beyond 0; cut their size off at 0.",
        ),
        Mistake(
            lambda z, alpha: z - alpha,
            "Negative entries must move up, towards 0; this moves all down.",
        ),
        Mistake(
            lambda z, alpha: np.where(np.abs(z) > alpha, z, 0),
            "That is the hard threshold: what stays must also move towards 0 by alpha.",
        ),
        Mistake(
            lambda z, alpha: z / (1 + alpha),
            "That is what ridge does: it shrinks all in proportion and sets none to 0.",
        ),
        Mistake(
            lambda z, alpha: np.maximum(z - alpha, 0),
            "That sets negative entries to 0; they move towards 0 from below.",
        ),
    ),
)


def ridge_closed_form(X, y, alpha):
    """Weights (d,) that make |y - X w|^2 + alpha |w|^2 least, for centred X (n, d) and y."""
    return np.linalg.solve(X.T @ X + alpha * np.eye(X.shape[1]), X.T @ y)


def _centred_data():
    rng = np.random.default_rng(46)
    by_hand = [
        (np.array([[-1.0, 1.0], [0.0, -2.0], [1.0, 1.0]]), np.array([-2.0, 0.0, 2.0]), 1.5),
        (np.array([[-1], [0], [1]]), np.array([-3, 1, 2]), 1),
        (np.array([[0.0]]), np.array([0.0]), 1.0),
        (np.array([[1.0, 1.0], [-1.0, -1.0]]), np.array([2.0, -2.0]), 0.5),
        (np.array([[-1.0], [1.0]]), np.array([-1.0, 1.0]), 0.0),
        (np.arange(-6.0, 6.0).reshape(3, 4)[:, ::2], np.array([1.0, 0.0, -1.0]), 3.0),
    ]
    random = [
        (rng.normal(0, 2, (n, d)).round(1), rng.normal(0, 3, n).round(1), alpha)
        for n, d, alpha in ((6, 3, 0.7), (3, 4, 5.0), (9, 2, 100.0))
    ]
    return tuple(by_hand + random)


RIDGE_CLOSED_FORM = Exercise(
    ridge_closed_form,
    cases=_centred_data(),
    hints=(
        "Set the gradient to zero: -2 X'(y - X w) + 2 alpha w = 0. Which linear system is that?",
        "(X'X + alpha I) w = X'y, where I is np.eye(d) and d the number of columns.",
        "np.linalg.solve(X.T @ X + alpha * np.eye(X.shape[1]), X.T @ y)",
    ),
    mistakes=(
        Mistake(
            lambda X, y, alpha: np.linalg.solve(X.T @ X + alpha, X.T @ y),
            "X.T @ X + alpha adds alpha to every entry; add it to the diagonal only: "
            "alpha * np.eye(d).",
        ),
        Mistake(
            lambda X, y, alpha: np.linalg.solve(X.T @ X + alpha**2 * np.eye(X.shape[1]), X.T @ y),
            "alpha enters as it is, not squared.",
        ),
        Mistake(
            lambda X, y, alpha: np.linalg.pinv(X) @ y,
            "That is plain least squares; the penalty alpha is missing.",
        ),
        Mistake(
            lambda X, y, alpha: np.linalg.solve(
                X.T @ X + len(X) * alpha * np.eye(X.shape[1]), X.T @ y
            ),
            "That is the penalty for a mean of squares; here the squares are summed, "
            "so alpha stands alone.",
        ),
        Mistake(
            lambda X, y, alpha: X.T @ y / (1 + alpha),
            "That is right only where the columns are orthogonal and of length 1; "
            "solve the system.",
        ),
        Mistake(
            lambda X, y, alpha: np.linalg.solve(X.T @ X + 2 * alpha * np.eye(X.shape[1]), X.T @ y),
            "Both terms of the gradient carry a 2, so it cancels; add alpha, not 2 alpha.",
        ),
    ),
)


EXERCISES = by_name(
    T_INTERVAL,
    COVERAGE_SHARE,
    T_STATISTIC,
    SMALLEST_N,
    R_SQUARED,
    RESIDUAL_DOTS,
    SOFT_THRESHOLD,
    RIDGE_CLOSED_FORM,
)
