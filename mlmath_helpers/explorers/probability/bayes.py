"""Bayes' rule, as areas and in odds."""

import numpy as np
from matplotlib.patches import Rectangle

from ...probability import bayesian_update, from_odds, to_odds
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, PALE, VERMILION
from .._engine.words import without_zeros

# fmt: off
PRIORS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95,
          0.99]
RATIOS = {"1/9": 1 / 9, "1/5": 1 / 5, "1/3": 1 / 3, "1/2": 1 / 2, "2/3": 2 / 3, "1": 1.0,
          "3/2": 1.5, "2": 2.0, "3": 3.0, "5": 5.0, "9": 9.0}
# fmt: on


@explorer
def base_rate() -> Explorer:
    """Areas of a test for an illness: most alarms may be false though the test is good."""
    figure, (left, right) = canvas(2, width_ratios=[1.5, 1])
    left.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="share of all people",
        ylabel="share that tests positive (hatched)",
    )
    left.set_title("everyone: ill on the left, healthy on the right")
    left.grid(False)
    left.add_patch(Rectangle((0, 0), 1, 1, facecolor=BLUE + "28", zorder=0.5))  # the healthy
    right.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xticks=[],
        ylabel="share of the positives",
        title="those who test positive",
    )
    right.grid(False)
    right.add_patch(
        Rectangle((0.06, 0), 0.4, 1, facecolor=BLUE, edgecolor="white", hatch="...", zorder=0.5)
    )
    parts = {
        key: axes.add_patch(
            Rectangle((x, 0), width, 1, facecolor=colour, edgecolor="white", hatch=hatch, gid=key)
        )
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
        texts["true"].set(
            text=f"ill: {ill:.1%}\n{10_000 * true:,.0f} of 10,000", y=min(max(ill / 2, 0.07), 0.72)
        )
        texts["false"].set(
            text=f"healthy: {1 - ill:.1%}\n{10_000 * false:,.0f} of 10,000",
            y=max(min((1 + ill) / 2, 0.93), 0.28),
        )
        return [*parts.values(), *texts.values()]

    def describe(prevalence, sensitivity, specificity):
        true, false, ill = shares(prevalence, sensitivity, specificity)
        return (
            f"Of 10,000 people {10_000 * prevalence:,.0f} are ill; {10_000 * true:,.0f} of them "
            f"and {10_000 * false:,.0f} others test positive: P(ill | positive) = {ill:.3f}."
        )

    def corner(prevalence, sensitivity, **_):
        return prevalence, sensitivity

    def top(prevalence, specificity, **_):
        return (1 + prevalence) / 2, 1 - specificity

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                corner,
                lambda x, y, **_: {"prevalence": x, "sensitivity": y},
                "corner of the true alarms",
            ),
            Handle(left, top, lambda x, y, **_: {"specificity": 1 - y}, "top of the false alarms"),
        ],
        prevalence=slider(0.01, 0.5, start=0.01, step=0.01, label="prevalence P(ill)"),
        sensitivity=slider(0.5, 1.0, start=0.9, step=0.01, label="sensitivity P(positive | ill)"),
        specificity=slider(
            0.5, 1.0, start=0.91, step=0.01, label="specificity P(negative | healthy)"
        ),
    )


@explorer
def odds() -> Explorer:
    """Evidence piece by piece: equal steps in log odds, unequal ones in probability.

    The path ends at the last result seen: what the next will do is for the learner to say.
    """
    figure, (left, right) = canvas(2)
    n_most = 6
    results = np.arange(n_most + 1)
    left.set(xlim=(-0.3, n_most + 0.3), ylim=(-10.5, 9.5), title="odds for H, on a log scale")
    left.set(xlabel="results seen", yticks=range(-9, 10, 3))
    left.set_yticklabels(
        ["1 : 10⁹", "1 : 10⁶", "1 : 1,000", "1 : 1", "1,000 : 1", "10⁶ : 1", "10⁹ : 1"]
    )
    right.set(
        xlim=(-0.3, n_most + 0.3),
        ylim=(-0.12, 1.1),
        title="probability of H",
        xlabel="results seen",
    )
    panels = []
    label = {"facecolor": "#FFFFFFC0", "edgecolor": "none", "pad": 1}
    for axes in (left, right):
        axes.axhline(0 if axes is left else 0.5, color=PALE, linewidth=1.2, linestyle="--")
        (path,) = axes.plot([], [], "o-", color=BLUE, markersize=6, gid="path")
        (dot,) = axes.plot([], [], "o", color=VERMILION, markersize=10, gid="dot")
        value = axes.text(0, 0, "", color=VERMILION, fontweight="bold", bbox=label)
        panels.append((path, dot, value))

    def chain(prior, ratio):
        return to_odds(prior) * ratio**results

    def update(prior, ratio, n_results):
        chances = chain(prior, ratio)
        texts = _as_odds(chances[n_results]), _near_certain(chances[n_results])
        for (path, dot, value), heights, text, gap in zip(
            panels, (np.log10(chances), from_odds(chances)), texts, (0.5, 0.03), strict=True
        ):
            path.set_data(results[: n_results + 1], heights[: n_results + 1])
            dot.set_data([n_results], [heights[n_results]])
            on_the_left, rising = n_results < 4, ratio > 1
            value.set(
                text=text,
                ha="left" if on_the_left else "right",
                va="top" if on_the_left == rising else "bottom",
            )
            value.set_position(
                (
                    n_results + (0.2 if on_the_left else -0.2),
                    heights[n_results] + (-gap if on_the_left == rising else gap),
                )
            )
        return [artist for panel in panels for artist in panel]

    def describe(prior, ratio, n_results):
        chances = chain(prior, ratio)
        after = chances[n_results]
        word = next(word for word, value in RATIOS.items() if value == ratio)
        return (
            f"{n_results} result{'s'[n_results == 1 :]} of ratio {word} "
            f"take{'s' * (n_results == 1)} P(H) from {prior:g} to {_near_certain(after)}, "
            f"odds {_as_odds(after)}; each adds {np.log10(ratio):z.2f} to log10 odds."
        )

    def begin(prior, **_):
        return 0, np.log10(to_odds(prior))

    def end(prior, ratio, n_results):
        return n_results, np.log10(chain(prior, ratio)[n_results])

    def pull_begin(x, y, **_):
        return {"prior": min(PRIORS, key=lambda prior: abs(np.log10(to_odds(prior)) - y))}

    def pull_end(x, y, prior, ratio, **_):
        n_results = min(max(round(x), 0), n_most)
        step = (y - np.log10(to_odds(prior))) / max(n_results, 1)
        if n_results:  # else every ratio ends there
            ratio = min(RATIOS.values(), key=lambda each: abs(np.log10(each) - step))
        return {"n_results": n_results, "ratio": ratio}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(left, begin, pull_begin, "start of the path"),
            Handle(left, end, pull_end, "end of the path"),
        ],
        prior=stops([(f"{p:g}", p) for p in PRIORS], start=0.01, label="prior P(H)"),
        ratio=stops(list(RATIOS.items()), start=9.0, label="likelihood ratio of a result"),
        n_results=slider(0, n_most, start=1, label="results seen"),
    )


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
