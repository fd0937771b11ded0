"""The slider figures of chapter 5: surprise, divergence, and questions that gain information."""

import numpy as np
from matplotlib.patches import Polygon, Rectangle

from ..datasets import load_house_votes, load_penguins
from ..decision_tree import DecisionTree
from ..information_theory import entropy, information_gain, kl_divergence, surprise
from .explorer import Explorer, canvas, choice, in_course_style, slider
from .plane import BLUE, GREEN, GREY, INK, PURPLE, VERMILION, free_place

STACKED = {"sharex": True, "height_ratios": [1.5, 1]}


@in_course_style
def coin_entropy() -> Explorer:
    """Entropy of a coin, as the area of two rectangles: how often times how surprising."""
    figure, (left, right) = canvas(2, height=3.9, width_ratios=[1.15, 1])
    left.set(xlim=(0, 1), ylim=(0, 8), xlabel="how often (probability)", ylabel="surprise (bits)")
    left.set_title("area = entropy")
    heads, tails = _block(left, BLUE, gid="heads"), _block(left, VERMILION, gid="tails")
    names = [left.text(0, 0, "", ha="center", fontweight="bold", zorder=5) for _ in range(2)]
    start, chances = 0.9, np.linspace(0, 1, 401)
    entropies = np.array([entropy([p, 1 - p]) for p in chances])
    right.set(xlim=(0, 1), ylim=(0, 1.12), xlabel="probability of heads", ylabel="entropy (bits)")
    right.set_title(f"entropy from {start} to here")
    (curve,) = right.plot([], [], color=INK, gid="curve")
    (stem,) = right.plot([], [], color=GREEN, linestyle="--", linewidth=1.5)
    (dot,) = right.plot([], [], "o", color=GREEN, markersize=10, gid="dot", clip_on=False)
    value = right.text(0, 0, "", color=GREEN, fontweight="bold")

    def update(p):
        p = _share(p)
        for block, name, word, edge, share in [
            (heads, names[0], "heads", 0, p),
            (tails, names[1], "tails", p, 1 - p),
        ]:
            height = min(surprise(share), 8) if share > 0 else 0.0
            block.set_bounds(edge, 0, share, height)
            name.set(position=(np.clip(edge + share / 2, 0.08, 0.92), min(height + 0.15, 7.4)))
            name.set_text(word if share > 0 else "")
        average = entropy([p, 1 - p])
        passed = (chances >= min(start, p) - 1e-9) & (chances <= max(start, p) + 1e-9)
        curve.set_data(chances[passed], entropies[passed])
        stem.set_data([p, p], [0, average])
        dot.set_data([p], [average])
        value.set(position=(p + (0.03 if p <= 0.5 else -0.03), 0.06), text=f"{average:.3f} bits")
        value.set_ha("left" if p <= 0.5 else "right")
        return heads, tails, *names, curve, stem, dot, value

    def describe(p):
        p = _share(p)
        average = entropy([p, 1 - p])
        if p in (0, 1):
            certain, never = ("heads", "tails") if p == 1 else ("tails", "heads")
            return (
                f"{certain.capitalize()} is certain and no surprise, {never} never happens: the "
                "entropy is 0.000 bits a toss."
            )
        heads, tails = (
            f"{share:.3f} × {surprise(share):.3f} = {share * surprise(share):.3f}"
            for share in (p, 1 - p)
        )
        return f"Heads {heads} and tails {tails} make an entropy of {average:.3f} bits a toss."

    return Explorer(
        figure,
        update,
        describe,
        p=slider(0.0, 1.0, start=start, step=0.005, label="probability of heads"),
    )


@in_course_style
def entropy_bars() -> Explorer:
    """Reshape a distribution over four outcomes and watch its entropy."""
    figure, (left, right) = canvas(2, height=3.9, width_ratios=[2.6, 1])
    letters, colours = "ABCD", (BLUE, VERMILION, GREEN, PURPLE)
    left.set(xlim=(-0.6, 3.6), ylim=(0, 1.1), xticks=range(4), xticklabels=list(letters))
    left.set(xlabel="outcome", ylabel="probability", title="the distribution")
    right.set(xlim=(0, 1), ylim=(0, 2.2), xticks=[], ylabel="bits", title="its entropy")
    bars = [_block(left, c, gid=letter) for letter, c in zip(letters, colours, strict=True)]
    parts = [_block(right, c) for c in colours]
    above = [left.text(i, 0, "", ha="center", fontweight="bold") for i in range(4)]
    inside = [right.text(0.5, 0, "", ha="center", va="center", zorder=4) for _ in letters]
    total = right.text(0.5, 0, "", ha="center", fontweight="bold", gid="total")

    def update(**weights):
        p = _normalised(weights)
        bottom = 0.0
        for i, share in enumerate(p):
            bars[i].set_bounds(i - 0.38, 0, 0.76, share)
            above[i].set(position=(i, share + 0.02), text=f"{share:.3f}")
            bits = share * surprise(share) if share > 0 else 0.0  # 0 log 0 = 0
            parts[i].set_bounds(0.2, bottom, 0.6, bits)
            inside[i].set(y=bottom + bits / 2)
            inside[i].set_text(f"{letters[i]} {bits:.3f}" if bits > 0.1 else "")
            bottom += bits
        total.set(y=bottom + 0.04, text=f"{bottom:.3f}")
        return *bars, *parts, *above, *inside, total

    def describe(**weights):
        p = _normalised(weights)
        average = entropy(p)
        shares = ", ".join(f"{share:.3f}" for share in p)
        empty = "" if any(weights.values()) else " (all weights 0 are read as equal)"
        return (
            f"Probabilities {shares}{empty}: entropy {average:.3f} of 2 bits, as of "
            f"{2**average:.2f} equally likely outcomes."
        )

    starts = {"a": 8, "b": 4, "c": 2, "d": 2}
    controls = {
        name: slider(0, 10, start=start, label=f"weight of {name.upper()}")
        for name, start in starts.items()
    }
    return Explorer(figure, update, describe, **controls)


@in_course_style
def kl_two_peaks() -> Explorer:
    """Fit one normal to two peaks: D(p||q) covers both, D(q||p) seeks one."""
    figure, (top, bottom) = canvas(n_rows=2, height=4.8, **STACKED)
    x = np.linspace(-19, 19, 1521)  # wider would underflow, narrower would cut tails that count
    width_of_cell = x[1] - x[0]
    top.set(
        xlim=(-8, 8),
        ylim=(0, 0.8),
        ylabel="density",
        title="target p, two normals; fitted normal q",
    )
    bottom.set(xlim=(-8, 8), ylim=(-0.6, 2.4), xlabel="x", ylabel="bits per unit of x")
    bottom.set_title("where the divergence comes from: its total area")
    bottom.axhline(0, color=GREY, linewidth=1)
    target = top.add_patch(Polygon([(0, 0)], facecolor=BLUE + "40", edgecolor=BLUE, gid="p"))
    target.set(linewidth=2)
    (fitted,) = top.plot([], [], color=VERMILION, linestyle="--", linewidth=2.5, gid="q")
    area = bottom.add_patch(
        Polygon([(0, 0)], facecolor=PURPLE + "60", edgecolor=PURPLE, gid="area")
    )
    style = {"fontweight": "bold", "ha": "center", "va": "center"}
    p_name = top.text(0, 0, "p", color=BLUE, gid="name of p", **style)
    q_name = top.text(0, 0, "q", color=VERMILION, gid="name of q", **style)
    total = top.text(7.8, 0.7, "", ha="right", fontweight="bold", fontsize=11)
    outside = bottom.text(1, 1.04, "", ha="right", color=GREY, transform=bottom.transAxes)
    shown, coarse = slice(440, 1081, 2), slice(440, 1081, 10)  # from -8 to 8

    def p_cells(separation):
        return (_cells(x, -separation / 2, 0.75) + _cells(x, separation / 2, 0.75)) / 2

    def ordered(separation, mean, width, direction):
        p, q = p_cells(separation), _cells(x, mean, width)
        return (p, q) if direction == "forward" else (q, p)

    def place_names(p, q, separation, mean):
        heights = 3.3 * np.array([p, q])  # so that both axes have about one scale
        taken = np.concatenate([_segments(x[coarse], height[coarse]) for height in heights])
        for name, at, curve in [(p_name, separation / 2, heights[0]), (q_name, mean, heights[1])]:
            place = free_place((at, curve.max()), taken, 0.28)
            name.set_position(place / [1, 3.3])
            taken = np.append(taken, [[place, place]], axis=0)

    def update(separation, mean, width, direction):
        true, model = ordered(separation, mean, width, direction)
        p, q = (true, model) if direction == "forward" else (model, true)
        target.set_xy(_closed(x[shown], p[shown] / width_of_cell))
        fitted.set_data(x[shown], q[shown] / width_of_cell)
        place_names(p / width_of_cell, q / width_of_cell, separation, mean)
        pieces = true * (surprise(model) - surprise(true)) / width_of_cell
        area.set_xy(_closed(x[shown], np.clip(pieces[shown], -1, 3)))
        name = "D(p||q)" if direction == "forward" else "D(q||p)"
        total.set_text(f"{name} = {kl_divergence(true, model):.3f} bits")
        highest = pieces.max()
        outside.set_text(f"reaches {highest:.1f}" if highest > 2.4 else "")
        return target, fitted, p_name, q_name, area, total, outside

    def describe(separation, mean, width, direction):
        true, model = ordered(separation, mean, width, direction)
        p = true if direction == "forward" else model
        inside = p[np.abs(x - mean) <= 2 * width].sum()
        name = "D(p||q)" if direction == "forward" else "D(q||p)"
        parts = f"mixes normals at ±{separation / 2:.2f}" if separation else "is one normal at 0.00"
        return (
            f"{name} is {kl_divergence(true, model):.3f} bits: q (mean {mean:z.1f}, sd "
            f"{width:.2f}) has {inside:.1%} of p within 2 sd; p {parts}."
        )

    def best_fit(separation, mean, width, direction):
        """Try means and widths on a coarse grid, then all that the sliders have near the best."""

        def best(means, widths):
            trials = [
                (
                    round(kl_divergence(*ordered(separation, m, w, direction)), 9),
                    abs(m - mean),
                    m,
                    w,
                )
                for m in means.clip(-3, 3).round(1)
                for w in widths.clip(0.6, 3.2).round(2)
            ]
            return min(trials)[2:]  # of equally good ones the nearest

        near, wide = best(np.linspace(-3, 3, 13), np.linspace(0.6, 3.2, 14))
        near, wide = best(near + np.linspace(-0.5, 0.5, 11), wide + np.linspace(-0.2, 0.2, 9))
        return {"mean": near, "width": wide}

    return Explorer(
        figure,
        update,
        describe,
        actions={"find the best fit": best_fit},
        separation=slider(0.0, 6.0, start=5.0, step=0.1, label="distance between the peaks of p"),
        mean=slider(-3.0, 3.0, start=1.0, step=0.1, label="mean of q"),
        width=slider(0.6, 3.2, start=1.0, step=0.05, label="standard deviation of q"),
        direction=choice(
            [("forward, D(p||q)", "forward"), ("reverse, D(q||p)", "reverse")],
            start="forward",
            label="direction",
        ),
    )


@in_course_style
def split() -> Explorer:
    """Cut one measurement of the penguins in two: what the answer tells about the species."""
    figure, (top, bottom) = canvas(n_rows=2, height=4.6, **STACKED)
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


@in_course_style
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


def _block(axes, colour, **style):
    style = {"facecolor": colour + "55", "edgecolor": colour, "linewidth": 1.5} | style
    return axes.add_patch(Rectangle((0, 0), 0, 0, **style))


def _share(p):
    return min(max(round(p, 6), 0.0), 1.0)  # a slider's 0.3 may be 0.30000000000000004


def _normalised(weights):
    """Return the weights divided by their sum; if all are 0, they count as equal."""
    w = np.array(list(weights.values()), dtype=float)
    return w / w.sum() if w.any() else np.full(len(w), 1 / len(w))


def _cells(x, mean, width):
    """Return the probability of each cell of a fine grid under a normal distribution."""
    weights = np.exp(-(((x - mean) / width) ** 2) / 2)
    return weights / weights.sum()


def _segments(x, y):
    """Return the pieces of a curve, from each point to the next, shape (n - 1, 2, 2)."""
    points = np.column_stack([x, y])
    return np.stack([points[:-1], points[1:]], axis=1)


def _closed(x, y):
    """Return the outline of the area between y and 0."""
    return np.column_stack([[x[0], *x, x[-1]], [0, *y, 0]])
