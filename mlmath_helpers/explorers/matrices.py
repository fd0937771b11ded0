"""The slider figures of chapter 1: a box in space, and the families of matrices."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from ..linear_algebra import determinant, norm
from .explorer import Explorer, canvas, entry_sliders, in_course_style, slider
from .plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    VERMILION,
    Arrow,
    plane,
    rotation,
    shape,
)

SEEN = np.array([[1.0, 0.45, 0.0], [0.0, 0.38, 1.0]])  # how space is drawn on the page, (2, 3)
BASE = np.array([[1.6, 0.4], [0.0, 1.2], [0.0, 0.0]])  # the first two columns, on the floor
FORWARD = -0.9  # how far before the base's front edge the third column ends
REACH = 1.75  # of the floor


@in_course_style
def volume() -> Explorer:
    """Slide, lift and turn the third column: only its height changes the volume."""
    figure, (left, right) = canvas(2, width_ratios=[1.5, 1])
    left.set(xlim=(-2.6, 3.7), ylim=(-2.1, 2.65), aspect="equal", xticks=[], yticks=[])
    left.spines[:].set_visible(False)
    left.set_title("what A makes of the unit cube")
    left.grid(False)
    ends = [-REACH, REACH]
    floor = SEEN[:, :2] @ [[-REACH, REACH, REACH, -REACH], [-REACH, -REACH, REACH, REACH]]
    shape(left, PALE, gid="floor", zorder=0, linewidth=0).set_xy(floor.T)
    for across in np.linspace(-REACH, REACH, 6):
        for line in ([[across] * 2, ends, [0, 0]], [ends, [across] * 2, [0, 0]]):
            left.plot(*(SEEN @ line), color=PALE, linewidth=0.8, zorder=0.5)
    base = shape(left, BLUE, gid="base", zorder=1.5)
    lid = shape(left, ORANGE, gid="lid", zorder=1.6)
    (edges,) = left.plot([], [], color=GREY, linewidth=1, zorder=1.8, gid="edges")
    (rise,) = left.plot([], [], "--", color=PURPLE, linewidth=2.5, zorder=3, gid="rise")
    arrows = [
        Arrow(left, f"Ae{i + 1}", colour, label=f"A e{digit}")
        for i, (colour, digit) in enumerate(zip((VERMILION, GREEN, INK), "₁₂₃", strict=True))
    ]

    right.set(xlim=(-0.6, 3.6), ylim=(-3.6, 3.6), title="base times height")
    right.set_xticks(
        range(4), ["area of\nthe base", "length\nof A e₃", "height", "volume,\nsigned"]
    )
    right.axhline(0, color=INK, linewidth=1)
    colours = [BLUE, PALE, PURPLE, ORANGE]
    bars = [right.bar([i], [0], width=0.62, color=colours[i], zorder=2)[0] for i in range(4)]
    texts = [right.text(i, 0, "", ha="center", va="center", fontweight="bold") for i in range(4)]

    def update(slide, height, turn):
        A = _box(slide, height, turn)
        a1, a2, a3 = A.T
        bottom = np.array([0 * a1, a1, a1 + a2, a2])
        base.set_xy(bottom @ SEEN.T)
        lid.set_xy((bottom + a3) @ SEEN.T)
        lid.set_hatch("///" if height < 0 else "")
        walls = np.stack([bottom, bottom + a3, np.full((4, 3), np.nan)], axis=1).reshape(-1, 3)
        edges.set_data(*(SEEN @ walls.T))
        foot = a3 * [1, 1, 0]
        rise.set_data(*(SEEN @ np.array([foot, a3]).T))
        for bar, text, size in zip(bars, texts, _sizes(A), strict=True):
            bar.set_height(size)
            text.set(text=f"{size:z.2f}", y=size + (0.28 if size >= 0 else -0.28))
        moved = [base, lid, edges, rise, *bars, *texts]
        around = [bottom, bottom + a3]
        lines = [pair for ring in around for pair in zip(ring, np.roll(ring, -1, 0), strict=True)]
        lines += [*zip(*around, strict=True), (foot, a3)]
        taken = [*(np.array(lines) @ SEEN.T)]
        for arrow, a in zip(arrows, (a1, a2, a3), strict=True):
            moved += arrow.move(SEEN @ a)
            taken += arrow.step_aside(taken)
        return moved

    def describe(slide, height, turn):
        A = _box(slide, height, turn)
        area, _, above, size = _sizes(A)
        start = "A e₃ = ({:z.2f}, {:z.2f}, {:z.2f})".format(*A[:, 2])
        if above == 0:
            return (
                f"{start} lies in the plane of the base: space falls flat, determinant 0, rank 2."
            )
        side, sense = ("above", "kept") if above > 0 else ("below", "flipped")
        return (
            f"{start} ends {abs(above):.2f} {side} a base of area {area:.2f}: "
            f"determinant {size:+.2f}, orientation {sense}."
        )

    return Explorer(
        figure,
        update,
        describe,
        slide=slider(-1.2, 1.2, start=0.3, step=0.1, label="slide of A e₃ along the floor"),
        height=slider(-1.3, 1.3, start=1.2, step=0.1, label="height of A e₃"),
        turn=slider(-60, 45, start=0, step=5, label="turn of everything (degrees)"),
    )


def _box(slide, height, turn):
    """Return A: the base and a third column, turned about the upright axis."""
    upright = np.eye(3)
    upright[:2, :2] = rotation(turn)
    return upright @ np.column_stack([BASE, [slide, FORWARD, height]])


def _sizes(A):
    """Return the area of the base, the length of the third column, its height, the volume."""
    a1, a2, a3 = A.T
    across = np.cross(a1, a2)
    area = norm(across)
    sizes = area, norm(a3), a3 @ across / area, determinant(A)
    return [round(float(size), 9) + 0.0 for size in sizes]


FAMILIES = {  # name: where its box stands, and the names above it that it hangs on
    "every matrix": (4.4, 9.6, []),
    "square": (4.4, 8.2, ["every matrix"]),
    "invertible": (2.0, 6.8, ["square"]),
    "diagonalisable": (6.8, 6.8, ["square"]),
    "normal": (6.8, 5.3, ["diagonalisable"]),
    "orthogonal": (4.6, 3.8, ["normal", "invertible"]),
    "symmetric": (8.3, 3.8, ["normal"]),
    "positive semidefinite": (7.2, 2.3, ["symmetric"]),
    "positive definite": (3.0, 0.8, ["positive semidefinite", "invertible"]),
}


@in_course_style
def matrix_families() -> Explorer:
    """Set the four entries, and see to which families the matrix belongs."""
    figure, (left, right) = canvas(2, height=4.6, width_ratios=[1, 1.3])
    plane(left, 4.2, title="the unit circle after A")
    left.set_xlabel("x     (λ: eigenvalues, σ: singular values)")
    left.plot(*CIRCLE.T, color=GREY, linewidth=1.2, linestyle="--", zorder=1)
    image = shape(left, ORANGE, gid="image")
    lines = [
        left.plot([], [], color=GREEN, linewidth=1.5, linestyle=(0, (5, 3)), gid="line")[0]
        for _ in range(2)
    ]
    columns = [
        Arrow(left, "Ae1", VERMILION, label="A e₁"),
        Arrow(left, "Ae2", BLUE, label="A e₂"),
    ]
    note = left.text(-4, -3.9, "", color=GREEN, fontsize=9, va="bottom", zorder=6)
    note.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})

    right.set(xlim=(0, 10), ylim=(0.1, 10.3))
    right.axis("off")
    for x, y, parents in FAMILIES.values():
        for parent in parents:
            above_x, above_y, _ = FAMILIES[parent]
            right.plot([above_x, x], [above_y, y], color=PALE, linewidth=1.5, zorder=1)
    frames = {name: _frame(name) for name in FAMILIES}
    for name, (x, y, _) in FAMILIES.items():
        right.text(x, y, name, ha="center", va="center", fontsize=10.5, zorder=1.5)
        right.add_patch(Polygon(frames[name], facecolor="white", edgecolor=PALE, linestyle="--"))
    # rings, not filled boxes: over a filled box each step would have to write its name anew
    style = {"colors": GREEN, "linewidths": 2.8, "zorder": 3, "capstyle": "projecting"}
    inside = right.add_collection(LineCollection([], gid="inside", **style))
    (checks,) = right.plot([], [], "o", color=GREEN, markersize=11, zorder=4, gid="checks")
    (ticks,) = right.plot([], [], marker="$✓$", color="white", markersize=7, zorder=5)
    for artist in (checks, ticks):
        artist.set(linestyle="", clip_on=False)

    def update(a, c, b, d):
        A = np.array([[a, b], [c, d]])
        image.set_xy(CIRCLE @ A.T)
        directions = _eigenlines(A)
        for line, v in zip(lines, [*directions, None, None], strict=False):
            line.set_data(*([[], []] if v is None else np.outer([-6, 6], v).T))
        if a == d and b == c == 0:
            note.set_text("every arrow is an eigenvector")
        else:
            real = "green dashes: eigenvectors"
            note.set_text(real if directions else "no eigenvector is real")
        lit = [frames[name] for name, yes in _memberships(A).items() if yes]
        inside.set_segments(lit)
        corners = np.array([frame[0] for frame in lit])
        ticks.set_data(*corners.T)
        checks.set_data(*corners.T)
        moved = [image, *lines, note, inside, ticks, checks]
        taken = [*pairwise((CIRCLE @ A.T)[::10]), *pairwise(CIRCLE[::10])]
        taken += [((0, 0), tip) for tip in A.T] + [(-6 * v, 6 * v) for v in directions]
        for arrow, tip in zip(columns, A.T, strict=True):
            moved += arrow.move(tip)
            taken += arrow.step_aside(taken)
        return moved

    def describe(a, c, b, d):
        A = np.array([[a, b], [c, d]])
        words = " and ".join(_innermost(A))
        sizes = np.linalg.svd(A, compute_uv=False)
        return (
            f"A = [[{a:zg}, {b:zg}], [{c:zg}, {d:zg}]] is {words}: "
            f"λ = {_eigenvalues_in_words(A)}, σ = {sizes[0]:.2f} and {sizes[1]:z.2f}."
        )

    controls = entry_sliders([[1.0, 1.0], [0.0, 1.0]], step=0.5)
    return Explorer(figure, update, describe, **controls)


def _frame(name):
    """Return the corners of the box around a name, the first one twice."""
    x, y, _ = FAMILIES[name]
    half = 0.115 * len(name) + 0.35
    across = np.array([-1, -1, 1, 1, -1]) * half
    return np.column_stack([x + across, y + np.array([1, -1, -1, 1, 1]) * 0.48])


def _memberships(A):
    """Tell for each family whether A is in it; exact, as the entries are halves."""
    (a, b), (c, d) = A
    product = a * d - b * c
    symmetric, apart = b == c, (a - d) ** 2 + 4 * b * c != 0  # two different eigenvalues
    inside = {
        "every matrix": True,
        "square": True,
        "invertible": product != 0,
        "diagonalisable": apart or (b == c == 0),
        "normal": np.array_equal(A @ A.T, A.T @ A),
        "orthogonal": np.array_equal(A.T @ A, np.eye(2)),
        "symmetric": symmetric,
        "positive semidefinite": symmetric and min(a, d, product) >= 0,
        "positive definite": symmetric and a > 0 and product > 0,
    }
    return {name: bool(inside[name]) for name in FAMILIES}


def _innermost(A):
    """Return the families of A, without those that follow from others; and what it lacks."""
    inside = [name for name, yes in _memberships(A).items() if yes]
    implied = {above for name in inside for above in _all_above(name)}
    names = [name for name in inside if name not in implied]
    return names if "diagonalisable" in inside else [*names, "defective"]


def _all_above(name):
    parents = FAMILIES[name][2]
    return {*parents, *(each for parent in parents for each in _all_above(parent))}


def _gap(A):
    """Return mean and squared half gap of the eigenvalues: they are mean ± sqrt(gap)."""
    (a, b), (c, d) = A
    return (a + d) / 2, ((a - d) / 2) ** 2 + b * c


def _eigenlines(A):
    """Return a direction for each line of eigenvectors; none if there is none, or all are."""
    (a, b), (c, d) = A
    mean, gap = _gap(A)
    if gap < 0 or (b == c == 0 and a == d):
        return []
    if b == c == 0:
        return [np.array([1.0, 0.0]), np.array([0.0, 1.0])]
    eigenvalues = {mean + np.sqrt(gap), mean - np.sqrt(gap)}
    rows = [(b, s - a) if b else (s - d, c) for s in eigenvalues]  # orthogonal to a row of A - s I
    return [np.array(row) / norm(row) for row in rows]


def _eigenvalues_in_words(A):
    mean, gap = _gap(A)
    if gap < 0:
        return f"{mean:z.2f} ± {np.sqrt(-gap):.2f}i"
    if gap == 0:
        return f"{mean:z.2f} twice"
    return f"{mean + np.sqrt(gap):z.2f} and {mean - np.sqrt(gap):z.2f}"
