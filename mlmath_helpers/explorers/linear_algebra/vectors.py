"""What two arrows reach: the pen of two motors, and the span."""

import numpy as np

from ...linear_algebra import norm
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PALE_GREEN,
    PURPLE,
    VERMILION,
    Arrow,
    direction,
    lattice,
    note_above,
    plane,
    shape,
    squared_paper,
    two_legs,
    walk,
)

V, W_LENGTH = np.array([2.0, 1.0]), 1.8
V_ANGLE = np.degrees(np.arctan2(V[1], V[0]))
STAR = -V + 1.3 * W_LENGTH * direction(V_ANGLE + 70)
SQUARE = 1.5 * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])  # where a and b can be


@explorer
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
        grid = squared_paper(axes, 1, 1.5) if axes is left else squared_paper(axes, 9)
        for artist in (inside, edge):
            artist.set_xy(SQUARE)
    green = {"color": GREEN, "linewidth": 7, "alpha": 0.5, "zorder": 1.8}
    (same,) = left.plot([], [], gid="same", **green)
    (span,) = right.plot(*np.outer([-9, 9], V).T, gid="span", **green)
    notes = note_above(left, GREEN), note_above(right, GREEN)
    right.plot(*STAR, "*", color=PURPLE, markersize=17, zorder=2.5)
    ways = two_legs(left), two_legs(right)
    pens = [
        axes.plot([], [], "o", color=INK, ms=9, zorder=6, gid="pen")[0] for axes in (left, right)
    ]
    v_arrow, w_arrow = Arrow(right, "v", BLUE), Arrow(right, "w", VERMILION)

    def update(a, b, angle):
        w = _w(angle)
        basis, flat = np.column_stack([V, w]), _on_one_line(angle)
        steps = np.array([[0.0, 0.0], [a, 0.0], [a, b]])
        page = steps @ basis.T
        grid.set_segments(lattice(9) @ basis.T)
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
            moved += [pen, *walk(way, points)]
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

    def pull_pen(x, y, a, b, angle):
        if _on_one_line(angle):  # along it, by v alone
            return {"a": a + V @ ((x, y) - a * V - b * _w(angle)) / (V @ V)}
        a, b = np.linalg.solve(np.column_stack([V, _w(angle)]), (x, y))
        return {"a": a, "b": b}

    def turn_w(x, y, **_):
        turned = (np.degrees(np.arctan2(y, x)) - V_ANGLE + 90) % 360 - 90  # from -90 to 270
        return {"angle": turned}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, lambda a, b, **_: (a, b), lambda x, y, **_: {"a": x, "b": y}, "settings"),
            Handle(right, lambda a, b, angle: a * V + b * _w(angle), pull_pen, "pen on the page"),
            Handle(right, lambda angle, **_: _w(angle), turn_w, "tip of w"),
        ],
        stills=({"a": -1.0, "b": 1.3}, {"a": -1.5, "b": 1.5, "angle": 15}, {"angle": 180}),
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
