"""Directions that a matrix keeps, and the steps that lead to the first of them."""

import math
from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Wedge

from ...linear_algebra import norm
from .._engine.explorer import Explorer, canvas, choice, explorer, slider
from .._engine.plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PURPLE,
    VERMILION,
    Arrow,
    direction,
    kept_lines,
    plane,
    rotation,
    shape,
)

MATRICES = {
    "0.4 [[4, 2], [1, 3]]": 0.4 * np.array([[4.0, 2.0], [1.0, 3.0]]),
    "[[0.6, 1], [1, 0.6]] (symmetric)": np.array([[0.6, 1.0], [1.0, 0.6]]),
    "[[1, 1], [0, 1]] (shear)": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "rotation by 40°": rotation(40),
    "1.5 times the identity": 1.5 * np.eye(2),
}
ITERATED = {
    "[[4, 2], [1, 3]], eigenvalues 5 and 2": np.array([[4.0, 2.0], [1.0, 3.0]]),
    "[[10, 1], [1, 10]], eigenvalues 11 and 9": np.array([[10.0, 1.0], [1.0, 10.0]]),
    "[[1, 2], [2, −2]], eigenvalues −3 and 2": np.array([[1.0, 2.0], [2.0, -2.0]]),
    "[[0, 2], [2, 0]], eigenvalues 2 and −2": np.array([[0.0, 2.0], [2.0, 0.0]]),
}


@explorer
def eigenvectors() -> Explorer:
    """Turn v and watch when A v falls on the line of v: those are the eigenvectors."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    plane(left, 2.4, title="v and A v")
    left.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
    image = shape(left, ORANGE, gid="image", facecolor=ORANGE + "20", linewidth=1)
    (line,) = left.plot([], [], color=BLUE, linewidth=1.2, linestyle=(0, (5, 3)), zorder=2)
    gap = left.add_patch(Wedge((0, 0), 0.55, 0, 0, facecolor=PURPLE + "70", zorder=2, gid="gap"))
    Av_arrow, v_arrow = Arrow(left, "Av", VERMILION, label="A v"), Arrow(left, "v", BLUE)

    right.set(xlim=(0, 360), ylim=(-4, 101), xticks=range(0, 361, 90), yticks=range(0, 91, 30))
    right.set(xlabel="angle of v (degrees)", title="gap between v and A v (degrees)")
    right.axvspan(180, 360, color=PALE + "30", linewidth=0)
    right.text(270, 95, "the same lines again", color=GREY, ha="center", fontsize=9, zorder=1)
    area = shape(right, PURPLE, gid="area", linewidth=0)
    (curve,) = right.plot([], [], color=PURPLE, gid="curve")
    (zeros,) = right.plot([], [], "D", color=GREEN, markersize=8, clip_on=False, gid="zeros")
    zeros.set_in_layout(False)  # it is empty when the axes are placed
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")

    def update(angle, matrix):
        A, v = MATRICES[matrix], direction(angle)
        image.set_xy(CIRCLE @ A.T)
        line.set_data(*np.outer([-4, 4], v).T)
        toward = np.degrees(np.arctan2(*(A @ v)[::-1]))
        turn = (toward - angle + 90) % 180 - 90  # from the line of v to that of A v
        gap.set(theta1=min(angle, angle + turn), theta2=max(angle, angle + turn))
        angles = np.arange(0, angle + 1)  # as far as v has been turned
        heights = _angles_between_lines(A, angles)
        area.set_xy([(0, 0), *zip(angles, heights, strict=True), (angle, 0)])
        curve.set_data(angles, heights)
        met = _met(A, angle)
        zeros.set_data(met, np.zeros(len(met)))
        dot.set_data([angle], heights[-1:])
        moved = [image, line, gap, area, curve, zeros, dot]
        taken = [*pairwise(CIRCLE[::5] @ A.T), *pairwise(CIRCLE[::5])]
        taken += [(-4 * v, 4 * v), ((0, 0), A @ v)]
        for arrow, tip in ((Av_arrow, A @ v), (v_arrow, v)):
            moved += arrow.move(tip)
            taken += arrow.step_aside(taken)
        return moved

    def describe(angle, matrix):
        A, v = MATRICES[matrix], direction(angle)
        apart = _angles_between_lines(A, [angle])[0]
        n_met = len(np.unique((_met(A, angle) % 180).round(6) % 180))  # lines, not directions
        lines = ["no line", "one line", "two lines"][min(n_met, 2)]
        if len(_eigen_angles(A)) == 180 and angle > 0:
            lines = "every line" if angle >= 180 else "every line passed"
        stretch = f"{v @ A @ v:z.2f} v"
        if apart < 0.005:
            verdict = f"is an eigenvector, A v = {stretch}"
        elif apart < 0.5:
            verdict = f"is nearly an eigenvector, A v is {apart:.2f}° off and about {stretch}"
        else:
            verdict = f"is no eigenvector, A v is {apart:.0f}° off"
        return f"At {angle}° v {verdict}; so far they met on {lines} (A = {matrix})."

    return Explorer(
        figure,
        update,
        describe,
        angle=slider(0, 360, start=10, label="angle of v (degrees)"),
        matrix=choice(list(MATRICES), start=next(iter(MATRICES)), label="matrix A"),
    )


def _angles_between_lines(A, degrees):
    V = direction(degrees).T  # (n, 2)
    images = V @ A.T
    across = V[:, 0] * images[:, 1] - V[:, 1] * images[:, 0]
    return np.degrees(np.arctan2(np.abs(across), np.abs((V * images).sum(axis=1)))).round(9)


def _eigen_angles(A):
    """Return the directions in [0, 180) that keep their line; every degree if all of them do."""
    if np.array_equal(A, A[0, 0] * np.eye(2)):
        return np.arange(180.0)
    return np.sort([np.degrees(np.arctan2(y, x)) % 180 for x, y in kept_lines(A)])


def _met(A, angle):
    """Return the directions from 0 to ``angle`` that keep their line."""
    half = _eigen_angles(A)
    turn = np.concatenate([half, half + 180, half + 360])
    return turn[turn <= angle + 1e-6]


@explorer
def power_iteration() -> Explorer:
    """Multiply by A, shorten to length 1, repeat: the arrow settles on the first eigenvector."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.05])
    n_steps = 20
    plane(left, 1.35, title="v after each step, shortened to length 1")
    left.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
    (line,) = left.plot([], [], color=GREEN, linewidth=1.5, linestyle=(0, (5, 3)), zorder=2)
    line_text = left.text(0, 0, "eigenvector", color=GREEN, ha="center", va="center", fontsize=9)
    line_text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    older = left.add_collection(LineCollection([], linewidths=2, zorder=3, gid="older"))
    shades = np.column_stack(
        [np.tile([0, 0.447, 0.698], (n_steps, 1)), 0.2 + 0.7 * 0.8 ** np.arange(n_steps, 0, -1)]
    )
    arrow = Arrow(left, "v", BLUE)

    right.set(xlim=(-0.5, n_steps + 0.5), yscale="log", ylim=(1e-9, 200), xlabel="step")
    right.set(title="angle to the eigenvector (degrees)", xticks=range(0, n_steps + 1, 5))
    (theory,) = right.plot(
        [], [], color=GREY, linewidth=1.2, linestyle="--", zorder=1.5, gid="theory"
    )
    theory_text = right.text(0, 0, "", color=GREY, fontsize=9, ha="right", va="bottom")
    theory_text.set_gid("theory's name")
    (errors,) = right.plot([], [], "o-", color=BLUE, markersize=4.5, linewidth=1, gid="errors")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=10, gid="dot")

    def update(step, start, matrix):
        A = ITERATED[matrix]
        visited = _powers(A, start, n_steps)
        u, ratio = _leading(A)
        line.set_data(*np.outer([-2, 2], u).T)
        across = np.array([u[1], -u[0]])
        aside = np.abs(across) @ [0.32, 0.06] + 0.06  # half the words' size, and a gap
        line_text.set_position(-0.8 * u + aside * across)
        older.set_segments([[(0, 0), v] for v in visited[:step]])
        older.set_color(shades[n_steps - step :])
        off = [_degrees_off(v, u) for v in visited]
        slope = (off[0] or 90) * ratio ** np.arange(n_steps + 1)
        theory.set_data(np.arange(n_steps + 1), slope)
        for artist in (theory, theory_text):  # once there is something to compare it with
            artist.set_visible(step >= 10 and _degrees_off(A @ visited[0], visited[0]) > 0)
        theory_text.set(
            position=(20, 5 if ratio < 0.6 else 3e-8), text=f"dashed: × {ratio:.2f} a step"
        )
        errors.set_data(np.arange(step + 1), off[: step + 1])
        dot.set_data([step], [off[step]])
        x, y = visited[step]
        across_v = (x * u[1] - y * u[0]) * (visited[step] @ u)  # > 0: the line is left of v
        return [
            line,
            line_text,
            older,
            theory,
            theory_text,
            errors,
            dot,
            *arrow.move(visited[step], side=-50 if across_v > 0 else 50),
        ]

    def describe(step, start, matrix):
        A = ITERATED[matrix]
        visited = _powers(A, start, n_steps)
        u, ratio = _leading(A)
        off = [_degrees_off(v, u) for v in visited[: step + 1]]
        steps, leave = ("step", "leaves") if step == 1 else ("steps", "leave")
        return (
            f"{step} {steps} with {matrix.partition(', eig')[0]} {leave} v {_plain(off[-1])}° off "
            f"the eigenvector for {u @ A @ u:z.0f}{_reason(A, visited[0], off, ratio)}."
        )

    return Explorer(
        figure,
        update,
        describe,
        play="step",
        step=slider(0, n_steps, start=2, label="step"),
        start=slider(0, 180, start=80, label="start angle (degrees)"),
        matrix=choice(list(ITERATED), start=next(iter(ITERATED)), label="matrix A"),
    )


def _reason(A, v, off, ratio):
    """Say what the angles of the steps so far, ``off``, come from."""
    began_on_an_eigenvector = _degrees_off(A @ v, v) == 0
    if ratio == 1 and not began_on_an_eigenvector:
        return ": equal sizes, so v never settles"
    if off[0] == 0:
        return ": it began there"
    if began_on_an_eigenvector:
        return ": it began on the other one"
    step = len(off) - 1
    if step == 0:
        return ""
    last = f": last × {off[-1] / off[-2]:.2f}"
    return last + (f", all × {_plain(off[-1] / off[0], 0)}" if step > 1 else "")


def _powers(A, start, n_steps):
    visited = [direction(start)]
    for _ in range(n_steps):
        image = A @ visited[-1]
        visited.append(image / norm(image))
    return visited


def _leading(A):
    """Return the eigenvector of the eigenvalue of largest size, and the ratio of the sizes."""
    eigenvalues, vectors = (part.real for part in np.linalg.eig(A))  # numpy 2.5: always complex
    first = np.argmax(np.abs(eigenvalues).round(9))
    sizes = np.abs(eigenvalues)
    return vectors[:, first] * np.sign(vectors[0, first]), float(
        (sizes.min() / sizes.max()).round(9)
    )


def _degrees_off(v, u):
    """Return the angle between the lines of v and u, exact for small ones too."""
    angle = np.degrees(np.arctan2(abs(v[0] * u[1] - v[1] * u[0]), abs(v @ u)))
    return float(angle) if angle > 1e-9 else 0.0


def _plain(number, least=1):
    """Return one decimal from ``least`` on, and below it two digits that are not zero."""
    if number == 0:
        return "0"
    decimals = 1 if least and number >= least else max(1 - math.floor(math.log10(number)), 0)
    return f"{number:.{decimals}f}"
