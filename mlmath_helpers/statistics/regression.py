"""Least squares: weights, what they explain, and how sure they are.

Rows of X are observations. Weights come with the intercept first.
"""

import functools
import math
from typing import NamedTuple

import numpy as np

from .._arguments import checked, matrix, real_array, refuse_overflow, true_or_false, vector
from .._numbers import EPSILON, power_of_two, power_of_two_by_column


class RegressionSummary(NamedTuple):
    """What `regression_summary` returns; k coefficients from n observations."""

    coefficients: np.ndarray  # (k,)
    standard_errors: np.ndarray  # (k,)
    r_squared: float
    residual_sd: float
    f: float
    leverage: np.ndarray  # (n,)
    residuals: np.ndarray  # (n,)


class _Fit(NamedTuple):
    """A least-squares fit of A = Q R, where the columns of A were divided by ``scale``."""

    weights: np.ndarray
    residuals: np.ndarray
    Q: np.ndarray
    R_inverse: np.ndarray
    scale: np.ndarray


def rows(value, name):
    """Return a 2-D array, one row an observation."""
    if np.ndim(real_array(value, name)) == 1:
        raise ValueError(f"{name} must be a 2-D array, one row an observation: X.reshape(-1, 1)")
    return matrix(value, name)


def one_y_a_row(X, y, **others):
    """Refuse, for `checked`, X and y that differ in number of rows."""
    if len(X) != len(y):
        raise ValueError(f"X and y must have the same number of rows, not {len(X)} and {len(y)}")


@refuse_overflow
@checked(one_y_a_row, X=rows, y=vector, intercept=true_or_false)
def linear_regression(X, y, *, intercept=True):
    """Weights of the plane nearest to the data: least |y - w0 - X w|^2.

    By QR on scaled columns, then Bjorck's corrected seminormal equations with residuals in
    doubled precision, so that what is lost is what rounding the data to doubles has lost, up to
    condition numbers of about 1e8; beyond that digits go, and with fewer than three it is an
    error. On four of NIST's sets (Norris, Longley, Wampler 1 and 3): 14 correct digits or more,
    where the best of numpy and scipy keep 9 to 14.

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
        to 1e-13 of its length, or so that doubles hold fewer than three digits of the weights):
        then many planes are equally near. `ridge_regression` chooses.

    References
    ----------
    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 3.2; Bjorck
    (1987), Linear Algebra and its Applications 88/89, 31-48.

    Examples
    --------
    >>> linear_regression([[1], [2], [3], [4], [5]], [2.1, 4.2, 6.1, 7.9, 10.2]).round(3)
    array([0.13, 1.99])
    """
    A = with_ones(X) if intercept else X
    return fit_columns(A, y, intercept).weights


@checked(one_y_a_row, X=rows, y=vector, intercept=true_or_false)
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
    n, k = len(X), X.shape[1] + intercept
    if n == k:
        raise ValueError(
            f"X and y have {n} rows for {k} weights, so the fit is exact and shows no spread; "
            f"give at least {k + 1} rows"
        )
    if np.all(y == y[0]) and (intercept or y[0] == 0):
        raise ValueError(f"y is {y[0]:g} in every row: there is no variation to explain")
    fit = _fit(X, y, intercept)
    size = power_of_two(y)
    residuals, total = fit.residuals / size, (_centred(y / size) if intercept else y / size)
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


def _centred(y):
    """Return y less its mean, and less what rounding that mean has left."""
    y = y - y.mean()
    return y - y.mean()


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


@refuse_overflow
def _fit(X, y, intercept):
    return fit_columns(with_ones(X) if intercept else X, y, intercept)


def with_ones(X):
    """Return X with a column of ones before it, for the intercept."""
    return np.column_stack([np.ones(len(X)), X])  # (n, d + 1)


def _in_powers_of_two(fit):
    """Let a fit have columns of a size near 1, so that none of its products can overflow."""

    @functools.wraps(fit)
    def scaled(A, y, intercept=True):
        n, k = A.shape
        if n < k:
            raise ValueError(
                f"X has {n} rows for {k} weights, so many planes go through all of them; "
                "give more rows, or use ridge_regression"
            )
        A = np.asfortranarray(A)  # column by column in memory: quick for long narrow tables
        scale, y_scale = power_of_two_by_column(A), power_of_two_by_column(y)
        w, residuals, Q, R_inverse, _ = fit(A / scale, y / y_scale, intercept)  # exact
        return _Fit(w * y_scale / scale, residuals * y_scale, Q, R_inverse, scale)

    return scaled


@_in_powers_of_two
def fit_columns(A, y, intercept=True):
    """Fit y by the columns of A: QR, then a correction of what is left of its errors.

    The residuals must stand at a right angle to every column. How far they miss that is
    computed in doubled precision, and the same R turns it into a correction.
    """
    k = A.shape[1]
    R = np.linalg.qr(np.column_stack([A, y]), mode="r")  # (k + 1, k + 1), or (k, k + 1) if n = k
    R, shadow = R[:k, :k], R[:k, k]  # the last column is Q' y
    _refuse_collinear(R, intercept)
    w = _corrected(np.linalg.solve(R, shadow), A, y, R)  # (k,)
    R_inverse = np.linalg.inv(R)
    return _Fit(w, _residuals(A, y, w), A @ R_inverse, R_inverse, 1.0)


def _corrected(w, A, y, R):
    """Add steps to w, R'R step = A'(y - A w), each if the one after it is at most half as long.

    One below the rounding of w is short enough. If it is neither, the step came from rounding; if
    such a step is also long, so are the errors.
    """
    slices, size = _slices(A, max(A.shape)), np.linalg.norm

    def step_from(w):
        return np.linalg.solve(R, np.linalg.solve(R.T, _missed(A, y, w, slices)))

    step = step_from(w)
    for _ in range(10):
        after, rounding = step_from(w + step), EPSILON * size(w)
        if size(after) > max(size(step) / 2, rounding):
            break
        w, step = w + step, after
        if size(step) <= rounding:
            break
    if size(step) > 1e-3 * size(w) + 1e-10:  # y and the columns have sizes near 1
        raise ValueError(
            "X has columns so nearly collinear that doubles cannot tell three digits of the "
            "weights; leave columns out, or use ridge_regression with a large enough alpha"
        )
    return w


def _refuse_collinear(R, intercept):
    """Refuse if a column of A is (nearly) a combination of those before it: R[j, j] is small."""
    lengths = np.sqrt((R**2).sum(axis=0))
    repeats = np.flatnonzero(np.abs(R.diagonal()) <= 1e-13 * lengths)
    if len(repeats):
        others = "the intercept and the columns" if intercept else "the columns"
        raise ValueError(
            f"X has collinear columns: X[:, {repeats[0] - intercept}] is a combination of {others} "
            "before it, so the weights are not determined; leave it out, or use ridge_regression "
            "with a large enough alpha"
        )


def _missed(A, y, w, slices):
    """Return A'(y - A w), in doubled precision until the last rounding; slices sum to A."""
    r, r_low = _remainder(y, slices, w)  # (n,)
    missed, missed_low = _remainder(0.0, [part.T for part in slices], r)  # (k,), what -A' r is
    return A.T @ r_low - (missed + missed_low)


def _residuals(A, y, w):
    """Return y - A w, in doubled precision until the last rounding."""
    return sum(_remainder(y, _slices(A, max(A.shape)), w))


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
