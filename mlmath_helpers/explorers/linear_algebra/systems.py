"""Two equations as two bands, and the rhombus of all that both of them allow."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import LineCollection

from ...linear_algebra import norm, solve
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, ORANGE, VERMILION, direction, plane, shape

CROSSING = np.array([2.0, 1.0])
SEEN = np.array([[-4.0, 8.0], [-1.4, 3.4]])  # from where to where, of x1 and of x2
GRIP = 1.6  # how far along it the second line is taken hold of
CORNERS = np.array([[1, 1, -1, -1], [-1, 1, 1, -1]])  # b goes so many wobbles off, to reach each
NAMES = ["right corner", "upper corner", "left corner", "lower corner"]


@explorer
def linear_system() -> Explorer:
    """Let two lines come nearly parallel, and watch what both equations allow grow long."""
    figure, axes = canvas(1, height=3.9)
    plane(axes, 0, x=tuple(SEEN[0]), y=tuple(SEEN[1]), names=("x₁", "x₂"))
    axes.axhline(CROSSING[1], color=BLUE, linewidth=1.5, zorder=1.6)
    bands = [
        shape(axes, colour, gid=gid, facecolor=colour + "30", linewidth=0, zorder=1.5)
        for gid, colour in (("first band", BLUE), ("second band", VERMILION))
    ]
    (second,) = axes.plot([], [], "--", color=VERMILION, linewidth=1.5, gid="second", zorder=1.7)
    rhombus = shape(axes, INK, gid="rhombus", facecolor=ORANGE, linewidth=1.2, zorder=2)
    style = {"color": INK, "solid_capstyle": "butt", "zorder": 3}
    (length,) = axes.plot([], [], gid="length", linewidth=4.5, **style)
    (breadth,) = axes.plot([], [], gid="breadth", linewidth=1.5, **style)
    style = {"colors": "white", "linewidths": 2.4, "capstyle": "butt", "zorder": 3.5}
    stripes = axes.add_collection(LineCollection([], gid="stripes", **style))
    (ends,) = axes.plot([], [], "o", color=INK, markersize=7, zorder=4, gid="corners")
    style = {"fontweight": "bold", "va": "center", "zorder": 5}
    axes.text(-3.8, 1.72, "first ± wobble", color=BLUE, **style | {"zorder": 1})  # never moves
    name = axes.text(0, 0, "second ± wobble", color=VERMILION, ha="center", **style)
    ratio = axes.text(0, 0, "", color=INK, gid="ratio", **style)
    words = "overlap: what both lines allow\nstripes: each as long as\nthe overlap is broad"
    # Where no band ever comes: below the crossing, the second one is on its left.
    axes.text(7.8, -0.75, words, color=GREY, ha="right", va="center", fontsize=9, zorder=1)

    def update(angle, wobble):
        along, across = direction(angle), direction(angle + 90)
        corners = _corners(angle, wobble)
        for band, (line, side) in zip(bands, [((1, 0), (0, 1)), (along, across)], strict=True):
            steps = np.array([[-20, -wobble], [20, -wobble], [20, wobble], [-20, wobble]])
            band.set_xy(CROSSING + steps @ [line, side])
        second.set_data(*(CROSSING + np.outer([-20, 20], along)).T)
        rhombus.set_xy(corners)
        ends.set_data(*corners.T)
        right, upper, left, lower = corners
        length.set_data(*np.stack([left, right]).T)
        breadth.set_data(*np.stack([lower, upper]).T)
        marks = np.arange(1, _condition(angle) + 2) * norm(upper - lower)  # every other one white
        marks = marks[: len(marks) // 2 * 2].clip(max=norm(right - left)).reshape(-1, 2, 1)
        stripes.set_segments(left + marks * direction(angle / 2))
        ratio.set(
            text=f"long : broad = {_condition(angle):.3g}", position=np.add(lower, [0.2, -0.22])
        )
        aside = wobble + np.abs(across) @ [1.2, 0.2] + 0.1  # above its band
        far = min(4.3 / along[0], (2.15 - aside * across[1]) / along[1])  # and in the picture
        name.set_position(CROSSING + far * along + aside * across)
        return *bands, second, rhombus, length, breadth, stripes, ends, ratio, name

    def describe(angle, wobble):
        right, upper, left, lower = corners = _corners(angle, wobble)
        long, broad = norm(right - left), norm(upper - lower)
        outside = "" if all(map(_is_seen, corners)) else ", its ends not in the picture"
        return (
            f"At {angle}° and ±{wobble:.2f} both equations allow a rhombus {long:.2f} long and "
            f"{broad:.2f} broad{outside}: condition number {_condition(angle):.3g}."
        )

    def place_of_corner(i):
        def at(angle, wobble):
            corner = _corners(angle, wobble)[i]
            return tuple(corner) if _is_seen(corner) else None

        return at

    def pull_corner(i):
        sign = 1 if i < 2 else -1  # what is true of two corners is of those opposite to them

        def drag(x, y, **_):
            x, y = sign * ((x, y) - CROSSING)
            return {"angle": 2 * _angle(x, y) if i % 2 == 0 else 2 * _angle(y, -x), "wobble": y}

        return drag

    def turn_second(x, y, **_):
        return {"angle": _angle(*((x, y) - CROSSING))}

    corners = [
        Handle(axes, place_of_corner(i), pull_corner(i), corner) for i, corner in enumerate(NAMES)
    ]
    grip = Handle(
        axes, lambda angle, **_: CROSSING + GRIP * direction(angle), turn_second, "second line"
    )
    return Explorer(
        figure,
        update,
        describe,
        handles=[*corners, grip],
        stills=({"angle": 90}, {"angle": 20}, {"angle": 8}, {"angle": 2, "wobble": 0.1}),
        angle=slider(2, 90, start=60, label="angle between the lines (degrees)"),
        wobble=slider(0.1, 0.5, start=0.3, step=0.01, label="wobble of b, up or down"),
    )


def _angle(x, y):
    """Return the angle of a point, from -134 degrees, opposite to the middle of 2 and 90."""
    return (np.degrees(np.arctan2(y, x)) + 134) % 360 - 134


def _is_seen(point):
    return all(low <= each <= high for each, (low, high) in zip(point, SEEN, strict=True))


def _system(angle):
    """Return A, whose rows are unit vectors across the two lines."""
    return np.array([[0.0, 1.0], direction(angle + 90)])


@lru_cache(maxsize=16)  # each handle asks for them
def _corners(angle, wobble):
    """Return where both entries of b are off by the whole wobble, (4, 2)."""
    A = _system(angle)
    return solve(A, (A @ CROSSING)[:, np.newaxis] + wobble * CORNERS).T


@lru_cache(maxsize=16)
def _condition(angle):
    """Return most over least stretch of A; as long as broad, since its rows are of one length."""
    return np.linalg.cond(_system(angle))
