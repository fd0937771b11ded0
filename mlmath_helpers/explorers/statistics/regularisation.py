"""What a penalty does to the weights."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import LineCollection

from ...datasets import load_diabetes
from ...statistics import lasso_path, lasso_regression, linear_regression, ridge_regression
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, CIRCLE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, VERMILION, shape

PENALISED = {"lasso (sum of sizes)": lasso_regression, "ridge (sum of squares)": ridge_regression}
LASSO = next(iter(PENALISED))


@explorer
def penalty_geometry() -> Explorer:
    """Circle and diamond: where the smallest ring meets the set of allowed weights."""
    figure, (left, right) = canvas(2, height=4.6, width_ratios=[1.5, 1])
    diabetes = load_diabetes()
    columns = [diabetes.names.index(name) for name in ("body mass index", "blood pressure")]
    X, y = _standardised(diabetes.X[:, columns]), diabetes.y
    best = linear_regression(X, y)[1:]
    least = _rss(X, y, best)
    to_ring = np.linalg.inv(np.linalg.cholesky(X.T @ X)).T  # a ring: best + radius to_ring circle

    left.set(xlim=(-22, 62), ylim=(-22, 44), aspect="equal")
    left.set_title("rings of equal squares, least at +")
    left.set(xlabel="weight of body mass index", ylabel="weight of blood pressure")
    left.axhline(0, color=PALE, linewidth=1)
    left.axvline(0, color=PALE, linewidth=1)
    for radius in (100, 200, 400, 600, 800):
        left.plot(*_ring(best, to_ring, radius).T, color=PALE, linewidth=1)
    left.plot(*best[:, None], "+", color=INK, markersize=12)
    allowed = shape(left, BLUE, gid="allowed")
    (ring,) = left.plot([], [], color=VERMILION, linewidth=1.5, linestyle="--", gid="ring")
    (walk,) = left.plot([], [], ":", color=INK, linewidth=1.5, gid="walk")
    (dot,) = left.plot([], [], "o", color=VERMILION, markersize=10, gid="weights")

    right.set(xlim=(-0.6, 1.6), ylim=(-5, 40), title="weights (dashed: no penalty)")
    right.set_xticks([0, 1], ["body mass\nindex", "blood\npressure"])
    right.plot([-0.35, 0.35], [best[0]] * 2, color=GREY, linewidth=1.5, linestyle="--")
    right.plot([0.65, 1.35], [best[1]] * 2, color=GREY, linewidth=1.5, linestyle="--")
    bars = right.bar([0, 1], [0, 0], width=0.6, color=[BLUE, GREEN])
    right.axhline(0, color=GREY, linewidth=1)
    last = 4.32  # from 4.3 on both weights of the lasso are 0
    alphas = np.logspace(1.6, last, 60)
    walks = {
        name: np.array([fit(X, y, alpha)[1:] for alpha in alphas])
        for name, fit in PENALISED.items()
    }

    @lru_cache(maxsize=1)
    def fitted(log_alpha, penalty):
        return PENALISED[penalty](X, y, 10**log_alpha)[1:]

    stops = np.arange(round((last - 1.6) / 0.02) + 1) * 0.02 + 1.6
    places = {
        name: np.array([fit(X, y, 10**stop)[1:] for stop in stops])
        for name, fit in PENALISED.items()
    }

    def nearest(to_x, to_y, log_alpha, penalty):
        gaps = np.hypot(*(places[penalty] - (to_x, to_y)).T)
        here = gaps[np.abs(stops - log_alpha).argmin()]
        # Weights that are 0 stay 0 for more than one alpha: there a pull to the same place is none.
        return {"log_alpha": log_alpha if here <= gaps.min() + 1e-6 else stops[gaps.argmin()]}

    def update(log_alpha, penalty):
        w = fitted(log_alpha, penalty)
        if penalty == LASSO:
            corners = np.array([(1, 0), (0, 1), (-1, 0), (0, -1)])
            allowed.set_xy(np.abs(w).sum() * corners)
        else:
            allowed.set_xy(np.sqrt(w @ w) * CIRCLE)
        ring.set_data(*_ring(best, to_ring, np.sqrt(max(_rss(X, y, w) - least, 0))).T)
        passed = walks[penalty][alphas < 10**log_alpha]
        walk.set_data(*np.vstack([best, passed, w]).T)  # from no penalty to this one
        dot.set_data(*w[:, None])
        for bar, height in zip(bars, w, strict=True):
            bar.set_height(height)
        return [allowed, ring, walk, dot, *bars]

    def describe(log_alpha, penalty):
        w = fitted(log_alpha, penalty)
        kept = (w != 0).sum()
        if kept == 0:
            where = "both weights exactly 0 (the diamond is a point)"
        else:
            one, two = (_in_digits(weight) for weight in w)
            place = "on the circle"
            if penalty == LASSO:
                place = "on the diamond's edge" if kept == 2 else "at the diamond's corner"
            where = f"weights {one} and {two} {place}"
        return (
            f"At alpha {_alpha(log_alpha)} the {penalty.split()[0]} has {where}, squares "
            f"{_rss(X, y, w) / least - 1:z.1%} above the least."
        )

    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(left, lambda **values: fitted(**values), nearest, "weights")],
        log_alpha=slider(1.6, last, start=3.9, step=0.02, label="log10 of alpha"),
        penalty=choice(list(PENALISED), start=LASSO, label="penalty"),
    )


def _alpha(log_alpha):
    """Return alpha as a whole number, or to three digits where it is small."""
    alpha = 10**log_alpha
    return f"{alpha:.0f}" if alpha >= 100 else f"{alpha:.3g}"


def _in_digits(weight):
    """Return one decimal, and more where that would look like 0."""
    if weight == 0:
        return "exactly 0"
    return f"{weight:.1f}" if abs(weight) >= 0.05 else f"{weight:.1g}"


def _standardised(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)


def _rss(X, y, w):
    return float(((y - y.mean() - X @ w) ** 2).sum())


def _ring(centre, to_ring, radius):
    return centre + radius * CIRCLE @ to_ring.T


@explorer
def regularization_path() -> Explorer:
    """All weights against alpha, and the error on patients that were held out."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.3, 1])
    diabetes = load_diabetes()
    order = np.random.default_rng(0).permutation(len(diabetes.y))
    X, y = diabetes.X[order], diabetes.y[order]
    train, test = slice(0, 60), slice(60, None)
    X = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    logs = np.linspace(0, 4.4, 221)  # the stops of the slider
    paths = {
        LASSO: lasso_path(X[train], y[train], 10**logs).weights[::-1],
        "ridge (sum of squares)": np.array(
            [ridge_regression(X[train], y[train], 10**x) for x in logs]
        ),
    }

    def stop(log_alpha):
        return np.abs(logs - log_alpha).argmin()

    def errors(w):
        return [_root_mean_square(y[part] - w[0] - X[part] @ w[1:]) for part in (train, test)]

    fans = {
        name: np.array([np.column_stack([logs, line]) for line in path.T[1:]])
        for name, path in paths.items()
    }
    left.set(xlim=(-0.1, 4.5), ylim=(-110, 90), title="weights of 10 standardised measurements")
    left.set(xlabel="log10 of alpha", ylabel="weight (score per standard deviation)")
    left.axhline(0, color=GREY, linewidth=1)
    fan = left.add_collection(LineCollection([], linewidths=1.5, gid="weights"))
    colours = [(BLUE, VERMILION, GREEN, PURPLE, ORANGE)[j % 5] for j in range(10)]
    styles = [("-", "--")[j // 5] for j in range(10)]
    fan.set(colors=colours, linestyles=styles)
    for j, (colour, style, name) in enumerate(zip(colours, styles, diabetes.names, strict=True)):
        start, row = 1.45 + 1.6 * (j // 5), -38 - 15 * (j % 5)  # where no weight comes
        look = {"color": colour, "linestyle": style, "linewidth": 1.5, "zorder": 1}
        left.plot([start, start + 0.3], [row, row], **look)
        left.text(start + 0.36, row, name, fontsize=7.5, va="center", zorder=1)
    (here,) = left.plot([], [], color=INK, linewidth=1.2, linestyle=":", gid="alpha")
    (ends,) = left.plot([], [], "o", color=INK, markersize=4, gid="now")
    largest = left.text(4.45, 82, "", ha="right")

    right.set(xlim=(-0.1, 4.5), ylim=(35, 85), title="error of the prediction")
    right.set(xlabel="log10 of alpha", ylabel="root mean square (score)")
    (seen,) = right.plot([], [], "--", color=GREY, gid="seen")
    (unseen,) = right.plot([], [], color=VERMILION, gid="held out")
    right.text(0, 37, "dashed: 60 patients fitted", color=GREY, zorder=1)
    right.text(0, 81, "line: 382 patients held out", color=VERMILION, zorder=1)
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=10, gid="dot", clip_on=False)
    curves = {name: np.array([errors(w) for w in path]) for name, path in paths.items()}
    without = errors(linear_regression(X[train], y[train]))[1]

    def update(log_alpha, penalty):
        passed = slice(stop(log_alpha) + 1)  # the curves grow as alpha does
        w = paths[penalty][stop(log_alpha)]
        fan.set_segments(fans[penalty][:, passed])
        here.set_data([log_alpha, log_alpha], [-110 if log_alpha < 1.6 else -28, 75])
        ends.set_data(np.full(10, log_alpha), w[1:])
        top = np.argmax(np.abs(w[1:]))
        largest.set_text(f"largest: {diabetes.names[top]}" if w[1 + top] else "all weights are 0")
        seen.set_data(logs[passed], curves[penalty][passed, 0])
        unseen.set_data(logs[passed], curves[penalty][passed, 1])
        dot.set_data([log_alpha], [curves[penalty][stop(log_alpha), 1]])
        return fan, here, ends, largest, seen, unseen, dot

    def describe(log_alpha, penalty):
        w = paths[penalty][stop(log_alpha)]
        train_error, test_error = curves[penalty][stop(log_alpha)]
        return (
            f"At alpha {_alpha(log_alpha)} the {penalty.split()[0]} keeps "
            f"{(w[1:] != 0).sum()} of 10 weights: error {train_error:.1f} fitted, "
            f"{test_error:.1f} held out ({without:.1f} without a penalty)."
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
        log_alpha=slider(0.0, 4.4, start=0.6, step=0.02, label="log10 of alpha"),
        penalty=choice(list(PENALISED), start=LASSO, label="penalty"),
    )


def _root_mean_square(values):
    return float(np.sqrt((values**2).mean()))
