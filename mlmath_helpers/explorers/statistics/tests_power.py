"""Two groups: the chance to find a difference that is there, as an area."""

import numpy as np

from ...probability import Student
from ...statistics import power_t_test, t_density
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, ORANGE, PALE, VERMILION, area_under, shape

ALPHAS = (0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)


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

    def threshold(n, alpha, **_):
        return _critical(2 * n - 2, alpha), 0.35

    def pull_threshold(x, y, n, **_):
        return {"alpha": min(ALPHAS, key=lambda alpha: abs(_critical(2 * n - 2, alpha) - x))}

    def on_the_curve(effect, n, alpha):
        return effect, power_t_test(effect, n, alpha=alpha)

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
        handles=[
            Handle(left, threshold, pull_threshold, "threshold"),
            Handle(right, on_the_curve, lambda x, y, **_: {"effect": x}, "effect on the curve"),
        ],
        stills=({"n": 30}, {"n": 64}, {"alpha": 0.2}, {"effect": 0.0}),
        effect=slider(0.0, 1.5, start=0.5, step=0.02, label="effect (standard deviations)"),
        n=slider(3, 100, start=10, label="n in each group"),
        alpha=stops(
            [(f"{alpha:g}", alpha) for alpha in ALPHAS],
            start=0.05,
            label="level alpha",
        ),
    )


def _critical(freedom, alpha):
    return -Student(freedom).quantile(alpha / 2)
