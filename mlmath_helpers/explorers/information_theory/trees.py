"""Questions that gain information: one cut, and trees of any depth."""

import numpy as np

from ...datasets import load_house_votes, load_penguins
from ...information_theory import DecisionTree, entropy, information_gain
from .._engine.explorer import Explorer, canvas, choice, explorer, slider
from .._engine.plane import BLUE, GREEN, GREY, INK, PURPLE, VERMILION


@explorer
def split() -> Explorer:
    """Cut one measurement of the penguins in two: what the answer tells about the species."""
    figure, (top, bottom) = canvas(n_rows=2, height=4.6, sharex=True, height_ratios=[1.5, 1])
    species, columns = _measured_penguins()
    names = list(np.unique(species))
    before = entropy(_shares(species))
    marks = dict(zip(names, zip("o^s", (BLUE, VERMILION, GREEN), strict=True), strict=True))
    top.set(ylim=(-0.6, 2.6), yticks=range(3), yticklabels=names)
    top.set_title("each mark is a penguin; in bold, how many on each side")
    bottom.set(ylim=(0, before * 1.08), ylabel="gain (bits)")
    bottom.axhline(before, color=GREY, linestyle=":", linewidth=1.5)
    bottom.set_title(f"gain of the cut (dotted: all {before:.3f} bits there are)")
    spread = np.random.default_rng(0).uniform(-0.3, 0.3, len(species))
    steps = np.arange(0, 101)
    drawings, gains, cuts = {}, {}, {}
    for feature, x in columns.items():
        cuts[feature] = np.round(x.min() + (x.max() - x.min()) * steps / 100, 6)
        gains[feature] = [information_gain(x <= cut, species) for cut in cuts[feature]]
        drawings[feature] = [
            top.plot(x[here], names.index(name) + spread[here], mark, color=colour)[0]
            for name, (mark, colour) in marks.items()
            for here in [species == name]
        ]
        for line in drawings[feature]:
            line.set(visible=False, alpha=0.55, markersize=4)
    (curve,) = bottom.plot([], [], color=INK, linewidth=1.5, gid="curve")
    (cut_line,) = top.plot([], [], color=INK, linewidth=2.5, zorder=4)
    (cut_below,) = bottom.plot([], [], color=INK, linewidth=2.5, linestyle="--", zorder=4)
    (dot,) = bottom.plot([], [], "D", color=PURPLE, markersize=10, zorder=5, gid="dot")
    dot.set_clip_on(False)
    left_counts = [_corner_text(top, 0.01, row, "left") for row in range(3)]
    right_counts = [_corner_text(top, 0.99, row, "right") for row in range(3)]
    now = []

    def update(threshold, feature):
        x, cut = columns[feature], cuts[feature][threshold]
        if now != [feature]:
            for name, lines in drawings.items():
                for line in lines:
                    line.set_visible(name == feature)
            margin = 0.09 * (x.max() - x.min())
            top.set_xlim(x.min() - margin, x.max() + margin)
            bottom.set_xlabel(feature)
            now[:] = [feature]
        cut_line.set_data([cut, cut], [-0.6, 2.6])
        cut_below.set_data([cut, cut], [0, before * 1.08])
        passed = slice(threshold + 1)
        curve.set_data(cuts[feature][passed], gains[feature][passed])
        dot.set_data([cut], [gains[feature][threshold]])
        for name, low, high in zip(names, left_counts, right_counts, strict=True):
            n_low = np.count_nonzero(x[species == name] <= cut)
            low.set_text(f"{n_low}")
            high.set_text(f"{np.count_nonzero(species == name) - n_low}")
        return cut_line, cut_below, curve, dot, *left_counts, *right_counts

    def describe(threshold, feature):
        x, cut = columns[feature], cuts[feature][threshold]
        yes = x <= cut
        words, unit = feature.rstrip(")").split(" (")
        below = [f"{np.count_nonzero(species[yes] == name)} {name}" for name in names]
        above = [f"{np.count_nonzero(species[~yes] == name)}" for name in names]
        return (
            f"{words.capitalize()} ≤ {cut:.6g} {unit} gains {gains[feature][threshold]:.3f} bits: "
            f"{', '.join(below)} within, {', '.join(above)} above."
        )

    return Explorer(
        figure,
        update,
        describe,
        threshold=slider(0, 100, start=22, label="threshold (% of the range)"),
        feature=choice(list(columns), start="bill length (mm)", label="measurement"),
    )


@explorer
def tree_depth() -> Explorer:
    """Deeper trees know the members they learned from ever better, and the others worse."""
    figure, axes = canvas(height=4.2)
    depths, sizes, n_draws, n_held_out = range(9), (50, 100, 150, 200, 250, 300), 10, 135
    curves = _accuracies_by_depth(depths, sizes, n_draws, n_held_out)
    averages = {size: np.mean([other for _, other, _ in curves[size]], axis=0) for size in sizes}
    axes.set(xlim=(-0.3, 9.2), ylim=(0.45, 1.04), xticks=depths)
    axes.set(xlabel="questions at most (depth)", ylabel="share classified rightly")
    axes.set_title(f"party from votes: members seen and {n_held_out} held out")
    (train,) = axes.plot([], [], "o-", color=BLUE, gid="train")
    (test,) = axes.plot([], [], "s--", color=VERMILION, gid="test")
    (mean,) = axes.plot([], [], ":", color=GREY, linewidth=1.5, gid="mean")
    names = [
        axes.text(0, 0, word, color=colour, fontweight="bold", va="center")
        for word, colour in [("seen", BLUE), ("held out", VERMILION)]
    ]
    axes.text(4, 0.7, f"dotted: held out, mean of {n_draws} draws", color=GREY, zorder=0.9)

    def update(depth, n_seen, draw):
        seen, held_out, _ = curves[n_seen][draw - 1]
        for line, heights in [(train, seen), (test, held_out), (mean, averages[n_seen])]:
            line.set_data(depths[: depth + 1], heights[: depth + 1])
        ends = np.array([seen[depth], held_out[depth]])
        apart = 1 if ends[0] >= ends[1] else -1
        gap = max(0.0, 0.03 - abs(ends[0] - ends[1]))
        for name, height in zip(names, ends + np.array([gap, -gap]) / 2 * apart, strict=True):
            name.set_position((depth + 0.12, height))
        return mean, test, train, *names

    def describe(depth, n_seen, draw):
        seen, held_out, leaves = curves[n_seen][draw - 1]
        return (
            f"Depth at most {depth} ({_count_of(leaves[depth], 'leaf', 'leaves')}) is right for "
            f"{seen[depth]:.1%} of {n_seen} seen, in draw {draw} for {held_out[depth]:.1%} "
            f"held out (mean {averages[n_seen][depth]:.1%})."
        )

    return Explorer(
        figure,
        update,
        describe,
        depth=slider(0, 8, start=1, label="depth (questions at most)"),
        n_seen=slider(50, 300, start=300, step=50, label="members to learn from"),
        draw=slider(1, n_draws, start=1, label="draw of the members"),
    )


def _accuracies_by_depth(depths, sizes, n_draws, n_held_out):
    """Return {size: [(accuracy seen, held out, leaves) by depth, for each draw]}."""
    votes, party = load_house_votes()
    rng = np.random.default_rng(0)
    curves = {size: [] for size in sizes}
    for _ in range(n_draws):
        order = rng.permutation(len(party))
        held_out, pool = order[:n_held_out], order[n_held_out:]
        for size in sizes:
            sets = [(_rows(votes, rows), party[rows]) for rows in (pool[:size], held_out)]
            tree = DecisionTree().fit(*sets[0])
            accuracies = [[tree.accuracy(*s, max_depth=d) for d in depths] for s in sets]
            curves[size].append((*accuracies, [tree.count_leaves(max_depth=d) for d in depths]))
    return curves


def _rows(table, rows):
    return {name: column[rows] for name, column in table.items()}


def _measured_penguins():
    """Return the species, and the four measurements by name, of the penguins that have all."""
    penguins = load_penguins()
    measured = ~np.isnan(penguins.measurements).any(axis=1)
    names = [f"{name} ({unit})" for name, unit in zip(penguins.names, penguins.units, strict=True)]
    columns = penguins.measurements[measured].T
    return penguins.species[measured], dict(zip(names, columns, strict=True))


def _count_of(n, thing, things):
    return f"{n} {thing if n == 1 else things}"


def _shares(labels):
    return np.unique(labels, return_counts=True)[1] / len(labels)


def _corner_text(axes, x, row, side):
    text = axes.text(x, row + 0.33, "", ha=side, fontweight="bold", zorder=5)
    text.set_transform(axes.get_yaxis_transform())
    return text
