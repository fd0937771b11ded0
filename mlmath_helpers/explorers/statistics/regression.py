"""Lines through points: their squares, their residuals, and who turns them."""

import numpy as np
from matplotlib.collections import PolyCollection

from ...datasets import load_auto_mpg
from ...probability import Normal
from ...statistics import linear_regression, regression_summary
from .._engine.explorer import Explorer, canvas, choice, explorer, slider
from .._engine.plane import BLUE, GREY, INK, ORANGE, VERMILION

ARTICLE_X, ARTICLE_Y = np.arange(1.0, 6.0), np.array([2.1, 4.2, 6.1, 7.9, 10.2])


@explorer
def fit_a_line() -> Explorer:
    """Least squares, drawn as squares: turn and lift the line until they are smallest."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1, 1.1])
    least = _sum_of_squares(*linear_regression(ARTICLE_X[:, None], ARTICLE_Y))
    left.set(xlim=(-1, 12), ylim=(-1, 12), aspect="equal", xlabel="x", ylabel="y")
    title = left.set_title(" ", zorder=3)  # it moves: it tells the sum
    squares = left.add_collection(
        PolyCollection([], facecolors=ORANGE + "50", edgecolors=ORANGE, gid="squares")
    )
    (line,) = left.plot([], [], color=BLUE, gid="line")
    left.plot(ARTICLE_X, ARTICLE_Y, "o", color=INK, zorder=5)

    right.set(xlim=(-4.2, 6.2), ylim=(-0.08, 4.08), xlabel="intercept", ylabel="slope")
    right.set_title("sum of squares of every line")
    intercepts, slopes = np.linspace(-4.2, 6.2, 105), np.linspace(-0.1, 4.1, 106)
    sums = [[_sum_of_squares(b, w) for b in intercepts] for w in slopes]
    levels = [0.3, 1, 3, 10, 30, 100, 300]
    rings = right.contour(intercepts, slopes, sums, levels, colors=GREY, linewidths=1)
    right.clabel(rings, levels[3:], fontsize=8, zorder=1)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=10, gid="dot", clip_on=False)

    def update(slope, intercept):
        fitted = intercept + slope * ARTICLE_X
        sides = np.abs(ARTICLE_Y - fitted)
        corners = np.minimum(ARTICLE_Y, fitted)
        squares.set_verts(
            [
                [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
                for x, y, side in zip(ARTICLE_X, corners, sides, strict=True)
            ]
        )
        line.set_data([-1, 12], [intercept - slope, intercept + 12 * slope])
        dot.set_data([intercept], [slope])
        title.set_text(f"squares of residuals: {_sum_of_squares(intercept, slope):.2f} in all")
        return squares, line, title, dot

    def describe(slope, intercept):
        here = _sum_of_squares(intercept, slope)
        verdict = "nearly the best line" if here < 2 * least else "a better line exists"
        mean = float((ARTICLE_Y - intercept - slope * ARTICLE_X).mean())
        return (
            f"With slope {slope:.2f} and intercept {intercept:z.2f} squares sum to {here:.2f}, "
            f"residuals average {mean:z.2f}: {verdict}."
        )

    return Explorer(
        figure,
        update,
        describe,
        slope=slider(0.0, 4.0, start=1.2, step=0.01, label="slope"),
        intercept=slider(-4.0, 6.0, start=3.5, step=0.01, label="intercept"),
    )


def _sum_of_squares(intercept, slope):
    return float(((ARTICLE_Y - intercept - slope * ARTICLE_X) ** 2).sum())


@explorer
def leverage() -> Explorer:
    """One car, moved by hand: far from the others, it takes the line along."""
    figure, (left, right) = canvas(2, width_ratios=[1.4, 1])
    cars = load_auto_mpg()
    chosen = np.arange(5, 365, 36)  # ten cars, spread over the years
    weights, miles = cars.X[chosen, cars.names.index("weight")] / 1000, cars.y[chosen]
    left.set(xlim=(0.8, 8.2), ylim=(-3, 53), title="ten cars, their line (dashed), and your car")
    left.set(xlabel="weight (1000 lb)", ylabel="miles per gallon")
    b, w = linear_regression(weights[:, None], miles)
    left.plot(weights, miles, "o", color=INK)
    left.plot([0.8, 8.2], [b + 0.8 * w, b + 8.2 * w], "--", color=GREY, linewidth=1.5)
    (line,) = left.plot([], [], color=BLUE, gid="line")
    (gap,) = left.plot([], [], ":", color=VERMILION, linewidth=2, gid="residual")
    (car,) = left.plot([], [], "D", color=VERMILION, markersize=10, gid="car")

    right.set(xlim=(0.8, 8.2), ylim=(0, 1.02), title="leverage of your car")
    right.set(xlabel="weight (1000 lb)", ylabel="share of its own y that its fit follows")
    places = np.linspace(1, 8, 71)  # the stops of the slider
    heavier = np.array([(x, _with_one_more(weights, miles, x, 20)[2]) for x in places])
    (curve,) = right.plot([], [], color=INK, gid="leverages")
    (dot,) = right.plot([], [], "D", color=VERMILION, markersize=10, gid="dot", clip_on=False)

    def update(weight, mpg):
        b, w, h = _with_one_more(weights, miles, weight, mpg)
        line.set_data([0.8, 8.2], [b + 0.8 * w, b + 8.2 * w])
        gap.set_data([weight, weight], [mpg, b + w * weight])
        car.set_data([weight], [mpg])
        dot.set_data([weight], [h])
        curve.set_data(*heavier[places > weight - 0.05].T)  # only as far as the car has come
        return line, gap, car, curve, dot

    def describe(weight, mpg):
        own_b, own_w, h = _with_one_more(weights, miles, weight, mpg)
        off_old, off_new = mpg - b - w * weight, mpg - own_b - own_w * weight
        return (
            f"Leverage is {h:.2f} at {weight:.1f} thousand lb and {mpg:.1f} mpg: slope from "
            f"{w:.2f} to {own_w:z.2f}, residual from {off_old:z.1f} to {off_new:z.1f}."
        )

    return Explorer(
        figure,
        update,
        describe,
        weight=slider(1.0, 8.0, start=7.0, step=0.1, label="weight of the car (1000 lb)"),
        mpg=slider(0.0, 50.0, start=35.0, step=0.5, label="miles per gallon of the car"),
    )


def _with_one_more(x, y, new_x, new_y):
    """Return intercept and slope with one point more, and the leverage of that point."""
    fit = regression_summary(np.append(x, new_x)[:, None], np.append(y, new_y))
    return (*fit.coefficients, fit.leverage[-1])


@explorer
def residual_plots() -> Explorer:
    """Four looks at the residuals: shape, tails, spread, leverage."""
    figure, panels = canvas(4, height=2.9)
    names, models = _car_models()
    n = len(names)
    fits = {}
    for name, (X, y) in models.items():
        fit = regression_summary(X, y)
        fitted = y - fit.residuals
        standard = fit.residuals / (fit.residual_sd * np.sqrt(1 - fit.leverage))
        scores = np.empty(n)
        scores[np.argsort(standard)] = Normal().quantile((np.arange(n) + 0.5) / n)
        place = (fitted - fitted.min()) / np.ptp(fitted)
        views = [
            (place, standard),
            (scores, standard),
            (place, np.sqrt(np.abs(standard))),
            (fit.leverage, standard),
        ]
        fits[name] = fit, standard, views
    titles = ["shape", "tails", "spread", "leverage"]
    below = ["fitted (0 to 1)", "if normal", "fitted (0 to 1)", "leverage"]
    limits = [((-0.05, 1.05), (-4, 6)), ((-4, 4), (-4, 6)), ((-0.05, 1.05), (0, 2.5))]
    limits.append(((0, 0.025), (-4, 6)))
    clouds, marks = [], []
    for axes, title, label, (x, y) in zip(panels, titles, below, limits, strict=True):
        axes.set(xlim=x, ylim=y, title=title, xlabel=label)
        clouds += axes.plot([], [], ".", color=BLUE, markersize=3, alpha=0.6, gid=title)
        marks += axes.plot([], [], "D", color=VERMILION, markersize=8, gid=f"{title} mark")
        marks[-1].set_clip_on(False)
    panels[0].set_ylabel("standardised residual")
    panels[2].set_ylabel("root of its size", labelpad=1)
    for axes in (panels[0], panels[3]):
        axes.axhline(0, color=GREY, linewidth=1)
    panels[1].plot([-4, 4], [-4, 4], "--", color=GREY, linewidth=1)

    def update(model, car):
        _, _, views = fits[model]
        for cloud, mark, (x, y) in zip(clouds, marks, views, strict=True):
            cloud.set_data(x, y)
            mark.set_data([x[car]], [y[car]])
        return clouds + marks

    def describe(model, car):
        fit, standard, views = fits[model]
        place = views[0][0]
        low, middle, high = (
            standard[(low <= place) & (place < high)].mean()
            for low, high in ((0, 0.25), (0.25, 0.75), (0.75, 1.01))
        )
        growth = standard[place > 0.5].std() / standard[place <= 0.5].std()
        return (
            f"R² {fit.r_squared:.3f}: mean residuals {low:+z.2f}, {middle:+z.2f}, {high:+z.2f} "
            f"as fits rise, spread × {growth:.2f}; {names[car]} is at {standard[car]:+z.1f}."
        )

    return Explorer(
        figure,
        update,
        describe,
        car=slider(0, n - 1, start=242, label="marked car (number)"),
        model=choice(list(models), start=next(iter(models)), label="model"),
    )


def _car_models():
    """Return the cars with known horsepower and, by name, the models to be looked at."""
    cars = load_auto_mpg()
    known = ~np.isnan(cars.X).any(axis=1)
    columns = dict(zip(cars.names, cars.X[known].T, strict=True))
    weight, year, miles = columns["weight"], columns["model year"], cars.y[known]
    one, two = weight[:, None], np.column_stack([weight, year])
    models = {
        "miles per gallon from weight": (one, miles),
        "miles per gallon from weight and year": (two, miles),
        "log of miles per gallon from weight and year": (two, np.log(miles)),
        "gallons per 100 miles from weight and year": (two, 100 / miles),
    }
    return cars.model[known], models
