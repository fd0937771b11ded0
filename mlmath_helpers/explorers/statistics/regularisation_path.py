"""The weights of ten measurements as a penalty grows, and what becomes of the error."""

from functools import partial

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ...datasets import load_diabetes
from ...statistics import lasso_path, linear_regression, ridge_regression
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, VERMILION, shape
from .regularisation import LASSO, PENALISED, in_words

NAMES_AT, END = 4.55, 7.0  # of the names, from where to where
LINE = 10.5  # so high a name is, in units of a weight
COUNTS = -178.0, -143.0  # where none and where all weights are left, below the weights


@explorer
def regularization_path() -> Explorer:
    """All weights against alpha, and the error on patients that were held out."""
    figure, (left, right) = canvas(2, height=4.8, width_ratios=[1.55, 1])
    diabetes = load_diabetes()
    order = np.random.default_rng(0).permutation(len(diabetes.y))
    X, y = diabetes.X[order], diabetes.y[order]
    train, test = slice(0, 60), slice(60, None)
    X = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    best = linear_regression(X[train], y[train])
    logs = np.linspace(0, 4.4, 221)  # the stops of the slider
    lasso, ridge = PENALISED
    paths = {
        lasso: lasso_path(X[train], y[train], 10**logs).weights[::-1],
        ridge: np.array([ridge_regression(X[train], y[train], 10**x) for x in logs]),
    }
    kept = {name: path[:, 1:] != 0 for name, path in paths.items()}  # (221, 10)
    deaths = {name: _deaths(logs, alive) for name, alive in kept.items()}
    fans = {
        name: np.array([np.column_stack([logs, line]) for line in path.T[1:]])
        for name, path in paths.items()
    }

    def stop(log_alpha):
        return np.abs(logs - log_alpha).argmin()

    def errors(w):
        return [_root_mean_square(y[part] - w[0] - X[part] @ w[1:]) for part in (train, test)]

    left.set(xlim=(-0.1, END), ylim=(-186, 92), title="weights of 10 measurements")
    left.set(xticks=range(5), yticks=[-100, -50, 0, 50], ylabel="score per standard deviation")
    left.set_xlabel("log10 of the penalty alpha", loc="left")
    left.spines["bottom"].set_bounds(-0.1, 4.5)  # names stand beside the axes, counts below
    left.spines["left"].set_bounds(-110, 92)
    beside = left.axvspan(4.5, END, color="white", linewidth=0, zorder=0.8)  # hides the grid
    beside.set_gid("beside")
    left.plot([-0.1, 4.5], [0, 0], color=GREY, linewidth=1, zorder=0.9)
    left.text(0.0, COUNTS[1] + 3, "how many are left", color=GREY, fontsize=9, zorder=1)
    leaders = left.add_collection(LineCollection([], linewidths=0.8, gid="leaders"))
    leaders.set(colors=PALE)  # in colours of their own they would take too many for a palette
    fan = left.add_collection(LineCollection([], linewidths=2, gid="weights"))
    colours = [(BLUE, VERMILION, GREEN, PURPLE, ORANGE)[j % 5] for j in range(10)]
    styles = [("-", "--")[j // 5] for j in range(10)]
    fan.set(colors=colours, linestyles=styles)
    (here,) = left.plot([], [], color=INK, linewidth=1.2, linestyle=":", gid="alpha")
    (ends,) = left.plot([], [], "o", color=INK, markersize=4, gid="now")
    look = {"markerfacecolor": "white", "markeredgecolor": INK, "markersize": 7}
    (died,) = left.plot([], [], "o", gid="deaths", zorder=4, **look)
    strip = shape(left, GREY, gid="left", linewidth=0, facecolor=PALE)
    words = partial(left.text, NAMES_AT + 0.07, va="center")
    count = left.text(0, np.mean(COUNTS), "", va="center", fontweight="bold", gid="count")
    places = _apart(best[1:], LINE)
    for name, place in zip(diabetes.names, places, strict=True):
        words(place, name, fontsize=8.5, gid="name", zorder=1)
    veils = left.add_collection(PolyCollection([], facecolors="#FFFFFFA0", gid="veils"))
    veils.set(linewidth=0, zorder=2)

    right.set(xlim=(-0.1, 4.5), ylim=(0, 85), title="error, one split of 442")
    right.set(xlabel="log10 of the penalty alpha", ylabel="root mean square (score)")
    (seen,) = right.plot([], [], "--", color=GREY, gid="seen")
    (unseen,) = right.plot([], [], color=VERMILION, gid="held out")
    right.text(0, 45, "60 fitted", color=GREY, zorder=1)
    right.text(0, 62, "382 held out", color=VERMILION, zorder=1)
    ring = {"markerfacecolor": "white", "markeredgewidth": 2, "markersize": 9}
    (least,) = right.plot([], [], "o", color=VERMILION, gid="least", **ring)
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=10, gid="dot", clip_on=False)
    curves = {name: np.array([errors(w) for w in path]) for name, path in paths.items()}
    lowest = {name: curve[:, 1].argmin() for name, curve in curves.items()}
    valleys = {name: np.array([[logs[i], curves[name][i, 1]]]) for name, i in lowest.items()}
    without = errors(best)[1]

    def update(log_alpha, penalty):
        passed = slice(stop(log_alpha) + 1)  # the curves grow as alpha does
        w, alive = paths[penalty][stop(log_alpha), 1:], kept[penalty][passed]
        fan.set_segments(fans[penalty][:, passed])
        here.set_data([log_alpha, log_alpha], [-110, 75])
        ends.set_data(np.full(10, log_alpha), np.where(alive[-1], w, np.nan))
        died.set_data(*deaths[penalty][deaths[penalty][:, 0] <= log_alpha + 1e-9].T)
        across = np.array([[log_alpha, NAMES_AT]] * 10)
        ways = np.stack([across, np.column_stack([w, places])], axis=2)  # (10, 2, 2)
        leaders.set_segments(np.where(alive[-1][:, None, None], ways, np.nan))
        veils.set_verts([_box(place) for place in places[~alive[-1]]])
        none, all_ten = COUNTS
        heights = none + (all_ten - none) * alive.sum(axis=1) / 10
        strip.set_xy(_steps(logs[passed], heights, none))
        count.set_text(f"{alive[-1].sum()} of 10")
        count.set_x(log_alpha + 0.1)
        seen.set_data(logs[passed], curves[penalty][passed, 0])
        unseen.set_data(logs[passed], curves[penalty][passed, 1])
        dot.set_data([log_alpha], [curves[penalty][stop(log_alpha), 1]])
        least.set_data(*valleys[penalty][valleys[penalty][:, 0] < log_alpha - 1e-9].T)
        return leaders, fan, here, ends, died, strip, count, veils, seen, unseen, least, dot

    def describe(log_alpha, penalty):
        train_error, test_error = curves[penalty][stop(log_alpha)]
        return (
            f"At alpha {in_words(log_alpha)} the {penalty.split()[0]} keeps "
            f"{kept[penalty][stop(log_alpha)].sum()} of 10 weights: error {train_error:.1f} "
            f"fitted, {test_error:.1f} held out ({without:.1f} without a penalty)."
        )

    def held_out(log_alpha, penalty):
        return log_alpha, curves[penalty][stop(log_alpha), 1]

    def to_alpha(x, y, **_):
        return {"log_alpha": x}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, lambda log_alpha, **_: (log_alpha, -20), to_alpha, "alpha"),
            Handle(right, held_out, to_alpha, "error on those held out"),
        ],
        play="log_alpha",
        stills=(
            {"log_alpha": 1.7},
            {"log_alpha": 3.0},
            {"log_alpha": 1.0, "penalty": ridge},
            {"log_alpha": 3.0, "penalty": ridge},
        ),
        log_alpha=slider(0.0, 4.4, start=0.6, step=0.02, label="log10 of alpha"),
        penalty=choice(list(PENALISED), start=LASSO, label="penalty"),
    )


def _deaths(logs, alive):
    """Return where on the axis a weight that was in is 0 for the first time, (deaths, 2)."""
    steps, _ = np.nonzero(alive[:-1] & ~alive[1:])
    return np.column_stack([logs[steps + 1], np.zeros(len(steps))])


def _apart(heights, gap):
    """Return the heights nearest to these that are all a gap apart, in the same order.

    Those that are too near make a group about their mean (monotone regression: of all means
    from i to j the largest, over i, of the smallest, over j).
    """
    n, order = len(heights), np.argsort(heights, kind="stable")
    sums = np.concatenate([[0], np.cumsum(heights[order] - gap * np.arange(n))])
    i, j = np.arange(n)[:, None], np.arange(n)
    means = (sums[j + 1] - sums[i]) / np.maximum(j + 1 - i, 1)  # (n, n)
    smallest = np.where(j >= i, means, np.inf)[:, ::-1]
    smallest = np.minimum.accumulate(smallest, axis=1)[:, ::-1]  # over j or more
    largest = np.maximum.accumulate(np.where(j >= i, smallest, -np.inf), axis=0)
    places = np.empty(n)
    places[order] = largest.diagonal() + gap * np.arange(n)
    return places


def _box(place):
    """Return the corners of the box of a name, which stands at its best weight."""
    low, high = place - LINE / 2, place + LINE / 2
    return [(NAMES_AT, low), (NAMES_AT, high), (END, high), (END, low)]


def _steps(x, heights, floor):
    """Return the outline of a row of columns, each from its x to the next."""
    x = np.append(x, x[-1] + 0.02)
    tops = np.column_stack([np.repeat(x, 2)[1:-1], np.repeat(heights, 2)])
    return np.vstack([(x[0], floor), tops, (x[-1], floor)])


def _root_mean_square(values):
    return float(np.sqrt((values**2).mean()))
