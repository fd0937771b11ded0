"""Tests that speak up: the p-value and the power, as areas."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...probability import Normal, Student
from ...statistics import difference_interval, power_t_test, t_density, t_test
from .._engine.controls import slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREY, INK, ORANGE, PALE, VERMILION, area_under, shape
from .._engine.units import (
    decimals,
    exact_ticks,
    given_together,
    in_unit,
    own_numbers,
    padded,
    refuse_no_room,
    round_step,
    slider_of_steps,
    spread_of,
    unit_for,
)

ALPHAS = (0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)


@explorer
def p_value(a=None, b=None) -> Explorer:
    """Show p as an area: how far out t is among the t that pure chance would give.

    Parameters
    ----------
    a, b : array_like, shapes (n_a,) and (n_b,), optional
        Your own two groups, in one unit, from 2 to 10 000 numbers in each. The figure begins
        with them as they are; then group a is moved, the gaps of both to their means are
        stretched, or each number is counted several times. t is that of ``t_test(a, b)``.

    Raises
    ------
    TypeError, ValueError
        If only one group is given, one is no 1-D array of finite numbers, or nothing varies
        within them.

    Examples
    --------
    >>> explorer = p_value([85, 87, 82, 86, 88, 85, 87], [78, 82, 79, 81, 80, 83])
    """
    study = _own_study(a, b) if given_together(a, "a", b, "b") else _course_study()
    figure, (left, right) = canvas(2, width_ratios=[1, 1.5])
    left.set(xlim=(-0.6, 1.6), ylim=study.limits, title=study.title, ylabel=study.ylabel)
    left.set_xticks([0, 1], ["b", "a"])
    exact_ticks(left, "y")
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

    @lru_cache(maxsize=1)
    def compare(difference, spread, size):
        a, b = study.groups(difference, spread, size)
        return a, b, *t_test(a, b), *difference_interval(a, b)

    def update(difference, spread, **size):
        a, b, t, p, *_ = compare(difference, spread, *size.values())
        for points, place, group in ((low, 0, b), (high, 1, a)):
            drawn = study.drawn(group, *size.values())
            points.set_data(place + _beside(len(drawn)), drawn)
        means.set_data([0, 1], [b.mean(), a.mean()])
        x = np.sort([*grid, -abs(t), abs(t)])
        heights = t_density(x, len(a) + len(b) - 2)
        curve.set_data(x, heights)
        for tail, beyond in zip(tails, (x <= -abs(t), x >= abs(t)), strict=True):
            tail.set_xy(area_under(x[beyond], heights[beyond]))
        marks.set_data([-abs(t), abs(t)], [0.006, 0.006])
        outside = abs(t) > 8
        marks.set_visible(not outside)
        for artist in farther:
            artist.set_visible(outside)
        where = "beyond" if outside else "shaded"
        words.set_text(f"t = {t:z.2f}\n{_p(p)} ({where})")
        return low, high, means, *tails, curve, marks, *farther, words

    def describe(difference, spread, **size):
        a, b, t, p, low, high = compare(difference, spread, *size.values())
        digits = study.digits
        return (
            f"{study.opening(a, b, spread, *size.values())}: t = {t:z.2f}, "
            f"{_p(p)}, 95% interval from {low:z.{digits}f} to {high:z.{digits}f}."
        )

    def mean_of_a(difference, **_):
        return 1, study.mean_of_b + difference

    def stretched(spread, difference, **size):
        at, gap, in_a = study.farthest(*size.values())
        return at + in_a, study.mean_of_b + in_a * difference + spread * gap

    def stretch(x, y, difference, **size):
        size.pop("spread")
        _, gap, in_a = study.farthest(*size.values())
        return {"spread": (y - study.mean_of_b - in_a * difference) / gap}

    return Explorer(
        figure,
        update,
        describe,
        handles=[
            Handle(
                left,
                mean_of_a,
                lambda x, y, **_: {"difference": y - study.mean_of_b},
                "mean of a",
            ),
            Handle(left, stretched, stretch, study.far_label),
        ],
        **study.controls,
    )


MOST_DRAWN = 400  # of a group: more would be one grey bar


class _Study(NamedTuple):
    """Two groups that can be moved apart, stretched and made larger."""

    groups: Callable  # (difference, spread, size) -> a, b
    drawn: Callable  # (group, size) -> those of its numbers that are drawn
    farthest: Callable  # size -> its place aside, its gap to its mean at spread 1, is it in a?
    far_label: str
    opening: Callable  # (a, b, spread, size) -> the first words of the sentence
    mean_of_b: float
    digits: int
    limits: tuple
    title: str
    ylabel: str
    controls: dict


def _course_study():
    def groups(difference, spread, n):
        scores = spread * _scores(n)
        return 80 + difference + scores, 80 + scores

    def opening(a, b, spread, n):
        difference = a.mean() - b.mean()
        return f"Two groups of {n}, {difference:z.1f} points apart, spread {spread:.1f}"

    controls = {
        "difference": slider(
            0.0, 8.0, start=3.0, step=0.1, label="difference of the means (points)"
        ),
        "spread": slider(0.5, 6.0, start=3.0, step=0.1, label="spread in a group (points)"),
        "n": slider(2, 30, start=7, label="observations in a group"),
    }
    return _Study(
        groups,
        lambda group, n: group,
        lambda n: (_beside(n)[-1], _scores(n)[-1], False),
        "highest of b",
        opening,
        80,
        1,
        (64, 104),
        "two groups",
        "score (points)",
        controls,
    )


def _own_study(a, b):
    a, b = (own_numbers(value, name, at_most=10_000) for value, name in ((a, "a"), (b, "b")))
    largest = max(np.abs(a).max(), np.abs(b).max())
    if max(spread_of(a), spread_of(b)) == 0:
        raise ValueError(
            "a and b do not vary within themselves, so that their difference has no standard "
            "error to be compared with; give observations that vary"
        )
    refuse_no_room(max(spread_of(a), spread_of(b)), largest, "a and b")
    unit, unit_name = unit_for(_pooled_sd(a / largest, b / largest) * largest)
    a, b = a / unit, b / unit
    gaps_a, gaps_b = a - a.mean(), b - b.mean()
    sd, apart = _pooled_sd(a, b), float(a.mean() - b.mean())
    step = _step_through(apart, round_step(abs(apart) + sd, 100))
    first, part = step * round(apart / step), round(sd / 40, 11)
    lowest, highest = min(0, 2 * apart) - sd, max(0, 2 * apart) + sd
    digits = max(1, decimals(min(step, part)))
    controls = {
        "difference": slider_of_steps(
            lowest, highest, start=first, step=step, label="mean of a less mean of b"
        ),
        "spread": slider_of_steps(
            10 * part, 80 * part, start=40 * part, step=part, label="spread in a group"
        ),
        "times": slider(1, 10, start=1, label="times that each number is counted"),
    }
    first, part = controls["difference"].value, controls["spread"].value

    def groups(difference, spread, times):
        stretch = spread / part - 1  # at the start nothing is added, not even by rounding
        moved = a + (difference - first) + stretch * gaps_a, b + stretch * gaps_b
        return tuple(np.tile(group, times) for group in moved)

    def opening(a_now, b_now, spread, times):
        counted = f" (each × {times})" if times > 1 else ""
        of_unit = f" (in {unit_name})" if unit_name else ""
        difference = a_now.mean() - b_now.mean()
        return (
            f"{len(a)} in a, {len(b)} in b{counted} differ by {difference:z.{digits}f}, "
            f"spread {spread:.{digits}f}{of_unit}"
        )

    def drawn(group, times):
        if len(group) <= MOST_DRAWN:
            return group
        group = group[: len(group) // times]  # copies would lie on them
        if len(group) <= MOST_DRAWN:
            return group
        return np.sort(group)[np.linspace(0, len(group) - 1, MOST_DRAWN).round().astype(int)]

    in_a = not gaps_b.any()  # then b is one point, whatever the spread
    gaps = drawn(gaps_a if in_a else gaps_b, 1)
    far = int(np.abs(gaps).argmax())
    widest = controls["spread"].max / part
    ends = [b.mean() + widest * gap for gap in (gaps_b.min(), gaps_b.max())]
    ends += [b.mean() + lowest + widest * gaps_a.min(), b.mean() + highest + widest * gaps_a.max()]
    many = [name for name, group in (("a", a), ("b", b)) if len(group) > MOST_DRAWN]
    return _Study(
        groups,
        drawn,
        lambda times: (_beside(far + 1)[-1], gaps[far] / part, in_a),
        f"farthest of {'a' if in_a else 'b'}",
        opening,
        float(b.mean()),
        digits,
        padded(min(ends), max(ends), 0.05),
        f"two groups ({MOST_DRAWN} of {' and '.join(many)} drawn)" if many else "two groups",
        in_unit("value", unit_name),
        controls,
    )


def _step_through(number, step):
    """Return a step near the one given, of which whole ones lead from 0 to a number."""
    if abs(number) < step / 10:
        return step
    return round(abs(number) / np.ceil(abs(number) / step), 11)


def _pooled_sd(a, b):
    squares = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()
    return float(np.sqrt(squares / (len(a) + len(b) - 2)))


def _beside(n):
    """Return places side by side, so that no point hides another."""
    return 0.5 * (0.618 * np.arange(n) % 1) - 0.25


def _p(p):
    return f"p = {p:.2g}" if p > 0 else "p < 1e-300"


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
        effect=slider(0.0, 1.5, start=0.5, step=0.02, label="effect (standard deviations)"),
        n=slider(3, 100, start=10, label="n in each group"),
        alpha=stops(
            [(f"{alpha:g}", alpha) for alpha in ALPHAS],
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
