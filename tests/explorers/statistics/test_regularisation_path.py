"""The weights of ten measurements along a penalty, against equations and conditions."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_hex
from scipy import optimize

from explorers.drawn import every_value, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_diabetes
from mlmath_helpers.explorers import statistics as explorers


def patients():
    diabetes = load_diabetes()
    order = np.random.default_rng(0).permutation(442)
    X, y = diabetes.X[order], diabetes.y[order]
    return (X - X[:60].mean(axis=0)) / X[:60].std(axis=0), y


def weights(explorer):
    """Return the ten weights that are marked: one without a mark is 0."""
    marked = points(explorer, "now")[:, 1]
    assert not (marked == 0).any()
    return np.nan_to_num(marked)


@pytest.mark.parametrize("log_alpha", [0.0, 1.0, 3.0, 4.4])
def test_ridges_weights_and_errors_on_the_path_are_those_of_its_equations(made, log_alpha):
    explorer = made(explorers.regularization_path)
    words = set_to(explorer, penalty="ridge (sum of squares)", log_alpha=log_alpha)
    X, y = patients()
    centre = y[:60].mean()
    w = np.linalg.solve(
        X[:60].T @ X[:60] + 10**log_alpha * np.eye(10), X[:60].T @ (y[:60] - centre)
    )
    np.testing.assert_allclose(weights(explorer), w, atol=1e-9)
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
    w = weights(explorer)
    slopes = X[:60].T @ (y[:60] - y[:60].mean() - X[:60] @ w)
    assert (np.abs(slopes) <= 10**log_alpha * (1 + 1e-6)).all()
    np.testing.assert_allclose(slopes[w != 0], 10**log_alpha * np.sign(w[w != 0]), rtol=1e-6)
    assert f"keeps {(w != 0).sum()} of 10 weights" in words


def test_the_fan_runs_through_the_weights_that_are_marked(made):
    explorer = made(explorers.regularization_path)
    for penalty in explorer.controls["penalty"].options:
        set_to(explorer, penalty=penalty, log_alpha=2.0)
        fan = part(explorer, "weights").get_segments()
        marked = weights(explorer)
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


def test_a_weight_that_is_0_has_no_dot_among_those_that_are_left(made):
    explorer = made(explorers.regularization_path)
    for log_alpha in (0.0, 2.0, 3.0, 4.4):
        words = set_to(explorer, log_alpha=log_alpha)
        dots = np.isfinite(points(explorer, "now")[:, 1]).sum()
        assert f"keeps {dots} of 10 weights" in words


def test_a_ring_lies_at_the_least_error_once_it_is_passed(made):
    explorer = made(explorers.regularization_path)
    stops = np.array(every_value(explorer.controls["log_alpha"]))
    for penalty in explorer.controls["penalty"].options:
        set_to(explorer, penalty=penalty, log_alpha=4.4)
        curve = points(explorer, "held out")
        best = curve[:, 1].argmin()
        assert points(explorer, "least")[0] == pytest.approx(curve[best])
        set_to(explorer, log_alpha=stops[best + 1])
        assert points(explorer, "least")[0] == pytest.approx(curve[best])
        for log_alpha in (stops[best], 0.0):
            set_to(explorer, log_alpha=log_alpha)
            assert len(points(explorer, "least")) == 0


def test_errors_are_seen_from_0_and_scales_end_where_curves_do(made):
    explorer = made(explorers.regularization_path)
    left, right = explorer.figure.axes
    assert right.get_ylim()[0] == 0
    assert "one split of 442" in right.get_title(loc="left")
    low, high = left.spines["bottom"].get_bounds()
    assert low < 0 < 4.4 < high < names_of(left)[0].get_position()[0]
    assert left.spines["left"].get_bounds()[0] > part(explorer, "left").get_xy()[:, 1].max()
    cover = part(explorer, "beside").get_window_extent()
    assert to_hex(part(explorer, "beside").get_facecolor()) == "#ffffff"
    for text in names_of(left):
        box = text.get_window_extent()
        assert cover.x0 <= box.x0
        assert cover.y0 <= box.y0 <= box.y1 <= cover.y1


def test_the_keys_stand_at_the_beginnings_of_their_curves(made):
    explorer = made(explorers.regularization_path)
    keys = {text.get_text(): text for text in explorer.figure.axes[1].texts}
    for penalty in explorer.controls["penalty"].options:
        set_to(explorer, penalty=penalty, log_alpha=4.4)
        for key, gid, side in (("60 fitted", "seen", -1), ("382 held out", "held out", 1)):
            curve = part(explorer, gid)
            x, y = curve.axes.transData.transform(points(explorer, gid)).T
            box = keys[key].get_window_extent()
            beside = y[(box.x0 <= x) & (x <= box.x1)]
            gaps = box.y0 - beside if side == 1 else beside - box.y1
            assert 0 < gaps.min() < 40
            assert to_hex(keys[key].get_color()) == to_hex(curve.get_color())


def test_the_count_stands_at_the_end_of_its_strip(made):
    explorer = made(explorers.regularization_path)
    for log_alpha in (0.0, 2.0, 4.4):
        set_to(explorer, log_alpha=log_alpha)
        end = part(explorer, "left").get_xy()[:, 0].max()
        assert 0 < part(explorer, "count").get_position()[0] - end < 0.2


def names_of(axes):
    """Return the text of each measurement's name, in the order of the columns."""
    texts = {text.get_text(): text for text in axes.texts}
    return [texts[name] for name in load_diabetes().names]


def test_the_names_stand_at_the_weights_without_a_penalty_as_near_as_there_is_room(made):
    explorer = made(explorers.regularization_path)
    axes = explorer.figure.axes[0]
    X, y = patients()
    best = np.linalg.lstsq(np.column_stack([np.ones(60), X[:60]]), y[:60])[0][1:]
    places = np.array([text.get_position()[1] for text in names_of(axes)])
    assert (np.argsort(places) == np.argsort(best)).all()
    gap = np.diff(np.sort(places)).min()
    order = np.argsort(best)
    found = optimize.minimize(  # nearest in squares, of all places that are a gap apart
        lambda z: ((z - best[order]) ** 2).sum(),
        best.mean() + gap * np.arange(-4.5, 5),
        constraints={"type": "ineq", "fun": lambda z: np.diff(z) - gap},
    )
    np.testing.assert_allclose(places[order], found.x, atol=0.1)
    boxes = [text.get_window_extent() for text in names_of(axes)]
    for one, other in itertools.combinations(boxes, 2):
        assert not one.overlaps(other)


def test_each_of_the_ten_curves_has_its_own_look_and_a_way_to_its_name(made):
    explorer = made(explorers.regularization_path)
    fan, leaders = part(explorer, "weights"), part(explorer, "leaders")
    looks = zip(fan.get_colors(), fan.get_linestyles(), strict=True)
    assert len({(to_hex(colour), bool(dashes[1])) for colour, dashes in looks}) == 10
    names = names_of(explorer.figure.axes[0])
    for penalty in every_value(explorer.controls["penalty"]):
        for log_alpha in (0.0, 1.2, 2.0, 3.0, 4.4):
            set_to(explorer, penalty=penalty, log_alpha=log_alpha)
            marked = points(explorer, "now")
            for way, mark, name in zip(leaders.get_segments(), marked, names, strict=True):
                if np.isnan(mark[1]):
                    assert np.isnan(way).all() or len(way) == 0
                    continue
                x, y = name.get_position()
                assert way[0] == pytest.approx(mark)
                assert way[1, 1] == y
                assert 0 < x - way[1, 0] < 0.1


def test_the_names_of_weights_that_are_0_and_no_others_are_veiled(made):
    explorer = made(explorers.regularization_path)
    axes = explorer.figure.axes[0]
    names = names_of(axes)
    seen = set()
    for penalty in every_value(explorer.controls["penalty"]):
        for log_alpha in (0.0, 1.4, 2.0, 2.6, 3.0, 4.4):
            set_to(explorer, penalty=penalty, log_alpha=log_alpha)
            veils = [path.vertices for path in part(explorer, "veils").get_paths()]
            veils = [axes.transData.transform(veil) for veil in veils]
            for weight, text in zip(weights(explorer), names, strict=True):
                box = text.get_window_extent()
                middle, (low, high) = (box.y0 + box.y1) / 2, (box.y0, box.y1)
                covers = [v for v in veils if v[:, 1].min() < middle < v[:, 1].max()]
                assert len(covers) == (weight == 0)
                for veil in covers:
                    assert veil[:, 0].min() <= box.x0 < box.x1 <= veil[:, 0].max()
                    assert veil[:, 1].min() <= low + 3 < high - 3 <= veil[:, 1].max()
            seen.add(len(veils))
    assert {0, 10} < seen


def test_a_dot_lies_where_a_weight_comes_to_0_and_the_strip_counts_those_that_are_left(made):
    explorer = made(explorers.regularization_path)
    stops = every_value(explorer.controls["log_alpha"])
    for penalty in every_value(explorer.controls["penalty"]):
        left, dead, before = [], [], np.zeros(10, dtype=bool)
        for log_alpha in stops:
            words = set_to(explorer, penalty=penalty, log_alpha=log_alpha)
            now = weights(explorer) != 0
            dead += [log_alpha] * int((before & ~now).sum())
            before = now
            left.append(now.sum())
            died = points(explorer, "deaths")
            np.testing.assert_allclose(died[:, 0], dead)
            assert (died[:, 1] == 0).all()
            assert part(explorer, "count").get_text() == f"{now.sum()} of 10"
            assert f"keeps {now.sum()} of 10" in words
        outline = part(explorer, "left").get_xy()
        heights = np.interp(np.array(stops) + 0.01, *outline[1:-1].T)  # in the middle of a column
        floor = outline[:, 1].min()
        assert outline[:, 0].max() == pytest.approx(4.42)
        np.testing.assert_allclose((heights - floor) / (heights.max() - floor) * 10, left)
        assert len(dead) >= 10 if penalty.startswith("lasso") else not dead


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
    figures = (explorers.regularization_path,)
