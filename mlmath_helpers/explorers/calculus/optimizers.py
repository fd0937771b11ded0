"""Seven ways downhill, in a race."""

from functools import cache

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection

from ...calculus import (
    DivergenceError,
    adagrad,
    adam,
    bowl,
    minibatches,
    momentum,
    nesterov,
    newton,
    rmsprop,
    rosenbrock,
    saddle,
    steepest_descent,
)
from .._engine.controls import choice, slider, stops
from .._engine.explorer import Explorer, canvas, explorer
from .._engine.picture import Handle
from .._engine.plane import BLUE, GREEN, INK, ORANGE, PALE, PURPLE, SKY, VERMILION
from .._engine.words import without_zeros

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


@explorer
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
    right.set_title("height above the lowest, ≥ 1e-8")
    paths, falls, heads, ends, keys = {}, {}, {}, {}, {}
    for row, (name, (_, colour, style, marker)) in enumerate(RACERS.items()):
        look = {"color": colour, "linestyle": style, "linewidth": 1.6}
        (paths[name],) = left.plot([], [], **look, gid=name)
        (falls[name],) = right.plot([], [], **look, gid=f"height of {name}")
        (heads[name],) = left.plot([], [], marker, color=colour, markersize=8, gid="head")
        (ends[name],) = right.plot([], [], marker, color=colour, markersize=8, gid="end")
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

    def leader(step, rate, surface, team):
        """Return the dot of the first that is still in the race, whole in the picture."""
        races = (race(surface, name, rate)[1] for name in TEAMS[team])
        return next(
            ((step, np.clip(levels[step], 1e-8, 1e9)) for levels in races if step < len(levels)),
            None,
        )

    rates = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0]
    return Explorer(
        figure,
        update,
        describe,
        handles=[Handle(right, leader, lambda x, y, **_: {"step": x}, "step of the race")],
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
    return "<1e-8" if value < 1e-8 else without_zeros(f"{value:.2g}")
