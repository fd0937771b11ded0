"""Linear models: least squares, and the same with a penalty on large weights.

Rows of X are observations. Weights come with the intercept first. A result beyond the largest
double, 1.8e308, is a ValueError, never a silent inf.
"""

import math
from typing import NamedTuple

import numpy as np

from ._arguments import (
    matrix,
    number,
    real_array,
    refuse_overflow,
    true_or_false,
    vector,
    whole_number,
)


class RegressionSummary(NamedTuple):
    """What `regression_summary` returns; k coefficients from n observations."""

    coefficients: np.ndarray  # (k,)
    standard_errors: np.ndarray  # (k,)
    r_squared: float
    residual_sd: float
    f: float
    leverage: np.ndarray  # (n,)
    residuals: np.ndarray  # (n,)


class LassoPath(NamedTuple):
    """Penalties, descending, shape (m,), and the weights for each, shape (m, d + 1)."""

    alphas: np.ndarray
    weights: np.ndarray


class _Fit(NamedTuple):
    """A least-squares fit of A = Q R, where the columns of A were divided by ``scale``."""

    weights: np.ndarray
    residuals: np.ndarray
    Q: np.ndarray
    R_inverse: np.ndarray
    scale: np.ndarray


@refuse_overflow
def linear_regression(X, y, *, intercept=True):
    """Weights of the plane nearest to the data: least |y - w0 - X w|^2.

    By QR on scaled columns, then Bjorck's corrected seminormal equations with residuals in
    doubled precision, so that what is lost is what rounding the data to doubles has lost. On
    NIST's data: 14 correct digits or more, where the best of numpy and scipy keep 9 to 14.

    Parameters
    ----------
    X : array_like, shape (n, d)
        One row an observation, n >= d + 1.
    y : array_like, shape (n,)
    intercept : bool
        False: the plane goes through 0, and there is no w0.

    Returns
    -------
    array, shape (d + 1,), or (d,) without intercept
        The intercept w0 first.

    Raises
    ------
    ValueError
        If there are fewer observations than weights, or a column of X repeats the others (up
        to 1e-13 of its length): then many planes are equally near. `ridge_regression` chooses.

    References
    ----------
    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 3.2; Bjorck
    (1987), Linear Algebra and its Applications 88/89, 31-48.

    Examples
    --------
    >>> linear_regression([[1], [2], [3], [4], [5]], [2.1, 4.2, 6.1, 7.9, 10.2]).round(3)
    array([0.13, 1.99])
    """
    X, y = _data(X, y)
    return _fit(X, y, true_or_false(intercept, "intercept")).weights


def regression_summary(X, y, *, intercept=True):
    """Fit of `linear_regression`, with what is known about its errors.

    Parameters
    ----------
    X, y, intercept
        As for `linear_regression`, with at least one observation more than weights.

    Returns
    -------
    coefficients, standard_errors : arrays, shape (k,)
        The errors hold if the residuals are independent with equal spread.
    r_squared : float
        Share of the squares of y - mean(y), or of y without intercept, that the fit takes up.
    residual_sd : float
        sqrt(residual squares / (n - k)).
    f : float
        Mean square of the fit over that of the residuals; inf where these are all 0.
    leverage : array, shape (n,)
        How much each fitted value follows its own y, between 0 and 1; the sum is k.
    residuals : array, shape (n,)

    Raises
    ------
    ValueError
        As `linear_regression`; also if n = k, since no spread is left to be estimated, or if y
        is constant (0 without intercept), since R squared is then 0 / 0.

    References
    ----------
    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 3.2.

    Examples
    --------
    >>> fit = regression_summary([[1], [2], [3], [4], [5]], [2.1, 4.2, 6.1, 7.9, 10.2])
    >>> round(fit.r_squared, 4), round(fit.residual_sd, 4)
    (0.9985, 0.1402)
    """
    X, y = _data(X, y)
    intercept = true_or_false(intercept, "intercept")
    n, k = len(X), X.shape[1] + intercept
    if n == k:
        raise ValueError(
            f"X and y have {n} rows for {k} weights, so the fit is exact and shows no spread; "
            f"give at least {k + 1} rows"
        )
    if np.all(y == y[0]) and (intercept or y[0] == 0):
        raise ValueError(f"y is {y[0]:g} in every row: there is no variation to explain")
    fit = _fit(X, y, intercept)
    size = np.abs(y).max()
    residuals, total = fit.residuals / size, (y - y.mean() if intercept else y) / size
    unexplained = float((residuals**2).sum())
    explained = float(((total - residuals) ** 2).sum())
    sd = math.sqrt(unexplained / (n - k))
    return RegressionSummary(
        coefficients=fit.weights,
        standard_errors=size * sd * np.sqrt((fit.R_inverse**2).sum(axis=1)) / fit.scale,
        r_squared=1 - unexplained / float((total**2).sum()),
        residual_sd=float(size * sd),
        f=explained / (k - intercept) / sd**2 if sd > 0 else math.inf,
        leverage=(fit.Q**2).sum(axis=1),
        residuals=fit.residuals,
    )


@refuse_overflow
def ridge_regression(X, y, alpha=1.0):
    """Least squares with a penalty on long weights: least |y - w0 - X w|^2 + alpha |w|^2.

    The penalty is the square of d more residuals, 0 - sqrt(alpha) w_j, so ridge is plain least
    squares with d more rows. The intercept w0 is free: a constant added to y moves it alone.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Put the columns on one scale first: the penalty compares weights in units of 1 / X.
    y : array_like, shape (n,)
    alpha : float
        Not negative. 0 is `linear_regression`. scikit-learn's ``Ridge`` has the same alpha;
        glmnet's lambda is alpha sd(y) / n, with n as the divisor in sd.

    Returns
    -------
    array, shape (d + 1,)
        The intercept first. With alpha > 0 there is one answer for any X, also for n <= d and
        for columns that repeat each other.

    Raises
    ------
    ValueError
        If alpha < 0, or so small beside collinear columns that rounding hides it.

    References
    ----------
    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 3.4.1.

    Examples
    --------
    >>> ridge_regression([[-1], [0], [1]], [9, 10, 11], alpha=2)
    array([10. ,  0.5])
    """
    X, y = _data(X, y)
    alpha = _penalty(alpha)
    if alpha == 0:
        return linear_regression(X, y)
    d = X.shape[1]
    penalty_rows = np.column_stack([np.zeros(d), math.sqrt(alpha) * np.eye(d)])
    A = np.vstack([_with_ones(X), penalty_rows])  # (n + d, d + 1)
    return _least_squares(A, np.concatenate([y, np.zeros(d)])).weights


@refuse_overflow
def lasso_regression(X, y, alpha=1.0, max_iter=1000, *, tol=1e-10):
    """Least squares that sets weights to 0: least 1/2 |y - w0 - X w|^2 + alpha |w|_1.

    Coordinate descent: the best w_j for fixed others is a `shrink` of its own least-squares
    answer. Once a sweep leaves all signs as they were, the rest is one linear system.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Put the columns on one scale first, as for `ridge_regression`.
    y : array_like, shape (n,)
    alpha : float
        Not negative. 0 is `linear_regression`. scikit-learn's ``Lasso`` divides the first term
        by n, and so does glmnet: their alpha and lambda are this one divided by n.
    max_iter : int
        Give up after so many sweeps over all columns.
    tol : float
        Stop when the `duality_gap` is at most tol times half the squares of y - mean(y).

    Returns
    -------
    array, shape (d + 1,)
        The intercept first, which is free. A constant column gets weight 0. Where columns
        repeat each other there are many answers of the same value; this is one of them.

    Raises
    ------
    ValueError
        If alpha < 0.
    RuntimeError
        If the gap is still larger after ``max_iter`` sweeps.

    References
    ----------
    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 3.4.2.

    Examples
    --------
    >>> lasso_regression([[-1, 1], [0, -2], [1, 1]], [9, 10, 11], alpha=1)
    array([10. ,  0.5,  0. ])
    """
    X, y = _data(X, y)
    alpha = _penalty(alpha)
    if alpha == 0:
        return linear_regression(X, y)
    return _lasso(X, y, alpha, max_iter, tol)


@refuse_overflow
def lasso_path(X, y, alphas=None, *, max_iter=1000, tol=1e-10):
    """Lasso for many penalties, each started from the answer to the one before.

    Parameters
    ----------
    X, y, max_iter, tol
        As for `lasso_regression`.
    alphas : array_like, shape (m,), optional
        Positive. By default 100 steps of equal ratio from the smallest penalty that leaves no
        weight, max_j |x_j . (y - mean(y))|, down to a thousandth of it.

    Returns
    -------
    alphas : array, shape (m,)
        Descending.
    weights : array, shape (m, d + 1)
        A row for each penalty, the intercept first.

    Raises
    ------
    ValueError
        If a penalty is not positive, or none can be chosen because no column of X varies with y.

    Examples
    --------
    >>> path = lasso_path([[-1, 1], [0, -2], [1, 1]], [9, 10, 11], alphas=[2, 1])
    >>> path.weights
    array([[10. ,  0. ,  0. ],
           [10. ,  0.5,  0. ]])
    """
    X, y = _data(X, y)
    if alphas is None:
        largest = np.abs((X - X.mean(axis=0)).T @ (y - y.mean())).max()
        if largest == 0:
            raise ValueError("alphas must be given: no column of X varies with y")
        alphas = largest * np.logspace(0, -3, 100)
    alphas = np.sort(vector(alphas, "alphas"))[::-1]
    if alphas[-1] <= 0:
        raise ValueError(
            f"alphas must be positive, not {alphas[-1]:g}; use linear_regression for 0"
        )
    weights = []
    for alpha in alphas:
        start = weights[-1][1:] if weights else None
        weights.append(_lasso(X, y, alpha, max_iter, tol, start))
    return LassoPath(alphas, np.array(weights))


def shrink(z, alpha):
    """Soft threshold: z moved towards 0 by alpha, and 0 where alpha reaches it.

    It is the w that makes 1/2 (z - w)^2 + alpha |w| least, sign(z) max(|z| - alpha, 0).

    Parameters
    ----------
    z : float or array_like
    alpha : float
        Not negative.

    Returns
    -------
    float, or array shaped like z

    Raises
    ------
    ValueError
        If alpha < 0.

    Examples
    --------
    >>> shrink([3.0, -0.5, -2.0], 1)
    array([ 2.,  0., -1.])
    """
    z = real_array(z, "z")
    shrunk = np.sign(z) * np.maximum(np.abs(z) - _penalty(alpha), 0.0) + 0.0
    return shrunk if z.ndim else float(shrunk)


@refuse_overflow
def duality_gap(X, y, weights, alpha):
    """Bound on how far the lasso's objective at ``weights`` is above its least value.

    The residuals r, shrunk by s until no column's |x_j . s r| exceeds alpha, give a lower bound
    s (r . y) - s^2 (r . r) / 2 of the objective, for centred X and y. The gap is the objective
    minus that bound, and 0 only at the answer.

    Parameters
    ----------
    X : array_like, shape (n, d)
    y : array_like, shape (n,)
    weights : array_like, shape (d + 1,)
        Intercept first. It is taken to be the best for the other weights.
    alpha : float
        Positive.

    Returns
    -------
    float
        Negative only by rounding.

    Raises
    ------
    ValueError
        If shapes do not fit or alpha is not positive.

    References
    ----------
    Kim, Koh, Lustig, Boyd & Gorinevsky (2007), IEEE J. Selected Topics in Signal Processing 1,
    606-617.

    Examples
    --------
    >>> duality_gap([[-1], [0], [1]], [9, 10, 11], [10, 0.5], 1)
    0.0
    """
    X, y = _data(X, y)
    weights = vector(weights, "weights")
    if len(weights) != X.shape[1] + 1:
        raise ValueError(
            f"weights must hold an intercept and {X.shape[1]} weights, not {len(weights)} numbers"
        )
    alpha = number(alpha, "alpha", above=0)
    return float(_gap(X - X.mean(axis=0), y - y.mean(), weights[1:], alpha))


def correct_digits(computed, certified):
    """Digits on which two sets of numbers agree, -log10(|x - c| / |c|), the least of all.

    Parameters
    ----------
    computed, certified : array_like, of one shape
        Where a certified number is 0, the difference itself takes the place of the ratio.

    Returns
    -------
    float
        Between 0 and 15, to which NIST certifies.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> round(correct_digits([3.14, 2.0], [3.14159, 2.0]), 1)
    3.3
    """
    computed, certified = real_array(computed, "computed"), real_array(certified, "certified")
    if computed.shape != certified.shape:
        raise ValueError(
            f"computed and certified must have the same shape, not {computed.shape} "
            f"and {certified.shape}"
        )
    error = np.abs(computed - certified) / np.where(certified == 0, 1.0, np.abs(certified))
    return float(np.clip(-math.log10(max(error.max(), 1e-15)), 0, 15))


def _data(X, y):
    """Return X, shape (n, d), and y, shape (n,)."""
    X = real_array(X, "X")
    if X.ndim == 1:
        raise ValueError("X must be a 2-D array, one row an observation: X.reshape(-1, 1)")
    X, y = matrix(X, "X"), vector(y, "y")
    if len(X) != len(y):
        raise ValueError(f"X and y must have the same number of rows, not {len(X)} and {len(y)}")
    return X, y


@refuse_overflow
def _fit(X, y, intercept):
    A = _with_ones(X) if intercept else X
    n, k = A.shape
    if n < k:
        raise ValueError(
            f"X has {n} rows for {k} weights, so many planes go through all of them; "
            "give more rows, or use ridge_regression"
        )
    return _least_squares(A, y, intercept)


def _with_ones(X):
    return np.column_stack([np.ones(len(X)), X])  # (n, d + 1)


def _least_squares(A, y, intercept=True):
    """Fit y by the columns of A: QR, then corrections until they no longer matter.

    The residuals must stand at a right angle to every column. How far they miss that is
    computed in doubled precision, and the same R turns it into a correction.
    """
    A = np.asfortranarray(A)  # whole columns are searched, split and multiplied below
    scale, y_scale = _power_of_two(A), _power_of_two(y)
    A, y = A / scale, y / y_scale  # exact, and no product below can overflow
    k = A.shape[1]
    R = np.linalg.qr(np.column_stack([A, y]), mode="r")  # (k + 1, k + 1), or (k, k + 1) if n = k
    R, shadow = R[:k, :k], R[:k, k]  # the last column is Q' y
    _refuse_collinear(R, intercept)
    R_inverse = np.linalg.inv(R)
    w = R_inverse @ shadow  # (k,)
    slices = _slices(A, max(A.shape))
    columns = [part.T for part in slices]
    for _ in range(4):
        r, r_low = _remainder(y, slices, w)  # (n,)
        missed, missed_low = _remainder(0.0, columns, r)  # (k,), what -A' r is
        step = R_inverse @ (R_inverse.T @ (A.T @ r_low - (missed + missed_low)))
        w = w + step
        if np.abs(step).max() <= 1e-9 * np.abs(w).max():
            break  # the next step would be as much smaller again
    residuals = sum(_remainder(y, slices, w))
    return _Fit(w * y_scale / scale, residuals * y_scale, A @ R_inverse, R_inverse, scale)


def _refuse_collinear(R, intercept):
    """Refuse if a column of A is (nearly) a combination of those before it: R[j, j] is small."""
    lengths = np.sqrt((R**2).sum(axis=0))
    repeats = np.flatnonzero(np.abs(R.diagonal()) <= 1e-13 * lengths)
    if len(repeats):
        others = "the intercept and the columns" if intercept else "the columns"
        raise ValueError(
            f"X has collinear columns: X[:, {repeats[0] - intercept}] is a combination of {others} "
            "before it, so the weights are not determined; leave it out, or use ridge_regression"
        )


def _power_of_two(A):
    """Return for each column the largest power of two that is not above its largest entry."""
    largest = np.maximum(A.max(axis=0), -A.min(axis=0))
    return np.ldexp(1.0, np.frexp(largest)[1] - 1)


def _slices(A, n):
    """Return three arrays that sum to A, the first two of so few bits that a sum of n is exact.

    That is, the sum of n products of such entries in whatever order (Ozaki et al., 2012). With b
    bits, the third is smaller than the largest entry of A by a factor of at least 4^b.
    """
    bits = (53 - n.bit_length()) // 2
    grid = math.ldexp(1.0, math.frexp(max(A.max(), -A.min()))[1] - bits)
    high = _rounded(A, grid)
    middle = _rounded(A - high, math.ldexp(grid, -bits))
    return high, middle, (A - high) - middle


def _rounded(A, grid):
    """Return A rounded to whole multiples of a power of two."""
    shift = 1.5 * 2.0**52 * grid
    return (A + shift) - shift


def _remainder(y, slices, v):
    """Return y - A v in doubled precision, as two arrays to be added; ``slices`` sum to A."""
    high, middle, low = slices
    v_high, v_middle, v_low = _slices(v, max(high.shape))
    rest = high @ v_low + middle @ (v_middle + v_low) + low @ v  # small, so rounded is enough
    total, lost = y, -rest
    for product in (high @ v_high, high @ v_middle, middle @ v_high):  # exact
        before, total = total, total - product
        taken = before - total
        lost = lost + ((before - (total + taken)) + (taken - product))  # Knuth's two-sum
    return total, lost


def _lasso(X, y, alpha, max_iter, tol, start=None):
    """Coordinate descent on centred data, from the weights ``start`` (without intercept)."""
    max_iter = whole_number(max_iter, "max_iter", at_least=1)
    tol = number(tol, "tol", above=0)
    x_mean, y_mean = X.mean(axis=0), y.mean()
    X, y = X - x_mean, y - y_mean
    gram, Xy = X.T @ X, X.T @ y  # (d, d), (d,)
    w = np.zeros(X.shape[1]) if start is None else start.copy()
    enough = tol * (y @ y) / 2
    signs, jumped = np.sign(w), None
    for _ in range(max_iter):
        w = _sweep(w, gram, Xy - gram @ w, alpha)
        last_signs, signs = signs, np.sign(w)
        if (signs == last_signs).all() and not np.array_equal(signs, jumped):
            w, jumped = _jump(w, signs, gram, Xy, alpha), signs
        gap = _gap(X, y, w, alpha)
        if gap <= enough:
            return np.concatenate([[y_mean - x_mean @ w], w])
    raise RuntimeError(
        f"the duality gap is still {gap:.3g} after {max_iter} sweeps, above {enough:.3g}; "
        "raise max_iter or tol"
    )


def _sweep(w, gram, slopes, alpha):
    """Set each weight in turn to its best value, given the others.

    ``slopes`` are the dot products of the columns with the residuals, kept up to date.
    """
    w = w.tolist()
    for j, square in enumerate(gram.diagonal().tolist()):
        alone = float(slopes[j]) + square * w[j]  # x_j . (residuals without column j)
        size = abs(alone) - alpha
        best = math.copysign(size / square, alone) if size > 0 else 0.0
        if best != w[j]:
            slopes -= gram[j] * (best - w[j])
            w[j] = best
    return np.array(w)


def _jump(w, signs, gram, Xy, alpha):
    """Return the exact answer for these signs, if it has these signs; else w as it is.

    Where no weight is 0 or changes its sign, |w|_1 = signs . w is linear, so the slopes vanish
    at the solution of a linear system.
    """
    kept = signs != 0
    equations = gram[np.ix_(kept, kept)]
    solution = np.linalg.lstsq(equations, Xy[kept] - alpha * signs[kept])[0]
    if (np.sign(solution) != signs[kept]).any():
        return w
    jumped = np.zeros_like(w)
    jumped[kept] = solution
    return jumped


def _gap(X, y, w, alpha):
    """Return the lasso's objective minus its lower bound, for centred X and y."""
    r = y - X @ w
    steepest = np.abs(X.T @ r).max()
    s = min(1.0, alpha / steepest) if steepest > 0 else 1.0
    objective = (r @ r) / 2 + alpha * np.abs(w).sum()
    return objective - (s * (r @ y) - s**2 * (r @ r) / 2)


def _penalty(alpha):
    return number(alpha, "alpha", at_least=0, because="a penalty below 0 would reward long weights")
