"""Bayes' rule, as areas and in odds."""

from functools import lru_cache

import numpy as np
from matplotlib.transforms import ScaledTranslation

from ...probability import bayesian_update, from_odds, to_odds
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, PALE, PALE_BLUE, VERMILION
from .._engine.words import without_zeros

# fmt: off
MISSED = "#EDA06A"  # vermilion, paler than an alarm and clear of pale blue
PRIORS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95,
          0.99]
RATIOS = {"1/9": 1 / 9, "1/5": 1 / 5, "1/3": 1 / 3, "1/2": 1 / 2, "2/3": 2 / 3, "1": 1.0,
          "3/2": 1.5, "2": 2.0, "3": 3.0, "5": 5.0, "9": 9.0}
# fmt: on


@explorer
def base_rate() -> Explorer:
    """Test 10,000 people for an illness: most alarms may be false though the test is good.

    On the left everyone is a dot, on the right are a hundred of those whom the test alarmed.
    """
    figure, (left, right) = canvas(2, height=4.2)
    for axes, n, title in [
        (left, 100, "10,000 people"),
        (right, 10, "of 100 with an alarm (rounded)"),
    ]:
        axes.set(xlim=(0, n), ylim=(0, n), aspect="equal", title=title, xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
    figure.set_layout_engine("none")  # so that each dot of the left has 5 by 5 pixels
    left.set_position(_square(40, 40))
    right.set_position(_square(440, 40))
    pixel = 72 / figure.dpi
    round_dots = {"marker": "o", "linestyle": "", "markeredgewidth": 0, "markersize": 4.2 * pixel}
    squares = round_dots | {"marker": "s"}
    left.plot(*_places(0, 100, 0, 100), color=PALE_BLUE, zorder=1, **round_dots)
    below = {"fontweight": "bold", "va": "top", "zorder": 1}
    left.text(50, -2, "dark: alarm", ha="center", **below)
    for axes, n in [(left, 100), (right, 10)]:
        axes.text(0, -0.02 * n, "■ ill", color=VERMILION, **below)
        axes.text(n, -0.02 * n, "● healthy", color=BLUE, ha="right", **below)
    for row in (1, 5, 10):  # how many are up to the end of this row
        right.text(-0.15, row - 0.5, 10 * row, color=GREY, ha="right", va="center", zorder=1)
    (ill,) = left.plot([], [], color=MISSED, gid="ill without alarm", **squares)
    (true,) = left.plot([], [], color=VERMILION, gid="true alarms", **squares)
    (false,) = left.plot([], [], color=BLUE, gid="false alarms", **round_dots)
    large = {"markersize": 15, "markeredgewidth": 0}
    (found,) = right.plot([], [], "s", color=VERMILION, gid="ill of 100", **large)
    (others,) = right.plot([], [], "o", color=BLUE, gid="healthy of 100", **large)

    @lru_cache(maxsize=1)
    def shares(prevalence, sensitivity, specificity):
        true, false = prevalence * sensitivity, (1 - prevalence) * (1 - specificity)
        return true, false, bayesian_update(prevalence, sensitivity, true + false)

    def update(prevalence, sensitivity, specificity):
        chances = prevalence, sensitivity, 1 - specificity
        columns, rows, alarmed = (round(100 * chance) for chance in chances)
        ill.set_data(*_places(0, columns, rows, 100))
        true.set_data(*_places(0, columns, 0, rows))
        false.set_data(*_places(columns, 100, 0, alarmed))
        n_ill = round(100 * shares(prevalence, sensitivity, specificity)[-1])
        y, x = _places(0, 10, 0, 10)  # row after row, from below, where the alarms are on the left
        found.set_data(x[:n_ill], y[:n_ill])
        others.set_data(x[n_ill:], y[n_ill:])
        return ill, true, false, found, others

    def describe(prevalence, sensitivity, specificity):
        true, false, ill = shares(prevalence, sensitivity, specificity)
        return (
            f"Of 10,000 people {10_000 * prevalence:,.0f} are ill; {10_000 * true:,.0f} of them "
            f"and {10_000 * false:,.0f} others test positive: P(ill | positive) = {ill:.3f}."
        )

    def corner(prevalence, sensitivity, **_):
        return 100 * prevalence, 100 * sensitivity

    def top(prevalence, specificity, **_):
        return 50 * (1 + prevalence), 100 * (1 - specificity)

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                corner,
                lambda x, y, **_: {"prevalence": x / 100, "sensitivity": y / 100},
                "corner of the true alarms",
            ),
            Handle(
                left,
                top,
                lambda x, y, **_: {"specificity": 1 - y / 100},
                "top of the false alarms",
            ),
        ],
        stills=(
            {"prevalence": 0.09},
            {"sensitivity": 1.0},
            {"specificity": 0.99},
            {"prevalence": 0.3},
        ),
        prevalence=slider(0.01, 0.5, start=0.01, step=0.01, label="prevalence P(ill)"),
        sensitivity=slider(0.5, 1.0, start=0.9, step=0.01, label="sensitivity P(positive | ill)"),
        specificity=slider(
            0.5, 1.0, start=0.91, step=0.01, label="specificity P(negative | healthy)"
        ),
    )


def _square(left, bottom):
    """Return the place of a panel of 500 by 500 pixels, given CSS pixels of its corner.

    A quarter of a pixel more, lest the middle of a dot fall between two pixels.
    """
    width, height, side = 800, 420, 500 / 1.5
    return (left + 1 / 6) / width, (bottom + 1 / 6) / height, side / width, side / height


def _places(first, last, low, high):
    """Return x and y of one point a cell, column after column, each from below."""
    x, y = np.meshgrid(np.arange(first, last) + 0.5, np.arange(low, high) + 0.5, indexing="ij")
    return x.ravel(), y.ravel()


@explorer
def odds() -> Explorer:
    """Evidence piece by piece: a staircase whose steps are all as wide, but not as high.

    It ends at the last result seen: what the next will do is for the learner to say.
    """
    figure, axes = canvas(height=4.2)
    n_most = 6
    results = np.arange(n_most + 1)
    begins = np.log10(to_odds(PRIORS))
    start = dict(zip(PRIORS, begins, strict=True))
    axes.set(xlim=(-9, 9), ylim=(-0.1, 1.1), xlabel="odds for H", ylabel="probability of H")
    axes.set_xticks(range(-9, 10, 3))
    axes.set_xticklabels(
        ["1 : 10⁹", "1 : 10⁶", "1 : 10³", "1 : 1", "10³ : 1", "10⁶ : 1", "10⁹ : 1"]
    )
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.set_title("a step for each result")
    scale = np.linspace(-9, 9, 721)
    axes.plot(scale, from_odds(10**scale), color=PALE, linewidth=5, zorder=1)
    (high,) = axes.plot([], [], color=VERMILION, gid="high")
    (wide,) = axes.plot([], [], color=BLUE, linewidth=4, solid_capstyle="butt", gid="wide")
    (begin,) = axes.plot([], [], "s", color=BLUE, markersize=9, gid="begin")
    (end,) = axes.plot([], [], "o", color=VERMILION, markersize=11, gid="end")
    factor = axes.text(0, 0, "", color=BLUE, fontweight="bold", gid="factor")

    def aside(x, y):
        return axes.transData + ScaledTranslation(x / 72, y / 72, figure.dpi_scale_trans)

    # The staircase is below the curve where it leads up, above it where it leads down.
    outside = {
        True: {"va": "top", "ha": "left", "transform": aside(5, -5)},
        False: {"va": "bottom", "ha": "right", "transform": aside(-5, 5)},
    }

    @lru_cache(maxsize=4)
    def path(prior, ratio, n_results):
        """Return log10 odds and probability after 0, 1, ... results."""
        chances = to_odds(prior) * ratio ** results[: n_results + 1]
        return np.log10(chances), from_odds(chances)

    def update(prior, ratio, n_results):
        x, y = path(prior, ratio, n_results)
        nothing = np.full(n_results, np.nan)
        wide.set_data(
            np.column_stack([x[:-1], x[1:], nothing]).ravel(),
            np.column_stack([y[:-1], y[:-1], nothing]).ravel(),
        )
        high.set_data(
            np.column_stack([x[1:], x[1:], nothing]).ravel(),
            np.column_stack([y[:-1], y[1:], nothing]).ravel(),
        )
        begin.set_data(x[:1], y[:1])
        end.set_data(x[-1:], y[-1:])
        factor.set_visible(n_results > 0)
        if n_results:
            factor.set(position=(x[0], y[0]), text=f"× {_word(ratio)}", **outside[ratio >= 1])
        return high, wide, begin, end, factor

    def describe(prior, ratio, n_results):
        after = 10 ** path(prior, ratio, n_results)[0][-1]
        return (
            f"{n_results} result{'s'[n_results == 1 :]} of ratio {_word(ratio)} "
            f"take{'s' * (n_results == 1)} P(H) from {prior:g} to {_near_certain(after)}, "
            f"odds {_as_odds(after)}; each adds {np.log10(ratio):z.2f} to log10 odds."
        )

    def first(prior, **_):
        return start[prior], prior

    def last(prior, ratio, n_results):
        x, y = path(prior, ratio, n_results)
        return None if ratio == 1 else (x[-1], y[-1])  # a result that says nothing leads nowhere

    def corner(prior, ratio, n_results):
        x, y = path(prior, ratio, 1)
        return (x[1], y[0]) if n_results else None

    def pull_first(x, y, **_):
        return {"prior": PRIORS[np.abs(begins - x).argmin()]}

    def pull_last(x, y, prior, ratio, **_):
        steps = (x - start[prior]) / np.log10(ratio)
        if steps < -0.5:  # on the other side of the start are results that say the contrary
            ratio = min(RATIOS.values(), key=lambda each: abs(each * ratio - 1))
            return {"n_results": -steps, "ratio": ratio}
        return {"n_results": steps}

    def pull_corner(x, y, prior, **_):
        step = x - start[prior]
        return {"ratio": min(RATIOS.values(), key=lambda each: abs(np.log10(each) - step))}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(axes, first, pull_first, "start of the staircase"),
            Handle(axes, corner, pull_corner, "corner of the first step"),
            Handle(axes, last, pull_last, "end of the staircase"),
        ],
        stills=({"n_results": 3}, {"n_results": 6}, {"prior": 0.9, "ratio": 1 / 3, "n_results": 5}),
        prior=stops([(f"{p:g}", p) for p in PRIORS], start=0.01, label="prior P(H)"),
        ratio=stops(list(RATIOS.items()), start=9.0, label="likelihood ratio of a result"),
        n_results=slider(0, n_most, start=1, label="results seen"),
    )


def _word(ratio):
    return next(word for word, value in RATIOS.items() if value == ratio)


def _as_odds(chances):
    """Return odds with three digits, such as "7.36 : 1" or "1 : 5,370"."""
    large = float(f"{max(chances, 1 / chances):.3g}")
    text = f"{large:,.0f}" if large >= 100 else f"{large:g}"
    return f"{text} : 1" if chances >= 1 else f"1 : {text}"


def _near_certain(chances):
    """Return the probability with as many digits as tell it from 0 and 1."""
    p = from_odds(chances)
    if 0.001 <= p <= 0.9989:
        return f"{p:.3f}"
    small = without_zeros(f"{min(p, from_odds(1 / chances)):.2g}")
    return small if p < 0.5 else f"1 − {small}"
