"""Functions as vectors: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers
from mlmath_helpers.linear_algebra import project

OTHER_WAYS = {
    "derivative_matrix": [
        "D = np.zeros((n + 1, n + 1))\nfor k in range(1, n + 1):\n    D[k - 1, k] = k\nreturn D",
        "return np.eye(n + 1, k=1) * np.arange(n + 1)",
        "return [[j if j == i + 1 else 0 for j in range(n + 1)] for i in range(n + 1)]",
    ],
    "orthogonal_coefficients": [
        "return [f @ q / (q @ q) for q in Q.T]",
        "return np.linalg.lstsq(Q, f, rcond=None)[0]",
        "return np.linalg.solve(Q.T @ Q, Q.T @ f)",
        "lengths = np.linalg.norm(Q, axis=0)\nreturn (Q / lengths).T @ f / lengths",
    ],
    "kernel_features": [
        "s = 2**0.5\nreturn [[1, s * a, s * b, a * a, b * b, s * a * b] for a, b in X]",
        "a, b = X[:, 0], X[:, 1]\ns = -np.sqrt(2)\n"
        "return np.array([s * a * b, a**2, b**2, -np.ones(len(X)), s * a, s * b]).T",
        "a, b = X.T\ns = np.sqrt(2)\nF = np.column_stack([a**0, s*a, s*b, a**2, b**2, s*a*b])\n"
        "return F @ np.linalg.qr(np.random.default_rng(0).normal(size=(6, 6)))[0]",
    ],
}

WRONG_WAYS = [
    ("derivative_matrix", "return np.diag([1 / k for k in range(1, n + 1)], 1)", "the integral"),
    ("derivative_matrix", "return np.diag(range(1, n + 1), k=-1)", "belong in the columns"),
    ("derivative_matrix", "return np.eye(n + 1, k=1)", "the factor is missing"),
    ("orthogonal_coefficients", "return [f @ row for row in Q]", "takes the rows of Q"),
    ("orthogonal_coefficients", "return np.mean(f[:, None] * Q, axis=0)", "q @ q in its place"),
    ("orthogonal_coefficients", "return np.linalg.solve(Q, f)", "as many columns as points"),
    (
        "kernel_features",
        "a, b = X.T\nreturn np.stack([a**0, a, b, a**2, b**2, a * b], axis=1)",
        "three terms come twice",
    ),
    (
        "orthogonal_coefficients",
        "return Q.T @ f / np.linalg.norm(Q)",
        "That divides by one number",
    ),
    (
        "orthogonal_coefficients",
        "return Q.T @ f / (Q ** 2).mean(axis=0)",
        "A squared length is the",
    ),
]

NOT_SAID = [
    ("orthogonal_coefficients", "return 2 * Q.T @ f / len(f)", "columns of length 1"),
    ("derivative_matrix", "return np.eye(n + 1, k=1)[:, ::-1]", "lowers it by one"),
]

EQUIVALENT = {
    "kernel_features": {
        "return np.column_stack([root * a * b, b ** 2, a ** 2, root * b, root * a, "
        "np.ones(len(X))])": "the order of the features does not change their dot products",
    },
}


def test_the_derivative_matrix_differentiates_as_numpy_does():
    for D, (n,) in answers("derivative_matrix"):
        coordinates = np.arange(2.0, n + 3) ** 2
        derivative = np.polynomial.Polynomial(coordinates).deriv().coef
        assert D @ coordinates == pytest.approx(np.append(derivative, np.zeros(n))[: n + 1])


def test_orthogonal_coefficients_are_those_of_least_squares():
    for c, (f, Q) in answers("orthogonal_coefficients"):
        gram = Q.T @ Q
        assert gram == pytest.approx(np.diag(np.diag(gram)), abs=1e-12)
        assert c == pytest.approx(np.linalg.lstsq(Q, f)[0], abs=1e-12)


def test_the_dots_of_the_features_are_the_kernel():
    for F, (X,) in answers("kernel_features"):
        kernel = [[(1 + x[0] * z[0] + x[1] * z[1]) ** 2 for z in X] for x in X]
        np.testing.assert_allclose(F @ F.T, kernel, atol=1e-13)


def _overshoot_at_a_jump():
    t = (np.arange(4000) + 0.5) / 4000
    f, heights, places = np.sign(t - 0.5), [], []
    for n_waves in (5, 9, 15, 45):
        fit = sum(project(f, onto=np.sin(2 * np.pi * k * t)) for k in range(1, n_waves + 1))
        heights.append(fit.max() - 1)
        places.append(t[t > 0.5][fit[t > 0.5].argmax()] - 0.5)
    ratio = heights[-1] / heights[0]
    if ratio > 1.25:
        return "it gets higher"
    narrower = places[-1] < 0.2 * places[0]
    if ratio > 0.8 and narrower:
        return "it gets narrower, and hardly lower"
    return "it gets lower, until it is gone"


PREDICTED = {"overshoot_at_a_jump": _overshoot_at_a_jump}
