"""The point of a plane that is nearest to b, and the residual at right angles to it."""

import numpy as np

from ...linear_algebra import norm
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, INK, PALE, VERMILION, Arrow, free_place, shape

COLUMNS = np.array([[2.0, 0.8], [0.0, 1.5], [0.0, 0.0]])  # they span the floor
TARGET = np.array([2.76, 1.05, 1.6])
VIEW = np.array([[1.0, 0.42, 0.0], [0.0, 0.4, 0.95]])  # how the room is seen, (2, 3)


@explorer
def least_squares_projection() -> Explorer:
    """Move A x over the floor, and look at the residual where it is nearest to b."""
    figure, (left, right) = canvas(2, width_ratios=[2, 1])
    left.set(xlim=(-2.4, 7.0), ylim=(-0.9, 2.9), aspect="equal", xticks=[], yticks=[])
    left.spines[:].set_visible(False)
    left.set_title("the floor is all A x, and b floats above it")
    left.grid(False)
    floor = np.array([[-0.5, -0.7], [2.05, -0.7], [2.05, 1.8], [-0.5, 1.8]]) @ COLUMNS.T @ VIEW.T
    shape(left, PALE, gid="floor", zorder=0).set_xy(floor)
    for first in np.arange(-0.5, 2.1, 0.5):
        left.plot(*_seen(first, [-0.7, 1.8]), color=PALE, linewidth=0.8, zorder=1)
    a1, a2 = COLUMNS.T @ VIEW.T
    first_column = Arrow(left, "a1", GREEN, label="a₁")
    second_column = Arrow(left, "a2", GREEN, label="a₂")
    second_column.move(a2, side=-20)
    Arrow(left, "b", INK).move(VIEW @ TARGET)
    fit = Arrow(left, "Ax", BLUE, label="A x")
    (residual,) = left.plot([], [], "--", color=VERMILION, linewidth=2, zorder=3, gid="residual")
    name = left.text(0, 0, "r = b − A x", color=VERMILION, zorder=5, gid="name")

    right.set(xlim=(-0.6, 1.6), ylim=(-8, 10.4), xticks=[0, 1], title="dots of r with the columns")
    right.set_yticks(range(-8, 9, 2))
    right.set_xticklabels(["a₁ · r", "a₂ · r"])
    right.axhline(0, color=INK, linewidth=1)
    bars = right.bar([0, 1], [0, 0], width=0.6, color=GREEN, hatch="//", edgecolor="white")
    length = right.text(0.5, 9.3, "", color=VERMILION, ha="center", fontweight="bold")

    def update(first, second):
        Ax, r, dots = _at(first, second)
        tip, end = VIEW @ Ax, VIEW @ TARGET
        residual.set_data(*np.stack([tip, end]).T)
        leftward = end[0] * tip[1] >= end[1] * tip[0]  # r lies left of the arrow to b
        name.set(position=0.3 * tip + 0.7 * end, ha="right" if leftward else "left")
        name.set_va("bottom" if leftward or tip[0] > end[0] else "top")  # off the dashes
        name.set_text("r = b − A x  " if leftward else "  r = b − A x")
        for bar, height in zip(bars, dots, strict=True):
            bar.set_height(height)
        length.set_text(f"length of r: {norm(r):.3f}")
        below = second >= 0  # where A x leaves room for the name of the first column
        moved = first_column.move(a1, side=-35 if below else 30)
        taken = [((0, 0), each) for each in (tip, a1, a2, end)] + [(tip, end)]
        for x, y in (word.get_position() for word in (first_column.text, second_column.text)):
            taken += [((x - 0.25, y + half), (x + 0.25, y + half)) for half in (-0.12, 0.12)]
        taken += [((x, -0.9), (x, 2.9)) for x in left.get_xlim()]  # no word is cut at an edge
        moved += fit.move(tip)
        fit.text.set_position(free_place(tip, taken, 0.42))
        return [*moved, residual, name, *bars, length]

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
        first=slider(-0.5, 2.0, start=1.7, step=0.05, label="first coefficient x₁"),
        second=slider(-0.5, 1.8, start=0.2, step=0.05, label="second coefficient x₂"),
    )


def _at(first, second):
    Ax = COLUMNS @ [first, second]
    r = TARGET - Ax
    return Ax, r, (COLUMNS.T @ r).round(9) + 0.0


def _seen(first, seconds):
    """Return where points of the floor are seen, (2, k)."""
    return VIEW @ COLUMNS @ np.stack([np.full(len(seconds), first), seconds])
