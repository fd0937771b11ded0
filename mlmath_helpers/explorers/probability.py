"""The slider figures of chapter 3: distributions, Bayes' rule and likelihood."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from matplotlib.spines import Spine
from matplotlib.text import Text

from ..datasets import load_coal_disasters
from ..distributions import (
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
)
from ..probability import (
    bayesian_update,
    from_odds,
    log_likelihood,
    mle_exponential,
    mle_normal,
    to_odds,
)
from .explorer import Explorer, canvas, choice, in_course_style, slider, stops
from .plane import BLUE, GREEN, GREY, INK, PALE, VERMILION, shape

# name -> (distribution for a setting from 0.05 to 0.95, its parameters in words, x, largest height)
FAMILIES = {
    "Bernoulli": (Bernoulli, "p = {0.p:.2f}", (-1, 2), 1.4),
    "binomial": (lambda s: Binomial(10, s), "n = {0.n}, p = {0.p:.2f}", (-1, 11), 0.85),
    "Poisson": (lambda s: Poisson(10 * s), "rate = {0.rate:.1f}", (-1, 19), 0.85),
    "uniform": (lambda s: Uniform(0, 4 * s), "low = 0, high = {0.high:.1f}", (-0.5, 4.5), 1.7),
    "normal": (lambda s: Normal(0, 2 * s), "mean = 0, sd = {0.sd:.1f}", (-4.5, 4.5), 1.2),
    "exponential": (lambda s: Exponential(2 * s), "scale = {0.scale:.1f}", (-0.5, 6.5), 1.7),
    "log-normal": (lambda s: LogNormal(0, 2 * s), "mu = 0, sigma = {0.sigma:.1f}", (-0.5, 6.5), 1.7),
    "gamma": (lambda s: Gamma(10 * s), "shape = {0.shape:.1f}, scale = 1", (-1, 17), 0.85),
    "beta": (lambda s: Beta(10 * s, 10 - 10 * s), "a = {0.a:.1f}, b = {0.b:.1f}", (-0.1, 1.1), 5.5),
    "Laplace": (lambda s: Laplace(0, 2 * s), "centre = 0, scale = {0.scale:.1f}", (-4.5, 4.5), 1.2),
    "Cauchy": (lambda s: Cauchy(0, 2 * s), "centre = 0, scale = {0.scale:.1f}", (-4.5, 4.5), 1.2),
    "Student": (lambda s: Student(10 * s), "df = {0.df:.1f}", (-4.5, 4.5), 0.6),
}


def _still_first(figure):
    """Draw titles and spines before all that moves, which would else draw them again and again."""
    for axes in figure.axes:
        for part in axes.get_children():
            if isinstance(part, Text | Spine) and part not in axes.texts:
                part.set_zorder(0.9)


@in_course_style
def distributions() -> Explorer:
    """Mass or density beside its cumulative distribution: an area here is a height there."""
    figure, (left, right) = canvas(2)
    right.set(ylim=(0, 1.05), title="P(X ≤ x), cumulative", xlabel="x")
    left.set(xlabel="x")
    title = left.set_title(" ")
    area = shape(left, BLUE, gid="area", linewidth=0)
    (density,) = left.plot([], [], color=BLUE, gid="density")
    bars_in = left.add_collection(LineCollection([], colors=BLUE, linewidths=7, gid="bars in"))
    bars_out = left.add_collection(LineCollection([], colors=PALE, linewidths=3, gid="bars out"))
    (edge,) = left.plot([], [], color=VERMILION, linewidth=1.5, linestyle="--", gid="edge")
    label = {"facecolor": "#FFFFFFC0", "edgecolor": "none", "pad": 1}
    places = [(0.96, BLUE, "bold"), (0.88, BLUE, "normal"), (0.8, VERMILION, "bold")]
    name, area_text, value = (
        left.text(0.98, y, "", ha="right", va="top", color=colour, fontweight=weight, transform=left.transAxes, bbox=label)
        for y, colour, weight in places
    )
    (cumulative,) = right.plot([], [], color=INK, linewidth=1.8, gid="cumulative")
    (guide,) = right.plot([], [], color=VERMILION, linewidth=1.5, linestyle="--", gid="guide")
    (height,) = right.plot([], [], color=BLUE, linewidth=6, solid_capstyle="butt", gid="height")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, gid="dot")
    _still_first(figure)
    framed = None

    def frame(family):
        """Give the axes the limits of this family; one family never changes them."""
        nonlocal framed
        if family != framed:
            *_, x_limits, top = FAMILIES[family]
            discrete = isinstance(FAMILIES[family][0](0.5), Discrete)
            left.set(xlim=x_limits, ylim=(0, top))
            title.set_text("P(X = x), mass" if discrete else "p(x), density")
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
            points = np.unique([*np.linspace(low, high, 201), *np.clip([x, *which.support], low, high)])
            heights = np.minimum(which.pdf(points), 10 * top)
            density.set_data(points, heights)
            inside = points <= x
            area.set_xy([(low, 0), *zip(points[inside], heights[inside], strict=True), (min(x, high), 0)])
            cumulative.set_data(points, which.cdf(points))
        for artist in (density, area):
            artist.set_visible(not discrete)
        for artist in (bars_in, bars_out):
            artist.set_visible(discrete)
        reached = which.cdf(x)
        edge.set_data([x, x], [0, 0.72 * top])
        guide.set_data([low, x, x], [probability, probability, 0])
        height.set_data([x, x], [0, reached])
        dot.set_data([x], [reached])
        name.set_text(f"{family}: {words.format(which)}")
        area_text.set_text(f"{'bars' if discrete else 'area'} up to the line: {reached:.3f}")
        value.set_text(f"{probability:.2f}-quantile: x = {x:z.{0 if discrete else 2}f}")
        return [area, density, bars_in, bars_out, edge, name, area_text, cumulative, height, guide, dot, value]

    def describe(family, setting, probability):
        make, words, (low, high), _ = FAMILIES[family]
        which = make(setting)
        x = which.quantile(probability)
        beyond = "" if low <= x <= high else " (beyond the picture)"
        head = f"{family[0].upper() + family[1:]} with {words.format(which)}: "
        if isinstance(which, Discrete):
            return head + (
                f"P(X ≤ {x:.0f}) = {which.cdf(x):.3f} is the first step to reach {probability:.2f}, so the {probability:.2f}-quantile "
                f"is {x:.0f}; the step there is P(X = {x:.0f}) = {which.pmf(x):.3f} high."
            )
        return head + (
            f"the area left of x = {x:z.3f}{beyond} is {which.cdf(x):.2f}, the height that the cumulative curve has reached there, so {x:z.3f} is the "
            f"{probability:.2f}-quantile; the density at that point, {which.pdf(x):.3g}, is the slope of the curve, not a probability."
        )

    setting = slider(0.05, 0.95, start=0.5, step=0.05, label="its parameter, small to large")
    setting.readout = False  # the picture tells the parameter's own value
    return Explorer(
        figure,
        update,
        describe,
        family=choice(list(FAMILIES), start="normal", label="distribution"),
        setting=setting,
        probability=slider(0.01, 0.99, start=0.9, step=0.01, label="probability up to the line"),
    )


DAYS_A_YEAR = 365.25


@in_course_style
def coal_rate() -> Explorer:
    """Two rates of mine disasters, one before a year and one after it: which year fits best?"""
    years, gaps = load_coal_disasters()
    ends = years[1:]  # gap i ends here, and belongs to the side of its end
    one_rate = log_likelihood(Exponential(mle_exponential(gaps)), gaps)
    splits = {year: _two_rates(gaps, ends < year) for year in range(1856, 1958)}
    best = max(splits, key=lambda year: splits[year][2])

    figure, _ = canvas(height=4.4)
    figure.clear()
    axes = figure.subplot_mosaic([["count", "gaps"], ["curve", "gaps"]], width_ratios=[1.25, 1])
    count, curve, tail = axes["count"], axes["curve"], axes["gaps"]
    count.set(xlim=(1850, 1963), ylim=(0, 205), title="disasters so far")
    count.step(years, np.arange(1, 192), where="post", color=INK, linewidth=1.2)
    (first,) = count.plot([], [], color=BLUE, linewidth=3, alpha=0.8, gid="first")
    (second,) = count.plot([], [], color=VERMILION, linewidth=3, linestyle="--", alpha=0.8, gid="second")
    first_text = count.text(1852, 172, "", color=BLUE, fontweight="bold")
    second_text = count.text(1962, 20, "", color=VERMILION, fontweight="bold", ha="right")
    curve.set(xlim=(1850, 1963), ylim=(-1216, -1166), xlabel="year of the change", title="log-likelihood of two rates")
    curve.plot(list(splits), [total for *_, total in splits.values()], color=INK, linewidth=1.5)
    curve.axhline(one_rate, color=GREY, linewidth=1.2, linestyle=":")
    curve.text(1962, one_rate - 1, "one rate for all years", color=GREY, fontsize=9, ha="right", va="top", zorder=1)
    (stem,) = curve.plot([], [], color=GREEN, linewidth=1.5, linestyle="--")
    (dot,) = curve.plot([], [], "o", color=GREEN, markersize=9, gid="dot")
    tail.set(xlim=(0, 1300), yscale="log", ylim=(0.01, 1.15), xlabel="days from one disaster to the next, x")
    tail.set(title="share of gaps longer than x")
    tail.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    tail.plot(*_steps(gaps), color=PALE, linewidth=3)
    tail.text(1290, 0.016, "all years (pale)", color=GREY, ha="right", zorder=1)
    tail.text(30, 0.0125, "before", color=BLUE, fontweight="bold", zorder=1)
    tail.text(1290, 0.75, "after", color=VERMILION, fontweight="bold", ha="right", zorder=1)
    _still_first(figure)
    moving = []
    for colour, style, gid in [(BLUE, "-", "before"), (VERMILION, "--", "after")]:
        (seen,) = tail.plot([], [], color=colour, linewidth=2, linestyle=style, gid=gid)
        (fitted,) = tail.plot([], [], color=colour, linewidth=1.2, linestyle=style, gid=f"{gid} fitted")
        moving.append((seen, fitted))

    def update(year):
        earlier, later, total = splits[year]
        at = earlier.size  # the last disaster before the change is number at + 1
        first.set_data([years[0], years[at]], [1, at + 1])
        second.set_data([years[at], years[-1]], [at + 1, 191])
        for text, side in [(first_text, earlier), (second_text, later)]:
            text.set_text(f"{DAYS_A_YEAR / mle_exponential(side):.2f} a year")
        stem.set_data([year, year], [-1216, total])
        dot.set_data([year], [total])
        for (seen, fitted), side in zip(moving, (earlier, later), strict=True):
            wait = Exponential(mle_exponential(side))
            seen.set_data(*_steps(side))
            fitted.set_data([0, 1300], wait.survival([0, 1300]))
        return [first, second, first_text, second_text, stem, dot, *(artist for side in moving for artist in side)]

    def describe(year):
        earlier, later, total = splits[year]
        wait = [mle_exponential(side) for side in (earlier, later)]
        rate = [DAYS_A_YEAR / mean for mean in wait]
        ratio = [mle_normal(side).sigma / mle_normal(side).mu for side in (earlier, later, gaps)]
        short = splits[best][2] - total
        verdict = "the highest of all years" if year == best else f"{short:.1f} below the best year, {best}"
        return (
            f"Change at the start of {year}: {rate[0]:.2f} disasters a year before it and {rate[1]:.2f} after it (mean gaps of {wait[0]:.0f} and {wait[1]:.0f} days), "
            f"log-likelihood {total:.1f}, {verdict}; the gaps' standard deviation is {ratio[0]:.2f} and {ratio[1]:.2f} times their mean "
            f"(1 if exponential), and {ratio[2]:.2f} times for all years together."
        )

    return Explorer(figure, update, describe, year=slider(1856, 1957, start=1910, label="year of the change"))


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
def base_rate() -> Explorer:
    """A test for a rare illness, as areas: most alarms may be false though the test is good."""
    figure, (left, right) = canvas(2, width_ratios=[1.5, 1])
    left.set(xlim=(0, 1), ylim=(0, 1), xlabel="share of all people", ylabel="share that tests positive (hatched)")
    left.set_title("everyone: ill on the left, healthy on the right")
    left.grid(False)
    _still_first(figure)
    left.add_patch(Rectangle((0, 0), 1, 1, facecolor=BLUE + "28", zorder=0.5))  # the healthy
    right.set(xlim=(0, 1), ylim=(0, 1), xticks=[], ylabel="share of the positives", title="those who test positive")
    right.grid(False)
    right.add_patch(Rectangle((0.06, 0), 0.4, 1, facecolor=BLUE, edgecolor="white", hatch="...", zorder=0.5))
    parts = {
        key: axes.add_patch(Rectangle((x, 0), width, 1, facecolor=colour, edgecolor="white", hatch=hatch, gid=key))
        for key, axes, x, width, colour, hatch in [
            ("ill", left, 0, 1, "#F7E0D1", None),
            ("true alarms", left, 0, 1, VERMILION, "///"),
            ("false alarms", left, 0, 1, BLUE, "..."),
            ("share ill", right, 0.06, 0.4, VERMILION, "///"),
        ]
    }
    texts = {
        "true": right.text(0.5, 0, "", color=VERMILION, fontweight="bold", va="center"),
        "false": right.text(0.5, 0, "", color=BLUE, fontweight="bold", va="center"),
    }

    def shares(prevalence, sensitivity, specificity):
        true, false = prevalence * sensitivity, (1 - prevalence) * (1 - specificity)
        return true, false, bayesian_update(prevalence, sensitivity, true + false)

    def update(prevalence, sensitivity, specificity):
        true, false, ill = shares(prevalence, sensitivity, specificity)
        parts["ill"].set(width=prevalence)
        parts["true alarms"].set(width=prevalence, height=sensitivity)
        parts["false alarms"].set(x=prevalence, width=1 - prevalence, height=1 - specificity)
        parts["share ill"].set(height=ill)
        texts["true"].set(text=f"ill: {ill:.1%}\n{10_000 * true:,.0f} of 10,000", y=min(max(ill / 2, 0.07), 0.72))
        texts["false"].set(text=f"healthy: {1 - ill:.1%}\n{10_000 * false:,.0f} of 10,000", y=max(min((1 + ill) / 2, 0.93), 0.28))
        return [*parts.values(), *texts.values()]

    def describe(prevalence, sensitivity, specificity):
        true, false, ill = shares(prevalence, sensitivity, specificity)
        verdict = "most alarms are false" if ill < 0.495 else "most alarms are true" if ill > 0.505 else "about as many alarms are true as false"
        return (
            f"Of 10,000 people {10_000 * prevalence:,.0f} are ill; the test catches {10_000 * true:,.0f} of them and also alarms "
            f"{10_000 * false:,.0f} of the {10_000 * (1 - prevalence):,.0f} healthy ones, so P(ill | positive) = {ill:.3f}: {verdict}."
        )

    return Explorer(
        figure,
        update,
        describe,
        prevalence=slider(0.01, 0.5, start=0.01, step=0.01, label="prevalence P(ill)"),
        sensitivity=slider(0.5, 1.0, start=0.9, step=0.01, label="sensitivity P(positive | ill)"),
        specificity=slider(0.5, 1.0, start=0.91, step=0.01, label="specificity P(negative | healthy)"),
    )


PRIORS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]
RATIOS = {
    "1/9": 1 / 9, "1/5": 1 / 5, "1/3": 1 / 3, "1/2": 1 / 2, "2/3": 2 / 3, "1": 1.0,
    "3/2": 1.5, "2": 2.0, "3": 3.0, "5": 5.0, "9": 9.0,
}  # fmt: skip


@in_course_style
def odds() -> Explorer:
    """Evidence piece by piece: equal steps in log odds, unequal ones in probability."""
    figure, (left, right) = canvas(2)
    n_most = 6
    results = np.arange(n_most + 1)
    left.set(xlim=(-0.3, n_most + 0.3), ylim=(-10.5, 9.5), title="odds for H, on a log scale")
    left.set(xlabel="results seen", yticks=range(-9, 10, 3))
    left.set_yticklabels(["1 : 10⁹", "1 : 10⁶", "1 : 1,000", "1 : 1", "1,000 : 1", "10⁶ : 1", "10⁹ : 1"])
    right.set(xlim=(-0.3, n_most + 0.3), ylim=(-0.12, 1.1), title="probability of H", xlabel="results seen")
    _still_first(figure)
    panels = []
    for axes in (left, right):
        axes.axhline(0 if axes is left else 0.5, color=PALE, linewidth=1.2, linestyle="--")
        (ahead,) = axes.plot([], [], "o:", color=PALE, linewidth=1.2, markersize=5, gid="ahead")
        (path,) = axes.plot([], [], "o-", color=BLUE, markersize=6, gid="path")
        (dot,) = axes.plot([], [], "o", color=VERMILION, markersize=10, gid="dot")
        value = axes.text(0, 0, "", color=VERMILION, fontweight="bold", va="bottom")
        panels.append((ahead, path, dot, value))

    def chain(prior, ratio):
        return to_odds(prior) * ratio**results

    def update(prior, ratio, n_results):
        chances = chain(prior, ratio)
        texts = _as_odds(chances[n_results]), f"{from_odds(chances[n_results]):.3f}"
        for (ahead, path, dot, value), heights, text, gap in zip(panels, (np.log10(chances), from_odds(chances)), texts, (0.5, 0.03), strict=True):
            ahead.set_data(results, heights)
            path.set_data(results[: n_results + 1], heights[: n_results + 1])
            dot.set_data([n_results], [heights[n_results]])
            on_the_left, rising = n_results < 4, ratio > 1
            value.set(text=text, ha="left" if on_the_left else "right", va="top" if on_the_left == rising else "bottom")
            value.set_position((n_results + (0.2 if on_the_left else -0.2), heights[n_results] + (-gap if on_the_left == rising else gap)))
        return [artist for panel in panels for artist in panel]

    def describe(prior, ratio, n_results):
        chances = chain(prior, ratio)
        after = chances[n_results]
        word = next(word for word, value in RATIOS.items() if value == ratio)
        if ratio == 1:
            verdict = "each result is as probable without H as with it, so nothing is learned"
        else:
            verdict = f"each result {'adds' if ratio > 1 else 'takes'} {abs(np.log10(ratio)):.2f} {'to' if ratio > 1 else 'from'} log10 of the odds"
        return (
            f"From a prior of {prior:g}, odds {_as_odds(to_odds(prior))}, {n_results} result{'s' * (n_results != 1)} with likelihood ratio {word} "
            f"lead to odds {_as_odds(after)}, probability {_near_certain(after)}: {verdict}."
        )

    return Explorer(
        figure,
        update,
        describe,
        prior=stops([(f"{p:g}", p) for p in PRIORS], start=0.01, label="prior P(H)"),
        ratio=stops(list(RATIOS.items()), start=9.0, label="likelihood ratio of a result"),
        n_results=slider(0, n_most, start=3, label="results seen"),
    )


def _as_odds(chances):
    """Return odds with three digits, such as "7.36 : 1" or "1 : 5,370"."""
    large = float(f"{max(chances, 1 / chances):.3g}")
    text = f"{large:,.0f}" if large >= 100 else f"{large:g}"
    return f"{text} : 1" if chances >= 1 else f"1 : {text}"


def _near_certain(chances):
    """Return the probability with as many digits as tell it from 0 and 1."""
    p = from_odds(chances)
    return f"{p:.3f}" if 0.001 <= p <= 0.9989 else f"{p:.2g}" if p < 0.5 else f"1 - {from_odds(1 / chances):.2g}"


@in_course_style
def likelihood() -> Explorer:
    """A normal curve over five measurements, and the hill of its log-likelihood."""
    data = np.array([2.1, 2.5, 1.8, 2.3, 2.0])
    best = mle_normal(data)
    top = log_likelihood(Normal(*best), data)
    figure, (left, right) = canvas(2)
    left.set(xlim=(1.2, 3.2), ylim=(-0.12, 2.6), title="density over the data", xlabel="measurement x")
    left.axhline(0, color=PALE, linewidth=1)
    x = np.linspace(1.2, 3.2, 161)
    (bell,) = left.plot([], [], color=BLUE, gid="bell")
    stems = left.add_collection(LineCollection([], colors=VERMILION, linewidths=2, gid="stems"))
    (heads,) = left.plot([], [], "o", color=VERMILION, markersize=6, gid="heads")
    left.plot(data, np.full(5, -0.05), "|", color=INK, markersize=10, markeredgewidth=2)
    total = left.text(0.98, 0.95, "", ha="right", va="top", fontweight="bold", color=VERMILION, transform=left.transAxes)

    mus, sigmas = np.linspace(1.6, 2.7, 111), np.linspace(0.1, 0.6, 101)
    hill = np.array([[log_likelihood(Normal(mu, sigma), data) for mu in mus] for sigma in sigmas]) - top
    right.set(xlabel="mu", ylabel="sigma", title="log-likelihood, below its top", xlim=(1.6, 2.7), ylim=(0.1, 0.6))
    right.contourf(mus, sigmas, hill, levels=[-8, -4, -2, -1, -0.5, 0.01], colors=["#EAF1F6", "#CFE1EC", "#A9CBE0", "#7DB2D1", "#4F98C1"])
    lines = right.contour(mus, sigmas, hill, levels=[-8, -4, -2, -1, -0.5], colors=[GREY], linewidths=0.8, linestyles="-")
    right.clabel(lines, fmt="%g", fontsize=8, zorder=1)
    right.plot(*best, "*", color=INK, markersize=13, zorder=1.5)
    _still_first(figure)
    (cross,) = right.plot([], [], color=VERMILION, linewidth=1, linestyle="--")
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=9, gid="dot", clip_on=False)

    def update(mu, sigma):
        normal = Normal(mu, sigma)
        heights = normal.pdf(data)
        bell.set_data(x, normal.pdf(x))
        stems.set_segments([((at, 0), (at, height)) for at, height in zip(data, heights, strict=True)])
        heads.set_data(data, heights)
        total.set_text(f"sum of log heights: {log_likelihood(normal, data):z.2f}")
        cross.set_data([mu, mu, 1.6], [0.1, sigma, sigma])
        dot.set_data([mu], [sigma])
        return [bell, stems, heads, total, cross, dot]

    def describe(mu, sigma):
        reached = log_likelihood(Normal(mu, sigma), data)
        short = top - reached
        if short < 0.005:
            verdict = f"the top of the hill, the maximum likelihood estimate ({best.mu:.2f}, {best.sigma:.2f})"
        else:
            verdict = f"{short:.2f} below the top at ({best.mu:.2f}, {best.sigma:.2f}), where the data are {_times(short)} times as likely"
        return f"With mu = {mu:.2f} and sigma = {sigma:.2f} the five log densities add up to {reached:z.2f}, {verdict}."

    return Explorer(
        figure,
        update,
        describe,
        mu=slider(1.6, 2.7, start=2.4, step=0.01, label="mean mu"),
        sigma=slider(0.1, 0.6, start=0.4, step=0.01, label="standard deviation sigma"),
    )


def _times(difference):
    """Return exp(difference), a factor between likelihoods, with three digits."""
    return f"{np.exp(difference):.3g}"
