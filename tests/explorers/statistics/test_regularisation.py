"""Two weights under a penalty, against a search."""

import re

import numpy as np
import pytest
from scipy import optimize

from explorers.drawn import every_value, numbers, part, points, sample, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_diabetes
from mlmath_helpers.explorers import statistics as explorers

# penalty_geometry


def two_measurements():
    diabetes = load_diabetes()
    X = diabetes.X[:, [2, 3]]
    return (X - X.mean(axis=0)) / X.std(axis=0), diabetes.y - diabetes.y.mean()


@pytest.mark.parametrize("log_alpha", [1.6, 3.0, 3.9, 4.2, 4.32])
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
    assert "both weights exactly 0 (the diamond is a point)" in set_to(explorer, log_alpha=4.32)
    for log_alpha in sample(explorer.controls["log_alpha"], 7):
        words = set_to(explorer, penalty="ridge (sum of squares)", log_alpha=log_alpha)
        assert "exactly 0" not in words
        assert (points(explorer, "weights") > 0).all()


def test_what_is_said_of_the_weights_is_true_at_every_state(made):
    explorer = made(explorers.penalty_geometry)
    for penalty in every_value(explorer.controls["penalty"]):
        for log_alpha in every_value(explorer.controls["log_alpha"]):
            words = set_to(explorer, penalty=penalty, log_alpha=log_alpha)
            w = points(explorer, "weights")[0]
            if not w.any():
                assert "has both weights exactly 0 (the diamond is a point), squares" in words
                continue
            said = re.search(r"has weights (.*) and (.*) (?:on|at) the", words)
            for text, weight in zip(said.groups(), w, strict=True):
                assert (text == "exactly 0") == (weight == 0)
                if weight:
                    assert float(text) != 0
                    assert float(text) == pytest.approx(weight, abs=0.051, rel=0.5)
            lasso = penalty.startswith("lasso")
            place = ["", "at the diamond's corner", "on the diamond's edge"][(w != 0).sum()]
            assert (place if lasso else "on the circle") in words


@pytest.mark.parametrize("penalty", ["lasso (sum of sizes)", "ridge (sum of squares)"])
def test_the_weights_are_pulled_along_their_walk(made, penalty):
    explorer = made(explorers.penalty_geometry)
    stops = every_value(explorer.controls["log_alpha"])
    places = []
    for log_alpha in stops:
        set_to(explorer, penalty=penalty, log_alpha=log_alpha)
        places.append(points(explorer, "weights")[0])
    for x, y in [(60, 40), (20, 30), (25, 0), (5, 5), (12.0, -2.0), (-20, -20)]:
        explorer.drag("weights", x, y)
        gaps = np.hypot(*(np.array(places) - (x, y)).T)
        found = points(explorer, "weights")[0]
        assert np.hypot(*(found - (x, y))) == pytest.approx(gaps.min())
        assert explorer.handles[0].at(**explorer._values()) == pytest.approx(found)


def test_where_both_weights_are_0_a_pull_to_there_changes_nothing(made):
    explorer = made(explorers.penalty_geometry)
    set_to(explorer, log_alpha=4.32)
    assert points(explorer, "weights").tolist() == [[0, 0]]
    explorer.drag("weights", 0, 0)
    assert explorer.controls["log_alpha"].value == 4.32


class TestPictures(Pictures):
    figures = (explorers.penalty_geometry,)
