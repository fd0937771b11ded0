"""The slider figures of chapter 2: slopes, steps downhill, and a network that learns."""

from functools import lru_cache

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import Ellipse
from matplotlib.path import Path

from ..calculus import derivative
from ..datasets import load_penguins
from ..neural_network import Network, train
from ..optimizers import (
    DivergenceError,
    adagrad,
    adam,
    minibatches,
    momentum,
    nesterov,
    newton,
    rmsprop,
    steepest_descent,
)
from ..surfaces import bowl, rosenbrock, saddle
from .explorer import Explorer, canvas, choice, in_course_style, slider, stops
from .plane import BLUE, GREEN, GREY, INK, ORANGE, PALE, PURPLE, SKY, VERMILION

STRONG = {"fontweight": "bold"}


@in_course_style
def secant() -> Explorer:
    """A secant turns into the tangent as its second point slides towards the first."""
    figure, (left, right) = canvas(2, width_ratios=[1.1, 1])
    wide, steps = np.linspace(-3, 4, 141), np.linspace(0.01, 2, 200)

    def f(x):
        return x * x * x / 3 - x

    left.set(xlim=(-2.6, 3.4), ylim=(-3.2, 5.2), xlabel="x", ylabel="f(x)")
    left.set_title("f(x) = x³/3 - x, and two lines", zorder=0.9)
    left.plot(wide, f(wide), color=INK, linewidth=1.5)
    (tangent,) = left.plot([], [], "--", color=GREEN, gid="tangent")
    (line,) = left.plot([], [], color=VERMILION, gid="secant")
    (legs,) = left.plot([], [], ":", color=GREY, linewidth=1.5)
    run = left.text(0, 0, "", color=GREY, ha="center", va="top")
    (points,) = left.plot([], [], "o", color=VERMILION, markersize=8, gid="points")

    right.set(xlim=(-2, 2), ylim=(-2.5, 6.5), xlabel="h")
    right.set_title("slope of the secant", zorder=0.9)
    right.axvline(0, color=PALE, linewidth=1, zorder=1)
    band = right.axhspan(0, 1, facecolor=GREEN + "30", linewidth=0, gid="band")
    window = right.axvspan(0, 1, facecolor="none", edgecolor=GREY, linestyle=":", gid="window")
    (quotients,) = right.plot([], [], color=INK, linewidth=1.5, gid="quotients")
    (limit,) = right.plot([], [], "o", color=GREEN, markerfacecolor="white", markersize=8)
    (dot,) = right.plot([], [], "o", color=VERMILION, markersize=8, gid="dot")
    slope_text = right.text(0, 0, "", color="#006B4E", va="bottom", fontsize=9)

    def slopes(x):
        """Return the slopes of the secants over -2 ... 2, but for 0 itself."""
        h = np.concatenate([-steps[::-1], steps])
        return h, derivative(f, x, h=h, scheme="forward")

    def delta(x, epsilon):
        """Return the largest step of the grid up to which all slopes are within epsilon."""
        h, slope = slopes(x)
        wrong = np.abs(h[np.abs(slope - derivative(f, x)) >= epsilon])
        return min(wrong, default=2.0)

    def update(h, x, epsilon):
        slope = derivative(f, x)
        points.set_data([x, x + h], [f(x), f(x + h)])
        line.set_data(wide, f(x) + derivative(f, x, h=h, scheme="forward") * (wide - x))
        tangent.set_data(wide, f(x) + slope * (wide - x))
        legs.set_data([x, x + h, x + h], [f(x), f(x), f(x + h)])
        run.set(position=(x + h / 2, f(x) - 0.1), text=f"h = {h:.2f}")
        grid, values = slopes(x)
        quotients.set_data(grid, values)
        limit.set_data([0], [slope])
        dot.set_data([h], [derivative(f, x, h=h, scheme="forward")])
        reach = delta(x, epsilon)
        band.set(y=slope - epsilon, height=2 * epsilon)
        window.set(x=-reach, width=2 * reach)
        slope_text.set(text=f"f'(x) ± ε, f'(x) = {slope:z.2f}", y=slope + epsilon)
        slope_text.set(x=1.95 if x < 0 else -1.95, ha="right" if x < 0 else "left")
        moved = [band, window, quotients, limit, dot, slope_text]
        return [tangent, line, legs, run, points, *moved]

    def describe(h, x, epsilon):
        slope, quotient = derivative(f, x), derivative(f, x, h=h, scheme="forward")
        reach = delta(x, epsilon)
        verdict = "close enough" if abs(quotient - slope) < epsilon else "not close enough"
        return (
            f"At x = {x:z.2f} the secant over h = {h:.2f} has slope {quotient:z.3f} and the tangent "
            f"{slope:z.3f}, so it is off by {abs(quotient - slope):.3f}, {verdict} for ε = {epsilon:.2f}; "
            f"every h but 0 between -{reach:.2f} and {reach:.2f} is (δ = {reach:.2f})."
        )

    return Explorer(
        figure,
        update,
        describe,
        h=slider(0.02, 2.0, start=1.0, step=0.02, label="step h"),
        x=slider(-2.0, 1.5, start=-1.5, step=0.05, label="place x"),
        epsilon=slider(0.05, 1.0, start=0.4, step=0.05, label="tolerance ε"),
    )


@in_course_style
def finite_difference_error() -> Explorer:
    """The error of a difference quotient: too large a step, too small a step."""
    figure, axes = canvas()
    x = 0.7
    slope = -1 / x**2
    rounding = 2.0**-53  # of a value of 1/x near 1/0.7
    grid = 10.0 ** np.linspace(-15, -1, 281)

    def error(h, scheme):
        return np.abs(derivative(lambda x: 1 / x, x, h=h, scheme=scheme) / slope - 1)

    def truncation(h, scheme):
        return h / x if scheme == "forward" else (h / x) ** 2

    axes.set(xscale="log", yscale="log", xlim=(10**-15.3, 10**-0.7), ylim=(1e-17, 3))
    axes.set(xlabel="step h", ylabel="relative error of the slope")
    axes.set_title("slope of 1/x at x = 0.7, computed with a step h", zorder=0.9)
    axes.axhspan(1e-17, rounding, facecolor=GREY + "30", linewidth=0)
    axes.text(1.3e-1, 2.5e-17, "no double is nearer", color=GREY, ha="right", zorder=1, fontsize=9)
    (errors,) = axes.plot([], [], color=BLUE, linewidth=1.2, gid="errors")
    (formula,) = axes.plot([], [], "--", color=VERMILION, gid="truncation")
    (noise,) = axes.plot(grid, rounding / grid / -slope, "-.", color=PURPLE, gid="round-off")
    noise_text = axes.text(1.5e-14, 1.2e-1, "round-off, about 1e-16 / h", color="#8C4A70")
    formula_text = axes.text(0, 0, "", color=VERMILION, ha="right", va="bottom")
    (stem,) = axes.plot([], [], ":", color=INK, linewidth=1.2)
    (dot,) = axes.plot([], [], "o", color=INK, markersize=9, gid="dot")

    def update(exponent, scheme):
        h = 10.0**exponent
        errors.set_data(grid, np.maximum(error(grid, scheme), 2e-17))
        formula.set_data(grid, truncation(grid, scheme))
        for artist in (noise, noise_text):
            artist.set_visible(scheme != "complex")
        place = 3e-3
        words = "truncation, about h" if scheme == "forward" else "truncation, about h²"
        formula_text.set(text=words, position=(place, 2 * truncation(place, scheme)))
        height = max(error(h, scheme), 2e-17)
        stem.set_data([h, h], [1e-17, height])
        dot.set_data([h], [height])
        return errors, formula, noise, noise_text, formula_text, stem, dot

    def describe(exponent, scheme):
        h = 10.0**exponent
        wrong, cut, lost = error(h, scheme), truncation(h, scheme), rounding / h / -slope
        name = {"forward": "forward difference", "central": "central difference"}
        start = f"A {name.get(scheme, 'complex step')} with h = {_power(exponent)} gives the slope of 1/x at 0.7"
        digits = max(0, round(-np.log10(wrong or rounding)))
        ending = f" right to about {digits} digit{'' if digits == 1 else 's'}"
        if scheme == "complex":
            cause = "nothing is subtracted, so there is no round-off and a smaller h is never worse"
        elif cut > 3 * lost:
            cause = f"truncation rules ({_size(cut)} against {_size(lost)} of round-off), so take a smaller h"
        elif lost > 3 * cut:
            cause = f"round-off rules ({_size(lost)} against {_size(cut)} of truncation), so take a larger h"
        else:
            cause = "truncation and round-off are about equal: no h does much better"
        return f"{start}{ending}; {cause}."

    schemes = [("forward", "forward"), ("central", "central"), ("complex step", "complex")]
    return Explorer(
        figure,
        update,
        describe,
        exponent=slider(-15.0, -1.0, start=-3.0, step=0.25, label="step h = 10 to the power"),
        scheme=choice(schemes, start="forward", label="scheme"),
    )


def _power(exponent):
    """Return 10 to the exponent as a reader would write it."""
    return f"{10.0**exponent:.1e}".replace(".0e", "e").replace("e-0", "e-")


def _size(value):
    """Return a positive number to the nearest power of ten."""
    return f"1e{round(np.log10(value)):d}"


@in_course_style
def descent_1d() -> Explorer:
    """Gradient descent on a parabola: what the learning rate does."""
    figure, (left, right) = canvas(2)
    n_steps = 25
    wide = np.linspace(-5, 5, 101)
    left.set(xlim=(-5, 5), ylim=(-1.2, 24), xlabel="x", ylabel="f(x) = x²")
    left.set_title("steps on the parabola", zorder=0.9)
    left.plot(wide, wide**2, color=INK, linewidth=1.5)
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=5, gid="path")
    (first,) = left.plot([], [], "s", color=BLUE, markersize=9, gid="start")
    right.set(yscale="log", xlim=(-0.5, n_steps + 0.5), ylim=(1e-9, 1e5))
    right.set(xlabel="step", ylabel="distance from the minimum, |x|")
    right.set_title("how far it still is", zorder=0.9)
    right.axhline(1e-9, color=GREY, linewidth=1)
    (distance,) = right.plot([], [], "o-", color=VERMILION, markersize=5, gid="distance")
    (begin,) = right.plot([], [], "s", color=BLUE, markersize=9)
    (level,) = right.plot([], [], ":", color=BLUE, linewidth=1.5)

    def walk(rate, start):
        return steepest_descent(lambda x: 2 * x, [start], learning_rate=rate, n_steps=n_steps)[:, 0]

    def update(rate, start):
        x = walk(rate, start)
        path.set_data(x, x**2)
        first.set_data([start], [start**2])
        distance.set_data(range(n_steps + 1), np.maximum(np.abs(x), 1e-9))
        begin.set_data([0], [max(abs(start), 1e-9)])
        level.set_data([0, n_steps], 2 * [max(abs(start), 1e-9)])
        return path, first, distance, begin, level

    def describe(rate, start):
        x = walk(rate, start)
        if start == 0:
            return f"The start is the minimum itself: the slope is 0 and a learning rate of {rate:.2f} moves nothing."
        factor = x[1] / start
        if abs(factor) < 1e-9:
            verdict = "it lands in one step"
        elif abs(abs(factor) - 1) < 1e-9:
            verdict = "it swings from side to side for ever"
        elif abs(factor) > 1:
            verdict = "it overshoots by more each time and blows up"
        elif factor < 0:
            verdict = "it overshoots from side to side, and still converges"
        else:
            verdict = "it comes down on one side"
        return (
            f"With learning rate {rate:.2f} each step multiplies x by {factor:z.2f}, so from {start:.1f} {verdict}: "
            f"after {n_steps} steps x is {_short(x[-1])}."
        )

    return Explorer(
        figure,
        update,
        describe,
        rate=slider(0.02, 1.2, start=0.9, step=0.02, label="learning rate"),
        start=slider(-3.0, 3.0, start=3.0, step=0.1, label="start"),
    )


def _short(value):
    """Return a number to three digits; what is below 1e-9 counts as 0."""
    return "0" if abs(value) < 1e-9 else f"{value:z.3g}"


@in_course_style
def descent_2d() -> Explorer:
    """Gradient descent in a valley: the condition number sets the pace."""
    figure, (left, right) = canvas(2, width_ratios=[1.35, 1])
    n_steps, start = 60, np.array([4.0, 1.0])
    left.set(xlim=(-4.6, 4.6), ylim=(-3.4, 3.4), aspect="equal", xlabel="x", ylabel="y")
    left.set_title("level curves and steps", zorder=0.9)
    rings = [left.add_patch(Ellipse((0, 0), 1, 1, fill=False, edgecolor=PALE)) for _ in range(7)]
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=4, gid="path")
    left.plot(*start, "s", color=BLUE, markersize=9)
    left.plot(0, 0, "*", color=INK, markersize=11)
    right.set(yscale="log", xlim=(0, n_steps), ylim=(1e-6, 1e3), xlabel="step")
    right.set_title("distance from the minimum", zorder=0.9)
    (distance,) = right.plot([], [], color=VERMILION, linewidth=3.5, alpha=0.55, gid="distance")
    (flat,) = right.plot([], [], "-.", color=BLUE, linewidth=1.5, gid="flat")
    (steep,) = right.plot([], [], "--", color="#006B4E", linewidth=1.5, gid="steep")
    for row, (colour, words) in enumerate(
        [
            (VERMILION, "thick: the distance"),
            (BLUE, "dash-dotted: its flat part, |x|"),
            ("#006B4E", "dashed: its steep part, |y|"),
        ]
    ):
        right.text(1.5, 1.6e-5 / 3**row, words, color=colour, zorder=1, fontsize=9)

    def walk(share, condition):
        surface = bowl((1.0, condition))
        rate = share * 2 / condition
        path = steepest_descent(surface.gradient, start, learning_rate=rate, n_steps=n_steps)
        return surface, rate, path

    def slowest(path):
        """Return by what the slower of the two directions is multiplied, in size."""
        return np.abs(path[1] / path[0]).max()

    def update(share, condition):
        surface, _, points = walk(share, condition)
        top = surface.height(start)
        for part, ring in enumerate(rings, 1):
            half = part / len(rings) * np.sqrt(2 * top / np.array([1.0, condition]))
            ring.set(width=2 * half[0], height=2 * half[1])
        outside = np.abs(points[:, 1]) > 3.4
        shown = np.argmax(outside) + 1 if outside.any() else len(points)
        path.set_data(*points[:shown].T)
        parts = {distance: np.hypot(*points.T), flat: np.abs(points[:, 0]), steep: np.abs(points[:, 1])}
        for line, sizes in parts.items():
            line.set_data(range(n_steps + 1), np.maximum(sizes, 1e-7))
        return [*rings, path, *parts]

    def describe(share, condition):
        _, rate, points = walk(share, condition)
        factor, end = slowest(points), np.hypot(*points[-1])
        if factor > 1 + 1e-9:
            verdict = "the steep direction blows up"
        elif factor > 1 - 1e-9:
            verdict = "the steep direction swings for ever"
        elif factor < 1e-9:
            verdict = "one step is enough"
        else:
            needed = int(np.ceil(np.log(1e-3) / np.log(factor)))
            verdict = f"a thousandth of the distance takes {needed} steps"
        return (
            f"Condition number {condition:.0f}, learning rate {rate:.3f}, which is {share:.2f} of the limit 2/L = "
            f"{2 / condition:.3f}: each step multiplies the slower direction by {factor:.3f} in size, {verdict}; "
            f"after {n_steps} steps the distance is {_short(end)}."
        )

    return Explorer(
        figure,
        update,
        describe,
        share=slider(0.05, 1.05, start=0.96, step=0.01, label="learning rate as a share of 2/L"),
        condition=slider(1, 60, start=20, label="condition number"),
    )


# Name -> rule, colour, line style and marker.
RACERS = {
    "gradient descent": (steepest_descent, INK, "-", "o"),
    "momentum": (momentum, BLUE, "--", "s"),
    "Nesterov": (nesterov, SKY, "-.", "D"),
    "Adagrad": (adagrad, ORANGE, ":", "v"),
    "RMSprop": (rmsprop, PURPLE, "--", "^"),
    "Adam": (adam, VERMILION, "-", "P"),
    "Newton": (newton, GREEN, ":", "*"),
}
TEAMS = {
    "descent, momentum, Nesterov": ("gradient descent", "momentum", "Nesterov"),
    "descent, momentum, Adam": ("gradient descent", "momentum", "Adam"),
    "Adagrad, RMSprop, Adam": ("Adagrad", "RMSprop", "Adam"),
    "descent, Newton": ("gradient descent", "Newton"),
    "all seven": tuple(RACERS),
}


@in_course_style
def optimizer_race() -> Explorer:
    """Seven ways downhill from one start, at one learning rate."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.15, 1])
    n_steps = 100
    grounds, race = _grounds(), _race(n_steps)
    reach = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-1.6, 2.4, 81))
    left.set(xlim=(-2, 2), ylim=(-1.6, 2.4), aspect="equal", xlabel="x", ylabel="y")
    left.set(xticks=range(-2, 3), yticks=range(-1, 3))
    heights = {name: ground[0].height(np.array(reach)) for name, ground in grounds.items()}
    curves = {name: _level_curves(left, *reach, values) for name, values in heights.items()}
    title = left.set_title("", zorder=0.9)
    ring = left.add_collection(LineCollection([], colors=PALE, linewidths=1, zorder=1))
    (goal,) = left.plot([], [], "*", color=INK, markersize=12, zorder=2)
    right.set(yscale="log", xlim=(0, n_steps), ylim=(1e-8, 1e4), xlabel="step")
    right.set_title("height above the lowest point", zorder=0.9)
    paths, falls, heads, ends, keys = {}, {}, {}, {}, {}
    for row, (name, (_, colour, style, marker)) in enumerate(RACERS.items()):
        look = {"color": colour, "linestyle": style, "linewidth": 1.6}
        (paths[name],) = left.plot([], [], **look, gid=name)
        (falls[name],) = right.plot([], [], **look, gid=f"height of {name}")
        (heads[name],) = left.plot([], [], marker, color=colour, markersize=8)
        (ends[name],) = right.plot([], [], marker, color=colour, markersize=8)
        place = 3, 10 ** (-7.6 + 0.62 * (len(RACERS) - 1 - row))
        key = {"color": INK, "va": "center", "fontsize": 8.5, "zorder": 1}
        keys[name] = [
            *right.plot([place[0], place[0] + 8], 2 * [place[1]], **look, zorder=1),
            *right.plot(place[0] + 4, place[1], marker, color=colour, markersize=6, zorder=1),
            right.text(place[0] + 10, place[1], name, **key),
        ]
    everything = [*paths.values(), *falls.values(), *heads.values(), *ends.values()]
    everything += [part for parts in keys.values() for part in parts]
    shown = {"surface": None}

    def update(surface, team, rate, step):
        if shown["surface"] != surface:  # the level curves stand still until another surface is chosen
            shown["surface"] = surface
            ring.set_segments(curves[surface])
            goal.set_data(*np.transpose([grounds[surface][0].minimum]))
            title.set_text(surface)
        for name in RACERS:
            for part in (paths[name], falls[name], heads[name], ends[name], *keys[name]):
                part.set_visible(name in TEAMS[team])
        for name in TEAMS[team]:
            points, levels = race(surface, name, rate)
            last = min(step, len(points) - 1)
            paths[name].set_data(*points[: last + 1].T)
            falls[name].set_data(range(last + 1), levels[: last + 1])
            heads[name].set_data(*points[last : last + 1].T)
            ends[name].set_data([last], [levels[last]])
        return everything

    def describe(surface, team, rate, step):
        found = {}
        for name in TEAMS[team]:
            points, levels = race(surface, name, rate)
            if step < len(points):
                found[name] = levels[step]
        lost = [name for name in TEAMS[team] if name not in found]
        order = sorted(found, key=found.get)
        told = ", ".join(f"{name} {_height(found[name])}" for name in order)
        sentence = f"On the {surface}, after {step} steps at learning rate {rate:g}, the height above the lowest point is: {told}"
        if not found:
            sentence = f"On the {surface}, after {step} steps at learning rate {rate:g}, nobody is left in the picture"
        if found and lost:
            sentence += f"; blown up: {', '.join(lost)}"
        return sentence + (" (Newton takes full steps)." if "Newton" in found else ".")

    rates = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0]
    return Explorer(
        figure,
        update,
        describe,
        play="step",
        surface=choice(list(grounds), start="ravine", label="surface"),
        team=choice(list(TEAMS), start="descent, momentum, Adam", label="optimisers shown"),
        rate=stops([(f"{rate:g}", rate) for rate in rates], start=0.02, label="learning rate"),
        step=slider(0, n_steps, start=60, label="step"),
    )


def _grounds():
    """Return name -> surface, gradient (a function that makes one, as it may be noisy), start."""
    cloud = np.random.default_rng(0).normal((0.8, 0.4), 1.5, size=(64, 2))
    round_bowl = bowl((1.0, 1.0), centre=tuple(cloud.mean(axis=0)))

    def noisy():
        """Return the slope of the mean of |x - sample|²/2, over four samples at a time."""
        return minibatches(lambda x, X, _: x - X.mean(axis=0), cloud, cloud, batch_size=4, rng=1)

    ravine, valley, between = bowl((1.0, 50.0), centre=(1.0, 0.4)), rosenbrock(), saddle()
    return {
        "ravine": (ravine, lambda: ravine.gradient, (-1.6, 1.2)),
        "Rosenbrock valley": (valley, lambda: valley.gradient, (-1.2, 1.0)),
        "saddle": (between, lambda: between.gradient, (-1.6, 0.02)),
        "noisy bowl": (round_bowl, noisy, (-1.6, 2.0)),
    }


def _race(n_steps):
    """Return a function from surface, racer and rate to the points and their heights."""
    grounds = _grounds()

    @lru_cache(maxsize=None)
    def race(surface, name, rate):
        ground, gradient, start = grounds[surface]
        settings = {"learning_rate": rate, "n_steps": n_steps}
        if name == "Newton":
            settings |= {"hessian": ground.hessian, "learning_rate": 1.0}
        if name == "RMSprop":
            settings["beta"] = 0.9
        try:
            points = RACERS[name][0](gradient(), start, **settings)
        except DivergenceError as error:
            points = error.path
        near = np.abs(points).max(axis=1) < 100  # beyond, there is nothing to be drawn
        points = points if near.all() else points[: np.argmin(near)]
        levels = ground.height(points.T) - ground.height(ground.minimum)
        return points, np.maximum(levels, 1e-30)

    return race


def _level_curves(axes, x, y, heights):
    """Return the level curves of heights on a grid, closer together near the bottom."""
    levels = heights.min() + np.ptp(heights) * np.linspace(0.03, 1, 16) ** 3
    drawn = axes.contour(x, y, heights, levels)
    segments = [line for curves in drawn.allsegs for line in curves if len(line) > 1]
    drawn.remove()
    return segments


def _height(value):
    return "0" if value < 1e-8 else f"{value:.2g}"


MEASURED = (31, 61), (12.5, 22.5)  # mm: bill length, bill depth
DARK = ("#005A8C", "#A84A00", "#006B4E")  # to be read on the paler colours of the regions


def _regions(scores):
    """Return for each class the path around where its score is the largest."""
    x, y = (np.linspace(*ends, 61) for ends in MEASURED)
    points = np.column_stack([part.ravel() for part in np.meshgrid(x, y)])
    values = scores(points).T.reshape(-1, len(y), len(x))  # (classes, rows, columns)
    paths = []
    for k, own in enumerate(values):
        ahead = own - np.delete(values, k, axis=0).max(axis=0)
        corners, codes = contour_generator(x, y, ahead, fill_type="OuterCode").filled(0, np.inf)
        if corners:
            paths.append(Path(np.concatenate(corners), np.concatenate(codes)))
        else:  # nowhere
            paths.append(Path(np.empty((0, 2))))
    return paths


@in_course_style
def training() -> Explorer:
    """A small network learns three species from two measurements, epoch by epoch."""
    figure, (left, right) = canvas(2, height=4.4, width_ratios=[1.2, 1])
    n_epochs = 60
    penguins = load_penguins()
    known = ~np.isnan(penguins.measurements).any(axis=1)
    X, (names, labels) = penguins.measurements[known, :2], np.unique(penguins.species[known], return_inverse=True)
    order = np.random.default_rng(0).permutation(len(X))
    held_out, seen = order[: len(X) // 3], order[len(X) // 3 :]
    middle, spread = X[seen].mean(axis=0), X[seen].std(axis=0)
    scaled = (X - middle) / spread

    network = Network([2, 16, 3], rng=0)
    losses, path = train(network, scaled[seen], labels[seen], learning_rate=0.03, n_epochs=n_epochs, batch_size=16, rng=0)
    regions, other_losses, accuracies = [], [], []
    for parameters in path:
        network.parameters = parameters
        regions.append(_regions(lambda points: network.forward((points - middle) / spread)))
        other_losses.append(network.loss(scaled[held_out], labels[held_out]).loss)
        accuracies.append(network.accuracy(scaled[held_out], labels[held_out]))

    left.set(xlabel="bill length (mm)", ylabel="bill depth (mm)")
    left.set_title("what the network answers where", zorder=0.9)
    left.set(xlim=MEASURED[0], ylim=MEASURED[1])
    left.grid(visible=False)
    colours = (BLUE, VERMILION, GREEN)
    areas = left.add_collection(PathCollection([], facecolors=[c + "40" for c in colours], zorder=1, gid="areas"))
    for k, (marker, name) in enumerate(zip("o^s", names, strict=True)):
        for rows, face in [(seen, "white"), (held_out, None)]:
            which = rows[labels[rows] == k]
            colour = DARK[k]
            left.plot(*X[which].T, marker, color=colour, markerfacecolor=face or colour, markersize=4.5, markeredgewidth=0.9, linewidth=0)
        place = [(36.5, 21.9), (51.5, 21.9), (53, 13.0)][k]
        left.text(*place, name, color=DARK[k], ha="center", va="center", **STRONG)

    right.set(yscale="log", xlim=(-1, n_epochs + 1.5), ylim=(0.05, 2), xlabel="epoch")
    right.set_title("mean cross-entropy (nats)", zorder=0.9)
    right.set_yticks([0.05, 0.1, 0.2, 0.5, 1, 2], ["0.05", "0.1", "0.2", "0.5", "1", "2"])
    right.plot(losses, color=PALE, linewidth=1.5)
    right.plot(other_losses, color=PALE, linewidth=1.5, linestyle="--")
    (loss,) = right.plot([], [], color=BLUE, gid="loss")
    (other,) = right.plot([], [], "--", color=VERMILION, gid="held-out loss")
    (dots,) = right.plot([], [], "o", color=INK, markersize=7)
    right.text(30, 1.5, "solid: seen in training (hollow points)", color=BLUE, ha="center", fontsize=9, zorder=1)
    right.text(30, 1.2, "dashed: held out (filled points)", color=VERMILION, ha="center", fontsize=9, zorder=1)

    def update(epoch):
        areas.set_paths(regions[epoch])
        loss.set_data(range(epoch + 1), losses[: epoch + 1])
        other.set_data(range(epoch + 1), other_losses[: epoch + 1])
        dots.set_data([epoch, epoch], [losses[epoch], other_losses[epoch]])
        return areas, loss, other, dots

    def describe(epoch):
        right_ones = round(accuracies[epoch] * len(held_out))
        verdict = "before any training" if epoch == 0 else f"after {epoch} epochs"
        return (
            f"{verdict.capitalize()} the loss is {losses[epoch]:.3f} nats on the {len(seen)} penguins seen and {other_losses[epoch]:.3f} on the "
            f"{len(held_out)} held out, of which {right_ones} ({100 * accuracies[epoch]:.0f}%) are named rightly; guessing costs {np.log(3):.3f}."
        )

    return Explorer(figure, update, describe, play="epoch", epoch=slider(0, n_epochs, start=12, label="epoch"))
