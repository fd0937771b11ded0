"""Two groups whose labels are dealt again: p is counted."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import PolyCollection

from ...statistics import t_test
from .._engine.controls import slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION
from .._engine.units import exact_ticks, given_together
from .tests_groups import DEALS, beside, course_study, deal, own_study

HIGHEST = 0.77  # of the highest stack, as a share of the panel
TOP = 0.83  # where your own difference is taken hold of
PLACES = {"b": 0.0, "a": 1.0}  # of the groups as they are
ROUNDING = 1e-9  # of the farthest difference
AGAIN = 2.4  # so much further right they stand once more, as they were dealt


@explorer
def p_value(a=None, b=None) -> Explorer:
    """Deal the labels of two groups again, a thousand times, and count how many are as far apart.

    Parameters
    ----------
    a, b : array_like, shapes (n_a,) and (n_b,), optional
        Your own two groups, in one unit, from 2 to 10 000 numbers in each. The figure begins
        with them as they are; then group a is moved, the gaps of both to their means are
        stretched, or each number is counted several times.

    Raises
    ------
    TypeError, ValueError
        If only one group is given, one is no 1-D array of finite numbers, or nothing varies
        within them.

    Examples
    --------
    >>> explorer = p_value([85, 87, 82, 86, 88, 85, 87], [78, 82, 79, 81, 80, 83])
    """
    study = own_study(a, b) if given_together(a, "a", b, "b") else course_study()
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1, 1.25])
    left.set(xlim=(-0.6, AGAIN + 1.6), ylim=study.limits, title=study.title, ylabel=study.ylabel)
    left.set_xticks(
        [0, 0.5, 1, AGAIN, AGAIN + 0.5, AGAIN + 1],
        ["b", "\nas they are ▼", "a", "b", "\nlast deal of labels ◆", "a"],
    )
    left.grid(axis="x", visible=False)
    left.tick_params(axis="x", length=0)
    left.axvline(AGAIN / 2 + 0.5, color=PALE, linewidth=1, zorder=1)
    exact_ticks(left, "y")
    style = {"markersize": 5, "alpha": 0.8}
    low, again_low = (
        left.plot([], [], "s", color=GREY, gid=gid, **style)[0] for gid in ("group b", "dealt b")
    )
    high, again_high = (
        left.plot([], [], "o", color=BLUE, gid=gid, **style)[0] for gid in ("group a", "dealt a")
    )
    (means,) = left.plot([], [], "_", color=INK, markersize=26, markeredgewidth=2.5, gid="means")

    right.set(xlim=(-study.reach, study.reach), ylim=(0, 1), yticks=[])
    right.set(title="where each deal falls", xlabel=study.xlabel)
    right.spines["left"].set_visible(False)  # heights are read by no scale: p is counted
    near, far = (
        right.add_collection(PolyCollection([], facecolors=colour, linewidths=0, gid=gid))
        for colour, gid in ((PALE, "nearer"), (VERMILION, "as far"))
    )
    (border,) = right.plot([], [], ":", color=INK, linewidth=1.5, gid="border")
    (yours,) = right.plot([], [], "v", color=INK, markersize=11, clip_on=False, gid="yours")
    (last,) = right.plot([], [], "D", color=INK, markersize=5, clip_on=False, gid="last")
    note = {"ha": "right", "color": VERMILION}
    right.text(
        0.98 * study.reach, 0.95, "p = the share on or outside the dotted lines", zorder=0.9, **note
    )
    words = right.text(0.98 * study.reach, 0.885, "", gid="p", fontweight="bold", **note)

    @lru_cache(maxsize=1)
    def groups(difference, spread, *size):
        a, b = study.groups(difference, spread, *size)
        return a, b, t_test(a, b).p

    @lru_cache(maxsize=2)
    def deals_of(*size):
        gaps_a, gaps_b = study.gaps(*size)
        in_a, n_a = study.drawn(gaps_a, *size), len(gaps_a)
        seen = np.concatenate([in_a, n_a + study.drawn(gaps_b, *size)])
        moves, labels = deal(gaps_a, gaps_b)
        return moves, labels[:, seen], seen, len(in_a)

    @lru_cache(maxsize=1)
    def dealt(difference, spread, *size):
        """Return by how much each deal puts the means apart, and whether it is as far as yours."""
        a, b, _ = groups(difference, spread, *size)
        apart = float(a.mean() - b.mean())
        differences = deals_of(*size)[0] @ [apart, spread]
        return apart, differences, _as_far(differences, apart)

    def update(difference, spread, deals, **size):
        state = difference, spread, *size.values()
        a, b, _ = groups(*state)
        apart, differences, as_far = dealt(*state)
        _, hands, seen, n_seen = deals_of(*size.values())
        in_hand, all_numbers = hands[deals - 1], np.concatenate([a, b])
        for points, again, group, is_here in (
            (high, again_high, "a", slice(n_seen)),
            (low, again_low, "b", slice(n_seen, None)),
        ):
            numbers = all_numbers[seen[is_here]]
            aside = beside(len(numbers))
            points.set_data(PLACES[group] + aside, numbers)
            again.set_data(AGAIN + in_hand[is_here] + aside, numbers)
        middle, share = all_numbers.mean(), len(a) / len(all_numbers)
        now = differences[deals - 1]
        dealt_means = middle - share * now, middle + (1 - share) * now
        means.set_data([0, 1, AGAIN, AGAIN + 1], [b.mean(), a.mean(), *dealt_means])

        x, level, width, each = _stacks(differences, apart, as_far)
        fallen = np.arange(DEALS) < deals
        for bars, here in ((near, fallen & ~as_far), (far, fallen & as_far)):
            bars.set_verts(_bars(x[here], 0.92 * width, each))
        border.set_data([-apart, -apart, np.nan, apart, apart], [0, TOP - 0.03, 0, 0, TOP - 0.03])
        yours.set_data([apart], [TOP])
        last.set_data([x[deals - 1]], [(level[deals - 1] + 0.5) * each])
        count = as_far[:deals].sum()
        words.set_text(f"{count:,} of {deals:,}")
        return low, high, again_low, again_high, means, near, far, border, yours, last, words

    def describe(difference, spread, deals, **size):
        state = difference, spread, *size.values()
        a, b, by_formula = groups(*state)
        count = dealt(*state)[2][:deals].sum()
        return (
            f"{study.opening(a, b, spread, *size.values())}; as far: {count} of {deals} deals, "
            f"{_p(count / deals)} (formula {_p(by_formula).removeprefix('p = ')})."
        )

    def mean_of_a(difference, **_):
        return 1, study.mean_of_b + difference

    def stretched(spread, difference, deals, **size):
        at, gap, in_a = study.farthest(*size.values())
        return at + in_a, study.mean_of_b + in_a * difference + spread * gap

    def stretch(x, y, difference, spread, deals, **size):
        _, gap, in_a = study.farthest(*size.values())
        return {"spread": (y - study.mean_of_b - in_a * difference) / gap}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                mean_of_a,
                lambda x, y, **_: {"difference": y - study.mean_of_b},
                "mean of a",
            ),
            Handle(left, stretched, stretch, study.far_label),
            Handle(
                right,
                lambda difference, **_: (difference, TOP),
                lambda x, y, **_: {"difference": x},
                "difference of your groups",
            ),
        ],
        play="deals",
        stills=study.stills,
        **study.controls,
        deals=slider(4, DEALS, start=DEALS, step=4, label="deals (the first is yours)"),
    )


def _as_far(differences, apart):
    """Say of each difference whether it is at least as far from 0, up to rounding."""
    return np.abs(differences) >= abs(apart) - ROUNDING * np.abs(differences).max()


def _stacks(differences, apart, as_far):
    """Return where each deal comes to lie: its stack, its level there, and the size of a deal.

    The stacks have their edges at your own difference and its mirror image, so that each is
    of one kind.
    """
    width, apart = 0.22 * differences.std(), abs(apart)
    if apart < ROUNDING * np.abs(differences).max():
        apart = 0.0
    if 2 * apart > width:
        width = 2 * apart / (2 * round(apart / width - 0.5) + 1)  # one of the stacks is about 0
    out = np.maximum(np.abs(differences) - apart, 0) / width + 1e-6
    x = np.copysign(apart + width * (np.floor(out) + 0.5), differences)
    inner = min(width, 2 * apart) or width
    middle = inner * np.round(differences / inner)
    x = np.where(as_far & (apart > 0), x, middle).round(9)
    _, stack, size = np.unique(x, return_inverse=True, return_counts=True)
    order = np.argsort(stack, kind="stable")
    level = np.empty(len(x), dtype=int)
    level[order] = np.arange(len(x)) - np.repeat(size.cumsum() - size, size)
    return x, level, width, HIGHEST / size.max()


def _bars(x, width, each):
    """Return the corners of a bar for each stack, as high as deals lie in it."""
    middle, size = np.unique(x, return_counts=True)
    left, right, top = middle - width / 2, middle + width / 2, size * each
    floor = 0 * top
    return np.stack([[left, floor], [left, top], [right, top], [right, floor]]).transpose(2, 0, 1)


def _p(p):
    return f"p = {p:.2g}" if p > 0 else "p < 1e-300"
