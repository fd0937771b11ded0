"""The slider figures of chapter 1: what two arrows reach, and one arrow on two papers."""

import numpy as np
from matplotlib.collections import LineCollection

from ..linear_algebra import norm, solve
from .explorer import Explorer, canvas, in_course_style, slider
from .plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    VERMILION,
    Arrow,
    direction,
    plane,
    shape,
)

PALE_BLUE, PALE_VERMILION, PALE_GREEN = "#A9CCE3", "#F2C4A5", "#E9F5F0"  # opaque, for what is below
DASHES = (0, (2, 0.8))

V, W_LENGTH = np.array([2.0, 1.0]), 1.8
V_ANGLE = np.degrees(np.arctan2(V[1], V[0]))
STAR = -V + 1.3 * W_LENGTH * direction(V_ANGLE + 70)
SQUARE = 1.5 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])  # where a and b can be


@in_course_style
def linear_combination() -> Explorer:
    """Run two motors, and see which points of the page a pen can reach."""
    figure, (left, right) = canvas(2, height=3.7, width_ratios=[1, 1.5])
    plane(
        left,
        1.9,
        title="settings",
        names=("a, how much of v (orange: the sliders)", "b, how much of w"),
    )
    plane(right, 0, x=(-6.2, 6.2), y=(-4.4, 4.4), title="where they lead")
    right.set(xlabel="x     (the page, with ● for the pen and ★ for a star)")
    for axes in (left, right):
        axes.grid(False)
    right.set_facecolor(PALE_GREEN)
    blank = shape(right, "#FFFFFF", gid="blank", facecolor="white", zorder=0.9)
    blank.set_xy(7 * SQUARE)
    for axes in (left, right):
        inside = shape(axes, ORANGE, gid="inside", facecolor="#FCF0DA", linewidth=0, zorder=1.2)
        edge = shape(axes, ORANGE, gid="edge", facecolor="none", zorder=1.7)
        grid = _grid(axes, 1, 1.5) if axes is left else _grid(axes, 9)
        for artist in (inside, edge):
            artist.set_xy(SQUARE)
    green = {"color": GREEN, "linewidth": 7, "alpha": 0.5, "zorder": 1.8}
    (same,) = left.plot([], [], gid="same", **green)
    (span,) = right.plot(*np.outer([-9, 9], V).T, gid="span", **green)
    notes = _note(left, GREEN), _note(right, GREEN)
    right.plot(*STAR, "*", color=PURPLE, markersize=17, zorder=2.5)
    ways = _way(left), _way(right)
    pens = [
        axes.plot([], [], "o", color=INK, ms=9, zorder=6, gid="pen")[0] for axes in (left, right)
    ]
    v_arrow, w_arrow = Arrow(right, "v", BLUE), Arrow(right, "w", VERMILION)

    def update(a, b, angle):
        w = _w(angle)
        basis, flat = np.column_stack([V, w]), _on_one_line(angle)
        steps = np.array([[0.0, 0.0], [a, 0.0], [a, b]])
        page = steps @ basis.T
        grid.set_segments(_lattice(9) @ basis.T)
        for artist in (inside, edge):
            artist.set_xy(SQUARE @ basis.T)
        same.set_data(*_same_place(a, b, w).T)
        for artist in (same, span):
            artist.set_visible(flat)
        blank.set_visible(flat)
        notes[0].set_text("green: all lead to ●" if flat else "")
        notes[1].set_text(f"span (green): {'one line' if flat else 'the whole plane'}")
        moved = [blank, grid, inside, edge, same, span, *notes]
        for pen, way, points in zip(pens, ways, (steps, page), strict=True):
            pen.set_data(*points[2:].T)
            moved += [pen, *_walk(way, points)]
        taken = [page[:2], page[1:], ((0, 0), V), ((0, 0), w), (STAR, STAR)]
        for arrow, tip in ((v_arrow, V), (w_arrow, w)):
            moved += arrow.move(tip)
            taken += arrow.step_aside(taken)
        return moved

    def describe(a, b, angle):
        w = _w(angle)
        pen = a * V + b * w
        off = norm(pen - STAR)
        where = "on the star" if round(off, 9) == 0 else f"{off:.2f} from the star"
        put = f"put the pen at ({pen[0]:z.2f}, {pen[1]:z.2f}), {where}"
        setting = f"a = {a:z.1f}, b = {b:z.1f}"
        if not _on_one_line(angle):
            return f"At {angle}° v and w span the plane: only {setting} {put}."
        more = 1 if a < 0 else -1
        other = f"a = {a + more:z.1f}, b = {_same_b(b, w, more):z.2f}"
        return f"At {angle}° v and w span one line: {setting} {put}, and so do {other}."

    return Explorer(
        figure,
        update,
        describe,
        a=slider(-1.5, 1.5, start=1.0, step=0.1, label="a, how much of v"),
        b=slider(-1.5, 1.5, start=0.5, step=0.1, label="b, how much of w"),
        angle=slider(0, 180, start=70, label="angle between v and w (degrees)"),
    )


def _w(angle):
    return W_LENGTH * direction(V_ANGLE + angle)


def _on_one_line(angle):
    return angle in (0, 180)


def _same_b(b, w, more):
    """Return the b that leads, with ``more`` of v, to the same point, where w lies on v's line."""
    return b - more * (V @ w) / (w @ w)


def _same_place(a, b, w):
    """Return two settings, far apart, that lead where a and b do, if w lies on v's line."""
    return np.array([(a + more, _same_b(b, w, more)) for more in (-9, 9)])


V_LENGTH = 2.0


@in_course_style
def change_of_basis() -> Explorer:
    """Turn, skew and stretch the axes, and read the same arrow off on other squared paper."""
    figure, (left, right) = canvas(2, height=4.15)
    plane(left, 4.1, title="on your paper, v is")
    plane(right, 4.1, title="on a friend's paper, v is", names=("c₁", "c₂"))
    left.set(xlabel="x     (dotted: all points 2 from the origin, as v)")
    right.set(xlabel="c₁     (dotted: the same points)")
    right.grid(False)
    grid, _ = _grid(left, 9), _grid(right, 4, 5)
    left.plot(*(V_LENGTH * CIRCLE).T, color=GREY, linewidth=1.2, linestyle=":", zorder=1.6)
    far = shape(right, GREY, gid="far", facecolor="none", linestyle=":", linewidth=1.2, zorder=1.6)
    notes = _note(left, INK), _note(right, INK)
    ways = _way(left), _way(right)
    names, colours = ("b₁", "b₂", "v"), (BLUE, VERMILION, INK)
    arrows = [Arrow(left, *pair) for pair in zip(names, colours, strict=True)]
    theirs = Arrow(right, "c", INK, label="v")

    def update(turn, between, length, arrow):
        B, v = _basis(turn, between, length), V_LENGTH * direction(arrow)
        inverse = solve(B, np.eye(2))
        c = inverse @ v
        grid.set_segments(_lattice(9) @ B.T)
        seen = V_LENGTH * CIRCLE @ inverse.T
        far.set_xy(seen)
        for note, (x, y) in zip(notes, (v, c), strict=True):
            note.set_text(f"({x:z.2f}, {y:z.2f})")
        steps = np.array([[0.0, 0.0], [c[0], 0.0], c])
        page = steps @ B.T
        moved = [grid, far, *notes, *_walk(ways[0], page), *_walk(ways[1], steps)]
        taken = [*_sides(V_LENGTH * CIRCLE), page[:2], page[1:]]
        taken += [((0, 0), tip) for tip in (*B.T, v)]
        for each, tip in zip(arrows, (*B.T, v), strict=True):
            moved += each.move(tip)
            taken += each.step_aside(taken)
        taken = [*_sides(seen), steps[:2], steps[1:], ((0, 0), c)]
        moved += theirs.move(c)
        theirs.step_aside(taken)
        return moved

    def describe(turn, between, length, arrow):
        B, v = _basis(turn, between, length), V_LENGTH * direction(arrow)
        c = solve(B, v)
        long = f"as if {norm(c):.2f} long"
        if (between, length) == (90, 1):
            long = f"{norm(c):.2f} long as on yours, for b₁ and b₂ are orthonormal"
        return (
            f"With b₁ at {turn}°, b₂ {length:.1f} long at {turn + between}°, "
            f"v = ({v[0]:z.2f}, {v[1]:z.2f}) is ({c[0]:z.2f}, {c[1]:z.2f}) to a friend, {long}."
        )

    return Explorer(
        figure,
        update,
        describe,
        turn=slider(-90, 90, start=20, label="direction of b₁ (degrees)"),
        between=slider(45, 135, start=70, label="angle from b₁ to b₂ (degrees)"),
        length=slider(0.8, 2.0, start=1.0, step=0.1, label="length of b₂"),
        arrow=slider(0, 360, start=60, label="direction of v (degrees)"),
    )


def _basis(turn, between, length):
    return np.column_stack([direction(turn), length * direction(turn + between)])


def _lattice(reach, end=None):
    """Return lines of whole second, then of whole first coordinate, (4 reach + 2, 2, 2)."""
    whole, ends = np.arange(-reach, reach + 1), np.array([-1, 1]) * (end or reach)
    level = np.array([[(end, each) for end in ends] for each in whole], dtype=float)
    return np.concatenate([level, level[..., ::-1]])


def _grid(axes, reach, end=None):
    """Draw squared paper, of solid and of dashed lines, to be moved by ``set_segments``."""
    n = 2 * reach + 1
    colours, styles = np.repeat([PALE_BLUE, PALE_VERMILION], n), ["-"] * n + [(0, (4, 3))] * n
    lines = LineCollection(_lattice(reach, end), colors=colours, linestyles=styles, linewidths=1)
    lines.set(zorder=1.5, gid="grid")
    return axes.add_collection(lines)


def _note(axes, colour):
    """Return an empty line of text above the right end of the axes."""
    style = {"ha": "right", "va": "bottom", "fontweight": "bold", "fontsize": 10}
    return axes.text(1, 1.02, "", gid="note", transform=axes.transAxes, color=colour, **style)


def _way(axes):
    """Return the artists of a way in two legs to a point."""
    style = {"linewidth": 4, "zorder": 3, "solid_capstyle": "butt", "dash_capstyle": "butt"}
    (first,) = axes.plot([], [], color=BLUE, gid="first", **style)
    (second,) = axes.plot([], [], color=VERMILION, linestyle=DASHES, gid="second", **style)
    return first, second


def _walk(way, points):
    for leg, ends in zip(way, (points[:2], points[1:]), strict=True):
        leg.set_data(*ends.T)
    return way


def _sides(curve):
    """Return every fourth point of a curve of 121, joined to the next."""
    return np.stack([curve[:-1:4], curve[4::4]], axis=1)
