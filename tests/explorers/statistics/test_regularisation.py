"""Weights under a penalty, against a search, against equations and conditions."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from scipy import optimize

from explorers.drawn import every_value, numbers, part, points, runs_through, sample, set_to
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


def test_each_of_the_ten_curves_has_its_own_look_and_its_name_beside_it(made):
    explorer = made(explorers.regularization_path)
    axes, fan = explorer.figure.axes[0], part(explorer, "weights")
    names = load_diabetes().names
    keys = {}
    for text in axes.texts:
        if text.get_text() in names:
            x, y = text.get_position()
            (key,) = (
                line
                for line in axes.lines
                if len(line.get_xdata()) == 2
                and list(line.get_ydata()) == [y, y]
                and 0 < x - line.get_xdata()[1] < 0.1
            )
            keys[text.get_text()] = key
    assert list(keys) == list(names)
    looks = [(to_hex(line.get_color()), line.get_linestyle()) for line in keys.values()]
    assert len(set(looks)) == 10
    drawn = zip(fan.get_colors(), fan.get_linestyles(), strict=True)
    assert looks == [(to_hex(colour), "--" if dashes[1] else "-") for colour, dashes in drawn]
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text() in names]
    for penalty in every_value(explorer.controls["penalty"]):
        for log_alpha in (0.0, 1.2, 2.0, 3.0, 4.4):
            set_to(explorer, penalty=penalty, log_alpha=log_alpha)
            lines = [Line2D(*curve.T, transform=axes.transData) for curve in fan.get_segments()]
            for line in [*lines, part(explorer, "alpha")]:
                line.axes = axes
                assert not any(runs_through(box, line) for box in boxes)


@pytest.mark.parametrize("gid", ["alpha", "error on those held out"])
def test_alpha_is_pulled_left_and_right_on_both_sides(made, gid):
    explorer = made(explorers.regularization_path)
    for x, log_alpha in [(1.234, 1.24), (-0.1, 0.0), (4.5, 4.4), (3.0, 3.0)]:
        explorer.drag(gid, x, 60)
        assert explorer.controls["log_alpha"].value == log_alpha
        assert part(explorer, "alpha").get_xdata() == [log_alpha, log_alpha]
        left, right = (handle.at(**explorer._values()) for handle in explorer.handles)
        assert right == pytest.approx(points(explorer, "dot")[0])
        assert left[0] == log_alpha
        low, high = points(explorer, "alpha")[:, 1]
        assert low < left[1] < high


class TestPictures(Pictures):
    figures = (explorers.penalty_geometry, explorers.regularization_path)
