"""Recommending by factors: a table with holes as averages plus products of short lists."""

import math
from functools import partial
from typing import NamedTuple

import numpy as np

from .._arguments import (
    checked,
    count,
    matrix,
    not_negative,
    number,
    positive,
    refuse_overflow,
    whole_number,
    with_work,
)
from .._numbers import power_of_two, with_fixed_sign


class Factorization(NamedTuple):
    """Averages (m,), (n,) and factors (m, k), (n, k) of a table, and how the fit came down."""

    user_means: np.ndarray
    item_offsets: np.ndarray
    user_factors: np.ndarray
    item_factors: np.ndarray
    objectives: np.ndarray

    @property
    def predictions(self):
        """The table (m, n) without holes: user_means[i] + item_offsets[j] + u_i . v_j."""
        averages = self.user_means[:, np.newaxis] + self.item_offsets
        return averages + self.user_factors @ self.item_factors.T


_table = partial(matrix, gaps=True)


def _possible(ratings, rank, penalty, start, tol, n_rounds):
    known = ~np.isnan(ratings)
    whole_number(rank, "rank", at_least=0, at_most=min(ratings.shape))
    if not known.any():
        raise ValueError("ratings holds only nan; give at least one rating")
    if not known.all():
        why = "where ratings are missing, factors may else grow for ever and never be the best"
        number(penalty, "penalty", above=0, because=why)
    if start is not None and start.shape != (ratings.shape[1], rank):
        raise ValueError(
            f"start must have the shape (items, rank), here {(ratings.shape[1], rank)}, "
            f"not {start.shape}"
        )


@refuse_overflow
@checked(
    _possible, ratings=_table, penalty=not_negative, start=matrix, tol=positive, n_rounds=count
)
def factorize_ratings(ratings, rank, penalty, *, start=None, tol=1e-6, n_rounds=2000):
    """Fill the holes of a table: rating[i, j] is about user_means[i] + item_offsets[j] + u_i . v_j.

    The averages come first. On what they leave, the factors make the squared errors, summed
    over the ratings that there are, plus penalty (|U|^2 + |V|^2) small, by alternating least
    squares: all u_i for fixed v_j, then all v_j for fixed u_i, each a ridge regression.

    Parameters
    ----------
    ratings : array_like, shape (m, n)
        A row for each user, a column for each item, nan where there is no rating. A user
        without any gets the mean of all ratings; an item without any gets the offset 0.
    rank : int
        Factors of each user and item, from 0 (the averages alone) to min(m, n).
    penalty : float
        Above 0, since else the best factors may not exist; 0 too where nothing is missing.
    start : array_like, shape (n, rank), optional
        Item factors to begin with; the default comes from singular values, with 0 for the
        holes. Another start may end elsewhere.
    tol, n_rounds : float and int
        Done once half the gradient is at most tol s^1.5 long, s the length of what the
        averages leave; after n_rounds rounds it is an error.

    Returns
    -------
    Factorization
        Of all factors with these products, those with U'U = V'V diagonal and descending; V has
        the sign of this module's rule. ``objectives[i]`` is the sum after i rounds.

    Raises
    ------
    ValueError
        If there is no rating at all, or an argument is out of range.
    numpy.linalg.LinAlgError
        If the factors do not settle; ``error.factorization`` is what the rounds reached.

    References
    ----------
    Koren, Bell & Volinsky (2009), Matrix factorization techniques for recommender systems,
    Computer 42(8), 30-37.

    Examples
    --------
    >>> fit = factorize_ratings([[5, 1], [1, 5], [4, float("nan")]], rank=1, penalty=0.1)
    >>> fit.predictions.round(2)
    array([[4.95, 1.05],
           [1.05, 4.95],
           [4.  , 4.  ]])
    """
    known = ~np.isnan(ratings)
    means, offsets = _averages(ratings, known)
    left = np.where(known, ratings - means[:, np.newaxis] - offsets, 0.0)  # (m, n)
    return _factors((means, offsets), left, known, rank, penalty, start, tol, n_rounds)


def _factors(averages, left, known, rank, penalty, start, tol, n_rounds):
    """Add the factors of what the averages leave, and how the sum came down, at its own scale."""
    scale = power_of_two(left)  # so that no square is lost
    left, penalty = left / scale, penalty / scale
    U, V = _start(left, known, rank, penalty, start, scale)
    enough = tol * np.linalg.norm(left) ** 1.5

    def rescaled(U, V, objectives):
        U, V = (np.sqrt(scale) * factors for factors in _in_order(U, V))
        return Factorization(*averages, U, V, scale * (scale * np.array(objectives)))

    try:
        return rescaled(*_alternate(left, known, penalty, U, V, enough, n_rounds))
    except _NotSettled as error:
        raise with_work(error, factorization=rescaled(*error.reached)) from None
    except np.linalg.LinAlgError as error:
        reached = rescaled(*_up_to_the_last_round(left, known, penalty, U, V))
        error = np.linalg.LinAlgError(f"{error}. error.factorization is the last")
        raise with_work(error, factorization=reached) from None


def _up_to_the_last_round(left, known, penalty, U, V):
    """Walk once more, a round at a time, to what was reached before a round could not be made."""
    objectives = []
    while True:
        objectives += _alternate(left, known, penalty, U, V, math.inf, 0)[2]
        try:
            _alternate(left, known, penalty, U, V, 0.0, 0)
        except _NotSettled as error:
            U, V, _ = error.reached
        except np.linalg.LinAlgError:
            return U, V, objectives


class _NotSettled(np.linalg.LinAlgError):
    """The rounds did not suffice; ``reached`` are the factors and the sums so far."""


def _alternate(left, known, penalty, U, V, enough, n_rounds):
    """Improve the factors in turns, until half the gradient is no longer than ``enough``."""
    objectives = []
    for _ in range(n_rounds + 1):
        errors = np.where(known, U @ V.T - left, 0.0)  # (m, n)
        objectives.append((errors**2).sum() + penalty * ((U**2).sum() + (V**2).sum()))
        slope_U, slope_V = errors @ V + penalty * U, errors.T @ U + penalty * V
        if math.hypot(np.linalg.norm(slope_U), np.linalg.norm(slope_V)) <= enough:
            return U, V, objectives
        U = _ridge_of_rows(left, known, V, penalty)
        V = _ridge_of_rows(left.T, known.T, U, penalty)
    error = _NotSettled(
        f"the factors did not settle in {n_rounds} rounds; give a larger penalty, fewer factors "
        "or a larger tol. error.factorization is the last"
    )
    raise with_work(error, reached=(U, V, objectives))


def _averages(ratings, known):
    """Return the mean of each user's ratings, and of what these leave of each item's."""
    total = np.where(known, ratings, 0.0).sum(axis=1)
    means = np.full(len(ratings), total.sum() / known.sum())  # for users without a rating
    rated = known.any(axis=1)
    means[rated] = total[rated] / known[rated].sum(axis=1)
    left = np.where(known, ratings - means[:, np.newaxis], 0.0)
    return means, left.sum(axis=0) / np.maximum(known.sum(axis=0), 1)


def _start(left, known, rank, penalty, start, scale):
    """Return factors to begin with, the best ones where singular values tell them.

    That is so where nothing is missing (each less the penalty, none below 0), and where the
    penalty is at least the largest: then no factor is worth its price.
    """
    if start is not None:
        V = start / np.sqrt(scale)
        return _ridge_of_rows(left, known, V, penalty), V
    P, sizes, Qt = np.linalg.svd(left, full_matrices=False)
    if known.all() or penalty >= sizes[0]:
        sizes = np.maximum(sizes - penalty, 0.0)
    roots = np.sqrt(sizes[:rank])
    return P[:, :rank] * roots, Qt[:rank].T * roots


def _ridge_of_rows(left, known, factors, penalty):
    """For each row, solve (F'F + penalty I) w = F'row, F the factors of what is known in it.

    This w minimises |row - F w|^2 + penalty |w|^2.
    """
    k = factors.shape[1]
    products = factors[:, :, np.newaxis] * factors[:, np.newaxis, :]  # v v', (n, k, k)
    squares = np.tensordot(known.astype(float), products, axes=1)  # F'F, (m, k, k)
    return _solve_each(squares + penalty * np.eye(k), left @ factors)  # F'row and w, (m, k)


def _solve_each(A, B):
    """Return the x of A[i] x = B[i] for each i."""
    try:
        return np.linalg.solve(A, B[..., np.newaxis])[..., 0]
    except np.linalg.LinAlgError:
        raise np.linalg.LinAlgError(
            "the penalty is too small to settle factors that the ratings leave open; give a "
            "larger penalty or fewer factors"
        ) from None


def _in_order(U, V):
    """Return factors with the same products, the most important first, signed by the rule."""
    (A, a), (B, b) = np.linalg.qr(U), np.linalg.qr(V)
    P, sizes, Qt = np.linalg.svd(a @ b.T)  # so U V' = A P diag(sizes) Q'B'
    left, right, roots = A @ P, B @ Qt.T, np.sqrt(sizes)
    signed = with_fixed_sign(right)
    return left * (np.sign((signed * right).sum(axis=0)) * roots), signed * roots
