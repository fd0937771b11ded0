"""The slider figures of chapter 2: steps downhill, and a race of those who take them."""

from functools import cache

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Ellipse

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


@in_course_style
def descent_1d() -> Explorer:
    """Gradient descent on a parabola: what the learning rate does."""
    figure, (left, right) = canvas(2)
    n_steps = 25
    wide = np.linspace(-5, 5, 101)
    left.set(xlim=(-5, 5), ylim=(-1.2, 24), xlabel="x", ylabel="f(x) = x²")
    left.set_title("steps on the parabola")
    left.plot(wide, wide**2, color=INK, linewidth=1.5)
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=5, gid="path")
    (first,) = left.plot([], [], "s", color=BLUE, markersize=9, gid="start")
    right.set(yscale="log", xlim=(-0.5, n_steps + 0.5), ylim=(1e-9, 1e5))
    right.set(xlabel="step", ylabel="distance from the minimum, |x|")
    right.set_title("how far it still is")
    right.axhline(1e-9, color=GREY, linewidth=1)
    whole = {"clip_on": False}  # what lies on the lower edge is drawn whole
    (distance,) = right.plot([], [], "o-", color=VERMILION, markersize=5, gid="distance", **whole)
    (begin,) = right.plot([], [], "s", color=BLUE, markersize=9, **whole)
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
            return (
                f"At rate {rate:.2f} nothing moves: the start is the minimum, and its slope is 0."
            )
        factor = x[1] / start
        head = f"At rate {rate:.2f} a step multiplies x by {factor:z.2f}: "
        if abs(factor) < 1e-9:
            return head + f"from {start:.1f} the first one lands on the minimum."
        if abs(abs(factor) - 1) < 1e-9:
            verdict = "swings for ever"
        elif abs(factor) > 1:
            verdict = "swings and blows up"
        elif factor < 0:
            verdict = "swings, but converges"
        else:
            verdict = "comes down on one side"
        return head + f"it {verdict}, from {start:.1f} to {_short(x[-1])} in {n_steps} steps."

    return Explorer(
        figure,
        update,
        describe,
        rate=slider(0.02, 1.2, start=0.9, step=0.02, label="learning rate"),
        start=slider(-3.0, 3.0, start=3.0, step=0.1, label="start"),
    )


def _short(value):
    """Return a number to three digits, or to nine decimals where those are all zero."""
    if abs(value) < 5e-10:
        return "0 (to nine decimals)"
    if abs(value) >= 1000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return _without_zeros(f"{value:.3g}")


def _without_zeros(number):
    """Return a number such as 1e-05 or 1e+05 as a reader would write it, 1e-5, 1e5."""
    return number.replace("e-0", "e-").replace("e+0", "e")


@in_course_style
def descent_2d() -> Explorer:
    """Gradient descent in a valley: the condition number sets the pace."""
    figure, (left, right) = canvas(2, width_ratios=[1.35, 1])
    n_steps, start = 60, np.array([4.0, 1.0])
    left.set(xlim=(-4.6, 4.6), ylim=(-3.4, 3.4), aspect="equal", xlabel="x", ylabel="y")
    left.set_title("level curves and steps")
    pace = left.text(1, 1.02, "", transform=left.transAxes, ha="right", color=VERMILION, gid="rate")
    rings = [left.add_patch(Ellipse((0, 0), 1, 1, fill=False, edgecolor=PALE)) for _ in range(7)]
    (path,) = left.plot([], [], "o-", color=VERMILION, linewidth=1.2, markersize=4, gid="path")
    left.plot(*start, "s", color=BLUE, markersize=9)
    left.plot(0, 0, "*", color=INK, markersize=11)
    right.set(yscale="log", xlim=(0, n_steps), ylim=(1e-6, 1e5), xlabel="step")
    right.set_title("distance from the minimum")
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
        place = 1.5, 10 ** (4.5 - 0.75 * row)  # no walk comes as high as that
        right.text(*place, words, color=colour, zorder=1, fontsize=9, va="center")

    def walk(share, condition):
        surface = bowl((1.0, condition))
        rate = share * 2 / condition
        path = steepest_descent(surface.gradient, start, learning_rate=rate, n_steps=n_steps)
        return surface, rate, path

    def slowest(path):
        """Return by what the slower of the two directions is multiplied, in size."""
        return np.abs(path[1] / path[0]).max()

    def update(share, condition):
        surface, rate, points = walk(share, condition)
        top = surface.height(start)
        for part, ring in enumerate(rings, 1):
            half = part / len(rings) * np.sqrt(2 * top / np.array([1.0, condition]))
            ring.set(width=2 * half[0], height=2 * half[1])
        outside = np.abs(points[:, 1]) > 3.4
        shown = np.argmax(outside) + 1 if outside.any() else len(points)
        path.set_data(*points[:shown].T)
        parts = {
            distance: np.hypot(*points.T),
            flat: np.abs(points[:, 0]),
            steep: np.abs(points[:, 1]),
        }
        for line, sizes in parts.items():
            line.set_data(range(n_steps + 1), np.maximum(sizes, 1e-7))
        pace.set_text(f"rate {rate:.3f}")
        return [*rings, path, *parts, pace]

    def describe(share, condition):
        _, _, points = walk(share, condition)
        factor = slowest(points)
        if factor > 1 + 1e-9:
            verdict = ", so it blows up"
        elif factor > 1 - 1e-9:
            verdict = ", so it swings for ever"
        elif factor < 1e-9:
            verdict = ": one is enough"
        else:
            needed = int(np.ceil(np.log(1e-3) / np.log(factor)))
            verdict = f", {needed} step{'s'[needed == 1 :]} a thousandth"
        return (
            f"Condition number {condition:.0f}, rate {share:.2f} of 2/L: a step leaves "
            f"{factor:.3f} of the slower part{verdict}."
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
    reach = np.meshgrid(np.linspace(-2, 2, 91), np.linspace(-1.6, 2.4, 91))
    left.set(xlim=(-2, 2), ylim=(-1.6, 2.4), aspect="equal", xlabel="x", ylabel="y")
    left.set(xticks=range(-2, 3), yticks=range(-1, 3))
    heights = {name: ground[0].height(np.array(reach)) for name, ground in grounds.items()}
    curves = {name: _level_curves(left, *reach, values) for name, values in heights.items()}
    title = left.set_title("", zorder=3)
    ring = left.add_collection(LineCollection([], colors=PALE, linewidths=1, zorder=1))
    (goal,) = left.plot([], [], "*", color=INK, markersize=12, zorder=2)
    right.set(yscale="log", xlim=(-2, n_steps + 3), ylim=(1e-8, 1e9), xlabel="step")
    right.set_yticks([10.0**k for k in range(-8, 5, 2)])
    right.axhspan(10**5.7, 1e9, facecolor=right.get_facecolor(), linewidth=0, zorder=0.95)
    right.set_title("height above the lowest point")
    paths, falls, heads, ends, keys = {}, {}, {}, {}, {}
    for row, (name, (_, colour, style, marker)) in enumerate(RACERS.items()):
        look = {"color": colour, "linestyle": style, "linewidth": 1.6}
        (paths[name],) = left.plot([], [], **look, gid=name)
        (falls[name],) = right.plot([], [], **look, gid=f"height of {name}")
        (heads[name],) = left.plot([], [], marker, color=colour, markersize=8)
        (ends[name],) = right.plot([], [], marker, color=colour, markersize=8)
        place = 8 + 48 * (row // 4), 10 ** (8.4 - 0.7 * (row % 4))  # above the races
        words = f"{name} (rate 1)" if name == "Newton" else name
        keys[name] = _key(right, place, words, {**look, "marker": marker})
    covers = right.add_collection(
        PolyCollection([], color=right.get_facecolor(), zorder=1, gid="covers")
    )
    everything = [
        ring,
        goal,
        *paths.values(),
        *falls.values(),
        *heads.values(),
        *ends.values(),
        title,
        covers,
    ]

    def update(step, rate, surface, team):
        ring.set_segments(curves[surface])
        goal.set_data(*np.transpose([grounds[surface][0].minimum]))
        title.set_text(surface)
        for name in RACERS:
            for part in (paths[name], falls[name], heads[name], ends[name]):
                part.set_visible(name in TEAMS[team])
        covers.set_verts([corners for name, corners in keys.items() if name not in TEAMS[team]])
        for name in TEAMS[team]:
            points, levels = race(surface, name, rate)
            last = min(step, len(points) - 1)
            paths[name].set_data(*points[: last + 1].T)
            falls[name].set_data(range(last + 1), levels[: last + 1])
            heads[name].set_data(*points[last : last + 1].T)
            ends[name].set_data([last], [levels[last]])
        return everything

    def describe(step, rate, surface, team):
        found, lost = {}, []
        for name in TEAMS[team]:
            points, levels = race(surface, name, rate)
            if step < len(points):
                found[name] = levels[step]
            else:
                lost.append(name)
        order = sorted(found, key=found.get)
        told = ", ".join(f"{name} {_height(found[name])}" for name in order)
        told, lost = (text.replace("gradient ", "") for text in (told, ", ".join(lost)))
        when = f"After {step} step{'s'[step == 1 :]} at rate {rate:g} on the {surface}"
        if not found:
            return f"{when} all have blown up: {lost}."
        return f"{when} the heights are {told}{'; blown up: ' * bool(lost)}{lost}."

    rates = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0]
    return Explorer(
        figure,
        update,
        describe,
        play="step",
        step=slider(0, n_steps, start=8, label="step"),
        rate=stops([(f"{rate:g}", rate) for rate in rates], start=0.02, label="learning rate"),
        surface=choice(list(grounds), start="ravine", label="surface"),
        team=choice(list(TEAMS), start="descent, momentum, Adam", label="optimisers shown"),
    )


def _key(axes, place, name, look):
    """Write a name beside a piece of its line, and return the corners of what hides both."""
    x, y = place
    axes.plot([x, x + 4, x + 8], 3 * [y], **look, markevery=[1], markersize=6, zorder=0.96)
    axes.text(x + 10, y, name, color=INK, va="center", fontsize=8.5, zorder=0.96)
    left, right, low, high = x - 2, x + 47, y / 10**0.35, y * 10**0.35
    return [(left, low), (right, low), (right, high), (left, high)]


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

    @cache
    def race(surface, name, rate):
        ground, gradient, start = grounds[surface]
        settings = {"learning_rate": rate, "n_steps": n_steps}
        if name == "Newton":
            settings |= {"hessian": ground.hessian, "learning_rate": 1.0}
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
    levels = heights.min() + np.ptp(heights) * np.linspace(0.05, 1, 12) ** 3
    drawn = axes.contour(x, y, heights, levels)
    segments = [line for curves in drawn.allsegs for line in curves if len(line) > 1]
    drawn.remove()
    return segments


def _height(value):
    return "<1e-8" if value < 1e-8 else _without_zeros(f"{value:.2g}")
