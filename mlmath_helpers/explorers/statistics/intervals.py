"""Intervals that keep a promise."""

from functools import lru_cache

import numpy as np

from ..._numbers import corrected_mean, power_of_two
from ...probability import Binomial
from ...statistics import confidence_interval
from .._engine.controls import choice, slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, PALE, VERMILION
from .._engine.units import own_numbers, refuse_no_room, short, spread_of

SHARES = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]


@explorer
def coverage(population=None) -> Explorer:
    """Draw a hundred samples and their intervals, and count which contain the mean.

    Parameters
    ----------
    population : array_like, shape (n,), optional
        Your own population, in any unit, at least two numbers that are not all equal. Each
        observation is drawn from all of it anew. The course's populations stay in the menu.

    Raises
    ------
    TypeError, ValueError
        If ``population`` is not a 1-D array of finite numbers that spread.

    Examples
    --------
    >>> explorer = coverage([0, 0, 0, 0, 0, 0, 0, 0, 0, 10], n=20)
    """
    rng = np.random.default_rng(8)
    draws = {
        "normal": rng.standard_normal((100, 40)),
        "skewed (exponential)": rng.exponential(1, (100, 40)) - 1,
    }
    label, lowest, unit = "standard deviations from the population's mean", 0.35, ""
    start = "normal"
    stills = ({"confidence": 0.8}, {"n": 3}, {"kind": "skewed (exponential)"})
    if population is not None:
        standard, mean, sd = _standardised(population)
        start, stills = f"yours ({len(standard)} values)", ({"n": 40}, {"kind": "normal"})
        draws = {start: rng.choice(standard, (100, 40))} | draws
        label, lowest, unit = f"standard deviations ({sd}) from the mean ({mean})", -0.03, " sd"

    figure, (left, right) = canvas(2, height=5.0, width_ratios=[1.7, 1])
    left.set(xlim=(-3, 3), ylim=(-1, 100), title="100 samples, an interval from each")
    left.set(xlabel=label, ylabel="sample")
    edge = {"linestyle": "", "color": BLUE, "markersize": 3.5, "clip_on": False}
    beyond = [left.plot([], [], marker, **edge, gid="beyond")[0] for marker in "<>"]
    left.axvline(0, color=INK, linewidth=1.2)
    (hits,) = left.plot([], [], color=BLUE, linewidth=1.4, gid="hits")
    (misses,) = left.plot([], [], color=VERMILION, linewidth=2.4, gid="misses")
    (centres,) = left.plot([], [], "D", color=VERMILION, markersize=4, gid="centres")
    right.set(xlim=(0.45, 1.02), ylim=(lowest, 1.03), title="asked and kept")
    right.set(xlabel="confidence asked", ylabel="share of intervals with the mean inside")
    (band,) = right.plot([], [], color=PALE, linewidth=9, solid_capstyle="butt", gid="luck")
    right.plot([0, 1], [0, 1], color=GREY, linewidth=1.2, linestyle="--")
    right.text(
        1.01,
        lowest + 0.02,
        "grey: where luck stays\nat least 95% of the time",
        color=GREY,
        ha="right",
        zorder=1,
    )
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=10, gid="dot")
    count = right.text(0.47, 1.0, "", va="top", fontweight="bold", gid="count")

    @lru_cache(maxsize=1)
    def intervals(confidence, n, kind):
        samples = draws[kind][:, :n]
        ends = np.array([confidence_interval(sample, confidence) for sample in samples])
        return ends, (ends[:, 0] <= 0) & (ends[:, 1] >= 0)

    luck = {  # how many of 100 keep a promise that is true
        share: Binomial(100, share).quantile([0.025, 0.975]).astype(int) for share in SHARES
    }

    def update(confidence, n, kind):
        ends, kept = intervals(confidence, n, kind)
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

    def describe(confidence, n, kind):
        ends, kept = intervals(confidence, n, kind)
        width = np.median(ends[:, 1] - ends[:, 0])
        low, high = luck[confidence]
        amount = "fewer than" if kept.sum() < low else "more than" if kept.sum() > high else "as"
        return (
            f"{kept.sum()} of 100 intervals of {100 * confidence:.3g}% contain the mean, {amount} "
            f"luck allows; samples of {n}, {kind.split()[0]}, median width {width:.2f}{unit}."
        )

    def asked_and_kept(confidence, n, kind):
        return confidence, intervals(confidence, n, kind)[1].mean()

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(right, asked_and_kept, lambda x, *_, **__: {"confidence": x}, "confidence asked")
        ],
        stills=stills,
        confidence=stops([(f"{100 * c:g}%", c) for c in SHARES], start=0.95, label="confidence"),
        n=slider(3, 40, start=5, label="observations in a sample"),
        kind=choice(list(draws), start=start, label="population"),
    )


def _standardised(population):
    """Return a population of mean 0 and standard deviation 1, and what these were, in words."""
    values = own_numbers(population, "population")
    if (values == values[0]).all():
        raise ValueError(
            f"population is {values[0]:g} in every entry: each sample would be the same; "
            "give numbers that vary"
        )
    refuse_no_room(spread_of(values), np.abs(values).max(), "population")
    scale = power_of_two(values)  # then no square overflows
    mean = corrected_mean(values / scale)
    gaps = values / scale - mean
    sd = np.sqrt((gaps**2).mean())
    # A value at the mean is 0, not 1e-17: a sample of it alone has an interval of no width.
    return (gaps / sd).round(12) + 0.0, short(scale * mean), short(scale * sd)


def _bars(ends, heights):
    """Return one line that draws each interval at its height, with gaps between them."""
    x = np.column_stack([ends, np.full(len(ends), np.nan)])
    return x.ravel(), np.repeat(heights, 3)
