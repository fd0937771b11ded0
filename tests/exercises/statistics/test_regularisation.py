"""Regularisation: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.datasets import load_diabetes
from mlmath_helpers.statistics import lasso_path, lasso_regression, ridge_regression

OTHER_WAYS = {
    "soft_threshold": [
        "return np.maximum(z - alpha, 0) - np.maximum(-z - alpha, 0)",
        "return z - np.clip(z, -alpha, alpha)",
        "return [x - alpha if x > alpha else x + alpha if x < -alpha else 0 for x in z]",
    ],
    "ridge_closed_form": [
        "from mlmath_helpers.statistics import ridge_regression\n"  # it has an intercept
        "return ridge_regression(X, y, alpha)[1:] if alpha else np.linalg.pinv(X) @ y",
        "Z, t = X - X.mean(axis=0), y - y.mean()\n"
        "return np.linalg.solve(Z.T @ Z + alpha * np.eye(Z.shape[1]), Z.T @ t)",
        "return np.linalg.inv(X.T @ X + alpha * np.identity(X.shape[1])) @ X.T @ y",
        "n, d = X.shape\nA = np.vstack([X, np.sqrt(alpha) * np.eye(d)])\n"
        "return np.linalg.lstsq(A, np.append(y, np.zeros(d)), rcond=None)[0]",
    ],
}

WRONG_WAYS = [
    (
        "ridge_closed_form",
        "return np.linalg.solve(X.T @ X + np.sqrt(alpha) * np.eye(X.shape[1]), X.T @ y)",
        "alpha enters as it is;",
    ),
]

NOT_SAID = [
    (
        "ridge_closed_form",
        "return np.linalg.lstsq(X, y, rcond=None)[0] / (1 + alpha)",
        "it cancels; add alpha, not 2 alpha",
    ),
    ("ridge_closed_form", "return 0 * X[0]", "plain least squares"),
    ("soft_threshold", "return np.clip(z - alpha, 0, None)[::-1][::-1] * 1.5", "That sets"),
]


def test_the_soft_threshold_makes_its_objective_least():
    for w, (z, alpha) in answers("soft_threshold"):
        for value, best in zip(z, w, strict=True):
            grid = np.linspace(-15, 15, 3001)
            objective = (value - grid) ** 2 / 2 + alpha * np.abs(grid)
            assert (value - best) ** 2 / 2 + alpha * abs(best) <= objective.min() + 1e-12


def test_ridge_in_closed_form_is_least_squares_with_more_rows():
    for w, (X, y, alpha) in answers("ridge_closed_form"):
        d = X.shape[1]
        A = np.vstack([X, np.sqrt(alpha) * np.eye(d)])
        assert w == pytest.approx(np.linalg.lstsq(A, np.append(y, np.zeros(d)))[0], abs=1e-12)


def _one_weight_zero():
    """Return which penalty sets one of two weights to 0 before the other, on the figure's way."""
    diabetes = load_diabetes()
    pair = diabetes.X[:, [diabetes.names.index(n) for n in ("body mass index", "blood pressure")]]
    X = (pair - pair.mean(axis=0)) / pair.std(axis=0)
    alone = [
        any(
            (fit(X, diabetes.y, alpha)[1:] == 0).sum() == 1 for alpha in np.logspace(1.6, 4.32, 137)
        )
        for fit in (lasso_regression, ridge_regression)
    ]
    return {
        (True, False): "the lasso, with its diamond",
        (False, True): "ridge, with its circle",
        (True, True): "both, if alpha is large enough",
        (False, False): "neither: a price only makes weights smaller",
    }[tuple(alone)]


def _least_error():
    """Return where the error on patients that were held out is least, for both penalties."""
    diabetes = load_diabetes()
    order = np.random.default_rng(0).permutation(442)
    X, y = diabetes.X[order], diabetes.y[order]
    X = (X - X[:60].mean(axis=0)) / X[:60].std(axis=0)
    alphas = 10 ** np.linspace(0, 4.4, 221)
    lasso = lasso_path(X[:60], y[:60], alphas).weights[::-1]
    ridge = [ridge_regression(X[:60], y[:60], alpha) for alpha in alphas]
    best = {
        int(np.argmin([((y - w[0] - X @ w[1:])[60:] ** 2).mean() for w in path]))
        for path in (lasso, ridge)
    }
    if best == {0}:
        return "at the smallest, where the fit is best"
    if best == {220}:
        return "at the largest, where no weight is left"
    return "somewhere in between" if not best & {0, 220} else "different for the two"


PREDICTED = {"one_weight_zero": _one_weight_zero, "least_error": _least_error}
