"""Weights under a penalty, against a search, against equations and conditions."""

import numpy as np
import pytest
from scipy import optimize

from explorers.drawn import numbers, part, points, sample, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_diabetes
from mlmath_helpers.explorers import statistics as explorers

# penalty_geometry


def two_measurements():
    diabetes = load_diabetes()
    X = diabetes.X[:, [2, 3]]
    return (X - X.mean(axis=0)) / X.std(axis=0), diabetes.y - diabetes.y.mean()


@pytest.mark.parametrize("log_alpha", [1.6, 3.0, 3.9, 4.2, 4.6])
@pytest.mark.parametrize("penalty", ["lasso (sum of sizes)", "ridge (sum of squares)"])
def test_the_weights_are_where_a_search_finds_the_least_sum(made, penalty, log_alpha):
    explorer = made(explorers.penalty_geometry)
    words = set_to(explorer, penalty=penalty, log_alpha=log_alpha)
    X, y = two_measurements()

    def objective(w):
        squares = ((y - X @ w) ** 2).sum()
        if penalty.startswith("lasso"):
            return squares / 2 + 10**log_alpha * np.abs(w).sum()
        return squares + 10**log_alpha * (w**2).sum()

    w = points(explorer, "weights")[0]
    found = optimize.minimize(objective, [10.0, 10.0], method="Nelder-Mead", tol=1e-9)
    assert objective(w) <= found.fun + 1e-6 * found.fun
    assert w == pytest.approx(found.x, abs=0.05)
    walk = points(explorer, "walk")  # from least squares to here, and no farther
    assert walk[0] == pytest.approx(np.linalg.lstsq(X, y)[0])
    assert walk[-1].tolist() == w.tolist()
    assert (np.diff(((y[:, None] - X @ walk.T) ** 2).sum(axis=0)) >= -1e-6).all()
    places = ["(the diamond is a point)", "at the diamond's corner", "on the diamond's edge"]
    place = places[(w != 0).sum()] if penalty.startswith("lasso") else "on the circle"
    assert place in words
    assert words.count("exactly 0") == (1 if (w == 0).any() else 0)
    least = ((y - X @ walk[0]) ** 2).sum()
    growth = ((y - X @ w) ** 2).sum() / least - 1
    assert numbers(words)[-1] == pytest.approx(growth, abs=0.0006)
    for weight in w[w != 0]:
        assert f"{weight:.1f}" in words
    # the ring runs through the weights, and all of it has the same squares
    ring = points(explorer, "ring")
    squares = ((y[:, None] - X @ ring.T) ** 2).sum(axis=0)
    np.testing.assert_allclose(squares, ((y - X @ w) ** 2).sum(), rtol=1e-9)
    edge = part(explorer, "allowed").get_xy()
    size = np.abs(edge).sum(axis=1) if penalty.startswith("lasso") else np.hypot(*edge.T)
    own = np.abs(w).sum() if penalty.startswith("lasso") else np.hypot(*w)
    np.testing.assert_allclose(size, own, atol=1e-9)


def test_only_the_lasso_reaches_an_axis(made):
    explorer = made(explorers.penalty_geometry)
    assert "and exactly 0 at the diamond's corner" in set_to(explorer, log_alpha=4.2)
    assert "both weights exactly 0 (the diamond is a point)" in set_to(explorer, log_alpha=4.6)
    for log_alpha in sample(explorer.controls["log_alpha"], 7):
        words = set_to(explorer, penalty="ridge (sum of squares)", log_alpha=log_alpha)
        assert "exactly 0" not in words
        assert (points(explorer, "weights") > 0).all()


# regularization_path


def patients():
    diabetes = load_diabetes()
    order = np.random.default_rng(0).permutation(442)
    X, y = diabetes.X[order], diabetes.y[order]
    return (X - X[:60].mean(axis=0)) / X[:60].std(axis=0), y


@pytest.mark.parametrize("log_alpha", [0.0, 1.0, 3.0, 4.4])
def test_ridges_weights_and_errors_on_the_path_are_those_of_its_equations(made, log_alpha):
    explorer = made(explorers.regularization_path)
    words = set_to(explorer, penalty="ridge (sum of squares)", log_alpha=log_alpha)
    X, y = patients()
    centre = y[:60].mean()
    w = np.linalg.solve(
        X[:60].T @ X[:60] + 10**log_alpha * np.eye(10), X[:60].T @ (y[:60] - centre)
    )
    np.testing.assert_allclose(points(explorer, "now")[:, 1], w, atol=1e-9)
    seen, unseen = (
        np.sqrt(((y[rows] - centre - X[rows] @ w) ** 2).mean())
        for rows in (slice(60), slice(60, 442))
    )
    assert f": error {seen:.1f} fitted, {unseen:.1f} held out (" in words
    assert points(explorer, "dot")[0] == pytest.approx([log_alpha, unseen])


@pytest.mark.parametrize("log_alpha", [1.0, 2.0, 2.6, 3.4, 4.4])
def test_the_lassos_weights_on_the_path_fulfil_its_conditions(made, log_alpha):
    explorer = made(explorers.regularization_path)
    words = set_to(explorer, log_alpha=log_alpha)
    X, y = patients()
    w = points(explorer, "now")[:, 1]
    slopes = X[:60].T @ (y[:60] - y[:60].mean() - X[:60] @ w)
    assert (np.abs(slopes) <= 10**log_alpha * (1 + 1e-6)).all()
    np.testing.assert_allclose(slopes[w != 0], 10**log_alpha * np.sign(w[w != 0]), rtol=1e-6)
    assert f"keeps {(w != 0).sum()} of 10 weights" in words


def test_the_fan_runs_through_the_weights_that_are_marked(made):
    explorer = made(explorers.regularization_path)
    for penalty in explorer.controls["penalty"].options:
        set_to(explorer, penalty=penalty, log_alpha=2.0)
        fan = part(explorer, "weights").get_segments()
        marked = points(explorer, "now")[:, 1]
        through = [np.interp(2.0, *line.T) for line in fan]
        np.testing.assert_allclose(through, marked, atol=1e-6)


def test_the_errors_are_drawn_as_far_as_alpha_has_come(made):
    explorer = made(explorers.regularization_path)
    X, y = patients()
    A = np.column_stack([np.ones(442), X])
    w = np.linalg.lstsq(A[:60], y[:60])[0]
    without = np.sqrt(((y - A @ w)[60:] ** 2).mean())
    for penalty in explorer.controls["penalty"].options:
        for log_alpha in (0.0, 1.0, 2.0, 4.4):
            words = set_to(explorer, penalty=penalty, log_alpha=log_alpha)
            seen, unseen = points(explorer, "seen"), points(explorer, "held out")
            assert (np.diff(seen[:, 1]) >= -1e-9).all()
            assert seen[-1, 0] == pytest.approx(log_alpha)
            assert unseen[-1] == pytest.approx(points(explorer, "dot")[0])
            assert f"{unseen[-1, 1]:.1f} held out ({without:.1f} without a penalty)" in words


class TestPictures(Pictures):
    figures = (explorers.penalty_geometry, explorers.regularization_path)
