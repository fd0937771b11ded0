"""A matrix as a map of the plane, and the volume of a box."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection

from ..._arguments import matrix
from ...linear_algebra import determinant, norm
from .._engine.controls import decimals_of, entry_limit, entry_sliders, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
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
from .._engine.words import without_zeros

SEEN = np.array([[1.0, 0.45, 0.0], [0.0, 0.38, 1.0]])  # how space is drawn on the page, (2, 3)
BASE = np.array([[1.6, 0.4], [0.0, 1.2], [0.0, 0.0]])  # of the box: its columns on the floor
FORWARD = -0.9  # how far before the base's front edge the third column ends
REACH = 1.75  # of the floor
LARGEST_ENTRY, SMALLEST_ENTRY = 1000, 0.01  # of a learner's matrix


@explorer(A=("a", "b", "c", "d"))
def linear_map(A=None) -> Explorer:
    """Say where e₁ and e₂ land, and the matrix moves the whole plane.

    Parameters
    ----------
    A : array_like, shape (2, 2), optional
        The matrix to begin with, its entries from -1000 to 1000; the course's example without it.

    Raises
    ------
    TypeError, ValueError
        If ``A`` is no matrix of real numbers of this shape and size.

    Examples
    --------
    >>> linear_map([[0, -1], [1, 0]]).sentence.partition(": ")[2]
    'determinant +1.00, rank 2, and orientation is kept.'
    """
    A = np.array([[1.6, -0.6], [0.5, 1.2]]) if A is None else map_of_the_plane(A, "A")
    controls, scale = entry_sliders(A, step=0.1), entry_limit(A) / 2
    decimals = max(1, decimals_of(controls["a"].step))
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.25, 1])
    plane(left, 4.2, title="the plane after A")
    far = 9 if scale == 1 else 21
    lines = np.array([[(i, -far), (i, far)] for i in range(-far, far + 1)], dtype=float)
    lines = np.concatenate([lines, lines[:, :, ::-1]])  # (k, 2, 2): line, end, coordinate
    if scale > 1:
        ticks = 2 * scale * np.arange(-2, 3)
        for axis in "xy":
            left.set(**{f"{axis}lim": (-4.2 * scale, 4.2 * scale), f"{axis}ticks": ticks})
    # opaque, and over the filled shapes: so there are fewer mixed colours to find a palette for
    grid = LineCollection([], colors="#A9CCE3", linewidths=1, zorder=1.4, gid="grid")
    left.add_collection(grid)
    left.plot(*CIRCLE.T, color=GREY, linewidth=1.2, linestyle="--", zorder=1.5)
    ellipse = shape(left, ORANGE, gid="ellipse", facecolor="#FCF0DA", zorder=1.2)
    square = shape(left, BLUE, gid="square", zorder=1.3)
    flat = [  # the two when there is nothing of them but an edge, which a line of the grid hides
        shape(left, colour, gid=gid, facecolor="none", linewidth=width, zorder=1.6)
        for gid, colour, width in [("flat ellipse", ORANGE, 11), ("flat square", PURPLE, 7)]
    ]
    for artist in flat:
        artist.set_joinstyle("round")
    first, second = (
        Arrow(left, "Ae1", VERMILION, label="A e₁"),
        Arrow(left, "Ae2", GREEN, label="A e₂"),
    )

    right.set(xlim=(0, 10), ylim=(0, 10))
    right.axis("off")
    right.text(0.6, 7.6, "A =", fontsize=15, va="center")
    for x, tip in [(2.5, 0.3), (8.0, -0.3)]:
        right.plot([x + tip, x, x, x + tip], [9.0, 9.0, 6.2, 6.2], color=INK, linewidth=1.5)
    longest = len(f"{-2 * scale:.{decimals}f}")
    style = {"fontsize": min(15, 68 / longest), "ha": "right", "va": "center", "fontweight": "bold"}
    entries = [
        right.text(4.6 + 2.8 * j, 8.3 - 1.4 * i, "", color=VERMILION if j == 0 else GREEN, **style)
        for i in (0, 1)
        for j in (0, 1)
    ]
    right.text(
        3.9, 5.5, "where e₁\nlands", color=VERMILION, ha="center", va="top", fontsize=9, zorder=1
    )
    right.text(
        6.7, 5.5, "where e₂\nlands", color=GREEN, ha="center", va="top", fontsize=9, zorder=1
    )
    verdict = right.text(0.6, 3.3, "", fontsize=11, va="top", linespacing=1.6)
    meaning = "Every area is multiplied by the size\nof the determinant."
    right.text(0.6, 1.1, meaning, color=GREY, fontsize=9, va="top", zorder=1)

    def update(a, c, b, d):
        A = np.array([[a, b], [c, d]])
        size = _determinant(A)
        grid.set_segments(lines @ A.T)
        ellipse.set_xy(CIRCLE @ A.T)
        square.set_xy(np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) @ A.T)
        colour, hatch = (BLUE, "") if size > 0 else (PURPLE, "///")
        square.set(facecolor=colour + "50", edgecolor=colour, hatch=hatch)
        for text, entry in zip(entries, A.flat, strict=True):
            text.set_text(_rounded(entry, decimals))
        for artist, filled in zip(flat, (ellipse, square), strict=True):
            artist.set(xy=filled.get_xy(), visible=size == 0)
        verdict.set_text(f"{_determinant_in_words(A)}\n{_consequence(A)}")
        moved = [grid, ellipse, square, *flat, *entries, verdict]
        taken = [*pairwise(CIRCLE[::6] @ A.T), *pairwise(square.get_xy())]
        taken += [((0, 0), tip) for tip in A.T]
        if _rank(A) == 1:  # both edges of the thick line on which all falls
            longer = max(A.T, key=norm)
            across = 0.22 * scale * rotation(90) @ longer / norm(longer)
            taken += [(side * across - 9 * longer, side * across + 9 * longer) for side in (-1, 1)]
        else:
            taken += pairwise(CIRCLE[::6])
        for arrow, tip in ((first, A[:, 0]), (second, A[:, 1])):
            moved += arrow.move(tip)
            taken += arrow.step_aside(taken)
        return moved

    def describe(a, c, b, d):
        A = np.array([[a, b], [c, d]])
        a, b, c, d = (_rounded(entry, decimals) for entry in (a, b, c, d))
        where = f"A sends e₁ to ({a}, {c}) and e₂ to ({b}, {d})"
        words = f"{_determinant_in_words(A)}, rank {_rank(A)}"
        if _determinant(A) == 0:
            onto = "the origin" if norm(A) == 0 else "one line"
            return f"{where}, and all of the plane onto {onto}: {words}."
        return f"{where}: {words}, and {_consequence(A)}."

    handles = [
        Handle(left, lambda a, c, **_: (a, c), lambda x, y, **_: {"a": x, "c": y}, "tip of A e₁"),
        Handle(left, lambda b, d, **_: (b, d), lambda x, y, **_: {"b": x, "d": y}, "tip of A e₂"),
    ]
    return Explorer(figure, update, describe, handles=handles, **controls)


def map_of_the_plane(value, name):
    """Return a learner's 2 by 2 matrix if a figure of the plane can show it."""
    A = matrix(value, name)
    if A.shape != (2, 2):
        raise ValueError(f"{name} must be of shape (2, 2), a map of the plane, not {A.shape}")
    largest = np.abs(A).max()
    if largest > LARGEST_ENTRY:
        raise ValueError(
            f"{name} must have entries from -{LARGEST_ENTRY} to {LARGEST_ENTRY}, for the picture "
            f"to show them, but one is {A.flat[np.abs(A).argmax()]:.6g}; divide {name} by a number"
        )
    if 0 < largest < SMALLEST_ENTRY:
        raise ValueError(
            f"{name} must have an entry of {SMALLEST_ENTRY} or more in size (or be all zeros), for "
            f"the picture to show it, but the largest is {largest:.6g}; multiply {name} by a number"
        )
    return A.copy()


def _rounded(entry, decimals):
    """Return an entry with these decimals, or in powers of ten if they would make it 0."""
    if abs(entry) < 0.5 * 10**-decimals and entry != 0:
        return without_zeros(f"{entry:.1g}")
    return f"{entry:z.{decimals}f}"


def _determinant(A):
    (a, b), (c, d) = A
    size = determinant(A)
    return size if abs(size) > 1e-9 * (abs(a * d) + abs(b * c)) else 0.0  # less is rounding


def _rank(A):
    return 2 if _determinant(A) else int(A.any())


def _determinant_in_words(A):
    size = _determinant(A)
    if 0 < abs(size) < 0.095:
        return f"determinant {without_zeros(f'{size:+.2g}')}"
    return f"determinant {size:+.2f}" if size else "determinant 0"


def _consequence(A):
    size = _determinant(A)
    if size == 0:
        return f"rank {_rank(A)}: no matrix can undo it"
    return "orientation is " + ("kept" if size > 0 else "flipped")


@explorer
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

    def tip_of(column):
        return lambda **values: SEEN @ _box(**values)[:, column]

    def turn_box(x, y, **_):
        along, across = np.linalg.solve(SEEN[:, :2], (x, y))  # of the floor
        return {"turn": np.degrees(np.arctan2(across, along))}

    def pull_a3(x, y, turn, **_):
        at_0, at_1 = (SEEN @ _box(slide, 0.0, turn)[:, 2] for slide in (0.0, 1.0))
        slide = (x - at_0[0]) / (at_1 - at_0)[0]
        slide = np.clip(slide, -1.2, 1.2).round(1)  # as far as it can go: the rest is height
        return {"slide": slide, "height": y - at_0[1] - slide * (at_1 - at_0)[1]}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, tip_of(0), turn_box, "tip of A e₁"),
            Handle(left, tip_of(2), pull_a3, "tip of A e₃"),
        ],
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
