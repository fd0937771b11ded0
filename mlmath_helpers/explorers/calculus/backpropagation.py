"""A small network that learns."""

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import PathCollection
from matplotlib.path import Path

from ...calculus import Network, train
from ...datasets import load_penguins
from .._engine.explorer import Explorer, canvas, explorer, slider
from .._engine.plane import BLUE, GREEN, GREY, INK, VERMILION

MEASURED = (31, 61), (12.5, 22.5)  # mm: bill length, bill depth
DARK = ("#005A8C", "#A84A00", "#006B4E")  # to be read on the paler colours of the regions


@explorer
def training() -> Explorer:
    """Watch a small network learn three species from two measurements, epoch by epoch."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.2, 1])
    n_epochs = 60
    penguins = load_penguins()
    known = ~np.isnan(penguins.measurements).any(axis=1)
    X = penguins.measurements[known, :2]
    names, labels = np.unique(penguins.species[known], return_inverse=True)
    order = np.random.default_rng(0).permutation(len(X))
    held_out, seen = order[: len(X) // 3], order[len(X) // 3 :]
    middle, spread = X[seen].mean(axis=0), X[seen].std(axis=0)
    scaled = (X - middle) / spread

    network = Network([2, 16, 3], rng=0)
    settings = {"learning_rate": 0.03, "n_epochs": n_epochs, "batch_size": 16, "rng": 0}
    losses, path = train(network, scaled[seen], labels[seen], **settings)
    regions, other_losses, accuracies = [], [], []
    for parameters in path:
        network.parameters = parameters
        regions.append(_regions(lambda points: network.forward((points - middle) / spread)))
        other_losses.append(network.loss(scaled[held_out], labels[held_out]).loss)
        accuracies.append(network.accuracy(scaled[held_out], labels[held_out]))

    left.set(xlabel="bill length (mm)", ylabel="bill depth (mm)")
    left.set_title("what the network answers where")
    left.set(xlim=MEASURED[0], ylim=MEASURED[1])
    left.grid(visible=False)
    colours = (BLUE, VERMILION, GREEN)
    pale = [colour + "40" for colour in colours]
    areas = left.add_collection(PathCollection([], facecolors=pale, zorder=1, gid="areas"))
    for k, (marker, name) in enumerate(zip("o^s", names, strict=True)):
        for rows, face in [(seen, "white"), (held_out, None)]:
            which = rows[labels[rows] == k]
            look = {"color": DARK[k], "markerfacecolor": face or DARK[k]}
            left.plot(*X[which].T, marker, **look, markersize=4.5, markeredgewidth=0.9)
        place = [(36.5, 21.9), (51.5, 21.9), (53, 13.0)][k]
        left.text(*place, name, color=DARK[k], ha="center", va="center", fontweight="bold")

    right.set(yscale="log", xlim=(-1, n_epochs + 1.5), ylim=(0.05, 2), xlabel="epoch")
    right.set_title("mean cross-entropy (nats)")
    right.set_yticks([0.05, 0.1, 0.2, 0.5, 1, 2], ["0.05", "0.1", "0.2", "0.5", "1", "2"])
    (loss,) = right.plot([], [], color=BLUE, gid="loss")
    (other,) = right.plot([], [], "--", color=VERMILION, gid="held-out loss")
    (dots,) = right.plot([], [], "o", color=INK, markersize=7)
    small = {"ha": "center", "fontsize": 9, "zorder": 1}
    words = f"solid: {len(seen)} seen in training (hollow)"
    right.text(30, 1.7, words, color=BLUE, gid="seen", **small)
    words = f"dashed: {len(held_out)} held out (filled)"
    right.text(30, 1.4, words, color=VERMILION, gid="held out", **small)
    right.axhline(np.log(3), color=GREY, linewidth=1.2, linestyle=":", zorder=1)
    words = f"guessing costs {np.log(3):.3f}"
    right.text(60, 1.05, words, color=GREY, gid="guessing", **small | {"ha": "right", "va": "top"})

    def update(epoch):
        areas.set_paths(regions[epoch])
        loss.set_data(range(epoch + 1), losses[: epoch + 1])
        other.set_data(range(epoch + 1), other_losses[: epoch + 1])
        dots.set_data([epoch, epoch], [losses[epoch], other_losses[epoch]])
        return areas, loss, other, dots

    def describe(epoch):
        right_ones = round(accuracies[epoch] * len(held_out))
        when = f"After {epoch} epoch{'s'[epoch == 1 :]}" if epoch else "Before any training"
        return (
            f"{when} {right_ones} of {len(held_out)} penguins held out are named rightly: loss "
            f"{other_losses[epoch]:.3f} nats, {losses[epoch]:.3f} on those seen."
        )

    epochs = slider(0, n_epochs, start=3, label="epoch")
    return Explorer(figure, update, describe, play="epoch", epoch=epochs)


def _regions(scores):
    """Return for each class the path around where its score is the largest."""
    x, y = (np.linspace(*ends, 61) for ends in MEASURED)
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
