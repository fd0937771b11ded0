"""Linear algebra: lengths and angles, eigenvectors, singular values and what follows from them.

Vectors are 1-D arrays. Eigenvectors, singular vectors and components are columns, and their
sign follows one rule: the entry of largest absolute value is positive, the first such entry
where several tie (entries that agree to eight digits count as tied).

A result beyond the largest double, 1.8e308, is a ValueError, never a silent inf: that is
what ``@refuse_overflow`` above a function says.
"""

import cmath
import math
from typing import NamedTuple

import numpy as np

from ._arguments import (
    matrix,
    number,
    real_array,
    refuse_overflow,
    same_length,
    square_matrix,
    symmetric_matrix,
    vector,
    whole_number,
)


class Eigenpair(NamedTuple):
    """One eigenvalue and its eigenvector of length 1, shape (n,)."""

    eigenvalue: float
    eigenvector: np.ndarray


class Eigenpairs(NamedTuple):
    """Eigenvalues, shape (n,), and the matching eigenvectors as columns, shape (n, n)."""

    eigenvalues: np.ndarray
    eigenvectors: np.ndarray


class PrincipalComponents(NamedTuple):
    """Scores (n, n_components), components as columns (d, n_components), variances (d,)."""

    X_pca: np.ndarray
    components: np.ndarray
    eigenvalues: np.ndarray


@refuse_overflow
def norm(x, p=2):
    """Length of a vector, (sum_i |x_i|^p)^(1/p); of a matrix, the Frobenius norm.

    Parameters
    ----------
    x : array_like, shape (d,) or (m, d)
        A matrix only with p = 2: its entries are then read as one long vector. (The most
        that a matrix stretches is another norm: its largest singular value.)
    p : float
        At least 1: 1 adds absolute values, 2 is Euclid's length, inf takes the largest.

    Returns
    -------
    float
        Not negative, and 0 only where all entries are 0.

    Raises
    ------
    ValueError
        If p < 1, since the triangle inequality then fails, ``x`` has no fitting shape, or
        the length is beyond the largest double.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 3.1.

    Examples
    --------
    >>> norm([3, 4]), norm([3, 4], p=1), norm([3, 4], p=float("inf"))
    (5.0, 7.0, 4.0)
    """
    x = real_array(x, "x")
    p = number(p, "p", at_least=1, infinite=True, because="else the triangle inequality fails")
    if x.ndim != 1 and (x.ndim, p) != (2, 2):
        raise ValueError(
            f"x must be a 1-D array, or a matrix with p = 2, not of shape {x.shape} with p = {p:g}"
        )
    sizes = np.abs(x)
    largest = sizes.max()
    if largest == 0 or p == math.inf:
        return float(largest)
    return float(largest * ((sizes / largest) ** p).sum() ** (1 / p))  # no power can overflow


def cosine_similarity(v, w):
    """Cosine of the angle between v and w, v . w / (|v| |w|).

    Parameters
    ----------
    v : array_like, shape (d,) or (n, d)
        One vector, or one in each row.
    w : array_like, shape (d,)

    Returns
    -------
    float, or array of shape (n,) where v has rows
        1 for the same direction, 0 for a right angle, -1 for opposite directions.

    Raises
    ------
    ValueError
        If a vector is zero, since it has no direction, or the numbers of entries differ.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 3.4.

    Examples
    --------
    >>> cosine_similarity([1, 0], [0, 2])
    0.0
    >>> cosine_similarity([[3, 0], [0, 3], [-1, 0]], [2, 0])
    array([ 1.,  0., -1.])
    """
    v, w = real_array(v, "v"), vector(w, "w")
    if v.ndim not in (1, 2):
        raise ValueError(f"v must be a 1-D array, or a matrix of rows, not of shape {v.shape}")
    same_length(v, "v", w, "w")
    cosine = np.clip(_unit(v, "v") @ _unit(w, "w"), -1, 1) + 0.0  # rounding may leave 1 + 2e-16
    return cosine if v.ndim == 2 else float(cosine)


@refuse_overflow
def project(v, onto):
    """Shadow of v on the line through 0 and w = ``onto``: (v . w / w . w) w.

    Parameters
    ----------
    v : array_like, shape (d,)
    onto : array_like, shape (d,)
        Any vector but zero; its length and sign do not matter.

    Returns
    -------
    array, shape (d,)
        The point of the line nearest to v; v minus it is orthogonal to ``onto``.

    Raises
    ------
    ValueError
        If ``onto`` is zero, the numbers of entries differ, or the result would overflow.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 3.8.1.

    Examples
    --------
    >>> project([2, 3], onto=[4, 0])
    array([2., 0.])
    """
    v, onto = vector(v, "v"), vector(onto, "onto")
    same_length(v, "v", onto, "onto")
    if not onto.any():
        raise ValueError("onto is the zero vector, which has no direction; give another")
    w, scale = onto / _scale(onto), _scale(v)  # w lies on the same line
    return scale * ((v / scale) @ w / (w @ w) * w) + 0.0  # + 0.0 turns -0. into 0.


@refuse_overflow
def power_iteration(A, *, start=None, n_steps=1000, tol=1e-14):
    """Eigenvalue of largest absolute value, by repeating v <- A v / |A v|.

    Parameters
    ----------
    A : array_like, shape (n, n)
    start : array_like, shape (n,), optional
        A start without a part along the eigenvector sought leads to another pair. The
        default, sin(1), ..., sin(n), has one: no vector of algebraic numbers is orthogonal to it.
    n_steps, tol : int and float
        At most n_steps products with A; done once |A v - eigenvalue v| <= tol |A|, Frobenius
        norm. The pair is then exact for a matrix that differs from A by no more than this.

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
        complex pair, or a double one with a single eigenvector.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 7.3.1.

    Examples
    --------
    >>> eigenvalue, eigenvector = power_iteration([[2, 1], [1, 2]])
    >>> round(eigenvalue, 6), eigenvector.round(6)
    (3.0, array([0.707107, 0.707107]))
    """
    A = square_matrix(A, "A")
    v = np.sin(np.arange(1.0, len(A) + 1)) if start is None else vector(start, "start")
    same_length(v, "start", A, "A")
    v = _unit(v, "start")
    enough = number(tol, "tol", above=0) * norm(A)
    for _ in range(whole_number(n_steps, "n_steps", at_least=1)):
        image = A @ v
        eigenvalue = v @ image  # Rayleigh quotient: the best multiple of v to match A v
        if norm(image - eigenvalue * v) <= enough:
            return Eigenpair(float(eigenvalue), _with_fixed_sign(v))
        v = _unit(image, "A v")
    raise np.linalg.LinAlgError(f"no line settled in {n_steps} steps: {_two_largest(A, v)}")


@refuse_overflow
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
        If 30 rounds do not suffice; six to fourteen are usual.

    References
    ----------
    Golub & Van Loan, Matrix Computations, 4th edition, section 8.5.

    Examples
    --------
    >>> eigen_symmetric([[2, 1], [1, 2]]).eigenvalues
    array([3., 1.])
    """
    A = symmetric_matrix(A, "A")
    n = len(A)
    scale = _scale(A)
    A = (A / scale + A.T / scale) / 2
    V = np.eye(n)
    for _ in range(30):
        turns = [_turn(A, V, p, q) for p in range(n) for q in range(p + 1, n)]
        if not any(turns):
            break
    else:
        raise np.linalg.LinAlgError("Jacobi's rotations did not settle in 30 rounds")
    order = np.argsort(-A.diagonal(), kind="stable")
    return Eigenpairs(scale * A.diagonal()[order] + 0.0, _with_fixed_sign(V[:, order]))


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
        Stop once a step changes the ranks by no more than this, in the sum of sizes. The
        error is then at most damping / (1 - damping) times as much.

    Returns
    -------
    array, shape (n,)
        Positive, summing to one.

    Raises
    ------
    ValueError
        If a link is negative, ``links`` is not square or ``damping`` is outside [0, 1).
    numpy.linalg.LinAlgError
        If 100 000 steps do not suffice: damping is too near 1.

    References
    ----------
    Bryan & Leise (2006), The $25,000,000,000 Eigenvector, SIAM Review 48(3), 569-581.

    Examples
    --------
    >>> pagerank([[0, 1, 1], [0, 0, 1], [1, 0, 0]]).round(3)
    array([0.388, 0.215, 0.397])
    """
    links = square_matrix(links, "links")
    damping = number(damping, "damping", at_least=0, below=1)
    tol = number(tol, "tol", above=0)
    if (links < 0).any():
        raise ValueError("links must not be negative; give 1 for a link and 0 for none")
    n, most = len(links), links.max(axis=1, keepdims=True)
    P = np.divide(links, most, where=most > 0, out=np.ones((n, n)))  # no links: all alike
    P = P / P.sum(axis=1, keepdims=True)  # each row sums to one
    rank = np.full(n, 1 / n)
    for _ in range(100_000):
        previous, rank = rank, damping * rank @ P + (1 - damping) / n
        if np.abs(rank - previous).sum() <= tol:
            return rank / rank.sum()
    raise np.linalg.LinAlgError(f"the ranks did not settle: damping = {damping} is too near 1")


@refuse_overflow
def low_rank(A, k):
    """Nearest matrix of rank at most k, the first k terms of A = sum_i s_i u_i v_i'.

    Nearest in the Frobenius norm (Eckart and Young) and in the spectral norm (Mirsky); it
    is the only one in the Frobenius norm if s_k > s_(k+1).

    Parameters
    ----------
    A : array_like, shape (m, n)
    k : int
        From 0, the zero matrix, to min(m, n), A itself up to rounding.

    Returns
    -------
    array, shape (m, n)
        Of rank k, or the rank of A if that is less.

    Raises
    ------
    ValueError
        If k is out of range, or an entry of the answer would overflow.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 4.6.

    Examples
    --------
    >>> low_rank([[3, 0], [0, 2]], k=1).round(6)
    array([[3., 0.],
           [0., 0.]])
    """
    A = matrix(A, "A")
    k = whole_number(k, "k", at_least=0, at_most=min(A.shape))
    scale = _scale(A)
    U, sizes, Vt = np.linalg.svd(A / scale, full_matrices=False)  # (m, r), (r,), (r, n)
    return scale * ((U[:, :k] * sizes[:k]) @ Vt[:k])


@refuse_overflow
def pca(X, n_components):
    """Principal components: the directions in which the samples vary most.

    They are the right singular vectors of the centred data, and the variance along the i-th
    is s_i^2 / (n - 1). Units matter: a column in grams outweighs one in kilograms.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Rows are samples, at least two.
    n_components : int
        From 1 to d.

    Returns
    -------
    X_pca : array, shape (n, n_components)
        The centred samples in the coordinates of the components.
    components : array, shape (d, n_components)
        Orthonormal columns, signed by this module's rule. Within equal eigenvalues any
        others that span the same would do.
    eigenvalues : array, shape (d,)
        All eigenvalues of the covariance matrix with divisor n - 1, descending; at most
        n - 1 are not zero. Constant columns add only zeros.

    Raises
    ------
    ValueError
        If there are fewer than two samples, ``n_components`` is out of range, or a variance
        would overflow.

    References
    ----------
    Deisenroth, Faisal & Ong, Mathematics for Machine Learning, section 10.2.

    Examples
    --------
    >>> pca([[0, 0], [1, 1], [2, 2]], 1).eigenvalues.round(6)
    array([2., 0.])
    """
    X = matrix(X, "X")
    n, d = X.shape
    whole_number(n, "the number of rows of X", at_least=2, because="one sample has no variance")
    whole_number(n_components, "n_components", at_least=1, at_most=d)
    centred = X - (X[0] + (X - X[0]).mean(axis=0))  # exactly 0 in a constant column
    _, sizes, Vt = np.linalg.svd(centred, full_matrices=n < d)  # all d directions in Vt
    rank_bound = min(n - 1, d)
    eigenvalues = np.zeros(d)
    eigenvalues[:rank_bound] = sizes[:rank_bound] ** 2 / (n - 1)
    components = _with_fixed_sign(Vt[:n_components].T)
    return PrincipalComponents(centred @ components, components, eigenvalues)


def _scale(x):
    """Return the largest power of two not above the largest size in x; 1 if x is zero.

    Dividing by it is exact, and then no square or sum of squares can overflow or vanish.
    """
    return 2.0 ** (math.frexp(np.abs(x).max() or 1.0)[1] - 1)


def _unit(v, name):
    """Shorten or stretch a vector, or each row, to length 1."""
    largest = np.abs(v).max(axis=-1, keepdims=True)
    if not largest.all():
        which = f"{name}[{np.flatnonzero(largest == 0)[0]}]" if v.ndim == 2 else name
        raise ValueError(f"{which} is the zero vector, which has no direction; leave it out")
    v = v / largest  # so that no square can overflow
    return v / np.sqrt((v**2).sum(axis=-1, keepdims=True))


def _with_fixed_sign(columns):
    """Turn a vector, or each column, so that its largest entry is positive, the first of ties."""
    sizes = np.abs(columns)
    first = (sizes >= (1 - 1e-8) * sizes.max(axis=0)).argmax(axis=0)
    return columns * np.sign(np.take_along_axis(columns, np.expand_dims(first, 0), axis=0)) + 0.0


def _two_largest(A, v):
    """Say what keeps v from settling, from the plane of v and A v."""
    image = A @ v
    plane = np.stack([v, _unit(image - (v @ image) * v, "the rest")], axis=1)  # (n, 2)
    (a, b), (c, d) = inside = plane.T @ A @ plane
    if norm(A @ plane - plane @ inside) > 1e-3 * norm(A):
        return "three or more eigenvalues are of nearly equal size"
    mean, product = (a + d) / 2, a * d - b * c
    root = cmath.sqrt(mean**2 - product)
    if abs(root) <= 1e-2 * abs(mean):  # rounding splits a double eigenvalue into a close pair
        return f"the two largest eigenvalues, both about {mean:.4g}, are too equal in size"
    if abs(root.imag) > 1e-6 * abs(mean + root):
        return f"the two largest eigenvalues are a complex pair of size {abs(mean + root):.4g}"
    smaller, larger = sorted((mean - root.real, mean + root.real), key=abs)
    if abs(smaller) < 0.9 * abs(larger):
        return f"these are too few, as one leaves {abs(smaller / larger):.2f} of the error"
    return f"the two largest eigenvalues, {larger:.4g} and {smaller:.4g}, are too equal in size"


def _turn(A, V, p, q):
    """Rotate axes p and q in place so that A[p, q] = 0; return whether that was needed."""
    a_pp, a_pq, a_qq = A[p, p], A[p, q], A[q, q]
    if abs(a_pq) <= 1e-16 * math.sqrt(abs(a_pp)) * math.sqrt(abs(a_qq)):
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
