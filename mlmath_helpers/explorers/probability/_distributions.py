"""Mass, density and cumulative distribution, and a rate that changed."""

from functools import lru_cache

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.spines import Spine
from matplotlib.text import Text

from ...datasets import load_coal_disasters
from ...probability import (
    Bernoulli,
    Beta,
    Binomial,
    Cauchy,
    Discrete,
    Empirical,
    Exponential,
    Gamma,
    Laplace,
    LogNormal,
    Normal,
    Poisson,
    Student,
    Uniform,
    log_likelihood,
    mle_exponential,
    mle_normal,
)
from .._engine.controls import choice, slider
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, GREY, INK, PALE, VERMILION, shape
from .._engine.words import without_zeros

DAYS_A_YEAR = 365.25

# name -> (distribution for a setting from 0.05 to 0.95, its parameters in words, x, largest height)
FAMILIES = {
    "Bernoulli": (Bernoulli, "p = {0.p:.2f}", (-1, 2), 1.4),
    "binomial": (lambda s: Binomial(10, s), "n = {0.n}, p = {0.p:.2f}", (-1, 11), 0.85),
    "Poisson": (lambda s: Poisson(10 * s), "rate = {0.rate:.1f}", (-1, 19), 0.85),
    "uniform": (lambda s: Uniform(0, 4 * s), "low = 0, high = {0.high:.1f}", (-0.5, 4.5), 1.7),
    "normal": (lambda s: Normal(0, 2 * s), "mean = 0, sd = {0.sd:.1f}", (-4.5, 4.5), 1.2),
    "exponential": (lambda s: Exponential(2 * s), "scale = {0.scale:.1f}", (-0.5, 6.5), 1.7),
    "log-normal": (
        lambda s: LogNormal(0, 2 * s),
        "mu = 0, sigma = {0.sigma:.1f}",
        (-0.5, 6.5),
        1.7,
    ),
    "gamma": (lambda s: Gamma(10 * s), "shape = {0.shape:.1f}, scale = 1", (-1, 17), 0.85),
    "beta": (lambda s: Beta(10 * s, 10 - 10 * s), "a = {0.a:.1f}, b = {0.b:.1f}", (-0.1, 1.1), 5.5),
    "Laplace": (lambda s: Laplace(0, 2 * s), "centre = 0, scale = {0.scale:.1f}", (-4.5, 4.5), 1.2),
    "Cauchy": (lambda s: Cauchy(0, 2 * s), "centre = 0, scale = {0.scale:.1f}", (-4.5, 4.5), 1.2),
    "Student": (lambda s: Student(10 * s), "df = {0.df:.1f}", (-4.5, 4.5), 0.6),
}


@explorer
def distributions() -> Explorer:
    """Mass or density beside its cumulative distribution: an area here is a height there."""
    figure, (left, right) = canvas(2)
    right.set(ylim=(0, 1.05), title="P(X ≤ x), cumulative", xlabel="x")
    left.set(xlabel="x", ylabel="density p(x)")
    title = left.set_title(" ", color=BLUE, zorder=3)  # it moves: it tells the parameter
    area = shape(left, BLUE, gid="area", linewidth=0)
    (density,) = left.plot([], [], color=BLUE, gid="density")
    bars_in = left.add_collection(LineCollection([], colors=BLUE, linewidths=7, gid="bars in"))
    bars_out = left.add_collection(LineCollection([], colors=PALE, linewidths=3, gid="bars out"))
    (edge,) = left.plot([], [], color=VERMILION, linewidth=1.5, linestyle="--", gid="edge")
    label = {"facecolor": "#FFFFFFC0", "edgecolor": "none", "pad": 1}
    amount, reach = (
        left.text(
            0,
            y,
            "",
            va="top",
            color=colour,
            fontweight="bold",
            transform=left.transAxes,
            bbox=label,
            gid=gid,
        )
        for gid, y, colour in [("amount", 0.96, BLUE), ("reach", 0.88, VERMILION)]
    )
    (cumulative,) = right.plot([], [], color=INK, linewidth=1.8, gid="cumulative")
    (guide,) = right.plot([], [], color=VERMILION, linewidth=1.5, linestyle="--", gid="guide")
    (height,) = right.plot([], [], color=BLUE, linewidth=6, solid_capstyle="butt", gid="height")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, gid="dot")
    framed = None

    def frame(family):
        """Give the axes the limits of this family; one family never changes them."""
        nonlocal framed
        if family != framed:
            *_, x_limits, top = FAMILIES[family]
            discrete = isinstance(FAMILIES[family][0](0.5), Discrete)
            left.set(xlim=x_limits, ylim=(0, top))
            left.set_ylabel("mass P(X = x)" if discrete else "density p(x)")
            for axes in (left, right):
                axes.xaxis.get_major_locator().set_params(integer=discrete)
            right.set(xlim=x_limits)
            framed = family

    def update(family, setting, probability):
        frame(family)
        _, words, (low, high), top = FAMILIES[family]
        which, x = _reached(family, setting, probability)
        discrete = isinstance(which, Discrete)
        if discrete:
            counts = np.arange(0, np.floor(high) + 1)
            stems = [((k, 0), (k, mass)) for k, mass in zip(counts, which.pmf(counts), strict=True)]
            bars_in.set_segments([stem for stem in stems if stem[0][0] <= x])
            bars_out.set_segments([stem for stem in stems if stem[0][0] > x])
            edges = np.repeat([low, *counts, high], 2)[1:-1]
            cumulative.set_data(edges, np.repeat(which.cdf([low, *counts]), 2))
        else:
            points = np.unique(
                [*np.linspace(low, high, 201), *np.clip([x, *which.support], low, high)]
            )
            heights = np.minimum(which.pdf(points), 10 * top)
            density.set_data(points, heights)
            inside = points <= x
            area.set_xy(
                [(low, 0), *zip(points[inside], heights[inside], strict=True), (min(x, high), 0)]
            )
            cumulative.set_data(points, which.cdf(points))
        for artist in (density, area):
            artist.set_visible(not discrete)
        for artist in (bars_in, bars_out):
            artist.set_visible(discrete)
        reached = which.cdf(x)
        edge.set_data([x, x], [0, 0.8 * top])
        guide.set_data([low, x, x], [probability, probability, 0])
        height.set_data([x, x], [0, reached])
        dot.set_data([x], [reached])
        dot.set_clip_on(not low <= x <= high)  # whole at the edge, unseen beyond the picture
        title.set_text(f"{family}: {words.format(which)}")
        amount.set_text(f"{'bars' if discrete else 'area'} {reached:.3f}")
        beyond = "" if low <= x <= high else " (beyond the picture)"
        reach.set_text(f"up to x = {f'{x:.0f}' if discrete else _to_digits(x)}{beyond}")
        to_the_right = which.quantile(0.5) > low + 0.6 * (high - low)  # there the words would cover
        for text in (amount, reach):
            text.set(x=0.03 if to_the_right else 0.98, ha="left" if to_the_right else "right")
        return [
            area,
            density,
            bars_in,
            bars_out,
            edge,
            title,
            amount,
            reach,
            cumulative,
            height,
            guide,
            dot,
        ]

    def describe(family, setting, probability):
        _, words, (low, high), _ = FAMILIES[family]
        which, x = _reached(family, setting, probability)
        head = f"{family[0].upper() + family[1:]}, {words.format(which)}: "
        if isinstance(which, Discrete):
            return head + (
                f"P(X ≤ {x:.0f}) = {which.cdf(x):.3f} is the first step to reach "
                f"{probability:.2f}, with P(X = {x:.0f}) = {which.pmf(x):.3f}."
            )
        beyond = "" if low <= x <= high else " (beyond the picture)"
        return head + (
            f"the {probability:.2f}-quantile is {_to_digits(x)}{beyond}: area {which.cdf(x):.2f} "
            f"to its left, density {without_zeros(f'{which.pdf(x):.3g}')} there."
        )

    def line(family, setting, probability):
        (low, high), top = FAMILIES[family][2:]
        return min(max(_reached(family, setting, probability)[1], low), high), 0.8 * top

    def corner(family, setting, probability):
        return line(family, setting, probability)[0], probability

    setting = slider(0.05, 0.95, start=0.5, step=0.05, label="its parameter, small to large")
    setting.readout = False  # the picture tells the parameter's own value
    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, line, _pull_line, "line up to x"),
            Handle(right, corner, lambda x, y, **_: {"probability": y}, "probability reached"),
        ],
        stills=(
            {"family": "uniform", "setting": 0.15},
            {"family": "Cauchy"},
            {"family": "Poisson"},
        ),
        setting=setting,
        family=choice(list(FAMILIES), start="normal", label="distribution"),
        probability=slider(0.01, 0.99, start=0.9, step=0.01, label="probability up to the line"),
    )


@lru_cache(maxsize=4)  # what is drawn, what is said and the handles ask for it
def _reached(family, setting, probability):
    """Return the distribution and its quantile, where 1 - 0.9, a little below 0.1, reaches 0.1."""
    which = FAMILIES[family][0](setting)
    slack = 1e-12 if isinstance(which, Discrete) else 0
    return which, which.quantile(probability - slack)


def _pull_line(x, y, family, setting, probability):
    """Return the probability whose quantile is at x, or beyond the picture if x is at its edge."""
    low, high = FAMILIES[family][2]
    which, now = _reached(family, setting, probability)
    edge = 1e-3 * (high - low)  # less than a pixel
    if isinstance(which, Discrete):
        bar = max(round(x), 0)
        if bar == now:  # the line stands at this bar for more than one probability
            return {"probability": probability}
        reached = np.floor(100 * which.cdf(bar) + 1e-6) / 100
    elif x <= low + edge:
        reached = probability if now <= low else np.floor(100 * which.cdf(low)) / 100
    elif x >= high - edge:
        reached = probability if now >= high else np.ceil(100 * which.cdf(high)) / 100
    else:
        reached = which.cdf(x)
    return {"probability": float(reached)}


def _to_digits(x):
    """Return three decimals, and three digits where x is so small that fewer would be left."""
    return without_zeros(f"{x:.3g}") if 1e-12 < abs(x) < 0.1 else f"{x:z.3f}"


@explorer
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
        figure,
        update,
        describe,
        handles=[
            Handle(
                curve,
                lambda year: (year, splits[year][-1]),
                lambda x, y, **_: {"year": x},
                "year on the likelihood curve",
            )
        ],
        stills=({"year": 1891}, {"year": 1930}),
        play="year",
        year=slider(1856, 1957, start=1866, label="year of the change"),
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
