"""The curves to which secants are drawn: the course's cubic, and a learner's own."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ...calculus import derivative
from .._engine.controls import slider
from .._engine.functions import interval, step_below, stops_between, values_of, written


class Curve(NamedTuple):
    """A curve, the windows in which it and its slopes are seen, and what can be asked of it.

    ``slope`` returns nan where the slopes settle on no number. ``words`` are the formats of a
    place, a step, a slope, a tolerance and its delta.
    """

    title: str
    drawn: tuple  # x, y
    x_window: tuple
    y_window: tuple
    slope_window: tuple
    steps: np.ndarray  # of all secants on one side
    height: Callable
    slope: Callable
    sliders: dict
    words: tuple


def cubic():
    """Return the curve of the course."""

    def f(x):
        return x * x * x / 3 - x

    wide = np.linspace(-3, 4, 141)
    return Curve(
        "f(x) = x³/3 − x, and two lines",
        (wide, f(wide)),
        (-2.6, 3.4),
        (-3.2, 6.6),
        (-2.5, 6.5),
        np.linspace(0.005, 2, 400),
        f,
        lambda x: derivative(f, x),
        {
            "h": slider(0.02, 2.0, start=1.0, step=0.02, label="step h"),
            "x": slider(-2.0, 1.0, start=-1.5, step=0.05, label="place x"),
            "epsilon": slider(0.05, 1.0, start=0.4, step=0.05, label="tolerance ε"),
        },
        ("{:z.2f}".format, "{:.2f}".format, "{:z.3f}".format, "{:.2f}".format, "{:.3f}".format),
    )


def own_curve(f, shown):
    """Return the curve of a function of one number, which is asked once at each place.

    The first point moves over three sevenths of the interval, and the second up to two sevenths
    away, so that both stay in it.
    """
    low, high = shown = interval((-3.0, 3.0) if shown is None else shown, "interval")
    step = step_below((high - low) / 350)
    reach = stops_between(0, 2 * (high - low) / 7, step)[1]
    first, last = stops_between(low + reach, high - reach, step)
    fine = step / 2
    n_sides, n_stops = round(reach / fine), round((last - first) / step) + 1
    origin = first - n_sides * fine
    places = origin + fine * np.arange(2 * n_sides + 2 * n_stops - 1)
    table = values_of(f, np.clip(places, low, high), "f")
    wide = np.linspace(low, high, 141)
    drawn = values_of(f, wide, "f")

    def height(x):
        return table[np.rint((x - origin) / fine).astype(int)]

    stops = first + step * np.arange(n_stops)
    limits = _limits(f, stops, (high - low, np.ptp([*table, *drawn])))
    steps = fine * np.arange(1, n_sides + 1)
    both = np.concatenate([-steps, steps])
    rises = [derivative(height, x, h=both, scheme="forward") for x in stops]
    slopes = np.concatenate([np.ravel(rises), limits[np.isfinite(limits)]])
    slope_window = _window(slopes, 0.12)
    tolerance = step_below(np.ptp(slope_window) / 1.24 / 180)
    middle = round((n_stops - 1) / 6)

    return Curve(
        "the curve y = f(x), and two lines",
        (wide, drawn),
        _window([low, high], 0.02),
        _window([*table, *drawn], 0.08),
        slope_window,
        steps,
        height,
        lambda x: limits[round((x - first) / step)],
        {
            "h": slider(
                step, reach, start=step * round(reach / step / 2), step=step, label="step h"
            ),
            "x": slider(first, last, start=first + middle * step, step=step, label="place x"),
            "epsilon": slider(
                tolerance, 20 * tolerance, start=8 * tolerance, step=tolerance, label="tolerance ε"
            ),
        },
        (
            lambda x: written(x, step),
            lambda h: written(h, step),
            lambda slope: written(slope, tolerance / 50),
            lambda epsilon: written(epsilon, tolerance),
            lambda delta: written(delta, fine / 5),
        ),
    )


def _limits(f, stops, size):
    """Return the slope at each stop, nan where the slopes on both sides settle on no number.

    They settle if a hundredth of a short step, on both sides, changes next to nothing.
    """
    width, span = size

    def asked(x):
        return values_of(f, x, "f")

    short = [
        derivative(asked, stops, h=side * share * width, scheme="forward")
        for share in (1e-5, 1e-7)
        for side in (1, -1)
    ]  # (4, n)
    settled = np.ptp(short, axis=0) <= 0.02 * (np.abs(short).max(axis=0) + span / width)
    return np.where(settled, np.mean(short[:2], axis=0), np.nan)


def _window(values, room):
    """Return an interval that holds values, and some room at its ends."""
    low, high = np.min(values), np.max(values)
    size = max(abs(low), abs(high)) or 1.0
    if high - low < 1e-9 * size:  # level, but for rounding
        low, high = low - size / 2, high + size / 2
    return low - room * (high - low), high + room * (high - low)
