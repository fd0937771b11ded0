"""The families that a matrix belongs to, as regions in which it travels."""

import itertools
from functools import cache, lru_cache

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from .._engine.controls import entry_sliders
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
    SKY,
    VERMILION,
    Arrow,
    kept_lines,
    plane,
    shape,
)

HALVES = np.arange(-2, 2.5, 0.5)  # the entries
SIZE = 520, 424  # of the map of the families, about in CSS pixels
FLAT = 390  # right of this line lie the singular matrices


LABELS = {"diagonalisable": "diagonalisable (complex allowed)"}


def _box(left, bottom, right, top):
    return [(left, bottom), (right, bottom), (right, top), (left, top)]


# Two-by-two matrices that are normal and not symmetric turn and stretch, so they are invertible:
# therefore the normal ones do not go beyond the symmetric ones on the side of the singular ones.
REGIONS = {
    "invertible": _box(14, 16, FLAT, 386),
    "diagonalisable": _box(42, 40, 494, 360),
    "normal": [
        *((106, 62), (FLAT, 62), (FLAT, 86), (450, 86)),
        *((450, 308), (FLAT, 308), (FLAT, 334), (106, 334)),
    ],
    "orthogonal": _box(120, 138, 300, 184),
    "symmetric": _box(212, 86, 450, 308),
    "positive semidefinite": _box(238, 114, 424, 282),
    "positive definite": _box(238, 114, FLAT, 282),
}
ABOVE = {  # a family and those that it lies in
    "normal": ["diagonalisable"],
    "orthogonal": ["normal", "invertible"],
    "symmetric": ["normal"],
    "positive semidefinite": ["symmetric"],
    "positive definite": ["positive semidefinite", "invertible"],
}
SPOTS = {  # where a matrix stands that is in these; the first place of which all hold
    ("positive definite", "orthogonal"): (269, 161),
    ("positive definite",): (314, 220),
    ("positive semidefinite",): (407, 200),
    ("symmetric", "orthogonal"): (225, 161),
    ("symmetric", "invertible"): (225, 240),
    ("symmetric",): (420, 100),
    ("orthogonal",): (166, 161),
    ("normal",): (159, 240),
}
HEIGHT = 240  # at which those that are not normal stand
LADDERS = {True: (28, 57, 93), False: (506, 480, 464)}  # if invertible or not: defective, others


@explorer
def matrix_families() -> Explorer:
    """Set the four entries, and see to which families the matrix belongs."""
    figure, (left, right) = canvas(2, height=4.6, width_ratios=[1, 1.7])
    plane(left, 4.2, title="the unit circle after A", names=("", ""))
    left.set(xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
    left.plot(*CIRCLE.T, color=GREY, linewidth=1.2, linestyle="--", zorder=1)
    image = shape(left, ORANGE, gid="image")
    lines = [
        left.plot([], [], color=GREEN, linewidth=1.5, linestyle=(0, (5, 3)), gid="line")[0]
        for _ in range(2)
    ]
    columns = [
        Arrow(left, "Ae1", VERMILION, label="A e₁", narrow=1.3),
        Arrow(left, "Ae2", BLUE, label="A e₂", narrow=1.3),
    ]
    note = left.text(-4, -3.9, "", color=GREEN, fontsize=9, va="bottom", zorder=6)
    note.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})

    words = _map(right)
    # above the names, which shine through: else each step would have to write them anew
    style = {"facecolor": ORANGE + "50", "linewidth": 0, "zorder": 3}
    cell = right.add_patch(PathPatch(Path(np.zeros((1, 2))), gid="cell", **style))
    style = {"colors": INK, "linewidths": 1.8, "zorder": 3.5, "capstyle": "projecting"}
    rim = right.add_collection(LineCollection([], gid="rim", **style))
    (dot,) = right.plot([], [], "o", color=INK, markersize=15, zorder=4, gid="dot")
    (name,) = right.plot([], [], marker="$A$", color="white", markersize=8, zorder=5)

    @cache
    def everywhere():
        """Return all matrices of halves, (k, 4), and where they stand, (k, 2)."""
        entries = np.array(list(itertools.product(HALVES, repeat=4)))
        return entries, _places(*entries.T)

    @cache
    def cell_of(families):
        """Return the cell of a kind as a path, and its rim in pieces that leave out names."""
        loops = _around(families)
        paths = [Path([*loop, loop[0]], closed=True) for loop in loops]
        return Path.make_compound_path(*paths), [p for loop in loops for p in _pieces(loop, words)]

    @lru_cache(maxsize=16)  # the handle asks for it again and again
    def place(a, c, b, d):
        return _places(a, b, c, d)

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
        lit = (family for family, yes in _memberships(a, b, c, d).items() if yes)
        inside, around = cell_of(frozenset(lit))
        cell.set_path(inside)
        rim.set_segments(around)
        for artist in (dot, name):
            artist.set_data(*place(a=a, c=c, b=b, d=d)[:, np.newaxis])
        moved = [image, *lines, note, cell, rim, dot, name]
        taken = [*itertools.pairwise((CIRCLE @ A.T)[::10]), *itertools.pairwise(CIRCLE[::10])]
        taken += [((0, 0), tip) for tip in A.T] + [(-6 * v, 6 * v) for v in directions]
        for arrow, tip in zip(columns, A.T, strict=True):
            moved += arrow.move(tip)
            taken += arrow.step_aside(taken)
        return moved

    def describe(a, c, b, d):
        words = " and ".join(_innermost(a, b, c, d))
        sizes = np.linalg.svd([[a, b], [c, d]], compute_uv=False)
        return (
            f"A = [[{a:zg}, {b:zg}], [{c:zg}, {d:zg}]] is {words}: "
            f"λ = {_eigenvalues_in_words(a, b, c, d)}, σ = {sizes[0]:.2f} and {sizes[1]:z.2f}."
        )

    def carry(x, y, a, c, b, d):
        """Of the matrices that stand nearest to a point, take the one most like this one."""
        entries, places = everywhere()
        off = np.hypot(*(places - (x, y)).T)
        near = entries[off < off.min() + 0.5]
        return dict(
            zip("abcd", near[((near - (a, b, c, d)) ** 2).sum(axis=1).argmin()], strict=True)
        )

    handles = [
        Handle(left, lambda a, c, **_: (a, c), lambda x, y, **_: {"a": x, "c": y}, "tip of A e₁"),
        Handle(left, lambda b, d, **_: (b, d), lambda x, y, **_: {"b": x, "d": y}, "tip of A e₂"),
        Handle(right, place, carry, "A among the families"),
    ]
    stills = (
        {"b": 0.5, "d": 0.5},
        {"b": -0.5, "c": 0.5},
        {"b": 0.5, "c": 0.5},
        {"a": 0.0, "c": 1.0, "d": 0.0},
    )
    controls = entry_sliders([[1.0, 1.0], [0.0, 1.0]], step=0.5)
    return Explorer(figure, update, describe, handles=handles, stills=stills, **controls)


def _map(axes):
    """Draw the families as regions; return the boxes of names, which outlines leave out."""
    axes.set(xlim=(0, SIZE[0]), ylim=(0, SIZE[1]))
    axes.axis("off")
    whole = _box(4, 4, SIZE[0] - 4, 410)
    names = {"every real 2 × 2 matrix": (14, 410)}
    names |= {
        LABELS.get(family, family): (corners[0][0] + 6, max(y for _, y in corners))
        for family, corners in REGIONS.items()
    }
    del names["positive definite"]
    style = {"va": "center", "fontsize": 8.5, "zorder": 1.5}
    taken = []
    for words, (x, y) in names.items():
        axes.text(x, y, words, **style)
        width = 1.85 * TextPath((0, 0), words, size=style["fontsize"]).get_extents().width
        taken.append((x - 3, y - 8, x + 2 + width, y + 8))
    axes.text(314, 256, "positive\ndefinite", ha="center", **style)
    axes.text(FLAT + 10, 386, "singular", color=GREY, **style)
    for family, corners in REGIONS.items():
        colour = {"invertible": SKY, "orthogonal": ORANGE}.get(family, GREEN)
        axes.add_patch(Polygon(corners, facecolor=colour + "1C", edgecolor="none", zorder=0.5))
    thin = [piece for corners in (whole, *REGIONS.values()) for piece in _pieces(corners, taken)]
    axes.add_collection(LineCollection(thin, colors=PALE, linewidths=1, zorder=1))
    return taken


def _pieces(corners, taken):
    """Return the outline of a region without what the taken boxes cover, as lines."""
    walk = np.array([*corners, corners[0]], dtype=float)
    sides = [
        np.linspace(start, end, round(np.hypot(*(end - start))))
        for start, end in itertools.pairwise(walk)
    ]
    points = np.concatenate(sides)
    covered = np.zeros(len(points), dtype=bool)
    for left, bottom, right, top in taken:
        x, y = points.T
        covered |= (left < x) & (x < right) & (bottom < y) & (y < top)
    runs = np.split(np.arange(len(points)), np.flatnonzero(np.diff(covered)) + 1)
    needed = (points[:, np.newaxis] == walk).all(axis=2).any(axis=1)
    needed[[end for run in runs for end in run[[0, -1]]]] = True
    return [points[run[needed[run]]] for run in runs if not covered[run[0]] and len(run) > 1]


def _around(families):
    """Return the loops around all places that lie in these families and in no other.

    Their corners in order, with these places on the left: so a loop inside is a hole.
    """
    walls = [_box(4, 4, SIZE[0] - 4, 410), *REGIONS.values()]
    x, y = (np.unique([corner[i] for corners in walls for corner in corners]) for i in (0, 1))
    middles = np.stack(np.meshgrid((x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2), axis=-1)
    here = np.ones(len(middles.reshape(-1, 2)), dtype=bool)
    for family, corners in REGIONS.items():
        here &= Path(corners).contains_points(middles.reshape(-1, 2)) == (family in families)
    sides = set()  # round each box, with it on the left; a side that two boxes share goes both ways
    for j, i in np.argwhere(here.reshape(middles.shape[:2])):
        around = _box(x[i], y[j], x[i + 1], y[j + 1])
        for start, end in zip(around, [*around[1:], around[0]], strict=True):
            if (end, start) in sides:
                sides.remove((end, start))
            else:
                sides.add((start, end))
    then, loops = dict(sides), []
    while then:
        start, end = then.popitem()
        loops.append([start])
        while end != start:
            loops[-1].append(end)
            end = then.pop(end)
    return loops


def _memberships(a, b, c, d):
    """Tell for each family whether matrices are in it; exact, as the entries are halves."""
    product = a * d - b * c
    symmetric, apart = b == c, (a - d) ** 2 + 4 * b * c != 0  # two different eigenvalues
    long = (a**2 + c**2 == 1) & (b**2 + d**2 == 1)
    return {
        "invertible": product != 0,
        "diagonalisable": apart | ((b == 0) & (c == 0)),
        "normal": (b**2 == c**2) & ((a - d) * (b - c) == 0),  # A Aᵀ = Aᵀ A, entry by entry
        "orthogonal": long & (a * b + c * d == 0),
        "symmetric": symmetric,
        "positive semidefinite": symmetric & (a >= 0) & (d >= 0) & (product >= 0),
        "positive definite": symmetric & (a > 0) & (product > 0),
    }


def _places(a, b, c, d):
    """Return where matrices of these entries stand among the families, (..., 2).

    Those that are not normal stand the nearer to the normal ones the nearer their eigenvectors
    are to a right angle: by its sine, which is 0 for the defective ones.
    """
    inside = _memberships(a, b, c, d)
    places = np.stack([_rung(a, b, c, d, inside), np.full(np.shape(a), HEIGHT)], axis=-1)
    for families, spot in reversed(SPOTS.items()):
        here = np.logical_and.reduce([inside[family] for family in families])
        places = np.where(here[..., np.newaxis], spot, places)
    return places


def _rung(a, b, c, d, inside):
    """Return how far from the edge matrices stand that are not normal."""
    gap = (a - d) ** 2 + 4 * b * c  # (λ₁ - λ₂)²
    squares = ((a + d) ** 2 + np.abs(gap)) / 2  # |λ₁|² + |λ₂|²
    excess = a**2 + b**2 + c**2 + d**2 - squares  # 0 for the normal ones
    sine = np.sqrt(np.abs(gap) / np.where(gap == 0, 1, np.abs(gap) + excess))
    ends = [np.where(inside["invertible"], *pair) for pair in zip(*LADDERS.values(), strict=True)]
    defective, first, last = ends
    return np.where(gap == 0, defective, first + sine * (last - first))


def _innermost(a, b, c, d):
    """Return the families of A, without those that follow from others; and what it lacks."""
    inside = [family for family, yes in _memberships(a, b, c, d).items() if yes]
    implied = {above for family in inside for above in _all_above(family)}
    names = [family for family in inside if family not in implied]
    if "invertible" not in inside:
        names = ["singular", *names]
    return names if "diagonalisable" in inside else [*names, "defective"]


def _all_above(family):
    parents = ABOVE.get(family, [])
    return {*parents, *(each for parent in parents for each in _all_above(parent))}


def _eigenvalues_in_words(a, b, c, d):
    mean, gap = (a + d) / 2, ((a - d) / 2) ** 2 + b * c  # they are mean +- sqrt(gap)
    if gap < 0:
        return f"{mean:z.2f} ± {np.sqrt(-gap):.2f}i"
    if gap == 0:
        return f"{mean:z.2f} twice"
    return f"{mean + np.sqrt(gap):z.2f} and {mean - np.sqrt(gap):z.2f}"
