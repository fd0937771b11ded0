"""Attention: scores become shares, and values are averaged by these shares."""

from typing import NamedTuple

import numpy as np

from .._arguments import (
    checked,
    extended_array,
    finite,
    matrix,
    refuse_overflow,
    same_length,
    whole_number,
)


class Attention(NamedTuple):
    """What each query gets, (m, d_v), and the share of each value in it, (m, n)."""

    output: np.ndarray
    weights: np.ndarray


def _scores(value, name):
    z = extended_array(value, name)
    if z.ndim == 0:
        raise ValueError(f"{name} must have an axis to share out along, not be a single number")
    if z.max() == np.inf:
        raise ValueError(f"{name} holds inf, beside which all others vanish; only -inf is allowed")
    return z


def _leaves_a_choice(z, axis):
    whole_number(axis, "axis", at_least=-z.ndim, at_most=z.ndim - 1)
    if np.isneginf(z.max(axis=axis)).any():
        raise ValueError("z must leave something that may be chosen: not all of a row -inf")


@checked(_leaves_a_choice, z=_scores)
@np.errstate(over="ignore")  # a gap beyond all doubles is -inf, and its share 0
def softmax(z, axis=-1):
    """Scores to shares, exp(z_i) / sum_j exp(z_j): not negative, and summing to 1.

    Parameters
    ----------
    z : array_like, of one axis or more
        Scores. -inf is allowed, for what must not be chosen, unless all along the axis are.
    axis : int
        The axis along which the shares sum to 1.

    Returns
    -------
    array of the same shape
        The largest score is subtracted first, which changes nothing but keeps exp from
        overflowing.

    Raises
    ------
    ValueError
        If a score is nan or +inf, or all along the axis are -inf.

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, section 4.1.

    Examples
    --------
    >>> softmax([0.0, 0.0])
    array([0.5, 0.5])
    >>> softmax([1000.0, 0.0])
    array([1., 0.])
    """
    exps = np.exp(z - z.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def _fit_together(Q, K, V, mask):
    same_length(Q, "Q", K, "K")
    if len(K) != len(V):
        raise ValueError(f"K and V must have as many rows each, not {len(K)} and {len(V)}")
    if mask is not None:
        shape, blind = (len(Q), len(K)), np.flatnonzero(~mask.any(axis=-1))
        if mask.shape != shape:
            raise ValueError(
                f"mask must have a row for each query, shape {shape}, not {mask.shape}"
            )
        if blind.size:
            raise ValueError(
                f"mask lets query {blind[0]} look at nothing; leave it something to see"
            )


def _truth_table(value, name):
    extended_array(value, name)  # refuses what is no table at all
    mask = np.asarray(value)
    if mask.dtype != bool:
        raise TypeError(
            f"{name} must hold True where a query may look at a key and False elsewhere, "
            f"not values of type {mask.dtype}"
        )
    return mask


@refuse_overflow
@checked(_fit_together, Q=matrix, K=matrix, V=matrix, mask=_truth_table)
def attention(Q, K, V, *, mask=None):
    """Average the values for each query, softmax(Q K' / sqrt(d)) V.

    Parameters
    ----------
    Q : array_like, shape (m, d)
        Queries, one in each row.
    K : array_like, shape (n, d)
        Keys. The dot product of a query with a key is its score.
    V : array_like, shape (n, d_v)
        Values; row j belongs to key j.
    mask : array_like of bool, shape (m, n), optional
        True where a query may look at a key, at one at least; else it looks at all.

    Returns
    -------
    output : array, shape (m, d_v)
    weights : array, shape (m, n)
        Each row is not negative and sums to 1, so a row of the output is an average of V's.

    Raises
    ------
    ValueError
        If shapes do not fit, a query may look at nothing, or a score would overflow.

    References
    ----------
    Vaswani et al., Attention is all you need, 2017, section 3.2.1; Phuong & Hutter, Formal
    algorithms for transformers, 2022, algorithm 4.

    Examples
    --------
    >>> attention([[0, 0]], [[1, 2], [3, 4]], [[2, 0], [0, 4]])
    Attention(output=array([[1., 2.]]), weights=array([[0.5, 0.5]]))
    """
    scores = finite(Q @ K.T / np.sqrt(Q.shape[1]))  # (m, n)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    weights = softmax(scores)  # (m, n)
    return Attention(weights @ V, weights)
