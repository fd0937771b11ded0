"""Intervals that keep a promise."""

from functools import lru_cache

import numpy as np

from ...probability import Binomial
from ...statistics import confidence_interval
from .._engine.explorer import Explorer, canvas, choice, explorer, slider, stops
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION

SHARES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]


@explorer
def coverage() -> Explorer:
    """Draw a hundred samples and their intervals, and count which contain the mean."""
    figure, (left, right) = canvas(2, height=5.0, width_ratios=[1.7, 1])
    rng = np.random.default_rng(8)
    draws = {
        "normal": rng.standard_normal((100, 40)),
        "skewed (exponential)": rng.exponential(1, (100, 40)) - 1,
    }
    left.set(xlim=(-3, 3), ylim=(-1, 100), title="100 samples, an interval from each")
    left.set(xlabel="standard deviations from the population's mean", ylabel="sample")
    edge = {"linestyle": "", "color": BLUE, "markersize": 3.5, "clip_on": False}
    beyond = [left.plot([], [], marker, **edge, gid="beyond")[0] for marker in "<>"]
    left.axvline(0, color=INK, linewidth=1.2)
    (hits,) = left.plot([], [], color=BLUE, linewidth=1.4, gid="hits")
    (misses,) = left.plot([], [], color=VERMILION, linewidth=2.4, gid="misses")
    (centres,) = left.plot([], [], "D", color=VERMILION, markersize=4, gid="centres")
    right.set(xlim=(0.45, 1.02), ylim=(0.35, 1.03), title="asked and kept")
    right.set(xlabel="confidence asked", ylabel="share of intervals with the mean inside")
    (band,) = right.plot([], [], color=PALE, linewidth=9, solid_capstyle="butt", gid="luck")
    right.plot([0, 1], [0, 1], color=GREY, linewidth=1.2, linestyle="--")
    right.text(
        1.01,
        0.37,
        "grey: where luck stays\nat least 95% of the time",
        color=GREY,
        ha="right",
        zorder=1,
    )
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=10, gid="dot")
    count = right.text(0.47, 1.0, "", va="top", fontweight="bold", gid="count")

    @lru_cache(maxsize=1)
    def intervals(confidence, n, population):
        samples = draws[population][:, :n]
        ends = np.array([confidence_interval(sample, confidence) for sample in samples])
        return ends, (ends[:, 0] <= 0) & (ends[:, 1] >= 0)

    luck = {  # how many of 100 keep a promise that is true
        share: Binomial(100, share).quantile([0.025, 0.975]).astype(int) for share in SHARES
    }

    def update(confidence, n, population):
        ends, kept = intervals(confidence, n, population)
        low, high = luck[confidence]
        band.set_data([confidence] * 2, [low / 100, high / 100])
        hits.set_data(*_bars(ends[kept], np.flatnonzero(kept)))
        misses.set_data(*_bars(ends[~kept], np.flatnonzero(~kept)))
        centres.set_data(ends[~kept].mean(axis=1), np.flatnonzero(~kept))
        for artist, x, is_out in zip(beyond, (-3, 3), (ends < -3, ends > 3), strict=True):
            rows = np.flatnonzero(is_out.any(axis=1))
            artist.set_data(np.full(len(rows), x), rows)
        dot.set_data([confidence], [kept.mean()])
        count.set_text(f"{kept.sum()} of 100\nluck: {low} to {high}")
        return hits, misses, centres, *beyond, band, dot, count

    def describe(confidence, n, population):
        ends, kept = intervals(confidence, n, population)
        width = np.median(ends[:, 1] - ends[:, 0])
        low, high = luck[confidence]
        amount = "fewer than" if kept.sum() < low else "more than" if kept.sum() > high else "as"
        return (
            f"{kept.sum()} of 100 intervals of {100 * confidence:.3g}% contain the mean, {amount} "
            f"luck allows; samples of {n}, {population.split()[0]}, median width {width:.2f}."
        )

    return Explorer(
        figure,
        update,
        describe,
        confidence=stops([(f"{100 * c:g}%", c) for c in SHARES], start=0.95, label="confidence"),
        n=slider(3, 40, start=5, label="observations in a sample"),
        population=choice(list(draws), start="normal", label="population"),
    )


def _bars(ends, heights):
    """Return one line that draws each interval at its height, with gaps between them."""
    x = np.column_stack([ends, np.full(len(ends), np.nan)])
    return x.ravel(), np.repeat(heights, 3)
