"""The point of a plane that is nearest to b, and the residual at right angles to it."""

import numpy as np
from matplotlib.collections import LineCollection

from ...linear_algebra import norm
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    GREEN,
    INK,
    PALE,
    VERMILION,
    Arrow,
    direction,
    free_place,
    shape,
)

COLUMNS = np.array([[2.0, 0.8], [0.0, 1.5], [0.0, 0.0]])  # they span the floor
TARGET = np.array([2.76, 1.05, 1.6])
FOOT = TARGET * [1, 1, 0]  # below it on the floor
RAISED = np.radians(35)  # how high above the floor the eye is
RIGHT, INTO = np.append(direction(4), 0), np.append(direction(94), 0)  # along the floor
UP = np.array([0.0, 0.0, 1.0])
VIEW = np.stack([RIGHT, np.sin(RAISED) * INTO + np.cos(RAISED) * UP])  # space on the page, (2, 3)
EYE = np.sin(RAISED) * UP - np.cos(RAISED) * INTO  # toward the eye
EDGES = np.array([[-0.5, 2.0], [-0.5, 1.8]])  # of the floor, in coefficients
ALONG = [COLUMNS[:, 0] / norm(COLUMNS[:, 0]), -COLUMNS[:, 1] / norm(COLUMNS[:, 1])]
SHADOW = "#BDBDBD"
CORNER, COPY = 0.3, 0.7  # how long a right angle's mark is, and half of the column laid there
HEAD = 0.26 * np.array([[0.0, 0.0], [-1.0, 0.38], [-1.0, -0.38]])  # of r, if it points right


@explorer
def least_squares_projection() -> Explorer:
    """Move A x over the floor, and look at the residual where it is nearest to b."""
    figure, (left, right) = canvas(2, height=4.2, width_ratios=[2, 1])
    left.set(xlim=(-1.8, 6.4), ylim=(-1.85, 3.4), aspect="equal", xticks=[], yticks=[])
    left.spines[:].set_visible(False)
    left.set_title("the floor is all A x; grey: the shadow of b")
    left.grid(False)
    _draw_floor(left)
    ground, b = np.stack([0 * FOOT, FOOT]) @ VIEW.T, VIEW @ TARGET
    left.plot(*ground.T, color=SHADOW, linewidth=7, solid_capstyle="round", gid="shadow")
    left.lines[-1].set_zorder(1)
    a1, a2 = COLUMNS.T @ VIEW.T
    first_column = Arrow(left, "a1", GREEN, label="a₁", zorder=2)
    second_column = Arrow(left, "a2", GREEN, label="a₂", zorder=2)
    fit = Arrow(left, "Ax", BLUE, label="A x", zorder=2.5)
    target = Arrow(left, "b", INK, zorder=4)
    target.move(b)
    style = {"facecolor": VERMILION + "40", "edgecolor": VERMILION + "90", "linewidth": 1}
    screens = [shape(left, VERMILION, gid="screen", zorder=z, **style) for z in (3.5, 4.5)]
    (residual,) = left.plot([], [], "--", color=VERMILION, linewidth=3, zorder=5, gid="residual")
    head = shape(left, VERMILION, gid="head", facecolor=VERMILION, linewidth=0, zorder=5)
    name = left.text(0, 0, "r", color=VERMILION, zorder=5, gid="name", fontweight="bold")
    name.set(ha="center", va="center", fontsize=11)
    corners = [
        left.plot([], [], color=GREEN, linewidth=1.8, zorder=5, gid=f"right angle with a{i}")[0]
        for i in (1, 2)
    ]

    style = {"color": GREEN + "80", "linewidth": 4, "solid_capstyle": "round", "zorder": 2.2}
    copies = [left.plot([], [], gid=f"a{i} through A x", **style)[0] for i in (1, 2)]

    right.set(xlim=(-0.6, 2.6), ylim=(-6, 9), xticks=[0, 1, 2])
    right.set_xticklabels(["length\nof r", "a₁ · r", "a₂ · r"])
    right.axhline(0, color=INK, linewidth=1)
    right.hlines(TARGET[2], -0.45, 0.45, color=INK, linestyle=":", linewidth=1.5, zorder=3)
    right.text(0, -0.5, "dotted:\nheight\nof b", fontsize=9, ha="center", va="top", zorder=1)
    bars = right.bar([0, 1, 2], [0, 0, 0], width=0.6, color=[VERMILION, GREEN, GREEN])
    zeros = [right.text(i, 0.5, "0", ha="center", va="center", gid="zero") for i in (1, 2)]
    for bar in bars[1:]:
        bar.set(hatch="//", edgecolor="white")

    def update(first, second):
        Ax, r, dots = _at(first, second)
        tip = VIEW @ Ax
        x, y = toward = (b - tip) / norm(b - tip)
        residual.set_data(*np.stack([tip, b - 0.2 * toward]).T)
        head.set_xy(b + HEAD @ [[x, y], [-y, x]])
        across = np.cross(UP, Ax - FOOT)  # how the upright triangle of b, FOOT and A x looks
        nearer = (across @ EYE) * (across @ -FOOT) < 0  # than the arrow to b
        for screen, shown in zip(screens, (not nearer, nearer), strict=True):
            screen.set_xy(np.stack([FOOT, Ax, TARGET]) @ VIEW.T)
            screen.set_visible(shown)
        for corner, copy, zero, along, dot in zip(corners, copies, zeros, ALONG, dots, strict=True):
            floorward, upward = CORNER * along, CORNER * r / norm(r)
            square = np.stack([floorward, floorward + upward, upward])
            corner.set_data(*(VIEW @ (Ax + square).T))
            copy.set_data(*(VIEW @ (Ax + np.outer([-COPY, COPY], along)).T))
            for artist in (corner, copy, zero):
                artist.set_visible(dot == 0)
        for bar, height in zip(bars, (norm(r), *dots), strict=True):
            bar.set_height(height)
        moved = [*screens, residual, head, *copies, *corners, *bars, *zeros]
        taken = [((0, 0), each) for each in (tip, a1, a2, b)] + [(tip, b)]
        taken += [((x, -1.85), (x, 3.4)) for x in left.get_xlim()]  # no word is cut at an edge
        for arrow, end in ((first_column, a1), (second_column, a2), (target, b), (fit, tip)):
            moved += arrow.move(end)
            taken += arrow.step_aside(taken)
        name.set_position(free_place(0.5 * (tip + b), taken, 0.28))
        return [*moved, name]

    def describe(first, second):
        _, r, dots = _at(first, second)
        start = (
            f"With x = ({first:z.2f}, {second:z.2f}), r is {norm(r):.3f} long; "
            f"a₁ · r = {dots[0]:+z.2f} and a₂ · r = {dots[1]:+z.2f}"
        )
        if dots.any():
            return f"{start}, so A x can come nearer to b."
        return f"{start}, so r is at right angles to the floor, and no A x is nearer to b."

    def pull_fit(x, y, **_):
        first, second = np.linalg.solve(VIEW @ COLUMNS, (x, y))
        return {"first": first, "second": second}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                lambda first, second: VIEW @ COLUMNS @ (first, second),
                pull_fit,
                "tip of A x",
            )
        ],
        stills=(
            {"first": 1.1, "second": 0.7},
            {"first": 0.0, "second": 1.8},
        ),
        first=slider(-0.5, 2.0, start=1.7, step=0.05, label="first coefficient x₁"),
        second=slider(-0.5, 1.8, start=0.2, step=0.05, label="second coefficient x₂"),
    )


def _at(first, second):
    Ax = COLUMNS @ [first, second]
    r = TARGET - Ax
    return Ax, r, (COLUMNS.T @ r).round(9) + 0.0


def _draw_floor(axes):
    """Draw all A x for coefficients between the edges, with squared paper on it, stronger near."""
    (low, high), (near, far) = EDGES
    around = np.array([[low, near], [high, near], [high, far], [low, far]])
    style = {"facecolor": "#EDEDED", "linewidth": 0}
    shape(axes, PALE, gid="floor", zorder=0, **style).set_xy(around @ COLUMNS.T @ VIEW.T)
    lines = [[(first, near), (first, far)] for first in np.arange(low, high + 0.1, 0.5)]
    lines += [[(low, second), (high, second)] for second in np.arange(near, far + 0.1, 0.5)]
    places = np.array(lines) @ COLUMNS.T
    depth = places.mean(axis=1) @ EYE
    widths = np.interp(depth, [depth.min(), depth.max()], [0.5, 1.6])
    paper = LineCollection(places @ VIEW.T, colors=PALE, linewidths=widths, zorder=0.5)
    axes.add_collection(paper)
