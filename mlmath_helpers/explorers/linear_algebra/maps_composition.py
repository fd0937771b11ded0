"""Two maps of the plane, one after the other, in either order."""

import functools
from itertools import pairwise

import numpy as np
from matplotlib.ticker import MaxNLocator

from ...linear_algebra import determinant, norm
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, VERMILION, Arrow, plane, rotation, shape
from .maps import map_of_the_plane

LETTER_F = np.column_stack(  # its corners
    [
        [0, 0.3, 0.3, 0.7, 0.7, 0.3, 0.3, 0.9, 0.9, 0],
        [0, 0, 0.6, 0.6, 0.85, 0.85, 1.15, 1.15, 1.4, 1.4],
    ]
)
TOP = 8  # its corner that each of the maps below moves
PAIRS = {  # of maps A and B: a matrix, or the degrees of a turn
    "A shears, B turns by 90°": ([[1, 1], [0, 1]], 90),
    "A stretches along x, B turns by 45°": ([[1.8, 0], [0, 1]], 45),
    "A mirrors in the line y = x, B stretches along x": ([[0, 1], [1, 0]], [[1.6, 0], [0, 1]]),
    "A turns by 30°, B turns by 60°": (30, 60),
}
TIMES = np.linspace(0, 2, 101).round(2)  # the stops of `composition`
OWN_PAIR, FARTHEST = "Your A and B", 200  # how far a learner's pair may carry the letter


@explorer
def composition(A=None, B=None) -> Explorer:
    """Put first A then B beside first B then A: mostly they end in different places.

    Parameters
    ----------
    A, B : array_like, shape (2, 2), optional
        A pair of maps to begin with, beside the course's pairs. A rotation turns the letter; any
        other map takes each point straight to where it goes.

    Raises
    ------
    TypeError, ValueError
        If only one of the two is given, or one is no matrix of real numbers of this shape, or
        they carry the letter farther than 200 from the origin.

    Examples
    --------
    >>> composition([[2, 0], [0, 1]], [[1, 0], [0, -1]], t=2.0).sentence
    'Your A and B: after 2.00 maps e₁ is at (2.00, 0.00) in both orders: AB = BA here.'
    """
    pairs, scale, low = PAIRS, 1.0, -0.7
    if A is not None or B is not None:
        pairs = {OWN_PAIR: _pair_of_the_plane(A, B)} | PAIRS
        scale, low = _room_for(pairs[OWN_PAIR])
    figure, panels = canvas(2, height=3.4)
    moving, stages = [], []
    for axes, title, colour in zip(
        panels,
        ["first A, then B: the matrix BA", "first B, then A: the matrix AB"],
        [BLUE, VERMILION],
        strict=True,
    ):
        plane(axes, 2.5, y=(-0.7, 2.9), title=title)
        if (scale, low) != (1.0, -0.7):
            axes.set(xlim=(-2.5 * scale, 2.5 * scale), ylim=(low, low + 3.6 * scale))
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        axes.set_xlabel("x     (dashed: the other order)")
        dotted = {"facecolor": "none", "linestyle": ":", "linewidth": 1.2, "zorder": 1}
        start = shape(axes, GREY, gid="start", **dotted)
        start.set_xy(LETTER_F)
        other = shape(axes, GREY, gid="other", facecolor="none", linestyle="--")
        letter = shape(axes, colour, gid="letter", facecolor=colour + "60")
        moving.append((start, letter, other, Arrow(axes, "e1", GREEN, label="e₁")))
        place = -2.4 * scale, low + 0.2 * scale
        stages.append(axes.text(*place, "", color=colour, fontweight="bold"))

    def update(t, pair):
        reached = _both_orders(t, pairs[pair])
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
        left, right = _both_orders(t, pairs[pair])
        places = [f"({x:z.2f}, {y:z.2f})" for x, y in (left[:, 0], right[:, 0])]
        agree = norm(left - right) <= 1e-9 * max(1, norm(left))
        where = f"{places[0]} in both orders"
        if not agree:
            where = f"{places[0]}, with B first at {places[1]}"
        verdict = "" if t < 2 else ": AB = BA here" if agree else ": AB is not BA"
        return f"{pair}: after {t:.2f} maps e₁ is at {where}{verdict}."

    @functools.cache
    def ways(pair):
        return np.array([_both_orders(t, pairs[pair]) for t in TIMES]) @ LETTER_F[TOP]

    def top_of_the_letter(order):
        """Return functions for the handle: where the way is, and which time is nearest on it."""

        def at(t, pair):
            return _both_orders(t, pairs[pair])[order] @ LETTER_F[TOP]

        def drag(x, y, t, pair):
            off = np.hypot(*(ways(pair)[:, order] - (x, y)).T)
            passing = TIMES[off <= off.min() + 1e-9 * scale]  # a way can come by more than once
            return {"t": passing[np.abs(passing - t).argmin()]}

        return at, drag

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(axes, *top_of_the_letter(order), f"top of the F, {first} first")
            for order, (axes, first) in enumerate(zip(panels, "AB", strict=True))
        ],
        play="t",
        stills=[{"t": 2.0, "pair": pair} for pair in list(PAIRS)[::3]],
        t=slider(0.0, 2.0, start=1.0, step=0.02, label="maps done (1: first, 2: both)"),
        pair=choice(list(pairs), start=next(iter(pairs)), label="the two maps"),
    )


def _pair_of_the_plane(A, B):
    """Return a learner's two maps, as `PAIRS` has them: a matrix, or the degrees of a turn."""
    if A is None or B is None:
        missing = "B" if B is None else "A"
        raise TypeError(f"{missing} is missing: give A and B, or neither for the course's pairs")
    pair = []
    for M in (map_of_the_plane(A, "A"), map_of_the_plane(B, "B")):
        turns = norm(M.T @ M - np.eye(2)) < 1e-9 and determinant(M) > 0
        pair.append(float(np.degrees(np.arctan2(M[1, 0], M[0, 0]))) if turns else M)
    return tuple(pair)


def _room_for(pair):
    """Return how many times as wide as for the course's pairs the axes must be, and their low end.

    The arrow of e₁ needs room for its name too.
    """
    maps = np.array([_both_orders(t, pair) for t in TIMES]).reshape(-1, 2, 2)
    x, y = (LETTER_F @ maps.transpose(0, 2, 1)).reshape(-1, 2).T
    far = np.hypot(x, y).max()
    if far > FARTHEST:
        raise ValueError(
            f"A and B must leave the letter F, 1.4 high, within {FARTHEST} of the origin for the "
            f"picture to show it, but carry it to {far:.4g}; divide one of them by a number"
        )
    e1 = maps[:, :, 0]
    below = round(min(0.0, y.min(), e1[:, 1].min()), 9)
    strip = 0.7 if below == 0 else 0.85  # for the line of text below
    above = max(2.9, 1.05 * y.max(), 1.15 * e1[:, 1].max()) - below  # the course's need 2.9
    across = max(np.abs(x).max() / 2.4, np.abs(e1[:, 0]).max() / 2)
    scale = max(1.0, across, above / (3.6 - strip))
    return scale, below - strip * scale


def _both_orders(t, pair):
    """Return how far first A, then B has come by this time, and first B, then A."""
    (A, B), (one, two) = pair, (min(t, 1.0), max(t - 1.0, 0.0))
    return _partly(B, two) @ _partly(A, one), _partly(A, two) @ _partly(B, one)


def _partly(each, share):
    """Return the map after this share of its way: of the turn, or of the straight way there."""
    if np.isscalar(each):
        return rotation(share * each)
    return np.eye(2) + share * (np.array(each) - np.eye(2))
