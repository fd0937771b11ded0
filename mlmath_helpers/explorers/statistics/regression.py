"""Lines through points: their squares, their residuals, and who turns them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection

from ..._arguments import same_length
from ...datasets import load_auto_mpg
from ...probability import Normal
from ...statistics import linear_regression, regression_summary
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, ORANGE, VERMILION
from .._engine.units import (
    decimals,
    given_together,
    in_unit,
    own_numbers,
    padded,
    refuse_no_room,
    round_step,
    short,
    slider_of_steps,
    spread_of,
    unit_for,
)

ARTICLE_X, ARTICLE_Y = np.arange(1.0, 6.0), np.array([2.1, 4.2, 6.1, 7.9, 10.2])


@explorer
def fit_a_line(x=None, y=None) -> Explorer:
    """Least squares, drawn as squares: turn and lift the line until they are smallest.

    Parameters
    ----------
    x, y : array_like, shape (n,), optional
        Your own points, from 2 to 100, in any units; x must not be constant. Where x is far
        from 0 the line's height is that at a round number near the points.

    Raises
    ------
    TypeError, ValueError
        If only one of them is given, their lengths differ, or they are no such numbers.

    Examples
    --------
    >>> explorer = fit_a_line([1, 2, 4, 5], [3.1, 2.7, 1.2, 0.9])
    """
    own = given_together(x, "x", y, "y")
    scene = _own_line(*_own_points(x, y, at_most=100)) if own else _course_line()
    x, y, origin = scene.x, scene.y, scene.origin

    def sum_of_squares(intercept, slope):
        return float(((y - intercept - slope * (x - origin)) ** 2).sum())

    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1, 1.1])
    b, w = linear_regression((x - origin)[:, None], y)
    least = sum_of_squares(b, w)
    left.set(xlim=scene.xlim, ylim=scene.ylim, xlabel=scene.xlabel, ylabel=scene.ylabel)
    left.set_box_aspect(1)
    title = left.set_title(" ", zorder=3)  # it moves: it tells the sum
    squares = left.add_collection(
        PolyCollection([], facecolors=ORANGE + scene.opacity, edgecolors=ORANGE, gid="squares")
    )
    squares.set_linewidth(scene.edge)
    (line,) = left.plot([], [], color=BLUE, gid="line")
    left.plot(x, y, "o", color=INK, zorder=5)
    across = np.ptp(scene.xlim) / np.ptp(scene.ylim)  # so much x looks as long as one of y

    right.set(xlim=scene.intercepts, ylim=scene.slopes, xlabel=scene.height, ylabel="slope")
    right.set_title("sum of squares of every line")
    (b0, b1), (w0, w1) = scene.intercepts, scene.grid_slopes
    intercepts, slopes = np.linspace(b0, b1, 105), np.linspace(w0, w1, 106)
    sums = np.array([[sum_of_squares(b, w) for b in intercepts] for w in slopes])
    levels = scene.levels or np.quantile(sums, [0.003, 0.02, 0.07, 0.18, 0.35, 0.6, 0.85])
    rings = right.contour(intercepts, slopes, sums, levels, colors=GREY, linewidths=1)
    right.clabel(rings, levels[3:], fontsize=8, zorder=1, **scene.ring_words)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=10, gid="dot", clip_on=False)

    def update(slope, intercept):
        fitted = intercept + slope * (x - origin)
        sides = np.abs(y - fitted)
        corners = np.minimum(y, fitted)
        squares.set_verts(
            [
                [(at, low), (to, low), (to, low + side), (at, low + side)]
                for at, to, low, side in zip(x, x + across * sides, corners, sides, strict=True)
            ]
        )
        ends = np.array(scene.xlim)
        line.set_data(ends, intercept + slope * (ends - origin))
        dot.set_data([intercept], [slope])
        total = scene.said_sum(sum_of_squares(intercept, slope))
        title.set_text(f"squares of residuals: {total} in all")
        return squares, line, title, dot

    def describe(slope, intercept):
        here = sum_of_squares(intercept, slope)
        best = here < 2 * least or here < least + scene.hardly_more
        verdict = "nearly the best line" if best else "a better line exists"
        mean = float((y - intercept - slope * (x - origin)).mean())
        return (
            f"With slope {slope:z.{scene.slope_digits}f} and {scene.said_height(intercept)} "
            f"squares sum to {scene.said_sum(here)}, "
            f"residuals average {mean:z.{scene.digits}f}: {verdict}."
        )

    room = padded(*scene.xlim, share=-0.04), padded(*scene.ylim, share=-0.04)
    near, far = (0, 1) if np.mean(scene.xlim) >= origin else (1, 0)  # the ends of the line
    names = "left end of the line", "right end of the line"

    def end(k):
        def at(slope, intercept):
            ends = _ends(slope, intercept - slope * origin, room)
            return ends and ends[k]

        return at

    def lift(to_x, to_y, slope, intercept):
        if _is_there((to_x, to_y), end(near)(slope, intercept), room):
            return {"intercept": intercept}
        to_x, to_y = _inside(room, to_x, to_y)  # so the line stays in the picture
        return {"intercept": to_y - slope * (to_x - origin)}

    def turn(to_x, to_y, slope, intercept):
        """Turn the line about its point at the origin."""
        if _is_there((to_x, to_y), end(far)(slope, intercept), room):
            return {"slope": slope}  # also where the end is next to that point
        to_x, to_y = _inside(room, to_x, to_y)
        way = 1 if far else -1
        arm = max(way * (to_x - origin), 0.02 * np.ptp(scene.xlim))
        return {"slope": way * (to_y - intercept) / arm}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, end(near), lift, names[near]),
            Handle(left, end(far), turn, names[far]),
            Handle(
                right,
                lambda slope, intercept: (intercept, slope),
                lambda to_x, to_y, **_: {"intercept": to_x, "slope": to_y},
                "slope and intercept",
            ),
        ],
        **scene.controls,
    )


class _Line(NamedTuple):
    """Points and all lines that may be tried: slope and height at ``origin``."""

    x: np.ndarray
    y: np.ndarray
    origin: float
    xlim: tuple
    ylim: tuple
    xlabel: str
    ylabel: str
    height: str
    intercepts: tuple
    slopes: tuple
    grid_slopes: tuple
    levels: list | None
    opacity: str  # of a square, in two hexadecimal digits
    edge: float
    ring_words: dict
    hardly_more: float  # than the least sum, to be called nearly the best
    slope_digits: int
    digits: int
    said_height: Callable
    said_sum: Callable
    controls: dict


def _course_line():
    return _Line(
        x=ARTICLE_X,
        y=ARTICLE_Y,
        origin=0,
        xlim=(-1, 12),
        ylim=(-1, 12),
        xlabel="x",
        ylabel="y",
        height="intercept",
        intercepts=(-4.2, 6.2),
        slopes=(-0.08, 4.08),
        grid_slopes=(-0.1, 4.1),
        opacity="50",
        edge=1.0,
        levels=[0.3, 1, 3, 10, 30, 100, 300],
        ring_words={},
        hardly_more=0,
        slope_digits=2,
        digits=2,
        said_height=lambda intercept: f"intercept {intercept:z.2f}",
        said_sum=lambda total: f"{total:.2f}",
        controls={
            "slope": slider(0.0, 4.0, start=1.2, step=0.01, label="slope"),
            "intercept": slider(-4.0, 6.0, start=3.5, step=0.01, label="intercept"),
        },
    )


def _own_line(x, y):
    (x, x_size, x_unit), (y, y_size, y_unit) = _in_units(x, "x"), _in_units(y, "y")
    least, most = x.min(), x.max()
    origin = 0.0
    if not least - x_size <= 0 <= most + x_size:
        step = round_step(x_size, 10)
        origin = float(round(step * np.floor(least / step), 12))
    b, w = linear_regression((x - origin)[:, None], y)
    steepness, off = y_size / x_size, float(x.mean() - origin)
    slope_step = round_step(3 * steepness, 400)
    reach = y_size * max(0.7, 1.5 * abs(off) / x_size)
    height_step = round_step(2 * reach, 400)
    slope = round(w - 0.6 * steepness, 12)
    height = "intercept" if origin == 0 else f"height at x = {origin:.10g}"
    controls = {
        "slope": slider_of_steps(
            w - 1.5 * steepness, w + 1.5 * steepness, start=slope, step=slope_step, label="slope"
        ),
        "intercept": slider_of_steps(
            b - reach,
            b + reach,
            start=y.mean() - slope * off + 0.15 * y_size,
            step=height_step,
            label=height,
        ),
    }
    digits = decimals(height_step)
    slopes, intercepts = (padded(c.min, c.max, 0.02) for c in controls.values())
    units = [f"{name} in {unit}" for name, unit in (("x", x_unit), ("y", y_unit)) if unit]
    units = f" ({', '.join(units)})" if units else ""

    def said_height(intercept):
        if origin == 0:
            return f"intercept {intercept:z.{digits}f}{units}"
        return f"height {intercept:z.{digits}f} at x = {origin:.10g}{units}"

    return _Line(
        x=x,
        y=y,
        origin=origin,
        xlim=(least - 0.2 * x_size, most + 0.6 * x_size),
        ylim=(y.min() - 0.4 * y_size, y.max() + 0.4 * y_size),
        xlabel=in_unit("x", x_unit),
        ylabel=in_unit("y", y_unit),
        height=height,
        intercepts=intercepts,
        slopes=slopes,
        grid_slopes=slopes,
        levels=None,
        opacity=f"{max(12, min(80, 800 // len(x))):02x}",  # many lie on one another
        edge=1.0 if len(x) <= 20 else 0.5,
        ring_words={"fmt": lambda level: short(level, 2)},
        hardly_more=1e-4 * len(y) * y_size**2,
        slope_digits=decimals(slope_step),
        digits=digits,
        said_height=said_height,
        said_sum=short,
        controls=controls,
    )


def _own_points(x, y, *, at_most=None):
    """Return copies of x and y, of which a line can be drawn."""
    x, y = (own_numbers(v, name, at_most=at_most) for v, name in ((x, "x"), (y, "y")))
    same_length(x, "x", y, "y")
    if (x == x[0]).all():
        raise ValueError(
            f"x is {x[0]:g} in every entry, so no line tells y by x; give an x that varies"
        )
    return x, y


def _in_units(values, name):
    """Return numbers in a handy unit, how far they spread (of a constant its size), its name."""
    size = spread_of(values)
    if size == 0:  # a constant y
        size = abs(values[0]) or 1.0
    refuse_no_room(size, np.abs(values).max(), name)
    unit, unit_name = unit_for(size)
    return values / unit, size / unit, unit_name


def _ends(slope, intercept, box):
    """Return where a line enters and leaves a box, or None where it misses it."""
    (x0, x1), (y0, y1) = box
    crossings = -np.inf, np.inf
    if slope != 0:
        crossings = sorted(((y0 - intercept) / slope, (y1 - intercept) / slope))
    ends = [min(max(x0, crossings[0]), x1), max(min(x1, crossings[1]), x0)]
    heights = [intercept + slope * x for x in ends]
    if max(heights) < y0 - 0.006 * (y1 - y0) or min(heights) > y1 + 0.006 * (y1 - y0):
        return None
    return [_inside(box, *end) for end in zip(ends, heights, strict=True)]


def _is_there(point, end, box):
    return end is not None and all(
        abs(a - b) < 1e-6 * (high - low) for a, b, (low, high) in zip(point, end, box, strict=True)
    )


def _inside(box, x, y):
    """Return the point of a box that is nearest to a point."""
    (x0, x1), (y0, y1) = box
    return min(max(x, x0), x1), min(max(y, y0), y1)


@explorer
def leverage(x=None, y=None) -> Explorer:
    """One car, moved by hand: far from the others, it takes the line along.

    Parameters
    ----------
    x, y : array_like, shape (n,), optional
        Your own points in place of the cars, at least 2, in any units; x must not be constant.
        One more point is moved by hand.

    Raises
    ------
    TypeError, ValueError
        If only one of them is given, their lengths differ, or they are no such numbers.

    Examples
    --------
    >>> explorer = leverage([1, 2, 4, 5], [3.1, 2.7, 1.2, 0.9], new_x=9)
    """
    own = given_together(x, "x", y, "y")
    scene = _own_crowd(*_own_points(x, y)) if own else _cars_by_weight()
    x, y = scene.x, scene.y
    name_x, name_y = scene.controls
    control_x = scene.controls[name_x]
    xlim, ylim = scene.xlim, scene.ylim
    figure, (left, right) = canvas(2, width_ratios=[1.4, 1])
    left.set(xlim=xlim, ylim=ylim, title=scene.title, xlabel=scene.xlabel, ylabel=scene.ylabel)
    b, w = linear_regression(x[:, None], y)
    left.plot(x, y, "o", color=INK, **({"markersize": 2.5} if len(x) > 200 else {}))
    ends = np.array(xlim)
    left.plot(ends, b + w * ends, "--", color=GREY, linewidth=1.5)
    (line,) = left.plot([], [], color=BLUE, gid="line")
    (gap,) = left.plot([], [], ":", color=VERMILION, linewidth=2, gid="residual")
    (car,) = left.plot([], [], "D", color=VERMILION, markersize=10, gid="car")

    right.set(xlim=xlim, ylim=(0, 1.02), title=scene.right_title, xlabel=scene.xlabel)
    right.set_ylabel("share of its own y that its fit follows")
    n_steps = round((control_x.max - control_x.min) / control_x.step)
    places = np.linspace(control_x.min, control_x.max, n_steps + 1)  # the stops of the slider
    with_one_more = _with_one_more(x, y)
    heavier = np.array([(at, with_one_more(at, y[0])[2]) for at in places])
    (curve,) = right.plot([], [], color=INK, gid="leverages")
    (dot,) = right.plot([], [], "D", color=VERMILION, markersize=10, gid="dot", clip_on=False)

    def update(**values):
        at, height = values.values()
        b, w, h = with_one_more(at, height)
        line.set_data(ends, b + w * ends)
        gap.set_data([at, at], [height, b + w * at])
        car.set_data([at], [height])
        dot.set_data([at], [h])
        come = places > at - control_x.step / 2
        curve.set_data(*heavier[come].T)  # only as far as the car has come
        return line, gap, car, curve, dot

    def describe(**values):
        at, height = values.values()
        own_b, own_w, h = with_one_more(at, height)
        off_old, off_new = height - b - w * at, height - own_b - own_w * at
        slopes, residuals = (w, own_w), (off_old, off_new)
        return scene.sentence.format(at, height, h, *slopes, *residuals)

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                lambda **values: tuple(values.values()),
                lambda to_x, to_y, **_: {name_x: to_x, name_y: to_y},
                scene.moved,
            )
        ],
        **scene.controls,
    )


class _Crowd(NamedTuple):
    """Points, and how one more is moved among them."""

    x: np.ndarray
    y: np.ndarray
    xlim: tuple
    ylim: tuple
    xlabel: str
    ylabel: str
    title: str
    right_title: str
    moved: str
    sentence: str  # of x, y, leverage, both slopes, both residuals
    controls: dict


def _cars_by_weight():
    cars = load_auto_mpg()
    chosen = np.arange(5, 365, 36)  # ten cars, spread over the years
    weights, miles = cars.X[chosen, cars.names.index("weight")] / 1000, cars.y[chosen]
    return _Crowd(
        x=weights,
        y=miles,
        xlim=(0.8, 8.2),
        ylim=(-3, 53),
        xlabel="weight (1000 lb)",
        ylabel="miles per gallon",
        title="ten cars, their line (dashed), and your car",
        right_title="leverage of your car",
        moved="your car",
        sentence=(
            "Leverage is {2:.2f} at {0:.1f} thousand lb and {1:.1f} mpg: slope from "
            "{3:.2f} to {4:z.2f}, residual from {5:z.1f} to {6:z.1f}."
        ),
        controls={
            "weight": slider(1.0, 8.0, start=7.0, step=0.1, label="weight of the car (1000 lb)"),
            "mpg": slider(0.0, 50.0, start=35.0, step=0.5, label="miles per gallon of the car"),
        },
    )


def _own_crowd(x, y):
    (x, x_size, x_unit), (y, y_size, y_unit) = _in_units(x, "x"), _in_units(y, "y")
    w = linear_regression(x[:, None], y)[1]
    off = y.max() + 0.25 * y_size if w <= 0 else y.min() - 0.25 * y_size
    x_step, y_step = round_step(2.5 * x_size, 200), round_step(2 * y_size, 200)
    at = slider_of_steps(
        x.min() - 0.5 * x_size,
        x.max() + x_size,
        start=x.max() + 0.7 * x_size,
        step=x_step,
        label=in_unit("x of the new point", x_unit),
    )
    height = slider_of_steps(
        y.min() - 0.5 * y_size,
        y.max() + 0.5 * y_size,
        start=off,
        step=y_step,
        label=in_unit("y of the new point", y_unit),
    )
    here, up = decimals(x_step), decimals(y_step)
    of_slope = decimals(y_size / x_size / 100)
    x_said, y_said = (f" in {unit}" if unit else "" for unit in (x_unit, y_unit))
    return _Crowd(
        x=x,
        y=y,
        xlim=padded(at.min, at.max),
        ylim=padded(height.min, height.max),
        xlabel=in_unit("x", x_unit),
        ylabel=in_unit("y", y_unit),
        title="your points, their line (dashed), a new one",
        right_title="leverage of the new point",
        moved="new point",
        sentence=(
            f"Leverage is {{2:.3g}} at x = {{0:z.{here}f}}{x_said}, y = {{1:z.{up}f}}{y_said}: "
            f"slope {{3:z.{of_slope}f}} to {{4:z.{of_slope}f}}, "
            f"residual {{5:z.{up}f}} to {{6:z.{up}f}}."
        ),
        controls={"new_x": at, "new_y": height},
    )


def _with_one_more(x, y):
    """Return a function of one point more: intercept and slope then, and that point's leverage.

    It adds to sums of the others, so that a step costs the same for ten points as for thousands.
    """
    n, middle, level = len(x), x.mean(), y.mean()
    squares, products = ((x - middle) ** 2).sum(), (x - middle) @ (y - level)

    def line(at, height):
        share = n / (n + 1)
        right, up = at - middle, height - level
        spread = squares + share * right**2
        w = (products + share * right * up) / spread
        b = level + up / (n + 1) - w * (middle + right / (n + 1))
        return b, w, 1 / (n + 1) + (share * right) ** 2 / spread

    return line


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

    def marked(k):
        """Return where the marked car is in a panel, and which car is nearest to a point of it."""

        def at(model, car):
            x, y = fits[model][2][k]
            return x[car], y[car]

        def nearest(to_x, to_y, model, car):
            points = panels[k].transData.transform(np.column_stack(fits[model][2][k]))
            gaps = np.hypot(*(points - panels[k].transData.transform((to_x, to_y))).T)
            # Cars may lie on one another: the marked one stays if no other is nearer to the eye.
            return {"car": car if gaps[car] <= gaps.min() + 1e-6 else int(gaps.argmin())}

        return Handle(panels[k], at, nearest, f"marked car ({titles[k]})")

    return Explorer(
        figure,
        update,
        describe,
        handles=[marked(0), marked(3)],
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
