"""Backpropagation: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.calculus import LinearLayer, Network, ReLU, train
from mlmath_helpers.datasets import load_penguins

OTHER_WAYS = {
    "relu_backward": [
        "return dY * (X > 0)",
        "dX = dY.copy()\ndX[X <= 0] = 0\nreturn dX",
        "return [[d if x > 0 else 0 for x, d in zip(*rows)] for rows in zip(X, dY)]",
    ],
    "weight_gradient": [
        "return (dY.T @ X).T",
        "return sum(np.outer(x, d) for x, d in zip(X, dY))",
        "return np.einsum('ki,kj->ij', X, dY)",
    ],
    "input_gradient": [
        "return (W @ dY.T).T",
        "return [W @ d for d in dY]",
    ],
    "broken_entry": [
        "truth = 2 * X.T @ (X @ w - y) / len(y)\nreturn int(np.argmax((claimed - truth) ** 2))",
        "worst, index = -1, 0\nfor i in range(len(w)):\n    up = w.astype(float)\n"
        "    up[i] += 1e-6\n"
        "    slope = (np.mean((X @ up - y) ** 2) - np.mean((X @ w - y) ** 2)) / 1e-6\n"
        "    if abs(claimed[i] - slope) > worst:\n"
        "        worst, index = abs(claimed[i] - slope), i\nreturn index",
    ],
}

WRONG_WAYS = [
    (
        "broken_entry",
        "g = np.zeros(len(w))\n"
        "for i in range(len(w)):\n"
        "    u = w.copy()\n"
        "    d = w.copy()\n"
        "    u[i] += 1e-05\n"
        "    d[i] -= 1e-05\n"
        "    g[i] = (np.mean((X @ u - y) ** 2) - np.mean((X @ d - y) ** 2)) / 2e-05\n"
        "return np.argmax(np.abs(claimed - g))",
        "w holds whole numbers here,",
    ),
    (
        "broken_entry",
        "return np.argmax(np.abs(np.abs(claimed) - np.abs(2 * X.T @ (X @ w - y) / len(y))))",
        "Where the sign of a",
    ),
]

NOT_SAID = [
    (  # the sign of the whole gradient turned
        "broken_entry",
        "g = -2 * X.T @ (X @ w - y) / len(y)\nreturn int(np.argmax(np.abs(g - claimed)))",
        "sum of the squares",
    ),
    (
        "broken_entry",
        "f = lambda w: np.mean((X @ w - y) ** 2)\n"
        "g = np.array([(f(w + 1e-4) - f(w - 1e-4)) / 2e-4 for _ in w])\n"
        "return int(np.argmax(np.abs(g - claimed)))",
        "sum of the squares",
    ),
    (
        "broken_entry",
        "g = 2 * X.T @ (X @ w - y) / len(y)\n"
        "return int(np.flatnonzero(~np.isclose(g, claimed))[0])",
        "largest entry of the gradient",
    ),
    ("weight_gradient", "return X.T @ dY / dY.shape[1]", "number of samples"),
]

EQUIVALENT = {
    "broken_entry": {
        "return np.argmax(np.abs(np.array(rises) / 2e-05 - claimed))": (
            "a square and an absolute value do not mind the sign"
        ),
        "rises = [np.mean((y - X @ (w + s)) ** 2) - np.mean((X @ (w - s) - y) ** 2) "
        "for s in steps]": "a square and an absolute value do not mind the sign",
        "rises = [np.mean((X @ (w + s) - y) ** 2) - np.mean((y - X @ (w - s)) ** 2) "
        "for s in steps]": "a square and an absolute value do not mind the sign",
    },
}


def test_the_backward_passes_are_those_of_the_layers():
    for dX, (X, dY) in answers("relu_backward"):
        relu = ReLU()
        relu.forward(X)
        assert np.array_equal(relu.backward(dY), dX)
    for dW, (X, dY) in answers("weight_gradient"):
        layer = LinearLayer(X.shape[1], dY.shape[1], rng=0)
        layer.forward(X)
        layer.backward(dY)
        assert layer.dW == pytest.approx(dW)
    for dX, (W, dY) in answers("input_gradient"):
        layer = LinearLayer(*W.shape, rng=0)
        layer.W = W
        layer.forward(np.ones((len(dY), len(W))))
        assert layer.backward(dY) == pytest.approx(dX)


def test_the_broken_entry_is_furthest_from_the_gradient_by_hand():
    for index, (X, y, w, claimed) in answers("broken_entry"):
        gaps = np.abs(claimed - 2 * X.T @ (X @ w - y) / len(y))
        assert index == gaps.argmax()
        assert np.sum(gaps > gaps.max() - 0.1) == 1


def _birds_never_seen():
    """Return where the loss on birds held out ends, in the figure's deal."""
    penguins = load_penguins()
    known = ~np.isnan(penguins.measurements).any(axis=1)
    bills = penguins.measurements[known, :2]
    kinds = np.unique(penguins.species[known], return_inverse=True)[1]
    dealt = np.random.default_rng(0).permutation(len(bills))
    out, seen = dealt[: len(dealt) // 3], dealt[len(dealt) // 3 :]
    Z = (bills - bills[seen].mean(axis=0)) / bills[seen].std(axis=0)
    network = Network([2, 16, 3], rng=0)
    settings = {"learning_rate": 0.03, "n_epochs": 60, "batch_size": 16, "rng": 0}
    losses, _ = train(network, Z[seen], kinds[seen], **settings)
    ratio = network.loss(Z[out], kinds[out]).loss / losses[-1]
    if abs(ratio - 1) < 0.01:
        return "at the same height, within 1%"
    return "above the solid one" if ratio > 1 else "below the solid one"


PREDICTED = {"birds_never_seen": _birds_never_seen}
