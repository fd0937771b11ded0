"""Nonsense: each argument of each public function is refused by its name, and with a remedy.

The rows stand in the test file of the section that the function belongs to:

    BAD = [  # function, arguments, keywords, kind of error, argument's name, words of the remedy
        (entropy, ([0.5, 0.4],), {}, ValueError, "probabilities", "sums to 0.9"),
    ]
    UNTOUCHED = [  # function, arguments that it must not write into
        (entropy, ([0.5, 0.5],)),
    ]
"""

import importlib
import inspect
import math
import pkgutil
import re

import numpy as np
import pytest

import mlmath_helpers
from collected import collected
from mlmath_helpers import datasets
from mlmath_helpers.calculus import (
    DivergenceError,
    LinearLayer,
    Network,
    ReLU,
    adagrad,
    adam,
    bowl,
    check_gradient,
    derivative,
    gradient_descent,
    minibatches,
    momentum,
    nesterov,
    newton,
    rmsprop,
    rosenbrock,
    saddle,
    softmax_cross_entropy,
    steepest_descent,
    train,
)
from mlmath_helpers.information_theory import (
    DecisionTree,
    cross_entropy,
    entropy,
    gaussian_kl,
    information_gain,
    js_divergence,
    kl_divergence,
    surprise,
)
from mlmath_helpers.probability import (
    Beta,
    Distribution,
    Normal,
    bayesian_update,
    from_odds,
    log_likelihood,
    map_bernoulli,
    map_normal_mean,
    mle_bernoulli,
    mle_exponential,
    mle_lognormal,
    mle_normal,
    mle_poisson,
    posterior,
    to_odds,
)
from mlmath_helpers.statistics import (
    confidence_interval,
    correct_digits,
    difference_interval,
    duality_gap,
    lasso_path,
    lasso_regression,
    linear_regression,
    power_t_test,
    proportion_interval,
    regression_summary,
    ridge_regression,
    shrink,
    t_density,
    t_test,
)

NAN, INF = math.nan, math.inf
TINY = Network([1, 2], rng=0)
WALKERS = {
    steepest_descent: {},
    momentum: {},
    nesterov: {},
    adagrad: {},
    rmsprop: {},
    adam: {},
    newton: {"hessian": np.cos},
}
SQUARE = [[2.0, 1.0], [1.0, 3.0]]
SWAP = [[0, 1], [1, 0]]
COLUMN = [[1.0], [2.0], [3.0]]

# function, arguments, keyword arguments, kind of error, the argument's name, words of the remedy
BAD = [
    # --- statistics: intervals and tests
    (confidence_interval, ([1],), {}, ValueError, "data", "at least 2 observations"),
    (confidence_interval, ([],), {}, ValueError, "data", "empty"),
    (confidence_interval, ([1, NAN],), {}, ValueError, "data", "nan or inf"),
    (confidence_interval, ([[1, 2]],), {}, ValueError, "data", "1-D array"),
    (confidence_interval, (["a", "b"],), {}, TypeError, "data", "real numbers"),
    (confidence_interval, ([1e200, -1e200],), {}, ValueError, "data", "largest double"),
    (confidence_interval, ([1, 2], 95), {}, ValueError, "confidence", "such as 0.95"),
    (confidence_interval, ([1, 2], 1), {}, ValueError, "confidence", "below 1"),
    (confidence_interval, ([1, 2], 0), {}, ValueError, "confidence", "above 0"),
    (confidence_interval, ([1, 2], "0.95"), {}, TypeError, "confidence", "real number"),
    (proportion_interval, (3, 2), {}, ValueError, "successes", "at most 2"),
    (proportion_interval, (-1, 2), {}, ValueError, "successes", "at least 0"),
    (proportion_interval, (1.5, 2), {}, TypeError, "successes", "whole number"),
    (proportion_interval, (0, 0), {}, ValueError, "trials", "at least 1"),
    (proportion_interval, (1, 2, 1.5), {}, ValueError, "confidence", "such as 0.95"),
    (proportion_interval, (1, 2), {"method": "exact"}, ValueError, "method", "wilson"),
    (t_test, ([], [1, 2]), {}, ValueError, "sample1", "empty"),
    (t_test, ([1, 2], [3, INF]), {}, ValueError, "sample2", "nan or inf"),
    (t_test, ([1], [2]), {}, ValueError, "sample1 and sample2", "three observations"),
    (t_test, ([4, 4], [4, 4, 4]), {}, ValueError, "sample1 and sample2", "no spread"),
    (t_test, ([1], [2, 3]), {"equal_variances": False}, ValueError, "sample1", "at least 2"),
    (t_test, ([1], [2]), {"paired": True}, ValueError, "sample1", "at least 2"),
    (
        t_test,
        ([1, 2], [1, 2, 4]),
        {"paired": True},
        ValueError,
        "sample1 and sample2",
        "same number",
    ),
    (t_test, ([1, 2], [3, 5]), {"paired": 1}, TypeError, "paired", "True or False"),
    (t_test, ([1, 2], [3, 5]), {"equal_variances": "no"}, TypeError, "equal_variances", "True"),
    (difference_interval, ([1], [2]), {}, ValueError, "sample1 and sample2", "three observations"),
    (difference_interval, ([1, NAN], [2, 3]), {}, ValueError, "sample1", "nan or inf"),
    (difference_interval, ([1, 2], []), {}, ValueError, "sample2", "empty"),
    (difference_interval, ([1, 2], [3, 5], 95), {}, ValueError, "confidence", "such as 0.95"),
    (difference_interval, ([1, 2], [3, 5]), {"paired": None}, TypeError, "paired", "True or False"),
    (
        *(difference_interval, ([1, 2], [3, 5]), {"equal_variances": 0}),
        *(TypeError, "equal_variances", "True or False"),
    ),
    (power_t_test, (NAN, 5), {}, ValueError, "effect", "nan or inf"),
    (power_t_test, ("large", 5), {}, TypeError, "effect", "real numbers"),
    (power_t_test, (1, 1), {}, ValueError, "n", "at least 2"),
    (power_t_test, (1, 22.02), {}, TypeError, "n", "whole number"),
    (power_t_test, (1, 5), {"alpha": 0}, ValueError, "alpha", "above 0"),
    (power_t_test, (1, 5), {"alpha": 5}, ValueError, "alpha", "below 1"),
    (t_density, ([0, INF], 5), {}, ValueError, "t", "nan or inf"),
    (t_density, (0, 0), {}, ValueError, "freedom", "above 0"),
    (t_density, (0, 5), {"shift": NAN}, ValueError, "shift", "finite"),
    # --- statistics: linear models
    (linear_regression, ([1, 2, 3], [1, 2, 3]), {}, ValueError, "X", "X.reshape(-1, 1)"),
    (linear_regression, (np.empty((0, 1)), []), {}, ValueError, "X", "empty"),
    (linear_regression, ([[1], [NAN]], [1, 2]), {}, ValueError, "X", "nan or inf"),
    (linear_regression, ([["a"], ["b"]], [1, 2]), {}, TypeError, "X", "real numbers"),
    (linear_regression, ([[1], [2]], [[1], [2]]), {}, ValueError, "y", "1-D array"),
    (linear_regression, ([[1], [2]], [1, INF]), {}, ValueError, "y", "nan or inf"),
    (linear_regression, ([[1], [2]], [1, 2, 3]), {}, ValueError, "X and y", "number of rows"),
    (linear_regression, ([[1]], [1]), {}, ValueError, "X", "give more rows"),
    (linear_regression, ([[1, 2], [2, 4], [3, 6]], [1, 2, 3]), {}, ValueError, "X", "X[:, 1]"),
    (linear_regression, ([[5], [5]], [1, 2]), {}, ValueError, "X", "the intercept"),
    (linear_regression, ([[0], [0]], [1, 2]), {"intercept": False}, ValueError, "X", "X[:, 0]"),
    (linear_regression, ([[1e-300], [0]], [1e300, 0]), {}, ValueError, "X", "largest double"),
    (linear_regression, ([[1], [2]], [1, 2]), {"intercept": 1}, TypeError, "intercept", "True"),
    (regression_summary, ([[1], [2]], [1, 2]), {}, ValueError, "X and y", "at least 3 rows"),
    (regression_summary, ([[1], [2], [3]], [4, 4, 4]), {}, ValueError, "y", "no variation"),
    (regression_summary, ([1, 2, 3], [1, 2, 3]), {}, ValueError, "X", "reshape"),
    (
        *(regression_summary, ([[1], [2], [3]], [0, 0, 0]), {"intercept": False}),
        *(ValueError, "y", "no variation"),
    ),
    (
        *(regression_summary, ([[1], [2], [4]], [1, 2, 3]), {"intercept": "yes"}),
        *(TypeError, "intercept", "True or False"),
    ),
    (ridge_regression, ([1, 2], [1, 2]), {}, ValueError, "X", "reshape"),
    (ridge_regression, ([[1], [2]], [1]), {}, ValueError, "X and y", "number of rows"),
    (ridge_regression, ([[1], [2]], [1, NAN]), {}, ValueError, "y", "nan or inf"),
    (ridge_regression, ([[1], [2]], [1, 2], -1), {}, ValueError, "alpha", "reward long weights"),
    (ridge_regression, ([[1], [2]], [1, 2], INF), {}, ValueError, "alpha", "finite"),
    (ridge_regression, ([[1, 2], [2, 4], [3, 6]], [1, 2, 3], 0), {}, ValueError, "X", "X[:, 1]"),
    (
        ridge_regression,
        ([[1, 1], [2, 2], [3, 3]], [1, 2, 3], 1e-40),
        {},
        ValueError,
        "X",
        "X[:, 1]",
    ),
    (lasso_regression, ([1, 2], [1, 2]), {}, ValueError, "X", "reshape"),
    (lasso_regression, ([[1], [2]], ["a", "b"]), {}, TypeError, "y", "real numbers"),
    (lasso_regression, ([[1], [2]], [1, 2], -0.1), {}, ValueError, "alpha", "at least 0"),
    (lasso_regression, ([[1], [2]], [1, 2], True), {}, TypeError, "alpha", "real number"),
    (lasso_regression, ([[1], [2]], [1, 2], 1, 0), {}, ValueError, "max_iter", "at least 1"),
    (lasso_regression, ([[1], [2]], [1, 2], 1, 9.5), {}, TypeError, "max_iter", "whole number"),
    (lasso_regression, ([[1], [2]], [1, 2]), {"tol": 0}, ValueError, "tol", "above 0"),
    (
        lasso_regression,
        ([[1, 2], [2, 5], [3, 5]], [1, 2, 4], 0.01, 1),
        {},
        RuntimeError,
        "tol",
        "max_iter",
    ),
    (lasso_path, ([1, 2], [1, 2]), {}, ValueError, "X", "reshape"),
    (lasso_path, ([[1], [2]], [1, INF]), {}, ValueError, "y", "nan or inf"),
    (lasso_path, ([[1], [2]], [3, 3]), {}, ValueError, "alphas", "no column of X"),
    (lasso_path, ([[1], [2]], [1, 2], [1, 0]), {}, ValueError, "alphas", "positive"),
    (lasso_path, ([[1], [2]], [1, 2], []), {}, ValueError, "alphas", "empty"),
    (lasso_path, ([[1], [2]], [1, 2]), {"max_iter": 0}, ValueError, "max_iter", "at least 1"),
    (lasso_path, ([[1], [2]], [1, 2]), {"tol": -1}, ValueError, "tol", "above 0"),
    (shrink, ([1, NAN], 1), {}, ValueError, "z", "nan or inf"),
    (shrink, (1, -1), {}, ValueError, "alpha", "at least 0"),
    (duality_gap, ([1, 2], [1, 2], [0, 0], 1), {}, ValueError, "X", "reshape"),
    (duality_gap, ([[1], [2]], [1, NAN], [0, 0], 1), {}, ValueError, "y", "nan or inf"),
    (duality_gap, ([[1], [2]], [1, 2], [0], 1), {}, ValueError, "weights", "an intercept and 1"),
    (duality_gap, ([[1], [2]], [1, 2], [0, 0], 0), {}, ValueError, "alpha", "above 0"),
    (correct_digits, ([1, 2], [1]), {}, ValueError, "computed and certified", "same shape"),
    (correct_digits, (NAN, 1), {}, ValueError, "computed", "nan or inf"),
    (correct_digits, (1, "1"), {}, TypeError, "certified", "real numbers"),
    # --- information theory
    (surprise, (1.5,), {}, ValueError, "probability", "between 0 and 1"),
    (surprise, ([0.5, -0.1],), {}, ValueError, "probability", "between 0 and 1"),
    (surprise, ([],), {}, ValueError, "probability", "empty"),
    (surprise, (NAN,), {}, ValueError, "probability", "nan or inf"),
    (surprise, ("often",), {}, TypeError, "probability", "real numbers"),
    (surprise, (0.5,), {"base": 1}, ValueError, "base", "above 1"),
    (surprise, (0.5,), {"base": "e"}, TypeError, "base", "real number"),
    (entropy, ([0.5, 0.4],), {}, ValueError, "probabilities", "sums to 0.9"),
    (entropy, ([2, 3],), {}, ValueError, "probabilities", "divide counts or weights by their sum"),
    (entropy, ([1.5, -0.5],), {}, ValueError, "probabilities", "not be negative"),
    (entropy, ([],), {}, ValueError, "probabilities", "empty"),
    (entropy, ([[0.5, 0.5]],), {}, ValueError, "probabilities", "1-D array"),
    (entropy, ([NAN, 1],), {}, ValueError, "probabilities", "nan or inf"),
    (entropy, (["a", "b"],), {}, TypeError, "probabilities", "real numbers"),
    (entropy, ([0.5, 0.5],), {"base": 0}, ValueError, "base", "2 for bits"),
    (entropy, ([0.5, 0.5],), {"base": INF}, ValueError, "base", "finite"),
    *(
        row
        for function in (cross_entropy, kl_divergence, js_divergence)
        for row in [
            (function, ([0.5, 0.4], [1, 0]), {}, ValueError, "p", "sums to 0.9"),
            (function, ([1, 0], [0.5, 0.6]), {}, ValueError, "q", "sums to 1.1"),
            (function, ([1, 0], [1]), {}, ValueError, "p and q", "same number of entries"),
            (function, ([], []), {}, ValueError, "p", "empty"),
            (function, ([1], [NAN]), {}, ValueError, "q", "nan or inf"),
            (function, ([[1]], [1]), {}, ValueError, "p", "1-D array"),
            (function, ([1], [1j]), {}, TypeError, "q", "real numbers"),
            (function, ([1], [1]), {"base": 0.5}, ValueError, "base", "above 1"),
        ]
    ),
    (gaussian_kl, (NAN, 1), {}, ValueError, "mean_p", "finite"),
    (gaussian_kl, ("0", 1), {}, TypeError, "mean_p", "real number"),
    (gaussian_kl, (0, 0), {}, ValueError, "sd_p", "above 0"),
    (gaussian_kl, (0, 1, INF), {}, ValueError, "mean_q", "finite"),
    (gaussian_kl, (0, 1, 0, -1), {}, ValueError, "sd_q", "above 0"),
    (gaussian_kl, (0, 1), {"base": 1}, ValueError, "base", "above 1"),
    (gaussian_kl, (1e200, 1), {}, ValueError, "mean_p", "largest double"),
    (information_gain, ([1, 2], [1]), {}, ValueError, "feature and labels", "same number"),
    (information_gain, ([], []), {}, ValueError, "feature", "empty"),
    (information_gain, ([NAN], [1]), {}, ValueError, "feature", "nan or inf"),
    (information_gain, ([["a"]], [1]), {}, ValueError, "feature", "1-D array"),
    (information_gain, ([None], [1]), {}, TypeError, "feature", "only words or only numbers"),
    (information_gain, (["a"], [{}]), {}, TypeError, "labels", "only words or only numbers"),
    (information_gain, ("word", "word"), {}, ValueError, "feature", "1-D array"),
    (information_gain, ([1], [1]), {"base": -2}, ValueError, "base", "above 1"),
    # --- decision_tree (what its methods refuse is tested in test_decision_tree.py)
    (DecisionTree, (), {"max_depth": -1}, ValueError, "max_depth", "at least 0"),
    (DecisionTree, (), {"max_depth": 1.5}, TypeError, "max_depth", "whole number"),
    (DecisionTree, (), {"min_rows": 1}, ValueError, "min_rows", "at least 2"),
    (DecisionTree, (), {"min_rows": None}, TypeError, "min_rows", "whole number"),
    # --- datasets: loaders have nothing to choose
    *[
        (loader, (1,), {}, TypeError, name, "0 positional")
        for name, loader in vars(datasets).items()
        if name.startswith("load_")
    ],
    (datasets.count_words, ("one text",), {}, TypeError, "texts", "list of strings"),
    (datasets.count_words, ([1, 2],), {}, TypeError, "texts", "list of strings"),
    (datasets.count_words, (["a"],), {"words": "a"}, TypeError, "words", "list of strings"),
    (datasets.count_words, (["a"],), {"at_least": 0}, ValueError, "at_least", "at least 1"),
    (datasets.count_words, (["rare"],), {}, ValueError, "texts", "no word"),
    (datasets.count_words, ([],), {}, ValueError, "texts", "no word"),
    # --- derivative, check_gradient
    (derivative, (3.0, 1.0), {}, TypeError, "f", "must be a function"),
    (derivative, (np.log, -1.0), {}, ValueError, "f", "nan or inf"),
    (derivative, (np.sin, NAN), {}, ValueError, "x", "nan or inf"),
    (derivative, (np.sin, "1"), {}, TypeError, "x", "real numbers"),
    (derivative, (np.sin, []), {}, ValueError, "x", "empty"),
    (derivative, (np.sin, 1.0), {"h": 0}, ValueError, "h", "not be zero"),
    (derivative, (np.sin, 1.0), {"h": 1e-17}, ValueError, "h", "too small"),
    (derivative, (np.sin, 1.0), {"h": INF}, ValueError, "h", "nan or inf"),
    (derivative, (np.sin, 1.0), {"scheme": "best"}, ValueError, "scheme", "one of forward"),
    (check_gradient, (3.0, np.cos, [1.0]), {}, TypeError, "f", "must be a function"),
    (check_gradient, (np.sum, 3.0, [1.0]), {}, TypeError, "grad", "must be a function"),
    (check_gradient, (np.sum, np.sum, [1.0]), {}, ValueError, "grad", "1-D array"),
    (check_gradient, (np.sum, np.cos, [NAN]), {}, ValueError, "x", "nan or inf"),
    (check_gradient, (np.sum, np.cos, 1.0), {}, ValueError, "x", "1-D array"),
    # --- gradient_descent
    (gradient_descent, (3, np.sin, 1.0), {}, TypeError, "f", "must be a function"),
    (gradient_descent, (np.cos, 3, 1.0), {}, TypeError, "grad_f", "must be a function"),
    (gradient_descent, (np.cos, np.sin, "1"), {}, TypeError, "x0", "real numbers"),
    (gradient_descent, (np.cos, np.sin, INF), {}, ValueError, "x0", "nan or inf"),
    (gradient_descent, (np.cos, np.sin, 1.0, 0), {}, ValueError, "learning_rate", "above 0"),
    (gradient_descent, (np.cos, np.sin, 1.0, 1, 0), {}, ValueError, "max_iter", "at least 1"),
    (gradient_descent, (np.cos, np.sin, 1.0, 1, 2.5), {}, TypeError, "max_iter", "whole number"),
    (gradient_descent, (np.cos, np.sin, 1.0, 1, 9, -1), {}, ValueError, "tol", "at least 0"),
    (
        gradient_descent,
        (np.square, np.positive, 1.0, 3),
        {},
        DivergenceError,
        "learning_rate",
        "smaller",
    ),
    # --- the optimisers
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
    # --- minibatches
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
    # --- surfaces, and ReLU: nothing to choose
    (rosenbrock, (2,), {}, TypeError, "rosenbrock", "0 positional"),
    (saddle, (2,), {}, TypeError, "saddle", "0 positional"),
    (ReLU, (2,), {}, TypeError, "__init__", "1 positional"),
    (bowl, ((1.0, 0.0),), {}, ValueError, "curvatures", "above 0"),
    (bowl, ((1.0, 2.0, 3.0),), {}, ValueError, "curvatures", "two numbers"),
    (bowl, ((1.0, 2.0), (NAN, 0.0)), {}, ValueError, "centre", "nan or inf"),
    # --- neural networks
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


# --- probability
EVEN = [0.5, 0.5]
BAD += [
    (bayesian_update, (1.2, 0.5, 0.5), {}, ValueError, "prior", "between 0 and 1"),
    (bayesian_update, (NAN, 0.9, 0.4), {}, ValueError, "prior", "nan or inf"),
    (bayesian_update, ([], 0.9, 0.4), {}, ValueError, "prior", "empty"),
    (bayesian_update, ("high", 0.9, 0.4), {}, TypeError, "prior", "real numbers"),
    (bayesian_update, (0.5, -0.1, 0.5), {}, ValueError, "likelihood", "between 0 and 1"),
    (bayesian_update, (0.5, [0.1, 1.1], 0.5), {}, ValueError, "likelihood", "between 0 and 1"),
    (bayesian_update, (0.5, 0.9, 0.4), {}, ValueError, "likelihood", "part of P(D)"),
    (bayesian_update, (0.5, 0.5, 1.5), {}, ValueError, "data", "between 0 and 1"),
    (bayesian_update, (0.5, 0.0, 0.0), {}, ValueError, "data", "impossible event"),
    (bayesian_update, (EVEN, [0.1] * 3, 0.5), {}, ValueError, "prior and likelihood", "shape"),
    (bayesian_update, (EVEN, EVEN, [0.9] * 3), {}, ValueError, "likelihood and data", "shape"),
    (posterior, ([0.5, 0.6], [1, 1]), {}, ValueError, "prior", "sum to 1"),
    (posterior, ([1.5, -0.5], [1, 1]), {}, ValueError, "prior", "not be negative"),
    (posterior, (0.5, 0.5), {}, ValueError, "prior", "1-D array"),
    (posterior, (EVEN, [1, -1]), {}, ValueError, "likelihood", "must not be negative"),
    (posterior, (EVEN, [1, 1, 1]), {}, ValueError, "prior and likelihood", "same number"),
    (posterior, (EVEN, [0, 0]), {}, ValueError, "likelihood", "hypothesis is missing"),
    (posterior, ([1, 0], [0, 1]), {}, ValueError, "likelihood", "hypothesis is missing"),
    (posterior, (EVEN, [INF, 1]), {}, ValueError, "likelihood", "nan or inf"),
    (posterior, (EVEN, [INF, 1]), {"log": True}, ValueError, "likelihood", "below inf"),
    (posterior, (EVEN, [NAN, 1]), {"log": True}, ValueError, "likelihood", "nan or inf"),
    (posterior, (EVEN, [-INF] * 2), {"log": True}, ValueError, "likelihood", "is missing"),
    (posterior, (EVEN, EVEN), {"log": "yes"}, TypeError, "log", "True or False"),
    (to_odds, (1.1,), {}, ValueError, "probability", "between 0 and 1"),
    (to_odds, (None,), {}, TypeError, "probability", "real number"),
    (from_odds, (-1,), {}, ValueError, "odds", "must not be negative"),
    (from_odds, (NAN,), {}, ValueError, "odds", "nan or inf"),
    (from_odds, ("3:1",), {}, TypeError, "odds", "real numbers"),
    (log_likelihood, ("normal", [1]), {}, TypeError, "distribution", "such as Normal(0, 1)"),
    (log_likelihood, (Normal, [1]), {}, TypeError, "distribution", "such as Normal(0, 1)"),
    (log_likelihood, (Normal(), []), {}, ValueError, "data", "empty"),
    (log_likelihood, (Normal(), [INF]), {}, ValueError, "data", "nan or inf"),
    (log_likelihood, (Normal(), 3.0), {}, ValueError, "data", "1-D array"),
    (mle_normal, ([],), {}, ValueError, "data", "empty"),
    (mle_normal, ([1, NAN],), {}, ValueError, "data", "nan or inf"),
    (mle_normal, ([[1, 2]],), {}, ValueError, "data", "1-D array"),
    (mle_normal, (3.0,), {}, ValueError, "data", "1-D array"),
    (mle_normal, ("abc",), {}, TypeError, "data", "real numbers"),
    (mle_normal, ([1.7e308, 1.7e308],), {}, ValueError, "data", "largest double"),
    (mle_lognormal, ([1, 0],), {}, ValueError, "data", "positive"),
    (mle_bernoulli, ([0, 1, 2],), {}, ValueError, "data", "only 0 and 1"),
    (mle_bernoulli, ([0.5],), {}, ValueError, "data", "only 0 and 1"),
    (mle_poisson, ([1, -1],), {}, ValueError, "data", "must not be negative"),
    (mle_poisson, ([1, 2.5],), {}, ValueError, "data", "whole numbers"),
    (mle_poisson, ([1.7e308, 1.7e308],), {}, ValueError, "data", "largest double"),
    (mle_exponential, ([1, -0.5],), {}, ValueError, "data", "must not be negative"),
    (mle_exponential, ([],), {}, ValueError, "data", "empty"),
    (map_bernoulli, ([0, 2], Beta(2, 2)), {}, ValueError, "data", "only 0 and 1"),
    (map_bernoulli, ([0, 1], Beta(0.5, 2)), {}, ValueError, "prior", "at least 1"),
    (map_bernoulli, ([0, 1], Normal()), {}, TypeError, "prior", "Beta distribution"),
    (map_normal_mean, ([], 1, Normal()), {}, ValueError, "data", "empty"),
    (map_normal_mean, ([1], 0, Normal()), {}, ValueError, "sigma", "above 0"),
    (map_normal_mean, ([1], 1, Beta(1, 1)), {}, TypeError, "prior", "Normal distribution"),
]

UNTOUCHED = [
    (confidence_interval, ([1.0, 2.0],)),
    (t_test, ([1.0, 2.0], [3.0, 5.0])),
    (difference_interval, ([1.0, 2.0], [3.0, 5.0])),
    (power_t_test, ([0.0, 1.0], 5)),
    (t_density, ([0.0, 1.0], 5)),
    (linear_regression, (COLUMN, [1.0, 2.0, 4.0])),
    (regression_summary, (COLUMN, [1.0, 2.0, 4.0])),
    (ridge_regression, (COLUMN, [1.0, 2.0, 4.0])),
    (lasso_regression, (COLUMN, [1.0, 2.0, 4.0])),
    (lasso_path, (COLUMN, [1.0, 2.0, 4.0], [0.5, 0.1])),
    (shrink, ([1.0, 2.0], 0)),
    (duality_gap, (COLUMN, [1.0, 2.0, 4.0], [0.0, 1.0], 1)),
    (correct_digits, ([1.0], [1.0])),
]

BAD, UNTOUCHED = (
    ours + theirs
    for ours, theirs in zip((BAD, UNTOUCHED), collected(__file__, "BAD", "UNTOUCHED"), strict=True)
)


def _name(row):
    return f"{row[0].__name__}-{row[4]}-{row[5]}"


@pytest.mark.parametrize(
    ("function", "arguments", "keywords", "kind", "argument", "remedy"), BAD, ids=map(_name, BAD)
)
def test_nonsense_is_refused_by_the_arguments_name_and_the_remedy(
    function, arguments, keywords, kind, argument, remedy
):
    with pytest.raises(kind) as refusal:
        function(*arguments, **keywords)
    assert re.search(rf"(?<!\w){re.escape(argument)}(?!\w)", str(refusal.value))
    assert remedy in str(refusal.value)


def _public_functions():
    """Whatever a chapter's module, or one that is shared, offers under its own name."""
    modules = [
        importlib.import_module(f"mlmath_helpers.{module.name}")
        for module in pkgutil.iter_modules(mlmath_helpers.__path__)
        if not module.name.startswith("_") and module.name not in ("explorers", "exercises")
    ]
    return [
        thing
        for module in modules
        for name, thing in vars(module).items()
        if not name.startswith("_")
        and callable(thing)
        and f"{getattr(thing, '__module__', None)}.".startswith(f"{module.__name__}.")
        and not hasattr(thing, "_fields")  # a named tuple only holds results
        # Distributions have a table of their own, in test_distributions.py.
        and not (inspect.isclass(thing) and issubclass(thing, (Exception, Distribution)))
    ]


@pytest.mark.parametrize("function", _public_functions(), ids=lambda function: function.__name__)
def test_every_argument_of_every_public_function_is_in_the_table(function):
    refused = {row[4].split("[")[0] for row in BAD if row[0] is function}
    assert refused, f"{function.__name__} is not in the table"
    assert set(inspect.signature(function).parameters) <= {
        name for words in refused for name in words.split(" and ")
    }


def test_the_search_for_public_functions_finds_them():
    names = {function.__name__ for function in _public_functions()}
    assert {"norm", "pca", "show_source", "load_penguins"} <= names


@pytest.mark.parametrize(("function", "arguments"), UNTOUCHED)
def test_what_is_given_is_never_changed(function, arguments):
    arrays = [np.array(a, dtype=float) if isinstance(a, list) else a for a in arguments]
    for array in arrays:
        if isinstance(array, np.ndarray):
            array.flags.writeable = False  # a write would raise
    answers = function(*arrays)
    for answer in answers if isinstance(answers, tuple) else (answers,):
        assert not any(np.shares_memory(answer, array) for array in arrays)
