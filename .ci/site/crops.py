"""Where a picture is cut, so that its panels stand below each other on a narrow screen.

A cut goes between two axes, through pixels that are white in every state that is shown, so it
never goes through a word. Boxes are (left, top, right, bottom) in pixels.
"""

import itertools

import numpy as np

import frames

ROUND = 3  # pixels, two CSS pixels: so that no piece is half a CSS pixel wide
MARGIN = 9  # pixels that stay around what is drawn


def pieces(ink, axes, widest):
    """Return the boxes of the parts of a picture, in reading order.

    Parameters
    ----------
    ink : ndarray of bool, shape (height, width)
        Where any state of the picture is not white.
    axes : list of tuple
        The box of each axes.
    widest : float
        A part as wide as that needs no further cut.
    """
    height, width = ink.shape
    return [_trimmed(ink, box) for box in _cut(ink, (0, 0, width, height), axes, widest)]


def below(boxes):
    """Return the size of a picture with these parts below each other, and their places.

    A part is (left, top, width, height) in the picture and (left, top) in the new one.
    """
    places, top = [], 0
    for left, upper, right, lower in boxes:
        places.append((left, upper, right - left, lower - upper, 0, top))
        top += lower - upper
    return (max(width for _, _, width, *_ in places), top), places


def stacked(picture, boxes):
    """Return the pixels of a picture, its parts below each other."""
    (width, height), places = below(boxes)
    whole = np.full((height, width), frames.WHITE, dtype="<u4")
    for left, upper, across, down, x, y in places:
        whole[y : y + down, x : x + across] = picture[upper : upper + down, left : left + across]
    return whole


def _cut(ink, box, axes, widest):
    """Cut a box beside its axes if it is too wide, else below them, and each part again."""
    if len(axes) < 2 or _width(ink, box) <= widest:
        return [box]
    for side in (0, 1):
        places = _gaps(ink, box, axes, side)
        if side == 0:
            places = _fewest(ink, box, places, widest)
        if places:
            parts = _between(box, places, side)
            return [
                piece
                for part in parts
                for piece in _cut(ink, part, [a for a in axes if _inside(a, part)], widest)
            ]
    return [box]


def _gaps(ink, box, axes, side):
    """Return where the box can be cut across the x axis (side 0) or the y axis (side 1)."""
    left, top, right, bottom = box
    white = ~ink[top:bottom, left:right].any(axis=side)
    places, ordered = [], sorted(axes, key=lambda each: each[side])
    for number in range(1, len(ordered)):
        low = max(each[side + 2] for each in ordered[:number])
        high = ordered[number][side]
        place = _middle_of_longest_run(white[int(low) - box[side] : int(high) - box[side]])
        if place is not None:
            places.append(int(low) + place)
    return places


def _middle_of_longest_run(white):
    runs = [
        (len(run), run[len(run) // 2])
        for is_white, group in itertools.groupby(range(len(white)), key=lambda i: white[i])
        if is_white
        for run in [list(group)]
    ]
    return max(runs)[1] if runs else None


def _fewest(ink, box, places, widest):
    """Return the fewest of the cuts that make all parts narrow enough, else all of them."""

    def needed(cuts):
        return max(_width(ink, part) for part in _between(box, cuts, 0))

    for n_cuts in range(1, len(places)):
        cuts = min(itertools.combinations(places, n_cuts), key=needed)
        if needed(cuts) <= widest:
            return cuts
    return places


def _width(ink, box):
    left, _, right, _ = _trimmed(ink, box)
    return right - left


def _between(box, places, side):
    """Return the parts of a box that is cut at these places."""
    ends = [box[side], *places, box[side + 2]]
    for low, high in itertools.pairwise(ends):
        part = list(box)
        part[side], part[side + 2] = low, high
        yield tuple(part)


def _inside(axes, box):
    x, y = (axes[0] + axes[2]) / 2, (axes[1] + axes[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _trimmed(ink, box):
    """Return the box without what is white at its sides, but for a margin."""
    left, top, right, bottom = box
    inside = ink[top:bottom, left:right]
    x0, x1 = _ends(inside.any(axis=0), left, right)
    y0, y1 = _ends(inside.any(axis=1), top, bottom)
    return x0, y0, x1, y1


def _ends(inked, low, high):
    """Return the first and the last place with ink, and a length that ROUND divides."""
    at = np.flatnonzero(inked)
    first, last = (low + at[0], low + at[-1] + 1) if len(at) else (low, high)
    first, last = max(low, first - MARGIN), min(high, last + MARGIN)
    spare = -(last - first) % ROUND
    if last + spare > high:
        first = max(low, first - spare)
        spare = -(last - first) % ROUND
    return int(first), int(min(high, last + spare))
