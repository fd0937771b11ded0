"""Layers that know their own derivative, chained, checked and trained.

A layer has ``forward(X)``, which remembers what it needs, and ``backward(dY)``, which turns
dY = dL/dY, the derivative of any number L by the layer's output, into dX = dL/dX. Whoever
defines L decides whether it is a sum or a mean over the batch; no layer divides by anything.
"""

import functools
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .._arguments import (
    checked,
    count,
    function,
    matrix,
    not_negative,
    random_generator,
    real_array,
    vector,
)
from .._numbers import EPSILON
from ..linear_algebra import softmax
from ._derivative import best_step, derivative
from .descent import steepest_descent
from .optimizers import minibatches


class LossAndGradient(NamedTuple):
    """A loss, and its derivative by each entry of what it was computed from."""

    loss: float
    gradient: np.ndarray


class Training(NamedTuple):
    """Mean loss, (n_epochs + 1,), and parameters, (n_epochs + 1, d): at first, then by epoch."""

    losses: np.ndarray
    path: np.ndarray


def _takes_rows(formula):
    """Let a layer compute with rows that fit its weights, and with results that are finite."""

    @functools.wraps(formula)
    def forward(self, X):
        X = matrix(X, "X")
        if hasattr(self, "W") and X.shape[1] != len(self.W):
            raise ValueError(f"X must have {len(self.W)} columns, not shape {X.shape}")
        with np.errstate(all="ignore"):  # what overflows is refused in words
            Y = _finite(formula(self, X))
        self._output_shape = Y.shape
        return Y

    return forward


def _takes_slopes(formula):
    """Let a layer compute with slopes of its last output, and with results that are finite."""

    @functools.wraps(formula)
    def backward(self, dY):
        if not hasattr(self, "_output_shape"):
            raise ValueError("dY came before any X: call forward before backward")
        dY, needed = matrix(dY, "dY"), self._output_shape
        if dY.shape != needed:
            raise ValueError(f"dY must have the shape of the output, {needed}, not {dY.shape}")
        with np.errstate(all="ignore"):
            dX = formula(self, dY)
        for slopes in (getattr(self, "dW", 0.0), getattr(self, "db", 0.0)):
            _finite(slopes)
        return _finite(dX)

    return backward


def _finite(array):
    if not np.isfinite(array).all():
        raise FloatingPointError(
            "a layer's result is beyond all doubles: scale X, or take a smaller learning_rate"
        )
    return array


class LinearLayer:
    """Y = X W + b, the layer with the weights.

    Parameters
    ----------
    input_dim, output_dim : int
    scale : float
        Standard deviation of the random weights; b starts at 0.
    rng : None, int or numpy.random.Generator
        As `numpy.random.default_rng` takes it.

    Attributes
    ----------
    W, b : array, shapes (input_dim, output_dim) and (output_dim,)
    dW, db : array of the same shapes, after ``backward``
        Exactly dL/dW and dL/db for the dY = dL/dY that was given.

    Examples
    --------
    >>> layer = LinearLayer(2, 1)
    >>> layer.W = np.array([[2.0], [3.0]])
    >>> layer.forward([[1, 1], [1, 0]])
    array([[5.],
           [2.]])
    >>> layer.backward([[1], [1]])
    array([[2., 3.],
           [2., 3.]])
    >>> layer.dW, layer.db
    (array([[2.],
           [1.]]), array([2.]))
    """

    @checked(input_dim=count, output_dim=count, scale=not_negative, rng=random_generator)
    def __init__(self, input_dim, output_dim, *, scale=0.01, rng=None):
        rng = np.random.default_rng(rng)
        self.W = scale * rng.standard_normal((input_dim, output_dim))
        self.b = np.zeros(output_dim)
        self.dW = self.db = None

    @_takes_rows
    def forward(self, X):
        """Return X W + b, shape (n, output_dim), for X of shape (n, input_dim)."""
        self.X = X
        return X @ self.W + self.b

    @_takes_slopes
    def backward(self, dY):
        """Return dX = dY W', and leave dW = X' dY and db = sum of the rows of dY."""
        self.dW = self.X.T @ dY  # (d_in, d_out)
        self.db = dY.sum(axis=0)  # (d_out,)
        return dY @ self.W.T  # (n, d_in)


class ReLU:
    """max(0, X), entry by entry: what is negative is cut off.

    Examples
    --------
    >>> relu = ReLU()
    >>> relu.forward([[-1, 2]])
    array([[0., 2.]])
    >>> relu.backward([[5, 5]])
    array([[0., 5.]])
    """

    @_takes_rows
    def forward(self, X):
        """Return max(0, X), of the shape of X."""
        self.X = X
        return np.maximum(0, X)

    @_takes_slopes
    def backward(self, dY):
        """Return dY where X > 0, else 0: at the kink itself 0 is taken, by convention."""
        return dY * (self.X > 0)


class Network:
    """Layers in a row: linear, ReLU, linear, ..., linear.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, hidden units, ..., outputs: at least two.
    rng : None, int or numpy.random.Generator
        For the weights, whose standard deviation is sqrt(2 / inputs of the layer), so that
        signals neither fade nor grow from layer to layer.

    Attributes
    ----------
    layers : list
        Anything with ``forward`` and ``backward`` may be put in.

    References
    ----------
    He, Zhang, Ren & Sun, Delving deep into rectifiers, 2015, section 2.2.

    Examples
    --------
    >>> network = Network([4, 8, 3], rng=0)
    >>> network.forward(np.ones((5, 4))).shape, network.parameters.shape
    ((5, 3), (67,))
    """

    def __init__(self, sizes, *, rng=None):
        if not np.iterable(sizes):
            raise TypeError(f"sizes must be a list of whole numbers, not {sizes!r}")
        sizes = [count(size, "each of sizes") for size in sizes]
        if len(sizes) < 2:
            raise ValueError(f"sizes needs inputs and outputs, at least two numbers, not {sizes}")
        rng = random_generator(rng, "rng")
        self.layers = []
        for d_in, d_out in pairwise(sizes):
            self.layers += [LinearLayer(d_in, d_out, scale=(2 / d_in) ** 0.5, rng=rng), ReLU()]
        self.layers.pop()  # the last outputs may be negative

    def forward(self, X):
        """Return the outputs, shape (n, sizes[-1])."""
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, dY):
        """Pass dY = dL/dY back through all layers and return dL/dX."""
        for layer in reversed(self.layers):
            dY = layer.backward(dY)
        return dY

    def loss(self, X, labels):
        """Return the mean cross-entropy of the softmax of the outputs, and its gradient.

        The gradient has the order of ``parameters``: one number for each of them.
        """
        loss, dY = softmax_cross_entropy(self.forward(X), labels)
        self.backward(dY)
        return LossAndGradient(loss, _flat((layer.dW, layer.db) for layer in self._linear()))

    def loss_at(self, parameters, X, labels):
        """Set the parameters, then return `loss`: the network as a function of its weights."""
        self.parameters = parameters
        return self.loss(X, labels)

    def accuracy(self, X, labels):
        """Return the share of rows whose largest output is that of their label."""
        labels = _labels(labels, matrix(X, "X"), len(self._linear()[-1].b))
        return float((self.forward(X).argmax(axis=1) == labels).mean())

    @property
    def parameters(self):
        """All weights and biases in one vector, shape (d,); set it to set them all."""
        return _flat((layer.W, layer.b) for layer in self._linear())

    @parameters.setter
    def parameters(self, w):
        w = vector(w, "parameters")
        needed = sum(layer.W.size + layer.b.size for layer in self._linear())
        if len(w) != needed:
            raise ValueError(f"parameters must hold {needed} numbers, not {len(w)}")
        for layer in self._linear():
            W, b, w = np.split(w, [layer.W.size, layer.W.size + layer.b.size])
            layer.W, layer.b = W.reshape(layer.W.shape), b

    def _linear(self):
        return [layer for layer in self.layers if hasattr(layer, "W")]


@checked(logits=matrix)
def softmax_cross_entropy(logits, labels):
    """Mean surprise, in nats, at the right classes: -mean_i log softmax(logits[i])[labels[i]].

    Parameters
    ----------
    logits : array_like, shape (n, k)
        One row of scores a sample.
    labels : array_like of int, shape (n,)
        The right class of each, 0 to k - 1.

    Returns
    -------
    loss : float
    gradient : array, shape (n, k)
        Its derivative by the logits: (softmax(logits) - one-hot labels) / n.

    Raises
    ------
    ValueError
        If shapes do not fit, or a label is not a class.
    FloatingPointError
        If the loss is beyond all doubles.

    References
    ----------
    Goodfellow, Bengio & Courville, Deep Learning, section 6.2.2.3.

    Examples
    --------
    >>> loss, gradient = softmax_cross_entropy([[0.0, 0.0]], [1])
    >>> round(loss, 6), gradient
    (0.693147, array([[ 0.5, -0.5]]))
    """
    n, k = logits.shape
    right = np.arange(n), _labels(labels, logits, k)
    with np.errstate(over="ignore"):  # refused below, where it makes the loss infinite
        shifted = logits - logits.max(axis=1, keepdims=True)
    totals = np.exp(shifted).sum(axis=1)
    losses = np.log(totals) - shifted[right]  # minus log of softmax, no underflow
    gradient = softmax(logits)
    gradient[right] -= 1
    return LossAndGradient(float(_finite(np.sum(losses / n))), gradient / n)


def _network(value, name):
    if not isinstance(value, Network):
        raise TypeError(f"{name} must be a Network, not {value!r}")
    return value


@checked(network=_network, X=matrix, optimizer=function, n_epochs=count)
def train(
    network,
    X,
    labels,
    *,
    optimizer=steepest_descent,
    learning_rate=0.1,
    n_epochs=20,
    batch_size=None,
    rng=None,
):
    """Walk the parameters of a network downhill on the mini-batches of its loss.

    Parameters
    ----------
    network : Network
        Changed: it is left with the parameters of the last epoch.
    X : array_like, shape (n, d)
    labels : array_like of int, shape (n,)
    optimizer : callable
        Any of `optimizers` but Newton. It makes one walk, over all epochs.
    learning_rate : float
    n_epochs : int
        Times that each sample is looked at.
    batch_size : int
        Where there are fewer than 32 samples, all of them by default.
    rng : None, int or numpy.random.Generator
        For the order of the samples.

    Returns
    -------
    losses : array, shape (n_epochs + 1,)
        Mean over all n samples, before the first epoch and after each.
    path : array, shape (n_epochs + 1, number of parameters)

    Raises
    ------
    DivergenceError, FloatingPointError
        If the walk, or the loss at its end, leaves the numbers: the learning rate is too large.

    Examples
    --------
    >>> network = Network([1, 2], rng=0)
    >>> losses, path = train(network, [[-1.0], [1.0]], [0, 1], batch_size=2, n_epochs=5)
    >>> bool((np.diff(losses) < 0).all())
    True
    """
    labels = _labels(labels, X, network.forward(X[:1]).shape[1])
    batch_size = min(32, len(X)) if batch_size is None else batch_size
    noisy = minibatches(
        lambda w, X, labels: network.loss_at(w, X, labels).gradient,
        X,
        labels,
        batch_size=batch_size,
        rng=rng,
    )
    batches = -(-len(X) // batch_size)  # rounded up
    steps = optimizer(
        noisy, network.parameters, learning_rate=learning_rate, n_steps=n_epochs * batches
    )
    path = steps[::batches].copy()
    losses = [network.loss_at(w, X, labels).loss for w in path]
    return Training(np.array(losses), path)


@checked(f=function, grad=function, x=vector)
def check_gradient(f, grad, x):
    """Largest disagreement of grad(x) with central differences of f, relative to its largest entry.

    Below 1e-7 is a right gradient, 1e-2 and more a wrong one, if f changes on the scale of 1 or
    of x's entries (the steps tried are 6e-6 times either) and has no kink so near to x (a ReLU
    that switches: try another x).

    Parameters
    ----------
    f : callable
        From an array of shape (d,) to a number.
    grad : callable
        From the same array to the claimed gradient, shape (d,).
    x : array_like, shape (d,)

    Returns
    -------
    float
        max |claimed - measured| / max(|claimed|, |measured|), each maximum over the entries;
        0 where both are zero.

    Raises
    ------
    ValueError
        If the gradient has another shape than x, something is not finite, or f is so large
        beside its slopes that its rounding alone explains the difference.

    Examples
    --------
    >>> check_gradient(lambda x: x @ x, lambda x: 2 * x, [1.0, 2.0, 3.0]) < 1e-8
    True
    >>> round(check_gradient(lambda x: x @ x, lambda x: x, [1.0, 2.0, 3.0]), 6)
    0.5
    """
    claimed = vector(grad(x.copy()), "grad(x)")
    if claimed.shape != x.shape:
        raise ValueError(f"grad(x) must have the shape of x, {x.shape}, not {claimed.shape}")
    measured = _slopes(f, x, best_step(x))
    if _disagreement(claimed, measured) > RIGHT:
        closer = _slopes(f, x, best_step(x, on_the_scale_of_x=True))
        nearer = np.abs(closer - claimed) < np.abs(measured - claimed)
        measured = np.where(nearer, closer, measured)
        _refuse_rounding(f, x, claimed, measured)
    return _disagreement(claimed, measured)


RIGHT = 1e-7  # a disagreement below is none


def _slopes(f, x, steps):
    return np.array([derivative(_along_axis(f, x, i), x[i], h=h) for i, h in enumerate(steps)])


def _disagreement(claimed, measured):
    largest = max(np.abs(claimed).max(), np.abs(measured).max())
    return float(np.abs(claimed - measured).max() / (largest or 1.0))


def _refuse_rounding(f, x, claimed, measured):
    """Refuse a difference above `RIGHT` that the rounding of f, divided by the step, explains."""
    step = float(best_step(x).min())
    rounding = 2 * EPSILON * abs(float(f(x.copy()))) / step
    difference = np.abs(claimed - measured).max()
    if _disagreement(claimed, measured) > RIGHT and difference <= rounding:
        raise ValueError(
            f"f is so large beside its slopes that at the step {step:.2g} rounding alone makes a "
            f"difference of {rounding:.2g}: subtract a constant from f, or scale x"
        )


def _along_axis(f, x, i):
    """Return f as a function of entry i alone."""

    def f_of_one_entry(value):
        moved = x.copy()
        moved[i] = value
        return f(moved)

    return f_of_one_entry


def _flat(pairs):
    """Put all entries of pairs of arrays into one vector, row by row."""
    return np.concatenate([np.ravel(array) for pair in pairs for array in pair])


def _labels(labels, rows, n_classes):
    labels = real_array(labels, "labels")
    if labels.shape != (len(rows),):
        raise ValueError(f"labels must have shape ({len(rows)},), one a row, not {labels.shape}")
    if (labels % 1 != 0).any() or labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError(f"labels must be whole numbers from 0 to {n_classes - 1}")
    return labels.astype(int)
