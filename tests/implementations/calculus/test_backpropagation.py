"""Layers and networks, held to PyTorch, a printed worked example, and central differences."""

import math

import numpy as np
import pytest
from scipy import special

from inputs import reference
from mlmath_helpers.calculus import (
    DivergenceError,
    LinearLayer,
    Network,
    ReLU,
    adam,
    backpropagation,
    check_gradient,
    minibatches,
    momentum,
    softmax_cross_entropy,
    steepest_descent,
    train,
)
from mlmath_helpers.linear_algebra import softmax

TORCH = reference("torch_backprop.json")
PUBLISHED = reference("published_calculus.json")["entries"]


class Tanh:
    """A layer of somebody else's, to show that a network takes any."""

    def forward(self, X):
        self.Y = np.tanh(X)
        return self.Y

    def backward(self, dY):
        return dY * (1 - self.Y**2)


class Sigmoid(Tanh):
    def forward(self, X):
        self.Y = special.expit(X)
        return self.Y

    def backward(self, dY):
        return dY * self.Y * (1 - self.Y)


def network_of(weights, biases, activation, *, after_last=False):
    """Return a network with given weights, W of shape (d_in, d_out), and activation."""
    network = Network([len(weights[0]), *(W.shape[1] for W in weights)], rng=0)
    linear = network.layers[::2]
    for layer, W, b in zip(linear, weights, biases, strict=True):
        layer.W, layer.b = W, b
    network.layers[1::2] = [activation() for _ in network.layers[1::2]]
    if after_last:
        network.layers.append(activation())
    return network, linear


@pytest.mark.parametrize("case", TORCH["networks"], ids=lambda case: case["name"])
def test_the_gradients_of_a_network_are_those_of_pytorch(case):
    X, Y = np.array(case["X"]), np.array(case["Y"])
    weights = [np.array(W).T for W in case["W"]]  # PyTorch keeps (out, in)
    activation = {"tanh": Tanh, "sigmoid": Sigmoid}[case["hidden_activation"]]
    network, linear = network_of(weights, [np.array(b) for b in case["b"]], activation)
    outputs = network.forward(X)
    np.testing.assert_allclose(outputs, case["layer_outputs"][-1], atol=1e-15)
    if case["loss"] == "mse":
        loss, dY = np.mean((outputs - Y) ** 2), 2 * (outputs - Y) / len(X)
    else:
        loss = np.mean(np.logaddexp(0, outputs) - Y * outputs)
        dY = (special.expit(outputs) - Y) / len(X)
    assert loss == pytest.approx(case["loss_value"], rel=1e-14)
    network.backward(dY)
    for layer, dW, db in zip(linear, case["grad_W"], case["grad_b"], strict=True):
        np.testing.assert_allclose(layer.dW, np.transpose(dW), rtol=0, atol=2e-16 * 10)
        np.testing.assert_allclose(layer.db, db, rtol=0, atol=2e-16 * 10)


def test_the_worked_example_of_mazur_comes_out_as_printed():
    case = next(entry for entry in PUBLISHED if entry["id"] == "backprop_mazur")
    given_, printed = case["inputs"], case["expected_as_printed"]
    w = np.array(given_["w"])
    weights = [w[:4].reshape(2, 2).T, w[4:].reshape(2, 2).T]
    biases = [np.full(2, given_["b1"]), np.full(2, given_["b2"])]
    network, linear = network_of(weights, biases, Sigmoid, after_last=True)

    def loss():
        return np.sum((network.forward([given_["inputs"]]) - given_["targets"]) ** 2) / 2

    assert f"{loss():.9f}" == printed["E"]
    network.backward(network.forward([given_["inputs"]]) - given_["targets"])
    slopes = np.concatenate([layer.dW.T.ravel() for layer in linear])
    np.testing.assert_allclose(slopes, TORCH["mazur_autograd"]["grad"], rtol=1e-13)
    for layer in linear:  # as printed, the biases stay
        layer.W = layer.W - given_["lr"] * layer.dW
    new = np.concatenate([layer.W.T.ravel() for layer in linear])
    assert [f"{v:.8f}" for v in new] == [f"{float(v):.8f}" for v in printed["w_new"]]
    assert loss() == pytest.approx(0.29102777369, abs=1e-10)  # 0.291027924 is a misprint


# --- one layer ---


@pytest.fixture
def layer():
    made = LinearLayer(3, 2, scale=1.0, rng=0)
    made.b = np.array([0.5, -1.0])
    return made


@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("mean", [False, True])
def test_backward_is_exact_for_a_sum_and_for_a_mean_alike(layer, n, mean):
    rng = np.random.default_rng(1)
    X, C = rng.standard_normal((n, 3)), rng.standard_normal((n, 2))
    C = C / n if mean else C

    def loss(X=X, W=None, b=None):  # L = sum of C tanh(Y), so that dY = C (1 - tanh(Y)²)
        layer.W = layer.W if W is None else W
        layer.b = layer.b if b is None else b
        return np.sum(C * np.tanh(layer.forward(X)))

    W, b = layer.W.copy(), layer.b.copy()
    Y = layer.forward(X)
    dX = layer.backward(C * (1 - np.tanh(Y) ** 2))
    dW, db = layer.dW, layer.db
    assert check_gradient(lambda x: loss(X=x.reshape(n, 3)), lambda x: dX.ravel(), X.ravel()) < 1e-8
    assert check_gradient(lambda w: loss(W=w.reshape(3, 2)), lambda w: dW.ravel(), W.ravel()) < 1e-8
    layer.W = W
    assert check_gradient(lambda b: loss(b=b), lambda x: db, b) < 1e-8


def test_the_articles_layer_is_too_small_by_the_size_of_the_batch(layer):
    X = np.random.default_rng(2).standard_normal((7, 3))
    dY = layer.forward(X)  # dL/dY of L = sum of Y² / 2
    layer.backward(dY)
    article_dW = X.T @ dY / len(X)
    np.testing.assert_allclose(layer.dW / article_dW, 7.0)


def test_a_layer_starts_as_in_the_article_and_the_seed_fixes_its_weights():
    W = LinearLayer(300, 200, rng=1).W
    assert W.shape == (300, 200)
    assert W.std() == pytest.approx(0.01, rel=0.02)  # 3 standard errors are 0.9 percent
    assert (LinearLayer(300, 200, rng=1).W == W).all()
    assert (LinearLayer(300, 200, rng=2).W != W).all()
    assert (LinearLayer(3, 2).b == 0).all()
    assert LinearLayer(3, 2).dW is None


def test_relu_cuts_the_negative_and_passes_no_slope_at_the_kink():
    relu = ReLU()
    assert relu.forward([[-2, 0, 3]]).tolist() == [[0, 0, 3]]
    assert relu.backward([[7, 7, 7]]).tolist() == [[0, 0, 7]]


@pytest.mark.parametrize(
    ("W", "X", "dY"),
    [
        ([[0.0]], [[1e200]], [[1e200]]),  # dW = X' dY
        ([[0.0]], [[0.0], [0.0]], [[1e308], [1e308]]),  # db, a sum
        ([[1e200]], [[0.0]], [[1e200]]),  # dX = dY W'
    ],
)
def test_no_slope_of_a_layer_is_silently_infinite(W, X, dY):
    layer = LinearLayer(1, 1)
    layer.W = np.array(W)
    layer.forward(X)
    with pytest.raises(FloatingPointError, match="beyond all doubles"):
        layer.backward(dY)


def test_layers_do_not_change_what_they_are_given(layer):
    X, dY = np.ones((2, 3)), np.ones((2, 2))
    layer.forward(X)
    layer.backward(dY)
    relu = ReLU()
    relu.forward(-X)
    relu.backward(X)
    assert (X == 1).all()
    assert (dY == 1).all()


# --- the loss ---


def test_there_is_one_softmax():
    assert backpropagation.softmax is softmax


def test_the_cross_entropy_of_a_guess_among_k_is_log_k():
    loss, gradient = softmax_cross_entropy(np.zeros((2, 4)), [0, 3])
    assert loss == pytest.approx(math.log(4), rel=1e-15)
    np.testing.assert_allclose(gradient[0], np.array([-0.75, 0.25, 0.25, 0.25]) / 2)


def test_the_loss_of_a_wild_mistake_is_finite():
    loss, gradient = softmax_cross_entropy([[1e4, 0.0]], [1])
    assert loss == 1e4
    assert gradient.tolist() == [[1.0, -1.0]]


def test_the_mean_of_two_losses_is_finite_where_their_sum_is_not():
    loss, _ = softmax_cross_entropy([[0.9e308, -0.6e308]] * 2, [1, 1])
    assert loss == pytest.approx(1.5e308)


def test_the_gradient_of_the_loss_is_its_slope_and_each_row_sums_to_zero():
    logits, labels = np.random.default_rng(0).standard_normal((4, 3)), [0, 2, 1, 1]
    gradient = softmax_cross_entropy(logits, labels).gradient
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-16)
    np.testing.assert_allclose(
        softmax_cross_entropy(logits, labels).loss,
        -np.mean(special.log_softmax(logits, axis=1)[range(4), labels]),
        rtol=1e-14,
    )
    assert (
        check_gradient(
            lambda z: softmax_cross_entropy(z.reshape(4, 3), labels).loss,
            lambda z: gradient.ravel(),
            logits.ravel(),
        )
        < 1e-8
    )


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([0], "labels must have shape"),
        ([0, 3], "labels must be whole numbers from 0 to 2"),
        ([0, -1], "labels must be whole"),
        ([0, 0.5], "labels must be whole"),
    ],
)
def test_labels_that_are_no_classes_are_refused(labels, words):
    with pytest.raises(ValueError, match=words):
        softmax_cross_entropy(np.zeros((2, 3)), labels)


# --- the network ---


@pytest.fixture
def small():
    rng = np.random.default_rng(5)
    return Network([2, 5, 4, 3], rng=0), rng.standard_normal((6, 2)), rng.integers(0, 3, 6)


def test_all_gradients_of_a_network_pass_the_check(small):
    network, X, labels = small

    assert (
        check_gradient(
            lambda w: network.loss_at(w, X, labels).loss,
            lambda w: network.loss_at(w, X, labels).gradient,
            network.parameters,
        )
        < 1e-8
    )


def test_parameters_set_are_the_parameters_read(small):
    network, X, _ = small
    other = Network([2, 5, 4, 3], rng=1)
    assert not np.allclose(network.forward(X), other.forward(X))
    other.parameters = network.parameters
    np.testing.assert_array_equal(network.forward(X), other.forward(X))
    assert len(network.parameters) == 2 * 5 + 5 + 5 * 4 + 4 + 4 * 3 + 3


def test_signals_keep_their_size_through_many_layers():
    X = np.random.default_rng(0).standard_normal((200, 100))
    deep = Network([100] * 21, rng=0)
    assert 0.2 < deep.forward(X).std() / X.std() < 5
    for layer in deep.layers[::2]:
        layer.W *= 0.01 / (2 / 100) ** 0.5  # as the article starts them
    assert deep.forward(X).std() < 1e-20


def test_training_lowers_the_loss_and_leaves_the_last_parameters(small):
    network, X, labels = small
    start = network.parameters
    losses, path = train(network, X, labels, n_epochs=200, batch_size=3, rng=0)
    assert losses.shape == (201,)
    assert path.shape == (201, len(start))
    np.testing.assert_array_equal(path[0], start)
    np.testing.assert_array_equal(path[-1], network.parameters)
    assert losses[-1] < 0.1 * losses[0]
    assert network.loss(X, labels).loss == losses[-1]
    assert network.accuracy(X, labels) == 1


@pytest.mark.parametrize(("optimizer", "learning_rate"), [(momentum, 0.1), (adam, 0.02)])
def test_other_optimizers_train_too(small, optimizer, learning_rate):
    network, X, labels = small
    settings = {"optimizer": optimizer, "learning_rate": learning_rate, "rng": 0}
    losses = train(network, X, labels, n_epochs=100, batch_size=2, **settings).losses
    assert losses[-1] < 0.5 * losses[0]


def test_the_seed_fixes_the_training(small):
    _, X, labels = small
    first, again, other = (
        train(Network([2, 3, 3], rng=0), X, labels, batch_size=2, n_epochs=3, rng=seed).losses
        for seed in (0, 0, 1)
    )
    assert first.tolist() == again.tolist() != other.tolist()


def test_a_training_that_blows_up_says_so(small):
    network, X, labels = small
    with pytest.raises(DivergenceError, match="smaller learning_rate"):
        train(network, 1e3 * X, labels, learning_rate=1e160, n_epochs=50, batch_size=2, rng=0)
    with pytest.raises(FloatingPointError, match="smaller learning_rate"):
        train(network, 1e3 * X, labels, learning_rate=1e160, n_epochs=1, batch_size=6, rng=0)


def test_misuse_is_refused_in_words(small):
    network, X, labels = small
    fresh = LinearLayer(2, 2)
    for call, words in [
        (lambda: fresh.backward([[1.0, 1.0]]), "call forward before backward"),
        (lambda: ReLU().backward([[1.0]]), "call forward before backward"),
        (lambda: network.forward(np.ones((2, 3))), "X must have 2 columns"),
        (lambda: network.forward([[math.nan, 0]]), "X holds nan"),
        (lambda: Network([3]), "at least two numbers"),
        (lambda: Network([3, 0]), "each of sizes"),
        (lambda: LinearLayer(0, 1), "input_dim"),
        (lambda: setattr(network, "parameters", [1.0]), "parameters must hold"),
        (lambda: train(network, X, labels[:-1]), "labels must have shape"),
        (lambda: train(network, X, labels, batch_size=7), "batch_size"),
        (lambda: network.accuracy(X, labels + 3), "labels must be whole"),
    ]:
        with pytest.raises(ValueError, match=words):
            call()
    network.forward(X)
    with pytest.raises(ValueError, match="dY must have the shape of the output"):
        network.backward(np.ones((6, 2)))


def test_scores_farther_apart_than_any_double_are_decided_not_warned_about():
    np.testing.assert_array_equal(softmax([1e308, -1e308]), [1.0, 0.0])
    assert softmax_cross_entropy([[1e308, -1e308]], [0]).loss == 0
    with pytest.raises(FloatingPointError, match="beyond all doubles"):
        softmax_cross_entropy([[1e308, -1e308]], [1])


# --- the check of a gradient ---


def test_a_right_gradient_passes_the_check_and_each_wrong_entry_fails_it():
    A = np.array([[2.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, -1.0, 1.0]])
    x = np.array([1.0, -2.0, 0.5])

    def f(x):
        return x @ A @ x / 2

    assert check_gradient(f, lambda x: A @ x, x) < 1e-9
    for i in range(3):
        wrong = np.eye(3)[i] * 0.05
        assert check_gradient(f, lambda x, wrong=wrong: A @ x + wrong, x) > 1e-3


def test_a_gradient_too_small_by_a_factor_m_disagrees_by_one_minus_one_over_m():
    x = np.array([0.3, 0.4])
    assert check_gradient(lambda x: x @ x, lambda x: 2 * x / 4, x) == pytest.approx(0.75)


def test_where_all_slopes_are_zero_a_zero_gradient_agrees():
    assert check_gradient(lambda x: 7.0, np.zeros_like, [1.0, 2.0]) == 0


def test_the_check_leaves_the_point_as_it_was():
    x = np.array([1.0, 2.0])
    check_gradient(lambda x: x @ x, lambda x: 2 * x, x)
    assert x.tolist() == [1.0, 2.0]


def test_a_gradient_that_changes_its_argument_is_checked_where_it_was_asked():
    def spoil(x):
        slope = 2 * x
        x[:] = 99
        return slope

    assert check_gradient(lambda x: x @ x, spoil, [1.0, 2.0]) < 1e-8


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="must have the shape of x"):
        check_gradient(lambda x: x @ x, lambda x: x[:1], [1.0, 2.0])


def test_a_right_gradient_passes_where_f_changes_on_the_scale_of_x():
    def grow(x):
        return np.exp(1e6 * x).sum()

    assert check_gradient(grow, lambda x: 1e6 * np.exp(1e6 * x), [1e-6, -2e-6]) < 1e-7
    assert check_gradient(grow, lambda x: 2e6 * np.exp(1e6 * x), [1e-6, -2e-6]) > 0.1


def test_what_rounding_alone_explains_is_no_verdict_and_the_step_is_named():
    def far(x):
        return 1e8 + x @ x

    with pytest.raises(ValueError, match=r"at the step 6\.1e-06 rounding .*: subtract a constant"):
        check_gradient(far, lambda x: 2 * x, [1.0, 2.0])
    assert check_gradient(far, lambda x: 2.1 * x, [1.0, 2.0]) > 0.01  # too wrong for rounding


# --- training is one walk


@pytest.mark.parametrize("rule", [steepest_descent, momentum, adam])
@pytest.mark.parametrize("batch_size", [6, 4])
def test_training_does_nothing_but_walk(small, rule, batch_size):
    network, X, labels = small
    start, batches = network.parameters, -(-6 // batch_size)
    noisy = minibatches(
        lambda w, X, y: network.loss_at(w, X, y).gradient,
        X,
        labels,
        batch_size=batch_size,
        rng=3,
    )
    walked = rule(noisy, start, learning_rate=0.05, n_steps=7 * batches)[::batches]
    network.parameters = start
    settings = {"optimizer": rule, "learning_rate": 0.05, "batch_size": batch_size, "rng": 3}
    path = train(network, X, labels, n_epochs=7, **settings).path
    np.testing.assert_array_equal(path, walked)


def test_a_full_batch_with_momentum_is_not_plain_descent(small):
    network, X, labels = small
    start, paths = network.parameters, []
    for rule in (momentum, steepest_descent):
        network.parameters = start
        paths.append(train(network, X, labels, optimizer=rule, n_epochs=3, batch_size=6).path)
    np.testing.assert_allclose(paths[0][1], paths[1][1], rtol=1e-12)  # the first step is the same
    assert np.abs(paths[0][2] - paths[1][2]).max() > 1e-3


def test_fewer_samples_than_the_usual_batch_are_one_batch(small):
    network, X, labels = small
    start = network.parameters
    usual = train(network, X, labels, n_epochs=2, rng=0).path
    network.parameters = start
    np.testing.assert_array_equal(
        usual, train(network, X, labels, n_epochs=2, batch_size=6, rng=0).path
    )


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
TINY = Network([1, 2], rng=0)
BAD = [
    (check_gradient, (3.0, np.cos, [1.0]), {}, TypeError, "f", "must be a function"),
    (check_gradient, (np.sum, 3.0, [1.0]), {}, TypeError, "grad", "must be a function"),
    (check_gradient, (np.sum, np.sum, [1.0]), {}, ValueError, "grad", "1-D array"),
    (check_gradient, (np.sum, np.cos, [NAN]), {}, ValueError, "x", "nan or inf"),
    (check_gradient, (np.sum, np.cos, 1.0), {}, ValueError, "x", "1-D array"),
    (ReLU, (2,), {}, TypeError, "ReLU", "takes no arguments"),
    (LinearLayer, (0, 1), {}, ValueError, "input_dim", "at least 1"),
    (LinearLayer, (1, 1.5), {}, TypeError, "output_dim", "whole number"),
    (LinearLayer, (1, 1), {"scale": -1}, ValueError, "scale", "at least 0"),
    (LinearLayer, (1, 1), {"rng": -1}, ValueError, "rng", "a seed"),
    (Network, (3,), {}, TypeError, "sizes", "list of whole numbers"),
    (Network, ([3],), {}, ValueError, "sizes", "at least two"),
    (Network, ([3, 0],), {}, ValueError, "sizes", "at least 1"),
    (Network, ([3, 2],), {"rng": 1.5}, TypeError, "rng", "a seed"),
    (softmax_cross_entropy, ([1.0, 2.0], [0]), {}, ValueError, "logits", "2-D array"),
    (softmax_cross_entropy, ([[1.0, 2.0]], [2]), {}, ValueError, "labels", "from 0 to 1"),
    (softmax_cross_entropy, ([[1.0, 2.0]], [[0]]), {}, ValueError, "labels", "one a row"),
    (train, (3, [[1.0]], [0]), {}, TypeError, "network", "a Network"),
    (train, (TINY, [1.0], [0]), {}, ValueError, "X", "2-D array"),
    (train, (TINY, [[1.0, 2.0]], [0]), {}, ValueError, "X", "1 columns"),
    (train, (TINY, [[1.0]], [2]), {}, ValueError, "labels", "from 0 to 1"),
    (train, (TINY, [[1.0]], [0]), {"optimizer": "adam"}, TypeError, "optimizer", "a function"),
    (train, (TINY, [[1.0]], [0]), {"n_epochs": 0}, ValueError, "n_epochs", "at least 1"),
    *[
        (train, (TINY, [[1.0]], [0]), {"batch_size": 1} | keywords, kind, name, remedy)
        for keywords, kind, name, remedy in [
            ({"batch_size": 2}, ValueError, "batch_size", "at most 1"),
            ({"learning_rate": 0}, ValueError, "learning_rate", "above 0"),
            ({"rng": "lucky"}, TypeError, "rng", "a seed"),
        ]
    ],
]
