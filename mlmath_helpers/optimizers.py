"""Walking downhill: gradient descent, and its relatives with memory, scale or curvature.

All take the gradient as a function and return the whole path, one row a point, row 0 the
start; so one figure can race them and one test can hold them to the same reference. Only
`gradient_descent` returns the last point alone.
"""

import numpy as np

from ._arguments import (
    function,
    matrix,
    number,
    random_generator,
    real_array,
    vector,
    whole_number,
)


class DivergenceError(ArithmeticError):
    """A walk left the numbers, or ended no lower than it began.

    ``path`` holds the points it reached; from `gradient_descent`, which keeps none, only the
    start and the last.
    """

    def __init__(self, message, path):
        super().__init__(message)
        self.path = path


@np.errstate(over="ignore", invalid="ignore")  # what overflows is refused below, in words
def gradient_descent(f, grad_f, x0, learning_rate=0.01, max_iter=1000, tol=1e-6):
    """Minimise f by steps against its gradient, x <- x - learning_rate grad_f(x).

    Parameters
    ----------
    f : callable
        The function to minimise. It is only asked, at the end, whether it fell.
    grad_f : callable
        Its gradient, of the same shape as x.
    x0 : float or array_like, shape (d,)
    learning_rate : float
        Above 0. For a smooth f with curvature at most L along the way, below 2 / L.
    max_iter : int
        At most so many steps. Where none was short enough, the last point is still returned.
    tol : float
        Stop after the first step shorter than this. It bounds the step, not the error.

    Returns
    -------
    float, or array of shape (d,)
        The last point reached, of the kind of x0.

    Raises
    ------
    DivergenceError
        If a point is not finite any more, or no step was short and f is no lower than at x0.

    Examples
    --------
    >>> round(gradient_descent(lambda x: x**2, lambda x: 2 * x, x0=10.0), 6)
    4.8e-05
    """
    f, grad_f, x0 = function(f, "f"), function(grad_f, "grad_f"), real_array(x0, "x0")[()]
    learning_rate = number(learning_rate, "learning_rate", above=0)
    tol = number(tol, "tol", at_least=0)
    x, ends = x0, [x0]
    for t in range(whole_number(max_iter, "max_iter", at_least=1)):
        previous, x = x, x - learning_rate * _slope(grad_f, x, t, ends)
        if np.linalg.norm(x - previous) < tol:
            break
    else:
        if not f(x) < f(x0):
            raise DivergenceError(
                f"f is no lower after {max_iter} steps ({f(x):.3g}) than at x0 ({f(x0):.3g}): "
                "the steps overshoot; take a smaller learning_rate",
                np.array([x0, x]),
            )
    return x if np.ndim(x) else float(x)


@np.errstate(over="ignore", invalid="ignore")
def steepest_descent(grad, start, *, learning_rate=0.1, n_steps=100):
    """Gradient descent that keeps its path: x <- x - learning_rate grad(x).

    Parameters
    ----------
    grad : callable
        From a point, shape (d,), to the gradient there, shape (d,). It may be noisy.
    start : array_like, shape (d,)
    learning_rate : float
        Above 0.
    n_steps : int

    Returns
    -------
    array, shape (n_steps + 1, d)
        Row 0 is the start.

    Raises
    ------
    DivergenceError
        If a point or a gradient is not finite any more; ``error.path`` holds what was reached.

    Examples
    --------
    >>> steepest_descent(lambda x: 2 * x, [8.0], learning_rate=0.25, n_steps=3)[:, 0]
    array([8., 4., 2., 1.])
    """
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    for t, slope in _slopes(grad, path):
        path[t + 1] = path[t] - learning_rate * slope
    return path


@np.errstate(over="ignore", invalid="ignore")
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
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    beta = number(beta, "beta", at_least=0, below=1)
    velocity = np.zeros_like(path[0])
    for t, slope in _slopes(grad, path):
        velocity = beta * velocity + slope
        path[t + 1] = path[t] - learning_rate * velocity
    return path


@np.errstate(over="ignore", invalid="ignore")
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
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    beta = number(beta, "beta", at_least=0, below=1)
    velocity = np.zeros_like(path[0])
    for t, slope in _slopes(grad, path):
        velocity = beta * velocity + slope
        path[t + 1] = path[t] - learning_rate * (slope + beta * velocity)
    return path


@np.errstate(over="ignore", invalid="ignore")
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
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    eps = number(eps, "eps", above=0)
    squares = np.full_like(path[0], number(initial, "initial", at_least=0))
    for t, slope in _slopes(grad, path):
        squares = squares + slope**2
        path[t + 1] = path[t] - learning_rate * slope / (np.sqrt(squares) + eps)
    return path


@np.errstate(over="ignore", invalid="ignore")
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
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    beta, eps = number(beta, "beta", at_least=0, below=1), number(eps, "eps", above=0)
    squares = np.full_like(path[0], number(initial, "initial", at_least=0))
    for t, slope in _slopes(grad, path):
        squares = beta * squares + (1 - beta) * slope**2
        path[t + 1] = path[t] - learning_rate * slope / (np.sqrt(squares) + eps)
    return path


@np.errstate(over="ignore", invalid="ignore")
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
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    beta1 = number(beta1, "beta1", at_least=0, below=1)
    beta2 = number(beta2, "beta2", at_least=0, below=1)
    eps = number(eps, "eps", above=0)
    decay = number(weight_decay, "weight_decay", at_least=0, at_most=1 / learning_rate)
    mean, squares = np.zeros_like(path[0]), np.zeros_like(path[0])
    for t, slope in _slopes(grad, path):
        mean = beta1 * mean + (1 - beta1) * slope
        squares = beta2 * squares + (1 - beta2) * slope**2
        m, s = mean / (1 - beta1 ** (t + 1)), squares / (1 - beta2 ** (t + 1))
        shrunk = (1 - learning_rate * decay) * path[t]
        path[t + 1] = shrunk - learning_rate * m / (np.sqrt(s) + eps)
    return path


@np.errstate(over="ignore", invalid="ignore")
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
        If a Hessian is singular: the model is then level along a line, or nowhere.

    References
    ----------
    Nocedal & Wright, Numerical Optimization, 2nd edition, section 3.3.
    """
    path, learning_rate = _begin(grad, start, learning_rate, n_steps)
    hessian = function(hessian, "hessian")
    for t, slope in _slopes(grad, path):
        H = matrix(hessian(path[t].copy()), "hessian(x)")
        if H.shape != 2 * slope.shape:
            raise ValueError(f"hessian(x) must have shape {2 * slope.shape}, not {H.shape}")
        try:
            jump = np.linalg.solve(H, slope)
        except np.linalg.LinAlgError:
            raise np.linalg.LinAlgError(
                f"the Hessian is singular at step {t}, at x = {path[t]}: no single level point"
            ) from None
        path[t + 1] = path[t] - learning_rate * jump
    return path


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
    X, y = real_array(X, "X"), np.asarray(y)
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y):
        raise ValueError(f"X and y must have as many rows, not shapes {X.shape} and {y.shape}")
    size = whole_number(batch_size, "batch_size", at_least=1, at_most=len(X))
    grad = function(grad, "grad")
    rows = _endless_batches(len(X), size, random_generator(rng, "rng"))

    def noisy(w):
        batch = next(rows)
        return grad(w, X[batch], y[batch])

    return noisy


def _endless_batches(n, size, rng):
    while True:
        order = rng.permutation(n)
        yield from (order[i : i + size] for i in range(0, n, size))


def _begin(grad, start, learning_rate, n_steps):
    """Return the path, empty but for its start, and the learning rate, all arguments checked."""
    function(grad, "grad")
    start = vector(start, "start")
    path = np.empty((whole_number(n_steps, "n_steps", at_least=0) + 1, len(start)))
    path[0] = start
    return path, number(learning_rate, "learning_rate", above=0)


def _slopes(grad, path):
    """Yield t and grad(path[t]) while the caller fills in the path, a row at a time."""
    for t in range(len(path) - 1):
        yield t, _slope(grad, path[t], t, path[: t + 1])
    if not np.isfinite(path[-1]).all():
        raise _diverged(len(path) - 1, path)


def _slope(grad, x, t, path):
    if not np.isfinite(x).all():
        raise _diverged(t, path)
    try:
        slope = np.asarray(grad(x.copy()), dtype=float)
    except (OverflowError, FloatingPointError):  # raised where numpy's numbers become inf
        raise _diverged(t, path) from None
    if slope.shape != np.shape(x):
        raise ValueError(f"grad(x) must have the shape of x, {np.shape(x)}, not {slope.shape}")
    if not np.isfinite(slope).all():
        if t == 0:
            raise ValueError(f"grad is {slope} at the start: begin where the slope is finite")
        raise _diverged(t, path)
    return slope


def _diverged(t, path):
    finite = [point for point in path if np.isfinite(point).all()]
    return DivergenceError(
        f"the walk diverged: beyond all doubles after {t} steps; take a smaller learning_rate",
        np.array(finite),
    )
