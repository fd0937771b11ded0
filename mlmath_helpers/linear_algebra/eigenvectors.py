"""Eigenvalues and eigenvectors, and the ranks of pages."""

import cmath
import functools
import math
from typing import NamedTuple

import numpy as np

from .._arguments import (
    checked,
    count,
    equally_long,
    number,
    positive,
    refuse_overflow,
    square_matrix,
    symmetric_matrix,
    vector,
    with_work,
)
from .._numbers import EPSILON, homogeneous, with_fixed_sign
from .lengths import norm, unit
from .systems import solve


class Eigenpair(NamedTuple):
    """One eigenvalue and its eigenvector of length 1, shape (n,)."""

    eigenvalue: float
    eigenvector: np.ndarray


class Eigenpairs(NamedTuple):
    """Eigenvalues, shape (n,), and the matching eigenvectors as columns, shape (n, n)."""

    eigenvalues: np.ndarray
    eigenvectors: np.ndarray


@refuse_overflow
@checked(equally_long("start", "A"), A=square_matrix, start=vector, n_steps=count, tol=positive)
def power_iteration(A, *, start=None, n_steps=1000, tol=1e-14):
    """Eigenvalue of largest absolute value, by repeating v <- A v / |A v|.

    Parameters
    ----------
    A : array_like, shape (n, n)
    start : array_like, shape (n,), optional
        A start without a part along the eigenvector sought may lead to another pair. The
        default, sin(1), ..., sin(n), has one, in exact arithmetic: no non-zero vector of
        algebraic numbers is orthogonal to it.
    n_steps, tol : int and float
        At most n_steps products with A; done once |A v - eigenvalue v| <= tol |A|, Frobenius
        norm, and falls no more. The pair is then exact for a matrix that differs from A by no
        more than this.

    Returns
    -------
    eigenvalue, eigenvector : float and array of shape (n,)
        The vector has length 1 and the sign of this module's rule.

    Raises
    ------
    ValueError
        If A is not square, ``start`` is zero, or an entry would overflow.
    numpy.linalg.LinAlgError
        If no line settles, and why: eigenvalues of (nearly) equal size, such as 3 and -3, a
        complex pair, or a double one with a single eigenvector. ``error.pair`` is the last.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 7.3.1.

    Examples
    --------
    >>> eigenvalue, eigenvector = power_iteration([[2, 1], [1, 2]])
    >>> round(eigenvalue, 6), eigenvector.round(6)
    (3.0, array([0.707107, 0.707107]))
    """
    v = np.sin(np.arange(1.0, len(A) + 1)) if start is None else start  # (n,)
    v = unit(v, "start")
    enough, off = tol * norm(A), math.inf
    for _ in range(n_steps):
        image = A @ v
        eigenvalue = v @ image  # Rayleigh quotient: the best multiple of v to match A v
        before, off = off, norm(image - eigenvalue * v)
        if off == 0 or before <= off <= enough:  # it falls no more
            break
        v = unit(image, "A v")
    if off <= enough:
        return Eigenpair(float(eigenvalue), with_fixed_sign(v))
    error = np.linalg.LinAlgError(f"no line settled in {n_steps} steps: {_two_largest(A, v)}")
    raise with_work(error, pair=Eigenpair(float(eigenvalue), with_fixed_sign(v)))


@refuse_overflow
@checked(A=symmetric_matrix)
@homogeneous("A")
def eigen_symmetric(A):
    """All eigenvalues and eigenvectors of a symmetric matrix, A = V diag(eigenvalues) V'.

    Jacobi's method: turn the axes p and q so that A[p, q] becomes 0, for all pairs, in
    rounds. Later turns spoil earlier zeros, but the sum of squares off the diagonal only falls.

    Parameters
    ----------
    A : array_like, shape (n, n)
        Symmetric up to 1e-12 of its largest entry; the mean of A and A' is used.

    Returns
    -------
    eigenvalues : array, shape (n,)
        Descending.
    eigenvectors : array, shape (n, n)
        Orthonormal columns in the same order, signed by this module's rule. Within equal
        eigenvalues any others that span the same would do.

    Raises
    ------
    ValueError
        If A is not symmetric, or an eigenvalue would overflow.
    numpy.linalg.LinAlgError
        If 30 rounds do not suffice; two to about a dozen are usual.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 8.5.

    Examples
    --------
    >>> eigen_symmetric([[2, 1], [1, 2]]).eigenvalues
    array([3., 1.])
    """
    n = len(A)
    A, V = (A + A.T) / 2, np.eye(n)  # (n, n)
    for _ in range(30):
        turns = [_turn(A, V, p, q) for p in range(n) for q in range(p + 1, n)]
        if not any(turns):
            order = np.argsort(-A.diagonal(), kind="stable")
            return Eigenpairs(A.diagonal()[order] + 0.0, with_fixed_sign(V[:, order]))
    raise np.linalg.LinAlgError("Jacobi's rotations did not settle in 30 rounds")


def _links(value, name):
    links = square_matrix(value, name)
    if (links < 0).any():
        raise ValueError(f"{name} must not be negative; give 1 for a link and 0 for none")
    return links


@checked(links=_links, damping=functools.partial(number, at_least=0, below=1), tol=positive)
def pagerank(links, damping=0.85, *, tol=1e-12):
    """Share of time a random surfer spends on each page, r = damping r P + (1 - damping) / n.

    Parameters
    ----------
    links : array_like, shape (n, n)
        ``links[i, j]`` is 1 (or any weight) if page i links to page j, else 0. Row i of P
        is row i of ``links`` over its sum. From a page without links the surfer jumps to
        any page alike. A link of a page to itself counts like every other.
    damping : float
        In [0, 1): the chance of following a link rather than jumping to any page.
    tol : float
        Done once a step changes the ranks by no more than this, in the sum of sizes, and the
        changes fall no more. The error is then at most damping / (1 - damping) times as much.
        What does not settle so in 100 000 steps is solved as a linear system.

    Returns
    -------
    array, shape (n,)
        Positive, summing to one.

    Raises
    ------
    ValueError
        If a link is negative, ``links`` is not square or ``damping`` is outside [0, 1).
    numpy.linalg.LinAlgError
        If 100 000 steps do not suffice and the equation itself leaves no ten digits: damping is
        too near 1. ``error.ranks`` are the last.

    References
    ----------
    Bryan & Leise (2006), The $25,000,000,000 Eigenvector, SIAM Review 48(3), 569-581.

    Examples
    --------
    >>> pagerank([[0, 1, 1], [0, 0, 1], [1, 0, 0]]).round(3)
    array([0.388, 0.215, 0.397])
    """
    P, n = _following(links), len(links)
    rank, change = np.full(n, 1 / n), math.inf
    for _ in range(100_000):
        previous, rank = rank, damping * rank @ P + (1 - damping) / n
        before, change = change, np.abs(rank - previous).sum()
        if before <= change <= tol:  # it falls no more
            return rank / rank.sum()
    return _where_the_steps_lead(P, damping, rank)


def _where_the_steps_lead(P, damping, rank):
    """Solve r = damping r P + (1 - damping) / n at once, if that leaves ten digits or so."""
    n = len(P)
    if n * EPSILON > 1e-10 * (1 - damping):
        raise with_work(
            np.linalg.LinAlgError(f"the ranks did not settle: damping = {damping} is too near 1"),
            ranks=rank,
        )
    rank = solve(np.eye(n) - damping * P.T, np.full(n, (1 - damping) / n))
    return rank / rank.sum()


def _following(links):
    """Return the chance of each next page: each row's share, and all alike where there is none."""
    most = links.max(axis=1, keepdims=True)
    P = np.divide(links, most, where=most > 0, out=np.ones(links.shape))
    return P / P.sum(axis=1, keepdims=True)  # (n, n), each row sums to one


def _two_largest(A, v):
    """Say what keeps v from settling, from the plane of v and A v."""
    image = A @ v
    plane = np.stack([v, unit(image - (v @ image) * v, "the rest")], axis=1)  # (n, 2)
    (a, b), (c, d) = inside = plane.T @ A @ plane
    if norm(A @ plane - plane @ inside) > 1e-3 * norm(A):
        return "three or more eigenvalues are of nearly equal size"
    mean, product = (a + d) / 2, a * d - b * c
    root = cmath.sqrt(mean**2 - product)
    if abs(root) <= 1e-2 * abs(mean):  # rounding splits a double eigenvalue into a close pair
        return f"the two largest eigenvalues, both about {mean:.4g}, are too equal in size"
    if root.imag:
        return f"the two largest eigenvalues are a complex pair of size {abs(mean + root):.4g}"
    low, high = mean - root.real, mean + root.real
    smaller, larger = sorted((abs(low), abs(high)))
    if smaller < 0.9 * larger:
        return f"these are too few, as one leaves {smaller / larger:.2f} of the error"
    return f"the two largest eigenvalues, {high:.4g} and {low:.4g}, are too equal in size"


def _turn(A, V, p, q):
    """Rotate axes p and q in place so that A[p, q] = 0; return whether that was needed."""
    a_pp, a_pq, a_qq = A[p, p], A[p, q], A[q, q]
    if abs(a_pq) <= 1e-16 * math.sqrt(abs(a_pp * a_qq)):
        A[p, q] = A[q, p] = 0.0
        return False
    gap = a_qq - a_pp
    tangent = 2 * a_pq / (gap + math.copysign(math.hypot(gap, 2 * a_pq), gap))
    cosine = 1 / math.hypot(1, tangent)
    rotation = np.array([[cosine, -cosine * tangent], [cosine * tangent, cosine]])
    both = slice(p, q + 1, q - p)  # p and q, nothing between
    A[both] = rotation @ A[both]
    A[:, both] = A[both].T  # the four entries where they cross are set below
    V[:, both] = V[:, both] @ rotation.T
    A[p, p], A[q, q] = a_pp - tangent * a_pq, a_qq + tangent * a_pq  # keeps small ones accurate
    A[p, q] = A[q, p] = 0.0
    return True
