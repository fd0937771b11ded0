"""Least squares with a penalty on large weights.

Rows of X are observations. Weights come with the intercept first, which is free.
"""

import math
from typing import NamedTuple

import numpy as np

from .._arguments import (
    checked,
    count,
    number,
    positive,
    real_array,
    refuse_overflow,
    vector,
)
from .._numbers import float_if_one
from .regression import fit_columns, linear_regression, one_y_a_row, rows, with_ones


def _penalty(value, name):
    because = "a penalty below 0 would reward long weights"
    return number(value, name, at_least=0, because=because)


class LassoPath(NamedTuple):
    """Penalties, descending, shape (m,), and the weights for each, shape (m, d + 1)."""

    alphas: np.ndarray
    weights: np.ndarray


@refuse_overflow
@checked(one_y_a_row, X=rows, y=vector, alpha=_penalty)
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
    d = X.shape[1]
    penalty_rows = np.column_stack([np.zeros(d), math.sqrt(alpha) * np.eye(d)])
    A = np.vstack([with_ones(X), penalty_rows])  # (n + d, d + 1)
    return fit_columns(A, np.concatenate([y, np.zeros(d)])).weights


@refuse_overflow
@checked(one_y_a_row, X=rows, y=vector, alpha=_penalty, max_iter=count, tol=positive)
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
    if alpha == 0:
        return linear_regression(X, y)
    return _lasso(X, y, alpha, max_iter, tol)


@refuse_overflow
@checked(one_y_a_row, X=rows, y=vector, max_iter=count, tol=positive)
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


@checked(z=real_array, alpha=_penalty)
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
    return float_if_one(np.sign(z) * np.maximum(np.abs(z) - alpha, 0.0) + 0.0)  # never -0.0


@refuse_overflow
@checked(one_y_a_row, X=rows, y=vector, weights=vector, alpha=positive)
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
    if len(weights) != X.shape[1] + 1:
        raise ValueError(
            f"weights must hold an intercept and {X.shape[1]} weights, not {len(weights)} numbers"
        )
    return float(_gap(X - X.mean(axis=0), y - y.mean(), weights[1:], alpha))


def _lasso(X, y, alpha, max_iter, tol, start=None):
    """Coordinate descent on centred data, from the weights ``start`` (without intercept)."""
    x_mean, y_mean = X.mean(axis=0), y.mean()
    X, y = X - x_mean, y - y_mean
    gram, Xy = X.T @ X, X.T @ y  # (d, d), (d,)
    w = np.zeros(X.shape[1]) if start is None else start
    enough = tol * (y @ y) / 2
    signs, jumped = np.sign(w), None
    for _ in range(max_iter):
        w = _sweep(w, gram, Xy - gram @ w, alpha)
        last_signs, signs = signs, np.sign(w)
        if (signs == last_signs).all() and not np.array_equal(signs, jumped):
            w, jumped = _jump(w, signs, gram, Xy, alpha), signs  # once, or it might go in circles
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
