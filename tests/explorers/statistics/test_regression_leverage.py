"""One point more among others, against fits of all of them."""

import numpy as np
import pytest

from explorers.drawn import every_value, numbers, points, set_to
from explorers.pictures import Pictures
from explorers.statistics.regression_examples import POINTS
from mlmath_helpers.datasets import load_auto_mpg
from mlmath_helpers.explorers import statistics as explorers


@pytest.mark.parametrize("name", POINTS)
def test_one_more_point_among_ones_own_turns_their_line(own, name):
    x, y, x_unit, y_unit = POINTS[name]
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    kept = x.copy(), y.copy()
    explorer = own(explorers.leverage, x, y)
    assert np.array_equal((x, y), kept)
    x, y = x / x_unit, y / y_unit
    n = len(x)
    for share in (0.02, 0.5, 0.97):
        at, height = (
            every_value(control)[int(share * len(every_value(control)))]
            for control in explorer.controls.values()
        )
        explorer.drag("new point", at, height)
        assert list(explorer._values().values()) == [at, height]
        assert points(explorer, "car").tolist() == [[at, height]]
        more_x, more_y = np.append(x, at), np.append(y, height)
        slope, intercept = np.polyfit(more_x, more_y, 1)
        line = points(explorer, "line")
        near = {"rtol": 1e-6, "atol": 1e-6 * np.ptp(more_y)}
        np.testing.assert_allclose(line[:, 1], intercept + slope * line[:, 0], **near)
        h = 1 / (n + 1) + (at - more_x.mean()) ** 2 / ((more_x - more_x.mean()) ** 2).sum()
        assert points(explorer, "dot")[0] == pytest.approx([at, h])
        assert explorer.sentence.startswith(f"Leverage is {h:.3g} at x = ")
        first = np.polyfit(x, y, 1)
        off = [height - np.polyval(first, at), height - intercept - slope * at]
        assert numbers(explorer.sentence)[-2:] == pytest.approx(
            off, abs=0.011 * np.ptp(more_y) + 1e-9
        )
        assert len(explorer.sentence) <= 180


def test_ten_thousand_points_are_shown_and_the_new_one_has_little_leverage(own):
    x = np.random.default_rng(0).normal(size=10_000)
    explorer = own(explorers.leverage, x, 2 * x)
    assert numbers(explorer.sentence)[0] < 0.01
    assert any(len(line.get_xdata()) == 10_000 for line in explorer.figure.axes[0].lines)


def test_the_car_is_pulled_to_a_weight_and_a_mileage(made):
    explorer = made(explorers.leverage)
    for weight, mpg in [(2.3, 44.5), (8.0, 0.0), (1.0, 50.0)]:
        explorer.drag("your car", weight, mpg)
        assert points(explorer, "car").tolist() == [[weight, mpg]]
    explorer.drag("your car", 0.0, -3.0)
    assert points(explorer, "car").tolist() == [[1.0, 0.0]]
    explorer.drag("leverage of your car", 4.52, 0.9)
    assert points(explorer, "car").tolist() == [[4.5, 0.0]]


def test_the_line_and_the_leverage_are_those_of_eleven_cars(made):
    explorer = made(explorers.leverage)
    cars = load_auto_mpg()
    chosen = np.arange(5, 365, 36)
    weights, miles = cars.X[chosen, 3] / 1000, cars.y[chosen]
    for weight, mpg in [(7.0, 35.0), (2.5, 10.0), (1.0, 0.0), (8.0, 50.0)]:
        words = set_to(explorer, weight=weight, mpg=mpg)
        x, y = np.append(weights, weight), np.append(miles, mpg)
        slope, intercept = np.polyfit(x, y, 1)
        line = points(explorer, "line")
        np.testing.assert_allclose(line[:, 1], intercept + slope * line[:, 0])
        h = 1 / 11 + (weight - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum()
        assert points(explorer, "dot")[0] == pytest.approx([weight, h])
        drawn = points(explorer, "leverages")
        assert drawn[[0, -1], 0].tolist() == [1, 8]
        assert np.abs(drawn - [weight, h]).sum(axis=1).min() < 1e-9  # the dot is on the curve
        assert words.startswith(
            f"Leverage is {h:.2f} at {weight:.1f} thousand lb and {mpg:.1f} mpg"
        )
        old_slope, old_intercept = np.polyfit(weights, miles, 1)
        turned = [old_slope, slope]
        off = [mpg - old_intercept - old_slope * weight, mpg - intercept - slope * weight]
        assert numbers(words)[3:5] == pytest.approx(turned, abs=0.006)
        assert numbers(words)[5:] == pytest.approx(off, abs=0.06)
        gap = points(explorer, "residual")
        assert gap.tolist() == [[weight, mpg], [weight, pytest.approx(intercept + slope * weight)]]


def test_at_the_mean_weight_a_car_lifts_the_line_without_tilting_it(made):
    explorer = made(explorers.leverage)
    cars = load_auto_mpg()
    mean = cars.X[np.arange(5, 365, 36), 3].mean() / 1000
    weight = min(every_value(explorer.controls["weight"]), key=lambda value: abs(value - mean))
    before, after = numbers(set_to(explorer, weight=weight, mpg=50.0))[3:5]
    assert after == pytest.approx(before, rel=0.1)


def own_crowd():
    return explorers.leverage(*POINTS["years"][:2])


class TestPictures(Pictures):
    figures = (explorers.leverage,)


class TestOwnPictures(Pictures):
    figures = (own_crowd,)
