"""A question that gains information: one cut of a measurement."""

import math
from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import MaxNLocator

from ..._arguments import as_array, categories, same_length
from ...datasets import load_penguins
from ...information_theory import entropy
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, SKY, VERMILION
from .._engine.units import shortened
from .._engine.words import without_zeros

MARKS, COLOURS = "o^sDvP", (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)


@explorer
def split(table=None, labels=None) -> Explorer:
    """Cut one measurement of the penguins in two: what the answer tells about the species.

    Parameters
    ----------
    table : dict of str to array_like of shape (n,), or array_like of shape (n, d), optional
        Your own measurements by name. The columns of an array are called "feature 0",
        "feature 1", ... What cannot be cut, words and columns of one value only, is left out.
    labels : array_like, shape (n,), optional
        The class of each row, given with ``table``: 2 to 6 different words or numbers.

    Raises
    ------
    TypeError
        If one of the two is missing, or neither words nor numbers.
    ValueError
        If they differ in length or hold nan or inf, if no column can be cut, or if there are
        fewer classes or more.

    Examples
    --------
    >>> explorer = split({"hours of sun": [1, 2, 7, 9]}, ["wet", "wet", "dry", "dry"])
    >>> explorer.sentence
    'The cut hours of sun ≤ 2.76 gains 1.000 bits: 0 dry, 2 wet within, 2, 0 above.'
    """
    own = table is not None or labels is not None
    species, columns = _own_table(table, labels) if own else _measured_penguins()
    names, species = np.unique(species, return_inverse=True)  # from here on numbers of names
    names = [shortened(str(name), 14) for name in names]
    n = len(names)
    counts = np.bincount(species)
    before = entropy(counts / len(species))
    figure, (top, bottom) = canvas(n_rows=2, height=4.6, sharex=True, height_ratios=[1.5, 1])
    top.set(ylim=(-0.6, n - 0.4))
    top.set_yticks(range(n), names, parse_math=False)
    thing = "row" if own else "penguin"
    top.set_title(f"{thing}s; in bold, how many on each side")
    bottom.set(ylim=(0, before * 1.08), ylabel="gain (bits)")
    bottom.axhline(before, color=GREY, linestyle=":", linewidth=1.5)
    bottom.set_title(f"gain of the cut (dotted: all {before:.3f} bits there are)")
    if own:
        bottom.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10], prune="both"))
        bottom.ticklabel_format(axis="x", useOffset=False, scilimits=(-4, 9))
    room = 92 // n - 2 * len(f"{counts.max()}") - 5  # of a class in the sentence
    said = [shortened(name, room) for name in names] if room >= 4 else None
    spread = np.random.default_rng(0).uniform(-0.3, 0.3, len(species))
    drawings, gains, cuts, within = {}, {}, {}, {}
    for feature, x in columns.items():
        groups = [np.flatnonzero(species == name) for name in range(n)]
        cuts[feature] = _hundred_cuts(x)
        within[feature] = np.column_stack(
            [np.searchsorted(np.sort(x[here]), cuts[feature], side="right") for here in groups]
        )
        gains[feature] = [_gain(counts, yes) for yes in within[feature]]
        drawings[feature] = [
            top.plot(x[here], name + spread[here], MARKS[name], color=COLOURS[name])[0]
            for name, here in enumerate(groups)
        ]
        for line in drawings[feature]:
            line.set(visible=False, alpha=0.55, markersize=4 if len(species) > 50 else 7)
    (curve,) = bottom.plot([], [], color=INK, linewidth=1.5, gid="curve")
    (cut_line,) = top.plot([], [], color=INK, linewidth=2.5, zorder=4)
    (cut_below,) = bottom.plot([], [], color=INK, linewidth=2.5, linestyle="--", zorder=4)
    (dot,) = bottom.plot([], [], "D", color=PURPLE, markersize=10, zorder=5, gid="dot")
    dot.set_clip_on(False)
    left_counts = [_corner_text(top, 0.01, row, "left") for row in range(n)]
    right_counts = [_corner_text(top, 0.99, row, "right") for row in range(n)]
    now = []

    def update(threshold, feature):
        x, cut = columns[feature], cuts[feature][threshold]
        if now != [feature]:
            for name, lines in drawings.items():
                for line in lines:
                    line.set_visible(name == feature)
            margin = 0.09 * (x.max() - x.min())
            top.set_xlim(x.min() - margin, x.max() + margin)
            bottom.set_xlabel(feature, parse_math=False)
            now[:] = [feature]
        cut_line.set_data([cut, cut], [-0.6, n - 0.4])
        cut_below.set_data([cut, cut], [0, before * 1.08])
        passed = slice(threshold + 1)
        curve.set_data(cuts[feature][passed], gains[feature][passed])
        dot.set_data([cut], [gains[feature][threshold]])
        yes = within[feature][threshold]
        for low, high, n_low, n_all in zip(left_counts, right_counts, yes, counts, strict=True):
            low.set_text(f"{n_low}")
            high.set_text(f"{n_all - n_low}")
        return cut_line, cut_below, curve, dot, *left_counts, *right_counts

    def describe(threshold, feature):
        yes = within[feature][threshold]
        gain = f"gains {gains[feature][threshold]:.3f} bits"
        cut = f"≤ {_written(cuts[feature], threshold)}"
        if said is None:
            rows = f"{yes.sum()} of {counts.sum()} rows within, {(counts - yes).sum()} above"
            return f"The cut {shortened(feature, 24)} {cut} {gain}: {rows}."
        below = ", ".join(f"{count} {name}" for count, name in zip(yes, said, strict=True))
        above = ", ".join(f"{count}" for count in counts - yes)
        if not own:
            words, unit = feature.rstrip(")").split(" (")
            return f"{words.capitalize()} {cut} {unit} {gain}: {below} within, {above} above."
        return f"The cut {shortened(feature, 24)} {cut} {gain}: {below} within, {above} above."

    def pull(x, y, feature, **_):
        low, high = cuts[feature][[0, -1]]
        return {"threshold": 100 * (x - low) / (high - low)}

    return Explorer(
        figure,
        update,
        describe,
        handles=[  # between two rows of marks
            Handle(
                top,
                lambda threshold, feature: (cuts[feature][threshold], 0.5),
                pull,
                "threshold",
            )
        ],
        stills=(
            {"threshold": 37},
            {"threshold": 58, "feature": "flipper length (mm)"},
            {"threshold": 100, "feature": "flipper length (mm)"},
        ),
        threshold=slider(0, 100, start=22, label="threshold (% of the range)"),
        feature=choice(list(columns), start=next(iter(columns)), label="measurement"),
    )


def _hundred_cuts(x):
    """Return the smallest of the numbers, 99 round numbers between, and the largest."""
    low, high = x.min(), x.max()
    decimals = 6 - min(0, math.floor(math.log10(high - low)))
    cuts = np.round(low + (high - low) * np.arange(101) / 100, decimals)
    cuts[[0, -1]] = low, high
    return cuts


def _written(cuts, threshold):
    """Return a cut in as many digits as tell it from the next one, at least six."""
    largest, apart = np.abs(cuts).max(), cuts[-1] - cuts[0]
    digits = max(6, 4 + math.ceil(math.log10(largest / apart)))
    return without_zeros(f"{cuts[threshold] + 0.0:.{digits}g}").replace("e+", "e")


def _gain(counts, yes):
    """Return what an answer tells that so many rows of each class give, in bits."""
    total = counts.sum()
    left = [
        side.sum() / total * entropy(side / side.sum())
        for side in (yes, counts - yes)
        if side.any()
    ]
    return max(0.0, entropy(counts / total) - sum(left))


def _own_table(table, labels):
    """Return the learner's labels, and the columns that can be cut, or refuse them."""
    if table is None or labels is None:
        raise TypeError("table and labels must be given together: measurements, and their classes")
    labels = categories(labels, "labels")
    n_classes = len(np.unique(labels))
    if not 2 <= n_classes <= 6:
        raise ValueError(f"labels must hold 2 to 6 different classes, not {n_classes}")
    columns = {}
    for name, column in _columns_of(table).items():
        column = categories(column, f"table[{name!r}]")
        same_length(column, f"table[{name!r}]", labels, "labels")
        if column.dtype.kind in "iuf" and _can_be_cut(column.astype(float), name):
            columns[str(name)] = column.astype(float)
    if not columns:
        raise ValueError("table has no column to cut: give one of numbers that are not all alike")
    return labels, columns


def _can_be_cut(x, name):
    largest = np.abs(x).max()
    if largest > 1e100:
        raise ValueError(f"table[{name!r}] holds {largest:.3g}; measure it in another unit")
    return np.ptp(x) > max(1e-12 * largest, 1e-100)


def _columns_of(table):
    if hasattr(table, "columns"):  # a data frame
        return {name: table[name] for name in table.columns}
    if isinstance(table, Mapping):
        return dict(table)
    table = as_array(table, "table", dtype=None if hasattr(table, "dtype") else object)
    if table.ndim != 2:
        raise ValueError(
            f"table must be a dict of columns or a 2-D array, not an array of shape {table.shape}"
        )
    return {f"feature {i}": column for i, column in enumerate(table.T)}


def _measured_penguins():
    """Return the species, and the four measurements by name, of the penguins that have all."""
    penguins = load_penguins()
    measured = ~np.isnan(penguins.measurements).any(axis=1)
    names = [f"{name} ({unit})" for name, unit in zip(penguins.names, penguins.units, strict=True)]
    columns = penguins.measurements[measured].T
    return penguins.species[measured], dict(zip(names, columns, strict=True))


def _corner_text(axes, x, row, side):
    text = axes.text(x, row + 0.33, "", ha=side, fontweight="bold", zorder=5)
    text.set_transform(axes.get_yaxis_transform())
    return text
