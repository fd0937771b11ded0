"""A photograph of the largest parts of its matrix."""

from functools import cache

import numpy as np

from ..._arguments import real_array
from ...datasets import load_portrait
from ...linear_algebra import norm
from .._engine.controls import stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, shape

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
        stills=({"k": 20}, {"k": 100}, {"k": 20, "shuffled": 1.0}),
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
