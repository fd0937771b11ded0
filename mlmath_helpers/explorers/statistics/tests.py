"""Tests that speak up: the p-value and the power, as areas."""

import numpy as np

from ...probability import Normal, Student
from ...statistics import difference_interval, power_t_test, t_density, t_test
from .._engine.explorer import Explorer, canvas, explorer, slider, stops
from .._engine.plane import BLUE, GREY, INK, ORANGE, PALE, VERMILION, area_under, shape


@explorer
def p_value() -> Explorer:
    """Show p as an area: how far out t is among the t that pure chance would give."""
    figure, (left, right) = canvas(2, width_ratios=[1, 1.5])
    left.set(xlim=(-0.6, 1.6), ylim=(64, 104), title="two groups", ylabel="score (points)")
    left.set_xticks([0, 1], ["b", "a"])
    (low,) = left.plot([], [], "s", color=GREY, markersize=5, alpha=0.8, gid="group b")
    (high,) = left.plot([], [], "o", color=BLUE, markersize=5, alpha=0.8, gid="group a")
    (means,) = left.plot([], [], "_", color=INK, markersize=34, markeredgewidth=2.5, gid="means")
    grid = np.linspace(-8, 8, 241)
    right.set(xlim=(-8, 8), ylim=(0, 0.43), yticks=[], title="if the groups did not differ")
    right.set(xlabel="t = difference / its standard error")
    tails = [
        shape(right, VERMILION, gid=gid, linewidth=0, facecolor=VERMILION + "80")
        for gid in ("below", "above")
    ]
    (curve,) = right.plot([], [], color=INK, linewidth=1.5, gid="density")
    (marks,) = right.plot([], [], "v", color=VERMILION, markersize=10, clip_on=False, gid="marks")
    style = {"color": VERMILION, "markersize": 10, "clip_on": False}
    farther = [  # in place of the marks, where t is beyond the picture
        right.plot([x], [0.012], marker, **style, gid="beyond")[0]
        for x, marker in ((-7.9, "<"), (7.9, ">"))
    ]
    words = right.text(7.8, 0.38, "", ha="right", fontweight="bold")

    def groups(difference, spread, n):
        scores = spread * _scores(n)
        return 80 + difference + scores, 80 + scores

    def update(difference, spread, n):
        a, b = groups(difference, spread, n)
        t, p = t_test(a, b)
        beside = 0.5 * (0.618 * np.arange(n) % 1) - 0.25  # side by side, so that none hides another
        low.set_data(beside, b)
        high.set_data(1 + beside, a)
        means.set_data([0, 1], [b.mean(), a.mean()])
        x = np.sort([*grid, -abs(t), abs(t)])
        heights = t_density(x, 2 * n - 2)
        curve.set_data(x, heights)
        for tail, beyond in zip(tails, (x <= -abs(t), x >= abs(t)), strict=True):
            tail.set_xy(area_under(x[beyond], heights[beyond]))
        marks.set_data([-abs(t), abs(t)], [0.006, 0.006])
        outside = abs(t) > 8
        marks.set_visible(not outside)
        for artist in farther:
            artist.set_visible(outside)
        where = "beyond" if outside else "shaded"
        words.set_text(f"t = {t:.2f}\np = {p:.2g} ({where})")
        return low, high, means, *tails, curve, marks, *farther, words

    def describe(difference, spread, n):
        a, b = groups(difference, spread, n)
        t, p = t_test(a, b)
        low, high = difference_interval(a, b)
        return (
            f"Two groups of {n}, {difference:.1f} points apart, spread {spread:.1f}: t = {t:.2f}, "
            f"p = {p:.2g}, 95% interval from {low:z.1f} to {high:z.1f}."
        )

    return Explorer(
        figure,
        update,
        describe,
        difference=slider(0.0, 8.0, start=3.0, step=0.1, label="difference of the means (points)"),
        spread=slider(0.5, 6.0, start=3.0, step=0.1, label="spread in a group (points)"),
        n=slider(2, 30, start=7, label="observations in a group"),
    )


@explorer
def power() -> Explorer:
    """Show what a test can find: the densities of t with and without an effect."""
    figure, (left, right) = canvas(2, width_ratios=[1.5, 1])
    left.set(xlim=(-5, 13), ylim=(0, 0.52), yticks=[], title="t without and with the effect")
    left.set(xlabel="t")
    grid = np.linspace(-5, 13, 181)
    found = [shape(left, BLUE, gid=gid, linewidth=0) for gid in ("found below", "found")]
    alarms = [
        shape(left, VERMILION, gid=gid, linewidth=0, facecolor=VERMILION + "90")
        for gid in ("below", "above")
    ]
    (without,) = left.plot([], [], "--", color=VERMILION, linewidth=1.5, gid="without")
    (with_it,) = left.plot([], [], color=BLUE, linewidth=1.8, gid="with")
    (border,) = left.plot([], [], color=INK, linewidth=1.2, linestyle=":", gid="border")
    chance = left.text(12.8, 0.485, "", ha="right", color=BLUE, fontweight="bold")
    words = "dashed: no effect; its tails: false alarms"
    left.text(12.8, 0.45, words, ha="right", color=GREY, zorder=1)
    effects = np.linspace(0, 1.5, 61)
    right.set(xlim=(-0.03, 1.53), ylim=(0, 1.03), title="power of a test of this size")
    right.set(xlabel="effect (standard deviations)", ylabel="power")
    right.axhline(0.8, color=PALE, linewidth=1.2, linestyle="--")
    right.text(0.0, 0.82, "80%", color=GREY, zorder=1)
    (curve,) = right.plot([], [], color=ORANGE, gid="power curve")
    (dot,) = right.plot([], [], "o", color=BLUE, markersize=10, gid="dot", clip_on=False)

    def update(effect, n, alpha):
        freedom, shift = 2 * n - 2, effect * np.sqrt(n / 2)
        critical = _critical(freedom, alpha)
        x = np.sort([*grid, -critical, critical])
        chance_alone, effect_too = t_density(x, freedom), t_density(x, freedom, shift=shift)
        without.set_data(x, chance_alone)
        with_it.set_data(x, effect_too)
        for i, beyond in enumerate((x <= -critical, x >= critical)):
            found[i].set_xy(area_under(x[beyond], effect_too[beyond]))
            alarms[i].set_xy(area_under(x[beyond], chance_alone[beyond]))
        border.set_data([-critical, -critical, np.nan, critical, critical], [0, 0.35, 0, 0, 0.35])
        *powers, value = power_t_test([*effects, effect], n, alpha=alpha)
        chance.set_text(f"power {value:.1%} (blue)" if effect else f"false alarms {value:.1%}")
        curve.set_data(effects, powers)
        dot.set_data([effect], [value])
        return *found, *alarms, without, with_it, border, chance, curve, dot

    def describe(effect, n, alpha):
        value = power_t_test(effect, n, alpha=alpha)
        critical = _critical(2 * n - 2, alpha)
        what = f"Power {value:.3f} for" if effect else f"Only false alarms, {value:.3f}, at"
        return (
            f"{what} an effect of {effect:.2f} sd with {n} in each group: level {alpha:g}, "
            f"speaking up beyond |t| = {critical:.2f}."
        )

    return Explorer(
        figure,
        update,
        describe,
        effect=slider(0.0, 1.5, start=0.5, step=0.02, label="effect (standard deviations)"),
        n=slider(3, 100, start=10, label="n in each group"),
        alpha=stops(
            [(f"{alpha:g}", alpha) for alpha in (0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)],
            start=0.05,
            label="level alpha",
        ),
    )


def _scores(n):
    """Return n numbers spread like a normal sample, with mean 0 and standard deviation 1."""
    scores = Normal().quantile((np.arange(n) + 0.5) / n)
    return scores / scores.std(ddof=1)


def _critical(freedom, alpha):
    return -Student(freedom).quantile(alpha / 2)
