"""Who turns a line: one point more, far from the others or among them."""

from typing import NamedTuple

import numpy as np

from ...datasets import load_auto_mpg
from ...statistics import linear_regression
from .._engine.controls import nearest, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, VERMILION
from .._engine.units import (
    decimals,
    given_together,
    in_unit,
    padded,
    round_step,
    slider_of_steps,
)
from .regression_points import in_units, own_points


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
    scene = _own_crowd(*own_points(x, y)) if own else _cars_by_weight()
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
    right.plot(*heavier.T, color=INK, gid="leverages")
    (dot,) = right.plot([], [], "D", color=VERMILION, markersize=10, gid="dot", clip_on=False)

    def update(**values):
        at, height = values.values()
        b, w, h = with_one_more(at, height)
        line.set_data(ends, b + w * ends)
        gap.set_data([at, at], [height, b + w * at])
        car.set_data([at], [height])
        dot.set_data([at], [h])
        return line, gap, car, dot

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
            ),
            Handle(
                right,
                lambda **values: (values[name_x], with_one_more(values[name_x], y[0])[2]),
                lambda to_x, to_y, **_: {name_x: to_x},
                f"leverage of {scene.moved}",
            ),
        ],
        stills=scene.stills,
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
    stills: tuple
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
        stills=({"weight": 2.9, "mpg": 50.0}, {"weight": 8.0, "mpg": 50.0}, {"mpg": 0.0}),
        controls={
            "weight": slider(1.0, 8.0, start=7.0, step=0.1, label="weight of the car (1000 lb)"),
            "mpg": slider(0.0, 50.0, start=35.0, step=0.5, label="miles per gallon of the car"),
        },
    )


def _own_crowd(x, y):
    (x, x_size, x_unit), (y, y_size, y_unit) = in_units(x, "x"), in_units(y, "y")
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
        stills=({"new_x": nearest(at, x.mean())}, {"new_x": at.max}),
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
