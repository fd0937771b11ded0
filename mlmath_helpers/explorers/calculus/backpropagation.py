"""A small network that learns."""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import PathCollection
from matplotlib.path import Path

from ..._arguments import categories, matrix, same_length
from ...calculus import Network, train
from ...datasets import load_penguins
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from .._engine.units import given_together

SIGNS = {"o": "●", "^": "▲", "s": "■", "D": "◆", "v": "▼"}  # of the markers, in words
MEASURED = (31, 61), (12.5, 22.5)  # mm: bill length, bill depth
COLOURS = BLUE, VERMILION, GREEN, PURPLE, ORANGE
DARK = (
    "#005A8C",
    "#A84A00",
    "#006B4E",
    "#8C4A70",
    "#7A5500",
)  # to be read on the paler colours of the regions


@explorer
def training(X=None, y=None) -> Explorer:
    """Watch a small network learn three species from two measurements, epoch by epoch.

    Parameters
    ----------
    X : array_like, shape (n, 2), optional
        Two numbers for each of your rows, of which there are at least 6; a third is held out.
    y : array_like, shape (n,), optional
        The kind of each row, a word or a number: two to five kinds.

    Raises
    ------
    TypeError, ValueError
        If one of them is missing, if shapes do not fit, if X holds nan or inf or a column that
        is level, or if there are fewer than two kinds or more than five.

    Examples
    --------
    >>> X = [[0, 1], [1, 1], [0, 2], [5, 4], [6, 5], [5, 6]]
    >>> training(X, ["a", "a", "a", "b", "b", "b"], epoch=60).sentence[:25]
    'After 60 epochs 2 of 2 ro'
    """
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.2, 1])
    n_epochs = 60
    own = given_together(X, "X", y, "y")
    what, window = "rows" if own else "penguins", MEASURED
    axis_names = "bill length (mm)", "bill depth (mm)"
    if own:
        columns = [str(name) for name in getattr(X, "columns", ())]
        axis_names = columns or ("first column of X", "second column of X")
        X, names, labels = _own_rows(X, y)
        ends = np.array([X.min(axis=0), X.max(axis=0)]).T
        room = np.ptp(ends, axis=1)[:, None] * [[-0.06, 0.06], [-0.06, 0.16]]  # above are the names
        window = ends + room
    else:
        penguins = load_penguins()
        known = ~np.isnan(penguins.measurements).any(axis=1)
        X = penguins.measurements[known, :2]
        names, labels = np.unique(penguins.species[known], return_inverse=True)
    order = np.random.default_rng(0).permutation(len(X))
    held_out, seen = order[: len(X) // 3], order[len(X) // 3 :]
    middle, spread = X[seen].mean(axis=0), X[seen].std(axis=0)
    scaled = (X - middle) / spread

    network = Network([2, 16, len(names)], rng=0)
    batch_size = min(len(seen), max(16, len(seen) // 14))  # so that more rows take no more steps
    settings = {"learning_rate": 0.03, "n_epochs": n_epochs, "batch_size": batch_size, "rng": 0}
    losses, path = train(network, scaled[seen], labels[seen], **settings)
    regions, other_losses, accuracies = [], [], []
    for parameters in path:
        network.parameters = parameters
        regions.append(_regions(lambda points: network.forward((points - middle) / spread), window))
        other_losses.append(network.loss(scaled[held_out], labels[held_out]).loss)
        accuracies.append(network.accuracy(scaled[held_out], labels[held_out]))

    left.set(xlabel=axis_names[0], ylabel=axis_names[1])
    left.set_title("what the network answers where")
    left.set(xlim=window[0], ylim=window[1])
    left.grid(visible=False)
    pale = [colour + "40" for colour in COLOURS[: len(names)]]
    areas = left.add_collection(PathCollection([], facecolors=pale, zorder=1, gid="areas"))
    for k, (marker, name) in enumerate(zip(SIGNS, names, strict=False)):
        for rows, face in [(seen, "white"), (held_out, None)]:
            which = rows[labels[rows] == k]
            look = {"color": DARK[k], "markerfacecolor": face or DARK[k]}
            left.plot(*X[which].T, marker, **look, markersize=4.5, markeredgewidth=0.9)
        place = [(36.5, 21.9), (51.5, 21.9), (53, 13.0)][k % 3]
        style = {"color": DARK[k], "ha": "center", "va": "center", "fontweight": "bold"}
        if own:
            place = (k + 0.5) / len(names), 0.95
            style["transform"] = left.transAxes
            name = f"{SIGNS[marker]} {name}"
        left.text(*place, name, **style)

    heights, tops = (0.05, 2), (1.7, 1.4)
    if own:
        everything = [*losses, *other_losses, np.log(len(names))]
        low, high = np.log10(max(min(everything), 1e-9)), np.log10(max(everything))
        room = high - low + 0.2
        heights = 10 ** (low - 0.05 * room), 10 ** (high + 0.2 * room)
        tops = 10 ** (high + 0.155 * room), 10 ** (high + 0.085 * room)  # above both losses
    right.set(yscale="log", xlim=(-1, n_epochs + 1.5), ylim=heights, xlabel="epoch")
    right.set_title("mean cross-entropy (nats)")
    round_ones = [float(f"{digit}e{power}") for power in range(-9, 3) for digit in (1, 2, 5)]
    ticks = [tick for tick in round_ones if heights[0] <= tick <= heights[1]]
    right.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    if own:
        right.minorticks_off()
    (loss,) = right.plot([], [], color=BLUE, gid="loss")
    (other,) = right.plot([], [], "--", color=VERMILION, gid="held-out loss")
    style = {"marker": "o", "markersize": 7, "markeredgewidth": 1.5}  # hollow and filled, as rows
    (last,) = right.plot([], [], color=BLUE, markerfacecolor="white", gid="last loss", **style)
    (other_last,) = right.plot([], [], color=VERMILION, gid="last held-out loss", **style)
    small = {"ha": "center", "fontsize": 9, "zorder": 1}
    words = f"solid: {len(seen)} seen in training (hollow)"
    right.text(30, tops[0], words, color=BLUE, gid="seen", **small)
    words = f"dashed: {len(held_out)} held out (filled)"
    right.text(30, tops[1], words, color=VERMILION, gid="held out", **small)
    right.axhline(np.log(len(names)), color=GREY, linewidth=1.2, linestyle=":", zorder=1)
    words = f"guessing costs {np.log(len(names)):.3f}"
    right.text(
        60,
        0.955 * np.log(len(names)) if own else 1.05,
        words,
        color=GREY,
        gid="guessing",
        **small | {"ha": "right", "va": "top"},
    )

    def update(epoch):
        areas.set_paths(regions[epoch])
        loss.set_data(range(epoch + 1), losses[: epoch + 1])
        other.set_data(range(epoch + 1), other_losses[: epoch + 1])
        last.set_data([epoch], losses[epoch : epoch + 1])
        other_last.set_data([epoch], other_losses[epoch : epoch + 1])
        return areas, loss, other, last, other_last

    def describe(epoch):
        right_ones = round(accuracies[epoch] * len(held_out))
        when = f"After {epoch} epoch{'s'[epoch == 1 :]}" if epoch else "Before any training"
        return (
            f"{when} {right_ones} of {len(held_out)} {what} held out are named rightly: loss "
            f"{other_losses[epoch]:.3f} nats, {losses[epoch]:.3f} on those seen."
        )

    def place(epoch):
        return epoch, np.clip(other_losses[epoch], *heights)

    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(right, place, lambda x, y, **_: {"epoch": x}, "end of the curves")],
        play="epoch",
        stills=({"epoch": 0}, {"epoch": 10}, {"epoch": 60}),
        epoch=slider(0, n_epochs, start=3, label="epoch"),
    )


def _own_rows(X, y):
    """Return rows, the names of their kinds, and the kind of each row by its number."""
    X, y = matrix(X, "X").copy(), categories(y, "y")
    same_length(X.T, "the columns of X", y, "y")
    if X.shape[1] != 2:
        raise ValueError(
            f"X must have 2 columns, for the two axes, not {X.shape[1]}: choose two, "
            "as in X[:, [0, 1]]"
        )
    if len(X) < 6:
        raise ValueError(f"X needs at least 6 rows, to hold some out, not {len(X)}")
    names, labels = np.unique(y, return_inverse=True)
    if not 2 <= len(names) <= 5:
        raise ValueError(f"y must hold two to five kinds, which colours can tell, not {len(names)}")
    size = np.abs(X).max(axis=0)
    for column in range(2):
        rows = X[:, column]
        if np.ptp(rows) <= 1e-9 * size[column]:
            raise ValueError(f"column {column} of X is {rows[0]:g} in every row: it must differ")
        if size[column] > 1e100:
            raise ValueError(f"column {column} of X is beyond 1e100, and cannot be drawn")
    return X, [str(name)[:16] for name in names], labels


def _regions(scores, window):
    """Return for each class the path around where its score is the largest."""
    x, y = (np.linspace(*ends, 61) for ends in window)
    points = np.column_stack([part.ravel() for part in np.meshgrid(x, y)])
    values = scores(points).T.reshape(-1, len(y), len(x))  # (classes, rows, columns)
    paths = []
    for k, own in enumerate(values):
        ahead = own - np.delete(values, k, axis=0).max(axis=0)
        corners, codes = contour_generator(x, y, ahead, fill_type="OuterCode").filled(0, np.inf)
        if corners:
            paths.append(Path(np.concatenate(corners), np.concatenate(codes)))
        else:  # nowhere
            paths.append(Path(np.empty((0, 2))))
    return paths
