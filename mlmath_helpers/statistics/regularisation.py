"""Least squares with a penalty on large weights.

Rows of X are observations. Weights come with the intercept first, which is free.
"""

import functools
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
    with_work,
)
from .._numbers import float_if_one, power_of_two
from .regression import fit_columns, linear_regression, one_y_a_row, rows, with_ones


def _penalty(value, name):
    because = "a penalty below 0 would reward long weights"
    return number(value, name, at_least=0, because=because)


class LassoPath(NamedTuple):
    """Penalties, descending, shape (m,), and the weights for each, shape (m, d + 1)."""

    alphas: np.ndarray
    weights: np.ndarray


def _by_rows_if_wide(ridge):
    """Let a ridge with more columns than rows choose among combinations of the rows of X.

    Whatever else w holds lengthens it and changes no X w. With X = L Q and Q Q' = M M' such a w
    is Q'v, as long as u = M'v, and X w = L M u: a ridge with as many columns as rows.
    """

    @functools.wraps(ridge)
    def fitted(X, y, alpha=1.0):
        n, d = X.shape
        if d <= n:
            return ridge(X, y, alpha)
        scale = power_of_two(X)
        L, Q, M = _turned_rows(X / scale)  # (n, n), (n, d), (n, n)
        try:
            w0, *u = ridge(L @ M * scale, y, alpha)
        except ValueError:
            raise ValueError(
                f"alpha, {alpha:g}, is so small that rounding hides it, and X has more columns "
                "than rows: many weights are equally near. Give a larger one"
            ) from None
        return np.array([w0, *(np.linalg.solve(M.T, u) @ Q)])

    return fitted


def _turned_rows(X):
    """Return L, Q and M with X = L Q and Q Q' = M M', where M is nearly I.

    Cholesky's L of X X' is found in a fraction of the time that QR takes. That squares lose
    digits turns Q a little, but not what is true of the three.
    """
    try:
        L = np.linalg.cholesky(X @ X.T)
        Q = np.linalg.inv(L) @ X
        return L, Q, np.linalg.cholesky(Q @ Q.T)
    except np.linalg.LinAlgError:  # a row is nearly a combination of others
        Q, R = np.linalg.qr(X.T)
        return R.T, Q.T, np.eye(len(X))


@refuse_overflow
@checked(one_y_a_row, X=rows, y=vector, alpha=_penalty)
@_by_rows_if_wide
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
    answer. After each sweep a linear system gives the best weights of these signs.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Put the columns on one scale first, as for `ridge_regression`.
    y : array_like, shape (n,)
    alpha : float
        Not negative. 0 is `linear_regression`. scikit-learn's ``Lasso`` divides the first term
        by n, and so does glmnet: their alpha and lambda are this one divided by n.
    max_iter : int
        Give up after so many sweeps over the columns whose weights are not yet at their best.
    tol : float
        Stop when the `duality_gap` is at most tol times half the squares of y - mean(y), or when
        no sweep lowers the objective any more: rounding then hides the rest of the gap.

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
        If it is not so after ``max_iter`` sweeps; ``error.weights`` are the last.

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
    return lasso_path(X, y, [alpha], max_iter=max_iter, tol=tol).weights[0]


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
    RuntimeError
        As `lasso_regression`; ``error.path`` is the path as far as it came.

    Examples
    --------
    >>> path = lasso_path([[-1, 1], [0, -2], [1, 1]], [9, 10, 11], alphas=[2, 1])
    >>> path.weights
    array([[10. ,  0. ,  0. ],
           [10. ,  0.5,  0. ]])
    """
    problem = _problem(X, y)
    if alphas is None:
        alphas = _largest_penalty(problem) * np.logspace(0, -3, 100)
    alphas = np.sort(vector(alphas, "alphas"))[::-1]
    if alphas[-1] <= 0:
        raise ValueError(
            f"alphas must be positive, not {alphas[-1]:g}; use linear_regression for 0"
        )
    w, weights = np.zeros(X.shape[1]), []
    for alpha in map(problem.in_its_units, alphas):
        try:
            w = _lasso(problem, alpha, max_iter, tol, w)
        except RuntimeError as error:
            raise with_work(error, path=_path(alphas, weights, X.shape[1])) from None
        weights.append(problem.with_intercept(w))
    return _path(alphas, weights, X.shape[1])


def _path(alphas, weights, d):
    return LassoPath(alphas[: len(weights)], np.reshape(weights, (len(weights), d + 1)))


def _largest_penalty(problem):
    """Return the smallest penalty that leaves no weight."""
    x_scale, y_scale = problem.scales
    largest = float(np.abs(problem.X.T @ problem.y).max()) * x_scale * y_scale
    if largest == 0:
        raise ValueError("alphas must be given: no column of X varies with y")
    return largest


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


class _Problem(NamedTuple):
    """A lasso on centred data, and how its weights become those of the data that were given."""

    X: np.ndarray  # (m, d)
    y: np.ndarray  # (m,)
    half_squares: float  # of all y - mean(y)
    means: tuple  # of X, shape (d,), and of y
    scales: tuple  # of X and of y, by which both were divided

    def in_its_units(self, alpha):
        return min(max(float(alpha) / self.scales[0] / self.scales[1], 1e-280), 1e280)

    def with_intercept(self, w):
        (x_mean, y_mean), (x_scale, y_scale) = self.means, self.scales
        return np.append(y_scale * (y_mean - x_mean @ w), w * (y_scale / x_scale))


def _problem(X, y):
    """Centre X and y at a size near 1, and turn their rows so that at most d of them are not 0.

    Lengths and angles of the columns, which are all that matters, stay the same. The last row
    of the turned y holds what no weight can reach.
    """
    scales = power_of_two(X), power_of_two(y)
    (X, x_mean), (y, y_mean) = _centred(X / scales[0]), _centred(y / scales[1])
    half_squares, d = (y @ y) / 2, X.shape[1]
    if len(X) > d:
        R = np.linalg.qr(np.column_stack([X, y]), mode="r")
        X, y = R[:d, :d], R[:d, d]
    return _Problem(X, y, half_squares, (x_mean, y_mean), scales)


def _centred(X):
    """Return X less the mean of each column, and the means.

    What rounding the mean leaves is taken too. Of a constant column that is all, a few units in
    the last place, so it becomes exactly 0.
    """
    mean = X.mean(axis=0)
    left = (X - mean).mean(axis=0)
    return X - mean - left, mean + left


def _lasso(problem, alpha, max_iter, tol, w):
    """Walk down to this penalty by halves, so that few weights must change at a time."""
    X, y, enough, sweeps = problem.X, problem.y, tol * problem.half_squares, 0
    for penalty in _down_to(alpha, np.abs(X.T @ (y - X @ w)).max()):
        w, last = _settle(w, X, y, penalty), math.inf
        while (gap := _gap(X, y, w, penalty)) > enough:
            value = _objective(X, y, w, penalty)
            if value >= last:  # rounding hides the rest
                break
            if sweeps == max_iter:
                raise with_work(
                    RuntimeError(
                        f"the duality gap is still {gap / enough:.6g} times what tol allows after "
                        f"{max_iter} sweeps; raise max_iter or tol. error.weights are the last ones"
                    ),
                    weights=problem.with_intercept(w),
                )
            w, sweeps, last = _settle(_sweep(w, X, y, penalty), X, y, penalty), sweeps + 1, value
    return w


def _down_to(alpha, steepest):
    """Return penalties that halve from below the steepest slope to alpha, 60 at most."""
    halves = math.ceil(math.log2(max(2.0, steepest / alpha)))
    return alpha * 2.0 ** np.arange(min(halves, 60))[::-1]


def _sweep(w, X, y, alpha):
    """Set each weight in turn to its best value, given the others."""
    w, r = w.copy(), y - X @ w
    for j in _not_yet_best(w, X.T @ r, alpha):
        x = X[:, j]
        alone = x @ r + (x @ x) * w[j]  # x . (residuals without column j)
        best = shrink(alone, alpha) / (x @ x)
        r -= (best - w[j]) * x
        w[j] = best
    return w


def _not_yet_best(w, slopes, alpha):
    """List the weights whose slope, x . residuals, is not alpha with their sign, or above it."""
    off = np.where(w == 0, np.abs(slopes) - alpha, np.abs(slopes - alpha * np.sign(w)))
    return np.flatnonzero(off > 1e-12 * alpha)


def _settle(w, X, y, alpha):
    """Move the weights that are not 0 to their best values for these signs.

    Where no weight changes its sign, |w|_1 = signs . w is linear, so the slopes vanish at the
    solution of a linear system. A weight that reaches 0 on the way there stays, and the others
    go on. The objective falls in each step.
    """
    w = w.copy()
    while (kept := np.flatnonzero(w)).size:
        A, signs = X[:, kept], np.sign(w[kept])  # (m, k), (k,)
        r = y - A @ w[kept]
        downhill = A.T @ r - alpha * signs
        step = _to_level(A, r, alpha * signs, downhill)
        towards_0 = step * signs < 0
        reach = np.divide(-w[kept], step, where=towards_0, out=np.full(len(kept), math.inf))
        first = reach.min()  # how much of the step the first weight needs to reach 0
        w[kept] += min(1.0, first) * step
        if first > 1:
            break
        w[kept[reach == first]] = 0.0
    return w


def _to_level(A, r, pull, downhill):
    """Return the step with A'A step = downhill = A'r - pull, by QR where squares lose the digits.

    More rows in QR give columns which depend on each other a direction too.
    """
    squares = A.T @ A
    try:
        pivots = np.linalg.cholesky(squares).diagonal()
        if pivots.min() > 0.01 * pivots.max():
            return np.linalg.solve(squares, downhill)
    except np.linalg.LinAlgError:
        pass
    more = 1e-15 * math.sqrt(squares.trace()) * np.eye(len(pull))
    Q, R = np.linalg.qr(np.vstack([A, more]))
    return np.linalg.solve(R, r @ Q[: len(r)] - np.linalg.solve(R.T, pull))


def _gap(X, y, w, alpha):
    """Return the lasso's objective minus its lower bound, for centred X and y."""
    r = y - X @ w
    s = alpha / max(alpha, np.abs(X.T @ r).max())
    return _objective(X, y, w, alpha) - (s * (r @ y) - s**2 * (r @ r) / 2)


def _objective(X, y, w, alpha):
    r = y - X @ w
    return (r @ r) / 2 + alpha * np.abs(w).sum()
