"""The slider figures of chapter 1: linear systems and the nearest point of a plane."""

import numpy as np

from ..linear_algebra import norm, solve
from .explorer import Explorer, canvas, in_course_style, slider
from .plane import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE,
    VERMILION,
    Arrow,
    direction,
    free_place,
    plane,
    shape,
)

CROSSING = np.array([2.0, 1.0])


@in_course_style
def linear_system() -> Explorer:
    """Let two lines come nearly parallel, and watch their crossing run away."""
    figure, (left, right) = canvas(2, height=3.6, width_ratios=[2.3, 1])
    plane(
        left, 0, x=(-7.5, 11.5), y=(-3.5, 5.5), title="two equations, two lines", names=("x₁", "x₂")
    )
    left.set(xticks=range(-6, 12, 2), yticks=range(-2, 6, 2))
    left.axhline(CROSSING[1], color=BLUE, linewidth=2)
    left.text(-7.2, 1.45, "first", color=BLUE, fontweight="bold")
    left.plot(*CROSSING, "s", color=GREY, markersize=7, zorder=3)
    (before,) = left.plot([], [], "--", color=GREY, linewidth=1.2, gid="before")
    (second,) = left.plot([], [], color=VERMILION, gid="second")
    (way,) = left.plot([], [], ":", color=INK, linewidth=3, gid="way")
    (crossing,) = left.plot([], [], "o", color=INK, markersize=8, zorder=5, gid="crossing")
    name = left.text(0, 0, "second", color=VERMILION, fontweight="bold", ha="center", va="center")
    left.text(11.2, -3.2, "grey: before the wobble", color=GREY, ha="right", fontsize=9)

    right.set(xlim=(0, 92), ylim=(0.8, 100), yscale="log", xticks=range(0, 91, 30))
    right.set(xlabel="angle (degrees)", title="condition number")
    (curve,) = right.plot([], [], color=GREEN, gid="curve")
    (dot,) = right.plot([], [], "D", color=GREEN, markersize=8, clip_on=False, gid="dot")

    def update(angle, wobble):
        along, x = direction(angle), _solution(angle, wobble)
        before.set_data(*(CROSSING + np.outer([-20, 20], along)).T)
        second.set_data(*(x + np.outer([-30, 30], along)).T)
        way.set_data(*np.stack([CROSSING, x]).T)
        crossing.set_data(*x[:, None])
        across = direction(angle + 90)  # the name stands on this side of both lines
        aside = max(wobble, 0) + np.abs(across) @ [1.15, 0.3] + 0.2
        far = min(7.5 / along[0], 2.7 / along[1])  # as far as the line is inside the picture
        name.set_position(CROSSING + far * along + aside * across)
        angles = np.arange(90, angle - 1, -1)  # as far as the lines have been turned
        curve.set_data(angles, [_condition(each) for each in angles])
        dot.set_data([angle], [_condition(angle)])
        return before, second, name, way, crossing, curve, dot

    def describe(angle, wobble):
        x = _solution(angle, wobble)
        start = f"Lines at {angle}°, condition number {_condition(angle):.3g}"
        if wobble == 0:
            return f"{start}: b stays, and so does the crossing, at ({x[0]:.2f}, {x[1]:.2f})."
        return (
            f"{start}: b moves {wobble:+.2f} and the crossing "
            f"{norm(x - CROSSING) / abs(wobble):.1f} times as far, to ({x[0]:z.2f}, {x[1]:z.2f})."
        )

    return Explorer(
        figure,
        update,
        describe,
        angle=slider(2, 90, start=60, label="angle between the lines (degrees)"),
        wobble=slider(-0.3, 0.3, start=0.1, step=0.01, label="wobble of b"),
    )


def _system(angle):
    """Return A, whose rows are unit vectors across the two lines."""
    across = direction(angle + 90)
    return np.array([[0.0, 1.0], across])


def _solution(angle, wobble):
    A = _system(angle)
    return solve(A, A @ CROSSING + [0.0, wobble])


def _condition(angle):
    """Return most over least stretch of A; its singular values are known for two unit rows."""
    cosine = direction(angle)[0]
    return np.sqrt((1 + cosine) / (1 - cosine))


COLUMNS = np.array([[2.0, 0.8], [0.0, 1.5], [0.0, 0.0]])  # they span the floor
TARGET = np.array([2.76, 1.05, 1.6])
VIEW = np.array([[1.0, 0.42, 0.0], [0.0, 0.4, 0.95]])  # how the room is seen, (2, 3)


@in_course_style
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
            taken.append(((x - 0.25, y), (x + 0.25, y)))
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

    return Explorer(
        figure,
        update,
        describe,
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
