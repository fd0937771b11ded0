"""Principal component analysis: answers found a second way, other right ones, wrong ones."""

import numpy as np
import pytest

from exercises.learner import answers, cases
from mlmath_helpers.datasets import load_digits, load_penguins
from mlmath_helpers.linear_algebra import pca

OTHER_WAYS = {
    "centre_and_project": [
        "return X @ components - X.mean(axis=0) @ components",
        "X = X.astype(float)\nX -= np.mean(X, axis=0)\nreturn np.dot(X, components)",
        "return ((X - X.mean(axis=0)) @ components).tolist()",
    ],
    "explained_variance_ratio": [
        "return [x / sum(eigenvalues) for x in eigenvalues]",
        "total = np.sum(eigenvalues)\nreturn tuple(eigenvalues / total)",
    ],
}

WRONG_WAYS = [
    (
        "centre_and_project",
        "return -(X - X.mean(axis=0)) @ components",
        "not the rows from the mean",
    ),
    (
        "centre_and_project",
        "return (X - X.mean(axis=0)) @ components[0]",
        "multiply by components as it is",
    ),
    ("centre_and_project", "return (X - X.mean()) @ components", "one mean of all numbers"),
    (
        "explained_variance_ratio",
        "for i in range(len(eigenvalues)):\n"
        "    eigenvalues[i] = eigenvalues[i] / eigenvalues.sum()\nreturn eigenvalues",
        "add them up once",
    ),
    ("explained_variance_ratio", "return np.sort(eigenvalues / sum(eigenvalues))", "another order"),
]


def test_components_are_orthonormal_columns():
    for Z, (X, components) in answers("centre_and_project"):
        d, k = components.shape
        assert components.T @ components == pytest.approx(np.eye(k), abs=1e-12)
        assert Z.shape == (len(X), k)
        assert Z.sum(axis=0) == pytest.approx(np.zeros(k), abs=1e-9)
        assert X.shape[1] == d


def test_explained_shares_sum_to_one_in_the_order_of_the_eigenvalues():
    sorted_ones = 0
    for shares, (eigenvalues,) in answers("explained_variance_ratio"):
        assert shares.sum() == pytest.approx(1)
        assert (np.sign(np.diff(shares)) == np.sign(np.diff(eigenvalues))).all()
        sorted_ones += (np.diff(shares) <= 0).all()
    assert 0 < sorted_ones < len(cases("explained_variance_ratio"))


def _standardised_birds():
    table = load_penguins().measurements[:, [2, 3]]
    table = table[~np.isnan(table).any(axis=1)]
    return (table - table.mean(axis=0)) / table.std(axis=0, ddof=1)


def _direction_of_most_variance():
    birds = _standardised_birds()
    x, y = pca(birds, 1).components[:, 0]
    slope = (birds[:, 0] @ birds[:, 1]) / (birds[:, 0] @ birds[:, 0])
    found = np.degrees(np.arctan2(y, x)) % 180
    angles = {
        "at 41°, where the slope is the correlation": np.degrees(np.arctan(slope)),
        "at 45°": 45.0,
        "at 49°, the other way of regression": np.degrees(np.arctan(1 / slope)),
    }
    return min(angles, key=lambda words: abs(angles[words] - found))


def _components_for_most():
    eigenvalues = pca(load_digits().images.reshape(-1, 64), 64).eigenvalues
    held = np.cumsum(eigenvalues) / eigenvalues.sum()
    needed = int(np.argmax(held >= 0.9)) + 1
    sizes = {"about 58, which is 90% of 64": 58, "about 40": 40, "about 20": 20, "about 2": 2}
    return min(sizes, key=lambda words: abs(np.log(sizes[words] / needed)))


PREDICTED = {
    "direction_of_most_variance": _direction_of_most_variance,
    "components_for_most": _components_for_most,
}
