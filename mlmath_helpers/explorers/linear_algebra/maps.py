"""A matrix as a map of the plane, two of them in either order, and the volume of a box."""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection

from ...linear_algebra import determinant, norm, rank
from .._engine.explorer import Explorer, canvas, choice, entry_sliders, explorer, slider
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

LETTER_F = np.column_stack(  # its corners
    [
        [0, 0.3, 0.3, 0.7, 0.7, 0.3, 0.3, 0.9, 0.9, 0],
        [0, 0, 0.6, 0.6, 0.85, 0.85, 1.15, 1.15, 1.4, 1.4],
    ]
)
PAIRS = {  # of maps A and B: a matrix, or the degrees of a turn
    "A shears, B turns by 90°": ([[1, 1], [0, 1]], 90),
    "A stretches along x, B turns by 45°": ([[1.8, 0], [0, 1]], 45),
    "A mirrors in the line y = x, B stretches along x": ([[0, 1], [1, 0]], [[1.6, 0], [0, 1]]),
    "A turns by 30°, B turns by 60°": (30, 60),
}
SEEN = np.array([[1.0, 0.45, 0.0], [0.0, 0.38, 1.0]])  # how space is drawn on the page, (2, 3)
BASE = np.array([[1.6, 0.4], [0.0, 1.2], [0.0, 0.0]])  # of the box: its columns on the floor
FORWARD = -0.9  # how far before the base's front edge the third column ends
REACH = 1.75  # of the floor


@explorer
def linear_map() -> Explorer:
    """Say where e₁ and e₂ land, and the matrix moves the whole plane."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.25, 1])
    reach = 4.2
    plane(left, reach, title="the plane after A")
    lines = np.array([[(i, -9), (i, 9)] for i in range(-9, 10)], dtype=float)
    lines = np.concatenate([lines, lines[:, :, ::-1]])  # (38, 2, 2): line, end, coordinate
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
    style = {"fontsize": 15, "ha": "right", "va": "center", "fontweight": "bold"}
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
            text.set_text(f"{entry:z.1f}")
        for artist, filled in zip(flat, (ellipse, square), strict=True):
            artist.set(xy=filled.get_xy(), visible=size == 0)
        verdict.set_text(f"{_determinant_in_words(A)}\n{_consequence(A)}")
        moved = [grid, ellipse, square, *flat, *entries, verdict]
        taken = [*pairwise(CIRCLE[::6] @ A.T), *pairwise(square.get_xy())]
        taken += [((0, 0), tip) for tip in A.T]
        if rank(A) == 1:  # both edges of the thick line on which all falls
            longer = max(A.T, key=norm)
            across = 0.22 * rotation(90) @ longer / norm(longer)
            taken += [(side * across - 9 * longer, side * across + 9 * longer) for side in (-1, 1)]
        else:
            taken += pairwise(CIRCLE[::6])
        for arrow, tip in ((first, A[:, 0]), (second, A[:, 1])):
            moved += arrow.move(tip)
            taken += arrow.step_aside(taken)
        return moved

    def describe(a, c, b, d):
        A = np.array([[a, b], [c, d]])
        where = f"A sends e₁ to ({a:z.1f}, {c:z.1f}) and e₂ to ({b:z.1f}, {d:z.1f})"
        words = f"{_determinant_in_words(A)}, rank {rank(A)}"
        if _determinant(A) == 0:
            onto = "the origin" if norm(A) == 0 else "one line"
            return f"{where}, and all of the plane onto {onto}: {words}."
        return f"{where}: {words}, and {_consequence(A)}."

    controls = entry_sliders([[1.6, -0.6], [0.5, 1.2]], step=0.1)
    return Explorer(figure, update, describe, **controls)


def _determinant(A):
    return round(determinant(A), 9)  # entries have one decimal: what is less is rounding


def _determinant_in_words(A):
    size = _determinant(A)
    return f"determinant {size:+.2f}" if size else "determinant 0"


def _consequence(A):
    size = _determinant(A)
    if size == 0:
        return f"rank {rank(A)}: no matrix can undo it"
    return "orientation is " + ("kept" if size > 0 else "flipped")


@explorer
def composition() -> Explorer:
    """Put first A then B beside first B then A: mostly they end in different places."""
    figure, panels = canvas(2, height=3.4)
    moving, stages = [], []
    for axes, title, colour in zip(
        panels,
        ["first A, then B: the matrix BA", "first B, then A: the matrix AB"],
        [BLUE, VERMILION],
        strict=True,
    ):
        plane(axes, 2.5, y=(-0.7, 2.9), title=title)
        axes.set_xlabel("x     (dashed: the other order)")
        dotted = {"facecolor": "none", "linestyle": ":", "linewidth": 1.2, "zorder": 1}
        start = shape(axes, GREY, gid="start", **dotted)
        start.set_xy(LETTER_F)
        other = shape(axes, GREY, gid="other", facecolor="none", linestyle="--")
        letter = shape(axes, colour, gid="letter", facecolor=colour + "60")
        moving.append((start, letter, other, Arrow(axes, "e1", GREEN, label="e₁")))
        stages.append(axes.text(-2.4, -0.5, "", color=colour, fontweight="bold"))

    def maps(t, pair):
        (A, B), (one, two) = PAIRS[pair], (min(t, 1.0), max(t - 1.0, 0.0))
        return _partly(B, two) @ _partly(A, one), _partly(A, two) @ _partly(B, one)

    def update(t, pair):
        reached = maps(t, pair)
        moved = []
        for parts, here, there in zip(moving, reached, reached[::-1], strict=True):
            start, letter, other, arrow = parts
            letter.set_xy(LETTER_F @ here.T)
            other.set_xy(LETTER_F @ there.T)
            moved += [other, letter, *arrow.move(here[:, 0])]
            taken = [edge for each in (start, letter, other) for edge in pairwise(each.get_xy())]
            arrow.step_aside([*taken, ((0, 0), here[:, 0])])
        for text, (one, two) in zip(stages, ["AB", "BA"], strict=True):
            text.set_text(f"{one}: {min(t, 1):.0%}   {two}: {max(t - 1, 0):.0%}")
        return moved + stages

    def describe(t, pair):
        t = round(t, 9)
        left, right = maps(t, pair)
        places = [f"({x:z.2f}, {y:z.2f})" for x, y in (left[:, 0], right[:, 0])]
        agree = norm(left - right) < 1e-9
        where = f"{places[0]} in both orders"
        if not agree:
            where = f"{places[0]}, with B first at {places[1]}"
        verdict = "" if t < 2 else ": AB = BA here" if agree else ": AB is not BA"
        return f"{pair}: after {t:.2f} maps e₁ is at {where}{verdict}."

    return Explorer(
        figure,
        update,
        describe,
        t=slider(0.0, 2.0, start=1.0, step=0.02, label="maps done (1: first, 2: both)"),
        pair=choice(list(PAIRS), start=next(iter(PAIRS)), label="the two maps"),
    )


def _partly(each, share):
    """Return the map after this share of its way: of the turn, or of the straight way there."""
    if np.isscalar(each):
        return rotation(share * each)
    return np.eye(2) + share * (np.array(each) - np.eye(2))


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
