"""The relatives of gradient descent with memory, scale or curvature, or by small batches.

All take the gradient as a function and yield point after point, which `walk` collects into the
path, one row a point, row 0 the start; so one figure can race them and one test can hold them
to the same reference.
"""

import numpy as np

from .._arguments import (
    checked,
    function,
    matrix,
    not_negative,
    number,
    positive,
    random_generator,
    real_array,
    whole_number,
)
from .descent_walks import TooSteep, walk


def memory(value, name):
    """Return a number at least 0 and below 1: how much of the past a step leaves."""
    return number(value, name, at_least=0, below=1)


def finite(squares):
    """Return squares of slopes, which `walk` refuses where they are beyond all doubles.

    A step divided by the root of inf would be none, and the walk would stand still in silence.
    """
    if np.isinf(squares).any():
        raise TooSteep
    return squares


@walk(beta=memory)
def momentum(grad, start, *, learning_rate=0.1, n_steps=100, beta=0.9):
    """Walk downhill with inertia: v <- beta v + grad(x), x <- x - learning_rate v.

    Parameters, return value and errors are those of `steepest_descent`, and

    Parameters
    ----------
    beta : float
        At least 0, below 1. In a steady slope the velocity grows to 1 / (1 - beta) gradients.

    References
    ----------
    Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
    """
    x, velocity = start, np.zeros_like(start)
    for _ in range(n_steps):
        velocity = beta * velocity + grad(x)
        x = x - learning_rate * velocity
        yield x


@walk(beta=memory)
def nesterov(grad, start, *, learning_rate=0.1, n_steps=100, beta=0.9):
    """Momentum that looks ahead: v <- beta v + grad(x), x <- x - learning_rate (grad(x) + beta v).

    The points x are the places looked ahead to, where the gradient is taken. Nesterov's own
    sequence lies one plain gradient step further, at x - learning_rate grad(x).

    Parameters, return value and errors are those of `momentum`.

    References
    ----------
    Sutskever, Martens, Dahl & Hinton, On the importance of initialization and momentum in
    deep learning, 2013, section 2.
    """
    x, velocity = start, np.zeros_like(start)
    for _ in range(n_steps):
        slope = grad(x)
        velocity = beta * velocity + slope
        x = x - learning_rate * (slope + beta * velocity)
        yield x


@walk(eps=positive, initial=not_negative)
def adagrad(grad, start, *, learning_rate=0.1, n_steps=100, eps=1e-10, initial=0.0):
    """Divide by all gradients so far: s <- s + g², x <- x - learning_rate g / (sqrt(s) + eps).

    Parameters, return value and errors are those of `steepest_descent`, and

    Parameters
    ----------
    eps : float
        Above 0: it keeps an entry without any slope from being 0 / 0.
    initial : float
        What s starts from. Keras takes 0.1, PyTorch 0.

    References
    ----------
    Duchi, Hazan & Singer, Adaptive subgradient methods, JMLR 12, 2011.
    """
    x, squares = start, np.full_like(start, initial)
    for _ in range(n_steps):
        slope = grad(x)
        squares = finite(squares + slope**2)
        x = x - learning_rate * slope / (np.sqrt(squares) + eps)
        yield x


@walk(beta=memory, eps=positive, initial=not_negative)
def rmsprop(grad, start, *, learning_rate=0.01, n_steps=100, beta=0.9, eps=1e-8, initial=0.0):
    """Forgetful Adagrad: s <- beta s + (1 - beta) g², x <- x - learning_rate g / (sqrt(s) + eps).

    Parameters, return value and errors are those of `adagrad`, and

    Parameters
    ----------
    beta : float
        At least 0, below 1: how slowly old squares fade (PyTorch takes 0.99). With ``initial``
        = 0 the mean starts too small, so that the first step is 1 / sqrt(1 - beta) learning
        rates long in each entry.

    References
    ----------
    Tieleman & Hinton, Neural networks for machine learning, lecture 6.5, 2012.
    """
    x, squares = start, np.full_like(start, initial)
    for _ in range(n_steps):
        slope = grad(x)
        squares = finite(beta * squares + (1 - beta) * slope**2)
        x = x - learning_rate * slope / (np.sqrt(squares) + eps)
        yield x


@walk(beta1=memory, beta2=memory, eps=positive)
def adam(
    grad,
    start,
    *,
    learning_rate=0.001,
    n_steps=100,
    beta1=0.9,
    beta2=0.999,
    eps=1e-8,
    weight_decay=0.0,
):
    """Momentum over scale, corrected for the start: x <- x - learning_rate m / (sqrt(s) + eps).

    Here m and s are fading means of the gradients and of their squares, each divided by the
    total weight 1 - beta^t that t steps have given it.

    Parameters, return value and errors are those of `steepest_descent`, and

    Parameters
    ----------
    beta1, beta2 : float
        At least 0, below 1: how slowly gradients, and their squares, fade.
    eps : float
        Above 0.
    weight_decay : float
        From 0 to 1 / learning_rate. Above 0 each step first shrinks x by the factor
        1 - learning_rate weight_decay, which is the method called AdamW.

    References
    ----------
    Kingma & Ba, Adam: a method for stochastic optimization, 2015.
    Loshchilov & Hutter, Decoupled weight decay regularization, 2019.
    """
    number(weight_decay, "weight_decay", at_least=0, at_most=1 / learning_rate)
    x, mean, squares = start, np.zeros_like(start), np.zeros_like(start)
    for t in range(1, n_steps + 1):
        slope = grad(x)
        mean = beta1 * mean + (1 - beta1) * slope
        squares = finite(beta2 * squares + (1 - beta2) * slope**2)
        m, s = mean / (1 - beta1**t), squares / (1 - beta2**t)
        x = (1 - learning_rate * weight_decay) * x - learning_rate * m / (np.sqrt(s) + eps)
        yield x


@walk(hessian=function)
def newton(grad, start, *, hessian, learning_rate=1.0, n_steps=10):
    """Jump to where the quadratic model is level: x <- x - learning_rate H(x)^-1 grad(x).

    A level place may be a minimum, a maximum or a saddle: Newton's method is drawn to all.

    Parameters, return value and errors are those of `steepest_descent`, and

    Parameters
    ----------
    hessian : callable
        From a point, shape (d,), to the matrix of second derivatives, shape (d, d).
    learning_rate : float
        1 is the full jump.

    Raises
    ------
    numpy.linalg.LinAlgError
        If a Hessian is singular where the slope is not 0: the model is then level along a line,
        or nowhere. ``error.path`` holds what was reached.

    References
    ----------
    Nocedal & Wright, Numerical Optimization, 2nd edition, section 3.3.
    """
    x, path = start, [start]
    for _ in range(n_steps):
        x = x - learning_rate * _jump(hessian, x, grad(x), path)
        path.append(x)
        yield x


@checked(grad=function, X=real_array, rng=random_generator)
def minibatches(grad, X, y, *, batch_size=32, rng=None):
    """Turn data into a noisy gradient: each call looks at the next few samples only.

    All samples are seen once, in random order, before any is seen again; where ``batch_size``
    does not divide their number, the last batch of a round is smaller.

    Parameters
    ----------
    grad : callable
        ``grad(w, X, y)``: gradient, at w, of the mean loss over the samples given.
    X : array_like, shape (n, d)
    y : array_like, shape (n, ...)
    batch_size : int
        From 1 to n; n is the exact gradient.
    rng : None, int or numpy.random.Generator
        As `numpy.random.default_rng` takes it.

    Returns
    -------
    callable
        ``noisy(w)``. Its mean over a round of equal batches, at one w, is the exact gradient.

    Raises
    ------
    ValueError
        If X and y differ in length, or the batch is larger than the data.

    Examples
    --------
    >>> def grad(w, X, y):
    ...     return w - y.mean()
    >>> noisy = minibatches(grad, [[0], [0]], [1, 5], batch_size=1, rng=0)
    >>> sorted([float(noisy(3)), float(noisy(3))])
    [-2.0, 2.0]
    """
    y = np.asarray(y)
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y):
        raise ValueError(f"X and y must have as many rows, not shapes {X.shape} and {y.shape}")
    size = whole_number(batch_size, "batch_size", at_least=1, at_most=len(X))
    rows = _endless_batches(len(X), size, np.random.default_rng(rng))

    def noisy(w):
        batch = next(rows)
        return grad(w, X[batch], y[batch])

    return noisy


def _endless_batches(n, size, rng):
    while True:
        order = rng.permutation(n)
        yield from (order[i : i + size] for i in range(0, n, size))


def _jump(hessian, x, slope, path):
    """Return H(x)^-1 slope, the step to the level point of the quadratic model."""
    t, H = len(path) - 1, matrix(hessian(x.copy()), "hessian(x)")
    if H.shape != 2 * slope.shape:
        raise ValueError(f"hessian(x) must have shape {2 * slope.shape}, not {H.shape}")
    if not slope.any():
        return slope  # already level
    try:
        return np.linalg.solve(H, slope)
    except np.linalg.LinAlgError:
        error = np.linalg.LinAlgError(
            f"the Hessian is singular at step {t}, at x = {x}: no single level point"
        )
        error.path = np.array(path)
        raise error from None
