"""Residuals of four models of cars, against computations from scratch."""

import numpy as np
import pytest
from scipy import stats

from explorers.drawn import numbers, part, points, set_to
from explorers.pictures import Pictures
from mlmath_helpers.datasets import load_auto_mpg
from mlmath_helpers.explorers import statistics as explorers

LOOKS = "shape", "tails", "spread", "leverage"


def fit(columns, y):
    """Return standardised residuals, leverages and fitted values, by the pseudo-inverse."""
    A = np.column_stack([np.ones(len(y)), *columns])
    scaled = A / np.linalg.norm(A, axis=0)
    H = scaled @ np.linalg.pinv(scaled)
    h, r = np.diag(H), y - H @ y
    return r / np.sqrt((1 - h) * (r @ r) / (len(r) - A.shape[1])), h, H @ y


def models():
    """Return the columns and the target of each model, in the order of the menu."""
    cars = load_auto_mpg()
    known = ~np.isnan(cars.X).any(axis=1)
    weight, year, miles = cars.X[known, 3], cars.X[known, 5], cars.y[known]
    both = [weight, year]
    return [([weight], miles), (both, miles), (both, np.log(miles)), (both, 100 / miles)]


def place(fitted):
    return (fitted - fitted.min()) / np.ptp(fitted)


@pytest.mark.parametrize("k", range(4))
def test_four_looks_at_one_set_of_residuals(made, k):
    explorer = made(explorers.residual_plots)
    columns, y = models()[k]
    standard, h, fitted = fit(columns, y)
    scores = stats.norm.ppf((stats.rankdata(standard, "ordinal") - 0.5) / 392)
    expected = {
        "shape": (place(fitted), standard),
        "tails": (scores, standard),
        "spread": (place(fitted), np.sqrt(np.abs(standard))),
        "leverage": (h, standard),
    }
    model = explorer.controls["model"].options[k]
    for look in LOOKS:
        words = set_to(explorer, model=model, look=look)
        x, other = points(explorer, "cars").T
        np.testing.assert_allclose(other, expected[look][1], atol=1e-7)
        if look == "tails":
            np.testing.assert_allclose(np.sort(x), np.sort(scores), atol=1e-9)
        else:
            np.testing.assert_allclose(x, expected[look][0], atol=1e-7)
        axes = part(explorer, "cars").axes
        (low, high), (bottom, top) = axes.get_xlim(), axes.get_ylim()
        for gid in ("cars", "simulated"):
            x, other = points(explorer, gid).T
            assert low <= x.min() <= x.max() <= high
            assert bottom <= other.min() <= other.max() <= bottom + 0.93 * (top - bottom)
        r_squared = np.corrcoef(fitted, y)[0, 1] ** 2
        assert f"R² {r_squared:.3f}: " in words
        said = numbers(words.partition(": ")[2])
        if look == "tails":
            assert said[0] == (np.abs(standard) > 2).sum()
            assert said[3] == round(392 * 2 * stats.norm.sf(2))
        if look == "spread":
            high = place(fitted) > 0.5
            upper, lower = standard[high], standard[~high]
            assert said[0] == pytest.approx(upper.std() / lower.std(), abs=0.006)
        if look == "leverage":
            assert said[:3] == pytest.approx([h.min(), h.max(), len(columns) + 1], abs=6e-5)


@pytest.mark.parametrize("k", range(4))
def test_the_grey_points_are_what_the_model_leaves_over_where_it_is_true(made, k):
    explorer = made(explorers.residual_plots)
    columns, y = models()[k]
    _, h, fitted = fit(columns, y)
    set_to(explorer, model=explorer.controls["model"].options[k], look="leverage")
    x, standard = points(explorer, "simulated").T
    np.testing.assert_allclose(x, h, atol=1e-9)  # the same cars, other luck
    assert np.abs(stats.pearsonr(standard, fitted).statistic) < 0.1
    assert stats.kstest(standard, "norm").pvalue > 0.01
    set_to(explorer, look="shape")
    x, _ = points(explorer, "simulated").T
    A = np.column_stack([np.ones(392), *columns])
    A = A / np.linalg.norm(A, axis=0)
    residual = standard * np.sqrt(1 - h)  # up to one factor
    np.testing.assert_allclose(A.T @ residual, 0, atol=1e-8)
    along = A @ np.linalg.lstsq(A, x)[0]
    np.testing.assert_allclose(along, x, atol=1e-8)  # a fit of the same columns


def test_the_model_is_named_in_the_picture_and_in_its_sentence(made):
    explorer = made(explorers.residual_plots)
    said = set()
    for model in explorer.controls["model"].options:
        words = set_to(explorer, model=model)
        assert part(explorer, "model").get_text() == model
        said.add(words.partition(", R² ")[0])
    assert said == {"Mpg from weight", "Mpg with year", "Log mpg with year", "Gallons with year"}


def test_the_line_is_the_mean_of_the_neighbours_and_the_band_two_errors(made):
    explorer = made(explorers.residual_plots)
    for k, look in [(0, "shape"), (1, "spread"), (3, "leverage")]:
        set_to(explorer, model=explorer.controls["model"].options[k], look=look)
        x, y = points(explorer, "cars").T
        order = np.argsort(x, kind="stable")
        line, outline = points(explorer, "running mean"), part(explorer, "band").get_xy()
        assert part(explorer, "running mean").get_visible()
        assert len(line) == 392
        for i in (0, 10, 200, 391):
            window = order[max(0, i - 30) : i + 31]
            assert line[i] == pytest.approx([x[window].mean(), y[window].mean()], abs=1e-9)
            error = stats.sem(y[window])
            assert outline[i] == pytest.approx(line[i] - [0, 2 * error], abs=1e-9)
            assert outline[2 * 392 - 1 - i] == pytest.approx(line[i] + [0, 2 * error], abs=1e-9)
    set_to(explorer, look="tails")
    assert not part(explorer, "running mean").get_visible()
    assert not part(explorer, "band").get_visible()


def test_luck_has_a_running_mean_of_its_own_and_the_band_is_said_to_be_pointwise(made):
    explorer = made(explorers.residual_plots)
    axes = part(explorer, "cars").axes
    for look in ("shape", "spread"):
        set_to(explorer, look=look)
        x, y = points(explorer, "simulated").T
        order, line = np.argsort(x, kind="stable"), points(explorer, "simulated mean")
        for i in (0, 100, 391):
            window = order[max(0, i - 30) : i + 31]
            assert line[i] == pytest.approx([x[window].mean(), y[window].mean()], abs=1e-9)
        assert any("pointwise" in text.get_text() for text in axes.texts)
    set_to(explorer, look="tails")
    assert not part(explorer, "simulated mean").get_visible()
    assert not any("mean" in text.get_text() for text in axes.texts)


def test_each_mark_has_a_look_of_its_own_that_the_key_names(made):
    explorer = made(explorers.residual_plots)
    cars, luck, mark = (part(explorer, gid) for gid in ("cars", "simulated", "mark"))
    assert luck.get_markerfacecolor() == mark.get_markerfacecolor() == "none"
    assert mark.get_markersize() > 2 * luck.get_markersize()  # a ring about a dot
    keys = {text.get_text()[0]: text for text in cars.axes.texts if text.get_text()}
    assert keys["●"].get_color() == cars.get_color() != keys["○"].get_color()
    assert "ring: marked" in keys["●"].get_text()
    assert "simulated" in keys["○"].get_text()
    top = cars.axes.get_window_extent().y1
    assert keys["●"].get_window_extent().y0 > top  # on no line of the grid


def test_the_height_of_the_dashed_line_is_written_at_its_end(made):
    explorer = made(explorers.residual_plots)
    for look in LOOKS:
        set_to(explorer, look=look)
        _, y = points(explorer, "true model")[1]
        said_there = part(explorer, "if true")
        assert said_there.get_position()[1] == y
        if look != "tails":
            assert said_there.get_text() == f"{y:.2g}\nif true"
        beside = said_there.get_window_extent().x0 - said_there.axes.bbox.x1
        assert 0 < beside < 20


def test_the_dashed_line_is_what_a_true_model_leaves(made):
    explorer = made(explorers.residual_plots)
    for look in LOOKS:
        set_to(explorer, look=look)
        (x0, y0), (x1, y1) = points(explorer, "true model")
        assert (x0, x1) == part(explorer, "cars").axes.get_xlim()
        if look == "tails":
            assert (y0, y1) == (x0, x1)
        else:
            of_size = stats.norm.expect(lambda z: np.sqrt(np.abs(z)))
            assert y0 == y1 == pytest.approx(of_size if look == "spread" else 0, abs=0.002)


def test_the_marked_car_is_the_one_that_is_named(made):
    explorer = made(explorers.residual_plots)
    cars = load_auto_mpg()
    names = cars.model[~np.isnan(cars.X).any(axis=1)]
    for car in (0, 100, 391):
        for look in LOOKS:
            words = set_to(explorer, car=car, look="shape")
            at = f"{points(explorer, 'cars')[car, 1]:+.1f}".replace("-", "−")
            words = set_to(explorer, look=look)
            assert f"; {names[car]} " in words
            assert words.endswith(f"at {at}.")
            assert points(explorer, "mark")[0].tolist() == points(explorer, "cars")[car].tolist()


@pytest.mark.parametrize("look", LOOKS)
def test_the_mark_is_pulled_to_the_car_that_looks_nearest(made, look):
    explorer = made(explorers.residual_plots)
    axes = part(explorer, "cars").axes
    for model in explorer.controls["model"].options:
        set_to(explorer, model=model, look=look, car=50)
        cars = points(explorer, "cars")
        far = [cars[:, 1].argmax(), cars[:, 1].argmin(), cars[:, 0].argmax()]
        for car in far:
            explorer.drag("marked car", *cars[car])
            assert points(explorer, "mark")[0] == pytest.approx(cars[car])
        explorer.drag("marked car", axes.get_xlim()[1], axes.get_ylim()[1])
        gaps = axes.transAxes.inverted().transform(axes.transData.transform(cars)) - 1
        gaps *= axes.bbox.size
        assert explorer.controls["car"].value == np.hypot(*gaps.T).argmin()


def test_counting_gallons_takes_the_bend_away(made):
    explorer = made(explorers.residual_plots)
    for model in explorer.controls["model"].options:
        low, middle, high = numbers(set_to(explorer, model=model))[1:4]
        bend = min(low, high) - middle
        assert (bend > 0.2) == (not model.startswith("gallons"))
        where, standard = points(explorer, "cars").T
        assert low == pytest.approx(standard[where < 0.25].mean(), abs=0.006)
        half = (where >= 0.25) & (where < 0.75)
        assert middle == pytest.approx(standard[half].mean(), abs=0.006)
        assert high == pytest.approx(standard[where >= 0.75].mean(), abs=0.006)


class TestPictures(Pictures):
    figures = (explorers.residual_plots,)
