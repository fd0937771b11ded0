"""Walking downhill, held to PyTorch, Torch7, Keras, printed iterates and the theory."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import rosen_der, rosen_hess

from inputs import reference
from mlmath_helpers.calculus import (
    DivergenceError,
    adagrad,
    adam,
    minibatches,
    momentum,
    nesterov,
    newton,
    rmsprop,
    steepest_descent,
)

TORCH = reference("torch_trajectories.json")
TORCH7 = reference("torch7_rosenbrock.json")
KERAS = reference("keras_golden.json")
PUBLISHED = reference("published_calculus.json")["entries"]
FIRST_ORDER = [steepest_descent, momentum, nesterov, adagrad, rmsprop, adam]
GRADIENTS = {
    "quadratic_1_25": lambda x: np.array([x[0], 25 * x[1]]),
    "booth": lambda x: np.array([10 * x[0] + 8 * x[1] - 34, 8 * x[0] + 10 * x[1] - 38]),
}


# The names of PyTorch's runs in our words.
RULES = {
    "sgd": (steepest_descent, {}),
    "momentum_0.9": (momentum, {"beta": 0.9}),
    "nesterov_0.9": (nesterov, {"beta": 0.9}),
    "rmsprop_alpha0.99": (rmsprop, {"beta": 0.99}),
    "rmsprop_alpha0.9": (rmsprop, {"beta": 0.9}),
    "adagrad": (adagrad, {}),
    "adam": (adam, {}),
    "adam_beta2_0.99": (adam, {"beta2": 0.99}),
    "adamw_wd0.01": (adam, {"weight_decay": 0.01}),
}


@pytest.mark.parametrize("run", TORCH["runs"], ids=lambda run: run["function"] + run["optimizer"])
def test_a_walk_is_that_of_pytorch(run):
    rule, settings = RULES[run["optimizer"]]
    path = rule(
        GRADIENTS[run["function"]], run["x0"], learning_rate=run["lr"], n_steps=1000, **settings
    )
    # RMSprop swings for ever about the minimum, and rounding decides on which side it then is.
    compared = 21 if rule is rmsprop else len(run["steps"])
    np.testing.assert_allclose(
        path[run["steps"][:compared]], run["x"][:compared], rtol=0, atol=1e-13
    )


def torch7_field(x):
    return np.array(
        [-400 * x[0] * (x[1] - x[0] ** 2) - 2 * (1 - x[0]), 200 * x[0] * (x[1] - x[0] ** 2)]
    )


def torch7_runs():
    """Yield the runs that our arguments can express, with the path that ours should be.

    Left out: dampening other than none, a learning rate that decays, and Torch7's eps inside
    the bias correction where it is so large (0.001) that this matters.
    """
    for run in TORCH7["runs"]:
        config, name = run["config"], run["algorithm"]
        if {"dampening", "learningRateDecay", "epsilon"} & set(config):
            continue
        decay = config.get("weightDecay", 0.0)
        settings = {
            "learning_rate": config.get("learningRate", 0.01 if name == "rmsprop" else 0.001)
        }
        if name == "adam":
            settings |= {"beta1": config.get("beta1", 0.9), "beta2": config.get("beta2", 0.999)}
        elif name == "rmsprop":
            settings |= {"beta": config.get("alpha", 0.99), "initial": 1.0}
        elif name == "nag":
            settings |= {"beta": config.get("momentum", 0.9)}
        yield pytest.param(name, settings, decay, run["x"], id=f"{name} {config}")


@pytest.mark.parametrize(("name", "settings", "decay", "expected"), list(torch7_runs()))
def test_a_walk_is_that_of_torch7(name, settings, decay, expected):
    def field(x):
        return torch7_field(x) + decay * x

    rule = {"adagrad": adagrad, "adam": adam, "nag": nesterov, "rmsprop": rmsprop}.get(
        name, steepest_descent
    )
    path = rule(field, TORCH7["x0"], n_steps=100, **settings)
    if name == "nag":  # ours are the points looked ahead to, theirs one plain step further
        ours = np.array([x - settings["learning_rate"] * field(x) for x in path[:-1]])
    else:
        ours = path[1:]
    # 12 decimals are printed; Torch7's Adam adds eps elsewhere, which 100 steps turn into 1e-9
    np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-8 if name == "adam" else 2e-12)


def test_torch7_runs_are_not_silently_left_out():
    assert len(list(torch7_runs())) == 10


KERAS_RULES = {
    "adam single step lr=0.5": (adam, {"learning_rate": 0.5, "eps": 1e-7}),
    "rmsprop single step lr=0.5 rho=0.9": (rmsprop, {"learning_rate": 0.5, "beta": 0.9}),
    "adagrad single step lr=0.5 init=0.1": (adagrad, {"learning_rate": 0.5, "initial": 0.1}),
    "sgd single step lr=0.5": (steepest_descent, {"learning_rate": 0.5}),
    "adagrad lr=0.2 init=0.3 eps=1e-6": (
        adagrad,
        {"learning_rate": 0.2, "initial": 0.3, "eps": 1e-6},
    ),
    "sgd lr=0.01 (nesterov flag has no effect at momentum 0)": (
        steepest_descent,
        {"learning_rate": 0.01},
    ),
}


@pytest.mark.parametrize("case", KERAS["single_step"], ids=lambda case: case["test"])
def test_a_single_step_is_that_of_keras(case):
    rule, settings = KERAS_RULES[case["test"]]
    path = rule(lambda x: case["grad"], case["x0"], n_steps=1, **settings)
    np.testing.assert_allclose(path[1], case["expected"], atol=5e-4)


@pytest.mark.parametrize(
    "case", [c for c in KERAS["multi_step"] if c["test"] in KERAS_RULES], ids=lambda c: c["test"]
)
def test_five_steps_are_those_of_keras(case):
    slopes = iter([np.full(10, 0.01)] + 5 * [np.arange(1, 11) / 10])
    rule, settings = KERAS_RULES[case["test"]]
    path = rule(lambda x: next(slopes), np.ones(10), n_steps=5, **settings)
    np.testing.assert_allclose(path[1:], case["golden"], atol=5e-4)


def test_newton_on_rosenbrock_visits_the_printed_points():
    published = next(entry for entry in PUBLISHED if entry["id"] == "newton_rosenbrock")
    exact = np.array(published["expected"]["iterates_exact_50_digits"], dtype=float)
    path = newton(rosen_der, published["inputs"]["x0"], hessian=rosen_hess, n_steps=len(exact))
    np.testing.assert_allclose(path[1:], exact, rtol=1e-9)


def test_newton_reaches_the_minimum_of_a_quadratic_in_one_step():
    A, b = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([1.0, -1.0])
    path = newton(lambda x: A @ x - b, [5.0, 5.0], hessian=lambda x: A, n_steps=1)
    np.testing.assert_allclose(A @ path[1], b, atol=1e-12)


def test_newton_is_drawn_to_a_saddle_that_descent_leaves():
    def grad(x):
        return np.array([x[0], x[1] ** 3 - x[1]])

    def hessian(x):
        return np.diag([1.0, 3 * x[1] ** 2 - 1])

    start = [1.0, 0.1]
    np.testing.assert_allclose(newton(grad, start, hessian=hessian)[-1], [0, 0], atol=1e-12)
    np.testing.assert_allclose(steepest_descent(grad, start)[-1], [0, 1], atol=1e-3)


def test_momentum_without_memory_is_plain_descent():
    plain = steepest_descent(rosen_der, [-1.2, 1.0], learning_rate=1e-3)
    for rule in (momentum, nesterov):
        np.testing.assert_array_equal(
            rule(rosen_der, [-1.2, 1.0], learning_rate=1e-3, beta=0), plain
        )


def test_in_a_steady_slope_momentum_walks_ten_times_as_fast():
    path = momentum(lambda x: np.ones(1), [0.0], learning_rate=1.0, n_steps=500, beta=0.9)
    assert path[-2, 0] - path[-1, 0] == pytest.approx(10)


@given(st.floats(1e-3, 1e3))
def test_the_first_step_of_adam_is_one_learning_rate_whatever_the_slope(size):
    path = adam(lambda x: np.array([size, -size]), [0.0, 0.0], learning_rate=0.5, n_steps=1)
    np.testing.assert_allclose(path[1], [-0.5, 0.5], rtol=2e-5)  # eps is 1e-5 of the least size


@pytest.mark.parametrize("rule", [adagrad, rmsprop, adam])
@pytest.mark.parametrize("scale", [1e-3, 1e4])
def test_what_divides_by_gradients_does_not_care_in_which_unit_they_are(rule, scale):
    def grad(x):
        return np.array([x[0], 25 * x[1]])

    ours = rule(grad, [2.0, 1.0], learning_rate=0.05, eps=1e-300)
    scaled = rule(lambda x: scale * grad(x), [2.0, 1.0], learning_rate=0.05, eps=1e-300)
    np.testing.assert_allclose(scaled, ours, atol=1e-9)


# --- one interface ---


@pytest.mark.parametrize("rule", FIRST_ORDER)
def test_every_path_starts_at_the_start_and_has_a_row_a_step(rule):
    start = np.array([1, 2])
    path = rule(lambda x: 2 * x, start, learning_rate=0.01, n_steps=7)
    assert path.shape == (8, 2)
    assert path[0].tolist() == [1, 2]
    assert rule(lambda x: 2 * x, start, learning_rate=0.01, n_steps=0).tolist() == [[1, 2]]
    assert start.tolist() == [1, 2]


@pytest.mark.parametrize("rule", [steepest_descent, momentum, nesterov])
def test_a_diverging_walk_hands_over_the_points_it_reached(rule):
    with pytest.raises(DivergenceError) as caught:
        rule(rosen_der, [-1.2, 1.0], learning_rate=0.1)
    path = caught.value.path
    assert 1 < len(path) < 101
    assert np.isfinite(path).all()
    np.testing.assert_array_equal(
        path, rule(rosen_der, [-1.2, 1.0], learning_rate=0.1, n_steps=len(path) - 1)
    )


@pytest.mark.parametrize("rule", [steepest_descent, momentum, nesterov])
@pytest.mark.parametrize("n_steps", [1, 2])
def test_a_walk_whose_last_point_is_infinite_is_refused_and_no_gradient_is_asked_there(
    rule, n_steps
):
    asked = []

    def steep(x):
        asked.append(x)
        return np.array([1e308])

    with pytest.raises(DivergenceError, match="after 1 steps") as caught:
        rule(steep, [0.0], learning_rate=100.0, n_steps=n_steps)
    assert asked == [0.0]
    assert caught.value.path.tolist() == [[0.0]]


def test_a_slope_that_is_infinite_on_the_way_is_told_with_the_steps_made():
    with pytest.raises(DivergenceError, match="after 2 steps"):
        steepest_descent(lambda x: np.where(x > 1.5, 1.0, math.inf), [3.0], learning_rate=1.0)


@pytest.mark.parametrize("rule", FIRST_ORDER)
def test_a_gradient_that_changes_its_argument_does_not_change_the_path(rule):
    def spoil(x):
        slope = 2 * x
        x[:] = 99
        return slope

    np.testing.assert_array_equal(
        rule(spoil, [1.0, 2.0], n_steps=3), rule(lambda x: 2 * x, [1.0, 2.0], n_steps=3)
    )


@pytest.mark.parametrize("rule", FIRST_ORDER)
@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"grad": 3}, TypeError, "grad must be a function"),
        ({"grad": lambda x: 1.0}, ValueError, r"grad\(x\) must have the shape of x"),
        ({"grad": lambda x: x * math.nan}, ValueError, "at the start"),
        ({"start": []}, ValueError, "start is empty"),
        ({"start": 3.0}, ValueError, "start must be a 1-D array"),
        ({"start": [math.inf]}, ValueError, "start holds nan or inf"),
        ({"learning_rate": 0}, ValueError, "learning_rate must be above 0"),
        ({"learning_rate": "fast"}, TypeError, "learning_rate must be a real number"),
        ({"n_steps": -1}, ValueError, "n_steps must be at least 0"),
        ({"n_steps": 1.5}, TypeError, "n_steps must be a whole number"),
    ],
)
def test_nonsense_is_refused(rule, change, error, words):
    arguments = {"grad": lambda x: 2 * x, "start": [1.0, 2.0]} | change
    with pytest.raises(error, match=words):
        rule(arguments.pop("grad"), arguments.pop("start"), **arguments)


@pytest.mark.parametrize(
    ("rule", "settings", "words"),
    [
        (momentum, {"beta": 1.0}, "beta must be at least 0 and below 1"),
        (nesterov, {"beta": -0.1}, "beta must be"),
        (rmsprop, {"beta": 1.0}, "beta must be"),
        (rmsprop, {"eps": 0.0}, "eps must be above 0"),
        (adagrad, {"eps": 0.0}, "eps must be above 0"),
        (adagrad, {"initial": -1.0}, "initial must be at least 0"),
        (adam, {"beta1": 1.0}, "beta1 must be"),
        (adam, {"beta2": 1.0}, "beta2 must be"),
        (adam, {"eps": 0.0}, "eps must be"),
        (adam, {"weight_decay": -1.0}, "weight_decay must be"),
    ],
)
def test_settings_out_of_range_are_refused(rule, settings, words):
    with pytest.raises(ValueError, match=words):
        rule(lambda x: 2 * x, [1.0], **settings)


def test_a_hessian_that_changes_its_argument_does_not_change_the_path():
    def spoil(x):
        x[:] = 99
        return 2 * np.eye(1)

    path = newton(lambda x: 2 * x, [8.0], hessian=spoil, learning_rate=0.5, n_steps=2)
    assert path.tolist() == [[8.0], [4.0], [2.0]]


def test_a_hessian_that_is_singular_or_misshapen_is_refused():
    with pytest.raises(np.linalg.LinAlgError, match="singular at step 0"):
        newton(lambda x: 2 * x, [1.0, 1.0], hessian=lambda x: np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"hessian\(x\) must have shape \(2, 2\)"):
        newton(lambda x: 2 * x, [1.0, 1.0], hessian=lambda x: np.eye(3))
    with pytest.raises(TypeError, match="hessian must be a function"):
        newton(lambda x: 2 * x, [1.0, 1.0], hessian=np.eye(2))


# --- mini-batches ---


def mean_gradient(w, X, y):
    """Return the gradient of the mean of (X w - y)² / 2."""
    return X.T @ (X @ w - y) / len(y)


@pytest.fixture
def data():
    rng = np.random.default_rng(3)
    X = rng.standard_normal((12, 2))
    return X, X @ [1.0, -2.0] + rng.standard_normal(12)


@pytest.mark.parametrize("batch_size", [1, 3, 4, 12])
def test_noisy_gradients_average_to_the_exact_one_over_a_round(data, batch_size):
    X, y = data
    noisy = minibatches(mean_gradient, X, y, batch_size=batch_size, rng=0)
    w = np.array([0.3, 0.4])
    for _ in range(3):
        round_mean = np.mean([noisy(w) for _ in range(12 // batch_size)], axis=0)
        np.testing.assert_allclose(round_mean, mean_gradient(w, X, y), atol=1e-14)


def test_one_batch_of_all_samples_walks_like_the_exact_gradient(data):
    X, y = data
    noisy = steepest_descent(minibatches(mean_gradient, X, y, batch_size=12, rng=0), [0.0, 0.0])
    exact = steepest_descent(lambda w: mean_gradient(w, X, y), [0.0, 0.0])
    np.testing.assert_allclose(noisy, exact, atol=1e-13)


def test_a_last_batch_may_be_smaller_and_the_seed_fixes_the_order(data):
    X, y = data
    sizes = []
    noisy = minibatches(lambda w, X, y: sizes.append(len(y)) or w, X, y, batch_size=5, rng=0)
    for _ in range(6):
        noisy(0.0)
    assert sizes == [5, 5, 2, 5, 5, 2]
    first, again, other = (
        minibatches(mean_gradient, X, y, batch_size=1, rng=seed)(np.ones(2)) for seed in (0, 0, 1)
    )
    assert first.tolist() == again.tolist() != other.tolist()


@pytest.mark.parametrize(
    ("X", "y", "batch_size", "words"),
    [
        ([[1.0]], [1, 2], 1, "as many rows"),
        ([[1.0]], [1], 2, "batch_size must be at least 1 and at most 1"),
        ([[1.0]], [1], 0, "batch_size"),
        ([], [], 1, "X is empty"),
    ],
)
def test_minibatches_refuse_what_cannot_be_dealt_out(X, y, batch_size, words):
    with pytest.raises(ValueError, match=words):
        minibatches(mean_gradient, X, y, batch_size=batch_size)


# --- what would stand still in silence, or be lost


@pytest.mark.parametrize("rule", [adagrad, rmsprop, adam])
def test_a_slope_whose_square_is_beyond_all_doubles_is_told(rule):
    assert rule(lambda x: 1e150 * x, [1.0], learning_rate=0.1)[-1, 0] < 0.5
    with pytest.raises(DivergenceError, match="after 1 steps; divide the function") as caught:
        rule(lambda x: 1e160 * x, [1.0, 2.0])
    assert caught.value.path.tolist() == [[1.0, 2.0]]


def test_a_sum_of_squares_beyond_all_doubles_is_told():
    with pytest.raises(DivergenceError, match="after 2 steps; divide the function") as caught:
        adagrad(lambda x: 1.2e154 * np.sign(x), [1.0])  # each square is 1.4e308
    assert len(caught.value.path) == 2


def test_newton_hands_over_what_it_reached_before_a_singular_hessian():
    def grad(x):
        return x**3 - 1.0

    with pytest.raises(np.linalg.LinAlgError, match="singular at step 1") as caught:
        newton(grad, [1.0 / 3**0.5], hessian=lambda x: np.diag(np.where(x < 0.6, 1.0, 0.0)))
    assert len(caught.value.path) == 2
    assert caught.value.path[0] == pytest.approx(1 / 3**0.5)


def test_newton_stays_where_the_slope_is_already_zero():
    path = newton(lambda x: 4 * x**3, [0.0, 0.0], hessian=lambda x: np.diag(12 * x**2), n_steps=3)
    assert path.tolist() == [[0.0, 0.0]] * 4


# --- collected by test_bad_input.py

NAN, INF = math.nan, math.inf
WALKERS = {rule: {} for rule in FIRST_ORDER} | {newton: {"hessian": np.cos}}
BAD = [
    *[
        (rule, arguments, keywords | more, kind, name, remedy)
        for rule, keywords in WALKERS.items()
        for arguments, more, kind, name, remedy in [
            ((3, [1.0]), {}, TypeError, "grad", "must be a function"),
            ((np.sum, [1.0]), {}, ValueError, "grad", "shape of x"),
            ((np.cos, 1.0), {}, ValueError, "start", "1-D array"),
            ((np.cos, []), {}, ValueError, "start", "empty"),
            ((np.cos, [NAN]), {}, ValueError, "start", "nan or inf"),
            ((np.cos, [1.0]), {"learning_rate": -1}, ValueError, "learning_rate", "above 0"),
            ((np.cos, [1.0]), {"learning_rate": None}, TypeError, "learning_rate", "real number"),
            ((np.cos, [1.0]), {"n_steps": -1}, ValueError, "n_steps", "at least 0"),
            ((np.cos, [1.0]), {"n_steps": 1.0}, TypeError, "n_steps", "whole number"),
        ]
    ],
    *[
        (rule, (np.cos, [1.0]), {name: value}, ValueError, name, remedy)
        for rule, name, value, remedy in [
            (momentum, "beta", 1.0, "below 1"),
            (nesterov, "beta", -0.1, "at least 0"),
            (rmsprop, "beta", NAN, "finite"),
            (rmsprop, "eps", 0, "above 0"),
            (rmsprop, "initial", -1, "at least 0"),
            (adagrad, "eps", 0, "above 0"),
            (adagrad, "initial", INF, "finite"),
            (adam, "beta1", 1, "below 1"),
            (adam, "beta2", -1, "at least 0"),
            (adam, "eps", 0, "above 0"),
            (adam, "weight_decay", -1, "at least 0"),
        ]
    ],
    (newton, (np.cos, [1.0]), {"hessian": 3}, TypeError, "hessian", "must be a function"),
    (newton, (np.cos, [1.0]), {"hessian": np.cos}, ValueError, "hessian", "2-D array"),
    (minibatches, (3, [[1.0]], [1]), {"batch_size": 1}, TypeError, "grad", "must be a function"),
    (minibatches, (np.cos, [], []), {}, ValueError, "X", "empty"),
    (minibatches, (np.cos, [[1.0]], [1, 2]), {}, ValueError, "X and y", "as many rows"),
    (minibatches, (np.cos, [[1.0]], [1]), {"batch_size": 2}, ValueError, "batch_size", "at most 1"),
    (
        minibatches,
        (np.cos, [[1.0]], [1]),
        {"batch_size": 1, "rng": "lucky"},
        TypeError,
        "rng",
        "a seed",
    ),
]
