"""What a model leaves over, and what it would leave over if it were true."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...datasets import load_auto_mpg
from ...probability import Normal
from ...statistics import regression_summary
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, PALE_VERMILION, VERMILION

HALF_WINDOW = 30  # points on either side of the one at which a running mean stands
IN_SHORT = "Mpg from weight", "Mpg with year", "Log mpg with year", "Gallons with year"
RUNNING = "lines: running means; band: ± 2 standard errors, pointwise"
LOOKS = {  # name -> labels and limits of the axes
    "shape": ("fitted value (0: the least, 1: the largest)", (-0.03, 1.03), (-4.0, 5.5)),
    "tails": ("what a normal sample would show", (-3.6, 3.6), (-4.0, 5.5)),
    "spread": ("fitted value (0: the least, 1: the largest)", (-0.03, 1.03), (0.0, 2.6)),
    "leverage": ("leverage", (0.0, 0.022), (-4.0, 5.5)),
}


@explorer
def residual_plots() -> Explorer:
    """Four looks at what a model leaves over, before what it would leave over if it were true."""
    figure, axes = canvas(height=4.8)
    names, models = _car_models()
    in_short = dict(zip(models, IN_SHORT, strict=True))
    n = len(names)
    rng = np.random.default_rng(0)
    real, simulated = {}, {}
    for name, (X, y) in models.items():
        fit = regression_summary(X, y)
        real[name] = _leftovers(fit, y)
        as_if_true = y - fit.residuals + fit.residual_sd * rng.standard_normal(n)
        simulated[name] = _leftovers(regression_summary(X, as_if_true), as_if_true)

    axes.grid(axis="x", visible=False)
    axes.locator_params(axis="x", nbins=6)
    hollow = {"markerfacecolor": "none", "markeredgecolor": PALE, "markersize": 4}
    (pale,) = axes.plot([], [], "o", gid="simulated", **hollow)
    (band,) = axes.fill([], [], color=PALE_VERMILION, linewidth=0, zorder=2, gid="band")
    (pale_mean,) = axes.plot([], [], color=GREY, linewidth=1.5, gid="simulated mean")
    (cloud,) = axes.plot([], [], ".", color=BLUE, markersize=6, gid="cars")
    (mean,) = axes.plot([], [], color=VERMILION, linewidth=3, gid="running mean")
    ring = {"markerfacecolor": "none", "markeredgewidth": 2, "markersize": 11}
    (mark,) = axes.plot([], [], "o", color=INK, gid="mark", clip_on=False, **ring)
    (truth,) = axes.plot([], [], "--", color=GREY, linewidth=1.5, zorder=1, gid="true model")
    note = {"transform": axes.transAxes, "va": "bottom", "zorder": 1}
    axes.text(0, 1.08, "● cars (ring: marked)", color=BLUE, **note)
    axes.text(1, 1.08, "○ simulated from the model", color=GREY, ha="right", **note)
    bold = {"gid": "model", "fontweight": "bold", "fontsize": 11}
    of_model = axes.text(0, 1.15, "of the model", **note | bold)  # keeps its room from the start
    about_the_mean = axes.text(0, 1.015, RUNNING, color=VERMILION, **note)
    beside = {"transform": axes.get_yaxis_transform(), "va": "center", "zorder": 1}
    of_truth = axes.text(1.005, 0, "0.00\nif true", color=GREY, gid="if true", **beside)
    root_size = float(np.sqrt(np.abs(_normal_scores(n))).mean())  # what a true model leaves
    shown = None

    def frame(look):
        """Give the axes what belongs to this look; one look never changes it."""
        nonlocal shown
        if look != shown:
            label, x, y = LOOKS[look]
            axes.set(xlim=x, ylim=y, xlabel=label)
            of_size = look == "spread"
            axes.set_ylabel("root of a residual's size" if of_size else "standardised residual")
            level = root_size if of_size else 0
            truth.set_data(x, x if look == "tails" else (level, level))
            of_truth.set_y(x[1] if look == "tails" else level)
            of_truth.set_text("if true" if look == "tails" else f"{level:.2g}\nif true")
            about_the_mean.set_text("" if look == "tails" else RUNNING)
            shown = look

    @lru_cache(maxsize=1)
    def means(model, look):
        """Return the running mean of the cars, the outline of its band, and that of luck."""
        at, level, error = _running_mean(*real[model].looks[look])
        ends = [level - 2 * error, (level + 2 * error)[::-1]]
        outline = np.column_stack([[*at, *at[::-1]], np.concatenate(ends)])
        return (at, level), outline, _running_mean(*simulated[model].looks[look])[:2]

    def update(model, look, car):
        frame(look)
        x, y = real[model].looks[look]
        pale.set_data(*simulated[model].looks[look])
        cloud.set_data(x, y)
        mark.set_data([x[car]], [y[car]])
        of_model.set_text(model)
        for artist in (band, mean, pale_mean):
            artist.set_visible(look != "tails")
        line, outline, pale_line = means(model, look)
        mean.set_data(*line)
        band.set_xy(outline)
        pale_mean.set_data(*pale_line)
        return pale, cloud, band, mean, pale_mean, mark, of_model

    def describe(model, look, car):
        left, as_if_true = real[model], simulated[model]
        residual = left.standard[car]
        its_car = f"{names[car]} is at {residual:+z.1f}"
        if look == "shape":
            place = left.looks[look][0]
            parts = (place < 0.25, (place >= 0.25) & (place < 0.75), place >= 0.75)
            means = ", ".join(f"{left.standard[part].mean():+z.2f}" for part in parts)
            said = f"mean residuals {means} as fits rise"
        elif look == "tails":
            beyond = (np.abs(left.standard) > 2).sum()
            if_normal = 2 * n * Normal().cdf(-2)
            said = f"{beyond} of {n} residuals are beyond ±2 ({if_normal:.0f} if normal)"
        elif look == "spread":
            said = (
                f"spread × {left.growth:.2f} from low to high fits "
                f"(× {as_if_true.growth:.2f} simulated)"
            )
        else:
            h = left.leverage
            said = f"leverages from {h.min():.4f} to {h.max():.4f}, {h.sum():.0f} in all"
            its_car = f"{names[car]} has {h[car]:.4f}, at {residual:+z.1f}"
        return f"{in_short[model]}, R² {left.r_squared:.3f}: {said}; {its_car}."

    def at(model, look, car):
        x, y = real[model].looks[look]
        return x[car], y[car]

    def nearest(to_x, to_y, model, look, car):
        points = axes.transData.transform(np.column_stack(real[model].looks[look]))
        gaps = np.hypot(*(points - axes.transData.transform((to_x, to_y))).T)
        # Cars may lie on one another: the marked one stays if no other is nearer to the eye.
        return {"car": car if gaps[car] <= gaps.min() + 1e-6 else int(gaps.argmin())}

    first, _, log, gallons = models
    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(axes, at, nearest, "marked car")],
        stills=(
            {"model": gallons},
            {"look": "spread"},
            {"model": log, "look": "spread"},
            {"look": "tails"},
        ),
        model=choice(list(models), start=first, label="model"),
        look=choice(list(LOOKS), start="shape", label="look at"),
        car=slider(0, n - 1, start=242, label="marked car (number)"),
    )


class _Leftovers(NamedTuple):
    """What a fit leaves over, and how it is looked at."""

    standard: np.ndarray  # residuals, each divided by its own spread
    leverage: np.ndarray
    r_squared: float
    growth: float  # of the spread, from the lower half of the fits to the upper
    looks: dict  # name -> x, y


def _leftovers(fit, y):
    standard = fit.residuals / (fit.residual_sd * np.sqrt(1 - fit.leverage))
    scores = np.empty(len(y))
    scores[np.argsort(standard)] = _normal_scores(len(y))
    fitted = y - fit.residuals
    place = (fitted - fitted.min()) / np.ptp(fitted)
    looks = {
        "shape": (place, standard),
        "tails": (scores, standard),
        "spread": (place, np.sqrt(np.abs(standard))),
        "leverage": (fit.leverage, standard),
    }
    growth = standard[place > 0.5].std() / standard[place <= 0.5].std()
    return _Leftovers(standard, fit.leverage, fit.r_squared, growth, looks)


def _normal_scores(n):
    return Normal().quantile((np.arange(n) + 0.5) / n)


def _running_mean(x, y):
    """Return the means of x and of y over each point's neighbours, and the error of the latter.

    At the ends there are neighbours on one side only; the mean of their x says where it belongs.
    """
    order, n = np.argsort(x, kind="stable"), len(x)
    first = np.maximum(np.arange(n) - HALF_WINDOW, 0)
    last = np.minimum(np.arange(n) + HALF_WINDOW + 1, n)

    def mean(values):
        sums = np.concatenate([[0], np.cumsum(values[order])])
        return (sums[last] - sums[first]) / (last - first)

    level, counts = mean(y), last - first
    variance = (mean(y**2) - level**2) * counts / (counts - 1)
    return mean(x), level, np.sqrt(variance / counts)


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
