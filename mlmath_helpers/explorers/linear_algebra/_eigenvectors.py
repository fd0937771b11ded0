"""Directions that a matrix keeps, and the steps that lead to the first of them."""

import math
from functools import lru_cache
from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Wedge

from ...linear_algebra import norm
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
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
from .._engine.units import own_map

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


@explorer(A=("matrix",))
def eigenvectors(A=None) -> Explorer:
    """Turn v and watch when A v falls on the line of v: those are the eigenvectors.

    Parameters
    ----------
    A : array_like, shape (2, 2), optional
        A matrix of your own, in place of the course's. Its largest entry is between 1e-6 and 1e6
        in size, or all are 0. Where A v would be far longer or shorter than v, it is drawn at a
        tenth of its length, at ten times it, and so on.

    Raises
    ------
    TypeError
        If ``A`` holds no real numbers.
    ValueError
        If ``A`` is no 2 by 2 matrix, or its entries are not finite or not of such a size.

    Examples
    --------
    >>> eigenvectors([[4, 2], [1, 3]], angle=135).sentence.partition(";")[0]
    'At 135° v is an eigenvector, A v = 2.00 v'
    """
    matrices, one, name, reach, yours = MATRICES, 1.0, "A v", 2.4, A is not None
    if yours:
        matrices, (one, name, longest) = _own(A)
        reach = max(reach, (1.35 if one == 1 else 1.8) * longest)  # and its name
    only = next(iter(matrices))
    figure, (left, right) = canvas(2, height=4.6, width_ratios=[1.5, 1])
    plane(left, reach, title=f"v and {name}")
    left.set_xlabel("x    (green: lines on which they met)")
    if reach > 5:
        left.set(xticks=range(-8, 9, 4), yticks=range(-8, 9, 4))
    zoom = reach / 2.4
    left.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
    image = shape(left, ORANGE, gid="image", facecolor=ORANGE + "20", linewidth=1)
    (line,) = left.plot([], [], color=BLUE, linewidth=1.2, linestyle=(0, (5, 3)), zorder=2)
    found = left.add_collection(LineCollection([], colors=GREEN, linewidths=3, gid="found"))
    found.set_zorder(1.8)
    gap = Wedge((0, 0), 0.8 * zoom, 0, 0, facecolor=PURPLE + "90", zorder=2, gid="gap")
    left.add_patch(gap)
    bold = {"linewidth": 4.5, "mutation_scale": 24}
    Av_arrow = Arrow(left, "Av", VERMILION, label=name, **bold)
    v_arrow = Arrow(left, "v", BLUE, **bold)

    right.set(xlim=(0, 360), ylim=(-4, 101), xticks=range(0, 361, 90), yticks=range(0, 91, 30))
    right.set(xlabel="angle of v (degrees)", title="gap between v and A v (degrees)")
    right.axvspan(180, 360, color=PALE + "30", linewidth=0)
    right.text(270, 95, "the same lines again", color=GREY, ha="center", fontsize=9, zorder=1)
    area = shape(right, PURPLE, gid="area", linewidth=0)
    (curve,) = right.plot([], [], color=PURPLE, gid="curve")
    (zeros,) = right.plot([], [], "D", color=GREEN, markersize=8, clip_on=False, gid="zeros")
    zeros.set_in_layout(False)  # it is empty when the axes are placed
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")

    def update(angle, matrix=only):
        A, v = matrices[matrix] / one, direction(angle)
        image.set_xy(CIRCLE @ A.T)
        line.set_data(*np.outer([-4 * zoom, 4 * zoom], v).T)
        toward = np.degrees(np.arctan2(*(A @ v)[::-1]))
        turn = (toward - angle + 90) % 180 - 90  # from the line of v to that of A v
        turn = turn if _angles_between_lines(A, [angle])[0] else 0.0  # A v may be 0
        gap.set(theta1=min(angle, angle + turn), theta2=max(angle, angle + turn))
        met = _met(A, angle)
        angles = np.arange(0, angle + 1)  # as far as v has been turned
        if yours:  # may dip to 0 between two degrees
            angles = np.union1d(np.arange(0, angle + 0.1, 0.25), met[met <= angle])
        tips = 4 * zoom * direction(np.unique((met % 180).round(9) % 180)).T  # (lines, 2)
        found.set_segments(np.stack([-tips, tips], axis=1))
        found.set_linewidth(3 if len(tips) <= 2 else 0.8)
        heights = _angles_between_lines(A, angles)
        area.set_xy([(0, 0), *zip(angles, heights, strict=True), (angle, 0)])
        curve.set_data(angles, heights)
        zeros.set_data(met, np.zeros(len(met)))
        dot.set_data([angle], heights[-1:])
        moved = [image, found, line, gap, area, curve, zeros, dot]
        taken = [*pairwise(CIRCLE[::5] @ A.T), *pairwise(CIRCLE[::5])]
        taken += [(-4 * zoom * v, 4 * zoom * v), ((0, 0), A @ v)]
        taken += list(found.get_segments()[:2])  # of more, there is no way aside
        for arrow, tip in ((Av_arrow, A @ v), (v_arrow, v)):
            moved += arrow.move(tip)
            taken += arrow.step_aside(taken)
        return moved

    def describe(angle, matrix=only):
        A, v = matrices[matrix], direction(angle)
        apart = _angles_between_lines(A, [angle])[0]
        n_met = len(np.unique((_met(A, angle) % 180).round(6) % 180))  # lines, not directions
        lines = ["no line", "one line", "two lines"][min(n_met, 2)]
        if len(_eigen_angles(A)) == 180 and angle > 0:
            lines = "every line" if angle >= 180 else "every line passed"
        stretch = f"{v @ A @ v:z.{_decimals(A)}f} v"
        if apart < 1e-6:
            verdict = f"is an eigenvector, A v = {stretch}"
        elif apart < 0.5:
            off = f"{apart:.2f}°" if apart >= 0.005 else "less than 0.01°"
            verdict = f"is nearly an eigenvector, A v is {off} off and about {stretch}"
        else:
            verdict = f"is no eigenvector, A v is {apart:.0f}° off"
        return f"At {angle}° v {verdict}; so far they met on {lines} (A = {matrix})."

    def turn_v(x, y, angle, **_):
        turned = np.degrees(np.arctan2(y, x)) % 360
        return {"angle": 360 if turned < 0.5 and angle > 180 else turned}  # the end, not the start

    def place_of_dot(angle, matrix=only):
        return angle, _angles_between_lines(matrices[matrix], [angle])[0]

    controls = {"angle": slider(0, 360, start=10, label="angle of v (degrees)")}
    stills = ()
    if not yours:
        stills = [{"angle": 27}]
        stills += [
            {"angle": 180, "matrix": name} for name in list(MATRICES)[:4] if "symm" not in name
        ]
        controls["matrix"] = choice(list(matrices), start=only, label="matrix A")
    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, lambda angle, **_: direction(angle), turn_v, "tip of v"),
            Handle(right, place_of_dot, lambda x, y, **_: {"angle": x}, "end of the curve"),
        ],
        play="angle",
        stills=stills,
        **controls,
    )


def _own(A):
    """Return a learner's matrix by its name, in what unit A v is drawn, its name, its length."""
    A, words = own_map(A, "A")
    largest = np.abs(A).max()
    if not (1e-6 <= largest <= 1e6 or largest == 0):
        raise ValueError(
            f"A must have a largest entry between 1e-6 and 1e6 in size, not {largest:.3g}; "
            "multiply A by a number, which keeps its eigenvectors"
        )
    longest, one, name = float(np.linalg.norm(A, 2)), 1.0, "A v"
    if largest and not 0.25 <= longest <= 6:
        power = math.ceil(math.log10(longest / 6))
        one, times = 10.0**power, f"{10 ** abs(power)}" if abs(power) < 3 else f"1e{abs(power)}"
        name = f"A v / {times}" if power > 0 else f"{times} A v"
    return {words: A}, (one, name, longest / one)


def _decimals(A):
    """Return how many decimals a multiple of v needs: two, or more for a small matrix."""
    largest = np.abs(A).max()
    return 2 if largest >= 0.1 or largest == 0 else 2 - math.floor(math.log10(largest))


def _angles_between_lines(A, degrees):
    V = direction(degrees).T  # (n, 2)
    images = V @ A.T
    across = V[:, 0] * images[:, 1] - V[:, 1] * images[:, 0]
    apart = np.degrees(np.arctan2(np.abs(across), np.abs((V * images).sum(axis=1)))).round(9)
    nothing = np.abs(images).max(axis=1) <= 1e-14 * np.abs(A).max()
    return np.where(nothing, 0.0, apart)  # 0 is on every line


def _eigen_angles(A):
    """Return the directions in [0, 180) that keep their line; every degree if all of them do."""
    (a, b), (c, d) = A / (np.abs(A).max() or 1.0)
    half = (a - d) / 2
    if np.abs([b, c, half]).max() < 1e-14:
        return np.arange(180.0)
    lines = kept_lines(A)
    if abs(half**2 + b * c) <= 1e-15 * (half**2 + abs(b * c) + abs(half)):
        # The eigenvalues are equal, but for rounding.
        lines = [(b, -half) if abs(b) > abs(c) else (half, c)]
    return np.sort([np.degrees(np.arctan2(y, x)) % 180 for x, y in lines])


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
    plane(left, 1.35, title="v, shortened at each step")
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

    def turn_start(x, y, **_):
        return {"start": (np.degrees(np.arctan2(y, x)) + 90) % 360 - 90}  # below the axis: its ends

    @lru_cache(8)  # asked for twice at each step
    def place_of_dot(step, start, matrix):
        A = ITERATED[matrix]
        off = _degrees_off(_powers(A, start, step)[-1], _leading(A)[0])
        return step, max(off, right.get_ylim()[0])  # 0 is nowhere on this scale

    return Explorer(
        figure,
        update,
        describe,
        play="step",
        handles=[
            Handle(left, lambda start, **_: direction(start), turn_start, "first v"),
            Handle(right, place_of_dot, lambda x, y, **_: {"step": x}, "last step"),
        ],
        stills=(
            {"step": 10},
            {"step": 20, "matrix": "[[10, 1], [1, 10]], eigenvalues 11 and 9"},
            {"step": 20, "matrix": "[[0, 2], [2, 0]], eigenvalues 2 and −2"},
        ),
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
