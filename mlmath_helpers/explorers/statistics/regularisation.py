"""Circle and diamond: what a penalty does to two weights."""

from functools import lru_cache

import numpy as np

from ...datasets import load_diabetes
from ...statistics import lasso_regression, linear_regression, ridge_regression
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, CIRCLE, GREEN, GREY, INK, PALE, VERMILION, shape

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
            f"At alpha {in_words(log_alpha)} the {penalty.split()[0]} has {where}, squares "
            f"{_rss(X, y, w) / least - 1:z.1%} above the least."
        )

    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(left, lambda **values: fitted(**values), nearest, "weights")],
        stills=(
            {"log_alpha": 3.0},
            {"log_alpha": 4.2},
            {"log_alpha": 4.2, "penalty": "ridge (sum of squares)"},
        ),
        log_alpha=slider(1.6, last, start=3.9, step=0.02, label="log10 of alpha"),
        penalty=choice(list(PENALISED), start=LASSO, label="penalty"),
    )


def in_words(log_alpha):
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
