"""A tree that grows question by question, and its mistakes on members seen and held out."""

from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ...datasets import load_house_votes
from ...information_theory import DecisionTree
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, PALE_BLUE, PALE_VERMILION, VERMILION

SIZES, N_DRAWS, N_HELD_OUT = (50, 150, 300), 10, 135
DEPTHS = range(9)
HALF = 0.3  # of the height of a bar, where rows are 1 apart
GAP = 0.004  # between two leaves, where all members together are 1 wide
DRAWS = np.arange(N_DRAWS)
LANES = 0.085 * (DRAWS - DRAWS.mean())  # each draw's own height, so that no dot hides another
RUST = "#7A3500"  # vermilion that can be seen on vermilion
PARTIES = [("Democrats", BLUE, PALE_BLUE), ("Republicans", VERMILION, PALE_VERMILION)]


@explorer
def tree_depth() -> Explorer:
    """Deeper trees know the members they learned from ever better, and the others no better.

    A bar is a group of members; the bars below it are those that a question makes of it. What
    is below the dashed line has not grown yet. Below, each draw of the members is a dot.
    """
    trees = _trees_by_size()
    wrong = {  # (number of draws, number of depths) each
        size: [100 * np.array(each) for each in zip(*(t[-2:] for t in trees[size]), strict=True)]
        for size in SIZES
    }
    grid = {"height_ratios": [3, 1.3], "width_ratios": [0.74, 0.26]}
    figure, ((top, spare), (bottom, beside)) = canvas(2, n_rows=2, height=5.0, **grid)
    for unused in (spare, beside):  # the scale below is none of the bars': it ends elsewhere
        unused.remove()
    top.set_subplotspec(top.get_gridspec()[0, :])
    top.set(xlim=(-0.065, 1.065), ylim=(8.75, -1.05), xticks=[], yticks=DEPTHS)
    top.set(ylabel="questions asked", title="members to learn from, in groups")
    top.grid(visible=False)
    note = {"ha": "right", "va": "bottom", "zorder": 1, "transform": top.transAxes}
    top.text(1, 1.02, "pale: divided by one more question", **note)
    top.text(0.485, -0.45, "first: freeze physicians’ fees?", ha="center", zorder=1)
    branches = top.add_collection(LineCollection([], colors=GREY, linewidths=0.8, gid="branches"))
    divided, leaves = [], []
    for (party, colour, pale), (x, side) in zip(PARTIES, [(0, "left"), (1, "right")], strict=True):
        top.text(x, -0.45, party, color=colour, fontweight="bold", ha=side, zorder=1)
        divided.append(_boxes(top, f"{party} divided", pale))
        leaves.append(_boxes(top, f"{party} in leaves", colour))
    style = {"colors": RUST, "linewidths": 1.2, "capstyle": "butt", "zorder": 2.5}
    stripes = top.add_collection(LineCollection([], gid="stripes", **style))
    (line,) = top.plot([], [], color=INK, linewidth=1.5, linestyle="--", gid="line")
    style = {"ha": "center", "va": "center", "fontsize": 9, "zorder": 2.6}
    style |= {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
    answers = {each[0]: top.text(0, 1, each, gid=f"said {each}", **style) for each in ("no", "yes")}
    bottom.set(xlim=(0, 48), ylim=(1.6, -0.6), xlabel="called wrongly (%)")
    bottom.set_yticks([0, 1], ["seen", "held out"])
    bottom.grid(visible=False, axis="y")
    key = "● this draw\n○ other draws\n┃ mean of ten"
    bottom.text(1.04, 0.5, key, va="center", transform=bottom.transAxes, zorder=1, in_layout=False)
    style = {"linestyle": "", "clip_on": False}
    dots = []
    for row, (name, colour) in enumerate([("seen", GREY), ("held out", GREEN)]):
        (each,) = bottom.plot([], [], "o", markersize=4.5, gid=name, **style)
        each.set(markerfacecolor="white", markeredgecolor=colour, ydata=row + LANES)
        dots.append(each)
    (this,) = bottom.plot([], [], "o", color=INK, markersize=6.5, gid="this draw", **style)
    (mean,) = bottom.plot([], [], color=INK, linewidth=2, zorder=1.9, gid="mean")

    def update(depth, n_seen, draw):
        tree = trees[n_seen][draw - 1]
        last = tree.ends_at(depth)
        for party in (0, 1):
            divided[party].set_verts(tree.outlines(party, (tree.level <= depth) & ~last))
            leaves[party].set_verts(tree.outlines(party, last))
        stripes.set_segments(tree.stripes(depth))
        branches.set_segments(tree.branches(depth))
        for answer, text in answers.items():
            text.set_x(tree.middle_of(answer))
            text.set_visible(depth > 0)
        line.set_data(top.get_xlim(), [depth + 0.5, depth + 0.5])
        here = [each[:, depth] for each in wrong[n_seen]]  # of those seen, of those held out
        for row in (0, 1):
            dots[row].set_xdata(here[row])
        this.set_data([each[draw - 1] for each in here], LANES[draw - 1] + [0, 1])
        means = [each.mean() for each in here]
        mean.set_data(np.repeat(means, 3), [-0.47, 0.47, np.nan, 0.53, 1.47, np.nan])
        return [branches, *divided, *leaves, stripes, *answers.values(), line, *dots, mean, this]

    def describe(depth, n_seen, draw):
        tree = trees[n_seen][draw - 1]
        n_leaves = tree.ends_at(depth).sum()
        mean = 1 - wrong[n_seen][1][:, depth].mean() / 100
        return (
            f"Depth at most {depth} ({n_leaves} {'leaf' if n_leaves == 1 else 'leaves'}) is right "
            f"for {1 - tree.mistaken[depth]:.1%} of {n_seen} seen, in draw {draw} for "
            f"{1 - tree.missed[depth]:.1%} held out (mean {mean:.1%})."
        )

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                top,
                lambda depth, **_: (0.5, depth + 0.5),
                lambda x, y, **_: {"depth": y - 0.5},
                "line where the tree is cut",
            )
        ],
        stills=({"depth": 0}, {"depth": 3}, {"depth": 8}, {"depth": 8, "n_seen": 50}),
        depth=slider(0, 8, start=1, label="depth (questions at most)"),
        n_seen=stops([(f"{n}", n) for n in SIZES], start=300, label="members to learn from"),
        draw=slider(1, N_DRAWS, start=1, label="draw of the members"),
    )


class Groups(NamedTuple):
    """The groups of a tree, parents before children, and its mistakes when it is cut."""

    level: np.ndarray  # (k,), how many questions lead to it
    parent: np.ndarray  # (k,), where its parent stands; of the root itself
    is_leaf: np.ndarray  # (k,)
    answer: np.ndarray  # (k,), what its members said to the question of its parent
    edges: np.ndarray  # (k, 3), where its two parties begin and end; all are 1 wide together
    mistaken: list  # share of the seen called wrongly, by depth
    missed: list  # share of the held out called wrongly, by depth

    def ends_at(self, depth):
        """Say of each group whether members end there if the tree is cut at this depth."""
        return (self.level == depth) | (self.is_leaf & (self.level < depth))

    def middle_of(self, answer):
        """Return where the group stands whose members gave this answer to the first question."""
        return self.edges[(self.level == 1) & (self.answer == answer)][0, [0, 2]].mean()

    def outlines(self, party, which):
        """Return the boxes of a party in some of the groups."""
        low, high = self.edges[:, party], self.edges[:, party + 1]
        some = np.flatnonzero(which & (high > low))
        return [_outline(low[i], high[i], self.level[i]) for i in some]

    def stripes(self, depth):
        """Return a line through each box of Republicans, which repeats what its colour says."""
        low, high = self.edges[:, 1], self.edges[:, 2]
        some = np.flatnonzero((self.level <= depth) & (high > low))
        return [[(low[i], self.level[i]), (high[i], self.level[i])] for i in some]

    def branches(self, depth):
        """Return the lines from the middle of each group down to those of its children."""
        middle = self.edges[:, [0, 2]].mean(axis=1)
        children = np.flatnonzero((self.level > 0) & (self.level <= depth))
        above = self.parent[children]
        starts = np.column_stack([middle[above], self.level[above] + HALF])
        ends = np.column_stack([middle[children], self.level[children] - HALF])
        return np.stack([starts, ends], axis=1)


@cache
def _trees_by_size():
    """Return {size: [groups of the tree of each draw]}; each tree is fitted once, and then cut."""
    votes, party = load_house_votes()
    rng = np.random.default_rng(0)
    trees = {size: [] for size in SIZES}
    for _ in range(N_DRAWS):
        order = rng.permutation(len(party))
        held_out, pool = order[:N_HELD_OUT], order[N_HELD_OUT:]
        others = _rows(votes, held_out), party[held_out]
        for size in SIZES:
            tree = DecisionTree().fit(_rows(votes, pool[:size]), party[pool[:size]])
            depths = np.minimum(DEPTHS, tree.depth)
            missed = [1 - tree.accuracy(*others, max_depth=d) for d in range(depths[-1] + 1)]
            trees[size].append(_groups(tree.root, np.array(missed)[depths]))
    return trees


def _groups(root, missed):
    """Lay out the groups of a tree: children below their parent, the more democrats to the left."""
    n = root.counts.sum()
    found, waiting = [], [(root, "", 0, 0, 0)]
    while waiting:
        node, answer, above, level, left = waiting.pop()
        here, (first, second) = len(found), _by_party(node)
        edges = left, left + first, left + first + second
        found.append((level, above, not node.children, answer, edges))
        children = sorted(node.children.items(), key=_share_of_democrats, reverse=True)
        for answer, child in children:
            waiting.append((child, answer, here, level + 1, left))
            left += child.counts.sum()
    level, parent, is_leaf, answer, edges = map(np.array, zip(*found, strict=True))
    places = edges / n + _apart(edges, is_leaf)
    groups = Groups(level, parent, is_leaf, answer, places, [], missed)
    fewer = np.diff(edges).min(axis=1)  # those whose party is not the group's
    return groups._replace(mistaken=[fewer[groups.ends_at(d)].sum() / n for d in DEPTHS])


def _apart(edges, is_leaf):
    """Return how far each group is moved, (k, 1): leaves apart, the others above their leaves."""
    begins = np.sort(edges[is_leaf, 0])
    first = np.searchsorted(begins, edges[:, 0])  # the number of its first and of its last leaf
    last = np.searchsorted(begins, edges[:, 2]) - 1
    return GAP / 2 * (first + last - len(begins) + 1)[:, None]


def _by_party(node):
    return np.bincount(node.classes, node.counts, minlength=2).astype(int)


def _share_of_democrats(child):
    first, second = _by_party(child[1])
    return first / (first + second)


def _rows(table, rows):
    return {name: column[rows] for name, column in table.items()}


def _boxes(axes, gid, colour, **style):
    style |= {"facecolors": colour, "linewidths": 0, "zorder": 2}
    return axes.add_collection(PolyCollection([], gid=gid, **style))


def _outline(left, right, row):
    return [(left, row - HALF), (right, row - HALF), (right, row + HALF), (left, row + HALF)]
