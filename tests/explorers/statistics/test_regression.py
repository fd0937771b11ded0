"""A line through points, its residuals and leverages, against computations from scratch."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import every_value, numbers, part, points, sample, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_auto_mpg
from mlmath_helpers.explorers import statistics as explorers

# fit_a_line


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


# leverage


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
        assert drawn[0] == pytest.approx([weight, h])
        assert drawn[-1, 0] == 8
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


# residual_plots


def test_four_views_of_one_set_of_residuals(made):
    explorer = made(explorers.residual_plots)
    cars = load_auto_mpg()
    known = ~np.isnan(cars.X).any(axis=1)
    weight, miles = cars.X[known, 3], cars.y[known]
    A = np.column_stack([np.ones(len(weight)), weight])
    H = A @ np.linalg.pinv(A)
    r = miles - H @ miles
    h = np.diag(H)
    standard = r / np.sqrt((1 - h) * (r @ r) / (len(r) - 2))
    shape, spread = points(explorer, "shape"), points(explorer, "spread")
    np.testing.assert_allclose(shape[:, 1], standard, atol=1e-9)
    np.testing.assert_allclose(spread[:, 1] ** 2, np.abs(standard), atol=1e-9)
    np.testing.assert_allclose(
        points(explorer, "leverage"), np.column_stack([h, standard]), atol=1e-9
    )
    tails = points(explorer, "tails")
    assert (np.argsort(tails[:, 0]) == np.argsort(standard)).all()
    assert np.sort(tails[:, 0])[[0, -1]] == pytest.approx(stats.norm.ppf([0.5 / 392, 391.5 / 392]))
    r_squared = np.corrcoef(weight, miles)[0, 1] ** 2
    assert f"R² {r_squared:.3f}:" in explorer.sentence


def test_the_marked_car_is_the_one_that_is_named(made):
    explorer = made(explorers.residual_plots)
    cars = load_auto_mpg()
    names = cars.model[~np.isnan(cars.X).any(axis=1)]
    for car in (0, 100, 391):
        words = set_to(explorer, car=car)
        standard = points(explorer, "shape")[car, 1]
        at = f"{standard:+.1f}".replace("-", "−")
        assert words.endswith(f"; {names[car]} is at {at}.")
        for view in ("shape", "tails", "spread", "leverage"):
            assert (
                points(explorer, f"{view} mark")[0].tolist() == points(explorer, view)[car].tolist()
            )


def test_counting_gallons_takes_the_bend_away(made):
    explorer = made(explorers.residual_plots)
    for model in explorer.controls["model"].options:
        low, middle, high, growth = numbers(set_to(explorer, model=model))[1:5]
        bend = min(low, high) - middle
        assert (bend > 0.2) == (not model.startswith("gallons"))
        place, standard = points(explorer, "shape").T
        assert low == pytest.approx(standard[place < 0.25].mean(), abs=0.006)
        assert middle == pytest.approx(standard[(place >= 0.25) & (place < 0.75)].mean(), abs=0.006)
        assert high == pytest.approx(standard[place >= 0.75].mean(), abs=0.006)
        upper, lower = standard[place > 0.5], standard[place <= 0.5]
        assert growth == pytest.approx(upper.std() / lower.std(), abs=0.006)
        assert np.isfinite(points(explorer, "shape")).all()
        assert (points(explorer, "shape")[:, 1] < 6).all()


class TestPictures(Pictures):
    figures = (explorers.fit_a_line, explorers.residual_plots, explorers.leverage)
