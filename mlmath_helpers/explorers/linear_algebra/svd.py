"""A matrix taken apart into turn, stretch and turn, and a photograph of its largest parts."""

import math
from functools import cache
from itertools import pairwise

import numpy as np

from ..._arguments import real_array
from ...datasets import load_portrait
from ...linear_algebra import norm
from .._engine.controls import choice, slider, stops
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
    plane,
    rotation,
    shape,
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
    only = next(iter(matrices))
    zoom = 1.0 if A is None else max(1.0, np.linalg.norm(matrices[only], 2) / 1.4)
    figure, panels = canvas(3, height=2.9)
    strips, notes = [], []
    for axes, title in zip(panels, ["1. Vᵀ turns", "2. Σ stretches", "3. U turns"], strict=True):
        plane(axes, 0, x=(-2.6 * zoom, 3.4 * zoom), y=(-2.7 * zoom, 2.2 * zoom), title=title)
        axes.set_ylabel("")
        if zoom > 1.2:
            axes.set(xticks=range(-6, 10, 3), yticks=range(-6, 7, 3))
        axes.plot(*CIRCLE.T, color=PALE, linewidth=1.2, linestyle="--", zorder=1)
        disc = shape(axes, BLUE, gid="disc", facecolor=BLUE + "25")
        quarter = shape(axes, ORANGE, gid="quarter", facecolor=ORANGE + "90", linewidth=0)
        arrows = [
            Arrow(axes, name, colour, label="σ₁u₁", narrow=1.6)
            for name, colour in (("first", VERMILION), ("second", GREEN))
        ]
        strips.append((disc, quarter, *arrows))
        note = axes.text(3.3 * zoom, -2.55 * zoom, "", color=INK, ha="right", fontsize=9)
        note.set_gid("note")
        notes.append(note)
    names = [("v₁", "v₂"), ("e₁", "e₂"), ("σ₁e₁", "σ₂e₂"), ("σ₁u₁", "σ₂u₂")]
    style = {"linewidth": 1.5, "zorder": 2.5, "narrow": 1.6}
    ghosts = [  # where v1 and v2 were, so that the turn is seen
        Arrow(panels[0], f"{name} before", colour + "59", label=name, **style)
        for name, colour in (("v₁", VERMILION), ("v₂", GREEN))
    ]
    outline = shape(panels[2], GREY, gid="outline", facecolor="none", linestyle="--", linewidth=1.2)
    aim = panels[2].text(-2.5 * zoom, 1.85 * zoom, "dashed: under A", color=GREY, fontsize=9)

    @cache
    def paths(matrix):
        """Return for each step which arrow it moves most, and its tips at each stop, (51, 2)."""
        A = matrices[matrix]
        V = _turn_stretch_turn(A)[-1]
        tips = np.array([_partly(A, t) @ V for t in np.arange(151) / 50])  # (151, 2, 2)
        found = []
        for i in range(3):
            step = tips[50 * i : 50 * i + 51]
            moves = np.hypot(*np.diff(step, axis=0).transpose(1, 0, 2)).sum(axis=0)
            found.append((step[:, :, moves.round(9).argmax()], moves.max() > 1e-6))
        return found

    def place_of_tip(i):
        def at(t, matrix=only):
            path, moves = paths(matrix)[i]
            return path[min(round(50 * (t - i)), 50)] if t >= i and moves else None

        return at

    def pull_tip(i):
        def drag(x, y, t, matrix=only):
            path, _ = paths(matrix)[i]
            off = np.hypot(*(path - (x, y)).T)
            now = min(max(round(50 * (t - i)), 0), 50)
            if off[now] < off.min() + 1e-9:
                return {"t": t}  # where the arrow rests, another step may have begun
            return {"t": i + off.argmin() / 50}

        return drag

    def update(t, matrix=only):
        A = matrices[matrix]
        V = _turn_stretch_turn(A)[-1]
        moved = []
        for ghost, v in zip(ghosts, V.T, strict=True):
            moved += ghost.move(v)
            for artist in moved[-2:]:
                artist.set_visible(t > 0)
        outline.set_xy(CIRCLE @ A.T)
        for artist in (outline, aim):
            artist.set_visible(t > 2)
        for i, (disc, quarter, first, second) in enumerate(strips):
            M = _partly(A, np.clip(t, i, i + 1))
            disc.set_xy(CIRCLE @ M.T)
            corner = np.vstack([[0, 0], CIRCLE[:31] @ (M @ V).T])  # from v1 to v2
            quarter.set_xy(corner)
            parts = [disc, quarter]
            for arrow, tip, name in zip(
                (first, second), (M @ V).T, names[i + (t > i)], strict=True
            ):
                parts += arrow.move(tip)
                arrow.text.set_text(name)
            for artist in parts:
                artist.set_visible(t >= i)
            moved += parts
            taken = [((3.5 * zoom, -3 * zoom), (3.5 * zoom, 3 * zoom))]
            taken += pairwise(CIRCLE[::5] @ M.T)
            taken += [((0, 0), tip) for tip in (M @ V).T]
            if i == 0 and t > 0:
                taken += [((0, 0), v) for v in V.T]
            if i > 0:
                taken += pairwise(CIRCLE[::5] @ A.T if t > 2 else CIRCLE[::5])
            for arrow in (first, second, *(ghosts if i == 0 else [])):
                taken += arrow.step_aside(taken)
        for i, (note, step) in enumerate(zip(notes, _steps(A), strict=True)):
            how = ("flips, then " if "flips" in step else "") + step[step.index("by ") :]
            note.set_text(how if t > i else "")
        return [*moved, outline, aim, *notes]

    def describe(t, matrix=only):
        A = matrices[matrix]
        V = _turn_stretch_turn(A)[-1]
        long = " and ".join(_size(norm(_partly(A, t) @ v)) for v in V.T)
        if t == 0:
            return f"Nothing is done: the marked arrows are {long} long; A = {matrix}."
        step = math.ceil(round(t, 9)) - 1
        part = round(t, 9) - step
        done = "done" if part == 1 else f"{part:.0%} done"
        return f"{_steps(A)[step]} ({done}): the arrows are {long} long; A = {matrix}."

    controls = {"t": slider(0.0, 3.0, start=1.0, step=0.02, label="steps done")}
    if A is None:
        controls["matrix"] = choice(list(matrices), start=only, label="matrix A")
    does = ["Vᵀ turns", "Σ stretches", "U turns"]
    handles = [
        Handle(axes, place_of_tip(i), pull_tip(i), f"arrow that {does[i]}")
        for i, axes in enumerate(panels)
    ]
    return Explorer(figure, update, describe, handles=handles, play="t", **controls)


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


def _steps(A):
    """Return what each of the three steps does, in words."""
    angle, sizes, flips, V = _turn_stretch_turn(A)
    first = np.degrees(np.arctan2(V[1, 0], V[0, 0]))
    return [
        f"Vᵀ turns by {-first:+z.0f}°",
        f"Σ stretches by {_size(sizes[0])} and {_size(sizes[1])}",
        f"U {'flips through flat, ' if flips else ''}turns by {angle:+z.0f}°",
    ]


def _turn_stretch_turn(A):
    """Return the angle of U, the singular values, whether U flips, and V, which is a rotation."""
    U, sizes, Vt = np.linalg.svd(A)
    right = Vt[0, 0] or Vt[0, 1]  # v1 points right, or up, and v2 is left of it
    turns = np.sign([right, right * np.linalg.det(Vt)])
    U, V = U * turns, Vt.T * turns
    flips = bool(np.linalg.det(A) < -1e-9 * sizes[0] ** 2)
    return np.degrees(np.arctan2(U[1, 0], U[0, 0])), sizes.round(12), flips, V


def _partly(A, t):
    """Return what is done at time t, with a flip, if any, in the first half of step 3."""
    angle, sizes, flips, V = _turn_stretch_turn(A)
    first = np.degrees(np.arctan2(V[1, 0], V[0, 0]))
    one, two, three = np.clip([t, t - 1, t - 2], 0, 1)
    flip, turn = (min(2 * three, 1), max(2 * three - 1, 0)) if flips else (0, three)
    return (
        rotation(turn * angle)
        @ np.diag([1, 1 - 2 * flip])
        @ np.diag(1 + two * (sizes - 1))
        @ rotation(-one * first)
    )


RANKS = [1, 2, 3, 4, 6, 8, 12, 16, 20, 25, 30, 40, 50, 65, 80, 100, 125, 150, 200, 256]
RANKS += [320, 400, 500]
LARGEST = 600  # pixels a side: larger ones would keep the hand waiting


@explorer
def image_compression(picture=None) -> Explorer:
    """Keep the k largest singular values of a photograph, or of its shuffled pixels.

    Parameters
    ----------
    picture : array_like, shape (m, n) or (m, n, 3), optional
        A picture of your own, from 4 to 600 pixels high and wide: grey levels in any unit, or
        red, green and blue, of which grey is made (0.299, 0.587 and 0.114 of them). A fourth
        channel, of how opaque a pixel is, is left out. Black is 0, or the lowest level if that
        is negative; white is the highest.

    Raises
    ------
    TypeError
        If ``picture`` holds no real numbers.
    ValueError
        If ``picture`` is of another shape or size, not finite, or 0 everywhere.

    Examples
    --------
    >>> image_compression([[1, 0] * 8, [0, 1] * 8] * 8, k=2).sentence.partition(" and")[0]
    'Rank 2 leaves 0.0% error (Frobenius norm)'
    """
    figure, (left, right) = canvas(2, height=3.8, width_ratios=[1, 1.25])
    yours = picture is not None
    if not yours:
        portrait = load_portrait().astype(float)
        picture = portrait.reshape(300, 2, 256, 2).mean(axis=(1, 3))  # half size
        black, white, limits = 0.0, 255.0, (3, 9e4)
    else:
        picture = _own_picture(picture)
        black, white = min(picture.min(), 0.0), max(picture.max(), 0.0)
        largest = norm(picture.ravel())  # no singular value, of no order of pixels, is larger
        limits = (largest / 1e5, 6 * largest)
    m, n = picture.shape
    n_sizes = min(m, n)
    ranks = [k for k in RANKS if k < n_sizes] + [n_sizes]
    start = 4 if n_sizes >= 16 else 1
    shares = [0.0, 0.25, 0.5, 0.75, 1.0]

    @cache  # each share is taken apart when it is first asked for
    def taken_apart(share):
        U, sizes, Vt = np.linalg.svd(_shuffled(picture, share), full_matrices=False)
        return sizes, dict(_at_ranks(U, sizes, Vt, ranks, black, white))

    @cache
    def heights(share):
        """Return where the singular values are drawn: those below the axes at their edge."""
        return taken_apart(share)[0].clip(limits[0])

    photographed = heights(0.0)
    _, pictures = taken_apart(0.0)

    left.axis("off")
    left.set_title(f"{'picture' if yours else 'photograph'}, {m} × {n}, rank k")
    shown = left.imshow(_as_colours(pictures[n_sizes]), interpolation="nearest", gid="picture")
    order = np.arange(1, n_sizes + 1)
    right.set(
        xlim=(0, 258 / 256 * n_sizes),
        yscale="log",
        ylim=limits,
        xlabel=f"number of the singular value (of {n_sizes})",
        title="singular values (lower edge: or less)" if yours else "singular values",
    )
    right.plot(order, photographed, color=PALE, linewidth=1.5, zorder=1)
    as_it_was = right.text(
        252 / 256 * n_sizes,
        0.8 * limits[1] if yours else photographed[-1] * 0.72,
        "grey: as given" if yours else "as photographed",
        color=GREY,
        ha="right",
        va="top",
        fontsize=9,
        zorder=1,
    )
    if yours:
        right.xaxis.get_major_locator().set_params(integer=True)
        left.axis("on")  # a frame, for what is white
        left.set(xticks=[], yticks=[])
        left.grid(False)
        left.spines[:].set_visible(True)
    kept = shape(right, BLUE, gid="kept", linewidth=0)
    (spectrum,) = right.plot([], [], color=INK, linewidth=1.5, gid="spectrum")
    (mark,) = right.plot([], [], color=BLUE, linewidth=1.5)
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, gid="dot")
    words = right.text(0, 0, "", color=BLUE, fontweight="bold")

    def update(k, shuffled):
        (_, pictures), sizes = taken_apart(shuffled), heights(shuffled)
        bottom = limits[0] / 3000
        shown.set_data(_as_colours(pictures[k]))
        kept.set_xy([(1, bottom), *zip(order[:k], sizes[:k], strict=True), (k, bottom)])
        spectrum.set_data(order, sizes)
        mark.set_data([k, k], [bottom, sizes[k - 1]])
        dot.set_data([k], [sizes[k - 1]])
        x = min(k + n_sizes / 64, 210 / 256 * n_sizes)
        beside = sizes[max(int(x), 1) - 1]
        words.set(text=f"k = {k}", position=(x, max(1.5 * sizes[k - 1], 1.15 * beside)))
        as_it_was.set_visible(shuffled > 0)  # else there is one line only
        return as_it_was, shown, kept, spectrum, mark, dot, words

    def describe(k, shuffled):
        sizes, _ = taken_apart(shuffled)
        error = norm([*sizes[k:], 0]) / norm(sizes)  # what is left out (Eckart and Young)
        storage = k * (m + n + 1) / (m * n)
        saving = "" if storage < 1 else ", no saving"
        moved = f"{shuffled:.0%} of" if shuffled else "no"
        return (
            f"Rank {k} leaves {error:.1%} error (Frobenius norm) and takes {storage:.1%} of the "
            f"numbers{saving}; {moved} pixels are shuffled."
        )

    def place_of_dot(k, shuffled):
        return k, heights(shuffled)[k - 1]

    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(right, place_of_dot, lambda x, y, **_: {"k": x}, "last value kept")],
        k=stops(ranks, start=start, label="rank k"),
        shuffled=stops(
            [(f"{share:.0%}", share) for share in shares],
            start=0.0,
            label="share of pixels shuffled",
        ),
    )


def _own_picture(picture):
    """Return the grey levels of a learner's picture, at most 1 in size."""
    levels = real_array(picture, "picture")
    if levels.ndim == 3 and levels.shape[2] in (3, 4):
        levels = levels[..., :3] / (np.abs(levels[..., :3]).max() or 1.0) @ [0.299, 0.587, 0.114]
    if levels.ndim != 2:
        raise ValueError(
            "picture must be a 2-D array of grey levels, or one of shape (m, n, 3) with red, green "
            f"and blue, not an array of shape {levels.shape}"
        )
    if not 4 <= min(levels.shape) <= max(levels.shape) <= LARGEST:
        m, n = levels.shape
        raise ValueError(
            f"picture must be from 4 to {LARGEST} pixels high and wide, not {m} × {n}; of a larger "
            "one take every second row and column, picture[::2, ::2], or a part"
        )
    largest = np.abs(levels).max()
    if largest == 0:
        raise ValueError("picture must not be 0 everywhere: nothing is left to keep")
    return levels / largest


def _at_ranks(U, sizes, Vt, ranks, black, white):
    """Yield each rank with the sum of so many terms, in grey levels as a screen shows them."""
    total, done = np.zeros((len(U), Vt.shape[1]), dtype=np.float32), 0
    for k in ranks:
        terms = slice(done, k)
        total += ((U[:, terms] * sizes[terms]) @ Vt[terms]).astype(np.float32)
        done = k
        grey = total if white - black == 255 else (total - black) * (255 / (white - black))
        yield k, grey.round().clip(0, 255).astype(np.uint8)


def _as_colours(grey):
    """Return red, green, blue and alpha, which matplotlib draws three times as fast as numbers."""
    colours = np.full((*grey.shape, 4), 255, dtype=np.uint8)
    colours[..., :3] = grey[..., None]
    return colours


def _shuffled(picture, share):
    """Return the picture with that share of its pixels exchanged among themselves."""
    rng = np.random.default_rng(0)
    where = rng.permutation(picture.size)[: round(share * picture.size)]
    flat = picture.ravel().copy()
    flat[where] = flat[rng.permutation(where)]
    return flat.reshape(picture.shape)
