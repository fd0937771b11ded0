"""The families that a matrix belongs to, by its eigenvalues and singular values."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from .._engine.controls import entry_sliders
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    VERMILION,
    Arrow,
    kept_lines,
    plane,
    shape,
)

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


@explorer
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
        directions = kept_lines(A)
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

    handles = [
        Handle(left, lambda a, c, **_: (a, c), lambda x, y, **_: {"a": x, "c": y}, "tip of A e₁"),
        Handle(left, lambda b, d, **_: (b, d), lambda x, y, **_: {"b": x, "d": y}, "tip of A e₂"),
    ]
    controls = entry_sliders([[1.0, 1.0], [0.0, 1.0]], step=0.5)
    return Explorer(figure, update, describe, handles=handles, **controls)


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


def _eigenvalues_in_words(A):
    (a, b), (c, d) = A
    mean, gap = (a + d) / 2, ((a - d) / 2) ** 2 + b * c  # they are mean +- sqrt(gap)
    if gap < 0:
        return f"{mean:z.2f} ± {np.sqrt(-gap):.2f}i"
    if gap == 0:
        return f"{mean:z.2f} twice"
    return f"{mean + np.sqrt(gap):z.2f} and {mean - np.sqrt(gap):z.2f}"
