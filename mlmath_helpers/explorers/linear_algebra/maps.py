"""A matrix as a map of the plane."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection

from ..._arguments import matrix
from ...linear_algebra import determinant, norm
from .._engine.controls import decimals_of, entry_limit, entry_sliders
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import (
    BLUE,
    CIRCLE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    VERMILION,
    Arrow,
    plane,
    rotation,
    shape,
)
from .._engine.words import without_zeros

LARGEST_ENTRY, SMALLEST_ENTRY = 1000, 0.01  # of a learner's matrix
STILLS = (
    {"a": 1.0, "c": 0.0, "b": 1.0, "d": 1.0},  # a shear
    {"a": 0.0, "c": 1.0, "b": 1.0, "d": 0.0},  # a mirror
    {"a": 1.0, "c": 2.0, "b": 0.5, "d": 1.0},  # all on one line
)


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
    stills = STILLS if A is None else ()
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
    return Explorer(figure, update, describe, handles=handles, stills=stills, **controls)


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
