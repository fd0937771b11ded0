"""A line through points and its squares, against computations from scratch."""

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, part, points, sample, set_to
from explorers.pictures import Pictures
from explorers.statistics.regression_examples import POINTS
from mlmath_helpers.explorers import statistics as explorers


def test_each_square_stands_on_its_residual(made):
    explorer = made(explorers.fit_a_line)
    x, y = np.arange(1.0, 6.0), np.array([2.1, 4.2, 6.1, 7.9, 10.2])
    for slope, intercept in [(1.2, 3.5), (0.0, -4.0), (2.0, 0.1), (4.0, 6.0)]:
        words = set_to(explorer, slope=slope, intercept=intercept)
        residuals = y - intercept - slope * x
        corners = [path.vertices for path in part(explorer, "squares").get_paths()]
        for square, at, target, residual in zip(corners, x, y, residuals, strict=True):
            width, height = np.ptp(square, axis=0)
            assert width == pytest.approx(abs(residual))
            assert height == pytest.approx(abs(residual))
            assert square[:, 0].min() == pytest.approx(at)
            ends = sorted([square[:, 1].min(), square[:, 1].max()])
            assert ends == pytest.approx(sorted([target, target - residual]))
        assert numbers(words)[2] == pytest.approx((residuals**2).sum(), abs=0.006)
        title = part(explorer, "line").axes.get_title(loc="left")
        assert numbers(title) == [pytest.approx((residuals**2).sum(), abs=0.006)]
        assert numbers(words)[3] == pytest.approx(residuals.mean(), abs=0.006)
        assert points(explorer, "dot").tolist() == [[intercept, slope]]
        line = points(explorer, "line")
        np.testing.assert_allclose(line[:, 1], intercept + slope * line[:, 0])


def test_the_best_line_is_praised_and_no_other_sum_is_smaller(made):
    explorer = made(explorers.fit_a_line)
    words = set_to(explorer, slope=1.99, intercept=0.13)
    assert words.endswith("nearly the best line.")
    x, y = np.arange(1.0, 6.0), np.array([2.1, 4.2, 6.1, 7.9, 10.2])
    least = np.polyfit(x, y, 1, full=True)[1][0]
    assert numbers(words)[2] == pytest.approx(least, abs=0.006)
    for slope in sample(explorer.controls["slope"], 9):
        assert numbers(set_to(explorer, slope=slope))[2] >= numbers(words)[2]
    assert "a better line exists" in set_to(explorer, slope=1.2, intercept=3.5)


def crossing(explorer, x):
    """Return the height of the line that is drawn, at x."""
    (x0, y0), (x1, y1) = points(explorer, "line")
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def test_the_left_end_lifts_the_line_and_the_right_end_turns_it(made):
    explorer = made(explorers.fit_a_line)
    for x, y in [(0.0, 1.0), (-0.4, 4.5), (2.0, -0.4)]:
        explorer.reset()
        explorer.drag("left end of the line", x, y)
        assert explorer.controls["slope"].value == 1.2
        assert crossing(explorer, x) == pytest.approx(y, abs=0.006)
    for x, y in [(10.0, 11.0), (11.5, 3.6), (5.0, 9.5)]:
        explorer.reset()
        explorer.drag("right end of the line", x, y)
        assert explorer.controls["intercept"].value == 3.5
        assert crossing(explorer, x) == pytest.approx(y, abs=0.006 * x)
    explorer.drag("right end of the line", 0.0, 12.0)  # straight up is steeper than all slopes
    assert explorer.controls["slope"].value == 4.0


def test_the_ends_lie_on_the_line_where_it_is_in_the_picture(made):
    explorer = made(explorers.fit_a_line)
    for slope in sample(explorer.controls["slope"], 9):
        for intercept in sample(explorer.controls["intercept"], 9):
            set_to(explorer, slope=slope, intercept=intercept)
            for handle in explorer.handles[:2]:
                place = handle.at(slope, intercept)
                # 4% inside the frame of -1 to 12, and the highest point of a line is at its right
                assert (place is not None) == (intercept + slope * 11.48 >= -0.56)
                if place is not None:
                    x, y = place
                    assert crossing(explorer, x) == pytest.approx(y, abs=0.08)
                    assert (
                        np.isclose([x, 12 - 1 - x], -0.48).any()
                        or np.isclose([y, 12 - 1 - y], -0.48).any()
                    )


def test_no_pull_of_an_end_takes_the_line_out_of_the_picture(made):
    explorer = made(explorers.fit_a_line)
    rng = np.random.default_rng(0)
    for label in ("left end of the line", "right end of the line"):
        for _ in range(50):
            explorer.drag(label, *rng.uniform(-5, 15, 2))
            assert None not in [handle.at(**explorer._values()) for handle in explorer.handles]


def test_the_dot_is_pulled_to_a_slope_and_an_intercept_at_once(made):
    explorer = made(explorers.fit_a_line)
    for intercept, slope in [(0.13, 1.99), (-4.0, 4.0), (6.0, 0.0)]:
        explorer.drag("slope and intercept", intercept, slope)
        assert points(explorer, "dot").tolist() == [[intercept, slope]]
    explorer.drag("slope and intercept", 9, -9)
    assert points(explorer, "dot").tolist() == [[6.0, 0.0]]


# points of one's own


@pytest.mark.parametrize("name", POINTS)
def test_squares_and_sums_are_those_of_ones_own_points(own, name):
    x, y, x_unit, y_unit = POINTS[name]
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    kept = x.copy(), y.copy()
    explorer = own(explorers.fit_a_line, x, y)
    assert np.array_equal((x, y), kept)
    x, y = x / x_unit, y / y_unit
    origin = 1990 if name == "years" else 0
    left, right = explorer.figure.axes
    assert right.get_xlabel() == ("height at x = 1990" if origin else "intercept")
    assert ("(in 1e-6)" in left.get_xlabel()) == (name == "tiny")
    rng = np.random.default_rng(0)
    dots = next(line for line in left.lines if line.get_gid() is None)
    np.testing.assert_allclose(dots.get_xydata(), np.column_stack([x, y]))
    for _ in range(5):
        slope, intercept = (rng.choice(every_value(c)).item() for c in explorer.controls.values())
        words = set_to(explorer, slope=slope, intercept=intercept)
        residuals = y - intercept - slope * (x - origin)
        scale = np.diff(left.transData.transform([(0, 0), (1, 1)]), axis=0)[0]
        for path, at, residual in zip(
            part(explorer, "squares").get_paths(), x, residuals, strict=True
        ):
            width, height = np.ptp(path.vertices, axis=0)
            assert height == pytest.approx(abs(residual), abs=1e-9)
            assert width * scale[0] == pytest.approx(height * scale[1])  # as long on the screen
            assert path.vertices[:, 0].min() == pytest.approx(at)
        assert crossing(explorer, origin) == pytest.approx(intercept, abs=1e-9 * np.ptp(y) + 1e-9)
        total = float(f"{(residuals**2).sum():.4g}")
        assert f"squares sum to {total:.4g}".replace("e+0", "e").replace("e-0", "e-") in words
        assert len(words) <= 180
        for handle in explorer.handles:
            values = explorer._values()
            place = handle.at(**values)
            if place is None:  # the line is not in the picture
                heights = left.transAxes.inverted().transform(
                    left.transData.transform(points(explorer, "line"))
                )[:, 1]
                assert (heights < 0.045).all() or (heights > 0.955).all()
                continue
            assert handle.axes.bbox.contains(*handle.axes.transData.transform(place))
            assert explorer._wanted(handle, place, values) == values


@pytest.mark.parametrize("name", POINTS)
def test_the_best_line_through_ones_own_points_can_be_found_by_hand(own, name):
    x, y, x_unit, y_unit = POINTS[name]
    explorer = own(explorers.fit_a_line, x, y)
    assert explorer.sentence.endswith("a better line exists.")
    origin = 1990 if name == "years" else 0
    slope, height = np.polyfit(np.array(x) / x_unit - origin, np.array(y) / y_unit, 1)
    explorer.drag("slope and intercept", height, slope)
    assert explorer.sentence.endswith("nearly the best line.")


@pytest.mark.parametrize("factory", [explorers.fit_a_line, explorers.leverage])
@pytest.mark.parametrize(
    ("x", "y", "error", "message"),
    [
        ([1, 2], None, TypeError, "y is missing: give x and y, or neither"),
        (None, [1, 2], TypeError, "x is missing"),
        ([1, 2, 3], [1, 2], ValueError, "x and y must have the same number of entries, not 3"),
        ([3, 3, 3], [1, 2, 4], ValueError, "x is 3 in every entry, so no line"),
        ([1], [2], ValueError, "x needs at least 2 numbers, not 1"),
        ([1, 2, np.nan], [1, 2, 3], ValueError, "x holds nan or inf"),
        ([[1, 2]], [1, 2], ValueError, "x must be a 1-D array"),
        (["a", "b"], [1, 2], TypeError, "x must hold real numbers"),
        ([1, 2], [1e9, 1e9 + 0.5], ValueError, "y spreads over only 0.5 at a size of 1e"),
        ([1, 1e300], [1, 2], ValueError, "x spreads over 1e.300, which leaves no room"),
    ],
)
def test_points_without_a_line_are_refused(factory, x, y, error, message):
    with pytest.raises(error, match=message):
        factory(x, y)


def test_more_squares_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="x holds 101 numbers, and the figure shows at most 100"):
        explorers.fit_a_line(np.arange(101), np.arange(101))


def own_points():
    return explorers.fit_a_line(*POINTS["falling"][:2])


class TestPictures(Pictures):
    figures = (explorers.fit_a_line,)


class TestOwnPictures(Pictures):
    figures = (own_points,)
