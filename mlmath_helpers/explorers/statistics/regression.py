"""A line through points: its residuals as squares, and the sum of these for every line."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection

from ...statistics import linear_regression
from .._engine.controls import nearest, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, ORANGE
from .._engine.units import (
    decimals,
    given_together,
    in_unit,
    padded,
    round_step,
    short,
    slider_of_steps,
)
from .regression_points import in_units, own_points

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
    scene = _own_line(*own_points(x, y, at_most=100)) if own else _course_line()
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
        stills=scene.stills,
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
    stills: tuple
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
        stills=(
            {"intercept": 2.5},  # the best for this slope
            {"slope": 2.5, "intercept": 2.5},
            {"slope": 1.99, "intercept": 0.13},
        ),
        controls={
            "slope": slider(0.0, 4.0, start=1.2, step=0.01, label="slope"),
            "intercept": slider(-4.0, 6.0, start=3.5, step=0.01, label="intercept"),
        },
    )


def _own_line(x, y):
    (x, x_size, x_unit), (y, y_size, y_unit) = in_units(x, "x"), in_units(y, "y")
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
        stills=(
            {"intercept": nearest(controls["intercept"], y.mean() - slope * off)},
            {
                "slope": nearest(controls["slope"], w),
                "intercept": nearest(controls["intercept"], b),
            },
        ),
        controls=controls,
    )


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
