"""Eigenvalues and eigenvectors: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers, cases
from mlmath_helpers.linear_algebra import norm, null_space, power_iteration, project

OTHER_WAYS = {
    "eigenvalues_2x2": [
        "t, d = np.trace(A), np.linalg.det(A)\nr = np.sqrt(max(t**2 - 4 * d, 0))\n"
        "return (t + r) / 2, (t - r) / 2",
        "return sorted(np.linalg.eigvals(A))[::-1]",
        "return np.sort(np.linalg.eigvals(A))[::-1]",
    ],
    "power_step": [
        "w = A.dot(v)\nreturn w / np.sqrt(w @ w)",
        "w = [sum(a * x for a, x in zip(row, v)) for row in A]\n"
        "return np.array(w) / sum(x**2 for x in w) ** 0.5",
    ],
    "stationary_distribution": [
        "values, vectors = np.linalg.eig(P.T)\np = vectors[:, np.argmax(values.real)].real\n"
        "return p / p.sum()",
        "return np.linalg.matrix_power(P, 1000)[0]",
        "n = len(P)\nreturn np.linalg.lstsq(np.vstack([P.T - np.eye(n), np.ones(n)]), "
        "[0] * n + [1], rcond=None)[0]",
        "p = np.eye(len(P))[0]\nwhile True:\n    old, p = p, p @ P\n"
        "    if np.abs(p - old).max() < 1e-12:\n        return p",
    ],
}

WRONG_WAYS = [
    (
        "eigenvalues_2x2",
        "m, det = np.trace(A) / 2, np.linalg.det(A)\ngap = np.sqrt(m - det)\n"
        "return m + gap, m - gap",
        "The mean is squared",
    ),
    (
        "eigenvalues_2x2",
        "m, det = np.mean(A), np.linalg.det(A)\ngap = np.sqrt(m**2 - det)\nreturn m + gap, m - gap",
        "all four entries",
    ),
    (
        "eigenvalues_2x2",
        "m, det = np.trace(A) / 2, np.linalg.det(A)\ngap = np.sqrt(det - m**2)\n"
        "return m + gap, m - gap",
        "The answer holds nan, which is not a number; line 3 makes it, by the root of a negative",
    ),
    (
        "power_step",
        "for _ in range(50):\n    v = A @ v\n    v = v / np.linalg.norm(v)\nreturn v",
        "one step is asked for",
    ),
    ("power_step", "w = A @ v\nreturn w / (v @ w)", "not yet.\n"),
    ("power_step", "w = A @ v\nreturn w / len(w)", "len counts the entries"),
    (
        "power_step",
        "w = A @ v\nfor i in range(len(w)):\n    w[i] = w[i] / np.linalg.norm(w)\nreturn w",
        "measure it once",
    ),
    (
        "stationary_distribution",
        "p = np.ones(len(P)) / len(P)\nfor _ in range(100):\n    p @ P\nreturn p",
        "does not keep its step",
    ),
    ("stationary_distribution", "return P[0]", "not yet.\n"),
    (
        "stationary_distribution",
        "p = np.ones(len(P)) / len(P)\nfor _ in range(10):\n    p = p @ P\nreturn p",
        "Ten steps",
    ),
    (
        "stationary_distribution",
        "values, vectors = np.linalg.eig(P)\nreturn vectors[:, np.argmax(values)]",
        "an eigenvector of P.T",
    ),
    (
        "stationary_distribution",
        "values, vectors = np.linalg.eig(P)\np = vectors[:, np.argmax(values)]\nreturn p / p.sum()",
        "Equal chances",
    ),
    (
        "stationary_distribution",
        "values, vectors = np.linalg.eig(P.T)\nreturn vectors[:, np.argmax(values)]",
        "so divide by the sum",
    ),
    (
        "stationary_distribution",
        "p = np.ones(len(P))\nfor _ in range(500):\n    p = p @ P\nreturn p",
        "sum to 1, from the start",
    ),
    (
        "eigenvalues_2x2",
        "t = np.trace(A)\n"
        "d = np.linalg.det(A)\n"
        "g = np.sqrt(t ** 2 - d)\n"
        "return ((t + g) / 2, (t - g) / 2)",
        "Under the root the determinant",
    ),
    (
        "eigenvalues_2x2",
        "(a, b), (c, d) = A\n"
        "m = a + d / 2\n"
        "D = a * d - b * c\n"
        "g = np.sqrt(m ** 2 - D)\n"
        "return (m + g, m - g)",
        "Python divides d alone by",
    ),
    (
        "eigenvalues_2x2",
        "t = np.trace(A)\n"
        "d = np.linalg.det(A)\n"
        "g = t ** 2 - 4 * d\n"
        "return ((t + g) / 2, (t - g) / 2)",
        "trace**2 - 4 * det stands",
    ),
    (
        "eigenvalues_2x2",
        "m = np.trace(A) / 2\n"
        "d = np.linalg.det(A)\n"
        "g = np.sqrt(m ** 2 - 4 * d)\n"
        "return (m + g, m - g)",
        "The 4 belongs to the",
    ),
    (
        "eigenvalues_2x2",
        "m = np.trace(A) / 2\n"
        "d = np.linalg.det(A)\n"
        "g = (m ** 2 - d) ** 1 / 2\n"
        "return (m + g, m - g)",
        "That takes half of mean**2",
    ),
]

NOT_SAID = [
    (
        "stationary_distribution",
        "values, vectors = np.linalg.eig(P.T)\n"
        "v = np.abs(vectors[:, np.argmin(values.real)])\nreturn v / v.sum()",
        "Equal chances are",
    ),
    ("power_step", "return v @ A / np.linalg.norm(A @ v)", "made of the rows of A"),
]

EQUIVALENT = {
    "eigenvalues_2x2": {
        "return [mean + gap, mean - gap]": "a list of the same numbers is accepted",
    },
    "stationary_distribution": {
        "for _ in range(999):": "the chain has converged long before",
        "for _ in range(1001):": "the chain has converged long before",
    },
}


def test_eigenvalues_are_real_and_agree_with_numpy():
    for values, (A,) in answers("eigenvalues_2x2"):
        assert values == pytest.approx(np.sort(np.linalg.eigvals(A).real)[::-1], abs=1e-7)
        assert (A[0, 0] - A[1, 1]) ** 2 + 4 * A[0, 1] * A[1, 0] >= 0


def test_a_power_step_has_length_1_and_the_direction_of_the_image():
    for w, (A, v) in answers("power_step"):
        assert np.linalg.norm(w) == pytest.approx(1)
        assert w @ (A @ v) == pytest.approx(np.linalg.norm(A @ v))


def test_a_stationary_distribution_solves_its_linear_system():
    for p, (P,) in answers("stationary_distribution"):
        n = len(P)
        assert P.sum(axis=1) == pytest.approx(np.ones(n))
        system = np.vstack([P.T - np.eye(n), np.ones(n)])
        assert p == pytest.approx(np.linalg.lstsq(system, np.append(np.zeros(n), 1))[0], abs=1e-9)


def test_every_chain_forgets_its_start_within_a_thousand_steps_and_one_not_before():
    slowest = 0
    for (P,) in cases("stationary_distribution"):
        slowest = max(slowest, sorted(np.abs(np.linalg.eigvals(P)))[-2])
    assert slowest**1000 < 1e-8  # as far as the reference goes
    assert slowest**500 > 1e-5


def _lines_of_a_shear():
    kept = len(null_space(np.array([[1.0, 1.0], [0.0, 1.0]]) - np.eye(2)).T)
    return [
        "none: a shear slants everything",
        "one",
        "all: 1 is the identity's eigenvalue",  # a plane of eigenvectors of one eigenvalue
    ][kept]


def _ten_steps():
    A, v = np.array([[4.0, 2.0], [1.0, 3.0]]), np.array([np.cos(1.4), np.sin(1.4)])
    _, first = power_iteration(A)
    angles = []
    for _ in range(11):
        across = norm(v - project(v, onto=first))
        angles.append(np.arctan2(across, norm(project(v, onto=first))))
        v = A @ v / norm(A @ v)
    shares = {"two fifths": 0.4, "a twenty-fifth": 0.04, "a hundredth": 1e-2}
    shares["a ten-thousandth"] = 1e-4
    left = np.log(angles[-1] / angles[0])
    return "about " + min(shares, key=lambda words: abs(np.log(shares[words]) - left))


PREDICTED = {"lines_of_a_shear": _lines_of_a_shear, "ten_steps": _ten_steps}
