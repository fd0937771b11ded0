"""The slider figures of chapter 3: those of likelihood, and the names of all the others."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from matplotlib.spines import Spine
from matplotlib.text import Text

from ..datasets import load_coal_disasters
from ..distributions import Empirical, Exponential, Normal
from ..probability import log_likelihood, mle_exponential, mle_normal
from .bayes import base_rate, odds
from .distributions import distributions
from .explorer import Explorer, canvas, in_course_style, slider
from .plane import BLUE, GREEN, GREY, INK, PALE, VERMILION

__all__ = ["base_rate", "coal_rate", "distributions", "likelihood", "odds"]

DAYS_A_YEAR = 365.25


@in_course_style
def coal_rate() -> Explorer:
    """Two rates of mine disasters, one before a year and one after it: which year fits best.

    The curve of the log-likelihood ends at the chosen year: the rest is for the learner to find.
    """
    years, gaps = load_coal_disasters()
    ends = years[1:]  # gap i ends here, and belongs to the side of its end
    one_rate = log_likelihood(Exponential(mle_exponential(gaps)), gaps)
    splits = {year: _two_rates(gaps, ends < year) for year in range(1856, 1958)}
    totals = np.array([total for *_, total in splits.values()])
    highest = np.maximum.accumulate(totals)  # of the years up to each
    first_year = min(splits)

    def spread(sample):
        """Return the standard deviation as a multiple of the mean: 1 of an exponential."""
        fit = mle_normal(sample)
        return fit.sigma / fit.mu

    figure, _ = canvas(height=4.4)
    figure.clear()
    axes = figure.subplot_mosaic([["count", "gaps"], ["curve", "gaps"]], width_ratios=[1.25, 1])
    for part in [part for panel in figure.axes for part in panel.get_children()]:
        if isinstance(part, Spine | Text):  # as in canvas: below all that moves
            part.set_zorder(-1)
    count, curve, tail = axes["count"], axes["curve"], axes["gaps"]
    count.set(xlim=(1850, 1963), ylim=(0, 205), title="disasters so far")
    count.step(years, np.arange(1, 192), where="post", color=INK, linewidth=1.2)
    (first,) = count.plot([], [], color=BLUE, linewidth=3, alpha=0.8, gid="first")
    (second,) = count.plot(
        [], [], color=VERMILION, linewidth=3, linestyle="--", alpha=0.8, gid="second"
    )
    first_text = count.text(1852, 172, "", color=BLUE, fontweight="bold")
    second_text = count.text(1962, 20, "", color=VERMILION, fontweight="bold", ha="right")
    curve.set(
        xlim=(1850, 1963),
        ylim=(-1216, -1166),
        xlabel="year of the change (at its start)",
        title="log-likelihood of two rates",
    )
    (so_far,) = curve.plot([], [], color=INK, linewidth=1.5, gid="so far")
    curve.axhline(one_rate, color=GREY, linewidth=1.2, linestyle=":")
    curve.text(
        1962,
        one_rate - 1,
        "one rate for all years",
        color=GREY,
        fontsize=9,
        ha="right",
        va="top",
        zorder=1,
    )
    (stem,) = curve.plot([], [], color=GREEN, linewidth=1.5, linestyle="--", gid="stem")
    (dot,) = curve.plot([], [], "o", color=GREEN, markersize=9, gid="dot")
    tail.set(
        xlim=(0, 1300),
        yscale="log",
        ylim=(0.01, 8),
        xlabel="days from one disaster to the next, x",
    )
    tail.set(title="share of gaps longer than x")
    tail.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    tail.set_yticks([k * part for part in (0.01, 0.1) for k in range(2, 10)], minor=True, labels=[])
    tail.spines.left.set_bounds(0.01, 1)  # above are words
    tail.plot(*_steps(gaps), color=PALE, linewidth=3)
    at_top = {"ha": "right", "va": "center"}  # no share comes as high as that
    tail.text(1290, 6.4, "sd / mean", color=GREY, **at_top, zorder=1)
    ratios = []
    for words, colour, y in [("before", BLUE, 4.1), ("after", VERMILION, 2.65)]:
        look = {"color": colour, "fontweight": "bold", **at_top}
        tail.text(1080, y, words, **look, zorder=1)
        ratios.append(tail.text(1290, y, "", **look, gid=f"sd {words}"))
    tail.text(1080, 1.7, "all years (pale)", color=GREY, **at_top, zorder=1)
    tail.text(1290, 1.7, f"{spread(gaps):.2f}", color=GREY, **at_top, zorder=1, gid="sd of all")
    moving = []
    for colour, style, gid in [(BLUE, "-", "before"), (VERMILION, "--", "after")]:
        (seen,) = tail.plot([], [], color=colour, linewidth=2, linestyle=style, gid=gid)
        (fitted,) = tail.plot(
            [], [], color=colour, linewidth=1.2, linestyle=style, gid=f"{gid} fitted"
        )
        moving.append((seen, fitted))

    def update(year):
        earlier, later, total = splits[year]
        at = earlier.size  # the last disaster before the change is number at + 1
        first.set_data([years[0], years[at]], [1, at + 1])
        second.set_data([years[at], years[-1]], [at + 1, 191])
        for text, side in [(first_text, earlier), (second_text, later)]:
            text.set_text(f"{DAYS_A_YEAR / mle_exponential(side):.2f} a year")
        for text, side in zip(ratios, (earlier, later), strict=True):
            text.set_text(f"{spread(side):.2f}")
        so_far.set_data(list(splits)[: year - first_year + 1], totals[: year - first_year + 1])
        stem.set_data([year, year], [one_rate, total])  # never lower: one rate is two equal ones
        dot.set_data([year], [total])
        for (seen, fitted), side in zip(moving, (earlier, later), strict=True):
            wait = Exponential(mle_exponential(side))
            seen.set_data(*_steps(side))
            fitted.set_data([0, 1300], wait.survival([0, 1300]))
        return [
            first,
            second,
            first_text,
            second_text,
            *ratios,
            so_far,
            stem,
            dot,
            *(artist for side in moving for artist in side),
        ]

    def describe(year):
        earlier, later, total = splits[year]
        rates = [DAYS_A_YEAR / mle_exponential(side) for side in (earlier, later)]
        short = highest[year - first_year] - total
        rank = f"{short:.1f} below the best" if short else "none higher"
        return (
            f"Change in {year} from {rates[0]:.2f} to {rates[1]:.2f} disasters a year: "
            f"log-likelihood {total:.1f}, {rank} before."
        )

    return Explorer(
        figure, update, describe, year=slider(1856, 1957, start=1866, label="year of the change")
    )


def _two_rates(gaps, is_before):
    """Return the gaps on either side, and the log-likelihood of an exponential fitted to each."""
    sides = gaps[is_before], gaps[~is_before]
    return *sides, sum(log_likelihood(Exponential(mle_exponential(side)), side) for side in sides)


def _steps(sample):
    """Return the points of P(X > x), the share of a sample beyond x, drawn as steps."""
    values = np.unique(sample)
    share = Empirical(sample).survival(values)
    return np.repeat([0, *values], 2)[1:-1], np.repeat([1, *share[:-1]], 2)


@in_course_style
def likelihood() -> Explorer:
    """Likelihood as heights: a normal curve over five measurements, and its hill.

    The hill is uncovered from the left as far as the chosen mean.
    """
    data = np.array([2.1, 2.5, 1.8, 2.3, 2.0])
    best = mle_normal(data)
    top = log_likelihood(Normal(*best), data)
    figure, (left, right) = canvas(2)
    left.set(
        xlim=(1.2, 3.2), ylim=(-0.2, 4.2), title="density over the data", xlabel="measurement x"
    )
    left.axhline(0, color=PALE, linewidth=1)
    x = np.linspace(1.2, 3.2, 161)
    (bell,) = left.plot([], [], color=BLUE, gid="bell")
    stems = left.add_collection(LineCollection([], colors=VERMILION, linewidths=2, gid="stems"))
    (heads,) = left.plot([], [], "o", color=VERMILION, markersize=6, gid="heads")
    left.plot(data, np.full(5, -0.09), "|", color=INK, markersize=10, markeredgewidth=2)
    total = left.text(
        0,
        0.95,
        "",
        va="top",
        fontweight="bold",
        color=VERMILION,
        transform=left.transAxes,
        gid="total",
    )

    mus, sigmas = np.linspace(1.6, 2.7, 56), np.linspace(0.1, 0.6, 51)
    hill = (
        np.array([[log_likelihood(Normal(mu, sigma), data) for mu in mus] for sigma in sigmas])
        - top
    )
    right.set(
        xlabel="mean μ",
        ylabel="standard deviation σ",
        title="log-likelihood, below its top",
        xlim=(1.6, 2.7),
        ylim=(0.1, 0.6),
    )
    right.contourf(
        mus,
        sigmas,
        hill,
        levels=[-8, -4, -2, -1, -0.5, 0.01],
        colors=["#EAF1F6", "#CFE1EC", "#A9CBE0", "#7DB2D1", "#4F98C1"],
    )
    lines = right.contour(
        mus,
        sigmas,
        hill,
        levels=[-8, -4, -2, -1, -0.5],
        colors=[GREY],
        linewidths=0.8,
        linestyles="-",
    )
    apart = [(1.65, 0.27), (1.75, 0.35), (2.14, 0.535), (2.14, 0.41), (2.14, 0.34)]
    right.clabel(lines, fmt="%g", fontsize=8, colors=[INK], zorder=1, manual=apart)
    right.plot(*best, "*", color=INK, markersize=13, zorder=1.5)
    cover = right.add_patch(Rectangle((0, 0.1), 0, 0.5, facecolor="#F4F4F4", zorder=2.5))
    (cross,) = right.plot([], [], color=VERMILION, linewidth=1, linestyle="--", zorder=3)
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, gid="dot", zorder=3)
    dot.set_clip_on(False)

    def update(mu, sigma):
        normal = Normal(mu, sigma)
        heights = normal.pdf(data)
        bell.set_data(x, normal.pdf(x))
        stems.set_segments(
            [((at, 0), (at, height)) for at, height in zip(data, heights, strict=True)]
        )
        heads.set_data(data, heights)
        total.set_text(f"sum of\nlog heights:\n{log_likelihood(normal, data):z.2f}")
        total.set(x=0.04 if mu > 2.2 else 0.98, ha="left" if mu > 2.2 else "right")
        cover.set(x=mu, width=2.7 - mu)
        cross.set_data([mu, mu, 1.6], [0.1, sigma, sigma])
        dot.set_data([mu], [sigma])
        return [bell, stems, heads, total, cover, cross, dot]

    def describe(mu, sigma):
        reached = log_likelihood(Normal(mu, sigma), data)
        short = top - reached
        if short < 0.005:
            verdict = "the top of the hill, to two decimals"
        else:
            verdict = (
                f"{short:.2f} below the top, where the data are {_times(np.exp(short))} as likely"
            )
        return f"Log-likelihood {reached:z.2f} at μ = {mu:.2f}, σ = {sigma:.2f}: {verdict}."

    return Explorer(
        figure,
        update,
        describe,
        mu=slider(1.6, 2.7, start=1.8, step=0.01, label="mean μ"),
        sigma=slider(0.1, 0.6, start=0.4, step=0.01, label="standard deviation σ"),
    )


def _times(factor):
    """Return in words how many times as much, to three digits."""
    digits = float(f"{factor:.3g}")
    number = f"{digits:,.0f}" if 1000 <= digits < 1e6 else f"{digits:g}".replace("e+0", "e")
    return f"{number.replace('e+', 'e')} times"
