"""The slider figures of distributions: mass, density and cumulative distribution."""

import numpy as np
from matplotlib.collections import LineCollection

from ..distributions import (
    Bernoulli,
    Beta,
    Binomial,
    Cauchy,
    Discrete,
    Exponential,
    Gamma,
    Laplace,
    LogNormal,
    Normal,
    Poisson,
    Student,
    Uniform,
)
from .explorer import Explorer, canvas, choice, in_course_style, slider
from .plane import BLUE, INK, PALE, VERMILION, shape

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


@in_course_style
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
        make, words, (low, high), top = FAMILIES[family]
        which = make(setting)
        x = which.quantile(probability)
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
        reach.set_text(f"up to x = {x:z.{0 if discrete else 2}f}")
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
        make, words, (low, high), _ = FAMILIES[family]
        which = make(setting)
        x = which.quantile(probability)
        head = f"{family[0].upper() + family[1:]}, {words.format(which)}: "
        if isinstance(which, Discrete):
            return head + (
                f"P(X ≤ {x:.0f}) = {which.cdf(x):.3f} is the first step to reach "
                f"{probability:.2f}, with P(X = {x:.0f}) = {which.pmf(x):.3f}."
            )
        beyond = "" if low <= x <= high else " (beyond the picture)"
        return head + (
            f"the {probability:.2f}-quantile is {x:z.3f}{beyond}: area {which.cdf(x):.2f} to its "
            f"left, density {which.pdf(x):.3g} there."
        )

    setting = slider(0.05, 0.95, start=0.5, step=0.05, label="its parameter, small to large")
    setting.readout = False  # the picture tells the parameter's own value
    return Explorer(
        figure,
        update,
        describe,
        setting=setting,
        family=choice(list(FAMILIES), start="normal", label="distribution"),
        probability=slider(0.01, 0.99, start=0.9, step=0.01, label="probability up to the line"),
    )
