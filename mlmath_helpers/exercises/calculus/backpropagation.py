"""Your turn in the section "Backpropagation"."""

import numpy as np

from .._engine.exercise import Exercise
from .._engine.prediction import Prediction


def relu_backward(X, dY):
    """Gradient dL/dX for Y = max(0, X), given dY = dL/dY; at X = 0 the slope counts as 0."""
    slope = np.where(X > 0, 1, 0)
    return slope * dY


def _before_and_after_relu():
    rng = np.random.default_rng(25)
    by_hand = [
        (np.array([[-2.0, 0.0, 0.5, 4.0]]), np.array([[5.0, 6.0, -7.0, 8.0]])),
        (np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1, -1], [0, 2]]), np.array([[3, 4], [5, 6]])),
        (np.array([[1.0, -1.0, 2.0]]) / 3, np.array([[1.0, 2.0, -4.0]]) / 7),
        (-np.ones((2, 2)), np.ones((2, 2))),
        (np.arange(-4.0, 4.0).reshape(2, 4)[:, ::2], np.arange(8.0).reshape(2, 4)[:, ::2]),
    ]
    random = [tuple(rng.normal(size=(2, *shape)).round(1)) for shape in ((3, 2), (4, 5))]
    return tuple(by_hand + random)


RELU_BACKWARD = Exercise(
    relu_backward,
    cases=_before_and_after_relu(),
    hints=(
        "How much does max(0, x) change when a positive x changes a little? And a negative one?",
        "The slope is 1 where X > 0 and 0 elsewhere; the chain rule multiplies it by dY.",
        "np.where(X > 0, 1, 0) is the slope of each entry; multiply it by dY.",
    ),
    mistakes={
        "np.maximum(0, dY)": "You cut off negative dY; what counts is where X was negative.",
        "dY * (X >= 0)": "At X = 0 you pass the derivative on; it is to count as 0 there.",
        "np.maximum(0, X) * dY": (
            "That multiplies by the output of ReLU; multiply by its slope, 1 or 0."
        ),
        "np.where(X > 0, 1, 0)": (
            "That is the slope of ReLU alone; the chain rule multiplies it by dY."
        ),
        "dY": "Where X was negative nothing got through, so nothing comes back.",
        "dY * np.sign(X)": "A negative X has slope 0, not -1.",
        "dY * (dY > 0) * (X > 0)": (
            "You also drop negative dY; keep whatever comes back where X > 0."
        ),
        "dY * np.heaviside(X, 0.5)": (
            "At X = 0 you pass half of dY on; the slope counts as 0 there."
        ),
    },
    why=(
        "Each entry of Y depends on its own entry of X alone, so the chain rule multiplies entry "
        "by entry; max(0, x) has the slope 1 above 0 and the slope 0 below."
    ),
)


def weight_gradient(X, dY):
    """Gradient dL/dW for Y = X @ W + b, given dY = dL/dY, shapes (n, d_in) and (n, d_out)."""
    return X.T @ dY


def _layer_inputs():
    rng = np.random.default_rng(26)
    by_hand = [
        (
            np.array([[1.0, 2, 0, -1], [3, 4, 1, 2], [0, -2, 5, 1]]),
            np.array([[5.0, -1, 2, 0, 1], [0, 2, 1, 3, -2], [1, 0, -3, 2, 4]]),
        ),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, -1.0], [0.0, 2.0]])),
        (np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1, 2, 3]]), np.array([[4, 5]])),
        (np.array([[1.0], [2.0], [3.0]]), np.ones((3, 1))),
        (np.arange(12.0).reshape(3, 4)[:, ::2], np.arange(12.0).reshape(3, 4)[:, 1::2]),
    ]
    shapes = ((4, 3, 2), (5, 2, 4), (6, 4, 4))
    random = [
        (rng.normal(size=(n, i)).round(2), rng.normal(size=(n, o)).round(3)) for n, i, o in shapes
    ]
    return tuple(by_hand + random)


WEIGHT_GRADIENT = Exercise(
    weight_gradient,
    cases=_layer_inputs(),
    hints=(
        "W has shape (d_in, d_out), and so has dL/dW. Which product of X and dY has that shape?",
        "W[i, j] feeds Y[k, j] with weight X[k, i], so its derivative sums X[k, i] * dY[k, j] "
        "over the samples k.",
        "That sum over the rows is a matrix product with the first matrix transposed.",
    ),
    mistakes={
        "X.T @ dY / len(X)": (
            "You divide by the number of samples, as the article does; if the loss is a mean, "
            "dY already holds that division."
        ),
        "dY.T @ X": (
            "The numbers are right, but transposed: dL/dW has the shape of W, (d_in, d_out)."
        ),
        "X @ dY": "Each row of X belongs to a sample; sum over the samples by transposing X.",
        "X @ dY.T": (
            "That pairs each sample with each sample; the sum over the samples needs X.T in front."
        ),
        "X * dY": "In numpy * multiplies entry by entry; a matrix product is written @.",
        "X.T @ np.ones_like(dY)": "dY is not used: the chain rule multiplies by what comes back.",
        "dY.sum(axis=0)": "That is dL/db, the derivative by the bias.",
        "2 * X.T @ dY / len(X)": (
            "dY is the derivative by Y already, whatever the loss is: no 2 and no number of "
            "samples is left to come."
        ),
    },
    why=(
        "W[i, j] enters Y[r, j] with the factor X[r, i], in every row r; the chain rule adds "
        "these up, and the sum over r of X[r, i] * dY[r, j] is entry (i, j) of X.T @ dY."
    ),
)


def input_gradient(W, dY):
    """Gradient dL/dX for Y = X @ W + b, given dY = dL/dY, shapes (d_in, d_out), (n, d_out)."""
    return dY @ W.T


def _layer_outputs():
    rng = np.random.default_rng(27)
    by_hand = [
        (
            np.array([[1.0, 2, 0, -1, 3], [3, 4, 1, 2, 0], [0, -2, 5, 1, 1], [2, 0, 1, -3, 4]]),
            np.array([[5.0, -1, 2, 0, 1], [0, 2, 1, 3, -2], [1, 0, -3, 2, 4]]),
        ),
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[5.0, -1.0], [0.0, 2.0]])),
        (np.array([[3.0]]), np.array([[2.0]])),
        (np.array([[1, 2, 3]]), np.array([[4, 5, 6]])),
        (np.array([[1.0], [2.0]]), np.ones((3, 1))),
        (np.arange(12.0).reshape(3, 4)[:, ::2], np.arange(8.0).reshape(2, 4)[:, 1::2]),
    ]
    shapes = ((4, 3, 2), (5, 2, 4), (2, 4, 4))
    random = [
        (rng.normal(size=(i, o)).round(2), rng.normal(size=(n, o)).round(3)) for n, i, o in shapes
    ]
    return tuple(by_hand + random)


INPUT_GRADIENT = Exercise(
    input_gradient,
    cases=_layer_outputs(),
    hints=(
        "X has shape (n, d_in), and so has dL/dX. Which product of dY and W has that shape?",
        "X[k, i] feeds every Y[k, j] with weight W[i, j]; sum dY[k, j] * W[i, j] over j.",
        "That is dY times W transposed.",
    ),
    mistakes={
        "dY @ W": "Forward the product is with W; backward it is with W transposed.",
        "W @ dY.T": "Right but transposed: samples are rows, so dL/dX has shape (n, d_in).",
        "dY @ W.T / len(dY)": (
            "Do not divide by the number of samples: dY is the derivative of the whole loss."
        ),
        "W.T @ dY": (
            "W is to be transposed, but it stands on the other side: the rows of dY are samples."
        ),
        "W * dY": "The sign * multiplies entry by entry; the matrix product is @.",
        "W @ dY": "The weights stand on the right of X, so W transposed stands on the right of dY.",
        "np.ones_like(dY) @ W.T": (
            "What comes back, dY, does not enter: the weights have to be multiplied by it."
        ),
    },
    why=(
        "X[r, i] enters each Y[r, j] with the factor W[i, j]; the chain rule adds up dY[r, j] * "
        "W[i, j] over j, which is entry (r, i) of dY @ W.T."
    ),
)


def broken_entry(X, y, w, claimed):
    """Index of the largest absolute error in a claimed gradient of np.mean((X @ w - y) ** 2)."""
    steps = 1e-5 * np.eye(len(w))
    rises = [np.mean((X @ (w + s) - y) ** 2) - np.mean((X @ (w - s) - y) ** 2) for s in steps]
    return np.argmax(np.abs(claimed - np.array(rises) / 2e-5))


def _true_gradient(X, y, w):
    return 2 * X.T @ (X @ w - y) / len(y)


def _claims():
    rng = np.random.default_rng(28)
    by_hand = [
        (  # right are 8, 22.7, -22.7, 6.7, 17.3, 25.3, -12, 22.7, 9.3, 25.3 and 20
            np.array(
                [
                    [2, 4, 4, 0, -1, -2, -4, -1, 2, -2, -1],
                    [-3, 3, 2, 2, 3, -1, -4, -1, -4, -1, 1],
                    [-1, -4, 1, -1, -2, -2, 3, -2, -1, -2, -2],
                ]
            ),
            np.array([5.0, -1.0, 1.0]),
            np.ones(11),
            np.array([9.8, 24.4, -22.7, 10.4, 20.8, 22.7, -5.9, 16.1, 8.3, 21.8, 24.0]),
        ),
        (np.array([[3.0]]), np.array([1.0]), np.array([2.0]), np.array([0.0])),
        (np.array([[1, 2], [0, 1]]), np.array([1, 0]), np.array([1, 1]), np.array([4, 5])),
        (
            np.arange(12.0).reshape(3, 4)[:, ::2],
            np.ones(6)[::2],
            np.array([1.0, 9.0, -1.0, 9.0])[::2],
            np.array([-4.0, 9.0, -38.0, 9.0])[::2],
        ),
    ]
    by_hand.append(  # right are 0.4 and 0.5: not to be rounded
        (np.array([[0.2, 0.25]]), np.array([-1.0]), np.zeros(2), np.array([0.1, 0.7]))
    )
    by_hand.append(  # right are 2, 4, 6: the first entry agrees
        (
            np.array([[1.0, 2.0, 3.0]]),
            np.array([0.0]),
            np.array([1.0, 0.0, 0.0]),
            np.array([2, 5, 3]),
        )
    )
    by_hand.append(  # right are 2, 4, 6: of the last only the size is
        (
            np.array([[1.0, 2.0, 3.0]]),
            np.array([0.0]),
            np.array([1.0, 0.0, 0.0]),
            np.array([2.5, 4.0, -6.0]),
        )
    )
    for n, d in ((4, 3), (6, 5), (5, 7), (3, 6), (8, 4)):
        X, y, w = rng.normal(size=(n, d)).round(1), rng.normal(size=n).round(1), np.ones(d)
        errors = rng.normal(scale=0.2, size=d)
        errors[rng.integers(d)] += 1
        by_hand.append((X, y, w, (_true_gradient(X, y, w) + errors).round(2)))
    return tuple(by_hand)


def _in_whole_numbers(X, y, w, claimed):
    slopes = 0 * w if w.dtype.kind == "i" else _true_gradient(X, y, w)
    return np.argmax(np.abs(claimed - slopes))


BROKEN_ENTRY = Exercise(
    broken_entry,
    cases=_claims(),
    hints=(
        "How would you measure the slope of the loss along the first weight alone?",
        "Move one entry of w by a small h, up and down: "
        "the rows of h * np.eye(len(w)) are such steps.",
        "Collect the measured slopes in an array; "
        "np.argmax(np.abs(claimed - measured)) is the index asked for.",
    ),
    mistakes={
        "np.argmax(np.abs(claimed))": (
            "That is the largest entry of the gradient; measure each slope and compare."
        ),
        "np.argmax(claimed - _true_gradient(X, y, w))": (
            "A claim may also be too small: compare absolute values."
        ),
        "np.argmax(_true_gradient(X, y, w) - claimed)": (
            "A claim may also be too large: compare absolute values."
        ),
        "np.max(np.abs(claimed - _true_gradient(X, y, w)))": (
            "That is the size of the error; np.argmax tells where it stands."
        ),
        "np.argmin(np.abs(claimed - _true_gradient(X, y, w)))": (
            "That entry agrees best; the one that disagrees most is asked for."
        ),
        "np.argmax(np.abs(claimed - _true_gradient(X, y, w))) + 1": "Count from 0, as Python does.",
        "np.argmax(np.abs(claimed - len(y) * _true_gradient(X, y, w)))": (
            "You measure the sum of the squares; the loss is their mean."
        ),
        "np.argmax(np.abs(claimed - _true_gradient(X, y, w) / 2))": (
            "You compare with half the gradient: the slope of a square has a factor 2."
        ),
        "np.argmax(np.abs(claimed / _true_gradient(X, y, w) - 1))": (
            "That is the largest error relative to its entry; the largest itself is asked for."
        ),
        "claimed[np.argmax(np.abs(claimed - _true_gradient(X, y, w)))]": (
            "That is the wrong entry itself; return its index."
        ),
        "np.argmax(np.abs(claimed + _true_gradient(X, y, w)))": (
            "That is where the gradient is large; look where claimed and measured differ, by a "
            "difference, with the sign of X @ w - y."
        ),
        "np.flatnonzero(np.abs(claimed - _true_gradient(X, y, w)) > 1e-5)[0]": (
            "That is the first entry which is off; the one which is off most is asked for."
        ),
        "np.argmax(np.abs(np.abs(claimed) - np.abs(_true_gradient(X, y, w))))": (
            "Where the sign of a claim is wrong, its size can be right: compare first, and then "
            "take absolute values."
        ),
        _in_whole_numbers: (
            "w holds whole numbers here, and a small step put into one of its entries is cut off: "
            "work on w.astype(float)."
        ),
    },
    why=(
        "Each row of steps moves one weight alone, so the rise over 2e-5 measures that entry of "
        "the true gradient, whatever is claimed."
    ),
)

BIRDS_NEVER_SEEN = Prediction(
    "Both losses fall: the solid one, on the birds that the network learns from, and the dashed "
    "one, on birds that it never sees. Where does the dashed one end after 60 epochs?",
    {
        "below the solid one": (
            "It ends at 0.112 nats, and the solid one at 0.122. No bird is easier for not being "
            "seen: that is the luck of this deal, as the forty deals below the figure show."
        ),
        "above the solid one": (
            "So one expects, for the network knows only the others. It is so on the average, by a "
            "little. But which birds are held out is luck, and in this deal they are easy ones."
        ),
        "at the same height, within 1%": (
            "They fall side by side for most of the way, for the species are easily told apart. "
            "At the end they are nearly a tenth apart: other birds, other mistakes."
        ),
    },
    answer="below the solid one",
)
