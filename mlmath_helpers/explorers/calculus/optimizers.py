"""Seven ways downhill, in a race."""

from functools import cache

import numpy as np
from matplotlib.collections import LineCollection

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
from .._engine.plane import BLUE, GREEN, GREY, INK, ORANGE, PALE, PLUM, PURPLE, SKY, VERMILION
from .._engine.words import without_zeros

# Name -> rule, colour, dark colour for words, marker and the same as a letter; in the order of
# the maps, row by row: at the left who shares one rate among all directions, and Newton.
RACERS = {
    "gradient descent": (steepest_descent, INK, INK, "o", "●"),
    "momentum": (momentum, BLUE, "#00497A", "s", "■"),
    "Adagrad": (adagrad, ORANGE, "#7A5500", "v", "▼"),
    "RMSprop": (rmsprop, PURPLE, PLUM, "^", "▲"),
    "Nesterov": (nesterov, SKY, "#2779A8", "D", "◆"),
    "Newton": (newton, GREEN, "#006B4E", "*", "★"),
    "Adam": (adam, VERMILION, "#B34700", "P", "✚"),
}
RATES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1.0)
BEST = "best"  # each at its own
WINDOW = (-2, 2), (-1.6, 2.4)
LOWEST, HIGHEST, LOST = 1e-8, 1e5, 1e7  # heights that are told apart, and where the lost are put
TAIL = 10  # steps


@explorer
def optimizer_race() -> Explorer:
    """Seven ways downhill from one start, each on a map of its own, at one rate or the best."""
    figure, axes = canvas(4, n_rows=2, height=4.5)
    *maps, ranks = axes.flat
    maps = dict(zip(RACERS, maps, strict=True))
    n_steps = 100
    grounds, (race, own_rate) = _grounds(), _race(n_steps)
    reach = np.meshgrid(*(np.linspace(*ends, 91) for ends in WINDOW))
    curves = {
        name: _level_curves(ranks, *reach, ground.height(np.array(reach)))
        for name, (ground, *_) in grounds.items()
    }
    drawn = {name: [] for name in grounds}
    paths, tails, heads, lost, dots, rates = {}, {}, {}, {}, {}, {}
    for name, (_, colour, dark, marker, sign) in RACERS.items():
        panel = maps[name]
        panel.set(xlim=WINDOW[0], ylim=WINDOW[1], aspect="equal")
        panel.xaxis.set_visible(False)
        panel.yaxis.set_visible(False)
        words = f"{sign} {name}" + " (rate 1)" * (name == "Newton")
        panel.set_title(words, color=dark, fontsize=10, y=1)  # a place that need not be looked for
        for surface, (ground, *_) in grounds.items():
            rings = LineCollection(curves[surface], colors=PALE, linewidths=0.8, zorder=1)
            drawn[surface] += [panel.add_collection(rings)]
            drawn[surface] += panel.plot(*ground.minimum, "+", color=INK, markersize=9, zorder=1.1)
        (paths[name],) = panel.plot([], [], color=colour, alpha=0.45, linewidth=1, gid=name)
        (tails[name],) = panel.plot([], [], color=colour, linewidth=2.2, gid=f"tail of {name}")
        style = {"color": colour, "markeredgecolor": dark, "clip_on": False, "zorder": 4}
        (heads[name],) = panel.plot([], [], marker, markersize=9, gid=f"head of {name}", **style)
        style = {"color": dark, "ha": "right", "transform": panel.transAxes}
        style |= {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}, "zorder": 1.2}
        if name != "Newton":
            rates[name] = panel.text(0.97, 0.05, "", gid=f"rate of {name}", **style)
        style = {"color": dark, "fontweight": "bold", "transform": panel.transAxes}
        lost[name] = panel.text(0.03, 0.05, "blown up", gid=f"end of {name}", **style)
        style = {"color": colour, "markeredgecolor": dark, "markersize": 8, "zorder": 3}
        (dots[name],) = ranks.plot([], [], marker, gid=f"height of {name}", **style)
    ranks.set(xscale="log", xlim=(1e-20, LOST * 30), ylim=(7.6, -0.6))  # names at the left
    ranks.set_xticks([LOWEST, 1, LOST], ["≤ 1e-8", "1", ""], fontsize=9)
    ranks.set_yticks([])
    ranks.spines.left.set_visible(False)
    ranks.minorticks_off()
    when = ranks.set_title("", fontsize=10, y=1, gid="when")
    for row, (name, (_, _, dark, *_)) in enumerate(RACERS.items()):
        ranks.text(1e-20, row, _short(name), color=dark, va="center", fontsize=9, zorder=1)
    style = {"color": GREY, "va": "center", "fontsize": 9, "zorder": 1}
    ranks.text(1e-20, 7, "bar: last ten steps", **style)
    ranks.text(LOST * 30, 7, "blown up", ha="right", **style)
    swings = LineCollection([], colors=[look[1] + "60" for look in RACERS.values()], linewidths=7)
    ranks.add_collection(swings).set(zorder=2, gid="swings", capstyle="round")

    def update(step, rate, surface):
        for name, artists in drawn.items():
            for artist in artists:
                _show(artist, name == surface)
        for name, text in rates.items():
            words = f"rate {own_rate(surface, name) if rate == BEST else rate:g}"
            if text.get_text() != words:
                text.set_text(words)
        ranges = []
        for row, name in enumerate(RACERS):
            points, levels = race(surface, name, rate)
            last = min(step, len(points) - 1)
            first = max(last - TAIL, 0)
            gone = step >= len(points)
            paths[name].set_data(*points[: last + 1].T)
            tails[name].set_data(*points[first : last + 1].T)
            place = np.clip(points[last], *np.transpose(WINDOW))
            heads[name].set_data(*place[:, None])
            outside = bool((place != points[last]).any())
            heads[name].set_markerfacecolor("white" if outside else RACERS[name][1])
            shown = [LOST] if gone else np.clip(levels[first : last + 1], LOWEST, HIGHEST)
            dots[name].set_data(shown[-1:], [row])
            dots[name].set_markerfacecolor("white" if gone else RACERS[name][1])
            ranges.append([(min(shown), row), (max(shown), row)])
            lost[name].set_visible(gone)
            for part in (heads[name], tails[name]):
                part.set_visible(not gone)
        swings.set_segments(ranges)
        when.set_text(f"height left, step {step}")
        each = (paths, tails, heads, lost)
        return [when, swings, *dots.values(), *(part for parts in each for part in parts.values())]

    def describe(step, rate, surface):
        heights, lost = {}, []
        for name in RACERS:
            _, levels = race(surface, name, rate)
            if step < len(levels):
                heights[_short(name)] = levels[step]
            else:
                lost.append(_short(name))
        pace = ", each at its own best rate," if rate == BEST else f" at rate {rate:g}"
        when = f"Step {step}{pace} on the {surface}"
        first, second, *_, last = sorted(heights, key=heights.get)
        if step == 0:
            return f"{when}: all start {_height(heights[first])} above the lowest point."
        down = [name for name in heights if heights[name] < LOWEST]
        if len(down) > 1:
            told = f"{', '.join(down[:-1])} and {down[-1]} are down (<1e-8)"
        else:
            told = f"{first} leads ({_height(heights[first])})"
            told += f", then {second} ({_height(heights[second])})"
        if lost:
            return f"{when}: {told}; blown up: {', '.join(lost)}."
        return f"{when}: {told}; {last} is last ({_height(heights[last])})."

    def handle(name, panel):
        def way(rate, surface):
            return np.clip(race(surface, name, rate)[0], *np.transpose(WINDOW))

        def head(step, rate, surface):
            points = way(rate, surface)
            return tuple(points[step]) if step < len(points) else None

        def step_to(x, y, step, rate, surface):
            """Return the step whose point is nearest, of those as near the one nearest in time."""
            off = np.hypot(*(way(rate, surface) - [x, y]).T)
            near = np.flatnonzero(off <= off.min() + 1e-3)
            return {"step": near[np.abs(near - step).argmin()]}

        return Handle(panel, head, step_to, f"head of {name}")

    stop = [*((f"{rate:g}", rate) for rate in RATES), ("each its best", BEST)]
    return Explorer(
        figure,
        update,
        describe,
        handles=[handle(name, panel) for name, panel in maps.items()],
        play="step",
        actions={"each at its own best rate": lambda **_: {"rate": BEST}},
        stills=(
            {"step": 30},
            {"step": 100, "rate": 0.5},
            {"step": 40, "rate": 0.1, "surface": "saddle"},
            {"step": 100, "rate": BEST, "surface": "Rosenbrock valley"},
        ),
        step=slider(0, n_steps, start=8, label="step"),
        rate=stops(stop, start=0.02, label="learning rate"),
        surface=choice(list(grounds), start="ravine", label="surface"),
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
    """Return a function from surface, racer and rate to the points and their heights.

    And one from surface and racer to its own best rate, of those that the figure has: the one
    that leaves least height, on average over the last steps, and of those that are at the bottom
    then the one that was above it for the fewest steps.
    """
    grounds = _grounds()

    @cache
    def race(surface, name, rate):
        ground, gradient, start = grounds[surface]
        settings = {"n_steps": n_steps}
        if name == "Newton":
            settings |= {"hessian": ground.hessian, "learning_rate": 1.0}
        else:
            settings["learning_rate"] = own_rate(surface, name) if rate == BEST else rate
        try:
            points = RACERS[name][0](gradient(), start, **settings)
        except DivergenceError as error:
            points = error.path
        near = np.abs(points).max(axis=1) < 100  # beyond, there is nothing to be drawn
        points = points if near.all() else points[: np.argmin(near)]
        levels = ground.height(points.T) - ground.height(ground.minimum)
        return points, np.maximum(levels, 1e-30)

    @cache
    def own_rate(surface, name):
        def left(rate):
            levels = race(surface, name, rate)[1]
            if len(levels) <= n_steps:
                return np.inf, n_steps
            return max(levels[-TAIL:].mean(), LOWEST), (levels > LOWEST).sum()

        return min(RATES, key=left)

    return race, own_rate


def _level_curves(axes, x, y, heights):
    """Return the level curves of heights on a grid, closer together near the bottom."""
    levels = heights.min() + np.ptp(heights) * np.linspace(0.05, 1, 12) ** 3
    drawn = axes.contour(x, y, heights, levels)
    segments = [line for curves in drawn.allsegs for line in curves if len(line) > 1]
    drawn.remove()
    return segments


def _show(artist, whether):
    if artist.get_visible() != whether:  # or all would be drawn anew
        artist.set_visible(whether)


def _short(name):
    return name.removeprefix("gradient ")


def _height(value):
    return "<1e-8" if value < 1e-8 else without_zeros(f"{value:.2g}")
