"""A matrix taken apart into turn, stretch and turn."""

import math
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from ...linear_algebra import norm
from .._engine.controls import choice, slider
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
    VERMILION,
    Arrow,
    lattice,
    plane,
    rotation,
    shape,
    squared_paper,
)
from .._engine.units import own_map
from .._engine.words import without_zeros

TAKEN_APART = {
    "0.4 [[4, 2], [1, 3]]": 0.4 * np.array([[4.0, 2.0], [1.0, 3.0]]),
    "[[1, 1], [0, 1]] (shear)": np.array([[1.0, 1.0], [0.0, 1.0]]),
    "[[0.5, 1.5], [1.5, 0.5]] (flips)": np.array([[0.5, 1.5], [1.5, 0.5]]),
    "[[0.8, 1.6], [0.4, 0.8]] (rank 1)": np.array([[0.8, 1.6], [0.4, 0.8]]),
}
MOST = 6  # times a matrix may stretch, so that the unit circle is still seen beside its image
STOPS = np.arange(151) / 50  # of the slider
FRAME = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1], [1, 1]])
PAPER = "#CECECE"
WIDE, HIGH = 2.8, 1.75  # half of the plane, if the matrix stretches by about two
FACTORS = [  # name, what it does, and where it stands in A = U Σ Vᵀ: middle, half of the width
    ("Vᵀ", "1. turns", 0.9, 0.095),
    ("Σ", "2. stretches", 0.66, 0.115),
    ("U", "3. turns or flips", 0.38, 0.135),
]
AT_ONCE = "at once: dashed"  # what A does
SQUARE = 0.24  # side of the mark of a right angle


@explorer(A=("matrix",))
def svd_steps(A=None) -> Explorer:
    """Watch a matrix turn, stretch along the axes, and turn again.

    Parameters
    ----------
    A : array_like, shape (2, 2), optional
        A matrix of your own, in place of the course's. It stretches no arrow by more than 6.

    Raises
    ------
    TypeError
        If ``A`` holds no real numbers.
    ValueError
        If ``A`` is no 2 by 2 matrix, is not finite, or stretches by more.

    Examples
    --------
    >>> svd_steps([[0, -3], [2, 0]], t=2.0).sentence.partition(":")[0]
    'Σ stretches by 3.00 and 2.00 (done)'
    """
    matrices = TAKEN_APART if A is None else _own_matrix(A)
    parts = {name: _turn_stretch_turn(A) for name, A in matrices.items()}
    only = next(iter(matrices))
    zoom = 1.0 if A is None else _zoom(parts[only])
    figure, axes = canvas(1, height=5.0)
    plane(axes, 0, x=(-WIDE * zoom, WIDE * zoom), y=(-HIGH * zoom, HIGH * zoom), names=("", ""))
    every = 1 if zoom < 2 else 2 if zoom < 4 else 4
    axes.set(xticks=axes.get_xticks()[axes.get_xticks() % every == 0])
    axes.set(yticks=axes.get_yticks()[axes.get_yticks() % every == 0])
    edges = list(pairwise(zoom * np.array([WIDE, HIGH]) * FRAME))
    axes.grid(False)  # the plane has one of its own, which moves
    reach, side = math.ceil(4.8 * zoom), SQUARE * min(zoom, 2)
    paper, lines = squared_paper(axes, reach), lattice(reach)
    paper.set(color=PAPER, linestyle="-")  # neither the arrows' colours nor dashed as the image is
    axes.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle=":", zorder=1.6)
    outline = shape(axes, GREY, gid="outline", facecolor="none", linestyle="--", linewidth=1.6)
    disc = shape(axes, BLUE, gid="disc", facecolor=BLUE + "25", linewidth=2)
    was = shape(axes, GREY, gid="was", facecolor="none", linewidth=1.2, zorder=2.4)
    corner = shape(axes, INK, gid="corner", facecolor=ORANGE, linewidth=1.2, zorder=3)
    pale = {"linewidth": 1.5, "zorder": 2.5, "narrow": 0.65}
    ghosts = [  # where v1 and v2 were, so that the turn is seen
        Arrow(axes, f"{name} before", colour + "70", label=name, **pale)
        for name, colour in (("v₁", VERMILION), ("v₂", GREEN))
    ]
    arrows = [
        Arrow(axes, gid, colour, label="σ₁u₁", narrow=0.65, linewidth=3.5)
        for gid, colour in (("first", VERMILION), ("second", GREEN))
    ]
    for ghost, colour in zip(ghosts, (VERMILION, GREEN), strict=True):
        ghost.text.set_color(colour + "B0")
    lit = _formula(axes)

    @cache
    def tips(matrix):
        """Return where the two arrows point at each stop, (151, 2, 2)."""
        return np.array([(_partly(parts[matrix], t) @ parts[matrix].V).T for t in STOPS])

    def place_of_tip(i):
        def at(t, matrix=only):
            path = tips(matrix)[:, i]
            return path[round(50 * t)] if np.ptp(path, axis=0).max() > 1e-6 else None

        return at

    def pull_tip(i):
        def drag(x, y, t, matrix=only):
            off = np.hypot(*(tips(matrix)[:, i] - (x, y)).T)
            near = np.flatnonzero(off <= off.min() + 0.004 * zoom)  # half a pixel
            return {"t": STOPS[near[np.abs(STOPS[near] - t).argmin()]]}

        return drag

    def update(t, matrix=only):
        A, V, M = matrices[matrix], parts[matrix].V, _partly(parts[matrix], t)
        paper.set_segments(lines @ M.T)
        outline.set_xy(CIRCLE @ A.T)
        disc.set_xy(CIRCLE @ M.T)
        moved = [paper, outline, disc, was, corner, lit]
        stage = [("v₁", "v₂"), ("e₁", "e₂"), ("σ₁e₁", "σ₂e₂"), ("σ₁u₁", "σ₂u₂")][math.floor(t)]
        for arrow, tip, name in zip(arrows, (M @ V).T, stage, strict=True):
            moved += arrow.move(tip)
            arrow.text.set_text(name)
        for ghost, v in zip(ghosts, V.T, strict=True):
            moved += ghost.move(v)
        for artist in (was, *moved[-4:]):
            artist.set_visible(t > 0)
        was.set_xy(_right_angle(V, side))
        corner.set_xy(_right_angle(M @ V, side))
        taken = [*edges, *pairwise(CIRCLE[::5] @ M.T), *pairwise(CIRCLE[::5] @ A.T)]
        taken += [((0, 0), tip) for tip in (*(M @ V).T, *V.T)]
        if t > 0:
            taken += pairwise(CIRCLE[::5])
        for arrow in (*arrows, *(ghosts if t > 0 else [])):
            taken += arrow.step_aside(taken)
        step = math.ceil(round(t, 9)) - 1
        *_, middle, half = FACTORS[max(step, 0)]
        lit.set(x=middle - half, width=2 * half, visible=step >= 0)
        return moved

    def describe(t, matrix=only):
        lengths = [norm(tip) for tip in (_partly(parts[matrix], t) @ parts[matrix].V).T]
        right = "at 90° " if min(lengths) > 1e-9 else ""
        long = f"the arrows {right}are {' and '.join(map(_size, lengths))} long; A = {matrix}."
        if t == 0:
            return f"Nothing is done: {long}"
        step = math.ceil(round(t, 9)) - 1
        part = round(t, 9) - step
        return (
            f"{_steps(parts[matrix])[step]} ({'done' if part == 1 else f'{part:.0%} done'}): {long}"
        )

    controls = {"t": slider(0.0, 3.0, start=0.0, step=0.02, label="steps done")}
    if A is None:
        controls["matrix"] = choice(list(matrices), start=only, label="matrix A")
    handles = [
        Handle(axes, place_of_tip(i), pull_tip(i), f"arrow that was {name}")
        for i, name in enumerate(("v₁", "v₂"))
    ]
    stills = {"t": 1.0}, {"t": 2.0}, {"t": 3.0}, {"t": 3.0, "matrix": list(TAKEN_APART)[-1]}
    return Explorer(figure, update, describe, handles=handles, play="t", stills=stills, **controls)


def _formula(axes):
    """Write A = U Σ Vᵀ above the plane, and return what lights up one of the factors."""

    def write(x, y, words, **style):  # below all that moves, so that no step writes it anew
        style = {"ha": "center", "va": "center", "color": INK, "zorder": 0.5} | style
        axes.text(x, y, words, transform=axes.transAxes, **style)

    for x, name in [(0.095, "A"), (0.215, "="), *((x, name) for name, _, x, _ in FACTORS)]:
        write(x, 1.155, name, fontsize=17, fontweight="bold")
    for x, words in [(0.095, AT_ONCE), *((x, words) for _, words, x, _ in FACTORS)]:
        write(x, 1.06, words, color=GREY if words == AT_ONCE else INK)
    style = {"transform": axes.transAxes, "clip_on": False}
    axes.add_patch(Rectangle((0, 1.015), 1, 0.2, fill=False, linewidth=0, **style))  # keeps room
    style |= {"facecolor": ORANGE + "30", "edgecolor": ORANGE, "linewidth": 2}
    return axes.add_patch(Rectangle((0, 1.015), 0, 0.2, gid="lit", zorder=3, **style))


def _right_angle(arrows, side):
    """Return the corners of a square at 0 between two arrows, smaller where one is short."""
    first, second = arrows.T
    lengths = norm(first), norm(second)
    if min(lengths) < 1e-9:
        return np.zeros((4, 2))
    side = min(side, 0.6 * min(lengths))
    first, second = side * first / lengths[0], side * second / lengths[1]
    return np.array([[0, 0], first, first + second, second])


def _zoom(parts):
    """Return how many times as large the plane must be so that the moved circle stays in it."""
    halves = [
        np.hypot(*_partly(parts, t).T) for t in STOPS
    ]  # of the width and height of the ellipse
    return max(1.0, *(np.max(halves, axis=0) / [0.86 * WIDE, 0.86 * HIGH]))


def _own_matrix(A):
    """Return a learner's matrix by its name."""
    A, words = own_map(A, "A")
    largest = np.abs(A).max()
    longest = largest * np.linalg.norm(A / (largest or 1.0), 2)
    if longest > MOST * (1 + 1e-12):
        raise ValueError(
            f"A must stretch no arrow by more than {MOST}, so that the unit circle is still seen, "
            f"not by {longest:.4g}; a multiple of A turns by the same angles"
        )
    return {words: A}


def _size(number):
    """Return two decimals, or two digits that count of what would look like 0."""
    return f"{number:.2f}" if number >= 0.1 or number < 1e-9 else without_zeros(f"{number:.2g}")


class Parts(NamedTuple):
    """A matrix as turn, stretch and turn, in degrees."""

    first: float  # the angle of v1
    sizes: np.ndarray  # (2,), the singular values
    flips: bool  # whether U is a mirror and a turn
    last: float  # the angle of u1
    V: np.ndarray  # (2, 2), a rotation


def _turn_stretch_turn(A):
    U, sizes, Vt = np.linalg.svd(A)
    right = Vt[0, 0] or Vt[0, 1]  # v1 points right, or up, and v2 is left of it
    turns = np.sign([right, right * np.linalg.det(Vt)])
    U, V = U * turns, Vt.T * turns
    flips = bool(np.linalg.det(A) < -1e-9 * sizes[0] ** 2)
    first, last = (np.degrees(np.arctan2(*vectors[::-1, 0])) for vectors in (V, U))
    return Parts(first, sizes.round(12), flips, last, V)


def _steps(parts):
    """Return what each of the three steps does, in words."""
    first, sizes, flips, last, _ = parts
    return [
        f"Vᵀ turns by {-first:+z.0f}°",
        f"Σ stretches by {_size(sizes[0])} and {_size(sizes[1])}",
        f"U {'flips through flat, ' if flips else ''}turns by {last:+z.0f}°",
    ]


def _partly(parts, t):
    """Return what is done at time t, with a flip, if any, in the first half of step 3."""
    first, sizes, flips, last, _ = parts
    one, two, three = np.clip([t, t - 1, t - 2], 0, 1)
    flip, turn = (min(2 * three, 1), max(2 * three - 1, 0)) if flips else (0, three)
    return (
        rotation(turn * last)
        @ np.diag([1, 1 - 2 * flip])
        @ np.diag(1 + two * (sizes - 1))
        @ rotation(-one * first)
    )
